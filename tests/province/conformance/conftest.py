"""Which gateway is tested: the one of ``--ticket``, or the trial province, started for it."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest

from tests.province.conformance.desk import Desk
from tests.province.databases import postgres_url
from tests.province.trial import Hand, TrialProvince

COMMUNE, OTHER_COMMUNE = "H99.10.05", "H99.10.06"


def pytest_addoption(parser):
    group = parser.getgroup("province", "the gateway under test")
    group.addoption("--url", help="address of the gateway, without /desk/v1; else the one on the ticket")
    group.addoption("--ticket", action="append", default=[], help="file of an unused enrolment ticket; a second one of the same "
                    "commune and a third one of another commune let more tests run")
    group.addoption("--hand", help="address that takes the verbs of the trial province's hand, if the gateway has one")


def pytest_generate_tests(metafunc):
    """The own server is tested on both databases; a given gateway once, on whatever it has."""
    if "gateway" in metafunc.fixturenames:
        given = metafunc.config.getoption("--ticket", [])
        both = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
        metafunc.parametrize("gateway", ["given"] if given else both, indirect=True, scope="session")


@pytest.fixture(scope="session")
def gateway(request, tmp_path_factory):
    """Tickets of the gateway under test, and the hand that plays its people; None where there is none."""
    if request.param == "given":
        yield _given(request.config)
        return
    with contextlib.ExitStack() as stack:
        url = stack.enter_context(postgres_url()) if request.param == "postgres" else None
        province = stack.enter_context(TrialProvince(tmp_path_factory.mktemp("province"), url))
        yield [province.ticket(agency) for agency in (COMMUNE, COMMUNE, OTHER_COMMUNE)], province


def _given(config):
    url, hand = config.getoption("--url", None), config.getoption("--hand", None)
    tickets = [json.loads(Path(name).read_text("utf-8")) for name in config.getoption("--ticket")]
    return [{**one, "base_url": url.rstrip("/")} if url else one for one in tickets], Hand(hand) if hand else None


@pytest.fixture(scope="session")
def enrolled(gateway):
    """The desks of all tickets."""
    desks = [Desk(ticket) for ticket in gateway[0]]
    for one in desks:
        one.enrol()
    return desks


@pytest.fixture
def hand(gateway):
    if gateway[1] is None:
        pytest.skip("needs a hand at the province (--hand)")
    return gateway[1]


@pytest.fixture
def desk(enrolled):
    """A desk with a fresh lane."""
    enrolled[0].new_lane()
    return enrolled[0]


@pytest.fixture
def colleague(enrolled, desk):
    """Another computer of the same commune."""
    found = next((one for one in enrolled[1:] if one.agency == desk.agency), None)
    if found is None:
        pytest.skip("needs a second --ticket of the same commune")
    found.new_lane()
    return found


@pytest.fixture
def stranger(enrolled, desk):
    """A computer of another commune."""
    found = next((one for one in enrolled[1:] if one.agency != desk.agency), None)
    if found is None:
        pytest.skip("needs a --ticket of another commune")
    found.new_lane()
    return found


@pytest.fixture
def fresh(hand, desk):
    """A desk with a ticket of its own that was not used yet."""
    return Desk(hand.ticket(desk.agency))
