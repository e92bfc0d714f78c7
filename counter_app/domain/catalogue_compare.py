"""What a new catalogue would change, in words, before anybody activates it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from counter_app.domain.catalogue import CatalogueDifference, Procedure, RequiredDocument, TimeLimit
from counter_app.domain.catalogue_words import fee_words, limit_words
from counter_app.domain.text import write_day

Key = tuple[str, int]
"""The code, and which of its versions by effective date (0 the first)."""


def compare(before: Sequence[Procedure], after: Sequence[Procedure]) -> tuple[CatalogueDifference, ...]:
    """Return what is removed, added and changed, in the order of codes; an equal catalogue gives nothing.

    Lists (fees, papers, results, channels) show the lines that differ only; their order does not count.
    """
    old, new = _by_key(before), _by_key(after)
    differences: list[CatalogueDifference] = []
    for key in sorted(old.keys() | new.keys()):
        was, becomes = old.get(key), new.get(key)
        if was is None or becomes is None:
            known = was or new[key]
            differences.append(CatalogueDifference(known.code, known.name, "removed" if becomes is None else "added"))
        else:
            differences += _changes(was, becomes)
    return tuple(differences)


def _changes(was: Procedure, becomes: Procedure) -> Iterable[CatalogueDifference]:
    for what, lines in _PARTS.items():
        old, new = lines(was), lines(becomes)
        gone, come = [line for line in old if line not in new], [line for line in new if line not in old]
        if gone or come:
            yield CatalogueDifference(becomes.code, becomes.name, "changed", what, "; ".join(gone), "; ".join(come))


def _by_key(procedures: Sequence[Procedure]) -> Mapping[Key, Procedure]:
    versions: dict[str, list[Procedure]] = defaultdict(list)
    for procedure in sorted(procedures, key=lambda version: version.effective_from or date.min):
        versions[procedure.code].append(procedure)
    return {(code, number): version for code, known in versions.items() for number, version in enumerate(known)}


def _limit_line(limit: TimeLimit) -> str:
    words = limit_words(limit.limit) + (f", đến {limit.cutoff}" if limit.cutoff else "")
    return f"{limit.case}: {words}" if limit.case else f"{words} ({limit.text})"


def _paper_line(paper: RequiredDocument) -> str:
    counts = f"{paper.original} bản chính, {paper.copy} bản sao"
    manner = "xuất trình" if paper.shown_only else "nộp"
    condition = f", {paper.condition or 'tùy trường hợp'}" if paper.conditional else ""
    return f"{paper.name} ({manner}, {counts}{condition})"


def _day(day: date | None) -> str:
    return write_day(day) if day else "…"


_PARTS: Mapping[str, Callable[[Procedure], Sequence[str]]] = {
    "name": lambda procedure: [procedure.name],
    "short_name": lambda procedure: [procedure.short_name],
    "field": lambda procedure: [procedure.field_name],
    "time_limit": lambda procedure: [_limit_line(procedure.time_limit)],
    "variants": lambda procedure: [_limit_line(limit) for limit in procedure.variants],
    "fees": lambda procedure: [f"{fee.name}: {fee_words(fee)}" for fee in procedure.fees],
    "documents": lambda procedure: [_paper_line(paper) for paper in procedure.documents],
    "result": lambda procedure: [f"{result.name} {result.code}".strip() for result in procedure.results],
    "channels": lambda procedure: procedure.channels,
    "handled_by": lambda procedure: [f"{procedure.handled_by} {procedure.vertical_sector}".strip()],
    "on_the_spot": lambda procedure: ["trả ngay" if procedure.on_the_spot else "hẹn trả"],
    "certification_register": lambda procedure: [procedure.certification_register],
    "effective": lambda procedure: [f"{_day(procedure.effective_from)}–{_day(procedure.effective_to)}"],
}
"""The parts of a procedure that a clerk or a citizen would notice, each as lines."""
