"""Scanning through SANE: the real test device with its real faults, and programs that behave worse than any device."""

import os
import signal
import threading
import time
from dataclasses import replace

import psutil
import pytest

from counter_app.domain.errors import SurroundingsError
from counter_app.domain.scan_profile import ScanColour, ScanSource
from counter_app.scanning.devices import sane_process
from counter_app.scanning.devices.sane import SaneLimits, SaneScanner
from counter_app.scanning.devices.sane_process import Patience
from counter_app.scanning.paper.pixels import load
from counter_app.services.scanning.devices import DeviceService
from counter_app.services.scanning.profiles import profile_named
from counter_app.support import messages
from tests.scanning.devices.onlooker import BOTH_SIDES, FEEDER, GLASS, Onlooker, at, check, sides

OPTIONS = r"""cat <<'END'
    --source Flatbed|ADF [Flatbed]
    --resolution 100|200|300dpi [100]
END
exit 0"""
"""The answer of a program that is asked for its options."""
PNG = r"printf '\211PNG\r\n\032\n\0\0\0\015IHDR\0\0\0\001\0\0\0\001\010\0\0\0\0:~\233U\0\0\0\012IDATx\234c\370\017\0\001\001\001\0\033\266\356V\0\0\0\0IEND\256B`\202'"


def scan(scanner, profile, folder, watch=None, first=1, device="test:0"):
    watch = watch or Onlooker()
    end = DeviceService(lambda: [scanner]).scan(f"sane:{device}", profile, folder, watch, first=first)
    check(end, watch, folder, first=first)
    return end, watch


def test_devices_are_listed_by_name_and_maker(test_device):
    (device,) = SaneScanner().devices()
    assert (device.id, device.way) == ("sane:test:0", "sane")
    assert device.name == "Noname frontend-tester"


def test_what_the_desk_finds_itself_and_cameras_are_not_listed(program):
    listing = r"printf 'airscan:e0:Office\037Any\037MFP\nv4l:/dev/video0\037Noname\037Webcam\nairscan:w1:Other\037Any\037MFP\nrubbish\n\037x\037y\n'"
    assert [device.id for device in SaneScanner(program(listing)).devices()] == ["sane:airscan:w1:Other"]


def test_a_device_tells_what_it_can_do(test_device):
    able = SaneScanner().abilities("test:0")
    assert able.sources == (ScanSource.FLATBED, ScanSource.ADF)
    assert able.colours == (ScanColour.COLOUR, ScanColour.GREY)
    assert able.resolutions == (75, 100, 150, 200, 240, 300, 400, 600)
    assert able.area_mm[ScanSource.FLATBED] == (300, 300)


def test_one_sheet_on_the_glass_is_one_page_of_the_right_size(test_device, pages):
    end, watch = scan(SaneScanner(), GLASS, pages)
    assert (end.pages, end.stopped, end.notes) == (1, None, ())
    (page,) = watch.pages
    assert (page.dpi, page.side, page.path.suffix) == (200, "front", ".png")
    assert abs(page.size_px[0] - 210 / 25.4 * 200) < 10
    assert abs(page.size_px[1] - 297 / 25.4 * 200) < 10
    assert watch.percents
    assert max(watch.percents) <= 100


@pytest.mark.parametrize("colour", list(ScanColour)[:2])
def test_who_reads_pages_at_once_gets_them_unpacked_and_the_same(test_device, pages, tmp_path, colour):
    profile = replace(at(GLASS, 75), colour=colour)
    packed, raw = Onlooker(), Onlooker()
    (tmp_path / "raw").mkdir()
    service = DeviceService(lambda: [SaneScanner()])
    service.scan("sane:test:0", profile, pages, packed)
    end = service.scan("sane:test:0", profile, tmp_path / "raw", raw, unpacked=True)
    assert (end.pages, end.stopped) == (1, None)
    assert raw.pages[0].path.suffix == ".pnm"
    assert replace(raw.pages[0], path=packed.pages[0].path) == packed.pages[0]
    assert (load(raw.pages[0].path) == load(packed.pages[0].path)).all()
    assert [path.name for path in (tmp_path / "raw").iterdir()] == ["page-0001.pnm"]


