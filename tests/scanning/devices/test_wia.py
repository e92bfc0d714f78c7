"""Scanning on Windows, against a stand-in of its COM objects: the contract of the port; no Windows was there."""

import pytest

from counter_app.domain.errors import SurroundingsError
from counter_app.domain.scan_profile import ScanSource
from counter_app.scanning.devices.wia import WiaScanner
from counter_app.services.scanning.devices import DeviceService
from counter_app.services.scanning.profiles import profile_named
from tests.scanning.devices.fake_com import Machine, install
from tests.scanning.devices.onlooker import BOTH_SIDES, FEEDER, GLASS, Onlooker, check, sides
from tests.scanning.devices.test_escl import bars

DEVICE = "{6BDD}\\0000"


@pytest.fixture
def machine(monkeypatch):
    machine = Machine()
    install(monkeypatch, machine, camera=True)
    yield machine
    assert machine.threads == set(), "COM was not ended"


def scan(profile, folder, watch=None, first=1, device=DEVICE):
    watch = watch or Onlooker()
    end = DeviceService(lambda: [WiaScanner()]).scan(f"wia:{device}", profile, folder, watch, first=first)
    check(end, watch, folder, first=first)
    return end, watch


def test_scanners_are_listed_and_cameras_are_not(machine):
    (device,) = WiaScanner().devices()
    assert (device.id, device.name, device.way) == (f"wia:{DEVICE}", "Office WIA", "wia")


def test_abilities_are_read_from_the_properties(machine):
    able = WiaScanner().abilities(DEVICE)
    assert able.sources == tuple(ScanSource)
    assert able.resolutions == (75, 200, 300)
    assert able.area_mm[ScanSource.FLATBED] == pytest.approx((215.9, 297.18))
    assert able.area_mm[ScanSource.ADF] == pytest.approx((215.9, 355.6))


@pytest.mark.parametrize(("can", "sources"), [(2, (ScanSource.FLATBED,)), (1, (ScanSource.ADF,)), (3, (ScanSource.FLATBED, ScanSource.ADF))])
def test_sources_are_the_flags(machine, can, sources):
    machine.values[3086] = can
    assert WiaScanner().abilities(DEVICE).sources == sources


def test_a_range_of_resolutions_gives_the_usual_ones(machine):
    machine.choices = range(100, 301)
    assert WiaScanner().abilities(DEVICE).resolutions == (100, 150, 200, 240, 300)


def test_a_stack_comes_in_its_order_as_png(machine, pages):
    end, watch = scan(FEEDER, pages)
    assert (end.pages, end.stopped, end.notes) == (3, None, ())
    assert [bars(page) for page in watch.pages] == [1, 2, 3]
    assert {(page.dpi, page.path.suffix) for page in watch.pages} == {(200, ".png")}
    assert machine.value(3088) == 1


def test_settings_are_written_as_numbers_of_wia(machine, pages):
    scan(profile_named("result"), pages)
    assert [machine.value(number) for number in (3088, 3096, 6146, 6147, 6148, 6149, 6150, 6151, 6152)] == [1, 1, 1, 300, 300, 0, 0, 2480, 3507]


def test_fronts_and_backs_take_turns(machine, pages):
    machine.sheets = 4
    _, watch = scan(BOTH_SIDES, pages)
    assert sides(watch) == ["front", "back"] * 2
    assert machine.value(3088) == 5


def test_one_sheet_on_the_glass_is_one_page(machine, pages):
    end, _ = scan(GLASS, pages)
    assert (end.pages, end.stopped) == (1, None)
    assert machine.value(3088) == 2


def test_black_and_white_is_an_intent(machine, pages):
    scan(profile_named("text"), pages)
    assert machine.value(6146) == 4


def test_what_the_device_lacks_is_done_without(machine, pages):
    machine.lacks = {3096, 6146, 6149, 3076}
    machine.choices = (300,)
    end, watch = scan(FEEDER, pages)
    assert [note.code for note in end.notes] == ["SCAN_OTHER_DPI"]
    assert watch.pages[0].dpi == 300


