"""Looking up dossiers: what is found, what is masked, and what the audit trail keeps of it."""

import json
from dataclasses import replace

import pytest

from counter_app.domain.codes import slip_qr
from counter_app.domain.dossier import CodeOfDossier, FeeLine, FeeMethod, Status
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.moments import local
from counter_app.domain.people import Permission
from counter_app.services.dossiers.service import LONGEST_NOTE
from counter_app.services.ports import ListFilter
from tests.builders import CLERK, INSPECTOR, applicant, command, dossier, fake_desk


@pytest.fixture
def desk():
    return fake_desk()


@pytest.fixture
def received(desk):
    return desk.intake.receive(command(), CLERK)


def actions(desk):
    return [entry.action for entry in desk.state.audit]


def test_an_opened_dossier_shows_its_history(desk, received):
    view = desk.dossiers.show(received.code, CLERK)
    assert (view.dossier.dossier_id, view.masked_id, view.sync_state) == (received.dossier_id, "••••••••0123", "saved")
    assert [(event.type, event.seq, event.who, event.state) for event in view.events] == [
        ("dossier.received", 1, "Lý Thị Mẫu Đơn", "saved"), ("slip.printed", 2, "Lý Thị Mẫu Đơn", "saved")]
    assert view.events[0].ho_so["MaHoSo"] == received.code


@pytest.mark.parametrize("spelling", [str.lower, lambda code: f"  {code} ", slip_qr])
def test_a_code_opens_however_it_was_scanned(desk, received, spelling):
    assert desk.dossiers.show(spelling(received.code), CLERK).dossier.code == received.code


def test_each_look_is_noted_and_says_nothing_personal(desk, received):
    before = len(desk.state.audit)
    desk.dossiers.show(received.code, INSPECTOR)
    desk.dossiers.reveal_id(received.dossier_id, INSPECTOR)
    desk.dossiers.search("tran vi du", INSPECTOR)
    noted = desk.state.audit[before:]
    assert [(entry.action, entry.user_id) for entry in noted] == [
        ("dossier.shown", "u-0003"), ("id_number.shown", "u-0003"), ("dossiers.searched", "u-0003")]
    assert (noted[0].subject, noted[2].details) == (received.dossier_id, {"words": 3, "found": 1})
    assert "tran" not in json.dumps([dict(entry.details) for entry in noted])


def test_the_whole_number_comes_on_request(desk, received):
    assert desk.dossiers.reveal_id(received.dossier_id, CLERK) == "067190000123"
    with pytest.raises(RuleBrokenError, match="DOSSIER_UNKNOWN"):
        desk.dossiers.reveal_id("nobody", CLERK)


def test_an_unknown_code_is_a_sentence_and_leaves_no_trace(desk):
    with pytest.raises(RuleBrokenError, match="DOSSIER_UNKNOWN@code"):
        desk.dossiers.show("H36.50.05-261120-0001", CLERK)
    assert actions(desk) == []


def test_a_shared_code_opens_neither(desk):
    desk.add(dossier(1), replace(dossier(2), codes=(CodeOfDossier("H36.50.05-261101-0001", "ministry"),)))
    with pytest.raises(RuleBrokenError, match="CODE_SHARED@code"):
        desk.dossiers.show("H36.50.05-261101-0001", CLERK)


def test_a_part_of_a_code_lists_all_matches(desk):
    desk.add(*(dossier(number) for number in (7, 70, 8)))
    assert [row.code[-4:] for row in desk.dossiers.matching_codes("0007", CLERK)] == ["0007"]
    assert {row.code[-4:] for row in desk.dossiers.matching_codes("261101-00", CLERK)} == {"0007", "0070", "0008"}
    assert desk.dossiers.matching_codes("", CLERK) == []
    assert desk.dossiers.matching_codes("h36.50.05-261101-0008", CLERK)[0].code[-4:] == "0008"


def test_other_codes_of_a_dossier_match_too_but_names_do_not(desk):
    desk.add(replace(dossier(1), codes=(CodeOfDossier("H36.50.05-261101-0001", "imported"), CodeOfDossier("G09.20-20261101-0092637", "ministry"))))
    assert [row.code[-4:] for row in desk.dossiers.matching_codes("0092637", CLERK)] == ["0001"]
    assert desk.dossiers.matching_codes("tran", CLERK) == []


def test_search_is_folded_and_every_word_counts(desk, received):
    for query in ("trần thị", "TRAN du", "vi", "067190000123", "0900", received.code, slip_qr(received.code), "thon mau"):
        assert desk.dossiers.search(query, CLERK).total == 1, query
    for query in ("", "  ", "tran khac", "rần", "…"):
        assert desk.dossiers.search(query, CLERK).rows == (), query


def test_typing_is_not_noted_until_it_ends(desk, received):
    before = actions(desk)
    desk.dossiers.search("tra", CLERK, typing=True)
    assert actions(desk) == before
    desk.dossiers.search("tran", CLERK)
    assert actions(desk) == [*before, "dossiers.searched"]


def test_lists_are_pages_of_rows(desk):
    desk.add(*(dossier(number) for number in range(1, 8)))
    page = desk.dossiers.list(ListFilter.ALL, INSPECTOR, limit=3, offset=2)
    assert (len(page.rows), page.total) == (3, 7)
    assert all("067190000123" not in str(row) for row in page.rows)


