"""Who is told what: listens to every act and queues its message in the same transaction; what is no longer true is called off."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from counter_app.domain import events as e
from counter_app.domain.dossier import Dossier
from counter_app.domain.events import Event
from counter_app.domain.ids import new_id
from counter_app.domain.message import Message, MessageState, Occasion, address_of, still_true
from counter_app.domain.moments import day_of
from counter_app.services.acts.acting import Act
from counter_app.services.changes import Changes
from counter_app.services.citizens.message_words import KEY, from_stored, short_hours, words_in_force
from counter_app.services.deadlines.calendar import CalendarService
from counter_app.services.desk.settings import DeskProfile
from counter_app.services.ports import UnitOfWork
from counter_app.services.recording import write_audit
from counter_app.services.trail.row_notes import held_messages, held_queued

OCCASIONS = {
    e.SUPPLEMENT_REQUESTED: Occasion.SUPPLEMENT_WANTED, e.DEADLINE_EXTENDED: Occasion.EXTENDED, e.RESULT_READY: Occasion.RESULT_READY}
"""The events that bring a message; the receipt is told by the intake, the reminders come with time."""


class MessageQueue:
    """:class:`~counter_app.services.acts.acting.Listener` that queues and calls off."""

    def __init__(self, calendar: CalendarService) -> None:
        self._calendar = calendar

    def recorded(self, act: Act, before: Dossier, event: Event) -> None:
        """Call off what an act has made untrue, and queue what it brings."""
        del before
        tx, after, who = act.transaction, act.dossier, act.transaction.actor.user_id
        brings = OCCASIONS.get(event.type)
        if self._call_off(tx.uow, after, tx.now, who, replaced=brings is not None):
            tx.changes |= Changes.of("messages")
        if brings and self._queue(tx.uow, after, brings, tx.profile, tx.now, who):
            tx.changes |= Changes.of("messages")

    def received(self, uow: UnitOfWork, dossier: Dossier, profile: DeskProfile, now: datetime) -> Changes:
        """Tell of a receipt, where the commune so wishes."""
        queued = self._queue(uow, dossier, Occasion.RECEIVED, profile, now, dossier.received_by)
        return Changes.of("messages") if queued else Changes()

    def remind(
        self, uow: UnitOfWork, dossier_id: str, occasion: Occasion, profile: DeskProfile, now: datetime, *, since: datetime, who: str,
    ) -> int:
        """Queue a reminder unless one was queued ``since`` then, at the wish of ``who``; return how many were queued."""
        told = any(each.occasion is occasion and each.queued_at >= since for each in uow.messages.of_dossier(dossier_id))
        dossier = None if told else uow.dossiers.get(dossier_id)
        if dossier is None or not still_true(occasion, dossier):
            return 0
        if queued := self._queue(uow, dossier, occasion, profile, now, who):
            self._call_off(uow, dossier, now, who, replaced=True, but=queued.message_id)
        return int(queued is not None)

    def _queue(  # noqa: PLR0917  who is told what, when, and by whom
        self, uow: UnitOfWork, dossier: Dossier, occasion: Occasion, profile: DeskProfile, now: datetime, who: str,
    ) -> Message | None:
        wishes = from_stored(uow.settings.get(KEY))
        address = address_of(dossier, wishes.channel) if occasion in wishes.occasions else None
        if address is None:
            return None
        words, hours = words_in_force(day_of(now)).with_own(wishes.own), short_hours(self._calendar.calendar(), day_of(now))
        body = words.write(
            occasion, dossier, uow.catalogue.version(dossier.procedure_version), profile.commune, hours,
            without_accents=wishes.without_accents)
        message = Message(new_id(now), dossier.dossier_id, occasion, *address, body, now, now + words.lasts(occasion))
        uow.messages.add(message)
        write_audit(uow, now, who, "message.queued", dossier.dossier_id, held_queued(message))
        return message

    @staticmethod
    def _call_off(uow: UnitOfWork, dossier: Dossier, now: datetime, who: str, *, replaced: bool, but: str = "") -> int:
        """Cancel the waiting messages that are no longer true, or that newer news takes the place of; return how many."""
        old = [
            each for each in uow.messages.of_dossier(dossier.dossier_id)
            if each.state is MessageState.WAITING and each.message_id != but and (replaced or not still_true(each.occasion, dossier))]
        ended = [replace(each, state=MessageState.CANCELLED, changed_at=now) for each in old]
        for each in ended:
            uow.messages.update(each)
        if ended:
            write_audit(uow, now, who, "message.called_off", dossier.dossier_id, {"messages": len(ended)} | held_messages(ended))
        return len(ended)
