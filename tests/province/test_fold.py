"""The province's fold beside the desk's: written apart, from one table of rules, they make the same record of any history."""

import copy
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain.event_fold import fold_op
from tests.domain.province_folds import province_set
from tests.province.conformance.desk import RECORD
from tests.province.server import fold
from tests.province.server.contract import EVENTS, RULES

DOSSIER = "01a205b3-d000-7d57-bbaa-667cf005fbcc"
LANES = st.sampled_from([("D7K2M9Q4", "5f0c9a7be21d4468"), ("D7K2M9Q4", "c0ffee0012345678"), ("D3X8P1TW", "a1b2c3d4e5f60718")])
KEYS = st.sampled_from(["k1", "k2"])
TEXTS = st.sampled_from(["", "một", "hai", "20261123080000", "20261130080000"])
KINDS = st.sampled_from(sorted(kind for kind in EVENTS if kind != "checkpoint"))
SCALARS = sorted(name for name in RULES["record_members"] if name not in RULES["array_members"] and name not in ("TrangThaiHoSo", "MaHoSo"))


def element(array, key, text, deleted=False):
    """Return an element of an array of the record."""
    shapes = {
        "TaiLieuNop": {"TepDinhKemId": key, "TenTepDinhKem": text, "IsDeleted": str(deleted), "DuocSoHoa": "1", "DuongDanTaiTepTin": text},
        "DanhSachLePhi": {"MaPhiLePhi": key, "HinhThucThu": "1", "Gia": text}, "DanhSachHoSoBoSung": {"HoSoBoSungId": key, "TrangThaiBoSung": text},
        "DanhSachGiayToKetQua": {"GiayToId": key, "TenGiayTo": text, "DuongDanTepTinKetQua": ""},
    }
    return shapes[array]


@st.composite
def ops(draw):
    """Draw an op of any type; its facts name what its record holds."""
    kind, (device, epoch) = draw(KINDS), draw(LANES)
    record = {**copy.deepcopy(RECORD), **{name: draw(TEXTS) for name in draw(st.sets(st.sampled_from(SCALARS), max_size=4))}}
    key, text = draw(KEYS), draw(TEXTS)
    facts = {"supplement_id": key, "MaPhiLePhi": key, "HinhThucThu": "1", "target": draw(st.sampled_from(["TaiLieuNop", "DanhSachGiayToKetQua"])),
             "file_id": key, "settles_obligation": draw(st.booleans()), "results": [{"GiayToId": key}], "tien_do": {"NoiDungXuLy": text}, "text": text}
    if kind == "attachment.unlinked":
        facts["target"] = "TaiLieuNop"
    for array in RULES["array_keys"]:
        record[array] = [element(array, each, draw(TEXTS), draw(st.booleans())) for each in ("k1", "k2")]
    if kind == "dossier.corrected":
        names = draw(st.sets(st.sampled_from([*RULES["correctable"], "intake.applicant.address"]), min_size=1, max_size=2))
        facts = {"changes": [{"field": name, "old": None, "new": record.get(name, text)} for name in sorted(names)]}
    if kind == "dossier.received":
        facts = {"code": "x", "note": text}
    return {"type": kind, "dossier_id": DOSSIER, "device": device, "epoch": epoch, "base_rev": draw(st.integers(0, 6)), "facts": facts, "ho_so": record}


def judged(dossier, op):
    """Say what the province does with an op, in the words of the desk's fold; returns that and the dossier."""
    if dossier is None:
        if not EVENTS[op["type"]].get("creates"):
            return ("held", "dependency", ()), None
        return ("applied", "", ()), fold.created(op)
    if fold.next_status(dossier, op) is None:
        return ("conflict", fold.why_not(dossier, op), (fold.STATUS,)), dossier
    if op["type"] == "supplement.received" and any(fold.find(dossier.ho_so, one) is None for one in fold.elements(op)):
        return ("conflict", "supplement_unknown", ("DanhSachHoSoBoSung",)), dossier
    if op["type"] == fold.CORRECTION and (dossier.handed_over or dossier.status not in ("2", "5")):
        return ("held", "awaiting_province", ()), dossier
    stale = fold.stale_members(dossier, op)
    if stale:
        return ("conflict", "stale_field", tuple(stale)), dossier
    fold.apply(dossier, op, fold.next_status(dossier, op))
    return ("applied", "", ()), dossier


