"""Search and lists over many dossiers in an encrypted file: what a clerk waits for, with a plain ``LIKE`` scan beside it in the same run.

``run(scale)`` makes the dossiers from seeded names (no real person), stores them through the program's own import, and measures
through the program's own repositories. Times are milliseconds, sizes MiB.
"""

from __future__ import annotations

import json
import random
import secrets
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import psutil
from sqlalchemy import text

from counter_app.domain.dossier import Applicant, ApplicantKind, BookPlace, Channel, CodeOfDossier, Dossier, Status
from counter_app.domain.moments import local
from counter_app.domain.text import words
from counter_app.services.ports import ListFilter, ListMoment
from counter_app.storage import create_database, open_database
from counter_app.storage.uow import SqlDatabase

FAMILIES = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Đinh",
    "Đoàn", "Trịnh", "Mai", "Tô", "Hà", "Cao", "Lưu", "Châu",
)
MIDDLES = (
    "Văn", "Thị", "Đức", "Minh", "Ngọc", "Thanh", "Hữu", "Quốc", "Xuân", "Thu", "Kim", "Hoài", "Bảo", "Gia", "Anh", "Đình", "Công",
    "Phương", "Thùy", "Mỹ",
)
GIVEN = (
    "An", "Anh", "Bình", "Bảo", "Châu", "Chi", "Cường", "Dũng", "Dung", "Duyên", "Đạt", "Giang", "Hà", "Hải", "Hạnh", "Hiền", "Hiếu",
    "Hoa", "Hoà", "Hòa", "Hùng", "Huy", "Huyền", "Hương", "Khánh", "Khoa", "Lan", "Linh", "Loan", "Long", "Mai", "Minh", "Nam", "Nga",
    "Ngân", "Nghĩa", "Nhung", "Phong", "Phúc", "Quân", "Quang", "Sơn", "Tâm", "Thảo", "Thắng", "Thu", "Thủy", "Trang", "Trung",
    "Tuấn", "Vân", "Việt", "Yến",
)
WARDS = ("Thôn Đắk Sơn", "Bon U2", "Tổ dân phố 7", "Thôn Đức Hòa", "Buôn Jun", "Thôn 3", "Tổ dân phố Thuận An", "Thôn Tân Lập")
PROCEDURES = (
    ("2.000815", "Chứng thực bản sao từ bản chính giấy tờ, văn bản"), ("2.000884", "Chứng thực chữ ký trong các giấy tờ, văn bản"),
    ("1.001193", "Đăng ký khai sinh"), ("1.000656", "Đăng ký khai tử"), ("1.000894", "Đăng ký kết hôn"),
    ("1.004873", "Cấp Giấy xác nhận tình trạng hôn nhân"), ("1.001612", "Đăng ký thành lập hộ kinh doanh"),
    ("1.013040", "Khai, nộp phí bảo vệ môi trường đối với nước thải"),
)
NOW = local(2026, 11, 20, 9, 42)
AT = ListMoment(NOW, local(2026, 11, 20, 23, 59, 59), local(2026, 11, 23, 23, 59, 59))
PER_DAY = 1100
STILL_OPEN = (Status.PROCESSING, Status.RESULT_READY, Status.AWAITING_SUPPLEMENT)
ROUNDS = 3


def made(count: int, seed: int = 1) -> Iterator[Dossier]:
    """Yield ``count`` dossiers, the oldest first, ending this morning; the last two per cent are still open."""
    chance = random.Random(seed)
    for n in range(count):
        back = (count - 1 - n) // PER_DAY
        received = NOW - timedelta(days=back, minutes=chance.randrange(120))
        code = f"H36.50.05-{received:%y%m%d}-{n % PER_DAY + 1:04d}"
        status = Status.RETURNED if n < count * 0.98 else chance.choice(STILL_OPEN)
        due = received + timedelta(days=chance.choice((0, 1, 3, 5, 30)))
        procedure_code, procedure_name = chance.choice(PROCEDURES)
        name = f"{chance.choice(FAMILIES)} {chance.choice(MIDDLES)} {chance.choice(GIVEN)}"
        finished = None if status in (Status.PROCESSING, Status.AWAITING_SUPPLEMENT) else due
        yield Dossier(
            dossier_id=f"{n:032x}", code=code, procedure_code=procedure_code, procedure_name=procedure_name,
            procedure_version=f"bench/{procedure_code}", field_name="Chứng thực", status=status, channel=Channel.DIRECT,
            applicant=Applicant(ApplicantKind.PERSON, name, f"{chance.randrange(1, 97):03d}{chance.randrange(10**9):09d}",
                                address=f"{chance.choice(WARDS)}, xã Đắk Mil, tỉnh Lâm Đồng", phone=f"09{chance.randrange(10**8):08d}"),
            received_at=received, due_at=due, printed_due_at=due, codes=(CodeOfDossier(code, "official"),),
            place=BookPlace("dossiers", received.year, 1, n + 1), finished_at=finished,
            returned_at=due if status is Status.RETURNED else None,
            supplement_open_since=received if status is Status.AWAITING_SUPPLEMENT else None,
        )


