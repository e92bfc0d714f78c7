"""The signed list of an agency's users (contract 2.1 and 7)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, insert, select

from tests.province.server.contract import Json
from tests.province.server.feed import publish
from tests.province.server.province import Province
from tests.province.server.store import row
from tests.province.server.tables import people


def newest(connection: Connection, agency: str) -> dict[str, Json] | None:
    """Return the list in force, None while there is none."""
    found: Any = row(connection, select(people).where(people.c.agency == agency).order_by(people.c.version.desc()))
    return None if found is None else dict(found["document"])


def state_of(connection: Connection, agency: str, user_id: str) -> str | None:
    """Return ``active``, ``locked`` or ``left``; None for somebody who is on no list."""
    document = newest(connection, agency)
    users = document["users"] if document else []
    return next((str(user["state"]) for user in users if user["user_id"] == user_id), None)


def set_users(province: Province, connection: Connection, agency: str, users: list[dict[str, Json]]) -> dict[str, Json]:
    """Sign and publish a list of users that replaces the one before; it is valid for 30 days."""
    before = newest(connection, agency)
    body = {
        "version": before["version"] + 1 if before else 1, "agency": agency, "issued_at": province.clock.text(),
        "valid_until": province.clock.day(30), "key_id": province.key.key_id, "users": users,
    }
    document = province.key.signed("users", body)
    connection.execute(insert(people).values(agency=agency, version=document["version"], document=document))
    publish(province, connection, agency, "users.updated", document)
    return document
