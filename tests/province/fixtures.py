"""The trial province as tests take it: a fixture, to be imported by name."""

from __future__ import annotations

import pytest

from tests.province.trial import TrialProvince


@pytest.fixture
def province(tmp_path):
    """A province that runs beside a test."""
    folder = tmp_path / "province"
    folder.mkdir()
    with TrialProvince(folder) as running:
        yield running
