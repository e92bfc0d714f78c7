"""Drafts: a form as it was after its last change, so that a power cut loses nothing that was typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from counter_app.domain.errors import broken
from counter_app.domain.ids import new_id
from counter_app.domain.registers import Draft
from counter_app.services.ports import Clock, Database, UnitOfWork
from counter_app.services.recording import write_audit

_MARK = "/"
"""Parts the window from the rest in the id of a form in hand."""


class DraftService:
    """Keeps one current draft a window, and any number of parked ones. Nobody sees another person's.

    A person may sit at two windows. The form in hand belongs to its ``window`` (the id of the device: a device has one window), and the
    id of its draft says so. Who takes a draft up gives it an id of their own; the window that had it before finds it gone, and keeps
    what is typed there under a new one. So nobody ever writes over another window's form.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def save(  # noqa: PLR0917  a form, whose it is, and where it is kept
        self, owner: str, kind: str, content: dict[str, Any], label: str, window: str = "", draft_id: str = "",
    ) -> Draft:
        """Keep the form that is being filled; ``content`` is JSON, ``label`` is what the list of parked drafts shows.

        ``draft_id`` is what it was kept as before, empty the first time. Where somebody took that draft away, a new one is begun.
        """
        now = self._clock.now()
        with self._database.write() as uow:
            before = uow.drafts.get(owner, draft_id) if draft_id else None
            goes_on = before is not None and not before.parked
            draft = Draft(draft_id if goes_on else _id_for(window, now), owner, kind, now, parked=False, label=label, content=content)
            uow.drafts.save(draft)
            uow.commit()
        return draft

    def take_up(self, owner: str, kind: str, window: str = "") -> Draft | None:
        """Return the form that was being filled in this window when its program ended, now under a new id; None where there is none.

        Audited, as :meth:`recall`: a form shows the person that it is filled in for. What other windows fill in stays theirs; their forms
        are offered by :meth:`offered`.
        """
        with self._database.write() as uow:
            before = _current(uow, owner, kind, window)
            if before is None:
                return None
            draft = self._opened(uow, before, window)
            uow.commit()
        return draft

    def current(self, owner: str, kind: str, window: str = "") -> Draft | None:
        """Return the form in hand of a window, or None."""
        with self._database.read() as uow:
            return _current(uow, owner, kind, window)

    def park(self, owner: str, draft_id: str) -> Draft:
        """Put a form aside for the next citizen.

        Raises:
            RuleBrokenError: DRAFT_GONE.
        """
        with self._database.write() as uow:
            parked = replace(_existing(uow, owner, draft_id), parked=True)
            uow.drafts.save(parked)
            uow.commit()
        return parked

    def parked(self, owner: str, kind: str) -> list[Draft]:
        """Return the forms put aside, the newest first."""
        with self._database.read() as uow:
            drafts = [draft for draft in uow.drafts.of_owner(owner, kind) if draft.parked]
        return sorted(drafts, key=_moment, reverse=True)

    def offered(self, owner: str, kind: str, mine: str = "") -> list[Draft]:
        """Return all forms that can be taken up: those put aside, then those in hand of other windows; ``mine`` is the one in hand here."""
        with self._database.read() as uow:
            drafts = [draft for draft in uow.drafts.of_owner(owner, kind) if draft.draft_id != mine]
        newest = sorted(drafts, key=_moment, reverse=True)
        return [draft for draft in newest if draft.parked] + [draft for draft in newest if not draft.parked]

    def recall(self, owner: str, draft_id: str, window: str = "", mine: str = "") -> Draft:
        """Take a form up that was put aside or left in another window (audited); ``mine``, the one in hand here, is parked for it.

        Raises:
            RuleBrokenError: DRAFT_GONE.
        """
        with self._database.write() as uow:
            wanted = _existing(uow, owner, draft_id)
            if draft_id == mine:
                return wanted
            before = uow.drafts.get(owner, mine) if mine else None
            if before is not None:
                uow.drafts.save(replace(before, parked=True))
            draft = self._opened(uow, wanted, window)
            uow.commit()
        return draft

    def _opened(self, uow: UnitOfWork, draft: Draft, window: str) -> Draft:
        """Give a draft to a window, and note that its person opened it."""
        now = self._clock.now()
        moved = _moved(uow, draft, window, now)
        write_audit(uow, now, draft.owner, "draft.opened", moved.draft_id, {})
        return moved

    def discard(self, owner: str, draft_id: str) -> None:
        """Drop a form that was received or given up; one that is gone already is no fault."""
        with self._database.write() as uow:
            uow.drafts.delete(owner, draft_id)
            uow.commit()


def _current(uow: UnitOfWork, owner: str, kind: str, window: str) -> Draft | None:
    """The newest form in hand of a window; one that was kept before drafts had a window is anybody's."""
    mine = [draft for draft in uow.drafts.of_owner(owner, kind) if not draft.parked and _window_of(draft) in ("", window)]
    return max(mine, key=_moment, default=None)


def _moved(uow: UnitOfWork, draft: Draft, window: str, now: datetime) -> Draft:
    """Give a draft to a window: under an id of its own, so that who had it before doesn't write into it."""
    moved = replace(draft, draft_id=_id_for(window, now), parked=False)
    uow.drafts.delete(draft.owner, draft.draft_id)
    uow.drafts.save(moved)
    return moved


def _id_for(window: str, now: datetime) -> str:
    return f"{window}{_MARK}{new_id(now)}" if window else new_id(now)


def _window_of(draft: Draft) -> str:
    return draft.draft_id.rpartition(_MARK)[0]


def _existing(uow: UnitOfWork, owner: str, draft_id: str) -> Draft:
    draft = uow.drafts.get(owner, draft_id)
    if draft is None:
        raise broken("DRAFT_GONE")
    return draft


def _moment(draft: Draft) -> tuple[str, str]:
    """Newest by time; of the same second, by id."""
    return draft.saved_at.isoformat(), draft.draft_id
