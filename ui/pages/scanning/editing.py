"""What a person does with the pages of a stack: by keys, by the menu of a page, by dragging; and which of the stacks is open."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from counter_app.domain.digitised import FileTarget
from counter_app.domain.errors import DeskError
from counter_app.domain.moments import day_of
from counter_app.domain.scan_batch import sheets_of
from counter_app.domain.scan_split import every
from counter_app.services.scanning.batches import WaitingBatch
from ui.context import DeskContext
from ui.dialogs.acts.description import Field, FieldKind
from ui.dialogs.confirm import ConfirmDialog
from ui.dialogs.paper_act import PaperAct, PaperActDialog
from ui.models.scan_stack import DAMAGED, StackLook, begun_at
from ui.notices import sentence_of, sentences_of
from ui.pages.scanning.acts import act_of, dropped
from ui.pages.scanning.collating import CollateDialog
from ui.pages.scanning.menu import PageMenu
from ui.pages.scanning.view import StackView


class StackEditing(StackView):
    """Every act is kept at once, and can be undone until the stack is filed."""

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._damaged = ""
        """The damaged stack that the banner tells of."""
        self.strip.move_wanted.connect(self._move)
        self.strip.dropped.connect(self._drop_beside)
        self.strip.menu_wanted.connect(self._show_menu)
        self.side.assigned.connect(self._assign)
        self.side.clean_wanted.connect(self.do_clean_pages)
        self.side.compare_wanted.connect(self._show_before)
        self.head.stack_chosen.connect(self._choose_stack)

    # --- pages --------------------------------------------------------------------------------------------------------

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

    def do_compare_page(self) -> None:
        """V: the current page as it came, or as it will be filed."""
        self._show_before(not self._before)

    def do_assign_set(self) -> None:
        """F3: to the dossier of the set."""
        self._show_pane(strip=False)
        self.side.code.selectAll()

    def _show_before(self, before: bool) -> None:
        if before != self._before:
            self._before = before
            self._show_page()

    def _move(self, direction: int) -> None:
        self.trigger("move_earlier" if direction < 0 else "move_later")

    def _drop_beside(self, beside: str, behind: bool) -> None:
        wanted = dropped(self.strip.selected, beside, behind=behind)
        if wanted is not None:
            self._change(self._desk.act, wanted)

    def _on_pages(self, action_id: str) -> None:
        wanted = act_of(action_id, self._look, self.strip.selected, self.strip.current) if self._look and self.strip.current else None
        if wanted is not None:
            self._change(self._desk.act, wanted)

    def _show_menu(self, place: QPoint) -> None:
        PageMenu(self).popup(place)

    def _assign(self, code: str, target: FileTarget, part: str | None) -> None:
        if self.strip.current:
            done, failed = self._take_look, self._refuse_code
            self.context.tasks.run_slow(self._desk.assign, self.strip.current, code, target, part, done=done, failed=failed)

    def _refuse_code(self, error: DeskError) -> None:
        self.side.show_code_problem(sentences_of(error))

    # --- the stack ----------------------------------------------------------------------------------------------------

    def do_undo_scan(self) -> None:
        """Ctrl+Z: take the last act on pages back."""
        self._change(self._desk.undo)

    def do_redo_scan(self) -> None:
        """Ctrl+Y: do it again."""
        self._change(self._desk.redo)

    def do_divide_stack(self) -> None:
        """Ctrl+D: divide by the codes anew."""
        self._change(self._desk.divide)

    def do_divide_by_count(self) -> None:
        """Divide by a number of pages, which is asked for: papers without codes that are all alike."""
        field = Field("page_count", self.tr("Pages of each set"), FieldKind.NUMBER)
        words = self.tr("Each set gets so many pages. Codes on them still say of which dossier, and what is filed stays as it is.")
        act = PaperAct(self.tr("Divide by pages"), words, (field,))
        dialog = PaperActDialog(self.context.theme, act, day_of(self.context.counter.clock.now()), self)
        dialog.agreed.connect(self._divide_by_count)
        dialog.open()

    def _divide_by_count(self, read: Mapping[str, int | None]) -> None:
        self._change(self._desk.divide, every(read["page_count"] or 0))

    def do_collate_passes(self) -> None:
        """G: put a pass of fronts and a pass of backs together, after a look at what comes of it."""
        if self._look is None:
            return
        order = [sheet.page_id for sheet in sheets_of(self._look.batch.layout)]
        at = order.index(self.strip.current) if self.strip.current in order else 0
        second = self.seat.second_pass if self.seat.second_pass in order[1:] else order[at] if at else ""
        dialog = CollateDialog(self.context, self._desk.thumbnail, self._look, second, self)
        dialog.agreed.connect(self._collate)
        dialog.open()

    def _collate(self, wanted: object) -> None:
        self._change(self._desk.collate, wanted)

    def do_drop_stack(self) -> None:
        """Throw the stack away, after a question: what is not filed is lost."""
        words = self.tr("The pages that are not filed are deleted for good and have to be scanned again. What is filed stays.")
        dialog = ConfirmDialog(self.context.theme, self.tr("Throw the stack away?"), words, self.tr("Throw away"), self)
        dialog.agreed.connect(self._drop)
        dialog.open()

    def _drop(self) -> None:
        self._change(self._desk.drop)

    def do_choose_stack(self) -> None:
        """F4: to the stacks that wait."""
        self.head.stack.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.head.stack.showPopup()

    def do_new_stack(self) -> None:
        """Ctrl+N: leave this stack as it is; the next page begins another one."""
        self._change(self._desk.begin_anew)

    def do_rescue_stack(self) -> None:
        """Open the damaged stack with what can be read of it."""
        damaged, self._damaged = self._damaged, ""
        self.banner.say("neutral", self.tr("The pages of the stack are being read…"))
        self.context.tasks.run_slow(self._desk.rescue, damaged, done=self._take_rescued, failed=self._refuse_stack)

    def _take_rescued(self, look: StackLook) -> None:
        self.banner.hide()
        self._take_look(look)

    def _take_open(self, look: StackLook | None) -> None:
        """A stack was taken up, or none: the others are asked for all the same, damaged ones are told of."""
        self._take_look(look)
        self._ask_stacks()

    def _take_stacks(self, waiting: tuple[WaitingBatch, ...]) -> None:
        """Show what waits; of a stack that can't be opened is told as soon as it is seen."""
        fresh = {each.batch_id for each in waiting if _is_damaged(each)} - {each.batch_id for each in self._waiting}
        super()._take_stacks(waiting)
        if fresh:
            self._choose_stack(min(fresh))

    def _choose_stack(self, batch_id: str) -> None:
        damaged = next((each for each in self._waiting if each.batch_id == batch_id and _is_damaged(each)), None)
        if damaged is not None and damaged.problem is not None:
            self._damaged = batch_id
            told = self.tr("The stack of {begun}: {problem}").format(begun=begun_at(damaged), problem=sentence_of(damaged.problem))
            self.banner.say("danger", told, action=self.tr("Keep what can be read"))
            self.head.show_stacks(self._waiting, self._look.batch_id if self._look else "")
        elif batch_id:
            self.banner.hide()
            self.context.tasks.run_slow(self._desk.open, batch_id, done=self._take_open, failed=self._refuse_stack)
        else:
            self.trigger("new_stack")

    def _refuse_stack(self, error: DeskError) -> None:
        self._damaged = ""
        self._refuse(error)
        self._ask_stacks()


def _is_damaged(waiting: WaitingBatch) -> bool:
    return waiting.problem is not None and waiting.problem.code == DAMAGED
