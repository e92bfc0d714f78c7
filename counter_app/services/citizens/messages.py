"""Messages to citizens: queued in the transaction of the act they tell of, called off the list or handed to the province.

The desk never says *sent*: what it knows is that a message waits, that somebody called, or that the province was given the file.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from counter_app.domain.dossier import DeliveryMethod, Dossier
from counter_app.domain.errors import RuleBrokenError, broken
from counter_app.domain.events import JsonObject
from counter_app.domain.message import Message, MessageChannel, MessageState, Occasion
from counter_app.domain.moments import day_of, write_local
from counter_app.domain.people import Actor, Permission
from counter_app.domain.text import tidy
from counter_app.services.acts.texts import LINE, Texts
from counter_app.services.changes import Changes
from counter_app.services.citizens.message_queue import MessageQueue
from counter_app.services.citizens.message_words import (
    KEY,
    MessageSettings,
    MessageWords,
    from_stored,
    problems_of,
    short_hours,
    to_stored,
    words_in_force,
)
from counter_app.services.deadlines.calendar import CalendarService
from counter_app.services.desk.settings import SettingsService
from counter_app.services.documents.call_list_content import CALL_LIST, call_list
from counter_app.services.documents.forms import form_in_force
from counter_app.services.documents.slips import SlipMaker
from counter_app.services.dossiers.access import dossier_with_code, require
from counter_app.services.people.second_person import Second, SecondPersonService
from counter_app.services.ports import Clock, Database, ListFilter, ListMoment, UnitOfWork
from counter_app.services.recording import write_audit
from counter_app.services.trail.row_notes import held_messages
from counter_app.services.whole_files import whole_file

TOUCHED = Changes.of("messages")
MOST = 500
"""Messages of one list; nobody calls more people in a day."""
_Reminder = tuple[Occasion, str, datetime]
"""On what occasion the person of which dossier is told, unless that was done since then."""
_COLUMNS = ("message_id", "channel", "recipient", "body", "queued_at", "expires_at")


@dataclass(frozen=True, slots=True)
class MessageLine:
    """A message as a list shows it: with the dossier's code, who is called, and what it is about in a few words."""

    message: Message
    code: str
    person: str
    procedure: str
    title: str


@dataclass(frozen=True, slots=True)
class Told:
    """What an act on messages did."""

    count: int
    changes: Changes = TOUCHED


@dataclass(frozen=True, slots=True)
class Writing:
    """What somebody needs who writes the texts of messages."""

    wishes: MessageSettings
    words: MessageWords
    place: str
    hours: str


