"""The right column: the current page, the dossier and the paper that its set is, and what is known of the page."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QCheckBox, QWidget

from counter_app.domain.digitised import FileTarget
from counter_app.domain.scan_batch import BatchPage
from ui.models.scan_stack import SetLook, StackLook, StripPage, papers_of
from ui.theme import Theme
from ui.widgets.form import ChoiceField, Form, TextField
from ui.widgets.picture import Picture
from ui.widgets.sheet import ElidedLabel, Sheet, label, row

WIDTH = 404
_MM_IN = 25.4


class PageSide(Sheet):
    """``assigned`` carries code, target and part of the current set; ``clean_wanted`` whether the current page is cleaned.

    ``compare_wanted``: the picture shows the page as it came, for as long as the pointer is down on it.
    """

    assigned = Signal(str, object, object)
    clean_wanted = Signal(bool)
    compare_wanted = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._title = ElidedLabel()
        self._title.setFont(theme.font(bold=True))
        self._state = label(theme, tone="muted")
        self._state.setToolTip(self.tr("Hold V, or hold the pointer down on the picture, to see the page as it came."))
        head = row(self._title, self._state)
        head.setStretchFactor(self._title, 1)
        self.body.addLayout(head)
        self.picture = Picture(theme, self.tr("The current page"))
        self.picture.held.connect(self.compare_wanted)
        self.body.addWidget(self.picture, 1)
        self._facts, self._told = label(theme, tone="muted"), label(theme, tone="muted", wrap=True)
        self.clean = QCheckBox(self.tr("Clean this page (C)"))
        self.clean.clicked.connect(self.clean_wanted)
        self.body.addLayout(row(self._facts, None, self.clean))
        self.body.addWidget(self._told)
        self.form = Form(theme)
        self.code, self.paper = TextField(theme), ChoiceField(theme)
        self._tried = ""
        self.form.add_row(self.tr("Dossier (F3, or scan its slip)"), self.code, "code", at=(0, 0))
        self.form.add_row(self.tr("Paper"), self.paper, "part", at=(1, 0))
        self.form.left.connect(self._assign_code)
        self.paper.activated.connect(self._assign_paper)
        self.body.addWidget(self.form)
        self._set: SetLook | None = None

    def show_page(self, look: StackLook | None, page: StripPage | None) -> None:
        """Show a page of a stack; nothing where there is none."""
        found = look.set_of(page.page_id) if look and page else None
        for part in (self.clean, self.form, self._facts, self._told, self._state):
            part.setVisible(found is not None)
        if look is None or page is None or found is None:
            self._set = None
            self._title.show_text("")
            self.picture.show_image(QImage())
            return
        fresh = self._set is None or self._set.group != found.group
        self._set = found
        self._title.show_text(self.tr("Page {number}, {name}").format(number=page.number, name=page.name) if page.name else self.tr(
            "Page {number}").format(number=page.number))
        self._facts.setText(facts_of(look.batch.page(page.page_id)))
        self._told.setText(page.told)
        self._told.setVisible(bool(page.told))
        sheet = look.sheet(page.page_id)
        self.clean.setChecked(sheet is not None and sheet.clean)
        self._show_set(found, fresh=fresh)

    def _show_set(self, found: SetLook, *, fresh: bool) -> None:
        free = not found.group.filed
        for field in (self.code, self.paper, self.clean):
            field.setEnabled(free)
        if fresh or not self.code.hasFocus():
            self._tried = found.dossier.code if found.dossier else found.group.code
            self.code.setText(self._tried)
            self.form.show_problems({})
        self.paper.clear()
        for name, target, part in papers_of(found.dossier) if found.dossier else ():
            self.paper.addItem(name, (target, part))
            if (target, part) == (found.group.target, found.part):
                self.paper.setCurrentIndex(self.paper.count() - 1)
        self.form.row("part").setVisible(found.dossier is not None)

    def show_before(self, before: bool) -> None:
        """Say what the picture shows: the page as it came, or as it will be filed."""
        self._state.setText(self.tr("as it came") if before else self.tr("as it will be filed"))

    def show_code_problem(self, sentence: str) -> None:
        """Say at the field why no dossier was found."""
        self.form.show_problems({"code": sentence})
        self.form.focus_on("code")

    def _assign_code(self, name: str) -> None:
        """A field was left, by Enter too: another code is another dossier."""
        text = self.code.text().strip()
        if name == "code" and text and text != self._tried and self._set is not None:
            self._tried = text
            self.assigned.emit(text, FileTarget.COMPONENT, None)

    def _assign_paper(self, at: int) -> None:
        if self._set is not None and self._set.dossier is not None:
            target, part = self.paper.itemData(at)
            self.assigned.emit(self._set.dossier.code, FileTarget(target), part)


def facts_of(page: BatchPage) -> str:
    """Return resolution and size in millimetres."""
    wide, high = (round(side / page.dpi * _MM_IN) for side in page.size_px)
    return f"{page.dpi} dpi · {wide} × {high} mm"
