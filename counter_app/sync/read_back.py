"""The verb *ops*: what only the province holds of a lane, read back (contract 3.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeGuard

from counter_app.services.line.province import keep_relation, relation_of
from counter_app.services.line.reading_back import set_aside, take_back
from counter_app.services.ports import Clock, Database, UnitOfWork
from counter_app.sync.faults import NoContactError, RefusedError
from counter_app.sync.link import Link

PAGE, MOST_PAGES = 100, 1000
"""Ops of a page, and pages of a pass: a lane without an end is no reason to stay at it."""


def held_through(link: Link, epoch: str, from_seq: int = 1) -> int:
    """Return the last sequence that the province holds of a lane, 0 where it knows no such lane; raises as :meth:`Link.get`.

    Whatever ``from_seq``, the answer is about the whole lane; from behind its end on it names no op.
    """
    try:
        told = _asked(link, epoch, from_seq, 1)
    except RefusedError as error:
        if error.status != 404:
            raise
        return 0
    acked = told.get("acked")
    if not isinstance(acked, dict) or not isinstance(acked.get("acked_through"), int):
        raise NoContactError("cut")
    return int(acked["acked_through"])


def read_back(link: Link, database: Database, clock: Clock) -> int:
    """Read back what is wanted of each lane, each page in a transaction; return how many ops were new here. Raises as :meth:`Link.get`.

    What more than :data:`MOST_PAGES` hold waits for the next pass.
    """
    new = 0
    for _ in range(MOST_PAGES):
        if not link.relation.read_back:
            break
        epoch, first = next(iter(link.relation.read_back.items()))
        new += take_page(link, database, clock, _page(link, epoch, first), epoch=epoch, first=first)
    return new


def take_page(link: Link, database: Database, clock: Clock, told: Mapping[str, Any], *, epoch: str, first: int) -> int:
    """Take a page of a lane from a sequence on, in one transaction; return how many ops were new here.

    An empty page says that nothing more is wanted of the lane.

    Raises:
        NoContactError: the page is none of this lane from that place on.
    """
    ops, results = told.get("ops"), told.get("results")
    if not _follow(ops, epoch, first) or not isinstance(results, list) or len(ops) != len(results):
        raise NoContactError("cut")
    with database.write() as uow:
        relation = relation_of(uow, link.local)
        new = sum(_taken(uow, op, result, clock.now()) for op, result in zip(ops, results, strict=True))
        rest = {each: seq for each, seq in relation.read_back.items() if each != epoch}
        wanted = {epoch: first + len(ops), **rest} if ops else rest
        keep_relation(uow, link.local, replace(relation, read_back=wanted))
        uow.commit()
    link.read_again()
    return new


def _taken(uow: UnitOfWork, op: Mapping[str, Any], result: Any, now: datetime) -> bool:  # noqa: ANN401  any JSON value
    """Take an op back; one that is not what its hash says is set aside, and the others of its lane come all the same."""
    try:
        with uow.part():
            return take_back(uow, op, result, now)
    except (LookupError, TypeError, ValueError, AttributeError):
        set_aside(uow, op, now)
        return False


def _follow(ops: object, epoch: str, first: int) -> TypeGuard[list[Mapping[str, Any]]]:
    """Tell whether these are the ops that were asked for, one after the other: who took others would ask for ever."""
    return isinstance(ops, list) and all(
        isinstance(op, dict) and (op.get("epoch"), op.get("seq")) == (epoch, seq) for seq, op in enumerate(ops, first))


def wish_of(link: Link, epoch: str, first: int, limit: int) -> dict[str, str | int]:
    """Return what asks for the ops of a lane from a sequence on."""
    return {"device": link.relation.device, "epoch": epoch, "from_seq": first, "limit": limit}


def _page(link: Link, epoch: str, first: int) -> Mapping[str, Any]:
    """Return a page of a lane; one that the province does not know, for it was restored, has nothing to read."""
    try:
        return _asked(link, epoch, first, PAGE)
    except RefusedError as error:
        if error.status != 404:
            raise
        return {"ops": [], "results": []}


def _asked(link: Link, epoch: str, first: int, limit: int) -> dict[str, Any]:
    return link.get("/ops", wish_of(link, epoch, first, limit)).value
