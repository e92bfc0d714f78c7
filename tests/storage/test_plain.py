"""Values as JSON and back."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.catalogue import Procedure, TimeLimit
from counter_app.domain.deadline_terms import DeadlineOptions, Limit, LimitUnit
from counter_app.domain.dossier import Dossier, DossierRow, Status
from counter_app.domain.moments import local
from counter_app.storage.plain import UnreadableError, from_plain, members, read_json, to_plain, write_json
from tests.storage.samples import dossier, full_dossier, lists_of_dossiers


@dataclass(frozen=True, slots=True)
class Odd:
    """Every shape that is stored."""

    moment: tuple[tuple[int, str | None], ...] = ()
    flag: bool = False
    ratio: float = 0.5
    count: int = 0
    at: time | None = None
    more: dict[str, object] = field(default_factory=dict)


@pytest.mark.parametrize("whole", [dossier(), full_dossier()])
def test_a_dossier_survives_json(whole):
    assert from_plain(Dossier, json.loads(json.dumps(to_plain(whole)))) == whole


@given(lists_of_dossiers(3))
def test_any_dossier_survives_json(stored):
    assert tuple(from_plain(Dossier, read_json(write_json(to_plain(each)))) for each in stored) == stored


@given(st.from_type(Limit), st.sampled_from([None, time(15, 0)]), st.text(max_size=5))
def test_nested_values_survive(limit, cutoff, text):
    procedure = Procedure("v/1", "v", "1", text, "", "", TimeLimit(limit, text), (TimeLimit(None, ""),))
    assert from_plain(Procedure, members(procedure)) == procedure
    odd = Odd(((1, None), (2, text)), True, 1.0, 1, cutoff, {"a": [1, {"b": None}]})
    assert from_plain(Odd, read_json(write_json(to_plain(odd)))) == odd


def test_defaults_are_left_out_and_unknown_members_passed_over():
    assert members(Odd()) == {}
    assert members(DeadlineOptions(cutoff=time(14, 30))) == {"cutoff": "14:30:00"}
    assert from_plain(Odd, {"count": 3, "of_a_newer_program": 1}) == Odd(count=3)


def test_one_is_not_true():
    assert members(Odd(count=True)) == {"count": True}
    assert members(Odd(ratio=1)) == {"ratio": 1}


def test_times_are_written_as_vietnam_reads_them():
    assert to_plain(local(2026, 11, 20, 9, 42)) == "2026-11-20T09:42:00"
    assert to_plain(local(2026, 11, 20, 9, 42).astimezone(UTC)) == "2026-11-20T09:42:00"
    assert to_plain([date(2026, 11, 20), Status.RECEIVED, LimitUnit.DAY]) == ["2026-11-20", "received", "day"]


def test_texts_stay_readable_in_the_database():
    assert write_json({"b": "đ", "a": 1}) == '{"b":"đ","a":1}'


@pytest.mark.parametrize("value", [{1, 2}, b"x", object(), Odd])
def test_what_is_never_stored(value):
    with pytest.raises(TypeError, match="never stored"):
        to_plain(value)


@pytest.mark.parametrize("data", [{"dossier_id": "d"}, {"status": "dreaming"}])
def test_damaged_data_is_refused(data):
    with pytest.raises(UnreadableError):
        from_plain(DossierRow, data)
