"""The in-memory doubles of what scanning needs: its repositories, the folder of encrypted files, the room where pages are worked on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256

from counter_app.domain.errors import broken, failed
from counter_app.domain.people import Actor, Role
from counter_app.domain.scan_codes import CodeKind, CodeRead
from counter_app.domain.scan_words import FileReading, SeenInScan
from counter_app.domain.text import matches
from counter_app.security.batch_folders import BatchFolders
from counter_app.security.sealed_files import SealedFolder
from counter_app.services.scanning.batches import BatchService
from counter_app.services.scanning.devices import ScannedPage
from counter_app.services.scanning.filing import FilingService
from counter_app.services.scanning.library import PaperLibrary
from counter_app.services.scanning.paper import PageLook, WrittenFile
from counter_app.services.scanning.paper_lists import PaperLists
from counter_app.services.scanning.reading import ReadingService, ReadPage
from tests.fakes_people import _Values

CLERK = Actor("u-0001", Role.CLERK)
DEVICE = "01a205b3-d000-7d57-bbaa-667cf005fbcc"


class FakeStoredFiles(_Values):
    key = "stored_id"

    def with_content(self, sha256):
        return next((each for each in self.stored.values() if each.sha256 == sha256 and each.destroyed_at is None), None)

    def everything(self):
        yield from self.found(lambda each: True, lambda each: "")


class FakeDigitalPapers(_Values):
    key = "op_id"

    def of_dossier(self, dossier_id):
        return self.found(lambda each: each.dossier_id == dossier_id, lambda each: each.filed_at)

    def of_file(self, stored_id):
        return self.found(lambda each: each.stored_id == stored_id, lambda each: each.filed_at)

    def due(self, on, *, limit):
        late = self.found(
            lambda each: each.kept_until and each.kept_until < on and not each.archived_on and not each.unlinked_at,
            lambda each: each.kept_until)
        return late[:limit]

    def unsigned(self, *, limit):
        return self.found(lambda each: each.waits_for_signature, lambda each: each.filed_at)[:limit]

    def filed(self, start, end):
        return self.found(lambda each: start <= each.filed_at.date() <= end and not each.unlinked_at, lambda each: each.filed_at)

    def archived(self, start, end):
        return self.found(lambda each: each.archived_on and start <= each.archived_on <= end, lambda each: each.filed_at)

    def everything(self):
        yield from self.found(lambda each: True, lambda each: each.filed_at)


class FakeBatches(_Values):
    key = "batch_id"

    def of_device(self, device):
        return self.found(lambda each: each.device == device, lambda each: each.opened_at)

    def remove(self, batch_id):
        self.stored.pop(batch_id, None)


class FakePageWords:
    """The words of pages by file and page, and how far files were read; looks into the other stores as the database does."""

    def __init__(self, state):
        self.state = state

    def waiting(self):
        used = {paper.stored_id for paper in self.state.papers.values() if paper.unlinked_at is None}
        for file in sorted(self.state.stored_files.values(), key=lambda each: (each.stored_at, each.stored_id)):
            reading = self.reading(file.stored_id)
            if file.destroyed_at is None and file.stored_id in used and not reading.finished and not reading.given_up:
                yield file

    def given_up(self):
        return sorted((each for each in self.state.readings.values() if each.given_up), key=lambda each: each.stored_id)

    def reading(self, stored_id):
        return self.state.readings.get(stored_id, FileReading(stored_id))

    def note(self, reading):
        self.state.readings[reading.stored_id] = reading

    def add_page(self, stored_id, page, words):
        assert (stored_id, page) not in self.state.page_words
        self.state.page_words[stored_id, page] = tuple(words)

    def take_over(self, stored_id):
        papers = self.state.papers.values()
        content = {paper.content_sha256 for paper in papers if paper.stored_id == stored_id and paper.content_sha256}
        others = sorted({paper.stored_id for paper in papers if paper.content_sha256 in content and paper.stored_id != stored_id})
        read = next((each for each in others if self.reading(each).finished), None)
        if read is None:
            return None
        for (other, page), held in list(self.state.page_words.items()):
            if other == read:
                self.add_page(stored_id, page, held)
        self.note(replace(self.reading(read), stored_id=stored_id))
        return self.reading(stored_id)

    def forget(self, stored_id):
        for key in [key for key in self.state.page_words if key[0] == stored_id]:
            del self.state.page_words[key]
        self.state.readings.pop(stored_id, None)

    def seen(self, words):
        """Return where dossiers are found in scans, the newest first."""
        found = {}
        for paper in sorted(self.state.papers.values(), key=lambda each: each.filed_at):
            for (stored_id, page), held in sorted(self.state.page_words.items()):
                if stored_id == paper.stored_id and paper.unlinked_at is None and matches(tuple(words), " ".join(held)):
                    found.setdefault(paper.dossier_id, SeenInScan(paper.paper, page))
        return dict(sorted(found.items(), reverse=True))


class FakeRoom:
    """A room for pages that are text files: ``codes`` by what stands in them; ``blank`` is an empty one, ``broken`` can't be read.

    A PDF is the text of its pages with what was wanted of them, so that a test sees what was filed.
    """

    def __init__(self):
        self.codes = {}
        self.fault = None
        self.made_as = []
        """The kinds of file that were made."""

    def look(self, page):
        words = page.path.read_text("utf-8")
        if words == "broken":
            raise failed("SCAN_PAGE_UNREADABLE", name=page.path.name)
        code = self.codes.get(words)
        codes = (CodeRead(code, CodeKind.QR, ((1, 2), (3, 2), (3, 4), (1, 4)), proven=True),) if code else ()
        return PageLook(codes, words == "")

    def found(self, path):
        return ScannedPage(path, 200, "front", 1, (1654, 2339))

    def thumbnail(self, page, longest_px, quarter_turns=0):
        return page.path.read_bytes() + f" turned {quarter_turns}".encode()

    def preview(self, work, out):
        out.write_bytes(self.thumbnail(work.page, 0, work.quarter_turns))
        return replace(work.page, path=out)

    def write_pdf(self, works, facts, profile, out, *, done=None):
        if not works:
            raise broken("PDF_NO_PAGES")
        if self.fault:
            raise self.fault
        self.made_as.append(profile)
        pages = [f"{work.page.path.read_text('utf-8')}/{work.quarter_turns}/{work.clean_up.deskew}" for work in works]
        content = sha256("\n".join(pages).encode()).hexdigest()
        out.write_text(f"{facts.title} {facts.created_at} {facts.owner} {facts.paper}\n" + "\n".join(pages), "utf-8")
        return WrittenFile(out, len(pages), out.stat().st_size, sha256(out.read_bytes()).hexdigest(), content)


class FakeReader:
    """Reads what :class:`FakeRoom` wrote: a line of text is a page.

    ``faults`` are raised by page number, ``seen`` tells what was asked, ``before`` breaks in first.
    """

    def __init__(self):
        self.there, self.faults, self.seen, self.before = True, {}, [], None

    def is_there(self):
        return self.there

    def read(self, file, number, stop):
        self.seen.append((number, file))
        if self.before:
            self.before()
        if stop():
            return None
        if fault := self.faults.get(number):
            raise fault
        lines = file.read_text("utf-8").splitlines()[1:]
        return ReadPage(lines[number - 1], len(lines))

    def add_layer(self, file, out):
        out.write_text(file.read_text("utf-8") + "\nwith text", "utf-8")


def pages_in(folder, *words):
    """Write pages as a scanner would leave them."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for ordinal, each in enumerate(words, start=1):
        path = folder / f"page-{ordinal:04d}.png"
        path.write_text(each, "utf-8")
        made.append(ScannedPage(path, 200, "front", ordinal, (1654, 2339)))
    return made


