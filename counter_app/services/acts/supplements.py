"""Papers asked for and brought (form 02): once and in full, and the appointment that follows from it (NĐ 61/2018 Đ15, Đ17, Đ19.4)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from counter_app.domain import life_facts, projection
from counter_app.domain.deadline import after_supplement, appointment
from counter_app.domain.deadline_input import check_moment
from counter_app.domain.deadline_terms import Appointment, Limit, LimitUnit
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import RuleBrokenError, broken
from counter_app.domain.events import NOTE_ADDED
from counter_app.domain.facts import note_added
from counter_app.domain.ids import new_id
from counter_app.domain.kept_appointment import kept_appointment, kept_options
from counter_app.domain.life import Supplement
from counter_app.domain.lifecycle import Verb
from counter_app.domain.moments import day_of
from counter_app.domain.people import Actor
from counter_app.services.acts.acting import Act, Acting, Done, Printing
from counter_app.services.acts.reissuing import reissue
from counter_app.services.acts.texts import REASON, Texts
from counter_app.services.deadlines.calendar import CalendarService
from counter_app.services.documents import form_content
from counter_app.services.dossiers.kept_limits import limits_of
from counter_app.support.messages import text

COPIES = 2
TO_ASK_WITHIN = Limit(3, LimitUnit.WORKING_DAY)
"""Papers are to be asked for within three working days of the receipt (NĐ 61/2018 Đ19.4)."""


@dataclass(frozen=True, slots=True)
class RequestSupplement(Printing):
    """Everything that is missing, once and in full. ``confirm_second``: yes, although papers were asked for before."""

    code: str
    items: tuple[str, ...]
    reason: str
    deadline: datetime | None = None
    confirm_second: bool = False


@dataclass(frozen=True, slots=True)
class ReceiveSupplement(Printing):
    """Papers that were brought. Not ``complete``: the dossier waits for the rest."""

    code: str
    items: tuple[str, ...]
    complete: bool = True


class SupplementService:
    """The verbs *request supplement* and *receive supplement*."""

    def __init__(self, acting: Acting, calendar: CalendarService) -> None:
        self._acting = acting
        self._calendar = calendar

    def request(self, command: RequestSupplement, actor: Actor) -> Done:
        """Ask for papers and print form 02; time stands still until they come. A second request makes the dossier count as late.

        Warnings: SUPPLEMENT_SECOND, SUPPLEMENT_ASKED_LATE.

        Raises:
            RuleBrokenError: TEXT_NEEDED at ``items`` or ``reason`` and what else is wrong with texts; SUPPLEMENT_AGAIN at
                ``confirm_second``; DEADLINE_PAST, MOMENT_IMPOSSIBLE at ``deadline``; as :meth:`Transaction.take`.
        """
        texts = Texts()
        items, reason = texts.lines(command.items, "items"), texts.need(command.reason, "reason", REASON)
        texts.close()
        with self._acting.transaction(actor) as tx:
            act = tx.take(command.code, Verb.REQUEST_SUPPLEMENT)
            if command.deadline is not None and check_moment(command.deadline, "deadline") <= tx.now:
                raise broken("DEADLINE_PAST", "deadline")
            self._warn(act, confirmed=command.confirm_second)
            supplement = Supplement(
                new_id(tx.now), tx.now, tx.clerk(), items, reason, tx.form_number("02", act.dossier.dossier_id), command.deadline,
            )
            act.record(projection.supplement_requested(act.dossier, supplement), life_facts.supplement_requested(supplement))
            content = form_content.supplement_request(
                act.dossier, supplement, tx.profile, tx.form("02"), clerk=tx.clerk(), phone=tx.profile.phone)
            act.print_form(content, command, copies=COPIES)
        return tx.done()

    def receive(self, command: ReceiveSupplement, actor: Actor) -> Done:
        """Take papers in. When all are there, the appointment is counted anew or moved on, and a new slip says so.

        Raises:
            RuleBrokenError: TEXT_NEEDED at ``items``; SUPPLEMENT_UNKNOWN; as :meth:`Transaction.take` and
                :func:`~counter_app.domain.deadline.after_supplement`.
        """
        texts = Texts()
        items = texts.lines(command.items, "items")
        texts.close()
        with self._acting.transaction(actor) as tx:
            act = tx.take(command.code, Verb.RECEIVE_SUPPLEMENT)
            asked = _open(act.dossier)
            brought = replace(asked, received_items=(*asked.received_items, *items), received_by=tx.clerk())
            if command.complete:
                before = act.dossier.due_at
                take_in(act, brought, self.appointment_after(act, asked))
                if act.dossier.due_at != before:
                    reissue(act, command)
            else:
                facts = note_added(text("SUPPLEMENT_BROUGHT", "vi", items="; ".join(items)))
                act.record(projection.supplement_brought(act.dossier, brought), facts, NOTE_ADDED)
        return tx.done()

    def appointment_after(self, act: Act, asked: Supplement) -> Appointment | None:
        """Return the appointment once the papers are in, None for a dossier that has none."""
        dossier, calendar = act.dossier, self._calendar.calendar()
        if dossier.due_at is None:
            return None
        limits = limits_of(act.transaction.uow, dossier.dossier_id)
        current = kept_appointment(dossier, limits, calendar)
        return after_supplement(current, asked.requested_at, act.transaction.now, calendar, kept_options(dossier, limits))

    def _warn(self, act: Act, *, confirmed: bool) -> None:
        tx, dossier = act.transaction, act.dossier
        if dossier.supplement_count:
            if not confirmed:
                raise broken("SUPPLEMENT_AGAIN", "confirm_second")
            tx.warn("SUPPLEMENT_SECOND")
        try:
            last = appointment(dossier.received_at, (TO_ASK_WITHIN,), self._calendar.calendar()).due_at
        except RuleBrokenError:
            return  # a calendar without working days refuses the appointment elsewhere
        if last and day_of(tx.now) > day_of(last):
            tx.warn("SUPPLEMENT_ASKED_LATE", None, days=TO_ASK_WITHIN.value)


def take_in(act: Act, brought: Supplement, after: Appointment | None) -> None:
    """Record that all papers are in; ``after`` is the appointment from now on, None leaves it as it is."""
    dossier = act.dossier
    due_at, nominal = (after.due_at, after.nominal) if after else (dossier.due_at, dossier.due_nominal)
    done = replace(brought, received_at=act.transaction.now, complete=True, previous_due=dossier.due_at, new_due=due_at)
    act.record(projection.supplement_received(dossier, done, nominal), life_facts.supplement_received(done))


def _open(dossier: Dossier) -> Supplement:
    asked = projection.open_supplement(dossier)
    if asked is None:
        raise broken("SUPPLEMENT_UNKNOWN", "code")
    return asked
