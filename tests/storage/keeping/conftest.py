"""What the tests of copies share."""

import pytest

from tests.storage.keeping.copied import World
from tests.storage.samples import opened


@pytest.fixture
def world(tmp_path, sqlite_url):
    return World(tmp_path, sqlite_url)


@pytest.fixture
def database(world):
    made = opened(f"sqlite:///{world.places.database}")
    yield made
    made.close()
