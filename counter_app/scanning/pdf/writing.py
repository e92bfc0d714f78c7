"""The PDF/A-2b file: pages are encoded side by side and added in their order, the file is checked, and only then gets its name."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, nullcontext
from hashlib import file_digest, sha256
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Self

import pikepdf
from pikepdf import pdfa

from counter_app.domain.errors import broken, failed
from counter_app.domain.scan_profile import PdfProfile
from counter_app.scanning.pdf.encoders import Packed
from counter_app.scanning.pdf.encoding import EncodedPage, encoded
from counter_app.scanning.pdf.layers import Colour
from counter_app.scanning.pdf.metadata import PRODUCER, pdf_date, xmp
from counter_app.services.scanning.paper import FileFacts, PagesDone, PageWork, WrittenFile
from counter_app.support.srgb import srgb_profile

WORKERS, FINE = 2, 5_000_000
"""Pages in work at a time, and the pixels above which it is one: A4 of 200 dpi has 4 million, of 300 dpi nearly 9, several times over.

The image library lets go of Python's lock.
"""
HELD = 40
"""Pages of a file that are held in memory while it grows."""
_SRGB = "sRGB IEC61966-2.1"


def write_pdf(
    works: Sequence[PageWork], facts: FileFacts, profile: PdfProfile, out: Path, *, done: PagesDone | None = None,
) -> WrittenFile:
    """Write a file as :class:`~counter_app.services.scanning.paper.PaperRoom` says.

    Raises:
        RuleBrokenError: PDF_NO_PAGES.
        SurroundingsError: SCAN_PAGE_UNREADABLE, PDF_UNWRITABLE, PDF_NOT_VALID.
    """
    if not works:
        raise broken("PDF_NO_PAGES")
    content = sha256()
    with _Growing(out) as growing:
        for number, page in enumerate(_encoded_in_order(works, profile), 1):
            content.update(page.digest())
            growing.add(page)
            if done:
                done(number)
        pdf = growing.whole()
        _describe(pdf, facts, len(works), content.hexdigest())
        size, digest = save_validated(pdf, out)
    return WrittenFile(out, len(works), size, digest, content.hexdigest())


class _Growing:
    """A file to which pages are added: few are held in memory, the others lie in files beside ``out``, which go with the ``with``."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._open = ExitStack()
        self._held = pikepdf.new()  # in nothing else: whoever knows a closed file keeps its pages in memory
        self._beside: list[pikepdf.Pdf] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._held.close()
        self._open.close()

    def add(self, page: EncodedPage) -> None:
        """Add a page; raises SurroundingsError, PDF_UNWRITABLE."""
        if len(self._held.pages) == HELD:
            self._lay_aside()
        _add_page(self._held, page)

    def whole(self) -> pikepdf.Pdf:
        """Return all pages in their order; raises as :meth:`add`."""
        if not self._beside:
            return self._held
        self._lay_aside()
        for part in self._beside:
            self._held.pages.extend(part.pages)
        return self._held

    def _lay_aside(self) -> None:
        path = self._out.with_name(f"{self._out.name}.{len(self._beside)}.part")
        self._open.callback(path.unlink, missing_ok=True)
        try:
            self._held.save(path)
            self._held.close()
            file = self._open.enter_context(path.open("rb"))  # as a file and not by its path, which would map it into memory
            self._beside.append(self._open.enter_context(pikepdf.open(file)))
        except OSError as error:
            raise failed("PDF_UNWRITABLE", name=self._out.name) from error
        self._held = pikepdf.new()


def _encoded_in_order(works: Sequence[PageWork], profile: PdfProfile) -> Iterator[EncodedPage]:
    """Yield the pages in their order; never more than the workers can hold are under way."""
    alone = Lock()
    with ThreadPoolExecutor(WORKERS, thread_name_prefix="paper") as pool:
        under_way: deque[Future[EncodedPage]] = deque()
        try:
            for work in works:
                if len(under_way) > WORKERS:
                    yield under_way.popleft().result()
                under_way.append(pool.submit(_encoded, work, profile, alone))
            while under_way:
                yield under_way.popleft().result()
        finally:
            for future in under_way:
                future.cancel()


