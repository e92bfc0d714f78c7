"""The PDF itself: sound, PDF/A-2b, the same bytes for the same content."""

import re
import shutil
import struct
import subprocess
import zlib
from io import BytesIO

import pytest

from counter_app.printing.canvas import font_key
from counter_app.printing.document import Press
from counter_app.printing.pdf_file import PdfFile, text_string
from counter_app.printing.typefaces import Face
from counter_app.support.srgb import srgb_profile
from tests.printing.reading import Pdf, problems
from tests.printing.samples import PRESS, PRINTER, applicant, book, content, line

STREAM = re.compile(rb"(\d+) 0 obj\n(<<.*?>>)\nstream\n(.*?)\nendstream\nendobj", re.DOTALL)


def drawn(*texts, face=Face.REGULAR, title="Thử", press=PRESS):
    out = BytesIO()
    document = press.document(out, title)
    canvas = document.canvas()
    for number, text in enumerate(texts):
        canvas.text(20, 20 + 10 * number, text, face, 12)
    document.add_page(148, 210, (canvas, 0))
    document.close()
    return out.getvalue()


def samples():
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from counter_app.printing.book_printer import FileBookPrinter

    yield PRINTER.receipt(content(applicant=applicant(full_name="Müller 漢")) | {"marks": ["In lại lần 1, 10:05 20/11/2026"]}, "a5")
    yield PRINTER.receipt(content(), "80mm")
    with TemporaryDirectory() as folder:
        out = Path(folder) / "book.pdf"
        FileBookPrinter(PRESS).pdf(book([line(number) for number in range(1, 20)]), out)
        yield out.read_bytes()


@pytest.fixture(scope="module", params=range(3), ids=["slip", "roll", "book"])
def pdf(request):
    return list(samples())[request.param]


def objects(pdf):
    """The objects by number, found through the cross-reference table."""
    start = int(re.search(rb"startxref\n(\d+)\n%%EOF\n$", pdf)[1])
    table = pdf[start:]
    count = int(re.match(rb"xref\n0 (\d+)\n", table)[1])
    offsets = [int(entry[1]) for entry in re.finditer(rb"(\d{10}) 00000 n ", table)]
    assert len(offsets) == count - 1
    found = {}
    for number, offset in enumerate(offsets, start=1):
        head = b"%d 0 obj\n" % number
        assert pdf[offset:offset + len(head)] == head
        found[number] = pdf[offset + len(head):pdf.index(b"\nendobj", offset)]
    return found


def unpacked(body):
    data = body[body.index(b"stream\n") + 7:body.rindex(b"\nendstream")]
    assert int(re.search(rb"/Length (\d+)", body)[1]) == len(data)
    return zlib.decompress(data) if b"/FlateDecode" in body else data


def test_every_object_is_where_the_table_says(pdf):
    assert pdf.startswith(b"%PDF-1.7\n%")
    assert min(pdf[10:14]) > 127
    assert len(objects(pdf)) > 20


def test_every_stream_has_its_length_and_unpacks(pdf):
    streams = [body for body in objects(pdf).values() if b"stream\n" in body]
    assert len(streams) > 10
    assert all(unpacked(body) is not None for body in streams)


def test_it_says_that_it_is_pdf_a_2b(pdf):
    (metadata,) = [body for body in objects(pdf).values() if b"/Type /Metadata" in body]
    assert b"/Filter" not in metadata
    text = unpacked(metadata).decode()
    assert 'pdfaid:part="2"' in text
    assert 'pdfaid:conformance="B"' in text
    assert re.search(rb"/Metadata \d+ 0 R", pdf)
    assert re.search(rb"/ID \[<[0-9a-f]{32}> <[0-9a-f]{32}>\]", pdf)


def test_it_names_its_colours(pdf):
    (intent,) = [body for body in objects(pdf).values() if b"/OutputIntent " in body]
    assert b"/S /GTS_PDFA1" in intent
    profile = objects(pdf)[int(re.search(rb"/DestOutputProfile (\d+) 0 R", intent)[1])]
    assert b"/N 3" in profile
    assert unpacked(profile) == srgb_profile()


