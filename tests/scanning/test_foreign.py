"""Files from outside: each becomes its pages, each pixel where it was, or one sentence; whatever the bytes are."""

import struct
import zlib
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import numpy as np
import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from counter_app.domain.errors import RuleBrokenError, SurroundingsError
from counter_app.scanning.devices.image_file import look_at
from counter_app.scanning.foreign import pages_of
from counter_app.services.scanning.paper import ForeignLimits
from counter_app.support import messages
from counter_app.support.pdfium import PDFIUM
from tests.examples import examples

LIMITS = ForeignLimits()
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow speaks of strange bytes before it refuses them


def paper(mode="RGB", size=(414, 585)):
    """A little A4 page at 50 dpi, scaled: red at the left, text-like lines at the right."""
    picture = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, size[0] // 4, size[1]), fill=(220, 20, 30))
    for y in range(40, size[1] - 20, 24):
        draw.line((size[0] // 3, y, size[0] - 20, y), fill="black", width=3)
    return picture.convert(mode)


def saved(picture, kind, **options):
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def read(tmp_path, data, name="scan.bin", limits=LIMITS, first=1):
    path = tmp_path / name
    path.write_bytes(data)
    out = tmp_path / "out"
    out.mkdir(exist_ok=True)
    pages = list(pages_of(path, limits, out, first))
    assert path.read_bytes() == data, "the file of somebody else was changed"
    return pages


def pixels(page):
    with Image.open(page.path) as picture:
        assert picture.size == page.size_px
        return np.asarray(picture.convert("RGB")).astype(int)


def refused(tmp_path, data, limits=LIMITS):
    with pytest.raises(RuleBrokenError) as caught:
        read(tmp_path, data, limits=limits)
    problem = caught.value.problems[0]
    for language in messages.LANGUAGES:
        assert "{" not in messages.sentence(problem, language)
    return problem.code


@pytest.mark.parametrize(("kind", "suffix"), [("PNG", ".png"), ("JPEG", ".jpg")])
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_a_plain_picture_becomes_a_page_byte_for_byte(tmp_path, kind, suffix, mode):
    data = saved(paper(mode), kind, dpi=(300, 300))
    (page,) = read(tmp_path, data, "whatever.txt")
    assert (page.dpi, page.side, page.ordinal) == (300, "front", 1)
    assert page.path.suffix == suffix
    assert page.path.read_bytes() == data


@pytest.mark.parametrize("mode", ["CMYK", "P", "RGBA", "LA", "I;16"])
def test_an_unusual_picture_becomes_one_that_every_step_reads(tmp_path, mode):
    source = Image.fromarray(np.asarray(paper("L")).astype(np.uint16) * 257) if mode == "I;16" else paper(mode)
    (page,) = read(tmp_path, saved(source, "TIFF" if mode == "CMYK" else "PNG", dpi=(200, 200)))
    expected = np.asarray(paper({"LA": "L", "I;16": "L", "P": "P"}.get(mode, "RGB")).convert("RGB")).astype(int)
    assert page.dpi == 200
    assert np.abs(pixels(page) - expected).mean() < 3
    with Image.open(page.path) as picture:
        assert picture.mode in {"RGB", "L"}


def test_what_is_transparent_lies_on_white_paper(tmp_path):
    ghost = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    (page,) = read(tmp_path, saved(ghost, "PNG"))
    assert pixels(page).min() == 255


def test_every_page_of_a_tiff_comes_in_its_order(tmp_path):
    sheets = [Image.new("L", (60, 80), 40 * number) for number in range(5)]
    data = saved(sheets[0], "TIFF", save_all=True, append_images=sheets[1:], compression="tiff_lzw", dpi=(200, 200))
    pages = read(tmp_path, data, first=7)
    assert [page.ordinal for page in pages] == [7, 8, 9, 10, 11]
    assert [pixels(page).mean() for page in pages] == [0, 40, 80, 120, 160]
    assert len({page.path for page in pages}) == 5


def test_a_fax_page_keeps_black_black(tmp_path):
    (page,) = read(tmp_path, saved(paper("1"), "TIFF", compression="group4", dpi=(200, 200)))
    assert (pixels(page) == np.asarray(paper("1").convert("RGB"))).all()


def test_a_photo_that_lies_on_its_side_has_the_size_it_is_shown_with(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6
    (page,) = read(tmp_path, saved(paper(), "JPEG", exif=exif))
    assert page.size_px == (585, 414)


@pytest.mark.parametrize(("mode", "kind", "more"), [
    ("CMYK", "JPEG", {}), ("RGB", "MPO", {"save_all": True, "append_images": [Image.new("RGB", (40, 40))]}), ("P", "PNG", {}), ("RGB", "TIFF", {})])
def test_a_picture_that_is_written_anew_stands_upright(tmp_path, mode, kind, more):
    """Phones put a second picture behind the first, which makes another kind of file of it."""
    exif = Image.Exif()
    exif[0x0112] = 6
    (page,) = read(tmp_path, saved(paper(mode), kind, exif=exif, **more))
    assert (page.path.suffix, page.size_px) == (".png", (585, 414))
    shown = pixels(page)
    expected = np.rot90(np.asarray(paper(mode).convert("RGB")).astype(int), -1)
    assert np.abs(shown - expected).mean() < 3


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_what_lies_behind_a_picture_does_not_come_along(tmp_path, kind):
    data = saved(paper(), kind)
    (page,) = read(tmp_path, data + bytes(9000))
    assert page.path.suffix == ".png"
    assert look_at(page.path).size_px == (414, 585)
    with Image.open(BytesIO(data)) as picture:
        assert (pixels(page) == np.asarray(picture.convert("RGB"))).all()


@pytest.mark.parametrize(("size", "dpi"), [((1654, 2339), 200), ((2480, 3508), 300), ((3508, 2480), 300), ((827, 1169), 100)])
@pytest.mark.parametrize("told", [None, (72, 72), (1, 1), (96, 96)])
def test_a_resolution_that_nobody_tells_is_guessed_from_a4(tmp_path, size, dpi, told):
    options = {"dpi": told} if told else {}
    assert read(tmp_path, saved(Image.new("1", size, 1), "PNG", **options))[0].dpi == dpi


def pdf_of(*pictures, dpi=200, **options):
    out = BytesIO()
    pictures[0].save(out, "PDF", save_all=True, append_images=pictures[1:], resolution=dpi)
    if not options:
        return out.getvalue()
    with pikepdf.open(out) as pdf:
        again = BytesIO()
        pdf.save(again, **options)
    return again.getvalue()


@pytest.mark.parametrize(("scanned", "kept"), [(100, 200), (200, 200), (240, 240), (300, 300), (600, 300)])
def test_a_pdf_is_rendered_at_the_resolution_of_the_scan_in_it(tmp_path, scanned, kept):
    size = (round(4 * scanned), round(6 * scanned))
    (page,) = read(tmp_path, pdf_of(paper(size=size), dpi=scanned))
    assert page.dpi == kept
    assert page.size_px == (4 * kept, 6 * kept)
    there = pixels(page)
    assert there[:, 20].mean(axis=0) == pytest.approx([220, 20, 30], abs=12)
    assert there[-20, -20].mean() > 240


def test_a_pdf_with_rubbish_before_its_head_and_a_turned_page_is_read(tmp_path):
    with pikepdf.open(BytesIO(pdf_of(paper()))) as pdf:
        pdf.pages[0].rotate(90, relative=True)
        out = BytesIO()
        pdf.save(out)
    (page,) = read(tmp_path, b"\n" * 100 + out.getvalue())
    assert page.size_px[0] > page.size_px[1]
    assert pixels(page)[20].mean(axis=0) == pytest.approx([220, 20, 30], abs=12)


def test_pages_come_one_by_one(tmp_path):
    path = tmp_path / "many.pdf"
    path.write_bytes(pdf_of(*[paper(size=(100, 140))] * 4))
    coming = pages_of(path, LIMITS, tmp_path)
    assert next(coming).ordinal == 1
    assert [place.name for place in tmp_path.glob("page-*")] == ["page-0001.png"]
    coming.close()


def test_pdfium_is_held_while_it_works_and_free_between_pages(tmp_path):
    path = tmp_path / "many.pdf"
    path.write_bytes(pdf_of(*[paper(size=(100, 140))] * 2))
    coming = pages_of(path, LIMITS, tmp_path)
    with PDFIUM, ThreadPoolExecutor() as pool:
        first = pool.submit(next, coming)
        with pytest.raises(TimeoutError):
            first.result(timeout=0.3)
        PDFIUM.release()
        assert first.result(timeout=20).ordinal == 1
        assert PDFIUM.acquire(timeout=5)
    coming.close()


def test_a_password_is_a_sentence_and_an_owner_password_no_hindrance(tmp_path):
    locked = pdf_of(paper(), encryption=pikepdf.Encryption(owner="a", user="b"))
    assert refused(tmp_path, locked) == "FOREIGN_PROTECTED"
    assert len(read(tmp_path, pdf_of(paper(), encryption=pikepdf.Encryption(owner="a", user="")))) == 1


def bomb(width, height):
    """A PNG that says to be huge, and is some bytes."""
    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(9_000, 9_000), (12_000, 9_000), (60_000, 60_000), (2**31 - 1, 2**31 - 1)])
def test_a_picture_bomb_is_never_lit(tmp_path, size):
    assert refused(tmp_path, bomb(*size)) == "FOREIGN_PAGE_TOO_LARGE"


def test_a_bomb_inside_a_pdf_is_never_lit(tmp_path):
    with pikepdf.open(BytesIO(pdf_of(paper()))) as pdf:
        (picture,) = pdf.pages[0].get_images().values()
        picture.Width, picture.Height = 60_000, 60_000
        out = BytesIO()
        pdf.save(out)
    assert refused(tmp_path, out.getvalue()) == "FOREIGN_PAGE_TOO_LARGE"


def test_a_huge_sheet_in_a_pdf_is_refused(tmp_path):
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(14_400, 14_400))
    out = BytesIO()
    pdf.save(out)
    assert refused(tmp_path, out.getvalue()) == "FOREIGN_PAGE_TOO_LARGE"


