"""What some lines need besides: who signs, another procedure of the register, a copy that is signed electronically."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from counter_app.domain.catalogue import Procedure
from counter_app.domain.certification import CertificationKind, CertifiedLine, rule_of
from counter_app.domain.text import tidy
from ui.theme import Theme
from ui.widgets.form import ChoiceField, TextField

Offered = Mapping[CertificationKind, Sequence[Procedure]]
OF_ONESELF = frozenset({CertificationKind.SIGNATURE, CertificationKind.TRANSLATOR})
"""Kinds that attest the requester where nobody else is named."""


class LineDetails(QWidget):
    """The second row of the line being typed. It shows itself for all that attests people; for copies only when it is asked for."""

    edited = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offered: Offered = {}
        self._kind = CertificationKind.COPY
        self._wanted = False
        self.electronic = QCheckBox(self.tr("Electronic copy"))
        self.procedure = ChoiceField(theme)
        self.parties = TextField(theme)
        named = ((self.electronic, self.electronic.text(), "electronic"), (self.procedure, self.tr("Procedure"), "procedure_code"),
                 (self.parties, self.tr("Who signs"), "parties"))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, theme.px(12), theme.px(6))
        line.setSpacing(theme.px(12))
        for part, word, name in named:
            part.setAccessibleName(word)
            part.setObjectName(f"line.{name}")
            line.addWidget(part, 0 if part is self.electronic else 1)
        self.electronic.toggled.connect(self.edited)
        self.procedure.currentIndexChanged.connect(self.edited)
        self.parties.textEdited.connect(self.edited)
        self.show_kind(self._kind)

    def set_procedures(self, offered: Offered) -> None:
        """Offer these procedures from now on; the chosen one stays chosen."""
        chosen = self._chosen()
        self._offered = offered
        self._fill(chosen)

    def show_kind(self, kind: CertificationKind) -> None:
        """Show what a kind needs."""
        if kind is not self._kind:
            self._kind = kind
            self._fill("")
        alone = kind in OF_ONESELF
        self.parties.setPlaceholderText(
            self.tr("Who signs, with their papers; empty: the requester") if alone else self.tr("The parties and their papers"))
        self._look()

    def put(self, line: CertifiedLine | None) -> None:
        """Show the details of a line to be changed; None: nothing is asked for yet."""
        blocked = [QSignalBlocker(part) for part in (self.electronic, self.procedure, self.parties)]
        self._wanted = line is not None and (line.electronic or bool(line.procedure_code))
        self.electronic.setChecked(line is not None and line.electronic)
        self.parties.setText(line.parties if line else "")
        self._fill(line.procedure_code if line else "")
        self._look()
        del blocked

    def ask(self) -> QWidget:
        """Show the row for a copy too; return the part to begin at."""
        self._wanted = True
        self._look()
        return self.parties if self.has_parties else self.electronic

    @property
    def has_parties(self) -> bool:
        """Tell whether whoever signs is asked for."""
        return self._kind is not CertificationKind.COPY

    def added_to(self, line: CertifiedLine) -> CertifiedLine:
        """Return a line with what stands here; what the kind does not ask for says nothing."""
        electronic = bool(rule_of(line.kind).electronic_register) and self.electronic.isChecked()
        return replace(
            line, parties=tidy(self.parties.text()) if self.has_parties else "", procedure_code=self._chosen(), electronic=electronic)

    def _chosen(self) -> str:
        """Return the code of another procedure than the kind's own one; empty for that."""
        return str(self.procedure.currentData() or "") if self.procedure.currentIndex() > 0 else ""

    def _fill(self, chosen: str) -> None:
        blocked = QSignalBlocker(self.procedure)
        self.procedure.clear()
        for each in self._offered.get(self._kind, ()):
            self.procedure.addItem(each.name, each.code)
        self.procedure.setCurrentIndex(max(0, self.procedure.findData(chosen)))
        self.procedure.setToolTip(self.procedure.currentText())
        del blocked

    def _look(self) -> None:
        self.electronic.setVisible(bool(rule_of(self._kind).electronic_register))
        self.procedure.setVisible(len(self._offered.get(self._kind, ())) > 1)
        self.parties.setVisible(self.has_parties)
        self.setVisible(self.has_parties or self._wanted)
