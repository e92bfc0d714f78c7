"""The same slip with reportlab alone, as lean as its canvas allows: strings and lines at their places, reportlab's own bar codes.

No Platypus: its paragraphs and tables would make it four times slower.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode import qr
from reportlab.graphics.barcode.code128 import Code128
from reportlab.graphics.shapes import Drawing
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from counter_app.support.paths import resource_path

WIDTH, HEIGHT, LEFT, RIGHT = 148 * mm, 210 * mm, 11 * mm, 138 * mm
SERIF, BOLD, ITALIC = "Serif", "Serif-Bold", "Serif-Italic"


def register() -> None:
    """Load the fonts, once for a process."""
    for name, face in ((SERIF, "Regular"), (BOLD, "Bold"), (ITALIC, "Italic")):
        pdfmetrics.registerFont(TTFont(name, str(resource_path(f"fonts/liberation-serif/LiberationSerif-{face}.ttf"))))


def slip(content: dict[str, Any]) -> bytes:
    """Return the slip on A5, both copies."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), pageCompression=1)
    for copy in content["copies"]:
        _page(canvas, content, copy)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _page(canvas: Canvas, content: dict[str, Any], copy: str) -> None:
    _head(canvas, content, copy)
    _codes(canvas, content["code"])
    canvas.setFont(BOLD, 13)
    canvas.drawCentredString((LEFT + RIGHT) / 2, HEIGHT - 63.1 * mm, content["title"])
    y = _rows(canvas, content["rows"], HEIGHT - 65.3 * mm)
    y = _table(canvas, content["table"], y - 0.8 * mm) - 1 * mm
    y = _rows(canvas, content["more_rows"], y)
    y = _appointment(canvas, content["appointment"], y)
    y = _rows(canvas, content["last_rows"], y)
    _tail(canvas, content, y)


def _head(canvas: Canvas, content: dict[str, Any], copy: str) -> None:
    head = content["head"]
    canvas.setFont(ITALIC, 10)
    canvas.drawString(LEFT, HEIGHT - 9.3 * mm, copy)
    canvas.drawRightString(RIGHT, HEIGHT - 9.3 * mm, content["legal_reference"])
    canvas.setFont(SERIF, 10)
    canvas.drawCentredString(33.5 * mm, HEIGHT - 15 * mm, head["superior"])
    canvas.setFont(BOLD, 10)
    for number, line in enumerate(simpleSplit(head["unit"], BOLD, 10, 43 * mm)):
        canvas.drawCentredString(33.5 * mm, HEIGHT - (19.4 + 4.4 * number) * mm, line)
    canvas.drawCentredString(97 * mm, HEIGHT - 15 * mm, head["nation"])
    canvas.setFont(BOLD, 11)
    canvas.drawCentredString(97 * mm, HEIGHT - 19.7 * mm, head["motto"])
    canvas.line(74 * mm, HEIGHT - 21.4 * mm, 120 * mm, HEIGHT - 21.4 * mm)
    canvas.line(24.5 * mm, HEIGHT - 30.3 * mm, 42.5 * mm, HEIGHT - 30.3 * mm)
    canvas.setFont(SERIF, 10)
    number = head["number"]
    canvas.drawCentredString(33.5 * mm, HEIGHT - 34.8 * mm, f"{number['label']} {number['value']}{number['after']}")
    canvas.setFont(ITALIC, 10.5)
    canvas.drawCentredString(97 * mm, HEIGHT - 34.8 * mm, head["place_and_date"])


def _codes(canvas: Canvas, code: dict[str, str]) -> None:
    Code128(code["text"], barWidth=0.33 * mm, barHeight=12 * mm, quiet=0).drawOn(canvas, LEFT, HEIGHT - 50.6 * mm)
    canvas.setFont(BOLD, 11)
    canvas.drawCentredString(LEFT + 40.3 * mm, HEIGHT - 54.9 * mm, code["text"])
    widget = qr.QrCodeWidget(code["qr"], barLevel="M", barBorder=0, barWidth=20 * mm, barHeight=20 * mm)
    drawing = Drawing(20 * mm, 20 * mm)
    drawing.add(widget)
    renderPDF.draw(drawing, canvas, RIGHT - 20 * mm, HEIGHT - 57.2 * mm)
    canvas.setFont(SERIF, 10)
    canvas.drawRightString(RIGHT - 23 * mm, HEIGHT - 46.4 * mm, code["look_up"][:7])
    canvas.drawRightString(RIGHT - 23 * mm, HEIGHT - 50.3 * mm, code["look_up"][8:])


