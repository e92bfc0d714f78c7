"""An apology with a new appointment (form 04): once, with a reason, at the latest the last counting day before (NĐ 61/2018 Đ19.9)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from counter_app.domain import deadline, life_facts, projection
from counter_app.domain.calendar import WorkCalendar
from counter_app.domain.deadline_input import check_moment
from counter_app.domain.deadline_terms import Appointment, Limit, LimitUnit
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import broken
from counter_app.domain.kept_appointment import kept_appointment, kept_options
from counter_app.domain.life import Extension
from counter_app.domain.lifecycle import Verb
from counter_app.domain.moments import day_of
from counter_app.domain.people import Actor, Permission
from counter_app.services.acts.acting import Act, Acting, Done, Printing
from counter_app.services.acts.texts import NAME, REASON, Texts
from counter_app.services.deadlines.calendar import CalendarService
from counter_app.services.documents import form_content
from counter_app.services.dossiers.access import dossier_with_code, require
from counter_app.services.dossiers.kept_limits import limits_of
from counter_app.services.ports import Database

COPIES = 2
SHORTEST = Limit(1, LimitUnit.WORKING_DAY)
"""What a decided new appointment is judged by: whether there may be an extension at all."""


@dataclass(frozen=True, slots=True)
class Extend(Printing):
    """How much longer it takes, why, and who decided so (name and title stand under form 04).

    ``by`` None: ``new_due`` is the new appointment, as it was decided.
    """

    code: str
    by: Limit | None
    reason: str
    decided_by: str
    title: str = ""
    new_due: datetime | None = None


@dataclass(frozen=True, slots=True)
class ExtensionLook:
    """What an extension would lead to: the new appointment with its days, and the last day on which it may be granted."""

    appointment: Appointment
    last_day: date | None


class ExtensionService:
    """The verb *extend*."""

    def __init__(self, acting: Acting, calendar: CalendarService, database: Database) -> None:
        self._acting = acting
        self._calendar = calendar
        self._database = database

    def look(self, code: str, by: Limit, actor: Actor) -> ExtensionLook:
        """Return what an extension would lead to, without a write.

        Raises:
            RuleBrokenError: NOT_ALLOWED; DOSSIER_UNKNOWN, CODE_SHARED at ``code``; as :func:`~counter_app.domain.deadline.extended`.
        """
        require(actor, Permission.READ)
        calendar = self._calendar.calendar()
        with self._database.read() as uow:
            dossier = dossier_with_code(uow, code)
            limits = limits_of(uow, dossier.dossier_id)
            now = self._calendar.list_moment().now
        current, options = kept_appointment(dossier, limits, calendar), kept_options(dossier, limits)
        later = deadline.extended(current, now, by, calendar, options, extensions=dossier.extension_count)
        last = calendar.counting_day_before(dossier.due_at.date(), counts_saturday=options.counts_saturday) if dossier.due_at else None
        return ExtensionLook(later, last)

    def extend(self, command: Extend, actor: Actor) -> Done:
        """Apologise, set the new appointment and print form 04.

        Raises:
            RuleBrokenError: TEXT_NEEDED at ``reason`` or ``decided_by`` and what else is wrong with texts; NEW_DUE_NOT_LATER,
                NEW_DUE_DAY_OFF, MOMENT_IMPOSSIBLE at ``new_due``; EXTENSION_LIMIT, EXTENSION_TOO_LATE, EXTENSION_WITHOUT_DUE,
                EXTENSION_UNIT, LIMIT_VALUE_IMPOSSIBLE; as :meth:`Transaction.take`.
        """
        texts = Texts()
        reason, decided_by = texts.need(command.reason, "reason", REASON), texts.need(command.decided_by, "decided_by", NAME)
        title = texts.may(command.title, "title", NAME)
        texts.close()
        with self._acting.transaction(actor) as tx:
            act = tx.take(command.code, Verb.EXTEND)
            extension = self._extension(act, command, reason, decided_by)
            content = form_content.apology(act.dossier, extension, tx.profile, tx.form("04"), signer=decided_by, signer_title=title)
            act.print_form(content, command, copies=COPIES)
        return tx.done()

    def _extension(self, act: Act, command: Extend, reason: str, decided_by: str) -> Extension:
        tx, before, calendar = act.transaction, act.dossier, self._calendar.calendar()
        limits = limits_of(tx.uow, before.dossier_id)
        current, options = kept_appointment(before, limits, calendar), kept_options(before, limits)
        by = command.by or SHORTEST
        later = deadline.extended(current, tx.now, by, calendar, options, extensions=before.extension_count)
        if command.by is None:
            new_due = _decided(command.new_due, before, calendar, counts_saturday=options.counts_saturday)
            later = replace(later, due_at=new_due, nominal=day_of(new_due))
        if before.due_at is None or later.due_at is None:
            raise broken("EXTENSION_WITHOUT_DUE")
        number = tx.form_number("04", before.dossier_id)
        extension = Extension(tx.now, before.due_at, later.due_at, reason, before.extension_count + 1, number, decided_by)
        after = replace(projection.extended(before, extension, later.nominal), printed_due_at=later.due_at)
        act.record(after, life_facts.extended(extension))
        return extension


def _decided(new_due: datetime | None, dossier: Dossier, calendar: WorkCalendar, *, counts_saturday: bool) -> datetime:
    """Return an appointment as it was decided: later than the one that holds, on a day on which somebody can collect."""
    if new_due is None or dossier.due_at is None or check_moment(new_due, "new_due") <= dossier.due_at:
        raise broken("NEW_DUE_NOT_LATER", "new_due")
    if not calendar.is_counting_day(day_of(new_due), counts_saturday):
        raise broken("NEW_DUE_DAY_OFF", "new_due")
    return check_moment(new_due, "new_due")
