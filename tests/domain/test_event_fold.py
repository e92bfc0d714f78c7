"""The fold: the contract's day, its edge cases, and what a replay and a stale desk do."""

import copy
import json
from pathlib import Path

import pytest

from counter_app.domain.event_fold import Folded, fold_op, province_set
from counter_app.support.resources import shipped_json

RULES = shipped_json("contract/event_rules.json")
DATA = Path(__file__).parents[1] / "data/province"
DAY = json.loads((DATA / "day_log.json").read_text("utf-8"))
EDGES = json.loads((DATA / "edge_cases.json").read_text("utf-8"))
CONTENT_CODES = {"facts_mismatch", "not_nfc", "schema", "date_order", "field_not_allowed", "code_format", "code_mismatch"}


class Journal:
    """As much of a gateway as the fold needs: states by dossier, lanes by their last sequence."""

    def __init__(self):
        self.states = {}
        self.seqs = {}
        self.codes = {}

    def play(self, step):
        """Play one step; yield (op, what the fold says, what the contract expects) of every op that is new and well formed."""
        if step["step"] == "province":
            change = step["change"]
            changed = change.get("changed", ["MaHoSo"])
            state = self.states[change["dossier_id"]]
            self.states[change["dossier_id"]] = province_set(state, {name: change["ho_so"][name] for name in changed})
            assert self.states[change["dossier_id"]].ho_so == change["ho_so"]
            return
        if step.get("status", 200) != 200:
            return
        for op, expected in zip(step["request"]["ops"], step["expect"]["results"], strict=True):
            lane = op["device"], op["epoch"]
            if op["seq"] != self.seqs.get(lane, 0) + 1:
                continue
            self.seqs[lane] = op["seq"]
            if expected.get("code") in CONTENT_CODES or expected.get("reason") == "code_in_use":
                continue
            folded = fold_op(RULES, self.states.get(op["dossier_id"]), op)
            if folded.state and op["dossier_id"]:
                self.states[op["dossier_id"]] = folded.state
            yield op, folded, expected

    def agrees(self, expected):
        for dossier in expected:
            state = self.states[dossier["dossier_id"]]
            assert (state.rev, state.ho_so, state.intake) == (dossier["rev"], dossier["ho_so"], dossier["intake"])


def answer(folded, op):
    """Say what the fold did as the gateway would."""
    said = {"outcome": folded.outcome}
    if folded.outcome == "applied":
        said["rev"] = folded.state.rev if op["dossier_id"] else 0
    else:
        said["reason"] = folded.reason
    if folded.warnings:
        said["warnings"] = list(folded.warnings)
    if folded.fields:
        said["fields"] = list(folded.fields)
    return said


def expected_answer(result):
    said = {name: result[name] for name in ("outcome", "rev", "reason", "fields") if name in result}
    if "warnings" in result:
        said["warnings"] = [warning["code"] for warning in result["warnings"]]
    return said


def test_the_day_of_the_contract_ends_as_expected():
    journal = Journal()
    for step in DAY["steps"]:
        for op, folded, expected in journal.play(step):
            assert answer(folded, op) == expected_answer(expected), op["op_id"]
    journal.agrees(DAY["expected"])


def test_the_edge_cases_are_answered_as_the_contract_says():
    journal, seen = Journal(), set()
    for step in DAY["steps"]:
        list(journal.play(step))
    for step in EDGES["steps"]:
        for op, folded, expected in journal.play(step):
            assert answer(folded, op) == expected_answer(expected), step["name"]
            seen.add((folded.outcome, folded.reason))
    journal.agrees(EDGES["expected"])
    assert seen >= {
        ("applied", ""), ("held", "dependency"), ("held", "unsupported_type"), ("held", "awaiting_province"), ("conflict", "closed"),
        ("conflict", "stale_field"), ("conflict", "supplement_unknown"), ("conflict", "already_received"),
    }


def ops_of_day():
    return [op for step in DAY["steps"] if step["step"] == "push" for op in step["request"]["ops"]]


def received():
    return copy.deepcopy(next(op for op in ops_of_day() if op["type"] == "dossier.received"))


