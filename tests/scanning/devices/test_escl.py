"""Scanning over the network: a real server on loopback with every fault a network and a feeder have."""

import socket
import threading
import time

import pytest
from PIL import Image

from counter_app.domain.errors import SurroundingsError
from counter_app.domain.scan_profile import ScanColour, ScanSource
from counter_app.scanning.devices.escl import EsclLimits, EsclScanner
from counter_app.scanning.devices.escl_wire import WireLimits
from counter_app.services.scanning.devices import DeviceService
from counter_app.services.scanning.profiles import profile_named
from tests.scanning.devices.escl_server import Behaviour, Scanner, sheet
from tests.scanning.devices.onlooker import BOTH_SIDES, FEEDER, GLASS, Onlooker, check, sides

QUICK = EsclLimits(WireLimits(connect_s=2, silence_s=5, question_s=3, page_s=3), busy_times=4, busy_s=0.01, longest_wait_s=0.05, settle_s=0.01)


@pytest.fixture
def server():
    with Scanner() as scanner:
        yield scanner


def scan(server, profile, folder, watch=None, first=1, limits=QUICK):
    watch = watch or Onlooker()
    end = DeviceService(lambda: [EsclScanner(limits=limits)]).scan(f"escl:{server.address}", profile, folder, watch, first=first)
    check(end, watch, folder, first=first)
    return end, watch


def bars(page):
    """Tell which sheet a page shows, by its dark bars."""
    with Image.open(page.path) as image:
        row = image.convert("L").crop((0, 70, image.width, 71))
        dark = [value < 100 for value in row.tobytes()]
    return sum(now and not before for before, now in zip([False, *dark], dark, strict=False))


def taken_back(server):
    """Return the jobs that were taken back: nobody waits for that but a test."""
    for _ in range(100):
        if server.deleted:
            break
        time.sleep(0.02)
    return server.deleted


def test_a_stack_comes_in_its_order_and_ends_confirmed(server, pages):
    end, watch = scan(server, FEEDER, pages)
    assert (end.pages, end.stopped, end.notes) == (3, None, ())
    assert [bars(page) for page in watch.pages] == [1, 2, 3]
    assert {page.dpi for page in watch.pages} == {50}, "what the page says counts"
    assert all(page.path.suffix == ".jpg" for page in watch.pages)
    assert taken_back(server) == ["/eSCL/ScanJobs/job-1"]


def test_fronts_and_backs_take_turns(server, pages):
    server.behaviour.pages = [sheet(n) for n in (1, 2, 3, 4)]
    _, watch = scan(server, BOTH_SIDES, pages)
    assert sides(watch) == ["front", "back", "front", "back"]
    assert "<scan:Duplex>true</scan:Duplex>" in server.settings[0]


def test_one_sheet_on_the_glass_is_one_page(server, pages):
    end, watch = scan(server, GLASS, pages)
    assert (end.pages, end.stopped) == (1, None)
    assert ">Platen<" in server.settings[0]
    assert "Duplex" not in server.settings[0]
    assert bars(watch.pages[0]) == 1


def test_the_job_asks_for_what_the_profile_says(server, pages):
    scan(server, FEEDER, pages)
    (asked,) = server.settings
    for part in ("<pwg:Width>2480<", "<pwg:Height>3507<", "<scan:ColorMode>RGB24<", "<scan:XResolution>200<", "<scan:YResolution>200<",
                 "<pwg:DocumentFormat>image/jpeg<", "<pwg:Version>2.6<", ">Feeder<"):
        assert part in asked


def test_the_host_that_the_scanner_points_to_is_not_asked(server, pages):
    server.behaviour.location = "http://10.255.255.1:1/eSCL/ScanJobs/{job}"
    end, _ = scan(server, FEEDER, pages)
    assert end.stopped is None


@pytest.mark.parametrize("location", ["/eSCL/ScanJobs/{job}", "/eSCL/ScanJobs/{job}/", "https://[::1]/eSCL/ScanJobs/{job}"])
def test_the_address_of_a_job_is_read_however_it_is_written(server, pages, location):
    server.behaviour.location = location
    assert scan(server, FEEDER, pages)[0].stopped is None


