"""What strace tells about waits for the disk, and whose waits they are."""

import pytest

from bench.intake import GUARD, LOG, Sync, Taken, _count, of_each, syncs

WHOLE = "412   1795400000.500000 fdatasync(9</data/desk.db-wal>) = 0 <0.000800>"
BEGUN = "413   1795400000.600000 fsync(11</state/numbers.guard> <unfinished ...>"
OTHER = "412   1795400000.601000 fsync(9</data/desk.db-wal>) = 0 <0.000100>"
ENDED = "413   1795400000.602000 <... fsync resumed>) = 0 <0.002000>"
FAILED = "412   1795400000.700000 fsync(9</data/desk.db-wal>) = -1 EIO (Input/output error) <0.001000>"


def test_whole_calls_are_read():
    assert list(syncs([WHOLE])) == [Sync(1795400000.5, LOG, 0.0008)]


def test_calls_of_two_threads_are_put_together():
    found = list(syncs([BEGUN, OTHER, ENDED]))
    assert [(each.file, each.seconds) for each in found] == [(LOG, 0.0001), (GUARD, 0.002)]
    assert found[1].at == 1795400000.6, "when it began, not when it was told"


@pytest.mark.parametrize("line", [FAILED, "", "412 +++ exited with 0 +++", "412 1.5 --- SIGCHLD {} ---"])
def test_everything_else_is_passed_over(line):
    assert list(syncs([line])) == []


def test_a_wait_belongs_to_the_intake_it_falls_into():
    first, second = Taken(10.0, 10.2, 10.3), Taken(11.0, 11.2, 11.3)
    waits = [Sync(10.1, GUARD, 0.1), Sync(10.15, LOG, 0.1), Sync(10.7, LOG, 0.1), Sync(11.1, GUARD, 0.1)]
    assert [[wait.file for wait in each] for each in of_each([first, second], waits)] == [[GUARD, LOG], [GUARD]]


def test_intakes_are_counted_and_their_waits_taken_off():
    taken = [Taken(float(n), n + 0.010, n + 0.012) for n in range(3)]
    waits = [Sync(n + 0.001, GUARD, 0.002) for n in range(3)] + [Sync(n + 0.005, LOG, 0.003) for n in range(3)]
    waits += [Sync(2.006, LOG, 0.001), Sync(2.007, "desk.db", 0.002), Sync(1.002, f".{GUARD}.abc", 0.001)]
    (log, guard, waited, above), (note,) = _count(taken, waits)
    assert (log.ours, guard.ours, log.met, guard.met) == (1, 1, True, True)
    assert waited.ours.most == pytest.approx(8.0)
    assert above.ours.most == pytest.approx(7.0)
    assert note.startswith("1 of 3 intakes")
    assert "1 came when SQLite" in note
    assert "1 when the guard" in note