def following(kind, facts, base_rev=1, **members):
    first = received()
    return {**first, "type": kind, "facts": facts, "base_rev": base_rev, "ho_so": {**first["ho_so"], **members}}


def test_the_fold_changes_neither_the_op_nor_the_old_state():
    states = {}
    for op in ops_of_day():
        before, old = copy.deepcopy(op), states.get(op["dossier_id"])
        kept = copy.deepcopy(old)
        folded = fold_op(RULES, old, op)
        assert (op, old) == (before, kept)
        states[op["dossier_id"]] = folded.state


def test_the_status_in_the_record_is_not_used():
    op = received()
    op["ho_so"]["TrangThaiHoSo"] = "10"
    assert fold_op(RULES, None, op).state.ho_so["TrangThaiHoSo"] == "2"


def test_members_that_an_event_may_not_write_are_ignored():
    state = fold_op(RULES, None, received()).state
    noted = fold_op(RULES, state, following("note.added", {"kind": "ghi_chu", "audience": "desk", "text": "x"}, ChuHoSo="Tên khác"))
    assert noted.outcome == "applied"
    assert noted.state.ho_so == state.ho_so
    assert noted.state.rev == 2


def test_a_lane_is_never_stale_against_itself_but_another_one_is():
    state = fold_op(RULES, None, received()).state
    extended = following("deadline.extended", {"new_due": "x"}, base_rev=0, NgayHenTra="20261130170000")
    assert fold_op(RULES, state, extended).outcome == "applied"
    other = fold_op(RULES, state, {**extended, "epoch": "0" * 16})
    assert other == Folded(state, "conflict", "stale_field", ("NgayHenTra",))
    seen = fold_op(RULES, state, {**extended, "epoch": "0" * 16, "base_rev": 1})
    assert seen.state.ho_so["NgayHenTra"] == "20261130170000"


def test_a_link_of_the_province_is_kept_when_the_element_is_replaced():
    result = {"TenGiayTo": "Kết quả", "MaThanhPhanHoSo": "", "GiayToId": "g", "DuongDanTepTinKetQua": "", "MaGiayToKetQua": ""}
    facts = {"finished_at": "x", "results": [{"GiayToId": "g"}]}
    ready = following("result.ready", facts, DanhSachGiayToKetQua=[result])
    state = fold_op(RULES, fold_op(RULES, None, received()).state, ready).state
    linked = province_set(state, {"DanhSachGiayToKetQua": [{**result, "DuongDanTepTinKetQua": "link"}], "TrangThaiHoSo": "4"})
    again = fold_op(RULES, linked, {**ready, "base_rev": 3}).state
    assert again.ho_so["DanhSachGiayToKetQua"][0]["DuongDanTepTinKetQua"] == "link"


def test_a_paid_obligation_lets_the_work_go_on():
    waiting = province_set(fold_op(RULES, None, received()).state, {"TrangThaiHoSo": "6"})
    fee = received()["ho_so"]["DanhSachLePhi"][0]
    facts = {"MaPhiLePhi": fee["MaPhiLePhi"], "HinhThucThu": fee["HinhThucThu"], "settles_obligation": True}
    assert fold_op(RULES, waiting, following("fee.collected", facts)).state.ho_so["TrangThaiHoSo"] == "4"
    owed = fold_op(RULES, waiting, following("fee.collected", {**facts, "settles_obligation": False}))
    assert owed.state.ho_so["TrangThaiHoSo"] == "6"


def test_a_condition_of_a_newer_table_never_holds_by_itself():
    state = fold_op(RULES, None, received()).state
    rules = copy.deepcopy(RULES)
    rules["events"]["note.added"]["moves"] = [{"from": ["*"], "to": "9", "only_if": "the moon is full"}]
    assert fold_op(rules, state, following("note.added", {})).reason == "bad_transition"


@pytest.mark.parametrize("status", ["3", "7", "8"])
def test_nothing_moves_a_closed_dossier(status):
    closed = province_set(fold_op(RULES, None, received()).state, {"TrangThaiHoSo": status})
    assert fold_op(RULES, closed, following("deadline.extended", {})).reason == "closed"
