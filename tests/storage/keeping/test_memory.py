"""What a computer remembers of its copies: comes back as it was, and a damaged file is as good as none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.domain.errors import Problem, SurroundingsError
from counter_app.domain.moments import VIETNAM
from counter_app.services.keeping.records import PlaceRecord, Rehearsal, Remembered
from counter_app.storage.keeping.memory import FILE_NAME, KeepingFile

moments = st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1)).map(lambda each: each.replace(tzinfo=VIETNAM))
problems = st.none() | st.builds(Problem, st.just("DISK_FULL"), st.none(), st.dictionaries(st.sampled_from(["path", "count"]), st.text() | st.integers()))
records = st.builds(PlaceRecord, st.none() | moments, st.none() | moments, st.text(), problem=problems, second=st.booleans())
everything = st.builds(
    Remembered, st.dictionaries(st.text(), records, max_size=4), st.none() | st.builds(Rehearsal, moments, st.text(), problem=problems))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(everything)
def test_what_was_remembered_comes_back(tmp_path, remembered):
    memory = KeepingFile(tmp_path)
    memory.write(remembered)
    assert memory.read() == remembered


def test_nothing_is_remembered_before_the_first_copy(tmp_path):
    assert KeepingFile(tmp_path).read() == Remembered()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=80) | st.sampled_from([b"[]", b'{"places": 3}', b'{"places": {"": {"made_at": 5}}, "rehearsal": null}', b'{"rehearsal": null}']))
def test_a_damaged_file_is_as_good_as_none(tmp_path, data):
    (tmp_path / FILE_NAME).write_bytes(data)
    assert KeepingFile(tmp_path).read() == Remembered()


def test_a_folder_that_takes_nothing_is_told(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(SurroundingsError):
        KeepingFile(tmp_path / "file").write(Remembered({"": PlaceRecord(datetime.now(UTC))}))
