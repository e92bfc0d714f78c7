"""Whether a national record can be sent: every member is there, of its kind, and says nothing that is not so (province contract 4.1, 19).

A record that fails is shown to a person; no dummy value is ever put in its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

TEXTS = (
    "MaHoSo", "MaTTHC", "TenTTHC", "MaLinhVuc", "TenLinhVuc", "KenhThucHien", "ChuHoSo", "LoaiDoiTuong", "MaDoiTuong", "ThongTinKhac",
    "Email", "Fax", "SoDienThoai", "TrichYeuHoSo", "NgayNopHoSo", "NgayTiepNhan", "NgayHenTra", "TrangThaiHoSo", "NgayTra", "ThongTinTra",
    "HinhThuc", "NgayKetThucXuLy", "NgayTuChoi", "DonViXuLy", "GhiChu", "NoiNopHoSo", "HoSoCoThanhPhanSoHoa",
    "TaiKhoanDuocXacThucVoiVNeID", "DuocThanhToanTrucTuyen",
)
LISTS = (
    "DinhDanhCHS", "DSKetNoiCSDL", "TaiLieuNop", "DanhSachLePhi", "DanhSachTepDinhKemKhac", "DanhSachHoSoBoSung", "DanhSachGiayToKetQua",
)
"""The 36 members: texts, and lists of elements."""
LONGEST_SUMMARY = 1000
_CODE = re.compile(r"[A-Z0-9.]+-\d{6}-\d{3,8}|TAM-[0-9A-Z.]+-\d{6}-\d{4}")
_CLOSED = {"3": "NgayTuChoi", "10": "NgayTra"}
"""A status and the day that it can't be without."""


def _one_of(*values: str) -> Callable[[str], bool]:
    return frozenset(values).__contains__


def _moment(text: str) -> bool:
    """``yyyyMMddHHmmss`` of a day that exists, or nothing."""
    if not text:
        return True
    try:
        return datetime.strptime(text, "%Y%m%d%H%M%S").strftime("%Y%m%d%H%M%S") == text  # noqa: DTZ007  wall clock by definition
    except ValueError:
        return False


_CHECKS: dict[str, Callable[[str], bool]] = {
    "MaHoSo": lambda text: _CODE.fullmatch(text) is not None,
    "MaTTHC": bool, "TenTTHC": bool, "ChuHoSo": bool,
    "KenhThucHien": _one_of("1", "2", "3"), "LoaiDoiTuong": _one_of("1", "2", "3", "4"),
    "TrangThaiHoSo": _one_of(*map(str, range(1, 11))), "HinhThuc": _one_of("0", "1"), "NoiNopHoSo": _one_of("1", "2"),
    "HoSoCoThanhPhanSoHoa": _one_of("0", "1"), "TaiKhoanDuocXacThucVoiVNeID": _one_of("0", "1"),
    "DuocThanhToanTrucTuyen": _one_of("0", "1", "2", "3"), "TrichYeuHoSo": lambda text: len(text) <= LONGEST_SUMMARY,
    **dict.fromkeys(("NgayNopHoSo", "NgayTiepNhan", "NgayHenTra", "NgayTra", "NgayKetThucXuLy", "NgayTuChoi"), _moment),
}


def faults(record: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the members that are wrong, in the order of the record; empty where it can be sent."""
    wrong = {name for name in TEXTS if not isinstance(record.get(name), str)}
    wrong |= {name for name in LISTS if not isinstance(record.get(name), list)}
    wrong |= {name for name, holds in _CHECKS.items() if name not in wrong and not holds(record[name])}
    wrong |= set(_across(record, wrong))
    return tuple(name for name in (*TEXTS, *LISTS) if name in wrong)


def _across(record: Mapping[str, Any], wrong: Collection[str]) -> Iterator[str]:
    """Yield members that are wrong beside others: an end without its day, a number that is nobody's."""
    if "TrangThaiHoSo" not in wrong and (day := _CLOSED.get(record["TrangThaiHoSo"])) and not record.get(day):
        yield day
    if "DinhDanhCHS" not in wrong and not all(map(_is_identity, record["DinhDanhCHS"])):
        yield "DinhDanhCHS"


def _is_identity(element: object) -> bool:
    """A number of 12 (kind 1) or 9 digits (kind 2); one of the same digit throughout stands for nobody."""
    if not isinstance(element, Mapping):
        return False
    kind, number = element.get("LoaiDinhDanh"), element.get("SoDinhDanh")
    length = {"1": 12, "2": 9}.get(str(kind))
    return isinstance(number, str) and number.isascii() and number.isdigit() and len(number) == length and len(set(number)) > 1