@pytest.mark.parametrize("location", ["ftp:job", "?x", "job-1", "http://[bad/eSCL/ScanJobs/{job}", "http://a]/x"])
def test_a_job_without_an_address_is_no_job(server, pages, location):
    server.behaviour.location = location
    end, _ = scan(server, FEEDER, pages)
    assert end.stopped.code == "SCAN_WRONG_ANSWER"


@pytest.mark.parametrize("end_code", [404, 409, 410])
def test_whatever_code_ends_a_feed_the_state_confirms_it(server, pages, end_code):
    server.behaviour.end_code = end_code
    end, _ = scan(server, FEEDER, pages)
    assert (end.pages, end.stopped) == (3, None)
    assert server.asked_status >= 2


@pytest.mark.parametrize("end_code", [404, 409, 500])
@pytest.mark.parametrize(("fault", "code"), [("jam", "SCAN_JAM"), ("open", "SCAN_COVER_OPEN"), ("door", "SCAN_COVER_OPEN"), ("mispick", "SCAN_MISFEED")])
def test_a_fault_in_mid_feed_is_never_taken_for_the_end(server, pages, end_code, fault, code):
    server.behaviour.end_code = end_code
    server.behaviour.fault, server.behaviour.fault_at = fault, 3
    end, watch = scan(server, FEEDER, pages)
    assert (end.pages, end.stopped.code) == (2, code)
    assert [bars(page) for page in watch.pages] == [1, 2]


@pytest.mark.parametrize(("fault", "code"), [
    ("disconnect", "SCAN_CUT"), ("gone", "SCAN_CUT"), ("jam-and-hang-up", "SCAN_JAM"), ("status-500", "SCAN_DEVICE_FAULT"),
    ("wrong", "SCAN_PAGE_DAMAGED"), ("empty", "SCAN_PAGE_DAMAGED"), ("half", "SCAN_PAGE_DAMAGED"), ("strange", "SCAN_DEVICE_FAULT"),
])
def test_what_breaks_off_keeps_the_pages_so_far(pages, fault, code):
    with Scanner(Behaviour(fault=fault, fault_at=3)) as server:
        end, watch = scan(server, FEEDER, pages)
    assert (end.pages, end.stopped.code) == (2, code)
    assert [bars(page) for page in watch.pages] == [1, 2]


@pytest.mark.parametrize("fault", ["hang", "slow"])
def test_a_scanner_that_says_next_to_nothing_is_given_up(server, pages, fault):
    server.behaviour.fault, server.behaviour.fault_at = fault, 2
    limits = EsclLimits(WireLimits(silence_s=20, page_s=0.6))
    end, _ = scan(server, FEEDER, pages, limits=limits)
    assert (end.pages, end.stopped.code) == (1, "SCAN_TIMED_OUT")


def test_a_page_without_an_end_is_cut_off(server, pages):
    server.behaviour.fault, server.behaviour.fault_at = "huge", 2
    end, _ = scan(server, FEEDER, pages, limits=EsclLimits(WireLimits(page_bytes=2_000_000)))
    assert (end.pages, end.stopped.code) == (1, "SCAN_PAGE_DAMAGED")


def test_a_disk_that_takes_no_page_stops_the_feed(server, pages):
    class Mischief(Onlooker):
        def arrived(self, page):
            page.path.unlink()
            pages.rmdir()

    end = DeviceService(lambda: [EsclScanner(limits=QUICK)]).scan(f"escl:{server.address}", FEEDER, pages, Mischief())
    assert (end.pages, end.stopped.code) == (1, "SCAN_DISK_FAILED")


def test_going_on_after_a_jam_appends(server, pages):
    server.behaviour.fault, server.behaviour.fault_at = "jam", 3
    end, first = scan(server, FEEDER, pages)
    server.behaviour.fault, server.behaviour.pages, server.adf = "", [sheet(3), sheet(4)], ""
    server.given = 0
    again, second = scan(server, FEEDER, pages, first=end.pages + 1)
    assert again.stopped is None
    assert [bars(page) for page in first.pages + second.pages] == [1, 2, 3, 4]
    assert [path.name for path in sorted(pages.iterdir())] == [f"page-000{n}.jpg" for n in (1, 2, 3, 4)]


