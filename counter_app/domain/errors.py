"""Two kinds of refusal: a rule was broken, or the surroundings failed. Anything else is a bug.

Both carry a code and the values of its sentence; the words, in Vietnamese and English, live in ``resources/messages``.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    ``code`` is UPPER_SNAKE and names the sentence, ``field`` is the dotted path of the input it stands at (``applicant.id_number``)
    or None for the whole, ``params`` fill the sentence and never hold personal data.
    """

    code: str
    field: str | None = None
    params: Mapping[str, str | int] = dataclasses.field(default_factory=dict)


class DeskError(Exception):
    """Base of both refusals; ``problems`` is never empty."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__(", ".join(f"{p.code}@{p.field}" if p.field else p.code for p in problems))

    @property
    def code(self) -> str:
        """The code of the first problem."""
        return self.problems[0].code


class RuleBrokenError(DeskError):
    """The input or the wish is against a rule of the desk (exit code 3; shown at its field)."""


class SurroundingsError(DeskError):
    """Disk, printer, lock, key, network or another thing around us failed (exit code 4; shown as a banner)."""


def broken(code: str, field: str | None = None, /, **params: str | int) -> RuleBrokenError:
    """Return a broken rule with one problem."""
    return RuleBrokenError(Problem(code, field, params))


def failed(code: str, /, **params: str | int) -> SurroundingsError:
    """Return a failure of the surroundings with one problem."""
    return SurroundingsError(Problem(code, None, params))
