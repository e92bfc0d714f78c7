"""Copies found on disks by a computer that knows none of them."""

import os
import shutil
import sys
from datetime import timedelta

import pytest

from counter_app.storage.keeping.finding import NEWEST, find_copies
from tests.storage.keeping.test_forged import HEAD, forged


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
    found = find_copies([root])
    assert [each.path for each in found] == made[::-1][:NEWEST]
    assert {each.facts.agency for each in found} == {desk.counter.desk.agency}
    assert found[0].facts.made_at == desk.clock.moment
    assert find_copies([root, root]) == found, "two names of one disk"


@pytest.mark.parametrize(("place", "found"), [(".", True), ("quay-2", True), ("xa/quay-2", True), ("tinh/xa/quay-2", False)])
def test_places_are_looked_for_as_deep_as_people_make_them(disk, tmp_path, place, found):
    _, made = disk
    (tmp_path / "other" / place).mkdir(parents=True, exist_ok=True)
    shutil.copytree(made[0].parent, tmp_path / "other" / place / made[0].parent.name)
    assert bool(find_copies([tmp_path / "other"])) == found


def test_what_can_not_be_read_makes_room_for_what_can(disk):
    root, made = disk
    made[-1].write_bytes(made[-1].read_bytes()[:-1])
    (made[0].parent / "99991231T000000000000-time.qmc").write_bytes(b"")
    assert [each.path for each in find_copies([root])] == made[-2::-1]


def test_a_disk_that_is_gone_offers_nothing(tmp_path):
    assert find_copies([tmp_path / "pulled-out"]) == []


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_is_passed_over(disk):
    root, made = disk
    (root / "closed").mkdir(mode=0)
    assert [each.path for each in find_copies([root])] == made[::-1][:NEWEST]


@pytest.mark.parametrize("made_at", ["2026-11-20T09:42:00", "9999-12-31T23:59:59-12:00"])
def test_a_copy_whose_time_is_none_hides_no_other(disk, made_at):
    root, made = disk
    (root / "QuayMotCua-x").mkdir()
    forged(root / "QuayMotCua-x" / "99991231T000000000000-time.qmc", {**HEAD, "made_at": made_at})
    assert [each.path for each in find_copies([root])] == made[::-1][:NEWEST]
