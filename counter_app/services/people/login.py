"""Logging in and unlocking: who is at the desk, and how long a guesser has to wait."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from counter_app.domain.errors import RuleBrokenError, broken
from counter_app.domain.masking import initials
from counter_app.domain.people import Actor, Permission, Role, User
from counter_app.services.people.passwords import check_password
from counter_app.services.people.users import plain_login
from counter_app.services.ports import Clock, Database, PasswordHasher, UnitOfWork
from counter_app.services.recording import write_audit
from counter_app.services.trail.row_notes import held_account

FREE_TRIES = 5
WAITS = (60, 300, 900, 3600)
"""Seconds of lock-out after the fifth wrong try and each one after it; the last stays."""
FIRST_CLERK = "clerk"
"""The login of the person that setting a desk up in one line makes."""


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A person as the login page shows them."""

    user_id: str
    login: str
    full_name: str
    role: Role
    title: str
    initials: str


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who has logged in; ``user.must_change_password`` asks the window for a new password first."""

    user: User
    actor: Actor


def seconds_left(user: User, uptime: float) -> int:
    """Return how much of a lock-out is left, in whole seconds.

    The time that has passed is reckoned from the machine's running time alone, which nobody can set: since the wait was noted, or, after
    a restart, since the machine started. Both are at most the true time, so no lock-out ends early.
    """
    elapsed = uptime - user.wait_noted_at if uptime >= user.wait_noted_at else uptime
    return max(0, math.ceil(user.wait_seconds - elapsed))


class LoginService:
    """Checks passwords. Every login, wrong try and lock-out is audited; a try is counted before the password is looked at."""

    def __init__(self, database: Database, clock: Clock, hasher: PasswordHasher, *, key_is_enough: bool = False) -> None:
        self._database = database
        self._clock = clock
        self._hasher = hasher
        self._key_is_enough = key_is_enough

    def people(self) -> list[PersonCard]:
        """Return everybody who may log in, in the order they were added."""
        with self._database.read() as uow:
            users = uow.users.all()
        return [
            PersonCard(user.user_id, user.login, user.full_name, user.role, user.title, initials(user.full_name))
            for user in sorted(users, key=_by_id) if not user.disabled
        ]

    def login(self, login: str, password: str) -> Session:
        """Let a person in.

        Raises:
            RuleBrokenError: WRONG_PASSWORD(left), LOCKED_OUT(minutes, seconds) at ``password``; USER_DISABLED, USER_UNKNOWN at ``login``.
        """
        return self._check(self._find(login), password, "user.login")

    def verify(self, actor: Actor, password: str) -> None:
        """Unlock the screen for the person who locked it. Raises as :meth:`login`."""
        self._check(self._get(actor), password, "user.unlock")

    def agree(self, actor: Actor, login: str, password: str, permission: Permission) -> Actor:
        """Return another person than ``actor``, who agrees to what is done by typing their own password (audited).

        Raises:
            RuleBrokenError: SECOND_SAME, SECOND_NOT_ALLOWED at ``login``; SECOND_PASSWORD_GIVEN at ``login``, somebody else made their
                password and knows it; as :meth:`login`.
        """
        user = self._find(login)
        if user.user_id == actor.user_id:
            raise broken("SECOND_SAME", "login")
        if not user.as_actor().may(permission):
            raise broken("SECOND_NOT_ALLOWED", "login")
        if user.must_change_password:
            raise broken("SECOND_PASSWORD_GIVEN", "login")
        return self._check(user, password, "user.seconded").actor

    def key_is_enough(self) -> bool:
        """Tell whether whoever holds the key acts without a password: a script made the desk, and it never had a second account."""
        with self._database.read() as uow:
            return self._key_is_enough and len(uow.users.all()) == 1

    def change_password(self, actor: Actor, old: str, new: str) -> None:
        """Give oneself a new password.

        Raises:
            RuleBrokenError: as :meth:`login`; PASSWORD_SHORT, PASSWORD_LONG, PASSWORD_EASY, PASSWORD_SAME at ``new_password``.
        """
        user = self._get(actor)
        check_password(new, user.login, "new_password")
        if new == old:
            raise broken("PASSWORD_SAME", "new_password")
        self._check(user, old, "user.password_checked")
        new_hash = self._hasher.hash(new)
        with self._database.write() as uow:
            current = _present(uow.users.get(user.user_id))
            changed = replace(current, password_hash=new_hash, must_change_password=False)
            uow.users.update(changed)
            write_audit(uow, self._clock.now(), user.user_id, "user.password_changed", user.user_id, held_account(uow, changed))
            uow.commit()

    def acting(self, login: str, password: str) -> Actor:
        """Return who acts on the command line.

        A password alone is that of the person whom :data:`FIRST_CLERK` names, or of the only one there is. With neither, only a desk whose
        key is enough knows who it must be, and only while it never had a second account: closing accounts opens none.

        Raises:
            RuleBrokenError: LOGIN_NEEDED, and as :meth:`login`.
        """
        if login or password:
            return self.login(login or self._usual_login(), password).actor
        if not self.key_is_enough():
            raise broken("LOGIN_NEEDED", "user")
        with self._database.read() as uow:
            users = uow.users.all()
        return self.session_of(users[0].as_actor()).actor

    def session_of(self, actor: Actor) -> Session:
        """Return the session of a person who is known already, by another means than a password.

        Raises:
            RuleBrokenError: USER_UNKNOWN, USER_DISABLED.
        """
        return Session(_open(self._get(actor)), actor)

    def _usual_login(self) -> str:
        logins = [person.login for person in self.people()]
        if FIRST_CLERK in logins:
            return FIRST_CLERK
        if len(logins) != 1:
            raise broken("LOGIN_NEEDED", "user")
        return logins[0]

    def _find(self, login: str) -> User:
        with self._database.read() as uow:
            return _present(uow.users.by_login(plain_login(login)))

    def _get(self, actor: Actor) -> User:
        with self._database.read() as uow:
            return _present(uow.users.get(actor.user_id))

    def _check(self, user: User, password: str, action: str) -> Session:
        """Count a try, look at the password, then take the count back or keep it."""
        tried = self._count_try(user.user_id)
        if not self._hasher.verify(tried.password_hash, password):
            self._note_wrong(tried, action)
            if tried.wait_seconds:
                raise locked_out(tried.wait_seconds)
            raise broken("WRONG_PASSWORD", "password", left=FREE_TRIES - tried.failed_tries)
        with self._database.write() as uow:
            current = replace(_present(uow.users.get(user.user_id)), failed_tries=0, wait_seconds=0, wait_noted_at=0.0)
            uow.users.update(current)
            self._audit(uow, current, action)
            uow.commit()
        return Session(current, current.as_actor())

    def _count_try(self, user_id: str) -> User:
        """Put one more try on record, so that a killed process gives no free ones; refuse it while a lock-out runs."""
        with self._database.write() as uow:
            user = _open(_present(uow.users.get(user_id)))
            uptime = self._clock.uptime()
            if left := seconds_left(user, uptime):
                if uptime < user.wait_noted_at:  # a restart is certain: from now on reckon from here
                    uow.users.update(replace(user, wait_seconds=left, wait_noted_at=uptime))
                    uow.commit()
                raise locked_out(left)
            tries = user.failed_tries + 1
            wait = WAITS[min(tries - FREE_TRIES, len(WAITS) - 1)] if tries >= FREE_TRIES else 0
            tried = replace(user, failed_tries=tries, wait_seconds=wait, wait_noted_at=uptime)
            uow.users.update(tried)
            uow.commit()
        return tried

    def _note_wrong(self, user: User, action: str) -> None:
        with self._database.write() as uow:
            self._audit(uow, user, "user.locked_out" if user.wait_seconds else f"{action}_failed", tries=user.failed_tries)
            uow.commit()

    def _audit(self, uow: UnitOfWork, user: User, action: str, **details: int) -> None:
        write_audit(uow, self._clock.now(), user.user_id, action, user.user_id, details)


def locked_out(seconds: int) -> RuleBrokenError:
    """Return the refusal while a lock-out runs: whole minutes, rounded up, and the seconds for a count-down."""
    return broken("LOCKED_OUT", "password", minutes=math.ceil(seconds / 60), seconds=seconds)


def _present(user: User | None) -> User:
    if user is None:
        raise broken("USER_UNKNOWN", "login")
    return user


def _open(user: User) -> User:
    if user.disabled:
        raise broken("USER_DISABLED", "login")
    return user


def _by_id(user: User) -> str:
    return user.user_id
