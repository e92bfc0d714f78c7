"""Scanners of several ways beside one another: one that fails hides no other, and every id finds its own."""

import pytest

from counter_app.domain.errors import Problem, RuleBrokenError, failed
from counter_app.domain.scan_profile import Abilities
from counter_app.services.scanning.devices import Device, DeviceService, FeedEnd, ScanJob, ScannedPage
from counter_app.services.scanning.profiles import profile_named

PROFILE = profile_named("glass")


class FakeScanner:
    """A way with some devices; ``fault`` makes it fail whatever is asked."""

    def __init__(self, way, *names, fault=None):
        self.way, self.jobs = way, []
        self._names, self._fault = names, fault

    def devices(self):
        self._maybe_fail()
        return tuple(Device(f"{self.way}:{name}", name.title(), self.way) for name in self._names)

    def abilities(self, device):
        self._maybe_fail()
        return Abilities((), (), (len(device),), {})

    def feed(self, job, watch):
        self._maybe_fail()
        self.jobs.append((job, watch))
        return FeedEnd(3)

    def _maybe_fail(self):
        if self._fault:
            raise failed(self._fault, pages=0)


def test_the_devices_of_all_ways_are_found_and_faults_are_told():
    service = DeviceService(lambda: [FakeScanner("one", "a", "b"), FakeScanner("two", fault="SCAN_LOOK_TOO_LONG"), FakeScanner("three", "c")])
    found = service.devices()
    assert [device.id for device in found.devices] == ["one:a", "one:b", "three:c"]
    assert found.problems == (Problem("SCAN_LOOK_TOO_LONG", None, {"pages": 0}),)


def test_nothing_found_is_no_fault():
    assert DeviceService(lambda: []).devices().devices == ()
    assert DeviceService(lambda: [FakeScanner("one")]).devices().problems == ()


def test_a_job_goes_to_the_way_that_its_id_names_with_the_rest_of_the_id(tmp_path):
    one, two = FakeScanner("one"), FakeScanner("two")
    watch = object()
    assert DeviceService(lambda: [one, two]).scan("two:net:work:0", PROFILE, tmp_path, watch, first=7) == FeedEnd(3)
    assert one.jobs == []
    assert two.jobs == [(ScanJob("net:work:0", PROFILE, tmp_path, 7), watch)]


def test_abilities_are_those_of_the_device():
    assert DeviceService(lambda: [FakeScanner("one")]).abilities("one:abc").resolutions == (3,)


@pytest.mark.parametrize("device", ["", "one", "one:", "none:x", ":x", "ONE:x", "x" * 5000])
def test_an_id_that_nobody_knows_is_refused(device, tmp_path):
    service = DeviceService(lambda: [FakeScanner("one")])
    for call in (lambda: service.abilities(device), lambda: service.scan(device, PROFILE, tmp_path, None)):
        with pytest.raises(RuleBrokenError) as caught:
            call()
        assert caught.value.problems[0].code == "SCAN_DEVICE_UNKNOWN"
        assert caught.value.problems[0].field == "device"
        assert len(caught.value.problems[0].params["device"]) <= 200


def test_a_feed_that_could_not_begin_is_an_end_without_pages(tmp_path):
    end = DeviceService(lambda: [FakeScanner("one", fault="SCAN_BUSY")]).scan("one:a", PROFILE, tmp_path, None)
    assert (end.pages, end.stopped.code, end.notes) == (0, "SCAN_BUSY", ())


def test_a_scanner_goes_by_the_name_that_people_gave_it(tmp_path):
    class Named:
        way = "named"

        def devices(self):
            return Device("named:1", "Canon DR-C225", "named"), Device("named:2", "Epson", "named")

    found = DeviceService(lambda: [Named()], lambda: {"named:1": "Máy ở quầy 2", "gone:1": "Máy cũ"}).devices()
    assert [device.name for device in found.devices] == ["Máy ở quầy 2", "Epson"]


class OneAfterAnother:
    """A feeder of three pages that stops when nobody wants more."""

    way = "feeder"

    def __init__(self, pages=3):
        self.pages = pages

    def abilities(self, device):
        return Abilities((), (), (), {})

    def feed(self, job, watch):
        came = 0
        while came < self.pages and watch.wanted():
            path = job.folder / f"page-{came + 1:04d}.png"
            path.write_bytes(b"page")
            watch.arrived(ScannedPage(path, 200, "front", came + 1, (10, 10)))
            watch.progressed(100)
            came += 1
        stopped = Problem("SCAN_CANCELLED", None, {"pages": came}) if came else None
        return FeedEnd(came, stopped)


def test_a_scanner_is_tried_with_one_page(tmp_path):
    service = DeviceService(lambda: [OneAfterAnother()])
    page, problem = service.try_out("feeder:1", PROFILE, tmp_path)
    assert (page.ordinal, problem, len(list(tmp_path.iterdir()))) == (1, None, 1)


def test_a_trial_without_a_page_says_why(tmp_path):
    page, problem = DeviceService(lambda: [OneAfterAnother(pages=0)]).try_out("feeder:1", PROFILE, tmp_path)
    assert (page, problem.code) == (None, "SCAN_NO_PAPER")
    with pytest.raises(RuleBrokenError, match="SCAN_DEVICE_UNKNOWN"):
        DeviceService(lambda: []).try_out("feeder:1", PROFILE, tmp_path)
