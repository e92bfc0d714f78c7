"""Network scanners over eSCL (AirScan, AirPrint scan), with an own small client.

A feed is a job: settings are posted, then the next document is fetched until there is none. That end is 404 by the specification,
another code for some devices, and the same codes also stand for a jam: after everything but a page the scanner's state decides what it was.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from counter_app.domain.errors import SurroundingsError, failed
from counter_app.domain.scan_profile import Abilities, ScanSource, fit
from counter_app.domain.scanner_address import scanner_address
from counter_app.scanning.devices.escl_wire import Reply, Wire, WireError, WireLimits
from counter_app.scanning.devices.escl_words import (
    Capabilities,
    JobInfo,
    Status,
    WrongAnswerError,
    last_part,
    read_capabilities,
    read_status,
    write_settings,
)
from counter_app.scanning.devices.feed import Feed, PageRefusedError
from counter_app.services.scanning.devices import Device, FeedEnd, FeedWatch, ScanJob

_OK, _CREATED, _BUSY = 200, 201, 503
_NO_MORE = frozenset({404, 409, 410})
_NOT_ALLOWED = frozenset({401, 403})
_FAULTS: Mapping[str, str] = {
    "ScannerAdfJam": "SCAN_JAM", "ScannerAdfHatchOpen": "SCAN_COVER_OPEN", "ScannerAdfDoorOpen": "SCAN_COVER_OPEN",
    "ScannerAdfMispick": "SCAN_MISFEED", "ScannerAdfMultipickDetected": "SCAN_MISFEED", "ScannerAdfInputTrayFailed": "SCAN_JAM",
    "ScannerAdfInputTrayOverloaded": "SCAN_MISFEED",
    "ScannerAdfDuplexPageTooShort": "SCAN_PAGE_SIZE", "ScannerAdfDuplexPageTooLong": "SCAN_PAGE_SIZE",
}
_EMPTY, _LOADED = "ScannerAdfEmpty", "ScannerAdfLoaded"
_RUNNING = frozenset({"Processing", "Pending"})


@dataclass(frozen=True, slots=True)
class EsclLimits:
    """How often and how long a busy scanner is asked again, in seconds; how long its state may take to settle after the last page.

    ``silent_times``: so often its state may not be had then, until nothing counts as confirmed.
    """

    wire: WireLimits = field(default_factory=WireLimits)
    busy_times: int = 30
    busy_s: float = 2.0
    longest_wait_s: float = 10.0
    settle_times: int = 10
    settle_s: float = 0.5
    silent_times: int = 3


class EsclScanner:
    """eSCL as a :class:`~counter_app.services.scanning.devices.Scanner`; the ids are addresses.

    ``discover`` looks for scanners that announce themselves, ``addresses`` returns those that were entered by hand.
    """

    way = "escl"

    def __init__(
        self, discover: Callable[[], Sequence[tuple[str, str]]] = tuple, addresses: Callable[[], Sequence[str]] = tuple,
        limits: EsclLimits | None = None,
    ) -> None:
        self._discover = discover
        self._addresses = addresses
        self._limits = limits or EsclLimits()

    def devices(self) -> tuple[Device, ...]:
        """Return the scanners that were entered by hand and those that announce themselves, each address once.

        Raises:
            RuleBrokenError: SCAN_ADDRESS_WRONG, one that was entered is none.
        """
        found = {scanner_address(typed): typed.strip() for typed in self._addresses()} | dict(self._discover())
        return tuple(Device(f"{self.way}:{address}", name, self.way) for address, name in found.items())

    def abilities(self, device: str) -> Abilities:
        """Return what a scanner says that it can do.

        Raises:
            RuleBrokenError: SCAN_ADDRESS_WRONG.
            SurroundingsError: SCAN_UNREACHABLE, SCAN_TIMED_OUT, SCAN_WRONG_ANSWER, SCAN_REFUSED and the like.
        """
        return self._capabilities(Wire(scanner_address(device), self._limits.wire, _always)).abilities

    def feed(self, job: ScanJob, watch: FeedWatch) -> FeedEnd:
        """Scan; the scanner's state and its own count of pages confirm the end. Raises as :meth:`abilities`."""
        wire = Wire(scanner_address(job.device), self._limits.wire, watch.wanted)
        capabilities = self._capabilities(wire)
        feed = Feed(job, fit(job.profile, capabilities.abilities), watch)
        return _EsclFeed(wire, capabilities, feed, self._limits).run()

    def _capabilities(self, wire: Wire) -> Capabilities:
        try:
            reply = wire.ask("ScannerCapabilities")
            if reply.status != _OK:
                raise failed("SCAN_REFUSED" if reply.status in _NOT_ALLOWED else "SCAN_WRONG_ANSWER", pages=0)
            return read_capabilities(reply.body)
        except WireError as error:
            raise _told(error, self._limits.wire) from error
        except WrongAnswerError:
            raise failed("SCAN_WRONG_ANSWER", pages=0) from None


class _StoppedError(Exception):
    """The feed ends here, with a code."""

    def __init__(self, code: str, **params: int) -> None:
        super().__init__(code)
        self.code, self.params = code, params


