"""The same book with reportlab's canvas: strings and lines at their places, texts broken by ``simpleSplit`` and remembered; no Platypus."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from counter_app.domain.registers import BookLine
from counter_app.support.paths import resource_path

WIDTH, HEIGHT, LEFT, HEAD_TOP, BODY_TOP, BODY_BOTTOM = 297 * mm, 210 * mm, 15 * mm, 16.5 * mm, 36.1 * mm, 202 * mm
WIDTHS = tuple(width * mm for width in (10.0, 22.0, 47.0, 8.0, 28.0, 32.0, 18.0, 12.0, 12.0, 12.6, 16.5, 15.4, 23.5))
EDGES = tuple(LEFT + sum(WIDTHS[:count]) for count in range(len(WIDTHS) + 1))
LEFT_ALIGNED = frozenset({1, 2, 4, 5, 6, 12})
TITLES = ("TT", "Mã hồ sơ", "Tên thủ tục hành chính", "Số bộ", "Tên cá nhân, tổ chức", "Địa chỉ, số điện thoại",
          "Cơ quan chủ trì giải quyết", "Nhận hồ sơ", "Hẹn trả", "Trả kết quả", "Phương thức nhận", "Ký nhận", "Ghi chú")
SERIF, BOLD, SIZE, LEAD, LINES = "Book", "Book-Bold", 10, 3.9 * mm, 8


def write(lines: Iterable[BookLine], out: Path) -> None:
    """Write the pages of a book."""
    for name, face in ((SERIF, "Regular"), (BOLD, "Bold")):
        pdfmetrics.registerFont(TTFont(name, str(resource_path(f"fonts/liberation-serif/LiberationSerif-{face}.ttf"))))
    canvas = Canvas(str(out), pagesize=(WIDTH, HEIGHT), pageCompression=1)
    page: list[BookLine] = []
    number = 0
    for line in lines:
        page.append(line)
        if len(page) == LINES:
            number += 1
            _page(canvas, page, number)
            page = []
    if page:
        _page(canvas, page, number + 1)
    canvas.save()


def _page(canvas: Canvas, lines: list[BookLine], number: int) -> None:
    _head(canvas, number)
    rows = [[_split(text, width) for text, width in zip(_texts(line), WIDTHS, strict=True)] for line in lines]
    heights = [max(map(len, cells)) * LEAD + 1 * mm for cells in rows]
    spare = (BODY_BOTTOM - BODY_TOP - sum(heights)) / LINES
    y = BODY_TOP
    canvas.setFont(SERIF, SIZE)
    for cells, least in zip(rows, heights, strict=True):
        height = least + spare
        for column, texts in enumerate(cells):
            baseline = y + (height - len(texts) * LEAD) / 2 + 3.0 * mm
            for text in texts:
                if column in LEFT_ALIGNED:
                    canvas.drawString(EDGES[column] + 1 * mm, HEIGHT - baseline, text)
                else:
                    canvas.drawCentredString((EDGES[column] + EDGES[column + 1]) / 2, HEIGHT - baseline, text)
                baseline += LEAD
        y += height
        canvas.line(LEFT, HEIGHT - y, EDGES[-1], HEIGHT - y)
    canvas.lines([(x, HEIGHT - HEAD_TOP, x, HEIGHT - y) for x in EDGES])
    canvas.showPage()


def _head(canvas: Canvas, number: int) -> None:
    canvas.setLineWidth(0.5)
    canvas.setFont(BOLD, SIZE)
    canvas.drawString(LEFT, HEIGHT - 13.5 * mm, "Sổ theo dõi hồ sơ · Quyển số 01/2026")
    canvas.drawRightString(EDGES[-1], HEIGHT - 13.5 * mm, f"Trang {number}")
    for column, title in enumerate(TITLES):
        for place, text in enumerate(_split(title, WIDTHS[column])):
            canvas.drawCentredString((EDGES[column] + EDGES[column + 1]) / 2, HEIGHT - HEAD_TOP - 8 * mm - place * LEAD, text)
    for y in (HEAD_TOP, BODY_TOP):
        canvas.line(LEFT, HEIGHT - y, EDGES[-1], HEIGHT - y)


def _texts(line: BookLine) -> tuple[str, ...]:
    return (f"{line.place.ordinal:02d}", line.code.replace("-", "-\n", 1), line.procedure_name, str(line.sets), line.applicant,
            f"{line.address}\n{line.phone}", line.handled_by, _day(line.received_at), _day(line.due_at), _day(line.returned_at),
            "Tại quầy", line.signed, line.note)


def _day(moment: datetime | None) -> str:
    return "" if moment is None else f"{moment:%d/%m\n%Y}"


@lru_cache(maxsize=20_000)
def _split(text: str, width: float) -> list[str]:
    return simpleSplit(text, SERIF, SIZE, width - 2 * mm) if text else []
