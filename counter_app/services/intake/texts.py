"""The texts of an intake made tidy, with what is wrong in them: too long, not printable, signs taken out."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import Any, TypeVar

from counter_app.domain.dossier import Applicant, DocumentLine, FeeLine, Submitter
from counter_app.domain.errors import Problem
from counter_app.domain.text import tidy, unprintable
from counter_app.services.intake.terms import ReceiveDossier

COMMAND = {"procedure_code": 60, "note": 1000, "delivery_address": 300, "entered_later": 300, "case": 300, "clerk": 100,
           "warnings_accepted": 300}
APPLICANT = {"full_name": 200, "id_number": 20, "address": 300, "phone": 30, "email": 200}
SUBMITTER = {"full_name": 200, "id_number": 20, "phone": 30, "relation": 100, "authorisation": 300}
DOCUMENT = {"name": 300, "component_code": 60}
FEE = {"name": 200, "fee_code": 60, "receipt_series": 30, "receipt_number": 30, "exempt_reason": 300, "exempt_proof": 300}
"""How many characters each text may have: what fits on the slip, and all of it in one op of the province contract (64 KiB)."""

PATHS = {"delivery_address": "result_delivery.address"}
"""Where the headless commands name a member otherwise than the command does."""
_SHOWN = 10
Part = TypeVar("Part", ReceiveDossier, Applicant, Submitter, DocumentLine, FeeLine)


class Findings:
    """What was found: ``problems`` forbid, ``warnings`` don't."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []

    def forbid(self, code: str, path: str | None, **params: str | int) -> None:
        """Note a problem."""
        self.problems.append(Problem(code, path, params))

    def warn(self, code: str, path: str | None, **params: str | int) -> None:
        """Note a warning."""
        self.warnings.append(Problem(code, path, params))


def tidy_texts(command: ReceiveDossier, found: Findings) -> ReceiveDossier:
    """Return the command with every text in NFC, without control, direction and zero-width characters, single-spaced.

    Found: TEXT_TOO_LONG, TEXT_UNPRINTABLE (emoji, scripts the form's typeface lacks); warning TEXT_CLEANED.
    """
    command = _tidied(command, COMMAND, "", found)
    submitter, documents, fees = command.submitter, command.documents, command.fees
    return replace(
        command,
        applicant=_tidied(command.applicant, APPLICANT, "applicant.", found),
        submitter=submitter and _tidied(submitter, SUBMITTER, "submitter.", found),
        documents=documents and tuple(_tidied(line, DOCUMENT, f"documents.{index}.", found) for index, line in enumerate(documents)),
        fees=fees and tuple(_tidied(line, FEE, f"fees.{index}.", found) for index, line in enumerate(fees)),
    )


def _tidied(part: Part, limits: dict[str, int], prefix: str, found: Findings) -> Part:
    texts: dict[str, Any] = {
        name: _text(getattr(part, name), limit, prefix + PATHS.get(name, name), found) for name, limit in limits.items()
    }
    return replace(part, **texts)


def _text(text: str, limit: int, path: str, found: Findings) -> str:
    clean = tidy(text)
    if len(clean) > limit:
        found.forbid("TEXT_TOO_LONG", path, length=len(clean), limit=limit)
    elif strange := unprintable(clean):
        found.forbid("TEXT_UNPRINTABLE", path, characters=strange[:_SHOWN])
    elif any(unicodedata.category(sign) in ("Cc", "Cf", "Cs") and not sign.isspace() for sign in text):
        found.warn("TEXT_CLEANED", path)
    return clean
