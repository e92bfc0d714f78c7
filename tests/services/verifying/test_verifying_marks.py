"""Verify holds the trail against its marks and the numbers against their guard: a cut, another trail and broken-off work are told apart."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain.canonical import audit_hash
from counter_app.domain.checkpoint import PaperMark, TrailMark
from counter_app.domain.errors import SurroundingsError, failed
from counter_app.domain.events import ZERO_HASH
from counter_app.domain.moments import write_local
from counter_app.services.recording import write_audit
from counter_app.services.trail.marks import KeptMarks, TrailWitness
from counter_app.services.verifying.kinds import KIND_OF, Kind, kind_of
from counter_app.services.verifying.service import CHECKS, VerifyService
from counter_app.support import messages
from counter_app.support.paths import resource_path
from tests.builders import CLERK, DEVICE, command, fake_desk
from tests.services.lives import do

SHOWN = 4
"""Looks that stand at the end of the trail: nothing else tells of them."""


class FakeMarks:
    def __init__(self):
        self.kept, self.torn, self.fault, self.restores = [], 0, None, set()

    def put(self, count, head):
        self.kept.append(TrailMark(count, head, fake_desk().clock.now()))

    def witness_restore(self, count, head):
        self.restores.add((count, head))

    def read(self):
        if self.fault:
            raise self.fault
        return KeptMarks(tuple(self.kept), self.torn, frozenset(self.restores))


@pytest.fixture
def desk():
    made = fake_desk()
    code = made.intake.receive(command(), CLERK).code
    for _ in range(SHOWN):
        made.dossiers.show(code, CLERK)
    return made


@pytest.fixture
def marks(desk):
    made = FakeMarks()
    TrailWitness(desk.database, made).mark()
    return made


def found(desk, marks=None, guard=None):
    told = VerifyService(desk.database, device=DEVICE, marks=marks, guard=guard).run()
    for each in told.differences:
        said = messages.sentence(each.problem, "vi") + messages.sentence(each.problem, "en")
        assert "{" not in said, "the sentence is filled in"
        assert not re.search(r"\d{4}-\d\d-\d\d", said), "a day is written as people write it"
    return [(each.what, each.where, each.kind.value) for each in told.differences], told.verified


def rechained(entries):
    """Write a trail anew, as somebody who has the key and the program's source can."""
    head, made = ZERO_HASH, []
    for seq, entry in enumerate(entries, start=1):
        moved = replace(entry, seq=seq, prev_hash=head)
        made.append(replace(moved, hash=audit_hash(moved)))
        head = made[-1].hash
    return made


def test_a_sound_trail_agrees_with_its_marks(desk, marks):
    assert found(desk, marks) == ([], True)
    assert VerifyService(desk.database, marks=marks).run().checked["marks"] == 1


@pytest.mark.parametrize("cut", range(1, SHOWN + 1))
def test_looks_that_are_cut_off_show_by_the_mark_alone(desk, marks, cut):
    count = len(desk.state.audit)
    del desk.state.audit[-cut:]
    assert found(desk) == ([], True), "the chain itself is sound"
    assert found(desk, marks) == ([("marks", f"audit/{count}", "truncated")], False)


def test_a_trail_that_was_written_anew_without_a_look_is_another(desk, marks):
    del desk.state.audit[-2]
    desk.state.audit[:] = rechained(desk.state.audit)
    desk.dossiers.show(desk.intake.receive(command(), CLERK).code, CLERK)
    assert found(desk) == ([], True), "the chain itself is sound"
    assert found(desk, marks) == ([("marks", f"audit/{marks.kept[0].count}", "altered")], False)


def test_of_many_marks_one_is_told_the_last_that_is_cut_off_and_the_first_that_is_another(desk, marks):
    for _ in range(3):
        do(desk, desk.intake.receive(command(), CLERK).code, "ask")
        TrailWitness(desk.database, marks).mark()
    first, *_, last = marks.kept
    desk.state.audit[:] = rechained([replace(each, user_id="u-0009") for each in desk.state.audit[:-1]])
    told, verified = found(desk, marks)
    assert [each for each in told if each[0] == "marks"] == [
        ("marks", f"audit/{last.count}", "truncated"), ("marks", f"audit/{first.count}", "altered")]
    assert not verified


