"""The two jobs on paper as tables: one slip, a year's book."""

from __future__ import annotations

import subprocess
from typing import Any

from bench import books, slips
from bench.peer_tools import SYSTEM_PYTHON, fast_subsets, office, peer_python
from bench.report import Line, Table
from bench.work import Work

SLIPS, WEASY_SLIPS, OFFICE_SLIPS, LISTENER_SLIPS = 200, 24, 6, 24
BOOK, SMALL_BOOK = 50_000, 5_000
SIZES, SMALL_SIZES = (5_000, 10_000, 50_000, 100_000), (1_000, 2_000, 5_000)
BOOK_ROUNDS = 3
SLIP_RATIO, BOOK_RATIO, XLSX_MIB = 0.5, 1 / 3, 150
OFTEN_LINEAR = 1.25
"""How much dearer a thousand lines may become from the smallest book to the largest and still be called linear."""


def slip(work: Work) -> Table:
    """Measure one warm slip beside four other ways to make it."""
    both = slips.measure(work.times(SLIPS))
    ours, notes = both["ours"], []
    lines = [
        Line("one slip, warm", ours["ms"], peer="plain reportlab", beside=both["reportlab"]["ms"], ratio_at_most=SLIP_RATIO),
        Line("both codes read back at 200 dpi", _read(ours), unit="%", peer="plain reportlab", beside=_read(both["reportlab"]),
             at_least=100),
        Line("first slip of a process", ours["first_ms"], peer="plain reportlab", beside=both["reportlab"]["first_ms"]),
    ]
    peers, why_not = _outside_peers(work)
    for name, found in peers.items():
        told = f"{name} (codes read: {found['codes_read']} of {found['codes_tried']})"
        lines.append(Line("one slip, warm", ours["ms"], peer=told, beside=found["ms"]))
    notes += why_not
    notes.append(f"Bytes of a slip: {ours['bytes']:,} (PDF/A-2b with its fonts), plain reportlab {both['reportlab']['bytes']:,}.")
    return Table(
        "slip", "One slip",
        f"{ours['ms'].count} different slips of one A5 page, the same contents for everybody, ours and plain reportlab taking turns; the "
        "others run after one another in processes of their own, their first slip not counted. Codes: both read by zxing-cpp from "
        "the page rendered at 200 dpi, twenty slips.",
        tuple(lines), tuple(notes),
    )


def _outside_peers(work: Work) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """Return what was measured in the peers' environment, and why something was not."""
    python, soffice = peer_python(), office(may_install=work.peers)
    if python.path is None:
        return {}, [f"WeasyPrint and LibreOffice: not measured, {python.missing}."]
    notes = [] if fast_subsets(may_install=work.peers) else ["WeasyPrint ran without libharfbuzz-subset: slower than it can be."]
    found = {"WeasyPrint": slips.measure_weasyprint(python.path, work.times(WEASY_SLIPS))}
    if soffice.path is None:
        return found, [*notes, f"docxtpl with LibreOffice: not measured, {soffice.missing}."]
    try:
        found["docxtpl + LibreOffice, one call a slip"] = slips.measure_office(python.path, soffice.path, work.times(OFFICE_SLIPS))
        found["docxtpl + LibreOffice kept open"] = slips.measure_office(
            python.path, soffice.path, work.times(LISTENER_SLIPS), listener_python=SYSTEM_PYTHON)
    except subprocess.CalledProcessError:
        notes.append("docxtpl with LibreOffice: LibreOffice failed here.")
    return found, notes


def _read(found: dict[str, Any]) -> float:
    return 100 * float(found["codes_read"]) / float(found["codes_tried"])


def book(work: Work) -> Table:
    """Measure a year's book and how it grows."""
    count, sizes = (SMALL_BOOK, SMALL_SIZES) if work.quick else (BOOK, SIZES)
    found, grown = books.measure(count, BOOK_ROUNDS), books.growth(sizes)
    pdf, xlsx, canvas = found["pdf"], found["xlsx"], found["reportlab"]
    lines = [
        Line(f"PDF of {count:,} lines", pdf["seconds"], unit="s", peer="reportlab canvas, same columns", beside=canvas["seconds"],
             ratio_at_most=BOOK_RATIO),
        Line("its most memory, PDF", pdf["peak_mb"], unit="MiB", peer="reportlab canvas", beside=canvas["peak_mb"]),
        Line("its size, PDF", pdf["bytes"] / 2**20, unit="MiB", peer="reportlab canvas", beside=canvas["bytes"] / 2**20),
        Line(f"Excel of {count:,} lines", xlsx["seconds"], unit="s"),
        Line("its most memory, Excel", xlsx["peak_mb"], unit="MiB", at_most=XLSX_MIB),
    ]
    for kind in ("pdf", "xlsx"):
        small, large = sizes[0], sizes[-1]
        each = {size: figures["seconds"] / size * 1e6 for size, figures in grown[kind].items()}
        told = ", ".join(f"{size:,}: {figures['seconds']:.2f} s, {figures['peak_mb']:.0f} MiB" for size, figures in grown[kind].items())
        lines.append(Line(
            f"{kind.upper()}, a line among {large:,} beside one among {small:,} ({told})", each[large], unit="µs a line",
            peer=f"{small:,} lines", beside=each[small], ratio_at_most=OFTEN_LINEAR))
    return Table(
        "book", "A year's book, form 07",
        f"{BOOK_ROUNDS} rounds, the contestants taking turns, each book written by a process of its own (imports not counted); the middle "
        "run stands here. Platypus is left out: it took 49 s and 365 MB for such a book when it was measured before.",
        tuple(lines), raw={"books": found, "growth": grown},
    )

