"""The first start: three short forms, then the desk is made and its recovery sheet handed over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from counter_app.domain.errors import DeskError
from ui.context import Tools
from ui.notices import sentence_of
from ui.widgets.banner import Banner, focus_first
from ui.widgets.buttons import LinkButton, PrimaryButton, SecondaryButton
from ui.windows.bottom_line import BottomLine
from ui.windows.setup_forms import DeskStep, PersonStep, PlaceStep, SetupStep
from ui.windows.welcome import WelcomePanel, lay_beside

if TYPE_CHECKING:
    from counter_app.services.desk.places import AgencyCodes, Places

FORM = 560


def printer_names() -> list[str]:
    """Return the names of this PC's printers, the default one first. May take seconds where a print server is slow."""
    names = QPrinterInfo.availablePrinterNames()
    default = QPrinterInfo.defaultPrinterName()
    return sorted(names, key=lambda name: (name != default, name))


class SetupScreen(QWidget):
    """``finished`` carries what was typed, by the names of ``CreateDesk``; ``practice_wanted`` the wish to try out first,
    ``restore_wanted`` that this desk has a copy to come from.
    """

    finished = Signal(dict)
    practice_wanted = Signal()
    restore_wanted = Signal()

    def __init__(self, tools: Tools, places: Places, agencies: AgencyCodes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme = tools.theme
        self.welcome = WelcomePanel(theme)
        self.welcome.show_place(self.tr("Quầy Một Cửa"), self.tr("Setting up this desk"))
        hours = [(self.tr("Monday to Friday"), "standard"),
                 (self.tr("Monday to Friday, and Saturday morning"), "standard_saturday_morning")]
        self.steps: Sequence[SetupStep] = (PlaceStep(theme, places, agencies), DeskStep(theme, hours), PersonStep(theme))
        self.banner = Banner(theme)
        self._stack = QStackedWidget()
        for step in self.steps:
            step.finished.connect(self.go_on)
            self._stack.addWidget(step)
        self.next = PrimaryButton(theme, "", key="F9", cap_first=True)
        self.next.clicked.connect(self.go_on)
        self.back = SecondaryButton(theme, self.tr("Back"))
        self.back.clicked.connect(self._go_back)
        self.practice = LinkButton(theme, self.tr("Try out with sample data first"))
        self.practice.clicked.connect(self.practice_wanted)
        self.restore = LinkButton(theme, self.tr("Restore from a copy…"))
        self.restore.clicked.connect(self.restore_wanted)
        self._lay_out()
        self._show(0)
        tools.tasks.run_slow(printer_names, done=self._take_printers)

    def start(self) -> None:
        """Put the focus where the answers begin."""
        focus_first(self.steps[0])

    def go_on(self) -> None:
        """Go to the next form; after the last one the desk can be made."""
        at = self._stack.currentIndex()
        if at < len(self.steps) - 1:
            self._show(at + 1)
        elif not self._person.differs():
            values: dict[str, str] = {}
            for step in self.steps:
                step.form.show_problems({})
                values |= step.values()
            self.banner.hide()
            self.next.setEnabled(False)
            self.finished.emit(values)

    def refuse(self, error: DeskError) -> None:
        """Show every problem at its field and go to the first form that has one; what has no field stands in the banner."""
        self.next.setEnabled(True)
        sentences = {problem.field or "": sentence_of(problem) for problem in error.problems}
        found = self._mark(sentences)
        rest = [sentence for name, sentence in sentences.items() if name not in found]
        if rest:
            self.banner.say("danger", " ".join(rest))

    def _mark(self, sentences: Mapping[str, str]) -> set[str]:
        found: set[str] = set()
        for at, step in enumerate(self.steps):
            here = step.form.show_problems(sentences)
            if here and not found:
                self._show(at)
                step.form.focus_on(here[0])
            found.update(here)
        return found

    @property
    def _person(self) -> PersonStep:
        step = self.steps[-1]
        if not isinstance(step, PersonStep):
            raise TypeError("the last form asks for the person")
        return step

    def _take_printers(self, names: list[str]) -> None:
        step = self.steps[1]
        if isinstance(step, DeskStep):
            step.show_printers(names)

    def _go_back(self) -> None:
        self._show(self._stack.currentIndex() - 1)

    def _show(self, at: int) -> None:
        self._stack.setCurrentIndex(at)
        last = at == len(self.steps) - 1
        self.next.setText(self.tr("Make the desk") if last else self.tr("Continue"))
        self.next.setShortcut("F9")  # after the text: a new text takes the shortcut away
        self.next.updateGeometry()
        self.back.setVisible(at > 0)
        self.practice.setVisible(at == 0)
        self.restore.setVisible(at == 0)
        names = (self.tr("Place and identifier"), self.tr("Hours and printer"), self.tr("First person"), self.tr("Recovery sheet"))
        icons = ["check" if step < at else "chevron-right" if step == at else "progress" for step in range(len(names))]
        self.welcome.show_facts(list(zip(icons, names, strict=True)))
        self.welcome.show_day(self.tr("Step {step} of {steps}").format(step=at + 1, steps=len(names)), "")
        focus_first(self.steps[at])

    def _lay_out(self) -> None:
        px = self._theme.px
        inner = QWidget()
        inner.setProperty("kind", "clear")
        form = QVBoxLayout(inner)
        form.setContentsMargins(px(24), px(56), px(24), px(16))
        form.addWidget(self.banner)
        form.addWidget(self._stack, 1)
        inner.setMaximumWidth(px(FORM) + 2 * px(24))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        bottom = BottomLine(self._theme)
        bottom.fill([self.next, self.back], [self.restore, self.practice])
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(area, 1)
        right.addWidget(bottom)
        lay_beside(self, self.welcome, right)
