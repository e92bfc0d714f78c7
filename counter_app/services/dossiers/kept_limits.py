"""Which limit a dossier was received under: its own events say so, whatever the catalogue says today."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from counter_app.domain.deadline_terms import WIRE_UNITS, Limit, LimitUnit
from counter_app.domain.events import DOSSIER_CORRECTED, DOSSIER_RECEIVED
from counter_app.services.ports import UnitOfWork

LIMIT = "intake.limit"
CASE = "intake.case_code"
"""Where a correction says which limit holds from now on."""
_UNITS = {word: unit for unit, word in WIRE_UNITS.items() if unit is not None}


def limits_of(uow: UnitOfWork, dossier_id: str) -> tuple[Limit, ...]:
    """Return the limit of a dossier, none where it has none or nobody knows (an imported dossier)."""
    limit = _kept(uow, dossier_id, "limit", LIMIT)
    if not isinstance(limit, Mapping) or limit["unit"] not in _UNITS:
        return ()
    unit: LimitUnit = _UNITS[limit["unit"]]
    return (Limit(int(limit["value"]), unit),)


def case_of(uow: UnitOfWork, dossier_id: str) -> str:
    """Return which case of its procedure a dossier is, empty for the main one."""
    return str(_kept(uow, dossier_id, "case_code", CASE) or "")


def _kept(uow: UnitOfWork, dossier_id: str, member: str, path: str) -> Any:  # noqa: ANN401  a JSON value
    """Return a member of the receipt's facts as it is after every correction that held."""
    value: Any = None
    for event in uow.events.of_dossier(dossier_id):
        if event.type == DOSSIER_RECEIVED:
            value = event.facts.get(member, value)
        elif event.type == DOSSIER_CORRECTED and not event.facts.get("asked"):
            value = next((change["new"] for change in event.facts["changes"] if change["field"] == path), value)
    return value
