"""New rules from a file: what a catalogue or a calendar would change is shown before it is used."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from counter_app.domain.catalogue import CatalogueDifference
from counter_app.domain.moments import day_of
from counter_app.domain.text import read_day, write_day
from counter_app.services.changes import Changes
from counter_app.services.deadlines.calendar import read_calendar_file
from counter_app.services.deadlines.calendar_change import AffectedDossier
from counter_app.support import messages
from ui.context import DeskContext
from ui.dialogs.update import Updated, UpdateDialog, UpdateWords
from ui.models.rows import Column
from ui.notices import language, sentence_of
from ui.widgets.form import TextField
from ui.widgets.rows import CellLook


class CatalogueUpdateDialog(UpdateDialog[CatalogueDifference]):
    """Compares a catalogue with the one in use, and uses it from a day of receipt on."""

    def __init__(self, context: DeskContext, parent: QWidget) -> None:
        translate = QCoreApplication.translate
        words = UpdateWords(translate("CatalogueUpdateDialog", "New catalogue"), translate("CatalogueUpdateDialog", "Use it"),
                            translate("CatalogueUpdateDialog", "What a file would change in the procedures stands here."))
        super().__init__(context, words, (250, 180, 250), parent)
        self._first = TextField(context.theme)
        self._first.setText(write_day(day_of(context.counter.clock.now())))
        self.form.add_row(self.tr("For dossiers received from"), self._first, "from", at=(0, 1))
        self.form.grid.setColumnStretch(0, 3)
        self.form.grid.setColumnStretch(1, 1)

    def columns(self) -> tuple[Column[CatalogueDifference], ...]:
        """Return procedure, part, before and after."""
        return (
            Column(self.tr("Procedure"), lambda d: d.procedure_name, lambda d: CellLook(below=d.procedure_code)),
            Column(self.tr("Change"), lambda d: _word(f"CATALOGUE_{d.kind}"),
                   lambda d: CellLook(below=_word(f"CATALOGUE_PART_{d.what}") if d.what else "")),
            Column(self.tr("Now, and then"), lambda d: d.before or "–", lambda d: CellLook(tone="text_muted", below=f"→ {d.after or '–'}"
                                                                                              if d.what else "")),
        )

    def compare(self, path: Path) -> list[CatalogueDifference]:
        """Run on the data thread."""
        return self.context.counter.catalogue.diff(path)

    def put_in_force(self, path: Path, day: str) -> Updated:
        """Run on the data thread: import the file beside the catalogue in use, and use it from the day on."""
        first, catalogue, actor = read_day(day, "from"), self.context.counter.catalogue, self.context.session.actor
        info = catalogue.import_file(path, actor)
        catalogue.activate(info.version, first, actor)
        words = messages.text("CATALOGUE_ACTIVATED", language(), version=info.version, day=write_day(first))
        return Updated(words, Changes.of("catalogue"))

    def words_for(self, found: list[CatalogueDifference]) -> str:
        """Count what comes, goes and changes."""
        if not found:
            return _word("CATALOGUE_SAME")
        counts = {kind: len({each.procedure_code for each in found if each.kind == kind}) for kind in ("added", "removed", "changed")}
        return self.tr("{added} procedures are new, {removed} go, {changed} change").format(**counts)

    def day(self) -> str:
        """Return the first day of receipt."""
        return self._first.text()


class CalendarUpdateDialog(UpdateDialog[AffectedDossier]):
    """Shows which open dossiers another calendar would move, and puts it in force."""

    def __init__(self, context: DeskContext, parent: QWidget) -> None:
        translate = QCoreApplication.translate
        words = UpdateWords(translate("CalendarUpdateDialog", "New calendar"), translate("CalendarUpdateDialog", "Use this calendar"),
                            translate("CalendarUpdateDialog", "Open dossiers that would be due at another time stand here."))
        super().__init__(context, words, (260, 180, 220), parent)

    def columns(self) -> tuple[Column[AffectedDossier], ...]:
        """Return code, due time now, due time then."""
        return (
            Column(self.tr("Dossier"), lambda each: each.code),
            Column(self.tr("Due now"), lambda each: f"{each.due_at:%d/%m/%Y %H:%M}"),
            Column(self.tr("Due then"), self._then),
        )

    def _then(self, each: AffectedDossier) -> str:
        return f"{each.new_due_at:%d/%m/%Y %H:%M}" if each.new_due_at else self.tr("to be recounted by a person")

    def compare(self, path: Path) -> list[AffectedDossier]:
        """Run on the data thread."""
        return self.context.counter.calendar.affected(read_calendar_file(path))

    def put_in_force(self, path: Path, day: str) -> Updated:
        """Run on the data thread."""
        del day
        done = self.context.counter.calendar.import_file(path, self.context.session.actor)
        warnings = [sentence_of(warning) for warning in done.warnings]
        said = QCoreApplication.translate("CalendarUpdateDialog", "The calendar of {version} is in force.").format(version=done.version)
        return Updated(" ".join([said, *warnings]), done.changes)

    def words_for(self, found: list[AffectedDossier]) -> str:
        """Count the dossiers that move; what was printed stays."""
        if not found:
            return self.tr("No open dossier would be due at another time.")
        return self.tr("{count} open dossiers would be due at another time; what was printed stays.").format(count=len(found))


def _word(key: str) -> str:
    return messages.text(key.upper(), language())
