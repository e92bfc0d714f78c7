"""What people of the province do to a dossier (contract 12): each act is one transaction, and the feed tells of it."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection

from tests.province.server import fold, journal, records
from tests.province.server.contract import Json
from tests.province.server.feed import publish
from tests.province.server.fold import Dossier
from tests.province.server.naming import national_time, uuid7
from tests.province.server.province import Province

MOVES = {"1": ("2", "3", "7"), "2": ("3", "4", "7"), "4": ("5", "6", "7", "8", "9"), "5": ("4", "7", "8"), "6": ("4", "7", "8"),
         "9": ("4", "7", "10")}
"""Where the province may move a dossier to; 10 only for a return by post or electronically."""

FORMS = {"3": "03", "5": "02", "8": "05"}
"""The form that the desk prints when the province moves a dossier there."""

ENDS = ("3", "7", "8", "9")
OFFICIAL_FROM = 10_000
"""Serials of the province have five digits, so they keep out of every leased range (N8)."""


class SpecialistError(ValueError):
    """The province may not do this to the dossier now."""


@dataclass(frozen=True, slots=True)
class Specialist:
    """The acts on a dossier. ``agency`` and ``dossier_id`` name it; times are envelope times; reasons are Vietnamese sentences."""

    province: Province

    def move(self, agency: str, dossier_id: str, to: str, reason: str = "", **members: Json) -> int:
        """Move a dossier to another status, with whatever else changes by it; returns its rev.

        Raises:
            SpecialistError: the contract gives the province no such move.
        """
        with self._open(agency, dossier_id) as (connection, dossier):
            self._move(connection, dossier, to, reason, members)
            return dossier.rev

    def change(self, agency: str, dossier_id: str, members: dict[str, Json], reason: str = "") -> int:
        """Set members of the record, whoever owns them; returns the rev. For trials of two-sided changes."""
        with self._open(agency, dossier_id) as (connection, dossier):
            self._change(connection, dossier, members, reason)
            return dossier.rev

    def ask_supplement(self, agency: str, dossier_id: str, items: list[str], reason: str = "") -> str:
        """Ask the citizen for papers; returns the id of the supplement. The desk prints form 02."""
        with self._open(agency, dossier_id) as (connection, dossier):
            if "5" not in MOVES.get(dossier.status, ()):
                raise SpecialistError(f"no supplement can be asked for at status {dossier.status}")
            now = self.province.clock.text()
            element = {
                "HoSoBoSungId": uuid7(self.province.clock.now()), "NguoiYeuCauBoSung": "Cán bộ tỉnh", "NoiDungBoSung": "; ".join(items),
                "NgayBoSung": national_time(now), "NguoiTiepNhanBoSung": "", "ThongTinTiepNhan": "", "NgayTiepNhanBoSung": "",
                "TrangThaiBoSung": "0", "DanhSachGiayToBoSung": [], "DanhSachLePhiBoSung": [], "NgayHenTraTruoc": "", "NgayHenTraMoi": ""}
            asked = [*dossier.ho_so["DanhSachHoSoBoSung"], element]
            self._change(connection, dossier, {fold.STATUS: "5", "DanhSachHoSoBoSung": asked}, reason)
            self._print(connection, dossier, "02", reason, items=items)
            return str(element["HoSoBoSungId"])

    def extend(self, agency: str, dossier_id: str, new_due: str, reason: str) -> int:
        """Give a dossier more time; returns the rev. The desk prints form 04."""
        with self._open(agency, dossier_id) as (connection, dossier):
            if dossier.status not in ("4", "5", "6", "9"):
                raise SpecialistError("only a dossier that was handed over gets more time from the province")
            self._change(connection, dossier, {"NgayHenTra": national_time(new_due)}, reason)
            self._print(connection, dossier, "04", reason, new_due=new_due)
            return dossier.rev

    def finish(self, agency: str, dossier_id: str, name: str, result_code: str = "KQ.G15.000021", file_link: str = "") -> int:
        """Report a dossier done, with its result; returns the rev."""
        element = {
            "TenGiayTo": name, "MaThanhPhanHoSo": "", "GiayToId": uuid7(self.province.clock.now()), "DuongDanTepTinKetQua": file_link,
            "MaGiayToKetQua": result_code}
        with self._open(agency, dossier_id) as (connection, dossier):
            self._move(connection, dossier, "9", "", {"DanhSachGiayToKetQua": [*dossier.ho_so["DanhSachGiayToKetQua"], element]})
            return dossier.rev

    def progress(self, agency: str, dossier_id: str, row: dict[str, str]) -> None:
        """Tell how far a dossier is: one national progress row. Raises no rev."""
        with self._open(agency, dossier_id) as (connection, dossier):
            dossier.tien_do.append(row)
            records.save(self.province, connection, dossier)
            records.publish_progress(self.province, connection, dossier)

    def give_code(self, agency: str, dossier_id: str, code: str | None = None) -> str:
        """Give a dossier an official code beside the one that is printed; returns it."""
        with self._open(agency, dossier_id) as (connection, dossier):
            return self.add_code(connection, dossier, code)

    def reassign(self, agency: str, dossier_id: str, to_agency: str, reason: str) -> None:
        """Give a dossier to another commune: read-only here, assigned there."""
        with self.province.store.writing(agency, to_agency) as connection:
            dossier = _known(connection, agency, dossier_id)
            moved = copy.deepcopy(dossier)
            there = records.load(connection, to_agency, dossier_id)
            dossier.reassigned_to, moved.agency, moved.kept_codes = to_agency, to_agency, None if there is None else there.codes
            records.save(self.province, connection, dossier)
            records.save(self.province, connection, moved)
            where = {"to_agency": to_agency, "reason": reason}
            publish(self.province, connection, agency, "dossier.reassigned", where, dossier_id=dossier_id)
            data = {"ho_so": moved.ho_so, "codes": moved.codes, "files": []}
            publish(self.province, connection, to_agency, "dossier.assigned", data, dossier_id=dossier_id, rev=moved.rev)
            journal.judge_again(self.province, connection, to_agency, f"dossier:{dossier_id}")

    def assign(
        self, agency: str, record: dict[str, Json], *, files: list[dict[str, Json]] | None = None, applicant_address: str = "",
        dossier_id: str | None = None,
    ) -> str:
        """Give an online dossier to a commune; ``record``: members of ho_so, the rest is empty. Returns the dossier's id."""
        dossier_id = dossier_id or uuid7(self.province.clock.now())
        with self.province.store.writing(agency) as connection:
            code, now = record.get("MaHoSo") or self._code(connection, agency), national_time(self.province.clock.text())
            made = {**_BLANK, "NgayNopHoSo": now, **record, "MaHoSo": code, fold.STATUS: "1"}
            dossier = fold.assigned(dossier_id, agency, copy.deepcopy(made))
            records.save(self.province, connection, dossier)
            data = {"ho_so": dossier.ho_so, "codes": dossier.codes, "files": files or [], "applicant_address": applicant_address}
            publish(self.province, connection, agency, "dossier.assigned", data, dossier_id=dossier_id, rev=1)
            journal.judge_again(self.province, connection, agency, f"dossier:{dossier_id}")
        return dossier_id

    def add_code(self, connection: Connection, dossier: Dossier, code: str | None = None) -> str:
        """Change the code of a dossier that the caller holds open; both codes find it from then on (N5)."""
        old, new = dossier.ho_so["MaHoSo"], code or self._code(connection, dossier.agency)
        dossier.codes.append(new)
        fold.province_sets(dossier, {"MaHoSo": new})
        records.save(self.province, connection, dossier)
        data = {"old_code": old, "new_code": new, "ho_so": dossier.ho_so}
        publish(self.province, connection, dossier.agency, "dossier.official_code", data, dossier_id=dossier.dossier_id, rev=dossier.rev)
        return new

    def _code(self, connection: Connection, agency: str) -> str:
        """Return the next code of the province for a dossier of an agency."""
        start, serial = f"{agency}-{self.province.clock.now():%y%m%d}-", OFFICIAL_FROM
        while records.with_code(connection, agency, f"{start}{serial}"):
            serial += 1
        return f"{start}{serial}"

    def _move(self, connection: Connection, dossier: Dossier, to: str, reason: str, members: dict[str, Json]) -> None:
        by_post = dossier.ho_so["HinhThuc"] == "1" or members.get("HinhThuc") == "1"
        if to not in MOVES.get(dossier.status, ()) or (to == "10" and not by_post):
            raise SpecialistError(f"no move of the province leads from {dossier.status} to {to}")
        now = national_time(self.province.clock.text())
        dates = {"NgayKetThucXuLy": now} if to in ENDS else {"NgayTra": now} if to == "10" else {}
        dates |= {"NgayTuChoi": now} if to == "3" else {"NgayTiepNhan": dossier.ho_so["NgayTiepNhan"] or now} if to == "2" else {}
        self._change(connection, dossier, {**dates, **members, fold.STATUS: to}, reason)
        if to in FORMS:
            self._print(connection, dossier, FORMS[to], reason)

    def _change(self, connection: Connection, dossier: Dossier, members: dict[str, Json], reason: str) -> None:
        changed = fold.province_sets(dossier, members)
        records.save(self.province, connection, dossier)
        records.publish_update(self.province, connection, dossier, changed, reason=reason)

    def _print(self, connection: Connection, dossier: Dossier, form: str, reason: str, **more: Json) -> None:
        data = {"form": form, "reason": reason, "decided_by": "Sở chuyên ngành", **more}
        publish(self.province, connection, dossier.agency, "print.requested", data, dossier_id=dossier.dossier_id)

    @contextmanager
    def _open(self, agency: str, dossier_id: str) -> Iterator[tuple[Connection, Dossier]]:
        with self.province.store.writing(agency) as connection:
            dossier = _known(connection, agency, dossier_id)
            if dossier.reassigned_to is not None:
                raise SpecialistError("the dossier belongs to another commune now")
            yield connection, dossier


