"""The page of scanning: F12 scans, pages stand on the strip as they come, and F9 files every set that knows its dossier."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from counter_app.domain.digitised import FileTarget
from counter_app.domain.errors import DeskError, Problem
from counter_app.domain.people import Permission
from counter_app.domain.scan import ScanKind, ScanMeaning
from counter_app.domain.scan_places import AT_END, PagePlace
from counter_app.services.changes import Changes
from counter_app.services.scanning.devices import DevicesFound
from ui.context import DeskContext
from ui.dialogs.scanning.signing import SignDialog
from ui.notices import sentence_of, told_together
from ui.pages.scanning.acts import ACTS, PLACES, place_of
from ui.pages.scanning.desk import StackFiled
from ui.pages.scanning.feeding import Fed, FeedWish
from ui.pages.scanning.search import ScannerSearch
from ui.pages.scanning.set_acts import OF_A_SET, SetActs
from ui.papers import Papers

_ON_STACK = frozenset({
    "file_stack", "divide_stack", "divide_by_count", "drop_stack", "undo_scan", "redo_scan", "assign_set", "collate_passes", "compare_page",
    "new_stack"}) | OF_A_SET | PLACES | ACTS.keys()
_FEEDS = frozenset({"scan_stack", "bring_files", "look_for_scanners"})
_NOT_WHILE_SCANNING = frozenset({
    "scan_stack", "bring_files", "file_stack", "divide_stack", "divide_by_count", "drop_stack", "collate_passes", "choose_stack",
    "new_stack"}) | PLACES
_NEEDS_SCANNER = frozenset({"scan_stack", "insert_pages", "replace_pages"})
_KEYS = {
    Qt.Key.Key_R: "turn_pages", Qt.Key.Key_Delete: "delete_pages", Qt.Key.Key_S: "split_set", Qt.Key.Key_M: "merge_set",
    Qt.Key.Key_C: "clean_pages", Qt.Key.Key_B: "show_blank", Qt.Key.Key_I: "insert_pages", Qt.Key.Key_T: "replace_pages",
    Qt.Key.Key_G: "collate_passes", Qt.Key.Key_P: "papers_of_set", Qt.Key.Key_D: "describe_set",
}
_MOST_TOLD = 3
"""Sentences of one banner."""


class ScanningPage(SetActs):
    """Everything is kept at once, and can be undone until it is filed."""

    page_id = "scanning"

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._search = ScannerSearch()
        self._looked_for = self._looking = self._look_again = False
        self._found: set[str] = set()
        self._silent: list[Problem] = []
        """Why some ways of looking for scanners failed."""
        self.setAcceptDrops(True)
        self.seat.came.connect(self._note_page)
        self.seat.arriving.connect(self._note_arriving)
        self.seat.ended.connect(self._note_ended)
        self.seat.moved.connect(self._show_work)
        self._search.found.connect(self._note_devices)
        self.head.stop_wanted.connect(self.seat.stop)
        self.banner.acted.connect(self._act_on_banner)

    # --- the page's life ----------------------------------------------------------------------------------------------

    def page_actions(self) -> tuple[str, ...]:
        """Return the key line: file first."""
        return ("file_stack", "scan_stack", "turn_pages", "delete_pages", "split_set", "merge_set", "assign_set", "papers_of_set",
                "describe_set", "undo_scan", "redo_scan",
                "insert_pages", "replace_pages", "bring_files", "insert_files", "collate_passes", "compare_page", "move_earlier",
                "move_later", "clean_pages", "show_blank", "divide_stack", "divide_by_count", "choose_profile", "choose_stack", "new_stack",
                "look_for_scanners", "sign_papers", "separator_sheet", "drop_stack", "leave_scanning")

    def why_not(self, action_id: str) -> str | None:
        """Say why an act is not possible now."""
        if not (action_id in _ON_STACK or action_id in _FEEDS or action_id == "choose_stack"):
            return None
        hindered = (*self._hindered_here(action_id), *self._hindered_by_stack(action_id))
        return next((reason for is_hindered, reason in hindered if is_hindered), None)

    def _hindered_here(self, action_id: str) -> tuple[tuple[bool, str], ...]:
        """Return what a person, the scanner and what goes on may hinder, and whether it does."""
        scanning = self.seat.listener is not None
        return (
            (not self.context.session.actor.may(Permission.RECEIVE), self.tr("Your role scans nothing.")),
            (self.seat.filing, self.tr("The stack is being filed.")),
            (scanning and action_id in _NOT_WHILE_SCANNING, self.tr("A stack is being scanned.")),
            (action_id in _NEEDS_SCANNER and not self.head.device_id, self.tr("No scanner was found. Switch it on and press F5.")),
        )

    def _hindered_by_stack(self, action_id: str) -> tuple[tuple[bool, str], ...]:
        """Return what the stack may hinder as it is, and whether it does."""
        ready = self._look is not None and self._look.ready > 0
        return (
            (action_id in _ON_STACK and self._look is None, self.tr("Nothing is scanned yet.")),
            (action_id in OF_A_SET and not self.has_free_set, self.tr("This set does not know its dossier yet, or is filed. F3 names it.")),
            (action_id == "choose_stack" and self.head.stack.count() < 2, self.tr("No other stack waits.")),
            (action_id == "file_stack" and not ready, self.tr("No set can be filed yet. Why stands below its name.")),
        )

    def busy_words(self, action_id: str) -> str:
        """Say that the stack is being filed, or scanned."""
        if action_id == "file_stack" and self.seat.filing:
            return self.tr("Filing…")
        return self.tr("Scanning…") if action_id == "scan_stack" and self.seat.listener is not None else ""

    def activate(self, *_: object, **arguments: object) -> None:
        """Take up the stack that waits, and look for scanners; with ``code`` what bears no code belongs to that dossier."""
        self._desk.dossier = str(arguments.get("code", ""))
        if self._look is None:
            self.context.tasks.run_slow(self._desk.open, done=self._take_open, failed=self._refuse, key="scan stack")
        if not self._looked_for:
            self._looked_for = True
            self.do_look_for_scanners()
        self.strip.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Tell what came of a feed or a filing while another page, or the lock, stood here."""
        super().showEvent(event)
        self._take_news()

    def refresh(self, changes: Changes) -> None:
        """Dossiers changed: their papers may have files now. Settings did: scanners may have been entered, named or forgotten."""
        if changes.touch("settings"):
            self.do_look_for_scanners()
        if changes.touch("dossiers") and self._look is not None and not self.seat.filing:
            self._desk.forget()
            self._ask_look()

    def take_scan(self, meaning: ScanMeaning) -> bool:
        """The slip of a dossier names it for the current set, where that doesn't know its dossier yet."""
        found = self._look.set_of(self.strip.current) if self._look else None
        if meaning.kind is not ScanKind.CODE or found is None or found.group.filed or (found.dossier and not found.group.doubt):
            return False
        self._assign(meaning.code, FileTarget.COMPONENT, None)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters and digits that no field wanted: acts on pages, and the ways of scanning; V for as long as it is held."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        action_id = "" if control else _KEYS.get(Qt.Key(event.key()), "")
        if action_id:
            self.trigger(action_id)
        elif not control and event.key() == Qt.Key.Key_V:
            self._show_before(before=True)
        elif control or not event.text() or not self.head.choose_profile(event.text()):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """V is let go."""
        if event.key() == Qt.Key.Key_V and not event.isAutoRepeat():
            self._show_before(before=False)
        super().keyReleaseEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped where pages may come."""
        if files_in(event.mimeData()) and self.why_not("bring_files") is None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read the files that were dropped."""
        self._feed(AT_END, files_in(event.mimeData()))

    # --- scanning and filing ------------------------------------------------------------------------------------------

    def do_scan_stack(self) -> None:
        """F12: scan what lies in the scanner; after a fault this goes on where it broke off."""
        if self.why_not("scan_stack") is None:
            self._feed(self.seat.rest)

    def do_insert_pages(self) -> None:
        """I: scan pages in behind the current one."""
        self._feed(self._place("insert_pages"))

    def do_replace_pages(self) -> None:
        """T: scan the chosen pages again, each into its place."""
        self._feed(self._place("replace_pages"))

    def do_bring_files(self) -> None:
        """Ctrl+O: read files that were scanned elsewhere, or dropped on the page."""
        self._ask_files().filesSelected.connect(self._bring)

    def do_insert_files(self) -> None:
        """Ctrl+I: read files in behind the current page."""
        self._ask_files().filesSelected.connect(self._insert)

    def do_file_stack(self) -> None:
        """F9: file what is ready; the rest waits with its reason."""
        self.banner.hide()
        self._end_words = ""
        self.seat.file(self._desk, self.head.chosen_profile)
        self._show_work()

    def do_separator_sheet(self) -> None:
        """Make the sheet that parts the dossiers of a stack."""
        Papers(self.context, self).show_separator()

    def do_look_for_scanners(self) -> None:
        """F5: look for scanners; those that are known can be used meanwhile."""
        self._look_again = self._looking
        if not self._looking:
            self._looking, self._silent = True, []
            self._found.clear()
            self.head.show_devices((), looking=True)
            wanted = self._search, self.context.counter
            self.context.tasks.run_slow(ScannerSearch.run, *wanted, done=self._end_search, failed=self._break_search)

    def do_sign_papers(self) -> None:
        """Ctrl+Alt+K: sign what was filed."""
        SignDialog(self.context, self).open()

    def do_choose_profile(self) -> None:
        """Go to the ways of scanning."""
        self.head.profile.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def do_leave_scanning(self) -> None:
        """Esc: stop scanning or filing, else back."""
        if self.seat.listener is not None or self.seat.filing:
            self.seat.stop()
        else:
            self.context.navigator.back()

    def _place(self, action_id: str) -> PagePlace:
        return place_of(action_id, self.strip.selected, self.strip.current)

    def _feed(self, place: PagePlace, paths: Sequence[Path] = ()) -> None:
        self.banner.hide()
        self._end_words = ""
        if not paths:
            self.context.preferences.scanner = self.head.device_id
        self.seat.scan(self._desk, FeedWish(self.head.device_id, self.head.chosen_profile, place, tuple(paths)))
        self._show_stack()

    def _ask_files(self) -> QFileDialog:
        chooser = QFileDialog(self, self.tr("Read files…"), "", "*.pdf *.jpg *.jpeg *.png *.tif *.tiff")
        chooser.setFileMode(QFileDialog.FileMode.ExistingFiles)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.open()
        return chooser

    def _bring(self, names: list[str]) -> None:
        self._feed(AT_END, [Path(name) for name in names])

    def _insert(self, names: list[str]) -> None:
        self._feed(self._place("insert_files"), [Path(name) for name in names])

    def _act_on_banner(self) -> None:
        """Do what the button of the banner says: keep what can be read of a stack, or go on scanning."""
        if self._damaged:
            self.do_rescue_stack()
        else:
            self.trigger("scan_stack")

    # --- what came ----------------------------------------------------------------------------------------------------

    def _note_arriving(self, thumb: bytes) -> None:
        self.strip.show_arriving(QImage.fromData(thumb))

    def _note_page(self, page_id: str, thumb: bytes) -> None:
        self.strip.show_thumb(page_id, QImage.fromData(thumb))
        self._show_work()
        self._ask_look()

    def _note_ended(self) -> None:
        """What came is for the page that is seen: with other words or another size there may still be an older one."""
        if self.isVisible():
            self._take_news()

    def _take_news(self) -> None:
        news = self.seat.take_news()
        if isinstance(news, Fed):
            self._note_fed(news)
        elif isinstance(news, StackFiled):
            self._note_filed(news)
        elif news is not None:
            self._refuse(news.error)
            self._ask_look()
        self._show_stack()

    def _note_fed(self, fed: Fed) -> None:
        self._take_look(fed.look)
        self._ask_stacks()
        told = [self._alone_words(fed)] if fed.alone else []
        told += _first_ones([fed.stopped, *fed.end.notes] if fed.stopped else fed.end.notes)
        if fed.stopped:
            self._damaged = ""
            self.banner.say("danger", " ".join(told), action="" if fed.from_files else self.tr("Go on scanning (F12)"))
            return
        if told:
            self.banner.say("warning", " ".join(told))
        if not fed.from_files:
            self._end_words = self.tr("{count} pages came, the scanner has no more").format(count=self.seat.pages_came)

    def _alone_words(self, fed: Fed) -> str:
        page = self.strip.page(fed.alone)
        return self.tr("The back of page {number} did not come.").format(number=page.number if page else fed.end.pages)

    def _note_filed(self, done: StackFiled) -> None:
        self._take_look(done.look)
        self._ask_stacks()
        files, codes = len(done.filed.files), {each.code for each in done.filed.files}
        if files:
            words = self.tr("{files} files were put into {dossiers} dossiers.").format(files=files, dossiers=len(codes))
            self.context.notices.say(words, "accent")
        told = told_together(done.filed.warnings)
        if done.filed.unfiled:
            pages = sum(len(each.page_ids) for each in done.filed.unfiled)
            told.append(self.tr("{pages} pages wait: {reason}").format(pages=pages, reason=sentence_of(done.filed.unfiled[0].problem)))
        if told:
            self.banner.say("warning", " ".join(told))

    def _note_devices(self, found: DevicesFound) -> None:
        self._silent += found.problems
        self._found.update(each.id for each in found.devices)
        self.head.show_devices(found.devices, looking=self._looking)
        self.actions_changed.emit()

    def _end_search(self, _: object) -> None:
        self._looking = False
        self.head.forget_others(self._found)
        self.head.show_devices((), looking=False)
        if self._silent and not self.head.device_id:
            self.banner.say("warning", " ".join(_first_ones(self._silent)))
        self.actions_changed.emit()
        if self._look_again:
            self.do_look_for_scanners()

    def _break_search(self, error: DeskError) -> None:
        self._looking = False
        self.head.show_devices((), looking=False)
        self._refuse(error)


def files_in(dragged: QMimeData) -> list[Path]:
    """Return the files of this PC that are dragged."""
    return [Path(url.toLocalFile()) for url in dragged.urls() if url.isLocalFile()]


def _first_ones(problems: Iterable[Problem]) -> list[str]:
    """Return the sentences of problems, the first few of them."""
    return list(dict.fromkeys(map(sentence_of, problems)))[:_MOST_TOLD]