@dataclass
class Scans:
    """Everything of scanning over a desk in memory and real encrypted folders."""

    desk: object
    folder: object
    room: FakeRoom
    keeper: BatchFolders
    store: SealedFolder
    batches: BatchService
    filing: FilingService
    library: PaperLibrary
    reader: FakeReader
    reading: ReadingService
    lists: PaperLists

    def begin(self, *words):
        """Begin a batch with pages."""
        batch_id = self.batches.begin(CLERK).batch_id
        for page in pages_in(self.folder / "feed", *words):
            self.batches.add_page(batch_id, page)
        return batch_id

    def again(self):
        """Return everything as the next program start finds it: the program before is gone, and held nothing any more."""
        self.batches.let_go()
        return scans(self.desk, self.folder, self.room)

    def dossier(self, code):
        with self.desk.database.read() as uow:
            return uow.dossiers.by_code(code)[0]

    def papers(self):
        with self.desk.database.read() as uow:
            return list(uow.papers.everything())


def scans(desk, folder, room=None):
    """Return the services of scanning for a desk."""
    room, keeper, store = room or FakeRoom(), BatchFolders(folder / "scans"), SealedFolder(folder / "files")
    batches = BatchService(desk.database, desk.clock, keeper, room, DEVICE)
    filing = FilingService(desk.life.acting, desk.database, batches, room, store)
    library, reader = PaperLibrary(desk.life.acting, desk.database, desk.clock, store), FakeReader()
    reading = ReadingService(desk.database, desk.clock, store, library=library, reader=reader, folder=folder / "reading")
    lists = PaperLists(desk.database, desk.clock, library, reading=reading, settings=desk.settings, maker=desk.maker)
    return Scans(desk, folder, room, keeper, store, batches, filing, library, reader, reading, lists)
