"""What must also be typed into a ministry's program: one task a dossier and program."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class TypingState(StrEnum):
    """Whether it was typed; ``DROPPED``: the dossier ended before, or somebody said it is not needed."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class TypingTask:
    """One dossier to type into one program; ``code`` is the number that the program gave it."""

    task_id: str
    dossier_id: str
    system: str
    opened_at: datetime
    state: TypingState = TypingState.OPEN
    code: str = ""
    done_at: datetime | None = None
    done_by: str = ""
