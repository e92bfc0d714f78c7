"""People of the demonstration: plainly invented, so that nobody takes them for real, yet right by every rule of the desk."""

from __future__ import annotations

from datetime import date
from random import Random

from counter_app.domain.dossier import Applicant, ApplicantKind, Sex, Submitter

SURNAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đỗ", "Bùi", "Ngô", "Lý")
MIDDLE = {Sex.MALE: ("Văn", "Đức", "Hữu"), Sex.FEMALE: ("Thị", "Ngọc", "Thu")}
GIVEN = ("Mẫu", "Ví Dụ", "Thử", "Minh Họa", "Thí Điểm", "Thực Hành", "Giả Định", "Bài Tập", "Kiểm Thử", "Mô Phỏng", "Tham Khảo", "Nháp")
EDE = {Sex.MALE: ("Y Mẫu Niê", "Y Thử Byă", "Y Nháp Êban"), Sex.FEMALE: ("H’Mẫu Niê", "H’Thử Mlô", "H’Nháp Kbuôr")}
"""Names of the Ê Đê of the highlands: one of the reasons why a name is never cut into surname and given name."""
PREFIX = "067"
"""Đắk Nông, where people of today's Xã Đắk Mil were registered."""


class DemoPeople:
    """Makes a new person each time; their numbers all begin their last part with 000."""

    def __init__(self, rng: Random, place: str) -> None:
        self._rng = rng
        self._place = place
        self._count = 0

    def person(self) -> Applicant:
        """Return somebody of this commune."""
        rng, self._count = self._rng, self._count + 1
        sex = rng.choice((Sex.MALE, Sex.FEMALE))
        born = date(rng.randint(1950, 2005), rng.randint(1, 12), rng.randint(1, 28))
        digit = (born.year - 1900) // 100 * 2 + (sex is Sex.FEMALE)
        return Applicant(
            ApplicantKind.PERSON, self._name(sex), f"{PREFIX}{digit}{born:%y}{self._count % 1000:06d}", born, born.year, sex,
            f"Thôn Mẫu {rng.randint(1, 12)}, {self._place}", f"0900 000 {self._count % 1000:03d}" if rng.random() < 0.85 else "",
        )

    def helper(self) -> Submitter:
        """Return somebody who comes in another's place."""
        other = self.person()
        return Submitter(other.full_name, other.id_number, other.phone, "con", "Giấy ủy quyền số 02/UQ (mẫu)")

    def _name(self, sex: Sex) -> str:
        rng = self._rng
        if rng.random() < 0.1:
            return rng.choice(EDE[sex])
        return f"{rng.choice(SURNAMES)} {rng.choice(MIDDLE[sex])} {rng.choice(GIVEN)}"
