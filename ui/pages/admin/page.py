"""Who, where, what: a tab for each section, and below it the section that is chosen."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QWidget

from counter_app.services.changes import Changes
from ui.context import DeskContext
from ui.pages.admin.section import Section
from ui.pages.admin.sections import SECTIONS
from ui.pages.base import Page
from ui.widgets.one_of import OneOf
from ui.widgets.sheet import label, row
from ui.widgets.tabs import TabLine


class AdminPage(Page):
    """``activate(section=…)`` opens one section; an act of another one, from the palette, opens its section first.

    A section is made when it is first opened or asked: most people open one of them, and each would hold memory all day.
    """

    page_id = "admin"
    sections: ClassVar[tuple[type[Section], ...]] = SECTIONS

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        theme = context.theme
        self._kinds = {kind.section_id: kind for kind in self.sections}
        self._parts: dict[str, Section] = {}
        self._summary = label(theme, tone="muted")
        self.body.addLayout(row(label(theme, self.tr("Administration"), kind="title"), self._summary, None, spacing=theme.px(12)))
        self._tabs = TabLine(theme, self.tr("Sections"), [(kind.title(), name) for name, kind in self._kinds.items()])
        self._tabs.chosen.connect(self._choose)
        self.body.addWidget(self._tabs)
        self._place = OneOf()
        self.body.addWidget(self._place, 1)

    @property
    def chosen(self) -> Section:
        """The section that is shown."""
        return self.section(self._tabs.value)

    @property
    def help_part(self) -> str:
        """The section that is shown has its own place in the manual."""
        return self._tabs.value

    def section(self, name: str) -> Section:
        """Return a section by its id."""
        if name not in self._parts:
            part = self._parts[name] = self._kinds[name](self.context)
            part.asked.connect(self.trigger)
            part.told.connect(self._note_told)
            part.set_narrow(self.narrow)
            self._place.add(part)
        return self._parts[name]

    # --- the page's life ----------------------------------------------------------------------------------------------

    def page_actions(self) -> tuple[str, ...]:
        """Return the key line of the chosen section."""
        return (*self.chosen.keys(), "next_pane", "back")

    def why_not(self, action_id: str) -> str | None:
        """Say why an act is not possible now."""
        owner = self._owner(action_id)
        return self.section(owner).why_not(action_id) if owner else None

    def offers(self, action_id: str) -> bool:
        """Tell whether a section, or the page itself, has the act."""
        return bool(self._owner(action_id)) or super().offers(action_id)

    def act(self, action_id: str) -> None:
        """Do an act, in its own section."""
        owner = self._owner(action_id)
        if not owner:
            super().act(action_id)
            return
        if owner != self._tabs.value:
            self._tabs.choose(owner)
            self._show()
        getattr(self.chosen, f"do_{action_id}")()

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
        """Let every section that there is lay itself out."""
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

    def _owner(self, action_id: str) -> str:
        """Return the id of the section that has an act, empty where none has."""
        return next((name for name, kind in self._kinds.items() if hasattr(kind, f"do_{action_id}")), "")

    def _choose(self, _: str) -> None:
        """Another tab was taken; the focus stays on it."""
        self._show()

    def _show(self) -> None:
        shown = self._place.shown
        if isinstance(shown, Section) and shown is not self.chosen:
            shown.leave()
        self._place.show_part(self.chosen)
        self.chosen.activate()
        self._note_told()

    def _note_told(self) -> None:
        self._summary.setText(self.chosen.summary)
        self.actions_changed.emit()
