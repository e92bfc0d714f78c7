"""Who looked at what, printed what, took what out: on the audit trail each time, and never a word about a person (domain guide 16)."""

from __future__ import annotations

import json
import logging
import re
import sqlite3
from dataclasses import replace
from datetime import date, timedelta

import pytest

from counter_app.domain.canonical import first_broken
from counter_app.domain.dossier import DeliveryMethod, DocumentLine, FeeLine, FeeMethod, Submitter
from counter_app.domain.errors import DeskError
from counter_app.domain.people import PERMISSIONS, Permission, Role
from counter_app.domain.registers import DOSSIER_BOOK
from counter_app.domain.text import fold
from counter_app.services import whole_files
from counter_app.services.acts.results import ResultReady
from counter_app.services.citizens.message_words import MessageSettings
from counter_app.services.people.users import NewUser
from counter_app.services.ports import ListFilter
from counter_app.storage.guard import FileNumberGuard
from counter_app.support.messages import sentence
from tests.builders import DEVICE, applicant, command
from tests.quick import new_database
from tests.services.verbs import ACTORS, CLERK, VERBS, prepared, world

NAME, NUMBER, PHONE, STREET, MAIL = "Trương Quỳnh Phượng Vỹ", "067195004321", "0900 123 987", "Ngõ Hẻm Sâu 77", "phuong.vy@vidu.vn"
SUBMITTER, RELATION, NOTE, TYPED = "Khổng Ưu Điểm", "chị dâu", "Hồ sơ gấp của gia đình chính sách", "quỳnh phượng"
RECEIPT, REASON = "Con liệt sĩ Khổng", "Chép nhầm tên bà Phượng"
EXACT = (NUMBER, PHONE, PHONE.replace(" ", ""), MAIL)
WORDS = (NAME, STREET, SUBMITTER, RELATION, NOTE, TYPED, RECEIPT, REASON)
TOLD = command(
    applicant=applicant(full_name=NAME, id_number=NUMBER, phone=PHONE, address=STREET, email=MAIL, birth_date=date(1995, 5, 4)),
    submitter=Submitter(SUBMITTER, relation=RELATION), note=NOTE, delivery=DeliveryMethod.POSTAL, delivery_address=STREET,
    documents=(DocumentLine(f"Giấy của {NAME}", 1),), fees=(FeeLine("", "Lệ phí", 0, FeeMethod.EXEMPT, exempt_reason=RECEIPT),))


def personal_in(text):
    """Return what stands in a text of all that is personal, folded spellings and parts of names too."""
    folded = f" {fold(text)} "
    found = [each for each in EXACT if each in text]
    found += [each for each in WORDS if each in text or f" {fold(each)} " in folded]
    return found + [part for part in ("Phượng", "phuong vy", "Khổng", "khong uu") if part in text or f" {part} " in folded]


def test_the_sieve_of_these_tests_catches():
    assert personal_in(f"x {NAME}")
    assert personal_in("truong quynh phuong vy")
    assert personal_in('{"q": "phuong vy"}')
    assert personal_in(NUMBER)
    assert not personal_in(json.dumps({"words": 2, "found": 1, "dossier": "0190-…"}))


@pytest.fixture(params=["memory", "encrypted"])
def made(request, tmp_path):
    """A desk with one dossier of a person whose data would be recognised anywhere."""
    if request.param == "memory":
        yield world(tmp_path, dossiers=8, told=TOLD)
        return
    database = prepared(new_database(f"sqlite:///{tmp_path / 'desk.db'}", bytes(32)))
    yield world(tmp_path, database, FileNumberGuard(tmp_path / "guard", DEVICE, "H36.50.05"), dossiers=8, told=TOLD)
    database.close()


def trail(made):
    with made.desk.database.read() as uow:
        return uow.audit.entries(1, 10_000)


