"""Slips: the first print is stored for ever, a reprint shows the same content and says so."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import broken
from counter_app.domain.events import SLIP_PRINTED
from counter_app.domain.facts import slip_printed
from counter_app.domain.ids import new_id
from counter_app.domain.moments import day_of
from counter_app.domain.people import Actor, Permission
from counter_app.domain.registers import PrintedForm
from counter_app.services.calendar import CalendarService
from counter_app.services.dossier_access import dossier_with_code, recorder, require
from counter_app.services.forms import form_in_force, series_of
from counter_app.services.ports import Clock, Database, FormPrinter, UnitOfWork
from counter_app.services.recording import write_audit
from counter_app.services.settings import PAPERS, DeskProfile, SettingsService
from counter_app.services.slip_content import FORM, as_reprint, slip_content

MOST_OF_A_KIND = 1000
COPIES = 2
COPY_GIVEN = 2
"""Form 01 is printed twice: the first copy is kept, the second given to the citizen (domain guide 4)."""


class SlipMaker:
    """Turns a dossier into its slip. The content is frozen with the first print; everything after it is made from that."""

    def __init__(self, printer: FormPrinter, calendar: CalendarService) -> None:
        self._printer = printer
        self._calendar = calendar

    def content(self, dossier: Dossier, profile: DeskProfile, clerk: str, on: datetime) -> dict[str, Any]:
        """Return what the slip says, in the form and with the opening hours of that day."""
        hours = self._calendar.calendar().hours(day_of(on))
        written = ", ".join(f"{interval.start:%H:%M}–{interval.end:%H:%M}" for interval in hours)
        return slip_content(dossier, profile, form_in_force(FORM, day_of(on)), clerk=clerk, hours=written)

    def first(self, dossier: Dossier, content: dict[str, Any], paper: str, at: datetime) -> PrintedForm:
        """Return the first print, document and all."""
        return self.made(dossier.dossier_id, FORM, content, paper, at)

    def made(self, subject_id: str, form: str, content: dict[str, Any], paper: str, at: datetime) -> PrintedForm:
        """Return the first print of any form of a dossier, or of a batch of them (``subject_id``).

        A form that isn't made for this paper is printed on its own one.
        """
        paper = paper_for(content, paper)
        pdf = self.document(content, paper)
        return PrintedForm(new_id(at), subject_id, form, 1, paper, at, str(content["version"]), _digest(pdf), pdf, content)

    def again(self, first: PrintedForm, issue: int, paper: str, at: datetime) -> PrintedForm:
        """Return a reprint of the first print. It is not stored as a document: the same content gives the same bytes."""
        paper = paper_for(first.content, paper)
        content = as_reprint(first.content, form_in_force(series_of(first.form), day_of(first.printed_at)), issue - 1, at)
        digest = _digest(self.document(content, paper))
        return replace(first, print_id=new_id(at), issue=issue, paper=paper, printed_at=at, sha256=digest, pdf=b"", content=content)

    def document(self, content: Mapping[str, Any], paper: str) -> bytes:
        """Return the PDF of a content on a paper."""
        draw = self._printer.receipt if content["form"] == FORM else self._printer.form
        return draw(dict(content), paper)


class SlipService:
    """The stored prints of form 01."""

    def __init__(self, database: Database, clock: Clock, settings: SettingsService, maker: SlipMaker) -> None:
        self._database = database
        self._clock = clock
        self._settings = settings
        self._maker = maker

    def first(self, dossier_id: str) -> PrintedForm:
        """Return the first print.

        Raises:
            RuleBrokenError: SLIP_UNKNOWN, the dossier was never printed here (an imported one).
        """
        with self._database.read() as uow:
            return _first(uow, dossier_id)

    def reprint(self, code: str, paper: str, actor: Actor) -> PrintedForm:
        """Print again: the same content with "In lại lần n, HH:MM dd/MM/yyyy"; an event and an audit entry say so.

        The returned print carries the document; the first one stays as it is.

        Raises:
            RuleBrokenError: NOT_ALLOWED, DOSSIER_UNKNOWN, CODE_SHARED, SLIP_UNKNOWN; PAPER_UNKNOWN at ``paper``.
        """
        require(actor, Permission.RECEIVE)
        if paper not in PAPERS:
            raise broken("PAPER_UNKNOWN", "paper")
        profile, now = self._settings.profile(), self._clock.now()
        with self._database.write() as uow:
            dossier = dossier_with_code(uow, code)
            first = _first(uow, dossier.dossier_id)
            again = self._maker.again(first, uow.prints.issues(dossier.dossier_id, first.form) + 1, paper, now)
            uow.prints.add(again)
            recorder(uow, profile, self._clock).record(SLIP_PRINTED, dossier, slip_printed(dossier, again, copies=COPIES), actor, now)
            uow.commit()
        return replace(again, pdf=self._maker.document(again.content, again.paper))

    def document(self, print_id: str) -> bytes:
        """Return the PDF of a first print as stored, or of a reprint, made again from its content.

        Raises:
            RuleBrokenError: PRINT_UNKNOWN.
        """
        with self._database.read() as uow:
            form = uow.prints.get(print_id)
        if form is None:
            raise broken("PRINT_UNKNOWN")
        return form.pdf or self._maker.document(form.content, form.paper)

    def look_at(self, print_id: str, actor: Actor) -> PrintedForm:
        """Return a print with its document, to be shown outside the program; an audit entry says who looked.

        Raises:
            RuleBrokenError: NOT_ALLOWED, PRINT_UNKNOWN.
        """
        require(actor, Permission.RECEIVE)
        with self._database.write() as uow:
            form = uow.prints.get(print_id)
            if form is None:
                raise broken("PRINT_UNKNOWN")
            details = {"form": form.form, "issue": form.issue}
            write_audit(uow, self._clock.now(), actor.user_id, "slip.opened", form.dossier_id, details)
            uow.commit()
        return replace(form, pdf=form.pdf or self._maker.document(form.content, form.paper))


def paper_for(content: Mapping[str, Any], wanted: str) -> str:
    """Return the paper that a form is printed on: the wanted one where the form is made for it, else its own."""
    papers = content.get("papers", PAPERS)
    return wanted if wanted in papers else str(papers[0])


def code_on(form: PrintedForm) -> str:
    """Return the code that stands on a print."""
    return str(form.content["code"]["text"])


def newest_print(uow: UnitOfWork, subject_id: str, form: str) -> PrintedForm | None:
    """Return the newest first print of a kind of form: a corrected slip (``01/2``) stands in for the one before it."""
    found, names = None, (form, *(f"{form}/{ordinal}" for ordinal in range(2, MOST_OF_A_KIND)))
    for name in names:
        later = uow.prints.first(subject_id, name)
        if later is None:
            return found
        found = later
    return found


def _first(uow: UnitOfWork, dossier_id: str) -> PrintedForm:
    form = newest_print(uow, dossier_id, FORM)
    if form is None:
        raise broken("SLIP_UNKNOWN")
    return form


def _digest(pdf: bytes) -> str:
    return hashlib.sha256(pdf).hexdigest()
