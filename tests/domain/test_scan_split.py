"""Dividing a stack: no page lost, none twice, none out of order, and none in a dossier that nothing names beyond doubt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.codes import slip_qr
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.scan_codes import SEPARATOR, CodeKind, CodeRead, CodeVerdict
from counter_app.domain.scan_split import PageReason, PageStep, SplitRule, SplitWay, StackPage, gone_on, split

A, B, C, GONE = (f"H36.50.05-261120-000{number}" for number in (1, 2, 3, 9))
KNOWN = {A, B, C}
CORNERS = ((0, 0), (9, 0), (9, 9), (0, 9))
CARD = "079190000123||Trần Thị Ví Dụ|01011990|Nữ|Thôn Mẫu|01012022"


def qr(code):
    return CodeRead(slip_qr(code), CodeKind.QR, CORNERS, proven=True)


def bars(code, proven=True):
    return CodeRead(code, CodeKind.CODE128, CORNERS, proven)


def other(text):
    return CodeRead(text, CodeKind.QR, CORNERS, proven=True)


SMEARED = other(slip_qr(A)[:-1] + ("X" if slip_qr(A)[-1] != "X" else "Y"))
SHEET = other(SEPARATOR)


def stack(*codes):
    """One page for each: None for a page without a code, a reading, or several."""
    return [StackPage(place, (one,) if isinstance(one, CodeRead) else tuple(one or ())) for place, one in enumerate(codes, 1)]


def plan(*codes, **rule):
    return split(stack(*codes), SplitRule(**rule), KNOWN.__contains__)


def sets(plan):
    return [(one.code, one.ordinals, one.doubt) for one in plan.sets]


def told(plan):
    return [(page.step.value, page.reason.value) for page in plan.pages]


def test_each_code_begins_a_dossier_and_pages_without_one_follow():
    made = plan([qr(A), bars(A)], None, None, qr(B), None, bars(C))
    assert sets(made) == [(A, (1, 2, 3), None), (B, (4, 5), None), (C, (6,), None)]
    assert told(made) == [
        ("begins", "code_accepted"), ("follows", "nothing_new"), ("follows", "nothing_new"),
        ("begins", "code_accepted"), ("follows", "nothing_new"), ("begins", "code_accepted")]
    assert [page.group for page in made.pages] == [0, 0, 0, 1, 1, 2]
    assert [len(page.codes) for page in made.pages] == [2, 0, 0, 1, 0, 1]


def test_the_same_code_again_goes_on_with_its_dossier():
    made = plan(qr(A), bars(A), bars(A, proven=False), qr(B), qr(A))
    assert sets(made) == [(A, (1, 2, 3), None), (B, (4,), None), (A, (5,), None)]
    assert told(made)[1] == told(made)[2] == ("follows", "same_code")


def test_pages_before_any_code_wait_for_a_person():
    made = plan(None, None, qr(A))
    assert sets(made) == [("", (1, 2), None), (A, (3,), None)]
    assert told(made)[0] == ("begins", "first_page")


def test_a_page_with_the_codes_of_two_dossiers_is_doubtful_and_what_follows_waits_with_it():
    made = plan(qr(A), [qr(A), qr(B)], None, qr(C))
    assert sets(made) == [(A, (1,), None), ("", (2, 3), PageReason.TWO_DOSSIERS), (C, (4,), None)]
    assert told(made)[1] == ("begins", "two_dossiers")


@pytest.mark.parametrize("doubtful", [SMEARED, qr(GONE), bars(GONE), bars(B, proven=False)])
def test_a_code_in_doubt_never_follows_the_dossier_before(doubtful):
    made = plan(qr(A), doubtful, None, qr(C))
    assert sets(made) == [(A, (1,), None), ("", (2, 3), PageReason.CODE_IN_DOUBT), (C, (4,), None)]


def test_what_is_not_ours_doesnt_disturb_and_an_accepted_code_outweighs_a_smeared_one():
    made = plan(qr(A), other(CARD), [qr(A), SMEARED], [bars(GONE), qr(B)])
    assert sets(made) == [(A, (1, 2, 3), None), (B, (4,), None)]
    assert [code.verdict for code in made.pages[2].codes] == [CodeVerdict.ACCEPTED, CodeVerdict.MISREAD]


def test_a_separator_sheet_divides_in_every_way_and_lies_in_no_set():
    for way in (SplitWay.CODE, SplitWay.SEPARATOR):
        made = plan(SHEET, None, None, SHEET, SHEET, None, SHEET, way=way)
        assert sets(made) == [("", (2, 3), None), ("", (6,), None)]
        assert [page.ordinal for page in made.pages if page.step is PageStep.SEPARATES] == [1, 4, 5, 7]
        assert [page.group for page in made.pages] == [None, 0, 0, None, None, 1, None]
        assert told(made)[5] == ("begins", "after_separator")
    divided = plan(qr(A), SHEET, None, way=SplitWay.CODE)
    assert sets(divided) == [(A, (1,), None), ("", (3,), None)]
    again = plan(qr(A), SHEET, qr(A))
    assert sets(again) == [(A, (1,), None), (A, (3,), None)]


@pytest.mark.parametrize(("codes", "code", "doubt"), [
    ([SHEET, qr(B)], B, None), ([SHEET, qr(A)], A, None), ([SHEET, SMEARED], "", PageReason.CODE_IN_DOUBT),
    ([SHEET, qr(A), qr(B)], "", PageReason.TWO_DOSSIERS)])
def test_a_paper_that_bears_the_code_of_the_separator_too_is_not_left_out(codes, code, doubt):
    """It begins a set: a slip was laid on the sheet, or somebody put its code on a paper."""
    for way in (SplitWay.CODE, SplitWay.SEPARATOR):
        made = plan(qr(A), codes, None, way=way)
        assert sets(made) == [(A, (1,), None), (code, (2, 3), doubt)]
        assert told(made)[1][0] == "begins"


def test_pages_are_counted_and_a_set_takes_the_one_code_in_it():
    made = plan(qr(A), None, None, qr(B), None, way=SplitWay.PAGE_COUNT, page_count=2)
    assert sets(made) == [(A, (1, 2), None), (B, (3, 4), None), ("", (5,), None)]
    assert told(made)[2] == ("begins", "counted")
    assert told(made)[3] == ("follows", "code_accepted")


def test_a_counted_set_with_two_dossiers_or_a_doubt_waits():
    made = plan(qr(A), qr(B), qr(C), SMEARED, way=SplitWay.PAGE_COUNT, page_count=2)
    assert sets(made) == [("", (1, 2), PageReason.TWO_DOSSIERS), ("", (3, 4), PageReason.CODE_IN_DOUBT)]


@pytest.mark.parametrize("count", [0, -1])
def test_a_count_below_one_is_refused(count):
    with pytest.raises(RuleBrokenError, match="SPLIT_PAGE_COUNT@page_count"):
        plan(None, way=SplitWay.PAGE_COUNT, page_count=count)


def test_a_person_says_where_sets_begin():
    made = plan(None, qr(A), None, None, qr(B), way=SplitWay.BY_HAND, starts=frozenset({2, 4}))
    assert sets(made) == [("", (1,), None), (A, (2, 3), None), (B, (4, 5), None)]
    assert told(made)[3] == ("begins", "chosen")


@pytest.mark.parametrize(("codes", "code", "left", "reason"), [
    ((None, qr(B)), A, [(B, (2,))], "nothing_new"),
    ((None, qr(B)), "", [(B, (2,))], "nothing_new"),
    ((qr(A), None, qr(B)), A, [(B, (3,))], "same_code"),
    ((None, None), A, [], "nothing_new"),
    ((qr(B), None), A, [(B, (1, 2))], "code_accepted"),
    ((qr(A),), "", [(A, (1,))], "code_accepted"),
    ((SMEARED, None), A, [("", (1, 2))], "code_in_doubt"),
    ((SHEET, None), A, [("", (2,))], "separator_sheet"),
    ((SHEET, qr(A)), A, [(A, (2,))], "separator_sheet"),
])
def test_what_comes_behind_a_set_belongs_to_it_until_a_code_says_otherwise(codes, code, left, reason):
    made = gone_on(plan(*codes), code)
    assert [(one.code, one.ordinals) for one in made.sets] == left
    assert made.pages[0].reason.value == reason
    assert len(made.pages) == len(codes)
    assert gone_on(plan(), code) == plan()


def test_an_empty_stack_has_an_empty_plan():
    assert plan() == split([], SplitRule(SplitWay.SEPARATOR), KNOWN.__contains__)
    assert plan().sets == ()


READINGS = st.sampled_from([
    qr(A), qr(B), qr(C), qr(GONE), bars(A), bars(B), bars(A, proven=False), bars(GONE, proven=False), SMEARED, other(CARD), SHEET])
STACKS = st.lists(
    st.builds(StackPage, st.just(0), st.lists(READINGS, max_size=3).map(tuple), st.booleans()), max_size=25,
).map(lambda pages: [StackPage(3 * place + 5, page.codes, page.blank) for place, page in enumerate(pages)])
RULES = st.one_of(
    st.just(SplitRule()), st.just(SplitRule(SplitWay.SEPARATOR)), st.builds(SplitRule, st.just(SplitWay.PAGE_COUNT), st.integers(1, 5)),
    st.builds(SplitRule, st.just(SplitWay.BY_HAND), st.just(0), st.frozensets(st.integers(1, 80))))


@given(STACKS, RULES)
def test_no_page_is_lost_none_lies_twice_and_the_order_stays(pages, rule):
    made = split(pages, rule, KNOWN.__contains__)
    assert [(page.ordinal, page.blank) for page in made.pages] == [(page.ordinal, page.blank) for page in pages]
    filed = [ordinal for one in made.sets for ordinal in one.ordinals]
    separators = [page.ordinal for page in made.pages if page.step is PageStep.SEPARATES]
    assert sorted(filed + separators) == [page.ordinal for page in pages]
    assert filed == sorted(filed)
    assert all(one.ordinals for one in made.sets)


@given(STACKS, RULES)
def test_only_a_page_without_any_code_of_a_dossier_is_left_out(pages, rule):
    for page in split(pages, rule, KNOWN.__contains__).pages:
        if page.step is PageStep.SEPARATES:
            assert {code.verdict for code in page.codes} <= {CodeVerdict.SEPARATOR, CodeVerdict.FOREIGN}


@given(STACKS, RULES)
def test_the_pages_and_the_sets_of_a_plan_tell_the_same(pages, rule):
    made = split(pages, rule, KNOWN.__contains__)
    for place, one in enumerate(made.sets):
        members = [page for page in made.pages if page.group == place]
        assert tuple(page.ordinal for page in members) == one.ordinals
        assert [page.step for page in members] == [PageStep.BEGINS] + [PageStep.FOLLOWS] * (len(members) - 1)


@given(STACKS, RULES)
def test_a_set_goes_only_to_a_dossier_that_exists_and_that_alone_is_named_in_it(pages, rule):
    made = split(pages, rule, KNOWN.__contains__)
    for place, one in enumerate(made.sets):
        named = {code.code for page in made.pages if page.group == place for code in page.codes if code.verdict is CodeVerdict.ACCEPTED}
        assert one.code == "" or (one.code in KNOWN and named == {one.code} and one.doubt is None)
        assert (one.doubt is PageReason.TWO_DOSSIERS) == (len(named) > 1)


@given(STACKS)
def test_by_code_no_set_ever_holds_two_dossiers_but_for_one_page_that_bears_both(pages):
    made = split(pages, SplitRule(), KNOWN.__contains__)
    for place, one in enumerate(made.sets):
        if one.doubt is PageReason.TWO_DOSSIERS:
            first = next(page for page in made.pages if page.group == place)
            assert len({code.code for code in first.codes if code.verdict is CodeVerdict.ACCEPTED}) > 1


@given(STACKS, RULES)
def test_what_was_read_makes_no_difference_when_nothing_exists(pages, rule):
    made = split(pages, rule, lambda _: False)
    assert all(one.code == "" for one in made.sets)
