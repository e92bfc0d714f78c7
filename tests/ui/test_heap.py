"""All threads take memory from one heap, where the C library would give each its own."""

import subprocess
import sys

import pytest

from ui import __main__ as program
from ui import heap

ALLOCATE = """
import ctypes, threading
from ui.heap import share_heap
{begin}
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
barrier = threading.Barrier(4)
def ask():
    libc.malloc(50_000)
    barrier.wait()
threads = [threading.Thread(target=ask) for _ in range(4)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
libc.malloc_stats()
"""


def heaps(begin):
    """Return how many heaps a process has after four threads asked for memory at once."""
    told = subprocess.run([sys.executable, "-c", ALLOCATE.format(begin=begin)], check=True, capture_output=True, text=True).stderr
    return told.count("Arena ")


@pytest.mark.skipif(sys.platform != "linux", reason="glibc's own")
def test_threads_share_one_heap_and_would_not_otherwise():
    assert heaps("") > 1
    assert heaps("share_heap()") == 1


PAGES = """
import ctypes
from ui.heap import share_heap
{begin}
libc = ctypes.CDLL(None)
libc.malloc.restype, libc.free.argtypes = ctypes.c_void_p, [ctypes.c_void_p]
libc.free(libc.malloc(26_000_000))
first, second = libc.malloc(26_000_000), libc.malloc(26_000_000)
libc.malloc_stats()
"""


def outside(begin):
    """Return how many pages lay outside of the heap at a time, after one was forgotten."""
    told = subprocess.run([sys.executable, "-c", PAGES.format(begin=begin)], check=True, capture_output=True, text=True).stderr
    return int(told.partition("max mmap regions =")[2].split()[0])


@pytest.mark.skipif(sys.platform != "linux", reason="glibc's own")
def test_pages_lie_outside_of_the_heap_and_would_not_otherwise():
    assert outside("share_heap()") - outside("") >= 1


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_other_systems_are_left_alone(monkeypatch, platform):
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(heap.ctypes, "CDLL", lambda _: pytest.fail("nothing to look for here"))
    heap.share_heap()


def test_a_c_library_without_the_option_is_left_alone(monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(heap.ctypes, "CDLL", lambda _: object())
    heap.share_heap()


GIVE_BACK = """
from pathlib import Path
from ui.heap import give_back
import ctypes
libc = ctypes.CDLL(None)
libc.malloc.restype, libc.free.argtypes = ctypes.c_void_p, [ctypes.c_void_p]
def held():
    return int(Path("/proc/self/status").read_text().partition("VmRSS:")[2].split()[0])
def fill():
    blocks = [libc.malloc(10_000) for _ in range(4000)]
    for block in blocks:
        ctypes.memset(block, 1, 10_000)
    return blocks
blocks = fill()
above = libc.malloc(10_000)
for block in blocks:
    libc.free(block)
full = held()
give_back()
print(full - held())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="glibc's own")
def test_what_was_freed_goes_back_to_the_system():
    told = subprocess.run([sys.executable, "-c", GIVE_BACK], check=True, capture_output=True, text=True).stdout
    assert int(told) > 30_000  # of 40,000 KiB, under a block that is still in use


def test_there_is_nothing_to_give_back_elsewhere(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(heap.ctypes, "CDLL", lambda _: pytest.fail("nothing to look for here"))
    heap.give_back()


def test_the_program_shares_it_before_anything_else(monkeypatch, tmp_path):
    def begin():
        raise SystemExit("begun")

    monkeypatch.setattr(program, "share_heap", begin)
    monkeypatch.setattr(program, "QApplication", lambda _: pytest.fail("Qt has threads"))
    with pytest.raises(SystemExit, match="begun"):
        program.main(["--data-dir", str(tmp_path)])
