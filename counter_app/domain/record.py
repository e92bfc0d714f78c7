"""The national record of a dossier: 36 members, strings only, nothing left out (province contract 4.1, 19)."""

from __future__ import annotations

from counter_app.domain.catalogue import Procedure
from counter_app.domain.dossier import NATIONAL_STATUS, ApplicantKind, Channel, DeliveryMethod, Dossier, FeeLine, FeeMethod, Status
from counter_app.domain.events import JsonObject
from counter_app.domain.moments import national

AT_INTAKE = "1"
"""HinhThucThu of a fee that falls due at intake."""
_CHANNELS = {Channel.DIRECT: "1", Channel.ONLINE: "2", Channel.POSTAL: "3"}
_KINDS = {kind: str(number) for number, kind in enumerate(ApplicantKind, start=1)}
_ID_KINDS = {12: "1", 9: "2"}
_LONGEST_SUMMARY = 1000


def national_record(dossier: Dossier, procedure: Procedure | None = None) -> JsonObject:
    """Return the complete record of a dossier as it stands; what is not set is ``""`` or ``[]``.

    ``procedure`` gives the full name where the dossier keeps a short one. Files, supplements and results have events of their own
    and are not part of what a dossier alone can tell.
    """
    applicant, refused = dossier.applicant, dossier.status is Status.NOT_ACCEPTED
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
        "NgayNopHoSo": national(dossier.received_at),
        "NgayTiepNhan": "" if refused else national(dossier.received_at),
        "NgayHenTra": national(dossier.due_at),
        "TrangThaiHoSo": str(NATIONAL_STATUS[dossier.status]),
        "NgayTra": national(dossier.returned_at),
        "ThongTinTra": "",
        "HinhThuc": "1" if dossier.delivery is DeliveryMethod.POSTAL else "0",
        "NgayKetThucXuLy": national(dossier.finished_at),
        "NgayTuChoi": national(dossier.finished_at) if refused else "",
        "DonViXuLy": dossier.holder or dossier.handled_by,
        "GhiChu": dossier.note,
        "NoiNopHoSo": "1" if dossier.channel is Channel.ONLINE else "2",
        "HoSoCoThanhPhanSoHoa": "0",
        "TaiKhoanDuocXacThucVoiVNeID": "0",
        "DuocThanhToanTrucTuyen": "1" if any(line.method is FeeMethod.PORTAL for line in dossier.fees) else "0",
        "DSKetNoiCSDL": [],
        "TaiLieuNop": [],
        "DanhSachLePhi": _fee_elements(dossier),
        "DanhSachTepDinhKemKhac": [],
        "DanhSachHoSoBoSung": [],
        "DanhSachGiayToKetQua": [],
    }


def fee_code(dossier: Dossier, line: FeeLine) -> str:
    """Return the MaPhiLePhi of a fee line: its own code, else its place in the dossier, so that the element has a key of its own.

    Raises:
        ValueError: the dossier has no such line.
    """
    return line.fee_code or f"P{[each.fee_line_id for each in dossier.fees].index(line.fee_line_id) + 1:02d}"


def _fee_elements(dossier: Dossier) -> list[dict[str, str]]:
    """Return one element for each key; lines under the same fee code (two originals) are one amount due."""
    due: dict[str, tuple[str, int]] = {}
    for line in dossier.fees:
        code = fee_code(dossier, line)
        name, amount = due.get(code, (line.name, 0))
        due[code] = name, amount + line.amount_vnd
    return [
        {"TenPhiLePhi": name, "MaPhiLePhi": code, "HinhThucThu": AT_INTAKE, "Gia": str(amount), "LoaiPhiLePhi": "1"}
        for code, (name, amount) in due.items()
    ]


def _identity(id_number: str) -> JsonObject:
    """Return an identity of 12 (kind 1) or 9 digits (kind 2); the number of another paper goes into ThongTinKhac."""
    kind = _ID_KINDS.get(len(id_number)) if id_number.isdigit() and id_number.isascii() else None
    if kind is None:
        return {"DinhDanhCHS": [], "ThongTinKhac": id_number}
    return {"DinhDanhCHS": [{"LoaiDinhDanh": kind, "SoDinhDanh": id_number}], "ThongTinKhac": ""}
