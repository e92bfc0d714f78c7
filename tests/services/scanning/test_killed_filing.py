"""Killed anywhere while pages come and while they are filed: nothing is lost, nothing is filed twice (real processes, a real encrypted file)."""

from __future__ import annotations

import shutil
import sys
from hashlib import sha256

import pytest

from counter_app.domain.codes import slip_qr
from counter_app.domain.scan_batch import waiting
from counter_app.domain.scan_batch_acts import Turn
from counter_app.domain.scan_split import SplitRule
from counter_app.services.scanning.batches import BatchService
from counter_app.services.scanning.filing import FileBatch, FilingService
from counter_app.services.verifying.service import VerifyService
from counter_app.storage import open_database
from counter_app.storage.guard import FileNumberGuard
from tests.builders import CLERK, DEVICE, NOW, command, fake_desk, prepare
from tests.fakes import FakeClock
from tests.fakes_scanning import FakeRoom, pages_in, scans
from tests.quick import new_database
from tests.services.agreement import all_agrees
from tests.services.killing import STRIDE, Wrapped, killed

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
KEY = bytes(range(32))


class Place:
    """A desk with a dossier whose slip heads the page ``one``."""

    def __init__(self, folder):
        self.folder = folder
        database = prepare(new_database(self.url, KEY))
        desk = fake_desk(FakeClock(NOW), database, self.guard())
        self.code = desk.intake.receive(command(), CLERK).code
        database.close()

    @property
    def url(self):
        return f"sqlite:///{self.folder / 'desk.db'}"

    def guard(self):
        return FileNumberGuard(self.folder / "guard", DEVICE, "H36.50.05")

    def opened(self, bomb=None):
        database = open_database(self.url, KEY, backup_dir=None)
        made = scans(fake_desk(FakeClock(NOW), Wrapped(database, bomb) if bomb else database, self.guard()), self.folder, self.room())
        if bomb:
            keeper, store = Wrapped(made.keeper, bomb), Wrapped(made.store, bomb)
            made.batches = BatchService(made.desk.database, made.desk.clock, keeper, made.room, DEVICE)
            made.filing = FilingService(made.desk.life.acting, made.desk.database, made.batches, made.room, store)
        return made

    def room(self):
        room = FakeRoom()
        room.codes = {"one": slip_qr(self.code)}
        return room

    def killed(self, act, step):
        """Act in a child, and tell whether it was killed at the step before the end."""
        return killed(self.opened, act, step)


@pytest.fixture
def place(tmp_path):
    folder = tmp_path / "first"
    folder.mkdir()
    return Place(folder)


def twin(place, number):
    made = object.__new__(Place)
    made.__dict__ = {**place.__dict__, "folder": shutil.copytree(place.folder, place.folder.parent / f"killed-{number}")}
    return made


def look(made):
    """Return the papers on record, once everything about them was seen to agree and every file to open with its key."""
    with made.desk.database.read() as uow:
        dossiers = all_agrees(uow)
        papers = list(uow.papers.everything())
        linked = [event.facts["sha256"] for event in uow.events.everything() if event.type == "attachment.linked"]
        volumes = uow.logbooks.volumes("digitised", 2026)
        keys = {stored.stored_id: stored for stored in uow.files.everything()}
    assert sorted(paper.sha256 for paper in papers) == sorted(linked) == sorted(file.sha256 for each in dossiers for file in each.files)
    assert sum(volume.lines for volume in volumes) == len(papers)
    for paper in papers:
        assert made.store.digest(paper.stored_id, bytes.fromhex(keys[paper.stored_id].key)) == paper.sha256
    assert VerifyService(made.desk.database, made.store).run().verified, "what was broken off is no disagreement"
    return papers


def test_a_kill_while_filing_loses_nothing_and_files_nothing_twice(place):
    made = place.opened()
    batch_id = made.begin("one", "a")
    made.batches.divide(batch_id, SplitRule())
    made.desk.database.close()
    seen, step, killed = set(), 0, True
    while killed:
        step += min(STRIDE, 3)  # what is recorded is noted in the journal soon after
        there = twin(place, step)
        killed = there.killed(lambda made: made.filing.file(FileBatch(batch_id), CLERK), step)
        made = there.opened()
        made.batches.tidy()
        filed = len(look(made))
        left = len(waiting(made.batches.view(batch_id).batch))
        assert filed + left >= 1, "what is not filed waits"
        seen.add((filed, left))
        assert [path for path in there.folder.rglob("*") if path.suffix in {".pdf", ".png"}] == [], "nothing lies in the clear"
        again = made.filing.file(FileBatch(batch_id), CLERK)
        assert again.complete
        assert len(look(made)) == 1, "it is filed once"
        made.filing.confirm(batch_id, CLERK)
        made.desk.database.close()
        shutil.rmtree(there.folder)
    assert step > 30, "the steps were really met"
    assert seen == {(0, 1), (1, 1), (1, 0)}, "among them: recorded, and not yet noted in the journal"


def test_a_kill_while_pages_come_keeps_each_page_once(place):
    """A page that was not noted is still in the feed's folder; one that was noted opens."""
    made = place.opened()
    batch_id = made.batches.begin(CLERK).batch_id
    feed = pages_in(place.folder / "feed", "one", "a")
    made.desk.database.close()

    def act(made):
        for page in feed:
            made.batches.add_page(batch_id, page)
        first = made.batches.view(batch_id).batch.pages[0].page_id
        made.batches.act(batch_id, Turn((first,), 1))
        made.batches.undo(batch_id)

    step, counts, killed = 0, [], True
    kept = {page.path.name: page.path.read_bytes() for page in feed}
    while killed:
        step += 1
        there = twin(place, step)
        for page in feed:  # the child reads the feed at its first place
            page.path.write_bytes(kept[page.path.name])
        killed = there.killed(act, step)
        made = there.opened()
        pages = made.batches.view(batch_id).batch.pages
        texts = [made.batches.original(batch_id, page.page_id).path.read_text("utf-8") for page in pages]
        assert texts == ["one", "a"][:len(texts)]
        for name, data in kept.items():
            path = place.folder / "feed" / name
            assert path.exists() or data.decode() in texts, "a page is in the feed or in the batch"
            assert not path.exists() or sha256(path.read_bytes()).digest() == sha256(data).digest()
        counts.append(len(pages))
        made.desk.database.close()
        shutil.rmtree(there.folder)
    assert counts == sorted(counts)
    assert set(counts) == {0, 1, 2}
    assert step > 8
