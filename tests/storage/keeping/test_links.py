"""A stick with copies on which somebody laid links: a copy, its thinning and its sweeping change nothing outside its folder."""

import os
import sys

import pytest

from counter_app.storage.keeping import store

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a link needs a right of its own on Windows")

LONG_AGO = 1_000_000_000


def old(path, content=b"mine"):
    """A file that somebody has had for years."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (LONG_AGO, LONG_AGO))
    return path


@pytest.fixture
def home(tmp_path):
    """A folder of the person whose PC the stick is put into; a program of theirs names its files as copies do."""
    place = tmp_path / "home"
    mine = [place / "aa" / ("aa" + "0" * 62), place / ("aa" + "1" * 62), place / "letter.odt", place / "film.part", place / "pictures" / "b.png"]
    return place, [old(path) for path in mine]


def swept(world):
    return world.room.remove(world.folder, world.room.copies(world.folder)[1:])


@pytest.mark.parametrize("linked", ["files/aa", "files", "files/zz"])
def test_what_a_link_leads_to_is_never_deleted(world, home, linked):
    place, mine = home
    world.copy()
    link = world.folder / linked
    if link.exists():
        link.rename(world.stick / "away")
    link.symlink_to(place, target_is_directory=True)
    world.copy()
    swept(world)
    assert [path for path in mine if not path.exists()] == []


def test_what_no_copy_names_still_goes_where_there_are_links(world, home):
    world.copy()
    (world.folder / "files" / "zz").symlink_to(home[0], target_is_directory=True)
    rubbish = [old(store.place_of(world.folder, digit * 64)) for digit in "01"]
    aside = old(rubbish[0].with_name(rubbish[0].name + store.DAMAGED))
    assert store.sweep(world.folder, lambda: world.blocks) == 3
    assert not any(path.exists() for path in (*rubbish, aside))


@pytest.mark.parametrize("name", ["@eaDir/x", "notes.txt", "0" * 63, "0" * 65, "0" * 64 + ".odt", "A" * 64])
def test_what_somebody_else_keeps_beside_the_copies_stays_and_hinders_none(world, name):
    world.copy()
    foreign = old(world.folder / "files" / "00" / name)
    os.utime(foreign.parent, (LONG_AGO, LONG_AGO))
    world.copy()
    assert swept(world)
    assert foreign.read_bytes() == b"mine"


def test_a_folder_or_a_link_to_nowhere_with_the_name_of_a_block_hinders_no_copy(world):
    world.copy()
    shelf = world.folder / "files" / "00"
    (shelf / ("00" + "1" * 62)).mkdir(parents=True)
    (shelf / ("00" + "2" * 62)).symlink_to("nowhere")
    made = world.copy()
    assert swept(world)
    assert world.room.examine(world.room.copies(world.folder)[0], lambda: False).dossiers == made.facts.dossiers


def test_a_block_that_lies_elsewhere_by_a_link_is_brought_anew(world):
    world.copy()
    block = world.place_of_block(0)
    away = world.stick / "away"
    block.rename(away)
    block.symlink_to(away)
    world.copy()
    assert (block.is_symlink(), block.read_bytes()) == (False, away.read_bytes())


def test_a_block_is_not_written_through_a_link_that_waits_for_it(world, tmp_path):
    guard = tmp_path / "numbers.guard"
    guard.write_bytes(b"guard 1")
    world.copy()
    block = world.place_of_block(0)
    block.unlink()
    (world.folder / "files" / f"{block.name[:16]}{store.PART}").symlink_to(guard)
    world.copy()
    assert guard.read_bytes() == b"guard 1"
    assert block.is_file()


def test_a_scan_is_not_written_through_a_link_that_waits_for_it(world, tmp_path):
    guard = tmp_path / "numbers.guard"
    guard.write_bytes(b"guard 1")
    world.seal("files/a/b.sealed", b"a scan")
    world.copy()
    (kept,) = world.kept()
    store.place_of(world.folder, kept).unlink()
    (world.folder / "files" / f"{kept[:16]}{store.PART}").symlink_to(guard)
    world.copy()
    assert guard.read_bytes() == b"guard 1"
    assert world.kept() == {kept}