def noted(made, verb, actor=CLERK):
    """Call a verb and return the entries that it left on the trail."""
    before = len(trail(made))
    VERBS[verb](made, actor)
    return [(entry.user_id, entry.action, entry.subject, dict(entry.details)) for entry in trail(made)[before:]]


def test_every_look_is_noted(made):
    about = made.dossier_id
    assert noted(made, "dossiers.show") == [("u-0001", "dossier.shown", about, {})]
    assert noted(made, "dossiers.reveal_id") == [("u-0001", "id_number.shown", about, {})]
    assert noted(made, "dossiers.search") == [("u-0001", "dossiers.searched", "", {"words": 3, "found": 0})]
    assert noted(made, "slips.look_at") == [("u-0001", "slip.opened", about, {"form": "01", "issue": 1})]
    assert noted(made, "dossiers.earlier_of") == [("u-0001", "earlier.shown", "", {"found": 0})]
    assert noted(made, "dossiers.show", ACTORS[Role.INSPECTOR]) == [("u-0003", "dossier.shown", about, {})]


def last_noted(made, verb, actor=CLERK):
    return noted(made, verb, actor)[-1]


def test_every_look_at_citizens_and_at_results_is_noted(made):
    about, inspector = made.dossier_id, ACTORS[Role.INSPECTOR]
    assert noted(made, "dossiers.of_code") == [("u-0001", "dossier.shown", about, {})]
    assert noted(made, "life.returning.check", inspector) == [("u-0003", "dossier.shown", about, {})]
    assert noted(made, "slips.newest") == [("u-0001", "slip.opened", about, {"form": "01", "issue": 1})]
    assert noted(made, "citizens.messages.of_dossier", inspector) == [("u-0003", "messages.shown", about, {"messages": 0})]
    assert last_noted(made, "citizens.messages.waiting") == ("u-0001", "messages.shown", "", {"messages": 1})
    assert last_noted(made, "citizens.messages.call_list") == ("u-0001", "messages.listed", "", {"messages": 2})
    assert noted(made, "citizens.complaints.listed", inspector) == [("u-0003", "complaints.shown", "", {"complaints": 0})]
    assert noted(made, "citizens.complaints.of_dossier") == [("u-0001", "complaints.shown", about, {"complaints": 0})]
    assert last_noted(made, "citizens.typing.open_ones") == ("u-0001", "typing.shown", "", {"dossiers": 10})
    assert last_noted(made, "citizens.typing.hand_over")[:2] == ("u-0001", "typing.handed_over")
    assert noted(made, "reports.rows", inspector) == [("u-0003", "report.opened", "", {"dossiers": 2})]
    assert noted(made, "reports.differences", inspector) == [("u-0003", "report.compared", "r-1", {"dossiers": 0})]


def test_every_page_of_a_register_and_every_list_of_the_certification_counter_is_noted(made):
    inspector, before = ACTORS[Role.INSPECTOR], len(made.received)
    assert noted(made, "logbooks.page", inspector) == [
        ("u-0003", "book.page_shown", f"{DOSSIER_BOOK}/2026/1", {"lines": before, "page": 1})]
    assert last_noted(made, "certification.today", inspector) == ("u-0003", "certified.shown", "", {"visits": 1})
    assert last_noted(made, "certification.waiting") == ("u-0001", "certified.shown", "", {"visits": 1})


def test_what_is_open_and_only_shown_anew_is_noted_once(made):
    look = made.desk.logbooks.page(DOSSIER_BOOK, 2026, 1, 1, CLERK)
    before = len(trail(made))
    assert made.desk.logbooks.page(DOSSIER_BOOK, 2026, 1, 1, CLERK, again=True) == look
    VERBS["certification.certify"](made, CLERK)
    written = len(trail(made))
    assert made.desk.certification.today(CLERK, again=True).count == 1
    assert len(trail(made)) == written > before


def looks(made, action):
    """Return how many were on each list that was shown."""
    return [next(iter(entry.details.values())) for entry in trail(made) if entry.action == action]


