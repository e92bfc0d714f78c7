"""Scanned paper at an opened desk: it lies in the desk's folder, no export may take its place, and opening loads none of its libraries."""

import subprocess
import sys

import pytest

from counter_app.bootstrap import folder, open_counter
from counter_app.domain.errors import RuleBrokenError
from tests.fakes_scanning import CLERK


def test_batches_and_files_lie_in_the_desk_s_folder(desk_dir):
    counter = open_counter(desk_dir)
    actor = counter.login.acting("", "") if counter.desk.unattended else CLERK
    batch_id = counter.paper.batches.begin(actor).batch_id
    assert (desk_dir / folder.SCANS / batch_id) == counter.paper.batches.work_folder(batch_id).parent
    assert [view.batch_id for view in counter.paper.batches.open_ones()] == [batch_id]
    counter.close()
    again = open_counter(desk_dir)
    assert [view.batch_id for view in again.paper.batches.open_ones()] == [batch_id]
    again.paper.batches.drop(batch_id, actor)
    with pytest.raises(RuleBrokenError, match="BATCH_UNKNOWN"):
        again.paper.batches.view(batch_id)
    again.close()


@pytest.mark.parametrize("name", [folder.FILES, folder.SCANS])
def test_nothing_is_exported_among_the_files_of_a_desk(desk_dir, name):
    assert folder.is_part_of_desk(desk_dir, desk_dir / name / "a" / "out.pdf")
    assert not folder.is_part_of_desk(desk_dir, desk_dir / f"{name}.pdf")


def test_opening_a_desk_loads_nothing_that_works_on_pages():
    heavy = ("cv2", "numpy", "PIL", "pikepdf", "lxml", "requests", "zxingcpp", "cryptography", "pypdfium2")
    code = f"import sys, counter_app.bootstrap.wiring; print([name for name in {heavy} if name in sys.modules])"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