def test_every_font_is_embedded_and_maps_to_unicode(pdf):
    found = objects(pdf)
    fonts = [body for body in found.values() if b"/Subtype /Type0" in body]
    assert len(fonts) >= 3
    for font in fonts:
        assert re.search(rb"/BaseFont /[A-Z]{6}\+LiberationSerif", font)
        descendant = found[int(re.search(rb"/DescendantFonts \[(\d+) 0 R", font)[1])]
        descriptor = found[int(re.search(rb"/FontDescriptor (\d+)", descendant)[1])]
        program = found[int(re.search(rb"/FontFile2 (\d+)", descriptor)[1])]
        assert len(unpacked(program)) == int(re.search(rb"/Length1 (\d+)", program)[1])
        assert b"/CIDToGIDMap" in descendant
        unicode_map = unpacked(found[int(re.search(rb"/ToUnicode (\d+)", font)[1])])
        assert b"begincodespacerange" in unicode_map
        assert all(int(count) <= 100 for count in re.findall(rb"(\d+) beginbfrange", unicode_map))


def test_every_drawn_character_has_a_glyph_and_its_width(pdf):
    found = objects(pdf)
    resources = next(body for body in found.values() if body.startswith(b"<< /Font"))
    glyphs, widths = {}, {}
    for name, number in re.findall(rb"/(\w+) (\d+) 0 R", resources):
        descendant = found[int(re.search(rb"/DescendantFonts \[(\d+)", found[int(number)])[1])]
        table = unpacked(found[int(re.search(rb"/CIDToGIDMap (\d+)", descendant)[1])])
        glyphs[name] = struct.unpack(f">{len(table) // 2}H", table)
        widths[name] = {int(code) for code in re.findall(rb"(\d+) \[\d+\]", descendant)}
    contents = {int(number) for run in re.findall(rb"/Contents \[?((?:\d+ 0 R ?)+)", pdf) for number in re.findall(rb"(\d+) 0 R", run)}
    shown = 0
    for number in contents:
        font = None
        for name, text in re.findall(rb"/(\w+) [\d.]+ Tf|<([0-9a-f]*)> Tj", unpacked(found[number])):
            font = name or font
            for code in struct.unpack(f">{len(text) // 4}H", bytes.fromhex(text.decode())):
                shown += 1
                assert glyphs[font][code] != 0
                assert code in widths[font]
    assert shown > 300


