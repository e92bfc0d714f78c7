"""A trial province, a desk, and a bad line between them."""

import json
from functools import cache

import pytest

from counter_app.sync import wire
from tests.province.fixtures import province
from tests.province.server import seed
from tests.province.server.catalogue import CatalogueFile
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


@pytest.fixture
def whole_catalogue():
    """Asked for by tests that mean the catalogue in its real size."""


@pytest.fixture(autouse=True)
def _short_catalogue(request, monkeypatch):
    """The province publishes a tenth of its procedures: each desk of each test takes them in, notes and verifies them."""
    if "whole_catalogue" not in request.fixturenames:
        monkeypatch.setattr(seed, "shipped_files", _short_files)


RECEIVED = ("1.004873", "1.004859")
"""The procedures of the dossiers in these tests."""


@cache
def _short_files():
    whole = seed.procedures()
    short = whole | {"items": [item for at, item in enumerate(whole["items"]) if at % 10 == 0 or item["MaTTHC"] in RECEIVED]}
    return tuple(CatalogueFile(f"{kind}.json", kind, json.dumps(content, ensure_ascii=False).encode())
                 for kind, content in (("procedures", short), ("calendar", seed.calendar())))


@pytest.fixture(autouse=True)
def _impatient(monkeypatch):
    """Whoever says nothing is given up after seconds, not after a minute and a half."""
    monkeypatch.setattr(wire, "STALL_S", 3.0)


@pytest.fixture
def bad_line(province):
    with BadLine(province.url) as running:
        yield running
