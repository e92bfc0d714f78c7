"""Taking a dossier in: everything is checked first, then one transaction holds all of it.

Decisions where the rules leave a choice:

- The code's day, and the year of the register, are those of the *entry*. A late entry keeps its earlier receipt time and its reason;
  numbers and ordinals only ever go forward, so that no closed day or book is written into again. The province accepts such a code with
  the warning ``code_date_differs`` (contract 3.3, N6).
- The appointment is counted from the receipt time, by the catalogue in force on that day.
- The slip is made and stored with the dossier: it is final from then on, also when the printer is out of paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from counter_app.domain.catalogue import Procedure
from counter_app.domain.deadline_terms import Appointment
from counter_app.domain.dossier import BookPlace, CodeOfDossier, Dossier, FeeLine, FeeMethod
from counter_app.domain.errors import RuleBrokenError, SurroundingsError, broken
from counter_app.domain.events import DOSSIER_RECEIVED, FEE_COLLECTED, SLIP_PRINTED
from counter_app.domain.facts import AcceptedWarnings, dossier_received, fee_collected, slip_printed
from counter_app.domain.ids import new_id
from counter_app.domain.moments import day_of
from counter_app.domain.money import FEES_BOOK
from counter_app.domain.numbering import require_clock
from counter_app.domain.people import Actor, Permission
from counter_app.domain.record import national_record
from counter_app.domain.registers import DOSSIER_BOOK, PrintedForm
from counter_app.services.changes import Changes
from counter_app.services.deadlines.appointments import AppointmentService
from counter_app.services.deadlines.wording import explain
from counter_app.services.desk.catalogue import CatalogueService
from counter_app.services.desk.settings import DeskProfile, SettingsService
from counter_app.services.documents.print_queue import queued
from counter_app.services.documents.slip_content import one_copy
from counter_app.services.documents.slips import COPIES, COPY_GIVEN, SlipMaker
from counter_app.services.dossiers.access import recorder, require
from counter_app.services.intake.checks import (
    check_acceptance,
    check_applicant,
    check_channel,
    check_documents,
    check_fees,
    check_receipt_time,
    check_rest,
    check_submitter,
)
from counter_app.services.intake.defaults import known_fees, required_documents
from counter_app.services.intake.projection import BLANK, first_projection, limit_of, result_place
from counter_app.services.intake.terms import IntakeCheck, Received, ReceiveDossier
from counter_app.services.intake.texts import Findings, tidy_texts
from counter_app.services.money.payments import PaymentRecorder, receipt_warnings
from counter_app.services.numbering.service import NumberingService
from counter_app.services.ports import Clock, Database, UnitOfWork
from counter_app.services.trail.newest import clock_warnings
from counter_app.services.trail.print_notes import noted
from counter_app.support.messages import text

__all__ = ["IntakeCheck", "IntakeService", "ReceiveDossier", "Received"]

TOUCHED = Changes.of("dossiers", "outbox", "books", "numbers", "prints", "payments")


@dataclass(frozen=True, slots=True)
class _Entry:
    """One intake while it is being written."""

    check: IntakeCheck
    procedure: Procedure
    profile: DeskProfile
    actor: Actor
    now: datetime
    dossier: Dossier
    place: BookPlace
    form: PrintedForm


class IntakeWatcher(Protocol):
    """Who wants to write something of their own in the transaction of a receipt."""

    def received(self, uow: UnitOfWork, dossier: Dossier, profile: DeskProfile, now: datetime) -> Changes:
        """Look at a dossier that was just taken in; return what was written for it. Raising undoes the intake."""


class IntakeService:
    """The verb *receive*."""

    def __init__(
        self, database: Database, clock: Clock, *, catalogue: CatalogueService, appointments: AppointmentService,
        numbering: NumberingService, settings: SettingsService, maker: SlipMaker, watchers: Sequence[IntakeWatcher] = (),
    ) -> None:
        self._watchers = tuple(watchers)
        self._database = database
        self._clock = clock
        self._catalogue = catalogue
        self._appointments = appointments
        self._numbering = numbering
        self._settings = settings
        self._maker = maker

    def check(self, command: ReceiveDossier) -> IntakeCheck:
        """Return every problem and warning of a command, without a write.

        Raises:
            SurroundingsError: CLOCK_WRONG; and as :class:`~counter_app.services.ports.UnitOfWork`.
        """
        now, found = self._clock.now(), Findings()
        require_clock(now)
        with self._database.read() as uow:
            found.warnings += clock_warnings(uow, now)
        command = tidy_texts(command, found)
        received_at = check_receipt_time(command, now, found)
        procedure = self._procedure(command, received_at, found)
        command = _filled(command, procedure)
        check_applicant(command.applicant, day_of(now), found)
        if command.submitter:
            check_submitter(command.submitter, found)
        check_documents(command.documents or (), procedure, found)
        check_fees(command.fees or (), procedure, found, with_proof=command.must_accept)
        self._look_at_receipts(command.fees or (), found)
        check_rest(command, found)
        appointment = None
        if procedure:
            check_channel(command.channel, procedure, found)
            appointment = self._appointment(command, procedure, received_at, found)
        check = IntakeCheck((), tuple(found.warnings), procedure, appointment, command, received_at)
        check_acceptance(check, found)
        return replace(check, problems=tuple(found.problems))

    def terms(self, procedure_code: str, received_at: datetime, case: str) -> tuple[Procedure, Appointment | None]:
        """Return the procedure in force and the appointment of a dossier that is received at a moment.

        Raises:
            RuleBrokenError: PROCEDURE_UNKNOWN and others of the catalogue; as :meth:`.AppointmentService.for_procedure`.
        """
        procedure = self._catalogue.get(procedure_code, day_of(received_at))
        return procedure, self._appointments.for_procedure(procedure, received_at, case)

    def preview(self, command: ReceiveDossier, actor: Actor, copy: int = COPY_GIVEN) -> bytes:
        """Return one copy of the slip as it will print, PDF A5, with the number and the place in the book that come next.

        Works for a form that is only half filled; where no number can be issued now, the code is left out.

        Raises:
            SurroundingsError: as :meth:`check`.
        """
        check, profile, now = self.check(command), self._settings.profile(), self._clock.now()
        try:
            code = self._numbering.peek(now)
        except SurroundingsError:
            code = ""
        dossier = first_projection(check, check.procedure or BLANK, profile, actor, dossier_id="", code=CodeOfDossier(code, ""))
        with self._database.read() as uow:
            place, clerk = _coming_place(uow, now.year), _clerk(uow, check.command, actor)
        content = self._maker.content(replace(dossier, place=place), profile, clerk, now)
        return self._maker.document(one_copy(content, copy), "a5")

    def receive(self, command: ReceiveDossier, actor: Actor) -> Received:
        """Take a dossier in: number, then one transaction with everything, then the slip is final.

        Raises:
            RuleBrokenError: NOT_ALLOWED, BOOK_CLOSED, and every problem of :meth:`check` at its field; no number is used up.
            SurroundingsError: as :meth:`check` and :meth:`~counter_app.services.numbering.service.NumberingService.take`. Nothing of the
                dossier is kept, its draft is; a number that was taken is burned and put on record by the next intake.
        """
        require(actor, Permission.RECEIVE)
        check = self.check(command)
        if check.problems or check.procedure is None:
            raise RuleBrokenError(*check.problems)
        now = self._clock.now()
        self._require_open_book(DOSSIER_BOOK, now.year)
        if any(_in_fees_book(line) for line in check.command.fees or ()):
            self._require_open_book(FEES_BOOK, now.year)
        with self._numbering.take(now) as issued, self._database.write() as uow:
            profile = self._settings.profile()  # not before: a number taken after a restore begins a new epoch
            code = CodeOfDossier(issued.code, issued.kind)
            dossier = first_projection(check, check.procedure, profile, actor, dossier_id=new_id(now), code=code)
            place = uow.logbooks.next_place(DOSSIER_BOOK, now.year)
            dossier = replace(dossier, place=place, fees=tuple(_taken(line, actor, now) for line in dossier.fees))
            content = self._maker.content(dossier, profile, _clerk(uow, check.command, actor), now)
            form = self._maker.first(dossier, content, check.command.paper, now)
            entry = _Entry(check, check.procedure, profile, actor, now, dossier, place, form)
            _keep(uow, entry)
            self._numbering.record(uow, issued, dossier.dossier_id)
            self._record(uow, entry)
            changes = TOUCHED | self.tell_watchers(uow, dossier, profile, now)
            uow.commit()
        return _received(entry, changes)

    def tell_watchers(self, uow: UnitOfWork, dossier: Dossier, profile: DeskProfile, now: datetime) -> Changes:
        """Let whoever writes with a receipt do so in its transaction; return what was written."""
        changes = Changes.of()
        for watcher in self._watchers:
            changes |= watcher.received(uow, dossier, profile, now)
        return changes

    def _record(self, uow: UnitOfWork, entry: _Entry) -> None:
        """Append the events of an intake, in the order in which they happen at the desk."""
        lane, dossier, actor, now = recorder(uow, entry.profile, self._clock), entry.dossier, entry.actor, entry.now
        case = entry.check.command.case
        facts = dossier_received(
            dossier, limit=limit_of(entry.procedure, case).limit, case=case, result_place=result_place(dossier, entry.profile),
            accepted=AcceptedWarnings(
                tuple(dict.fromkeys(each.code for each in entry.check.to_accept)), entry.check.command.warnings_accepted),
        )
        record = national_record(dossier, entry.procedure)
        lane.record(DOSSIER_RECEIVED, dossier, facts, actor, now, ho_so=record)
        payer = dossier.applicant.full_name
        for line in dossier.fees:
            if line.is_paid:
                event = lane.record(FEE_COLLECTED, dossier, fee_collected(dossier, line, now), actor, now, ho_so=record)
                PaymentRecorder.taken(uow, dossier, line, payer=payer, actor=actor, at=now, op_id=event.op_id)
            elif _in_fees_book(line):
                PaymentRecorder.waived(uow, dossier, line, payer=payer, actor=actor, at=now)
        printed = slip_printed(dossier, entry.form, copies=COPIES)
        lane.record(SLIP_PRINTED, dossier, printed, actor, now, ho_so=record, noted=noted(entry.form))

    def _require_open_book(self, book: str, year: int) -> None:
        """Ask before a number is taken for nothing."""
        with self._database.read() as uow:
            volumes = uow.logbooks.volumes(book, year)
        if volumes and all(volume.closed_on for volume in volumes):
            raise broken("BOOK_CLOSED", None, book=book, year=year)

    def _look_at_receipts(self, fees: tuple[FeeLine, ...], found: Findings) -> None:
        """Warn of a receipt that another dossier bears."""
        if not any(line.receipt_number for line in fees):
            return
        with self._database.read() as uow:
            for index, line in enumerate(fees):
                found.warnings += receipt_warnings(uow, line, field=f"fees.{index}.receipt_number")

    def _procedure(self, command: ReceiveDossier, received_at: datetime, found: Findings) -> Procedure | None:
        if not command.procedure_code:
            found.forbid("PROCEDURE_MISSING", "procedure_code")
            return None
        try:
            return self._catalogue.get(command.procedure_code, day_of(received_at))
        except RuleBrokenError as error:
            found.problems += error.problems
            return None

    def _appointment(
        self, command: ReceiveDossier, procedure: Procedure, received_at: datetime, found: Findings,
    ) -> Appointment | None:
        try:
            appointment = self._appointments.for_procedure(procedure, received_at, command.case)
        except RuleBrokenError as error:
            found.problems += error.problems
            return None
        if appointment is None or appointment.due_at is None:
            found.warn("LIMIT_UNKNOWN", "procedure_code")
        found.warnings += appointment.warnings if appointment else ()
        return appointment


def _filled(command: ReceiveDossier, procedure: Procedure | None) -> ReceiveDossier:
    """Put the papers and fees of the catalogue where none were given."""
    if procedure is None:
        return command
    documents = required_documents(procedure) if command.documents is None else command.documents
    return replace(command, documents=documents, fees=known_fees(procedure) if command.fees is None else command.fees)


def _taken(line: FeeLine, actor: Actor, now: datetime) -> FeeLine:
    """Return a line with who took its money, and when."""
    return replace(line, collected_at=now, collector=actor.user_id) if line.is_paid else line


def _in_fees_book(line: FeeLine) -> bool:
    """Tell whether a line has been dealt with: paid, or exempt. What is owed still, and what costs nothing, stands in no book."""
    return line.is_paid or line.method is FeeMethod.EXEMPT


def _clerk(uow: UnitOfWork, command: ReceiveDossier, actor: Actor) -> str:
    """Return the name under the receiver's signature."""
    user = uow.users.get(actor.user_id)
    return command.clerk or (user.full_name if user else "")


