"""The page of scanning with SANE's own test device: a feeder of ten sheets, and a real jam that the driver reports."""

from tests.scanning.devices.conftest import sane_folder, test_device  # noqa: F401  fixtures
from tests.ui.conftest import wait_for
from tests.ui.pages.helpers import idle, shown_page
from tests.ui.pages.scanning_desk import order
from ui.pages.scanning import ScanningPage


def feed(page, action_id="scan_stack"):
    assert page.trigger(action_id)
    wait_for(lambda: page.seat.listener is None, 60_000)
    idle(page.context)


def test_a_feeder_gives_ten_pages_and_a_jam_afterwards_loses_none(seat, monkeypatch, test_device):  # noqa: F811
    monkeypatch.setattr("counter_app.scanning.devices.discovery.discover", tuple)  # nobody looks through the network of this PC
    page = shown_page(ScanningPage(seat.context))
    page.activate()
    idle(page.context)
    assert page.head.device_id.startswith("sane:test")
    page.head.choose_profile("2")
    feed(page)
    assert len(page._look.batch.pages) == 10
    assert page.banner.isHidden()
    test_device(status="SANE_STATUS_JAMMED")
    feed(page)
    assert "jammed" in page.banner.sentence
    assert len(page._look.batch.pages) == 10
    assert [page.why_not(each) for each in ("scan_stack", "turn_pages", "undo_scan")] == [None, None, None]


def test_a_jam_while_pages_are_scanned_in_is_gone_on_with_behind_the_same_page(seat, monkeypatch, test_device):  # noqa: F811
    monkeypatch.setattr("counter_app.scanning.devices.discovery.discover", tuple)
    page = shown_page(ScanningPage(seat.context))
    page.activate()
    idle(page.context)
    page.head.choose_profile("3")
    feed(page)
    feed(page)
    assert page.head.words == "1 pages came, the scanner has no more"
    first, last = order(page)
    page.strip.choose(first)
    test_device(status="SANE_STATUS_COVER_OPEN")
    feed(page, "insert_pages")
    assert "cover" in page.banner.sentence
    assert "(F12)" in page.banner._button.text()
    assert order(page) == [first, last]
    test_device()
    page.banner.acted.emit()
    wait_for(lambda: page.seat.listener is None and len(order(page)) == 3, 60_000)
    idle(page.context)
    assert (order(page)[0], order(page)[2]) == (first, last)
    kept = {path.suffix for path in seat.desk.data_dir.rglob("*") if path.suffix in (".png", ".pnm")}
    assert kept == set(), "nothing lies in the clear"
