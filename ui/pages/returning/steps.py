"""The four steps of handing a result over, each a sheet with its mark."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from counter_app.domain.life import ReceiverKind, ResultPaper, Signed
from counter_app.domain.masking import mask_id
from counter_app.domain.text import money
from counter_app.services.acts.returning import ReturnCheck
from ui.theme import Theme
from ui.widgets.buttons import SecondaryButton
from ui.widgets.choice_card import ChoiceCard
from ui.widgets.form import Form, TextField
from ui.widgets.segmented import SegmentedChoice
from ui.widgets.sheet import IconLabel, Sheet, label, row
from ui.widgets.step_mark import StepMark

translate = QCoreApplication.translate


class Step(Sheet):
    """A sheet with a number, a title and a muted word; ``edited`` when something in it changed."""

    edited = Signal()

    def __init__(self, theme: Theme, number: int, title: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, padding=(16, 10), parent=parent)
        self.theme = theme
        self.mark = StepMark(theme, number)
        self.told = label(theme, tone="muted")
        self.at_end = label(theme, tone="accent")
        self.head: QHBoxLayout = row(self.mark, label(theme, title, bold=True), self.told, None, self.at_end)
        self.body.addLayout(self.head)

    def missing(self) -> tuple[QWidget, str] | None:
        """Return where to go on and what is missing, None where the step is done."""
        return None

    def look(self) -> None:
        """Show whether the step is done."""
        self.mark.set_complete(self.missing() is None)


class ReceiverStep(Step):
    """Who collects: the owner, or somebody with a power of attorney."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, 1, translate("ReturnSteps", "Receiver"), parent)
        self.owner = ChoiceCard(theme, self.tr("The owner of the dossier"), "")
        self.other = ChoiceCard(theme, self.tr("Somebody authorised"), self.tr("power of attorney and identity card"))
        group = QButtonGroup(self)
        for card in (self.owner, self.other):
            group.addButton(card)
        cards = row(self.owner, self.other, spacing=theme.px(12))
        self.body.addLayout(cards)
        self.form = Form(theme)
        self.name, self.paper = TextField(theme), TextField(theme)
        self.form.add_row(self.tr("Full name"), self.name, "receiver_name", at=(0, 0))
        self.form.add_row(self.tr("Number of the power of attorney"), self.paper, "paper_shown", at=(0, 1))
        self.body.addWidget(self.form)
        group.buttonToggled.connect(self._choose)
        self.name.textEdited.connect(self.edited)
        self.paper.textEdited.connect(self.edited)
        self.owner.setChecked(True)

    @property
    def kind(self) -> ReceiverKind:
        """Who was chosen."""
        return ReceiverKind.AUTHORISED if self.other.isChecked() else ReceiverKind.APPLICANT

    def show_check(self, check: ReturnCheck, card_at: str) -> None:
        """Show whose result it is; ``card_at`` is when the card that fits was read."""
        dossier = check.lines[0].dossier
        self.owner.show_line(", ".join(part for part in (dossier.applicant.full_name, mask_id(dossier.applicant.id_number)) if part))
        authorised = check.lines[0].may_collect[1:]
        self.other.show_line(authorised[0] if authorised else self.tr("power of attorney and identity card"))
        self.at_end.setText(self.tr("The card fits, {time}").format(time=card_at) if card_at else "")
        self.form.show_problems({})
        self.name.setText(authorised[0] if authorised else "")
        came = dossier.submitter
        self.paper.setText(came.authorisation if came else "")
        self.owner.setChecked(True)
        self._choose()

    def missing(self) -> tuple[QWidget, str] | None:
        """Name and power of attorney of somebody else."""
        if self.kind is ReceiverKind.APPLICANT:
            return None
        if not self.name.text().strip():
            return self.name, self.tr("Write who collects the result.")
        return None if self.paper.text().strip() else (self.paper, self.tr("Write the number of the power of attorney."))

    def _choose(self, *_: object) -> None:
        self.form.setVisible(self.kind is ReceiverKind.AUTHORISED)
        self.edited.emit()


