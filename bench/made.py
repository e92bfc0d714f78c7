"""Dossiers made from seeded lists of names: no real person, the same ones in every run."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta

from bench.moment import AGENCY, NOW
from counter_app.domain.dossier import Applicant, ApplicantKind, BookPlace, Channel, CodeOfDossier, Dossier, Status
from counter_app.domain.registers import DOSSIER_BOOK

FAMILIES = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Đinh", "Đoàn",
    "Trịnh", "Mai", "Tô", "Hà", "Cao", "Lưu", "Châu",
)
MIDDLES = (
    "Văn", "Thị", "Đức", "Minh", "Ngọc", "Thanh", "Hữu", "Quốc", "Xuân", "Thu", "Kim", "Hoài", "Bảo", "Gia", "Anh", "Đình", "Công",
    "Phương", "Thùy", "Mỹ",
)
GIVEN = (
    "An", "Anh", "Bình", "Bảo", "Châu", "Chi", "Cường", "Dũng", "Dung", "Duyên", "Đạt", "Giang", "Hà", "Hải", "Hạnh", "Hiền", "Hiếu",
    "Hoa", "Hoà", "Hòa", "Hùng", "Huy", "Huyền", "Hương", "Khánh", "Khoa", "Lan", "Linh", "Loan", "Long", "Mai", "Minh", "Nam", "Nga",
    "Ngân", "Nghĩa", "Nhung", "Phong", "Phúc", "Quân", "Quang", "Sơn", "Tâm", "Thảo", "Thắng", "Thu", "Thủy", "Trang", "Trung", "Tuấn",
    "Vân", "Việt", "Yến",
)
WARDS = ("Thôn Đắk Sơn", "Bon U2", "Tổ dân phố 7", "Thôn Đức Hòa", "Buôn Jun", "Thôn 3", "Tổ dân phố Thuận An", "Thôn Tân Lập")
PROCEDURES = (
    ("2.000815", "Chứng thực bản sao từ bản chính giấy tờ, văn bản"), ("2.000884", "Chứng thực chữ ký trong các giấy tờ, văn bản"),
    ("1.001193", "Đăng ký khai sinh"), ("1.000656", "Đăng ký khai tử"), ("1.000894", "Đăng ký kết hôn"),
    ("1.004873", "Cấp Giấy xác nhận tình trạng hôn nhân"), ("1.001612", "Đăng ký thành lập hộ kinh doanh"),
    ("1.013040", "Khai, nộp phí bảo vệ môi trường đối với nước thải"),
)
PER_DAY = 400
"""Dossiers a day: a very busy ward. A million of them is ten years' work with every Sunday worked."""
OPEN = 0.005
"""The newest share that is not finished yet: 5,000 of a million, more than a commune has."""


def name(chance: random.Random) -> str:
    """Return a full name."""
    return f"{chance.choice(FAMILIES)} {chance.choice(MIDDLES)} {chance.choice(GIVEN)}"


def identity_number(chance: random.Random) -> str:
    """Return twelve digits that begin as a province's do."""
    return f"{chance.randrange(1, 97):03d}{chance.randrange(10**9):09d}"


def dossiers(count: int, seed: int = 1) -> Iterator[Dossier]:
    """Yield ``count`` dossiers, the oldest first, ending this morning; the newest share of them is still open."""
    chance = random.Random(seed)
    first_open = count - max(1, round(count * OPEN))
    for n in range(count):
        yield _dossier(chance, n, (count - 1 - n) // PER_DAY, still_open=n >= first_open)


def _dossier(chance: random.Random, n: int, days_ago: int, *, still_open: bool) -> Dossier:
    received = NOW - timedelta(days=days_ago, minutes=chance.randrange(120))
    code = f"{AGENCY}-{received:%y%m%d}-{n % PER_DAY + 1:04d}"
    choices = (Status.PROCESSING, Status.PROCESSING, Status.RESULT_READY, Status.AWAITING_SUPPLEMENT)
    status = chance.choice(choices) if still_open else Status.RETURNED
    due = received + timedelta(days=chance.choice((0, 1, 3, 5, 30)))
    procedure_code, procedure_name = chance.choice(PROCEDURES)
    return Dossier(
        dossier_id=f"{n:032x}", code=code, procedure_code=procedure_code, procedure_name=procedure_name,
        procedure_version=f"bench/{procedure_code}", field_name="Chứng thực", status=status, channel=Channel.DIRECT,
        applicant=Applicant(ApplicantKind.PERSON, name(chance), identity_number(chance),
                            address=f"{chance.choice(WARDS)}, xã Đắk Mil, tỉnh Lâm Đồng", phone=f"09{chance.randrange(10**8):08d}"),
        received_at=received, due_at=due, printed_due_at=due, codes=(CodeOfDossier(code, "official"),),
        place=BookPlace(DOSSIER_BOOK, received.year, 1, n + 1),
        finished_at=None if status in (Status.PROCESSING, Status.AWAITING_SUPPLEMENT) else due,
        returned_at=due if status is Status.RETURNED else None,
        supplement_open_since=received if status is Status.AWAITING_SUPPLEMENT else None,
    )
