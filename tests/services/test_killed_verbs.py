"""Killed anywhere in a verb: what was done is there whole, or nothing of it is (a real process, a real encrypted file, no farewell)."""

from __future__ import annotations

import json
import shutil
import sys
from copy import copy
from dataclasses import replace
from datetime import date

import pytest

from counter_app.domain.canonical import first_broken
from counter_app.domain.registers import DOSSIER_BOOK
from counter_app.services.exchange.importing import BATCH
from counter_app.storage import open_database
from counter_app.storage.guard import FileNumberGuard
from tests.builders import DEVICE, fake_desk, prepare
from tests.fakes import FakeClock
from tests.quick import new_database
from tests.services.killing import Wrapped, WrappedGuard, killed
from tests.services.verbs import ADMINISTRATOR, CLERK, LAST_DAY, VERBS, World, calendar_document, catalogue_document, world

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
KEY = bytes(range(32))
REST = 20
"""Lines of a file after a whole batch."""


class Place:
    """A desk on the last day of the year with eight dossiers in its book; every verb is killed at every step of it."""

    def __init__(self, folder):
        self.folder = folder
        database = prepare(new_database(self.url, KEY))
        self.received = world(folder, database, self.guard()).received
        database.close()

    @property
    def url(self):
        return f"sqlite:///{self.folder / 'desk.db'}"

    def twin(self, name):
        """Return the same desk once more, in a folder beside it."""
        made = copy(self)
        made.folder = shutil.copytree(self.folder, self.folder.parent / name)
        return made

    def guard(self):
        return FileNumberGuard(self.folder / "guard", DEVICE, "H36.50.05")

    def opened(self, bomb=None):
        """Open the desk as a program start does."""
        database, guard = open_database(self.url, KEY, backup_dir=self.folder / "backups"), self.guard()
        if bomb:
            database, guard = Wrapped(database, bomb), WrappedGuard(guard, bomb)
        return World(fake_desk(FakeClock(LAST_DAY), database, guard), None, self.folder, self.received)

    def killed(self, act, step):
        """Act in a child, and tell whether it was killed at the step before the end."""
        return killed(self.opened, act, step)


@pytest.fixture
def place(tmp_path):
    folder = tmp_path / "first"
    folder.mkdir()
    return Place(folder)


def stands(made, look):
    """Return what a look says about the desk, once all that must always hold was seen to hold."""
    with made.desk.database.read() as uow:
        assert first_broken(uow.audit.entries(1, 10_000)) is None, "the audit chain is whole"
        lines = list(uow.logbooks.all_lines(DOSSIER_BOOK, 2026, None, None, None))
        assert [line.place.ordinal for line in lines] == list(range(1, len(lines) + 1)), "the book has no gap"
        head = uow.audit.head()[0]
        return look(uow), head


def kill_everywhere(place, act, look, least):
    """Kill ``act`` at each of its steps, until it gets through.

    Before and after every kill the desk is opened anew: ``look`` must say what it said before the act, or, once and for good, what it
    says after it; the audit trail grows with the act and not without it.
    """
    def now():
        made = place.opened()
        found = stands(made, look)
        made.desk.database.close()
        return found

    before, states, kills = now(), [], 0
    while place.killed(act, kills + 1):
        kills += 1
        states.append(now())
        if states[-1] != before:
            break
    after = now()
    assert after != before, "in the end it was done"
    assert set(map(repr, states)) <= {repr(before), repr(after)}, "nothing in between was ever to be seen"
    assert after[1] > before[1], "with its entry on the audit trail"
    assert kills >= least, "the steps were really met"
    return kills


def prints_of(made):
    def look(uow):
        events = uow.events.of_dossier(made.dossier_id)
        return uow.prints.issues(made.dossier_id, "01"), [event.type for event in events], sum(uow.outbox.counts().values())

    return look


