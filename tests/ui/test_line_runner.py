"""The line behind the window: it runs by itself, tells the window on its own thread, and ends with it."""

from __future__ import annotations

import socket
import threading
import time

import pytest

from counter_app.services.changes import Changes
from counter_app.services.line.province import Ticket, keep_relation, relation_of
from counter_app.sync.wire import STALL_S
from tests.builders import command
from tests.province.fixtures import province
from tests.province.trial import ProvinceProcess
from tests.ui.conftest import settle, wait_for
from ui.line_runner import LineRunner

__all__ = ["province"]


@pytest.fixture
def runner(qapp):
    made = LineRunner()
    yield made
    made.stop()


def enrolled(desk, province):
    desk.counter.line.enrol(Ticket(**province.ticket(desk.counter.desk.agency)), desk.actor)


def running():
    return [each for each in threading.enumerate() if each.name == "line"]


def test_what_was_received_goes_by_itself_and_the_window_hears_of_it(runner, desk, province):
    desk.counter.intake.receive(command(), desk.actor)
    enrolled(desk, province)
    changes, told, threads = [], [], set()
    runner.changed.connect(changes.append)
    runner.told.connect(told.append)
    runner.told.connect(lambda _: threads.add(threading.current_thread()))
    runner.start(desk.counter, after_ms=0)
    wait_for(lambda: changes)
    assert changes[0].touch("outbox")
    assert changes[0].touch("dossiers")
    assert desk.counter.line.waiting() == 0
    assert threads == {threading.main_thread()}
    assert told[-1] == runner.news
    desk.counter.intake.receive(command(), desk.actor)
    runner.note_changes(Changes.of("drafts"))
    runner.send_now()
    wait_for(lambda: desk.counter.line.waiting() == 0)


def test_one_desk_has_one_line(runner, desk):
    before = len(running())
    for _ in range(3):
        runner.start(desk.counter, after_ms=0)
        settle(50)
    assert len(running()) == before + 1
    runner.stop()
    wait_for(lambda: len(running()) == before)
    runner.start(desk.counter, after_ms=0)
    settle(50)
    assert len(running()) == before + 1


def test_it_does_not_begin_before_the_desk_is_on_the_screen(runner, desk):
    before = len(running())
    runner.start(desk.counter)
    settle(50)
    assert len(running()) == before
    runner.stop()
    settle(50)
    assert len(running()) == before


def test_a_practice_desk_has_no_line(runner, desk, monkeypatch):
    class Practice:
        practice = True

    class Bundle:
        desk = Practice()

    before = len(running())
    runner.start(Bundle(), after_ms=0)
    settle(50)
    assert len(running()) == before


@pytest.fixture
def deaf():
    """A server that takes every connection and never says a word."""
    server = socket.create_server(("127.0.0.1", 0))
    taken = []

    def accept():
        while True:
            try:
                taken.append(server.accept()[0])
            except OSError:
                return

    threading.Thread(target=accept, daemon=True).start()
    yield server, taken
    for each in taken:
        each.close()
    server.close()


def test_the_window_does_not_wait_for_a_request_that_hangs(runner, desk, province, deaf):
    enrolled(desk, province)
    server, taken = deaf
    database, device = desk.counter.database, desk.counter.desk.device
    from dataclasses import replace

    with database.write() as uow:
        relation = relation_of(uow, device)
        keep_relation(uow, device, replace(relation, base_url=f"http://127.0.0.1:{server.getsockname()[1]}"))
        uow.commit()
    runner.start(desk.counter, after_ms=0)
    wait_for(lambda: taken)
    desk.counter.intake.receive(command(), desk.actor)
    began = time.monotonic()
    runner.stop()
    assert time.monotonic() - began < STALL_S / 4, "it has waited for the request"
    assert runner.news is None


def test_a_word_that_comes_after_the_end_is_not_heard(runner, desk):
    told = []
    runner.told.connect(told.append)
    runner.start(desk.counter, after_ms=0)
    wait_for(lambda: told)
    count = len(told)
    runner._pass_on(told[-1])
    runner.stop()
    settle(30)
    assert len(told) == count


def test_a_province_that_dies_and_comes_back_gets_everything(runner, desk, tmp_path):
    """A program of its own at the other end, ended as by a power cut."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    with ProvinceProcess(folder) as province:
        desk.counter.line.enrol(Ticket(**province.ticket(desk.counter.desk.agency)), desk.actor)
        runner.start(desk.counter, after_ms=0)
        first = desk.counter.intake.receive(command(), desk.actor)
        runner.send_now()
        wait_for(lambda: desk.counter.line.waiting() == 0 and runner.news.end is not None)
        province.kill()
        second = desk.counter.intake.receive(command(), desk.actor)
        runner.send_now()
        wait_for(lambda: runner.news.end.trouble is not None)
        assert runner.news.end.trouble.code == "NO_CONTACT"
        assert desk.counter.line.waiting() > 0
        province.start()
        runner.send_now()
        wait_for(lambda: desk.counter.line.waiting() == 0 and desk.counter.home.figures().outbox["sending"] == 0)
        runner.stop()
        held = {each["dossier_id"] for each in province.state(desk.counter.desk.agency)["dossiers"]}
    assert {first.dossier_id, second.dossier_id} <= held
    assert desk.counter.home.figures().outbox["attention"] == 0
