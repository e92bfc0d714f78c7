"""Who, where, what: a tab for each section, and below it the section that is chosen."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QStackedWidget, QWidget

from counter_app.services.changes import Changes
from ui.context import DeskContext
from ui.pages.admin.section import Section
from ui.pages.admin.sections import SECTIONS
from ui.pages.base import Page
from ui.widgets.sheet import label, row
from ui.widgets.tabs import TabLine


class AdminPage(Page):
    """``activate(section=…)`` opens one section; an act of another one, from the palette, opens its section first."""

    page_id = "admin"
    sections: ClassVar[tuple[type[Section], ...]] = SECTIONS

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        theme = context.theme
        self._parts = {kind.section_id: kind(context) for kind in self.sections}
        self._summary = label(theme, tone="muted")
        self.body.addLayout(row(label(theme, self.tr("Administration"), kind="title"), self._summary, None, spacing=theme.px(12)))
        self._tabs = TabLine(theme, self.tr("Sections"), [(part.title(), name) for name, part in self._parts.items()])
        self._tabs.chosen.connect(self._choose)
        self.body.addWidget(self._tabs)
        self._stack = QStackedWidget()
        for part in self._parts.values():
            part.asked.connect(self.trigger)
            part.told.connect(self._note_told)
            self._stack.addWidget(part)
        self.body.addWidget(self._stack, 1)
        self.set_narrow(narrow=False)

    @property
    def chosen(self) -> Section:
        """The section that is shown."""
        return self._parts[self._tabs.value]

    @property
    def help_part(self) -> str:
        """The section that is shown has its own place in the manual."""
        return self.chosen.section_id

    def section(self, name: str) -> Section:
        """Return a section by its id."""
        return self._parts[name]

    # --- the page's life ----------------------------------------------------------------------------------------------

    def page_actions(self) -> tuple[str, ...]:
        """Return the key line of the chosen section."""
        return (*self.chosen.keys(), "next_pane", "back")

    def why_not(self, action_id: str) -> str | None:
        """Say why an act is not possible now."""
        owner = self._owner(action_id)
        return owner.why_not(action_id) if owner is not None else None

    def offers(self, action_id: str) -> bool:
        """Tell whether a section, or the page itself, has the act."""
        return self._owner(action_id) is not None or super().offers(action_id)

    def act(self, action_id: str) -> None:
        """Do an act, in its own section."""
        owner = self._owner(action_id)
        if owner is None:
            super().act(action_id)
            return
        if owner is not self.chosen:
            self._tabs.choose(owner.section_id)
            self._show()
        getattr(owner, f"do_{action_id}")()

    def activate(self, *_: object, **arguments: object) -> None:
        """Load the section that is wanted, or that was open."""
        if "section" in arguments:
            self._tabs.choose(str(arguments["section"]))
        self._show()
        self.chosen.take_focus()

    def leave(self) -> None:
        """Let the section go."""
        self.chosen.leave()

    def refresh(self, changes: Changes) -> None:
        """Let the section that is shown look again; the others do when they are opened."""
        if self.isVisible():
            self.chosen.refresh(changes)

    def set_narrow(self, narrow: bool) -> None:
        """Let every section lay itself out."""
        super().set_narrow(narrow)
        for part in self._parts.values():
            part.set_narrow(narrow)

    def do_next_pane(self) -> None:
        """F6: the panes of the section in turn, then the tabs."""
        if self._tabs.isAncestorOf(self.focusWidget()):
            self.chosen.take_focus()
        elif not self.chosen.to_next_pane():
            self._tabs.setFocus()

    # --- choosing -----------------------------------------------------------------------------------------------------

    def _owner(self, action_id: str) -> Section | None:
        """Return the section that has an act, the chosen one first."""
        return next((part for part in (self.chosen, *self._parts.values()) if hasattr(part, f"do_{action_id}")), None)

    def _choose(self, _: str) -> None:
        """Another tab was taken; the focus stays on it."""
        self._show()

    def _show(self) -> None:
        shown = self._stack.currentWidget()
        if isinstance(shown, Section) and shown is not self.chosen:
            shown.leave()
        self._stack.setCurrentWidget(self.chosen)
        self.chosen.activate()
        self._note_told()

    def _note_told(self) -> None:
        self._summary.setText(self.chosen.summary)
        self.actions_changed.emit()
