"""The same slip as offices make it today: a Word template filled by docxtpl, turned into PDF by LibreOffice.

``slip_docx.py CONTENTS.json OUT SOFFICE [LISTENER_PYTHON]``. Runs in the peers' environment. Writes one PDF for each content, with one
LibreOffice call a slip, or through one LibreOffice that is kept open, and prints the milliseconds of each as JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
from barcode.codex import Code128
from barcode.writer import ImageWriter
from docx import Document
from docx.shared import Mm, Pt
from docxtpl import DocxTemplate, InlineImage


def template(path: Path, content: dict[str, Any]) -> None:
    """Write the Word template: A5, a form's lines as placeholders, a table with one row for each paper."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(148), Mm(210)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = Mm(11), Mm(10), Mm(6), Mm(6)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Liberation Serif", Pt(10.5)
    style.paragraph_format.space_after = Pt(0)
    for line in ("{{ copy }}    {{ legal }}", "{{ superior }}    {{ nation }}", "{{ unit }}", "{{ motto }}", "{{ number }}    {{ date }}",
                 "{{ bars }}    {{ qr }}", "{{ code }}", "{{ title }}"):
        document.add_paragraph(line)
    for number in range(len(rows(content))):
        document.add_paragraph(f"{{{{ lines[{number}] }}}}")
    table = document.add_table(rows=4, cols=5)
    table.style = "Table Grid"
    for place, column in enumerate(content["table"]["columns"]):
        table.cell(0, place).text = column["title"]
        table.cell(2, place).text = f"{{{{ paper[{place}] }}}}"
    table.cell(1, 0).text, table.cell(3, 0).text = "{%tr for paper in papers %}", "{%tr endfor %}"
    for line in ("{{ appointment }}", "{{ roles }}", "{{ hints }}", "", "", "{{ names }}", "{{ foot }}"):
        document.add_paragraph(line)
    document.save(str(path))


def rows(content: dict[str, Any]) -> list[str]:
    """Return the lines of the form as text."""
    parts = [*content["rows"], *content["more_rows"], *content["last_rows"]]
    return ["    ".join(f"{cell['label']}: {cell['value'] or '……………'} {cell['after']}" for cell in row) for row in parts]


def picture(kind: str, code: dict[str, str]) -> BytesIO:
    """Return a code as PNG."""
    out = BytesIO()
    if kind == "qr":
        segno.make(code["qr"], error="m", micro=False, boost_error=False).save(out, kind="png", scale=10, border=0)
    else:
        options = {"module_width": 0.33, "module_height": 12, "write_text": False, "quiet_zone": 0}
        Code128(code["text"], writer=ImageWriter()).write(out, options)
    out.seek(0)
    return out


def fill(path: Path, out: Path, content: dict[str, Any]) -> None:
    """Fill the template."""
    document = DocxTemplate(str(path))
    head, number, signers = content["head"], content["head"]["number"], content["signatures"]
    document.render({
        "copy": content["copies"][0], "legal": content["legal_reference"], "superior": head["superior"], "nation": head["nation"],
        "unit": head["unit"], "motto": head["motto"], "number": f"{number['label']} {number['value']}{number['after']}",
        "date": head["place_and_date"], "code": content["code"]["text"], "title": content["title"], "lines": rows(content),
        "bars": InlineImage(document, picture("bars", content["code"]), width=Mm(80.5)),
        "qr": InlineImage(document, picture("qr", content["code"]), width=Mm(20)), "papers": content["table"]["rows"],
        "appointment": f"{content['appointment']['label']}: {content['appointment']['value']}",
        "roles": "        ".join(s["role"] for s in signers), "hints": "        ".join(s["hint"] for s in signers),
        "names": "        ".join(s["name"] for s in signers), "foot": "\n".join(content["foot"])})
    document.save(str(out))


class Calls:
    """One LibreOffice call for each file."""

    def __init__(self, soffice: str, out: Path) -> None:
        profile = f"-env:UserInstallation={(out / 'office').as_uri()}"
        self._words = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(out)]

    def convert(self, file: Path) -> None:
        """Turn a Word file into PDF beside it."""
        subprocess.run([*self._words, str(file)], check=True, capture_output=True, timeout=120)

    def close(self) -> None:
        """Nothing is open."""


class Listener:
    """One LibreOffice that is kept open."""

    def __init__(self, soffice: str, out: Path, python: str) -> None:
        words = [python, str(Path(__file__).with_name("office_listener.py")), soffice, str(out / "office")]
        self._helper = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._ask(None)

    def convert(self, file: Path) -> None:
        """Turn a Word file into PDF beside it."""
        self._ask(file)

    def close(self) -> None:
        """Let the office go."""
        self._helper.communicate(timeout=60)

    def _ask(self, file: Path | None) -> None:
        assert self._helper.stdin is not None
        assert self._helper.stdout is not None
        if file is not None:
            print(file, file=self._helper.stdin, flush=True)
        if not self._helper.stdout.readline():
            raise RuntimeError("LibreOffice went away")


def main() -> None:
    """Make every slip and tell how long each took."""
    contents, out, soffice = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")), Path(sys.argv[2]), sys.argv[3]
    template(out / "template.docx", contents[0])
    office = Listener(soffice, out, sys.argv[4]) if len(sys.argv) > 4 else Calls(soffice, out)
    took = []
    for number, content in enumerate(contents):
        start = time.perf_counter()
        fill(out / "template.docx", out / f"{number}.docx", content)
        office.convert(out / f"{number}.docx")
        took.append((time.perf_counter() - start) * 1000)
    office.close()
    print(json.dumps(took))


if __name__ == "__main__":
    main()
