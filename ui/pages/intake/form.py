"""The form of an intake: five steps and what is seldom needed, read into a command, kept in a draft, told what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QScrollArea, QWidget

from counter_app.domain.catalogue import Procedure
from counter_app.domain.dossier import Channel, DeliveryMethod
from counter_app.domain.errors import Problem
from counter_app.services.intake.terms import ReceiveDossier
from ui.context import DeskContext
from ui.notices import sentence_of
from ui.pages.intake.accept_box import FIELD as ACCEPTED
from ui.pages.intake.accept_box import AcceptBox
from ui.pages.intake.applicant_box import ApplicantBox
from ui.pages.intake.extra_box import FIELDS, ExtraBox
from ui.pages.intake.fee_box import FeeBox
from ui.pages.intake.papers_box import PapersBox
from ui.pages.intake.procedure_box import ProcedureBox
from ui.widgets.form import FieldRow
from ui.widgets.sheet import Column

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
FEE_PARTS = ("fees", "amounts", "result_delivery")


class IntakeForm(QScrollArea):
    """``edited`` comes after every change; ``left`` when a field was left, the moment to say what is wrong with it.

    A problem is shown at its field once the clerk was there, or everywhere after :meth:`visit_all`.
    """

    edited = Signal()
    left = Signal()

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._visited: set[str] = set()
        self._all_visited = False
        self.procedure = ProcedureBox(context)
        self.applicant = ApplicantBox(context)
        self.papers = PapersBox(context)
        self.fee = FeeBox(context)
        self.extra = ExtraBox(context)
        self.accept = AcceptBox(context)
        self._boxes = (self.procedure, self.applicant, self.papers, self.fee, self.extra, self.accept)
        self._held_focus: QWidget | None = None
        inside = self._inside = Column()
        self._column = inside.body
        for box in self._boxes:
            self._column.addWidget(box, 1 if box is self.papers else 0)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.extra.hide()
        self.set_tight(False)
        self._connect()

    def _connect(self) -> None:
        self.procedure.chosen.connect(self._choose)
        self.procedure.case_chosen.connect(self.edited)
        for box in (self.applicant, self.papers, self.fee, self.extra, self.accept):
            box.edited.connect(self.edited)
        self.applicant.left.connect(self._visit)
        self.extra.left.connect(self._visit)
        self.applicant.more_asked.connect(self.set_more)
        QApplication.instance().focusChanged.connect(self._follow_focus)  # type: ignore[union-attr]
        for field in self.findChildren(QLineEdit):
            field.installEventFilter(self)

    # --- content ------------------------------------------------------------------------------------------------------

    def command(self) -> ReceiveDossier:
        """Return what was typed, as the services take it."""
        procedure, extra, desk = self.procedure.procedure, self.extra, self._context.counter.desk
        return ReceiveDossier(
            procedure_code=procedure.code if procedure else "", applicant=self.applicant.applicant(),
            submitter=self.applicant.submitter(), documents=self.papers.documents(), sets=extra.sets, note=extra.text("note"),
            channel=Channel(extra.channel.currentData()),
            delivery=DeliveryMethod(str(self.fee.delivery.value)), delivery_address=self.fee.address.text(), fees=self.fee.fees(),
            out_of_area=extra.out_of_area.isChecked(), received_at=extra.received_at, entered_later=extra.text("entered_later"),
            case=self.procedure.case, wants_message=self.fee.wants_message.isChecked(), paper=desk.paper, print=bool(desk.printer),
            warnings_accepted=self.accept.reason, must_accept=True,
        )

    def is_empty(self) -> bool:
        """Tell whether nothing was typed that would be lost."""
        typed = any(self.applicant.text(name).strip() for name in self.applicant.form.names())
        return self.procedure.settled is None and not typed and self.extra.is_blank()

    def label(self) -> str:
        """Return the words by which a parked form is known."""
        procedure = self.procedure.settled
        return " · ".join((self.applicant.text("applicant.full_name").strip() or "…", procedure.label if procedure else "…"))

    def content(self) -> dict[str, Any]:
        """Return what a draft keeps."""
        procedure = self.procedure.settled
        return {
            "procedure_code": procedure.code if procedure else "", "case": self.procedure.case, "applicant": self.applicant.content(),
            "papers": self.papers.content(), "fee": self.fee.content(), "extra": self.extra.content(),
            "accepted": self.accept.reason,
        }

    def restore(self, content: Mapping[str, Any], procedure: Procedure | None) -> None:
        """Show what a draft kept, with its procedure; an empty one empties the form."""
        self._visited.clear()
        self._all_visited = False
        self.procedure.show_procedure(procedure, str(content.get("case", "")))
        self.papers.show_procedure(procedure)
        self.papers.restore(content.get("papers", []))
        self.fee.show_procedure(procedure)
        self.fee.restore(content.get("fee", {}))
        self.applicant.restore(content.get("applicant", {}))
        self.extra.restore(content.get("extra", {}))
        self.accept.restore(str(content.get("accepted", "")))
        self.set_more(self.applicant.has_more() or not self.extra.is_blank())
        self._show({})

    def _choose(self, procedure: Procedure | None) -> None:
        self.papers.show_procedure(procedure)
        self.fee.show_procedure(procedure)
        self.edited.emit()
        self.focus_first()

    # --- problems -----------------------------------------------------------------------------------------------------

    def unreadable(self) -> dict[str, str]:
        """Return the sentences about what can't even be read, by field."""
        return {**self.applicant.unreadable(), **self.fee.unreadable(), **self.extra.unreadable()}

    def visit_all(self) -> None:
        """The whole form was handed in: every problem is shown from now on."""
        self._all_visited = True

    def show_problems(self, problems: Iterable[Problem]) -> list[str]:
        """Show sentences at the fields that were visited; return the sentences that have no field here."""
        sentences = {problem.field or "": sentence_of(problem) for problem in reversed(tuple(problems))} | self.unreadable()
        shown = {name: sentence for name, sentence in sentences.items() if self._all_visited or name in self._visited}
        self._show(shown)
        return [sentence for name, sentence in shown.items() if not self._has(name)]

    def focus_problem(self) -> None:
        """Put the focus on the first problem that is shown."""
        if not self._shown:
            return
        part = self._shown[0].split(".")[0]
        if part == "procedure_code":
            self.procedure.field.setFocus(Qt.FocusReason.OtherFocusReason)
        elif part == "documents":
            self.papers.focus_on(self._shown[0])
        elif part in FEE_PARTS:
            self.fee.focus_on(self._shown[0])
        else:
            self._form_of(self._shown[0]).focus_on(self._shown[0])
        QTimer.singleShot(0, self._show_focused)

    def _show(self, sentences: Mapping[str, str]) -> None:
        parts = {name: name.split(".", maxsplit=1)[0] for name in sentences}
        self.procedure.show_problem(sentences.get("procedure_code") or sentences.get("case", ""))
        self.applicant.show_problems(sentences)
        self.extra.form.show_problems(sentences)
        if ACCEPTED in sentences:
            self.accept.ask()
        self.papers.show_problems({name: sentences[name] for name, part in parts.items() if part == "documents"})
        self.fee.show_problems({name: sentences[name] for name, part in parts.items() if part in FEE_PARTS})
        self._shown = self._in_order(parts)
        hidden = {*self.applicant.hidden_names(), *FIELDS}
        if any(name in hidden for name in self._shown):
            self.set_more(True)

    def _in_order(self, parts: Mapping[str, str]) -> list[str]:
        """Return those that have a field here (``parts`` gives the box of each), as they stand on the form."""
        order = ("procedure_code", *self.applicant.form.names(), "documents", *FEE_PARTS, *FIELDS, ACCEPTED)
        place = {name: at for at, name in enumerate(order)}
        known = [name for name in parts if self._has(name) and name != "case"]
        return sorted(known, key=lambda name: place.get(name, place.get(parts[name], len(order))))

    def _has(self, name: str) -> bool:
        part = name.split(".", maxsplit=1)[0]
        return part in ("procedure_code", "case", "documents", *FEE_PARTS) or name in (*self.applicant.form.names(), *FIELDS, ACCEPTED)

    def _form_of(self, name: str) -> Any:  # noqa: ANN401  (a Form)
        if name == ACCEPTED:
            return self.accept.form
        return self.extra.form if name in FIELDS else self.applicant.form

    def _visit(self, name: str) -> None:
        """Only what was typed can be wrong so early; what is missing is said when the form is handed in."""
        text = self.extra.text(name) if name in FIELDS else self.applicant.text(name)
        if text.strip():
            self._visited.add(name)
        self.left.emit()

    # --- focus and looks ----------------------------------------------------------------------------------------------

    def focus_first(self) -> None:
        """Put the focus on the first step that is open; where nothing is, on the papers."""
        if self.procedure.procedure is None:
            self.procedure.field.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.applicant.text("applicant.full_name").strip():
            self.applicant.form.focus_on("applicant.full_name")
        else:
            self.papers.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow_focus(self, _: QWidget | None, now: QWidget | None) -> None:
        """Scroll to where the focus went, however it went there: once the layout is done."""
        if now is not None and self.isVisible() and self.isAncestorOf(now):
            QTimer.singleShot(0, self._show_focused)

    def _show_focused(self) -> None:
        """The sentence about a field first, the field last: where there is no room for both, the field is seen."""
        focused = self.focusWidget()
        if focused is None or not self.isAncestorOf(focused):
            return
        for part in (*self._words_at(focused), focused):
            self.ensureWidgetVisible(part, 0, self._context.theme.px(8 if part is not focused else 24))

    def _words_at(self, focused: QWidget) -> list[QWidget]:
        """Return what says something about the field in focus."""
        place = focused.parentWidget()
        if self.accept.isAncestorOf(focused):
            return [self.accept]
        if isinstance(place, FieldRow):
            return [place.error] if place.error is not None and place.error.isVisible() else []
        return [box.problem for box in (self.papers, self.fee) if box.isAncestorOf(focused) and box.problem.isVisible()]

    def set_held(self, held: bool) -> None:
        """Take no keys while the form is being written, and take them again where the focus was; the keys don't go elsewhere."""
        if held == (self._held_focus is not None):
            return
        if held:
            focused = self.focusWidget()
            self._held_focus = focused if focused is not None and self.isAncestorOf(focused) else self.procedure.field
            self.setFocus()
            self._inside.setEnabled(False)
        elif self._held_focus is not None:
            back, self._held_focus = self._held_focus, None
            self._inside.setEnabled(True)
            if self.hasFocus():
                back.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_more(self, shown: bool) -> None:
        """Show or hide what is seldom needed."""
        self.applicant.set_more(shown)
        self.extra.setVisible(shown)

    def set_tight(self, tight: bool) -> None:
        """Give up air in a low window, so that the papers keep their lines."""
        px = self._context.theme.px
        self._column.setSpacing(px(6 if tight else 10))
        for box in (self.procedure, self.applicant, self.fee):
            box.body.setContentsMargins(px(16), px(4 if tight else 10), px(16), px(5 if tight else 10))
            box.body.setSpacing(px(4 if tight else 6))
        self.papers.set_tight(tight)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the next field, where what has the focus makes nothing of it; Shift+Enter to the one before."""
        if event.key() in ENTER:
            self._walk(event)
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter walks on from a line of text; Ctrl+Z in a line with nothing to undo is meant for the form."""
        if not isinstance(event, QKeyEvent) or not isinstance(watched, QLineEdit):
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride:
            return event.matches(QKeySequence.StandardKey.Undo) and not watched.isUndoAvailable()
        own = watched is self.procedure.field or event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.type() != QEvent.Type.KeyPress or event.key() not in ENTER or own:
            return False
        if watched is self.papers.other:
            self.papers.add_other()
        else:
            self._walk(event)
        return True

    def _walk(self, event: QKeyEvent) -> None:
        """Go to the next field, past the links, to the end of the form and no further."""
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        way = _tab_stops(self.focusWidget(), back=back)
        inside = takewhile(self.isAncestorOf, way)
        target = next((widget for widget in inside if not isinstance(widget, QPushButton)), None)
        if target is not None:
            target.setFocus(Qt.FocusReason.BacktabFocusReason if back else Qt.FocusReason.TabFocusReason)


def _tab_stops(start: QWidget | None, *, back: bool) -> Iterator[QWidget]:
    """Go once round all widgets that Tab stops at, from behind ``start`` on."""
    widget = start
    while widget is not None:
        widget = widget.previousInFocusChain() if back else widget.nextInFocusChain()
        if widget is start or widget is None:
            return
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.isEnabled():
            yield widget
