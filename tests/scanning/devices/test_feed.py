"""A page on its way from a device to the desk: looked at, made durable, named, and only then told of."""

import io
import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from counter_app.domain.errors import Problem
from counter_app.domain.scan_profile import Fitted, ScanColour, ScanSettings, ScanSource
from counter_app.scanning.devices.feed import Feed, PageRefusedError
from counter_app.scanning.devices.image_file import MOST_PIXELS, ImageRefusedError, look_at, tail
from counter_app.scanning.paper.pixels import load
from counter_app.services.scanning.devices import ScanJob
from tests.examples import examples
from tests.scanning.devices.escl_server import sheet
from tests.scanning.devices.onlooker import FEEDER, Onlooker, sides

LACK = Problem("SCAN_LACKS_COLOUR", "colour")


def feed_of(folder, watch=None, *, source=ScanSource.ADF, first=1, lacks=()):
    wish = ScanSettings(source, 200, ScanColour.COLOUR, None)
    return Feed(ScanJob("x", FEEDER, folder, first), Fitted(wish, lacks), watch or Onlooker())


def arrive(feed, data):
    feed.next_part.write_bytes(data)
    feed.take(feed.next_part)


def picture(kind, **options):
    out = io.BytesIO()
    Image.new("RGB", (40, 60), "white").save(out, kind, **options)
    return out.getvalue()


def test_pages_get_their_ordinals_and_the_endings_of_what_they_are(tmp_path):
    watch = Onlooker()
    feed = feed_of(tmp_path, watch, first=7)
    arrive(feed, picture("PNG"))
    arrive(feed, picture("JPEG"))
    assert [page.path.name for page in watch.pages] == ["page-0007.png", "page-0008.jpg"]
    assert [page.ordinal for page in watch.pages] == [7, 8]
    assert feed.count == 2


@pytest.mark.parametrize("first", [1, 2, 8])
def test_sides_are_counted_within_the_feed(tmp_path, first):
    watch = Onlooker()
    feed = feed_of(tmp_path, watch, source=ScanSource.ADF_DUPLEX, first=first)
    for _ in range(3):
        arrive(feed, picture("PNG"))
    assert sides(watch) == ["front", "back", "front"]


@pytest.mark.parametrize("source", ScanSource)
def test_every_end_says_whether_backs_were_asked_for_also_of_a_single_page(tmp_path, source):
    feed = feed_of(tmp_path, source=source)
    arrive(feed, picture("PNG"))
    ends = (feed.done(), feed.stopped("SCAN_JAM"), feed.failed(OSError(28, "full")))
    assert {end.both_sides for end in ends} == {source is ScanSource.ADF_DUPLEX}
    assert [end.pages for end in ends] == [1, 1, 1]


@pytest.mark.parametrize(("told", "written", "dpi"), [(0, None, 200), (0, (300, 300), 300), (150, (300, 300), 150), (0, (72, 300), 200), (0, (9999, 9999), 200)])
def test_the_resolution_is_the_devices_word_then_the_files_then_the_wish(tmp_path, told, written, dpi):
    watch = Onlooker()
    feed = feed_of(tmp_path, watch)
    feed.next_part.write_bytes(picture("PNG", **({"dpi": written} if written else {})))
    feed.take(feed.next_part, dpi=told)
    assert watch.pages[0].dpi == dpi


def test_a_page_is_durable_before_anybody_hears_of_it(tmp_path, monkeypatch):
    steps = []
    real = os.fsync
    monkeypatch.setattr("counter_app.scanning.devices.feed.os.fsync", lambda handle: (steps.append("file"), real(handle)))
    monkeypatch.setattr("counter_app.scanning.devices.feed.sync_folder", lambda folder: steps.append("folder"))

    class Listening(Onlooker):
        def arrived(self, page):
            steps.append("told")

    arrive(feed_of(tmp_path, Listening()), picture("PNG"))
    assert steps == ["file", "folder", "told"]


def unpacked(mode, *, comment=b""):
    out = io.BytesIO()
    Image.new(mode, (41, 60)).save(out, "PPM")
    head, rest = out.getvalue().split(b"\n", 1)
    return head + b"\n" + comment + rest