@pytest.mark.parametrize(("number", "code"), [
    (0x80210002, "SCAN_JAM"), (0x80210016, "SCAN_COVER_OPEN"), (0x80210006, "SCAN_BUSY"), (0x80210005, "SCAN_CUT"), (0x8021000A, "SCAN_CUT"),
    (0x80210009, "SCAN_CUT"), (0x8021000D, "SCAN_BUSY"), (0x8021000E, "SCAN_DRIVER_DIED"), (0x80210020, "SCAN_MISFEED"),
    (0x80070005, "SCAN_REFUSED"), (0x800706BA, "SCAN_DRIVER_DIED"), (0x80210001, "SCAN_DEVICE_FAULT"), (0x80004005, "SCAN_DEVICE_FAULT"),
])
def test_a_fault_in_mid_feed_keeps_the_pages_so_far(machine, pages, number, code):
    machine.faults[3] = number
    end, watch = scan(FEEDER, pages)
    assert (end.pages, end.stopped.code) == (2, code)
    assert [bars(page) for page in watch.pages] == [1, 2]


def test_going_on_after_a_jam_appends(machine, pages):
    machine.faults[2] = 0x80210002
    first, _ = scan(FEEDER, pages)
    second, watch = scan(FEEDER, pages, first=first.pages + 1)
    assert (first.pages, second.pages, second.stopped) == (1, 2, None)
    assert [bars(page) for page in watch.pages] == [2, 3]


@pytest.mark.parametrize(("state", "code"), [(32, "SCAN_JAM"), (16, "SCAN_COVER_OPEN"), (1, "SCAN_PAPER_LEFT")])
def test_an_end_that_the_feeder_does_not_agree_with_is_none(machine, pages, state, code):
    machine.state = state
    end, _ = scan(FEEDER, pages)
    assert (end.pages, end.stopped.code) == (3, code)


def test_an_end_that_nobody_confirms_is_told(machine, pages):
    machine.lacks = {3087}
    end, _ = scan(FEEDER, pages)
    assert (end.pages, end.stopped.code) == (3, "SCAN_UNCONFIRMED")


def test_an_empty_feeder_is_told(machine, pages):
    machine.sheets = 0
    end, _ = scan(FEEDER, pages)
    assert (end.pages, end.stopped.code) == (0, "SCAN_NO_PAPER")


@pytest.mark.parametrize(("number", "code"), [(0x80210005, "SCAN_UNREACHABLE"), (0x80210006, "SCAN_BUSY"), (0x80210002, "SCAN_JAM")])
def test_a_device_that_can_not_be_connected_is_told(machine, pages, number, code):
    machine.refuses_to_connect = number
    end, _ = scan(FEEDER, pages)
    assert (end.pages, end.stopped.code) == (0, code)


def test_a_device_that_windows_does_not_know_is_unreachable(machine, pages):
    assert scan(FEEDER, pages, device="gone")[0].stopped.code == "SCAN_UNREACHABLE"


def test_a_windows_without_wia_says_so(monkeypatch, machine):
    install(monkeypatch, machine, broken=0x80040154)
    with pytest.raises(SurroundingsError, match="SCAN_DEVICE_FAULT"):
        WiaScanner().devices()


def test_what_is_no_bitmap_stops_the_feed(machine, pages):
    machine.rubbish_at = 2
    end, _ = scan(FEEDER, pages)
    assert (end.pages, end.stopped.code) == (1, "SCAN_PAGE_DAMAGED")


def test_cancelling_takes_effect_between_pages(machine, pages):
    end, _ = scan(FEEDER, pages, Onlooker(stop_after=2))
    assert (end.pages, end.stopped.code) == (2, "SCAN_CANCELLED")


def test_a_disk_that_takes_no_page_stops_the_feed(machine, pages):
    class Mischief(Onlooker):
        def arrived(self, page):
            page.path.unlink()
            pages.rmdir()

    end = DeviceService(lambda: [WiaScanner()]).scan(f"wia:{DEVICE}", FEEDER, pages, Mischief())
    assert (end.pages, end.stopped.code) == (1, "SCAN_DISK_FAILED")