@pytest.mark.parametrize(("changes", "code"), [
    ({"told_more": 2}, "SCAN_SHORT"), ({"paper_left": True}, "SCAN_PAPER_LEFT"), ({"job_state": "Canceled"}, "SCAN_CANCELLED_THERE"),
    ({"job_state": "Aborted"}, "SCAN_DEVICE_FAULT"), ({"silent_status": True}, "SCAN_UNCONFIRMED"), ({"silent_at_end": 3}, "SCAN_UNCONFIRMED"),
    ({"status": b"<html/>"}, "SCAN_UNCONFIRMED"), ({"adf_names": False, "no_jobs": True}, "SCAN_UNCONFIRMED"),
])
def test_a_feed_that_nobody_confirms_is_not_done(server, pages, changes, code):
    for name, value in changes.items():
        setattr(server.behaviour, name, value)
    end, _ = scan(server, FEEDER, pages)
    assert (end.pages, end.stopped.code) == (3, code)


@pytest.mark.parametrize("changes", [{"no_jobs": True}, {"adf_names": False}, {"settle": 5}, {"silent_at_end": 2}])
def test_one_of_feeder_and_job_is_enough_to_confirm(server, pages, changes):
    for name, value in changes.items():
        setattr(server.behaviour, name, value)
    end, _ = scan(server, FEEDER, pages)
    assert (end.pages, end.stopped) == (3, None)


def test_the_count_that_the_device_tells_is_in_the_sentence(server, pages):
    server.behaviour.told_more = 2
    end, _ = scan(server, FEEDER, pages)
    assert end.stopped.params == {"pages": 3, "told": 5}


def test_an_empty_feeder_is_told_before_a_job_begins(server, pages):
    server.behaviour.loaded = False
    end, _ = scan(server, FEEDER, pages)
    assert (end.pages, end.stopped.code) == (0, "SCAN_NO_PAPER")
    assert server.settings == []


def test_a_jam_from_before_is_told_before_a_job_begins(server, pages):
    server.adf = "ScannerAdfJam"
    assert scan(server, FEEDER, pages)[0].stopped.code == "SCAN_JAM"
    assert server.settings == []


def test_a_busy_scanner_is_waited_for(server, pages):
    server.behaviour.busy_posts = server.behaviour.busy_pages = 3
    server.behaviour.retry_after = "1"
    end, _ = scan(server, FEEDER, pages)
    assert (end.pages, end.stopped) == (3, None)
    assert len(server.settings) == 4


@pytest.mark.parametrize("what", ["busy_posts", "busy_pages"])
def test_a_scanner_that_stays_busy_is_told(server, pages, what):
    setattr(server.behaviour, what, 1000)
    end, _ = scan(server, FEEDER, pages)
    assert (end.pages, end.stopped.code) == (0, "SCAN_BUSY")


@pytest.mark.parametrize(("post_code", "code"), [
    (400, "SCAN_SETTINGS_REFUSED"), (409, "SCAN_SETTINGS_REFUSED"), (401, "SCAN_REFUSED"), (403, "SCAN_REFUSED"), (500, "SCAN_WRONG_ANSWER"),
    (302, "SCAN_WRONG_ANSWER"), (200, "SCAN_WRONG_ANSWER"),
])
def test_a_job_that_is_refused_has_its_sentence(server, pages, post_code, code):
    server.behaviour.post_code = post_code
    end, _ = scan(server, FEEDER, pages)
    assert (end.pages, end.stopped.code) == (0, code)


def test_a_glass_that_gives_nothing_is_a_fault(server, pages):
    server.behaviour.fault, server.behaviour.fault_at = "jam", 1
    server.behaviour.adf_names = False
    assert scan(server, GLASS, pages)[0].stopped.code == "SCAN_DEVICE_FAULT"


def test_cancelling_between_pages_keeps_them_and_takes_the_job_back(server, pages):
    server.behaviour.pages = [sheet(1)] * 50
    end, _ = scan(server, FEEDER, pages, Onlooker(stop_after=3))
    assert end.stopped.code == "SCAN_CANCELLED"
    assert 3 <= end.pages < 50
    assert taken_back(server) == ["/eSCL/ScanJobs/job-1"]


def test_cancelling_does_not_wait_for_a_scanner_that_hangs(server, pages):
    server.behaviour.fault, server.behaviour.fault_at = "hang", 2
    watch = Onlooker(stop_after=1)
    started = time.monotonic()
    end, _ = scan(server, FEEDER, pages, watch, limits=EsclLimits())
    assert (end.pages, end.stopped.code) == (1, "SCAN_CANCELLED")
    assert time.monotonic() - started < 10


