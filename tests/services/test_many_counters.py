"""Several processes and several counters at one database: every code, every ordinal, every step of a lane once and without gaps."""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import timedelta

import pytest

from counter_app.domain.canonical import first_broken
from counter_app.domain.errors import DeskError, RuleBrokenError
from counter_app.domain.ids import short_device
from counter_app.domain.moments import local
from counter_app.domain.registers import DOSSIER_BOOK
from counter_app.services.desk.settings import profile_key
from counter_app.storage import open_database
from counter_app.storage.guard import FileNumberGuard
from tests.builders import DEVICE, NOW, command, fake_desk, prepare, profile
from tests.fakes import FakeClock
from tests.quick import new_database
from tests.services.verbs import ADMINISTRATOR, CLERK, HEAD, LAST_DAY, VERBS, World
from tests.storage.samples import serials_on_record

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
KEY = bytes(range(32))
OTHER = "01a205b3-d000-7d57-bbaa-667cf005f0aa"
AGENCY = "H36.50.05"


class Shared:
    """One encrypted file; each process that works on it opens it for itself."""

    def __init__(self, folder):
        self.folder = folder
        self.url = f"sqlite:///{folder / 'desk.db'}"
        prepare(new_database(self.url, KEY)).close()
        self.opened().database.close()

    def opened(self, now=NOW):
        database = open_database(self.url, KEY, backup_dir=self.folder / "backups", wait_seconds=60)
        guard = FileNumberGuard(self.folder / "guard", DEVICE, AGENCY, patience_seconds=60)
        return fake_desk(FakeClock(now), database, guard)

    def at_once(self, *works, now=NOW):
        """Run each work in a process of its own, all released together; return what each told."""
        gate_out, gate_in = os.pipe()
        children = [self._child(work, gate_out, gate_in, number, now) for number, work in enumerate(works)]
        os.close(gate_out)
        os.close(gate_in)
        told = []
        for child, path in children:
            assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0, "the child failed by itself"
            told.append(json.loads(path.read_text("utf-8")))
        return told

    def _child(self, work, gate_out, gate_in, number, now):
        path = self.folder / f"told-{number}.json"
        child = os.fork()
        if child == 0:
            try:
                os.close(gate_in)
                desk = self.opened(now)
                os.read(gate_out, 1)
                path.write_text(json.dumps(work(desk)), "utf-8")
            finally:
                os._exit(1 if sys.exc_info()[0] else 0)
        return child, path


@pytest.fixture
def shared(tmp_path):
    return Shared(tmp_path)


def receive(count):
    def work(desk):
        received = [desk.intake.receive(command(), CLERK) for _ in range(count)]
        return [(each.code, each.place.ordinal) for each in received]

    return work


def sound(desk, dossiers, year=2026):
    """Everything that belongs together is there, once."""
    with desk.database.read() as uow:
        lines = list(uow.logbooks.all_lines(DOSSIER_BOOK, year, None, None, None))
        assert [line.place.ordinal for line in lines] == list(range(1, dossiers + 1))
        assert len({line.code for line in lines}) == dossiers
        assert first_broken(uow.audit.entries(1, 10_000)) is None
        seqs = sorted(event.lane.seq for line in lines for event in uow.events.of_dossier(line.dossier_id) if event.lane)
        assert seqs == list(range(1, len(seqs) + 1)), "the lane has every number once"
        return lines


def test_processes_that_receive_at_once(shared):
    told = shared.at_once(*[receive(8)] * 4)
    codes = [code for each in told for code, _ in each]
    assert sorted(code[-4:] for code in codes) == [f"{serial:04d}" for serial in range(1, 33)], "every serial once, none burned"
    assert sorted(ordinal for each in told for _, ordinal in each) == list(range(1, 33))
    for each in told:
        assert each == sorted(each), "in each process numbers go up"
    desk = shared.opened()
    sound(desk, 32)
    desk.database.close()


