"""What the national record says, taken into the desk's own dossier, member by member (province contract 12, 19).

The desk keeps more than the record has (papers, hand-overs, who did what); of that nothing is lost. What the desk has no place for stays in
the event that brought it. A value that can't be read leaves what the desk had.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from counter_app.domain.codes import parse_code
from counter_app.domain.dossier import (
    CLOSED,
    NATIONAL_STATUS,
    PAID_AT_PROVINCE,
    RESOLVED,
    Applicant,
    ApplicantKind,
    Channel,
    CodeOfDossier,
    DeliveryMethod,
    Dossier,
    FeeLine,
    FeeMethod,
    FeeStage,
    Status,
)
from counter_app.domain.ids import new_id
from counter_app.domain.life import Ending, HandedBack, ReceiverKind, ResultPaper, Supplement
from counter_app.domain.moments import VIETNAM
from counter_app.domain.projection import appointed
from counter_app.domain.record import PAID_ONLINE
from counter_app.domain.text import tidy

Record = Mapping[str, Any]
PROVINCE_CODE = "province"
"""The kind of a code that the province gave."""
STATUSES = {str(number): status for status, number in NATIONAL_STATUS.items()}
_CHANNELS = {"1": Channel.DIRECT, "2": Channel.ONLINE, "3": Channel.POSTAL}
_KINDS = {str(number): kind for number, kind in enumerate(ApplicantKind, start=1)}
_STAGES = {"1": FeeStage.INTAKE, "2": FeeStage.SUPPLEMENT, "4": FeeStage.RESULT}
_HOW_PAID = ("0", "1", "2", "3")
_ENDED = frozenset({Status.NOT_ACCEPTED, Status.HALTED, Status.WITHDRAWN})
_BEFORE_ACCEPTANCE = frozenset({Status.SUBMITTED_ONLINE, Status.AWAITING_SUPPLEMENT, Status.NOT_ACCEPTED, Status.WITHDRAWN})


def read_national(text: object) -> datetime | None:
    """Read ``yyyyMMddHHmmss``; None for the empty text and for what is no such time."""
    try:
        return datetime.strptime(str(text), "%Y%m%d%H%M%S").replace(tzinfo=VIETNAM)
    except ValueError:
        return None


def from_province(  # noqa: PLR0917  what the feed tells of a dossier, in its order
    dossier_id: str, record: Record, codes: Collection[str], address: str, procedure_version: str, at: datetime,
) -> Dossier:
    """Return a dossier that this desk did not know: filed online, or given by another computer or commune.

    Raises:
        ValueError: its code, which names its papers and files here, is none; as :func:`adopted`.
    """
    filed = read_national(record["NgayTiepNhan"]) or read_national(record["NgayNopHoSo"]) or at
    code = tidy(record["MaHoSo"])
    if parse_code(code) is None:
        raise ValueError(code)
    channel = _CHANNELS.get(record["KenhThucHien"], Channel.ONLINE)
    blank = Dossier(
        dossier_id=dossier_id, code=code, procedure_code="", procedure_name="", procedure_version=procedure_version, field_name="",
        status=Status.SUBMITTED_ONLINE, channel=channel, applicant=Applicant(ApplicantKind.PERSON, "", address=tidy(address)),
        received_at=filed, due_at=None, printed_due_at=None, awaiting_acceptance=True,
        codes=tuple(CodeOfDossier(tidy(each), PROVINCE_CODE) for each in dict.fromkeys((code, *codes))),
        online_level="full" if channel is Channel.ONLINE else "",
    )
    return replace(adopted(blank, record, MEMBERS, at), procedure_version=procedure_version)


def adopted(dossier: Dossier, record: Record, members: Collection[str], at: datetime) -> Dossier:
    """Return a dossier with the ``members`` of a record taken into it; ``at`` is when the province changed them.

    Raises:
        LookupError, TypeError, ValueError: the record has another shape than the contract's.
    """
    for name, take in _TAKERS.items():
        if name in members:
            dossier = take(dossier, record, at)
    return dossier


def _code(dossier: Dossier, record: Record, _at: datetime) -> Dossier:
    """A second code finds the dossier too; the printed one stays its name (contract 3.3, N3, N5)."""
    code = tidy(record["MaHoSo"])
    known = {each.code for each in dossier.codes}
    return dossier if not code or code in known else replace(dossier, codes=(*dossier.codes, CodeOfDossier(code, PROVINCE_CODE)))


def _procedure(dossier: Dossier, record: Record, _at: datetime) -> Dossier:
    """A version of the catalogue counts for the procedure it was chosen for only; what that one is called there stays its name."""
    code, name, field_name = (tidy(record[each]) for each in ("MaTTHC", "TenTTHC", "TenLinhVuc"))
    summarised = replace(dossier, summary=tidy(record["TrichYeuHoSo"]) or dossier.summary)
    if code == dossier.procedure_code and dossier.procedure_version:
        return summarised
    return replace(summarised, procedure_code=code, procedure_name=name, procedure_version="", field_name=field_name)


def _applicant(dossier: Dossier, record: Record, _at: datetime) -> Dossier:
    identities = record["DinhDanhCHS"]
    number = identities[0]["SoDinhDanh"] if identities else record["ThongTinKhac"]
    return replace(dossier, applicant=replace(
        dossier.applicant, full_name=tidy(record["ChuHoSo"]), id_number=tidy(number), phone=tidy(record["SoDienThoai"]),
        email=tidy(record["Email"]), kind=_KINDS.get(record["LoaiDoiTuong"], dossier.applicant.kind)))


def _received(dossier: Dossier, record: Record, _at: datetime) -> Dossier:
    """Only what was never received yet can be received by the province."""
    received = read_national(record["NgayTiepNhan"])
    return replace(dossier, received_at=received, awaiting_acceptance=False) if received and dossier.awaiting_acceptance else dossier


def _due(dossier: Dossier, record: Record, at: datetime) -> Dossier:
    due = read_national(record["NgayHenTra"])
    return dossier if due is None and dossier.due_at is None else appointed(dossier, at, due, due.date() if due else None)


def _supplements(dossier: Dossier, record: Record, at: datetime) -> Dossier:
    """Elements do not collide: one that is new is added, one that came in at the province is closed."""
    known = {each.supplement_id: each for each in dossier.supplements}
    items = {tidy(item["HoSoBoSungId"]): item for item in record["DanhSachHoSoBoSung"]}
    told = {supplement_id: _supplement(item, known.get(supplement_id), at) for supplement_id, item in items.items()}
    merged = tuple((known | told).values())
    return replace(dossier, supplements=merged, supplement_count=max(dossier.supplement_count, len(merged)))


def _supplement(item: Mapping[str, Any], known: Supplement | None, at: datetime) -> Supplement:
    received = read_national(item["NgayTiepNhanBoSung"])
    if known is not None:
        closes = received is not None and known.received_at is None
        return replace(known, received_at=received, received_by=tidy(item["NguoiTiepNhanBoSung"]), complete=True) if closes else known
    wanted = tuple(part for part in tidy(item["NoiDungBoSung"]).split("; ") if part)
    return Supplement(
        tidy(item["HoSoBoSungId"]), read_national(item["NgayBoSung"]) or at, tidy(item["NguoiYeuCauBoSung"]), wanted, "",
        received_at=received, received_by=tidy(item["NguoiTiepNhanBoSung"]) if received else "", complete=received is not None,
        previous_due=read_national(item["NgayHenTraTruoc"]), new_due=read_national(item["NgayHenTraMoi"]))


def _results(dossier: Dossier, record: Record, _at: datetime) -> Dossier:
    known = {each.result_id for each in dossier.results}
    new = tuple(
        ResultPaper(tidy(item["GiayToId"]), tidy(item["TenGiayTo"]), tidy(item["MaGiayToKetQua"]))
        for item in record["DanhSachGiayToKetQua"] if tidy(item["GiayToId"]) not in known)
    return replace(dossier, results=(*dossier.results, *new))


def _fees(dossier: Dossier, record: Record, at: datetime) -> Dossier:
    """What the province asks for is owed here, unless it was paid on the portal: that is no money of this desk."""
    how = record["DuocThanhToanTrucTuyen"]
    pay = partial(_paid_there, at=at) if how in PAID_ONLINE else _as_it_is
    known = {(each.fee_code, each.stage) for each in dossier.fees}
    told = (_told_fee(item, at) for item in record["DanhSachLePhi"] if dossier.awaiting_acceptance)
    new = [each for each in told if (each.fee_code, each.stage) not in known]
    return replace(dossier, fees=tuple(map(pay, (*dossier.fees, *new))), paid_online=how if how in _HOW_PAID else dossier.paid_online)


def _told_fee(item: Mapping[str, Any], at: datetime) -> FeeLine:
    stage = _STAGES.get(item["HinhThucThu"], FeeStage.INTAKE)
    return FeeLine(new_id(at), tidy(item["TenPhiLePhi"]), int(item["Gia"]), FeeMethod.UNPAID, tidy(item["MaPhiLePhi"]), stage=stage)


def _paid_there(line: FeeLine, at: datetime) -> FeeLine:
    return replace(line, method=FeeMethod.PORTAL, collected_at=at, collector=PAID_AT_PROVINCE) if line.is_owed else line


def _as_it_is(line: FeeLine) -> FeeLine:
    return line


def _holder(dossier: Dossier, record: Record, _at: datetime) -> Dossier:
    unit = tidy(record["DonViXuLy"])
    return dossier if unit == (dossier.holder or dossier.handled_by) else replace(dossier, holder=unit)


def _note(dossier: Dossier, record: Record, _at: datetime) -> Dossier:
    return dossier if dossier.ending else replace(dossier, note=tidy(record["GhiChu"]))


def _delivery(dossier: Dossier, record: Record, _at: datetime) -> Dossier:
    by_post = record["HinhThuc"] == "1"
    known = dossier.delivery is DeliveryMethod.POSTAL
    return dossier if by_post == known else replace(dossier, delivery=DeliveryMethod.POSTAL if by_post else DeliveryMethod.DESK)


def _finished(dossier: Dossier, record: Record, _at: datetime) -> Dossier:
    return replace(dossier, finished_at=read_national(record["NgayKetThucXuLy"]) or read_national(record["NgayTuChoi"]))


def _returned(dossier: Dossier, record: Record, _at: datetime) -> Dossier:
    returned = read_national(record["NgayTra"])
    if returned is None or dossier.handed_back is not None:
        return replace(dossier, returned_at=returned) if returned else dossier
    by_post = record["HinhThuc"] == "1"
    kind = ReceiverKind.POST if by_post else ReceiverKind.OTHER
    return replace(dossier, returned_at=returned, handed_back=HandedBack(returned, kind, tidy(record["ThongTinTra"]), by_post=by_post))


def _status(dossier: Dossier, record: Record, at: datetime) -> Dossier:
    """Take the status over, with what follows from it: an ending, an open request for papers, a step that no longer runs."""
    status = STATUSES.get(record["TrangThaiHoSo"])
    if status is None or status is dossier.status:
        return dossier
    moved = replace(
        dossier, status=status, closed_as=status.value if status in CLOSED else "", ending=_ending(status, record, at),
        supplement_open_since=_asked_since(dossier, at) if status is Status.AWAITING_SUPPLEMENT else None,
        awaiting_acceptance=dossier.awaiting_acceptance and not record["NgayTiepNhan"] and status in _BEFORE_ACCEPTANCE)
    return replace(moved, step=None) if status in RESOLVED else replace(moved, finished_at=None)


def _ending(status: Status, record: Record, at: datetime) -> Ending | None:
    return Ending(read_national(record["NgayKetThucXuLy"]) or at, tidy(record["GhiChu"])) if status in _ENDED else None


def _asked_since(dossier: Dossier, at: datetime) -> datetime:
    return next((each.requested_at for each in reversed(dossier.supplements) if each.received_at is None), at)


_TAKERS: dict[str, Callable[[Dossier, Record, datetime], Dossier]] = {
    "MaHoSo": _code,
    **dict.fromkeys(("MaTTHC", "TenTTHC", "TenLinhVuc", "TrichYeuHoSo"), _procedure),
    **dict.fromkeys(("ChuHoSo", "LoaiDoiTuong", "DinhDanhCHS", "ThongTinKhac", "Email", "SoDienThoai"), _applicant),
    "NgayTiepNhan": _received, "NgayHenTra": _due, "DanhSachHoSoBoSung": _supplements, "DanhSachGiayToKetQua": _results,
    **dict.fromkeys(("DanhSachLePhi", "DuocThanhToanTrucTuyen"), _fees), "DonViXuLy": _holder, "GhiChu": _note, "HinhThuc": _delivery,
    **dict.fromkeys(("NgayKetThucXuLy", "NgayTuChoi"), _finished),
    "NgayTra": _returned, "TrangThaiHoSo": _status,
}
"""What each member does here, in an order in which the status finds everything it rests on."""
MEMBERS = frozenset(_TAKERS)
"""The members that the desk has a place for."""
