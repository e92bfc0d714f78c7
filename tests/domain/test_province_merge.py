"""The province's record under the desk's open ops: judged here as the contract's vectors say the gateway judges."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.event_fold import RecordState, fold_op
from counter_app.domain.province_merge import rebased, set_since, touched
from counter_app.support.resources import shipped_json
from tests.domain.test_event_fold import CONTENT_CODES, Journal

RULES = shipped_json("contract/event_rules.json")
DATA = Path(__file__).parents[1] / "data/province"
STEPS = [step for name in ("day_log", "edge_cases") for step in json.loads((DATA / f"{name}.json").read_text("utf-8"))["steps"]]


class Watching(Journal):
    """Lays every op over the record that the gateway held before it, as a desk does that has the record and the op still open."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def play(self, step):
        for op in step.get("request", {}).get("ops", ()) if step.get("status", 200) == 200 else ():
            self.before = copy.deepcopy(self.states.get(op["dossier_id"]))
        for op, folded, expected in self._played(step):
            yield op, folded, expected

    def _played(self, step):
        states = dict(self.states)
        for op, folded, expected in super().play(step):
            self.seen.append((states.get(op["dossier_id"]), op, expected))
            states = dict(self.states)
            yield op, folded, expected


def watched():
    journal = Watching()
    for step in STEPS:
        list(journal.play(step))
    return [(ground, op, expected) for ground, op, expected in journal.seen if ground is not None and op["dossier_id"]]


CASES = watched()


def test_the_vectors_hold_both_what_fits_and_what_clashes():
    outcomes = {expected["outcome"] for _, _, expected in CASES}
    assert {"applied", "conflict", "held"} <= outcomes
    assert len(CASES) > 20


@pytest.mark.parametrize(("ground", "op", "expected"), CASES, ids=lambda each: each.get("type", "") if isinstance(each, dict) else "")
def test_an_open_op_is_judged_as_the_gateway_judges_it(ground, op, expected):
    if expected.get("code") in CONTENT_CODES or expected.get("reason") == "code_in_use":
        pytest.skip("nothing that a record can tell")
    found = rebased(RULES, ground, (), [op])
    if expected["outcome"] == "conflict":
        (clash,) = found.clashes
        assert (clash.op_id, clash.reason) == (op["op_id"], expected["reason"])
        assert list(clash.fields) == expected.get("fields", list(clash.fields))
        assert found.ho_so == ground.ho_so
        assert touched(RULES, op) <= found.members
    else:
        assert found.clashes == ()
        assert found.ho_so == fold_op(RULES, ground, op).state.ho_so
        assert found.members == frozenset()


def test_without_open_ops_the_record_is_what_the_province_says():
    ground = CASES[0][0]
    found = rebased(RULES, ground, ["GhiChu"], [])
    assert (found.ho_so, found.clashes, found.members) == (ground.ho_so, (), frozenset({"GhiChu"}))


def test_an_unknown_op_changes_nothing_and_stops_nothing():
    ground, op, _ = next(case for case in CASES if case[2]["outcome"] == "applied")
    unknown = {**op, "type": "dossier.rescanned", "facts": {}}
    found = rebased(RULES, ground, (), [unknown, op])
    assert found.clashes == ()
    assert found.ho_so == fold_op(RULES, ground, op).state.ho_so
    assert touched(RULES, unknown) == {"TrangThaiHoSo"}


def test_a_correction_touches_what_it_names():
    op = {"type": "dossier.corrected", "facts": {"changes": [{"field": "ChuHoSo"}, {"field": "intake.applicant.address"}]}}
    assert touched(RULES, op) == {"TrangThaiHoSo", "ChuHoSo"}
    linked = {"type": "attachment.linked", "facts": {"target": "TaiLieuNop"}}
    assert touched(RULES, linked) == {"TrangThaiHoSo", "TaiLieuNop"}


NAMES = st.sampled_from(["GhiChu", "NgayHenTra", "DonViXuLy"])


@given(st.lists(st.tuples(st.integers(1, 50), st.sets(NAMES)), max_size=8), st.randoms())
def test_what_counts_is_the_newest_revision_in_whatever_order_it_is_told(told, chance):
    marks = set_since(told)
    shuffled = list(told)
    chance.shuffle(shuffled)
    assert set_since(shuffled) == marks
    for name in {each for _, names in told for each in names}:
        assert marks[name] == (max(rev for rev, names in told if name in names), None)


def test_what_the_province_set_later_than_the_op_knew_is_a_clash():
    ground, op, _ = next(case for case in CASES if case[1]["type"] == "supplement.received" and case[2]["outcome"] == "applied")
    later = RecordState(ground.rev + 1, {**ground.ho_so, "NgayHenTra": "20270101170000"}, ground.intake, ground.handed_over,
                        set_since([(ground.rev + 1, ["NgayHenTra"])]))
    (clash,) = rebased(RULES, later, ["NgayHenTra"], [{**op, "base_rev": ground.rev}]).clashes
    assert (clash.reason, clash.fields) == ("stale_field", ("NgayHenTra",))
    assert rebased(RULES, later, ["NgayHenTra"], [{**op, "base_rev": ground.rev + 1}]).clashes == ()
