"""Whether everything stored still tells the same story, and the way to the audit trail."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from counter_app.domain.errors import DeskError
from counter_app.services.verifying.service import Verified
from ui.context import DeskContext
from ui.models.findings import verified_lines
from ui.pages.admin.section import Section
from ui.widgets.buttons import SecondaryButton
from ui.widgets.findings import FindingsList
from ui.widgets.sheet import label, row


class CheckingSection(Section):
    """Made only when it is asked for: it reads everything, which takes minutes at a large desk."""

    section_id = "checking"

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        theme = context.theme
        self._running = False
        self.check = SecondaryButton(theme, self.tr("Check everything"), icon="file-check")
        self.check.clicked.connect(self._ask)
        told = label(theme, self.tr(
            "Database, audit trail, events, registers, money, numbers, prints and scans are held against one another. Nothing is changed, "
            "no person is named; the work at the desk goes on."), tone="muted", wrap=True)
        head = row(told, self.check, spacing=theme.px(12))
        head.setStretch(0, 1)
        self.list = FindingsList(theme, self.tr("What was checked"))
        self.body.addLayout(head)
        self.body.addWidget(self.list.on_sheet(), 1)

    @staticmethod
    def title() -> str:
        """Return the word on the tab."""
        return QCoreApplication.translate("CheckingSection", "Check of the records")

    def keys(self) -> tuple[str, ...]:
        """Return the key line."""
        return ("verify_desk", "trail")

    def why_not(self, action_id: str) -> str | None:
        """One check at a time."""
        return self.tr("The check is under way.") if action_id == "verify_desk" and self._running else None

    def take_focus(self) -> None:
        """Put the focus on what was found."""
        self.list.setFocus()

    def do_verify_desk(self) -> None:
        """Check everything beside the window."""
        self._running = True
        self.say(self.tr("Checking…"))
        check = partial(self.context.counter.verifying.run, stop=self._is_stopping)
        self.context.tasks.run_slow(check, done=self._show, failed=self._give_up)

    def _is_stopping(self) -> bool:
        """Asked on the worker's thread: the window is going, and shall not wait for minutes."""
        return self.context.tasks.stopping

    def _ask(self) -> None:
        self.asked.emit("verify_desk")

    def _show(self, found: Verified) -> None:
        self._running = False
        self.list.show_lines(verified_lines(found))
        total = sum(found.checked.values())
        at = f"{self.context.counter.clock.now():%H:%M}"
        if found.verified:
            self.say(self.tr("{total} records agree, checked at {time}").format(total=total, time=at))
        else:
            self.say(self.tr("{count} places do not agree, checked at {time}").format(count=len(found.differences), time=at))

    def _give_up(self, error: DeskError) -> None:
        self._running = False
        self.say("")
        self.context.tasks.refused.emit(error)
