"""The background: passes when they are due, whoever wrote, whatever fails; and an end at once."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from counter_app.domain.errors import Problem, failed
from counter_app.services.line import keeper as keeping
from counter_app.services.line.comparing import ComparingService
from counter_app.services.line.desk import LineService
from counter_app.services.line.keeper import LOOK_S, Doing, LineKeeper
from counter_app.services.line.province import PassEnd
from counter_app.services.line.rhythm import GATHER_S, LASTING_S, QUIET_S, Why
from tests.builders import CLERK, DEVICE, command, fake_desk
from tests.services.line.lines import FakeProvince, enrolled

SILENT = PassEnd(trouble=Problem("NO_CONTACT"))


class Kept:
    """A keeper whose time passes only when a test says so: ``pass_time`` runs it until it would sleep longer than that."""

    def __init__(self, *ends, enrol=True):
        self.desk, self.province, self.news, self.at = fake_desk(), FakeProvince(*ends), [], 1000.0
        if enrol:
            enrolled(self.desk.database)
        self.line = LineService(self.desk.database, self.desk.clock, self.province, DEVICE)
        self.comparing = ComparingService(self.desk.database, self.desk.clock, self.province, DEVICE)
        self.keeper = LineKeeper(self.line, self.comparing, self.news.append, now=lambda: self.at, share=lambda: 1.0)

    def pass_time(self, seconds):
        """Let the keeper live for some seconds; return how often it looked."""
        end, looks = self.at + seconds, 0
        while self.at <= end:
            wait = self.keeper._step()
            assert wait >= 0
            if self.keeper._dirty:
                self.keeper._dirty, wait = False, 0
            looks += 1
            self.at += wait or 0.001
        self.at = end
        return looks

    def doings(self):
        return [each.doing for each in self.news]


def test_a_quiet_hour_is_a_pass_now_and_then():
    kept = Kept()
    looks = kept.pass_time(3600)
    assert len(kept.province.terms) == pytest.approx(3600 / (1.2 * QUIET_S), abs=1)
    assert looks <= 3600 / LOOK_S + 2 * len(kept.province.terms) + 1
    assert set(kept.doings()) == {Doing.WORKING, Doing.WAITING}


def test_what_is_written_goes_some_seconds_later_whether_anybody_tells_or_not():
    kept = Kept()
    kept.pass_time(1)
    kept.desk.intake.receive(command(), CLERK)
    kept.pass_time(GATHER_S + 1)
    assert len(kept.province.terms) == 2
    kept.pass_time(100)
    assert len(kept.province.terms) == 2, "what the province did not take yet is not sent over and over"
    kept.desk.intake.receive(command(), CLERK)
    kept.pass_time(LOOK_S + GATHER_S + 1)
    assert len(kept.province.terms) == 3


def test_what_is_written_while_a_pass_ends_goes_some_seconds_later_too():
    """A pass is at its catalogue, or reads the feed for the second time: its ops are gone, and one more is written."""
    kept = Kept()
    kept.pass_time(1)
    kept.desk.intake.receive(command(), CLERK)
    once = kept.province.once

    def late(terms):
        kept.province.once = once
        with kept.desk.database.write() as uow:
            kept.sent = [each.op_id for epoch in uow.events.lanes(DEVICE) for each in uow.outbox.due(DEVICE, epoch, 100)]
            for op_id in kept.sent:
                uow.outbox.settle(op_id, "province_has", 1, {})
            uow.commit()
        kept.desk.intake.receive(command(), CLERK)
        return replace(once(terms), sent=len(kept.sent))

    kept.province.once = late
    kept.pass_time(LOOK_S + GATHER_S + 1)
    assert (len(kept.province.terms), kept.line.waiting()) == (2, len(kept.sent))
    kept.pass_time(LOOK_S + GATHER_S + 1)
    assert len(kept.province.terms) == 3
    kept.pass_time(100)
    assert len(kept.province.terms) == 3, "once"


def test_without_a_relation_nothing_is_said_and_the_enrolment_is_noticed():
    kept = Kept(enrol=False)
    kept.pass_time(3600)
    assert (kept.province.terms, kept.doings()) == ([], [Doing.NOT_ENROLLED])
    enrolled(kept.desk.database)
    kept.pass_time(LOOK_S)
    assert len(kept.province.terms) == 1


def test_a_pause_holds_until_it_ends_wherever_it_was_set():
    kept = Kept()
    kept.line.pause(CLERK, paused=True)
    kept.pass_time(3600)
    assert (kept.province.terms, kept.doings()) == ([], [Doing.PAUSED])
    kept.line.pause(CLERK, paused=False)
    kept.pass_time(LOOK_S)
    assert len(kept.province.terms) == 1


def test_a_pause_during_a_pass_breaks_it_off_and_is_no_trouble():
    kept = Kept(SILENT)

    def pause():
        assert kept.province.terms[-1].stopping() is False
        kept.line.pause(CLERK, paused=True)
        assert kept.province.terms[-1].stopping() is True

    kept.province.during = pause
    kept.pass_time(1)
    assert [each.trouble for each in kept.line.history(9)] == [""]


def test_silence_costs_ever_fewer_tries():
    kept = Kept(*[SILENT] * 99)
    kept.pass_time(3600)
    assert len(kept.province.terms) <= 13
    assert kept.news[-1].why is Why.FAILED


def test_a_person_s_wish_is_a_try_at_once():
    kept = Kept(*[SILENT] * 99)
    kept.pass_time(1000)
    tries = len(kept.province.terms)
    kept.keeper.send_now()
    kept.pass_time(0)
    assert len(kept.province.terms) == tries + 1


@pytest.mark.parametrize("fault", [failed("DISK_FULL"), failed("DATABASE_LOCKED"), failed("KEY_MISSING")])
def test_a_fault_of_the_surroundings_is_told_and_tried_again(fault):
    kept = Kept(fault)
    kept.pass_time(10)
    assert {each.end.trouble.code for each in kept.news if each.end and each.end.trouble} == {fault.code}
    assert kept.news[-1].end.trouble is None
    assert len(kept.province.terms) == 2


def test_a_bug_does_not_end_the_line_for_the_day(caplog):
    kept = Kept(ValueError("Trần Văn Ví Dụ"))
    kept.pass_time(LASTING_S / 2)
    assert kept.news[-1].end.trouble.code == "PASS_BROKEN"
    assert "Trần" not in caplog.text
    assert "ValueError" in caplog.text
    caplog.clear()
    kept.pass_time(LASTING_S)
    assert kept.news[-1].end.trouble is None


def test_another_window_s_pass_is_waited_for_without_an_entry():
    kept = Kept(failed("SYNC_RUNNING"))
    kept.pass_time(5)
    assert (kept.news[-1].why, kept.line.history(9)) == (Why.ELSEWHERE, [])
    kept.pass_time(10)
    assert len(kept.line.history(9)) == 1


def test_the_rate_is_that_of_the_last_pass_with_something_to_send():
    kept = Kept(PassEnd(sent=9, contact=True, bytes_up=50_000), PassEnd(contact=True, bytes_up=300))

    def five_seconds():
        kept.at += 5

    kept.province.during = five_seconds
    kept.pass_time(2 * QUIET_S)
    assert kept.news[-1].rate == pytest.approx(10_000)


def test_a_wish_during_a_pass_is_another_pass_after_it():
    kept = Kept()

    def wish():
        kept.province.during = None
        kept.keeper.send_now()

    kept.province.during = wish
    kept.pass_time(1)
    assert len(kept.province.terms) == 2


def test_the_day_s_comparison_follows_a_quiet_pass_and_what_hinders_it_is_no_trouble():
    kept = Kept(SILENT, PassEnd(sent=1, contact=True))
    kept.province.reconciliations = [failed("NO_CONTACT")]
    kept.pass_time(0)
    assert kept.province.compared == 0, "not after a pass that failed"
    kept.pass_time(QUIET_S / 2)
    assert (kept.province.compared, kept.comparing.last()) == (1, None)
    kept.pass_time(3 * QUIET_S)
    assert (kept.province.compared, kept.comparing.last().match) == (2, True), "made good, and once a day"


def test_nothing_is_told_twice():
    kept = Kept()
    kept.pass_time(QUIET_S)
    assert kept.doings() == [Doing.WORKING, Doing.WAITING]


class Real:
    """A keeper on its own thread and the real clock."""

    def __init__(self, province):
        desk = fake_desk()
        enrolled(desk.database)
        self.news, self.desk = [], desk
        services = [kind(desk.database, desk.clock, province, DEVICE) for kind in (LineService, ComparingService)]
        self.keeper = LineKeeper(*services, self.news.append)
        self.thread = threading.Thread(target=self.keeper.run, daemon=True)
        self.thread.start()

    def end(self):
        self.keeper.stop()
        self.thread.join(30)
        return not self.thread.is_alive()


def test_a_waiting_keeper_stops_at_once():
    passed = threading.Event()
    province = FakeProvince()
    province.during = passed.set
    real = Real(province)
    assert passed.wait(30)
    assert real.end()
    assert len(province.terms) == 1


def test_a_working_keeper_stops_with_the_next_request():
    province, passed = FakeProvince(), threading.Event()

    def work():
        passed.set()
        while not province.terms[-1].stopping():
            pass

    province.during = work
    real = Real(province)
    assert passed.wait(30)
    assert real.end()


def test_a_sleeping_keeper_wakes_when_it_is_told():
    passes = threading.Semaphore(0)
    province = FakeProvince()
    province.during = passes.release
    real = Real(province)
    assert passes.acquire(timeout=30)
    real.keeper.send_now()
    assert passes.acquire(timeout=30)
    assert real.end()


def test_an_idle_keeper_sleeps_between_its_looks(monkeypatch):
    """No turning in circles: what it does in a second while nothing happens is one look at most."""
    looks = []
    real_step = keeping.LineKeeper._step
    monkeypatch.setattr(keeping.LineKeeper, "_step", lambda self: looks.append(1) or real_step(self))
    real = Real(FakeProvince())
    threading.Event().wait(0.3)
    assert real.end()
    assert len(looks) <= 2
