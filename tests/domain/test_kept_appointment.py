"""The appointment that a dossier keeps: its own due time stands, whatever a changed calendar or catalogue would count today."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.deadline import appointment, extended
from counter_app.domain.deadline_input import read_options
from counter_app.domain.deadline_terms import Limit, LimitUnit
from counter_app.domain.kept_appointment import UNKNOWN, kept_appointment, kept_options
from counter_app.domain.moments import day_of, local
from tests.domain.calendars import named
from tests.storage.samples import dossier

CALENDAR, OTHER = named("standard"), named("many_make_ups")
THREE = (Limit(3, LimitUnit.WORKING_DAY),)
PHASES = (Limit(2, LimitUnit.WORKING_DAY), Limit(3, LimitUnit.WORKING_DAY))
RECEIVED = st.integers(0, 200).map(lambda hours: local(2026, 11, 2, 8) + timedelta(hours=hours))
DUES = st.integers(1, 60).map(lambda days: local(2026, 11, 10, 10) + timedelta(days=days))
LIMITS = st.sampled_from([(), THREE, PHASES])


@given(RECEIVED, LIMITS, st.sampled_from([CALENDAR, OTHER]))
def test_what_was_counted_and_kept_is_made_again_as_it_was(received, limits, calendar):
    if not limits:
        return
    counted = appointment(received, limits, calendar)
    kept = dossier(received_at=received, due_at=counted.due_at, due_nominal=counted.nominal)
    assert kept_appointment(kept, limits, calendar) == counted


@given(RECEIVED, DUES, LIMITS, st.sampled_from([CALENDAR, OTHER]))
def test_the_kept_due_time_stands_whatever_would_be_counted_now(received, due, limits, calendar):
    kept = kept_appointment(dossier(received_at=received, due_at=due), limits, calendar)
    assert (kept.due_at, kept.nominal) == (due, day_of(due))
    assert (kept.phases[-1].due_at, kept.phases[-1].nominal) == (due, day_of(due))
    assert len(kept.phases) == max(len(limits), 1)


@given(RECEIVED, LIMITS)
def test_without_an_appointment_there_is_none(received, limits):
    kept = kept_appointment(dossier(received_at=received, due_at=None), limits, CALENDAR)
    assert (kept.due_at, kept.nominal, kept.phases) == (None, None, ())


def test_the_day_before_rolling_is_kept_beside_the_due_time():
    due, nominal = local(2026, 11, 16, 9, 42), local(2026, 11, 14).date()
    kept = kept_appointment(dossier(due_at=due, due_nominal=nominal), THREE, CALENDAR)
    assert (kept.due_at, kept.nominal) == (due, nominal)


def test_it_is_moved_on_from_where_it_stands():
    moved = dossier(received_at=local(2026, 11, 2, 9), due_at=local(2026, 11, 20, 9))
    longer = extended(
        kept_appointment(moved, THREE, CALENDAR), local(2026, 11, 18, 9), Limit(2, LimitUnit.WORKING_DAY), CALENDAR, kept_options(moved, THREE))
    assert longer.due_at == local(2026, 11, 25, 9), "two days from the kept time (one of them the holiday of 24 November), not from the receipt"


@pytest.mark.parametrize("supplement", ["restart", "pause"])
def test_without_a_known_limit_time_only_pauses(supplement):
    kept = dossier(options={"supplement": supplement, "cutoff": "14:30"})
    assert kept_options(kept, THREE) == read_options(kept.options)
    assert kept_options(kept, THREE).supplement == supplement
    assert kept_options(kept, ()).supplement == "pause"
    assert kept_options(kept, ()).cutoff == read_options(kept.options).cutoff


def test_the_limit_that_stands_for_an_unknown_one_can_be_counted():
    assert kept_appointment(dossier(due_at=local(2026, 11, 25, 9)), (), CALENDAR).phases[0].due_at == local(2026, 11, 25, 9)
    assert UNKNOWN.value >= 1
