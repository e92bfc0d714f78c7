"""A year's book: PDF beside reportlab's canvas in the same run, Excel in constant memory, and how both grow from 5,000 to 100,000 lines.

Each run is a process of its own, so that memory is its own; the machine's page cache and the lines' generator are the same for all.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.weight import most_memory
from counter_app.domain.books import register_in_force
from counter_app.domain.dossier import BookPlace
from counter_app.domain.moments import local
from counter_app.domain.registers import DOSSIER_BOOK, BookLine
from counter_app.services.ports import BookDocument

PROCEDURES = (
    "Cấp Giấy xác nhận tình trạng hôn nhân", "Đăng ký khai sinh", "Thay đổi, cải chính, bổ sung thông tin hộ tịch",
    "Chứng thực bản sao từ bản chính giấy tờ, văn bản do cơ quan, tổ chức có thẩm quyền của Việt Nam cấp hoặc chứng nhận")
FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Đặng", "Bùi")
MIDDLES = ("Văn", "Thị", "Đức", "Minh", "Ngọc", "Thanh", "Hữu", "Xuân")
GIVEN = ("An", "Bình", "Châu", "Dũng", "Giang", "Hà", "Khánh", "Lan", "Minh", "Nga", "Phúc", "Quân", "Sơn", "Tâm", "Uyên", "Vân", "Yến")
SIZES = (5_000, 20_000, 50_000, 100_000)


def lines(count: int) -> Iterator[BookLine]:
    """Yield the lines of a made-up year, the same in every run."""
    chance, start = random.Random(1), local(2026, 1, 2, 7, 30)
    for n in range(count):
        received = start + timedelta(minutes=n * 500_000 // count)
        returned = received + timedelta(days=4) if n % 3 else None
        code = f"H36.50.05-{received:%y%m%d}-{n % 10_000:04d}"
        yield BookLine(
            BookPlace(DOSSIER_BOOK, 2026, 1, n + 1), f"{n:032x}", code, chance.choice(PROCEDURES), 1,
            f"{chance.choice(FAMILIES)} {chance.choice(MIDDLES)} {chance.choice(GIVEN)}",
            f"Thôn Mẫu {chance.randrange(400)}, xã Đắk Mil, tỉnh Lâm Đồng", f"09{chance.randrange(10**8):08d}", "UBND xã", received,
            received + timedelta(days=5), returned, "desk", "ký sổ" if returned else "", "hẹn lại sau bổ sung" if n % 9 == 0 else "")


def book(count: int) -> BookDocument:
    """Return the book of that year, closed."""
    return BookDocument(
        agency="", commune="Xã Đắk Mil", title="Sổ theo dõi hồ sơ", year=2026, volume_label="01/2026", opened_on=date(2026, 1, 2),
        closed_on=date(2026, 12, 31), register=register_in_force(DOSSIER_BOOK, date(2026, 1, 2)), lines=lines(count))


def measure(count: int = 50_000, rounds: int = 3, *, peers: bool = True) -> dict[str, Any]:
    """Return ``{"pdf", "xlsx", "reportlab"}`` for a book, each with seconds, bytes and peak megabytes of its middle run, and the ratio.

    The contestants take turns, so that a slow spell of the machine meets all of them.
    """
    kinds = ("pdf", "reportlab", "xlsx") if peers else ("pdf", "xlsx")
    runs: dict[str, list[dict[str, float]]] = {kind: [] for kind in kinds}
    for _ in range(rounds):
        for kind in kinds:
            runs[kind].append(run(kind, count))
    found: dict[str, Any] = {kind: sorted(of_kind, key=_seconds)[rounds // 2] for kind, of_kind in runs.items()}
    if peers:
        found["ratio"] = found["pdf"]["seconds"] / found["reportlab"]["seconds"]
    return found


def _seconds(figures: dict[str, float]) -> float:
    return figures["seconds"]


def growth(sizes: tuple[int, ...] = SIZES) -> dict[str, dict[int, dict[str, float]]]:
    """Return the figures of both files at several sizes; linear where the seconds for a thousand lines stay the same."""
    return {kind: {size: run(kind, size) for size in sizes} for kind in ("pdf", "xlsx")}


def run(kind: str, count: int) -> dict[str, float]:
    """Write one book in a process of its own."""
    program = [sys.executable, "-m", "bench.books", kind, str(count)]
    done = subprocess.run(program, check=True, capture_output=True, text=True, cwd=Path(__file__).resolve().parent.parent)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def _write(kind: str, count: int, out: Path) -> None:
    if kind == "reportlab":
        from bench.peers import book_reportlab

        book_reportlab.write(lines(count), out)
        return
    from counter_app.printing import make_book_printer

    printer = make_book_printer()
    (printer.pdf if kind == "pdf" else printer.xlsx)(book(count), out)


def main() -> None:
    """Write one book and tell the seconds, bytes and peak megabytes as JSON."""
    kind, count = sys.argv[1], int(sys.argv[2])
    with TemporaryDirectory() as folder:
        out = Path(folder) / f"book.{'xlsx' if kind == 'xlsx' else 'pdf'}"
        start = time.perf_counter()
        _write(kind, count, out)
        seconds = time.perf_counter() - start
        print(json.dumps({"seconds": seconds, "bytes": out.stat().st_size, "peak_mb": most_memory()}))


if __name__ == "__main__":
    main()
