"""The power fails while pages come and while they are filed: a real file system loses what was not durable, and nothing else is lost."""

from __future__ import annotations

import pytest

from counter_app.domain.scan_batch import waiting
from counter_app.domain.scan_split import SplitRule
from counter_app.services.scanning.filing import FileBatch
from tests.builders import CLERK
from tests.fakes_scanning import pages_in
from tests.faults.disk import Disk, linux_only
from tests.services.killing import killed
from tests.services.scanning.test_killed_filing import Place, look

pytestmark = linux_only
STRIDE = 4
"""Of the many steps of filing each so many in the suite; every one in the long run."""


@pytest.fixture
def disk(tmp_path):
    return Disk(tmp_path)


def each_cut(disk, place, act, steps=range(1, 1000)):
    """Cut the power at each step, and give the desk as the next start finds it; the last time nothing was cut."""
    for step in steps:
        disk.again()
        with disk.in_the_machine():
            cut = killed(place.opened, act, step, disk.fails)
        with disk.in_the_machine():
            made = place.opened()
            try:
                yield made
            finally:
                made.keeper.let_go()
                made.desk.database.close()
        if not cut:
            return


@pytest.mark.parametrize("stride", [STRIDE, pytest.param(1, marks=pytest.mark.soak)])
def test_a_cut_while_filing_loses_nothing_and_files_nothing_twice(disk, stride):
    with disk.in_the_machine(disk.first) as there:
        place = Place(there)
        made = place.opened()
        batch_id = made.begin("one", "a")
        made.batches.divide(batch_id, SplitRule())
        made.keeper.let_go()
        made.desk.database.close()
    seen = set()
    for made in each_cut(disk, place, lambda made: made.filing.file(FileBatch(batch_id), CLERK), range(1, 1000, stride)):
        filed, left = len(look(made)), len(waiting(made.batches.view(batch_id).batch))
        assert filed + left >= 1, "what is not filed waits"
        seen.add((filed, left))
        assert made.filing.file(FileBatch(batch_id), CLERK).complete
        assert len(look(made)) == 1, "it is filed once"
    assert {(0, 1), (1, 0)} <= seen


def test_a_cut_while_pages_come_keeps_each_of_them(disk):
    """Its file is deleted only after its original and its line are durable."""
    with disk.in_the_machine(disk.first) as there:
        place = Place(there)
        made = place.opened()
        batch_id = made.batches.begin(CLERK).batch_id
        made.keeper.let_go()
        feed = pages_in(there / "feed", "one", "a")
        made.desk.database.close()

    def act(made):
        for page in feed:
            made.batches.add_page(batch_id, page)

    counts = []
    for made in each_cut(disk, place, act):
        pages = made.batches.view(batch_id).batch.pages
        kept = [made.batches.original(batch_id, page.page_id).path.read_text("utf-8") for page in pages]
        assert kept == ["one", "a"][:len(kept)]
        for page, words in zip(feed, ("one", "a"), strict=True):
            assert words in kept or page.path.read_text("utf-8") == words, "a page is in the feed or in the batch"
        counts.append(len(kept))
    assert counts == sorted(counts)
    assert (counts[0], counts[-1]) == (0, 2)
