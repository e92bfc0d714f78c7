"""Signing with a token and looking at signatures, as ports; :mod:`counter_app.scanning.signing` implements them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class SigningCertificate:
    """A certificate on a token that somebody can sign with. ``fingerprint`` is its SHA-256, ``token_serial`` tells two tokens apart.

    ``owner`` and ``issuer`` are names as a person calls them, ``serial`` is hexadecimal.
    """

    token: str
    token_serial: str
    fingerprint: str
    owner: str
    issuer: str
    serial: str
    valid_from: datetime
    valid_to: datetime


@dataclass(frozen=True, slots=True)
class Mark:
    """What is seen of a signature: the agency whose copy it is, and the moment (Nghị định 30/2020/NĐ-CP, annex I)."""

    agency: str
    at: datetime


class SigningSession(Protocol):
    """A token whose PIN was right; it ends with its batch."""

    def sign(self, source: Path, mark: Mark, out: Path) -> None:
        """Sign a PDF/A-2b, of which ``out`` is one too; nothing half-written stays.

        Raises:
            RuleBrokenError: SIGN_PROTECTED, SIGN_ALTERED, SIGN_DAMAGED, SIGN_NOT_ARCHIVAL: this file can't be signed, another one can.
            SurroundingsError: a TOKEN_ code, DISK_FULL and the like: no file can be signed now.
        """


class Signer(Protocol):
    """The tokens of this PC, behind the library of their vendor. Every act may last, and is broken off in the end."""

    def certificates(self, library: Path) -> tuple[SigningCertificate, ...]:
        """Return what can be signed with on all tokens.

        Raises:
            SurroundingsError: TOKEN_LIBRARY_MISSING, TOKEN_LIBRARY_WRONG, TOKEN_LIBRARY_WIDTH; TOKEN_MISSING, TOKEN_NO_CERTIFICATE;
                TOKEN_SILENT, TOKEN_CRASHED, TOKEN_FAILED.
        """

    def session(self, library: Path, certificate: SigningCertificate, pin: str) -> AbstractContextManager[SigningSession]:
        """Open a token; the PIN is tried once and kept nowhere.

        Raises:
            SurroundingsError: TOKEN_PIN_WRONG, TOKEN_PIN_LOW, TOKEN_PIN_LAST, TOKEN_PIN_LOCKED; TOKEN_NO_KEY; as :meth:`certificates`.
        """


class Trust(StrEnum):
    """Whether the issuer of a certificate is known to this desk."""

    TRUSTED = "trusted"
    UNKNOWN = "unknown"
    """No root that was entered here leads to it."""
    INVALID = "invalid"
    """The chain was checked and does not hold: run out when it was signed, or not made for signing."""


@dataclass(frozen=True, slots=True)
class SignatureCheck:
    """One signature of a PDF. ``signed_at`` is the signer's own clock; None where the signature names no time.

    ``intact``: the bytes that it covers are those that were signed, by the key of the certificate. ``whole``: it covers the whole file.
    ``altered``: what was added after it changes what is shown (a later signature alone does not).
    """

    owner: str
    issuer: str
    serial: str
    signed_at: datetime | None
    intact: bool
    whole: bool
    altered: bool
    trust: Trust

    @property
    def holds(self) -> bool:
        """The document is as it was signed, whoever issued the certificate."""
        return self.intact and not self.altered


@dataclass(frozen=True, slots=True)
class Root:
    """A certificate whose issues this desk trusts; ``der`` is the certificate itself."""

    fingerprint: str
    owner: str
    valid_from: datetime
    valid_to: datetime
    der: bytes


class SignatureReader(Protocol):
    """Reads the signatures of any PDF."""

    def signatures(self, path: Path, roots: Sequence[bytes]) -> tuple[SignatureCheck, ...]:
        """Return the signatures of a file in the order they were made; none where it has none. ``roots`` are certificates as DER.

        Raises:
            RuleBrokenError: SIGN_PROTECTED, SIGN_DAMAGED.
            SurroundingsError: as :func:`~counter_app.services.surroundings.disk_fault`.
        """

    def root(self, der: bytes) -> Root:
        """Read a certificate, PEM or DER; raises as :meth:`root_in`."""

    def root_in(self, path: Path) -> Root:
        """Read a certificate from a file, PEM or DER.

        Raises:
            RuleBrokenError: ROOT_UNREADABLE, ROOT_NO_ISSUER: it may issue none.
            SurroundingsError: as above.
        """