def test_too_many_pages_are_counted_before_one_is_decoded(tmp_path):
    few = ForeignLimits(most_pages=3)
    sheets = [Image.new("1", (10, 10)) for _ in range(4)]
    assert refused(tmp_path, saved(sheets[0], "TIFF", save_all=True, append_images=sheets[1:]), few) == "FOREIGN_TOO_MANY_PAGES"
    assert refused(tmp_path, pdf_of(*sheets), few) == "FOREIGN_TOO_MANY_PAGES"
    pdf = pikepdf.new()
    for _ in range(10_000):
        pdf.add_blank_page(page_size=(595, 842))
    out = BytesIO()
    pdf.save(out)
    assert refused(tmp_path, out.getvalue()) == "FOREIGN_TOO_MANY_PAGES"
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize(("data", "code"), [
    (b"", "FOREIGN_EMPTY"), (b"Xin ch\xc3\xa0o", "FOREIGN_NO_PAGES"), (b"MZ" + bytes(500), "FOREIGN_NO_PAGES"),
    (b"GIF89a" + bytes(50), "FOREIGN_NO_PAGES"), (b"%PDF-1.7\n", "FOREIGN_DAMAGED"), (b"\xff\xd8\xff", "FOREIGN_DAMAGED"),
    (b"II*\0", "FOREIGN_DAMAGED"),
])
def test_a_wrong_file_is_named_as_what_it_is(tmp_path, data, code):
    assert refused(tmp_path, data) == code