_BLANK: dict[str, Json] = {
    "MaHoSo": "", "MaTTHC": "2.000815", "TenTTHC": "Chứng thực bản sao từ bản chính giấy tờ, văn bản", "MaLinhVuc": "",
    "TenLinhVuc": "Chứng thực", "KenhThucHien": "2", "ChuHoSo": "Công dân mẫu", "LoaiDoiTuong": "1", "MaDoiTuong": "", "DinhDanhCHS": [],
    "ThongTinKhac": "", "Email": "", "Fax": "",
    "SoDienThoai": "", "TrichYeuHoSo": "", "NgayNopHoSo": "", "NgayTiepNhan": "", "NgayHenTra": "", "TrangThaiHoSo": "1", "NgayTra": "",
    "ThongTinTra": "", "HinhThuc": "0", "NgayKetThucXuLy": "", "NgayTuChoi": "", "DonViXuLy": "", "GhiChu": "", "NoiNopHoSo": "1",
    "HoSoCoThanhPhanSoHoa": "0", "TaiKhoanDuocXacThucVoiVNeID": "1", "DuocThanhToanTrucTuyen": "0", "DSKetNoiCSDL": [], "TaiLieuNop": [],
    "DanhSachLePhi": [], "DanhSachTepDinhKemKhac": [], "DanhSachHoSoBoSung": [], "DanhSachGiayToKetQua": [],
}
"""An online dossier of the portal before anything is said about it."""


def _known(connection: Connection, agency: str, dossier_id: str) -> Dossier:
    dossier = records.load(connection, agency, dossier_id)
    if dossier is None:
        raise SpecialistError(f"{agency} has no dossier {dossier_id}")
    return dossier
