"""Verify: a random year has no difference, whatever happened in it; one hand in the database shows, each kind of it."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.domain.dossier import DocumentLine, FeeMethod, Submitter
from counter_app.domain.errors import RuleBrokenError, failed
from counter_app.domain.moments import local
from counter_app.domain.report_periods import Period
from counter_app.services.acts.corrections import Correct
from counter_app.services.acts.returning import ReturnResults
from counter_app.services.verifying.service import CHECKS, MOST_TOLD, VerifyService
from counter_app.storage import open_database
from counter_app.storage.guard import FileNumberGuard
from counter_app.support import messages
from tests.builders import CLERK, DEVICE, HEAD, command, fake_desk
from tests.examples import examples
from tests.quick import new_database
from tests.services.certifying import certifying_desk
from tests.services.lives import do, received
from tests.services.years import Year

KEY = bytes(range(32))


def differences(database):
    return [(each.what, each.where, each.problem.code) for each in VerifyService(database).run().differences]


@settings(max_examples=examples(8), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 10**6))
def test_books_fees_dossiers_and_events_of_a_random_year_agree(seed):
    year = Year(seed)
    assert differences(year.desk.database) == []
    closed = year.end()
    assert differences(year.desk.database) == []
    assert {volume.closed_on for volumes in closed.values() for volume in volumes} - {date(2027, 1, 4)} <= {
        volume.opened_on for volumes in closed.values() for volume in volumes}, "a volume is closed when the next begins, or at the end"


@settings(max_examples=examples(5), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 10**6))
def test_every_source_of_a_year_gives_the_same_figures(seed):
    year = Year(seed, acts=90)
    desk = year.desk
    year.end()
    with desk.database.read() as uow:
        fees = [line.content for line in uow.logbooks.all_lines("fees", 2026, None, None, None)]
        dossiers = list(uow.logbooks.all_lines("dossiers", 2026, None, None, None))
        returned = list(uow.logbooks.all_lines("results", 2026, None, None, None))
        months = [uow.payments.totals(*bounds) for bounds in _months()]
    by_method = {method: sum(line["amount_vnd"] for line in fees if line["method"] == method.value) for method in FeeMethod}
    counted = {method: sum(each.amount_vnd for month in months for each in month if each.method is method) for method in FeeMethod}
    assert by_method == counted
    report = desk.reports.make("II.06a", Period(date(2026, 1, 1), date(2026, 12, 31)), HEAD)
    assert report.content["total"]["c3"] == len(dossiers) == len(desk.state.dossiers)
    assert sum(line.returned_at is not None for line in dossiers) == len(returned)


def _months():
    starts = [local(2026, month, 1) for month in range(1, 13)] + [local(2027, 1, 1)]
    return list(pairwise(starts))


@pytest.fixture(scope="module")
def lived(tmp_path_factory):
    """A real encrypted desk after a busy year, as a file to copy."""
    folder = tmp_path_factory.mktemp("year")
    database = new_database(f"sqlite:///{folder / 'desk.db'}", KEY)
    guard = FileNumberGuard(folder / "guard", DEVICE, "H36.50.05")
    year = Year(3, acts=120, database=database, guard=guard)
    assert {"receive", "certify", "finish", "count", "strike line"} <= set(year.done)
    year.receive()
    do(year.desk, year.codes[-1], "ask")
    year.clock.forward(minutes=24 * 60)
    do(year.desk, year.codes[-1], "bring")
    (folder / "older.jsonl").write_text('{"code": "H36.50.05-251102-0001", "received_at": "2025-11-02T08:00", "applicant": '
                                        '{"full_name": "Trần Thị Ví Dụ"}, "closed_at": "2025-11-20", "closed_as": "returned"}')
    assert year.desk.importing.run(folder / "older.jsonl", HEAD).kept == 1
    year.end()
    year.desk.reports.freeze("II.06a", Period(date(2026, 1, 1), date(2026, 12, 31)), folder / "sent.json", HEAD)
    assert differences(database) == []
    database.close()
    return folder / "desk.db"


class Hand:
    """Somebody with the key and a database tool: what the desk forbids is taken away first."""

    def __init__(self, database):
        self.database = database
        self.do("SELECT 1")
        for (name,) in self.do("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            self.do(f"DROP TRIGGER {name}")

    def do(self, statement):
        with self.database.write() as uow:
            done = uow._connection.exec_driver_sql(statement)
            found = done.all() if done.returns_rows else done.rowcount
            uow.commit()
        return found


@pytest.fixture
def hand(lived, tmp_path):
    file = tmp_path / "desk.db"
    file.write_bytes(lived.read_bytes())
    database = open_database(f"sqlite:///{file}", KEY, backup_dir=tmp_path)
    yield Hand(database)
    database.close()


EDITS = {
    "the words of an audit entry": ("UPDATE audit SET action = 'desk.opened' WHERE seq = 7", "audit", "VERIFY_AUDIT"),
    "an audit entry that is gone": ("DELETE FROM audit WHERE seq = 7", "audit", "VERIFY_AUDIT_GONE"),
    "who did it": ("UPDATE event SET actor_id = 'u-0002' WHERE seq = 5", "events", "VERIFY_EVENT"),
    "an event that is gone": ("DELETE FROM event WHERE seq = 5", "events", "VERIFY_EVENT_GONE"),
    "the status of a dossier": ("UPDATE dossier SET status = 'returned' WHERE n = (SELECT min(n) FROM dossier WHERE status <> 'returned')",
                                "dossiers", "VERIFY_RECORD"),
    "an appointment": ("UPDATE dossier SET due_at = '2026-12-30T09:00:00' WHERE n = (SELECT min(n) FROM dossier WHERE due_at IS NOT NULL)",
                       "dossiers", "VERIFY_RECORD"),
    "the name of an applicant": ("UPDATE dossier SET applicant_name = 'Ai Đó' WHERE n = 1", "dossiers", "VERIFY_RECORD"),
    "the place of a dossier": ("UPDATE dossier SET book = NULL WHERE n = 2", "dossiers", "VERIFY_NO_PLACE"),
    "all events of a dossier": ("DELETE FROM event WHERE dossier_id = (SELECT dossier_id FROM dossier WHERE n = 2)",
                                "dossiers", "VERIFY_NO_EVENT"),
    "a line torn out": ("DELETE FROM book_line WHERE book = 'fees' AND ordinal = 2", "ordinals", "VERIFY_ORDINAL"),
    "a line in another volume": ("UPDATE book_line SET volume = 9 WHERE book = 'SCT/BS' AND ordinal = 1", "ordinals", "VERIFY_ORDINAL_ELSEWHERE"),
    "where a volume begins": ("UPDATE book_volume SET first_ordinal = 2 WHERE book = 'results' AND volume = 1", "ordinals", "VERIFY_ORDINAL"),
    "the total of a closed volume": ("UPDATE book_volume SET closed_on = '2026-06-01', last_ordinal = 99 WHERE book = 'SCT/GD'",
                                     "ordinals", "VERIFY_VOLUME"),
    "whose line it is": ("UPDATE book_line SET dossier_id = (SELECT dossier_id FROM dossier WHERE n = 3) "
                         "WHERE book = 'dossiers' AND ordinal = 1", "lines", "VERIFY_LINE_ADDED"),
    "the line of a dossier": ("DELETE FROM book_line WHERE book = 'dossiers' AND ordinal = 1", "lines", "VERIFY_NO_LINE"),
    "an amount in the fees book": (
        "UPDATE book_line SET content = replace(content, '\"amount_vnd\":', '\"amount_vnd\":1') WHERE book = 'fees' AND ordinal = 1",
        "fees", "VERIFY_LINE"),
    "an amount that was paid": ("UPDATE payment SET amount_vnd = amount_vnd + 1000 WHERE amount_vnd > 0", "fees", "VERIFY_MONEY"),
    "a payment that is gone": ("DELETE FROM payment WHERE amount_vnd > 0", "fees", "VERIFY_LINE_ALONE"),
    "a payment without its line": ("UPDATE book_line SET ref = 'x' WHERE book = 'fees' AND ordinal = 1", "fees", "VERIFY_PAYMENT"),
    "a payment of nobody": ("UPDATE payment SET dossier_id = 'x' WHERE amount_vnd > 0", "fees", "VERIFY_MONEY"),
    "who took a result": ("UPDATE book_line SET content = replace(content, '\"receiver\":\"', '\"receiver\":\"Ai Đó ') "
                          "WHERE book = 'results' AND ordinal = 1", "results", "VERIFY_LINE"),
    "a result that was never entered": ("UPDATE book_line SET ref = NULL WHERE book = 'results' AND ordinal = 1",
                                        "results", "VERIFY_NOT_ENTERED"),
    "a certification number": ("UPDATE certification SET document_name = 'Giấy khác' WHERE book = 'SCT/BS' AND ordinal = 1",
                               "certified", "VERIFY_LINE"),
    "a certified line unstruck or struck": ("UPDATE book_line SET struck_on = '2026-05-01', struck_reason = 'x' "
                                            "WHERE book = 'SCT/BS' AND struck_on IS NULL", "certified", "VERIFY_LINE"),
    "a certification without its line": ("UPDATE book_line SET ref = 'x' WHERE book = 'SCT/BS' AND ordinal = 1",
                                         "certified", "VERIFY_NOT_ENTERED"),
    "a number that is gone": ("DELETE FROM used_number WHERE dossier_id = (SELECT dossier_id FROM dossier WHERE n = 1)",
                              "numbers", "VERIFY_NUMBER_GONE"),
    "whose number it is": ("UPDATE used_number SET dossier_id = NULL WHERE dossier_id = (SELECT dossier_id FROM dossier WHERE n = 1)",
                           "numbers", "VERIFY_NUMBER"),
    "the last event, and nobody knows": ("DELETE FROM event WHERE n = (SELECT max(n) FROM event WHERE seq > 0)", "acts", "VERIFY_ACT_GONE"),
    "the end of the trail": ("DELETE FROM audit WHERE seq >= (SELECT max(seq) FROM audit WHERE details LIKE '%op_id%')",
                             "acts", "VERIFY_ACT_UNNOTED"),
    "a dossier that is gone": ("UPDATE dossier SET dossier_id = 'x' WHERE n = 2", "acts", "VERIFY_NO_DOSSIER"),
    "what lists read": ("UPDATE dossier SET queue = 'ready' WHERE n = (SELECT min(n) FROM dossier WHERE queue IS NULL)",
                        "projections", "VERIFY_PROJECTION"),
    "what reports read": ("UPDATE dossier SET out_of_area = 1 WHERE n = 1", "projections", "VERIFY_PROJECTION"),
    "a total": ("UPDATE dossier SET fee_total_vnd = fee_total_vnd + 1 WHERE n = 1", "projections", "VERIFY_PROJECTION"),
    "an appointment of the past": ("UPDATE due_change SET due_at = '2026-12-30T09:00:00'", "projections", "VERIFY_PROJECTION"),
    "how long papers were awaited": ("DELETE FROM supplement_span", "projections", "VERIFY_PROJECTION"),
    "another code": ("UPDATE dossier_code SET code = 'H36.50.05-260101-9999' WHERE dossier = 1", "projections", "VERIFY_PROJECTION"),
    "what an imported dossier was": ("UPDATE dossier SET finished_at = '2025-12-01T09:00:00' WHERE code = 'H36.50.05-251102-0001'",
                                     "dossiers", "VERIFY_RECORD"),
    "what became of an imported dossier": (
        "UPDATE dossier SET status = 'halted', queue = NULL WHERE code = 'H36.50.05-251102-0001'", "dossiers", "VERIFY_RECORD"),
    "who an imported dossier is of": (
        "UPDATE dossier SET applicant_name = 'Ai Đó' WHERE code = 'H36.50.05-251102-0001'", "dossiers", "VERIFY_RECORD"),
    "how many copies were certified": ("UPDATE certification SET copies = copies + 1 WHERE book = 'SCT/BS' AND ordinal = 1",
                                       "certified", "VERIFY_LINE"),
    "when a number was given": ("UPDATE certification SET at = '2026-01-01T08:00:00' WHERE book = 'SCT/BS' AND ordinal = 1",
                                "certified", "VERIFY_LINE"),
    "whose number was certified": ("UPDATE certification SET dossier_id = (SELECT dossier_id FROM dossier WHERE n = 1) "
                                   "WHERE book = 'SCT/BS' AND ordinal = 1", "certified", "VERIFY_LINE"),
    "who took money": ("UPDATE payment SET collector = 'u-0002' WHERE amount_vnd > 0", "payments", "VERIFY_PAID_OTHERWISE"),
    "for what money was taken": ("UPDATE payment SET fee_line_id = 'x' WHERE amount_vnd > 0", "payments", "VERIFY_PAID_OTHERWISE"),
    "what was to be handed in": ("UPDATE cash_count SET expected = '{\"cash\": 1}'", "counts", "VERIFY_COUNTED"),
    "a count that is gone": ("DELETE FROM cash_count", "counts", "VERIFY_COUNTED"),
    "money put back into the drawer": ("UPDATE payment SET count_id = NULL WHERE count_id IS NOT NULL", "done", "VERIFY_UNDONE"),
    "a struck line that stands again": ("UPDATE book_line SET struck_on = NULL WHERE book = 'dossiers' AND struck_on IS NOT NULL",
                                        "done", "VERIFY_UNDONE"),
    "a year opened again": ("UPDATE book_volume SET closed_on = NULL, last_ordinal = NULL WHERE book = 'SCT/GD'", "done", "VERIFY_UNDONE"),
    "a report that was sent": ("UPDATE frozen_report SET content = replace(content, '\"c3\":', '\"c3\":1')", "done", "VERIFY_UNDONE"),
    "a sent report that is gone": ("DELETE FROM frozen_report", "done", "VERIFY_UNDONE"),
    "the import of a dossier": ("DELETE FROM event WHERE type = 'dossier.imported'", "dossiers", "VERIFY_NO_EVENT"),
    "where somebody lives": ("UPDATE dossier SET address = 'Thôn khác' WHERE n = 1", "dossiers", "VERIFY_RECORD"),
    "how many sets came in": ("UPDATE dossier SET sets = sets + 1 WHERE n = 1", "dossiers", "VERIFY_RECORD"),
    "a paper of a dossier": ("UPDATE dossier SET rest = replace(rest, '\"original\":1', '\"original\":2') WHERE n = 1",
                             "dossiers", "VERIFY_RECORD"),
    "the day of a number": ("UPDATE used_number SET day = '2026-01-01' WHERE dossier_id = (SELECT dossier_id FROM dossier WHERE n = 1)",
                            "numbers", "VERIFY_NUMBER"),
    "whose visit it was": ("UPDATE certification SET visit_id = 'x' WHERE book = 'SCT/BS' AND ordinal = 1", "certified", "VERIFY_LINE"),
    "whose print it is": ("UPDATE printed_form SET dossier_id = (SELECT dossier_id FROM dossier WHERE n = 3) WHERE dossier_id = "
                          "(SELECT dossier_id FROM dossier WHERE n = 1) AND form = '01'", "printed", "VERIFY_NO_PRINT"),
    "a print that is gone": ("DELETE FROM printed_form WHERE n = 1", "printed", "VERIFY_NO_PRINT"),
    "a stored print with a hash of its own": (
        "UPDATE printed_form SET tail = X'25504446', prefix = NULL, sha256 = 'x' WHERE n = 1", "printed", "VERIFY_NO_PRINT"),
    "the content of a stored print": ("UPDATE printed_form SET content = replace(content, 'Đắk', 'Dak') WHERE n = 1",
                                      "contents", "VERIFY_PRINT_CONTENT"),
    "on which paper it was printed": ("UPDATE printed_form SET paper = 'a3' WHERE n = 1", "contents", "VERIFY_PRINT_CONTENT"),
    "a print that nobody made": (
        "INSERT INTO printed_form SELECT NULL, 'p-new', dossier_id, form, 99, paper, printed_at, template_version, 'x', content, NULL, X'' "
        "FROM printed_form WHERE n = 1", "contents", "VERIFY_PRINT_ADDED"),
    "a line that nobody wrote": (
        "INSERT INTO book_line (book, year, ordinal, volume, dossier_id, entered_on, struck_reason) SELECT book, year, ordinal + 90000, "
        "volume, dossier_id, entered_on, '' FROM book_line WHERE book = 'dossiers' AND ordinal = 1", "lines", "VERIFY_LINE_ADDED"),
    "money that nobody took": (
        "INSERT INTO payment SELECT 'pay-new', dossier_id, fee_line_id, at, amount_vnd, method, collector, name, quantity, payer, "
        "receipt_series, receipt_number, exempt_reason, exempt_proof, reverses, 'op-new', count_id, code, reason, receipt_cancelled, "
        "matched_at, matched_by, bank_reference FROM payment WHERE amount_vnd > 0 LIMIT 1", "payments", "VERIFY_PAID_ADDED"),
    "an act that nobody did": (
        "INSERT INTO event (op_id, dossier_id, type, occurred_at, actor_id, actor_role, facts, base_rev) SELECT 'op-new', dossier_id, "
        "'note.added', occurred_at, actor_id, actor_role, '{}', 0 FROM event WHERE seq = 5", "acts", "VERIFY_ACT_ADDED"),
    "whose events they are": (
        "UPDATE event SET dossier_id = 'x' WHERE dossier_id = (SELECT dossier_id FROM dossier WHERE n = 2)", "dossiers", "VERIFY_NO_EVENT"),
    "a stored print": ("UPDATE printed_form SET tail = X'25504446' WHERE n = 1", "prints", "VERIFY_PRINT"),
}
"""What is changed by hand, in which check it shows, and how."""


@pytest.mark.parametrize("name", EDITS)
def test_a_hand_in_the_database_shows(hand, name):
    statement, what, code = EDITS[name]
    assert hand.do(statement) > 0, "something was there to change"
    found = VerifyService(hand.database).run()
    assert (what, code) in {(each.what, each.problem.code) for each in found.differences}
    for each in found.differences:
        assert each.where
        assert "Ai Đó" not in repr(each.problem), "no person is named"
        assert "{" not in messages.sentence(each.problem, "vi"), "the sentence is filled in"


def test_two_dossiers_that_change_places_everywhere_show_in_what_their_intake_told(hand):
    first, second = (f"(SELECT dossier_id FROM dossier WHERE n = {n})" for n in (1, 2))
    mine = "SELECT book_ordinal FROM dossier WHERE n"
    low, high = hand.do(f"{mine} = 1")[0][0], hand.do(f"{mine} = 2")[0][0]
    for dossier_id, place in ((f"'{hand.do(f'SELECT {first}')[0][0]}'", high), (f"'{hand.do(f'SELECT {second}')[0][0]}'", low)):
        hand.do(f"UPDATE dossier SET book_ordinal = {place} WHERE dossier_id = {dossier_id}")
        hand.do(f"UPDATE book_line SET dossier_id = {dossier_id} WHERE book = 'dossiers' AND ordinal = {place}")
    found = [(what, code) for what, _, code in differences(hand.database)]
    assert found == [("dossiers", "VERIFY_RECORD")] * 2


def test_whatever_is_corrected_agrees_with_the_intake_and_its_corrections():
    desk = certifying_desk()
    code = desk.intake.receive(command(), CLERK).code
    values = {
        "applicant.full_name": "Trần Thị Vi", "applicant.address": "Thôn 9", "applicant.birth_date": None, "applicant.birth_year": 1991,
        "applicant.sex": None, "applicant.phone": "", "applicant.email": "", "applicant.id_number": "067190000124", "sets": 2,
        "documents": (DocumentLine("Tờ khai", 2),), "submitter": Submitter("Lê Văn Nộp", "067090000125"), "note": "đã sửa"}
    for name, value in values.items():
        desk.clock.forward(minutes=1)
        with suppress(RuleBrokenError):  # what it was already
            desk.life.corrections.correct(Correct(code, {name: value}, "gõ nhầm"), CLERK)
        assert differences(desk.database) == [], name
    desk.life.corrections.correct(Correct(code, {"submitter": None}, "gõ nhầm"), CLERK)
    assert differences(desk.database) == []


def test_what_cannot_even_be_read_is_a_difference_and_the_other_checks_go_on(hand):
    hand.do("UPDATE book_line SET content = '{' WHERE book = 'fees' AND ordinal = 1")
    found = VerifyService(hand.database).run()
    told = {each.what: each.problem.code for each in found.differences}
    assert told["fees"] == "DATABASE_CORRUPT"
    assert found.checked.keys() == CHECKS.keys()
    assert found.checked["prints"] > 0


@pytest.mark.parametrize(("statement", "what"), [
    ("UPDATE audit SET details = '{\"holds\": 5}' WHERE seq = 7", "held"),
    ("UPDATE audit SET details = '{\"holds\": {\"nothing/known\": \"x\"}}' WHERE seq = 7", "held"),
    ("UPDATE audit SET details = '{\"op_id\": []}' WHERE seq = 7", "acts"),
    ("UPDATE audit SET details = '{\"print_sha256\": 1}' WHERE seq = 7", "contents"),
    ("UPDATE event SET facts = '{}' WHERE type = 'slip.printed'", "printed"),
    ("UPDATE event SET facts = '{\"amount_vnd\": \"x\"}' WHERE type = 'fee.collected'", "payments"),
    ("UPDATE audit SET seq = 9223372036854775807 WHERE seq = (SELECT max(seq) FROM audit)", "audit"),
    ("UPDATE audit SET at = '9999-12-31T23:59:59-12:00' WHERE seq = 7", "audit"),
    (f"UPDATE audit SET details = '{'[' * 5000}{']' * 5000}' WHERE seq = 7", "audit"),
    ("UPDATE event SET occurred_at = '0001-01-01T00:00:00+14:00' WHERE seq = 5", "events"),
])
def test_what_has_another_shape_ends_its_own_check_alone(hand, statement, what):
    assert hand.do(statement) > 0
    found = VerifyService(hand.database).run()
    assert not found.verified
    assert what in {each.what for each in found.differences}
    assert found.checked.keys() == CHECKS.keys(), "the other checks go on"


def test_a_damaged_database_is_told_first(hand, monkeypatch):
    def damaged():
        raise failed("DATABASE_CORRUPT", path="desk.db")

    monkeypatch.setattr(hand.database, "examine", damaged)
    first = VerifyService(hand.database).run().differences[0]
    assert (first.what, first.problem.code) == ("database", "DATABASE_CORRUPT")


def test_one_cause_with_many_effects_does_not_fill_the_screen():
    year = Year(1, acts=60)
    for entry in list(year.desk.state.audit):
        year.desk.state.audit[entry.seq - 1] = entry.__class__(
            entry.seq, entry.at, "somebody", entry.action, entry.subject, entry.details, entry.prev_hash, entry.hash)
    found = VerifyService(year.desk.database).run()
    assert len([each for each in found.differences if each.what == "audit"]) == min(MOST_TOLD, len(year.desk.state.audit))
    assert not found.verified


def test_one_receipt_for_several_results_is_the_print_of_each():
    desk = fake_desk()
    codes = tuple(received(desk) for _ in range(3))
    for code in codes:
        do(desk, code, "ready")
    desk.life.perform(ReturnResults(codes, unpaid_reason="hộ nghèo"), CLERK)
    assert differences(desk.database) == []
    receipt = next(form for form in desk.state.prints if form.form == "result")
    desk.state.prints.remove(receipt)
    assert {each.where for each in VerifyService(desk.database).run().differences} >= set(codes)
