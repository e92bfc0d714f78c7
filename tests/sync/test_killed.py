"""Killed anywhere in a pass, by a real process that says no farewell: nothing lost, nothing doubled, nothing pretended (invariants 1, 13)."""

from __future__ import annotations

import shutil
import sys

import pytest

from tests.builders import CLERK
from tests.services.killing import Wrapped, killed
from tests.sync.lines import AGENCY, LONG, Line, both_hold_the_same, nothing_is_pretended

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork")


def killed_at(folder, step):
    """Run a pass in a child, and tell whether it was killed at the step before the end."""
    def opened(bomb):
        line = Line(folder, made=False)
        return line.client_over(Wrapped(line.database, bomb))

    return killed(opened, lambda client: client.run(LONG), step)


def test_a_pass_killed_again_and_again_ends_with_everything_there_once(line, province):
    first = line.take_in()
    line.enrol(province.ticket())
    for _ in range(3):
        line.note(first.code)
    province.do("assign", agency=AGENCY, record={"ChuHoSo": "Lê Văn Mẫu"})
    line.close()
    for step in range(1, 400, 3):
        if not killed_at(line.folder, step):
            break
        again = Line(line.folder, made=False)
        nothing_is_pretended(again, province)
        again.close()
    else:
        pytest.fail("the pass never came to its end")
    assert step > 10
    again = Line(line.folder, made=False)
    assert again.run().pending == 0
    both_hold_the_same(again, province)
    assert [each["rev"] for each in province.state()["dossiers"]].count(len(again.ops())) == 1
    again.close()


def test_each_single_step_may_be_the_last(line, province, tmp_path):
    """Every place in a pass over the same desk, killed once; then the desk as it was left goes on."""
    first = line.take_in()
    line.enrol(province.ticket())
    line.run()
    line.note(first.code)
    province.do("move", agency=AGENCY, dossier_id=first.dossier_id, to="4")
    line.close()
    kept = shutil.copytree(line.folder, tmp_path / "kept")
    steps = 0
    for step in range(1, 400, 7):
        shutil.rmtree(line.folder)
        shutil.copytree(kept, line.folder)
        was_killed = killed_at(line.folder, step)
        again = Line(line.folder, made=False)
        assert again.run().pending == 0
        both_hold_the_same(again, province)
        moved = [event for event in again.desk.dossiers.show(first.code, CLERK).events if event.type == "province.dossier.updated"]
        assert len(moved) == 1
        again.close()
        steps += 1
        if not was_killed:
            break
    assert steps > 5
