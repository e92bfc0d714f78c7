"""What the tests of the page of the line share: a province on loopback, a desk that is enrolled with it, the page, its line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_app.domain.people import Actor
from counter_app.services.line.province import Relation, Ticket, keep_relation
from tests.builders import command
from tests.province.trial import TrialProvince
from tests.ui.pages.helpers import idle, shown_page
from ui.pages.sync import SyncPage

FIXTURES = ("province", "counter", "page", "related", "enrolled", "line")


@pytest.fixture
def province(tmp_path):
    folder = tmp_path / "province"
    folder.mkdir()
    with TrialProvince(folder) as running:
        yield running


@pytest.fixture
def counter(seat):
    return seat.context.counter


@pytest.fixture
def page(seat):
    return opened(seat)


@pytest.fixture
def enrolled(seat, counter, province):
    """A desk with one dossier that the province does not have yet."""
    received = counter.intake.receive(command(), seat.desk.actor)
    counter.line.enrol(Ticket(**ticket(counter, province)), seat.desk.actor)
    return received


@pytest.fixture
def related(seat, counter):
    """A desk with one dossier and a relation, and nobody at the other end: enough for what is only shown."""
    received = counter.intake.receive(command(), seat.desk.actor)
    device, agency = counter.desk.device, counter.desk.agency
    with counter.database.write() as uow:
        keep_relation(uow, device, Relation("http://127.0.0.1:9", device, agency, "Xã Đắk Mil", {}, "file"))
        uow.commit()
    return received


@pytest.fixture
def line(seat, counter):
    """The line, kept behind the page."""
    seat.context.line.start(counter, after_ms=0)
    yield seat.context.line
    seat.context.line.stop()


def opened(seat):
    made = shown_page(SyncPage(seat.context))
    seat.context.tasks.changed.connect(made.refresh)
    made.activate()
    idle(seat.context)
    return made


def ticket(counter, province, **more):
    return province.ticket(counter.desk.agency, **more)


def as_role(seat, role):
    session = seat.context.session
    return replace(seat, context=replace(seat.context, session=replace(session, actor=Actor(session.actor.user_id, role))))


def dialog(page, kind):
    return page.findChildren(kind)[-1]


def quiet(counter):
    return lambda: counter.line.waiting() == 0 and counter.line.history(1)