@settings(max_examples=25)
@given(looks=st.integers(1, 12), cut=st.integers(1, 12))
def test_whatever_was_marked_can_not_be_cut_off_unseen(looks, cut):
    desk, marks = fake_desk(), FakeMarks()
    code = desk.intake.receive(command(), CLERK).code
    for _ in range(looks):
        desk.dossiers.show(code, CLERK)
    TrailWitness(desk.database, marks).mark()
    del desk.state.audit[-min(cut, looks):]
    told, verified = found(desk, marks)
    assert ("truncated", False) in [(kind, verified) for _, _, kind in told]


def test_the_page_of_a_day_alone_shows_a_trail_that_was_written_anew(desk):
    made = desk.citizens.day_pages.make(CLERK)
    assert found(desk) == ([], True)
    desk.state.audit[:] = rechained([replace(each, user_id="u-0009") if each.action == "dossier.shown" else each for each in desk.state.audit])
    assert found(desk) == ([("checkpoints", f"audit/{made.facts['audit_count']}", "altered")], False)


def test_a_mark_that_a_cut_tore_is_merely_unfinished(desk, marks):
    marks.torn = 1
    assert found(desk, marks) == ([("marks", "marks", "unfinished")], True)


def test_marks_that_are_gone_show_where_the_trail_is_long(desk):
    assert found(desk, FakeMarks()) == ([], True), "a desk that has just begun was not marked yet"
    for _ in range(100):
        desk.dossiers.show(desk.state.dossiers and next(iter(desk.state.dossiers.values())).code, CLERK)
    assert found(desk, FakeMarks()) == ([("marks", "marks", "truncated")], False)


def test_marks_that_can_not_be_read_are_a_difference_and_the_other_checks_go_on(desk, marks):
    marks.fault = PermissionError(13, "no")
    told = VerifyService(desk.database, marks=marks).run()
    assert [(each.what, each.problem.code) for each in told.differences] == [("marks", "GUARD_UNREADABLE")]
    assert told.checked["audit"] > 0


def test_the_page_of_a_day_marks_outside_too(desk):
    marks = FakeMarks()
    pages = desk.citizens.day_pages
    pages._witness = TrailWitness(desk.database, marks)
    made = pages.make(CLERK)
    assert marks.kept[0].count > made.facts["audit_count"], "what the page itself wrote is marked as well"
    assert found(desk, marks) == ([], True)


def test_what_can_not_be_marked_now_stands_all_the_same(desk, monkeypatch):
    def gone():
        raise failed("DATABASE_UNREACHABLE", path="desk.db")

    marks = FakeMarks()
    monkeypatch.setattr(desk.database, "read", gone)
    TrailWitness(desk.database, marks).mark()
    assert marks.kept == []


def test_an_empty_trail_is_not_marked():
    marks = FakeMarks()
    TrailWitness(fake_desk().database, marks).mark()
    assert marks.kept == []


# --- numbers ----------------------------------------------------------------------------------------------------------


def test_numbers_agree_with_their_guard(desk):
    assert found(desk, guard=desk.guard) == ([], True)
    assert VerifyService(desk.database, device=DEVICE, guard=desk.guard).run().checked["guard"] == 1


def test_a_number_that_was_taken_when_the_power_went_is_merely_unfinished_and_the_next_intake_takes_it_up(desk):
    desk.database.fault = failed("DISK_FULL")
    with suppress(SurroundingsError):
        desk.intake.receive(command(), CLERK)
    told, verified = found(desk, guard=desk.guard)
    assert [(what, kind) for what, _, kind in told] == [("guard", "unfinished")]
    assert verified, "nothing is lost"
    desk.intake.receive(command(), CLERK)
    assert found(desk, guard=desk.guard) == ([], True)


