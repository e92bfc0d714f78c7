"""Lists of digitised papers for people: shown, printed and signed, written to a workbook; and the separator sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from counter_app.domain.archive import DigitalPaper
from counter_app.domain.errors import broken
from counter_app.domain.moments import day_of
from counter_app.domain.people import Actor, Permission
from counter_app.services.desk.settings import SettingsService
from counter_app.services.documents.forms import FormWords, form_in_force
from counter_app.services.documents.slips import SlipMaker
from counter_app.services.dossiers.access import require
from counter_app.services.ports import Clock, Database
from counter_app.services.recording import write_audit
from counter_app.services.scanning.archive_content import (
    ARCHIVE_LIST,
    AS_OF_TODAY,
    SEPARATOR_SHEET,
    ListedPaper,
    ListKind,
    PaperList,
    archive_list,
    list_header,
    list_rows,
    separator_sheet,
)
from counter_app.services.scanning.library import PaperLibrary
from counter_app.services.scanning.reading import ReadingService
from counter_app.services.whole_files import whole_file
from counter_app.support.sheets import write_rows

SUFFIXES = (".pdf", ".xlsx")


@dataclass(frozen=True, slots=True)
class ListFile:
    """A list that was written, and how many papers stand in it."""

    out: Path
    papers: int


class PaperLists:
    """Makes lists of what the library knows."""

    def __init__(
        self, database: Database, clock: Clock, library: PaperLibrary, *, reading: ReadingService, settings: SettingsService,
        maker: SlipMaker,
    ) -> None:
        self._database, self._clock, self._library, self._reading = database, clock, library, reading
        self._settings, self._maker = settings, maker

    def look(self, kind: ListKind, start: date, end: date, actor: Actor) -> PaperList:
        """Return a list of some days, both included, or as of today (audited).

        Raises:
            RuleBrokenError: NOT_ALLOWED; DAYS_REVERSED at ``to``.
        """
        require(actor, Permission.READ)
        if kind in AS_OF_TODAY:
            start = end = day_of(self._clock.now())
        if end < start:
            raise broken("DAYS_REVERSED", "to")
        found = self._found(kind, start, end, actor)
        with self._database.read() as uow:
            codes = {paper.dossier_id: dossier.code for paper in found if (dossier := uow.dossiers.get(paper.dossier_id))}
        return PaperList(kind, start, end, tuple(ListedPaper(codes[paper.dossier_id], paper) for paper in found))

    def write(self, kind: ListKind, start: date, end: date, out: Path, actor: Actor) -> ListFile:
        """Write a list by the suffix of ``out``, .pdf to be signed or .xlsx (audited); it is there completely or not at all.

        Raises:
            RuleBrokenError: NOT_ALLOWED (inspectors export nothing); FILE_KIND_UNKNOWN at ``out``; as :meth:`look`.
            SurroundingsError: the file can't be written.
        """
        require(actor, Permission.EXPORT)
        suffix = out.suffix.lower()
        if suffix not in SUFFIXES:
            raise broken("FILE_KIND_UNKNOWN", "out", kinds=", ".join(SUFFIXES))
        listed, now = self.look(kind, start, end, actor), self._clock.now()
        with whole_file(out) as part:
            self._put(listed, part, now)
            with self._database.write() as uow:  # on the trail before the file takes its name
                details = {"files": len(listed.papers), "list": kind.value, "kind": suffix[1:]}
                write_audit(uow, now, actor.user_id, "files.exported", "", details)
                uow.commit()
        return ListFile(out, len(listed.papers))

    def separator(self, actor: Actor) -> bytes:
        """Return the sheet that parts one dossier of a stack from the next as PDF, A4. Raises NOT_ALLOWED."""
        require(actor, Permission.RECEIVE)
        return self._maker.document(separator_sheet(self._words(SEPARATOR_SHEET, self._clock.now())), "a4")

    def _found(self, kind: ListKind, start: date, end: date, actor: Actor) -> tuple[DigitalPaper, ...]:
        if kind is ListKind.DUE:
            return self._library.due(actor)
        if kind is ListKind.UNREAD:
            return self._reading.standing(actor).given_up
        return (self._library.filed if kind is ListKind.FILED else self._library.handed_over)(start, end, actor)

    def _put(self, listed: PaperList, out: Path, now: datetime) -> None:
        form = self._words(ARCHIVE_LIST, now)
        if out.suffix.lower() == ".pdf":
            out.write_bytes(self._maker.document(archive_list(listed, self._settings.profile(), form, now), "a4"))
            return
        rows = ([*row, each.paper.sha256] for row, each in zip(list_rows(listed, form), listed.papers, strict=True))
        write_rows(out, list_header(form), rows)

    def _words(self, form: str, now: datetime) -> FormWords:
        return form_in_force(form, day_of(now))