def _rows(canvas: Canvas, rows: list[list[dict[str, Any]]], y: float) -> float:
    for cells in rows:
        x = LEFT
        for cell in cells:
            face = BOLD if cell["strong"] else SERIF
            parts = [(f"{cell['label']}: " if cell["label"] else "", SERIF), (cell["value"], face), (f" {cell['after']}", SERIF)]
            for text, font in parts:
                canvas.setFont(font, 10.5)
                canvas.drawString(x, y - 3.75 * mm, text)
                x += pdfmetrics.stringWidth(text, font, 10.5)
            if not cell["value"]:
                canvas.setDash(0.5, 1.5)
                canvas.line(x, y - 3.75 * mm, RIGHT, y - 3.75 * mm)
                canvas.setDash()
            x += 10 * mm
        y -= 4.87 * mm
    return y


def _table(canvas: Canvas, table: dict[str, Any], y: float) -> float:
    columns = table["columns"]
    widths = [column["width"] * mm or (RIGHT - LEFT) - sum(other["width"] for other in columns) * mm for column in columns]
    edges = [LEFT + sum(widths[:count]) for count in range(len(widths) + 1)]
    rows = [(["", "", "", columns[2]["group"], ""], BOLD), ([column["title"] for column in columns], BOLD)]
    rows += [(row, SERIF) for row in table["rows"]]
    canvas.line(LEFT, y, RIGHT, y)
    top = y
    for texts, font in rows:
        cells = [simpleSplit(text, font, 10, width - 1.5 * mm) for text, width in zip(texts, widths, strict=True)]
        height = max(map(len, cells)) * 4.35 * mm + 0.9 * mm
        canvas.setFont(font, 10)
        for number, lines in enumerate(cells):
            baseline = y - (height - len(lines) * 4.35 * mm) / 2 - 3.3 * mm
            for line in lines:
                if number == 1 and font == SERIF:
                    canvas.drawString(edges[number] + 1.1 * mm, baseline, line)
                else:
                    canvas.drawCentredString((edges[number] + edges[number + 1]) / 2, baseline, line)
                baseline -= 4.35 * mm
        y -= height
        canvas.line(LEFT, y, RIGHT, y)
    for edge in edges:
        canvas.line(edge, top, edge, y)
    return y


def _appointment(canvas: Canvas, appointment: dict[str, str], y: float) -> float:
    canvas.setLineWidth(1.2)
    canvas.rect(LEFT, y - 10 * mm, RIGHT - LEFT, 8.8 * mm)
    canvas.setLineWidth(0.5)
    canvas.setFont(SERIF, 10.5)
    canvas.drawString(LEFT + 2.4 * mm, y - 7.2 * mm, f"{appointment['label']}:")
    canvas.setFont(BOLD, 13)
    canvas.drawRightString(RIGHT - 2.4 * mm, y - 7.2 * mm, appointment["value"])
    return y - 11.15 * mm


def _tail(canvas: Canvas, content: dict[str, Any], y: float) -> None:
    for number, signer in enumerate(content["signatures"]):
        x = LEFT + (RIGHT - LEFT) * (0.25 + 0.5 * number)
        canvas.setFont(BOLD, 10.5)
        canvas.drawCentredString(x, y - 5 * mm, signer["role"])
        canvas.drawCentredString(x, y - 24 * mm, signer["name"])
        canvas.setFont(ITALIC, 10)
        canvas.drawCentredString(x, y - 9.7 * mm, signer["hint"])
    canvas.line(LEFT, HEIGHT - 194.5 * mm, RIGHT, HEIGHT - 194.5 * mm)
    canvas.setFont(ITALIC, 10)
    for number, line in enumerate(content["foot"]):
        canvas.drawCentredString((LEFT + RIGHT) / 2, HEIGHT - (198.6 + 4.2 * number) * mm, line)
