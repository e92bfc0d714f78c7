"""People who log in."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, insert, select, update

from counter_app.domain.people import User
from counter_app.storage import tables as t
from counter_app.storage.plain import from_plain, to_plain

_is_closed = select(t.user.c.disabled).where(t.user.c.user_id == bindparam("of"))


def _columns(person: User) -> dict[str, Any]:
    return {column.name: to_plain(getattr(person, column.name)) for column in t.user.c}


def _person(row: Row[Any]) -> User:
    return from_plain(User, row._mapping)


class SqlUsers:
    """:class:`~counter_app.services.repositories.core.UserRepository`. A login in use raises LOGIN_TAKEN, field ``login``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._closed: dict[str, bool] = {}
        """What this transaction has asked: nobody else changes it meanwhile, and every act asks."""

    def add(self, user: User) -> None:
        """Store a new person."""
        self._connection.execute(insert(t.user), _columns(user))

    def update(self, user: User) -> None:
        """Store a person as they are now."""
        self._closed.clear()
        self._connection.execute(update(t.user).where(t.user.c.user_id == user.user_id).values(_columns(user)))

    def get(self, user_id: str) -> User | None:
        """Return the person with this id."""
        return self._one(t.user.c.user_id == user_id)

    def by_login(self, login: str) -> User | None:
        """Return the person with this login, which is folded lower case."""
        return self._one(t.user.c.login == login)

    def is_closed(self, user_id: str) -> bool:
        """Tell whether a person's account is closed; who has none is the program itself."""
        if user_id not in self._closed:
            self._closed[user_id] = bool(self._connection.execute(_is_closed, {"of": user_id}).scalar())
        return self._closed[user_id]

    def all(self) -> list[User]:
        """Return everybody, by id: in the order they came."""
        return [_person(row) for row in self._connection.execute(select(t.user).order_by(t.user.c.user_id))]

    def _one(self, which: ColumnElement[bool]) -> User | None:
        row = self._connection.execute(select(t.user).where(which)).first()
        return None if row is None else _person(row)
