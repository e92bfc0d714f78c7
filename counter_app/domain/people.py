"""Who works at the desk and what each may do."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import count
from string import ascii_lowercase, digits

from counter_app.domain.text import fold

LOGIN_SIGNS = frozenset(ascii_lowercase + digits)
LONGEST_SUGGESTION = 28
"""Signs of a suggested login; with a number behind it, it is still one."""


class Role(StrEnum):
    """The four roles of the program; what each may do stands in :data:`PERMISSIONS`."""

    CLERK = "clerk"
    HEAD = "head"
    ADMINISTRATOR = "administrator"
    INSPECTOR = "inspector"


class Permission(StrEnum):
    """One thing that a role may do; services ask for it, widgets only hide what is not allowed."""

    RECEIVE = "receive"
    READ = "read"
    EXPORT = "export"
    IMPORT = "import"
    CLOSE_BOOK = "close_book"
    MANAGE_CATALOGUE = "manage_catalogue"
    MANAGE_USERS = "manage_users"
    MANAGE_DESK = "manage_desk"
    INSPECT = "inspect"
    SETTLE = "settle"
    """Choose between the desk's and the province's version of a dossier."""


PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.CLERK: frozenset({Permission.RECEIVE, Permission.READ, Permission.EXPORT}),
    Role.HEAD: frozenset({
        Permission.RECEIVE, Permission.READ, Permission.EXPORT, Permission.IMPORT, Permission.CLOSE_BOOK, Permission.INSPECT,
        Permission.SETTLE}),
    Role.ADMINISTRATOR: frozenset(Permission),
    Role.INSPECTOR: frozenset({Permission.READ, Permission.INSPECT}),
}
"""An inspector reads and exports nothing (domain guide 1)."""

WIRE_ROLES: dict[Role, str] = {
    Role.CLERK: "tiep_nhan",
    Role.HEAD: "lanh_dao",
    Role.ADMINISTRATOR: "quan_tri",
    Role.INSPECTOR: "kiem_tra",
}
"""The province contract's name of each role."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did something: a user id without meaning (``u-0001``) and the role at that moment; never a name."""

    user_id: str
    role: Role

    def may(self, permission: Permission) -> bool:
        """Tell whether the role allows it."""
        return permission in PERMISSIONS[self.role]


@dataclass(frozen=True, slots=True)
class User:
    """A person who logs in. ``login`` is unique, folded lower case; ``password_hash`` is an Argon2id text."""

    user_id: str
    login: str
    full_name: str
    role: Role
    password_hash: str
    title: str = ""
    disabled: bool = False
    must_change_password: bool = False
    created_at: datetime | None = None
    failed_tries: int = 0
    wait_seconds: int = 0
    """How long the lock-out still was when ``wait_noted_at`` was read."""
    wait_noted_at: float = 0.0
    """Seconds since the machine started (a monotonic clock, so that changing the wall clock undoes no lock-out)."""

    def as_actor(self) -> Actor:
        """Return the actor that goes into events and the audit trail."""
        return Actor(self.user_id, self.role)


def suggested_login(full_name: str, taken: Collection[str] = ()) -> str:
    """Return a login for a person, in plain letters: the given name and the initials of the others, ``hoa.nt`` of Nguyễn Thị Hoa.

    One that is taken already gets a number. Empty where the name has no letter that a login may have.
    """
    parts = ["".join(sign for sign in part if sign in LOGIN_SIGNS) for part in fold(full_name).split()]
    parts = [part for part in parts if part]
    if not parts:
        return ""
    initials = "".join(part[0] for part in parts[:-1])
    login = (f"{parts[-1]}.{initials}" if initials else parts[-1])[:LONGEST_SUGGESTION]
    numbered = (f"{login}{number}" for number in count(2))
    return login if login not in taken else next(each for each in numbered if each not in taken)
