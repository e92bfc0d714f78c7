"""How the papers of each procedure were divided the last time, for the next dossier of it: a stack of as many pages is divided alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from counter_app.domain.digitised import WHOLE, FiledFile, FileTarget, standings
from counter_app.domain.dossier import Dossier
from counter_app.services.dossiers.access import dossier_with_code
from counter_app.services.ports import Database

DIVISION = "scans/papers/"
"""The setting of a procedure: ``[[part, pages], …]``."""


@dataclass(frozen=True, slots=True)
class PartPages:
    """A paper and how many pages it had."""

    part: str
    pages: int


class Habits:
    """Remembers and offers; a person decides."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, dossier: Dossier) -> tuple[PartPages, ...]:
        """Return how the last dossier of the same procedure was divided; nothing where this one has no use for one of those papers."""
        with self._database.read() as uow:
            habit: Sequence[Sequence[str | int]] = uow.settings.get(f"{DIVISION}{dossier.procedure_code}") or ()
        found = tuple(PartPages(str(part), int(pages)) for part, pages in habit)
        free = {each.part for each in standings(dossier) if each.target is FileTarget.COMPONENT and each.wanted and not each.file}
        return found if all(each.part in free for each in found) else ()

    def remember(self, files: Iterable[tuple[str, FiledFile]]) -> None:
        """Remember how the papers of dossiers were divided, each file with the code of its dossier; one paper alone is no division."""
        by_code: dict[str, list[tuple[str, int]]] = {}
        for code, file in files:
            if file.target is FileTarget.COMPONENT and file.part != WHOLE:
                by_code.setdefault(code, []).append((file.part, file.pages))
        divided = {code: parts for code, parts in by_code.items() if len(parts) > 1}
        if not divided:
            return
        with self._database.write() as uow:
            for code, parts in divided.items():
                uow.settings.put(f"{DIVISION}{dossier_with_code(uow, code).procedure_code}", [list(each) for each in parts])
            uow.commit()
