"""What the verbs of the line share: a province on loopback, and its ticket as a file."""

import json

import pytest

from tests.province.fixtures import province
from tests.province.trial import AGENCY

__all__ = ["province"]


@pytest.fixture
def ticket(province, tmp_path):
    file = tmp_path / "ticket.json"
    file.write_text(json.dumps(province.ticket(AGENCY)), "utf-8")
    return file
