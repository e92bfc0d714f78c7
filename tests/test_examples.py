"""A property is tried on more examples in the soak, whatever number it names."""

import pytest
from hypothesis import settings

from tests.examples import SOAK, SUITE, examples


@pytest.fixture
def profile():
    before = settings.get_current_profile_name()
    yield settings.load_profile
    settings.load_profile(before)


def test_the_suite_takes_as_many_as_a_property_names(profile):
    profile("desk")
    assert (settings().max_examples, settings().derandomize) == (SUITE, True)
    assert [examples(number) for number in (1, 15, 40)] == [1, 15, 40]


def test_the_soak_takes_as_many_times_more_as_of_a_property_that_names_none(profile):
    profile("soak")
    assert (settings().max_examples, settings().derandomize) == (SOAK, False)
    assert [examples(number) for number in (1, 15, 40)] == [30, 450, 1200]
