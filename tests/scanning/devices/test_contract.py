"""What every way to scanners promises, whatever stands behind it: SANE's test device, a network scanner, a stand-in of Windows, a folder.

A new way gets a rig here and has to hold all of it.
"""

import os
import time

import pytest

from counter_app.domain.errors import SurroundingsError
from counter_app.scanning.devices.escl import EsclScanner
from counter_app.scanning.devices.folder import FolderScanner
from counter_app.scanning.devices.sane import SaneScanner
from counter_app.scanning.devices.watch_folder import FolderLimits
from counter_app.scanning.devices.wia import WiaScanner
from counter_app.services.scanning.devices import DeviceService
from tests.scanning.devices.escl_server import Scanner, sheet
from tests.scanning.devices.fake_com import Machine, install
from tests.scanning.devices.onlooker import FEEDER, GLASS, Onlooker, at, check
from tests.scanning.devices.test_escl import QUICK


class SaneRig:
    """Ten sheets in the test device, whose faults come with the first byte."""

    stack, jammed_after, gone = 10, 0, "sane:test:9"

    def __init__(self, request):
        self.make = request.getfixturevalue("test_device")
        self.service = DeviceService(lambda: [SaneScanner()])
        self.device = "sane:test:0"

    def jam(self):
        self.make("SANE_STATUS_JAMMED")

    def load(self):
        self.make()


class EsclRig:
    """Three sheets in a network scanner, the third one jams."""

    stack, jammed_after, gone = 3, 2, "escl:http://127.0.0.1:9/eSCL"

    def __init__(self, request):
        self.server = Scanner()
        request.addfinalizer(self.server.unplug)
        self.server.__enter__()
        self.service = DeviceService(lambda: [EsclScanner(lambda: [(self.server.address, "Office")], limits=QUICK)])
        self.device = f"escl:{self.server.address}"

    def jam(self):
        self.server.behaviour.fault, self.server.behaviour.fault_at = "jam", 3

    def load(self):
        self.server.behaviour.fault, self.server.given, self.server.adf = "", 0, ""


class WiaRig:
    """Three sheets in a stand-in, the third one jams."""

    stack, jammed_after, gone = 3, 2, "wia:gone"

    def __init__(self, request):
        self.machine = Machine()
        install(request.getfixturevalue("monkeypatch"), self.machine)
        self.service = DeviceService(lambda: [WiaScanner()])
        (device,) = self.service.devices().devices
        self.device = device.id

    def jam(self):
        self.machine.faults[3] = 0x80210002

    def load(self):
        self.machine.read = 0


class FolderRig:
    """Three files of a copier; nothing jams in a folder, but it may go away."""

    stack, jammed_after, gone = 3, None, "folder:/no/such/folder"

    def __init__(self, request):
        self.folder = request.getfixturevalue("tmp_path") / "copier"
        self.folder.mkdir()
        self.service = DeviceService(lambda: [FolderScanner(lambda: [self.folder], FolderLimits(0.05, 0.3))])
        self.device = f"folder:{self.folder}"
        self.load()

    def load(self):
        for number in (1, 2, 3):
            path = self.folder / f"{number}.jpg"
            path.write_bytes(sheet(number))
            os.utime(path, (time.time() - 100 + number,) * 2)


@pytest.fixture(params=[SaneRig, EsclRig, WiaRig, FolderRig], ids=["sane", "escl", "wia", "folder"])
def rig(request):
    return request.param(request)


@pytest.fixture
def jamming(rig):
    if rig.jammed_after is None:
        pytest.skip("nothing jams in a folder")
    return rig


def scan(rig, pages, watch=None, first=1, profile=FEEDER, device=""):
    watch = watch or Onlooker()
    end = rig.service.scan(device or rig.device, at(profile, 75) if rig.device.startswith("sane") else profile, pages, watch, first=first)
    check(end, watch, pages, first=first)
    return end


def test_the_device_is_found_under_the_id_that_it_is_scanned_with(rig):
    found = rig.service.devices()
    assert rig.device in [device.id for device in found.devices]
    assert all(device.id.startswith(f"{device.way}:") and device.name for device in found.devices)
    assert found.problems == ()


def test_a_stack_arrives_whole_and_is_done(rig, pages):
    end = scan(rig, pages)
    assert (end.pages, end.stopped) == (rig.stack, None)


def test_a_stack_after_a_stack_appends(rig, pages):
    first = scan(rig, pages)
    rig.service.accept(rig.device, first)
    rig.load()
    if rig.device.startswith("folder"):
        for path in rig.folder.glob("*.jpg"):
            path.write_bytes(sheet(int(path.stem) + 3))
    second = scan(rig, pages, first=first.pages + 1)
    assert second.stopped is None
    assert len(list(pages.iterdir())) == 2 * rig.stack


def test_a_jam_keeps_what_arrived_and_going_on_appends(jamming, pages):
    jamming.jam()
    end = scan(jamming, pages)
    assert (end.pages, end.stopped.code) == (jamming.jammed_after, "SCAN_JAM")
    assert end.stopped.params["pages"] == end.pages
    jamming.load()
    assert scan(jamming, pages, first=end.pages + 1).stopped is None
    assert [int(path.stem[5:]) for path in sorted(pages.iterdir())] == list(range(1, jamming.jammed_after + jamming.stack + 1))


def test_nobody_wanting_anything_brings_nothing(rig, pages):
    end = scan(rig, pages, Onlooker(stop_after=0))
    assert (end.pages, end.stopped.code) == (0, "SCAN_CANCELLED")
    assert list(pages.iterdir()) == []


def test_cancelling_keeps_what_arrived(rig, pages):
    end = scan(rig, pages, Onlooker(stop_after=1))
    assert end.stopped.code == "SCAN_CANCELLED"
    assert 1 <= end.pages <= rig.stack


def test_a_glass_gives_one_page(rig, pages):
    if rig.device.startswith("folder"):
        pytest.skip("a folder has no glass")
    end = scan(rig, pages, profile=GLASS)
    assert (end.pages, end.stopped) == (1, None)


def test_a_device_that_is_gone_is_told_and_leaves_nothing(rig, pages):
    end = scan(rig, pages, device=rig.gone)
    assert end.pages == 0
    assert end.stopped.code in ("SCAN_UNREACHABLE", "SCAN_FOLDER_GONE")
    with pytest.raises(SurroundingsError):
        rig.service.abilities(rig.gone)


def test_a_folder_for_pages_that_is_gone_is_told(rig, pages):
    pages.rmdir()
    end = rig.service.scan(rig.device, FEEDER, pages, Onlooker())
    assert end.pages == 0
    assert end.stopped is not None


def test_who_looks_on_and_fails_is_heard_and_nothing_goes_on_behind(rig, pages):
    class Failing(Onlooker):
        def arrived(self, page):
            raise RuntimeError("a defect of the window")

    with pytest.raises(RuntimeError, match="a defect of the window"):
        rig.service.scan(rig.device, FEEDER, pages, Failing())
    assert not [path for path in pages.iterdir() if not path.name.startswith("page-")]


def test_abilities_fit_every_profile(rig):
    able = rig.service.abilities(rig.device)
    assert list(able.resolutions) == sorted(able.resolutions)
    assert len(set(able.sources)) == len(able.sources)
