"""What the window tells the clerk without a box: short notices as toasts, kept in a list afterwards."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import QLocale, QObject, Signal

from counter_app.domain.errors import DeskError, Problem
from counter_app.domain.moments import VIETNAM
from counter_app.support.messages import sentence

KEPT = 100


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice. ``kind`` is danger, warning, accent or neutral; ``undo`` is offered in the toast as ``undo_text``."""

    text: str
    kind: str
    at: datetime
    undo: Callable[[], None] | None = None
    undo_text: str = ""


def language() -> str:
    """Return the language of the window, ``vi`` or ``en``."""
    return "en" if QLocale().language() == QLocale.Language.English else "vi"


def sentence_of(problem: Problem) -> str:
    """Return what is wrong and what to do, in the language of the window."""
    return sentence(problem, language())


def sentences_of(error: DeskError) -> str:
    """Return the sentences of all problems of a refusal."""
    return " ".join(sentence_of(problem) for problem in error.problems)


def told_together(problems: Iterable[Problem]) -> list[str]:
    """Return the sentences of problems; what is so of several dossiers (``dossier``) is said once, with all their codes."""
    alike: dict[str, list[Problem]] = {}
    for each in problems:
        alike.setdefault(each.code, []).append(each)
    sentences: list[str] = []
    for found in alike.values():
        if all("dossier" in each.params for each in found):
            codes = ", ".join(dict.fromkeys(str(each.params["dossier"]) for each in found))
            sentences.append(sentence_of(replace(found[0], params={**found[0].params, "dossier": codes})))
        else:
            sentences += dict.fromkeys(map(sentence_of, found))
    return sentences


class Notices(QObject):
    """Collects notices; the frame shows them. ``posted`` carries the :class:`Notice`."""

    posted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept: deque[Notice] = deque(maxlen=KEPT)

    @property
    def kept(self) -> tuple[Notice, ...]:
        """The last notices, the newest first."""
        return tuple(self._kept)

    def say(self, text: str, kind: str = "neutral", *, undo: Callable[[], None] | None = None, undo_text: str = "") -> None:
        """Show a toast and keep it in the list."""
        notice = Notice(text, kind, datetime.now(VIETNAM), undo, undo_text)
        self._kept.appendleft(notice)
        self.posted.emit(notice)

    def refuse(self, error: DeskError) -> None:
        """Tell a refusal that has no field on the page."""
        self.say(sentences_of(error), "danger")
