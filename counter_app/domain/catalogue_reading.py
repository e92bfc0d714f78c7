"""Reads a catalogue file into procedures, or names every place that is damaged; nothing is taken from a damaged file.

The shape is that of ``resources/catalogue/procedures.json`` (see the README beside it). Members that the desk does not use are left aside.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import TypeVar

from counter_app.domain.catalogue import Fee, Procedure, RequiredDocument, ResultKind, TimeLimit
from counter_app.domain.catalogue_words import limit_words
from counter_app.domain.deadline_terms import Limit, LimitUnit
from counter_app.domain.dossier import Channel
from counter_app.domain.errors import Problem, RuleBrokenError, broken
from counter_app.domain.json_node import DamagedError, Node

MOST_VND = 1_000_000_000_000
LONGEST_LIMIT = 3650
MOST_COPIES = 999
LONGEST_VERSION = 64

Item = TypeVar("Item")

_CODE = re.compile(r"\d\.\d{6}(\.[A-Za-z0-9]+)*", re.ASCII)
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
_CHANNELS = frozenset(channel.value for channel in Channel)
_UNITS = frozenset(unit.value for unit in LimitUnit)
_KINDS = {"submit": False, "present": True}


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A catalogue that was read and found whole; the order of the procedures is the file's."""

    version: str
    title: str
    procedures: tuple[Procedure, ...]


def parse_catalogue(data: bytes) -> Catalogue:
    """Read the bytes of a catalogue file, UTF-8 with or without a byte-order mark.

    Raises:
        RuleBrokenError: CATALOGUE_DAMAGED, one problem for each damaged place, ``where`` and field naming it.
    """
    try:
        return read_catalogue(json.loads(data.decode("utf-8-sig")))
    except json.JSONDecodeError as error:
        raise _damaged(f"{error.lineno}:{error.colno}") from None
    except (ValueError, RecursionError):
        raise _damaged("1:1") from None


def read_catalogue(document: object) -> Catalogue:
    """Read a catalogue document; raises as :func:`parse_catalogue`."""
    root = Node(document, "")
    try:
        meta = root.member("meta")
        version = meta.member("version").text(LONGEST_VERSION)
        title = meta.maybe_text("title") or version
        count = meta.maybe_whole("count", 0, 1_000_000)
        lines = list(root.member("procedures").items())
    except DamagedError as damage:
        raise _damaged(damage.where or "1:1") from None
    procedures, damages = _procedures(lines, version)
    if count not in (None, len(lines)):
        damages.insert(0, "meta.count")
    if damages:
        raise RuleBrokenError(*(Problem("CATALOGUE_DAMAGED", where, {"where": where}) for where in damages))
    return Catalogue(version, title, _with_version_ids(procedures))


def _procedures(lines: Sequence[Node], version: str) -> tuple[list[Procedure], list[str]]:
    """Return the good lines and the damaged places; no line at all is damage too."""
    procedures: list[Procedure] = []
    damages: list[str] = [] if lines else ["procedures"]
    for line in lines:
        try:
            procedures.append(_procedure(line, version))
        except DamagedError as damage:
            damages.append(damage.where)
    return procedures, damages + _clashes(procedures)


def _procedure(line: Node, version: str) -> Procedure:
    """Read one line. The national code's first two groups name the procedure; a case or a province's variant has more of them."""
    code = line.member("code").text(40)
    if not _CODE.fullmatch(code):
        raise line.member("code").damaged()
    limit, more_limits = _time_limits(line.member("time_limit"))
    first, last = line.maybe_day("effective_from"), line.maybe_day("effective_to")
    if first and last and last < first:
        raise line.member("effective_to").damaged()
    return Procedure(
        version_id=f"{version}/{code}", catalogue_version=version, code=code, name=line.member("name").text(),
        short_name=line.maybe_text("short_name"), field_name=line.member("field").member("name").text(500),
        time_limit=limit, variants=more_limits,
        fees=_each(line, "fees", _fee), documents=_each(line, "documents", _paper), results=_each(line, "result", _result),
        channels=_each(line, "channels", _channel),
        handled_by=line.maybe_text("handled_by"), vertical_sector=line.maybe_text("vertical_sector"),
        on_the_spot=line.flag("on_the_spot"), certification_register=line.maybe_text("certification_register"),
        desk_rank=line.maybe_whole("desk_rank", 1, 1_000_000), confidence=line.maybe_text("confidence"),
        legal_basis=line.maybe_text("time_limit_basis"), effective_from=first, effective_to=last,
    )


def _each(line: Node, name: str, read: Callable[[Node], Item]) -> tuple[Item, ...]:
    return tuple(read(item) for item in line.member(name).items())


