"""Whether the window ended as it should the last time, and what a hard crash left."""

from pathlib import Path

import pytest

from counter_app.domain.moments import local
from counter_app.support.last_run import LastRun, keep_hard_crash

AT = local(2026, 11, 20, 9, 42)
TRACE = 'Fatal Python error: Segmentation fault\n\nCurrent thread 0x00007f12 (most recent call first):\n  File "/srv/hoa/ui/app.py", line 12 in start\n'


def test_a_run_that_was_not_ended_is_known_by_the_next_one(tmp_path):
    desk = tmp_path / "desk"
    assert not LastRun(tmp_path / "state", desk).begin(), "the first run follows none"
    assert LastRun(tmp_path / "state", desk).begin(), "it was killed"
    last = LastRun(tmp_path / "state", desk)
    assert last.begin()
    last.end()
    assert not LastRun(tmp_path / "state", desk).begin()


def test_nothing_is_synced_while_the_window_waits(tmp_path, monkeypatch):
    def no_sync(descriptor):
        pytest.fail("the disk was waited for")

    monkeypatch.setattr("os.fsync", no_sync)
    assert not LastRun(tmp_path, tmp_path / "desk").begin()
    assert LastRun(tmp_path, tmp_path / "desk").begin()


def test_each_desk_has_its_own_mark_and_the_mark_names_nobody(tmp_path):
    one, other = LastRun(tmp_path / "state", tmp_path / "Trần Thị Ví Dụ"), LastRun(tmp_path / "state", tmp_path / "b")
    one.begin()
    assert not other.begin()
    assert all(path.name.isascii() and path.stat().st_size == 0 for path in (tmp_path / "state").iterdir())


def test_ending_twice_is_ending_once(tmp_path):
    last = LastRun(tmp_path, tmp_path)
    last.begin()
    last.end()
    last.end()
    assert not last.begin()


def test_the_trace_of_a_hard_crash_becomes_a_report_once(tmp_path):
    trace = tmp_path / "hard-crash.txt"
    trace.write_text(TRACE, "utf-8")
    path = keep_hard_crash(trace, tmp_path / "reports", AT)
    text = path.read_text("utf-8")
    assert path.name == "report-20261120-094200-hard.txt"
    assert "Segmentation fault" in text
    assert "ui/app.py:12 start" in text
    assert "hoa" not in text
    assert keep_hard_crash(trace, tmp_path / "reports", AT) is None


@pytest.mark.parametrize("left", [None, "", "\n"])
def test_where_nothing_crashed_nothing_is_reported(tmp_path, left):
    trace = tmp_path / "hard-crash.txt"
    if left is not None:
        trace.write_text(left, "utf-8")
    assert keep_hard_crash(trace, tmp_path / "reports", AT) is None
    assert not Path(tmp_path / "reports").exists()
