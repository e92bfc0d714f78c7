"""The line to a real province over HTTP: enrolled, everything once, in order, and only what was proven is shown as proven."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_app.domain.dossier import Status
from counter_app.domain.errors import RuleBrokenError, SurroundingsError
from counter_app.services.acts.accepting import AcceptOnline
from counter_app.services.acts.hand_overs import HandOverDossiers
from counter_app.services.desk.settings import EpochReason
from counter_app.services.line.province import Terms, read_ticket
from counter_app.services.ports import ListFilter
from counter_app.storage.repositories.events import SqlEvents
from counter_app.sync.one_at_a_time import alone
from tests.builders import CLERK, DEVICE, HEAD
from tests.sync.lines import AGENCY, LONG, both_hold_the_same, nothing_is_pretended, outside_bodies
from tests.sync.test_wrong_shapes import around


def codes(error):
    return [problem.code for problem in error.value.problems]


@pytest.mark.parametrize("ticket", [
    None, [], {}, {"base_url": "https://x", "code": "c", "key_id": "k"},
    {"base_url": "https://x", "code": "", "key_id": "k", "public_key": "p"}, {"base_url": "ftp://x", "code": "c", "key_id": "k", "public_key": "p"},
    {"base_url": "https://", "code": "c", "key_id": "k", "public_key": "p"}, {"base_url": "https://x:y", "code": "c", "key_id": "k", "public_key": "p"},
    {"base_url": "https://a@x", "code": "c", "key_id": "k", "public_key": "p"}, {"base_url": "https://[x", "code": "c", "key_id": "k", "public_key": "p"},
])
def test_what_is_no_ticket_is_refused(ticket):
    with pytest.raises(RuleBrokenError) as error:
        read_ticket(ticket)
    assert codes(error) == ["TICKET_DAMAGED"]


@pytest.mark.parametrize("host", ["tinh.example", "10.0.0.1", "127.0.0.1.tinh.example", "0.0.0.0"])
def test_plain_http_goes_to_this_computer_only(host):
    ticket = {"base_url": f"http://{host}", "code": "c", "key_id": "k", "public_key": "p"}
    with pytest.raises(RuleBrokenError) as error:
        read_ticket(ticket)
    assert codes(error) == ["PLAIN_HTTP"]
    for near in ("http://127.0.0.1:80", "http://localhost", "http://[::1]:9", f"https://{host}"):
        assert read_ticket(ticket | {"base_url": near}).base_url == near


def test_before_an_enrolment_there_is_no_line_and_the_desk_works(line):
    for call in (line.run, line.client.standing, line.client.reconcile):
        with pytest.raises(RuleBrokenError) as error:
            call()
        assert codes(error) == ["NOT_ENROLLED"]
    assert line.take_in().status is Status.RECEIVED


def test_enrolling_lends_serials_and_keeps_what_was_recorded_before(line, province):
    before = line.take_in()
    relation = line.enrol(province.ticket())
    assert (relation.agency, relation.device) == (AGENCY, DEVICE)
    profile = line.desk.settings.profile()
    assert (profile.serial_first, profile.serial_last, len(profile.recovery_ranges)) == (1000, 1599, 4)
    after = line.take_in()
    assert (before.code[-4:], after.code[-4:]) == ("0001", "1000")
    told = line.run()
    assert (told.contact, told.pending, told.troubles) == (True, 0, ())
    both_hold_the_same(line, province)
    with pytest.raises(RuleBrokenError) as error:
        line.enrol(province.ticket())
    assert codes(error) == ["ENROLLED_ALREADY"]


def test_a_ticket_of_another_commune_or_one_nobody_issued_makes_no_relation(line, province):
    with pytest.raises(RuleBrokenError) as error:
        line.enrol(province.ticket("H99.10.05"))
    assert codes(error) == ["ENROL_AGENCY"]
    with pytest.raises(RuleBrokenError) as error:
        line.enrol({**province.ticket(), "code": "AAAA-BBBB-CCCC"})
    assert codes(error) == ["ENROL_CODE_UNKNOWN"]
    assert line.relation() is None


def test_an_answer_that_names_another_device_makes_no_relation(line, province, monkeypatch):
    """Under an id that it did not ask for, nothing that a computer recorded would be its own."""
    with monkeypatch.context() as meanwhile:
        around(meanwhile, "/enrol", lambda _number, _told: {"device": "0192f3a4-5b6c-7d8e-9f01-23456789abce"})
        with pytest.raises(SurroundingsError) as error:
            line.enrol(ticket := province.ticket())
    assert (codes(error), line.relation(), line.desk.settings.profile().recorded_as) == (["NOT_THE_PROVINCE"], None, DEVICE)
    assert line.enrol(ticket).device == DEVICE, "the ticket is still good"


def test_another_key_on_the_ticket_is_another_province(line, province):
    ticket = province.ticket()
    with pytest.raises(SurroundingsError) as error:
        line.enrol({**ticket, "public_key": "EsLsqwShOkZo3oU-RjUSpnvRcxerXMYSMKrEE2kcUCY"})
    assert codes(error) == ["NOT_THE_PROVINCE"]
    line.enrol(ticket)


def test_a_practice_desk_never_enrols(line, province):
    with line.database.write() as uow:
        uow.settings.put(f"desk/{DEVICE}", uow.settings.get(f"desk/{DEVICE}") | {"practice": True})
        uow.commit()
    with pytest.raises(RuleBrokenError) as error:
        line.enrol(province.ticket())
    assert codes(error) == ["PRACTICE_NO_PROVINCE"]


@pytest.mark.parametrize("lost", [1, 2])
def test_i17_a_lost_reply_of_the_enrolment_costs_nothing(line, province, lost):
    ticket = province.ticket()
    province.do("fault", path="/enrol", code="server_error", after=True, times=lost)
    for _ in range(lost):
        with pytest.raises(SurroundingsError):
            line.enrol(ticket)
    line.enrol(ticket)
    line.take_in()
    assert line.run().pending == 0
    assert len(province.state()["devices"]) == 1


@pytest.mark.parametrize("lost", [1, 2])
def test_i17_a_lost_reply_of_a_refresh_ends_in_one_working_pair(enrolled, province, lost):
    enrolled.run()
    _forget_access(enrolled)
    province.do("fault", path="/token/refresh", code="server_error", after=True, times=lost)
    enrolled.note(enrolled.first.code)
    assert enrolled.run().pending == 0
    assert len(enrolled.relation()["tokens"]) == 1
    both_hold_the_same(enrolled, province)


def test_both_pairs_are_kept_until_the_new_one_has_worked(enrolled, province):
    """A province that went back to an old backup in between knows only the older one, and may want a person where the key alone speaks."""
    enrolled.run()
    _forget_access(enrolled)
    (before,) = enrolled.relation()["tokens"]
    enrolled.note(enrolled.first.code)
    province.do("fault", path="/changes", code="token_expired", times=1)
    province.do("fault", path="/changes", code="maintenance", times=1)
    enrolled.client.once(Terms())
    newest, older = enrolled.relation()["tokens"]
    assert (older, newest != older) == (before, True)
    assert enrolled.run().pending == 0
    assert enrolled.relation()["tokens"] == [newest]


def test_without_any_token_the_key_is_enough(enrolled, province):
    with enrolled.database.write() as uow:
        uow.settings.put(f"province/{DEVICE}", uow.settings.get(f"province/{DEVICE}") | {"tokens": [["x", "y"]]})
        uow.commit()
    assert enrolled.run().pending == 0
    both_hold_the_same(enrolled, province)


def _forget_access(line):
    with line.database.write() as uow:
        relation = uow.settings.get(f"province/{DEVICE}")
        uow.settings.put(f"province/{DEVICE}", relation | {"tokens": [["expired", refresh] for _, refresh in relation["tokens"]]})
        uow.commit()


def test_a_second_pass_sends_and_changes_nothing(enrolled, province):
    assert enrolled.run().sent == len(enrolled.ops())
    ops, events = enrolled.ops(), province.state()
    told = enrolled.run()
    assert (told.sent, told.received) == (0, 0)
    assert (enrolled.ops(), province.state()) == (ops, events)


def test_two_passes_at_once_are_one_too_many(enrolled):
    with alone(enrolled.folder / "state"), pytest.raises(SurroundingsError) as error:
        enrolled.run()
    assert codes(error) == ["SYNC_RUNNING"]
    assert enrolled.run().pending == 0


@pytest.mark.parametrize(("code", "told"), [("device_revoked", "SYNC_REVOKED"), ("upgrade_required", "SYNC_UPGRADE")])
def test_a_refusal_of_the_whole_device_stops_pushing_and_not_the_desk(enrolled, province, code, told):
    province.do("fault", path="/push", code=code, times=50)
    standing = enrolled.run()
    assert [each.problem.code for each in standing.troubles] == [told]
    assert standing.pending == len(enrolled.ops())
    assert enrolled.waits == []
    enrolled.take_in()
    nothing_is_pretended(enrolled, province)


def test_a_desk_that_is_too_old_reads_on_while_its_ops_wait(enrolled, bad_line, province):
    """Leases run out, and catalogues begin, also on a desk that nobody has updated yet (contract 13)."""
    _over(enrolled, bad_line)
    enrolled.file(enrolled.first, b"%PDF" * 500)
    province.do("switch", protocol_min="1.1", protocol_max="1.1")
    standing = enrolled.run()
    assert [each.problem.code for each in standing.troubles] == ["SYNC_UPGRADE"]
    assert (standing.pending, standing.files, standing.uploaded) == (len(enrolled.ops()), 1, 0)
    asked = bad_line.paths()
    pushed = asked.index("/push")
    assert {"/changes", "/catalogue/manifest"} <= set(asked[pushed:])
    assert asked.count("/push") == 1
    assert not [path for path in asked if path.startswith(("/uploads", "/blobs"))]
    assert enrolled.relation()["catalogue"]
    assert {state for _, state in enrolled.ops()} <= {"saved", "sending"}
    province.do("switch", protocol_min="1.0", protocol_max="1.0")
    standing = enrolled.run()
    assert (standing.pending, standing.files, standing.troubles) == (0, 0, ())


@pytest.mark.parametrize("code", ["device_mismatch", "approval_required", "bad_proof"])
def test_a_desk_that_may_not_send_reads_on(enrolled, bad_line, province, code):
    _over(enrolled, bad_line)
    province.do("fault", path="/push", code=code, times=1)
    assert enrolled.run().pending == len(enrolled.ops())
    asked = bad_line.paths()
    assert asked.count("/push") == 1
    assert "/changes" in asked[asked.index("/push"):]


def test_a_revoked_device_says_hello_and_nothing_else(enrolled, bad_line, province):
    _over(enrolled, bad_line)
    province.do("fault", path="/push", code="device_revoked", times=1)
    enrolled.run()
    bad_line.seen.clear()
    enrolled.run()
    assert bad_line.paths() == ["/hello"]
    end = enrolled.client.once(Terms())
    assert (end.contact, end.trouble.code, end.lasting) == (True, "SYNC_REVOKED", True), "only a person mends that: it says hello once an hour"


def _over(line, bad_line):
    with line.database.write() as uow:
        uow.settings.put(f"province/{DEVICE}", uow.settings.get(f"province/{DEVICE}") | {"base_url": bad_line.url})
        uow.commit()


def test_a_busy_province_is_left_alone_for_as_long_as_it_asks(enrolled, province):
    province.do("fault", path="/push", code="rate_limited", retry_after=30, times=2)
    assert enrolled.run().pending == 0
    assert enrolled.waits == [30, 30]


def test_waits_grow_and_stop_at_the_cap(enrolled, province):
    class Waits(list):
        """Seconds waited; after the twelfth wait the line is there again."""

        def append(self, seconds):
            super().append(seconds)
            if len(self) == 12:
                province.start()

    enrolled.waits = Waits()
    client = enrolled.client_over(enrolled.database)
    province.stop()
    assert client.run(10 * LONG).pending == 0
    assert enrolled.waits == [2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]


def test_no_contact_is_said_and_changes_nothing(enrolled, province):
    before = enrolled.ops()
    province.stop()
    try:
        told = enrolled.run(1)
    finally:
        province.start()
    assert (told.contact, [each.problem.code for each in told.troubles]) == (False, ["NO_CONTACT"])
    assert enrolled.ops() == before


def test_large_batches_are_halved_and_the_size_is_remembered(enrolled, province):
    for _ in range(6):
        enrolled.note(enrolled.first.code)
    province.do("fault", path="/push", code="too_large", times=2)
    assert enrolled.run().pending == 0
    assert enrolled.relation()["most_ops"] < len(enrolled.ops())
    both_hold_the_same(enrolled, province)


def test_an_encoding_that_is_not_taken_is_left_off(enrolled, bad_line, province):
    _over(enrolled, bad_line)
    province.do("fault", path="/push", code="unsupported_media", times=1)
    assert enrolled.run().pending == 0
    pushed = [headers.get("content-encoding", "") for _, path, headers, _ in bad_line.seen if path.endswith("/push")]
    assert pushed[0] == "zstd"
    assert set(pushed[1:]) == {""}


def test_a_bad_item_stops_its_own_dossier_only(enrolled, province):
    other = enrolled.take_in()
    enrolled.run()
    province.do("change", agency=AGENCY, dossier_id=enrolled.first.dossier_id, members={"NgayHenTra": "20270101170000"})
    province.do("move", agency=AGENCY, dossier_id=enrolled.first.dossier_id, to="3", reason="sai thủ tục")
    enrolled.desk.life.hand_overs.hand_over(HandOverDossiers((enrolled.first.code, other.code), "Tư pháp", "Trần Văn Mẫu"), CLERK)
    province.do("fault", path="/changes", code="server_error", times=1)
    told = enrolled.run()
    (trouble,) = told.troubles
    assert (trouble.kind, trouble.dossier_code) == ("conflict", enrolled.first.code)
    assert trouble.problem.code == "CONFLICT_CLOSED"
    assert (told.pending, told.contact) == (0, True)
    here, there = enrolled.dossier(enrolled.first.dossier_id), enrolled.dossier(other.dossier_id)
    assert (here.status, there.status) == (Status.NOT_ACCEPTED, Status.PROCESSING)
    assert "province" in here.attention
    assert there.attention == ()
    both_hold_the_same(enrolled, province)


def test_a_province_from_an_old_backup_gets_back_what_it_lost(enrolled, province):
    enrolled.run()
    old = province.backup()
    for _ in range(3):
        enrolled.note(enrolled.first.code)
    enrolled.run()
    province.restore(old)
    enrolled.note(enrolled.first.code)
    assert enrolled.run().pending == 0
    both_hold_the_same(enrolled, province)


def test_a_restored_desk_declares_its_new_lane_by_itself(enrolled, province):
    enrolled.run()
    enrolled.desk.settings.begin_epoch("c0ffee0012345678", EpochReason.RESTORED)
    enrolled.note(enrolled.first.code)
    assert enrolled.run().pending == 0
    assert enrolled.relation()["epochs"][-1] == "c0ffee0012345678"
    both_hold_the_same(enrolled, province)


def test_i24_nothing_personal_in_addresses_and_headers(enrolled, bad_line):
    _over(enrolled, bad_line)
    enrolled.file(enrolled.first, b"%PDF" * 500)
    assert enrolled.run().uploaded == 1
    enrolled.client.reconcile()
    dossier = enrolled.dossier(enrolled.first.dossier_id)
    for _, path, headers, _ in bad_line.seen:
        for secret in (dossier.applicant.full_name, dossier.applicant.id_number, dossier.applicant.phone):
            assert secret not in outside_bodies(path, headers)
    assert bad_line.paths()[0] == "/hello"


@pytest.mark.parametrize("hidden", ["Trần Thị Ví Dụ", "filename VHLhuqduIFRo4buLIFbDrSBE4bul", "dossier_id eA==,filename VHLhuqduIFRo4buLIFbDrSBE4bul"])
def test_what_stands_packed_in_a_header_stands_there_too(hidden):
    assert "Trần Thị Ví Dụ" in outside_bodies("/uploads", {"Upload-Metadata": hidden})


def test_reconciling_names_what_only_one_side_has(enrolled, province):
    enrolled.run()
    enrolled.note(enrolled.first.code)
    found = enrolled.client.reconcile()
    epoch = enrolled.relation()["epochs"][0]
    assert (found.match, found.here_only, found.there_only) == (False, (f"{epoch}/{len(enrolled.ops())}",), ())
    enrolled.run()
    assert enrolled.client.reconcile().match


def test_a_comparison_looks_at_places_alone_for_a_lane_of_years_fits_into_no_memory(enrolled, monkeypatch):
    enrolled.run()
    monkeypatch.delattr(SqlEvents, "of_lane")
    assert enrolled.client.reconcile().match


def test_the_standing_tells_lanes_and_the_oldest_unsent(enrolled):
    standing = enrolled.client.standing()
    (lane,) = standing.lanes
    assert (lane.last_seq, lane.stopped, standing.pending) == (len(enrolled.ops()), False, len(enrolled.ops()))
    assert standing.oldest_unsent_at == enrolled.first.received_at
    enrolled.run()
    assert replace(enrolled.client.standing(), lanes=(), proven_at="").oldest_unsent_at is None


def far(enrolled, code):
    """Return how far the province has a dossier, as its page, its history and the list say."""
    view = enrolled.desk.dossiers.show(code, CLERK)
    (row,) = [each for each in enrolled.desk.dossiers.list(ListFilter.ALL, CLERK).rows if each.code == code]
    return {view.sync_state, row.sync_state, *(event.state for event in view.events if event.counts)}


def test_an_online_dossier_comes_is_accepted_and_the_province_hears_of_it(enrolled, province):
    dossier_id = province.do("assign", agency=AGENCY, record={"ChuHoSo": "Lê Văn Mẫu", "MaTTHC": "1.004873"})
    enrolled.run()
    online = enrolled.dossier(dossier_id)
    assert online.status is Status.SUBMITTED_ONLINE
    assert far(enrolled, online.code) == {"province_has"}, "the province itself has told it"
    enrolled.desk.life.acceptance.accept(AcceptOnline(online.code), CLERK)
    told = enrolled.run()
    assert (told.pending, told.troubles) == (0, ())
    (there,) = [each for each in province.state()["dossiers"] if each["dossier_id"] == dossier_id]
    here = enrolled.dossier(dossier_id)
    assert (there["status"], there["codes"], here.status) == ("2", [online.code], Status.RECEIVED)
    assert far(enrolled, online.code) == {"province_has"}
    both_hold_the_same(enrolled, province)


def test_a_conflict_is_settled_on_both_sides(enrolled, province):
    enrolled.run()
    dossier = enrolled.first
    province.do("move", agency=AGENCY, dossier_id=dossier.dossier_id, to="3", reason="sai thủ tục")
    enrolled.desk.life.hand_overs.hand_over(HandOverDossiers((dossier.code,), "Tư pháp", "Trần Văn Mẫu"), CLERK)
    (trouble,) = enrolled.run().troubles
    assert len(province.state()["attention"]) == 1
    enrolled.desk.life.settling.take_theirs(trouble.op_id, HEAD)
    assert enrolled.run().troubles == ()
    assert province.state()["attention"] == []
    here = enrolled.dossier(dossier.dossier_id)
    assert here.status is Status.NOT_ACCEPTED
    assert "province" not in here.attention
    both_hold_the_same(enrolled, province)


def test_a_revoked_device_may_be_enrolled_again(enrolled, province):
    province.do("fault", path="/push", code="device_revoked", times=1)
    enrolled.run()
    with pytest.raises(RuleBrokenError) as error:
        enrolled.enrol({**province.ticket(), "code": "AAAA-BBBB-CCCC"})
    assert codes(error) == ["ENROL_CODE_UNKNOWN"], "the province decides, not a memory of this desk"
    assert enrolled.relation()["revoked"]
