"""Who and when, of an opened dossier: four facts side by side, and below them what is said of few dossiers only."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from counter_app.domain.dossier import DeliveryMethod
from counter_app.services.deadlines.wording import long_time
from ui.dialogs.acts.description import ActFacts
from ui.notices import language
from ui.theme import Theme
from ui.widgets.buttons import IconButton
from ui.widgets.sheet import ElidedLabel, Sheet, label, row

SHARES = {"who": 4, "id": 4, "phone": 3, "due": 5}
"""The four facts and their shares of the width."""


class FactsSheet(Sheet):
    """``reveal_wanted`` when the whole identity number is to be shown, or masked again."""

    reveal_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._theme = theme
        words = {"who": self.tr("Applicant"), "id": self.tr("Identity number"), "phone": self.tr("Telephone"), "due": self.tr("Due")}
        self.values: dict[str, ElidedLabel] = {}
        self._facts = {name: self._make_fact(name, word) for name, word in words.items()}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(24))
        self.body.addLayout(self._grid)
        self._more = QGridLayout()
        self._more.setHorizontalSpacing(theme.px(12))
        self._more.setVerticalSpacing(theme.px(2))
        self._more.setColumnStretch(1, 1)
        self.body.addLayout(self._more)
        self.set_narrow(narrow=False)

    def set_narrow(self, *, narrow: bool) -> None:
        """Stand in two rows where four facts side by side would be cut."""
        across = 2 if narrow else len(self._facts)
        for at, (name, fact) in enumerate(self._facts.items()):
            self._grid.addWidget(fact, at // across, at % across)
            self._grid.setColumnStretch(at, (0 if narrow and at >= across else 1) if narrow else SHARES[name])

    def show_facts(self, facts: ActFacts, number: str) -> None:
        """Show a dossier; ``number`` is its whole identity number while it may be seen, else empty."""
        view, dossier = facts.view, facts.dossier
        self.values["who"].show_text(dossier.applicant.full_name)
        self.show_number(number or view.masked_id)
        self.values["phone"].show_text(dossier.applicant.phone or "–")
        self.values["due"].show_text(long_time(dossier.due_at, language()) if dossier.due_at else self.tr("no date"))
        self._show_more(self._more_facts(facts))

    def show_number(self, number: str) -> None:
        """Show the identity number, whole or masked."""
        self.values["id"].show_text(number or "–")

    def _show_more(self, facts: list[tuple[str, str]]) -> None:
        while (item := self._more.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for at, (word, text) in enumerate(facts):
            self._more.addWidget(label(self._theme, word, tone="muted"), at, 0, Qt.AlignmentFlag.AlignTop)
            self._more.addWidget(label(self._theme, text, wrap=True), at, 1)

    def _make_fact(self, name: str, word: str) -> QWidget:
        theme = self._theme
        fact, value = QWidget(), ElidedLabel()
        fact.setProperty("kind", "clear")
        value.setFont(theme.font(bold=name in ("who", "due")))
        self.values[name] = value
        column = QVBoxLayout(fact)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(label(theme, word, tone="muted"))
        if name != "id":
            column.addWidget(value)
            return fact
        eye = IconButton(theme, "eye", self.tr("Show the identity number"))
        eye.setFixedSize(theme.px(24), theme.px(20))
        eye.clicked.connect(self.reveal_wanted)
        value.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        column.addLayout(row(value, eye, None, spacing=theme.px(4)))
        return fact

    def _more_facts(self, seen: ActFacts) -> list[tuple[str, str]]:
        """Return what is said of few dossiers, each with its word: who has the paper, who came instead, a note …"""
        dossier, facts = seen.dossier, self._ties(seen)
        if (came := dossier.submitter) is not None:
            told = (came.full_name, came.relation, came.phone, came.authorisation)
            facts.append((self.tr("Submitted by"), ", ".join(part for part in told if part)))
        if dossier.delivery is not DeliveryMethod.DESK:
            way = self.tr("By post") if dossier.delivery is DeliveryMethod.POSTAL else self.tr("Online")
            facts.append((self.tr("Result back"), f"{way}: {dossier.delivery_address}" if dossier.delivery_address else way))
        if dossier.entered_later:
            facts.append((self.tr("Entered later"), dossier.entered_later))
        if dossier.note:
            facts.append((self.tr("Note"), dossier.note))
        return facts

    def _ties(self, seen: ActFacts) -> list[tuple[str, str]]:
        """Return who has the paper, under which other codes the dossier is known, and what it is linked with."""
        dossier = seen.dossier
        receiver = dossier.hand_overs[-1].received_by if dossier.hand_overs else ""
        others = [each.code for each in dossier.codes if each.code != dossier.code]
        ties = (
            (self.tr("Paper with"), [dossier.holder, receiver] if dossier.hand_overs else []), (self.tr("Other code"), others),
            (self.tr("Linked with"), list(seen.linked)),
        )
        return [(word, ", ".join(filter(None, parts))) for word, parts in ties if parts]
