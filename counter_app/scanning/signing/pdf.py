"""One PDF gets one signature: PAdES B-B with a visible mark, added behind what is there, so that nothing signed before is touched."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, BinaryIO

from counter_app.domain.errors import broken, failed
from counter_app.scanning.signing.archival import is_archival
from counter_app.scanning.signing.checking import signatures
from counter_app.scanning.signing.mark import drawn, stamp
from counter_app.scanning.signing.placing import sight_of, top_right
from counter_app.services.scanning.signing_ports import Mark
from counter_app.services.surroundings import disk_fault

_FIELD = "ChuKySo"


def sign_pdf(source: Path, mark: Mark, out: Path, signer: Any) -> None:  # noqa: ANN401  the signing library brings no types
    """Sign a file with a signer of the signing library; ``out`` is whole, checked and on the disk, or not there at all.

    Raises:
        RuleBrokenError: SIGN_PROTECTED, SIGN_DAMAGED; SIGN_ALTERED, a signature that it has does not hold; SIGN_NOT_ARCHIVAL, it is no
            PDF/A-2b, or would be none.
        SurroundingsError: TOKEN_SIGNED_WRONG, what came from the signer is no signature of the file by its certificate; DISK_FULL and the
            like.
    """
    part, drawing = out.with_name(f"{out.name}.part"), out.with_name(f"{out.name}.mark")
    try:
        _require_signable(source)
        _sign(source, mark, part, drawing, signer)
        _require_archival(part)
        _require_signed(part)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(out)
    except OSError as error:
        raise disk_fault(error, out) from error
    finally:
        part.unlink(missing_ok=True)
        drawing.unlink(missing_ok=True)


def _require_signable(source: Path) -> None:
    if not all(each.holds for each in signatures(source, ())):
        raise broken("SIGN_ALTERED")
    _require_archival(source)


def _require_signed(path: Path) -> None:
    """Believe no token: on record as signed is only what anybody can check."""
    if not signatures(path, ())[-1].holds:
        raise failed("TOKEN_SIGNED_WRONG")


def _require_archival(path: Path) -> None:
    if not is_archival(path):
        raise broken("SIGN_NOT_ARCHIVAL")


def _sign(source: Path, mark: Mark, part: Path, drawing: Path, signer: Any) -> None:  # noqa: ANN401
    from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter  # noqa: PLC0415  loaded with the first signature
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner  # noqa: PLC0415

    with source.open("rb") as file, part.open("wb") as signed:
        writer = _writer(file)
        sight = sight_of(writer.find_page_for_modification(0)[0].get_object())
        wanted = stamp(mark, sight.size[0])
        drawing.write_bytes(drawn(wanted, sight.quarter_turns))
        field = SigFieldSpec(_field_name(writer), box=top_right(sight, wanted.width, wanted.height))
        meta = PdfSignatureMetadata(field_name=field.sig_field_name, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
        PdfSigner(meta, signer, stamp_style=_style(drawing), new_field_spec=field).sign_pdf(
            writer, output=signed)


def _writer(file: BinaryIO) -> Any:  # noqa: ANN401
    """Return what adds to a file. PDF/A-2 ends with PDF 1.7; for the key of a curve the library would name 2.0."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415

    class ArchivalWriter(IncrementalPdfFileWriter):
        """Never names a later version than the archive takes."""

        def ensure_output_version(self, version: tuple[int, int]) -> None:
            """Note that a feature of a version is used."""
            super().ensure_output_version(min(version, (1, 7)))  # type: ignore[no-untyped-call]

    return ArchivalWriter(file)


def _style(drawing: Path) -> Any:  # noqa: ANN401
    from pyhanko.pdf_utils.layout import AxisAlignment, Margins, SimpleBoxLayoutRule  # noqa: PLC0415
    from pyhanko.stamp import StaticStampStyle  # noqa: PLC0415

    whole = SimpleBoxLayoutRule(AxisAlignment.ALIGN_MIN, AxisAlignment.ALIGN_MIN, margins=Margins(0, 0, 0, 0))
    return StaticStampStyle.from_pdf_file(str(drawing), border_width=0, background_layout=whole, background_opacity=1.0)


def _field_name(writer: Any) -> str:  # noqa: ANN401
    """Return a name that no field of the file has."""
    taken = len(writer.prev.embedded_signatures)
    return f"{_FIELD}{taken + 1}"