def test_a_scanner_that_is_not_there_is_unreachable(pages):
    with Scanner() as server:
        pass
    end, _ = scan(server, FEEDER, pages)
    assert (end.pages, end.stopped.code) == (0, "SCAN_UNREACHABLE")
    with pytest.raises(SurroundingsError, match="SCAN_UNREACHABLE"):
        EsclScanner(limits=QUICK).abilities(server.address)


def test_who_answers_without_http_is_no_scanner(pages):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_rubbish, args=(listener,), daemon=True).start()
        with pytest.raises(SurroundingsError) as caught:
            EsclScanner(limits=QUICK).abilities(f"127.0.0.1:{listener.getsockname()[1]}")
    assert caught.value.code in ("SCAN_CUT", "SCAN_UNREACHABLE")


def _rubbish(listener):
    connection, _ = listener.accept()
    with connection:
        connection.recv(1000)
        connection.sendall(b"\0\1\2 hello, I am a printer\r\n\r\n")


def test_abilities_are_read(server):
    able = EsclScanner(limits=QUICK).abilities(server.address)
    assert able.sources == tuple(ScanSource)
    assert able.colours == (ScanColour.COLOUR, ScanColour.GREY)
    assert able.resolutions == (75, 100, 200, 300, 600)
    assert able.area_mm[ScanSource.ADF] == pytest.approx((215.9, 355.6), abs=0.1)


def test_what_the_scanner_lacks_is_done_otherwise_and_told(server, pages):
    server.behaviour.sources, server.behaviour.resolutions = ("Platen", "AdfSimplex"), (300,)
    server.behaviour.modes = ("Grayscale8",)
    end, watch = scan(server, BOTH_SIDES, pages)
    assert {note.code for note in end.notes} == {"SCAN_LACKS_DUPLEX", "SCAN_OTHER_DPI", "SCAN_LACKS_COLOUR"}
    assert set(sides(watch)) == {"front"}
    assert "<scan:Duplex>false<" in server.settings[0]


def test_black_and_white_is_asked_for_only_where_it_can_be_sent_without_loss(server, pages):
    server.behaviour.modes = ("BlackAndWhite1", "Grayscale8", "RGB24")
    end, _ = scan(server, profile_named("text"), pages)
    assert [note.code for note in end.notes] == ["SCAN_INSTEAD_GREY"]
    server.behaviour.formats, server.behaviour.pages = ("image/jpeg", "image/png"), [sheet(1, kind="PNG")]
    server.given = 0
    end, watch = scan(server, profile_named("text"), pages, first=4)
    assert end.notes == ()
    assert "<pwg:DocumentFormat>image/png<" in server.settings[1]
    assert watch.pages[0].path.suffix == ".png"


@pytest.mark.parametrize(("capabilities", "code"), [
    (b"<html/>", "SCAN_WRONG_ANSWER"), (b"not xml", "SCAN_WRONG_ANSWER"), (b"<a>" * 5000, "SCAN_WRONG_ANSWER"), (b" " * 3_000_000, "SCAN_WRONG_ANSWER"),
    (b'<!DOCTYPE x [<!ENTITY a "b">]><ScannerCapabilities>&a;</ScannerCapabilities>', "SCAN_WRONG_ANSWER"),
    (b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><ScannerCapabilities><MakeAndModel>&a;</MakeAndModel></ScannerCapabilities>',
     "SCAN_WRONG_ANSWER"),
])
def test_a_hostile_answer_is_a_wrong_answer(server, pages, capabilities, code):
    server.behaviour.capabilities = capabilities
    assert scan(server, FEEDER, pages)[0].stopped.code == code


def test_addresses_typed_and_found_are_listed_once_each():
    scanner = EsclScanner(lambda: [("http://192.168.1.20/eSCL", "Office MFP")], lambda: ["192.168.1.20", "192.168.1.21"])
    assert [(device.id, device.name) for device in scanner.devices()] == [
        ("escl:http://192.168.1.20/eSCL", "Office MFP"), ("escl:http://192.168.1.21/eSCL", "192.168.1.21")]