class CollectStep(Step):
    """What comes back: the slip of each dossier, or why it does not."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, 2, translate("ReturnSteps", "Take back before handing over"), parent)
        self.boxes: dict[str, QCheckBox] = {}
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.px(6))
        self.body.addLayout(self._rows)
        self.lost = QCheckBox(self.tr("The slip is lost"))
        self.lost.toggled.connect(self._toggle_lost)
        self.body.addWidget(self.lost)
        self.form = Form(theme)
        self.note, self.paper = TextField(theme), TextField(theme)
        self.form.add_row(self.tr("What the receiver says about it"), self.note, "note", at=(0, 0))
        self.form.add_row(self.tr("Number of the identity paper that was shown"), self.paper, "paper_of_lost", at=(0, 1))
        self.form.setVisible(False)
        self.body.addWidget(self.form)
        self.note.textEdited.connect(self.edited)
        self.paper.textEdited.connect(self.edited)

    def begin(self) -> None:
        """Somebody else is served: nothing came back yet."""
        self.boxes = {}
        self.lost.setChecked(False)
        self.form.show_problems({})
        self.note.clear()
        self.paper.clear()

    def show_check(self, check: ReturnCheck, scanned: dict[str, str]) -> None:
        """Show the slips of these dossiers; ``scanned`` says when the slip of a code was read. What was ticked stays."""
        back = {code for code, box in self.boxes.items() if box.isChecked()} | set(scanned)
        _empty(self._rows)
        self.boxes = {}
        for line in check.lines:
            code = line.dossier.code
            words = self.tr("Slip {code}, second copy").format(code=code)
            if code in scanned:
                read = self.tr("read at {time}").format(time=scanned[code])
                words = f"{words} · {read}"
            box = QCheckBox(words)
            box.setChecked(code in back)
            box.toggled.connect(self.edited)
            self.boxes[code] = box
            self._rows.addWidget(box)
        self.edited.emit()

    def take_all(self) -> None:
        """F7: everything came back."""
        for box in self.boxes.values():
            box.setChecked(True)

    def missing(self) -> tuple[QWidget, str] | None:
        """The slips, or what is said about a lost one."""
        back = sum(box.isChecked() for box in self.boxes.values())
        self.told.setText(self.tr("{count} of {all}").format(count=back, all=len(self.boxes)))
        if self.lost.isChecked():
            if not self.note.text().strip():
                return self.note, self.tr("Write what the receiver says about the lost slip.")
            return None if self.paper.text().strip() else (self.paper, self.tr("Write the number of the identity paper that was shown."))
        open_box = next((box for box in self.boxes.values() if not box.isChecked()), None)
        return None if open_box is None else (open_box, self.tr("Take the slip back, or note that it is lost."))

    def _toggle_lost(self, lost: bool) -> None:
        self.form.setVisible(lost)
        self.edited.emit()


class GiveStep(Step):
    """What the citizen gets: results, originals, an apology; and what is still to be paid. ``pay_wanted`` opens the payment."""

    pay_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, 3, translate("ReturnSteps", "Give to the citizen"), parent)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.px(8))
        self.body.addLayout(self._rows)
        self.pay = SecondaryButton(theme, self.tr("Take the fee"), icon="cash")
        self.pay.clicked.connect(self.pay_wanted)
        self.body.addLayout(row(self.pay, None))
        self.form = Form(theme)
        self.unpaid = TextField(theme)
        self.form.add_row(self.tr("Or why it is not taken now"), self.unpaid, "unpaid_reason")
        self.body.addWidget(self.form)
        self.unpaid.textEdited.connect(self.edited)
        self.apologised = QCheckBox(self.tr("The desk has apologised for the delay"))
        self.apologised.toggled.connect(self.edited)
        self.body.addWidget(self.apologised)
        self._due_vnd = 0
        self._late = False

    def begin(self) -> None:
        """Somebody else is served."""
        self.unpaid.clear()
        self.form.show_problems({})
        self.apologised.setChecked(False)

    def show_check(self, check: ReturnCheck) -> None:
        """Show what is given."""
        _empty(self._rows)
        for line in check.lines:
            for paper in line.dossier.results:
                self._add_result(paper)
            if line.originals:
                self._add("file-text", self.tr("Originals that were handed in: {count}").format(count=line.originals), line.dossier.code)
        self._due_vnd, self._late = check.fee_due_vnd, any(line.apology_due for line in check.lines)
        paid = [fee for line in check.lines for fee in line.dossier.fees if fee.is_paid]
        told = ", ".join(f"{money(fee.amount_vnd)} {fee.receipt_series} {fee.receipt_number}".strip() for fee in paid)
        words = self.tr("{amount} is to be paid").format(amount=money(self._due_vnd)) if self._due_vnd else self.tr("Nothing is to be paid")
        self._add("cash", words, told)
        self.pay.setVisible(bool(self._due_vnd))
        self.form.setVisible(bool(self._due_vnd))
        self.apologised.setVisible(self._late)
        self.edited.emit()

    def missing(self) -> tuple[QWidget, str] | None:
        """The fee, and the apology of a late result."""
        if self._due_vnd and not self.unpaid.text().strip():
            return self.pay, self.tr("Take the fee, or write why it is not taken now.")
        if self._late and not self.apologised.isChecked():
            return self.apologised, self.tr("The result is late: apologise, then tick it.")
        return None

    def _add_result(self, paper: ResultPaper) -> None:
        number = self.tr("no. {number}").format(number=paper.number) if paper.number else ""
        day = f"{paper.issued_at:%d/%m/%Y}" if paper.issued_at else ""
        self._add("file-certificate", f"{paper.name} {number}".strip(), ", ".join(filter(None, (day, paper.signer))))

    def _add(self, icon: str, title: str, detail: str) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(self.theme, title, wrap=True))
        if detail:
            words.addWidget(label(self.theme, detail, tone="muted", wrap=True))
        line = row(IconLabel(self.theme, icon), spacing=self.theme.px(12))
        line.addLayout(words, 1)
        self._rows.addLayout(line)


class SignStep(Step):
    """How the receiver signs."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, 4, translate("ReturnSteps", "Signature"), parent)
        self.way = SegmentedChoice[Signed](theme, self.tr("Signature"), (
            (self.tr("Paper register"), Signed.BOOK), (self.tr("Printed receipt"), Signed.RECEIPT), (self.tr("Fingerprint"), Signed.MARK)))
        self.head.insertWidget(2, self.way)

    def show_check(self, check: ReturnCheck) -> None:
        """Show where it is signed for."""
        place = check.lines[0].dossier.place
        words = self.tr("Line {number}, book {book}").format(number=place.ordinal, book=place.volume_label) if place else ""
        self.at_end.setText(words)
        self.look()


def _empty(layout: QLayout) -> None:
    """Take away everything in a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (inner := item.layout()) is not None:
            _empty(inner)
        elif (widget := item.widget()) is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()

