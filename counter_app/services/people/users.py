"""Clerks and roles: who may log in at this desk."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from counter_app.domain.errors import Problem, RuleBrokenError, broken
from counter_app.domain.people import Actor, Permission, Role, User
from counter_app.domain.text import print_problems, tidy
from counter_app.services.people.passwords import check_password, generated_password
from counter_app.services.ports import Clock, Database, PasswordHasher, UnitOfWork
from counter_app.services.recording import write_audit
from counter_app.services.trail.row_notes import held_account

LONGEST_NAME = 120
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")


@dataclass(frozen=True, slots=True)
class NewUser:
    """A person to add. ``password`` None: one is made, shown once, and changed at the first login."""

    login: str
    full_name: str
    role: Role
    title: str = ""
    password: str | None = None


@dataclass(frozen=True, slots=True)
class UserLine:
    """A person as the list of users shows them."""

    user_id: str
    login: str
    full_name: str
    role: Role
    title: str
    disabled: bool
    must_change_password: bool


@dataclass(frozen=True, slots=True)
class Password:
    """A password that was made; nobody can read it again."""

    user_id: str
    login: str
    password: str


class UserService:
    """Adds people, gives new passwords, closes and opens accounts. Only who may manage users may do so; all of it is audited."""

    def __init__(self, database: Database, clock: Clock, hasher: PasswordHasher) -> None:
        self._database = database
        self._clock = clock
        self._hasher = hasher

    def list(self) -> list[UserLine]:
        """Return everybody, disabled ones too, in the order they were added."""
        with self._database.read() as uow:
            users = uow.users.all()
        return [
            UserLine(user.user_id, user.login, user.full_name, user.role, user.title, user.disabled, user.must_change_password)
            for user in sorted(users, key=_by_id)
        ]

    def add(self, new: NewUser, actor: Actor) -> Password:
        """Add a person.

        Raises:
            RuleBrokenError: NOT_ALLOWED; LOGIN_TAKEN, the PASSWORD_ codes and those of :func:`checked`, at their fields.
        """
        _may(actor)
        password = new.password if new.password is not None else generated_password()
        checked(new)
        check_password(password, new.login)
        password_hash = self._hasher.hash(password)
        with self._database.write() as uow:
            user = insert_user(uow, new, password_hash, self._clock.now())
            self._audit(uow, actor, "user.added", user, role=user.role.value)
            uow.commit()
        return Password(user.user_id, user.login, password)

    def reset(self, login: str, actor: Actor) -> Password:
        """Give a person who forgot it a new password, to be changed at the next login; a lock-out ends with it.

        Raises:
            RuleBrokenError: NOT_ALLOWED, USER_UNKNOWN.
        """
        _may(actor)
        password = generated_password()
        password_hash = self._hasher.hash(password)
        with self._database.write() as uow:
            user = replace(found(uow, login), password_hash=password_hash, must_change_password=True, failed_tries=0, wait_seconds=0)
            uow.users.update(user)
            self._audit(uow, actor, "user.password_reset", user)
            uow.commit()
        return Password(user.user_id, user.login, password)

    def disable(self, login: str, actor: Actor) -> None:
        """Close an account; its past acts keep its id.

        Raises:
            RuleBrokenError: NOT_ALLOWED, USER_UNKNOWN, LAST_ADMINISTRATOR.
        """
        self._set(login, actor, "user.disabled", disabled=True)

    def enable(self, login: str, actor: Actor) -> None:
        """Open a closed account again.

        Raises:
            RuleBrokenError: NOT_ALLOWED, USER_UNKNOWN.
        """
        self._set(login, actor, "user.enabled", disabled=False)

    def change(self, login: str, actor: Actor, *, full_name: str, role: Role, title: str) -> None:
        """Correct a person's name, role or title.

        Raises:
            RuleBrokenError: NOT_ALLOWED, USER_UNKNOWN, LAST_ADMINISTRATOR, and as :func:`checked`.
        """
        _may(actor)
        checked(NewUser(login, full_name, role, title))
        self._set(login, actor, "user.changed", full_name=tidy(full_name), role=role, title=tidy(title))

    def _set(self, login: str, actor: Actor, action: str, **members: object) -> None:
        _may(actor)
        with self._database.write() as uow:
            user = replace(found(uow, login), **members)  # type: ignore[arg-type]  # the callers above name members of User
            self._audit(uow, actor, action, user, role=user.role.value)  # first: a person may close their own account
            uow.users.update(user)
            if not any(other.role is Role.ADMINISTRATOR and not other.disabled for other in uow.users.all()):
                raise broken("LAST_ADMINISTRATOR", "login")
            uow.commit()

    def _audit(self, uow: UnitOfWork, actor: Actor, action: str, user: User, **details: str) -> None:
        write_audit(uow, self._clock.now(), actor.user_id, action, user.user_id, details | held_account(uow, user))


def checked(new: NewUser) -> None:
    """Refuse a login, a name or a title that can't be used, all at once.

    Raises:
        RuleBrokenError: LOGIN_UNUSABLE, NAME_MISSING, NAME_LONG; TEXT_TOO_LONG, TEXT_UNPRINTABLE, for both are printed on slips.
    """
    problems = [] if _LOGIN.fullmatch(plain_login(new.login)) else [Problem("LOGIN_UNUSABLE", "login")]
    name = tidy(new.full_name)
    if not name:
        problems.append(Problem("NAME_MISSING", "full_name"))
    if len(name) > LONGEST_NAME:
        problems.append(Problem("NAME_LONG", "full_name", {"most": LONGEST_NAME}))
    if len(title := tidy(new.title)) > LONGEST_NAME:
        problems.append(Problem("TEXT_TOO_LONG", "title", {"length": len(title), "limit": LONGEST_NAME}))
    problems += [*print_problems(name, "full_name"), *print_problems(title, "title")]
    if problems:
        raise RuleBrokenError(*problems)


def insert_user(uow: UnitOfWork, new: NewUser, password_hash: str, at: datetime) -> User:
    """Add a person with the next id, ``u-0001`` and up, inside a transaction; a password that was made must be changed.

    Raises:
        RuleBrokenError: LOGIN_TAKEN.
    """
    login = plain_login(new.login)
    if uow.users.by_login(login) is not None:
        raise broken("LOGIN_TAKEN", "login")
    last = max((int(user.user_id.removeprefix("u-")) for user in uow.users.all()), default=0)
    user = User(
        user_id=f"u-{last + 1:04d}", login=login, full_name=tidy(new.full_name), role=new.role, password_hash=password_hash,
        title=tidy(new.title), must_change_password=new.password is None, created_at=at,
    )
    uow.users.add(user)
    return user


def found(uow: UnitOfWork, login: str) -> User:
    """Return the person with this login.

    Raises:
        RuleBrokenError: USER_UNKNOWN.
    """
    user = uow.users.by_login(plain_login(login))
    if user is None:
        raise broken("USER_UNKNOWN", "login")
    return user


def plain_login(login: str) -> str:
    """Return a login as it is stored and compared."""
    return login.strip().lower()


def _may(actor: Actor) -> None:
    if not actor.may(Permission.MANAGE_USERS):
        raise broken("NOT_ALLOWED")


def _by_id(user: User) -> str:
    return user.user_id
