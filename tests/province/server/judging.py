"""Judging one op that is in the journal (contract 6.5): the first thing that fits wins, and what nothing speaks against is applied."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from tests.province.server import fold, leases, records
from tests.province.server.canon import content_fault
from tests.province.server.catalogue import is_published
from tests.province.server.contract import EVENTS, RULES, Json, Op, content_shape
from tests.province.server.fold import Dossier
from tests.province.server.naming import official_parts, reads_as_code
from tests.province.server.people import state_of
from tests.province.server.province import Province
from tests.province.server.store import row
from tests.province.server.tables import ops

Verdict = dict[str, Json]
CLOCK_SUSPECT_S = 2 * 86_400


@dataclass(frozen=True, slots=True)
class Case:
    """An op before the court; ``dossier`` is the one it is about, if that is known."""

    province: Province
    connection: Connection
    agency: str
    op: Op
    dossier: Dossier | None = None

    @property
    def code(self) -> str:
        """The code in the op's record."""
        return str(self.op["ho_so"]["MaHoSo"])


def judge(province: Province, connection: Connection, agency: str, op: Op, number: int | None = None) -> Verdict:
    """Return the outcome of an op, and apply it when that is ``applied``. ``same_as`` in it: it is another copy of that op.

    ``number``: the op's place in the journal, when it is there already.
    """
    early = _form(province, op) or _seen_before(connection, agency, op, number)
    if early is not None:
        return early
    if EVENTS[op["type"]].get("no_dossier"):
        return {"outcome": "applied", "rev": 0, **_warned(_general_warnings(province, connection, agency, op))}
    case = Case(province, connection, agency, op, records.load(connection, agency, op["dossier_id"]))
    return next((verdict for verdict in (check(case) for check in CHECKS) if verdict is not None), None) or _applied(case)


def rejected(code: str, field: str) -> Verdict:
    """Return the outcome of an op that is wrong in itself."""
    return {"outcome": "rejected", "code": code, "field": field, "message_vi": SENTENCES.get(code, "Bản ghi không hợp lệ.")}


def conflict(reason: str, fields: list[str], dossier: Dossier, *, record: bool = True) -> Verdict:
    """Return the outcome of an op that came too late; ``record`` False where the dossier is another one."""
    current: dict[str, Json] = {"dossier_id": dossier.dossier_id, "rev": dossier.rev}
    shown = {**current, "ho_so": dossier.ho_so} if record else current
    sentence = SENTENCES.get(reason, "Cần người xem lại.")
    return {"outcome": "conflict", "reason": reason, "fields": fields, "current": shown, "message_vi": sentence}


def held(reason: str, **missing: Json) -> Verdict:
    """Return the outcome of an op that waits."""
    return {"outcome": "held", "reason": reason, "missing": missing}


def _form(province: Province, op: Op) -> Verdict | None:
    if op["type"] not in province.op_types:
        return held("unsupported_type", type=op["type"])
    fault = content_fault(op)
    if fault is not None:
        return rejected(*fault)
    wrong = next(content_shape(op["type"]).iter_errors(op), None)
    return None if wrong is None else rejected("schema", str(wrong.absolute_path[0]) if wrong.absolute_path else "facts")


def _seen_before(connection: Connection, agency: str, op: Op, number: int | None) -> Verdict | None:
    query = select(ops).where(ops.c.agency == agency, ops.c.op_id == op["op_id"], ops.c.first.is_(None))
    first = row(connection, (query if number is None else query.where(ops.c.number < number)).order_by(ops.c.number))
    if first is None:
        return None
    same = all(first["body"][name] == op[name] for name in ("type", "dossier_id", "facts"))
    return {"same_as": first["number"]} if same else rejected("op_id_reused", "op_id")


def _code(case: Case) -> Verdict | None:
    if not reads_as_code(case.code):
        return rejected("code_format", "ho_so.MaHoSo")
    parts = official_parts(case.code)
    own = case.dossier is not None and case.code in case.dossier.codes
    return rejected("agency_mismatch", "ho_so.MaHoSo") if parts is not None and parts[0] != case.agency and not own else None


def _procedure(case: Case) -> Verdict | None:
    code = case.op["ho_so"]["MaTTHC"]
    known = case.dossier is not None and case.dossier.ho_so["MaTTHC"] == code
    return None if known or is_published(case.connection, code) else rejected("unknown_procedure", "ho_so.MaTTHC")


def _content(case: Case) -> Verdict | None:
    if case.op["type"] == fold.CORRECTION:
        names = [change["field"] for change in case.op["facts"]["changes"]]
        if any(name not in RULES["correctable"] and not name.startswith("intake.") for name in names):
            return rejected("field_not_allowed", "facts.changes")
    member = fold.fact_mismatch(case.op)
    if member is not None:
        return rejected("facts_mismatch", f"ho_so.{member}")
    record = case.op["ho_so"]
    return rejected("date_order", "ho_so.NgayHenTra") if record["NgayHenTra"] and record["NgayHenTra"] < record["NgayTiepNhan"] else None


def _dossier(case: Case) -> Verdict | None:
    if case.dossier is not None:
        return None if case.code in case.dossier.codes else rejected("code_mismatch", "ho_so.MaHoSo")
    if not EVENTS[case.op["type"]].get("creates"):
        return held("dependency", dossier_id=case.op["dossier_id"])
    others = records.with_code(case.connection, case.agency, case.code)
    return conflict("code_in_use", ["MaHoSo"], others[0], record=False) if others else None


