"""How a stack reads."""

from types import SimpleNamespace

import pytest

from counter_app.domain.digitised import WHOLE, FileTarget
from counter_app.domain.errors import Problem
from counter_app.domain.scan_batch import Batch, BatchPage, PageGroup, Sheet
from counter_app.domain.scan_codes import CodeKind, CodeRead, CodeVerdict, JudgedCode
from counter_app.domain.scan_split import PageReason, PageStep, PlannedPage
from tests.ui.pages.helpers import take_in
from ui.models.scan_stack import Mark, SetLook, StackLook, mark_of, papers_of, strip_of, told_of
from ui.pages.scanning.acts import ACTS, act_of
from ui.pages.scanning.side import facts_of

READ = CodeRead("H36.50.05-261120-0001", CodeKind.QR, ((0, 0), (1, 0), (1, 1), (0, 1)), proven=True)


def page(name, **more):
    return BatchPage(name, 200, "front", (1654, 2339), **more)


def judged(reason, *codes):
    read = tuple(JudgedCode(READ, CodeVerdict.ACCEPTED, code) for code in codes)
    return PlannedPage(0, read, blank=False, step=PageStep.FOLLOWS, reason=reason, group=0)


def look(*groups, problems=(), dossiers=(), pages=None):
    known = pages or tuple(page(sheet.page_id) for group in groups for sheet in group.sheets)
    made = tuple(
        SetLook(group, dossiers[at] if dossiers else None, WHOLE, problems[at] if problems else None) for at, group in enumerate(groups))
    return StackLook("b", Batch(known, tuple(groups)), made, {})


def group(*names, **more):
    return PageGroup(tuple(Sheet(name) for name in names), **more)


@pytest.mark.parametrize(("sheet", "blank", "hide", "reason", "codes", "mark"), [
    (Sheet("a"), False, True, None, (), Mark.PLAIN), (Sheet("a"), False, True, None, (READ,), Mark.CODE),
    (Sheet("a"), True, True, None, (), Mark.HIDDEN), (Sheet("a"), True, False, None, (), Mark.PLAIN),
    (Sheet("a", shown=True), True, True, None, (), Mark.PLAIN), (Sheet("a", deleted=True), True, True, None, (READ,), Mark.DELETED),
    (Sheet("a"), False, True, PageReason.TWO_DOSSIERS, (READ,), Mark.WARNING),
    (Sheet("a"), False, True, PageReason.CODE_IN_DOUBT, (READ,), Mark.WARNING),
    (Sheet("a"), False, True, PageReason.CODE_ACCEPTED, (READ,), Mark.CODE),
])
def test_the_mark_of_a_page(sheet, blank, hide, reason, codes, mark):
    told = judged(reason, "x") if reason else None
    assert mark_of(page("a", codes=codes, blank=blank), sheet, told, hide_blank=hide) is mark


@pytest.mark.parametrize(("reason", "words"), [
    (PageReason.CODE_ACCEPTED, "Read A, B: a set begins here."), (PageReason.SAME_CODE, "Read A, B: the same dossier."),
    (PageReason.TWO_DOSSIERS, "Codes of two dossiers: A, B."), (PageReason.CODE_IN_DOUBT, "A code that is not sure: A, B."),
    (PageReason.SEPARATOR_SHEET, "A separator sheet: it is not filed."), (PageReason.NOTHING_NEW, "Read: A, B."),
])
def test_what_was_read_and_done_is_said(reason, words):
    assert told_of(page("a"), judged(reason, "A", "B", "A")) == words


def test_a_page_that_nothing_was_read_on_says_nothing_and_an_undivided_one_only_what():
    assert told_of(page("a"), judged(PageReason.NOTHING_NEW)) == ""
    assert told_of(page("a"), None) == ""
    assert told_of(page("a", codes=(READ,)), None) == f"Read: {READ.text}."


def test_numbers_count_through_the_sets_and_states_are_words():
    waits = Problem("FILE_NO_DOSSIER")
    shown = strip_of(look(group("a", "b"), group("c", filed="f1"), problems=(waits, None)), hide_blank=True)
    assert [[each.number for each in one.pages] for one in shown] == [[1, 2], [3]]
    assert [one.word for one in shown] == ["waits", "filed"]
    assert shown[0].reason
    assert (shown[1].reason, shown[0].title) == ("", "Dossier not known yet")


