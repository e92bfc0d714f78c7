"""The national record of a dossier: 36 members, strings only, nothing left out (province contract 4.1, 19)."""

from __future__ import annotations

from counter_app.domain.catalogue import Procedure
from counter_app.domain.digitised import FiledFile, FileTarget, PaperState
from counter_app.domain.dossier import (
    NATIONAL_STATUS,
    PAID_AT_PROVINCE,
    ApplicantKind,
    Channel,
    DeliveryMethod,
    Dossier,
    FeeLine,
    FeeMethod,
    FeeStage,
    Status,
)
from counter_app.domain.events import JsonObject
from counter_app.domain.life import HandedBack, ResultPaper, Supplement
from counter_app.domain.moments import national

STAGES = {FeeStage.INTAKE: "1", FeeStage.SUPPLEMENT: "2", FeeStage.RESULT: "4"}
"""HinhThucThu of a fee by when it falls due."""
_CHANNELS = {Channel.DIRECT: "1", Channel.ONLINE: "2", Channel.POSTAL: "3"}
_PLACES = {Channel.ONLINE: "1"}
"""NoiNopHoSo: the national portal; all else is filed here."""
_KINDS = {kind: str(number) for number, kind in enumerate(ApplicantKind, start=1)}
_ID_KINDS = {12: "1", 9: "2"}
_LONGEST_SUMMARY = 1000
PAID_ONLINE = frozenset({"1", "2"})
"""DuocThanhToanTrucTuyen of what was paid: on the national portal, or by the gateway of the province or a ministry (contract 19)."""
_REUSED = {PaperState.REUSED_COMPONENT: "1", PaperState.REUSED_RESULT: "2"}


def national_record(dossier: Dossier, procedure: Procedure | None = None) -> JsonObject:
    """Return the complete record of a dossier as it stands; what is not set is ``""`` or ``[]``.

    ``procedure`` gives the full name where the dossier keeps a short one. Links to files are the province's to give.
    """
    applicant, received = dossier.applicant, national(dossier.received_at)
    papers = [_file_element(each) for each in dossier.files if each.target is FileTarget.COMPONENT]
    return {
        "MaHoSo": dossier.code,
        "MaTTHC": dossier.procedure_code,
        "TenTTHC": procedure.name if procedure else dossier.procedure_name,
        "MaLinhVuc": "",
        "TenLinhVuc": dossier.field_name,
        "KenhThucHien": _CHANNELS[dossier.channel],
        "ChuHoSo": applicant.full_name,
        "LoaiDoiTuong": _KINDS[applicant.kind],
        "MaDoiTuong": "",
        **_identity(applicant.id_number),
        "Email": applicant.email,
        "Fax": "",
        "SoDienThoai": applicant.phone,
        "TrichYeuHoSo": dossier.summary[:_LONGEST_SUMMARY],
        "NgayNopHoSo": received,
        "NgayTiepNhan": received if _was_received(dossier) else "",
        "NgayHenTra": national(dossier.due_at),
        "TrangThaiHoSo": str(NATIONAL_STATUS[dossier.status]),
        "NgayTra": national(dossier.returned_at),
        "ThongTinTra": _told(dossier.handed_back),
        "HinhThuc": _bit(_by_post(dossier)),
        "NgayKetThucXuLy": national(dossier.finished_at),
        "NgayTuChoi": _refused_at(dossier),
        "DonViXuLy": dossier.holder or dossier.handled_by,
        "GhiChu": _remark(dossier),
        "NoiNopHoSo": _PLACES.get(dossier.channel, "2"),
        "HoSoCoThanhPhanSoHoa": _bit(any(each["IsDeleted"] == "False" for each in papers)),
        "TaiKhoanDuocXacThucVoiVNeID": "0",
        "DuocThanhToanTrucTuyen": _paid_online(dossier),
        "DSKetNoiCSDL": [],
        "TaiLieuNop": papers,
        "DanhSachLePhi": _fee_elements(dossier),
        "DanhSachTepDinhKemKhac": [],
        "DanhSachHoSoBoSung": [_supplement_element(each) for each in dossier.supplements],
        "DanhSachGiayToKetQua": [_result_element(each) for each in dossier.results],
    }


def _bit(holds: bool) -> str:
    return "1" if holds else "0"


def _paid_online(dossier: Dossier) -> str:
    """Return DuocThanhToanTrucTuyen: by which gateway money was paid to the province is its own to say; what is taken here goes first."""
    told, online = dossier.paid_online, [line for line in dossier.fees if line.method is FeeMethod.PORTAL]
    by_gateway = told in PAID_ONLINE
    if online:
        return told if by_gateway and any(line.collector == PAID_AT_PROVINCE for line in online) else "1"
    return "0" if any(_counts_here(line, by_gateway=by_gateway) for line in dossier.fees) else told or "0"


