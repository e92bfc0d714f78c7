"""Dossiers in the database, and what the feed says when one changes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, insert, select, update

from tests.province.server.contract import Json
from tests.province.server.feed import publish
from tests.province.server.fold import Dossier
from tests.province.server.naming import day_of
from tests.province.server.problems import ProblemError
from tests.province.server.province import Province
from tests.province.server.store import row, rows
from tests.province.server.tables import codes, dossiers

_FIELDS = ("dossier_id", "agency", "rev", "ho_so", "intake", "codes", "handed_over", "set_at", "tien_do", "reassigned_to")


def load(connection: Connection, agency: str, dossier_id: str) -> Dossier | None:
    """Return a dossier of an agency, None when it has no such one."""
    found = row(connection, select(dossiers).where(dossiers.c.agency == agency, dossiers.c.dossier_id == dossier_id))
    return None if found is None else _built(found)


def save(province: Province, connection: Connection, dossier: Dossier) -> None:
    """Keep a dossier as it is now, and let each of its codes find it."""
    received = day_of(dossier.ho_so["NgayTiepNhan"] or dossier.ho_so["NgayTuChoi"])
    derived = {"status": dossier.status, "day": received, "changed_at": province.clock.text()}
    values = {name: getattr(dossier, name) for name in _FIELDS} | derived
    if dossier.kept_codes is None:
        connection.execute(insert(dossiers), values)
    else:
        here = (dossiers.c.agency == dossier.agency) & (dossiers.c.dossier_id == dossier.dossier_id)
        connection.execute(update(dossiers).where(here), values)
    for code in set(dossier.codes) - set(dossier.kept_codes or ()):
        connection.execute(insert(codes), {"agency": dossier.agency, "code": code, "dossier_id": dossier.dossier_id})
    dossier.kept_codes = list(dossier.codes)


def with_code(connection: Connection, agency: str, code: str) -> list[Dossier]:
    """Return the dossiers of an agency that bear a code."""
    query = select(dossiers).join(codes, (codes.c.agency == dossiers.c.agency) & (codes.c.dossier_id == dossiers.c.dossier_id))
    query = query.where(codes.c.agency == agency, codes.c.code == code).order_by(dossiers.c.dossier_id)
    return [_built(item) for item in rows(connection, query)]


def look_up(province: Province, agency: str, ref: str) -> dict[str, Json]:
    """Return the dossiers of an agency with an id or a code; raises ProblemError not_found."""
    with province.store.reading() as connection:
        one = load(connection, agency, ref)
        found = with_code(connection, agency, ref) if one is None else [one]
    if not found:
        raise ProblemError("not_found")
    return {"dossiers": [dossier.shown() for dossier in found]}


def publish_update(
    province: Province, connection: Connection, dossier: Dossier, changed: list[str], *, op_id: str | None = None, reason: str = "",
) -> None:
    """Say in the feed that a dossier changed; by an op of a desk when ``op_id`` is given, else by the province."""
    source = {"source": "province"} if op_id is None else {"source": "desk", "op_id": op_id}
    members = [name for name in changed if name in dossier.ho_so]
    data: dict[str, Json] = {**source, "changed": members, "ho_so": dossier.ho_so, "reason": reason}
    if "codes" in changed:
        data["codes"] = dossier.codes
    if "intake" in changed:
        data["intake"] = dossier.intake
    publish(province, connection, dossier.agency, "dossier.updated", data, dossier_id=dossier.dossier_id, rev=dossier.rev)


def publish_progress(province: Province, connection: Connection, dossier: Dossier) -> None:
    """Say in the feed what the newest progress row of a dossier is."""
    publish(province, connection, dossier.agency, "dossier.progress", {"tien_do": dossier.tien_do[-1]}, dossier_id=dossier.dossier_id)


def _built(found: Any) -> Dossier:
    return Dossier(**{name: found[name] for name in _FIELDS}, kept_codes=list(found["codes"]))