def test_while_pages_come_the_last_set_asks_for_nothing_and_those_before_it_still_do():
    waits = Problem("FILE_NO_DOSSIER")
    found = look(group("a"), group("b"), problems=(waits, waits))
    before, last = strip_of(found, hide_blank=True, coming=True)
    assert (before.word, bool(before.reason)) == ("waits", True)
    assert (last.word, last.reason, last.pages[0].page_id) == ("being scanned", "", "b")
    assert [bool(one.reason) for one in strip_of(found, hide_blank=True)] == [True, True]


def test_pages_that_come_are_of_no_set_that_is_filed_already():
    (filed,) = strip_of(look(group("a", filed="f1")), hide_blank=True, coming=True)
    assert filed.word == "filed"
    assert strip_of(look(), hide_blank=True, coming=True) == ()


def test_a_set_of_nothing_but_blanks_is_not_filed():
    blank = page("a", blank=True)
    assert [one.word for one in strip_of(look(group("a"), pages=(blank,)), hide_blank=True)] == ["not filed"]
    assert [one.word for one in strip_of(look(group("a"), pages=(blank,)), hide_blank=False)] == ["waits"]


def test_nobody_is_asked_for_the_dossier_of_pages_that_are_not_filed():
    dropped, kept = PageGroup((Sheet("a", deleted=True),)), PageGroup((Sheet("b", deleted=True), Sheet("c")))
    unknown = Problem("FILE_NO_DOSSIER")
    shown = strip_of(look(dropped, kept, problems=(unknown, unknown)), hide_blank=True)
    assert [(one.word, bool(one.reason)) for one in shown] == [("not filed", False), ("waits", True)]


def test_a_set_can_be_the_whole_stack_or_each_paper(seat):
    taken = take_in(seat.desk)
    dossier = seat.desk.counter.dossiers.of_code(taken.code, seat.desk.actor)
    offered = papers_of(dossier)
    assert offered[0][1:] == (FileTarget.COMPONENT, WHOLE)
    assert [name for name, _, _ in offered[1:]] == [line.name for line in dossier.documents]
    found = look(group("a", code=dossier.code), dossiers=(dossier,))
    assert found.ready == 1
    assert found.set_of("a").dossier is dossier
    assert (found.set_of("z"), found.sheet("z")) == (None, None)
    (shown,) = strip_of(found, hide_blank=True)
    assert (shown.word, shown.title) == ("ready", dossier.code)
    assert dossier.procedure_name in shown.detail


def test_a_page_tells_its_size():
    assert facts_of(page("a")) == "200 dpi · 210 × 297 mm"


def test_keys_become_acts():
    stack = look(PageGroup((Sheet("a"), Sheet("b", deleted=True))), group("c", "d"))
    named = {name: act_of(name, stack, ("b",), "b") for name in ACTS}
    assert {name: type(each).__name__ for name, each in named.items()} == {
        "turn_pages": "Turn", "delete_pages": "Restore", "clean_pages": "CleanPages", "show_blank": "ShowBlank", "split_set": "Split",
        "merge_set": "Merge", "move_earlier": "Move", "move_later": "Move"}
    assert type(act_of("delete_pages", stack, ("a", "b"), "b")).__name__ == "Delete", "not all of them are deleted"
    assert act_of("turn_pages", stack, (), "c").pages == ("c",)


def test_pages_move_one_place_and_not_beyond_the_ends():
    stack = SimpleNamespace(batch=Batch((), (group("a", "b"), group("c", "d"))))
    assert act_of("move_earlier", stack, ("a",), "a") is None
    assert act_of("move_earlier", stack, ("c", "d"), "c").before == "b"
    assert act_of("move_later", stack, ("a",), "a").after == "b"
    assert act_of("move_later", stack, ("c",), "c").after == "d"
    assert act_of("move_later", stack, ("a", "b"), "a").after == "c"
    assert act_of("move_later", stack, ("d",), "d") is None
