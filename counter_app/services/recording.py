"""How an act becomes an event: chained in the desk's lane, due to be sent, and on the audit trail, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from counter_app.domain.canonical import audit_hash, chained
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import RuleBrokenError, broken
from counter_app.domain.events import (
    CODE_ADDED,
    DOSSIER_IMPORTED,
    DOSSIERS_LINKED,
    RESULT_POSTED,
    AuditEntry,
    Event,
    JsonObject,
)
from counter_app.domain.ids import new_id
from counter_app.domain.lifecycle import given_away
from counter_app.domain.people import Actor
from counter_app.domain.record import national_record
from counter_app.services.line.people import may_only_read
from counter_app.services.ports import Clock, UnitOfWork

LOCAL_TYPES = frozenset({DOSSIER_IMPORTED, RESULT_POSTED, DOSSIERS_LINKED, CODE_ADDED})
"""Events that the contract doesn't know: they have no lane and are never sent."""

LOOKS = frozenset({
    "book.page_shown", "certified.shown", "complaints.shown", "dossier.compared", "dossier.shown", "dossiers.searched", "earlier.shown",
    "files.listed", "files.offered", "id_number.shown", "journals.compared", "messages.shown", "report.compared", "report.opened",
    "sample.drawn", "signatures.read", "slip.opened", "trail.shown", "typing.shown", "user.locked_out", "user.login", "user.login_failed",
    "user.password_changed", "user.password_checked", "user.password_checked_failed", "user.unlock", "user.unlock_failed"})
"""What stands on the trail of somebody who came in and looked; whatever else stands there was done."""


@dataclass(frozen=True, slots=True)
class LaneIdentity:
    """Whose lane this desk's ops go into. The ops of a ``practice`` desk are chained as ever but never due to be sent."""

    device: str
    epoch: str
    practice: bool = False


class Recorder:
    """Records events in the transaction of ``uow``; the caller stores the projection and commits."""

    def __init__(self, uow: UnitOfWork, lane: LaneIdentity, clock: Clock) -> None:
        self._uow = uow
        self._lane = lane
        self._clock = clock

    def record(
        self, kind: str, dossier: Dossier | None, facts: JsonObject, actor: Actor, at: datetime, *, ho_so: JsonObject | None = None,
        resolves: str | None = None, noted: JsonObject | None = None,
    ) -> Event:
        """Append an event of type ``kind`` and return it. ``dossier`` is the projection *after* it, None for no dossier.

        ``ho_so`` is the complete national record after the event; without it, it is made from the dossier.
        ``resolves`` names an op of this desk that the province judged otherwise and that this one settles. ``noted`` is what the audit
        trail tells beyond the event, no personal data.

        Raises:
            RuleBrokenError: OP_TOO_LARGE, USER_DISABLED, USER_READS_ONLY; GIVEN_AWAY, another commune has the dossier now, and it is
                read-only here (contract 7, ``dossier.reassigned``); nothing is recorded then.
            SurroundingsError: as :class:`~counter_app.services.ports.UnitOfWork`.
        """
        _require_here(dossier)
        if ho_so is None and dossier is not None:
            ho_so = national_record(dossier, self._uow.catalogue.version(dossier.procedure_version))
        event = Event(
            new_id(self._clock.now()), dossier.dossier_id if dossier else None, kind, at, actor, facts, ho_so,
            dossier.known_rev if dossier else 0, resolves=resolves,
        )
        if kind not in LOCAL_TYPES:
            event = chained(event, self._lane.device, self._lane.epoch, self._uow.events.lane_head(self._lane.device, self._lane.epoch))
        self._uow.events.append(event)
        if event.lane and not self._lane.practice:
            self._uow.outbox.add(event.op_id, event.dossier_id)
        write_audit(self._uow, at, actor.user_id, kind, event.dossier_id or "", {"op_id": event.op_id, **(noted or {})})
        return event


def _require_here(dossier: Dossier | None) -> None:
    if dossier is not None and dossier.given_to:
        raise RuleBrokenError(given_away(dossier))


def write_audit(  # noqa: PLR0917  an audit line has six parts, in the order that a person would say them
    uow: UnitOfWork, at: datetime, user_id: str, action: str, subject: str, details: Mapping[str, Any],
) -> AuditEntry:
    """Append an entry to the audit trail, chained by SHA-256 to the one before it, and return it.

    Also for what is no event: views, searches, logins, exports. ``details`` are JSON values and hold no personal data. Whoever's account
    was closed meanwhile does nothing more, also where a window is still open: no act gets past the trail. Nor does one of a person whom
    the province lets only read.

    Raises:
        RuleBrokenError: USER_DISABLED, USER_READS_ONLY.
        SurroundingsError: as :class:`~counter_app.services.ports.UnitOfWork`.
        ValueError: as :func:`~counter_app.domain.canonical.canonical`.
    """
    if uow.users.is_closed(user_id):
        raise broken("USER_DISABLED")
    if action not in LOOKS and may_only_read(uow, user_id):
        raise broken("USER_READS_ONLY")
    seq, prev_hash = uow.audit.head()
    entry = AuditEntry(seq + 1, at, user_id, action, subject, details, prev_hash, "")
    entry = replace(entry, hash=audit_hash(entry))
    uow.audit.append(entry)
    return entry