def test_a_stack_ends_when_the_feeder_is_empty(test_device, pages):
    end, watch = scan(SaneScanner(), at(FEEDER, 75), pages)
    assert (end.pages, end.stopped) == (10, None)
    assert sides(watch) == ["front"] * 10


def test_pages_arrive_while_the_feeder_runs(test_device, pages):
    test_device(delay_us=2000)
    arrived = []

    class Timed(Onlooker):
        def arrived(self, page):
            super().arrived(page)
            arrived.append(len(list(pages.glob("page-*"))))

    scan(SaneScanner(), at(FEEDER, 75), pages, Timed())
    assert arrived == list(range(1, 11))


def test_a_device_without_both_sides_scans_fronts_and_says_so(test_device, pages):
    end, watch = scan(SaneScanner(), at(BOTH_SIDES, 75), pages)
    assert [note.code for note in end.notes] == ["SCAN_LACKS_DUPLEX"]
    assert set(sides(watch)) == {"front"}


@pytest.mark.parametrize(("status", "code"), [
    ("SANE_STATUS_JAMMED", "SCAN_JAM"), ("SANE_STATUS_COVER_OPEN", "SCAN_COVER_OPEN"), ("SANE_STATUS_NO_DOCS", "SCAN_NO_PAPER"),
    ("SANE_STATUS_DEVICE_BUSY", "SCAN_BUSY"), ("SANE_STATUS_IO_ERROR", "SCAN_CUT"), ("SANE_STATUS_ACCESS_DENIED", "SCAN_REFUSED"),
    ("SANE_STATUS_CANCELLED", "SCAN_CANCELLED_THERE"), ("SANE_STATUS_INVAL", "SCAN_SETTINGS_REFUSED"),
    ("SANE_STATUS_NO_MEM", "SCAN_DEVICE_FAULT"), ("SANE_STATUS_UNSUPPORTED", "SCAN_DEVICE_FAULT"),
])
@pytest.mark.parametrize("profile", [GLASS, FEEDER], ids=["glass", "feeder"])
def test_every_fault_of_the_device_has_its_sentence_and_leaves_no_half_page(test_device, pages, status, code, profile):
    test_device(status)
    end, _ = scan(SaneScanner(), at(profile, 75), pages)
    assert (end.pages, end.stopped.code) == (0, code)


def test_going_on_after_a_fault_appends(test_device, pages):
    scanner, kept = SaneScanner(), Onlooker(stop_after=4)
    first, _ = scan(scanner, at(FEEDER, 75), pages, kept)
    assert first.pages >= 4
    assert first.stopped.code == "SCAN_CANCELLED"
    test_device("SANE_STATUS_JAMMED")
    second, _ = scan(scanner, at(FEEDER, 75), pages, first=first.pages + 1)
    assert (second.pages, second.stopped.code) == (0, "SCAN_JAM")
    test_device()
    third, _ = scan(scanner, at(FEEDER, 75), pages, first=first.pages + 1)
    assert (third.pages, third.stopped) == (10, None)
    assert len(list(pages.iterdir())) == first.pages + 10


def test_a_feed_is_cancelled_in_the_middle_of_a_page(test_device, pages):
    test_device(delay_us=20_000)
    end, watch = scan(SaneScanner(), FEEDER, pages, Onlooker(stop_at_percent=3))
    assert (end.pages, end.stopped.code) == (0, "SCAN_CANCELLED")
    assert max(watch.percents) < 100


def test_a_device_that_is_gone_is_unreachable(test_device, pages):
    end, _ = scan(SaneScanner(), GLASS, pages, device="test:9")
    assert end.stopped.code == "SCAN_UNREACHABLE"
    with pytest.raises(SurroundingsError, match="SCAN_UNREACHABLE"):
        SaneScanner().abilities("nobody:0")


