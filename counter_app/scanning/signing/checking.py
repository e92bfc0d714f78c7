"""The signatures of a PDF, looked at without any network: what was signed and by which key, what was changed, whose roots lead there."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from counter_app.domain.errors import DeskError, broken
from counter_app.domain.moments import VIETNAM
from counter_app.scanning.signing.certificates import name_of, root_of, serial_of
from counter_app.services.scanning.signing_ports import Root, SignatureCheck, Trust
from counter_app.services.surroundings import disk_fault

if TYPE_CHECKING:
    from pyhanko.sign.validation.status import PdfSignatureStatus

MOST_BYTES = 512 * 2**20
"""A file that is larger is no paper of a desk."""
_LARGEST_ROOT = 2**16
_TALKATIVE = ("pyhanko", "pyhanko_certvalidator")
"""What these write to the log names people."""


class PdfSignatures:
    """Implements :class:`~counter_app.services.scanning.signing_ports.SignatureReader`."""

    def signatures(self, path: Path, roots: Sequence[bytes]) -> tuple[SignatureCheck, ...]:
        """Return the signatures of a file; raises as :func:`signatures`."""
        return signatures(path, roots)

    def root(self, der: bytes) -> Root:
        """Read a certificate; raises as :func:`~counter_app.scanning.signing.certificates.root_of`."""
        return root_of(der)

    def root_in(self, path: Path) -> Root:
        """Read a certificate from a file.

        Raises:
            RuleBrokenError: ROOT_UNREADABLE, ROOT_NO_ISSUER.
            SurroundingsError: FILE_NOT_FOUND and the like.
        """
        try:
            with path.open("rb") as file:
                return root_of(file.read(_LARGEST_ROOT))
        except OSError as error:
            raise disk_fault(error, path) from error


def signatures(path: Path, roots: Sequence[bytes]) -> tuple[SignatureCheck, ...]:
    """Return the signatures of a PDF in the order they were made.

    Raises:
        RuleBrokenError: SIGN_PROTECTED; SIGN_DAMAGED, it is no PDF or can't be read.
        SurroundingsError: FILE_NOT_FOUND and the like.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415  loaded with the first look

    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    try:
        if path.stat().st_size > MOST_BYTES:
            raise broken("SIGN_DAMAGED")
        with path.open("rb") as file, _readable():
            reader = PdfFileReader(file, strict=False)
            if reader.encrypted:
                raise broken("SIGN_PROTECTED")
            return tuple(_check(each, roots) for each in reader.embedded_regular_signatures)
    except OSError as error:
        raise disk_fault(error, path) from error


@contextmanager
def _readable() -> Iterator[None]:
    """Whatever the library says of a file that is not as it should be, it can't be read."""
    try:
        yield
    except (DeskError, OSError):
        raise
    except Exception:  # noqa: BLE001  # edge: what a reader of hostile files raises has no end, and says nothing that a person needs
        raise broken("SIGN_DAMAGED") from None


def _check(embedded: Any, roots: Sequence[bytes]) -> SignatureCheck:  # noqa: ANN401  the signing library brings no types
    from pyhanko.sign.diff_analysis import ModificationLevel  # noqa: PLC0415
    from pyhanko.sign.validation.status import SignatureCoverageLevel  # noqa: PLC0415

    certificate, status = embedded.signer_cert, _status(embedded, roots)
    covered = status.coverage if status else SignatureCoverageLevel.UNCLEAR
    whole = covered == SignatureCoverageLevel.ENTIRE_FILE
    added = status.modification_level if status else None
    altered = not whole and (
        covered < SignatureCoverageLevel.ENTIRE_REVISION or added is None or added > ModificationLevel.FORM_FILLING)
    return SignatureCheck(
        owner=name_of(certificate.subject), issuer=name_of(certificate.issuer), serial=serial_of(certificate),
        signed_at=_moment(embedded), intact=bool(status and status.intact and status.valid), whole=whole, altered=altered,
        trust=_trust(status))


def _status(embedded: Any, roots: Sequence[bytes]) -> PdfSignatureStatus | None:  # noqa: ANN401
    """Return what the library finds; None where the signature is none that it can make sense of."""
    from asn1crypto.x509 import Certificate  # noqa: PLC0415
    from pyhanko.sign.validation import validate_pdf_signature  # noqa: PLC0415
    from pyhanko.sign.validation.errors import SignatureValidationError  # noqa: PLC0415
    from pyhanko.sign.validation.settings import KeyUsageConstraints  # noqa: PLC0415
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415

    context = ValidationContext(
        trust_roots=[Certificate.load(each) for each in roots], allow_fetching=False, revocation_mode="soft-fail",
        moment=_moment(embedded), best_signature_time=_moment(embedded))
    usage = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)
    try:
        return validate_pdf_signature(embedded, context, key_usage_settings=usage)
    except SignatureValidationError:
        return None


def _trust(status: PdfSignatureStatus | None) -> Trust:
    from pyhanko.sign.ades.report import AdESIndeterminate  # noqa: PLC0415

    if status is None:
        return Trust.INVALID
    if status.trusted:
        return Trust.TRUSTED
    problem = status.trust_problem_indic
    return Trust.UNKNOWN if problem in (None, AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND) else Trust.INVALID


def _moment(embedded: Any) -> datetime | None:  # noqa: ANN401
    told = embedded.self_reported_timestamp
    return told.astimezone(VIETNAM) if told is not None and told.tzinfo is not None else None
