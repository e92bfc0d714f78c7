"""Everything of scanned paper at a desk, as one bundle."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock
from typing import Protocol

from counter_app.services.acts.acting import Acting
from counter_app.services.desk.settings import SettingsService
from counter_app.services.documents.slips import SlipMaker
from counter_app.services.ports import Clock, Database
from counter_app.services.scanning.batches import BatchService
from counter_app.services.scanning.filing import FilingService
from counter_app.services.scanning.library import PaperLibrary
from counter_app.services.scanning.paper import ForeignRoom, PaperRoom
from counter_app.services.scanning.paper_lists import PaperLists
from counter_app.services.scanning.ports import BatchKeeper, SealedFiles
from counter_app.services.scanning.reading import PageReader, ReadingService
from counter_app.services.scanning.stacks import StackService


class Room(PaperRoom, ForeignRoom, Protocol):
    """Works on pages and reads files from outside."""


@dataclass(frozen=True, slots=True)
class PaperServices:
    """Batches of pages, filing, the digitised papers, and stacks in files; ``room`` makes thumbnails and previews.

    Whoever works on batches from several threads holds ``turn`` meanwhile.
    """

    batches: BatchService
    filing: FilingService
    library: PaperLibrary
    stacks: StackService
    reading: ReadingService
    lists: PaperLists
    room: PaperRoom
    turn: RLock = field(default_factory=RLock, repr=False)


def paper_services(
    acting: Acting, database: Database, clock: Clock, *, keeper: BatchKeeper, store: SealedFiles, room: Room, device: str,
    reader: PageReader, reading_folder: Path, settings: SettingsService, maker: SlipMaker,
) -> PaperServices:
    """Return the services of scanned paper for one counter; ``reading_folder`` is where pages lie in the clear while they are read."""
    batches = BatchService(database, clock, keeper, room, device)
    filing = FilingService(acting, database, batches, room, store)
    library = PaperLibrary(acting, database, clock, store)
    reading = ReadingService(database, clock, store, library=library, reader=reader, folder=reading_folder)
    return PaperServices(
        batches, filing, library, StackService(database, batches, filing, room), reading,
        PaperLists(database, clock, library, reading=reading, settings=settings, maker=maker), room)
