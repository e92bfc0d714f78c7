"""Money at the end of a day: what a collector has to hand in, what was counted, to whom it goes; and transfers seen at the bank."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from counter_app.domain.dossier import FeeMethod
from counter_app.domain.errors import DeskError
from counter_app.domain.money import MONEY_METHODS, CashCount, Payment, total
from counter_app.domain.people import Permission
from counter_app.domain.text import money, read_money
from counter_app.services.money.cash_counts import CashCounted, CashStanding, CountCash, Drawer
from ui.context import DeskContext
from ui.dates import short_date, short_time
from ui.dialogs.base import DeskDialog
from ui.notices import sentence_of, sentences_of
from ui.papers import Papers
from ui.widgets.banner import Banner
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.form import ChoiceField, Form, TextField
from ui.widgets.sheet import label

WORDS = {
    FeeMethod.CASH: QT_TRANSLATE_NOOP("CashCountDialog", "Cash"),
    FeeMethod.TRANSFER: QT_TRANSLATE_NOOP("CashCountDialog", "Transfers"),
    FeeMethod.PORTAL: QT_TRANSLATE_NOOP("CashCountDialog", "Portal"),
}


class CashCountDialog(DeskDialog):
    """Counts one drawer after the other; the sheet that both sign opens by itself."""

    def __init__(self, context: DeskContext, parent: QWidget) -> None:
        super().__init__(context.theme, QCoreApplication.translate("CashCountDialog", "Count the day's money"), parent, width=720)
        self._context = context
        self._standing: CashStanding | None = None
        self._papers = Papers(context, self)
        theme = context.theme
        self.banner, self.today, self.difference = Banner(theme), label(theme, tone="muted", wrap=True), label(theme, bold=True)
        self.last = label(theme, tone="muted", wrap=True)
        self.form = self._make_count()
        self.bank = self._make_bank()
        for part in (self.banner, self.today, self.form, self.difference, self.last, self.bank):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.bank.hide()
        self.hand_in = PrimaryButton(theme, self.tr("Hand in and print the sheet"), key="F9")
        self.hand_in.setShortcut(Qt.Key.Key_F9)
        self.hand_in.clicked.connect(self._count)
        close = SecondaryButton(theme, self.tr("Close"), key="Esc")
        close.clicked.connect(self.close)
        self.add_button(self.hand_in)
        self.add_button(close)
        self.load()
        self.fields[FeeMethod.CASH].setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_count(self) -> Form:
        """Whose drawer it is, one field a method, to whom it goes, why it differs."""
        theme = self.theme
        self.drawer = ChoiceField(theme)
        self.drawer.activated.connect(self._choose)
        self.fields = {method: TextField(theme) for method in MONEY_METHODS}
        self.handed_to, self.note = TextField(theme), TextField(theme)
        form = Form(theme, submits=True)
        form.add_row(self.tr("Money of"), self.drawer, "collector", at=(0, 0), span=3)
        for at, (method, field) in enumerate(self.fields.items()):
            form.add_row(self._word(method), field, f"counted.{method.value}", at=(1, at))
            field.textEdited.connect(self._compare)
        form.add_row(self.tr("Handed in to"), self.handed_to, "handed_to", at=(2, 0))
        form.add_row(self.tr("Why it differs"), self.note, "note", at=(2, 1), span=2)
        form.submitted.connect(self._count)
        return form

    def _make_bank(self) -> Form:
        """A transfer that waits, and by which reference it was found on the bank's list."""
        self.transfer, self.reference = ChoiceField(self.theme), TextField(self.theme)
        form = Form(self.theme, submits=True)
        form.add_row(self.tr("Transfer not seen at the bank yet"), self.transfer, "payment_id", at=(0, 0))
        form.add_row(self.tr("Found by reference (Enter)"), self.reference, "reference", at=(1, 0))
        form.submitted.connect(self._match)
        return form

    # --- showing ------------------------------------------------------------------------------------------------------

    def load(self) -> None:
        """Show how the money stands now."""
        self._context.tasks.run(self._context.counter.cash.standing, self._context.session.actor, done=self._show, key="cash")

    @property
    def chosen(self) -> Drawer | None:
        """The drawer that is counted; None where there is none."""
        at = self.drawer.currentIndex()
        return self._standing.drawers[at] if self._standing and 0 <= at < len(self._standing.drawers) else None

    def _show(self, standing: CashStanding) -> None:
        mine = self.chosen.collector if self.chosen else self._context.session.actor.user_id
        self._standing = standing
        self.drawer.clear()
        for drawer in standing.drawers:
            self.drawer.addItem(self.tr("{name}: {count} payments").format(name=drawer.name, count=drawer.payments), drawer.collector)
        self.drawer.setCurrentIndex(max(0, self.drawer.findData(mine)) if standing.drawers else -1)
        self.transfer.clear()
        for first, *others in _by_transfer(standing.unmatched):
            self.transfer.addItem(self._transfer(first, others), first.payment_id)
        self.bank.setVisible(bool(standing.unmatched))
        self._tell_day(standing)
        self._choose()

    def _tell_day(self, standing: CashStanding) -> None:
        exempt = self.tr("exempt: {count}").format(count=standing.today.exempt)
        sums = " · ".join([*self._amounts(standing.today.by_method), exempt])
        self.today.setText(self.tr("Taken on {day}: {sums}").format(day=short_date(standing.today.day), sums=sums))
        self.last.setText(self._last(standing.counts[0], standing.names) if standing.counts else "")
        self.last.setVisible(bool(standing.counts))

    def _choose(self) -> None:
        """Ask for another drawer: what it should hold stands at each field."""
        drawer = self.chosen
        may = self._context.session.actor.may(Permission.RECEIVE)
        self.form.setEnabled(drawer is not None and may)
        self.bank.setEnabled(may)
        self.hand_in.setEnabled(drawer is not None and may)
        for method, field in self.fields.items():
            expected = drawer.expected[method] if drawer else 0
            self.form.row(f"counted.{method.value}").label.setText(
                self.tr("{method}, by the book {amount}").format(method=self._word(method), amount=money(expected)))
            field.setText("" if method is FeeMethod.CASH else money(expected))  # cash is counted by hand, the others are looked up
        self._compare()

    def _compare(self) -> None:
        """Say what is missing or too much while it is typed."""
        drawer, counted = self.chosen, self._counted()
        if drawer is None:
            words = self.tr("No money waits to be handed in.")
        elif counted is None:
            words = self.tr("To be handed in: {amount}").format(amount=money(total(drawer.expected)))
        elif difference := total(counted) - total(drawer.expected):
            missing, over = self.tr("{amount} is missing"), self.tr("{amount} too much")
            words = (missing if difference < 0 else over).format(amount=money(abs(difference)))
        else:
            words = self.tr("{amount}, as the book says").format(amount=money(total(counted)))
        self.difference.setText(words)

    def _counted(self) -> dict[FeeMethod, int] | None:
        amounts = {method: read_money(field.text()) for method, field in self.fields.items()}
        return {method: amount for method, amount in amounts.items() if amount is not None} if None not in amounts.values() else None

    # --- acts ---------------------------------------------------------------------------------------------------------

    def _count(self) -> None:
        drawer, counted = self.chosen, self._counted()
        if drawer is None:
            return
        if counted is None:
            words = self.tr("Count the money and write the amount; 0 where there is none.")
            self.form.show_problems({f"counted.{m.value}": words for m, field in self.fields.items() if read_money(field.text()) is None})
            return
        command = CountCash(
            drawer.collector, counted, self.handed_to.text(), self.note.text(), drawer.expected,
            print=bool(self._context.counter.desk.printer))
        self._context.tasks.run(
            self._context.counter.cash.count, command, self._context.session.actor, done=self._note_count, failed=self._refuse)

    def _note_count(self, done: CashCounted) -> None:
        self.banner.hide()
        self.form.show_problems({})
        self.note.clear()
        self._context.notices.say(self.tr("{amount} handed in.").format(amount=money(total(done.count.counted))), "accent")
        self._papers.open(done.print_id)
        self.load()

    def _match(self) -> None:
        payment_id = self.transfer.currentData()
        if payment_id:
            self._context.tasks.run(
                self._context.counter.cash.match, payment_id, self.reference.text(), self._context.session.actor,
                done=self._note_match, failed=self._refuse_match)

    def _note_match(self, found: tuple[Payment, ...]) -> None:
        self.bank.show_problems({})
        self.reference.clear()
        self._context.notices.say(self.tr("{amount} of {code} found at the bank.").format(
            amount=money(_sum(found)), code=found[0].code), "accent")
        self.load()

    def _refuse(self, error: DeskError) -> None:
        self._put(self.form, error)
        if any(each.code in ("CASH_CHANGED", "CASH_NOTHING") for each in error.problems):
            self.load()

    def _refuse_match(self, error: DeskError) -> None:
        self._put(self.bank, error)

    def _put(self, form: Form, error: DeskError) -> None:
        """Put each sentence at its field; what belongs to none stands above."""
        fields = {each.field: sentence_of(each) for each in error.problems if each.field in form.names()}
        form.show_problems({name: words for name, words in fields.items() if name})
        if len(fields) < len(error.problems):
            self.banner.say("danger", sentences_of(error))

    # --- words --------------------------------------------------------------------------------------------------------

    def _word(self, method: FeeMethod) -> str:
        return QCoreApplication.translate("CashCountDialog", str(WORDS[method]))

    def _amounts(self, sums: Mapping[FeeMethod, int]) -> list[str]:
        return [f"{self._word(method)} {money(amount)}" for method, amount in sums.items()]

    @staticmethod
    def _transfer(first: Payment, others: Sequence[Payment]) -> str:
        """What one transfer is for, with the amount that the bank shows."""
        more, amount = f" +{len(others)}" if others else "", money(_sum((first, *others)))
        return f"{first.code}{more} · {first.payer} · {amount} · {short_time(first.at)} {short_date(first.at.date())}"

    def _last(self, count: CashCount, names: Mapping[str, str]) -> str:
        return self.tr("Last handed in: {amount} of {name} to {to}, {time} {day}").format(
            amount=money(total(count.counted)), name=names.get(count.collector, ""), to=count.handed_to, time=short_time(count.at),
            day=short_date(count.at.date()))


def _by_transfer(payments: Iterable[Payment]) -> Iterable[list[Payment]]:
    """Put together what one transfer pays for, in the order in which the first of each came."""
    found: dict[tuple[object, ...], list[Payment]] = {}
    for each in payments:
        found.setdefault(each.transfer, []).append(each)
    return found.values()


def _sum(payments: Iterable[Payment]) -> int:
    return sum(each.amount_vnd for each in payments)