@pytest.mark.parametrize("mode", ["RGB", "L", "1", "I;16"])
@pytest.mark.parametrize("comment", [b"", b"# SANE data follows\n"])
def test_a_page_that_comes_unpacked_is_known_to_its_last_byte(tmp_path, mode, comment):
    watch = Onlooker()
    feed = feed_of(tmp_path, watch)
    data = unpacked(mode, comment=comment)
    arrive(feed, data)
    (page,) = watch.pages
    assert (page.path.name, page.size_px, page.dpi) == ("page-0001.pnm", (41, 60), 200)
    assert load(page.path).shape == (60, 41, 3), "every later step reads it"
    for cut in (1, 2, len(data) // 2, len(data) - 3):
        with pytest.raises(PageRefusedError):
            arrive(feed, data[:-cut])
    assert feed.count == 1


@pytest.mark.parametrize("data", [b"P3\n1 1\n255\n1 1 1\n", b"P6 0 4 255 ", b"P6\n99999 99999\n255\n", b"P7\nWIDTH 1\nHEIGHT 1\nENDHDR\n", b"P6\n4 4\n"])
def test_other_maps_are_no_pages(tmp_path, data):
    with pytest.raises(PageRefusedError):
        arrive(feed_of(tmp_path), data)


@pytest.mark.parametrize("data", [
    b"", b"rubbish", picture("PNG")[:-12], picture("JPEG")[:-40], picture("GIF"), picture("BMP"), picture("TIFF"), b"\x89PNG\r\n\x1a\n" + b"\0" * 50,
])
def test_what_is_no_whole_page_is_refused_and_counts_nothing(tmp_path, data):
    watch = Onlooker()
    feed = feed_of(tmp_path, watch)
    with pytest.raises(PageRefusedError) as caught:
        arrive(feed, data)
    assert caught.value.code == "SCAN_PAGE_DAMAGED"
    assert (feed.count, watch.pages) == (0, [])
    feed.stopped(caught.value.code)
    assert list(tmp_path.iterdir()) == []


def test_a_page_of_more_pixels_than_paper_has_is_not_decoded(tmp_path):
    Image.new("1", (MOST_PIXELS // 1000 + 1, 1000)).save(tmp_path / "wide.png")
    with pytest.raises(ImageRefusedError):
        look_at(tmp_path / "wide.png")


def test_padding_behind_a_page_is_borne(tmp_path):
    watch = Onlooker()
    arrive(feed_of(tmp_path, watch), picture("JPEG") + b"\0" * 500)
    assert watch.pages[0].size_px == (40, 60)


def test_an_end_tells_of_what_the_device_lacked(tmp_path):
    feed = feed_of(tmp_path, lacks=(LACK,))
    arrive(feed, picture("PNG"))
    assert feed.done().notes == (LACK,)
    assert feed.stopped("SCAN_JAM").notes == (LACK,)


def test_nothing_at_all_is_no_paper_and_never_done(tmp_path):
    end = feed_of(tmp_path).done()
    assert (end.pages, end.stopped.code) == (0, "SCAN_NO_PAPER")


@pytest.mark.parametrize(("number", "code"), [(28, "SCAN_DISK_FULL"), (5, "SCAN_DISK_FAILED"), (13, "SCAN_DISK_FAILED")])
def test_a_disk_that_fails_is_told_with_the_folder(tmp_path, number, code):
    end = feed_of(tmp_path).failed(OSError(number, "disk"))
    assert end.stopped.code == code
    assert end.stopped.params["path"] == str(tmp_path)


@given(st.integers(-1000, 1000))
def test_progress_stays_between_nothing_and_all(percent):
    watch = Onlooker()
    Feed(None, Fitted(None, ()), watch).progressed(percent)
    assert 0 <= watch.percents[0] <= 100


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow speaks of strange bytes before it refuses them
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(20))
@given(st.binary(max_size=400) | st.tuples(st.sampled_from([picture("PNG"), picture("JPEG")]), st.integers(0, 300), st.binary(max_size=6)))
def test_no_bytes_bring_anything_but_a_look_or_a_refusal(tmp_path, data):
    if isinstance(data, tuple):
        whole, at, noise = data
        data = whole[:at % len(whole)] + noise + whole[at % len(whole) + len(noise):]
    path = tmp_path / "page"
    path.write_bytes(data)
    try:
        look = look_at(path)
    except ImageRefusedError:
        return
    assert look.kind in ("PNG", "JPEG")
    assert 0 < look.size_px[0] * look.size_px[1] <= MOST_PIXELS


def test_the_tail_of_a_short_file_is_all_of_it(tmp_path):
    (tmp_path / "short").write_bytes(b"abc")
    assert tail(tmp_path / "short", 100) == b"abc"
    assert tail(tmp_path / "short", 2) == b"bc"


@pytest.mark.parametrize("number", range(1, 10))
def test_the_sheets_of_the_trial_scanner_are_pages(tmp_path, number):
    watch = Onlooker()
    arrive(feed_of(tmp_path, watch), sheet(number))
    assert watch.pages[0].size_px == (414, 585)