def test_an_older_copy_of_the_database_lacks_numbers_that_were_stored(desk):
    older = desk.state.snapshot()
    desk.clock.moment += timedelta(minutes=1)
    desk.intake.receive(command(), CLERK)
    desk.intake.receive(command(), CLERK)
    desk.database.state = older
    told, verified = found(desk, guard=desk.guard)
    assert ([(what, kind) for what, _, kind in told], verified) == ([("guard", "truncated")], False)


def test_a_guard_that_is_new_tells_nothing(desk):
    desk.guard.is_new = True
    assert found(desk, guard=desk.guard) == ([], True)


# --- kinds ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_each_finding_has_a_kind_and_a_sentence(lang):
    said = json.loads(resource_path(f"messages/{lang}/verify.json").read_text("utf-8"))
    others = {"VERIFY_DONE", "VERIFY_COUNT", "VERIFY_FOUND", "VERIFY_WHERE"}
    findings = {code for code in said if code not in others and not code.startswith(("VERIFY_NAME_", "VERIFY_KIND_"))}
    assert findings == KIND_OF.keys()
    assert {f"VERIFY_KIND_{kind.name}" for kind in Kind} <= said.keys()
    assert {f"VERIFY_NAME_{name.upper()}" for name in [*CHECKS, "files", "batches", "guard", "marks", "pages"]} <= said.keys()


@pytest.mark.parametrize("code", ["DATABASE_CORRUPT", "GUARD_UNREADABLE"])
def test_what_can_not_be_read_is_not_what_was_stored(code):
    assert kind_of(code) is Kind.ALTERED


def test_a_dossier_that_came_in_by_no_door_was_put_in(desk):
    first = next(iter(desk.state.dossiers.values()))
    desk.add(replace(first, dossier_id="d-of-nobody", code="H36.50.05-261120-0999", codes=(), place=None))
    told, _ = found(desk)
    assert ("dossiers", "H36.50.05-261120-0999", "inserted") in told


def test_the_events_of_a_dossier_that_are_gone_were_taken_away(desk):
    code = next(iter(desk.state.dossiers.values())).code
    desk.state.events.clear()
    assert ("dossiers", code, "truncated") in found(desk)[0]


# --- printed pages ----------------------------------------------------------------------------------------------------


def held_against(desk, *pages):
    return [(each.what, each.where, each.kind.value) for each in VerifyService(desk.database).run(pages).differences]


def page_of(made):
    return PaperMark(date.fromisoformat(made.facts["day"]), made.facts["audit_count"], made.facts["paper_code"])


def test_a_printed_page_agrees_with_its_trail_for_ever(desk):
    first = page_of(desk.citizens.day_pages.make(CLERK))
    desk.intake.receive(command(), CLERK)
    second = page_of(desk.citizens.day_pages.make(CLERK))
    assert held_against(desk, first, second) == []
    assert VerifyService(desk.database).run([first, second]).checked["pages"] == 2
    assert "pages" not in VerifyService(desk.database).run().checked


@pytest.mark.parametrize("wrong", [
    lambda page: replace(page, day=page.day + timedelta(days=1)), lambda page: replace(page, count=page.count - 1),
    lambda page: replace(page, code="AAAAAAAA"), lambda page: replace(page, count=0)])
def test_a_page_that_says_something_else_is_told(desk, wrong):
    page = wrong(page_of(desk.citizens.day_pages.make(CLERK)))
    assert held_against(desk, page) == [("pages", f"{page.day}/{page.code}", "altered")]


def test_paper_alone_shows_a_trail_that_was_written_anew_with_everything_that_tells_of_it(desk):
    """Whoever has the key, the program and the state folder leaves nothing on the computer: the paper is elsewhere."""
    page = page_of(desk.citizens.day_pages.make(CLERK))
    desk.state.events[:] = [each for each in desk.state.events if each.type != "checkpoint"]
    desk.state.audit[:] = rechained([each for each in desk.state.audit if each.action not in ("checkpoint", "dossier.shown")])
    told = held_against(desk, page)
    assert [(what, kind) for what, _, kind in told if what == "pages"] == [("pages", "truncated")]
    while len(desk.state.audit) < page.count:
        desk.dossiers.show(next(iter(desk.state.dossiers.values())).code, CLERK)
    assert ("pages", f"{page.day}/{page.code}", "altered") in held_against(desk, page)


