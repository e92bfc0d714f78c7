"""The real server process and a real client process, each killed without a farewell at moments of chance: what was answered is there."""

from __future__ import annotations

import random
import sys
import threading
import time

import pytest

from tests.province.trial import ProvinceProcess
from tests.services.killing import Wrapped, killed
from tests.sync.lines import AGENCY, LONG, Line, both_hold_the_same, nothing_is_pretended

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork")


def killed_and_back(province, after):
    """End the server as a power cut does, and start it at the same address."""
    time.sleep(after)
    province.kill()
    province.start()


def a_pass_with_accidents(line, province, chance):
    """Let a pass run in a child that dies at some step, while the server dies at some moment."""
    line.close()

    def opened(bomb):
        again = Line(line.folder, made=False, guard=line.desk.guard)
        return again.client_over(Wrapped(again.database, bomb))

    accident = threading.Thread(target=killed_and_back, args=(province, chance.uniform(0, 0.3)))
    accident.start()
    killed(opened, lambda client: client.run(LONG), chance.randrange(20, 260))
    accident.join()
    return Line(line.folder, made=False, guard=line.desk.guard)


def a_day(tmp_path, seed, passes):
    chance, folder = random.Random(seed), tmp_path / f"province-{seed}"
    folder.mkdir()
    with ProvinceProcess(folder) as province:
        line = Line(tmp_path / f"desk-{seed}")
        first = line.take_in()
        line.enrol(province.ticket())
        for number in range(passes):
            line.note(first.code)
            province.do("assign", agency=AGENCY, record={"ChuHoSo": f"Lê Văn Mẫu {number}"})
            line = a_pass_with_accidents(line, province, chance)
            nothing_is_pretended(line, province)
        assert line.run().pending == 0
        both_hold_the_same(line, province)
        assert len(province.state()["dossiers"]) == 1 + passes
        line.close()


def test_i3_what_was_answered_survives_both_being_killed(tmp_path):
    a_day(tmp_path, 1, 3)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(2, 12))
def test_i3_over_many_days(tmp_path, seed):
    a_day(tmp_path, seed, 12)