def test_a_list_that_is_read_anew_is_a_look_at_those_who_came_since(made):
    """A page reads its list again after each act; who stood there already was noted when it was opened."""
    typing, messages = made.desk.citizens.typing, made.desk.citizens.messages
    made.desk.intake.receive(command(wants_message=True, fees=()), CLERK)
    VERBS["citizens.messages.waiting"](made, CLERK)
    tasks = {line.task.task_id for line in typing.open_ones(CLERK)}
    told = {line.message.message_id for line in messages.waiting(CLERK)}
    shown, listed = looks(made, "typing.shown"), looks(made, "messages.shown")
    assert (shown[-1], listed[-1]) == (len(tasks), len(told))
    assert {line.task.task_id for line in typing.open_ones(CLERK, shown=tasks)} == tasks
    assert {line.message.message_id for line in messages.waiting(CLERK, shown=told)} == told
    assert (looks(made, "typing.shown"), looks(made, "messages.shown")) == (shown, listed)
    made.desk.intake.receive(command(fees=()), CLERK)
    assert len(typing.open_ones(CLERK, shown=tasks)) == len(tasks) + 1
    assert looks(made, "typing.shown") == [*shown, 1]
    assert len(messages.waiting(CLERK, shown=sorted(told)[1:])) == len(told)
    assert looks(made, "messages.shown") == [*listed, 1]
    typing.open_ones(CLERK)
    assert looks(made, "typing.shown") == [*shown, 1, len(tasks) + 1], "opened again it is another showing"


def test_where_nobody_stands_nobody_was_looked_at(made):
    before = len(trail(made))
    assert (made.desk.certification.today(CLERK).count, made.desk.certification.waiting(CLERK)) == (0, [])
    assert made.desk.citizens.messages.waiting(CLERK) == []
    assert len(trail(made)) == before


def test_a_form_that_is_taken_up_was_looked_at(made):
    drafts, owner = made.desk.drafts, CLERK.user_id
    first = drafts.save(owner, "intake", {"name": NAME, "id_number": NUMBER}, NAME, "desk-1")
    before = len(trail(made))
    assert (drafts.take_up(owner, "certify", "desk-1"), drafts.take_up("u-0009", "intake", "desk-1")) == (None, None)
    taken = drafts.take_up(owner, "intake", "desk-1")
    drafts.park(owner, taken.draft_id)
    recalled = drafts.recall(owner, taken.draft_id, "desk-1")
    drafts.recall(owner, recalled.draft_id, "desk-1", recalled.draft_id)
    found = [(entry.user_id, entry.action, entry.subject, dict(entry.details)) for entry in trail(made)[before:]]
    assert found == [(owner, "draft.opened", draft.draft_id, {}) for draft in (taken, recalled)]
    assert not any(personal_in(each.subject + each.action) for each in trail(made)), first


def test_a_return_of_several_is_a_look_at_each(made):
    before = len(trail(made))
    made.desk.life.returning.check([made.received[0].code, made.received[3].code, made.received[0].code], CLERK)
    assert [(entry.action, entry.subject) for entry in trail(made)[before:]] == [
        ("dossier.shown", made.received[0].dossier_id), ("dossier.shown", made.received[3].dossier_id)]


def test_reminders_are_noted_where_there_are_any(made):
    assert noted(made, "citizens.messages.remind") == []
    made.desk.citizens.messages.save_wishes(MessageSettings(remind_after_days=1), ACTORS[Role.ADMINISTRATOR])
    done = made.desk.intake.receive(replace(TOLD, wants_message=True, delivery=DeliveryMethod.DESK, delivery_address=""), CLERK)
    made.desk.life.results.ready(ResultReady(done.code), CLERK)
    made.desk.clock.forward(days=2)
    *queued, reminded = noted(made, "citizens.messages.remind")
    assert reminded == ("u-0001", "messages.reminded", "", {"messages": 1})
    assert [(who, action, about) for who, action, about, _ in queued] == [
        ("u-0001", action, done.dossier_id) for action in ("message.queued", "message.called_off")]