def _encoded(work: PageWork, profile: PdfProfile, alone: Lock) -> EncodedPage:
    """Return a page; a fine one waits until no other fine one is in work."""
    with alone if work.page.size_px[0] * work.page.size_px[1] > FINE else nullcontext():
        return encoded(work, profile)


def _add_page(pdf: pikepdf.Pdf, page: EncodedPage) -> None:
    width, height = page.size_pt
    pdf.add_blank_page(page_size=(width, height))
    added = pdf.pages[-1]
    place, drawing = f"{width:.4f} 0 0 {height:.4f} 0 0 cm", []
    pictures = pikepdf.Dictionary()
    if page.ground is not None:
        pictures["/G"] = _picture(pdf, page.ground, ColorSpace=pikepdf.Name.DeviceRGB, BitsPerComponent=8)
        drawing.append(f"q {place} /G Do Q")
    for number, (mask, colour) in enumerate(page.inks):
        pictures[f"/M{number}"] = _mask(pdf, mask)
        drawing.append(f"q {_paint(colour)} rg {place} /M{number} Do Q")
    added.Resources = pikepdf.Dictionary(XObject=pictures)
    added.Contents = pdf.make_stream("\n".join(drawing).encode("ascii"))


def _picture(pdf: pikepdf.Pdf, packed: Packed, **entries: object) -> pikepdf.Object:
    width, height = packed.size_px
    filters = [pikepdf.Name(name) for name in packed.filters]
    parts = pikepdf.Dictionary(
        Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=width, Height=height,
        Filter=filters[0] if len(filters) == 1 else pikepdf.Array(filters))
    for name, value in entries.items():
        parts[f"/{name}"] = value
    return pikepdf.Stream(pdf, packed.data, parts)


def _mask(pdf: pikepdf.Pdf, packed: Packed) -> pikepdf.Object:
    width, height = packed.size_px
    rows = pikepdf.Dictionary(K=-1, Columns=width, Rows=height)
    return _picture(pdf, packed, ImageMask=True, BitsPerComponent=1, DecodeParms=rows)


def _paint(colour: Colour) -> str:
    return " ".join(f"{part / 255:.4f}" for part in colour)


def _describe(pdf: pikepdf.Pdf, facts: FileFacts, pages: int, content_sha256: str) -> None:
    """Add colour, metadata and language."""
    profile = pdf.make_stream(srgb_profile(), N=3)
    intent = pikepdf.Dictionary(
        Type=pikepdf.Name.OutputIntent, S=pikepdf.Name.GTS_PDFA1, OutputConditionIdentifier=_SRGB, Info=_SRGB, DestOutputProfile=profile)
    pdf.Root.OutputIntents = pikepdf.Array([pdf.make_indirect(intent)])
    pdf.Root.Metadata = pdf.make_stream(
        xmp(facts, pages, content_sha256), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
    pdf.Root.Lang = pikepdf.String("vi-VN")
    pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True, PrintScaling=pikepdf.Name("/None"))
    for name, value in {
        "/Title": facts.title, "/Creator": PRODUCER, "/Producer": PRODUCER, "/CreationDate": pdf_date(facts.created_at),
        "/ModDate": pdf_date(facts.created_at),
    }.items():
        pdf.docinfo[name] = value


def save_validated(pdf: pikepdf.Pdf, out: Path) -> tuple[int, str]:
    """Write a file under another name, check it, make it durable, and only then give it its own; return its size and SHA-256.

    Raises:
        SurroundingsError: PDF_UNWRITABLE, PDF_NOT_VALID.
    """
    part = out.with_name(f"{out.name}.part")
    try:
        pdf.save(part, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        with part.open("rb") as written:  # as a file and not by its path, which would map it into memory
            report = pdfa.validate_written(written, "2b")
        if not report.passed:
            raise failed("PDF_NOT_VALID", found=report.findings[0].rule)
        with part.open("rb+") as file:
            digest = file_digest(file, "sha256").hexdigest()
            os.fsync(file.fileno())
        size = part.stat().st_size
        part.replace(out)
    except OSError as error:
        raise failed("PDF_UNWRITABLE", name=out.name) from error
    finally:
        part.unlink(missing_ok=True)
    return size, digest
