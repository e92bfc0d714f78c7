"""The page that takes a dossier in. Everything typed is kept as a draft at once; F9 receives, prints, and is ready for the next citizen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from counter_app.domain.card import CardReading
from counter_app.domain.catalogue import Procedure
from counter_app.domain.dossier import DeliveryMethod
from counter_app.domain.errors import DeskError, Problem, RuleBrokenError
from counter_app.domain.registers import Draft
from counter_app.domain.scan import ScanKind, ScanMeaning
from counter_app.services.intake_terms import IntakeCheck, Received, ReceiveDossier
from counter_app.services.wording import long_time
from ui.context import DeskContext
from ui.dialogs.paper import PaperDialog
from ui.notices import language, sentence_of
from ui.pages.base import Page
from ui.pages.intake.applicant_box import ApplicantBox
from ui.pages.intake.drafts import FormDrafts
from ui.pages.intake.fee_box import FeeBox
from ui.pages.intake.papers_box import PapersBox
from ui.pages.intake.procedure_box import ProcedureBox
from ui.pages.intake.side import WIDTH, IntakeSide
from ui.widgets.banner import Banner
from ui.widgets.sheet import label

LOOK_MS, KEEP_MS = 200, 300
"""How long after the last key the form is checked and drawn, and kept."""


class IntakePage(Page):
    """Five steps at the left, what comes of them at the right."""

    page_id = "intake"

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._receiving, self._restored = False, False
        self._drafts = FormDrafts(context, self)
        self._drafts.kept.connect(self._kept)
        self._drafts.parked.connect(self._parked)
        self._drafts.recalled.connect(self._recalled)
        self._cleared: dict[str, Any] | None = None
        self._card_warnings: tuple[str, ...] = ()
        self._banner = Banner(context.theme)
        self._short = label(context.theme, bold=True)
        self._short.hide()
        self.body.addWidget(self._banner)
        self.body.addWidget(self._short)
        columns = QHBoxLayout()
        columns.setSpacing(context.theme.px(20))
        self._form = self._make_form()
        self._side = IntakeSide(context)
        self._side.setFixedWidth(context.theme.px(WIDTH))
        self._side.slip.zoomed.connect(self.do_zoom)
        self._side.slip.paper.opened.connect(self.do_zoom)
        columns.addWidget(self._form, 1)
        columns.addWidget(self._side)
        self.body.addLayout(columns, 1)
        self._look_later = self._timer(LOOK_MS, self._look)
        self._keep_later = self._timer(KEEP_MS, self._keep)

    def _timer(self, wait: int, method: Any) -> QTimer:  # noqa: ANN401  (a bound slot)
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(wait)
        timer.timeout.connect(method)
        return timer

    def _make_form(self) -> QScrollArea:
        px = self.context.theme.px
        self._procedure = ProcedureBox(self.context)
        self._applicant = ApplicantBox(self.context)
        self._papers = PapersBox(self.context)
        self._fee = FeeBox(self.context)
        inside = QWidget()
        inside.setProperty("kind", "clear")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        column.addWidget(self._procedure)
        column.addWidget(self._applicant)
        column.addWidget(self._papers, 1)
        column.addWidget(self._fee)
        self._procedure.chosen.connect(self._choose)
        self._applicant.edited.connect(self._edited)
        self._papers.edited.connect(self._edited)
        self._fee.edited.connect(self._edited)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return area

    # --- the page's life ----------------------------------------------------------------------------------------------

    def page_actions(self) -> tuple[str, ...]:
        """Return the key line: receive first."""
        return ("receive", "applicant", "park", "recall", "all_papers", "zoom", "clear_form", "back")

    def why_not(self, action_id: str) -> str | None:
        """Say why an act is not possible now."""
        if action_id == "receive" and self._receiving:
            return self.tr("This dossier is being received.")
        if action_id in ("park", "clear_form") and self._is_empty():
            return self.tr("The form is empty.")
        if action_id == "undo" and self._cleared is None:
            return self.tr("Nothing was cleared.")
        if action_id == "all_papers" and self._procedure.procedure is None:
            return self.tr("Choose the procedure first.")
        return None

    def activate(self, *_: object, **arguments: Any) -> None:  # noqa: ANN401  (what the navigator was given)
        """Take up the draft of before, or fill in a card; the focus goes to the first open step."""
        if not self._restored:
            self._restored = True
            self._drafts.take_up()
        card = arguments.get("card")
        if isinstance(card, CardReading):
            self._take_card(card)
        self._focus_first()
        self._look_later.start()

    def leave(self) -> None:
        """Keep what was typed."""
        if self._keep_later.isActive():
            self._keep_later.stop()
            self._keep()

    def take_scan(self, meaning: ScanMeaning) -> bool:
        """Fill in a card; codes are the window's."""
        if meaning.kind is ScanKind.CARD and meaning.card is not None:
            self._take_card(meaning.card)
            return True
        return False

    def set_narrow(self, narrow: bool) -> None:
        """In a narrow window the right column is a second pane; its one most important line stays on top."""
        super().set_narrow(narrow)
        self._short.setVisible(narrow)
        self._side.setVisible(not narrow)
        self._form.setVisible(True)

    def do_next_pane(self) -> None:
        """F6: form or slip."""
        if self.narrow:
            shown = self._side.isVisible()
            self._side.setVisible(not shown)
            self._form.setVisible(shown)
        if self._form.isVisible():
            self._focus_first()

    # --- acts ---------------------------------------------------------------------------------------------------------

    def do_receive(self) -> None:
        """Receive and print."""
        if self._applicant.birth_problem():
            self._applicant.form.focus_on("applicant.birth_date")
            return
        self._receiving = True
        self._look_later.stop()
        self._keep_later.stop()
        self._keep()
        self.actions_changed.emit()
        self.context.tasks.run(self._receive, self._command(), done=self._received, failed=self._refused)

    def _receive(self, command: ReceiveDossier) -> Received:
        """Run on the data thread, after the draft was kept: by then its id is known."""
        received = self.context.counter.intake.receive(replace(command, draft_id=self._drafts.draft_id), self.context.session.actor)
        self._drafts.received()
        return received

    def do_applicant(self) -> None:
        """F3: to the applicant."""
        self._applicant.form.focus_on("applicant.full_name")

    def do_all_papers(self) -> None:
        """F7: every required paper is there."""
        self._papers.tick_required()

    def do_park(self) -> None:
        """F4: put this form aside for the next citizen."""
        self._keep_later.stop()
        self._keep()
        self._drafts.park()

    def do_recall(self) -> None:
        """F5: take up a parked form."""
        self.leave()
        self._drafts.offer_parked()

    def do_clear_form(self) -> None:
        """Empty the form; Ctrl+Z brings it back."""
        self._cleared = self._content()
        self._keep_later.stop()
        self._drafts.drop()
        self._empty()
        self.context.notices.say(self.tr("The form is empty."), undo=self.do_undo, undo_text=self.tr("Bring it back"))

    def do_undo(self) -> None:
        """Bring the cleared form back."""
        if self._cleared is not None:
            content, self._cleared = self._cleared, None
            self._restore(content)
            self._edited()

    def do_zoom(self) -> None:
        """Show the slip in full size."""
        pdf = self._side.slip.paper.pdf
        if pdf:
            PaperDialog.show_over(self, self.context, pdf, self.tr("Receipt slip"))

    # --- filling ------------------------------------------------------------------------------------------------------

    def _take_card(self, reading: CardReading) -> None:
        if reading.value is None:
            self._banner.say("danger", sentence_of(Problem(str(reading.error), "card")))
            return
        self._banner.hide()
        now = self.context.counter.clock.now()
        self._card_warnings = tuple(sentence_of(Problem(code, "card")) for code in reading.warnings)
        self._applicant.fill_card(reading.value, self.tr("Read from the card {time}").format(time=f"{now:%H:%M}"))
        self._focus_first()

    def _choose(self, procedure: Procedure | None) -> None:
        self._papers.show_procedure(procedure)
        self._fee.show_procedure(procedure)
        self._edited()

    def _focus_first(self) -> None:
        if self._procedure.procedure is None:
            self._procedure.field.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self._applicant.text("applicant.full_name").strip():
            self._applicant.form.focus_on("applicant.full_name")
        else:
            self._papers.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _command(self) -> ReceiveDossier:
        procedure, desk = self._procedure.procedure, self.context.counter.desk
        return ReceiveDossier(
            procedure_code=procedure.code if procedure else "", applicant=self._applicant.applicant(),
            submitter=self._applicant.submitter(), documents=self._papers.documents(), fees=self._fee.fees(),
            delivery=DeliveryMethod(str(self._fee.delivery.value)), delivery_address=self._fee.address.text(),
            out_of_area=self._applicant.out_of_area.isChecked(), wants_message=self._fee.wants_message.isChecked(),
            paper=desk.paper, print=bool(desk.printer),
        )

    def _is_empty(self) -> bool:
        typed = any(self._applicant.text(name).strip() for name in self._applicant.form.names())
        return self._procedure.procedure is None and not typed

    def _edited(self) -> None:
        self._look_later.start()
        self._keep_later.start()
        self.actions_changed.emit()

    # --- checking and drawing -----------------------------------------------------------------------------------------

    def _look(self) -> None:
        if self._receiving:
            return
        counter, command = self.context.counter, self._command()
        self.context.tasks.run_slow(counter.intake.check, command, done=self._show_check, key="intake-check")
        actor = self.context.session.actor
        self.context.tasks.run_slow(counter.intake.preview, command, actor, done=self._side.slip.paper.show_pdf, key="intake-preview")

    def _show_check(self, check: IntakeCheck) -> None:
        begun = bool(self._applicant.text("applicant.full_name").strip()) and check.procedure is not None
        self._side.show_check(check if begun else replace(check, warnings=()), self._card_warnings)
        self._short.setText(self.tr("Due {time}").format(time=self._side.appointment.words))

    def _show_problems(self, problems: tuple[Problem, ...]) -> None:
        sentences = {problem.field or "": sentence_of(problem) for problem in reversed(problems)}
        found = self._applicant.form.show_problems(sentences)
        if any(name.startswith("submitter.") or name == "applicant.email" for name in found):
            self._applicant.set_more(True)
        self._procedure.show_problem(sentences.get("procedure_code", ""))
        self._papers.show_problem(_first(sentences, "documents"))
        self._fee.show_problem(_first(sentences, "fees") or _first(sentences, "result_delivery"))
        shown = {*found, "procedure_code"} | {name for name in sentences if name.split(".")[0] in ("documents", "fees", "result_delivery")}
        rest = [sentence for name, sentence in sentences.items() if name not in shown]
        self._banner.setVisible(False)
        if rest:
            self._banner.say("danger", " ".join(rest))
        if "procedure_code" in sentences:
            self._procedure.field.setFocus(Qt.FocusReason.OtherFocusReason)
        elif found:
            self._applicant.form.focus_on(found[-1])

    # --- outcome ------------------------------------------------------------------------------------------------------

    def _received(self, received: Received) -> None:
        self._receiving = False
        self._cleared = None
        due = long_time(received.due_at, language()) if received.due_at else self.tr("no date")
        words = self.tr("Received {code}. Due {due}.").format(code=received.code, due=due)
        self.context.notices.say(words, "accent")
        self._empty()
        self._focus_first()

    def _refused(self, error: DeskError) -> None:
        self._receiving = False
        self.actions_changed.emit()
        if isinstance(error, RuleBrokenError):
            self._show_problems(error.problems)
        else:
            self._banner.say("danger", " ".join(sentence_of(problem) for problem in error.problems))

    # --- drafts -------------------------------------------------------------------------------------------------------

    def _content(self) -> dict[str, Any]:
        procedure = self._procedure.procedure
        return {
            "procedure_code": procedure.code if procedure else "", "applicant": self._applicant.content(), "papers": self._papers.content(),
            "fee": self._fee.content(),
        }

    def _keep(self) -> None:
        if not self._is_empty():
            procedure = self._procedure.procedure
            words = [self._applicant.text("applicant.full_name").strip() or "…", procedure.label if procedure else "…"]
            self._drafts.keep(self._content(), " · ".join(words))

    def _kept(self, draft: Draft) -> None:
        self._side.slip.show_saved(self.tr("Draft kept {time}").format(time=f"{draft.saved_at:%H:%M}"))

    def _parked(self, draft: Draft) -> None:
        self._empty()
        self.context.notices.say(self.tr("Parked: {label}. F5 takes it up again.").format(label=draft.label))
        self._focus_first()

    def _recalled(self, draft: Draft) -> None:
        self._empty()
        self._restore(draft.content)
        self._kept(draft)

    def _restore(self, content: dict[str, Any]) -> None:
        self._applicant.restore(content["applicant"])
        self._coming = content
        if code := content["procedure_code"]:
            today = self.context.counter.clock.now().date()
            self.context.tasks.run(self.context.counter.catalogue.get, code, today, done=self._restore_procedure)
        self._look_later.start()

    def _restore_procedure(self, procedure: Procedure) -> None:
        self._procedure.show_procedure(procedure)
        self._papers.show_procedure(procedure)
        self._fee.show_procedure(procedure)
        self._papers.restore(self._coming["papers"])
        self._fee.restore(self._coming["fee"])
        self._look_later.start()
        self.actions_changed.emit()

    def _empty(self) -> None:
        self._procedure.show_procedure(None)
        self._papers.show_procedure(None)
        self._fee.show_procedure(None)
        self._applicant.restore({})
        self._fee.restore({})
        for box in (self._papers, self._fee):
            box.show_problem("")
        self._banner.hide()
        self._card_warnings = ()
        self._side.slip.show_saved("")
        self._keep_later.stop()
        self._look_later.start()
        self.actions_changed.emit()


def _first(sentences: dict[str, str], part: str) -> str:
    return next((sentence for name, sentence in sentences.items() if name.split(".")[0] == part), "")
