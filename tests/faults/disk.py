"""A disk in a file: its power can be cut at any moment, and what was on it then can be looked at as often as one likes."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import struct
import subprocess
import sys
import time
import traceback

import pytest

from tests.storage.test_faults import mounted

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="needs a file system of Linux that can be cut off")
CUT_OFF, NOTHING_MORE = 0x8004587D, struct.pack("I", 2)
"""What ext4 is told to forget all that it has not made durable yet, and to take nothing more."""


class Disk:
    """What was on it at the beginning is there again for each try."""

    def __init__(self, folder, megabytes=24):
        self.image, self.first, self.at = folder / "disk", folder / "first", folder / "mounted"
        with self.first.open("wb") as file:
            file.truncate(megabytes * 2**20)
        if shutil.which("mkfs.ext4") is None:
            pytest.skip("there is no ext4 here")
        subprocess.run(["mkfs.ext4", "-q", str(self.first)], check=True)

    def in_the_machine(self, image=None):
        return mounted(self.at, "-o", "loop", str(image or self.image))

    def again(self, image=None):
        copied(image or self.first, self.image)

    def fails(self):
        """The power goes: in the child, which dies at once."""
        fcntl.ioctl(os.open(self.at, os.O_RDONLY), CUT_OFF, NOTHING_MORE)


def copied(source, target):
    subprocess.run(["cp", "--sparse=always", str(source), str(target)], check=True)
    return target


class Worker:
    """A process that works on a disk and says line by line what it has acknowledged."""

    def __init__(self, work):
        """``work`` is called in a child with a function that says a word to the parent."""
        read, write = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(read)
            try:
                work(lambda word: os.write(write, f"{word}\n".encode()))
            finally:
                if sys.exc_info()[0]:
                    traceback.print_exc()
                os._exit(1 if sys.exc_info()[0] else 0)
        os.close(write)
        os.set_blocking(read, False)
        self._read, self._heard, self.ended = read, b"", False

    def said(self):
        """Return every word that was said until now."""
        while not self.ended:
            try:
                data = os.read(self._read, 65536)
            except BlockingIOError:
                break
            if not data:
                self.ended = True
                break
            self._heard += data
        return self._heard.decode().split()

    def until(self, enough, patience=60.0):
        """Wait until enough words were said, or the work is done."""
        end = time.monotonic() + patience
        while len(self.said()) < enough and not self.ended:
            assert time.monotonic() < end, "the work stands still"
            time.sleep(0.002)

    def end(self):
        """Wait for the end of the work; tell whether it went well."""
        code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        self.said()
        os.close(self._read)
        return code == 0

    def kill(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._read)


def power_cuts(disk, work, moments, folder):
    """Work on a disk, and copy it in mid-write at each moment (seconds after the one before); return pairs of what had been acknowledged
    by then and what the disk held.

    The process is stopped for the copy and knows nothing of it. What the system had not handed to the disk yet is not in it.
    """
    cuts = []
    with disk.in_the_machine():
        worker = Worker(work)
        worker.until(1)
        for number, pause in enumerate(moments):
            time.sleep(pause)
            said = worker.said()
            if worker.ended:
                break
            os.kill(worker.pid, signal.SIGSTOP)
            os.waitid(os.P_PID, worker.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)  # what it is in the middle of ends before it stands still
            cuts.append((said, copied(disk.image, folder / f"cut-{number}")))
            os.kill(worker.pid, signal.SIGCONT)
        if worker.ended:
            assert worker.end(), "the work failed by itself"
        else:
            worker.kill()
    return cuts
