"""The mark of a day is that of the province contract."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.checkpoint import checkpoint, paper_code

HEAD = "83495cdf8f9a426f826de1e46b0ec80192f2592cb702161d4d9220abfbc12a38"
OPS = (27, "7426f187f1e0a8840aec4145dd0c0f28ac9c9057dee89166e700359939f66737")
DAY, DEVICE, EPOCH = date(2026, 11, 23), "D7K2M9Q4", "5f0c9a7be21d4468"


def test_the_facts_are_those_of_the_contracts_day():
    assert checkpoint(DAY, DEVICE, EPOCH, audit=(96, HEAD), ops=OPS) == {
        "day": "2026-11-23", "audit_count": 96, "audit_head": HEAD, "op_seq": 27, "op_head": OPS[1], "paper_code": "SRK65SUR"}


@pytest.mark.parametrize("other", [
    {"day": date(2026, 11, 24)}, {"device": "D7K2M9Q5"}, {"epoch": "5f0c9a7be21d4469"}, {"audit": (95, HEAD)}, {"audit": (96, "0" * 64)}])
def test_whatever_is_cut_or_changed_gives_other_characters(other):
    same = {"day": DAY, "device": DEVICE, "epoch": EPOCH, "audit": (96, HEAD)}
    assert paper_code(**{**same, **other}) != paper_code(**same) == "SRK65SUR"


@given(st.integers(0, 10**9), st.text("0123456789abcdef", min_size=64, max_size=64))
def test_eight_letters_and_figures_always(count, head):
    code = paper_code(DAY, DEVICE, EPOCH, (count, head))
    assert len(code) == 8
    assert set(code) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
