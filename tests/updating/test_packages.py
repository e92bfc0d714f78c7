"""Packages on a stick: folders and zip files, the right one of several, and every way in which one can be none."""

import errno
import json
import os
import shutil
import tracemalloc
import zipfile
from contextlib import closing
from functools import partial
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.domain.errors import DeskError, RuleBrokenError, SurroundingsError
from counter_app.support.packed import pack
from counter_app.updating.packages import Package, open_package
from tests.updating.releases import FIRST, SECOND, SYSTEM, head_of, program, published, published_data, signed_release_of


def zipped(folder, out):
    with zipfile.ZipFile(out, "w") as target:
        for path in sorted(folder.rglob("*")):
            target.write(path, path.relative_to(folder).as_posix())
    return out


@pytest.fixture(params=["folder", "zip"])
def package(request, tmp_path):
    folder = published(tmp_path)
    return folder if request.param == "folder" else zipped(folder, tmp_path / "update.zip")


def sequence(path, system=SYSTEM):
    with closing(open_package(path, system)) as source:
        return json.loads(source.head(system))["sequence"]


def test_a_package_gives_its_head_and_its_files(package, tmp_path):
    parcel = signed_release_of(tmp_path / "out" / "quay-mot-cua-0.2.0-linux-x64-update")
    with closing(open_package(package, SYSTEM)) as source:
        assert json.loads(source.head(SYSTEM))["version"] == "0.2.0"
        file = next(each for each in parcel.files if each.path == "app/new/more.py")
        with source.opened(file) as packed:
            assert packed.read() == pack(SECOND["app/new/more.py"])
        source.forget(file)
        source.done()
        assert source.fetched == 0


def test_what_a_package_lacks_is_told(package, tmp_path):
    file = signed_release_of(tmp_path / "out" / "quay-mot-cua-0.2.0-linux-x64-update").files[0]
    missing = type(file)(file.path, file.size, "f" * 64)
    with closing(open_package(package, SYSTEM)) as source, pytest.raises(SurroundingsError, match="UPDATE_LACKS"), source.opened(missing):
        pass


def test_of_several_on_a_stick_the_newest_for_this_system_is_taken(tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    shutil.copytree(published(tmp_path / "a", sequence=200), stick / "a")
    zipped(published(tmp_path / "b", "0.3.0", sequence=300), stick / "b.zip")
    shutil.copytree(published(tmp_path / "c", "0.4.0", sequence=400, system="windows-x64"), stick / "c")
    (stick / "holiday.zip").write_bytes(b"no zip")
    (stick / "letters").mkdir()
    (stick / "note.txt").touch()
    assert (sequence(stick), sequence(stick, "windows-x64")) == (300, 400)


def test_without_a_program_for_this_system_newer_forms_are_taken(tmp_path):
    stick = tmp_path / "stick"
    shutil.copytree(published(tmp_path / "c", sequence=400, system="windows-x64"), stick / "c")
    shutil.copytree(published_data(tmp_path / "d", {"forms/01.json": b"{}"}, sequence=150), stick / "d")
    assert sequence(stick, "any") == 150


def test_one_folder_can_hold_releases_of_every_kind(tmp_path):
    place = published(tmp_path / "a", sequence=200)
    for more in (published(tmp_path / "b", "0.3.0", sequence=300, system="windows-x64"), published_data(tmp_path / "d", {"forms/01.json": b"{}"})):
        shutil.copytree(more, place, dirs_exist_ok=True)
    assert (sequence(place), sequence(place, "windows-x64"), sequence(place, "any")) == (200, 300, 150)


@pytest.mark.parametrize("made", ["nothing", "empty", "other files", "a bad zip among others", "another system's"])
def test_where_there_is_none_that_is_said(tmp_path, made):
    place = tmp_path / "stick"
    if made != "nothing":
        place.mkdir()
    if made == "other files":
        (place / "note.txt").touch()
    if made == "another system's":
        shutil.copytree(published(tmp_path / "c", system="windows-x64"), place / "c")
    if made == "a bad zip among others":
        (place / "x.zip").write_bytes(b"PK")
    with pytest.raises(RuleBrokenError, match="UPDATE_NOTHING"):
        open_package(place, SYSTEM)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"text", b"\0" * 1000])
def test_a_file_that_is_no_zip_is_told(tmp_path, content):
    (tmp_path / "x.zip").write_bytes(content)
    with pytest.raises(SurroundingsError, match="UPDATE_DAMAGED"):
        open_package(tmp_path / "x.zip", SYSTEM)


