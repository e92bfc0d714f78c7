"""Works at a desk while its disk fails, each try in a child: started with the failing disk loaded, says one JSON line a try.

``python -m tests.faults.failing_worker FOLDER VERB FIRST STRIDE``: FOLDER holds ``first`` (the desk, its state and its key), which is
copied anew for each try. Every STRIDE-th call to the disk fails, from FIRST on, until an act gets through.
"""

import ctypes
import json
import logging
import os
import shutil
import sys
from pathlib import Path

from counter_app.bootstrap import open_counter
from counter_app.domain.errors import DeskError
from counter_app.domain.report_periods import Period
from tests.builders import command
from tests.fakes import FakeClock


def take_in(counter, actor):
    return counter.intake.receive(command(), actor).code


def end_the_day(counter, actor):
    return counter.citizens.day_pages.make(actor).print_id


def look(counter, actor):
    period = Period(counter.clock.now().date(), counter.clock.now().date())
    return str(counter.reports.make("II.06a", period, actor).content["total"]["c3"])


VERBS = {"intake": take_in, "day page": end_the_day, "report": look}


def attempt(shim, folder, verb, calls):
    """Open the desk on a sound disk, let it fail, act, and say what came of it and how many calls the disk had."""
    os.environ["COUNTER_STATE_DIR"], os.environ["COUNTER_KEY_FILE"] = str(folder / "state"), str(folder / "desk.key")
    counter = open_counter(folder / "desk", clock=FakeClock())
    actor = counter.login.acting("", "")
    take_in(counter, actor)
    shim.fail_after(str(folder).encode(), calls)
    try:
        done, error = VERBS[verb](counter, actor), ""
    except DeskError as refused:
        done, error = "", refused.code
    return {"calls": calls, "done": done, "error": error, "met": shim.calls_met()}


def tries(folder, verb, first, stride):
    """Yield what came of each try; the last one met no failure."""
    shim, calls = ctypes.CDLL(None), first
    while True:
        place = folder / f"try-{calls}"
        shutil.copytree(folder / "first", place)
        read, write = os.pipe()
        if os.fork() == 0:
            try:
                os.write(write, json.dumps(attempt(shim, place, verb, calls)).encode())
            finally:
                os._exit(1 if sys.exc_info()[0] else 0)  # without farewell: the program goes down with its disk
        os.close(write)
        with os.fdopen(read) as told:
            said = told.read()
        assert os.waitstatus_to_exitcode(os.wait()[1]) == 0, f"a bug at call {calls}"
        yield json.loads(said)
        if json.loads(said)["met"] <= calls:
            return
        calls += stride


if __name__ == "__main__":
    logging.disable(logging.WARNING)  # what is only noted when the disk fails belongs into no answer
    place, verb, first, stride = sys.argv[1:]
    for each in tries(Path(place), verb, int(first), int(stride)):
        sys.stdout.write(json.dumps(each) + "\n")
