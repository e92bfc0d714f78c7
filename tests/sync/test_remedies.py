"""What each refusal of a push leads to (contract 13): the table against every problem that the contract knows, and the ways themselves."""

from __future__ import annotations

import pytest

from counter_app.services.desk.settings import EpochReason
from counter_app.services.documents.slips import FORM
from counter_app.sync.faults import RefusedError
from counter_app.sync.lanes import MOST_REMEDIES
from counter_app.sync.remedies import Remedy, remedy
from tests.builders import CLERK
from tests.province.server.problems import PROBLEMS
from tests.sync.lines import both_hold_the_same, nothing_is_pretended

TABLE = {
    "bad_request": Remedy.STOP, "bad_json": Remedy.STOP, "too_deep": Remedy.STOP, "digest_missing": Remedy.STOP,
    "digest_mismatch": Remedy.AGAIN, "token_expired": Remedy.PAUSE, "token_unknown": Remedy.PAUSE, "refresh_superseded": Remedy.PAUSE,
    "device_revoked": Remedy.REVOKED, "device_mismatch": Remedy.PAUSE, "approval_required": Remedy.PAUSE, "bad_proof": Remedy.PAUSE,
    "not_found": Remedy.STOP, "enrolment_code_unknown": Remedy.STOP, "device_cloned": Remedy.LEAVE, "epoch_undeclared": Remedy.DECLARE,
    "device_taken": Remedy.STOP, "challenge_stale": Remedy.STOP, "recovery_exhausted": Remedy.STOP, "lease_exhausted": Remedy.STOP,
    "offset_mismatch": Remedy.STOP, "enrolment_code_expired": Remedy.STOP, "enrolment_code_used": Remedy.STOP,
    "cursor_expired": Remedy.STOP, "upload_gone": Remedy.STOP, "tus_version": Remedy.STOP, "too_large": Remedy.SMALLER,
    "unsupported_media": Remedy.PLAIN, "range_invalid": Remedy.STOP, "envelope": Remedy.NARROW, "hash_mismatch": Remedy.NARROW,
    "batch_order": Remedy.NARROW, "op_too_large": Remedy.STOP, "upload_locked": Remedy.WAIT, "upgrade_required": Remedy.PAUSE,
    "rate_limited": Remedy.WAIT, "checksum_mismatch": Remedy.STOP, "server_error": Remedy.WAIT, "maintenance": Remedy.WAIT,
    "storage_full": Remedy.WAIT,
}


def test_the_table_has_every_problem_of_the_contract():
    assert TABLE.keys() == PROBLEMS.keys()


@pytest.mark.parametrize("code", TABLE)
def test_what_a_problem_leads_to(code):
    assert remedy(RefusedError(PROBLEMS[code][0], code)) is TABLE[code]


@pytest.mark.parametrize(("status", "expected"), [
    (400, Remedy.STOP), (401, Remedy.PAUSE), (403, Remedy.PAUSE), (409, Remedy.STOP), (418, Remedy.STOP), (413, Remedy.SMALLER),
    (422, Remedy.NARROW), (426, Remedy.PAUSE), (429, Remedy.WAIT), (500, Remedy.WAIT), (599, Remedy.WAIT),
])
def test_a_code_that_nobody_knows_goes_by_its_status(status, expected):
    assert remedy(RefusedError(status, "something_new")) is expected


@pytest.mark.parametrize(("code", "shown"), [
    ("device_mismatch", "SYNC_TOKEN"), ("approval_required", "SYNC_APPROVAL"), ("upgrade_required", "SYNC_UPGRADE"),
    ("bad_request", "PROVINCE_REFUSED"), ("op_too_large", "PROVINCE_REFUSED"), ("bad_json", "PROVINCE_REFUSED"),
])
def test_what_only_a_person_mends_is_said_and_nothing_is_lost_or_tried_again_at_once(enrolled, province, code, shown):
    province.do("fault", path="/push", code=code, times=1)
    told = enrolled.run()
    assert [each.problem.code for each in told.troubles] == [shown]
    assert (told.pending, enrolled.waits) == (len(enrolled.ops()), [])
    nothing_is_pretended(enrolled, province)
    assert enrolled.run().pending == 0
    both_hold_the_same(enrolled, province)


@pytest.mark.parametrize(("code", "days"), [
    ("device_revoked", -10), ("upgrade_required", 10), ("approval_required", 0), ("bad_request", 10), ("envelope", -10)])
def test_whatever_the_province_says_and_the_clock_shows_the_counter_goes_on(enrolled, province, code, days):
    """Tokens, versions, clocks and what waits for a person hold nothing up (contract 3.2, 13)."""
    province.do("fault", path="/push", code=code, times=99)
    enrolled.run()
    enrolled.clock.forward(days=days)
    taken = enrolled.take_in()
    enrolled.note(taken.code)
    enrolled.run()
    assert enrolled.desk.slips.newest(taken.code, FORM, CLERK).pdf
    assert enrolled.take_in().status is taken.status
    assert {state for _, state in enrolled.ops()} <= {"saved", "sending"}


@pytest.mark.parametrize(("code", "times"), [
    ("server_error", 3), ("maintenance", 2), ("storage_full", 1), ("rate_limited", 2), ("digest_mismatch", 3), ("token_expired", 1),
    ("epoch_undeclared", 1), ("too_large", 1), ("unsupported_media", 1),
])
def test_what_mends_itself_needs_nobody(enrolled, province, code, times):
    province.do("fault", path="/push", code=code, times=times)
    told = enrolled.run()
    assert (told.pending, told.troubles) == (0, ())
    both_hold_the_same(enrolled, province)


@pytest.mark.parametrize("path", ["/epochs", "/token/refresh"])
def test_a_challenge_that_is_too_old_is_fetched_anew(enrolled, province, path):
    enrolled.run()
    with enrolled.database.write() as uow:
        relation = uow.settings.get(f"province/{enrolled.desk.settings.profile().device}")
        uow.settings.put(f"province/{enrolled.desk.settings.profile().device}", relation | {"tokens": [["old", relation["tokens"][0][1]]]})
        uow.commit()
    enrolled.desk.settings.begin_epoch("c0ffee0012345678", EpochReason.RESTORED)
    enrolled.note(enrolled.first.code)
    province.do("fault", path=path, code="challenge_stale", times=1)
    assert enrolled.run().pending == 0
    both_hold_the_same(enrolled, province)


@pytest.mark.parametrize("code", ["digest_mismatch", "too_large", "unsupported_media", "envelope", "epoch_undeclared", "device_cloned"])
def test_a_province_that_refuses_whatever_is_done_is_left_alone(enrolled, province, code):
    province.do("fault", path="/push", code=code, times=10 * MOST_REMEDIES)
    told = enrolled.run()
    assert told.pending == len(enrolled.ops())
    assert len(enrolled.relation()["left"]) < MOST_REMEDIES
    nothing_is_pretended(enrolled, province)
