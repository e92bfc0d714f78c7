"""People as the province knows them: its signed list, and whom it has locked out (province contract 7, 16).

Accounts are the commune's own. What the province says of a person is laid over them: whoever is not active there can't log in here, and
whoever is active there again may, unless it was the commune itself that closed the account. Whom it lets only read goes on looking here,
and does nothing more until it lists them as active.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from counter_app.services.ports import UnitOfWork

LOCKED, READERS = "province/locked", "province/readers"
"""The settings that remember whom the province has locked out, and whom it lets only read."""


def take_people(uow: UnitOfWork, users: list[Mapping[str, Any]]) -> None:
    """Take the states of a list over, in this transaction; raises LookupError or TypeError for another shape than the contract's."""
    for each in users:
        if each["state"] == "active":
            _unlock(uow, each["user_id"])
        else:
            lock(uow, each["user_id"])


def lock(uow: UnitOfWork, user_id: str) -> None:
    """Close an account at once, and remember that it was the province who did."""
    user = uow.users.get(user_id)
    if user is not None and not user.disabled:
        uow.users.update(replace(user, disabled=True))
        uow.settings.put(LOCKED, sorted({*_locked(uow), user_id}))


def is_locked(uow: UnitOfWork, user_id: str) -> bool:
    """Tell whether it is the province who keeps an account closed."""
    return user_id in _locked(uow)


def let_only_read(uow: UnitOfWork, user_id: str) -> None:
    """Let a person look and do nothing more, from this transaction on."""
    uow.settings.put(READERS, sorted({*_readers(uow), user_id}))


def may_only_read(uow: UnitOfWork, user_id: str) -> bool:
    """Tell whether the province lets a person only read."""
    return user_id in _readers(uow)


def _unlock(uow: UnitOfWork, user_id: str) -> None:
    if user_id in (readers := _readers(uow)):
        uow.settings.put(READERS, sorted(readers - {user_id}))
    locked = _locked(uow)
    user = uow.users.get(user_id)
    if user_id in locked and user is not None:
        uow.users.update(replace(user, disabled=False))
        uow.settings.put(LOCKED, sorted(locked - {user_id}))


def _locked(uow: UnitOfWork) -> set[str]:
    return set(uow.settings.get(LOCKED) or ())


def _readers(uow: UnitOfWork) -> set[str]:
    return set(uow.settings.get(READERS) or ())