def test_a_pc_without_the_program_says_what_to_install(pages):
    scanner = SaneScanner("no-such-scan-program")
    end, _ = DeviceService(lambda: [scanner]).scan("sane:test:0", GLASS, pages, Onlooker()), None
    assert end.stopped.code == "SCAN_PROGRAM_MISSING"
    found = DeviceService(lambda: [scanner]).devices()
    assert [problem.code for problem in found.problems] == ["SCAN_PROGRAM_MISSING"]
    assert "sane-utils" in messages.sentence(found.problems[0], "vi")


def test_a_driver_that_dies_takes_only_its_own_process_along(program, pages):
    body = f'case "$*" in *-A*) {OPTIONS};; esac\n{PNG} > scan-1.png; echo scan-1.png; sleep 0.3; kill -SEGV $$'
    end, watch = scan(SaneScanner(program(body)), FEEDER, pages)
    assert (end.pages, end.stopped.code) == (1, "SCAN_DRIVER_DIED")
    assert watch.pages[0].size_px == (1, 1)


def test_a_device_that_is_pulled_out_in_mid_feed_keeps_its_pages_and_going_on_appends(test_device, pages):
    """The real driver is ended by force in the middle of a page, as a driver is that loses its device."""
    test_device(delay_us=5_000)

    class Pulling(Onlooker):
        def progressed(self, percent):
            super().progressed(percent)
            if len(self.pages) == 2 and percent:
                for child in psutil.Process().children(recursive=True):
                    if child.name() == "scanimage":
                        child.kill()

    end, _ = scan(SaneScanner(), at(FEEDER, 75), pages, Pulling())
    assert (end.pages, end.stopped.code) == (2, "SCAN_DRIVER_DIED")
    assert "2 trang" in messages.sentence(end.stopped, "vi")
    test_device()
    again, _ = scan(SaneScanner(), at(FEEDER, 75), pages, first=3)
    assert (again.pages, again.stopped) == (10, None)
    assert len(list(pages.iterdir())) == 12


class Passing(Onlooker):
    """Time as a run sees it: a hundred seconds pass over each page, and with each look once the pages have all come."""

    def __init__(self, monkeypatch, pages):
        super().__init__()
        monkeypatch.setattr(sane_process, "time", self)
        self._now, self._left = 0.0, pages

    def monotonic(self):
        self._now += 0.0 if self._left else 100.0
        return self._now

    def arrived(self, page):
        super().arrived(page)
        self._now, self._left = self._now + 100.0, self._left - 1


def test_a_driver_that_hangs_is_ended(program, pages, monkeypatch):
    body = f'case "$*" in *-A*) {OPTIONS};; esac\n{PNG} > scan-1.png; echo scan-1.png; exec sleep 600'
    end, _ = scan(SaneScanner(program(body), SaneLimits(feed=Patience(60, 60))), FEEDER, pages, Passing(monkeypatch, pages=1))
    assert (end.pages, end.stopped.code) == (1, "SCAN_TIMED_OUT")


def test_pages_that_take_long_here_are_no_silence_of_the_driver(program, pages, monkeypatch):
    body = f'case "$*" in *-A*) {OPTIONS};; esac\nfor i in 1 2; do {PNG} > scan-$i.png; echo scan-$i.png; sleep 0.3; done; echo "Batch terminated, 2 pages scanned" >&2'
    end, _ = scan(SaneScanner(program(body)), FEEDER, pages, Passing(monkeypatch, pages=9))
    assert (end.pages, end.stopped) == (2, None)


@pytest.mark.parametrize(("said", "pages_told", "code"), [
    ("Scanned page 1. (scanner status = 5)", 1, None), ("Scanned page 1. (scanner status = 5)", 2, "SCAN_SHORT"),
    ("Scanned page 2. (scanner status = 6)", 2, "SCAN_JAM"),
])
def test_a_driver_that_hangs_after_its_last_word_is_believed(program, pages, said, pages_told, code):
    last = f'printf "{said}\nBatch terminated, {pages_told} pages scanned\n" >&2; exec sleep 600'
    body = f'case "$*" in *-A*) {OPTIONS};; esac\n{PNG} > scan-1.png; echo scan-1.png; {last}'
    end, _ = scan(SaneScanner(program(body), SaneLimits(feed=Patience(60, 0.3))), FEEDER, pages)
    assert end.pages == 1
    assert (end.stopped and end.stopped.code) == code


