"""Scanned paper: a stack from raw pixels to validated PDF/A beside OCRmyPDF and img2pdf; sizes, codes, skew, thumbnails, memory."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from bench import sheets
from bench.measure import Spread, milliseconds, spread
from bench.peer_tools import ROOT, peer_python, tesseract
from bench.report import Line, Table
from bench.work import Work
from counter_app.domain.scan_codes import CodeRead, CodeVerdict, judge
from counter_app.domain.scan_profile import PdfProfile
from counter_app.scanning.codes import read_codes
from counter_app.scanning.paper.pixels import black_ink, grey
from counter_app.scanning.paper.skew import skew_of

STACK = 100
STACK_KINDS = ("text", "form", "text", "slip", "text", "stamp", "text", "form", "text", "text")
EACH_KIND, CODE_PAGES, LOOKS = 4, 200, 40
WINDOW_PAGES = 16
MEMORY_PAGES, MEMORY_MIB = 300, 381
"""The limit is 400 MB, rounded down."""
FASTER, MOST_KB, MOST_SKEW, THUMBNAIL_MS = 1 / 3, 100, 0.05, 150
OCRMYPDF = ("--tesseract-timeout", "0", "--deskew", "--output-type", "pdfa", "--pdfa-backend", "internal", "--rasterizer", "pypdfium",
            "-O1", "--jobs", "2", "--quiet")
"""No OCR, deskew, PDF/A-2b, light optimising."""


def run(work: Work) -> Table:
    """Measure everything about scanned pages."""
    with work.folder("scanning") as place:
        lines, notes, raw = _stack(work, place)
        lines += _kinds(work, place)
        lines += _codes(work.times(CODE_PAGES))
        lines += [_skew(work.times(LOOKS)), *_seen(work, place), *_memory(work, place)]
    return Table(
        "scanning", "Scanned paper",
        "Pages of the program's own slips, Vietnamese text, stamps, signatures and photographs, hanging by up to 5°, with the noise, tint "
        "and shade of a lamp, as raw PNG. Ours: read, straighten, cut, whiten, take apart, write, validate as PDF/A-2b, two threads. "
        "OCRmyPDF gets the same pixels as JPEG at quality 90 in a PDF, which isn't counted, and runs with two jobs, without OCR, with "
        "deskew and PDF/A; img2pdf only wraps those JPEGs. Ours runs before and after the peers. Thumbnails and memory are those of the "
        "window's page, shown on no screen: its scanner gives a page as soon as the one before it is kept, and what came is filed there.",
        tuple(lines), tuple(notes), raw)


def _stack(work: Work, place: Path) -> tuple[list[Line], list[str], dict[str, Any]]:
    """Measure the stack, ours and the peers taking turns."""
    count = 10 if work.quick else STACK
    folder = place / "stack"
    _pages(folder, [STACK_KINDS[number % len(STACK_KINDS)] for number in range(count)], 200, jpegs=True)
    python, found = peer_python(), tesseract(may_install=work.peers)
    figures: dict[str, list[dict[str, float]]] = {"ours": [], "floor": [], "ocrmypdf": []}
    figures["ours"].append(_ours(folder, 200, PdfProfile.MIXED, place))
    if python.path is not None:
        figures["floor"].append(_img2pdf(python.path, folder, place))
        if found.path is not None:
            figures["ocrmypdf"].append(_ocrmypdf(python.path, place, count))
            figures["ours"].append(_ours(folder, 200, PdfProfile.MIXED, place))
    ours = _per_page(figures["ours"], "seconds", 1000)
    notes = [f"Not measured: {why}." for why in (python.missing, found.missing) if why]
    lines = [Line(f"a page of a stack of {count}, raw to validated PDF/A", ours, unit="ms a page")]
    if figures["ocrmypdf"]:
        peer = _per_page(figures["ocrmypdf"], "seconds", 1000)
        lines[0] = Line(lines[0].what, ours, unit="ms a page", peer="OCRmyPDF -O1", beside=peer, ratio_at_most=FASTER)
        lines.append(Line("the same, its size", _per_page(figures["ours"], "bytes", 1e-3), unit="KB a page", peer="OCRmyPDF -O1",
                          beside=_per_page(figures["ocrmypdf"], "bytes", 1e-3), at_most=MOST_KB))
        notes.append(f"Pages a minute: ours {60_000 / ours:.0f}, OCRmyPDF {60_000 / peer:.0f}.")
    if figures["floor"]:
        floor = _per_page(figures["floor"], "seconds", 1000)
        lines.append(Line("beside mere wrapping", ours, unit="ms a page", peer="img2pdf", beside=floor))
    return lines, notes, {"stack": figures}


def _kinds(work: Work, place: Path) -> list[Line]:
    """Measure each kind of page at two resolutions."""
    lines = []
    for dpi in (200, 300):
        for kind in ("text", "form", "slip", "stamp", "photo"):
            folder = place / f"{kind}-{dpi}"
            _pages(folder, [kind] * work.times(EACH_KIND), dpi)
            ours = _ours(folder, dpi, PdfProfile.MIXED, place)
            limit = MOST_KB if kind in ("text", "form", "slip") and dpi == 200 else None
            told = f"{kind} page at {dpi} dpi ({60 * ours['pages'] / ours['seconds']:.0f} a minute)"
            lines.append(Line(told, ours["bytes"] / ours["pages"] / 1000, unit="KB a page", at_most=limit))
    return lines


def _codes(count: int) -> list[Line]:
    """Read slips in every state; what is wrong is what would be believed though another dossier lies there."""
    right = wrong = 0
    took = []
    for number in range(count):
        page, dpi, code = _worn_slip(number)
        reads: list[CodeRead] = []
        took.append(milliseconds(lambda: reads.extend(read_codes(page, dpi))))  # noqa: B023  called at once
        believed = {judged.code for judged in (judge(read, _anything) for read in reads) if judged.verdict is CodeVerdict.ACCEPTED}
        right += believed == {code}
        wrong += bool(believed - {code})
    return [
        Line(f"dossiers recognised on {count} pages, ±5°, noise, faint, stamped, 150–300 dpi", 100 * right / count, unit="%", at_least=95),
        Line("pages that would have gone to another dossier, did every code exist", float(wrong), unit="", at_most=0),
        Line("reading the codes of a page", spread(took)),
    ]


def _anything(_code: str) -> bool:
    return True


def _worn_slip(number: int) -> tuple[sheets.Pixels, int, str]:
    chance = random.Random(number)
    dpi = chance.choice((150, 200, 300))
    picture = Image.fromarray(sheets.sheet(chance.choice(("slip", "form")), number % 40, dpi).copy())
    if number % 3 == 0:
        sheets.stamp(picture, (chance.uniform(60, 175), chance.uniform(28, 60)), dpi)
    noise, faint, blur = chance.choice((3.0, 8.0, 15.0)), chance.choice((0.0, 0.4, 0.7)), chance.choice((0.5, 0.9, 1.4))
    wear = sheets.Wear(chance.uniform(-5, 5), noise, faint, blur=blur * dpi / 200)
    seen = sheets.worn(np.asarray(picture), wear, number)
    return black_ink(np.ascontiguousarray(seen[:, :, ::-1])), dpi, sheets.code_of(number % 40)


def _skew(count: int) -> Line:
    errors = []
    for number in range(count):
        chance = random.Random(number)
        angle, dpi = chance.uniform(-5, 5), chance.choice((150, 200, 300))
        clean = sheets.sheet(chance.choice(("text", "form", "slip", "stamp", "photo")), number % 4, dpi)
        page = sheets.worn(clean, sheets.Wear(angle), number)
        errors.append(abs(skew_of(grey(np.ascontiguousarray(page[:, :, ::-1]))) - angle))
    told = f"error of the skew, mean of {count} pages (largest {max(errors):.3f}°)"
    return Line(told, float(np.mean(errors)), unit="°", at_most=MOST_SKEW)


def _seen(work: Work, place: Path) -> list[Line]:
    """Measure how soon a page is seen: as SANE, a network scanner and a folder give it."""
    lines = []
    for suffix, dpi in ((".pnm", 200), (".jpg", 200), (".png", 200), (".pnm", 300), (".jpg", 300)):
        shown = _window(_one_kind(place, dpi, suffix), dpi, work.times(WINDOW_PAGES), place)
        told = f"page at {dpi} dpi as {suffix[1:].upper()}, from its last byte on the disk to its thumbnail on the strip"
        why = "The first page, which loads the image library, is left out."
        lines.append(Line(told, spread(shown["ms"][1:]), at_most=THUMBNAIL_MS, why=why))
    return lines


def _memory(work: Work, place: Path) -> list[Line]:
    """Measure what a long stack of fine pages needs."""
    count = 16 if work.quick else MEMORY_PAGES
    mib = _window(_one_kind(place, 300, ".pnm"), 300, count, place)["mib"]
    return [
        Line(f"memory of the window before {count} pages of 300 dpi come", mib["before"], unit="MiB"),
        Line("the most while they come", mib["coming"], unit="MiB", at_most=MEMORY_MIB),
        Line("the most until they are filed", mib["most"], unit="MiB", at_most=MEMORY_MIB),
    ]


def _one_kind(place: Path, dpi: int, suffix: str) -> Path:
    """Return a folder with some pages in one format."""
    folder = place / f"window-{dpi}{suffix}"
    if not folder.exists():
        folder.mkdir()
        for number in range(3):
            pixels = sheets.worn(sheets.sheet("stamp", number, dpi), sheets.Wear(1.5), number)
            Image.fromarray(pixels).save(folder / f"{number}{suffix}", "PPM" if suffix == ".pnm" else None, dpi=(dpi, dpi))
    return folder


def _window(folder: Path, dpi: int, count: int, place: Path) -> dict[str, Any]:
    """Let the window's page scan and file so many pages."""
    desk = place / "window"
    shutil.rmtree(desk, ignore_errors=True)
    desk.mkdir()
    command = [sys.executable, "-m", "bench.scanning_window", str(folder), str(dpi), str(count), str(desk)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    return dict(json.loads(done.stdout))


def _pages(folder: Path, kinds: list[str], dpi: int, *, jpegs: bool = False) -> None:
    """Write raw pages, each hanging in its own way."""
    folder.mkdir()
    for number, kind in enumerate(kinds):
        wear = sheets.Wear(random.Random(number).uniform(-5, 5))
        pixels = sheets.worn(sheets.sheet(kind, number % 6, dpi), wear, number)
        sheets.save(pixels, folder / f"{number:04d}.png", dpi)
        if jpegs:
            Image.fromarray(pixels).save(folder / f"{number:04d}.jpg", quality=90, dpi=(dpi, dpi))


def _ours(folder: Path, dpi: int, profile: PdfProfile, place: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.scanning_child", str(folder), str(dpi), profile.value, str(place / "ours.pdf")]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    return dict(json.loads(done.stdout))


def _img2pdf(python: Path, folder: Path, place: Path) -> dict[str, float]:
    pictures = [str(path) for path in sorted(folder.glob("*.jpg"))]
    return _timed([str(python.with_name("img2pdf")), *pictures, "-o", str(place / "raw.pdf")], place / "raw.pdf", len(pictures))


def _ocrmypdf(python: Path, place: Path, count: int) -> dict[str, float]:
    return _timed([str(python.with_name("ocrmypdf")), *OCRMYPDF, str(place / "raw.pdf"), str(place / "ocr.pdf")], place / "ocr.pdf", count)


def _timed(command: list[str], out: Path, pages: int) -> dict[str, float]:
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=os.environ | {"OMP_THREAD_LIMIT": "1"})
    return {"seconds": time.perf_counter() - start, "pages": pages, "bytes": out.stat().st_size}


def _per_page(runs: list[dict[str, float]], what: str, scale: float) -> float:
    middle: Spread = spread([run[what] / run["pages"] * scale for run in runs])
    return middle.p50