class MessageService:
    """The queue as people work with it."""

    def __init__(
        self, database: Database, clock: Clock, *, settings: SettingsService, calendar: CalendarService, maker: SlipMaker,
        queue: MessageQueue, second_person: SecondPersonService,
    ) -> None:
        self._database, self._clock = database, clock
        self._settings, self._calendar = settings, calendar
        self._maker, self._queue, self._second_person = maker, queue, second_person

    def wishes(self) -> MessageSettings:
        """Return how the commune tells its citizens."""
        with self._database.read() as uow:
            return from_stored(uow.settings.get(KEY))

    def writing(self) -> Writing:
        """Return what the commune's texts are written with: its wishes, the program's words, what its desk is called, its hours."""
        today = day_of(self._clock.now())
        words = words_in_force(today)
        return Writing(
            self.wishes(), words, words.place_of(self._settings.profile().commune), short_hours(self._calendar.calendar(), today))

    def save_wishes(self, wishes: MessageSettings, actor: Actor) -> None:
        """Replace how the commune tells its citizens; messages that wait stay as they are.

        Raises:
            RuleBrokenError: NOT_ALLOWED; as :func:`~counter_app.services.citizens.message_words.problems_of`.
        """
        require(actor, Permission.MANAGE_DESK)
        tidied = replace(wishes, own=tuple(replace(each, text=tidy(each.text), text_postal=tidy(each.text_postal)) for each in wishes.own))
        writing = self.writing()
        if problems := problems_of(tidied, writing.place, writing.hours):
            raise RuleBrokenError(*problems)
        stored = to_stored(tidied)
        with self._database.write() as uow:
            uow.settings.put(KEY, stored)
            write_audit(uow, self._clock.now(), actor.user_id, "messages.settings", KEY, stored)
            uow.commit()

    def waiting(self, actor: Actor, *, shown: Collection[str] = ()) -> list[MessageLine]:
        """Return who is still to be told, the oldest first (audited: names stand there with their telephones).

        ``shown``: the messages that the list on the screen had already; they were noted then, and only what is new on it is a look.

        Raises:
            RuleBrokenError: NOT_ALLOWED.
        """
        require(actor, Permission.RECEIVE)
        now = self._clock.now()
        with self._database.read() as uow:
            lines = self._lines(uow, now)
        if fresh := sum(line.message.message_id not in shown for line in lines):
            with self._database.write() as uow:
                write_audit(uow, now, actor.user_id, "messages.shown", "", {"messages": fresh})
                uow.commit()
        return lines

    def of_dossier(self, dossier_id: str, actor: Actor) -> list[Message]:
        """Return every message about a dossier, the oldest first (audited: whom they go to stands there).

        Raises:
            RuleBrokenError: NOT_ALLOWED.
        """
        require(actor, Permission.READ)
        with self._database.write() as uow:
            found = uow.messages.of_dossier(dossier_id)
            write_audit(uow, self._clock.now(), actor.user_id, "messages.shown", dossier_id, {"messages": len(found)})
            uow.commit()
        return found

    def remind(self, actor: Actor) -> Told:
        """Queue what no act brings about: who is due tomorrow, and whose result has lain here too long; mark what is too late.

        Once for each dossier and appointment, however often it is called (audited where somebody is to be told).

        Raises:
            RuleBrokenError: NOT_ALLOWED.
        """
        require(actor, Permission.RECEIVE)
        now, at, profile = self._clock.now(), self._calendar.list_moment(), self._settings.profile()
        with self._database.write() as uow:
            uow.messages.expire(now)
            days = from_stored(uow.settings.get(KEY)).remind_after_days
            count = sum(
                self._queue.remind(uow, dossier_id, occasion, profile, now, since=since, who=actor.user_id)
                for occasion, dossier_id, since in (*_due_tomorrow(uow, at), *_left_lying(uow, at, days)))
            if count:
                write_audit(uow, now, actor.user_id, "messages.reminded", "", {"messages": count})
            uow.commit()
        return Told(count)

    def called(self, code: str, actor: Actor, note: str = "") -> Told:
        """Note that the person of a dossier was called: all that waits for it is told; by scanning the line of the list or the slip.

        Raises:
            RuleBrokenError: NOT_ALLOWED, DOSSIER_UNKNOWN, CODE_SHARED; NOBODY_TO_CALL at ``code``; what is wrong with the note.
        """
        return self._close(code, MessageState.CALLED, actor, note)

    def cancel(self, code: str, reason: str, actor: Actor) -> Told:
        """Take back what waits for a dossier.

        Raises:
            RuleBrokenError: REASON_EMPTY at ``note``; as :meth:`called`.
        """
        if not tidy(reason):
            raise broken("REASON_EMPTY", "note")
        return self._close(code, MessageState.CANCELLED, actor, reason)

    def hand_over(self, out: Path, actor: Actor, *, second: Second | None = None) -> Told:
        """Write the waiting SMS, e-mails and Zalo messages for the province's gateway (.csv, UTF-8) and mark them as handed over.

        Raises:
            RuleBrokenError: NOT_ALLOWED; NO_MESSAGES, nothing waits; as :meth:`.SecondPersonService.agree`.
            SurroundingsError: the file can't be written; nothing is marked then.
        """
        require(actor, Permission.EXPORT)
        now = self._clock.now()
        with self._database.read() as uow:
            expected = {each.message_id: each.dossier_id for each in _to_hand_over(uow, now)}
        dossiers = len({*expected.values()})
        agreed = self._second_person.agree(dossiers, actor, second, "SECOND_OR_CALL_LIST")  # before a line of it is on any disk
        with whole_file(out) as part, self._database.write() as uow:
            gone = [each for each in _to_hand_over(uow, now) if each.message_id in expected]
            if not gone:
                raise broken("NO_MESSAGES")
            _write(part, gone)
            held = _keep(uow, [replace(each, state=MessageState.HANDED_OVER, changed_at=now, changed_by=actor.user_id) for each in gone])
            write_audit(uow, now, actor.user_id, "messages.handed_over", "", {"messages": len(gone)} | agreed | held)
            uow.commit()
        return Told(len(gone))

    def call_list(self, actor: Actor) -> bytes:
        """Return the list of whom to call as PDF, A4, each line with its code to scan when the person was reached (audited).

        Raises:
            RuleBrokenError: NOT_ALLOWED; NO_MESSAGES, nothing waits.
        """
        require(actor, Permission.RECEIVE)
        now, profile = self._clock.now(), self._settings.profile()
        with self._database.write() as uow:
            lines = self._lines(uow, now)
            if not lines:
                raise broken("NO_MESSAGES")
            write_audit(uow, now, actor.user_id, "messages.listed", "", {"messages": len(lines)})
            uow.commit()
        content = call_list(_entries(lines), profile, form_in_force(CALL_LIST, day_of(now)), now)
        return self._maker.document(content, "a4")

    def _close(self, code: str, state: MessageState, actor: Actor, note: str) -> Told:
        require(actor, Permission.RECEIVE)
        texts = Texts()
        said = texts.may(note, "note", LINE)
        texts.close()
        now = self._clock.now()
        with self._database.write() as uow:
            dossier = dossier_with_code(uow, code)
            everything = uow.messages.of_dossier(dossier.dossier_id)
            waiting = [each for each in everything if each.state is MessageState.WAITING and each.expires_at > now]
            if not waiting:
                raise broken("NOBODY_TO_CALL", "code")
            held = _keep(uow, [replace(each, state=state, changed_at=now, changed_by=actor.user_id, note=said) for each in waiting])
            write_audit(uow, now, actor.user_id, f"message.{state.value}", dossier.dossier_id, {"messages": len(waiting)} | held)
            uow.commit()
        return Told(len(waiting))

    def _lines(self, uow: UnitOfWork, now: datetime) -> list[MessageLine]:
        words, found = words_in_force(day_of(now)), []
        for each in uow.messages.waiting(now, limit=MOST):
            dossier = uow.dossiers.get(each.dossier_id)
            if dossier is not None:
                procedure = uow.catalogue.version(dossier.procedure_version)
                name = procedure.label if procedure else dossier.procedure_name
                found.append(MessageLine(each, dossier.code, _person(dossier), name, words.title(each.occasion)))
        return found


