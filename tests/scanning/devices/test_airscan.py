"""The trial scanner is a real one: SANE's own eSCL client reads from it, and the desk reads through SANE what the trial scanner does to it."""

import shutil
import subprocess
from pathlib import Path

import pytest

from counter_app.domain.scan_profile import ScanSource
from counter_app.scanning.devices.escl import EsclScanner
from counter_app.scanning.devices.sane import SaneScanner
from counter_app.services.scanning.devices import DeviceService
from tests.scanning.devices.escl_server import Behaviour, Scanner, sheet
from tests.scanning.devices.onlooker import BOTH_SIDES, FEEDER, Onlooker, at, check, sides
from tests.scanning.devices.test_escl import bars

SHEETS = [sheet(n, (620, 877)) for n in (1, 2, 3, 4)]
"""A4 at 75 dpi: SANE takes only pages of the size that it asked for."""
DEVICE = "airscan:e0:Loopback"


@pytest.fixture
def airscan(sane_folder):
    """A trial scanner that SANE knows by its address, not quicker than paper moves: SANE's client loses pages that come before it asks."""
    if shutil.which("airscan-discover") is None:
        pytest.skip("sane-airscan is not installed")
    (sane_folder / "dll.conf").write_text("airscan\n")
    with Scanner(Behaviour(pages=list(SHEETS), page_s=0.1)) as scanner:
        (sane_folder / "airscan.conf").write_text(f'[devices]\n"Loopback" = {scanner.address}, eSCL\n[options]\ndiscovery = disable\n')
        scanner.behaviour.location = scanner.address + "/ScanJobs/{job}"
        yield scanner


def scan(profile, folder, device=DEVICE, first=1):
    watch = Onlooker()
    end = DeviceService(lambda: [SaneScanner()]).scan(f"sane:{device}", at(profile, 75), folder, watch, first=first)
    check(end, watch, folder, first=first)
    return end, watch


def test_an_independent_client_reads_the_whole_stack(airscan, pages):
    command = ["scanimage", "-d", DEVICE, "--source=ADF", "--resolution=75", "--format=png", "--batch=p%d.png", "--batch-print"]
    done = subprocess.run(command, cwd=pages, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["p1.png", "p2.png", "p3.png", "p4.png"]


def test_the_desk_and_the_independent_client_see_the_same_abilities(airscan):
    own, other = EsclScanner().abilities(airscan.address), SaneScanner().abilities(DEVICE)
    assert own.sources == other.sources == tuple(ScanSource)
    assert own.colours == other.colours
    assert own.resolutions == other.resolutions
    for ours, theirs in zip(own.area_mm[ScanSource.FLATBED], other.area_mm[ScanSource.FLATBED], strict=True):
        assert ours == pytest.approx(theirs, abs=1)


def test_the_desk_and_the_independent_client_bring_the_same_pages(airscan, pages, tmp_path):
    end, through_sane = scan(FEEDER, pages)
    assert (end.pages, end.stopped) == (4, None)
    airscan.given = 0
    other = Path(tmp_path) / "other"
    other.mkdir()
    watch = Onlooker()
    DeviceService(lambda: [EsclScanner()]).scan(f"escl:{airscan.address}", at(FEEDER, 75), other, watch)
    assert [bars(page) for page in through_sane.pages] == [bars(page) for page in watch.pages] == [1, 2, 3, 4]


def test_both_sides_come_in_turns(airscan, pages):
    _, watch = scan(BOTH_SIDES, pages)
    assert sides(watch) == ["front", "back", "front", "back"]


@pytest.mark.parametrize(("fault", "code"), [("jam", "SCAN_JAM"), ("door", "SCAN_COVER_OPEN"), ("gone", "SCAN_CUT"), ("wrong", "SCAN_CUT")])
def test_a_fault_in_mid_feed_keeps_the_pages_so_far(airscan, pages, fault, code):
    airscan.behaviour.fault, airscan.behaviour.fault_at, airscan.behaviour.end_code = fault, 3, 503 if fault in ("jam", "door") else 404
    end, watch = scan(FEEDER, pages)
    assert (end.pages, end.stopped.code) == (2, code)
    assert [bars(page) for page in watch.pages] == [1, 2]


def test_going_on_after_the_jam_appends(airscan, pages):
    airscan.behaviour.fault, airscan.behaviour.fault_at, airscan.behaviour.end_code = "jam", 3, 503
    first, _ = scan(FEEDER, pages)
    airscan.behaviour.fault, airscan.behaviour.pages, airscan.given, airscan.adf = "", SHEETS[2:], 0, ""
    airscan.behaviour.end_code = 404
    second, watch = scan(FEEDER, pages, first=first.pages + 1)
    assert second.stopped is None
    assert [bars(page) for page in watch.pages] == [3, 4]
    assert len(list(pages.iterdir())) == 4


def test_an_empty_feeder_is_told(airscan, pages):
    airscan.behaviour.loaded = False
    end, _ = scan(FEEDER, pages)
    assert (end.pages, end.stopped.code) == (0, "SCAN_NO_PAPER")