def test_a_heavy_file_is_not_opened(tmp_path):
    path = tmp_path / "heavy.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF-1.7")
        file.truncate(2 * 2**30)
    with pytest.raises(RuleBrokenError) as caught:
        next(pages_of(path, LIMITS, tmp_path))
    assert caught.value.problems[0].params == {"name": "heavy.pdf", "size": 2048, "most": 512}


def test_a_file_that_is_gone_and_a_folder_that_takes_nothing_are_the_surroundings(tmp_path):
    with pytest.raises(SurroundingsError, match="FOREIGN_UNREADABLE"):
        next(pages_of(tmp_path / "gone.pdf", LIMITS, tmp_path))
    for data in (saved(paper(), "PNG"), saved(paper("CMYK"), "TIFF"), pdf_of(paper())):
        path = tmp_path / "page"
        path.write_bytes(data)
        with pytest.raises(SurroundingsError, match="FOREIGN_NO_ROOM"):
            next(pages_of(path, LIMITS, tmp_path / "no" / "folder"))


def outcome(tmp_path, data, limits=LIMITS):
    """Return the pages, or the code of the refusal."""
    try:
        return read(tmp_path, data, limits=limits), ""
    except (RuleBrokenError, SurroundingsError) as error:
        return [], error.code


WHOLE = {
    "png": saved(paper(), "PNG"), "jpeg": saved(paper(), "JPEG"), "tiff": saved(paper(), "TIFF", compression="tiff_lzw"),
    "g4": saved(paper("1"), "TIFF", compression="group4"), "pdf": pdf_of(paper(size=(100, 140))),
}


@pytest.mark.parametrize("kind", WHOLE)
@pytest.mark.parametrize("part", [0.3, 0.6, 0.95])
def test_a_file_that_is_not_whole_is_damaged(tmp_path, kind, part):
    data = WHOLE[kind][:int(len(WHOLE[kind]) * part)]
    pages, code = outcome(tmp_path, data)
    assert code == "FOREIGN_DAMAGED" or (kind == "pdf" and len(pages) == 1), "only a PDF can be repaired"


@settings(max_examples=examples(20), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), kind=st.sampled_from(sorted(WHOLE)))
def test_no_bytes_bring_anything_but_pages_or_a_sentence(tmp_path, data, kind):
    broken = bytearray(WHOLE[kind])
    for _ in range(data.draw(st.integers(1, 12))):
        broken[data.draw(st.integers(0, min(len(broken) - 1, 2000)))] = data.draw(st.integers(0, 255))
    pages, code = outcome(tmp_path, bytes(broken), ForeignLimits(most_pixels=2_000_000))
    assert not code or code in messages.table("vi")
    assert all(page.path.exists() and page.size_px[0] * page.size_px[1] <= 2_000_000 for page in pages)
