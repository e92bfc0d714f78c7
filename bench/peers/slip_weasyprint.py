"""The same slip as HTML and CSS through WeasyPrint: ``slip_weasyprint.py CONTENTS.json OUT FONTS``.

Runs in the peers' environment. Writes one PDF for each content and prints the milliseconds of each as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
from barcode.codex import Code128
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

STYLE = """
@font-face { font-family: Serif; src: url(FONTS/LiberationSerif-Regular.ttf) }
@font-face { font-family: Serif; font-weight: bold; src: url(FONTS/LiberationSerif-Bold.ttf) }
@font-face { font-family: Serif; font-style: italic; src: url(FONTS/LiberationSerif-Italic.ttf) }
@page { size: 148mm 210mm; margin: 6mm 10mm 6mm 11mm }
body { font: 10.5pt/13.8pt Serif; margin: 0 }
p { margin: 0 }
.pair { display: flex; justify-content: space-between }
.half { width: 48%; text-align: center }
.small { font-size: 10pt; line-height: 12.5pt }
.title { text-align: center; font-size: 13pt; font-weight: bold; margin: 1mm 0 }
.dots { display: inline-block; border-bottom: 0.5pt dotted black; width: 60mm; height: 9pt }
table { border-collapse: collapse; width: 100%; font-size: 10pt; line-height: 12.3pt }
td, th { border: 0.5pt solid black; padding: 0.4mm 1mm; text-align: center }
td.name { text-align: left }
.frame { border: 1.2pt solid black; padding: 2mm 2.4mm; display: flex; justify-content: space-between }
.frame b { font-size: 13pt }
.foot { border-top: 0.6pt solid black; text-align: center; font-style: italic; font-size: 10pt }
"""


def codes(code: dict[str, str]) -> str:
    """Return both codes as SVG in a line, the QR well away from the bars."""
    pattern = Code128(code["text"]).build()[0]
    bars = "".join(f'<rect x="{place}" y="0" width="1" height="36"/>' for place, mark in enumerate(pattern) if mark == "1")
    width = len(pattern) * 0.33
    drawn = f'<svg xmlns="http://www.w3.org/2000/svg" style="width:{width}mm;height:12mm" viewBox="0 0 {len(pattern)} 36" ' \
            f'preserveAspectRatio="none">{bars}</svg>'
    square = BytesIO()
    segno.make(code["qr"], error="m", micro=False, boost_error=False).save(square, kind="svg", border=0, xmldecl=False, omitsize=True)
    picture = square.getvalue().decode().replace("<svg ", '<svg style="width:20mm;height:20mm" ', 1)
    return f'<div class="pair"><div>{drawn}<br><b>{escape(code["text"])}</b></div><div>{picture}</div></div>'


def page(content: dict[str, Any]) -> str:
    """Return the slip as HTML."""
    head, table, appointment = content["head"], content["table"], content["appointment"]
    rows = "".join(
        f'<tr><td>{escape(number)}</td><td class="name">{escape(name)}</td>{"".join(f"<td>{count}</td>" for count in counts)}</tr>'
        for number, name, *counts in table["rows"])
    signers = "".join(
        f'<div class="half"><b>{escape(s["role"])}</b><br><i>{escape(s["hint"])}</i><br><br><br><b>{escape(s["name"])}</b></div>'
        for s in content["signatures"])
    titles = [escape(column["title"]) for column in table["columns"]]
    number = f'{head["number"]["label"]} {head["number"]["value"]}{head["number"]["after"]}'
    return f"""<body>
<div class="pair small"><i>{escape(content["copies"][0])}</i><i>{escape(content["legal_reference"])}</i></div>
<div class="pair small"><div class="half">{escape(head["superior"])}<br><b>{escape(head["unit"])}</b><br>{escape(number)}</div>
<div class="half"><b>{escape(head["nation"])}</b><br><b>{escape(head["motto"])}</b><br><br>
<i>{escape(head["place_and_date"])}</i></div></div>
{codes(content["code"])}
<div class="title">{escape(content["title"])}</div>
{lines(content["rows"])}
<table><tr><th rowspan="2">{titles[0]}</th><th rowspan="2">{titles[1]}</th><th colspan="3">{escape(table["columns"][2]["group"])}</th></tr>
<tr>{"".join(f"<th>{title}</th>" for title in titles[2:])}</tr>{rows}</table>
{lines(content["more_rows"])}
<div class="frame"><span>{escape(appointment["label"])}:</span><b>{escape(appointment["value"])}</b></div>
{lines(content["last_rows"])}
<div class="pair">{signers}</div>
<div class="foot">{"<br>".join(escape(line) for line in content["foot"])}</div></body>"""


def lines(rows: list[list[dict[str, Any]]]) -> str:
    """Return the lines of the form."""
    return "".join(f'<p{" class=pair" if len(row) > 1 else ""}>{"".join(cell(part) for part in row)}</p>' for row in rows)


def cell(part: dict[str, Any]) -> str:
    """Return a label with its value or a dotted line."""
    value = f"<b>{escape(part['value'])}</b>" if part["strong"] else escape(part["value"])
    label = f"{escape(part['label'])}: " if part["label"] else ""
    return f"<span>{label}{value or '<span class=dots></span>'} {escape(part['after'])}</span>"


def main() -> None:
    """Print every content and tell how long each took."""
    contents, out, fonts = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")), Path(sys.argv[2]), Path(sys.argv[3])
    configuration = FontConfiguration()
    style = CSS(string=STYLE.replace("FONTS", fonts.as_uri()), font_config=configuration)
    took = []
    for number, content in enumerate(contents):
        start = time.perf_counter()
        html = HTML(string=f"<html lang=vi>{page(content)}</html>")
        (out / f"{number}.pdf").write_bytes(html.write_pdf(stylesheets=[style], font_config=configuration))
        took.append((time.perf_counter() - start) * 1000)
    print(json.dumps(took))


if __name__ == "__main__":
    main()
