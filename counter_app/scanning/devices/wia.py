"""Scanners of Windows through WIA 2.0. The drivers live in a service of Windows, so one that dies does not take the desk along.

WIA's automation gives a page per call and no progress: cancelling takes effect after the page that is being read.
"""

from __future__ import annotations

from pathlib import Path

from counter_app.domain.errors import failed
from counter_app.domain.scan_profile import USUAL_DPI, Abilities, ScanColour, ScanSettings, ScanSource, fit
from counter_app.scanning.devices import wia_com
from counter_app.scanning.devices import wia_words as words
from counter_app.scanning.devices.feed import Feed, PageRefusedError
from counter_app.scanning.devices.wia_com import WiaDevice, WiaError
from counter_app.services.scanning.devices import Device, FeedEnd, FeedWatch, ScanJob

_MM_PER_UNIT = 0.0254
_MM_PER_INCH = 25.4
_INTENTS = {ScanColour.COLOUR: words.INTENT_COLOUR, ScanColour.GREY: words.INTENT_GREY, ScanColour.BITONAL: words.INTENT_TEXT}
_SELECTS = {
    ScanSource.FLATBED: words.SELECT_FLATBED, ScanSource.ADF: words.SELECT_FEEDER,
    ScanSource.ADF_DUPLEX: words.SELECT_FEEDER | words.SELECT_DUPLEX,
}
_CAN = {ScanSource.FLATBED: words.CAN_FLAT, ScanSource.ADF: words.CAN_FEED, ScanSource.ADF_DUPLEX: words.CAN_FEED | words.CAN_DUPLEX}


class WiaScanner:
    """WIA as a :class:`~counter_app.services.scanning.devices.Scanner`; the ids are those that Windows gives."""

    way = "wia"

    def devices(self) -> tuple[Device, ...]:
        """Return the scanners that Windows knows.

        Raises:
            SurroundingsError: SCAN_UNREACHABLE and the like, WIA does not answer.
        """
        try:
            with wia_com.devices() as known:
                return tuple(Device(f"{self.way}:{key}", device.name() or key, self.way) for key, device in known.items())
        except WiaError as error:
            raise failed(_before(error), pages=0) from error

    def abilities(self, device: str) -> Abilities:
        """Return what a scanner can do; of colours WIA tells nothing, every driver makes what it is asked for.

        Raises:
            SurroundingsError: SCAN_UNREACHABLE, SCAN_BUSY, SCAN_REFUSED and the like.
        """
        try:
            with wia_com.devices() as known:
                return _abilities(_named(known, device))
        except WiaError as error:
            raise failed(_before(error), pages=0) from error

    def feed(self, job: ScanJob, watch: FeedWatch) -> FeedEnd:
        """Scan; the feeder's state confirms the end. Raises as :meth:`abilities`."""
        feed = Feed(job, fit(job.profile, self.abilities(job.device)), watch)
        try:
            with wia_com.devices() as known:
                return _scanned(_named(known, job.device), feed)
        except WiaError as error:
            return feed.stopped(words.code_of(error.number) if feed.count else _before(error))
        except PageRefusedError as error:
            return feed.stopped(error.code)
        except OSError as error:
            return feed.failed(error)


def _scanned(device: WiaDevice, feed: Feed) -> FeedEnd:
    """Scan page after page; every error but the empty feeder goes on to who asked."""
    _set_up(device, feed.settings)
    dpi = device.get(words.DPI_ACROSS) or 0
    while feed.wanted():
        part = feed.next_part
        part.unlink(missing_ok=True)  # WIA writes over nothing
        try:
            device.transfer(part)
        except WiaError as error:
            if error.number != words.PAPER_EMPTY:
                raise
            return _end(device, feed)
        _to_png(part)
        feed.take(part, dpi=dpi)
        if feed.settings.source is ScanSource.FLATBED:
            return feed.done()
    return feed.stopped("SCAN_CANCELLED")


def _end(device: WiaDevice, feed: Feed) -> FeedEnd:
    """The feeder says that it is empty: its state must agree."""
    state = device.get(words.HANDLING_STATUS)
    if feed.count and state is None:
        return feed.stopped("SCAN_UNCONFIRMED")
    for bits, code in ((words.PAPER_JAM, "SCAN_JAM"), (words.COVER_UP, "SCAN_COVER_OPEN"), (words.FEED_READY, "SCAN_PAPER_LEFT")):
        if feed.count and (state or 0) & bits:
            return feed.stopped(code)
    return feed.done()


def _set_up(device: WiaDevice, settings: ScanSettings) -> None:
    """Ask for the settings, resolution before lengths, which are counted in pixels."""
    wishes = [
        (words.HANDLING_SELECT, _SELECTS[settings.source]), (words.PAGES, 1), (words.INTENT, _INTENTS[settings.colour]),
        (words.DPI_ACROSS, settings.dpi), (words.DPI_DOWN, settings.dpi),
    ]
    if settings.size_mm is not None:
        width, height = (int(length / _MM_PER_INCH * settings.dpi) for length in settings.size_mm)
        wishes += [(words.LEFT, 0), (words.TOP, 0), (words.WIDTH, width), (words.HEIGHT, height)]
    for which, value in wishes:
        device.set(which, value)


def _abilities(device: WiaDevice) -> Abilities:
    can = device.get(words.HANDLING_CAPABILITIES) or words.CAN_FLAT
    sources = tuple(source for source in ScanSource if can & _CAN[source] == _CAN[source])
    bed = _area(device, words.BED_WIDTH, words.BED_HEIGHT)
    sheet = _area(device, words.FEEDER_WIDTH, words.FEEDER_HEIGHT)
    areas = {source: area for source in ScanSource if (area := bed if source is ScanSource.FLATBED else sheet) is not None}
    known = device.choices(words.DPI_ACROSS)
    resolutions = tuple(dpi for dpi in USUAL_DPI if dpi in known) if isinstance(known, range) else tuple(sorted(known))
    return Abilities(sources, (), resolutions, areas)


def _area(device: WiaDevice, width: int, height: int) -> tuple[float, float] | None:
    lengths = [(device.get(which) or 0) * _MM_PER_UNIT for which in (width, height)]
    return (lengths[0], lengths[1]) if all(lengths) else None


def _named(known: dict[str, WiaDevice], device: str) -> WiaDevice:
    if device not in known:
        raise failed("SCAN_UNREACHABLE", pages=0)
    return known[device]


def _to_png(path: Path) -> None:
    """Turn a bitmap into PNG in its place; what is none is left as it came, to be refused."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415  only when a page has come

    try:
        with Image.open(path, formats=("BMP",)) as image:
            image.load()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return
    image.save(path, "PNG", compress_level=1)


def _before(error: WiaError) -> str:
    """Before the first page a lost device is one that can't be reached."""
    code = words.code_of(error.number)
    return "SCAN_UNREACHABLE" if code == "SCAN_CUT" else code
