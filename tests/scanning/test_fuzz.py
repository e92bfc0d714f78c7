"""Whatever is done to real files, answers and journals: an importer gives what it promises or its own refusal, and nothing else.

A property that fails is found again with ``--hypothesis-seed``; ``make soak`` looks for longer.
"""

import json
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from counter_app.domain.archive import OpenBatch
from counter_app.domain.errors import DeskError
from counter_app.domain.moments import local
from counter_app.domain.scan_batch import BatchPage, sheets_of
from counter_app.domain.scan_batch_acts import Assign, Delete, Turn, write_act
from counter_app.domain.scan_codes import CodeKind, CodeRead
from counter_app.scanning.devices.discovery import _Heard
from counter_app.scanning.devices.dns_words import DamagedMessageError, read_answers
from counter_app.scanning.devices.escl_words import WrongAnswerError, read_capabilities, read_status
from counter_app.scanning.devices.image_file import ImageRefusedError, look_at
from counter_app.scanning.foreign import pages_of
from counter_app.security.batch_folders import BatchFolders
from counter_app.services.scanning.batch_journal import page_came, replayed, salvaged
from counter_app.services.scanning.paper import ForeignLimits
from counter_app.support import messages
from tests.scanning.devices.escl_server import Behaviour, capabilities
from tests.scanning.devices.test_discovery import answer, office
from tests.scanning.devices.test_escl_words import FLAT, STATUS
from tests.scanning.test_foreign import paper, pdf_of, saved

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow speaks of strange bytes before it refuses them
FEW, MANY = 60, 4000
LIMITS = ForeignLimits(most_pixels=2_000_000, most_pages=20)
SMALL = (100, 140)
SHEETS = [paper("L", SMALL), paper("RGB", SMALL), paper("1", SMALL)]
FILES = {
    "pdf": pdf_of(*SHEETS), "jpeg": saved(SHEETS[1], "JPEG", quality=80), "progressive": saved(SHEETS[1], "JPEG", progressive=True),
    "cmyk": saved(SHEETS[1].convert("CMYK"), "JPEG"), "png": saved(SHEETS[1], "PNG"), "palette": saved(SHEETS[1].convert("P"), "PNG"),
    "tiff": saved(SHEETS[1], "TIFF", save_all=True, append_images=SHEETS[:1], compression="tiff_lzw"),
    "fax": saved(SHEETS[2], "TIFF", compression="group4"), "jpeg in tiff": saved(SHEETS[1], "TIFF", compression="jpeg"),
}
KEY, BATCH = bytes(range(32)), "01a2028b-c0b8-70ae-9e09-028a0126419a"
ROW = OpenBatch(BATCH, KEY.hex(), "quay-2", local(2026, 11, 20, 9, 42), "u-0001")