def test_nothing_stands_in_it_that_pdf_a_forbids(pdf):
    for word in (b"/Encrypt", b"/JavaScript", b"/JS", b"/SMask", b"/ca ", b"/CA ", b"/EmbeddedFile", b"/LZWDecode", b"/Trans", b"/XFA", b"/AA"):
        assert word not in b"".join(body.split(b"stream\n")[0] for body in objects(pdf).values())


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
def test_qpdf_finds_no_fault(pdf, tmp_path):
    (tmp_path / "it.pdf").write_bytes(pdf)
    checked = subprocess.run(["qpdf", "--check", tmp_path / "it.pdf"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_all_documents_begin_alike():
    opening, offsets = PRESS.opening
    assert drawn("một").startswith(opening)
    assert PRINTER.receipt(content(), "a4").startswith(opening)
    assert len(offsets) == 3 + 5 * 3


def test_another_press_makes_the_same_bytes():
    assert drawn("Müller", "½", press=Press()) != drawn("Müller")
    assert drawn("Müller", press=Press()) == drawn("Müller")


def test_the_file_id_depends_on_the_content():
    ids = {re.search(rb"/ID \[<(\w+)>", drawn(text))[1] for text in ("một", "hai", "ba")}
    assert len(ids) == 3


@pytest.mark.parametrize("face", list(Face))
def test_common_and_uncommon_letters_of_a_face_extract(face):
    with Pdf(drawn("Nguyễn Müller Đắk", "Ångström ½", face=face)) as pdf:
        assert pdf.text() == "Nguyễn Müller Đắk Ångström ½"


def test_a_face_that_is_not_used_is_not_embedded():
    assert font_key(Face.BOLD_ITALIC, extra=True).encode() not in drawn("một")
    assert font_key(Face.BOLD_ITALIC, extra=True).encode() in drawn("một", face=Face.BOLD_ITALIC)


def test_the_title_is_escaped():
    assert "Sổ &lt;1&gt; &amp; 2" in drawn("a", title="Sổ <1> & 2").decode("latin-1").encode("latin-1").decode("utf-8", "ignore")


def test_a_shared_ground_lies_under_every_page_of_it():
    out = BytesIO()
    document = PRESS.document(out, "t")
    ground = document.canvas()
    ground.text(20, 20, "nền", Face.REGULAR, 12)
    number = document.add_ground(ground, 100)
    for text in ("một", "hai"):
        canvas = document.canvas()
        canvas.text(20, 40, text, Face.REGULAR, 12)
        document.add_page(100, 100, (canvas, 0), ground=number)
    document.close()
    with Pdf(out.getvalue()) as pdf:
        assert [pdf.text(page) for page in range(2)] == ["nền một", "nền hai"]


def test_two_drawings_share_a_sheet():
    out = BytesIO()
    document = PRESS.document(out, "t")
    halves = []
    for text in ("trái", "phải"):
        canvas = document.canvas()
        canvas.text(10, 20, text, Face.REGULAR, 12)
        halves.append(canvas)
    document.add_page(200, 100, (halves[0], 0), (halves[1], 100))
    document.close()
    with Pdf(out.getvalue()) as pdf:
        lefts = [box[0] for _, box in pdf.objects()]
        assert lefts[1] - lefts[0] == pytest.approx(100, abs=1)


@pytest.mark.parametrize(("second", "wrong"), [((20, 20), 1), ((20, 24), 0), ((60, 20), 0), ((145, 20), 1), ((20, 209.5), 1)])
def test_the_layout_check_of_these_tests_finds_faults(second, wrong):
    out = BytesIO()
    document = PRESS.document(out, "t")
    canvas = document.canvas()
    canvas.text(20, 20, "Trần Thị", Face.REGULAR, 10)
    canvas.text(*second, "Ví Dụ", Face.REGULAR, 10)
    document.add_page(148, 210, (canvas, 0))
    document.close()
    with Pdf(out.getvalue()) as pdf:
        assert len(problems(pdf)) == wrong


def test_the_layout_check_finds_text_on_bars_and_rules():
    out = BytesIO()
    document = PRESS.document(out, "t")
    canvas = document.canvas()
    canvas.fill([(20, 30, 40, 12)])
    canvas.text(30, 36, "Ví Dụ", Face.REGULAR, 10)
    canvas.rule(20, 58.5, 60, 58.5)
    canvas.text(30, 60, "Ví Dụ", Face.REGULAR, 10)
    document.add_page(148, 210, (canvas, 0))
    document.close()
    with Pdf(out.getvalue()) as pdf:
        assert {problem.split(":")[0] for problem in problems(pdf)} == {"text over shape", "text over rule"}


def test_the_bare_file_keeps_reserved_numbers():
    out = BytesIO()
    file = PdfFile(out)
    later = file.reserve()
    first = file.add(b"<< /Type /Catalog >>")
    file.put(later, b"(later)")
    file.finish(first)
    assert (later, first) == (1, 2)
    assert objects(out.getvalue())[1] == b"(later)"


def test_text_strings_are_utf_16():
    assert text_string("vi-VN") == b"<FEFF00760069002D0056004E>"
    assert text_string("Đ") == b"<FEFF0110>"


def test_the_colour_profile_is_what_its_header_says():
    profile = srgb_profile()
    assert struct.unpack(">I", profile[:4]) == (len(profile),)
    assert profile[8:12] == bytes.fromhex("02100000")
    assert profile[12:24] == b"mntrRGB XYZ "
    assert profile[36:40] == b"acsp"
    (count,) = struct.unpack(">I", profile[128:132])
    tags = {profile[at:at + 4]: struct.unpack(">II", profile[at + 4:at + 12]) for at in range(132, 132 + 12 * count, 12)}
    assert set(tags) == {b"desc", b"cprt", b"wtpt", b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC"}
    assert all(start % 4 == 0 and start + size <= len(profile) for start, size in tags.values())


def test_the_colour_profile_is_srgb():
    from io import BytesIO as Bytes

    from PIL import Image, ImageCms

    ours = ImageCms.ImageCmsProfile(Bytes(srgb_profile()))
    picture = Image.new("RGB", (4, 1))
    for place, colour in enumerate([(255, 0, 0), (12, 200, 90), (128, 128, 128), (250, 240, 10)]):
        picture.putpixel((place, 0), colour)
    turned = ImageCms.profileToProfile(picture, ours, ImageCms.createProfile("sRGB"))
    for place in range(4):
        assert all(abs(a - b) <= 2 for a, b in zip(picture.getpixel((place, 0)), turned.getpixel((place, 0)), strict=True))
