"""What few dossiers need: several sets, another way of coming, a note, a receipt entered later, a case of another commune."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from counter_app.domain.dossier import Channel
from counter_app.domain.text import tidy
from ui.context import DeskContext
from ui.dates import read_moment
from ui.widgets.form import ChoiceField, Form, TextField
from ui.widgets.sheet import Sheet, label

FIELDS = ("sets", "received_at", "entered_later", "channel", "note")


class ExtraBox(Sheet):
    """``edited`` comes after every change, ``left`` with the name of a field that was left."""

    edited = Signal()
    left = Signal(str)

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, padding=(16, 10), spacing=6, parent=parent)
        self._context = context
        self.body.addWidget(label(context.theme, self.tr("Seldom needed"), bold=True))
        self.form = Form(context.theme, spacing=(12, 6))
        self._add(self.tr("Sets"), "sets", (0, 0), 1)
        self._add(self.tr("Received at another time"), "received_at", (0, 1), 2, self.tr("08:15 or 20/11/2026 08:15"))
        self._add(self.tr("Why it is entered later"), "entered_later", (0, 3), 3)
        self.channel = ChoiceField(context.theme)
        words = {Channel.DIRECT: self.tr("In person"), Channel.POSTAL: self.tr("By post"), Channel.ONLINE: self.tr("Online")}
        for channel, text in words.items():
            self.channel.addItem(text, channel.value)
        self.channel.activated.connect(self._edit)
        self.form.add_row(self.tr("Handed in"), self.channel, "channel", at=(1, 0), span=2)
        self._add(self.tr("Note"), "note", (1, 2), 4)
        self.out_of_area = QCheckBox(self.tr("Belongs to another commune (out of area)"))
        self.out_of_area.toggled.connect(self._edit)
        self.form.add_wide(self.out_of_area, 2)
        self.body.addWidget(self.form)
        self.form.left.connect(self._leave_field)
        self.restore({})

    def _add(self, text: str, name: str, at: tuple[int, int], span: int, hint: str = "") -> None:
        field = TextField(self._context.theme, placeholder=hint)
        field.setMinimumWidth(self._context.theme.px(64))
        field.textEdited.connect(self._edit)
        self.form.add_row(text, field, name, at=at, span=span, hint=hint)
        if at[0] == 0:
            self.form.grid.setColumnStretch(at[1], span)

    # --- content ------------------------------------------------------------------------------------------------------

    @property
    def sets(self) -> int:
        """How many sets were handed in; 1 where that can't be read (it has its sentence at the field)."""
        text = self.text("sets")
        return int(text) if text.isascii() and text.isdigit() else 1

    @property
    def received_at(self) -> datetime | None:
        """The time of a receipt that is entered later; None: now."""
        return read_moment(self.text("received_at"), self._context.counter.clock.now().date())

    def text(self, name: str) -> str:
        """Return what stands in a field, tidied."""
        field = self.form.row(name).field
        return tidy(field.text()) if isinstance(field, TextField) else ""

    def unreadable(self) -> dict[str, str]:
        """Return the sentences about what can't be read, by field."""
        found = {}
        text = self.text("sets")
        if text and not (text.isascii() and text.isdigit()):
            found["sets"] = self.tr("Write the number of sets in figures.")
        if self.text("received_at") and self.received_at is None:
            found["received_at"] = self.tr("Write the time like 08:15, or 20/11/2026 08:15.")
        return found

    def content(self) -> dict[str, Any]:
        """Return what a draft keeps."""
        texts = {name: self.text(name) for name in FIELDS}
        return texts | {"channel": self.channel.currentData(), "out_of_area": self.out_of_area.isChecked()}

    def restore(self, content: dict[str, Any]) -> None:
        """Show what a draft kept; an empty one empties the box."""
        for name in FIELDS:
            field = self.form.row(name).field
            if isinstance(field, TextField):
                field.setText(str(content.get(name, "1" if name == "sets" else "")))
        self.channel.setCurrentIndex(self.channel.findData(content.get("channel", Channel.DIRECT.value)))
        self.out_of_area.setChecked(bool(content.get("out_of_area")))
        self.form.show_problems({})

    def is_blank(self) -> bool:
        """Tell whether nothing unusual was entered."""
        usual = {"sets": "1", "received_at": "", "entered_later": "", "channel": Channel.DIRECT.value, "note": "", "out_of_area": False}
        return self.content() == usual

    def _edit(self) -> None:
        self.edited.emit()

    def _leave_field(self, name: str) -> None:
        self.left.emit(name)
