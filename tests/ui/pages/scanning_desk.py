"""What the tests of scanning share: a scanner made of pictures that are drawn here, with every end that a feed can have."""

from __future__ import annotations

import threading
from dataclasses import replace

import cv2
import numpy as np
import segno

from counter_app.domain.codes import slip_qr
from counter_app.domain.errors import Problem, failed
from counter_app.domain.scan_profile import Abilities
from counter_app.services.scanning.devices import Device, DeviceService, FeedEnd, ScannedPage, TakenFile
from tests.ui.conftest import wait_for
from tests.ui.pages.helpers import idle, shown_page
from ui.models.scan_stack import Mark
from ui.pages.scanning import ScanningPage

DPI, WIDE, HIGH = 100, 826, 1169
FEEDER = Device("fake:1", "Máy quét thử", "fake")


def drawn(code="", *, lines=12, blank=False):
    """Return the pixels of an A4 page at 100 dpi: a few bars of ink, perhaps a code; or nothing at all."""
    pixels = np.full((HIGH, WIDE, 3), 255, np.uint8)
    for at in range(0 if blank else lines):
        cv2.rectangle(pixels, (90, 330 + at * 50), (700 - at % 3 * 90, 342 + at * 50), (30, 30, 30), -1)
    if code:
        modules = np.array([list(row) for row in segno.make(slip_qr(code), error="m", micro=False).matrix], np.uint8)
        qr = cv2.resize(255 - modules * 255, None, fx=5, fy=5, interpolation=cv2.INTER_NEAREST)
        pixels[80:80 + qr.shape[0], 90:90 + qr.shape[1]] = qr[..., None]
    return pixels


class FakeFeeder:
    """A way to one scanner. ``stacks`` are fed one after the other: pixels, and the problem that a feed stops with or None."""

    way = "fake"

    def __init__(self, *stacks):
        self.stacks, self.seen, self.duplex = list(stacks), [], False
        self.gate, self.after_first = threading.Event(), threading.Event()
        self.gate.set()
        self.after_first.set()

    def devices(self):
        return (FEEDER,)

    def abilities(self, device):
        return Abilities((), (), (), {})

    def feed(self, job, watch):
        self.seen.append(job)
        sheets, stopped = self.stacks.pop(0)
        came = 0
        for at, pixels in enumerate(sheets):
            while not self.gate.wait(0.01) and watch.wanted():
                pass
            if at:
                self.after_first.wait(10)
            if not watch.wanted():
                return FeedEnd(came, Problem("SCAN_CANCELLED", None, {"pages": came}), both_sides=self.duplex)
            path = job.folder / f"page-{job.first + at:04d}.png"
            cv2.imwrite(str(path), pixels)
            side = "back" if self.duplex and at % 2 else "front"
            watch.arrived(ScannedPage(path, DPI, side, job.first + at, pixels.shape[1::-1]))
            came += 1
        return FeedEnd(came, stopped and Problem(stopped, None, {"pages": came}), both_sides=self.duplex)


class FakeFolder(FakeFeeder):
    """A way whose pages come from a file for each stack."""

    def __init__(self, *stacks):
        super().__init__(*stacks)
        self.accepted = []

    def feed(self, job, watch):
        end = super().feed(job, watch)
        return replace(end, files=(TakenFile(job.folder / "a.pdf", str(len(self.seen))),) if end.pages else ())

    def accept(self, device, files):
        self.accepted += [each.sha256 for each in files]


def page_with(seat, *stacks, way=FakeFeeder):
    """Return the shown page of a desk whose scanner feeds these stacks, and the scanner."""
    feeder = way(*stacks)
    context = replace(seat.context, counter=replace(seat.context.counter, scanning=DeviceService(lambda: [feeder])))
    page = shown_page(ScanningPage(context))
    page.activate()
    idle(context)
    return page, feeder


def scan(page):
    """Press F12 and wait for the end of the feed."""
    assert page.trigger("scan_stack")
    wait_for(lambda: page.seat.listener is None)
    idle(page.context)


def do(page, action_id):
    """Do an act and wait for its answer."""
    assert page.trigger(action_id)
    idle(page.context)


def order(page):
    """Return the ids of all pages on the strip."""
    return [each.page_id for one in page.strip.sets for each in one.pages]


def there(page):
    """Return the ids of the pages that are not deleted."""
    return [each.page_id for one in page.strip.sets for each in one.pages if each.mark is not Mark.DELETED]


def shape(page):
    """Return how many pages each set has."""
    return [len(each.pages) for each in page.strip.sets]


def titles(page):
    return [(each.title, each.word) for each in page.strip.sets]


def stack_of(*codes, between=1):
    """A slip and some pages for each dossier."""
    return [pixels for code in codes for pixels in (drawn(code), *(drawn(lines=5 + at) for at in range(between)))]


def full_at_the_second_page(monkeypatch, batches):
    """Let the disk take every page but the second one that is given to it; return what was given to it."""
    keep, given = batches.add_page, []

    def add_page(batch_id, scanned):
        given.append(scanned)
        if len(given) == 2:
            raise failed("DISK_FULL", path="x")
        return keep(batch_id, scanned)

    monkeypatch.setattr(batches, "add_page", add_page)
    return given