def test_a_look_back_keeps_the_newest_dossier_and_not_the_number(made):
    before = len(trail(made))
    made.desk.dossiers.earlier_of(NUMBER, CLERK)
    newest = made.received[-1].dossier_id
    assert [(entry.user_id, entry.action, entry.subject, dict(entry.details)) for entry in trail(made)[before:]] == [
        ("u-0001", "earlier.shown", newest, {"found": 5})]


@pytest.mark.parametrize("verb", ["show", "reveal_id", "search", "list", "matching_codes", "earlier_of"])
def test_who_may_not_read_sees_nothing_and_leaves_no_entry(made, verb, monkeypatch):
    monkeypatch.setitem(PERMISSIONS, Role.CLERK, frozenset({Permission.RECEIVE}))
    before = len(trail(made))
    with pytest.raises(DeskError, match="NOT_ALLOWED"):
        VERBS[f"dossiers.{verb}"](made, CLERK)
    assert len(trail(made)) == before


def test_a_search_that_finds_somebody_keeps_the_count_and_not_the_words(made):
    before = len(trail(made))
    assert made.desk.dossiers.search(TYPED, CLERK).total == 8
    assert [(entry.action, dict(entry.details)) for entry in trail(made)[before:]] == [("dossiers.searched", {"words": 2, "found": 8})]


def test_keys_still_being_pressed_and_empty_queries_are_no_search(made):
    before = len(trail(made))
    for length in range(1, len(TYPED)):
        made.desk.dossiers.search(TYPED[:length], CLERK, typing=True)
    assert made.desk.dossiers.search(" - ", CLERK).total == 0
    assert len(trail(made)) == before


def test_every_print_is_noted(made):
    for issue in (2, 3):
        (entry,) = noted(made, "slips.reprint")
        assert entry[:3] == ("u-0001", "slip.printed", made.dossier_id)
        assert set(entry[3]) == {"op_id", "print", "print_sha256"}, "the event it names says the rest"
        with made.desk.database.read() as uow:
            event = uow.events.of_dossier(made.dossier_id)[-1]
        assert (event.op_id, event.type, event.facts["issue"]) == (entry[3]["op_id"], "slip.printed", issue)
    for verb, entry in (("certified.print_stamps", ("stamps.printed", {"numbers": 1})),
                        ("certified.print_signing_list", ("signing_list.printed", {"visits": 1}))):
        *_, asked, kept = noted(made, verb)
        assert asked[1::2] == entry
        assert (kept[1], set(kept[3])) == ("slip.printed", {"print", "print_sha256"}), "no event tells of it: the trail does"
    assert last_noted(made, "slips.void") == ("u-0001", "slip.voided", made.dossier_id, {"form": "01", "issue": 4})
    assert noted(made, "logbooks.print_next") == [("u-0001", "book.printed", "dossiers/2026", {"lines": 8, "kind": "pdf"})]


def test_every_export_is_noted(made):
    assert noted(made, "logbooks.export") == [("u-0001", "book.exported", "dossiers/2026", {"lines": 8, "kind": "json"})]
    *handed_over, told = last_noted(made, "citizens.messages.hand_over")
    assert (handed_over, told["messages"], len(told["holds"])) == (["u-0001", "messages.handed_over", ""], 1, 1)
    exported = last_noted(made, "citizens.typing.export")
    assert exported[:2] == ("u-0001", "typing.exported")
    assert exported[3]["dossiers"] >= 1
    days = {"from": "2026-11-01", "to": "2026-11-30"}
    assert noted(made, "reports.write") == [("u-0001", "report.exported", "II.06a", {**days, "kind": "json"})]
    ((*frozen, details),) = noted(made, "reports.freeze")
    assert (frozen, details | {"sha256": ""}) == (["u-0001", "report.frozen", "II.06a"], {**days, "sha256": ""})


