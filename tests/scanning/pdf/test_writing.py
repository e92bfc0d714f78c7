"""The file: valid PDF/A-2b, true to size and colour, the same bytes for the same pages, and never half there."""

import re
import shutil
import subprocess
import threading
from contextlib import suppress
from dataclasses import replace
from datetime import date

import cv2
import numpy as np
import pikepdf
import pytest
import zxingcpp
from pikepdf import pdfa

from bench import sheets
from bench.sheets import Wear, sheet, worn
from counter_app.domain.errors import RuleBrokenError, SurroundingsError
from counter_app.domain.scan_profile import CleanUp, PdfProfile
from counter_app.scanning.pdf import writing
from counter_app.scanning.pdf.writing import write_pdf
from tests.scanning.pdf.samples import AS_IT_IS, FACTS, rendered, signed_page, work

COLOURED = [PdfProfile.JPEG, PdfProfile.MIXED, PdfProfile.MIXED_SMALL]


def written(tmp_path, works, profile=PdfProfile.MIXED, facts=FACTS, name="out.pdf"):
    return write_pdf(works, facts, profile, tmp_path / name)


@pytest.mark.parametrize("profile", PdfProfile)
def test_every_profile_is_valid_for_two_judges(tmp_path, profile):
    works = [work(tmp_path, signed_page(), number=1), work(tmp_path, sheet("blank", 1, 100), 100, number=2)]
    made = written(tmp_path, works, profile)
    assert pdfa.validate_written(made.path, "2b").verdict == "pass"
    checked = subprocess.run([shutil.which("qpdf"), "--check", made.path], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "No syntax or stream encoding errors" in checked.stdout


@pytest.mark.parametrize("profile", PdfProfile)
def test_what_is_seen_is_the_page_and_not_its_negative(tmp_path, profile):
    page = np.asarray(signed_page()).astype(int)
    seen = rendered(written(tmp_path, [work(tmp_path, page.astype(np.uint8))], profile).path)
    assert seen.shape == page.shape
    assert seen[page.min(axis=2) > 250].mean() > 250, "paper"
    assert seen[page.max(axis=2) < 30].mean() < 60, "print"
    difference = np.abs(cv2.blur(seen.astype(np.uint8), (5, 5)).astype(int) - cv2.blur(page.astype(np.uint8), (5, 5)))
    assert difference.mean() < (9 if profile is PdfProfile.BITONAL else 5)


@pytest.mark.parametrize("profile", COLOURED)
def test_the_seal_stays_red_and_the_signature_blue(tmp_path, profile):
    page = np.asarray(signed_page()).astype(int)
    seen = rendered(written(tmp_path, [work(tmp_path, page.astype(np.uint8))], profile).path)
    for ink in (sheets.RED, sheets.BLUE):
        there = np.abs(page - ink).max(axis=2) < 15
        assert there.sum() > 300
        assert np.abs(np.median(seen[there], axis=0) - ink).max() < 40


def test_the_bitonal_profile_has_two_tones(tmp_path):
    seen = rendered(written(tmp_path, [work(tmp_path, signed_page())], PdfProfile.BITONAL).path)
    assert set(np.unique(seen)) == {0, 255}


@pytest.mark.parametrize("profile", COLOURED)
def test_a_picture_keeps_its_tones(tmp_path, profile):
    page = sheet("photo", 3, 100)
    seen = rendered(written(tmp_path, [work(tmp_path, page, 100)], profile).path, dpi=100)
    inner = np.s_[120:660, 120:700]
    assert np.abs(seen[inner] - page[inner]).mean() < 14


@pytest.mark.parametrize("profile", PdfProfile)
def test_codes_are_still_read_from_the_file(tmp_path, profile):
    page = worn(sheet("form", 6), Wear(skew=2.0, noise=4), 1)
    seen = rendered(written(tmp_path, [work(tmp_path, page, wishes=CleanUp())], profile).path).astype(np.uint8)
    assert {code.text.partition("*")[0] for code in zxingcpp.read_barcodes(seen)} == {sheets.code_of(6)}


@pytest.mark.parametrize(("dpi", "size"), [(200, (1654, 2339)), (300, (2480, 3508)), (240, (333, 777)), (600, (101, 57))])
def test_a_millimetre_is_a_millimetre(tmp_path, dpi, size):
    made = written(tmp_path, [work(tmp_path, np.full((*size[::-1], 3), 255, np.uint8), dpi)])
    with pikepdf.open(made.path) as pdf:
        left, bottom, width, height = (float(edge) for edge in pdf.pages[0].MediaBox)
        drawing = pdf.pages[0].Contents.read_bytes().decode()
    assert (left, bottom) == (0, 0)
    assert (width, height) == pytest.approx((size[0] * 72 / dpi, size[1] * 72 / dpi), abs=1e-3)
    drawn = re.search(r"([\d.]+) 0 0 ([\d.]+) 0 0 cm", drawing)
    assert (float(drawn[1]), float(drawn[2])) == pytest.approx((width, height), abs=1e-3)


def test_the_ground_has_every_dot_unless_a_small_file_is_wished(tmp_path):
    page = work(tmp_path, sheet("photo", 3, 200)[:1400])
    for profile, expected in ((PdfProfile.MIXED, 1654), (PdfProfile.MIXED_SMALL, 827)):
        with pikepdf.open(written(tmp_path, [page], profile).path) as pdf:
            pictures = pdf.pages[0].Resources.XObject
            assert int(pictures.G.Width) == expected
            assert {int(picture.Width) for name, picture in pictures.items() if name != "/G"} == {1654}


def test_profiles_differ_in_size_as_they_promise(tmp_path):
    page = work(tmp_path, worn(sheet("stamp", 3), Wear(skew=1.0), 1), wishes=CleanUp())
    jpeg, mixed, small, bitonal = (written(tmp_path, [page], profile).size for profile in PdfProfile)
    assert jpeg > 3 * mixed > 3 * small > 3 * 0.7 * bitonal
    assert mixed < 100_000


def test_pages_stand_in_their_order_and_turned_as_wished(tmp_path):
    works = [work(tmp_path, np.full((60 + number, 40, 3), 20 * number, np.uint8), number=number) for number in range(1, 10)]
    works[3] = replace(works[3], quarter_turns=1)
    heard = []
    made = write_pdf(works, FACTS, PdfProfile.JPEG, tmp_path / "out.pdf", done=heard.append)
    assert heard == list(range(1, 10))
    for place in range(9):
        seen = rendered(made.path, place)
        assert seen.shape[:2] == ((40, 64) if place == 3 else (61 + place, 40)), place
        assert seen.mean() == pytest.approx(20 * (place + 1), abs=2)


def test_the_same_pages_make_the_same_bytes_and_other_pages_others(tmp_path):
    pages = [work(tmp_path, signed_page()), work(tmp_path, sheet("text", 2, 100), 100, 2)]
    first, again = written(tmp_path, pages), written(tmp_path, pages, name="again.pdf")
    assert (first.sha256, first.content_sha256) == (again.sha256, again.content_sha256)
    assert first.path.read_bytes() == again.path.read_bytes()
    named = written(tmp_path, pages, facts=replace(FACTS, title="Khác"), name="named.pdf")
    assert named.content_sha256 == first.content_sha256
    assert named.sha256 != first.sha256
    assert written(tmp_path, pages[::-1], name="turned.pdf").content_sha256 != first.content_sha256


def test_the_file_tells_what_it_is(tmp_path):
    facts = replace(FACTS, paper="Tờ khai & đơn", result_code="KQ.G15.00012", number="215/UBND-XNTTHN", issued_on=date(2026, 11, 20))
    made = written(tmp_path, [work(tmp_path, signed_page())] * 2, facts=facts)
    with pikepdf.open(made.path) as pdf:
        assert str(pdf.docinfo.Title) == facts.title
        assert str(pdf.docinfo.CreationDate) == "D:20261120094205+07'00'"
        assert str(pdf.Root.Lang) == "vi-VN"
        with pdf.open_metadata() as told:
            assert told.pdfa_status == "2B"
            assert told["dc:title"] == facts.title
            assert told["dc:type"] == {"Tờ khai & đơn"}
            assert told["dc:identifier"] == "215/UBND-XNTTHN"
            assert told["dc:date"] == ["2026-11-20"]
            assert told["dc:subject"] == {"KQ.G15.00012"}
            assert told["xmpRights:Owner"] == {"p-17"}
            assert told["xmp:Identifier"] == {"pages:2", f"sha256:{made.content_sha256}"}
            assert told["xmp:CreateDate"] == "2026-11-20T09:42:05+07:00"
    assert (made.pages, made.size) == (2, made.path.stat().st_size)
    assert made.path.read_bytes().startswith(b"%PDF-1.")


def test_what_nobody_knows_is_left_out(tmp_path):
    made = written(tmp_path, [work(tmp_path, signed_page())], facts=replace(FACTS, owner=""))
    with pikepdf.open(made.path) as pdf:
        told = pdf.Root.Metadata.read_bytes().decode()
    assert not any(word in told for word in ("dc:type", "dc:identifier", "dc:date", "dc:subject", "xmpRights:Owner>"))


def test_a_file_needs_a_page(tmp_path):
    with pytest.raises(RuleBrokenError, match="PDF_NO_PAGES"):
        written(tmp_path, [])


def test_a_page_that_is_gone_leaves_the_old_file_and_nothing_half_written(tmp_path):
    pages = [work(tmp_path, sheet("blank", 1, 100), 100, number) for number in (1, 2, 3, 4, 5, 6)]
    old = written(tmp_path, pages[:1]).path.read_bytes()
    pages[4].page.path.unlink()
    with pytest.raises(SurroundingsError, match="SCAN_PAGE_UNREADABLE"):
        written(tmp_path, pages)
    assert (tmp_path / "out.pdf").read_bytes() == old
    assert not list(tmp_path.glob("*.part"))


def test_a_folder_that_is_gone_is_a_sentence(tmp_path):
    with pytest.raises(SurroundingsError, match="PDF_UNWRITABLE"):
        write_pdf([work(tmp_path, signed_page())], FACTS, PdfProfile.MIXED, tmp_path / "no" / "out.pdf")


def test_a_file_that_the_validator_refuses_is_not_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(writing, "xmp", lambda *_: b"<x/>")
    with pytest.raises(SurroundingsError, match="PDF_NOT_VALID"):
        written(tmp_path, [work(tmp_path, signed_page())])
    assert [path.name for path in tmp_path.iterdir()] == ["page-0001.png"]


def test_only_a_few_pages_are_held_at_a_time(tmp_path, monkeypatch):
    taken, ready = [], []
    real = writing.encoded

    def watched(one, profile):
        taken.append(one.page.ordinal)
        return real(one, profile)

    monkeypatch.setattr(writing, "encoded", watched)
    pages = [work(tmp_path, np.full((9, 9, 3), 255, np.uint8), number=number) for number in range(1, 30)]
    for _ in writing._encoded_in_order(pages, PdfProfile.MIXED):
        ready.append(len(taken) - len(ready))
    assert max(ready) <= writing.WORKERS + 2
    assert sorted(taken) == list(range(1, 30))


def test_pages_are_asked_for_when_they_are_needed_and_let_go_when_the_file_has_them(tmp_path):
    there, most = set(), []

    class Lazy(list):
        def __iter__(self):
            for number, one in enumerate(list.__iter__(self), start=1):
                there.add(number)
                most.append(len(there))
                yield one

    pages = Lazy(work(tmp_path, np.full((9, 9, 3), 255, np.uint8), number=number) for number in range(1, 20))
    write_pdf(pages, FACTS, PdfProfile.MIXED, tmp_path / "out.pdf", done=there.remove)
    assert there == set()
    assert max(most) <= writing.WORKERS + 2
    assert len(most) == 19, "each once"


@pytest.mark.parametrize(("size_px", "at_once"), [((1654, 2339), 2), ((2480, 3508), 1), ((7016, 9921), 1)])
def test_fine_pages_are_in_memory_one_at_a_time(tmp_path, monkeypatch, size_px, at_once):
    """Each needs a hundred megabytes at 300 dpi."""
    meeting = threading.Barrier(2)
    met = []

    def together(one, profile):
        with suppress(threading.BrokenBarrierError):
            meeting.wait(30 if at_once == 2 else 0.2)
            met.append(one)
        return one

    monkeypatch.setattr(writing, "encoded", together)
    page = work(tmp_path, np.full((9, 9, 3), 255, np.uint8))
    pages = [replace(page, page=replace(page.page, size_px=size_px))] * 2
    assert list(writing._encoded_in_order(pages, PdfProfile.MIXED)) == pages
    assert len(met) == (2 if at_once == 2 else 0)


def test_clean_up_is_done_on_the_way(tmp_path):
    hanging = worn(sheet("form", 2), Wear(skew=3.0, shade=50), 1)
    seen = rendered(written(tmp_path, [work(tmp_path, hanging, wishes=CleanUp())]).path)
    plain = rendered(written(tmp_path, [work(tmp_path, hanging, wishes=AS_IT_IS)], PdfProfile.JPEG).path)
    assert np.abs(seen - sheet("form", 2)).mean() < 8
    assert (seen.min(axis=2) == 255).mean() > 0.8 > 0.2 > (plain.min(axis=2) == 255).mean()


@pytest.mark.parametrize("count", [3, 4, 8, 10])
def test_a_long_file_lies_on_the_disk_while_it_grows(tmp_path, monkeypatch, count):
    """The pages beside it are gone with the last one, and the file is none the worse: in its order, valid, the same bytes each time."""
    monkeypatch.setattr(writing, "HELD", 3)
    pages = [work(tmp_path, np.full((60 + number, 40, 3), 20 * number, np.uint8), number=number) for number in range(1, count + 1)]
    first, again = written(tmp_path, pages), written(tmp_path, pages, name="again.pdf")
    assert first.pages == count
    assert first.sha256 == again.sha256
    assert pdfa.validate_written(first.path, "2b").passed
    assert [rendered(first.path, place).shape[0] for place in range(count)] == [61 + place for place in range(count)]
    assert not list(tmp_path.glob("*.part"))


def test_a_long_file_that_ends_early_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(writing, "HELD", 2)
    pages = [work(tmp_path, np.full((9, 9, 3), 255, np.uint8), number=number) for number in range(1, 9)]
    pages[6].page.path.unlink()
    with pytest.raises(SurroundingsError, match="SCAN_PAGE_UNREADABLE"):
        written(tmp_path, pages)
    assert not list(tmp_path.glob("out.pdf*"))


def test_a_full_disk_while_a_file_grows_is_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(writing, "HELD", 1)
    monkeypatch.setattr(writing.pikepdf.Pdf, "save", lambda *_args, **_words: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    pages = [work(tmp_path, np.full((9, 9, 3), 255, np.uint8), number=number) for number in (1, 2)]
    with pytest.raises(SurroundingsError, match="PDF_UNWRITABLE"):
        written(tmp_path, pages)
    assert not list(tmp_path.glob("out.pdf*"))
