"""What hangs on the wall: one sheet a procedure, and the list of all of them by field of work.

A fee is never shown without its exemption (domain guide 10): the list points at the sheet wherever there is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from counter_app.domain.catalogue import Fee, Procedure, RequiredDocument
from counter_app.domain.catalogue_words import fee_words
from counter_app.domain.moments import day_of
from counter_app.domain.people import Actor, Permission
from counter_app.domain.text import fold, money, tidy
from counter_app.services.deadlines.calendar import CalendarService
from counter_app.services.desk.catalogue import CatalogueService, none_in_force
from counter_app.services.desk.settings import DeskProfile, SettingsService
from counter_app.services.documents.form_parts import parts, unit_of
from counter_app.services.documents.forms import FormWords, form_in_force
from counter_app.services.documents.slips import SlipMaker
from counter_app.services.dossiers.access import require
from counter_app.services.ports import Clock
from counter_app.services.whole_files import whole_file

_PROCEDURE = "thu tuc "
POSTER, POSTER_LIST = "poster", "poster_list"


class PosterService:
    """Makes posting sheets from the catalogue in force today."""

    def __init__(
        self, clock: Clock, *, catalogue: CatalogueService, calendar: CalendarService, settings: SettingsService, maker: SlipMaker,
    ) -> None:
        self._clock, self._catalogue, self._calendar = clock, catalogue, calendar
        self._settings, self._maker = settings, maker

    def sheet(self, code: str, actor: Actor) -> bytes:
        """Return the sheet of a procedure as PDF, A4 portrait.

        Raises:
            RuleBrokenError: NOT_ALLOWED, PROCEDURE_UNKNOWN and what else :meth:`CatalogueService.get` raises.
        """
        require(actor, Permission.READ)
        now = self._clock.now()
        procedure = self._catalogue.get(code, day_of(now))
        return self._drawn(poster(procedure, self._settings.profile(), self._words(now), hours=self._hours(now), on=now))

    def everything(self, actor: Actor) -> bytes:
        """Return the list of all procedures in force, by field of work, as PDF, A4 portrait.

        Raises:
            RuleBrokenError: NOT_ALLOWED; CATALOGUE_EMPTY, no procedure is in force.
        """
        require(actor, Permission.READ)
        now = self._clock.now()
        procedures = self._catalogue.in_force(day_of(now))
        if not procedures:
            raise none_in_force(day_of(now))
        return self._drawn(poster_list(procedures, self._settings.profile(), self._words(now), now))

    def write(self, code: str, out: Path, actor: Actor) -> Path:
        """Write the sheet of a procedure, of all of them for an empty ``code``; it is there completely or not at all.

        Raises:
            RuleBrokenError: NOT_ALLOWED (inspectors export nothing); as :meth:`sheet` and :meth:`everything`.
            SurroundingsError: the file can't be written.
        """
        require(actor, Permission.EXPORT)
        pdf = self.sheet(code, actor) if code else self.everything(actor)
        with whole_file(out) as part:
            part.write_bytes(pdf)
        return out

    def _drawn(self, content: dict[str, Any]) -> bytes:
        return self._maker.document(content, "a4")

    def _words(self, now: datetime) -> FormWords:
        return form_in_force(POSTER, day_of(now))

    def _hours(self, now: datetime) -> str:
        calendar = self._calendar.calendar()
        day = day_of(now) if calendar.is_reception_day(day_of(now)) else calendar.counting_day_after(day_of(now), 1)
        return ", ".join(f"{each.start:%H:%M}–{each.end:%H:%M}" for each in calendar.hours(day))


def poster(procedure: Procedure, desk: DeskProfile, form: FormWords, *, hours: str, on: datetime) -> dict[str, Any]:
    """Return what the sheet says: sections of a heading and lines; every line is whole, the law's words unchanged."""
    say = form.say
    sections = [
        *_paper_sections(procedure, form),
        (say("limit_title"), [_limit(limit.case, limit.text, form) for limit in (procedure.time_limit, *procedure.variants)]),
        (say("fee_title"), _fees(procedure, form)),
        (say("result_title"), [tidy(each.name) for each in procedure.results]),
        (say("where_title"), _where(procedure, desk, form, hours)),
    ]
    return _frame(POSTER, desk, form) | {
        "title": tidy(procedure.label), "name": _whole_name(procedure),
        "number": say("number", code=procedure.code, field=tidy(procedure.field_name)),
        "sections": [{"title": title, "lines": lines} for title, lines in sections if lines],
        "qr": {"text": say("address", code=procedure.code), "label": say("qr")},
        "foot": say("foot", version=procedure.catalogue_version, **parts(on))}