def test_every_export_of_dossiers_is_noted(made):
    taken_out = {"from": "2026-01-01", "to": "2026-12-31", "dossiers": 8, "kind": "jsonl"}
    assert noted(made, "exporting.run") == [("u-0001", "dossiers.exported", "", taken_out)]


def test_looking_at_a_slip_that_is_a_reprint_names_its_issue(made):
    again = made.desk.slips.reprint(made.code, "80mm", CLERK)
    shown = made.desk.slips.look_at(again.print_id, CLERK)
    assert (shown.issue, shown.paper, shown.pdf) == (2, "80mm", again.pdf)
    assert dict(trail(made)[-1].details) == {"form": "01", "issue": 2}
    first = made.desk.slips.look_at(made.received[0].print_id, CLERK)
    assert first.pdf == made.desk.slips.document(first.print_id), "the stored bytes, not new ones"


def test_what_is_not_there_leaves_no_entry(made):
    before = len(trail(made))
    for look in (
        lambda: made.desk.slips.look_at("0190a7c2-7b3e-7000-8000-000000000000", CLERK), lambda: made.desk.dossiers.show("H1", CLERK),
        lambda: made.desk.dossiers.reveal_id("nobody", CLERK), lambda: made.desk.slips.reprint(made.code, "a3", CLERK),
        lambda: made.desk.slips.document("nobody"), lambda: made.desk.slips.first("nobody"),
    ):
        with pytest.raises(DeskError):
            look()
    assert len(trail(made)) == before


def a_whole_day(made):
    """Do everything there is to do, good and bad, with a person's data in every place that takes a text."""
    desk = made.desk
    for verb in VERBS:
        if not verb.startswith(("logbooks.new", "logbooks.close", "catalogue.", "calendar.")):
            VERBS[verb](made, ACTORS[Role.ADMINISTRATOR])
    desk.dossiers.add_note(made.dossier_id, NOTE, CLERK)
    desk.logbooks.strike(replace(made.received[2].place), REASON, CLERK)
    for query in (NAME, NUMBER, PHONE, STREET, TYPED):
        desk.dossiers.search(query, CLERK)
    lines = [{"code": f"H36.50.05-251102-{n:04d}", "received_at": "2025-11-02T08:00:00",
              "applicant": {"full_name": NAME, "id_number": NUMBER, "phone": PHONE, "address": STREET}} for n in (5, 6)]
    made.file("people.jsonl").write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    desk.importing.run(made.file("people.jsonl"), ACTORS[Role.HEAD])
    made.users.add(NewUser("phuong", NAME, Role.CLERK, SUBMITTER), ACTORS[Role.ADMINISTRATOR])
    desk.drafts.save("u-0001", "intake", {"applicant": NAME, "id_number": NUMBER}, NAME)
    job = desk.print_queue.add(made.received[0].print_id, "")
    desk.print_queue.next()
    desk.print_queue.failed(job.job_id, f"printer said {NAME}")


def test_the_audit_trail_of_a_day_names_nobody(made):
    made.desk.settings.save(replace(made.desk.settings.profile(), recovery_ranges=((9000, 9099),)), ACTORS[Role.ADMINISTRATOR])
    a_whole_day(made)
    entries = trail(made)
    assert len(entries) > 40
    for entry in entries:
        written = json.dumps([entry.user_id, entry.action, entry.subject, dict(entry.details)], ensure_ascii=False)
        assert not personal_in(written), written
        assert re.fullmatch(r"u-\d{4}|province", entry.user_id)
    assert first_broken(entries) is None, "and the chain holds"


