"""Any story of a desk, a province, faults and restarts, and then a good line: both hold the same (invariants 2, 12, 21)."""

from __future__ import annotations

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.province.trial import TrialProvince
from tests.sync.lines import AGENCY, Line, both_hold_the_same, nothing_is_pretended
from tests.sync.proxy import KINDS, BadLine, Fault

FAULTS = st.lists(st.one_of(st.none(), st.builds(Fault, st.sampled_from(KINDS), st.integers(1, 999))), max_size=14)
STEPS = st.lists(st.sampled_from(["take_in", "note", "assign", "move", "run", "run", "restart"]), min_size=1, max_size=8)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(faults=FAULTS, steps=STEPS, seed=st.integers(0, 2**16))
def test_i2_any_faults_and_then_a_good_line(tmp_path_factory, faults, steps, seed):
    folder, chance = tmp_path_factory.mktemp("story"), random.Random(seed)
    (folder / "province").mkdir()
    with TrialProvince(folder / "province") as province, BadLine(province.url) as bad_line:
        line = Line(folder / "desk")
        known = [line.take_in()]
        line.enrol(province.ticket(), bad_line.url)
        bad_line.plan = list(faults)
        for step in steps:
            line = _one(step, line, province, known, chance)
            nothing_is_pretended(line, province)
        bad_line.plan = []
        assert line.run().pending == 0
        both_hold_the_same(line, province)
        for dossier in province.state()["dossiers"]:
            assert line.dossier(dossier["dossier_id"]).known_rev == dossier["rev"]
        line.close()


def _one(step, line, province, known, chance):
    """Do one thing at the desk or at the province."""
    if step == "take_in":
        known.append(line.take_in())
    elif step == "note":
        line.note(chance.choice(known).code)
    elif step == "assign":
        province.do("assign", agency=AGENCY, record={"ChuHoSo": "Lê Văn Mẫu"})
    elif step == "move":
        open_there = [each for each in province.state().get("dossiers", ()) if each["status"] in ("2", "4")]
        if open_there:
            moved = chance.choice(open_there)
            province.do("move", agency=AGENCY, dossier_id=moved["dossier_id"], to={"2": "4", "4": "9"}[moved["status"]])
    elif step == "run":
        line.run()
    else:
        line.close()
        return Line(line.folder, made=False)
    return line
