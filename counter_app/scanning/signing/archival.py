"""Whether a file with signatures is a PDF/A-2b. The validator knows no forms, and a signature is the field of one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import pdfa

_FLAVOUR = "2b"
_OF_FIELDS = ("/FT", "/T", "/TU", "/V", "/Ff", "/Lock", "/SV", "/DA")


def is_archival(path: Path) -> bool:
    """Tell whether a file is a PDF/A-2b, signatures included; False too where it can't be read.

    A form of signatures alone is judged as what is seen of it: a copy whose fields are plain pictures of stamps goes to the validator.
    """
    if pdfa.validate_written(path, _FLAVOUR).passed:
        return True
    plain = path.with_name(f"{path.name}.plain")
    try:
        with pikepdf.open(path) as pdf:
            if "/AcroForm" not in pdf.Root or not all(map(_is_signature, pdf.Root.AcroForm.Fields)):
                return False
            _make_plain(pdf)
            pdf.save(plain)
        return bool(pdfa.validate_written(plain, _FLAVOUR).passed)
    except pikepdf.PdfError:
        return False
    finally:
        plain.unlink(missing_ok=True)


def _is_signature(field: Any) -> bool:  # noqa: ANN401  the PDF library brings no types
    return bool(field.get("/FT") == pikepdf.Name("/Sig"))


def _make_plain(pdf: pikepdf.Pdf) -> None:
    """Turn the fields into stamps; the mark that the file uses later standards (ETSI's signatures) is none of PDF/A's."""
    for field in pdf.Root.AcroForm.Fields:
        field.Subtype = pikepdf.Name.Stamp
        for name in _OF_FIELDS:
            if name in field:
                del field[name]
    for name in ("/AcroForm", "/Extensions"):
        if name in pdf.Root:
            del pdf.Root[name]
