"""Reports over a province's year on one desk: II.06a and the 766 estimate over 300,000 dossiers, and a month of them."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from bench.desk import kept_desk
from bench.measure import milliseconds, spread
from bench.moment import NOW
from bench.report import Line, Table
from bench.work import Work
from counter_app.bootstrap import Counter
from counter_app.domain.report_periods import Period, PeriodKind, last_ended

DOSSIERS, QUICK = 300_000, 20_000
LIMIT_MS = 3_000


def run(work: Work) -> Table:
    """Count whole periods through the service, as the head's page does."""
    desk = kept_desk(work.cache, QUICK if work.quick else DOSSIERS)
    counter = desk.open()
    try:
        return _table(counter, desk.count, work.times(8))
    finally:
        counter.close()


def _table(counter: Counter, count: int, rounds: int) -> Table:
    today = NOW.date()
    everything, month = Period(today - timedelta(days=4000), today), last_ended(PeriodKind.MONTH, today)
    actor = counter.login.acting("", "")
    made = {
        (name, period): [milliseconds(partial(counter.reports.make, name, period, actor)) for _ in range(rounds)]
        for name in ("II.06a", "766", "07a") for period in (everything, month)}
    return Table(
        "reports", f"Reports over {count:,} dossiers, encrypted",
        f"Counted anew each time from the SQLCipher file, no figure is kept. A month is {month.start:%d/%m/%Y} to {month.end:%d/%m/%Y}.",
        (
            Line(f"II.06a, all {count:,} in one period", spread(made["II.06a", everything]), at_most=LIMIT_MS),
            Line("II.06a, a month", spread(made["II.06a", month])),
            Line("07a, all in one period", spread(made["07a", everything])),
            Line("766 estimate, all in one period", spread(made["766", everything])),
            Line("766 estimate, a month", spread(made["766", month])),
        ),
    )