def _counts_here(line: FeeLine, *, by_gateway: bool) -> bool:
    """Tell whether a fee says more than the province: it was paid at the desk, or is owed here although a gateway took money."""
    return line.is_paid or (line.is_owed and by_gateway)


def _was_received(dossier: Dossier) -> bool:
    """Tell whether the dossier was ever taken in: it stands in a register, or nobody says otherwise (an imported one)."""
    return dossier.place is not None or not (dossier.status is Status.NOT_ACCEPTED or dossier.awaiting_acceptance)


def _remark(dossier: Dossier) -> str:
    """Return why a dossier ended where it ended without a result, else what stands in column 13."""
    return dossier.ending.reason if dossier.ending else dossier.note


def _refused_at(dossier: Dossier) -> str:
    return national(dossier.finished_at) if dossier.status is Status.NOT_ACCEPTED else ""


def fee_code(dossier: Dossier, line: FeeLine) -> str:
    """Return the MaPhiLePhi of a fee line: its own code, else its place in the dossier, so that the element has a key of its own.

    Raises:
        ValueError: the dossier has no such line.
    """
    return line.fee_code or f"P{[each.fee_line_id for each in dossier.fees].index(line.fee_line_id) + 1:02d}"


def _fee_elements(dossier: Dossier) -> list[dict[str, str]]:
    """Return one element for each key; lines under the same code and stage (two originals) are one amount due."""
    due: dict[tuple[str, str], tuple[str, int]] = {}
    for line in dossier.fees:
        key = fee_code(dossier, line), STAGES[line.stage]
        name, amount = due.get(key, (line.name, 0))
        due[key] = name, amount + line.amount_vnd
    return [
        {"TenPhiLePhi": name, "MaPhiLePhi": code, "HinhThucThu": stage, "Gia": str(amount), "LoaiPhiLePhi": "1"}
        for (code, stage), (name, amount) in due.items()
    ]


def _supplement_element(supplement: Supplement) -> dict[str, object]:
    return {
        "HoSoBoSungId": supplement.supplement_id,
        "NguoiYeuCauBoSung": supplement.requested_by,
        "NoiDungBoSung": "; ".join(supplement.items),
        "NgayBoSung": national(supplement.requested_at),
        "NguoiTiepNhanBoSung": supplement.received_by if supplement.received_at else "",
        "ThongTinTiepNhan": "; ".join(supplement.received_items) if supplement.received_at else "",
        "NgayTiepNhanBoSung": national(supplement.received_at),
        "TrangThaiBoSung": "1" if supplement.received_at else "0",
        "DanhSachGiayToBoSung": [],
        "DanhSachLePhiBoSung": [],
        "NgayHenTraTruoc": national(supplement.previous_due),
        "NgayHenTraMoi": national(supplement.new_due),
    }


def _file_element(file: FiledFile) -> dict[str, str]:
    return {
        "TepDinhKemId": file.file_id, "TenTepDinhKem": file.filename, "IsDeleted": "True" if file.unlinked else "False",
        "MaThanhPhanHoSo": file.part, "DuongDanTaiTepTin": "", "DuocSoHoa": "1", "DuocTaiSuDung": _REUSED.get(file.state, "0"),
        "DuocLayTuKhoDMQG": "0", "MaKetQuaThayThe": file.result_code if file.state is PaperState.REUSED_RESULT else "",
    }


def _result_element(result: ResultPaper) -> dict[str, str]:
    return {
        "TenGiayTo": result.name, "MaThanhPhanHoSo": "", "GiayToId": result.result_id, "DuongDanTepTinKetQua": "",
        "MaGiayToKetQua": result.code,
    }


def _by_post(dossier: Dossier) -> bool:
    """How it really went back decides, before that how it was asked for."""
    return dossier.handed_back.by_post if dossier.handed_back else dossier.delivery is DeliveryMethod.POSTAL


def _told(handed_back: HandedBack | None) -> str:
    """Return who took the result; never the number of the paper they showed."""
    return handed_back.receiver_name if handed_back else ""


def _identity(id_number: str) -> JsonObject:
    """Return an identity of 12 (kind 1) or 9 digits (kind 2); the number of another paper goes into ThongTinKhac."""
    kind = _ID_KINDS.get(len(id_number)) if id_number.isdigit() and id_number.isascii() else None
    if kind is None:
        return {"DinhDanhCHS": [], "ThongTinKhac": id_number}
    return {"DinhDanhCHS": [{"LoaiDinhDanh": kind, "SoDinhDanh": id_number}], "ThongTinKhac": ""}
