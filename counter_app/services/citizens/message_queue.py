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
        tx, after = act.transaction, act.dossier
        brings = OCCASIONS.get(event.type)
        if self._call_off(tx.uow, after, tx.now, replaced=brings is not None):
            tx.changes |= Changes.of("messages")
        if brings and self._queue(tx.uow, after, brings, tx.profile, tx.now):
            tx.changes |= Changes.of("messages")

    def received(self, uow: UnitOfWork, dossier: Dossier, profile: DeskProfile, now: datetime) -> Changes:
        """Tell of a receipt, where the commune so wishes."""
        queued = self._queue(uow, dossier, Occasion.RECEIVED, profile, now)
        return Changes.of("messages") if queued else Changes()

    def remind(
        self, uow: UnitOfWork, dossier_id: str, occasion: Occasion, profile: DeskProfile, now: datetime, *, since: datetime,
    ) -> int:
        """Queue a reminder unless one was queued ``since`` then; return how many were queued."""
        told = any(each.occasion is occasion and each.queued_at >= since for each in uow.messages.of_dossier(dossier_id))
        dossier = None if told else uow.dossiers.get(dossier_id)
        if dossier is None or not still_true(occasion, dossier):
            return 0
        if queued := self._queue(uow, dossier, occasion, profile, now):
            self._call_off(uow, dossier, now, replaced=True, but=queued.message_id)
        return int(queued is not None)

    def _queue(
        self, uow: UnitOfWork, dossier: Dossier, occasion: Occasion, profile: DeskProfile, now: datetime,
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
        return message

    @staticmethod
    def _call_off(uow: UnitOfWork, dossier: Dossier, now: datetime, *, replaced: bool, but: str = "") -> int:
        """Cancel the waiting messages that are no longer true, or that newer news takes the place of; return how many."""
        old = [
            each for each in uow.messages.of_dossier(dossier.dossier_id)
            if each.state is MessageState.WAITING and each.message_id != but and (replaced or not still_true(each.occasion, dossier))]
        for each in old:
            uow.messages.update(replace(each, state=MessageState.CANCELLED, changed_at=now))
        return len(old)
