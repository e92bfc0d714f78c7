"""Handing results over: scan the slip or the card, four steps, F10. At the right what waits, the longest first."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QWidget

from counter_app.domain.dossier import DeliveryMethod, Status
from counter_app.domain.errors import DeskError
from counter_app.domain.life import ReceiverKind, Signed
from counter_app.domain.people import Permission
from counter_app.domain.scan import ScanKind
from counter_app.services.acts.acting import Done
from counter_app.services.acts.returning import ReturnCheck, ReturnResults
from counter_app.services.ports import ListFilter
from ui.context import DeskContext
from ui.dialogs.acts.description import ActDesk, ActFacts, load_facts
from ui.dialogs.acts.dialog import Carried, carry_out, tell
from ui.dialogs.acts.table import open_act
from ui.notices import sentence_of, sentences_of
from ui.pages.base import Page
from ui.pages.returning.steps import CollectStep, GiveStep, ReceiverStep, SignStep, Step
from ui.pages.returning.waiting import WIDTH, Waiting, WaitingList
from ui.widgets.badge import Badge, BadgeLook
from ui.widgets.banner import Banner
from ui.widgets.buttons import SecondaryButton
from ui.widgets.segmented import SegmentedChoice
from ui.widgets.sheet import Column, ElidedLabel, IconLabel, Sheet, hold_width, label, row

if TYPE_CHECKING:
    from counter_app.bootstrap import Counter
    from counter_app.domain.people import Actor
    from counter_app.domain.scan import ScanMeaning
    from counter_app.services.changes import Changes

MOST = 1000
NO_RATING = 0


@dataclass(slots=True)
class _Chosen:
    """Whose results are handed over: the codes, when their slips were read, when a card that fits was."""

    codes: tuple[str, ...] = ()
    scanned: dict[str, str] = field(default_factory=dict)
    card_at: str = ""
    check: ReturnCheck | None = None


class ReturningPage(Page):
    """``activate(code=…)`` begins with a dossier; without one the list of what waits is there to choose from."""

    page_id = "returning"

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        theme = context.theme
        self._chosen, self._busy = _Chosen(), False
        columns = QHBoxLayout()
        columns.setSpacing(theme.px(16))
        self._inside = Column(theme.px(12))
        self._inside.body.addLayout(self._make_head())
        self.banner = Banner(theme)
        self._inside.body.addWidget(self.banner)
        self.receiver, self.collect, self.give, self.sign = ReceiverStep(theme), CollectStep(theme), GiveStep(theme), SignStep(theme)
        self.steps: tuple[Step, ...] = (self.receiver, self.collect, self.give, self.sign)
        for step in self.steps:
            step.edited.connect(self._look)
            self._inside.body.addWidget(step)
        self.give.pay_wanted.connect(self._pay)
        self._inside.body.addWidget(self._make_rating())
        self._nobody = self._make_nobody()
        self._inside.body.addWidget(self._nobody, 1)
        self._area = QScrollArea()
        self._area.setWidget(self._inside)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.waiting = WaitingList(theme)
        self.waiting.chosen.connect(self._begin_with)
        columns.addWidget(self._area, 1)
        columns.addWidget(self.waiting)
        self.body.addLayout(columns, 1)
        self._show_nobody()
        self.set_narrow(False)

    def _make_head(self) -> QHBoxLayout:
        theme = self.context.theme
        self._title, self._line = label(theme, kind="title", wrap=True), ElidedLabel()
        self._badge = Badge(theme, BadgeLook("accent", "check", "…"))
        self._post = SecondaryButton(theme, self.tr("Send by post"), icon="mail")
        self._post.clicked.connect(self._send)
        left = Column(theme.px(2))
        left.body.addWidget(self._title)
        left.body.addWidget(self._line)
        head = row(left, self._post, self._badge, spacing=theme.px(12))
        head.setStretch(0, 1)
        return head

    def _make_nobody(self) -> QWidget:
        """Return what stands in the place of the steps until somebody comes."""
        theme = self.context.theme
        sheet = Sheet(theme)
        words = label(theme, self.tr("Scan the slip or the card, or choose a result from the list."), tone="muted", wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        sheet.body.addStretch(1)
        sheet.body.addWidget(IconLabel(theme, "file-export", "text_muted"), 0, Qt.AlignmentFlag.AlignHCenter)
        sheet.body.addWidget(words)
        sheet.body.addStretch(1)
        return sheet

    def _make_rating(self) -> QWidget:
        theme = self.context.theme
        self.rating = SegmentedChoice[int](theme, self.tr("Rating by the citizen"), (
            (self.tr("Not asked"), NO_RATING), (self.tr("Satisfied"), 5), (self.tr("So so"), 3), (self.tr("Dissatisfied"), 1)))
        self._rating_row = QWidget()
        asked, optional = label(theme, self.tr("Rating by the citizen"), tone="muted"), label(theme, self.tr("optional"), tone="muted")
        line = row(asked, self.rating, optional, None, spacing=theme.px(12))
        self._rating_row.setLayout(line)
        return self._rating_row

    # --- the page's life ----------------------------------------------------------------------------------------------

    def page_actions(self) -> tuple[str, ...]:
        """Return the key line: hand over first."""
        return ("hand_back", "receiver", "all_collected", "print_receipt", "scan_field", "next_pane", "leave_returning")

    def why_not(self, action_id: str) -> str | None:
        """Say why an act is not possible now."""
        if action_id in ("hand_back", "receiver", "all_collected", "print_receipt"):
            if not self.context.session.actor.may(Permission.RECEIVE):
                return self.tr("Your role hands nothing over.")
            if self._chosen.check is None:
                return self.tr("Scan the slip or the card first, or choose a result from the list.")
            if self._busy:
                return self.tr("It is being recorded.")
        if action_id == "hand_back" and self._chosen.check is not None:
            problem = next((line.problem for line in self._chosen.check.lines if line.problem), None)
            return sentence_of(problem) if problem else None
        return None

    def activate(self, *_: object, **arguments: object) -> None:
        """Begin with a dossier, or with the list."""
        self._load_waiting()
        if "code" in arguments:
            self._begin_with(str(arguments["code"]))
        elif self._chosen.check is None:
            self.waiting.view.setFocus()

    def refresh(self, changes: Changes) -> None:
        """Load again when dossiers changed: a fee may have been paid meanwhile."""
        if changes.touch("dossiers", "payments") and self.isVisible():
            self._load_waiting()
            if self._chosen.codes and not self._busy:
                self._ask()

    def set_narrow(self, narrow: bool) -> None:
        """In a narrow window the list is a second pane (F6)."""
        super().set_narrow(narrow)
        hold_width(self.waiting, None if narrow else self.context.theme.px(WIDTH))
        chosen = self._chosen.check is not None
        self.waiting.setVisible(not narrow or not chosen)
        self._area.setVisible(not narrow or chosen)

    def do_next_pane(self) -> None:
        """F6: the list, or back to the steps."""
        to_list = not self.waiting.isVisible() or (not self.narrow and not self.waiting.view.hasFocus())
        if self.narrow:
            self.waiting.setVisible(to_list)
            self._area.setVisible(not to_list)
        target = self.waiting.view if to_list else self.receiver.owner
        target.setFocus(Qt.FocusReason.TabFocusReason)

    def take_scan(self, meaning: ScanMeaning) -> bool:
        """A slip begins, or joins the results of the same person; a card shows everything of its owner that waits."""
        if meaning.kind is ScanKind.CODE:
            self._take_slip(meaning.code)
            return True
        if meaning.kind is ScanKind.CARD and meaning.card is not None and meaning.card.value is not None:
            counter, number = self.context.counter, meaning.card.value.id_number
            self.context.tasks.run(_of_person, counter, number, self.context.session.actor, done=self._take_person)
            return True
        return False

    # --- acts ---------------------------------------------------------------------------------------------------------

    def do_hand_back(self) -> None:
        """F10: hand over when every step is done; else go to the first open one and say what is missing."""
        for step in self.steps:
            if (open_part := step.missing()) is not None:
                widget, words = open_part
                self.banner.say("warning", words)
                self._area.ensureWidgetVisible(widget)
                widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return
        self._busy = True
        self.actions_changed.emit()
        act = partial(_hand_back, self._command())
        self.context.tasks.run(carry_out, self.context, act, done=self._finish, failed=self._refuse)

    def do_receiver(self) -> None:
        """F3: to the receiver."""
        card = self.receiver.other if self.receiver.other.isChecked() else self.receiver.owner
        card.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._area.ensureWidgetVisible(self.receiver)

    def do_all_collected(self) -> None:
        """F7: every slip came back."""
        self.collect.take_all()

    def do_print_receipt(self) -> None:
        """F11: sign on a printed receipt."""
        self.sign.way.choose(Signed.RECEIPT)
        self.sign.way.setFocus()

    def do_leave_returning(self) -> None:
        """Esc: let go of what was chosen, then back."""
        if self._chosen.check is not None:
            self._show_nobody()
            self.waiting.view.setFocus()
        else:
            self.context.navigator.back()

    def _command(self) -> ReturnResults:
        authorised = self.receiver.kind is ReceiverKind.AUTHORISED
        lost = self.collect.lost.isChecked()
        return ReturnResults(
            self._chosen.codes, self.receiver.kind, self.receiver.name.text() if authorised else "",
            self.receiver.paper.text() if authorised else self.collect.paper.text() if lost else "", self.sign.way.value,
            slip_lost=lost, unpaid_reason=self.give.unpaid.text(), note=self.collect.note.text() if lost else "",
            score=self.rating.value or None)

    def _finish(self, carried: Carried) -> None:
        self._busy = False
        tell(self.context, self, self.tr("The result of {code} was handed over."), carried)
        self._show_nobody()
        self.waiting.view.setFocus()

    def _refuse(self, error: DeskError) -> None:
        self._busy = False
        self.banner.say("danger", sentences_of(error))
        self.actions_changed.emit()

    def _pay(self) -> None:
        check = self._chosen.check
        owing = next((line.dossier.code for line in check.lines if line.fee_due_vnd), None) if check else None
        if owing:
            self._open_act("collect_fee", owing)

    def _send(self) -> None:
        check = self._chosen.check
        if check is not None:
            first = check.lines[0].dossier
            self._open_act("delivered" if first.parcel else "send_by_post", first.code)

    def _open_act(self, action_id: str, code: str) -> None:
        counter, actor = self.context.counter, self.context.session.actor
        self.context.tasks.run(load_facts, counter, code, actor, done=partial(self._show_act, action_id))

    def _show_act(self, action_id: str, facts: ActFacts) -> None:
        open_act(self.context, action_id, facts, self)

    # --- what is handed over ------------------------------------------------------------------------------------------

    def _begin_with(self, code: str) -> None:
        self._chosen = _Chosen((code,))
        self._ask()

    def _take_slip(self, code: str) -> None:
        now = f"{self.context.counter.clock.now():%H:%M}"
        person = self._chosen.check.lines[0].dossier.applicant if self._chosen.check else None
        if code in self._chosen.codes:
            self._chosen.scanned[code] = now
            self._ask()
            return
        counter, actor = self.context.counter, self.context.session.actor
        self.context.tasks.run(counter.life.returning.check, (code,), actor, done=partial(self._join, person, now))

    def _join(self, person: object, now: str, check: ReturnCheck) -> None:
        """Add the dossier of a slip to those of the same person, or begin with it."""
        found = check.lines[0].dossier
        if person != found.applicant:
            self._chosen = _Chosen()
        self._chosen.codes = (*self._chosen.codes, found.code)
        self._chosen.scanned[found.code] = now
        self._ask()

    def _take_person(self, codes: tuple[str, ...]) -> None:
        if not codes:
            self.context.notices.say(self.tr("No result waits for the owner of this card."), "warning")
            return
        scanned = {code: at for code, at in self._chosen.scanned.items() if code in codes}
        self._chosen = _Chosen(codes, scanned, f"{self.context.counter.clock.now():%H:%M}")
        self._ask()

    def _ask(self) -> None:
        check, actor = self.context.counter.life.returning.check, self.context.session.actor
        self.context.tasks.run(check, self._chosen.codes, actor, done=self._show_check, failed=self._unknown, key="returning")

    def _unknown(self, error: DeskError) -> None:
        self._show_nobody()
        self.context.notices.refuse(error)

    def _show_check(self, check: ReturnCheck) -> None:
        fresh = self._chosen.check is None or [each.dossier.dossier_id for each in check.lines] != [
            each.dossier.dossier_id for each in self._chosen.check.lines]
        self._chosen.check = check
        self._show_head(check)
        if fresh:
            self.receiver.show_check(check, self._chosen.card_at)
            self.collect.begin()
            self.give.begin()
            self.rating.choose(NO_RATING)
        self.collect.show_check(check, self._chosen.scanned)
        self.give.show_check(check)
        self.sign.show_check(check)
        for step in self.steps:
            step.setVisible(True)
        self._rating_row.setVisible(True)
        self._nobody.setVisible(False)
        self.set_narrow(self.narrow)
        self.waiting.select(check.lines[0].dossier.code)
        self._look()
        self._go_on()

    def _go_on(self) -> None:
        """Put the focus where something is missing, else on the signature."""
        part = next((found[0] for step in self.steps if (found := step.missing()) is not None), self.sign.way)
        part.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_head(self, check: ReturnCheck) -> None:
        first = check.lines[0].dossier
        self._title.setText(self.tr("Result for {name}").format(name=first.applicant.full_name))
        told = [f"{line.dossier.procedure_name} {line.dossier.code}" for line in check.lines]
        self._line.show_text(" · ".join(told))
        late = any(line.apology_due for line in check.lines)
        self._badge.show_look(BadgeLook("danger", "alert-triangle", self.tr("Late")) if late else BadgeLook(
            "accent", "check", self.tr("In time")))
        self._badge.show()
        self._post.setText(self.tr("Delivered by post") if first.parcel else self.tr("Send by post"))
        self._post.setVisible(len(check.lines) == 1 and first.delivery is DeliveryMethod.POSTAL and check.ok)
        problem = next((line.problem for line in check.lines if line.problem), None)
        if problem:
            self.banner.say("danger", sentence_of(problem))
        else:
            self.banner.hide()

    def _show_nobody(self) -> None:
        self._chosen = _Chosen()
        self._title.setText(self.tr("Hand over a result"))
        self._line.show_text("")
        self._nobody.setVisible(True)
        for part in (*self.steps, self._rating_row, self._badge, self._post, self.banner):
            part.setVisible(False)
        if self.narrow:
            self.set_narrow(True)
        self.actions_changed.emit()

    def _look(self) -> None:
        for step in self.steps:
            step.look()
        self.actions_changed.emit()

    def _load_waiting(self) -> None:
        counter, actor = self.context.counter, self.context.session.actor
        self.context.tasks.run(_waiting, counter, actor, done=self._show_waiting, key="waiting results")

    def _show_waiting(self, waiting: tuple[Waiting, ...]) -> None:
        self.waiting.show_waiting(waiting)
        if self._chosen.check is not None:
            self.waiting.select(self._chosen.codes[0])


def _hand_back(command: ReturnResults, desk: ActDesk) -> Done:
    """Hand back; runs on the data thread."""
    return desk.counter.life.returning.return_(replace(command, **desk.how), desk.actor)


def _of_person(counter: Counter, id_number: str, actor: Actor) -> tuple[str, ...]:
    """Return the codes of a person's results that wait; runs on the data thread."""
    return tuple(each.row.code for each in counter.dossiers.earlier_of(id_number, actor) if each.row.status is Status.RESULT_READY)


def _waiting(counter: Counter, actor: Actor) -> tuple[Waiting, ...]:
    """Return what waits, with its age in days; runs on the data thread."""
    today = counter.clock.now().date()
    rows = counter.dossiers.list(ListFilter.RESULT_WAITING, actor, MOST).rows
    return tuple(Waiting.of(each, today) for each in rows)
