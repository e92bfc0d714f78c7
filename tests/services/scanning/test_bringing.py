"""Files that are read for somebody who looks on, as a scanner's feed; and scanners that are looked for one way after the other."""

import errno
from pathlib import Path

import pytest

from counter_app.services.scanning.devices import DeviceService
from tests.services.scanning.test_devices import FakeScanner
from tests.services.scanning.test_stacks import lying, place, stacks  # noqa: F401  fixtures


class Watch:
    """Looks on, and wants so many pages."""

    def __init__(self, most=99):
        self.seen, self._most = [], most

    def arrived(self, page):
        self.seen.append((page.ordinal, page.path.read_text("utf-8")))

    def wanted(self):
        return len(self.seen) < self._most


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "feed"
    made.mkdir()
    return made


def test_the_pages_of_all_files_come_in_their_order(stacks, tmp_path, folder):  # noqa: F811
    watch = Watch()
    end = stacks.bring([lying(tmp_path, b=("three",), a=("one", "two"))], folder, watch)
    assert [words for _, words in watch.seen] == ["one", "two", "three"]
    assert (end.pages, end.stopped, end.notes) == (3, None, ())


def test_a_bad_file_gives_no_page_and_a_note(stacks, tmp_path, folder):  # noqa: F811
    watch = Watch()
    end = stacks.bring([lying(tmp_path, a=("one", "torn"), b=("two",), c=("bomb",))], folder, watch)
    assert [words for _, words in watch.seen] == ["two"]
    assert (end.pages, end.stopped) == (1, None)
    assert [note.code for note in end.notes] == ["FOREIGN_DAMAGED", "FOREIGN_PAGE_TOO_LARGE"]


@pytest.mark.parametrize("lines", [("one", "torn"), ("one", "crowded")])
def test_nothing_of_a_file_that_gives_no_page_stays_in_the_clear(stacks, tmp_path, folder, lines):  # noqa: F811
    stacks.bring([lying(tmp_path, a=lines)], folder, Watch())
    assert list(folder.rglob("*")) == []


def test_a_full_disk_ends_it_and_keeps_what_came(stacks, tmp_path, folder, monkeypatch):  # noqa: F811
    watch = Watch()
    end = stacks.bring([lying(tmp_path, a=("one",), b=("full",), c=("two",))], folder, watch)
    assert (end.pages, end.stopped.code, [words for _, words in watch.seen]) == (1, "DISK_FULL", ["one"])

    def full(*_, **__):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(Path, "mkdir", full)
    again = stacks.bring([tmp_path / "in" / "a.pdf"], folder, Watch())
    assert (again.pages, again.stopped.code) == (0, "DISK_FULL")


def test_nobody_wants_the_next_file(stacks, tmp_path, folder):  # noqa: F811
    watch = Watch(most=1)
    end = stacks.bring([lying(tmp_path, a=("one", "two"), b=("three",))], folder, watch)
    assert [words for _, words in watch.seen] == ["one", "two"], "a file that is read is kept whole"
    assert (end.pages, end.stopped.code) == (2, "SCAN_CANCELLED")


def test_no_file_at_all_is_said(stacks, tmp_path, folder):  # noqa: F811
    assert stacks.bring([lying(tmp_path)], folder, Watch()).stopped.code == "STACK_EMPTY"


def test_each_way_is_told_of_as_it_is_found():
    service = DeviceService(lambda: [FakeScanner("one", "a"), FakeScanner("two", fault="SCAN_LOOK_TOO_LONG"), FakeScanner("three", "c")])
    looked = service.look_for()
    assert [device.id for device in next(looked).devices] == ["one:a"]
    assert [problem.code for problem in next(looked).problems] == ["SCAN_LOOK_TOO_LONG"]
    assert [device.id for device in next(looked).devices] == ["three:c"]
    assert next(looked, None) is None


@pytest.mark.parametrize("unpacked", [False, True])
def test_a_way_is_told_whether_pages_may_come_unpacked(tmp_path, unpacked):
    one = FakeScanner("one")
    DeviceService(lambda: [one]).scan("one:a", None, tmp_path, None, unpacked=unpacked)
    ((job, _),) = one.jobs
    assert job.unpacked is unpacked
