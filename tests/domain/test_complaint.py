"""When an answer to a complaint is late: by the day in Vietnam, whatever clock the time was written with."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.complaint import Complaint, ComplaintChannel
from counter_app.domain.moments import VIETNAM, local

DUE = date(2026, 12, 5)


def complaint(**changes):
    return Complaint("c-1", None, local(2026, 11, 20, 9), ComplaintChannel.DESK, "Chờ lâu", changes.pop("answer_due", DUE), **changes)


@pytest.mark.parametrize(("today", "late"), [
    (date(2026, 11, 20), False), (date(2026, 12, 4), False), (DUE, False), (date(2026, 12, 6), True), (date(2027, 1, 1), True)])
def test_what_waits_is_late_from_the_day_after_it_was_due(today, late):
    assert complaint().is_late(today) is late


@pytest.mark.parametrize(("answered", "late"), [
    (local(2026, 12, 5, 23, 59, 59), False), (local(2026, 12, 6), True), (local(2026, 11, 21), False),
    (datetime(2026, 12, 5, 16, 59, tzinfo=UTC), False), (datetime(2026, 12, 5, 17, 0, tzinfo=UTC), True)])
def test_an_answer_is_late_by_its_own_day_in_vietnam_for_ever(answered, late):
    given_ = complaint(answered_at=answered)
    assert {given_.is_late(today) for today in (date(2026, 11, 20), DUE, date(2030, 1, 1))} == {late}


@given(st.dates(date(2020, 1, 1), date(2089, 12, 31)), st.integers(-400, 400), st.integers(0, 86_399))
def test_answering_on_a_day_is_late_exactly_when_waiting_on_that_day_is(due, days, second):
    day = due + timedelta(days=days)
    at = datetime(day.year, day.month, day.day, tzinfo=VIETNAM) + timedelta(seconds=second)
    waiting = complaint(answer_due=due)
    answered = complaint(answer_due=due, answered_at=at.astimezone(UTC))
    assert waiting.is_late(day) == answered.is_late(due) == (days > 0)