@st.composite
def spoiled(draw, data):
    """Return bytes to which several things were done: changed, cut out, put in, doubled, cut off."""
    made = bytearray(data)
    for _ in range(draw(st.integers(1, 8))):
        at, kind = draw(st.integers(0, max(0, len(made) - 1))), draw(st.integers(0, 4))
        length = draw(st.integers(1, 40))
        if kind == 0:
            made[at:at + 1] = bytes([draw(st.integers(0, 255))])
        elif kind == 1:
            del made[at:at + length]
        elif kind == 2:
            made[at:at] = draw(st.binary(max_size=12))
        elif kind == 3:
            made[at:at] = made[at:at + length]
        else:
            del made[max(at, len(data) // 2):]
    return bytes(made)


def done(call):
    """Return what a call gives, and the code of its refusal."""
    try:
        return call(), ""
    except DeskError as error:
        return None, error.code


def spoiled_file(kinds=tuple(FILES)):
    return st.sampled_from(kinds).flatmap(lambda kind: spoiled(FILES[kind]))


@given(spoiled_file())
def a_file_becomes_pages_or_a_sentence(data):
    with TemporaryDirectory() as place:
        path = Path(place) / "scan"
        path.write_bytes(data)
        pages, code = done(lambda: list(pages_of(path, LIMITS, Path(place))))
        if code:
            assert code.startswith("FOREIGN_")
            assert code in messages.table("vi")
            return
        assert 1 <= len(pages) <= LIMITS.most_pages
        for page in pages:
            with Image.open(page.path) as picture:
                picture.load()
                assert picture.size in {page.size_px, page.size_px[::-1]}
            assert page.size_px[0] * page.size_px[1] <= LIMITS.most_pixels
            assert 50 <= page.dpi <= 1200


@given(spoiled_file(("jpeg", "progressive", "cmyk", "png", "palette")))
def a_page_of_a_device_is_looked_at_or_refused(data):
    with TemporaryDirectory() as place:
        path = Path(place) / "page"
        path.write_bytes(data)
        try:
            look = look_at(path)
        except ImageRefusedError:
            return
        assert look.kind in {"JPEG", "PNG"}
        assert min(look.size_px) > 0


@given(st.sampled_from([FLAT, STATUS, capabilities(Behaviour())]).flatmap(spoiled))
def an_answer_of_a_network_scanner_is_read_or_refused(data):
    for read in (read_status, read_capabilities):
        try:
            told = read(data)
        except WrongAnswerError:
            continue
        assert told is not None


@given(spoiled(answer(*office())))
def an_answer_from_the_network_names_scanners_or_nothing(message):
    with suppress(DamagedMessageError):
        read_answers(message)
    heard = _Heard()
    heard.hear(message, "192.168.1.9")
    assert all(address.startswith("http://") and name.isprintable() for address, name in heard.scanners())


def journal():
    """The lines of a batch of three pages: one with a code, one turned, one deleted."""
    read = CodeRead("H36.50.05-261120-0001*X", CodeKind.QR, ((1, 2), (3, 2), (3, 4), (1, 4)), proven=True)
    pages = [BatchPage(f"p-{number}", 200, "front", SMALL, (read,) if number == 1 else ()) for number in (1, 2, 3)]
    acts = [write_act(act) for act in (Turn(("p-2",), 1), Delete(("p-3",)), Assign("p-1", "H36.50.05-261120-0001"))]
    return [*(page_came(page, ".png") for page in pages), *acts, {"act": "undo"}, {"filed": "p-1", "file": "f-1"}]


def same_pages(held):
    """Every page stands once in the arrangement."""
    assert sorted(sheet.page_id for sheet in sheets_of(held.batch.layout)) == sorted(page.page_id for page in held.batch.pages)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats(allow_nan=False) | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3), max_leaves=5)


@st.composite
def spoiled_records(draw):
    """Lines of a journal, some with a strange value, some missing, doubled or elsewhere."""
    records = json.loads(json.dumps(journal()))
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(records) - 1))
        kind = draw(st.integers(0, 3))
        if kind == 0 and isinstance(records[at], dict) and records[at]:
            records[at][draw(st.sampled_from(sorted(records[at])))] = draw(VALUES)
        elif kind == 1 and len(records) > 1:
            del records[at]
        elif kind == 2:
            records.insert(draw(st.integers(0, len(records))), records[at])
        else:
            records[at] = draw(st.dictionaries(st.sampled_from(["act", "arrived", "filed", "suffix"]), VALUES, max_size=3))
    return records


@given(spoiled_records())
def a_journal_is_replayed_or_damaged_and_always_salvaged(records):
    whole, code = done(lambda: replayed(ROW, records))
    assert code in {"", "BATCH_DAMAGED"}
    if whole:
        same_pages(whole)
    held, kept = salvaged(ROW, records)
    same_pages(held)
    assert replayed(ROW, kept).batch == held.batch, "what was salvaged is whole"


@given(st.data())
def a_journal_on_the_disk_is_read_or_damaged(data):
    with TemporaryDirectory() as place:
        folders = BatchFolders(Path(place))
        for record in journal():
            folders.append(BATCH, KEY, record)
        path = Path(place) / BATCH / "journal"
        path.write_bytes(data.draw(spoiled(path.read_bytes())))
        legible = folders.legible(BATCH, KEY)
        assert all(record in journal_as_read() for record in legible), "no line says what was never written"
        records, code = done(lambda: folders.records(BATCH, KEY))
        assert code == "BATCH_DAMAGED" if code else records == legible
        folders.append(BATCH, KEY, {"act": "undo"})
        assert folders.legible(BATCH, KEY)[-1] == {"act": "undo"}, "it goes on after whatever happened"


def journal_as_read():
    return json.loads(json.dumps(journal()))


PROPERTIES = [
    a_file_becomes_pages_or_a_sentence, a_page_of_a_device_is_looked_at_or_refused, an_answer_of_a_network_scanner_is_read_or_refused,
    an_answer_from_the_network_names_scanners_or_nothing, a_journal_is_replayed_or_damaged_and_always_salvaged,
    a_journal_on_the_disk_is_read_or_damaged]


@pytest.mark.parametrize("prove", PROPERTIES)
def test_a_little(prove):
    settings(max_examples=FEW)(prove)()


@pytest.mark.soak
@pytest.mark.parametrize("prove", PROPERTIES)
def test_for_long(prove):
    settings(max_examples=MANY)(prove)()