def test_lists_know_what_is_due(desk):
    desk.add(
        dossier(1, due_at=local(2026, 11, 19, 8, 0)), dossier(2, due_at=local(2026, 11, 20, 8, 0)), dossier(3, due_at=local(2026, 11, 23, 8, 0)),
        dossier(4, due_at=local(2026, 11, 19, 8, 0), status=Status.RESULT_READY, finished_at=local(2026, 11, 18, 8, 0)),
        dossier(5, due_at=local(2026, 11, 19, 8, 0), status=Status.AWAITING_SUPPLEMENT, supplement_open_since=local(2026, 11, 10, 8, 0)),
        dossier(6, due_at=local(2026, 11, 20, 8, 0), status=Status.RETURNED, returned_at=local(2026, 11, 19, 8, 0)))
    found = {which: [row.code[-1] for row in desk.dossiers.list(which, CLERK).rows] for which in ListFilter}
    assert (found[ListFilter.OVERDUE], found[ListFilter.DUE_TODAY], found[ListFilter.DUE_SOON]) == (["1"], ["2"], ["3"])
    assert (found[ListFilter.RESULT_WAITING], found[ListFilter.SUPPLEMENT_OPEN], found[ListFilter.RETURNED]) == (["4"], ["5"], ["6"])


def test_earlier_dossiers_of_a_person_fill_a_form(desk, received):
    desk.add(dossier(1, applicant=applicant(address="Nơi cũ")), dossier(2, applicant=applicant(id_number="067190000999")))
    earlier = desk.dossiers.earlier_of(" 067190000123 ", CLERK)
    assert [(each.row.code, each.applicant.address) for each in earlier] == [
        (received.code, "Thôn Mẫu 3, xã Đắk Mil"), ("H36.50.05-261101-0001", "Nơi cũ")]
    assert earlier[0].row.masked_id == "••••••••0123"
    assert desk.dossiers.earlier_of("067190000000", CLERK) == []


def test_a_note_is_an_event(desk, received):
    changes = desk.dossiers.add_note(received.dossier_id, "  Đã gọi   điện \u202e", CLERK)
    assert changes.names == {"dossiers", "outbox"}
    last = desk.dossiers.show(received.code, CLERK).events[-1]
    assert (last.type, last.facts["text"], last.facts["audience"]) == ("note.added", "Đã gọi điện", "desk")


@pytest.mark.parametrize(("text", "code"), [(" \u200b", "NOTE_EMPTY"), ("x" * (LONGEST_NOTE + 1), "NOTE_TOO_LONG")])
def test_a_note_needs_something_to_say(desk, received, text, code):
    with pytest.raises(RuleBrokenError, match=f"{code}@text"):
        desk.dossiers.add_note(received.dossier_id, text, CLERK)


def test_inspectors_read_and_change_nothing(desk, received):
    assert INSPECTOR.may(Permission.READ)
    desk.dossiers.show(received.code, INSPECTOR)
    with pytest.raises(RuleBrokenError, match="NOT_ALLOWED"):
        desk.dossiers.add_note(received.dossier_id, "Ghi chú", INSPECTOR)
    with pytest.raises(RuleBrokenError, match="NOT_ALLOWED"):
        desk.slips.reprint(received.code, "a5", INSPECTOR)


def test_everything_stands_there_once_the_pressing_first_and_the_newest_after_what_waits():
    desk = fake_desk()
    ready = {"status": Status.RESULT_READY, "finished_at": local(2026, 11, 18, 8, 0)}
    desk.add(
        dossier(1, due_at=local(2026, 11, 30, 8, 0)), dossier(2, due_at=local(2026, 11, 23, 8, 0)), dossier(3, due_at=local(2026, 11, 12, 8, 0)),
        dossier(4, due_at=local(2026, 11, 20, 16, 0)), dossier(5, due_at=local(2026, 11, 10, 8, 0)), dossier(6, due_at=None, **ready),
        dossier(7, status=Status.AWAITING_SUPPLEMENT))
    page = desk.dossiers.most_urgent(CLERK, 100)
    assert [row.code[-4:] for row in page.rows] == ["0005", "0003", "0004", "0002", "0006", "0007", "0001"]
    assert page.total == 7
    assert [row.code[-4:] for row in desk.dossiers.most_urgent(CLERK, 3).rows] == ["0005", "0003", "0004"]


def test_fees_are_told_to_readers_without_an_entry_in_the_audit_trail():
    desk = fake_desk()
    fees = (FeeLine("f1", "Lệ phí", 0, FeeMethod.EXEMPT, exempt_reason="hộ nghèo"),)
    known = dossier(1, fees=fees)
    desk.add(known)
    before = len(desk.state.audit)
    assert desk.dossiers.fees_of(known.dossier_id, CLERK) == fees
    assert len(desk.state.audit) == before
    with pytest.raises(RuleBrokenError) as refusal:
        desk.dossiers.fees_of("nobody", CLERK)
    assert refusal.value.problems[0].code == "DOSSIER_UNKNOWN"
