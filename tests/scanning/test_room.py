"""The door to work on pages: light until the first page comes, and everything behind it works together."""

import subprocess
import sys

import cv2
import numpy as np
import pytest

from bench import sheets
from bench.sheets import Wear, sheet, worn
from counter_app.domain.errors import SurroundingsError
from counter_app.domain.scan_codes import turns_told
from counter_app.domain.scan_profile import CleanUp, PdfProfile
from counter_app.domain.scan_split import SplitRule, StackPage, split
from counter_app.scanning.room import PageRoom
from counter_app.services.scanning.devices import ScannedPage
from counter_app.services.scanning.paper import ForeignLimits, PageLook, PageWork
from tests.scanning.pdf.samples import FACTS, rendered

ROOM = PageRoom()


def scanned(tmp_path, kind, number=1, turns=0, skew=2.0, dpi=200):
    pixels = np.rot90(worn(sheet(kind, number, dpi), Wear(skew), number), -turns)
    path = sheets.save(np.ascontiguousarray(pixels), tmp_path / f"page-{number:04d}.png", dpi)
    return ScannedPage(path, dpi, "front", number, (pixels.shape[1], pixels.shape[0]))


def test_nothing_heavy_is_fetched_before_a_page_comes():
    heavy = ("cv2", "numpy", "pikepdf", "zxingcpp", "PIL", "pypdfium2", "lxml")
    code = f"import sys, counter_app.scanning.room; print([name for name in {heavy} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


@pytest.mark.parametrize("turns", range(4))
def test_a_look_tells_codes_and_which_way_up(tmp_path, turns):
    seen = ROOM.look(scanned(tmp_path, "form", 3, turns))
    assert {read.text.partition("*")[0] for read in seen.codes} == {sheets.code_of(3)}
    assert (turns + turns_told(seen.codes)) % 4 == 0
    assert not seen.blank


def test_a_blank_page_has_no_codes(tmp_path):
    assert ROOM.look(scanned(tmp_path, "blank")) == PageLook((), blank=True)


def test_a_thumbnail_and_a_preview_show_the_same_page_before_and_after(tmp_path):
    page = scanned(tmp_path, "form", 2)
    before = page.path.read_bytes()
    small = cv2.imdecode(np.frombuffer(ROOM.thumbnail(page, 200, 1), np.uint8), cv2.IMREAD_COLOR)
    assert small.shape[:2] == (141, 200)
    after = ROOM.preview(PageWork(page, CleanUp()), tmp_path / "after.png")
    assert (after.dpi, after.ordinal, after.size_px) == (200, 2, (1654, 2339))
    assert np.abs(cv2.imread(str(after.path)).astype(int) - sheet("form", 2)[:, :, ::-1]).mean() < 8
    assert page.path.read_bytes() == before


def test_a_page_that_is_gone_is_a_sentence_everywhere(tmp_path):
    page = scanned(tmp_path, "blank", dpi=100)
    page.path.unlink()
    for act in (lambda: ROOM.look(page), lambda: ROOM.thumbnail(page, 100), lambda: ROOM.preview(PageWork(page, CleanUp()), tmp_path / "x.png")):
        with pytest.raises(SurroundingsError, match="SCAN_PAGE_UNREADABLE"):
            act()


def test_a_stack_becomes_the_files_of_its_dossiers_and_a_file_from_outside_the_same_stack(tmp_path):
    kinds = ["slip", "text", "slip", "stamp", "blank"]
    pages = [scanned(tmp_path, kind, number, skew=1.5) for number, kind in enumerate(kinds, 1)]
    looks = [ROOM.look(page) for page in pages]
    plan = split([StackPage(page.ordinal, look.codes, look.blank) for page, look in zip(pages, looks, strict=True)], SplitRule(), lambda _: True)
    assert [(one.code, one.ordinals) for one in plan.sets] == [(sheets.code_of(1), (1, 2)), (sheets.code_of(3), (3, 4, 5))]
    assert [page.blank for page in plan.pages] == [False, False, False, False, True]
    works = [PageWork(pages[ordinal - 1], CleanUp()) for ordinal in plan.sets[1].ordinals[:2]]
    made = ROOM.write_pdf(works, FACTS, PdfProfile.MIXED, tmp_path / "out.pdf")
    assert made.pages == 2
    assert np.abs(rendered(made.path, 1) - sheet("stamp", 4)).mean() < 8
    (tmp_path / "in").mkdir()
    with ROOM.importing() as reader:
        again = list(reader.pages_of(made.path, ForeignLimits(), tmp_path / "in", first=7))
    assert [page.ordinal for page in again] == [7, 8]
    assert {read.text.partition("*")[0] for read in ROOM.look(again[0]).codes} == {sheets.code_of(3)}
