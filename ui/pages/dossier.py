"""One dossier, opened: where it stands, who and when, what happened, what can be done now, its papers and fees."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.domain.dossier import Dossier, Status
from counter_app.domain.errors import DeskError
from counter_app.services.acts.acting import Done
from counter_app.services.changes import Changes
from ui.actions import Action
from ui.context import DeskContext
from ui.dialogs.acts.description import ActFacts, load_facts
from ui.dialogs.acts.table import FORMS, open_act
from ui.dialogs.dossier_forms import DossierFormsDialog
from ui.dialogs.scanning.papers import DigitalPapersDialog
from ui.models.history import moments_of, told_apart
from ui.models.states import status_word, sync_look, sync_word
from ui.pages.base import Page
from ui.pages.dossier_facts import FactsSheet
from ui.pages.dossier_side import WIDTH, DossierSide
from ui.pages.dossier_verbs import ORDER, main_act, objection
from ui.reprinting import Reprinter
from ui.widgets.badge import Badge, BadgeLook
from ui.widgets.buttons import SecondaryButton
from ui.widgets.form import TextField
from ui.widgets.key_cap import KeyCap
from ui.widgets.sheet import ElidedLabel, Sheet, hold_width, label, row
from ui.widgets.stage_bar import StageBar
from ui.widgets.timeline import Timeline

_STAGE = {
    Status.SUBMITTED_ONLINE: (0, "progress"), Status.RECEIVED: (0, "file-plus"), Status.NOT_ACCEPTED: (0, "x"),
    Status.PROCESSING: (1, "progress"), Status.AWAITING_SUPPLEMENT: (1, "file-alert"), Status.AWAITING_PAYMENT: (1, "cash"),
    Status.WITHDRAWN: (1, "arrow-back-up"), Status.HALTED: (1, "ban"), Status.RESULT_READY: (2, "file-export"),
    Status.RETURNED: (3, "check"),
}


class DossierPage(Page):
    """``activate(code=…)`` opens one, ``act=…`` an act of it as well; a code that several dossiers bear opens the list instead."""

    page_id = "dossier"

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._facts_of: ActFacts | None = None
        self._number = ""
        """The whole identity number while it is shown."""
        self._code = self._wanted = ""
        self.body.addLayout(self._make_head())
        self._stages = StageBar(context.theme)
        self.body.addWidget(self._stages)
        columns = QHBoxLayout()
        columns.setSpacing(context.theme.px(16))
        self._left = self._make_left()
        columns.addWidget(self._left, 1)
        self._side = DossierSide(context)
        self._side.asked.connect(self.trigger)
        self._reprinter = Reprinter(context, self)
        self._reprinter.reprinted.connect(self._load)
        columns.addWidget(self._side)
        self.body.addLayout(columns, 1)

    def _make_head(self) -> QHBoxLayout:
        theme = self.context.theme
        self._title = label(theme, kind="title")
        self._title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._sync = Badge(theme, BadgeLook("neutral", "device-floppy", "…"))
        self._procedure = ElidedLabel()
        self._again = SecondaryButton(theme, self.tr("Reprint"), icon="printer", key="F11")
        self._again.clicked.connect(self.do_reprint)
        left = QVBoxLayout()
        left.setSpacing(theme.px(2))
        left.addLayout(row(self._title, self._sync, None, spacing=theme.px(12)))
        left.addWidget(self._procedure)
        head = QHBoxLayout()
        head.addLayout(left, 1)
        head.addWidget(self._again, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def _make_left(self) -> QWidget:
        theme = self.context.theme
        self._facts = FactsSheet(theme)
        self._facts.reveal_wanted.connect(self.do_reveal)
        history = Sheet(theme)
        self._count = label(theme, tone="muted")
        history.body.addLayout(row(label(theme, self.tr("History"), bold=True), None, self._count))
        self._timeline = Timeline(theme, self.tr("History"))
        history.body.addWidget(self._timeline, 1)
        self._note = TextField(theme, placeholder=self.tr("Note for this dossier"))
        self._note.setAccessibleName(self.tr("Note for this dossier"))
        self._note.put_at_end(KeyCap(theme, "Enter"))
        self._note.returnPressed.connect(self._add_note)
        history.body.addWidget(self._note)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addWidget(self._facts)
        column.addWidget(history, 1)
        return left

    # --- the page's life ----------------------------------------------------------------------------------------------

    def page_actions(self) -> tuple[str, ...]:
        """Return the key line: what comes next first."""
        main = self._main()
        return tuple(dict.fromkeys((main, "request_supplement", "return_result", "undo_act", "reprint", "note", "next_pane", "to_list")))

    def offers(self, action_id: str) -> bool:
        """Tell whether this page has an action: its own, and every act of the life cycle."""
        return action_id in FORMS or super().offers(action_id)

    def act(self, action_id: str) -> None:
        """Do an action: a method of its own, or the dialog of an act."""
        if action_id in FORMS and self._facts_of is not None:
            open_act(self.context, action_id, self._facts_of, self).carried.connect(self._acted)
        else:
            super().act(action_id)

    def shown_action(self, action_id: str) -> Action:
        """Give the main act its key."""
        action = super().shown_action(action_id)
        return replace(action, keys=("F9",)) if action_id == self._main() else action

    def why_not(self, action_id: str) -> str | None:
        """Say why an act is not possible now."""
        if action_id in ("to_list", "next_pane"):
            return None
        if self._facts_of is None:
            return self.tr("The dossier is being opened.")
        wanted = self._main() if action_id == "main_act" else action_id
        return objection(self._facts_of, wanted, self.context.session.actor)

    def activate(self, *_: object, **arguments: object) -> None:
        """Open a dossier by its code."""
        if "code" in arguments:
            self._facts_of, self._code, self._number = None, str(arguments["code"]), ""
            self._wanted = str(arguments.get("act", ""))
        self._load()
        self._timeline.setFocus()

    def refresh(self, changes: Changes) -> None:
        """Load again when dossiers changed."""
        if changes.touch("dossiers", "outbox") and self.isVisible() and self._code:
            self._load()

    def set_narrow(self, narrow: bool) -> None:
        """In a narrow window the right column is a second pane (F6)."""
        super().set_narrow(narrow)
        hold_width(self._side, None if narrow else self.context.theme.px(WIDTH))
        self._side.setVisible(not narrow)
        self._left.setVisible(True)

    def set_folded(self, folded: bool) -> None:
        """Stand the four facts in two rows where they would be cut."""
        super().set_folded(folded)
        self._facts.set_narrow(narrow=folded)

    def do_next_pane(self) -> None:
        """F6: what can be done, or back to the history."""
        to_side = self._left.isVisible() and (self.narrow or self._left.isAncestorOf(self.focusWidget()))
        if self.narrow:
            self._side.setVisible(to_side)
            self._left.setVisible(not to_side)
        if to_side:
            self._side.take_focus()
        else:
            self._timeline.setFocus(Qt.FocusReason.TabFocusReason)

    # --- acts ---------------------------------------------------------------------------------------------------------

    def do_main_act(self) -> None:
        """F9: what comes next."""
        self.act(self._main())

    def do_return_result(self) -> None:
        """F10: to the page that hands results over."""
        self.context.navigator.open("returning", code=self._code)

    def do_digital_papers(self) -> None:
        """Ctrl+P: what is digitised of the dossier."""
        DigitalPapersDialog.show_over(self, self.context, self._code)

    def do_forms(self) -> None:
        """Everything that was printed about this dossier."""
        DossierFormsDialog.show_over(self, self.context, self._code)

    def do_reprint(self) -> None:
        """Print the slip again; it says so."""
        self._reprinter.reprint(self._code)

    def do_note(self) -> None:
        """Ctrl+N: to the note field."""
        if not self._left.isVisible():
            self.do_next_pane()
        self._note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def do_reveal(self) -> None:
        """Show the whole identity number, or mask it again; each look is recorded."""
        if self._number:
            self._show_id("")
        elif self._facts_of is not None:
            reveal, actor = self.context.counter.dossiers.reveal_id, self.context.session.actor
            self.context.tasks.run(reveal, self._facts_of.dossier.dossier_id, actor, done=self._show_id)

    def do_to_list(self) -> None:
        """Esc: back to where the dossier was opened from."""
        self.context.navigator.back()

    def _main(self) -> str:
        return "reprint" if self._facts_of is None else main_act(self._facts_of, self.context.session.actor)

    def _acted(self, _: Done) -> None:
        """The dossier is shown anew by what changed; the way goes on where the next act waits."""
        self._number = ""
        self._timeline.setFocus()

    def _add_note(self) -> None:
        if self._facts_of is not None and self._note.text().strip():
            add, actor = self.context.counter.dossiers.add_note, self.context.session.actor
            self.context.tasks.run(add, self._facts_of.dossier.dossier_id, self._note.text(), actor, done=self._noted)

    def _noted(self, changes: Changes) -> None:
        del changes
        self._note.clear()
        self._load()

    def _show_id(self, number: str) -> None:
        self._number = number
        masked = self._facts_of.view.masked_id if self._facts_of is not None else ""
        self._facts.show_number(number or masked)

    # --- showing ------------------------------------------------------------------------------------------------------

    def _load(self) -> None:
        counter, actor = self.context.counter, self.context.session.actor
        self.context.tasks.run(load_facts, counter, self._code, actor, done=self._show, failed=self._not_one, key="dossier")

    def _not_one(self, error: DeskError) -> None:
        """Nothing bears this code, or several do: the list shows what there is."""
        self.context.notices.refuse(error)
        self.context.navigator.open("dossiers", query=self._code)

    def _show(self, facts: ActFacts) -> None:
        self._facts_of = facts
        view, dossier, theme = facts.view, facts.dossier, self.context.theme
        self._title.setText(dossier.code)
        look = sync_look(theme, view.sync_state)
        self._sync.show_look(BadgeLook(look.tone, look.icon, sync_word(view.sync_state)))
        self._procedure.show_text(f"{dossier.procedure_name} · {dossier.procedure_code}")
        self._show_stage(dossier)
        self._facts.show_facts(facts, self._number)
        self._count.setText(self.tr("{count} events, the newest at the bottom").format(count=told_apart(view.events)))
        self._timeline.show_moments(moments_of(view.events, dossier, facts.now, facts.days_left))
        actor = self.context.session.actor
        self._side.show_facts(facts, {name: objection(facts, name, actor) for name in ORDER}, self._main())
        reason = self.why_not("reprint")
        self._again.setEnabled(reason is None)
        self._again.setToolTip(reason or "")
        self.actions_changed.emit()
        if self._wanted:
            wanted, self._wanted = self._wanted, ""
            self.trigger(wanted)

    def _show_stage(self, dossier: Dossier) -> None:
        stage, icon = _STAGE[dossier.status]
        words = [self.tr("Received"), self.tr("Processing"), self.tr("Result ready"), self.tr("Returned")]
        words[stage] = status_word(dossier.status)
        self._stages.show_stage(tuple(words), stage, icon)