def test_a_zip_without_a_head_is_none(tmp_path):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as target:
        target.writestr("readme.txt", "hello")
    with closing(open_package(tmp_path / "x.zip", SYSTEM)) as source, pytest.raises(RuleBrokenError, match="UPDATE_NOTHING"):
        source.head(SYSTEM)


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
def test_whatever_byte_of_a_zip_was_altered_or_cut_it_is_refused_or_right(tmp_path_factory, data):
    place = tmp_path_factory.mktemp("place")
    programs, folder = program(place / "program"), published(place)
    parcel, file = signed_release_of(folder), zipped(folder, place / "update.zip")
    content = bytearray(file.read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    if data.draw(st.booleans()):
        content[at] ^= data.draw(st.integers(1, 255))
    else:
        del content[at:]
    file.write_bytes(bytes(content))
    try:
        with closing(open_package(file, SYSTEM)) as source:
            programs.lay_out(parcel, source)
    except DeskError as error:
        assert error.code in {"UPDATE_DAMAGED", "UPDATE_LACKS", "FILE_FAILED"}  # noqa: PT017  not every byte has a meaning
        assert programs.prepared() is None
    else:
        laid = place / "program" / "versions" / "0.2.0"
        assert {name: (laid / name).read_bytes() for name in SECOND} == SECOND
    assert {name: (place / "program" / "versions" / "0.1.0" / name).read_bytes() for name in FIRST} == FIRST


@pytest.mark.parametrize("way", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_a_small_file_could_fill_the_memory_with_is_not_unpacked(tmp_path, way):
    with zipfile.ZipFile(tmp_path / "x.zip", "w", way) as target:
        target.writestr(f"release-{SYSTEM}.json", b" " * 50_000_000)
    tracemalloc.start()
    try:
        with closing(open_package(tmp_path / "x.zip", SYSTEM)) as source, pytest.raises(SurroundingsError, match="UPDATE_DAMAGED"):
            source.head(SYSTEM)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


def test_a_zip_may_be_packed_anew_as_people_do(tmp_path):
    folder = published(tmp_path)
    with zipfile.ZipFile(tmp_path / "UPDATE.ZIP", "w", zipfile.ZIP_DEFLATED) as target:
        target.write(head_of(folder), head_of(folder).name)
    stick = tmp_path / "stick"
    stick.mkdir()
    shutil.copy(tmp_path / "UPDATE.ZIP", stick)
    assert sequence(stick) == sequence(folder)


@pytest.mark.parametrize("claim", ["Infinity", "-Infinity", "NaN", "1e999", "null", "[]", '"x"', "{}", "9" * 4400])
def test_a_head_that_claims_to_be_newest_of_all_hinders_no_other(tmp_path, claim):
    stick = tmp_path / "stick"
    shutil.copytree(published(tmp_path / "a", sequence=200), stick / "a")
    (stick / "b").mkdir()
    (stick / "b" / f"release-{SYSTEM}.json").write_text(f'{{"sequence": {claim}}}')
    assert sequence(stick) == 200


@pytest.mark.parametrize("harm", ["a folder", "a circle", "a pipe", "a pipe for a zip"])
def test_what_can_not_be_read_on_a_stick_hinders_no_other(tmp_path, harm):
    stick = tmp_path / "stick"
    shutil.copytree(published(tmp_path / "a", sequence=200), stick / "a")
    head = stick / "b" / f"release-{SYSTEM}.json"
    head.parent.mkdir()
    if harm == "a folder":
        head.mkdir()
    elif harm == "a pipe":
        mkfifo(head)
    elif harm == "a pipe for a zip":
        mkfifo(stick / "c.zip")
        head.mkdir()
    else:
        head.symlink_to(head.name)
    assert sequence(stick) == 200
    with closing(open_package(stick / "b", SYSTEM)) as source, pytest.raises(SurroundingsError, match=r"FILE_IS_FOLDER|FILE_FAILED"):
        source.head(SYSTEM)


def mkfifo(path):
    if not hasattr(os, "mkfifo"):
        pytest.skip("Windows has no pipes among its files")
    os.mkfifo(path)


class Pulled(BytesIO):
    """A part of which some bytes come; then the stick is gone."""

    def read(self, size=-1):
        if found := super().read(size):
            return found
        raise OSError(errno.EIO, "gone")


class PulledPlace:
    def opened(self, name):
        return Pulled(b"\xfd7zXZ\0")

    def close(self):
        pass


def test_a_stick_that_is_pulled_is_what_is_named(tmp_path):
    programs, parcel, stick = program(tmp_path / "program"), signed_release_of(published(tmp_path)), tmp_path / "stick"
    source = Package(PulledPlace(), stick)
    for read in (partial(source.head, SYSTEM), partial(programs.lay_out, parcel, source)):
        with pytest.raises(SurroundingsError, match="FILE_FAILED") as caught:
            read()
        assert caught.value.problems[0].params["path"] == str(stick)
    assert programs.prepared() is None
    assert list(tmp_path.glob("program/versions/.0.2.0*")) == []


def test_a_head_without_end_is_not_read_to_the_end(tmp_path):
    folder = published(tmp_path)
    head_of(folder).write_bytes(b" " * 10_000_000)
    with closing(open_package(folder, SYSTEM)) as source:
        assert len(source.head(SYSTEM)) == 64 * 1024
