"""Complaints (phản ánh, kiến nghị): taken down at the desk, answered by a day, judged by who complained (domain guide 14, group 6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from counter_app.domain.complaint import Complaint, ComplaintChannel
from counter_app.domain.errors import broken
from counter_app.domain.ids import new_id
from counter_app.domain.moments import day_of
from counter_app.domain.people import Actor, Permission
from counter_app.domain.text import tidy
from counter_app.services.acts.texts import NAME, Texts
from counter_app.services.changes import Changes
from counter_app.services.dossiers.access import dossier_with_code, require
from counter_app.services.ports import Clock, Database, UnitOfWork
from counter_app.services.recording import write_audit
from counter_app.services.trail.row_notes import held_complaint

TOUCHED = Changes.of("complaints")
MOST = 500
LONGEST = 4000
USUAL_DAYS = 15
"""Days that the dialog offers for the answer; the day itself is the clerk's to set."""


@dataclass(frozen=True, slots=True)
class TakeComplaint:
    """A complaint as it is taken down; ``code`` empty: about no dossier, ``person`` empty: without a name."""

    body: str
    channel: ComplaintChannel = ComplaintChannel.DESK
    code: str = ""
    person: str = ""
    phone: str = ""
    owner: str = ""
    answer_due: date | None = None


@dataclass(frozen=True, slots=True)
class ComplaintLine:
    """A complaint as the list shows it, with the code of its dossier; ``late``: the answer is overdue, or came too late."""

    complaint: Complaint
    code: str
    late: bool


@dataclass(frozen=True, slots=True)
class Noted:
    """What an act on a complaint did."""

    complaint: Complaint
    changes: Changes = TOUCHED


class ComplaintService:
    """Takes complaints down, answers them, lists them."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    def usual_day(self) -> date:
        """Return the day that an answer to a complaint of today is usually promised for."""
        return day_of(self._clock.now()) + timedelta(days=USUAL_DAYS)

    def take(self, command: TakeComplaint, actor: Actor) -> Noted:
        """Put a complaint on record.

        Raises:
            RuleBrokenError: NOT_ALLOWED; TEXT_NEEDED, TEXT_TOO_LONG, TEXT_UNPRINTABLE at ``body``, ``person``, ``phone``, ``owner``;
                ANSWER_DAY_PAST at ``answer_due``; DOSSIER_UNKNOWN, CODE_SHARED at ``code``.
        """
        require(actor, Permission.RECEIVE)
        now, texts = self._clock.now(), Texts()
        body, person = texts.need(command.body, "body", LONGEST), texts.may(command.person, "person", NAME)
        phone, owner = texts.may(command.phone, "phone", NAME), texts.may(command.owner, "owner", NAME)
        due = command.answer_due or self.usual_day()
        if due < day_of(now):
            texts.forbid("ANSWER_DAY_PAST", "answer_due")
        texts.close()
        with self._database.write() as uow:
            about = dossier_with_code(uow, command.code).dossier_id if tidy(command.code) else None
            complaint = Complaint(
                new_id(now), about, now, command.channel, body, due, person=person, phone=phone, owner=owner)
            uow.complaints.add(complaint)
            write_audit(uow, now, actor.user_id, "complaint.taken", about or "", {
                "complaint": complaint.complaint_id, **held_complaint(complaint)})
            uow.commit()
        return Noted(complaint)

    def answer(self, complaint_id: str, answer: str, actor: Actor) -> Noted:
        """Keep the answer that was given; once.

        Raises:
            RuleBrokenError: NOT_ALLOWED, COMPLAINT_UNKNOWN, COMPLAINT_ANSWERED; what is wrong with ``answer``.
        """
        require(actor, Permission.RECEIVE)
        texts = Texts()
        said = texts.need(answer, "answer", LONGEST)
        texts.close()
        now = self._clock.now()
        with self._database.write() as uow:
            known = _known(uow, complaint_id)
            if known.answered_at:
                raise broken("COMPLAINT_ANSWERED")
            return self._keep(uow, replace(known, answered_at=now, answer=said, answered_by=actor.user_id), "complaint.answered", actor)

    def judge(self, complaint_id: str, actor: Actor, *, satisfied: bool) -> Noted:
        """Keep whether the answer satisfied who complained; asked again, the last word counts.

        Raises:
            RuleBrokenError: NOT_ALLOWED, COMPLAINT_UNKNOWN, COMPLAINT_OPEN (there is no answer yet).
        """
        require(actor, Permission.RECEIVE)
        with self._database.write() as uow:
            known = _known(uow, complaint_id)
            if known.answered_at is None:
                raise broken("COMPLAINT_OPEN")
            return self._keep(uow, replace(known, satisfied=satisfied), "complaint.judged", actor)

    def listed(self, actor: Actor, *, is_open: bool = True) -> list[ComplaintLine]:
        """Return what is to be answered, the most urgent first; or all, the newest first (audited: they say who complained).

        Raises:
            RuleBrokenError: NOT_ALLOWED.
        """
        require(actor, Permission.READ)
        with self._database.write() as uow:
            return self._shown(uow, uow.complaints.listed(is_open=is_open, limit=MOST), "", actor)

    def of_dossier(self, dossier_id: str, actor: Actor) -> list[ComplaintLine]:
        """Return the complaints about a dossier, the oldest first. Raises as :meth:`listed`."""
        require(actor, Permission.READ)
        with self._database.write() as uow:
            return self._shown(uow, uow.complaints.of_dossier(dossier_id), dossier_id, actor)

    def _keep(self, uow: UnitOfWork, complaint: Complaint, action: str, actor: Actor) -> Noted:
        uow.complaints.update(complaint)
        write_audit(uow, self._clock.now(), actor.user_id, action, complaint.dossier_id or "", {
            "complaint": complaint.complaint_id, **held_complaint(complaint)})
        uow.commit()
        return Noted(complaint)

    def _shown(self, uow: UnitOfWork, complaints: Sequence[Complaint], subject: str, actor: Actor) -> list[ComplaintLine]:
        now, found = self._clock.now(), []
        for each in complaints:
            dossier = uow.dossiers.get(each.dossier_id) if each.dossier_id else None
            found.append(ComplaintLine(each, dossier.code if dossier else "", each.is_late(day_of(now))))
        write_audit(uow, now, actor.user_id, "complaints.shown", subject, {"complaints": len(found)})
        uow.commit()
        return found


def _known(uow: UnitOfWork, complaint_id: str) -> Complaint:
    complaint = uow.complaints.get(complaint_id)
    if complaint is None:
        raise broken("COMPLAINT_UNKNOWN")
    return complaint
