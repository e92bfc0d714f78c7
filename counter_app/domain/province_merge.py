"""What the province changed, laid under what this desk has done and the province has not judged yet (province contract 5, 12).

The record that the feed brings is the ground; the desk's own open ops are folded on top of it by the same rules as at the gateway. An op
that no longer fits is a clash: it stays on record with both values, and a person decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from counter_app.domain.event_fold import Author, RecordState, Rules, fold_op

STATUS = "TrangThaiHoSo"


@dataclass(frozen=True, slots=True)
class Clash:
    """An own op that does not fit any more: why, in the contract's words, and which members it is about."""

    op_id: str
    reason: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rebased:
    """The record that the desk shows, the clashes, and which members of the record may be other than the desk had them."""

    ho_so: Mapping[str, Any]
    clashes: tuple[Clash, ...]
    members: frozenset[str]


def rebased(
    rules: Rules, ground: RecordState, changed: Iterable[str], pending: Sequence[Mapping[str, Any]],
) -> Rebased:
    """Fold the desk's open ops of a dossier, in their order, over the record that the province holds.

    ``ground.set_at`` says what the province set since when, so that an op that did not know it yet is found stale; ``changed`` are the
    members that the province tells of now.
    """
    state, clashes, members = ground, [], set(changed)
    for op in pending:
        folded = fold_op(rules, state, op)
        if folded.outcome == "conflict":
            clashes.append(Clash(op["op_id"], folded.reason, folded.fields))
            members |= touched(rules, op)
        elif folded.state is not None:
            state = folded.state
    return Rebased(state.ho_so, tuple(clashes), frozenset(members))


def touched(rules: Rules, op: Mapping[str, Any]) -> set[str]:
    """Return the members of the record that an op may have changed here."""
    rule = rules["events"].get(op["type"], {})
    if op["type"] == "dossier.corrected":
        written = {change["field"] for change in op["facts"]["changes"]}
    else:
        written = {*rule.get("writes", ()), *rule.get("fills", ())}
    arrays = {op["facts"].get("target", "") if name == "(facts.target)" else name for name in rule.get("keyed", {})}
    return {STATUS} | {name for name in written | arrays if name in rules["record_members"]}


def set_since(told: Iterable[tuple[int, Iterable[str]]]) -> dict[str, tuple[int, Author]]:
    """Return of each member at which revision the province set it last; ``told`` are revisions with the members they changed."""
    marks: dict[str, tuple[int, Author]] = {}
    for rev, members in told:
        marks |= {name: (rev, None) for name in members if marks.get(name, (0, None))[0] < rev}
    return marks
