"""What the audit trail notes of things that no event tells of: accounts, complaints, catalogue, calendar, settings, the desk's profile, the
serials it was lent, messages and second typing from their first to their last day.

A noted thing that is something else later was changed past the program.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import partial
from typing import Any

from counter_app.domain.complaint import Complaint
from counter_app.domain.events import JsonObject
from counter_app.domain.message import Message, MessageState
from counter_app.domain.people import User
from counter_app.domain.typing_task import TypingState, TypingTask
from counter_app.services.line.people import LOCKED, READERS, is_locked
from counter_app.services.ports import UnitOfWork

HOLDS = "holds"
ACCOUNT, COMPLAINT, CATALOGUE, DECISIONS, CALENDAR, SETTING = "account", "complaint", "catalogue", "decisions", "calendar", "setting"
ACCESS, PROFILE, MESSAGE, TYPED, DROPPED = "access", "profile", "message", "typed", "not_typed"
QUEUED, OPENED = "queued", "to_type"
ALL = "all"
"""The name of what there is one of."""
PROFILES = "desk/"
"""Begins the name of the setting that holds a counter's profile."""
LINE, LOGIN = "line", "line_account"
_MEMBERS = {PROFILE: PROFILES, LINE: "province/", LOGIN: "national/"}
"""How the name of a setting begins that is noted by its members."""
_WHERE = {LINE: ("base_url", "keys"), LOGIN: ("base_url",)}
"""What says to whom a line leads; the rest of it moves with every pass."""
_MOVING = frozenset({"epoch", "epoch_reason", "epoch_begun_at", "guarded", "second_device"})
"""Members of a profile that the number guard and the enrolment move; the numbers and ops themselves tell of them."""
NUMBERS = frozenset({"serial_first", "serial_last", "further_ranges", "recovery_ranges", "provisional", "provisional_fallback"})
"""Members of a profile that say which numbers it issues; the province lends them."""
_EMPTY: tuple[object, ...] = (None, "", False, [], {})


def held_account(uow: UnitOfWork, user: User) -> JsonObject:
    """Return the note of an account: who it is, what they may, their password, and whether the desk closed it or gave them that password.

    Tries and lock-outs come and go without a note, and so does what the province locks.
    """
    return {HOLDS: {f"{ACCOUNT}/{user.user_id}": digest(_account(user)), f"{ACCESS}/{user.user_id}": digest(_access(uow, user))}}


def held_profile(device: str, stored: Mapping[str, Any], members: Iterable[str]) -> JsonObject:
    """Return the note of members of a counter's profile that were just stored, each by itself: a later version may add others."""
    return {HOLDS: {f"{PROFILE}/{device}/{name}": digest(stored[name]) for name in members if name not in _MOVING}}


def held_line(uow: UnitOfWork, device: str) -> JsonObject:
    """Return the note of whom the line of a counter leads to, after it was enrolled: an address, and the keys that are believed."""
    places = [f"{kind}/{device}/{name}" for kind, names in _WHERE.items() if uow.settings.get(_MEMBERS[kind] + device) for name in names]
    return {HOLDS: {place: found(uow, place) for place in places}}


def held_queued(message: Message) -> JsonObject:
    """Return the note of a message that was just queued: to whom it goes, its words, how long."""
    return {HOLDS: {f"{QUEUED}/{message.message_id}": queued_digest(message)}}


def held_messages(messages: Iterable[Message]) -> JsonObject:
    """Return the note of messages that were ended: who is called, or given to the province, is so for ever, and what is called off."""
    return {HOLDS: {f"{MESSAGE}/{each.message_id}": digest(each) for each in messages}}


def held_opened(tasks: Iterable[TypingTask]) -> JsonObject:
    """Return the note of second typing that was just opened."""
    return {HOLDS: {f"{OPENED}/{each.task_id}": opened_digest(each) for each in tasks}}


def held_task(task: TypingTask) -> JsonObject:
    """Return the note of a second typing that was ended."""
    return {HOLDS: {f"{TYPED if task.state is TypingState.DONE else DROPPED}/{task.task_id}": digest(task)}}


def queued_digest(message: Message) -> str:
    """Return the digest that a message had when it was queued; its own for one whose time is over before it was."""
    if message.state is MessageState.EXPIRED and (message.changed_at is None or message.changed_at < message.expires_at):
        return digest(message)
    return digest(replace(message, state=MessageState.WAITING, changed_at=None, changed_by="", note=""))


def opened_digest(task: TypingTask) -> str:
    """Return the digest that a second typing had when it was opened."""
    return digest(replace(task, state=TypingState.OPEN, code="", done_at=None, done_by=""))


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


def held_people(uow: UnitOfWork) -> JsonObject:
    """Return the note of whom the province has locked out and whom it lets only read, after it has said so."""
    return {HOLDS: {f"{SETTING}/{key}": digest(people) for key in (LOCKED, READERS) if (people := uow.settings.get(key)) is not None}}


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


def _access(uow: UnitOfWork, user: User) -> tuple[bool, bool]:
    return user.disabled and not is_locked(uow, user.user_id), user.must_change_password


def _member(uow: UnitOfWork, name: str, kind: str) -> object:
    device, _, member = name.partition("/")
    return (uow.settings.get(_MEMBERS[kind] + device) or {}).get(member)


_FINDERS: dict[str, Callable[[UnitOfWork, str], object]] = {
    ACCOUNT: lambda uow, name: (user := uow.users.get(name)) and _account(user), COMPLAINT: lambda uow, name: uow.complaints.get(name),
    CATALOGUE: lambda uow, name: uow.catalogue.procedures(name) or None, DECISIONS: lambda uow, _: uow.catalogue.overrides(),
    CALENDAR: lambda uow, _: uow.calendar.newest(), SETTING: lambda uow, name: uow.settings.get(name),
    ACCESS: lambda uow, name: (user := uow.users.get(name)) and _access(uow, user),
    **{kind: partial(_member, kind=kind) for kind in _MEMBERS},
    MESSAGE: lambda uow, name: uow.messages.get(name),
    TYPED: lambda uow, name: uow.typing_tasks.get(name), DROPPED: lambda uow, name: uow.typing_tasks.get(name),
}
