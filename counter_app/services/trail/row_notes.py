"""What the audit trail notes of things that no event tells of: accounts, complaints, catalogue, calendar, settings.

A noted thing that is something else later was changed past the program.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from counter_app.domain.complaint import Complaint
from counter_app.domain.events import JsonObject
from counter_app.domain.people import User
from counter_app.services.ports import UnitOfWork

HOLDS = "holds"
ACCOUNT, COMPLAINT, CATALOGUE, DECISIONS, CALENDAR, SETTING = "account", "complaint", "catalogue", "decisions", "calendar", "setting"
ALL = "all"
"""The name of what there is one of."""
_EMPTY: tuple[object, ...] = (None, "", False, [], {})


def held_account(user: User) -> JsonObject:
    """Return the note of an account: who it is, what they may, and their password. Tries and locks come and go without one."""
    return {HOLDS: {f"{ACCOUNT}/{user.user_id}": digest(_account(user))}}


def held_complaint(complaint: Complaint) -> JsonObject:
    """Return the note of a complaint."""
    return {HOLDS: {f"{COMPLAINT}/{complaint.complaint_id}": digest(complaint)}}


def held_catalogue(uow: UnitOfWork, *versions: str) -> JsonObject:
    """Return the note of catalogues that have just come in, and of the commune's decisions on top."""
    held = {f"{CATALOGUE}/{version}": digest(uow.catalogue.procedures(version)) for version in versions}
    return {HOLDS: held | {f"{DECISIONS}/{ALL}": digest(uow.catalogue.overrides())}}


def held_calendar(uow: UnitOfWork) -> JsonObject:
    """Return the note of the calendar in force."""
    newest = uow.calendar.newest()
    return {HOLDS: {} if newest is None else {f"{CALENDAR}/{ALL}": digest(newest)}}


def held_setting(uow: UnitOfWork, key: str) -> JsonObject:
    """Return the note of a setting that was just put."""
    return {HOLDS: {f"{SETTING}/{key}": digest(uow.settings.get(key))}}


def found(uow: UnitOfWork, place: str) -> str | None:
    """Return the digest of a noted thing as it is now; None where it is gone."""
    kind, _, name = place.partition("/")
    value = _FINDERS[kind](uow, name)
    return None if value is None else digest(value)


def digest(value: object) -> str:
    """Return a hash of a value. What is empty is left out, so that a member that a later version adds changes nothing."""
    return hashlib.sha256(json.dumps(_plain(value), ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _plain(value: Any) -> Any:  # noqa: ANN401  any value that is stored
    if is_dataclass(value):
        return _members({field.name: getattr(value, field.name) for field in fields(value)})
    if isinstance(value, Mapping):
        return _members(value)
    if isinstance(value, set | frozenset):
        return sorted(map(str, value))
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def _members(value: Mapping[Any, Any]) -> dict[str, Any]:
    plain = {str(name): _plain(member) for name, member in value.items()}
    return {name: member for name, member in plain.items() if not _is_empty(member)}


def _is_empty(value: object) -> bool:
    return any(value is each or (type(value) is type(each) and value == each) for each in _EMPTY)


def _account(user: User) -> tuple[object, ...]:
    return user.login, user.full_name, user.role, user.title, user.password_hash


_FINDERS: dict[str, Callable[[UnitOfWork, str], object]] = {
    ACCOUNT: lambda uow, name: (user := uow.users.get(name)) and _account(user), COMPLAINT: lambda uow, name: uow.complaints.get(name),
    CATALOGUE: lambda uow, name: uow.catalogue.procedures(name) or None, DECISIONS: lambda uow, _: uow.catalogue.overrides(),
    CALENDAR: lambda uow, _: uow.calendar.newest(), SETTING: lambda uow, name: uow.settings.get(name),
}
