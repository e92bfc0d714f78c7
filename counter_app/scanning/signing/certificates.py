"""What stands in a certificate, in the words of people."""

from __future__ import annotations

from typing import Any

from counter_app.domain.errors import broken
from counter_app.domain.moments import VIETNAM
from counter_app.services.scanning.signing_ports import Root, SigningCertificate

SIGNING = frozenset({"digital_signature", "non_repudiation"})
"""Uses of a key of which one lets it sign papers."""


def name_of(name: Any) -> str:  # noqa: ANN401  the certificate library brings no types
    """Return whom a name in a certificate is about: the common name, else the organisation, else all of it."""
    parts = name.native
    found = parts.get("common_name") or parts.get("organization_name") or name.human_friendly
    return str(found[0] if isinstance(found, list) else found)


def serial_of(certificate: Any) -> str:  # noqa: ANN401
    """Return the serial number of a certificate as its issuer prints it."""
    return f"{certificate.serial_number:X}"


def signing_certificate(certificate: Any, token: str, token_serial: str) -> SigningCertificate | None:  # noqa: ANN401
    """Return a certificate of a token as one to sign with; None where its key is for something else."""
    usage = certificate.key_usage_value
    if certificate.ca or (usage is not None and not SIGNING & usage.native):
        return None
    return SigningCertificate(
        token, token_serial, certificate.sha256.hex(), name_of(certificate.subject), name_of(certificate.issuer), serial_of(certificate),
        certificate.not_valid_before.astimezone(VIETNAM), certificate.not_valid_after.astimezone(VIETNAM))


def root_of(data: bytes) -> Root:
    """Read a certificate that issues others, PEM or DER.

    Raises:
        RuleBrokenError: ROOT_UNREADABLE; ROOT_NO_ISSUER, it may issue none.
    """
    from asn1crypto import pem  # noqa: PLC0415  loaded with the first certificate
    from asn1crypto.x509 import Certificate  # noqa: PLC0415

    try:
        der = pem.unarmor(data)[2] if pem.detect(data) else data
        certificate = Certificate.load(der, strict=True)
        root = Root(
            certificate.sha256.hex(), name_of(certificate.subject), certificate.not_valid_before.astimezone(VIETNAM),
            certificate.not_valid_after.astimezone(VIETNAM), der)
        issues = bool(certificate.ca)
    except (ValueError, TypeError, LookupError):
        raise broken("ROOT_UNREADABLE") from None
    if not issues:
        raise broken("ROOT_NO_ISSUER")
    return root
