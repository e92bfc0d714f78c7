"""Show me the book: a page of the bound register, exactly as it is printed."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from counter_app.domain.books import register_in_force
from counter_app.domain.people import Permission
from counter_app.domain.registers import DOSSIER_BOOK, BookLine, BookVolume
from counter_app.domain.text import fold
from counter_app.services.changes import Changes
from counter_app.services.registers.book_files import BookExport
from counter_app.services.registers.logbooks import LINES_PER_PAGE, BookPage
from ui.context import DeskContext
from ui.dialogs.confirm import ConfirmDialog
from ui.dialogs.number import NumberDialog
from ui.dialogs.paper_lists import PaperListsDialog
from ui.dialogs.save_file import SaveFileDialog
from ui.dialogs.second import Seconded
from ui.models.book_lines import BookLinesModel, book_columns
from ui.pages.base import Page
from ui.widgets.book_sheet import BookSheet
from ui.widgets.buttons import IconButton
from ui.widgets.empty_state import EmptyState
from ui.widgets.form import ChoiceField
from ui.widgets.sheet import ElidedLabel, Sheet, label, row
from ui.widgets.tabs import TabLine


class BooksPage(Page):
    """Every register, by tabs: volume by volume and page by page."""

    page_id = "books"

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        theme = context.theme
        self._year = context.counter.clock.now().year
        self._registers = {register.book: register for register in context.counter.logbooks.registers()}
        self._register = self._registers[DOSSIER_BOOK]
        self._shown: BookPage | None = None
        self._seconded = Seconded(context, self)
        self._volumes: list[BookVolume] = []
        self._years, self._volume = ChoiceField(theme), ChoiceField(theme)
        self._years.setAccessibleName(self.tr("Year"))
        self._years.setMinimumWidth(theme.px(124))
        self._years.activated.connect(self._choose_year)
        self._volume.setAccessibleName(self.tr("Volume"))
        self._volume.setMinimumWidth(theme.px(176))
        self._volume.activated.connect(self._choose_volume)
        self._before = IconButton(theme, "chevron-left", self.tr("Page before"))
        self._before.clicked.connect(self._turn_back)
        self._after = IconButton(theme, "chevron-right", self.tr("Next page"))
        self._after.clicked.connect(self._turn_on)
        self._pages = label(theme)
        self._title = ElidedLabel(self._register.title)
        self._title.setFont(theme.font("title"))
        self._title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.body.addLayout(row(self._title, None, self._years, self._volume, theme.px(8), self._before, self._pages, self._after,
                                spacing=theme.px(8)))
        self._tabs = TabLine(theme, self.tr("Registers"), [(each.tab, each.book) for each in self._registers.values()])
        self._tabs.chosen.connect(self._choose_register)
        self.body.addWidget(self._tabs)
        self.body.addWidget(self._make_sheet(), 1)

    def _make_sheet(self) -> Sheet:
        theme = self.context.theme
        sheet = Sheet(theme)
        self._opened, self._printed = label(theme), label(theme, tone="muted")
        sheet.body.addLayout(row(self._opened, None, self._printed))
        self._book = BookSheet(theme, book_columns(self._register), self.tr("Lines of the register"), LINES_PER_PAGE)
        self._model = BookLinesModel(self._register, self)
        self._book.set_model(self._model)
        self._book.table.installEventFilter(self)
        self._book.table.doubleClicked.connect(self._open_line)
        nothing = self.tr("No line in this register yet. They are written by themselves, with the act that they tell of.")
        self._empty = EmptyState(theme, self._book.table, "book-2", nothing)
        sheet.body.addWidget(self._book, 1)
        return sheet

    # --- the page's life ----------------------------------------------------------------------------------------------

    def page_actions(self) -> tuple[str, ...]:
        """Return the key line: print first."""
        return ("print_next", "export_book", "turn_page", "go_to_number", "paper_lists", "close_year")

    def why_not(self, action_id: str) -> str | None:
        """Say why an act is not possible now."""
        actor = self.context.session.actor
        if action_id in ("print_next", "export_book") and not actor.may(Permission.EXPORT):
            return self.tr("Your role prints and exports nothing.")
        if action_id != "paper_lists" and (self._shown is None or not self._shown.volume.lines):
            return self.tr("The book is empty.")
        if action_id == "close_year":
            return self._why_not_close()
        return None

    def _why_not_close(self) -> str | None:
        today = self.context.counter.clock.now().date()
        if not self.context.session.actor.may(Permission.CLOSE_BOOK):
            return self.tr("Only the head or an administrator closes a book.")
        if today.year == self._year and (today.month, today.day) != (12, 31):
            return self.tr("The year is closed from 31/12 on.")
        return None if self._shown and self._shown.volume.closed_on is None else self.tr("This volume is closed.")

    def activate(self, *_: object, **arguments: object) -> None:
        """Load the volumes of these years and show the last page."""
        del arguments
        self.context.tasks.run(self._find_volumes, done=self._show_last, key="volumes")
        self._book.table.setFocus()

    def refresh(self, changes: Changes) -> None:
        """Load again when the books or a dossier changed."""
        if changes.touch("books", "dossiers") and self.isVisible():
            self.context.tasks.run(self._find_volumes, done=self._show_same, key="volumes")

    def set_narrow(self, narrow: bool) -> None:
        """The book keeps its printed columns; it scrolls along them."""
        super().set_narrow(narrow)
        self._book.share_out()

    def set_folded(self, folded: bool) -> None:
        """Year, volume and page take the whole line where there is no room for the title beside them."""
        super().set_folded(folded)
        self._title.setVisible(not folded)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the lines PgUp and PgDn turn the page, and Enter opens the dossier."""
        if watched is self._book.table and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._take_key(event)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """PgUp and PgDn turn the page."""
        if not self._take_key(event):
            super().keyPressEvent(event)

    def _take_key(self, event: QKeyEvent) -> bool:
        step = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}.get(Qt.Key(event.key()), 0)
        if step:
            self._turn(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._open_line()
        else:
            return False
        return True

    # --- acts ---------------------------------------------------------------------------------------------------------

    def do_print_next(self) -> None:
        """Write the pages that were not printed yet, ready to print."""
        dialog = self._ask_file(self.tr("Print the next pages"), ("PDF", ".pdf"))
        dialog.chosen.connect(self._print_next)

    def do_export_book(self) -> None:
        """Write the whole year as Excel, PDF or JSON."""
        title = self.tr("Export the book of {year}").format(year=self._year)
        dialog = self._ask_file(title, ("Excel", ".xlsx"), ("PDF", ".pdf"), ("JSON", ".json"))
        dialog.chosen.connect(self._export)

    def _choose_register(self, book: str) -> None:
        """Show the last page of another register."""
        self._register, self._shown = self._registers[book], None
        self._title.show_text(self._register.title)
        self._model.show_lines(self._register, ())
        self.activate()

    def _ask_file(self, title: str, *kinds: tuple[str, str]) -> SaveFileDialog:
        dialog = SaveFileDialog(self.context, title, f"{fold(self._register.title).replace(' ', '-')}-{self._year}", kinds, self)
        dialog.open()
        return dialog

    def _print_next(self, out: Path) -> None:
        actor, book = self.context.session.actor, self._register.book
        self.context.tasks.run_slow(
            partial(self.context.counter.logbooks.print_next, book, self._year, out, actor=actor), done=self._written)

    def _export(self, out: Path) -> None:
        actor, book = self.context.session.actor, self._register.book
        self._seconded.run(partial(self.context.counter.logbooks.export, book, self._year, out, actor=actor), self._written)

    def _written(self, done: BookExport) -> None:
        words = self.tr("{count} lines written to {name}.").format(count=done.lines, name=done.out.name)
        self.context.notices.say(words)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(done.out)))
        self.context.tasks.run(self._find_volumes, done=self._show_same, key="volumes")

    def do_turn_page(self) -> None:
        """The key line's button turns on."""
        self._turn(1)

    def do_go_to_number(self) -> None:
        """Ask for an ordinal of the year and show its page."""
        volumes = self._of_year()
        if volumes:
            first, last = volumes[0].first_ordinal, volumes[-1].first_ordinal + volumes[-1].lines - 1
            dialog = NumberDialog(self.context.theme, self.tr("Go to number"), first, last, self)
            dialog.chosen.connect(self._go_to)
            dialog.open()

    def _go_to(self, number: int) -> None:
        volume = next(each for each in reversed(self._of_year()) if each.first_ordinal <= number)
        self._load(volume, (number - volume.first_ordinal) // LINES_PER_PAGE + 1)

    def _of_year(self) -> list[BookVolume]:
        return [each for each in self._volumes if each.year == self._year]

    def do_paper_lists(self) -> None:
        """Open the lists of digitised papers: shelf, retention, archive."""
        PaperListsDialog(self.context, self).open()

    def do_close_year(self) -> None:
        """Close the book of the year, after a confirmation."""
        words = self.tr("The book of {year} is closed: no line can be added or struck afterwards.").format(year=self._year)
        dialog = ConfirmDialog(self.context.theme, self.tr("Close the year"), words, self.tr("Close the year"), self)
        dialog.agreed.connect(self._close_year)
        dialog.open()

    def _close_year(self) -> None:
        close, actor = self.context.counter.logbooks.close_year, self.context.session.actor
        self.context.tasks.run(close, self._register.book, self._year, actor, done=self._note_closed)

    def _note_closed(self, _: list[BookVolume]) -> None:
        self.context.notices.say(self.tr("The book of {year} is closed.").format(year=self._year))
        self.activate()

    # --- showing ------------------------------------------------------------------------------------------------------

    def _find_volumes(self) -> list[BookVolume]:
        """Run on the data thread: every volume of the chosen register, the oldest first."""
        books, book = self.context.counter.logbooks, self._register.book
        return [volume for year in books.years(book) for volume in books.volumes(book, year)]

    def _show_last(self, volumes: list[BookVolume]) -> None:
        self._list_volumes(volumes)
        if volumes:
            self._load_last(volumes[-1])
        else:
            for words in (self._pages, self._opened, self._printed):
                words.setText("")
            self._book.show_columns(book_columns(self._register))
            self._book.share_out()
            self.actions_changed.emit()

    def _show_same(self, volumes: list[BookVolume]) -> None:
        """Show the same page anew; where none was shown yet, the last."""
        shown = self._shown
        if shown is None:
            self._show_last(volumes)
            return
        self._list_volumes(volumes)
        self._load(shown.volume, shown.page, again=True)

    def _list_volumes(self, volumes: list[BookVolume]) -> None:
        self._volumes = volumes
        self._years.clear()
        for year in dict.fromkeys(each.year for each in volumes):
            self._years.addItem(self.tr("Year {year}").format(year=year), year)
        self._years.setVisible(bool(volumes))
        self._volume.setVisible(bool(volumes))

    def _show_place(self, volume: BookVolume) -> None:
        """Offer the volumes of the year that is shown."""
        self._year = volume.year
        self._years.setCurrentIndex(self._years.findData(volume.year))
        self._volume.clear()
        for each in self._of_year():
            self._volume.addItem(self.tr("Volume {label}").format(label=f"{each.volume:02d}/{each.year}"), each.volume)
        self._volume.setCurrentIndex(self._volume.findData(volume.volume))

    def _choose_year(self, at: int) -> None:
        """Show the last page of a year."""
        self._load_last([each for each in self._volumes if each.year == self._years.itemData(at)][-1])

    def _choose_volume(self, at: int) -> None:
        self._load(self._of_year()[at], 1)

    def _load_last(self, volume: BookVolume) -> None:
        self._load(volume, max(1, -(-volume.lines // LINES_PER_PAGE)))

    def _load(self, volume: BookVolume, page: int, *, again: bool = False) -> None:
        load = partial(self.context.counter.logbooks.page, again=again)
        actor = self.context.session.actor
        self.context.tasks.run(load, volume.book, volume.year, volume.volume, page, actor, done=self._show, key="book-page")

    def _show(self, page: BookPage) -> None:
        if page.volume.book != self._register.book:
            return  # another register was chosen meanwhile
        self._shown = page
        self._show_place(page.volume)
        self._title.show_text(page.volume.title or self._register.title)
        register = register_in_force(page.volume.book, page.volume.opened_on)
        self._book.show_columns(book_columns(register))
        self._model.show_lines(register, page.lines)
        self._book.share_out()
        self._pages.setText(self.tr("Page {page} of {pages}").format(page=page.page if page.pages else 0, pages=page.pages))
        self._before.setEnabled(page.page > 1)
        self._after.setEnabled(page.page < page.pages)
        opened, closed = page.volume.opened_on, page.volume.closed_on
        words = self.tr("Opened on {day}").format(day=f"{opened:%d/%m/%Y}")
        self._opened.setText(words + (self.tr(", closed on {day}").format(day=f"{closed:%d/%m/%Y}") if closed else ""))
        through = min(page.volume.printed_through, page.pages)  # the closing page is none of the pages shown
        self._printed.setText(self.tr("Printed up to page {page}").format(page=through) if through else self.tr("Not printed yet"))
        self.actions_changed.emit()

    def _turn_back(self) -> None:
        self._turn(-1)

    def _turn_on(self) -> None:
        self._turn(1)

    def _turn(self, step: int) -> None:
        if self._shown is not None and 1 <= self._shown.page + step <= self._shown.pages:
            self._load(self._shown.volume, self._shown.page + step)

    def _open_line(self) -> None:
        line: BookLine | None = self._model.line(self._book.table.currentIndex().row())
        if line is not None:
            self.context.navigator.open("dossier", code=line.code)

