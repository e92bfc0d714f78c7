"""Killed anywhere in an export or an import, by a real process that says no farewell: nothing lost, doubled or pretended."""

from __future__ import annotations

import shutil
import sys

import pytest

from tests.services.killing import Wrapped, killed
from tests.sync.lines import AGENCY, both_hold_the_same, nothing_is_pretended
from tests.sync.stick.sticks import StickDesk, carried

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
STEP = 4
"""Every so many calls of the database one is the last."""


def killed_at(folder, stick, act, step):
    """Export or import in a child, and tell whether it was killed at the step before the end."""
    def opened(bomb):
        desk = StickDesk(folder, stick, made=False)
        return desk.exchange_over(Wrapped(desk.database, bomb))

    return killed(opened, act, step)


def test_an_import_may_end_at_any_step_and_is_simply_made_again(enrolled, province, tmp_path):
    for _ in range(2):
        enrolled.note(enrolled.first.code)
    province.do("assign", agency=AGENCY, record={"ChuHoSo": "Lê Văn Mẫu"})
    enrolled.write()
    carried(province, enrolled.stick)
    enrolled.close()
    for step in range(1, 400, STEP):
        folder, stick = tmp_path / f"desk-{step}", tmp_path / f"stick-{step}"
        shutil.copytree(enrolled.folder, folder)
        shutil.copytree(enrolled.stick, stick)
        if not killed_at(folder, stick, lambda exchange, stick=stick: exchange.read(stick), step):
            break
        again = StickDesk(folder, stick, made=False)
        nothing_is_pretended(again, province)
        _finished(again)
        both_hold_the_same(again, province)
        assert not (folder / "state" / "stick").exists()
        again.close()
    else:
        pytest.fail("the import never came to its end")
    assert step > 5 * STEP


def _finished(desk):
    """Import again where the answer still waits."""
    if desk.setting(f"stick/{desk.device}")["waiting"]:
        desk.read()


def test_an_export_may_end_at_any_step_and_the_next_one_says_everything(enrolled, province):
    enrolled.note(enrolled.first.code)
    enrolled.close()
    for step in range(1, 200, STEP):
        if not killed_at(enrolled.folder, enrolled.stick, lambda exchange: exchange.write(enrolled.stick, 0, None), step):
            break
    else:
        pytest.fail("the export never came to its end")
    again = StickDesk(enrolled.folder, enrolled.stick, made=False)
    assert again.there_and_back(province).sent == 1
    both_hold_the_same(again, province)
    again.close()