BAD = {
    "name": replace(TOLD, applicant=applicant(full_name="9" * 12 + " 77 !")),
    "number": replace(TOLD, applicant=applicant(full_name=NAME, id_number=NUMBER + "9")),
    "phone": replace(TOLD, applicant=applicant(full_name=NAME, phone=PHONE + " gọi " + NAME)),
    "mail": replace(TOLD, applicant=applicant(full_name=NAME, email=NAME)),
    "birth": replace(TOLD, applicant=applicant(full_name=NAME, birth_date=date(2090, 5, 4))),
    "long": replace(TOLD, applicant=applicant(full_name=NAME * 30)),
    "submitter": replace(TOLD, submitter=Submitter(NAME, id_number=NUMBER + "x")),
    "procedure": replace(TOLD, procedure_code=NAME), "paper": replace(TOLD, paper=NAME), "case": replace(TOLD, case=NAME),
    "later": replace(TOLD, received_at=TOLD.received_at, entered_later=NAME * 40),
    "fee": replace(TOLD, fees=(FeeLine("", NAME, -5, FeeMethod.CASH, exempt_reason=NAME),)),
    "documents": replace(TOLD, documents=(DocumentLine(NAME, 0),) * 60),
}


@pytest.mark.parametrize("wrong", sorted(BAD))
def test_a_refusal_is_free_of_people_in_its_own_text(tmp_path, wrong):
    """``str(error)`` goes into logs and crash files: it names codes and fields."""
    made = world(tmp_path, dossiers=0)
    with pytest.raises(DeskError) as refused:
        made.desk.intake.receive(BAD[wrong], CLERK)
    error = refused.value
    assert not personal_in(str(error))
    assert re.fullmatch(r"[A-Z_]+(@[a-z0-9_.]+)?(, [A-Z_]+(@[a-z0-9_.]+)?)*", str(error))
    assert all(sentence(problem, lang) != problem.code for problem in error.problems for lang in ("vi", "en"))
    if wrong not in ("procedure", "paper", "case"):  # a code is quoted back, so that a slip of the pen can be seen
        assert not any(personal_in(str(value)) for problem in error.problems for value in problem.params.values())


def test_the_log_of_a_day_names_nobody(made, caplog):
    made.desk.settings.save(replace(made.desk.settings.profile(), recovery_ranges=((9000, 9099),)), ACTORS[Role.ADMINISTRATOR])
    with caplog.at_level(logging.DEBUG):
        a_whole_day(made)
    told = [record.getMessage() for record in caplog.records if record.name.startswith(("counter_app", "sqlalchemy", "alembic"))]
    assert not [line for line in told if personal_in(line)]


def test_file_names_are_codes_and_dates(made):
    for verb in ("logbooks.export", "logbooks.print_next", "exporting.run"):
        VERBS[verb](made, CLERK)
    assert not [path for path in made.folder.rglob("*") if personal_in(path.name)]


def test_nothing_of_it_can_be_read_from_the_files_of_the_desk(tmp_path):
    database = prepared(new_database(f"sqlite:///{tmp_path / 'desk.db'}", bytes(32)))
    world(tmp_path, database, FileNumberGuard(tmp_path / "guard", DEVICE, "H36.50.05"), dossiers=3, told=TOLD)
    database.close()
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {"desk.db"} < {path.name for path in files}, "database and guard"
    for path in files:
        data = path.read_bytes()
        assert not [each for each in (*EXACT, *WORDS) for spelling in (each, fold(each)) if spelling.encode() in data], path.name
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(tmp_path / "desk.db").execute("SELECT * FROM dossiers")