def test_a_driver_that_hangs_when_it_has_hung_up_is_believed(program, pages, monkeypatch):
    monkeypatch.setattr("counter_app.scanning.devices.sane_process._GRACE_S", 0.2)
    last = 'printf "Batch terminated, 1 page scanned\n" >&2; exec >&- 2>&-; exec sleep 600'
    body = f'case "$*" in *-A*) {OPTIONS};; esac\n{PNG} > scan-1.png; echo scan-1.png; {last}'
    end, _ = scan(SaneScanner(program(body)), FEEDER, pages)
    assert (end.pages, end.stopped) == (1, None)


def test_a_driver_that_hangs_up_without_a_last_word_is_not(program, pages, monkeypatch):
    monkeypatch.setattr("counter_app.scanning.devices.sane_process._GRACE_S", 0.2)
    body = f'case "$*" in *-A*) {OPTIONS};; esac\n{PNG} > scan-1.png; echo scan-1.png; exec >&- 2>&-; exec sleep 600'
    end, _ = scan(SaneScanner(program(body)), FEEDER, pages)
    assert (end.pages, end.stopped.code) == (1, "SCAN_TIMED_OUT")


def test_what_a_driver_prints_between_the_names_of_pages_is_no_page(program, pages):
    noise = 'echo "[driver] warming up"; echo ../scan-1.png; echo'
    body = f'case "$*" in *-A*) {OPTIONS};; esac\n{noise}; {PNG} > scan-1.png; echo scan-1.png; {noise}; echo "Batch terminated, 1 page scanned" >&2'
    end, _ = scan(SaneScanner(program(body)), FEEDER, pages)
    assert (end.pages, end.stopped) == (1, None)


def test_a_driver_that_hangs_before_it_answers_is_not_waited_for(program, pages):
    scanner = SaneScanner(program("exec sleep 600"), SaneLimits(look_s=0.3, ask_s=0.3))
    assert [problem.code for problem in DeviceService(lambda: [scanner]).devices().problems] == ["SCAN_LOOK_TOO_LONG"]
    assert scan(scanner, GLASS, pages)[0].stopped.code == "SCAN_UNREACHABLE"


VAIN = "Scanned page 2. (scanner status = 7)\n"


@pytest.mark.parametrize(("told", "code"), [
    ("Batch terminated, 2 pages", "SCAN_SHORT"), ("Batch terminated, 1 page", None), ("", "SCAN_SHORT"),
    (f"{VAIN}Batch terminated, 2 pages", None), (f"{VAIN}Batch terminated, 3 pages", "SCAN_SHORT"), (f"{VAIN}Batch terminated, 1 page", "SCAN_SHORT"),
])
def test_a_feed_is_done_only_when_the_device_counts_what_arrived(program, pages, told, code):
    last = f'echo "{told} scanned" >&2'
    body = f'case "$*" in *-A*) {OPTIONS};; esac\n{PNG} > scan-1.png; echo scan-1.png; {last}'
    end, _ = scan(SaneScanner(program(body)), FEEDER, pages)
    assert end.pages == 1
    assert (end.stopped and end.stopped.code) == code


def test_a_fault_counts_although_the_program_ends_well(program, pages):
    said = 'printf "Scanned page 1. (scanner status = 5)\nScanned page 2. (scanner status = 6)\nBatch terminated, 1 page scanned\n" >&2'
    body = f'case "$*" in *-A*) {OPTIONS};; esac\n{PNG} > scan-1.png; echo scan-1.png; {said}'
    end, _ = scan(SaneScanner(program(body)), FEEDER, pages)
    assert (end.pages, end.stopped.code) == (1, "SCAN_JAM")


@pytest.mark.parametrize("page", ["echo rubbish", f"{PNG} | head -c 60", "true"])
def test_what_is_no_whole_page_stops_the_feed_and_is_not_kept(program, pages, page):
    good = f"{PNG} > scan-1.png; echo scan-1.png"
    body = f'case "$*" in *-A*) {OPTIONS};; esac\n{good}\n{page} > scan-2.png; echo scan-2.png; sleep 30'
    end, _ = scan(SaneScanner(program(body)), FEEDER, pages)
    assert (end.pages, end.stopped.code) == (1, "SCAN_PAGE_DAMAGED")


