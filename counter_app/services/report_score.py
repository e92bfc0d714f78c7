"""The 766 score of a period: points by group and item, the dossiers that cost points, and how much each item could still give."""

from __future__ import annotations

from dataclasses import dataclass, field

from counter_app.domain import report_cases as rules
from counter_app.domain.report_cases import Case
from counter_app.domain.report_scores import Ratio, ScoreItem, judged, read_items
from counter_app.domain.report_tally import Tally
from counter_app.services.report_makers import Content, Made, Source, permille

LOSING = "losing"
NOT_DIGITISED = ("e_results", "digitised", "reused", "personal_store", "citizen_data_dossiers")
"""Items of which the desk knows no dossier yet: what is not scanned counts as not digitised."""
DECLARED = ("publish_on_time", "update_on_time", "full_content")
"""Items whose ratio an administrator states in the settings, per mille: the desk counts nothing of them."""


@dataclass(slots=True)
class _Counted:
    """What one pass over the dossiers of a period finds."""

    received: int = 0
    alive: int = 0
    judged: int = 0
    results: int = 0
    obliged: int = 0
    online_procedures: set[str] = field(default_factory=set)
    paying_procedures: set[str] = field(default_factory=set)
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
        if case.finished_at is not None and case.finished_at < source.period.ends and case.status in ("result_ready", "returned"):
            self.results += 1
            for item in NOT_DIGITISED:
                self.losing.put(item, (LOSING,), case.number)

    def _receive(self, case: Case) -> None:
        self.received += 1
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
    """Return ``rows`` by item, ``groups`` and ``total``; the row of the tally is the item, its column ``losing``."""
    counted = _Counted()
    for case in source.cases():
        counted.take(case, source)
    for name, numbers in (("synced", source.uow.reports.unsent(source.period)), ("no_complaint", _troubled(source, counted))):
        for number in numbers:
            counted.losing.put(name, (LOSING,), number)
    ratios, items = _ratios(source, counted), read_items(source.words.words)
    rows = [_row(item, ratios[item.key], counted.losing) for item in items]
    groups = [_group(key, title, rows) for key, title in source.words.words["groups"].items()]
    total = {name: sum(group[name] for group in groups) for name in ("points", "most")}
    return {"rows": rows, "groups": groups, "total": {}, "score": round(total["points"], 2), "most": total["most"]}, counted.losing


def _row(item: ScoreItem, ratio: Ratio, losing: Tally) -> Content:
    points, counted = round(item.points(ratio), 2), item.key not in DECLARED
    return {
        "item": item.key, "row": item.key, "group": item.group, "title": item.title,
        "part": ratio.part if counted else None, "whole": ratio.whole if counted else None,
        "ratio_permille": permille(ratio.part, ratio.whole), "points": points, "most": item.most,
        LOSING: losing.counts(item.key).get(LOSING, 0), "gain": round(item.most - points, 2),
    }


def _group(key: str, title: str, rows: list[Content]) -> Content:
    mine = [row for row in rows if row["group"] == key]
    return {"group": key, "title": title, "points": round(sum(row["points"] for row in mine), 2), "most": sum(row["most"] for row in mine)}


def _troubled(source: Source, counted: _Counted) -> set[int]:
    """Return the dossiers that were late or complained about."""
    return counted.late | set(source.uow.reports.complained(source.period))


def _ratios(source: Source, counted: _Counted) -> dict[str, Ratio]:
    """Return how many of how many, for every item."""
    settings, complaints = source.settings, source.uow.reports.complaints(source.period)
    online = {each.code for each in source.procedures if "online" in each.channels}
    with_fee = {each.code for each in source.procedures if any(fee.amount_vnd for fee in each.fees)}
    lost = {name: counted.losing.counts(name).get(LOSING, 0) for name in ("synced", "online_dossiers", "paid_online", "no_complaint")}
    return {
        **{name: Ratio(getattr(settings, name), 1000) for name in DECLARED},
        "synced": Ratio(counted.received - lost["synced"], counted.received),
        "on_time": Ratio(counted.judged - len(counted.late), counted.judged),
        "offered": Ratio(len(online), len(source.procedures)),
        "used": Ratio(len(counted.online_procedures & online), len(online)),
        "online_dossiers": Ratio(counted.received - lost["online_dossiers"], counted.received),
        "pay_offered": Ratio(len(with_fee) if source.profile.bank_account else 0, len(with_fee)),
        "pay_used": Ratio(len(counted.paying_procedures & with_fee), len(with_fee)),
        "paid_online": Ratio(counted.obliged - lost["paid_online"], counted.obliged),
        **{name: Ratio(0, counted.results) for name in NOT_DIGITISED},
        "citizen_data_procedures": Ratio(0, len(source.procedures)), "e_copies": Ratio(0, 1),
        "petitions_on_time": Ratio(complaints.on_time, complaints.all),
        "petitions_satisfied": Ratio(complaints.satisfied, complaints.answered),
        "no_complaint": Ratio(counted.alive - lost["no_complaint"], counted.alive),
    }
