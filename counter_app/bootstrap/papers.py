"""Where scanned paper lies at a desk, and its services."""

from __future__ import annotations

from pathlib import Path

from counter_app.bootstrap.folder import FILES, READING, SCANS
from counter_app.scanning.room import PageRoom
from counter_app.scanning.text import TesseractReader
from counter_app.security.batch_folders import BatchFolders
from counter_app.security.sealed_files import SealedFolder
from counter_app.services.acts.acting import Acting
from counter_app.services.desk.settings import SettingsService
from counter_app.services.documents.slips import SlipMaker
from counter_app.services.ports import Clock, Database
from counter_app.services.scanning.desk import PaperServices, paper_services
from counter_app.services.scanning.ports import SealedFiles


def paper_store(data_dir: Path) -> SealedFolder:
    """Return the encrypted files of a desk."""
    return SealedFolder(data_dir / FILES)


def batch_keeper(data_dir: Path) -> BatchFolders:
    """Return the stacks of a desk that wait to be filed."""
    return BatchFolders(data_dir / SCANS)


def papers_at(
    data_dir: Path, store: SealedFiles, acting: Acting, database: Database, clock: Clock, *, device: str, settings: SettingsService,
    maker: SlipMaker,
) -> PaperServices:
    """Return the services of scanned paper of one counter, whose open batches lie in its folder."""
    return paper_services(
        acting, database, clock, keeper=batch_keeper(data_dir), store=store, room=PageRoom(), device=device,
        reader=TesseractReader(), reading_folder=data_dir / READING, settings=settings, maker=maker)
