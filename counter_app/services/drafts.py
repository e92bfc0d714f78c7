"""Drafts: a form as it was after its last change, so that a power cut loses nothing that was typed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from counter_app.domain.errors import broken
from counter_app.domain.ids import new_id
from counter_app.domain.registers import Draft
from counter_app.services.ports import Clock, Database, UnitOfWork


class DraftService:
    """Keeps one current draft a person and kind of form, and any number of parked ones. Nobody sees another person's."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def save(self, owner: str, kind: str, content: dict[str, Any], label: str) -> Draft:
        """Keep the form that is being filled; ``content`` is JSON, ``label`` is what the list of parked drafts shows."""
        with self._database.write() as uow:
            before = _current(uow, owner, kind)
            draft_id = before.draft_id if before else new_id(self._clock.now())
            draft = Draft(draft_id, owner, kind, self._clock.now(), parked=False, label=label, content=content)
            uow.drafts.save(draft)
            uow.commit()
        return draft

    def current(self, owner: str, kind: str) -> Draft | None:
        """Return the form that was being filled when the program ended, or None."""
        with self._database.read() as uow:
            return _current(uow, owner, kind)

    def park(self, draft_id: str) -> Draft:
        """Put a form aside for the next citizen.

        Raises:
            RuleBrokenError: DRAFT_GONE.
        """
        with self._database.write() as uow:
            parked = replace(_existing(uow, draft_id), parked=True)
            uow.drafts.save(parked)
            uow.commit()
        return parked

    def parked(self, owner: str, kind: str) -> list[Draft]:
        """Return the forms put aside, the newest first."""
        with self._database.read() as uow:
            drafts = [draft for draft in uow.drafts.of_owner(owner, kind) if draft.parked]
        return sorted(drafts, key=_moment, reverse=True)

    def recall(self, draft_id: str) -> Draft:
        """Take a parked form up again; the one that was being filled is parked in its place.

        Raises:
            RuleBrokenError: DRAFT_GONE.
        """
        with self._database.write() as uow:
            draft = replace(_existing(uow, draft_id), parked=False)
            before = _current(uow, draft.owner, draft.kind)
            if before is not None and before.draft_id != draft_id:
                uow.drafts.save(replace(before, parked=True))
            uow.drafts.save(draft)
            uow.commit()
        return draft

    def discard(self, draft_id: str) -> None:
        """Drop a form that was received or given up; one that is gone already is no fault."""
        with self._database.write() as uow:
            uow.drafts.delete(draft_id)
            uow.commit()


def _current(uow: UnitOfWork, owner: str, kind: str) -> Draft | None:
    open_ones = [draft for draft in uow.drafts.of_owner(owner, kind) if not draft.parked]
    return max(open_ones, key=_moment, default=None)


def _existing(uow: UnitOfWork, draft_id: str) -> Draft:
    draft = uow.drafts.get(draft_id)
    if draft is None:
        raise broken("DRAFT_GONE")
    return draft


def _moment(draft: Draft) -> tuple[str, str]:
    """Newest by time; of the same second, by id."""
    return draft.saved_at.isoformat(), draft.draft_id
