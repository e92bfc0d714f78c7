"""A trial province, a desk, and a bad line between them."""

import pytest

from counter_app.sync import wire
from tests.province.fixtures import province
from tests.sync.lines import Line
from tests.sync.proxy import BadLine

__all__ = ["province"]


@pytest.fixture
def line(tmp_path):
    made = Line(tmp_path / "desk")
    yield made
    made.close()


@pytest.fixture
def enrolled(line, province):
    """A desk that has one dossier of its own and is enrolled."""
    line.first = line.take_in()
    line.enrol(province.ticket())
    return line


@pytest.fixture(autouse=True)
def _impatient(monkeypatch):
    """Whoever says nothing is given up after seconds, not after a minute and a half."""
    monkeypatch.setattr(wire, "STALL_S", 3.0)


@pytest.fixture
def bad_line(province):
    with BadLine(province.url) as running:
        yield running