def test_everything_else_may_go_on_meanwhile(shared):
    """Reprints, notes, struck lines, searches and exports beside receiving: all of it is done, nothing is lost."""
    desk = shared.opened()
    first = [desk.intake.receive(command(), CLERK) for _ in range(4)]
    desk.database.close()

    def reprint(desk):
        return [desk.slips.reprint(first[0].code, "a5", CLERK).issue for _ in range(6)]

    def note(desk):
        for number in range(6):
            desk.dossiers.add_note(first[1].dossier_id, f"Lần {number}", CLERK)
        return []

    def look(desk):
        return [desk.dossiers.search("tran", CLERK).total for _ in range(6)]

    def strike(desk):
        return [desk.logbooks.strike(first[2].place, "Nhập trùng", CLERK).names != set()]

    told = shared.at_once(receive(6), reprint, reprint, note, look, strike)
    assert sorted(told[1] + told[2]) == list(range(2, 14)), "no two reprints bear the same number"
    assert told[4] == sorted(told[4]), "what was found is found again"
    desk = shared.opened()
    lines = sound(desk, 10)
    assert [line.struck_reason for line in lines[:4]] == ["", "", "Nhập trùng", ""]
    assert len(desk.dossiers.show(first[1].code, CLERK).events) == 2 + 6
    assert desk.slips.reprint(first[0].code, "a5", CLERK).issue == 14
    desk.database.close()


def test_a_line_is_struck_once_and_a_year_closed_once(shared):
    desk = shared.opened(LAST_DAY)
    received = desk.intake.receive(command(), CLERK)
    desk.database.close()

    def once(act):
        def work(desk):
            try:
                act(desk)
            except DeskError as error:
                return error.code
            return "done"

        return work

    strike = once(lambda desk: desk.logbooks.strike(received.place, "Nhập trùng", CLERK))
    assert sorted(shared.at_once(*[strike] * 4, now=LAST_DAY)) == ["LINE_STRUCK"] * 3 + ["done"]
    close = once(lambda desk: desk.logbooks.close_year(DOSSIER_BOOK, 2026, HEAD))
    assert sorted(shared.at_once(*[close] * 4, now=LAST_DAY)) == ["BOOK_CLOSED"] * 3 + ["done"]


def test_a_book_that_is_closed_while_dossiers_come_in(shared):
    """Each dossier has its line in the closed book or is refused; a number that was taken for nothing is put on record."""
    def receive_until_closed(desk):
        codes = []
        for _ in range(10):
            with suppress(RuleBrokenError):
                codes.append(desk.intake.receive(command(), CLERK).code)
        return codes

    def close(desk):
        while not desk.logbooks.volumes(DOSSIER_BOOK, 2026):
            pass
        return [volume.lines for volume in desk.logbooks.close_year(DOSSIER_BOOK, 2026, HEAD)]

    *codes, closed = shared.at_once(receive_until_closed, receive_until_closed, close, now=LAST_DAY)
    received = {code for each in codes for code in each}
    desk = shared.opened(LAST_DAY)
    lines = sound(desk, len(received))
    assert {line.code for line in lines} == received
    assert closed == [len(received)], "no line came after the closing"
    desk.logbooks.new_volume(DOSSIER_BOOK, 2026, HEAD)
    after = desk.intake.receive(command(), CLERK)
    assert (after.place.volume, after.place.ordinal) == (2, len(received) + 1)
    with desk.database.read() as uow:
        known = serials_on_record(uow, DEVICE, LAST_DAY.date())
    assert known == set(range(1, int(after.code[-4:]) + 1)), "used or burned, but on record"
    desk.database.close()


