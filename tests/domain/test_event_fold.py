"""The fold: the contract's day, its edge cases, and what a replay and a stale desk do."""

import copy
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.event_fold import Folded, fold_op
from counter_app.support.resources import shipped_json
from tests.domain.province_folds import province_set

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


def test_a_dossier_that_came_online_is_received_at_the_desk_once():
    """The desk's own facts join those the portal sent; a second receipt is none."""
    online = province_set(fold_op(RULES, None, received()).state, {"TrangThaiHoSo": "1"})
    facts = {**received()["facts"], "origin": "portal"}
    taken = fold_op(RULES, online, following("dossier.received", facts))
    assert (taken.outcome, taken.state.ho_so["TrangThaiHoSo"], taken.state.intake["origin"]) == ("applied", "2", "portal")
    assert set(taken.state.intake) >= set(online.intake)
    again = fold_op(RULES, taken.state, following("dossier.received", facts, base_rev=taken.state.rev))
    assert (again.outcome, again.reason) == ("conflict", "already_received")


def test_a_result_is_handed_over_once():
    returned = fold_op(RULES, fold_op(RULES, None, received()).state, following("result.returned", {"returned_at": "x", "method": "desk"}))
    assert (returned.outcome, returned.warnings) == ("applied", ("returned_before_ready",))
    again = fold_op(RULES, returned.state, following("result.returned", {"returned_at": "x", "method": "desk"}, base_rev=2))
    assert (again.outcome, again.reason) == ("conflict", "already_returned")


def test_an_element_that_the_record_does_not_have_changes_no_array():
    state = fold_op(RULES, None, received()).state
    linked = fold_op(RULES, state, following("attachment.linked", {"target": "TaiLieuNop", "file_id": "no-such-file"}))
    assert (linked.outcome, linked.state.ho_so["TaiLieuNop"]) == ("applied", state.ho_so["TaiLieuNop"])
    gone = fold_op(RULES, state, following("attachment.unlinked", {"target": "TaiLieuNop", "file_id": "no-such-file"}))
    assert gone.state.ho_so["TaiLieuNop"] == state.ho_so["TaiLieuNop"]


def test_a_correction_of_what_only_the_intake_holds_makes_the_path_it_names():
    state = fold_op(RULES, None, received()).state
    changes = [{"field": "intake.applicant.address", "old": "", "new": "Thôn Mẫu 9"}, {"field": "intake.new.branch.leaf", "old": None, "new": [1]}]
    corrected = fold_op(RULES, state, following("dossier.corrected", {"changes": changes}))
    assert corrected.outcome == "applied"
    assert corrected.state.intake["applicant"]["address"] == "Thôn Mẫu 9"
    assert corrected.state.intake["new"] == {"branch": {"leaf": [1]}}
    assert corrected.state.ho_so == state.ho_so
    assert "new" not in state.intake, "the old state is as it was"
    handed = fold_op(RULES, state, following("dossier.handed_over", {})).state
    assert fold_op(RULES, handed, following("dossier.corrected", {"changes": changes}, base_rev=2)).reason == "awaiting_province"


def facts_of(kind, number):
    """Enough facts for an event of any kind."""
    fee = received()["ho_so"]["DanhSachLePhi"][0]
    return {
        "changes": [{"field": "ChuHoSo", "old": "", "new": f"Tên {number}"}], "supplement_id": f"s{number % 2}", "results": [{"GiayToId": "g"}],
        "target": "TaiLieuNop", "file_id": "f", "MaPhiLePhi": fee["MaPhiLePhi"], "HinhThucThu": fee["HinhThucThu"],
        "settles_obligation": bool(number % 2)}


KINDS = sorted(kind for kind, rule in RULES["events"].items() if not rule.get("no_dossier"))


@given(st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 5), st.sampled_from(["desk", "other"])), max_size=12))
def test_whatever_comes_in_whatever_order_is_applied_held_or_refused_and_never_half(ops):
    state = None
    for kind, number, lane in ops:
        op = following(kind, facts_of(kind, number), base_rev=state.rev if state else 0, ChuHoSo=f"Tên {number}")
        op["device"] = op["device"] if lane == "desk" else "0" * 36
        folded = fold_op(RULES, state, op)
        assert folded.outcome in ("applied", "held", "conflict")
        assert bool(folded.reason) == (folded.outcome != "applied")
        if folded.outcome != "applied":
            assert folded.state == state, "what is not applied changes nothing"
            continue
        after = folded.state
        moves = [move["to"] for move in RULES["events"][kind]["moves"]]
        assert after.ho_so["TrangThaiHoSo"] in moves or "=" in moves
        if state is None:
            assert after.rev == 1
        else:
            assert after.rev == state.rev + 1
            may = {*RULES["events"][kind]["writes"], *RULES["events"][kind].get("fills", ()), "TrangThaiHoSo", "HoSoCoThanhPhanSoHoa"}
            may |= {change["field"] for change in op["facts"]["changes"]} if kind == "dossier.corrected" else set()
            may |= {op["facts"]["target"] if array.startswith("(") else array for array in RULES["events"][kind].get("keyed", {})}
            assert {name for name in after.ho_so if after.ho_so[name] != state.ho_so[name]} <= may
            assert all(rev <= after.rev for rev, _ in after.set_at.values())
        state = after
