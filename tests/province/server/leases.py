"""Serials of the day, lent to devices (contract 3.3). A device gets a thousand: 600 normal ones, and four times 100 for restores."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, insert, select, update

from tests.province.server.contract import Json
from tests.province.server.problems import ProblemError
from tests.province.server.province import Province
from tests.province.server.store import row, rows
from tests.province.server.tables import leases

NORMAL, RECOVERY, GENERATIONS = 600, 100, 4
DIGITS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 0)
"""First digits of serials, in the order in which they are lent."""
NO_DIGIT = -1
"""Of a lease without serials: all were lent when the device came."""


def ranges(digit: int) -> tuple[dict[str, int], list[dict[str, int]]]:
    """Return the normal range of a digit and its recovery ranges by generation."""
    first = digit * 1000
    recovery = [{"generation": turn, "from": first + NORMAL + RECOVERY * (turn - 1), "to": first + NORMAL + RECOVERY * turn - 1}
                for turn in range(1, GENERATIONS + 1)]
    return {"from": first, "to": first + NORMAL - 1}, recovery


def leases_of(connection: Connection, device: str, today: str) -> list[dict[str, Json]]:
    """Return the leases in force for a device, in the order in which to use them."""
    query = select(leases).where(leases.c.device == device, leases.c.valid_to >= today).order_by(leases.c.extra, leases.c.lease_id)
    return [_shown(item) for item in rows(connection, query)]


def lend(province: Province, connection: Connection, agency: str, device: str, wish: int | None = None) -> int:
    """Lend a new device its serials; returns the digit. When none is free, the lease says provisional codes."""
    free = _free(connection, agency, province.clock.day())
    digit = wish if wish in free else next(iter(free), None)
    _add(province, connection, agency, device, digit, extra=False)
    return 0 if digit is None else digit


def renewed(province: Province, connection: Connection, agency: str, device: str, request: dict[str, Json]) -> list[dict[str, Json]]:
    """Extend a device's leases to their full time; lend more when the last serial of the last range was seen.

    Raises:
        ProblemError: lease_exhausted, the agency has none to lend.
    """
    today, until = province.clock.day(), province.clock.day(province.switches["lease_days"])
    _keep_main(province, connection, agency, device, today)
    in_force = (leases.c.device == device) & (leases.c.valid_to >= today)
    connection.execute(update(leases).where(in_force, leases.c.valid_to < until).values(valid_to=until))
    *_, last = rows(connection, select(leases).where(in_force).order_by(leases.c.extra, leases.c.lease_id))
    if request["reason"] == "used_up" and _last_is_seen(last, request["serials_seen"]):
        free = _free(connection, agency, today)
        if not free:
            raise ProblemError("lease_exhausted")
        _add(province, connection, agency, device, free[0], extra=True)
    return leases_of(connection, device, today)


def main_digit(connection: Connection, device: str) -> int | None:
    """Return the digit that a device's recovery ranges come from; None when it has provisional codes alone."""
    lease = _newest_main(connection, device)
    return None if lease is None or lease["mode"] != "official" else int(lease["digit"])


def holds(connection: Connection, device: str, serial: int, day: str) -> bool:
    """Say whether a serial of a day (YYYY-MM-DD) was lent to a device."""
    query = select(leases).where(leases.c.device == device, leases.c.mode == "official", leases.c.digit == serial // 1000)
    query = query.where(leases.c.valid_from <= day, leases.c.valid_to >= day)
    return row(connection, query) is not None


def set_mode(connection: Connection, device: str, mode: str) -> None:
    """Let a device number officially again, or provisionally from now on; its serials stay its own. Who was lent none gets none by it."""
    connection.execute(update(leases).where(leases.c.device == device, leases.c.digit != NO_DIGIT).values(mode=mode))


def _keep_main(province: Province, connection: Connection, agency: str, device: str, today: str) -> None:
    """Put a lease that has run out in force again; where somebody else has its serials since, others are lent in its place (N1)."""
    main = _newest_main(connection, device)
    if main is not None and main["valid_to"] >= today:
        return
    if main is not None and main["digit"] in _free(connection, agency, today):
        connection.execute(update(leases).where(leases.c.lease_id == main["lease_id"]).values(valid_to=today))
    else:
        lend(province, connection, agency, device)


def _newest_main(connection: Connection, device: str) -> Any | None:
    mine = select(leases).where(leases.c.device == device, leases.c.extra.is_(False))
    return row(connection, mine.order_by(leases.c.lease_id.desc()))


def _free(connection: Connection, agency: str, today: str) -> list[int]:
    """Return the digits that no device of the agency holds; one that was revoked, or has provisional codes, keeps its own until valid_to (N1)."""
    held = select(leases.c.digit).where(leases.c.agency == agency, leases.c.valid_to >= today)
    taken = set(connection.execute(held).scalars())
    return [digit for digit in DIGITS if digit not in taken]


def _add(province: Province, connection: Connection, agency: str, device: str, digit: int | None, *, extra: bool) -> None:
    count = len(rows(connection, select(leases.c.lease_id).where(leases.c.agency == agency)))
    mode = "provisional" if digit is None else "official"
    connection.execute(insert(leases).values(
        lease_id=f"L-{agency}-{count + 1:04d}", agency=agency, device=device, digit=NO_DIGIT if digit is None else digit, mode=mode, valid_from=province.clock.day(),
        valid_to=province.clock.day(province.switches["lease_days"]), extra=extra,
    ))


def _last_is_seen(lease: Any, seen: list[dict[str, Json]]) -> bool:
    last = ranges(lease["digit"])[0]["to"]
    return lease["mode"] == "official" and any(item["last_serial"] == last for item in seen)


def _shown(lease: Any) -> dict[str, Json]:
    """Return a lease as the contract writes it."""
    normal, recovery = ranges(lease["digit"]) if lease["mode"] == "official" else (None, [])
    named = {name: lease[name] for name in ("lease_id", "agency", "device")}
    days = {name: lease[name] for name in ("mode", "valid_from", "valid_to")}
    return {**named, "counter_digit": max(lease["digit"], 0), **days, "normal": normal, "recovery": [] if lease["extra"] else recovery}
