"""The certification counter. A row is typed with a few letters and the number pad; F9 receives, takes the fee, enters the registers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.domain.certification import CertifiedLine, fee_of
from counter_app.domain.errors import DeskError, Problem, RuleBrokenError
from counter_app.domain.fees import schedule_on
from counter_app.domain.people import Permission
from counter_app.domain.registers import Draft
from counter_app.domain.scan import ScanKind, ScanMeaning
from counter_app.services.certification.terms import Certified, Certify, CertifyCheck
from counter_app.services.changes import Changes
from ui.context import DeskContext
from ui.dialogs.payment import PaymentDialog
from ui.notices import sentence_of, sentences_of
from ui.pages.base import Page
from ui.pages.certification.desk import CertificationDesk, Look
from ui.pages.certification.lines import VisitLines
from ui.pages.certification.recent import RecentVisits
from ui.pages.certification.side import WIDTH, CertificationSide
from ui.pages.intake.drafts import FormDrafts
from ui.widgets.banner import Banner
from ui.widgets.sheet import hold_width, label, row

KIND = "certification"
KEEP_MS, LOOK_MS = 300, 120
_SIDE_FIELDS = ("applicant.", "payment.exempt")


class CertificationPage(Page):
    """Lines and the visits of today at the left, person, signer and money at the right."""

    page_id = "certification"

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        theme = context.theme
        self._asked_draft = False
        self._cleared: dict[str, Any] | None = None
        self._last: tuple[str, dict[str, Any]] | None = None
        self._lines, self._side, self._recent = VisitLines(theme), CertificationSide(context), RecentVisits(theme)
        self._banner, self._warning, self._total = Banner(theme), Banner(theme), label(theme, bold=True)
        self._drafts = FormDrafts(context, self, KIND)
        self._desk = CertificationDesk(context, self, self._drafts)
        self._stand()
        self._keep_later = self._timer(KEEP_MS, self._keep)
        self._look_later = self._timer(LOOK_MS, self._look)
        self._connect()
        self.set_narrow(False)

    def _timer(self, milliseconds: int, then: Any) -> QTimer:  # noqa: ANN401  a bound method
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(then)
        return timer

    def _stand(self) -> None:
        theme = self.context.theme
        title = label(theme, self.tr("Quick certification"), kind="title")
        self._hint = label(theme, self.tr("one line for each kind of paper, the fee by pages of the original"), tone="muted")
        self.body.addLayout(row(title, self._hint, None, self._total, spacing=theme.px(12)))
        self.body.addWidget(self._banner)
        self.body.addWidget(self._warning)
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(theme.px(12))
        left.addWidget(self._lines, 1)
        left.addWidget(self._recent)
        columns = QHBoxLayout()
        columns.setSpacing(theme.px(16))
        columns.addWidget(self._left, 1)
        columns.addWidget(self._side)
        self.body.addLayout(columns, 1)

    def _connect(self) -> None:
        self._lines.edited.connect(self._edited)
        self._side.edited.connect(self._edited)
        self._side.qr_wanted.connect(self._show_payment)
        self._recent.reprint.connect(self._desk.reprint)
        self._recent.strike.connect(self._desk.ask_strike)
        self._recent.chosen.connect(self.actions_changed)
        self._drafts.recalled.connect(self._recalled)
        self._drafts.parked.connect(self._parked)
        self._drafts.not_kept.connect(self._not_kept)
        self._desk.loaded.connect(self._show_look)
        self._desk.checked.connect(self._show_check)
        self._desk.certified.connect(self._certified)
        self._desk.undone.connect(self._undone)
        self._desk.refused.connect(self._refused)

    # --- the page's life ----------------------------------------------------------------------------------------------

    def page_actions(self) -> tuple[str, ...]:
        """Return the key line: certify first."""
        return ("certify", "requester", "next_kind", "next_payment", "hand_signed", "reprint_stamps", "undo_visit", "strike_number",
                "line_details", "park_visit", "recall_visit", "remove_line", "signing_list", "clear_visit", "back")

    def why_not(self, action_id: str) -> str | None:
        """Say why an act is not possible now."""
        if not self.context.session.actor.may(Permission.RECEIVE):
            return self.tr("Your role certifies nothing.")
        if self._desk.is_busy and action_id in ("certify", "park_visit", "recall_visit", "remove_line", "clear_visit"):
            return self.tr("This visit is being written.")
        empty, visit = not self._lines.lines(), self._recent.visit
        hindered = {
            "certify": (empty, self.tr("Type the name of a paper first.")), "park_visit": (empty, self.tr("The form is empty.")),
            "clear_visit": (empty, self.tr("The form is empty.")), "remove_line": (empty, self.tr("There is no line yet.")),
            "reprint_stamps": (visit is None or not visit.standing, self.tr("Nothing to print again.")),
            "undo_visit": (self._cleared is None and self._last is None, self.tr("Nothing to undo.")),
            "strike_number": (visit is None or not visit.standing, self.tr("No number to strike.")),
            "hand_signed": (self._recent.waiting is None, self.tr("Nothing waits to be signed.")),
            "signing_list": (self._recent.waiting is None, self.tr("Nothing waits to be signed.")),
        }
        is_hindered, reason = hindered.get(action_id, (False, ""))
        return reason if is_hindered else None

    def busy_words(self, action_id: str) -> str:
        """Say that the visit is being written."""
        return self.tr("Writing…") if action_id == "certify" and self._desk.is_busy else ""

    def activate(self, *_: object, **arguments: object) -> None:
        """Load habits, signers and today's visits; take up the draft of before; the focus goes to the empty line."""
        del arguments
        if not self._asked_draft:
            self._asked_draft = True
            self._drafts.take_up()
        self._desk.load()
        self._lines.entry.focus_name()

    def leave(self) -> None:
        """Keep what was typed."""
        if self._keep_later.isActive():
            self._keep_later.stop()
            self._keep()

    def refresh(self, changes: Changes) -> None:
        """Load again what others wrote, and the numbers that come next."""
        if changes.touch("books", "settings", "users") and self.isVisible():
            self._desk.load(again=True)
            self._look_later.start()

    def take_scan(self, meaning: ScanMeaning) -> bool:
        """Fill in a card; codes are the window's."""
        if meaning.kind is not ScanKind.CARD or meaning.card is None:
            return False
        if meaning.card.value is None:
            self._banner.say("danger", sentence_of(Problem(str(meaning.card.error), "card")))
        else:
            self._banner.hide()
            now = self.context.counter.clock.now()
            self._side.fill_card(meaning.card.value, self.tr("card, {time}").format(time=f"{now:%H:%M}"))
            self._lines.entry.focus_name()
        return True

    def set_narrow(self, narrow: bool) -> None:
        """In a narrow window the right column is a second pane (F6); the total stays on top."""
        super().set_narrow(narrow)
        hold_width(self._side, None if narrow else self.context.theme.px(WIDTH))
        self._total.setVisible(narrow)
        self._hint.setVisible(not narrow)
        self._side.setVisible(not narrow)
        self._left.setVisible(True)

    # --- acts ---------------------------------------------------------------------------------------------------------

    def do_certify(self) -> None:
        """Receive, take the fee, enter the registers, print."""
        self._look_later.stop()
        self._keep_later.stop()
        self._keep()
        self._desk.certify(self._command())
        self.actions_changed.emit()

    def do_requester(self) -> None:
        """F3: to the requester."""
        self._show_pane(lines=False)
        self._side.focus_on("applicant.full_name")

    def do_next_kind(self) -> None:
        """F7: copy, signature, and so on."""
        self._lines.entry.next_kind()

    def do_line_details(self) -> None:
        """Ctrl+M: who signs, another procedure, an electronic copy."""
        self._show_pane(lines=True)
        self._lines.entry.ask_details()

    def do_undo_visit(self) -> None:
        """Ctrl+Z: bring a cleared form back, else take the last visit back."""
        if self._cleared is not None:
            self._bring_back()
        elif self._last is not None:
            self._desk.undo(self._last[0])

    def do_next_payment(self) -> None:
        """F8: cash, code, exempt."""
        self._show_pane(lines=False)
        self._side.next_method()

    def do_hand_signed(self) -> None:
        """F10: the signer has signed; the papers go back."""
        visit = self._recent.waiting
        if visit is not None:
            self._desk.sign(visit)

    def do_reprint_stamps(self) -> None:
        """F11: the numbers of the chosen visit again."""
        if self._recent.visit is not None:
            self._desk.reprint(self._recent.visit)

    def do_strike_number(self) -> None:
        """Strike a number of the chosen visit."""
        if self._recent.visit is not None:
            self._desk.ask_strike(self._recent.visit)

    def do_signing_list(self) -> None:
        """Print the list of what waits for the signer."""
        self._desk.print_signing_list()

    def do_remove_line(self) -> None:
        """Take a line out."""
        self._lines.take_out()

    def do_park_visit(self) -> None:
        """F4: put this visit aside for the next person."""
        self._keep_later.stop()
        self._keep()
        self._drafts.park()

    def do_recall_visit(self) -> None:
        """F5: take up a parked visit."""
        self.leave()
        self._drafts.offer_parked()

    def do_clear_visit(self) -> None:
        """Empty the form; the toast brings it back."""
        self._cleared = self._content()
        self._drafts.drop()
        self._restore({})
        self.context.notices.say(self.tr("The form was cleared."), undo=self._bring_back, undo_text=self.tr("Bring it back"))

    def do_next_pane(self) -> None:
        """F6: lines or money."""
        self._show_pane(lines=not self._left.isVisible() or not self._left.isAncestorOf(self.focusWidget()))

    def _bring_back(self) -> None:
        if self._cleared is not None:
            content, self._cleared = self._cleared, None
            self._restore(content)

    def _show_pane(self, *, lines: bool) -> None:
        if self.narrow:
            self._left.setVisible(lines)
            self._side.setVisible(not lines)
        if lines:
            self._lines.entry.focus_name()
        else:
            self._side.focus_on("applicant.full_name")

    def _show_payment(self) -> None:
        amount = sum(each or 0 for each in self._amounts(self._lines.lines()))
        try:
            PaymentDialog.show_over(self, self.context, amount, self._side.text("applicant.full_name"))
        except RuleBrokenError as error:
            self._banner.say("warning", sentences_of(error))

    # --- looking ------------------------------------------------------------------------------------------------------

    def _command(self) -> Certify:
        side, signer = self._side, self._side.chosen_signer()
        lines = self._lines.lines()
        if signer is not None:
            lines = tuple(replace(line, signer=signer.name, signer_title=signer.title) for line in lines)
        return Certify(
            applicant=side.applicant(), lines=lines, method=side.method.value, exempt_reason=side.text("payment.exempt_reason"),
            exempt_proof=side.text("payment.exempt_proof"), signed=not side.wait.isChecked(), slip=side.slip.isChecked(),
            stamps=side.stamps.isChecked())

    def _amounts(self, lines: tuple[CertifiedLine, ...]) -> list[int | None]:
        try:
            schedule = schedule_on(self.context.counter.clock.now().date())
        except RuleBrokenError:  # a clock of years ago; the look that follows says so
            return [None] * len(lines)
        return [fee if isinstance(fee := fee_of(line, schedule), int) else None for line in lines]

    def _edited(self) -> None:
        """Show the fee as it is typed; the numbers follow in a moment."""
        lines = self._lines.lines()
        amounts = self._amounts(lines)
        self._lines.show_outcome(amounts)
        self._side.show_sums(lines, amounts)
        self._total.setText(self._side.total_words)
        self._look_later.start()
        self._keep_later.start()
        self.actions_changed.emit()

    def _look(self) -> None:
        self._desk.check(self._command())

    def _show_check(self, check: CertifyCheck, stamp: str) -> None:
        if len(check.amounts) != len(self._lines.lines()):
            return  # a line more or less was typed meanwhile; the next answer is on its way
        self._show_warnings([each for each in check.warnings if each.field is None])
        self._lines.show_outcome(check.amounts, check.places)
        self._side.show_stamp(stamp)
        self._side.show_due(self._desk.due_words(check))

    def _show_warnings(self, warnings: list[Problem]) -> None:
        """Say what is about no field: the clock that was set back."""
        self._warning.setVisible(bool(warnings))
        if warnings:
            self._warning.say("warning", " ".join(map(sentence_of, warnings)))

    def _show_look(self, look: Look) -> None:
        self._lines.entry.set_usual(look.usual, look.procedures)
        self._side.set_signers(look.signers)
        self._recent.show_day(look.day)
        self.actions_changed.emit()

    # --- outcome ------------------------------------------------------------------------------------------------------

    def _certified(self, done: Certified) -> None:
        self._cleared, self._last = None, (done.visit_id, self._content())
        self._restore({})
        self._show_pane(lines=True)

    def _undone(self) -> None:
        """Bring back what was typed, to be put right, unless the next person's papers stand there already."""
        if self._last is not None:
            content, self._last = self._last[1], None
            if not self._lines.lines():
                self._restore(content)
        self.actions_changed.emit()

    def _refused(self, error: DeskError) -> None:
        """Say each problem at its field: of the lines the first, there where it is mended."""
        self.actions_changed.emit()
        self._keep_later.start()
        self._show_rest([each for each in error.problems if not (each.field or "").startswith(("lines.", *_SIDE_FIELDS))])
        sentences = {problem.field or "": sentence_of(problem) for problem in error.problems}
        at_side = self._side.show_problems(sentences)
        wrong = next((problem for problem in error.problems if (problem.field or "").startswith("lines.")), None)
        if wrong is not None and self._lines.lines():
            self._show_at_line(wrong)
        elif at_side:
            self._show_pane(lines=False)
            self._side.focus_on(at_side[0])

    def _show_rest(self, problems: list[Problem]) -> None:
        self._banner.hide()
        if problems:
            self._banner.say("danger", " ".join(map(sentence_of, problems)))

    def _show_at_line(self, problem: Problem) -> None:
        _, at, member = str(problem.field).split(".")
        self._show_pane(lines=True)
        self._lines.show_problem(int(at), member, sentence_of(problem))

    # --- drafts -------------------------------------------------------------------------------------------------------

    def _content(self) -> dict[str, Any]:
        return {"lines": self._lines.content(), **self._side.content()}

    def _keep(self) -> None:
        lines = self._lines.lines()
        if lines and not self._desk.is_busy:
            name = self._side.text("applicant.full_name")
            self._drafts.keep(self._content(), " · ".join(filter(None, (name, lines[0].document_name))))

    def _recalled(self, draft: Draft) -> None:
        self._restore(draft.content)

    def _parked(self, draft: Draft) -> None:
        self._restore({})
        self.context.notices.say(self.tr("Parked: {label}. F5 takes it up again.").format(label=draft.label))

    def _not_kept(self, error: DeskError) -> None:
        self._banner.say("danger", sentences_of(error))

    def _restore(self, content: dict[str, Any]) -> None:
        self._side.restore(content)
        self._lines.restore(content.get("lines", ()))
        self._banner.hide()
        self._edited()
        self._keep_later.stop()
        self._lines.entry.focus_name()
