"""Killed anywhere while a paper is signed: it is signed on record, or it waits; it is never signed twice (real processes, a real file)."""

from __future__ import annotations

import shutil
import sys

import pytest

from counter_app.domain.scan_split import SplitRule
from counter_app.services.scanning.filing import FileBatch
from counter_app.services.scanning.signing import SigningService, SignPapers
from tests.builders import CLERK, DEVICE, NOW
from tests.fakes_signing import LIBRARY, PIN, FakeSigner, Watch
from tests.services.killing import STRIDE, Wrapped
from tests.services.scanning.test_killed_filing import Place, look, twin
from tests.services.verbs import ADMINISTRATOR

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork")


class SigningPlace(Place):
    """A desk with a token beside it."""

    def opened(self, bomb=None):
        made = super().opened(bomb)
        made.signing = SigningService(
            made.desk.life.acting, made.desk.database, made.desk.clock, made.desk.settings, signer=FakeSigner(NOW), device=DEVICE,
            store=Wrapped(made.store, bomb) if bomb else made.store, folder=self.folder / "signing")
        return made


@pytest.fixture
def place(tmp_path):
    """One paper is filed, and waits for its signature."""
    folder = tmp_path / "first"
    folder.mkdir()
    made = (there := SigningPlace(folder)).opened()
    batch_id = made.begin("one", "a")
    made.batches.divide(batch_id, SplitRule())
    assert made.filing.file(FileBatch(batch_id), CLERK).complete
    made.filing.confirm(batch_id, CLERK)
    made.signing.choose_library(LIBRARY, ADMINISTRATOR)
    made.desk.database.close()
    return there


def sign(made, *op_ids):
    return made.signing.sign(SignPapers(op_ids, FakeSigner(NOW).found[0], PIN), CLERK, Watch())


def test_a_kill_while_signing_leaves_a_paper_signed_or_waiting(place):
    made = place.opened()
    (paper,) = made.signing.waiting(CLERK)
    made.desk.database.close()
    seen, step, killed = set(), 0, True
    while killed:
        step += STRIDE
        there = twin(place, step)
        there.__class__ = SigningPlace
        killed = there.killed(lambda made: sign(made, paper.op_id), step)
        made = there.opened()
        made.signing.tidy()
        assert list((there.folder / "signing").iterdir()) == [], "nothing lies in the clear"
        waiting = made.signing.waiting(CLERK)
        seen.add((len(waiting), len(made.papers())))
        again = sign(made, paper.op_id)
        assert len(again.papers) == len(waiting)
        papers = look(made)
        assert [bool(each.signed_by) for each in papers if each.unlinked_at is None] == [True]
        assert len(papers) == 2, "the unsigned file, and one that took its place"
        assert made.signing.waiting(CLERK) == ()
        made.desk.database.close()
        shutil.rmtree(there.folder)
    assert step > 15, "the steps were really met"
    assert seen == {(1, 1), (0, 2)}