def _keep(uow: UnitOfWork, ended: Sequence[Message]) -> JsonObject:
    """Keep messages that a person brought to their end, and return what the trail notes of them."""
    for each in ended:
        uow.messages.update(each)
    return held_messages(ended)


def _to_hand_over(uow: UnitOfWork, now: datetime) -> list[Message]:
    return [each for each in uow.messages.waiting(now, limit=MOST) if each.channel is not MessageChannel.CALL]


def _due_tomorrow(uow: UnitOfWork, at: ListMoment) -> Iterator[_Reminder]:
    tomorrow = replace(at, soon_end=at.today_end + timedelta(days=1))
    for row in uow.dossiers.rows(ListFilter.DUE_SOON, tomorrow, limit=MOST):
        if row.due_at:
            yield Occasion.DUE_TOMORROW, row.dossier_id, row.due_at - timedelta(days=2)


def _left_lying(uow: UnitOfWork, at: ListMoment, days: int) -> Iterator[_Reminder]:
    """Yield the results that wait at the desk for so many days; none for 0 days."""
    last = at.now - timedelta(days=days)
    for row in uow.dossiers.rows(ListFilter.RESULT_WAITING, at, limit=MOST) if days else ():
        if row.finished_at and row.finished_at <= last and row.delivery is DeliveryMethod.DESK:
            yield Occasion.NOT_COLLECTED, row.dossier_id, last


def _person(dossier: Dossier) -> str:
    """Return who answers at the number that was given."""
    return dossier.submitter.full_name if dossier.submitter and dossier.submitter.phone else dossier.applicant.full_name


def _entries(lines: Sequence[MessageLine]) -> list[dict[str, Any]]:
    return [
        {"code": each.code, "person": each.person, "recipient": each.message.recipient, "procedure": each.procedure, "title": each.title,
         "until": each.message.expires_at} for each in lines]


def _write(part: Path, messages: Sequence[Message]) -> None:
    with part.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_COLUMNS)
        for each in messages:
            times = write_local(each.queued_at), write_local(each.expires_at)
            writer.writerow((each.message_id, each.channel.value, each.recipient, each.body, *times))
