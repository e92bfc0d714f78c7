"""Bundles and second codes: who is linked with one is linked with all of them, and a code names one dossier."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain.dossier import CodeOfDossier
from counter_app.domain.errors import RuleBrokenError
from counter_app.services.acts.bundles import MINISTRY
from tests.builders import CLERK, INSPECTOR, dossier, fake_desk
from tests.examples import examples
from tests.services.lives import received


def problems(act):
    with pytest.raises(RuleBrokenError) as caught:
        act()
    return [(problem.code, problem.field) for problem in caught.value.problems]


def world(count):
    desk = fake_desk()
    desk.add(*(dossier(n) for n in range(1, count + 1)))
    return desk, [f"H36.50.05-261101-{n:04d}" for n in range(1, count + 1)]


def linked(desk):
    return {each.dossier_id: set(each.linked) for each in desk.state.dossiers.values()}


@settings(max_examples=examples(15), deadline=None)
@given(st.lists(st.lists(st.integers(0, 5), min_size=2, max_size=4, unique=True), max_size=5))
def test_links_make_groups_and_everybody_knows_all_of_theirs(pairs):
    desk, codes = world(6)
    ids = {each.code: each.dossier_id for each in desk.state.dossiers.values()}
    groups = {ids[code]: {ids[code]} for code in codes}
    for members in pairs:
        desk.life.bundles.link([codes[at] for at in members], CLERK)
        whole = set().union(*(groups[ids[codes[at]]] for at in members))
        for each in whole:
            groups[each] = whole
    assert linked(desk) == {each: group - {each} for each, group in groups.items()}


def test_linking_again_what_is_linked_records_nothing():
    desk, codes = world(3)
    desk.life.bundles.link(codes[:2], CLERK)
    before = len(desk.state.events)
    desk.life.bundles.link(reversed(codes[:2]), CLERK)
    assert len(desk.state.events) == before
    desk.life.bundles.link([codes[2], codes[0]], CLERK)
    assert len(desk.state.events) == before + 3, "who joins is told of the two, and each of the two of who joins"


@pytest.mark.parametrize("chosen", [[], [0], [0, 0]])
def test_one_alone_is_no_bundle(chosen):
    desk, codes = world(2)
    expected = [("NO_CODES", "codes")] if not chosen else [("BUNDLE_TOO_SMALL", "codes")]
    assert problems(lambda: desk.life.bundles.link([codes[at] for at in chosen], CLERK)) == expected
    assert desk.state.events == []


def test_an_unknown_code_links_nobody():
    desk, codes = world(2)
    assert problems(lambda: desk.life.bundles.link([*codes, "H36.50.05-261101-9999"], CLERK)) == [("DOSSIER_UNKNOWN", "codes.2")]
    assert not any(linked(desk).values())


@pytest.mark.parametrize(("written", "kept"), [
    ("G09.20-20261120-0000001", "G09.20-20261120-0000001"), (" g09.20-20261120-0000001 ", "G09.20-20261120-0000001")])
def test_a_second_code_is_kept_as_codes_are_written_and_found(written, kept):
    desk, codes = world(1)
    done = desk.life.bundles.add_code(codes[0], written, CLERK, " Hộ  tịch điện tử ")
    assert done.dossier.codes[-1] == CodeOfDossier(kept, MINISTRY)
    assert desk.dossiers.show(kept, CLERK).dossier.dossier_id == done.dossier.dossier_id
    assert desk.state.events[-1].facts == {"code": kept, "system": "Hộ tịch điện tử"}


def test_the_same_code_twice_is_kept_once_and_another_s_is_refused():
    desk, codes = world(2)
    desk.life.bundles.add_code(codes[0], "G09.20-20261120-0000001", CLERK)
    count = len(desk.state.events)
    assert len(desk.life.bundles.add_code(codes[0], "G09.20-20261120-0000001", CLERK).dossier.codes) == 2
    assert len(desk.state.events) == count
    assert problems(lambda: desk.life.bundles.add_code(codes[1], "G09.20-20261120-0000001", CLERK)) == [("CODE_TAKEN", "other")]
    assert problems(lambda: desk.life.bundles.add_code(codes[1], codes[0], CLERK)) == [("CODE_TAKEN", "other")]


@pytest.mark.parametrize(("other", "system", "expected"), [
    ("", "", [("TEXT_NEEDED", "other")]), ("Đơn số 7", "", [("CODE_UNREADABLE", "other")]),
    ("", "😀", [("TEXT_NEEDED", "other"), ("TEXT_UNPRINTABLE", "system")])])
def test_what_is_no_code_is_told(other, system, expected):
    desk, codes = world(1)
    assert problems(lambda: desk.life.bundles.add_code(codes[0], other, CLERK, system)) == expected


def test_an_inspector_links_nothing_and_codes_nothing():
    desk = fake_desk()
    first, second = received(desk), received(desk)
    assert problems(lambda: desk.life.bundles.link((first, second), INSPECTOR)) == [("NOT_ALLOWED", None)]
    assert problems(lambda: desk.life.bundles.add_code(first, "G09.20-20261120-0000001", INSPECTOR)) == [("NOT_ALLOWED", None)]
