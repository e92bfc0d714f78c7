"""Who may exchange by a stick, and what is noted of it."""

from __future__ import annotations

import pytest

from counter_app.domain.errors import Problem, RuleBrokenError
from counter_app.domain.people import Actor, Role
from counter_app.services.line.province import Ticket
from counter_app.services.line.stick import StickService
from tests.builders import CLERK, DEVICE, fake_desk
from tests.fakes import FakeClock
from tests.services.line.lines import FOLDER, FakeStick

ADMIN = Actor("u-0009", Role.ADMINISTRATOR)
TICKET = Ticket("https://tinh.example", "c", "k", "p", "x")


@pytest.fixture
def desk():
    return fake_desk(FakeClock())


def service(desk, stick):
    return StickService(desk.database, desk.clock, stick, DEVICE)


def trail(desk):
    with desk.database.read() as uow:
        return [(entry.action, entry.details) for entry in uow.audit.entries()][-2:]


def test_a_file_is_written_with_room_for_so_many_megabytes_and_stands_on_the_trail(desk):
    stick = FakeStick()
    assert service(desk, stick).write(FOLDER, CLERK, most_mb=5).ops == 7
    assert stick.calls == [(FOLDER, 5_000_000, None)]
    assert trail(desk)[-1] == ("stick.written", {"number": 3, "ops": 7, "files": 2})


def test_an_answer_stands_in_the_history_and_on_the_trail(desk):
    service(desk, FakeStick()).read(FOLDER, CLERK)
    with desk.database.read() as uow:
        (made,) = uow.line.latest(DEVICE, limit=5)
    assert (made.sent, made.received, made.uploaded, made.bytes_down, made.trouble) == (7, 5, 2, 900, "")
    assert trail(desk)[-1] == ("stick.read", {"number": 3, "enrolled": False})


def test_what_the_province_refused_stands_in_the_history(desk):
    service(desk, FakeStick(Problem("SYNC_REVOKED"))).read(FOLDER, CLERK)
    with desk.database.read() as uow:
        assert uow.line.latest(DEVICE, limit=1)[0].trouble == "SYNC_REVOKED"


def test_only_whoever_may_enrol_writes_with_a_ticket(desk):
    stick = FakeStick()
    with pytest.raises(RuleBrokenError, match="NOT_ALLOWED"):
        service(desk, stick).write(FOLDER, CLERK, ticket=TICKET)
    assert stick.calls == []
    service(desk, stick).write(FOLDER, ADMIN, ticket=TICKET)
    assert stick.calls[0][2] == TICKET
