r"""Try a scanner of a Windows PC. Nobody has yet: WIA is covered by tests against a stand-in alone, so what this prints is worth reporting.

On a PC with Windows 10 or later, a checkout and a scanner that Windows knows::

    py -3 -m venv .venv
    .venv\Scripts\pip install --require-hashes --only-binary :all: -r requirements.lock
    .venv\Scripts\python -m installer.wia_check

Put three sheets into the feeder and one on the glass before. It should print, for a scanner with a feeder for both sides::

    1 scanner
    wia:{6BDD1FC6-…}\0000  Office MFP
      sources flatbed, adf, adf_duplex; dpi 75, 100, 150, 200, 300, 600; areas flatbed 216 x 297 mm, …
      glass      1 page, confirmed
      feeder     3 pages, confirmed
      both sides 6 pages, confirmed      (asks for the sheets to be put back first)
      no paper   0 pages: SCAN_NO_PAPER
    pages in C:\Users\…\wia-check

Then please try by hand, with ``--only feeder``: open the cover after the first sheet (SCAN_COVER_OPEN or SCAN_JAM, one page), pull the
cable after the first sheet (SCAN_CUT, one page), start another scanning program first (SCAN_BUSY). A count that is short and ``confirmed``
is a defect; so is a traceback.
"""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
from pathlib import Path

from counter_app.domain.errors import DeskError
from counter_app.services.scanning.devices import DeviceService, FeedEnd, ScannedPage
from counter_app.services.scanning.profiles import profile_named

STEPS = {"glass": "glass", "feeder": "one_side", "both sides": "dossier", "no paper": "one_side"}
"""What is tried → with which profile."""
BEFORE = {"both sides": "Put the three sheets back into the feeder.", "no paper": "Take all paper out of the feeder."}


class Printing:
    """Tells of the pages as they come."""

    def arrived(self, page: ScannedPage) -> None:
        """Print a page."""
        print(f"    {page.path.name} {page.side} {page.dpi} dpi {page.size_px[0]} x {page.size_px[1]}")

    def progressed(self, percent: int) -> None:
        """WIA tells no progress."""

    def wanted(self) -> bool:
        """Always go on."""
        return True


def told(end: FeedEnd) -> str:
    """Return how a feed ended, in one line."""
    count = f"{end.pages} page{'' if end.pages == 1 else 's'}"
    notes = "".join(f", {note.code}" for note in end.notes)
    return f"{count}{', confirmed' if end.stopped is None else f': {end.stopped.code}'}{notes}"


def check(service: DeviceService, device: str, only: str) -> None:
    """Try one scanner, its pages left in a folder of their own."""
    able = service.abilities(device)
    areas = ", ".join(f"{source} {width:.0f} x {height:.0f} mm" for source, (width, height) in able.area_mm.items())
    print(f"  sources {', '.join(able.sources)}; dpi {', '.join(map(str, able.resolutions))}; areas {areas}")
    folder = Path(tempfile.mkdtemp(prefix="wia-check-"))
    for number, (step, profile) in enumerate(STEPS.items()):
        if only and step != only:
            continue
        if step in BEFORE:
            input(f"  {BEFORE[step]} Then press Enter. ")
        place = folder / f"{number}"
        place.mkdir()
        end = service.scan(device, profile_named(profile), place, Printing())
        print(f"  {step:10} {told(end)}")
    print(f"pages in {folder}")


def main() -> int:
    """Try every scanner that Windows knows; 0 where there is one."""
    parser = argparse.ArgumentParser(description="try the scanners of this Windows PC")
    parser.add_argument("--only", default="", choices=tuple(STEPS), help="this step alone")
    options = parser.parse_args()
    if platform.system() != "Windows":
        print("WIA is a part of Windows; there is nothing to try here.")
        return 2
    from counter_app.scanning.devices.wia import WiaScanner  # noqa: PLC0415  only Windows has it

    service = DeviceService(lambda: [WiaScanner()])
    found = service.devices()
    print(f"{len(found.devices)} scanner{'' if len(found.devices) == 1 else 's'}", *(problem.code for problem in found.problems))
    for device in found.devices:
        print(f"{device.id}  {device.name}")
        try:
            check(service, device.id, options.only)
        except DeskError as error:
            print(f"  {error.code}")
    return 0 if found.devices else 4


if __name__ == "__main__":
    sys.exit(main())