def queries(seed: int = 2) -> dict[str, list[str]]:
    """Return what is typed, by kind: as people type it, with the last word still growing, with and without accents."""
    chance = random.Random(seed)
    names = [f"{chance.choice(FAMILIES)} {chance.choice(MIDDLES)} {chance.choice(GIVEN)}" for _ in range(25)]
    days = [NOW - timedelta(days=chance.randrange(30)) for _ in range(20)]
    return {
        "one letter": list("abcdghklmnpqstvxy019"),
        "two letters": ["ng", "tr", "le", "ph", "ho", "vu", "da", "bu", "do", "ha", "th", "kh", "09", "03", "h3", "26"],
        "full name": names,
        "name, last word begun": [f"{' '.join(name.split()[:-1])} {name.split()[-1][0]}" for name in names],
        "two first words": [" ".join(name.split()[:2]) for name in names],
        "code, day and serial": [f"{day:%y%m%d}-{chance.randrange(1, PER_DAY):04d}" for day in days],
        "whole code": [f"H36.50.05-{day:%y%m%d}-{chance.randrange(1, PER_DAY):04d}" for day in days],
        "serial": [f"{chance.randrange(1, PER_DAY):04d}" for _ in range(20)],
        "phone begun": [f"09{chance.randrange(10**4):04d}" for _ in range(15)],
        "identity number begun": [f"{chance.randrange(1, 97):03d}{chance.randrange(1000):03d}" for _ in range(15)],
        "name and place": [f"{name.split()[-1]} dak mil" for name in names],
        "no match": ["zzz", "nguyen qqq", "khong co gi"],
    }


def _milliseconds(act: Callable[[], Any]) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def _spread(times: list[float]) -> dict[str, float]:
    ordered = sorted(times)
    at = min(len(ordered) - 1, round(0.95 * len(ordered)))
    return {"p50": round(statistics.median(ordered), 2), "p95": round(ordered[at], 2), "max": round(ordered[-1], 2)}


def _search(database: SqlDatabase, query: str) -> None:
    with database.read() as uow:
        uow.dossiers.search(words(query), query, limit=50)


def _like(database: SqlDatabase, query: str) -> None:
    pattern = "%" + " ".join(words(query)) + "%"
    scan = text("SELECT n, code, applicant_name FROM dossier WHERE search_text LIKE :pattern ORDER BY n DESC LIMIT 50")
    with database.read() as uow:
        uow._connection.execute(scan, {"pattern": pattern}).all()


def _list(database: SqlDatabase, which: ListFilter) -> None:
    with database.read() as uow:
        uow.dossiers.rows(which, AT, limit=200)


def _count(database: SqlDatabase, which: ListFilter) -> None:
    with database.read() as uow:
        uow.dossiers.count(which, AT)


def _measure(database: SqlDatabase) -> dict[str, Any]:
    kinds = queries()
    times = {kind: [_milliseconds(lambda q=q: _search(database, q)) for q in asked * ROUNDS] for kind, asked in kinds.items()}
    everything = [each for kind in times.values() for each in kind]
    beside = [asked for kind in ("full name", "phone begun", "code, day and serial") for asked in kinds[kind][:3]]
    return {
        "search_ms": {"all": _spread(everything)} | {kind: _spread(each) for kind, each in times.items()},
        "like_scan_ms": _spread([_milliseconds(lambda q=q: _like(database, q)) for q in beside]),
        "list_ms": {which.value: _spread([_milliseconds(lambda w=which: _list(database, w)) for _ in range(5)]) for which in ListFilter},
        "count_ms": {which.value: _spread([_milliseconds(lambda w=which: _count(database, w)) for _ in range(5)]) for which in ListFilter},
    }


def run(scale: float = 1.0, folder: Path | None = None) -> dict[str, Any]:
    """Measure over ``scale`` million dossiers and return the figures. ``folder`` keeps the database for a look afterwards."""
    place = folder or Path(tempfile.mkdtemp(prefix="bench-search-"))
    url, key, count = f"sqlite:///{place / 'desk.db'}", secrets.token_bytes(32), int(scale * 1_000_000)
    try:
        database = create_database(url, key)
        start = time.perf_counter()
        with database.write() as uow:
            uow.dossiers.add_many(made(count))
            uow.commit()
        stored = time.perf_counter() - start
        database.close()
        before = psutil.Process().memory_info().rss
        opening = [_milliseconds(lambda: open_database(url, key, backup_dir=None).close()) for _ in range(5)]
        database = open_database(url, key, backup_dir=None)
        first = _milliseconds(lambda: _search(database, "nguyen van a"))
        figures = _measure(database)
        memory = psutil.Process().memory_info().rss
        database.close()
        return {
            "dossiers": count, "import_seconds": round(stored, 1), "file_mib": round((place / "desk.db").stat().st_size / 2**20),
            "open_ms": _spread(opening), "first_search_ms": round(first, 2), **figures,
            "memory_mib": round(memory / 2**20), "memory_growth_mib": round((memory - before) / 2**20),
        }
    finally:
        if folder is None:
            shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    print(json.dumps(run(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0), ensure_ascii=False, indent=2))
