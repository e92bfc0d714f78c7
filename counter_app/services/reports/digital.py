"""How much of the desk's finished work is digital: papers, results, what was used again, results that bear a digital signature."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import partial

from counter_app.domain.digitised import Completeness
from counter_app.domain.report_cases import NONE, Case, Marks, has_result
from counter_app.domain.report_periods import Period
from counter_app.domain.report_tally import Tally
from counter_app.services.reports.makers import Made, Source, by_field, permille

SHARES = ("components", "results", "both", "reused", "e_results")


def make_digital(source: Source) -> Made:
    """Count the dossiers that got their result in the period: ``with_result``, of it each of :data:`SHARES`, and the shares."""
    rule = partial(_marks, source.uow.reports.digitised(), source.uow.reports.signed_results())
    tally = Tally.of(source.cases(), rule, source.period)
    content = by_field(tally, ("with_result", *SHARES))
    for line in (*content["rows"], content["total"]):
        line |= {f"{name}_permille": permille(line[name], line["with_result"]) for name in SHARES}
    return content, tally


def _marks(digital: Mapping[int, Completeness], signed: Collection[int], case: Case, period: Period) -> Marks:
    if not has_result(case, period):
        return NONE
    far = digital.get(case.number, Completeness(components=False, results=False, reused=False))
    told = {
        "with_result": True, "components": far.components, "results": far.results, "both": far.components and far.results,
        "reused": far.reused, "e_results": far.results and case.number in signed}
    return tuple(name for name, counts in told.items() if counts)
