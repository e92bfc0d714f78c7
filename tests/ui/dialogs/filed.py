"""What the tests of digitised papers share: a page that was drawn here, filed as a paper of a dossier, on a real desk."""

from __future__ import annotations

import tempfile
from pathlib import Path

import cv2

from counter_app.domain.digitised import FileTarget, PaperDetails
from counter_app.domain.dossier import DocumentLine
from counter_app.domain.scan_batch_acts import Assign, Describe
from counter_app.services.intake.terms import ReceiveDossier
from counter_app.services.scanning.devices import ScannedPage
from counter_app.services.scanning.filing import FileBatch
from tests.ui.pages.helpers import MARITAL, applicant
from tests.ui.pages.scanning_desk import DPI, HIGH, WIDE, drawn

PAPERS = (DocumentLine("Tờ khai", 1), DocumentLine("Trích lục", 0, 1), DocumentLine("Thẻ căn cước", 1, shown_only=True))
READ = PaperDetails(number="12/TL", issuer="UBND xã Mẫu")


def received(seat, documents=PAPERS):
    """Take a dossier in and return its code."""
    return seat.desk.counter.intake.receive(ReceiveDossier(MARITAL, applicant(), documents=documents), seat.desk.actor).code


def begun(seat, *sheets):
    """Begin a batch with pages that were drawn; return its id and theirs."""
    batches = seat.desk.counter.paper.batches
    batch_id = batches.begin(seat.desk.actor).batch_id
    with tempfile.TemporaryDirectory() as folder:
        for at, pixels in enumerate(sheets, start=1):
            path = Path(folder) / f"page-{at:04d}.png"
            cv2.imwrite(str(path), pixels)
            batches.add_page(batch_id, ScannedPage(path, DPI, "front", at, (WIDE, HIGH)))
    return batch_id, [page.page_id for page in batches.view(batch_id).batch.pages]


def filed(seat, code, part, *, target=FileTarget.COMPONENT, details=None, lines=6):
    """File one page as a paper or result of a dossier."""
    paper, actor = seat.desk.counter.paper, seat.desk.actor
    batch_id, (page_id,) = begun(seat, drawn(lines=lines))
    paper.batches.act(batch_id, Assign(page_id, code, target, part))
    if details:
        paper.batches.act(batch_id, Describe(page_id, details))
    done = paper.filing.file(FileBatch(batch_id), actor)
    assert done.complete, done.unfiled
    paper.filing.confirm(batch_id, actor)
    return done.files[0].file


def files_of(seat, code):
    """Return the files of a dossier that count."""
    return [each for each in seat.desk.counter.dossiers.show(code, seat.desk.actor).dossier.files if not each.unlinked]
