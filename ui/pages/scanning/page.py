"""The page of scanning: F12 scans, pages stand on the strip as they come, and F9 files every set that knows its dossier."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QWidget

from counter_app.domain.digitised import FileTarget
from counter_app.domain.errors import DeskError
from counter_app.domain.people import Permission
from counter_app.domain.scan import ScanKind, ScanMeaning
from counter_app.services.changes import Changes
from ui.context import DeskContext
from ui.dialogs.confirm import ConfirmDialog
from ui.notices import sentence_of, sentences_of
from ui.pages.scanning.acts import ACTS, act_of
from ui.pages.scanning.desk import Fed, FeedListener, StackFiled
from ui.pages.scanning.view import StackView

_STACK_ACTS = frozenset({"file_stack", "divide_stack", "drop_stack", "undo_scan", "redo_scan", "assign_set"})
_KEYS = {
    Qt.Key.Key_R: "turn_pages", Qt.Key.Key_Delete: "delete_pages", Qt.Key.Key_S: "split_set", Qt.Key.Key_M: "merge_set",
    Qt.Key.Key_C: "clean_pages", Qt.Key.Key_B: "show_blank",
}


class ScanningPage(StackView):
    """Everything is kept at once, and can be undone until it is filed."""

    page_id = "scanning"

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.head.stop_wanted.connect(self._stop)
        self.banner.acted.connect(self.do_scan_stack)
        self.strip.move_wanted.connect(self._move)
        self.side.assigned.connect(self._assign)
        self.side.clean_wanted.connect(self.do_clean_pages)

    # --- the page's life ----------------------------------------------------------------------------------------------

    def page_actions(self) -> tuple[str, ...]:
        """Return the key line: file first."""
        return ("file_stack", "scan_stack", "turn_pages", "delete_pages", "split_set", "merge_set", "assign_set", "undo_scan",
                "move_earlier", "move_later", "redo_scan", "clean_pages", "show_blank", "divide_stack", "choose_profile", "drop_stack",
                "leave_scanning")

    def why_not(self, action_id: str) -> str | None:
        """Say why an act is not possible now."""
        scan, whole = action_id == "scan_stack", action_id in ("scan_stack", "file_stack", "divide_stack", "drop_stack")
        if not (scan or action_id in ACTS or action_id in _STACK_ACTS):
            return None
        hindered = (
            (not self.context.session.actor.may(Permission.RECEIVE), self.tr("Your role scans nothing.")),
            (self._filing, self.tr("The stack is being filed.")),
            (self._listener is not None and whole, self.tr("A stack is being scanned.")),
            (scan and not self.head.device_id, self.tr("No scanner was found. Switch it on and open this page again.")),
            (not scan and self._look is None, self.tr("Nothing is scanned yet.")),
            (action_id == "file_stack" and not (self._look and self._look.ready), self.tr("No set knows its dossier yet. F3 names it.")),
        )
        return next((reason for is_hindered, reason in hindered if is_hindered), None)

    def busy_words(self, action_id: str) -> str:
        """Say that the stack is being filed, or scanned."""
        if action_id == "file_stack" and self._filing:
            return self.tr("Filing…")
        return self.tr("Scanning…") if action_id == "scan_stack" and self._listener is not None else ""

    def activate(self, *_: object, **arguments: object) -> None:
        """Take up the stack that waits, and look for scanners; with ``code`` what bears no code belongs to that dossier."""
        self._desk.dossier = str(arguments.get("code", ""))
        if self._look is None and self._listener is None:
            self.context.tasks.run_slow(self._desk.open, done=self._take_look, failed=self._refuse, key="scan stack")
        if not self._looked_for:
            self._looked_for = True
            self.context.tasks.run_slow(self.context.counter.scanning.devices, done=self._show_devices, key="scanners")
        self.strip.setFocus()

    def refresh(self, changes: Changes) -> None:
        """Dossiers changed: their papers may have files now."""
        if changes.touch("dossiers") and self._look is not None and not self._filing:
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
        """Letters and digits that no field wanted: acts on pages, and the ways of scanning."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        action_id = "" if control else _KEYS.get(Qt.Key(event.key()), "")
        if action_id:
            self.trigger(action_id)
        elif control or not event.text() or not self.head.choose_profile(event.text()):
            super().keyPressEvent(event)

    # --- acts ---------------------------------------------------------------------------------------------------------

    def do_turn_pages(self) -> None:
        """R: turn the chosen pages clockwise."""
        self._on_pages("turn_pages")

    def do_delete_pages(self) -> None:
        """Del: leave the chosen pages out, or take them in again."""
        self._on_pages("delete_pages")

    def do_split_set(self) -> None:
        """S: begin a set with the current page."""
        self._on_pages("split_set")

    def do_merge_set(self) -> None:
        """M: join the set with the one before it."""
        self._on_pages("merge_set")

    def do_move_earlier(self) -> None:
        """Ctrl+Up: put the chosen pages before the page before them."""
        self._on_pages("move_earlier")

    def do_move_later(self) -> None:
        """Ctrl+Down: put the chosen pages behind the page behind them."""
        self._on_pages("move_later")

    def do_clean_pages(self) -> None:
        """C: clean the chosen pages, or leave them as they came."""
        self._on_pages("clean_pages")

    def do_show_blank(self) -> None:
        """B: file the chosen pages although they seem blank, or hide them again."""
        self._on_pages("show_blank")

    def _move(self, direction: int) -> None:
        self.trigger("move_earlier" if direction < 0 else "move_later")

    def _on_pages(self, action_id: str) -> None:
        wanted = act_of(action_id, self._look, self.strip.selected, self.strip.current) if self._look and self.strip.current else None
        if wanted is not None:
            self._change(self._desk.act, wanted)

    def do_scan_stack(self) -> None:
        """F12: scan what lies in the scanner; after a fault this goes on."""
        if self.why_not("scan_stack") is not None:
            return
        self.banner.hide()
        self._came = 0
        self._listener = listener = FeedListener(self.context.tasks)
        listener.came.connect(self._note_page)
        self.context.preferences.scanner = self.head.device_id
        feed, profile = self._desk.feed, self.head.chosen_profile
        self.context.tasks.run_slow(feed, self.head.device_id, profile, listener, done=self._note_fed, failed=self._refuse_feed)
        self._show_work()

    def do_file_stack(self) -> None:
        """F9: file what is ready; the rest waits with its reason."""
        self._filing = True
        self.banner.hide()
        self._show_work()
        clean_up = self.head.chosen_profile.clean_up
        self.context.tasks.run_slow(self._desk.file, clean_up, done=self._note_filed, failed=self._refuse_filing)

    def do_assign_set(self) -> None:
        """F3: to the dossier of the set."""
        if self.narrow:
            self._show_pane(strip=False)
        self.side.code.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.side.code.selectAll()

    def do_undo_scan(self) -> None:
        """Ctrl+Z: take the last act on pages back."""
        self._change(self._desk.undo)

    def do_redo_scan(self) -> None:
        """Ctrl+Y: do it again."""
        self._change(self._desk.redo)

    def do_divide_stack(self) -> None:
        """Ctrl+D: divide by the codes anew."""
        self._change(self._desk.divide)

    def do_choose_profile(self) -> None:
        """Go to the ways of scanning."""
        self.head.profile.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def do_drop_stack(self) -> None:
        """Throw the stack away, after a question: what is not filed is lost."""
        words = self.tr("The pages that are not filed are deleted for good and have to be scanned again. What is filed stays.")
        dialog = ConfirmDialog(self.context.theme, self.tr("Throw the stack away?"), words, self.tr("Throw away"), self)
        dialog.agreed.connect(self._drop)
        dialog.open()

    def do_leave_scanning(self) -> None:
        """Esc: stop scanning, else back."""
        if self._listener is not None:
            self._stop()
        else:
            self.context.navigator.back()

    def _stop(self) -> None:
        if self._listener is not None:
            self._listener.stop()

    def _drop(self) -> None:
        self._change(self._desk.drop)

    def _assign(self, code: str, target: object, part: object) -> None:
        if self.strip.current:
            done, failed = self._take_look, self._refuse_code
            self.context.tasks.run_slow(self._desk.assign, self.strip.current, code, target, part, done=done, failed=failed)

    # --- what came ----------------------------------------------------------------------------------------------------

    def _note_page(self, page_id: str, thumb: bytes) -> None:
        self._came += 1
        self.strip.show_thumb(page_id, QImage.fromData(thumb))
        self._show_work()
        self._ask_look()

    def _note_fed(self, fed: Fed) -> None:
        self._listener = None
        self._take_look(fed.look)
        problem = fed.problem or fed.end.stopped
        if problem is not None:
            self.banner.say("danger", sentence_of(problem), action=self.tr("Go on scanning"))
        elif fed.end.notes:
            self.banner.say("warning", " ".join(map(sentence_of, fed.end.notes)))
        self._show_work()

    def _refuse_feed(self, error: DeskError) -> None:
        self._listener = None
        self._refuse(error)
        self._show_work()

    def _note_filed(self, done: StackFiled) -> None:
        self._filing = False
        self._take_look(done.look)
        files, codes = len(done.filed.files), {each.code for each in done.filed.files}
        if files:
            words = self.tr("{files} files were put into {dossiers} dossiers.").format(files=files, dossiers=len(codes))
            self.context.notices.say(words, "accent")
        told = [sentence_of(each) for each in done.filed.warnings]
        if done.filed.unfiled:
            pages = sum(len(each.page_ids) for each in done.filed.unfiled)
            told.append(self.tr("{pages} pages wait: {reason}").format(pages=pages, reason=sentence_of(done.filed.unfiled[0].problem)))
        if told:
            self.banner.say("warning", " ".join(told))
        self._show_work()

    def _refuse_filing(self, error: DeskError) -> None:
        self._filing = False
        self._refuse(error)
        self._ask_look()

    def _refuse_code(self, error: DeskError) -> None:
        self.side.show_code_problem(sentences_of(error))