def test_a_page_that_the_disk_does_not_take_stops_the_feed(program, pages):
    body = f'case "$*" in *-A*) {OPTIONS};; esac\necho scan-1.png; sleep 30'
    end, _ = scan(SaneScanner(program(body)), FEEDER, pages)
    assert (end.pages, end.stopped.code) == (0, "SCAN_DISK_FAILED")


def test_a_feeder_without_an_end_is_stopped(program, pages, monkeypatch):
    monkeypatch.setattr("counter_app.scanning.devices.feed.MOST_PAGES", 5)
    body = f'case "$*" in *-A*) {OPTIONS};; esac\ni=1; while true; do {PNG} > scan-$i.png; echo scan-$i.png; i=$((i+1)); sleep 0.01; done'
    end, _ = scan(SaneScanner(program(body)), FEEDER, pages)
    assert (end.pages, end.stopped.code) == (5, "SCAN_TOO_MANY")


def test_nothing_of_a_run_is_left_behind(program, pages, tmp_path):
    body = f'case "$*" in *-A*) {OPTIONS};; esac\necho $$ > "{tmp_path}/pid"; exec sleep 600'
    end, _ = scan(SaneScanner(program(body)), FEEDER, pages, _Impatient(tmp_path / "pid"))
    assert end.stopped.code == "SCAN_CANCELLED"
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), signal.SIGCONT)


class _Impatient(Onlooker):
    """Wants no more as soon as the run has begun."""

    def __init__(self, begun):
        super().__init__()
        self._begun = begun

    def wanted(self):
        return not (self._begun.exists() and self._begun.read_text().strip())


def test_two_feeds_at_once_do_not_disturb_each_other(test_device, pages, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    ends = []
    threads = [threading.Thread(target=lambda folder=folder: ends.append(scan(SaneScanner(), at(FEEDER, 75), folder)[0])) for folder in (pages, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [(end.pages, end.stopped) for end in ends] == [(10, None)] * 2


def test_options_are_asked_once_until_a_feed_fails(program, pages, tmp_path):
    asked = tmp_path / "asked"
    body = f'case "$*" in *-A*) echo x >> "{asked}"; {OPTIONS};; esac\ntest -e "{tmp_path}/jam" && exit 6\n' \
           f'{PNG} > scan-1.png; echo scan-1.png; echo "Batch terminated, 1 page scanned" >&2'
    scanner = SaneScanner(program(body))
    scan(scanner, GLASS, pages)
    once = asked.read_text()
    scan(scanner, GLASS, pages)
    assert asked.read_text() == once
    (tmp_path / "jam").touch()
    assert scan(scanner, GLASS, pages)[0].stopped.code == "SCAN_JAM"
    scan(scanner, GLASS, pages)
    assert asked.read_text() == once * 2


def test_a_feed_that_fails_meanwhile_hinders_nobody_who_asks(program):
    class Forgotten(dict):
        def __setitem__(self, key, value):
            super().__setitem__(key, value)
            self.clear()

    scanner = SaneScanner(program(f'case "$*" in *-A*) {OPTIONS};; esac'))
    scanner._known = Forgotten()
    assert ScanSource.ADF in scanner.abilities("test:0").sources


def test_the_resolution_of_a_page_is_what_the_page_says(test_device, pages):
    end, watch = scan(SaneScanner(), at(profile_named("card"), 150), pages)
    assert end.stopped is None
    assert watch.pages[0].dpi == 150


def test_seconds_of_silence_are_told(program, pages):
    started = time.monotonic()
    body = f'case "$*" in *-A*) {OPTIONS};; esac\nexec sleep 600'
    end, _ = scan(SaneScanner(program(body), SaneLimits(feed=Patience(1.0, 1.0))), FEEDER, pages)
    assert end.stopped.params["seconds"] == 1
    assert time.monotonic() - started < 30
