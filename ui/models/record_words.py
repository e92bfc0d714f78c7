"""Members of the national record as people call them, and their values as people read them."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from counter_app.domain.province_adoption import STATUSES, read_national
from counter_app.services.ports import JsonValue
from ui.models.states import status_word

_NAMES = {
    "TrangThaiHoSo": QT_TRANSLATE_NOOP("Record", "State"), "ChuHoSo": QT_TRANSLATE_NOOP("Record", "Applicant"),
    "SoDienThoai": QT_TRANSLATE_NOOP("Record", "Phone"), "Email": QT_TRANSLATE_NOOP("Record", "Email"),
    "TrichYeuHoSo": QT_TRANSLATE_NOOP("Record", "Summary"), "NgayTiepNhan": QT_TRANSLATE_NOOP("Record", "Received at"),
    "NgayHenTra": QT_TRANSLATE_NOOP("Record", "Appointment"), "NgayTra": QT_TRANSLATE_NOOP("Record", "Returned at"),
    "NgayTuChoi": QT_TRANSLATE_NOOP("Record", "Refused at"), "NgayKetThucXuLy": QT_TRANSLATE_NOOP("Record", "Finished at"),
    "HinhThuc": QT_TRANSLATE_NOOP("Record", "How it was returned"), "ThongTinTra": QT_TRANSLATE_NOOP("Record", "Returned to"),
    "DonViXuLy": QT_TRANSLATE_NOOP("Record", "Unit at work"), "GhiChu": QT_TRANSLATE_NOOP("Record", "Note"),
    "MaTTHC": QT_TRANSLATE_NOOP("Record", "Procedure"), "DanhSachLePhi": QT_TRANSLATE_NOOP("Record", "Fees"),
    "DanhSachHoSoBoSung": QT_TRANSLATE_NOOP("Record", "Supplements"), "TaiLieuNop": QT_TRANSLATE_NOOP("Record", "Papers"),
    "DanhSachGiayToKetQua": QT_TRANSLATE_NOOP("Record", "Results"),
}


def _words(source: object) -> str:
    return QCoreApplication.translate("Record", str(source))


def member_word(name: str) -> str:
    """Return what a member is called; one that this version has no words for is shown by its name."""
    return _words(_NAMES[name]) if name in _NAMES else name


def value_words(name: str, value: JsonValue) -> str:
    """Return a value as people read it; a dash for none."""
    if not value:
        return "–"
    if isinstance(value, list):
        return _words(QT_TRANSLATE_NOOP("Record", "{count} entries")).format(count=len(value))
    if name == "TrangThaiHoSo" and str(value) in STATUSES:
        return status_word(STATUSES[str(value)])
    moment = read_national(value) if name.startswith("Ngay") else None
    return f"{moment:%H:%M %d/%m/%Y}" if moment else str(value)
