"""One slip, warm: ours beside plain reportlab in the same run, WeasyPrint, and Word template with LibreOffice.

Every contestant prints the same different slips, one A5 page each, from the same contents. Ours is PDF/A-2b and stands in the product;
codes are read back from the rendered pages at 200 dpi.
"""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pypdfium2
import zxingcpp

from bench.measure import in_turn, spread
from bench.peers import slip_reportlab
from counter_app.domain.dossier import (
    Applicant,
    ApplicantKind,
    BookPlace,
    Channel,
    DocumentLine,
    Dossier,
    FeeLine,
    FeeMethod,
    Status,
)
from counter_app.domain.moments import local
from counter_app.printing.document import Press
from counter_app.printing.form_printer import PdfFormPrinter
from counter_app.services.desk.settings import DeskProfile
from counter_app.services.documents.forms import form_in_force
from counter_app.services.documents.slip_content import one_copy, slip_content
from counter_app.support.paths import resource_path

PEERS = Path(__file__).resolve().parent / "peers"
_DESK = DeskProfile("Xã Đắk Mil", "Lâm Đồng", "H36.50.05", "2", device="bench", epoch="0", phone="0261 000 0000")
_NAMES = ("Trần Thị Ví Dụ", "Nguyễn Văn Giả Định", "Lê Thị Minh Họa", "Phạm Văn Thử", "Đặng Thị Mẫu")
_DOSSIER = Dossier(
    dossier_id="0", code="", procedure_code="1.004873", procedure_name="Cấp Giấy xác nhận tình trạng hôn nhân", procedure_version="v",
    field_name="Hộ tịch", status=Status.RECEIVED, channel=Channel.DIRECT, applicant=Applicant(ApplicantKind.PERSON, ""),
    received_at=local(2026, 11, 20, 9, 42), due_at=local(2026, 11, 26, 9, 42), printed_due_at=None, limit_text="03 ngày làm việc",
    documents=(
        DocumentLine("Tờ khai cấp Giấy xác nhận tình trạng hôn nhân", 1),
        DocumentLine("Giấy tờ chứng minh hôn nhân đã chấm dứt (bản án, quyết định ly hôn)", 0, 1),
        DocumentLine("Giấy tờ chứng minh nơi cư trú", 0, 0, 1)),
    fees=(FeeLine("f", "Lệ phí", 15000, FeeMethod.CASH, receipt_series="AA/26E", receipt_number="0000412"),))


def contents(count: int) -> list[dict[str, Any]]:
    """Return the contents of different slips, the citizen's copy alone."""
    form = form_in_force("01", local(2026, 11, 20).date())
    made = []
    for number in range(count):
        name, phone = _NAMES[number % len(_NAMES)], f"0900 000 {number % 1000:03d}"
        person = Applicant(ApplicantKind.PERSON, name, address=f"Thôn Mẫu {number}, xã Đắk Mil", phone=phone)
        dossier = replace(
            _DOSSIER, code=f"H36.50.05-261120-{number + 1:04d}", applicant=person, place=BookPlace("dossiers", 2026, 1, number + 1))
        made.append(one_copy(slip_content(dossier, _DESK, form, clerk="Lý Thị Mẫu Đơn", hours="07:30–11:30, 13:30–17:30"), 2))
    return made


def measure(rounds: int = 200) -> dict[str, Any]:
    """Return ours and plain reportlab, taking turns: ``{"ours", "reportlab"}`` with times (ms), bytes, codes read, and their ratio."""
    slips = contents(rounds + 5)
    printer = PdfFormPrinter(Press())
    slip_reportlab.register()
    makers: dict[str, Callable[[dict[str, Any]], bytes]] = {
        "ours": lambda slip: printer.receipt(slip, "a5"), "reportlab": slip_reportlab.slip}
    first = {name: _timed(make, slips[0]) for name, make in makers.items()}
    times = in_turn({name: _act(make, slips) for name, make in makers.items()}, rounds, uncounted=3)
    found = {
        name: {"ms": spread(times[name]), "first_ms": first[name], "bytes": len(make(slips[0])),
               "codes_read": sum(codes_read(make(slip)) == _expected(slip) for slip in slips[:20]), "codes_tried": 20}
        for name, make in makers.items()}
    return found | {"ratio": found["ours"]["ms"].p50 / found["reportlab"]["ms"].p50}


def measure_weasyprint(python: Path, rounds: int = 20) -> dict[str, Any]:
    """Return WeasyPrint's times in the peers' environment."""
    return _outside(python, "slip_weasyprint.py", rounds, str(resource_path("fonts/liberation-serif")))


def measure_office(python: Path, soffice: Path, rounds: int = 5, *, listener_python: Path | None = None) -> dict[str, Any]:
    """Return the times of a filled Word template turned into PDF: one LibreOffice call a slip, or one that a listener keeps open."""
    return _outside(python, "slip_docx.py", rounds, str(soffice), *([str(listener_python)] if listener_python else []))


def codes_read(pdf: bytes, dpi: int = 200) -> set[str]:
    """Return what scans on the first page of a PDF, rendered as a scanner would see it."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        picture = document[0].render(scale=dpi / 72, grayscale=True).to_pil()
    finally:
        document.close()
    return {code.text for code in zxingcpp.read_barcodes(picture, formats=[zxingcpp.BarcodeFormat.Code128, zxingcpp.BarcodeFormat.QRCode])}


def _expected(slip: dict[str, Any]) -> set[str]:
    return {slip["code"]["text"], slip["code"]["qr"]}


def _timed(make: Callable[[dict[str, Any]], bytes], slip: dict[str, Any]) -> float:
    start = time.perf_counter()
    make(slip)
    return (time.perf_counter() - start) * 1000


def _act(make: Callable[[dict[str, Any]], bytes], slips: list[dict[str, Any]]) -> Callable[[int], float]:
    def act(number: int) -> float:
        return _timed(make, slips[number])

    return act


def _outside(python: Path, script: str, rounds: int, *extra: str) -> dict[str, Any]:
    """Run a peer in its own environment; its first slip warms it up."""
    slips = contents(rounds + 1)
    with TemporaryDirectory() as folder:
        out = Path(folder)
        (out / "contents.json").write_text(json.dumps(slips), encoding="utf-8")
        run = subprocess.run(
            [str(python), str(PEERS / script), str(out / "contents.json"), str(out), *extra], check=True, capture_output=True, text=True)
        pdfs = [(out / f"{number}.pdf").read_bytes() for number in range(len(slips))]
    took = json.loads(run.stdout.splitlines()[-1])
    read = sum(codes_read(pdf) == _expected(slip) for pdf, slip in zip(pdfs, slips, strict=True))
    return {"ms": spread(took[1:]), "first_ms": took[0], "bytes": len(pdfs[0]), "codes_read": read, "codes_tried": len(slips)}
