"""Which release is taken: a newer one for this system that can read the data; whatever day the clock says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.errors import RuleBrokenError
from counter_app.services.updating.release import ReleaseKind
from counter_app.services.updating.rules import in_use, is_newer, require_fit, require_way_back
from tests.updating.releases import a_release

HERE = a_release(version="0.1.0", sequence=100)


def refusal(offered, installed=HERE, schema="0012"):
    try:
        require_fit(offered, installed, schema)
    except RuleBrokenError as error:
        return error.code
    return None


@pytest.mark.parametrize(("changes", "code"), [
    ({}, None), ({"sequence": 101}, None), ({"sequence": 100}, "UPDATE_OLDER"), ({"sequence": 99}, "UPDATE_OLDER"), ({"sequence": 0}, "UPDATE_OLDER"),
    ({"version": "0.1.0"}, "UPDATE_SAME_NAME"), ({"version": "0.0.1"}, None), ({"system": "windows-x64"}, "UPDATE_OTHER_SYSTEM"), ({"system": "any"}, None),
    ({"schema": "0011"}, "UPDATE_SCHEMA"), ({"schema": "0013"}, None), ({"oldest_schema": "0013", "schema": "0014"}, "UPDATE_SCHEMA"),
    ({"oldest_schema": "0012"}, None), ({"kind": ReleaseKind.DATA, "version": "0.1.0", "schema": "0001"}, None),
])
def test_what_is_taken_and_what_is_not(changes, code):
    assert refusal(a_release(**changes)) == code


def test_names_that_one_system_takes_for_the_same_are_the_same():
    assert refusal(a_release(version="0.1.0-RC1"), a_release(version="0.1.0-rc1", sequence=100)) == "UPDATE_SAME_NAME"


@given(st.text(max_size=12), st.text(max_size=12))
def test_no_day_decides(released, installed_on):
    """A release says when it was made for people; a wrong clock anywhere changes nothing."""
    assert refusal(a_release(released=released), a_release(version="0.1.0", sequence=100, released=installed_on)) is None


@given(st.integers(0, 1000), st.integers(0, 1000))
def test_of_two_releases_at_most_one_takes_the_place_of_the_other(first, second):
    one, other = a_release(version="1", sequence=first), a_release(version="2", sequence=second)
    assert is_newer(one, other) + is_newer(other, one) == (first != second)
    assert (refusal(one, other) is None) == (first > second)


@given(st.integers(0, 1000), st.integers(0, 1000))
def test_forms_take_the_place_of_the_newest_that_are_read_and_a_program_that_of_the_program(own, newer):
    here, data = a_release(version="1", sequence=own), a_release(kind=ReleaseKind.DATA, version="2", sequence=newer)
    assert in_use(data, here, data).sequence == max(own, newer)
    assert in_use(data, here, None) is in_use(here, here, data) is here


@pytest.mark.parametrize(("known", "allowed"), [("0011", False), ("0012", True), ("0013", True)])
def test_a_version_that_can_not_read_the_data_is_no_way_back(known, allowed):
    if allowed:
        require_way_back(a_release(schema=known), "0012")
    else:
        with pytest.raises(RuleBrokenError, match="UPDATE_BACK_SCHEMA"):
            require_way_back(a_release(schema=known), "0012")