def test_a_clerk_of_another_process_sees_a_new_catalogue_and_new_settings_soon(shared):
    one, other = shared.opened(), shared.opened()
    assert one.catalogue.get("1.004873", NOW.date()).overridden_by == ()
    other.clock.forward(days=41)
    VERBS["catalogue.override"](World(other, None, shared.folder, []), ADMINISTRATOR)
    one.clock.forward(days=41)
    assert one.catalogue.get("1.004873", one.clock.now().date()).overridden_by == ("12/QĐ-UBND",)
    other.settings.save(replace(other.settings.profile(), paper="80mm"), ADMINISTRATOR)
    assert one.settings.profile().paper == "80mm"
    for desk in (one, other):
        desk.database.close()


class TestTwoCounters:
    """Two counters of one commune with ranges of their own in one shared database (province contract, rule N1)."""

    @pytest.fixture
    def both(self, shared, tmp_path):
        database = open_database(shared.url, KEY, backup_dir=shared.folder / "backups")
        first = profile(serial_first=1, serial_last=4999)
        second = profile(device=OTHER, epoch="a" * 16, desk="3", serial_first=5000, serial_last=9999)
        with database.write() as uow:
            for each in (first, second):
                uow.settings.put(profile_key(each.device), asdict(each))
            uow.commit()
        yield [fake_desk(NOW, database, FileNumberGuard(tmp_path / f"guard-{device}", device, AGENCY), device=device)
               for device in (DEVICE, OTHER)]
        database.close()

    def test_each_numbers_from_its_own_range_into_one_book(self, both):
        received = [desk.intake.receive(command(), CLERK) for _ in range(3) for desk in both]
        assert [each.code[-4:] for each in received] == ["0001", "5000", "0002", "5001", "0003", "5002"]
        assert [each.place.ordinal for each in received] == [1, 2, 3, 4, 5, 6]
        with both[0].database.read() as uow:
            heads = [uow.events.lane_head(each.settings.profile().device, each.settings.profile().epoch)[0] for each in both]
            assert first_broken(uow.audit.entries(1, 1000)) is None
        assert heads == [6, 6], "each counter has a lane of its own"

    def test_what_one_took_in_the_other_opens_and_prints_again(self, both):
        received = both[0].intake.receive(command(), CLERK)
        assert both[1].dossiers.show(received.code, CLERK).dossier.code == received.code
        again = both[1].slips.reprint(received.code, "a5", CLERK)
        assert again.issue == 2
        assert both[0].slips.reprint(received.code, "a5", CLERK).issue == 3

    def test_neither_takes_the_range_of_the_other(self, both):
        for desk, wish in zip(both, ((1, 5000), (4999, 9999)), strict=True):
            wanted = replace(desk.settings.profile(), serial_first=wish[0], serial_last=wish[1])
            with pytest.raises(DeskError, match="SERIALS_OF_OTHER_DESK@serials"):
                desk.settings.save(wanted, ADMINISTRATOR)

    def test_provisional_codes_of_two_counters_differ_by_their_device(self, both):
        for desk in both:
            desk.settings.save(replace(desk.settings.profile(), provisional=True), ADMINISTRATOR)
        codes = [desk.intake.receive(command(), CLERK).code for desk in both]
        assert codes[0] != codes[1]
        for code, device in zip(codes, (DEVICE, OTHER), strict=True):
            assert short_device(device) in code
            assert code.startswith("TAM-")


def test_days_that_change_while_two_windows_work(shared):
    """At midnight each window goes on at its own moment; the serials begin anew and nothing comes twice."""
    eve = local(2026, 11, 20, 23, 59)
    desks = [shared.opened(eve), shared.opened(eve)]
    codes = []
    for minute in range(4):
        for number, desk in enumerate(desks):
            desk.clock.moment = eve + timedelta(minutes=minute if number else max(0, minute - 1))
            codes.append(desk.intake.receive(command(), CLERK).code)
    assert len(set(codes)) == 8
    assert {code.split("-")[1] for code in codes} == {"261120", "261121"}
    sound(desks[0], 8)
    for desk in desks:
        desk.database.close()