def poster_list(procedures: Iterable[Procedure], desk: DeskProfile, form: FormWords, on: datetime) -> dict[str, Any]:
    """Return the list of all: the fields by name, in each the procedures by name with limit and fee."""
    say = form.say
    ordered = sorted(procedures, key=_by_field)
    groups = [
        {"title": field, "rows": [
            [str(number), tidy(each.name), tidy(each.time_limit.text), _short_fee(each, form)] for number, each in enumerate(run, start=1)]}
        for field, run in groupby(ordered, key=_field)]
    return _frame(POSTER_LIST, desk, form) | {
        "title": say("list_title"), "note": say("list_note", count=len(ordered)), "groups": groups,
        "columns": [say(f"column_{name}") for name in ("number", "procedure", "limit", "fee")],
        "qr": {"text": say("list_address"), "label": say("qr")},
        "foot": say("foot", version=ordered[0].catalogue_version, **parts(on))}


def _frame(kind: str, desk: DeskProfile, form: FormWords) -> dict[str, Any]:
    return {
        "form": kind, "version": form.version, "papers": list(form.words["papers"]), "code": {"text": "", "qr": ""},
        "unit": unit_of(desk, form).upper(), "marks": [form.say("practice")] if desk.practice else [], "page": str(form.words["page"])}


def _whole_name(procedure: Procedure) -> str:
    """Return the name as the law has it, where the title says less."""
    name = tidy(procedure.name)
    return "" if fold(name).removeprefix(_PROCEDURE) == fold(procedure.label).removeprefix(_PROCEDURE) else name


def _paper_sections(procedure: Procedure, form: FormWords) -> list[tuple[str, list[str]]]:
    """Return the papers to hand in, those to show, and those of certain cases; what only an online dossier needs is no matter here."""
    here = [each for each in procedure.documents if not each.online_only]
    handed_in = [_paper(each, form) for each in here if not each.conditional and not each.shown_only]
    return [
        (form.say("papers_title"), handed_in or [form.say("no_papers")]),
        (form.say("shown_title"), [_paper(each, form) for each in here if not each.conditional and each.shown_only]),
        (form.say("conditional_title"), [_paper(each, form) for each in here if each.conditional])]


def _paper(document: RequiredDocument, form: FormWords) -> str:
    counts: Mapping[str, int] = {} if document.shown_only else {"original": document.original, "copy": document.copy}
    quantity = ", ".join(form.say(kind, count=f"{count:02d}") for kind, count in counts.items() if count)
    name = tidy(document.name) + (f" ({tidy(document.condition)})" if document.condition else "")
    return form.say("paper", name=name, quantity=quantity) if quantity else name


def _limit(case: str, text: str, form: FormWords) -> str:
    return form.say("limit_case", case=tidy(case), limit=tidy(text)) if case else tidy(text)


def _fees(procedure: Procedure, form: FormWords) -> list[str]:
    own = bool(procedure.overridden_by)
    return [_fee(fee, form, own=own) for fee in procedure.fees] or [form.say("no_fee")]


def _fee(fee: Fee, form: FormWords, *, own: bool) -> str:
    """Return a fee in the catalogue's words, in figures where a decision of the commune replaced them, with its exemption."""
    figures = "" if fee.amount_vnd is None else money(fee.amount_vnd)
    amount = (figures if own else tidy(fee.text)) or figures or form.say("unset_fee")
    line = form.say("fee", name=tidy(fee.name), amount=amount)
    return form.say("fee_exempt", fee=line.rstrip("."), note=tidy(fee.exemption_note)) if fee.exemption_note else line


def _short_fee(procedure: Procedure, form: FormWords) -> str:
    """Return a fee that can be told in a few words, with nothing to add; for all others the sheet is the place."""
    if not any(fee.amount_vnd != 0 for fee in procedure.fees):
        return form.say("no_fee")
    if len(procedure.fees) == 1 and procedure.fees[0].amount_vnd and not procedure.fees[0].exemption_note:
        return fee_words(procedure.fees[0])
    return form.say("see_sheet")


def _where(procedure: Procedure, desk: DeskProfile, form: FormWords, hours: str) -> list[str]:
    lines = [form.say("where", unit=unit_of(desk, form), hours=hours)]
    lines += [form.say(f"channel_{each}") for each in ("online", "postal") if each in procedure.channels]
    return [*lines, form.say("phone", phone=desk.phone)] if desk.phone else lines


def _field(procedure: Procedure) -> str:
    return tidy(procedure.field_name)


def _by_field(procedure: Procedure) -> tuple[str, str]:
    return fold(procedure.field_name), fold(procedure.name)
