"""The intake on the real encrypted database with the real guard: processes really killed at each write boundary, two windows at once."""

import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from counter_app.domain.canonical import first_broken
from counter_app.domain.dossier import FeeLine, FeeMethod
from counter_app.domain.errors import SurroundingsError
from counter_app.domain.money import FEES_BOOK
from counter_app.domain.registers import DOSSIER_BOOK
from counter_app.printing import make_form_printer
from counter_app.services.ports import ListFilter
from counter_app.storage import open_database
from counter_app.storage.guard import FileNumberGuard
from tests.builders import CLERK, DEVICE, NOW, command, fake_desk, prepare
from tests.fakes import FakeClock
from tests.quick import new_database
from tests.services.killing import STRIDE, Wrapped, WrappedGuard, killed
from tests.storage.samples import serials_on_record

KEY = bytes(range(32))
CASH = FeeLine("", "Lệ phí", 15000, FeeMethod.CASH, receipt_number="0000412")
TOLD = command(fees=(CASH,), print=True)


class Place:
    """A folder with an encrypted database and a guard."""

    def __init__(self, folder):
        self.folder = folder
        self.url = f"sqlite:///{folder / 'desk.db'}"
        prepare(new_database(self.url, KEY)).close()
        self.desk().database.close()

    def desk(self, bomb=None):
        database = open_database(self.url, KEY, backup_dir=self.folder / "backups")
        guard = FileNumberGuard(self.folder / "guard", DEVICE, "H36.50.05")
        if bomb:
            database, guard = Wrapped(database, bomb), WrappedGuard(guard, bomb)
        return fake_desk(FakeClock(NOW), database, guard)


@pytest.fixture
def place(tmp_path):
    return Place(tmp_path)


def receive_and_die_at(place, step):
    """Receive a dossier in a child, and return True when it was killed before the end."""
    return killed(place.desk, lambda desk: desk.intake.receive(TOLD, CLERK), step)


def whole(desk):
    """Everything that belongs together is there together; return the codes of all dossiers."""
    rows = desk.dossiers.list(ListFilter.ALL, CLERK).rows
    with desk.database.read() as uow:
        for row in rows:
            kept = uow.dossiers.get(row.dossier_id)
            events = uow.events.of_dossier(row.dossier_id)
            assert [event.type for event in events] == ["dossier.received", "fee.collected", "slip.printed"]
            assert set(uow.events.states([event.op_id for event in events]).values()) == {"saved"}
            assert uow.prints.first(row.dossier_id, "01").pdf
            assert kept.place.ordinal
            (paid,) = uow.payments.of_dossier(row.dossier_id)
            assert (paid.amount_vnd, paid.op_id) == (15000, events[1].op_id)
        lines = list(uow.logbooks.all_lines(DOSSIER_BOOK, 2026, None, None, None))
        assert [line.place.ordinal for line in lines] == list(range(1, len(rows) + 1)), "the book has no gap"
        assert {line.code for line in lines} == {row.code for row in rows}
        assert [volume.lines for volume in uow.logbooks.volumes(FEES_BOOK, 2026)] == ([len(rows)] if rows else [])
        assert len(uow.prints.open_jobs()) == len(rows)
        assert sum(uow.outbox.counts().values()) == 3 * len(rows)
        assert first_broken(uow.audit.entries(1, 10_000)) is None
    return [row.code for row in rows]


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_a_killed_process_leaves_a_whole_dossier_or_none(place):
    """One kill at each step of an intake, all on one database: what one leaves, the next intake meets and puts right."""
    kills, seen = 0, set()
    while receive_and_die_at(place, 1 + kills * STRIDE):
        kills += 1
        desk = place.desk()
        left = set(whole(desk))
        assert seen <= left, "what was there stays there"
        assert len(left - seen) <= 1
        done = desk.intake.receive(TOLD, CLERK)
        assert done.code not in left
        seen = left | {done.code}
        with desk.database.read() as uow:
            known = serials_on_record(uow, DEVICE, NOW.date())
            burned = uow.numbers.burned(NOW.date(), NOW.date())
        assert known == set(range(1, int(done.code[-4:]) + 1)), "every serial is used or put on record as burned"
        assert len(burned) == len(known) - len(seen)
        desk.database.close()
    assert kills > 25 // STRIDE, "the steps were really met"
    assert burned, "some kill struck between the guard and the commit"


def test_two_windows_at_once(place):
    desks = [place.desk(), place.desk()]

    def work(desk):
        return [desk.intake.receive(TOLD, CLERK).code for _ in range(12)]

    with ThreadPoolExecutor(2) as pool:
        codes = [code for part in pool.map(work, desks) for code in part]
    assert sorted(code[-4:] for code in codes) == [f"{number:04d}" for number in range(1, 25)]
    assert len(whole(desks[0])) == 24
    for desk in desks:
        desk.database.close()


def test_the_main_path_with_the_real_slip(place):
    desk = place.desk()
    desk = fake_desk(desk.clock, desk.database, desk.guard, forms=make_form_printer())
    done = desk.intake.receive(replace(TOLD, paper="a4"), CLERK)
    view = desk.dossiers.show(done.code, CLERK)
    assert desk.slips.document(done.print_id).startswith(b"%PDF-")
    assert view.dossier.fees[0].receipt_number == "0000412"
    assert view.dossier.options["cutoff"] == "15:00"
    again = desk.slips.reprint(done.code, "80mm", CLERK)
    assert (again.issue, again.pdf[:5]) == (2, b"%PDF-")
    assert desk.slips.first(done.dossier_id).pdf == desk.slips.document(done.print_id)
    assert desk.slips.document(again.print_id) == again.pdf
    desk.database.close()


def test_a_locked_database_is_a_sentence_and_burns_one_number(place):
    desk, other = place.desk(), open_database(place.url, KEY, backup_dir=place.folder / "backups", wait_seconds=0.05)
    blocked = fake_desk(FakeClock(NOW), other, desk.guard)
    with desk.database.write() as holding:
        holding.settings.put("x", 1)
        with pytest.raises(SurroundingsError, match="DATABASE_LOCKED"):
            blocked.intake.receive(TOLD, CLERK)
    assert desk.intake.receive(TOLD, CLERK).code.endswith("0002")
    whole(desk)
    for database in (other, desk.database):
        database.close()
