"""Filing on the encrypted file and on PostgreSQL: the same papers as in memory, and everything agrees."""

from datetime import date

import pytest

from counter_app.domain.digitised import PaperDetails
from counter_app.domain.scan_split import SplitRule
from counter_app.services.scanning.filing import FileBatch
from counter_app.services.scanning.library import CorrectPaper, ReusePaper, TakeOut
from counter_app.services.verifying.service import VerifyService
from tests.builders import CLERK, HEAD, fake_desk, prepare
from tests.fakes_scanning import scans
from tests.services.agreement import all_agrees
from tests.services.scanning.test_filing import stack
from tests.services.scanning.test_library import filed, received


def day_of_scans(place):
    """File two papers and a stack, use one again, take one out, destroy it, correct another; tell what is on record."""
    first, second, third = (received(place) for _ in range(3))
    paper, bad = filed(place, first), filed(place, first, "TP02", "bad")
    batch_id = stack(place, third, "a", "", "b")
    place.batches.divide(batch_id, SplitRule())
    assert place.filing.file(FileBatch(batch_id), CLERK).complete
    place.filing.confirm(batch_id, CLERK)
    place.library.reuse(ReusePaper(second, "TP02", paper.op_id), CLERK)
    place.library.take_out(TakeOut(first, bad.file_id, "nhầm"), CLERK)
    place.library.destroy(bad.stored_id, "quét nhầm", HEAD)
    place.library.shelve([paper.op_id], "Hộp 12", "", CLERK)
    right = PaperDetails(number="12/TL", issued_on=date(2020, 5, 4), valid_to=date(2030, 5, 4), checked_by="Lý Thị Mẫu Đơn")
    place.library.correct(CorrectPaper(first, paper.file_id, right, "Ghi thiếu số"), CLERK)
    with place.desk.database.read() as uow:
        all_agrees(uow)
        lines = list(uow.logbooks.all_lines("digitised", 2026, None, None, None))
        shelves = [(line.place.ordinal, line.content["paper"], line.content.get("shelf"), line.struck_reason) for line in lines]
        known = [(each.paper, each.part, each.state, each.box, each.unlinked_at is None, each.number, each.valid_to) for each in uow.papers.everything()]
        return shelves, known, sorted(uow.reports.digitised().items())


@pytest.fixture
def in_memory(tmp_path):
    return day_of_scans(scans(fake_desk(), tmp_path / "memory"))


def test_a_day_of_scans_is_the_same_wherever_it_is_stored(database, tmp_path, in_memory):
    place = scans(fake_desk(database=prepare(database)), tmp_path / "real")
    assert day_of_scans(place) == in_memory
    assert VerifyService(database, place.store).run().differences == ()
    assert len(place.store.names()) == 2
