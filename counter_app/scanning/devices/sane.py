"""Scanners of Linux through SANE's own program ``scanimage``, a process for each call: a driver that dies never takes the desk along."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from counter_app.domain.errors import failed
from counter_app.domain.scan_profile import Abilities, ScanSettings, ScanSource, fit
from counter_app.scanning.devices import sane_options, sane_process
from counter_app.scanning.devices.feed import Feed, PageRefusedError
from counter_app.scanning.devices.sane_options import SaneOptions
from counter_app.scanning.devices.sane_process import Broken, BrokenOffError, Patience, Ran
from counter_app.services.scanning.devices import Device, FeedEnd, FeedWatch, ScanJob

_FIELD = "\x1f"
_FILES = "scan-*.*"
_NOT_LISTED = ("airscan:e", "v4l:")
"""What SANE finds over eSCL is found by the desk itself as well; and a camera is no scanner."""
_STATUS: Mapping[int, str] = {
    2: "SCAN_CANCELLED_THERE", 3: "SCAN_BUSY", 4: "SCAN_SETTINGS_REFUSED", 6: "SCAN_JAM", 7: "SCAN_NO_PAPER", 8: "SCAN_COVER_OPEN",
    9: "SCAN_CUT", 11: "SCAN_REFUSED",
}
"""Exit codes of a run are the numbers of SANE_Status."""
_WORDS: Sequence[tuple[str, str]] = (
    ("Device busy", "SCAN_BUSY"), ("Document feeder jammed", "SCAN_JAM"), ("Document feeder out of documents", "SCAN_NO_PAPER"),
    ("Scanner cover is open", "SCAN_COVER_OPEN"), ("Access to resource has been denied", "SCAN_REFUSED"),
    ("open of device", "SCAN_UNREACHABLE"), ("setting of option", "SCAN_SETTINGS_REFUSED"), ("Error during device I/O", "SCAN_CUT"),
)
"""Before a scan begins the exit code is 1 whatever happened, and only the words tell."""
_PAGE_STATUS = re.compile(r"^Scanned page \d+\. \(scanner status = (\d+)\)")
"""Told of every page; where a driver's own thread dies of the end of its page, the exit code is 0 whatever happened."""
_PAGE_GOOD, _NO_DOCS = (0, 5), 7
"""Some drivers find the feeder empty only when they read: ``scanimage`` has counted that page by then."""
_TOLD = re.compile(r"^Batch terminated, (\d+) page")


@dataclass(frozen=True, slots=True)
class SaneLimits:
    """Seconds to look for devices and to ask one; how long a feed may say nothing."""

    look_s: float = 40.0
    ask_s: float = 20.0
    feed: Patience = field(default_factory=partial(Patience, silence_s=120.0, linger_s=10.0))


