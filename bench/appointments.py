"""What is worked out while a clerk types: appointments, the catalogue's suggestions, a citizen's card. Nothing stands beside these."""

from __future__ import annotations

import random
import statistics
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from time import perf_counter

from bench.measure import milliseconds, spread
from bench.moment import NOW
from bench.report import Line, Table
from bench.work import Work
from counter_app.bootstrap import Counter
from counter_app.domain.calendar import WorkCalendar
from counter_app.domain.card import read_card
from counter_app.domain.deadline import appointment
from counter_app.domain.deadline_terms import Limit
from counter_app.services.deadlines.wording import explain

CARD = "067190000123|240012345|Trần Thị Ví Dụ|15031990|Nữ|Thôn Mẫu 3, xã Đắk Mil, tỉnh Lâm Đồng|01072021"
TYPED = ("k", "kh", "khai", "khai sinh", "chung thuc", "ban sao", "ho tich", "dat dai", "1.004", "ket hon", "xac nhan", "zzz")
ROUNDS = 400


def run(work: Work) -> Table:
    """Measure over the shipped catalogue and calendar."""
    counter = work.desk().open()
    try:
        return _table(counter, work.times(ROUNDS))
    finally:
        counter.close()


def _table(counter: Counter, rounds: int) -> Table:
    chance, today = random.Random(1), NOW.date()
    procedures = [each for each in counter.catalogue.in_force(today) if each.time_limit.limit is not None]
    limits = [each.time_limit.limit for each in procedures if each.time_limit.limit]
    moments = [_moment(chance) for _ in range(rounds)]
    asked = [(moment, (chance.choice(limits),)) for moment in moments]
    rate = statistics.median(_per_second(asked, counter.calendar.calendar()) for _ in range(5))
    whole = _times(lambda moment: counter.appointments.for_procedure(chance.choice(procedures), moment), moments)
    spoken = _times(lambda moment: explain(appointment(moment, limits[:1], counter.calendar.calendar())), moments)
    typed = [milliseconds(partial(counter.catalogue.match, word, today)) for _ in range(max(3, rounds // 20)) for word in TYPED]
    cards = [milliseconds(partial(read_card, CARD, today)) for _ in range(rounds)]
    return Table(
        "appointments", "Appointments, suggestions, cards",
        f"{len(procedures)} procedures of the shipped catalogue, receipt times over the whole year, the shipped calendar; one thread.",
        (
            Line("appointments computed, one procedure and receipt time each", round(rate), unit="a second"),
            Line("appointment of a procedure, through the service", spread(whole)),
            Line("an appointment with its explanation in words", spread(spoken)),
            Line(f"suggestions of the catalogue ({len(TYPED)} words)", spread(typed)),
            Line("reading a citizen's card", spread(cards)),
        ),
    )


def _moment(chance: random.Random) -> datetime:
    """Return a receipt time on some morning of the calendar's year."""
    return NOW.replace(month=1, day=5, hour=8) + timedelta(days=chance.randrange(300), minutes=chance.randrange(200))


def _times(act: Callable[[datetime], object], moments: Sequence[datetime]) -> list[float]:
    return [milliseconds(partial(act, moment)) for moment in moments]


def _per_second(asked: Sequence[tuple[datetime, Sequence[Limit]]], calendar: WorkCalendar) -> float:
    start = perf_counter()
    for moment, limits in asked:
        appointment(moment, limits, calendar)
    return len(asked) / (perf_counter() - start)
