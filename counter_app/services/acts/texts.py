"""The texts of a verb made tidy and looked at, all of them before anything is said."""

from __future__ import annotations

from collections.abc import Sequence

from counter_app.domain.errors import Problem, RuleBrokenError
from counter_app.domain.text import tidy, unprintable

REASON = 1000
"""Characters of a reason: what fits on a form, and into GhiChu of the national record."""
LINE = 300
NAME = 200
CODE = 60
MOST_LINES = 50
_SHOWN = 10


class Texts:
    """Tidies text after text and collects what is wrong with them."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def need(self, text: str, field: str, longest: int = LINE) -> str:
        """Return a text that must be there; found: TEXT_NEEDED, and as :meth:`may`."""
        if not tidy(text):
            self.forbid("TEXT_NEEDED", field)
        return self.may(text, field, longest)

    def may(self, text: str, field: str, longest: int = LINE) -> str:
        """Return a text that may be empty; found: TEXT_TOO_LONG, TEXT_UNPRINTABLE."""
        clean = tidy(text)
        if len(clean) > longest:
            self.forbid("TEXT_TOO_LONG", field, length=len(clean), limit=longest)
        elif strange := unprintable(clean):
            self.forbid("TEXT_UNPRINTABLE", field, characters=strange[:_SHOWN])
        return clean

    def lines(self, texts: Sequence[str], field: str, *, needed: bool = True) -> tuple[str, ...]:
        """Return the lines of a list, empty ones left out; found: TEXT_NEEDED, LINES_TOO_MANY, and as :meth:`may` of each."""
        clean = tuple(line for index, text in enumerate(texts) if (line := self.may(text, f"{field}.{index}")))
        if needed and not clean:
            self.forbid("TEXT_NEEDED", field)
        if len(clean) > MOST_LINES:
            self.forbid("LINES_TOO_MANY", field, limit=MOST_LINES)
        return clean

    def forbid(self, code: str, field: str | None, **params: str | int) -> None:
        """Note a problem."""
        self.problems.append(Problem(code, field, params))

    def close(self) -> None:
        """Raise what was found.

        Raises:
            RuleBrokenError: every problem.
        """
        if self.problems:
            raise RuleBrokenError(*self.problems)