class SaneScanner:
    """SANE as a :class:`~counter_app.services.scanning.devices.Scanner`; the ids are SANE's device names."""

    way = "sane"

    def __init__(self, program: str = "scanimage", limits: SaneLimits | None = None) -> None:
        self._program = program
        self._limits = limits or SaneLimits()
        self._known: dict[tuple[str, ScanSource | None], SaneOptions] = {}

    def devices(self) -> tuple[Device, ...]:
        """Return the devices that SANE lists.

        Raises:
            SurroundingsError: SCAN_PROGRAM_MISSING, SCAN_LOOK_TOO_LONG.
        """
        try:
            listed = sane_process.ask([self._program, "-f", _FIELD.join(("%d", "%v", "%m")) + "%n"], self._limits.look_s)
        except FileNotFoundError:
            raise failed("SCAN_PROGRAM_MISSING", program=self._program) from None
        except BrokenOffError:
            raise failed("SCAN_LOOK_TOO_LONG", seconds=int(self._limits.look_s)) from None
        fields = (line.split(_FIELD) for line in listed.stdout.splitlines())
        return tuple(
            Device(f"{self.way}:{known[0]}", " ".join(filter(None, known[1:])), self.way)
            for known in fields if len(known) == 3 and known[0] and not known[0].startswith(_NOT_LISTED))

    def abilities(self, device: str) -> Abilities:
        """Return what a device can do; a feeder is asked apart, for its two sides are told only then.

        Raises:
            SurroundingsError: SCAN_PROGRAM_MISSING, SCAN_UNREACHABLE, SCAN_BUSY, SCAN_REFUSED and the like.
        """
        able = sane_options.abilities(self._options(device, None))
        if ScanSource.ADF in able.sources and ScanSource.ADF_DUPLEX not in able.sources:
            more = sane_options.abilities(self._options(device, ScanSource.ADF)).sources
            able = replace(able, sources=tuple(source for source in ScanSource if source in {*able.sources, *more}))
        return able

    def feed(self, job: ScanJob, watch: FeedWatch) -> FeedEnd:
        """Scan; SANE's last status and its own count of pages confirm the end."""
        fitted = fit(job.profile, self.abilities(job.device))
        feed = Feed(job, fitted, watch)
        try:
            ran = sane_process.run(self._command(job, fitted.settings), feed, job.folder, self._limits.feed)
            end = _end(feed, ran, int(self._limits.feed.silence_s))
        except PageRefusedError as error:
            end = feed.stopped(error.code)
        except OSError as error:
            end = feed.failed(error)
        finally:
            for left in job.folder.glob(_FILES):
                left.unlink(missing_ok=True)
        if end.stopped is not None:
            self._known.clear()
        return end

    def _command(self, job: ScanJob, settings: ScanSettings) -> list[str]:
        options, kind = self._options(job.device, settings.source), "pnm" if job.unpacked else "png"
        words = [
            self._program, f"--device-name={job.device}", *sane_options.source_words(options, settings.source),
            *sane_options.setting_words(options, settings), f"--format={kind}", f"--batch=scan-%d.{kind}", f"--batch-start={job.first}",
            "--batch-print", "--progress",
        ]
        return [*words, "--batch-count=1"] if settings.source is ScanSource.FLATBED else words

    def _options(self, device: str, source: ScanSource | None) -> SaneOptions:
        """Return the options of a device as they are with a source chosen; asked once, until a feed ends with a fault."""
        known = self._known.get((device, source))
        if known is None:
            chosen = sane_options.source_words(self._options(device, None), source) if source else []
            try:
                asked = sane_process.ask([self._program, f"--device-name={device}", *chosen, "-A"], self._limits.ask_s)
            except FileNotFoundError:
                raise failed("SCAN_PROGRAM_MISSING", program=self._program) from None
            except BrokenOffError:
                raise failed("SCAN_UNREACHABLE", pages=0) from None
            if asked.returncode:
                raise failed(_code(asked.returncode, asked.stderr), pages=0)
            self._known[device, source] = known = sane_options.read_options(asked.stdout)
        return known


def _end(feed: Feed, ran: Ran, silence_s: int) -> FeedEnd:
    """A clean exit counts only where SANE counts as many pages as arrived."""
    if ran.broken is Broken.CANCELLED:
        return feed.stopped("SCAN_CANCELLED")
    if ran.broken is Broken.SILENT:
        return feed.stopped("SCAN_TIMED_OUT", seconds=silence_s)
    code = 0 if ran.broken is Broken.LINGERED else ran.code
    if code < 0:
        return feed.stopped("SCAN_DRIVER_DIED")
    faults = [status for status in _numbers(_PAGE_STATUS, ran) if status not in _PAGE_GOOD]
    status = code or next(iter(faults), 0)
    if status not in (0, _NO_DOCS):
        return feed.stopped(_code(status, "\n".join(ran.said)))
    told = next(iter(_numbers(_TOLD, ran)), 0) - faults.count(_NO_DOCS)
    return feed.done() if told == feed.count else feed.stopped("SCAN_SHORT", told=told)


def _numbers(pattern: re.Pattern[str], ran: Ran) -> list[int]:
    return [int(found[1]) for line in ran.said if (found := pattern.search(line))]


def _code(status: int, said: str) -> str:
    known = _STATUS.get(status)
    return known or next((code for words, code in _WORDS if words in said), "SCAN_DEVICE_FAULT")
