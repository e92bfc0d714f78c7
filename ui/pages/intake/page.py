"""The page that takes a dossier in. Everything typed is kept as a draft at once; F9 receives, prints, and is ready for the next citizen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from counter_app.domain.errors import DeskError, Problem, RuleBrokenError
from counter_app.domain.people import Permission
from counter_app.domain.registers import Draft
from counter_app.domain.scan import ScanKind, ScanMeaning
from counter_app.services.changes import Changes
from counter_app.services.intake.terms import IntakeCheck, Received, ReceiveDossier
from ui.context import DeskContext
from ui.dialogs.paper import PaperDialog
from ui.dialogs.payment import PaymentDialog
from ui.notices import sentence_of, sentences_of
from ui.pages.base import Page
from ui.pages.intake.cards import NAME, CardFeed
from ui.pages.intake.drafts import FormDrafts
from ui.pages.intake.form import IntakeForm
from ui.pages.intake.looking import FormLook
from ui.pages.intake.outcome import Outcome
from ui.pages.intake.receiving import Receiving
from ui.pages.intake.refusing import Refusing
from ui.pages.intake.restoring import Restoring
from ui.pages.intake.side import WIDTH, IntakeSide
from ui.widgets.banner import Banner
from ui.widgets.sheet import hold_width, label

KEEP_MS = 300
"""How long after the last key the form is kept."""
CHANGING = frozenset({"receive", "applicant", "park", "recall", "all_papers", "more", "refuse_intake", "clear_form", "undo"})
"""What waits until a form on its way is written: it has to be there as it was if the disk fails."""
LOW = 600
"""A page lower than this gives up air, so that the papers keep their lines."""


class IntakePage(Page):
    """Five steps at the left, what comes of them at the right."""

    page_id = "intake"

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._asked_draft, self._blind = False, False
        self._drafts = FormDrafts(context, self)
        self._drafts.kept.connect(self._kept)
        self._drafts.not_kept.connect(self._not_kept)
        self._drafts.parked.connect(self._parked)
        self._drafts.recalled.connect(self._recalled)
        self._cleared: dict[str, Any] | None = None
        self._banner = Banner(context.theme)
        self._short = label(context.theme, bold=True)
        self._short.hide()
        self._outcome = Outcome(context, self._banner, self)
        self.body.addWidget(self._banner)
        self.body.addWidget(self._short)
        self._form = IntakeForm(context)
        self._form.edited.connect(self._edited)
        self._form.fee.qr_asked.connect(self._show_payment)
        self._side = IntakeSide(context)
        self._side.slip.zoomed.connect(self.do_zoom)
        columns = QHBoxLayout()
        columns.setSpacing(context.theme.px(20))
        columns.addWidget(self._form, 1)
        columns.addWidget(self._side)
        self.body.addLayout(columns, 1)
        self._look = FormLook(context, self._form)
        self._look.checked.connect(self._show_check)
        self._look.drawn.connect(self._show_slip)
        self._look.failed.connect(self._cannot_look)
        self._receiving = Receiving(context, self._form, self._drafts)
        self._receiving.received.connect(self._received)
        self._receiving.refused.connect(self._refused)
        self._refusing = Refusing(context, self._form, self._drafts, self)
        self._refusing.refused.connect(self._ready_for_next)
        self._refusing.hindered.connect(self._refused)
        self._restoring = Restoring(context, self._form)
        self._restoring.restored.connect(self._restored)
        self._cards = CardFeed(context, self._form, self._drafts, self._restoring, self._receiving)
        self._cards.taken.connect(self._banner.hide)
        self._cards.displaced.connect(self._offer_before)
        self._cards.unreadable.connect(self._say_unreadable)
        self._keep_later = QTimer(self)
        self._keep_later.setSingleShot(True)
        self._keep_later.setInterval(KEEP_MS)
        self._keep_later.timeout.connect(self._keep)
        self._form.left.connect(self._look.soon)
        self.set_narrow(False)

    # --- the page's life ----------------------------------------------------------------------------------------------

    def page_actions(self) -> tuple[str, ...]:
        """Return the key line: receive first."""
        return ("receive", "applicant", "park", "recall", "all_papers", "more", "zoom", "refuse_intake", "clear_form", "back")

    def why_not(self, action_id: str) -> str | None:
        """Say why an act is not possible now."""
        if self._receiving.is_busy and action_id in CHANGING:
            return self.tr("This dossier is being received.")
        if action_id in ("receive", "refuse_intake"):
            return None if self.context.session.actor.may(Permission.RECEIVE) else self.tr("Your role takes no dossiers in.")
        chosen = bool(self._form.procedure.procedure) or self._form.procedure.is_taking
        hindered = {
            "park": (self._form.is_empty(), self.tr("The form is empty.")),
            "clear_form": (self._form.is_empty(), self.tr("The form is empty.")),
            "undo": (self._cleared is None, self.tr("Nothing was cleared.")),
            "all_papers": (not chosen, self.tr("Choose the procedure first.")),
            "zoom": (not self._side.slip.paper.pdf, self.tr("The slip is being drawn.")),
        }
        is_hindered, reason = hindered.get(action_id, (False, ""))
        return reason if is_hindered else None

    def busy_words(self, action_id: str) -> str:
        """Say that the dossier is being written."""
        return self.tr("Writing…") if action_id == "receive" and self._receiving.is_busy else ""

    def activate(self, *_: object, **arguments: object) -> None:
        """Take up the draft of before; the focus goes to the first open step."""
        if not self._asked_draft:
            self._asked_draft = True
            self._drafts.take_up()
        del arguments
        self._form.focus_first()
        self._look.soon()

    def leave(self) -> None:
        """Keep what was typed."""
        if self._keep_later.isActive():
            self._keep_later.stop()
            self._keep()

    def refresh(self, changes: Changes) -> None:
        """Count and draw anew when the rules, the calendar or the numbers changed."""
        if changes.touch("catalogue", "calendar", "numbers", "settings") and self.isVisible():
            self._look.soon()

    def take_scan(self, meaning: ScanMeaning) -> bool:
        """Fill in a card; codes are the window's."""
        if meaning.kind is ScanKind.CARD and meaning.card is not None:
            self._cards.take(meaning.card)
            return True
        return False

    def set_narrow(self, narrow: bool) -> None:
        """In a narrow window the right column is a second pane; its one most important line stays on top."""
        super().set_narrow(narrow)
        self._side.set_narrow(narrow)
        hold_width(self._side, None if narrow else self.context.theme.px(WIDTH))
        self._form.papers.set_unrolled(narrow)
        self._short.setVisible(narrow)
        self._side.setVisible(not narrow)
        self._form.setVisible(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give up air in a low window."""
        super().resizeEvent(event)
        px, tight = self.context.theme.px, self.height() < self.context.theme.px(LOW)
        self.body.setContentsMargins(px(24), px(10 if tight else 16), px(24), px(10 if tight else 16))
        self._form.set_tight(tight)

    # --- acts ---------------------------------------------------------------------------------------------------------

    def do_receive(self) -> None:
        """Receive and print."""
        if self._form.procedure.delays(self.do_receive):
            return
        self._form.visit_all()
        self._look.stop()
        command = self._form.command()
        if self._form.unreadable():
            self._check_all(command)
            return
        self._keep_later.stop()
        self._keep()
        self._receiving.start(command)
        self.actions_changed.emit()

    def do_refuse_intake(self) -> None:
        """Refuse in writing what can't be taken in; papers and fees are not looked at, they may be the very reason."""
        if self._form.procedure.delays(self.do_refuse_intake):
            return
        if self._form.applicant.unreadable():
            self._form.visit_all()
            self._check_all(self._form.command())
        else:
            self.leave()
            self._refusing.ask()

    def do_applicant(self) -> None:
        """F3: to the applicant."""
        self._show_pane(form=True)
        self._form.applicant.form.focus_on(NAME)

    def do_all_papers(self) -> None:
        """F7: every required paper is there."""
        if not self._form.procedure.delays(self.do_all_papers):
            self._form.papers.tick_required()

    def do_more(self) -> None:
        """Show or hide what is seldom needed."""
        self._show_pane(form=True)
        self._form.set_more(not self._form.applicant.shows_more)
        if self._form.applicant.shows_more:
            self._form.applicant.kind.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self._form.focus_first()

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
        self._cleared = self._form.content()
        self._drafts.drop()
        self._empty()
        self._form.focus_first()
        self.context.notices.say(self.tr("The form was cleared."), undo=self.do_undo, undo_text=self.tr("Bring it back"))

    def do_undo(self) -> None:
        """Bring the cleared form back."""
        if self._cleared is not None:
            content, self._cleared = self._cleared, None
            self._restore(content)
            self._edited()

    def do_zoom(self) -> None:
        """Show the slip in full size."""
        PaperDialog.show_over(self, self.context, self._side.slip.paper.pdf, self.tr("Receipt slip"))

    def do_next_pane(self) -> None:
        """F6: form or slip."""
        self._show_pane(form=not self._form.isVisible() or not self._form.isAncestorOf(self.focusWidget()))

    def _show_pane(self, *, form: bool) -> None:
        if self.narrow:
            self._side.setVisible(not form)
            self._form.setVisible(form)
        if form:
            self._form.focus_first()
        else:
            self._side.take_focus()

    def _show_payment(self) -> None:
        """Show the code by which the fee is paid from a phone."""
        amount = sum(line.amount_vnd for line in self._form.fee.fees())
        try:
            PaymentDialog.show_over(self, self.context, amount, self._form.applicant.text(NAME))
        except RuleBrokenError as error:
            self._banner.say("danger", sentences_of(error))

    # --- cards --------------------------------------------------------------------------------------------------------

    def _offer_before(self, content: dict[str, Any], name: str) -> None:
        """Another person's card was read into a form that had one: say so, with the way back."""
        self._cleared = content
        words = self.tr("{name} stands in the place of the applicant before.").format(name=name)
        self.context.notices.say(words, "warning", undo=self.do_undo, undo_text=self.tr("Bring it back"))

    def _say_unreadable(self, sentence: str) -> None:
        self._banner.say("danger", sentence)

    # --- checking and drawing -----------------------------------------------------------------------------------------

    def _edited(self) -> None:
        self._look.soon()
        self._keep_later.start()
        self.actions_changed.emit()

    def _show_check(self, check: IntakeCheck) -> None:
        if self._blind:
            self._blind = False
            self._banner.hide()
        self._form.show_problems(check.problems)
        self._show_side(check)

    def _show_side(self, check: IntakeCheck) -> None:
        begun = bool(check.command.applicant.full_name) and check.procedure is not None
        self._form.accept.show_warnings(check.to_accept)
        card = tuple(sentence_of(Problem(code, "card")) for code in self._form.applicant.card_warnings)
        warnings = self._side.show_check(check if begun else replace(check, warnings=()), card)
        parts = [self.tr("Due {time}").format(time=self._side.appointment.words)] if check.procedure else []
        parts += [self.tr("{count} to look at: F6").format(count=warnings)] if warnings else []
        self._short.setText(" · ".join(parts))

    def _show_slip(self, pdf: bytes) -> None:
        was_empty = not self._side.slip.paper.pdf
        self._side.slip.paper.show_pdf(pdf)
        if was_empty:
            self.actions_changed.emit()

    def _cannot_look(self, error: DeskError) -> None:
        """The clock or the database is not well: say it once, above the form, until a look succeeds."""
        self._blind = True
        self._banner.say("danger", sentences_of(error))

    # --- outcome ------------------------------------------------------------------------------------------------------

    def _received(self, received: Received) -> None:
        self._outcome.tell(received)
        self._ready_for_next()

    def _ready_for_next(self) -> None:
        self._cleared = None
        self._empty()
        self._show_pane(form=True)
        self._cards.take_waiting()

    def _refused(self, error: DeskError) -> None:
        self._form.visit_all()
        self.actions_changed.emit()
        self._keep_later.start()
        self._look.soon()
        if self.narrow:
            self._show_pane(form=True)
        if isinstance(error, RuleBrokenError):
            self._show_all(error.problems)
        else:
            self._outcome.refuse(error)
        self._cards.take_waiting()

    def _check_all(self, command: ReceiveDossier) -> None:
        self.context.tasks.run(self.context.counter.intake.check, command, done=self._show_refusal, failed=self._refused)

    def _show_refusal(self, check: IntakeCheck) -> None:
        """Something can't even be read: nothing was received."""
        self._show_pane(form=True)
        self._show_all(check.problems)
        self._show_side(check)

    def _show_all(self, problems: tuple[Problem, ...]) -> None:
        rest = self._form.show_problems(problems)
        self._banner.hide()
        if rest:
            self._banner.say("danger", " ".join(rest))
        self._form.focus_problem()

    # --- drafts -------------------------------------------------------------------------------------------------------

    def _keep(self) -> None:
        if not self._receiving.is_busy and not self._form.is_empty():
            self._drafts.keep(self._form.content(), self._form.label())

    def _kept(self, draft: Draft) -> None:
        self._side.slip.show_saved(self.tr("Draft kept {time}").format(time=f"{draft.saved_at:%H:%M}"))

    def _not_kept(self, error: DeskError) -> None:
        self._side.slip.show_saved(self.tr("The draft is not kept."))
        self._banner.say("danger", sentences_of(error))

    def _parked(self, draft: Draft) -> None:
        self._empty()
        self.context.notices.say(self.tr("Parked: {label}. F5 takes it up again.").format(label=draft.label))
        self._form.focus_first()

    def _recalled(self, draft: Draft) -> None:
        self._empty()
        self._restore(draft.content)
        self._kept(draft)

    def _restore(self, content: dict[str, Any]) -> None:
        self._restoring.show(content)
        self._look.soon()
        self.actions_changed.emit()

    def _restored(self) -> None:
        self._form.focus_first()
        self._edited()

    def _empty(self) -> None:
        self._form.restore({}, None)
        self._banner.hide()
        self._side.clear()
        self._short.setText("")
        self._keep_later.stop()
        self._look.stop()
        self._look.soon()
        self.actions_changed.emit()
