"""Killed anywhere between the files of a stack and the last word about it: the files are there, nothing is filed twice, what was left is told."""

from __future__ import annotations

import shutil
import sys

import pytest

from counter_app.services.scanning.stacks import StackService
from tests.builders import CLERK
from tests.services.killing import killed
from tests.services.scanning.test_killed_filing import look, place, twin  # noqa: F401  the place is a fixture
from tests.services.scanning.test_stacks import FakeReader, lying

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
STRIDE = 7
"""Each so many steps in the suite; every one in the long run."""


def stacks(made):
    return StackService(made.desk.database, made.batches, made.filing, FakeReader())


@pytest.mark.parametrize("stride", [STRIDE, pytest.param(1, marks=pytest.mark.soak)])
def test_a_kill_anywhere_in_a_whole_run(place, stride):  # noqa: F811
    folder = lying(place.folder.parent, a=("one", "x", ""), b=("y",))
    pages = {path.name: path.read_bytes() for path in folder.iterdir()}
    left_over = set()
    for step in range(1, 1000, stride):
        there = twin(place, step)
        was_killed = killed(there.opened, lambda made: stacks(made).run([folder], CLERK), step)
        made = there.opened()
        made.batches.tidy()
        assert list(there.folder.rglob("*.png")) == [], "nothing lies in the clear"
        filed, waits = len(look(made)), stacks(made).waiting(CLERK)
        left_over.add((filed, len(waits)))
        again = stacks(made).run([folder], CLERK)
        assert (again.unfiled, bool(again.warnings)) == ((), bool(waits)), "what was left is told"
        assert len(look(made)) == 1, "it is filed once"
        for batch in waits:
            taken_up = stacks(made).take_up(batch.batch_id, CLERK)
            if taken_up.batch_id:  # half a stack, which is another one than the whole
                assert {problem.code for _, problem in taken_up.unfiled} == {"FILE_PAPER_TAKEN"}
                made.batches.drop(batch.batch_id, CLERK)
        assert (len(look(made)), stacks(made).waiting(CLERK), made.keeper.kept()) == (1, [], frozenset())
        made.desk.database.close()
        shutil.rmtree(there.folder)
        if not was_killed:
            break
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == pages, "the files stay as they are"
    assert {(0, 0), (0, 1), (1, 0)} <= left_over, "the states were met"
    assert step > 60, "the steps were really met"