def _move(case: Case) -> Verdict | None:
    dossier, op = case.dossier, case.op
    if dossier is None:
        return None
    if dossier.reassigned_to is not None:
        return conflict("closed", [fold.STATUS], dossier)
    if fold.next_status(dossier, op) is None:
        return conflict(fold.why_not(dossier, op), [fold.STATUS], dossier)
    if op["type"] == "supplement.received" and any(fold.find(dossier.ho_so, element) is None for element in fold.elements(op)):
        return conflict("supplement_unknown", ["DanhSachHoSoBoSung"], dossier)
    if op["type"] == fold.CORRECTION and (dossier.handed_over or dossier.status not in ("2", "5")):
        return held("awaiting_province")
    stale = fold.stale_members(dossier, op)
    return conflict("stale_field", stale, dossier) if stale else None


CHECKS: tuple[Callable[[Case], Verdict | None], ...] = (_code, _procedure, _content, _dossier, _move)
"""What may speak against an op whose form is right, in the contract's order."""

SENTENCES = {
    "schema": "Bản ghi sai cấu trúc.", "not_nfc": "Chữ trong bản ghi không đúng chuẩn mã.", "code_format": "Mã hồ sơ sai dạng.",
    "agency_mismatch": "Mã hồ sơ thuộc đơn vị khác.", "unknown_procedure": "Thủ tục không có trong danh mục của tỉnh.",
    "field_not_allowed": "Mục này không được sửa.", "facts_mismatch": "Nội dung sự kiện khác với hồ sơ.",
    "date_order": "Ngày hẹn trả trước ngày tiếp nhận.", "code_mismatch": "Mã trong bản ghi không phải mã của hồ sơ.",
    "op_id_reused": "Số bản ghi đã dùng cho nội dung khác.", "refused_by_province": "Tỉnh không đồng ý sửa.",
    "bad_transition": "Tỉnh đã chuyển hồ sơ sang trạng thái khác.", "closed": "Hồ sơ đã kết thúc tại tỉnh.",
    "already_returned": "Hồ sơ đã được ghi là trả kết quả.", "already_received": "Hồ sơ đã được ghi là tiếp nhận.",
    "stale_field": "Tỉnh đã đổi mục này. Cần chọn một giá trị.", "code_in_use": "Mã hồ sơ đã có ở một hồ sơ khác.",
    "supplement_unknown": "Tỉnh không có lần yêu cầu bổ sung này.",
}
"""What the clerk may read beside an outcome."""


def _applied(case: Case) -> Verdict:
    """Apply an op that nothing speaks against, and say so in the feed."""
    op, dossier = case.op, case.dossier
    warnings = _general_warnings(case.province, case.connection, case.agency, op)
    if dossier is None:
        dossier = fold.created(op)
        dossier.agency = case.agency
        changed = [*dossier.ho_so, "codes", "intake"]
        warnings += _code_warnings(case)
    else:
        if op["type"] == "result.returned" and dossier.status != "9":
            warnings.append(("returned_before_ready", fold.STATUS))
        knew_all = op["base_rev"] == dossier.rev
        changed = fold.apply(dossier, op, fold.next_status(dossier, op) or dossier.status)
        warnings += [("projection_mismatch", name) for name in fold.differs(dossier, op)[:1] if knew_all]
    records.save(case.province, case.connection, dossier)
    records.publish_update(case.province, case.connection, dossier, changed, op_id=op["op_id"])
    if "tien_do" in changed:
        records.publish_progress(case.province, case.connection, dossier)
    return {"outcome": "applied", "rev": dossier.rev, **_warned(warnings)}


def _general_warnings(province: Province, connection: Connection, agency: str, op: Op) -> list[tuple[str, str]]:
    warnings = []
    if state_of(connection, agency, op["actor"]["user_id"]) in ("locked", "left"):
        warnings.append(("actor_revoked", "actor"))
    if _seconds(op["occurred_at"]) > province.clock.seconds() + CLOCK_SUSPECT_S:
        warnings.append(("clock_suspect", "occurred_at"))
    return warnings


def _code_warnings(case: Case) -> list[tuple[str, str]]:
    """N6: a printed code is taken as it is, and what is odd about it is said."""
    parts = official_parts(case.code)
    if parts is None:
        return []
    _, day, serial = parts
    facts = case.op["facts"]
    received = str(facts.get("received_at") or facts.get("refused_at"))[:10]
    odd = [] if day == received[2:].replace("-", "") else [("code_date_differs", "ho_so.MaHoSo")]
    own = len(case.code.rpartition("-")[2]) == 4
    lent = own and leases.holds(case.connection, case.op["device"], serial, f"20{day[:2]}-{day[2:4]}-{day[4:]}")
    return odd if lent else [*odd, ("code_outside_lease", "ho_so.MaHoSo")]


def _warned(warnings: list[tuple[str, str]]) -> dict[str, Any]:
    return {"warnings": [{"code": code, "field": field} for code, field in warnings]} if warnings else {}


def _seconds(at: str) -> float:
    """Return the seconds since 1970 of an envelope time; 0 of one that no calendar has."""
    try:
        return datetime.fromisoformat(at).timestamp()
    except ValueError:
        return 0.0
