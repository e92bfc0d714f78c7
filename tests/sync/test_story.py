"""Any story of a desk, a province, faults and restarts, and then a good line: both hold the same (invariants 2, 12, 21)."""

from __future__ import annotations

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.domain.dossier import NATIONAL_STATUS
from counter_app.domain.lifecycle import Verb, why_not
from counter_app.services.acts.hand_overs import HandOverDossiers
from tests.builders import CLERK
from tests.province.trial import TrialProvince
from tests.sync.lines import AGENCY, Line, both_hold_the_same, nothing_is_pretended
from tests.sync.proxy import KINDS, BadLine, Fault

FAULTS = st.lists(st.one_of(st.none(), st.builds(Fault, st.sampled_from(KINDS), st.integers(1, 999))), max_size=14)
STEPS = st.lists(st.sampled_from(["take_in", "note", "assign", "move", "refuse", "hand_over", "run", "run", "restart"]), min_size=1, max_size=8)


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
            here = line.dossier(dossier["dossier_id"])
            assert here.known_rev == dossier["rev"]
            if "province" not in here.attention:
                assert str(NATIONAL_STATUS[here.status]) == dossier["status"]
        line.close()


def _one(step, line, province, known, chance):
    """Do one thing at the desk or at the province; return the desk, which a restart makes anew."""
    if step in THERE:
        _there(step, province, chance)
    elif step == "take_in":
        known.append(line.take_in())
    elif step == "note":
        line.note(chance.choice(known).code)
    elif step == "hand_over":
        one = line.dossier(chance.choice(known).dossier_id)
        if why_not(one, Verb.HAND_OVER) is None:
            line.desk.life.hand_overs.hand_over(HandOverDossiers((one.code,), "Tư pháp", "Trần Văn Mẫu"), CLERK)
    elif step == "run":
        line.run()
    else:
        line.close()
        return Line(line.folder, made=False)
    return line


THERE = {"assign": {}, "move": {"2": "4", "4": "9"}, "refuse": {"1": "3", "2": "3"}}
"""What the people of the province do: from which status to which."""


def _there(step, province, chance):
    moves = THERE[step]
    if not moves:
        province.do("assign", agency=AGENCY, record={"ChuHoSo": "Lê Văn Mẫu"})
        return
    movable = [each for each in province.state().get("dossiers", ()) if each["status"] in moves]
    if movable:
        moved = chance.choice(movable)
        province.do("move", agency=AGENCY, dossier_id=moved["dossier_id"], to=moves[moved["status"]], reason="sai")