def _time_limits(node: Node) -> tuple[TimeLimit, tuple[TimeLimit, ...]]:
    """Return the main limit and the ones for special cases; a foreseen extension is one of them (*cần xác minh*)."""
    main = _time_limit(node, node.member("text").text())
    listed = node.maybe("variants")
    variants = _extension(node, main)
    for item in listed.items() if listed else ():
        variant = _time_limit(item, item.maybe_text("text"), item.member("case").text())
        variants += [variant, *_extension(item, variant)]
    return main, tuple(variants)


def _extension(node: Node, base: TimeLimit) -> list[TimeLimit]:
    """Return the limit with the time that the law adds *when* something holds: on top of the same unit, else in place of it."""
    added = node.maybe("extension")
    if added is None:
        return []
    when = added.member("when").text()
    longer = _time_limit(added, "", f"{base.case}; {when}" if base.case else when)
    if longer.limit and base.limit and longer.limit.unit == base.limit.unit:
        total = Limit(base.limit.value + longer.limit.value, base.limit.unit)
        return [replace(longer, limit=total, text=limit_words(total))]
    return [longer]


def _time_limit(node: Node, text: str, case: str = "") -> TimeLimit:
    """Read value and unit, both null where the catalogue knows none; ``text`` empty: the limit in words."""
    limit: Limit | None = None
    unit, value = node.member("unit"), node.member("value")
    if unit.value is not None or value.value is not None:
        if unit.text(20) not in _UNITS:
            raise unit.damaged()
        limit = Limit(value.whole(1, LONGEST_LIMIT), LimitUnit(unit.text()))
    cutoff = node.maybe_text("same_day_cutoff")
    if cutoff and not _CLOCK.fullmatch(cutoff):
        raise node.member("same_day_cutoff").damaged()
    return TimeLimit(limit, text or limit_words(limit), cutoff, case)


def _fee(node: Node) -> Fee:
    """Read one fee. The amount must be named, null too: it means that the commune has to fill it in."""
    tier, amount = node.maybe("tier"), node.member("amount_vnd")
    return Fee(
        name=node.member("name").text(500), amount_vnd=None if amount.value is None else amount.whole(0, MOST_VND),
        per=node.maybe_text("per"), cap_vnd=node.maybe_whole("cap_vnd", 0, MOST_VND),
        tier_from_page=tier.member("from_page").whole(2, 10_000) if tier else None,
        tier_amount_vnd=tier.member("amount_vnd").whole(0, MOST_VND) if tier else None,
        exemption_note=node.maybe_text("exemption_note"), text=node.maybe_text("text"),
    )


def _paper(node: Node) -> RequiredDocument:
    kind = node.member("kind")
    if kind.text(20) not in _KINDS:
        raise kind.damaged()
    return RequiredDocument(
        name=node.member("name").text(),
        original=node.member("original").whole(0, MOST_COPIES), copy=node.member("copy").whole(0, MOST_COPIES),
        code=node.maybe_text("code"), shown_only=_KINDS[kind.text()], conditional=node.flag("conditional"),
        condition=node.maybe_text("condition"), online_only=node.flag("online_only"),
    )


def _result(node: Node) -> ResultKind:
    return ResultKind(node.member("name").text(), node.maybe_text("code"))


def _channel(node: Node) -> str:
    if node.text(20) not in _CHANNELS:
        raise node.damaged()
    return node.text()


def _clashes(procedures: Sequence[Procedure]) -> list[str]:
    """Return the codes of which two versions would be in force on the same day."""
    by_code: dict[str, list[Procedure]] = defaultdict(list)
    for procedure in procedures:
        by_code[procedure.code].append(procedure)
    clashing = []
    for code, versions in by_code.items():
        ordered = sorted(versions, key=lambda version: version.effective_from or date.min)
        if any((earlier.effective_to or date.max) >= (later.effective_from or date.min) for earlier, later in pairwise(ordered)):
            clashing.append(f"procedures: {code}")
    return clashing


def _with_version_ids(procedures: Sequence[Procedure]) -> tuple[Procedure, ...]:
    """Return the procedures; where a code has several versions in the file, the later ones carry their first day in the identifier."""
    versions = Counter(procedure.code for procedure in procedures)
    return tuple(
        replace(procedure, version_id=f"{procedure.version_id}@{procedure.effective_from}")
        if procedure.effective_from and versions[procedure.code] > 1 else procedure
        for procedure in procedures
    )


def _damaged(where: str) -> RuleBrokenError:
    return broken("CATALOGUE_DAMAGED", where, where=where)
