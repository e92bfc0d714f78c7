"""The feed of an agency: what changed, in the order of the commits (contract 7)."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, or_, select, update

from tests.province.server.canon import canonical, sha256
from tests.province.server.contract import Json
from tests.province.server.leases import leases_of
from tests.province.server.naming import VIETNAM, b64u, from_b64u, uuid7
from tests.province.server.problems import ProblemError
from tests.province.server.province import Province
from tests.province.server.store import row, rows
from tests.province.server.tables import agencies, catalogues, changes, dossiers
from tests.province.server.tokens import Caller

START, LOG = "s", "l"
"""Phases of a cursor: the dossiers of a fresh feed one by one, then the entries after where that began."""

KEPT_CLOSED_DAYS = 90


def publish(
    province: Province, connection: Connection, agency: str, kind: str, data: dict[str, Json], *, dossier_id: str | None = None,
    rev: int | None = None, device: str | None = None,
) -> None:
    """Add an entry to an agency's feed; whoever calls holds the agency's lock. ``device``: for this one alone.

    Raises:
        ValueError: nobody here knows the agency.
    """
    step = update(agencies).where(agencies.c.agency == agency).values(position=agencies.c.position + 1).returning(agencies.c.position)
    position = connection.scalar(step)
    if position is None:
        raise ValueError(f"{agency} is no commune of this province")
    connection.execute(insert(changes), {
        "agency": agency, "position": position, "change_id": uuid7(province.clock.now()), "device": device, "kind": kind,
        "at": province.clock.text(), "dossier_id": dossier_id, "rev": rev, "data": data})


def read(province: Province, caller: Caller, cursor: str | None, limit: int) -> dict[str, Json]:
    """Return one page after a cursor; raises ProblemError cursor_expired."""
    with province.store.reading() as connection:
        position = _position(connection, caller.agency)
        phase, start, after = (START, position, "") if not cursor else _opened(province, cursor, position)
        if phase == START:
            return _start_page(province, connection, caller, start, after, limit)
        found = _entries(connection, caller, start, limit + 1)
    page = found[:limit]
    last = page[-1]["position"] if page else start
    return _page(province, [_shown(item) for item in page], (LOG, last, ""), more=len(found) > limit)


def has_more(province: Province, connection: Connection, caller: Caller, cursor: str) -> bool:
    """Say whether there is anything after a cursor; raises ProblemError cursor_expired."""
    phase, start, _ = _opened(province, cursor, _position(connection, caller.agency))
    return phase == START or bool(_entries(connection, caller, start, 1))


def version_news(manifest: dict[str, Json]) -> dict[str, Json]:
    """Return what the feed says of a catalogue version."""
    return {"version": manifest["version"], "effective_from": manifest["effective_from"], "manifest_sha256": sha256(canonical(manifest))}


def _start_page(
    province: Province, connection: Connection, caller: Caller, start: int, after: str, limit: int,
) -> dict[str, Json]:
    """F5: what a fresh feed begins with, by the id of the dossier; the rest of what a device may know comes on the last page."""
    since = province.clock.day(-KEPT_CLOSED_DAYS)
    wanted = or_(dossiers.c.status.not_in(("3", "7", "8", "10")), dossiers.c.changed_at >= since)
    query = select(dossiers).where(
        dossiers.c.agency == caller.agency, dossiers.c.reassigned_to.is_(None), dossiers.c.dossier_id > after, wanted)
    found = rows(connection, query.order_by(dossiers.c.dossier_id).limit(limit + 1))
    entries = [_state(item) for item in found[:limit]]
    if len(found) > limit:
        return _page(province, entries, (START, start, found[limit - 1]["dossier_id"]), more=True)
    more = bool(_entries(connection, caller, start, 1))
    return _page(province, [*entries, *_general(province, connection, caller, start)], (LOG, start, ""), more=more)


def _general(province: Province, connection: Connection, caller: Caller, start: int) -> list[dict[str, Json]]:
    """Return leases, users, newest catalogue and valid messages as entries."""
    leases, today = leases_of(connection, caller.device, province.clock.day()), province.clock.day()
    entries = [_made("lease.updated", province.clock.text(), {"leases": leases})]
    mine = [changes.c.agency == caller.agency, changes.c.position <= start]
    users = row(connection, select(changes).where(*mine, changes.c.kind == "users.updated").order_by(changes.c.position.desc()))
    newest = row(connection, select(catalogues.c.manifest).order_by(catalogues.c.number.desc()))
    entries += [] if users is None else [_shown(users)]
    entries += [] if newest is None else [_made("catalogue.available", newest["manifest"]["issued_at"], version_news(newest["manifest"]))]
    messages = rows(connection, select(changes).where(*mine, changes.c.kind == "message").order_by(changes.c.position))
    return entries + [_shown(item) for item in messages if item["data"].get("valid_until", today) >= today]


def _entries(connection: Connection, caller: Caller, after: int, limit: int) -> list[Any]:
    mine = or_(changes.c.device.is_(None), changes.c.device == caller.device)
    query = select(changes).where(changes.c.agency == caller.agency, changes.c.position > after, mine)
    return rows(connection, query.order_by(changes.c.position).limit(limit))


def _state(item: Any) -> dict[str, Json]:
    data = {name: item[name] for name in ("ho_so", "codes", "intake")}
    return _made("dossier.state", item["changed_at"], data, item["dossier_id"], item["rev"])


def _made(kind: str, at: str, data: dict[str, Json], dossier_id: str | None = None, rev: int | None = None) -> dict[str, Json]:
    """Return an entry that is not in the log; the same content has the same id (F2)."""
    seed = sha256(json.dumps([kind, data, dossier_id, rev], sort_keys=True).encode())
    moment = datetime.fromisoformat(at).astimezone(VIETNAM).replace(hour=0, minute=0, second=0)
    return {"change_id": uuid7(moment, seed), "kind": kind, "at": at, "dossier_id": dossier_id, "rev": rev, "data": data}


def _shown(item: Any) -> dict[str, Json]:
    return {name: item[name] for name in ("change_id", "kind", "at", "dossier_id", "rev", "data")}


def _page(province: Province, entries: list[dict[str, Json]], cursor: tuple[str, int, str], *, more: bool) -> dict[str, Json]:
    text = b64u("/".join((province.switches["server_epoch"], cursor[0], str(cursor[1]), cursor[2])).encode())
    return {"changes": entries, "next_cursor": text, "has_more": more, "poll_after_s": province.switches["poll_after_s"]}


def _opened(province: Province, cursor: str, position: int) -> tuple[str, int, str]:
    """Read a cursor of ours. One from before a restore, from ahead of the feed or older than what is kept has expired."""
    try:
        epoch, phase, start, after = from_b64u(cursor).decode().split("/")
        opened = phase, int(start), after
    except ValueError as error:
        raise ProblemError("cursor_expired") from error
    if epoch != province.switches["server_epoch"] or not province.switches["feed_floor"] <= opened[1] <= position:
        raise ProblemError("cursor_expired")
    return opened


def _position(connection: Connection, agency: str) -> int:
    return int(connection.scalar(select(agencies.c.position).where(agencies.c.agency == agency)) or 0)