def test_a_list_that_somebody_opened_is_on_the_trail_and_one_that_is_read_anew_is_not(made):
    before, dossiers = len(trail(made)), made.desk.dossiers
    page, urgent = dossiers.list(ListFilter.RECEIVED_TODAY, CLERK), dossiers.most_urgent(CLERK, 5)
    assert len(trail(made)) == before
    assert dossiers.list(ListFilter.RECEIVED_TODAY, CLERK, opened=True) == page
    assert dossiers.most_urgent(CLERK, 5, opened=True) == urgent
    assert dossiers.list(ListFilter.OVERDUE, CLERK, opened=True).rows == (), "nobody stands there, so that nobody was looked at"
    assert dossiers.list(ListFilter.ALL, CLERK, 0, opened=True).total, "it was only counted"
    assert [(entry.user_id, entry.action, entry.subject, dict(entry.details)) for entry in trail(made)[before:]] == [
        (CLERK.user_id, "dossiers.searched", "", {"words": 0, "found": each.total, "list": which})
        for each, which in ((page, "received_today"), (urgent, "all"))]


def test_who_only_reads_opens_lists_too_and_it_is_noted(made):
    inspector = ACTORS[Role.INSPECTOR]
    made.desk.dossiers.most_urgent(inspector, 5, opened=True)
    assert (trail(made)[-1].user_id, trail(made)[-1].action) == (inspector.user_id, "dossiers.searched")


def test_lists_mask_the_number(made):
    rows = made.desk.dossiers.list(ListFilter.ALL, CLERK).rows
    assert {row.masked_id for row in rows} == {"••••••••4321"}
    view = made.desk.dossiers.show(made.code, CLERK)
    assert view.masked_id == "••••••••4321"


def test_a_file_that_an_export_leaves_has_its_entry_already(made, monkeypatch):
    """Whoever pulls the plug right after the export takes nothing away unseen."""
    seen = []

    class Watched(type(made.folder)):
        """A path that looks at the trail in the moment in which the file takes its name."""

        def replace(self, target):
            seen.append((trail(made)[-1].action, target.name, target.exists()))
            return super().replace(target)

    monkeypatch.setattr(whole_files, "Path", Watched)
    made.desk.exporting.run(date(2026, 1, 1), date(2026, 12, 31), made.file("people.jsonl"), CLERK)
    made.desk.logbooks.export(DOSSIER_BOOK, 2026, made.file("book.xlsx"), actor=CLERK)
    made.desk.logbooks.print_next(DOSSIER_BOOK, 2026, made.file("pages.pdf"), actor=CLERK)
    assert seen == [
        ("dossiers.exported", "people.jsonl", False), ("book.exported", "book.xlsx", False), ("book.printed", "pages.pdf", False)]
    assert all(made.file(name).exists() for _, name, _ in seen)


def test_a_look_back_at_older_dossiers_is_none_of_a_stranger(made):
    """The form is filled from older dossiers only by the whole number of the person who stands there."""
    assert len(made.desk.dossiers.earlier_of(NUMBER, CLERK)) == 5
    for part in (NUMBER[:-1], NUMBER[-4:], "%", "*", "", NAME):
        assert made.desk.dossiers.earlier_of(part, CLERK) == []


def test_times_on_the_trail_are_those_of_the_clock(made):
    made.desk.clock.forward(minutes=7)
    VERBS["dossiers.show"](made, CLERK)
    last = trail(made)[-1]
    assert last.at == made.desk.clock.now()
    assert last.at - trail(made)[0].at == timedelta(minutes=7)


def test_the_newest_dossier_of_a_person_comes_first_though_older_ones_were_typed_in_later(made):
    """The form is filled from it: an address of years ago, taken over from a list today, must not win."""
    lines = [{"code": f"H36.50.05-200102-{n:04d}", "received_at": f"2020-01-02T08:0{n}:00",
              "applicant": {"full_name": NAME, "id_number": NUMBER, "address": "Chỗ ở cũ"}} for n in (1, 2)]
    made.file("old.jsonl").write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    assert made.desk.importing.run(made.file("old.jsonl"), ACTORS[Role.HEAD]).kept == 2
    earlier = made.desk.dossiers.earlier_of(NUMBER, CLERK)
    assert [each.row.code for each in earlier] == [each.code for each in made.received[:2:-1]]
    assert {each.applicant.address for each in earlier} == {STREET}
