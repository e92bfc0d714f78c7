"""Times as they are read: Vietnam's, or turned into it, or refused in one way."""

from contextlib import suppress
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.moments import VIETNAM, local, read_local, write_local

OFFSETS = st.sampled_from(["", "Z", "+07:00", "-12:00", "+14:00", "+23:59", "-23:59"])


@pytest.mark.parametrize(("text", "moment"), [
    ("2026-11-20T09:42:07", local(2026, 11, 20, 9, 42, 7)),
    ("2026-11-20T09:42:07+07:00", local(2026, 11, 20, 9, 42, 7)),
    ("2026-11-20T02:42:07Z", local(2026, 11, 20, 9, 42, 7)),
    ("2026-11-20T09:42:07.999", local(2026, 11, 20, 9, 42, 7)),
    ("9999-12-31T23:59:59", local(9999, 12, 31, 23, 59, 59)),
])
def test_a_time_is_read_as_vietnams(text, moment):
    assert read_local(text) == moment
    assert read_local(text).tzinfo is VIETNAM


@pytest.mark.parametrize("text", ["9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59Z", "", "today", "24:00"])
def test_what_is_no_time_in_vietnam_is_refused_in_one_way(text):
    with pytest.raises(ValueError, match=r".") as refusal:
        read_local(text)
    assert type(refusal.value) is ValueError


@given(st.datetimes().map(datetime.isoformat), OFFSETS)
def test_whatever_is_read_is_written_the_same_again(text, offset):
    with suppress(ValueError):
        moment = read_local(text + offset)
        assert read_local(write_local(moment)) == moment
