"""The 766 score of a period: points by group and item, the dossiers that cost points, and how much each item could still give."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from counter_app.domain import report_cases as rules
from counter_app.domain.digitised import Completeness
from counter_app.domain.report_cases import Case
from counter_app.domain.report_scores import Ratio, ScoreItem, judged, read_items
from counter_app.domain.report_tally import Tally
from counter_app.services.reports.makers import Content, Made, Source, permille
from counter_app.services.reports.settings import ALL, DECLARED

LOSING = "losing"
_LOSERS = ("synced", "online_dossiers", "paid_online", "no_complaint", "digitised", "reused", "e_results")


@dataclass(slots=True)
class _Counted:
    """What one pass over the dossiers of a period finds. ``digital`` tells how far each dossier with files is, by its number.

    Empty, the desk never scanned: then nobody measured how much of its work is digital. ``signed`` are the dossiers whose results are
    signed digitally; empty, the desk never signed one.
    """

    digital: Mapping[int, Completeness]
    signed: Collection[int]
    received: int = 0
    alive: int = 0
    judged: int = 0
    obliged: int = 0
    online_procedures: set[str] = field(default_factory=set)
    paying_procedures: set[str] = field(default_factory=set)
    with_result: int = 0
    late: set[int] = field(default_factory=set)
    losing: Tally = field(default_factory=Tally)

    def take(self, case: Case, source: Source) -> None:
        """Count one dossier."""
        if not rules.counts(case, source.period):
            return
        self.alive += 1
        if case.received_at >= source.period.begins:
            self._receive(case)
        if found := judged(case, source.period):
            self._judge(case, late=found == "late")
        if self.digital and rules.has_result(case, source.period):
            self._digitise(case)

    def _digitise(self, case: Case) -> None:
        """A dossier with a result is digital when every paper and every result of it has its file."""
        self.with_result += 1
        far = self.digital.get(case.number)
        if far is None or not (far.components and far.results):
            self.losing.put("digitised", (LOSING,), case.number)
        if self.signed and (far is None or not far.results or case.number not in self.signed):
            self.losing.put("e_results", (LOSING,), case.number)

    def _receive(self, case: Case) -> None:
        self.received += 1
        far = self.digital.get(case.number)
        if self.digital and (far is None or not far.reused):
            self.losing.put("reused", (LOSING,), case.number)
        if case.channel == "online":
            self.online_procedures.add(case.procedure)
        else:
            self.losing.put("online_dossiers", (LOSING,), case.number)
        if case.has_fee:
            self.obliged += 1
            if case.paid == "online":
                self.paying_procedures.add(case.procedure)
            else:
                self.losing.put("paid_online", (LOSING,), case.number)

    def _judge(self, case: Case, *, late: bool) -> None:
        self.judged += 1
        if late:
            self.late.add(case.number)
            self.losing.put("on_time", (LOSING,), case.number)


def make_766(source: Source) -> Made:
    """Return ``rows`` by item, ``groups``, the ``score`` and how much of its ``most`` was ``measured``.

    What nobody measured has no points, neither all nor none. The row of the tally is the item, its column ``losing``.
    """
    counted = _Counted(source.uow.reports.digitised(), source.uow.reports.signed_results())
    for case in source.cases():
        counted.take(case, source)
    for name, numbers in (("synced", source.uow.reports.unsent(source.period)), ("no_complaint", _troubled(source, counted))):
        for number in numbers:
            counted.losing.put(name, (LOSING,), number)
    ratios, items = _ratios(source, counted), read_items(source.words.words)
    rows = [_row(item, ratios.get(item.key), counted.losing, source.words.words["basis"]) for item in items]
    groups = [_group(key, title, rows) for key, title in source.words.words["groups"].items()]
    total = {name: sum(group[name] or 0 for group in groups) for name in ("points", "measured", "most")}
    return {"rows": rows, "groups": groups, "total": {}, "score": round(total.pop("points"), 2), **total}, counted.losing


def _row(item: ScoreItem, ratio: Ratio | None, losing: Tally, words: Mapping[str, str]) -> Content:
    points, counted = item.points(ratio), ratio if item.key not in DECLARED else None
    return {
        "item": item.key, "row": item.key, "group": item.group, "title": item.title, "basis": words[_basis(item, ratio)],
        "part": counted.part if counted else None, "whole": counted.whole if counted else None,
        "ratio_permille": permille(ratio.part, ratio.whole) if ratio else None,
        "points": None if points is None else round(points, 2), "most": item.most,
        LOSING: losing.counts(item.key).get(LOSING, 0), "gain": None if points is None else round(item.most - points, 2),
    }


def _basis(item: ScoreItem, ratio: Ratio | None) -> str:
    """Return what the points of an item rest on: counted, declared, unmeasured, or nothing that could be judged."""
    if ratio is None:
        return "undeclared" if item.key in DECLARED else "unmeasured"
    if item.key in DECLARED:
        return "declared"
    return "counted" if ratio.whole > 0 else "nothing"


def _group(key: str, title: str, rows: list[Content]) -> Content:
    mine = [row for row in rows if row["group"] == key]
    measured = [row for row in mine if row["points"] is not None]
    return {
        "group": key, "title": title, "points": round(sum(row["points"] for row in measured), 2) if measured else None,
        "measured": sum(row["most"] for row in measured), "most": sum(row["most"] for row in mine),
    }


def _troubled(source: Source, counted: _Counted) -> set[int]:
    """Return the dossiers that were late or complained about."""
    return counted.late | set(source.uow.reports.complained(source.period))


def _ratios(source: Source, counted: _Counted) -> dict[str, Ratio]:
    """Return how many of how many, for every item that is measured: of other stores the desk keeps no record."""
    settings, complaints = source.settings, source.uow.reports.complaints(source.period)
    online = {each.code for each in source.procedures if "online" in each.channels}
    with_fee = {each.code for each in source.procedures if any(fee.amount_vnd for fee in each.fees)}
    lost = {name: counted.losing.counts(name).get(LOSING, 0) for name in _LOSERS}
    digital = {
        "digitised": Ratio(counted.with_result - lost["digitised"], counted.with_result),
        "reused": Ratio(counted.received - lost["reused"], counted.received),
    }
    return {
        **(digital if counted.digital else {}),
        **({"e_results": Ratio(counted.with_result - lost["e_results"], counted.with_result)} if counted.signed else {}),
        **{name: Ratio(said, ALL) for name in DECLARED if (said := getattr(settings, name)) is not None},
        "synced": Ratio(counted.received - lost["synced"], counted.received),
        "on_time": Ratio(counted.judged - len(counted.late), counted.judged),
        "offered": Ratio(len(online), len(source.procedures)),
        "used": Ratio(len(counted.online_procedures & online), len(online)),
        "online_dossiers": Ratio(counted.received - lost["online_dossiers"], counted.received),
        "pay_offered": Ratio(len(with_fee) if source.profile.bank_account else 0, len(with_fee)),
        "pay_used": Ratio(len(counted.paying_procedures & with_fee), len(with_fee)),
        "paid_online": Ratio(counted.obliged - lost["paid_online"], counted.obliged),
        "petitions_on_time": Ratio(complaints.on_time, complaints.all),
        "petitions_satisfied": Ratio(complaints.satisfied, complaints.answered),
        "no_complaint": Ratio(counted.alive - lost["no_complaint"], counted.alive),
    }
