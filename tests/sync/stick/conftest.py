"""A trial province, and a desk without a line."""

import pytest

from tests.province.fixtures import province
from tests.sync.stick.sticks import StickDesk

__all__ = ["province"]


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def desk(tmp_path, stick):
    made = StickDesk(tmp_path / "desk", stick)
    yield made
    made.close()


@pytest.fixture
def enrolled(desk, province):
    """A desk that was enrolled by a stick, with one dossier that the province holds."""
    desk.first = desk.take_in()
    desk.there_and_back(province, province.ticket())
    return desk