# --- restored desks ---------------------------------------------------------------------------------------------------


def restored(desk, entries, age=0, marks=None):
    """Begin the desk anew from a copy that had so many entries and is so many minutes old; its trail says so, and ``marks`` witness it."""
    made_at = write_local(desk.clock.now() - timedelta(minutes=age))
    del desk.state.audit[entries:]
    desk.clock.forward(minutes=5)
    with desk.database.write() as uow:
        told = write_audit(uow, desk.clock.now(), "keeping", "desk.restored", DEVICE, {"made_at": made_at})
        uow.commit()
    if marks is not None:
        marks.witness_restore(told.seq, told.hash)
    return told


def test_a_restore_that_stands_on_the_trail_explains_what_was_marked_beyond_its_copy(desk, marks):
    restored(desk, len(desk.state.audit) - 2, marks=marks)
    assert found(desk, marks) == ([], True)
    TrailWitness(desk.database, marks).mark()
    for _ in range(5):
        desk.dossiers.show(next(iter(desk.state.dossiers.values())).code, CLERK)
    assert found(desk, marks) == ([], True)


def test_a_restore_that_nobody_made_here_explains_nothing_and_was_put_in(desk, marks):
    """Whoever cuts the trail with SQL can write the entry of a restore too, but not what a restore leaves beside the number guard."""
    forged = restored(desk, len(desk.state.audit) - 2)
    marks.witness_restore(forged.seq, "0" * 64)
    marks.witness_restore(forged.seq + 1, forged.hash)
    told, agrees = found(desk, marks)
    assert told == [("marks", f"audit/{forged.seq}", "inserted"), ("marks", f"audit/{forged.seq + 1}", "truncated")]
    assert not agrees


def test_a_forged_restore_hides_no_printed_page_of_a_day_either(desk, marks):
    desk.citizens.day_pages.make(CLERK)
    marks.kept.clear()
    kept = len(desk.state.audit)
    forged = restored(desk, kept - 4)
    assert [(what, where, kind) for what, where, kind in found(desk, marks)[0] if what == "checkpoints"] == [
        ("checkpoints", f"audit/{forged.seq}", "inserted"), ("checkpoints", f"audit/{kept - 2}", "truncated")]
    assert [what for what, _, _ in found(desk)[0] if what == "checkpoints"] == [], "without what lies outside nobody can tell"


def test_a_restore_of_another_computer_that_explains_nothing_here_is_not_asked_about(desk, marks):
    restored(desk, len(desk.state.audit))
    assert found(desk, marks) == ([], True)


def test_a_restore_does_not_explain_what_its_copy_held_nor_what_was_cut_later(desk, marks):
    marks.kept[0] = replace(marks.kept[0], count=2, head="0" * 64, at=desk.clock.now() - timedelta(minutes=1))
    restored(desk, len(desk.state.audit) - 2, marks=marks)
    assert found(desk, marks) == ([("marks", "audit/2", "altered")], False)
    marks.kept.clear()
    desk.dossiers.show(next(iter(desk.state.dossiers.values())).code, CLERK)
    marks.kept.append(TrailMark(len(desk.state.audit), desk.state.audit[-1].hash, desk.clock.now() + timedelta(minutes=1)))
    del desk.state.audit[-1]
    assert [kind for _, _, kind in found(desk, marks)[0]] == ["truncated"]


def test_the_marks_of_a_desk_that_was_given_up_for_a_newer_copy_are_explained(desk, marks):
    """An older copy was tried first: its marks tell of a trail that goes on nowhere, and none is longer than the newer copy's."""
    marks.kept.append(TrailMark(len(desk.state.audit) - 3, "1" * 64, desk.clock.now()))
    restored(desk, len(desk.state.audit), age=10, marks=marks)
    assert found(desk, marks) == ([], True)
