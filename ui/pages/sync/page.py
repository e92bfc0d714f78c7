"""Đồng bộ: did it arrive? What waits, how the line is, what needs a person, and what became of every pass."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QT_TRANSLATE_NOOP, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.domain.errors import DeskError, Problem
from counter_app.domain.people import Permission
from counter_app.services.changes import Changes
from counter_app.services.line.desk import LineView
from counter_app.services.line.keeper import Doing, LineNews
from counter_app.services.line.province import Trouble
from counter_app.services.repositories.line import LinePass
from ui.actions import Action
from ui.context import DeskContext
from ui.dialogs.enrol import EnrolDialog
from ui.dialogs.periods import PeriodDialog
from ui.dialogs.reconcile import ReconcileDialog
from ui.dialogs.settle import SettleDialog
from ui.dialogs.stick import StickDialog
from ui.models.line_words import QueueRow, age_words, pass_times, pass_words, queue_rows, queue_word, size_words
from ui.models.rows import Column, RowsModel
from ui.notices import sentence_of
from ui.pages.base import Page
from ui.pages.sync.four_words import FourWords
from ui.pages.sync.problems import Problems, act_of, act_source
from ui.pages.sync.side import LineSheet, UseSheet
from ui.widgets.buttons import SecondaryButton
from ui.widgets.empty_state import EmptyState
from ui.widgets.one_of import OneOf
from ui.widgets.rows import CellLook, DeskTable
from ui.widgets.sheet import ElidedLabel, Line, Sheet, hold_width, label, row

SIDE = 344
ENROLLING = ("solve_trouble", "by_stick")
"""What a PC that is not enrolled can do here, and only an administrator."""
ENROL = str(QT_TRANSLATE_NOOP("Actions", "Enrol this PC with the province"))
QUEUES = 4
WORKING_MS, RESTING_MS = 2000, 15_000
"""How often the page looks anew while something is sent, and while nothing is: ages grow by themselves."""
_STATES = {"saved": ("device-floppy", "text_muted"), "sending": ("cloud-upload", "accent"), "": ("check", "text_muted")}


class SyncPage(Page):
    """The queue with its history at the left, the line at the right; before an enrolment only what that is for."""

    page_id = "sync"

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        theme = context.theme
        self.view: LineView | None = None
        self._looked_at = self._moment()
        self._now = ElidedLabel()
        self._now.setProperty("tone", "muted")
        self.reconcile = SecondaryButton(theme, self.tr("Compare with the province"), icon="git-compare")
        self.pause = SecondaryButton(theme, self.tr("Pause sending"), icon="player-pause")
        self.reconcile.clicked.connect(self._reconcile)
        self.pause.clicked.connect(self._pause)
        title = label(theme, self.tr("Exchange with the province"), kind="title")
        head = row(title, self._now, self.reconcile, self.pause, spacing=theme.px(12))
        head.setStretch(1, 1)
        self.body.addLayout(head)
        self.words, self.problems = FourWords(theme), Problems(theme)
        self.problems.acted.connect(self._solve)
        self.problems.followed.connect(self._open)
        self.body.addWidget(self.words)
        self.body.addWidget(self.problems)
        self.place, self.enrolled, self.unenrolled = OneOf(), self._make_queue(), self._make_invitation()
        self.place.add(self.enrolled)
        self.place.add(self.unenrolled)
        self.place.show_part(self.enrolled)
        self.body.addWidget(self.place, 1)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._load)
        context.line.told.connect(self._note_news)
        context.line.changed.connect(self.refresh)

    # --- making -------------------------------------------------------------------------------------------------------

    def _make_queue(self) -> QWidget:
        theme = self.context.theme
        self.queues = RowsModel[QueueRow]((
            Column(self.tr("Waits to be sent"), lambda r: queue_word(r.queue.kind), lambda _: CellLook(icon="arrow-up")),
            Column(self.tr("Items"), lambda r: str(r.queue.count), right=True),
            Column(self.tr("Oldest"), self._age, right=True),
            Column(self.tr("Size"), lambda r: size_words(r.queue.size) if r.queue.size else "–", right=True),
            Column(self.tr("Progress"), lambda r: r.progress, self._queue_look),
        ), self)
        self.queue_table = DeskTable(theme, self.tr("What waits to be sent"))
        self.queue_table.setModel(self.queues)
        self.queue_table.set_widths((210, 80, 110, 110, 240), stretch=4)
        self.queue_table.setFixedHeight(theme.px(34 + QUEUES * 36 + 2))
        self.passes = RowsModel[LinePass]((
            Column(self.tr("When"), lambda p: pass_times(p, self._moment())),
            Column(self.tr("Log of the line"), pass_words, lambda p: CellLook(tone="text" if p.trouble or not p.idle else "text_muted")),
            Column(self.tr("Up"), lambda p: size_words(p.bytes_up), lambda _: CellLook(tone="text_muted"), right=True),
            Column(self.tr("Down"), lambda p: size_words(p.bytes_down), lambda _: CellLook(tone="text_muted"), right=True),
        ), self)
        self.pass_table = DeskTable(theme, self.tr("History of the line"))
        self.pass_table.setModel(self.passes)
        self.pass_table.set_widths((170, 380, 90, 90), stretch=1)
        self.pass_table.setMinimumHeight(theme.px(34 + 2 * 36))
        EmptyState(theme, self.pass_table, "arrows-exchange", self.tr("Every exchange with the province will stand here."))
        queue = Sheet(theme, padding=(0, 0), spacing=0)
        queue.body.addWidget(self.queue_table)
        queue.body.addWidget(Line(theme))
        queue.body.addWidget(self.pass_table, 1)
        return self._beside(queue)

    def _beside(self, queue: QWidget) -> QWidget:
        theme = self.context.theme
        self.line, self.use = LineSheet(theme), UseSheet(theme)
        self.use.allow(self._may(Permission.MANAGE_DESK))
        self.use.saved.connect(self._save_use)
        self.side = QWidget()
        column = QVBoxLayout(self.side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(16))
        column.addWidget(self.line)
        column.addWidget(self.use)
        column.addStretch(1)
        self.queue, whole = queue, QWidget()
        across = QHBoxLayout(whole)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.px(16))
        across.addWidget(queue, 1)
        across.addWidget(self.side)
        return whole

    def _make_invitation(self) -> QWidget:
        theme = self.context.theme
        sheet = Sheet(theme, padding=(24, 24), spacing=12)
        self.invitation = label(theme, self.tr(
            "This PC is not enrolled with the province yet. Everything done at the desk is saved on this PC and will be sent, in order, "
            "once it is enrolled.\n\nTo enrol: ask the province for a ticket, a file or a printed QR code, and press F9."), wrap=True)
        sheet.body.addWidget(self.invitation)
        sheet.body.addStretch(1)
        return sheet

    # --- the page's life ----------------------------------------------------------------------------------------------

    def page_actions(self) -> tuple[str, ...]:
        """Return the key line: what needs a person first."""
        if self.view is not None and self.view.standing is None:
            return ("solve_trouble", "by_stick", "next_pane", "back")
        return ("solve_trouble", "send_now", "compare_journals", "compare_period", "pause_line", "by_stick", "next_pane", "back")

    def shown_action(self, action_id: str) -> Action:
        """Let F9 bear the word of what it does."""
        action = super().shown_action(action_id)
        if action_id != "solve_trouble" or self.view is None:
            return action
        if self.view.standing is None:
            return replace(action, source=ENROL)
        first = self._first_trouble()
        return action if first is None else replace(action, source=act_source(first))

    def why_not(self, action_id: str) -> str | None:
        """Say why an act is not possible now."""
        if action_id in ("next_pane", "back") or self.view is None:
            return None
        if self.view.standing is None:
            return self._why_not_enrol() if action_id in ENROLLING else self.tr("This PC is not enrolled with the province.")
        return self._why_not_on_line(action_id, paused=self.view.settings.paused)

    def _why_not_on_line(self, action_id: str, *, paused: bool) -> str | None:
        if action_id == "solve_trouble":
            return None if self._first_trouble() else self.tr("Nothing needs you here now.")
        if action_id in ("pause_line", "by_stick"):
            return None if self._may(Permission.RECEIVE) else self.tr("Whoever only looks does not pause the line.")
        if action_id in ("compare_journals", "compare_period") and self.view is not None and not self.view.journal:
            return sentence_of(Problem("NATIONAL_NO_JOURNAL"))
        return self.tr("Sending pauses. Let it go on first.") if paused else None

    def _first_trouble(self) -> Trouble | None:
        """Return the first thing that needs a person and that something can be done about here."""
        return next((each for each in self.view.troubles if act_of(each)), None) if self.view else None

    def _why_not_enrol(self) -> str | None:
        if self.context.counter.desk.practice:
            return self.tr("The practice desk never speaks to the province.")
        return None if self._may(Permission.MANAGE_DESK) else self.tr("Only an administrator enrols this PC.")

    def activate(self, *_: object, **__: object) -> None:
        """Load how the line stands, and go on looking."""
        self._load()
        self._timer.start(RESTING_MS)
        self.queue_table.setFocus()

    def leave(self) -> None:
        """Look no more."""
        self._timer.stop()
        self.use.forget_typed()

    def refresh(self, changes: Changes) -> None:
        """Load again when something is to be sent, or was."""
        if changes.touch("outbox") and self.isVisible():
            self._load()

    def set_narrow(self, narrow: bool) -> None:
        """In a narrow window the line is a second pane (F6)."""
        super().set_narrow(narrow)
        self.problems.set_narrow(narrow)
        hold_width(self.side, None if narrow else self.context.theme.px(SIDE))
        self.queue.setVisible(True)
        self.side.setVisible(not narrow)

    def do_next_pane(self) -> None:
        """F6: queue, history, the line, and round again."""
        if self.narrow:
            to_side = not self.queue.isHidden()
            self.queue.setVisible(not to_side)
            self.side.setVisible(to_side)
            (self.use.daily if to_side else self.queue_table).setFocus()
            QTimer.singleShot(0, self, self._reveal_pane)  # once it has its place
        elif self.queue_table.hasFocus():
            self.pass_table.setFocus()
        elif self.pass_table.hasFocus() and self.use.daily.isEnabled():
            self.use.daily.setFocus()
        else:
            self.queue_table.setFocus()

    def _reveal_pane(self) -> None:
        self.reveal(self.queue if self.side.isHidden() else self.side)

    # --- acts ---------------------------------------------------------------------------------------------------------

    def do_solve_trouble(self) -> None:
        """F9: the one act of the first thing that needs a person; before an enrolment, that."""
        if self.view is not None and self.view.standing is None:
            self._enrol()
        elif (trouble := self._first_trouble()) is not None:
            self._solve(trouble)

    def _enrol(self) -> None:
        dialog = EnrolDialog(self.context, self)
        dialog.enrolled.connect(self._note_enrolled)
        dialog.open()

    def do_by_stick(self) -> None:
        """Exchange by files on a stick, where there is no line."""
        dialog = StickDialog(self.context, self, enrolled=self._is_related())
        dialog.finished.connect(self._load)
        dialog.open()

    def _is_related(self) -> bool:
        """Tell whether this PC has a relation that is not over: it needs no ticket."""
        return self.view is not None and self.view.standing is not None and not any(act_of(each) == "enrol" for each in self.view.troubles)

    def do_send_now(self) -> None:
        """Make a pass now."""
        self.context.line.send_now()
        self.context.notices.say(self.tr("Asking the province now. You can go on working."), "accent")

    def do_compare_journals(self) -> None:
        """Compare both sides."""
        ReconcileDialog(self.context, self).open()

    def do_compare_period(self) -> None:
        """Lay the figures of a period side by side."""
        PeriodDialog(self.context, self).open()

    def do_pause_line(self) -> None:
        """Pause, or go on."""
        if self.view is not None:
            self.context.tasks.run(self._set_paused, not self.view.settings.paused, done=self._note_set)

    def _set_paused(self, paused: bool) -> object:
        return self.context.counter.line.pause(self.context.session.actor, paused=paused)

    def _save_use(self, metered: bool, typed: str) -> None:
        self.use.form.show_problems({})
        text = typed.strip()
        if not (text.isascii() and text.isdigit()):
            self.use.form.show_problems({"daily_mb": self.tr("Type a whole number of megabytes, 0 for no limit.")})
            return
        self.context.tasks.run(self._set_use, metered, int(text), done=self._note_saved, failed=self._refuse_use)

    def _set_use(self, metered: bool, daily_mb: int) -> object:
        return self.context.counter.line.save(self.context.session.actor, metered=metered, daily_mb=daily_mb)

    def _refuse_use(self, error: DeskError) -> None:
        found = self.use.form.show_problems({problem.field or "": sentence_of(problem) for problem in error.problems})
        if not found:
            self.context.notices.refuse(error)

    def _note_saved(self, done: object) -> None:
        self.context.notices.say(self.tr("How scans use the line is saved."), "accent")
        self.use.forget_typed()
        self._note_set(done)

    def _note_set(self, _: object) -> None:
        self.context.line.send_now()
        self._load()

    def _note_enrolled(self) -> None:
        self.context.line.send_now()
        self._load()

    def _solve(self, trouble: Trouble) -> None:
        act = act_of(trouble)
        if act == "enrol":
            self._enrol()
        elif act == "compare":
            dialog = SettleDialog(self.context, trouble, self)
            dialog.settled.connect(self._note_set)
            dialog.open()
        elif act == "open":
            self._open(trouble)
        elif act == "seen":
            seen = self.context.counter.life.settling.look_at
            self.context.tasks.run(seen, trouble.dossier_code, self.context.session.actor, done=self._note_set)
        elif act == "send_again":
            again = self.context.counter.line.send_file_again
            self.context.tasks.run(again, trouble.sha256, self.context.session.actor, done=self._note_set)
        else:
            self.do_send_now()

    def _open(self, trouble: Trouble) -> None:
        self.context.navigator.open("dossier", code=trouble.dossier_code)

    def _reconcile(self) -> None:
        self.trigger("compare_journals")

    def _pause(self) -> None:
        self.trigger("pause_line")

    # --- showing ------------------------------------------------------------------------------------------------------

    def _load(self) -> None:
        self.context.tasks.run(self.context.counter.line.view, done=self.show_view, key="line")

    def show_view(self, view: LineView) -> None:
        """Show how the line stands."""
        self.view = view
        enrolled, news, now = view.standing is not None, self.context.line.news, self._moment()
        self._looked_at = now
        working = news is not None and news.doing is Doing.WORKING
        self.words.show_view(view, now, working=working)
        self.problems.show_troubles((*view.troubles, *view.standing.messages) if view.standing else ())
        self.place.show_part(self.enrolled if enrolled else self.unenrolled)
        self.reconcile.setVisible(enrolled and view.journal)
        self.pause.setVisible(enrolled)
        self.pause.setText(self.tr("Go on sending") if view.settings.paused else self.tr("Pause sending"))
        self.pause.updateGeometry()
        self._now.show_text(view.agency_name)
        if enrolled:
            chosen = self.pass_table.currentIndex().row()
            self.queues.show_rows(queue_rows(view, working=working))
            self.passes.show_rows(view.passes)
            self.pass_table.selectRow(max(0, chosen))
            self.line.show_line(view, news, now)
            self.use.show_settings(view)
        self.actions_changed.emit()

    def _note_news(self, news: LineNews) -> None:
        if self.isVisible():
            self._timer.start(WORKING_MS if news.doing is Doing.WORKING else RESTING_MS)
            self.line.show_news(news)
            self._load()

    def _moment(self) -> datetime:
        return self.context.counter.clock.now()

    def _may(self, permission: Permission) -> bool:
        return self.context.session.actor.may(permission)

    def _age(self, shown: QueueRow) -> str:
        return age_words(shown.queue.oldest_at, self._looked_at)

    def _queue_look(self, shown: QueueRow) -> CellLook:
        icon, tone = _STATES[shown.state]
        return CellLook(icon=icon, tone=tone)