PROVINCE_SETS = st.dictionaries(st.sampled_from(SCALARS), TEXTS, min_size=1, max_size=3)
FIRST = {"type": "dossier.received", "dossier_id": DOSSIER, "device": "D7K2M9Q4", "epoch": "5f0c9a7be21d4468", "base_rev": 0,
         "facts": {"applicant": {"name": "Công dân mẫu"}}, "ho_so": {**RECORD, "MaHoSo": "H99.10.05-261123-2000", "NgayTiepNhan": "20261123080000"}}


def only_intake(fields):
    """Say whether a conflict is about the intake alone: the desk doesn't keep at which rev a path in it was set."""
    return bool(fields) and all(name.startswith("intake.") for name in fields)


@settings(max_examples=60, deadline=None)
@given(history=st.lists(ops() | PROVINCE_SETS, max_size=14), received=st.booleans())
def test_both_folds_make_the_same_of_any_history(history, received):
    state = dossier = None
    for step in [*([FIRST] if received else []), *history]:
        if "type" not in step:
            if dossier is not None:
                fold.province_sets(dossier, step)
                state = province_set(state, step)
            continue
        said, dossier = judged(dossier, step)
        if said[1] == "stale_field" and only_intake(said[2]):
            continue
        folded = fold_op(RULES, state, step)
        state = folded.state
        assert (folded.outcome, folded.reason) == said[:2]
        assert {name for name in said[2] if not name.startswith("intake.")} == set(folded.fields)
        if dossier is not None:
            assert (dossier.rev, dossier.ho_so, dossier.handed_over) == (state.rev, state.ho_so, state.handed_over)
            assert json.dumps(dossier.intake, sort_keys=True) == json.dumps(state.intake, sort_keys=True)


def test_a_path_into_the_intake_goes_stale_like_a_member():
    dossier = fold.created(FIRST)
    change = {"changes": [{"field": "intake.submitter.phone", "old": None, "new": "1"}]}
    ours = {**FIRST, "type": fold.CORRECTION, "facts": change}
    fold.apply(dossier, ours, "2")
    assert dossier.intake["submitter"] == {"phone": "1"}
    theirs = {**ours, "device": "D3X8P1TW", "base_rev": 1}
    assert fold.stale_members(dossier, theirs) == ["intake.submitter.phone"]
    assert fold.stale_members(dossier, {**theirs, "base_rev": 2}) == []
    assert fold.stale_members(dossier, ours) == []


def test_what_was_handed_to_the_province_comes_back_to_it_after_a_supplement():
    dossier = fold.created(FIRST)
    fold.province_sets(dossier, {"TrangThaiHoSo": "4"})
    fold.province_sets(dossier, {"TrangThaiHoSo": "5"})
    assert fold.next_status(dossier, {**FIRST, "type": "supplement.received", "facts": {"supplement_id": "k1"}}) == "4"


def test_a_difference_in_what_belongs_to_the_province_is_none():
    dossier = fold.created(FIRST)
    dossier.ho_so["TaiLieuNop"] = [element("TaiLieuNop", "k1", "kho/a.pdf")]
    same = {**FIRST, "ho_so": {**FIRST["ho_so"], "TaiLieuNop": [{**element("TaiLieuNop", "k1", "kho/a.pdf"), "DuongDanTaiTepTin": ""}],
                               "MaDoiTuong": "x", "TrangThaiHoSo": "9"}}
    assert fold.differs(dossier, same) == []
    assert fold.differs(dossier, {**same, "ho_so": {**same["ho_so"], "GhiChu": "khác"}}) == ["GhiChu"]
