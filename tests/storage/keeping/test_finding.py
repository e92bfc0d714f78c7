"""Copies found on disks by a computer that knows none of them."""

import os
import shutil
import sys
from datetime import timedelta

import pytest

from counter_app.domain.moments import local
from counter_app.services.keeping.records import Doubt
from counter_app.storage.keeping.finding import NEWEST, find_copies
from tests.storage.keeping.test_forged import HEAD, forged, in_blocks

NOW = local(2026, 11, 21, 9, 42)


def found_on(*roots, now=NOW):
    return [each.path for each in find_copies(roots, now)]


@pytest.fixture
def disk(desk, tmp_path):
    """A disk whose place ``sao-luu`` holds more copies than are offered of one desk, an hour apart; they come oldest first."""
    root = tmp_path / "disk"
    place = root / "sao-luu"
    place.mkdir(parents=True)
    made = []
    for _ in range(NEWEST + 1):
        desk.clock.moment += timedelta(hours=1)
        made.append(desk.counter.keeping.make_in(str(place)).path)
    return root, made


def test_the_newest_copies_of_a_desk_are_offered_the_newest_first(disk, desk):
    root, made = disk
    found = find_copies([root], NOW)
    assert [each.path for each in found] == made[::-1][:NEWEST]
    assert {each.facts.agency for each in found} == {desk.counter.desk.agency}
    assert found[0].facts.made_at == desk.clock.moment
    assert find_copies([root, root], NOW) == found, "two names of one disk"


@pytest.mark.parametrize(("place", "found"), [(".", True), ("quay-2", True), ("xa/quay-2", True), ("tinh/xa/quay-2", False)])
def test_places_are_looked_for_as_deep_as_people_make_them(disk, tmp_path, place, found):
    _, made = disk
    (tmp_path / "other" / place).mkdir(parents=True, exist_ok=True)
    shutil.copytree(made[0].parent, tmp_path / "other" / place / made[0].parent.name)
    assert bool(found_on(tmp_path / "other")) == found


def test_what_can_not_be_read_makes_room_for_what_can(disk):
    root, made = disk
    made[-1].write_bytes(made[-1].read_bytes()[:-1])
    (made[0].parent / "99991231T000000000000-time.qmc").write_bytes(b"")
    assert found_on(root) == made[-2::-1]


def test_a_disk_that_is_gone_offers_nothing(tmp_path):
    assert found_on(tmp_path / "pulled-out") == []


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_is_passed_over(disk):
    root, made = disk
    (root / "closed").mkdir(mode=0)
    assert found_on(root) == made[::-1][:NEWEST]


@pytest.mark.parametrize("made_at", ["2026-11-20T09:42:00", "9999-12-31T23:59:59-12:00"])
def test_a_copy_whose_time_is_none_hides_no_other(disk, made_at):
    root, made = disk
    (root / "QuayMotCua-x").mkdir()
    forged(root / "QuayMotCua-x" / "99991231T000000000000-time.qmc", {**HEAD, "made_at": made_at})
    assert found_on(root) == made[::-1][:NEWEST]


# --- what is in doubt ---------------------------------------------------------------------------------------------------------


def forged_ahead(folder, *years):
    """Copies of a desk dated far in the future, as anybody makes them who knows the format."""
    return [forged(folder / f"{year}1231T000000000000-time.qmc", {**HEAD, "made_at": f"{year}-12-31T00:00:00+07:00"}) for year in years]


def test_copies_dated_in_the_future_hide_none_and_stand_behind_all(disk):
    root, made = disk
    ahead = forged_ahead(made[0].parent, *range(9990, 9999))
    found = find_copies([root], NOW)
    assert [each.path for each in found] == made[::-1][:NEWEST] + ahead[::-1][:NEWEST]
    assert [each.doubt for each in found] == [None] * NEWEST + [Doubt.AHEAD] * NEWEST


def test_also_those_in_a_folder_of_their_own(disk):
    root, made = disk
    (root / "QuayMotCua-x").mkdir()
    (ahead,) = forged_ahead(root / "QuayMotCua-x", 9998)
    assert found_on(root) == [*made[::-1][:NEWEST], ahead]


def test_with_a_clock_that_is_far_behind_every_copy_is_offered_as_one_of_the_future(disk):
    """The battery of an old computer is empty: the newest is still the first, and its row says what is wrong."""
    root, made = disk
    found = find_copies([root], local(2019, 1, 1))
    assert [(each.path, each.doubt) for each in found] == [(path, Doubt.AHEAD) for path in made[::-1][:NEWEST]]


@pytest.mark.parametrize(("now", "doubt"), [
    (local(2026, 11, 20, 0, 0), None), (local(2026, 11, 19, 23, 59), Doubt.AHEAD)])
def test_only_another_day_is_the_future_for_no_two_clocks_are_the_same(disk, now, doubt):
    root, made = disk
    assert made[-1].name.startswith("20261120")
    assert {each.doubt for each in find_copies([root], now)} == {doubt}


def test_copies_whose_database_is_not_beside_them_hide_none(disk):
    root, made = disk
    folder = made[0].parent
    lonely = [in_blocks(folder / f"20261120T2{n}0000000000-time.qmc", 2, 2, 1) for n in range(NEWEST + 2)]
    found = find_copies([root], NOW)
    assert [each.path for each in found if each.doubt is None] == made[::-1][:NEWEST]
    assert [each.doubt for each in found[NEWEST:]] == [Doubt.INCOMPLETE] * NEWEST
    assert {each.path for each in found[NEWEST:]} == set(lonely[::-1][:NEWEST])


def test_a_copy_that_was_taken_along_without_its_folder_is_told_before_anything_is_typed(disk, tmp_path):
    _, made = disk
    alone = tmp_path / "alone" / made[-1].parent.name
    alone.mkdir(parents=True)
    shutil.copy(made[-1], alone)
    (found,) = find_copies([tmp_path / "alone"], NOW)
    assert found.doubt is Doubt.INCOMPLETE


# --- whose it is --------------------------------------------------------------------------------------------------------------


def test_each_copy_says_which_counter_of_which_commune_it_is_of(disk, desk):
    root, _ = disk
    (facts,) = {(each.facts.commune, each.facts.desk) for each in find_copies([root], NOW)}
    assert facts == (desk.counter.desk.commune, desk.counter.desk.desk)


@pytest.mark.parametrize(("number", "known"), [(1, ()), (2, ("block_bytes",))])
def test_copies_of_before_say_less_and_are_offered_as_any_other(tmp_path, number, known):
    folder = tmp_path / "QuayMotCua-x"
    folder.mkdir()
    head = {name: value for name, value in HEAD.items() if name in known or name not in ("block_bytes", "commune", "desk")}
    path = forged(folder / "20261120T094200000000-asked.qmc", {**head, "format": number})
    (found,) = find_copies([tmp_path], NOW)
    assert (found.path, found.doubt, found.facts.agency, found.facts.commune, found.facts.desk) == (path, None, HEAD["agency"], "", "")
