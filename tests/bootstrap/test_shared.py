"""Two counters of one commune over one PostgreSQL database."""

import psycopg
import pytest

from counter_app.bootstrap import CreateDesk, create_desk, examine, folder, open_counter
from counter_app.services.helping.doctor import State
from tests.storage import postgres

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def server():
    place = postgres.binaries()
    if place is None:
        pytest.skip("no PostgreSQL 15 or newer on this machine")
    running = postgres.Server(place)
    yield running
    running.stop()


@pytest.fixture
def url(server, request):
    name = f"shared_{abs(hash(request.node.name)) % 10**8}"
    with psycopg.connect(server.url(), autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
    return server.url(name)


def create(place, url, clock, desk, serials):
    wish = CreateDesk("H36.50.05", "Xã Đắk Mil", "Lâm Đồng", desk, serials=serials, database=url, password="mat-khau-thu-1")
    return create_desk(wish, place, clock=clock)


def test_the_second_counter_joins_the_first(home, clock, url):
    first = create(home / "a", url, clock, "1", "1000-1999")
    second = create(home / "b", url, clock, "2", "2000-2999")
    assert (first.recovery_text, first.warnings) == ("", ())
    assert [warning.code for warning in second.warnings] == ["LOGIN_KEPT"]
    one, two = open_counter(home / "a", clock=clock), open_counter(home / "b", clock=clock)
    try:
        assert (one.desk.desk, two.desk.desk) == ("1", "2")
        assert [one.numbering.peek(clock.now()), two.numbering.peek(clock.now())] == ["H36.50.05-261120-1000", "H36.50.05-261120-2000"]
        assert one.login.people() == two.login.people()
        assert len(one.catalogue.versions()) == 1
        assert two.login.login("clerk", "mat-khau-thu-1").actor.user_id == "u-0001"
    finally:
        one.close()
        two.close()


def test_the_folder_of_a_counter_holds_no_database_and_no_key(home, clock, url):
    create(home / "a", url, clock, "1", "1000-1999")
    assert sorted(path.name for path in (home / "a").iterdir()) == ["backups", "desk.json"]
    assert folder.read_marker(home / "a").database_url == url
    assert not (home / "desk.key").exists()


def test_the_doctor_asks_for_no_key(home, clock, url):
    create(home / "a", url, clock, "1", "1000-1999")
    found = {finding.name: finding.state for finding in examine(home / "a", clock=clock)}
    assert (found["database"], found["key"], found["guard"]) == (State.OK, State.OK, State.OK)


def test_a_server_that_is_away_is_a_sentence(home, clock, url, server):
    create(home / "a", url, clock, "1", "1000-1999")
    marker = folder.read_marker(home / "a")
    folder.write_marker(home / "a", folder.DeskMarker(marker.device, database_url=url.replace("host=", "host=/nowhere")))
    assert [finding.problem.code for finding in examine(home / "a", clock=clock) if finding.name == "desk"] == ["DATABASE_UNREACHABLE"]