def test_a_reprint(place):
    """Print, event and outbox entry together; the number of the reprint is not used up by one that never came out."""
    made = place.opened()
    first = made.desk.slips.first(made.dossier_id)
    kill_everywhere(place, lambda made: VERBS["slips.reprint"](made, CLERK), prints_of(place_world(place)), least=8)
    assert made.desk.slips.first(made.dossier_id) == first, "the first print is what it was"
    assert made.desk.slips.reprint(made.code, "a5", CLERK).issue == 3
    made.desk.database.close()


def place_world(place):
    return World(None, None, place.folder, place.received)


def test_a_note(place):
    kill_everywhere(place, lambda made: VERBS["dossiers.add_note"](made, CLERK), prints_of(place_world(place)), least=6)


def test_a_struck_line(place):
    def look(uow):
        return [(line.place.ordinal, line.struck_reason) for line in uow.logbooks.lines(DOSSIER_BOOK, 2026, 1, first=1, count=99)]

    kill_everywhere(place, lambda made: VERBS["logbooks.strike"](made, CLERK), look, least=4)


def volumes(uow):
    return [(each.volume, each.lines, each.closed_on, each.last_ordinal) for each in uow.logbooks.volumes(DOSSIER_BOOK, 2026)]


def test_the_closing_of_a_year(place):
    kill_everywhere(place, lambda made: VERBS["logbooks.close_year"](made, ADMINISTRATOR), volumes, least=4)
    made = place.opened()
    assert volumes_of(made) == [(1, 8, date(2026, 12, 31), 8)]
    made.desk.database.close()


def volumes_of(made):
    with made.desk.database.read() as uow:
        return volumes(uow)


def test_a_new_volume(place):
    """The old one is closed and the new one open, or the old one is open: never none, never two."""
    kill_everywhere(place, lambda made: VERBS["logbooks.new_volume"](made, ADMINISTRATOR), volumes, least=5)
    made = place.opened()
    assert volumes_of(made) == [(1, 8, date(2026, 12, 31), 8), (2, 0, None, None)]
    made.desk.database.close()


def imported(place):
    """Return how many lines were kept by each entry of the trail that tells of an import; they are what is there, line by line."""
    made = place.opened()
    with made.desk.database.read() as uow:
        trail = uow.audit.entries(1, 10_000)
        there = uow.dossiers.search(("251102",), "251102", limit=1).total
    made.desk.database.close()
    assert first_broken(trail) is None, "the audit chain is whole"
    kept = [entry.details["kept"] for entry in trail if entry.action == "dossiers.imported"]
    assert there == sum(kept)
    return kept


