"""What the lists of digitised papers say, and the sheet that parts one dossier of a stack from the next.

The columns are those of a list of files that go to the archive (Nghị định 30/2020/NĐ-CP, annex V), as far as a desk knows them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from counter_app.domain.archive import DigitalPaper
from counter_app.domain.scan_codes import SEPARATOR
from counter_app.domain.text import tidy, write_day
from counter_app.services.desk.settings import DeskProfile
from counter_app.services.documents.form_parts import cell, column, frame, signer, unit_of
from counter_app.services.documents.forms import FormWords

ARCHIVE_LIST, SEPARATOR_SHEET = "archive_list", "separator"
_WIDTHS = (
    ("number", 8), ("code", 41), ("paper", 0), ("sign", 36), ("filed", 19), ("pages", 12), ("shelf", 24), ("kept", 22), ("archived", 19))


class ListKind(StrEnum):
    """The lists of digitised papers."""

    FILED = "filed"
    """What was digitised in some days."""
    DUE = "due"
    """What is kept no longer, as of today."""
    HANDED_OVER = "handed_over"
    """What went to the archive in some days."""
    UNREAD = "unread"
    """Whose words could not be read, as of today."""


AS_OF_TODAY = frozenset({ListKind.DUE, ListKind.UNREAD})
"""The lists that no days are asked for."""


@dataclass(frozen=True, slots=True)
class ListedPaper:
    """A digitised paper with the code of its dossier."""

    code: str
    paper: DigitalPaper


@dataclass(frozen=True, slots=True)
class PaperList:
    """A list as it is written; one as of today has no beginning."""

    kind: ListKind
    start: date
    end: date
    papers: tuple[ListedPaper, ...]


def archive_list(listed: PaperList, desk: DeskProfile, form: FormWords, on: datetime) -> dict[str, Any]:
    """Return the list as a form, A4 landscape, signed by those who make and take it."""
    say, kind = form.say, listed.kind
    days = {"start": write_day(listed.start), "end": write_day(listed.end)}
    columns = [
        column(say(f"column_{name}"), width, left=name in ("paper", "sign", "shelf")) for name, width in _WIDTHS]
    pages = sum(each.paper.pages for each in listed.papers)
    return frame(desk, form, on) | {
        "title": str(form.words.get(f"title_{kind}", form.words["title"])),
        "copies": list(form.words.get(f"copies_{kind}", form.words["copies"])),
        "body": [
            {"rows": [[cell(say("unit_label"), unit_of(desk, form)),
                       cell(say("period"), say("until" if kind in AS_OF_TODAY else "from_to", **days))]]},
            {"table": {"columns": columns, "rows": list_rows(listed, form)}},
            {"rows": [[cell(say("total"), say("total_figures", files=len(listed.papers), pages=pages), strong=True)]]}],
        "signatures": [signer(form, f"signature_{kind}_{side}", "") for side in ("left", "right")]}


def list_header(form: FormWords) -> list[str]:
    """Return the titles of the columns in a workbook, which has room for the digest of the file."""
    return [form.say(f"column_{name}") for name in (*(name for name, _ in _WIDTHS), "sha256")]


def list_rows(listed: PaperList, form: FormWords) -> list[list[str]]:
    """Return the lines of a list in the order of the columns."""
    return [_row(number, each, form) for number, each in enumerate(listed.papers, start=1)]


def separator_sheet(form: FormWords) -> dict[str, Any]:
    """Return what the sheet says that parts one dossier of a stack from the next."""
    return {
        "form": form.form, "version": form.version, "title": form.say("title"), "papers": list(form.words["papers"]),
        "code": {"text": "", "qr": SEPARATOR}, "lines": list(form.words["lines"])}


def _row(number: int, listed: ListedPaper, form: FormWords) -> list[str]:
    paper, say = listed.paper, form.say
    kept = say("kept_until", day=write_day(paper.kept_until)) if paper.kept_until else say("for_ever")
    return [
        str(number), listed.code, tidy(paper.paper), "; ".join(filter(None, (tidy(paper.number), tidy(paper.result_code)))),
        write_day(paper.filed_at.date()), str(paper.pages), ", ".join(filter(None, (paper.box, paper.folder))), kept,
        write_day(paper.archived_on) if paper.archived_on else ""]