class _EsclFeed:
    """One job."""

    def __init__(self, wire: Wire, capabilities: Capabilities, feed: Feed, limits: EsclLimits) -> None:
        self._wire, self._capabilities, self._feed, self._limits = wire, capabilities, feed, limits
        self._glass = feed.settings.source is ScanSource.FLATBED
        self._job = ""

    def run(self) -> FeedEnd:
        """Scan page after page and tell how it ended; the job is taken back whatever happened."""
        try:
            return self._scanned()
        except _StoppedError as stop:
            return self._feed.stopped(stop.code, **stop.params)
        except PageRefusedError as error:
            return self._feed.stopped(error.code)
        except OSError as error:
            return self._feed.failed(error)
        finally:
            if self._job:
                self._wire.end(self._job)

    def _scanned(self) -> FeedEnd:
        try:
            self._begin()
            while self._next() and not self._glass:
                pass
            self._confirm()
        except WireError as error:
            code = self._cut(error)
            raise _StoppedError(code, **_seconds(code, self._limits.wire)) from error
        return self._feed.done()

    def _cut(self, error: WireError) -> str:
        """Return the code of a talk that broke off: some scanners hang up when the paper jams."""
        if error.code == "SCAN_CANCELLED":
            return error.code
        try:
            return self._why("SCAN_CUT" if error.code == "SCAN_UNREACHABLE" and self._job else error.code)
        except WireError as later:
            return later.code

    def _begin(self) -> None:
        """Post the job, once the feeder has paper and the scanner has time."""
        if not self._glass and (status := self._status()) is not None:
            if status.adf == _EMPTY:
                raise _StoppedError("SCAN_NO_PAPER")
            self._refuse_fault(status)
        settings = write_settings(self._feed.settings, self._capabilities)
        reply = self._when_free(lambda: self._wire.ask("ScanJobs", method="POST", data=settings))
        if reply.status == _CREATED and (path := reply.location.rstrip("/")).startswith("/") and path.isprintable():
            self._job = path
            return
        if reply.status in _NOT_ALLOWED:
            raise _StoppedError("SCAN_REFUSED")
        raise _StoppedError(self._why("SCAN_SETTINGS_REFUSED" if 400 <= reply.status < 500 else "SCAN_WRONG_ANSWER"))

    def _next(self) -> bool:
        """Fetch the next page; False where the scanner says that there is none."""
        part = self._feed.next_part
        reply = self._when_free(lambda: self._wire.fetch(f"{self._job}/NextDocument", part))
        if reply.status == _OK:
            self._feed.take(part)
            return True
        part.unlink(missing_ok=True)
        if reply.status in _NO_MORE:
            return False
        raise _StoppedError(self._why("SCAN_DEVICE_FAULT"))

    def _when_free(self, call: Callable[[], Reply]) -> Reply:
        """Ask again as long as the scanner is busy, within limits."""
        for _ in range(self._limits.busy_times):
            reply = call()
            if reply.status != _BUSY:
                return reply
            self._wire.pause(min(max(reply.retry_after_s, self._limits.busy_s), self._limits.longest_wait_s))
        raise _StoppedError(self._why("SCAN_BUSY"))

    def _confirm(self) -> None:
        """Compare with what the scanner says of the feeder and of the job; what it doesn't say confirms nothing."""
        status, job = self._settled()
        if status is None:
            raise _StoppedError("SCAN_UNCONFIRMED")
        if job is not None:
            self._refuse_job(job)
        if self._glass:
            if not self._feed.count:
                raise _StoppedError("SCAN_DEVICE_FAULT")
            return
        self._refuse_fault(status)
        if status.adf == _LOADED:
            raise _StoppedError("SCAN_PAPER_LEFT")
        if status.adf != _EMPTY and job is None:
            raise _StoppedError("SCAN_UNCONFIRMED")

    def _settled(self) -> tuple[Status | None, JobInfo | None]:
        """Return the scanner's state once it no longer works on the job; one that says nothing is asked again, a few times."""
        status, job, silent = None, None, 0
        for _ in range(self._limits.settle_times):
            status = self._status()
            silent += status is None
            job = status.jobs.get(last_part(self._job)) if status else None
            if silent == self._limits.silent_times or (status is not None and not self._works_on(status, job)):
                break
            self._wire.pause(self._limits.settle_s)
        return status, job

    def _works_on(self, status: Status, job: JobInfo | None) -> bool:
        """Tell whether more may come; a fault is an end, whatever the job is called."""
        return not self._glass and job is not None and job.state in _RUNNING and status.adf not in _FAULTS

    def _refuse_job(self, job: JobInfo) -> None:
        if job.completed is not None and job.completed > self._feed.count:
            raise _StoppedError("SCAN_SHORT", told=job.completed)
        if job.state in ("Canceled", "Aborted"):
            raise _StoppedError("SCAN_CANCELLED_THERE" if job.state == "Canceled" else "SCAN_DEVICE_FAULT")

    def _refuse_fault(self, status: Status) -> None:
        if status.adf in _FAULTS:
            raise _StoppedError(_FAULTS[status.adf])

    def _why(self, code: str) -> str:
        """Return the code of what the scanner says is wrong, else the given one."""
        if self._glass:
            return code
        status = self._status()
        return _FAULTS.get(status.adf, code) if status else code

    def _status(self) -> Status | None:
        """Return the scanner's state, None where it tells none. Cancelling goes through."""
        try:
            reply = self._wire.ask("ScannerStatus")
            return read_status(reply.body) if reply.status == _OK else None
        except WrongAnswerError:
            return None
        except WireError as error:
            if error.code == "SCAN_CANCELLED":
                raise
            return None


def _told(error: WireError, limits: WireLimits) -> SurroundingsError:
    return failed(error.code, pages=0, **_seconds(error.code, limits))


def _seconds(code: str, limits: WireLimits) -> dict[str, int]:
    return {"seconds": int(limits.page_s)} if code == "SCAN_TIMED_OUT" else {}


def _always() -> bool:
    return True
