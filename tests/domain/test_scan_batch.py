"""The pages of a batch: no page is lost, none is there twice, undo is exact, and what is filed stays."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from counter_app.domain.codes import slip_qr
from counter_app.domain.digitised import FileTarget
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.scan_batch import Batch, BatchPage, arrived, as_one_step, filed, redone, sheets_of, undone, waiting
from counter_app.domain.scan_batch_acts import (
    Assign,
    CleanPages,
    Collate,
    Delete,
    Divide,
    LackBack,
    Merge,
    Move,
    PlannedGroup,
    ReplacePage,
    Restore,
    Several,
    ShowBlank,
    Split,
    Turn,
    act,
    passes,
    read_act,
    write_act,
)
from counter_app.domain.scan_codes import SEPARATOR, CodeKind, CodeRead
from tests.examples import examples

CODE = "H36.50.05-261120-0001"


def page(name, **changes):
    return replace(BatchPage(name, 200, "front", (1654, 2339)), **changes)


def batch(*names, blank=()):
    made = Batch()
    for name in names:
        made = arrived(made, page(name, blank=name in blank))
    return made


def order(made):
    return "".join(sheet.page_id for sheet in sheets_of(made.layout))


def groups(made):
    return ["".join(sheet.page_id for sheet in group.sheets) for group in made.layout]


def refused(made, wanted):
    with pytest.raises(RuleBrokenError) as error:
        act(made, wanted)
    return error.value.code


def test_pages_come_in_order_into_one_group():
    assert groups(batch(*"abc")) == ["abc"]
    with pytest.raises(RuleBrokenError, match="BATCH_PAGE_TWICE"):
        arrived(batch("a"), page("a"))


def test_a_page_turns_and_turns_back():
    made = act(batch(*"ab"), Turn(("b",), 1))
    assert [sheet.turns for sheet in sheets_of(made.layout)] == [0, 1]
    assert [sheet.turns for sheet in sheets_of(act(made, Turn(("a", "b"), -1)).layout)] == [3, 0]


def test_a_deleted_page_stays_in_its_place_and_can_be_restored():
    made = act(batch(*"abc"), Delete(("b",)))
    assert order(made) == "abc"
    assert [sheet.page_id for sheet in made.visible(made.layout[0])] == ["a", "c"]
    assert act(made, Restore(("b",))).layout == batch(*"abc").layout


def test_a_blank_page_is_hidden_never_deleted():
    made = batch(*"abc", blank="b")
    assert [sheet.page_id for sheet in made.visible(made.layout[0])] == ["a", "c"]
    assert [sheet.page_id for sheet in made.visible(made.layout[0], hide_blank=False)] == ["a", "b", "c"]
    shown = act(made, ShowBlank(("b",), on=True))
    assert [sheet.page_id for sheet in shown.visible(shown.layout[0])] == ["a", "b", "c"]


@pytest.mark.parametrize(("pages", "before", "after"), [
    ("d", "a", "dabc"), ("a", "", "bcda"), ("ca", "b", "acbd"), ("b", "c", "abcd"), ("ad", "c", "badc"),
])
def test_pages_move_together_in_the_order_they_stand_in(pages, before, after):
    assert order(act(batch(*"abcd"), Move(tuple(pages), before))) == after


def test_a_page_moves_into_the_group_of_the_one_it_stands_before():
    made = act(act(batch(*"abcd"), Split("c")), Move(("a",), "d"))
    assert groups(made) == ["b", "cad"]
    assert groups(act(made, Move(("b",), "d"))) == ["cabd"], "an empty group is gone"


@pytest.mark.parametrize(("pages", "after", "then"), [
    ("a", "d", "bcda"), ("d", "a", "adbc"), ("ac", "b", "bacd"), ("b", "a", "abcd"),
])
def test_pages_move_behind_another(pages, after, then):
    assert order(act(batch(*"abcd"), Move(tuple(pages), after=after))) == then


def test_a_page_moves_to_the_end_of_a_group_behind_its_last_page():
    made = act(act(batch(*"abcd"), Split("c")), Move(("d",), after="b"))
    assert groups(made) == ["abd", "c"]
    assert refused(made, Move(("b", "c"), after="c")) == "BATCH_MOVE_ONTO_ITSELF"
    assert refused(made, Move(("a",), after="z")) == "BATCH_PAGE_UNKNOWN"
    assert refused(filed(made, "c", "f"), Move(("a",), after="c")) == "BATCH_PAGE_FILED"


def test_several_acts_are_one_step_or_none():
    made = act(batch(*"abc"), Several((Turn(("a",), 1), Split("b"), Delete(("c",)))))
    assert groups(made) == ["a", "bc"]
    assert undone(made).layout == batch(*"abc").layout
    assert refused(made, Several((Turn(("a",), 1), Merge("a")))) == "BATCH_NOTHING_BEFORE"
    assert act(made, Several(())) == made


def test_acts_that_became_one_step_are_taken_back_together():
    start = act(batch(*"abc"), Turn(("a",), 1))
    made = act(act(start, Split("b")), Delete(("c",)))
    joined = as_one_step(made, len(start.past))
    assert joined.layout == made.layout
    assert undone(joined).layout == start.layout
    assert redone(undone(joined)).layout == made.layout
    assert as_one_step(start, len(start.past)) == start, "nothing was done"


def test_a_front_without_its_back_is_noted_until_the_back_is_there():
    made = act(batch(*"abc"), LackBack(("b",), on=True))
    assert [sheet.lacks_back for sheet in sheets_of(made.layout)] == [False, True, False]
    assert act(made, LackBack(("b",), on=False)).layout == batch(*"abc").layout


@pytest.mark.parametrize(("text", "kind", "proven", "turns"), [
    (slip_qr(CODE), CodeKind.QR, True, 2), (SEPARATOR, CodeKind.QR, True, 2), (CODE, CodeKind.CODE128, True, 2),
    (CODE, CodeKind.CODE128, False, 0), ("067190000123|240012345", CodeKind.QR, True, 0),
])
def test_only_a_code_of_ours_turns_its_page_as_it_comes_and_no_other_page(text, kind, proven, turns):
    code = CodeRead(text, kind, ((0, 0), (9, 0), (9, 9), (0, 9)), proven, quarter_turns=2)
    made = arrived(arrived(arrived(Batch(), page("a")), page("b", codes=(code,))), page("c"))
    assert [sheet.turns for sheet in sheets_of(made.layout)] == [0, turns, 0]


def test_a_page_scanned_again_takes_the_place_of_the_bad_one():
    made = act(batch(*"abcx"), ReplacePage("b", "x"))
    assert order(made) == "axbc"
    assert [sheet.page_id for sheet in made.visible(made.layout[0])] == ["a", "x", "c"]


def test_groups_split_and_join():
    made = act(act(batch(*"abcde"), Split("c")), Split("e"))
    assert groups(made) == ["ab", "cd", "e"]
    assert groups(act(made, Merge("d"))) == ["abcd", "e"]
    assert act(made, Split("c")) == made, "it begins there already"


def test_a_group_is_said_to_be_of_a_paper_and_a_split_keeps_the_dossier_only():
    made = act(batch(*"abc"), Assign("b", CODE, FileTarget.COMPONENT, "TP01"))
    assert (made.layout[0].code, made.layout[0].part) == (CODE, "TP01")
    second = act(made, Split("c")).layout[1]
    assert (second.code, second.part) == (CODE, None)


def test_two_passes_become_sheets_before_blank_backs_are_hidden():
    made = batch(*"abcCBA", blank="B")
    assert order(act(made, Collate("C"))) == "aAbBcC"
    assert order(act(batch(*"abcABC"), Collate("A", reverse=False))) == "aAbBcC"


def test_a_deleted_page_is_in_no_pass():
    made = act(batch(*"axbBA"), Delete(("x",)))
    assert order(act(made, Collate("B"))) == "aAbBx"


def test_passes_of_different_length_are_refused():
    with pytest.raises(RuleBrokenError) as error:
        act(batch(*"abcBA"), Collate("B"))
    assert error.value.problems[0].params == {"first": 3, "second": 2}


def test_both_passes_can_be_seen_before_they_are_put_together():
    made = act(batch(*"abcCA"), Delete(("b",)))
    fronts, backs = passes(made.layout, Collate("C"))
    assert ("".join(each.page_id for each in fronts), "".join(each.page_id for each in backs)) == ("ac", "AC")
    uneven = passes(batch(*"abcBA").layout, Collate("B"))
    assert [len(each) for each in uneven] == [3, 2], "unequal ones too"
    with pytest.raises(RuleBrokenError, match="BATCH_PAGE_UNKNOWN"):
        passes(made.layout, Collate("z"))


def test_what_is_filed_stays_out_of_both_passes():
    made = filed(act(batch(*"xabBA"), Split("a")), "x", "file-1")
    assert groups(act(made, Collate("B"))) == ["x", "aAbB"]
    assert refused(made, Collate("x")) == "BATCH_PAGE_FILED"


def test_a_plan_divides_everything_and_puts_separators_aside():
    made = act(batch(*"abSc"), Divide((PlannedGroup(("a", "b"), CODE), PlannedGroup(("c",), doubt="two_dossiers")), ("S",)))
    assert groups(made) == ["ab", "c", "S"]
    assert [group.code for group in made.layout] == [CODE, "", ""]
    assert [len(made.visible(group)) for group in made.layout] == [2, 1, 0]
    assert refused(made, Divide((PlannedGroup(("a", "b")),))) == "BATCH_PLAN_INCOMPLETE"
    assert refused(made, Divide((PlannedGroup(("a", "b", "c", "S", "a")),))) == "BATCH_PLAN_INCOMPLETE"


def test_a_plan_for_some_pages_leaves_the_others_as_they_were_arranged():
    arranged = act(act(batch(*"abcSd"), Split("b")), Assign("b", CODE, FileTarget.COMPONENT, "TP01"))
    made = act(arranged, Divide((PlannedGroup(("d",), "H36.50.05-261120-0002"),), ("S",), partly=True))
    assert groups(made) == ["a", "bc", "d", "S"]
    assert [(group.code, group.part) for group in made.layout] == [("", None), (CODE, "TP01"), ("H36.50.05-261120-0002", None), ("", None)]
    assert undone(made).layout == arranged.layout
    assert act(arranged, Divide((), (), partly=True)).layout == arranged.layout
    assert groups(act(arranged, Divide((PlannedGroup(("b", "c", "S", "d")),), (), partly=True))) == ["a", "bcSd"]
    assert refused(arranged, Divide((PlannedGroup(("d", "d")),), (), partly=True)) == "BATCH_PLAN_INCOMPLETE"
    assert refused(filed(arranged, "b", "file-1"), Divide((PlannedGroup(("d",)),), (), partly=True)) == "BATCH_PLAN_INCOMPLETE"


def test_a_plan_that_was_kept_before_there_were_partial_ones_divides_everything():
    kept = write_act(Divide((PlannedGroup(("a",), CODE),)))
    del kept["partly"]
    assert read_act(kept) == Divide((PlannedGroup(("a",), CODE),))


def test_what_is_filed_stays_and_ends_undo():
    made = filed(act(act(batch(*"abc"), Split("c")), Assign("a", CODE)), "a", "file-1")
    assert refused(made, Turn(("a",), 1)) == "BATCH_PAGE_FILED"
    assert refused(made, Move(("c",), "b")) == "BATCH_PAGE_FILED"
    assert refused(made, Merge("c")) == "BATCH_NOTHING_BEFORE"
    assert refused(made, Collate("b")) == "BATCH_PAGE_FILED"
    with pytest.raises(RuleBrokenError, match="BATCH_NOTHING_TO_UNDO"):
        undone(made)
    assert [group.sheets[0].page_id for group in waiting(made)] == ["c"]
    whole = filed(made, "c", "file-2")
    assert groups(arrived(whole, page("d"))) == ["ab", "c", "d"], "a new page begins a new file"
    assert waiting(whole) == ()


def test_pages_can_be_moved_behind_what_is_filed():
    made = filed(act(batch(*"abc"), Split("c")), "c", "file-1")
    assert groups(act(made, Move(("a",)))) == ["b", "c", "a"]


@pytest.mark.parametrize(("wanted", "code"), [
    (Turn((), 1), "BATCH_NO_PAGES"), (Delete(("z",)), "BATCH_PAGE_UNKNOWN"), (Move(("a",), "a"), "BATCH_MOVE_ONTO_ITSELF"),
    (Merge("a"), "BATCH_NOTHING_BEFORE"), (Collate("z"), "BATCH_PAGE_UNKNOWN"), (Split("z"), "BATCH_PAGE_UNKNOWN"),
    (ReplacePage("a", "a"), "BATCH_MOVE_ONTO_ITSELF"), (Assign("z", CODE), "BATCH_PAGE_UNKNOWN"), (Move(("a",), "z"), "BATCH_PAGE_UNKNOWN"),
])
def test_what_makes_no_sense_is_refused(wanted, code):
    made = batch(*"abc")
    assert refused(made, wanted) == code


def test_undo_brings_back_what_was_and_keeps_what_came_since():
    before = batch(*"abc")
    made = act(act(before, Turn(("a",), 1)), Delete(("c",)))
    assert undone(undone(made)).layout == before.layout
    assert redone(undone(made)).layout == made.layout
    later = arrived(made, page("d"))
    assert undone(undone(later)).layout == arrived(before, page("d")).layout
    with pytest.raises(RuleBrokenError, match="BATCH_NOTHING_TO_REDO"):
        redone(made)


def test_a_new_act_ends_redo():
    made = act(undone(act(batch(*"ab"), Turn(("a",), 1))), Delete(("b",)))
    with pytest.raises(RuleBrokenError, match="BATCH_NOTHING_TO_REDO"):
        redone(made)


ACTS = [
    Turn(("a", "b"), -1), Delete(("a",)), Restore(("a",)), CleanPages(("a",), on=False), ShowBlank(("b",), on=True), Move(("a",), "b"),
    ReplacePage("a", "b"), Split("b"), Merge("b"), Assign("a", CODE, FileTarget.RESULT, "r-1"), Assign("a", CODE), Collate("b", reverse=False),
    Divide((PlannedGroup(("a",), CODE, "", "TP01"), PlannedGroup(("b",), doubt="code_in_doubt")), ("c",)),
    Divide((PlannedGroup(("b",), CODE),), ("c",), partly=True),
]


@pytest.mark.parametrize("wanted", ACTS, ids=lambda wanted: type(wanted).__name__)
def test_an_act_is_kept_and_read_again(wanted):
    assert read_act(json.loads(json.dumps(write_act(wanted)))) == wanted


def test_what_is_no_act_is_not_read():
    with pytest.raises(LookupError):
        read_act({"act": "Burn", "pages": []})


class Desk(RuleBasedStateMachine):
    """Whatever is done in whatever order: every page is there once, undo gives back exactly what was."""

    def __init__(self):
        super().__init__()
        self.batch = Batch()
        self.count = 0

    def some(self, data, least=1):
        names = [each.page_id for each in self.batch.pages]
        return tuple(data.draw(st.lists(st.sampled_from(names), min_size=least, max_size=4, unique=True)))

    def one(self, data):
        return self.some(data)[0]

    def do(self, wanted):
        assert read_act(write_act(wanted)) == wanted
        try:
            after = act(self.batch, wanted)
        except RuleBrokenError:
            return
        if after is not self.batch:
            assert undone(after).layout == self.batch.layout
            assert redone(undone(after)) == after
        self.batch = after

    @rule(blank=st.booleans())
    def page_comes(self, blank):
        self.count += 1
        self.batch = arrived(self.batch, page(f"p{self.count}", blank=blank))

    @precondition(lambda self: self.batch.pages)
    @rule(data=st.data(), kind=st.sampled_from([Delete, Restore]))
    def delete_or_restore(self, data, kind):
        self.do(kind(self.some(data)))

    @precondition(lambda self: self.batch.pages)
    @rule(data=st.data(), turns=st.integers(-3, 3), on=st.booleans())
    def mark(self, data, turns, on):
        self.do(Turn(self.some(data), turns))
        self.do(CleanPages(self.some(data), on))
        self.do(ShowBlank(self.some(data), on))

    @precondition(lambda self: self.batch.pages)
    @rule(data=st.data(), to_end=st.booleans())
    def move(self, data, to_end):
        self.do(Move(self.some(data), "" if to_end else self.one(data)))
        self.do(Several((Move(self.some(data), after=self.one(data)), LackBack(self.some(data), on=to_end))))

    @precondition(lambda self: self.batch.pages)
    @rule(data=st.data(), kind=st.sampled_from([Split, Merge, Collate]))
    def regroup(self, data, kind):
        self.do(kind(self.one(data)))

    @precondition(lambda self: self.batch.pages)
    @rule(data=st.data())
    def put_in_place(self, data):
        self.do(ReplacePage(self.one(data), self.one(data)))
        self.do(Assign(self.one(data), CODE, FileTarget.COMPONENT, "TP01"))

    @precondition(lambda self: self.batch.pages)
    @rule(cut=st.integers(0, 5))
    def divide(self, cut):
        free = [sheet.page_id for group in self.batch.layout if not group.filed for sheet in group.sheets]
        self.do(Divide((PlannedGroup(tuple(free[:cut]), CODE), PlannedGroup(tuple(free[cut:-1]))), tuple(free[cut:][-1:])))

    @precondition(lambda self: self.batch.pages)
    @rule(data=st.data())
    def file(self, data):
        self.batch = filed(self.batch, self.one(data), "file")

    @precondition(lambda self: self.batch.past)
    @rule(data=st.data())
    def join_steps(self, data):
        since = data.draw(st.integers(0, len(self.batch.past)))
        joined = as_one_step(self.batch, since)
        assert (joined.layout, joined.past) == (self.batch.layout, self.batch.past[:since + 1])
        self.batch = joined

    @precondition(lambda self: self.batch.past)
    @rule()
    def undo(self):
        self.batch = undone(self.batch)

    @precondition(lambda self: self.batch.future)
    @rule()
    def redo(self):
        self.batch = redone(self.batch)

    @invariant()
    def every_page_is_there_once(self):
        known = sorted(each.page_id for each in self.batch.pages)
        for layout in (self.batch.layout, *self.batch.past, *self.batch.future):
            assert sorted(sheet.page_id for sheet in sheets_of(layout)) == known
            assert all(group.sheets for group in layout)


Desk.TestCase.settings = settings(max_examples=examples(12), stateful_step_count=30, deadline=None)
TestDesk = Desk.TestCase
