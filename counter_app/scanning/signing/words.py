"""What the program and the process of the token say to each other: one JSON object in a line, asked and answered."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from counter_app.domain.errors import DeskError, RuleBrokenError, broken, failed
from counter_app.services.scanning.signing_ports import Mark, SignatureCheck, SigningCertificate, Trust

LIST, OPEN, SIGN = "list", "open", "sign"
_MOMENTS = ("valid_from", "valid_to")


def line(value: dict[str, Any]) -> bytes:
    """Return a line."""
    return json.dumps(value, default=datetime.isoformat).encode() + b"\n"


def refusal(error: DeskError) -> dict[str, Any]:
    """Return what is said of a refusal: the first problem of it."""
    problem = error.problems[0]
    return {"code": problem.code, "params": dict(problem.params), "rule": isinstance(error, RuleBrokenError)}


def refused(answer: dict[str, Any]) -> DeskError:
    """Return the refusal that an answer is."""
    return (broken if answer["rule"] else failed)(answer["code"], **answer["params"])


def certificate_of(told: dict[str, Any]) -> SigningCertificate:
    """Return a certificate from a line."""
    return SigningCertificate(**told | {name: datetime.fromisoformat(told[name]) for name in _MOMENTS})


def certificates_of(answer: dict[str, Any]) -> tuple[SigningCertificate, ...]:
    """Return the certificates that an answer tells of."""
    return tuple(map(certificate_of, answer["certificates"]))


def nothing(answer: dict[str, Any]) -> None:
    """Read the answer that something is done.

    Raises:
        ValueError: it is another one.
    """
    if answer:
        raise ValueError("it was asked to do something, not to tell")


def certificate_told(certificate: SigningCertificate) -> dict[str, Any]:
    """Return a certificate for a line."""
    return asdict(certificate)


def checks_told(checks: Sequence[SignatureCheck]) -> dict[str, Any]:
    """Return the signatures of a file for a line."""
    return {"signatures": [asdict(each) for each in checks]}


def checks_of(told: dict[str, Any]) -> tuple[SignatureCheck, ...]:
    """Return the signatures of a file from a line."""
    return tuple(map(_check_of, told["signatures"]))


def _check_of(told: dict[str, Any]) -> SignatureCheck:
    at = told["signed_at"]
    return SignatureCheck(**told | {"signed_at": at and datetime.fromisoformat(at), "trust": Trust(told["trust"])})


def mark_of(told: dict[str, Any]) -> Mark:
    """Return a mark from a line."""
    return Mark(told["agency"], datetime.fromisoformat(told["at"]))
