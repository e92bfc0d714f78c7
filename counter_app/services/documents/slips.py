"""Slips: the first print is stored for ever, a reprint shows the same content and says so."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from itertools import chain, count
from typing import Any

from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import broken
from counter_app.domain.events import SLIP_PRINTED
from counter_app.domain.facts import slip_printed
from counter_app.domain.ids import new_id
from counter_app.domain.moments import day_of
from counter_app.domain.people import Actor, Permission
from counter_app.domain.registers import CANCELLED, PRINTING, PrintedForm
from counter_app.domain.text import tidy
from counter_app.services.deadlines.calendar import CalendarService
from counter_app.services.desk.settings import PAPERS, DeskProfile, SettingsService
from counter_app.services.documents.forms import form_in_force, series_of
from counter_app.services.documents.list_content import label, process_sheet
from counter_app.services.documents.slip_content import FORM, as_reprint, slip_content
from counter_app.services.dossiers.access import dossier_with_code, dossier_with_id, recorder, require
from counter_app.services.ports import Clock, Database, FormPrinter, UnitOfWork
from counter_app.services.recording import write_audit
from counter_app.services.trail.print_notes import noted

MOST_OF_A_KIND = 1000
COPIES = 2
COPY_GIVEN = 2
"""Form 01 is printed twice: the first copy is kept, the second given to the citizen (domain guide 4)."""
LABEL, PROCESS = "label", "process"
FORMS = (FORM, "02", "03", "04", "05", "06", "result", "hand_over", "result_list", "many", PROCESS, LABEL)
"""What can be printed again by name; the last two are made when somebody asks for them."""


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
    """The stored prints of all forms."""

    def __init__(self, database: Database, clock: Clock, settings: SettingsService, maker: SlipMaker) -> None:
        self._database = database
        self._clock = clock
        self._settings = settings
        self._maker = maker

    def first(self, dossier_id: str) -> PrintedForm:
        """Return the first print of the slip.

        Raises:
            RuleBrokenError: SLIP_UNKNOWN, the dossier was never printed here (an imported one).
        """
        with self._database.read() as uow:
            return _first(uow, dossier_id)

    def of_dossier(self, dossier_id: str, actor: Actor) -> list[PrintedForm]:
        """Return every print of a dossier and of its batches in the order they were made, struck ones too, without their documents.

        Raises:
            RuleBrokenError: NOT_ALLOWED, DOSSIER_UNKNOWN.
        """
        require(actor, Permission.READ)
        with self._database.read() as uow:
            return sorted(_prints(uow, dossier_with_id(uow, dossier_id)), key=lambda form: form.printed_at)

    def newest(self, code: str, form: str, actor: Actor) -> PrintedForm:
        """Return the first print of the newest form of a kind that isn't struck, with its document (audited, as :meth:`look_at`).

        Raises:
            RuleBrokenError: NOT_ALLOWED, DOSSIER_UNKNOWN, CODE_SHARED, SLIP_UNKNOWN, PRINT_VOID.
        """
        require(actor, Permission.RECEIVE)
        with self._database.write() as uow:
            found = _newest(uow, dossier_with_code(uow, code), form)
            self._note_look(uow, found, actor)
            uow.commit()
        return found

    def reprint(self, code: str, paper: str, actor: Actor, form: str = FORM) -> PrintedForm:
        """Print a form again: the same content with "In lại lần n, HH:MM dd/MM/yyyy"; an event and an audit entry say so.

        Of a form that was made several times (a second request for papers, a slip after a correction) it is the newest one that isn't
        struck. A folder's label is made when it is first asked for, a process sheet every time. The returned print carries the
        document; the first one stays as it is. A form that isn't made for this paper comes on its own one.

        Raises:
            RuleBrokenError: NOT_ALLOWED, DOSSIER_UNKNOWN, CODE_SHARED, SLIP_UNKNOWN, PRINT_VOID; PAPER_UNKNOWN at ``paper``.
        """
        require(actor, Permission.RECEIVE)
        if paper not in PAPERS:
            raise broken("PAPER_UNKNOWN", "paper")
        profile, now = self._settings.profile(), self._clock.now()
        with self._database.write() as uow:
            dossier = dossier_with_code(uow, code)
            if form == PROCESS or (form == LABEL and not uow.prints.issues(dossier.dossier_id, LABEL)):
                name = next_name(uow, dossier.dossier_id, form)
                made = self._maker.made(dossier.dossier_id, name, _made_now(uow, dossier, profile, form, now), paper, now)
            else:
                first = _newest(uow, dossier, form)
                made = self._maker.again(first, uow.prints.issues(first.dossier_id, first.form) + 1, paper, now)
            uow.prints.add(made)
            facts = slip_printed(dossier, made, copies=len(made.content["copies"]))
            recorder(uow, profile, self._clock).record(SLIP_PRINTED, dossier, facts, actor, now, noted=noted(made))
            uow.commit()
        return replace(made, pdf=self._maker.document(made.content, made.paper))

    def void(self, print_id: str, reason: str, actor: Actor) -> PrintedForm:
        """Strike a print that was rejected or made by mistake; it stays, its reason with it, and what waits for a printer is taken back.

        Raises:
            RuleBrokenError: NOT_ALLOWED, PRINT_UNKNOWN, PRINT_VOID_ALREADY; REASON_EMPTY at ``reason``.
        """
        require(actor, Permission.RECEIVE)
        if not tidy(reason):
            raise broken("REASON_EMPTY", "reason")
        now = self._clock.now()
        with self._database.write() as uow:
            form = _print(uow, print_id)
            if form.voided_at:
                raise broken("PRINT_VOID_ALREADY")
            uow.prints.void(print_id, now, tidy(reason))
            for job in uow.prints.open_jobs():
                if job.print_id == print_id and job.state != PRINTING:
                    uow.prints.update_job(replace(job, state=CANCELLED))
            write_audit(uow, now, actor.user_id, "slip.voided", form.dossier_id, {"form": form.form, "issue": form.issue})
            uow.commit()
        return replace(form, void_reason=tidy(reason), voided_at=now)

    def document(self, print_id: str) -> bytes:
        """Return the PDF of a first print as stored, or of a reprint, made again from its content.

        Raises:
            RuleBrokenError: PRINT_UNKNOWN.
        """
        with self._database.read() as uow:
            form = _print(uow, print_id)
        return form.pdf or self._maker.document(form.content, form.paper)

    def look_at(self, print_id: str, actor: Actor) -> PrintedForm:
        """Return a print with its document, to be shown outside the program; an audit entry says who looked.

        Raises:
            RuleBrokenError: NOT_ALLOWED, PRINT_UNKNOWN.
        """
        require(actor, Permission.RECEIVE)
        with self._database.write() as uow:
            form = _print(uow, print_id)
            self._note_look(uow, form, actor)
            uow.commit()
        return replace(form, pdf=form.pdf or self._maker.document(form.content, form.paper))

    def _note_look(self, uow: UnitOfWork, form: PrintedForm, actor: Actor) -> None:
        details = {"form": form.form, "issue": form.issue}
        write_audit(uow, self._clock.now(), actor.user_id, "slip.opened", form.dossier_id, details)


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


def next_name(uow: UnitOfWork, subject_id: str, form: str) -> str:
    """Return what the next form of a kind is stored as: ``02``, then ``02/2``; a second one is another form, not a reprint."""
    names = chain((form,), (f"{form}/{ordinal}" for ordinal in count(2)))
    return next(name for name in names if not uow.prints.issues(subject_id, name))


def _made_now(uow: UnitOfWork, dossier: Dossier, profile: DeskProfile, form: str, at: datetime) -> dict[str, Any]:
    words = form_in_force(form, day_of(at))
    if form == LABEL:
        return label(dossier, profile, words)
    events = uow.events.of_dossier(dossier.dossier_id)
    people = {event.actor.user_id: uow.users.get(event.actor.user_id) for event in events}
    names = {user_id: user.full_name for user_id, user in people.items() if user}
    return process_sheet(dossier, events, names, profile, words)


def _newest(uow: UnitOfWork, dossier: Dossier, form: str) -> PrintedForm:
    """Return the first print of the newest form of this kind that isn't struck, with its document."""
    made = [each for each in _prints(uow, dossier) if series_of(each.form) == form and each.issue == 1]
    standing = [each for each in made if not each.voided_at]
    if not standing:
        raise broken("PRINT_VOID" if made else "SLIP_UNKNOWN")
    return _print(uow, standing[-1].print_id)


def _prints(uow: UnitOfWork, dossier: Dossier) -> list[PrintedForm]:
    """Return the prints of a dossier, and those of the batches that it was handed over with."""
    subjects = dict.fromkeys((dossier.dossier_id, *(each.batch_id for each in dossier.hand_overs)))
    return [form for subject in subjects for form in uow.prints.of_dossier(subject)]


def _print(uow: UnitOfWork, print_id: str) -> PrintedForm:
    form = uow.prints.get(print_id)
    if form is None:
        raise broken("PRINT_UNKNOWN")
    return form


def _digest(pdf: bytes) -> str:
    return hashlib.sha256(pdf).hexdigest()