def test_an_import_of_dossiers(place):
    """Lines are kept by whole batches, each with its entry; the same file again brings what is missing, and nothing twice."""
    lines = [{"code": f"H36.50.05-251102-{n:04d}", "received_at": "2025-11-02T08:00:00"} for n in range(1, BATCH + REST + 1)]
    (place.folder / "older.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    seen, killed = [], True
    while killed:
        twin = place.twin(f"killed-{len(seen)}")
        killed = twin.killed(lambda made: made.desk.importing.run(made.file("older.jsonl"), ADMINISTRATOR), len(seen) + 1)
        seen.append(imported(twin))
        made = twin.opened()
        again = made.desk.importing.run(made.file("older.jsonl"), ADMINISTRATOR)
        made.desk.database.close()
        assert (again.kept, len(again.bad)) == (BATCH + REST - sum(seen[-1]), sum(seen[-1])), "it brings the rest"
        assert sum(imported(twin)) == BATCH + REST, "and each line is there once"
    assert seen == sorted(seen), "the later the kill, the more was kept"
    assert {tuple(kept) for kept in seen} == {(), (BATCH,), (BATCH, REST)}, "by whole batches"
    assert seen[-1] == [BATCH, REST], "in the end it was done"
    assert len(seen) > 10, "the steps were really met"


def test_a_catalogue(place):
    path = place.folder / "catalogue.json"
    path.write_text(json.dumps(catalogue_document()), "utf-8")

    def look(uow):
        return [(info.version, len(uow.catalogue.procedures(info.version)), info.count) for info in uow.catalogue.infos()]

    kill_everywhere(place, lambda made: made.desk.catalogue.import_file(path, ADMINISTRATOR), look, least=4)
    made = place.opened()
    assert [info.count for info in made.desk.catalogue.versions()] == [5, 1]
    made.desk.database.close()


@pytest.mark.parametrize("verb", ["catalogue.activate", "catalogue.override"])
def test_what_changes_a_catalogue(place, verb):
    def look(uow):
        return [(info.version, info.active_from) for info in uow.catalogue.infos()], uow.catalogue.overrides()

    kill_everywhere(place, lambda made: VERBS[verb](made, ADMINISTRATOR), look, least=4)


def test_a_calendar(place):
    path = place.folder / "calendar.json"
    path.write_text(json.dumps(calendar_document()), "utf-8")

    def look(uow):
        return (uow.calendar.newest() or {"meta": {"version": ""}})["meta"]["version"]

    kill_everywhere(place, lambda made: made.desk.calendar.import_file(path, ADMINISTRATOR), look, least=4)
    made = place.opened()
    assert made.desk.calendar.calendar().version == "2027.1-test"
    made.desk.database.close()


def test_the_settings(place):
    def look(uow):
        return uow.settings.all()

    def act(made):
        made.desk.settings.save(replace(made.desk.settings.profile(), phone="0261 000 0009"), ADMINISTRATOR)

    kill_everywhere(place, act, look, least=4)


def look_at_pages(uow):
    return [each.printed_through for each in uow.logbooks.volumes(DOSSIER_BOOK, 2026)]


def test_pages_of_the_book_are_printed_once_more_rather_than_never(place):
    """Two transactions, the file between them: a kill leaves the pages unprinted, and whatever has a name is complete."""
    out, kills = place.folder / "pages.pdf", 0
    while place.killed(lambda made: made.desk.logbooks.print_next(DOSSIER_BOOK, 2026, out, actor=CLERK), kills + 1):
        kills += 1
        made = place.opened()
        with made.desk.database.read() as uow:
            (printed,) = look_at_pages(uow)
            noted = [entry.action for entry in uow.audit.entries(1, 10_000)].count("book.printed")
        assert printed in (0, 1)
        assert out.exists() or not printed, "pages that count as printed are on the disk"
        assert noted or not out.exists(), "a file that has its name is on the audit trail"
        assert not out.exists() or out.read_bytes() == b"%PDF-fake book", "a file that has its name is complete"
        made.desk.database.close()
        if printed:
            break
    assert kills >= 8


def test_an_export_of_dossiers(place):
    out, kills = place.folder / "out.jsonl", 0
    while place.killed(lambda made: VERBS["exporting.run"](made, CLERK), kills + 1):
        kills += 1
        if out.exists():
            assert len(out.read_text("utf-8").splitlines()) == 8
            made = place.opened()
            with made.desk.database.read() as uow:
                assert uow.audit.entries(1, 10_000)[-1].action == "dossiers.exported"
            made.desk.database.close()
    assert kills >= 5
    assert len(out.read_text("utf-8").splitlines()) == 8


def test_a_print_job_that_was_being_printed_waits_again(place):
    """A kill while the printer works loses no slip: it waits again at the next start, however often that happens."""
    made = place.opened()
    made.desk.print_queue.add(made.received[0].print_id, "")
    made.desk.database.close()
    for step in range(1, 12):
        place.killed(lambda made: made.desk.print_queue.next(), step)
        made = place.opened()
        made.desk.print_queue.begin()
        assert [job.state for job in made.desk.print_queue.open()] == ["waiting"]
        made.desk.database.close()


def test_a_draft_is_the_old_one_or_the_new_one(place):
    made = place.opened()
    made.desk.drafts.save("u-0001", "intake", {"name": "A"}, "A")
    made.desk.database.close()
    kills, seen = 0, set()
    while place.killed(lambda made: made.desk.drafts.save("u-0001", "intake", {"name": "B"}, "B"), kills + 1):
        kills += 1
        made = place.opened()
        seen.add(made.desk.drafts.current("u-0001", "intake").content["name"])
        made.desk.database.close()
    assert seen <= {"A", "B"}
    assert "A" in seen
    assert kills >= 4
