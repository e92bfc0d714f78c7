"""The page of scanning with SANE's own test device: a feeder of ten sheets, and a real jam that the driver reports."""

from tests.scanning.devices.conftest import sane_folder, test_device  # noqa: F401  fixtures
from tests.ui.conftest import wait_for
from tests.ui.pages.helpers import idle, shown_page
from ui.pages.scanning import ScanningPage


def feed(page):
    assert page.trigger("scan_stack")
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
