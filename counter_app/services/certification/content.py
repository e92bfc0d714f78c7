"""What is printed at the certification counter: the lines of the numbers under the testimonies, and the list for the signer.

The shape of the list is that of :mod:`.form_content`. Testimonies (``stamp``) are ``{"form", "version", "title", "papers", "code",
"stamps": [{"text": [paragraph], "lines": [text], "signer": [text], "signatures", "count"}]}``: one page for each of the ``count`` copies.
Where there are ``signatures``, the page follows the paper; else text, lines and signer go on the copy itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from counter_app.domain.certification import CertifiedNumber, number_label, printed_sign
from counter_app.domain.dossier import BookPlace
from counter_app.domain.moments import day_of
from counter_app.domain.text import tidy
from counter_app.services.certification.terms import Visit
from counter_app.services.certification.testimonies import STAMP, Attested, Paragraphs, on_own_page, testimony
from counter_app.services.desk.settings import DeskProfile
from counter_app.services.documents.form_parts import cell, column, figures, frame, parts, signer
from counter_app.services.documents.forms import FormWords, form_in_force

SIGNING_LIST = "signing_list"


def stamp_lines(place: BookPlace, at: datetime, form: FormWords) -> list[str]:
    """Return number and date as they stand under a testimony."""
    return [form.say("number_line", label=number_label(place)), form.say("date_line", **parts(at))]


def coming_stamp(places: Sequence[BookPlace], at: datetime) -> str:
    """Return what will stand under the first testimony of a visit; empty for no line."""
    return "\n".join(stamp_lines(places[0], at, form_in_force(STAMP, day_of(at)))) if places else ""


def stamp_content(
    attested: Sequence[Attested], desk: DeskProfile, form: FormWords, own: Mapping[str, Paragraphs],
) -> dict[str, Any]:
    """Return the testimony of each number, once for each copy or paper; ``own`` are the commune's own texts."""
    return {
        "form": STAMP, "version": form.version, "title": form.say("title"), "papers": list(form.words["papers"]),
        "code": {"text": ""}, "marks": [form.say("practice")] if desk.practice else [],
        "stamps": [_stamp(each, desk, form, own) for each in attested],
    }


def _stamp(attested: Attested, desk: DeskProfile, form: FormWords, own: Mapping[str, Paragraphs]) -> dict[str, Any]:
    number = attested.number
    title, name = tidy(number.signer_title).upper(), tidy(number.signer)
    sealing = signer(form, "signature_signer", name) | {"title": title, "hint": form.say("signature_seal_hint")}
    return {
        "text": testimony(attested, desk, form, own), "lines": stamp_lines(number.place, number.at, form), "count": number.copies,
        "signer": [text for text in (title, name) if text],
        "signatures": [signer(form, "signature_clerk", attested.clerk), sealing] if on_own_page(number.kind) else []}


def signing_list(visits: Sequence[Visit], desk: DeskProfile, form: FormWords, on: datetime, *, clerk: str) -> dict[str, Any]:
    """Return the list that goes to the signer with the papers: one line a number, by register and number."""
    say = form.say
    columns = [
        column(say("column_number"), 8), column(say("column_certified"), 40, left=True), column(say("column_applicant"), 44, left=True),
        column(say("column_document"), left=True), column(say("column_copies"), 16), column(say("column_fee"), 22),
        column(say("column_signer"), 44, left=True), column(say("column_note"), 26, left=True)]
    waiting = sorted(
        ((number, visit.applicant) for visit in visits for number in visit.standing if number.signed_at is None), key=_by_number)
    rows = [
        [str(at), number.label, tidy(applicant), tidy(number.document_name), str(number.copies), figures(number.amount_vnd),
         tidy(number.signer), ""]
        for at, (number, applicant) in enumerate(waiting, start=1)]
    return frame(desk, form, on) | {
        "body": [
            {"rows": [[cell(say("at"), say("moment", **parts(on)))]]},
            {"table": {"columns": columns, "rows": rows}},
            {"rows": [[cell(say("total"), say("total_value", numbers=len(rows), copies=_copies(waiting)), strong=True)],
                      [cell(say("by_register"), _registers(waiting))]],
             "signatures": [signer(form, "signature_clerk", clerk), signer(form, "signature_signer", "")]}],
        "signatures": []}


def _by_number(entry: tuple[CertifiedNumber, str]) -> tuple[str, int, int]:
    place = entry[0].place
    return place.book, place.year, place.ordinal


def _copies(waiting: Sequence[tuple[CertifiedNumber, str]]) -> int:
    return sum(number.copies for number, _ in waiting)


def _registers(waiting: Sequence[tuple[CertifiedNumber, str]]) -> str:
    counts: Mapping[str, int] = {
        book: sum(number.place.book == book for number, _ in waiting) for book in dict.fromkeys(each.place.book for each, _ in waiting)}
    return "; ".join(f"{printed_sign(book)}: {count}" for book, count in counts.items())