def _coming_place(uow: UnitOfWork, year: int) -> BookPlace:
    """Return the place that the next dossier will have, if nobody else is quicker; nothing is opened for it."""
    volumes = uow.logbooks.volumes(DOSSIER_BOOK, year)
    if not volumes:
        return BookPlace(DOSSIER_BOOK, year, 1, 1)
    return BookPlace(DOSSIER_BOOK, year, volumes[-1].volume, volumes[-1].first_ordinal + volumes[-1].lines)


def _keep(uow: UnitOfWork, entry: _Entry) -> None:
    """Put the dossier into its tables: projection, book, stored slip, print queue; take the draft away."""
    command = entry.check.command
    uow.dossiers.add(entry.dossier)
    uow.logbooks.add_line(entry.place, entry.dossier.dossier_id, day_of(entry.now))
    uow.prints.add(entry.form)
    if command.print:
        profile = entry.profile
        uow.prints.add_job(queued(entry.form.print_id, profile.printer, 1, entry.now, device=profile.device))
    if command.draft_id:
        uow.drafts.delete(entry.dossier.received_by, command.draft_id)


def _received(entry: _Entry, changes: Changes) -> Received:
    dossier, appointment = entry.dossier, entry.check.appointment
    return Received(
        dossier.code, dossier.dossier_id, dossier.received_at, dossier.due_at,
        explain(appointment) if appointment else text("EXPLAIN_NO_LIMIT"),
        entry.place, dossier.fee_total_vnd, entry.check.warnings, entry.form.print_id, entry.check.command.print,
        changes | Changes.of("drafts") if entry.check.command.draft_id else changes,
        on_the_spot=entry.check.procedure is not None and entry.check.procedure.on_the_spot,
    )
