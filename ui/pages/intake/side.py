"""The right column: the appointment as it is counted, what to look at again, and the slip as it will print."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from counter_app.services.deadlines.wording import explain, long_time
from counter_app.services.intake.terms import IntakeCheck
from ui.context import DeskContext
from ui.notices import language, sentence_of
from ui.widgets.banner import Banner
from ui.widgets.buttons import SecondaryButton
from ui.widgets.day_strip import DayStrip
from ui.widgets.paper_view import PaperView
from ui.widgets.sheet import Column, IconLabel, Sheet, label, row

WIDTH = 464


class AppointmentBox(Sheet):
    """When the result is due, counted before the clerk's eyes."""

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, padding=(16, 10), spacing=8, parent=parent)
        theme = context.theme
        self._when = label(theme, kind="title")
        self.body.addLayout(row(label(theme, self.tr("Due"), tone="muted"), None, self._when))
        self._strip = DayStrip(theme)
        self.body.addWidget(self._strip)
        self._why = label(theme, tone="muted", wrap=True)
        self.body.addWidget(self._why)
        self.show_check(None)

    @property
    def words(self) -> str:
        """The appointment in one line."""
        return self._when.text()

    def show_check(self, check: IntakeCheck | None) -> None:
        """Show the appointment of a form; without a procedure say what will be here."""
        appointment = check.appointment if check else None
        if appointment is None:
            given = check is not None and check.procedure is not None
            self._when.setText(self.tr("no date") if given else "–")
            self._strip.show_days((), self.tr("This procedure has no limit in the catalogue: the slip names no day.") if given
                                  else self.tr("Choose the procedure: the days are counted here."))
            self._why.setText("")
            return
        due, words = appointment.due_at, explain(appointment, language())
        self._when.setText(long_time(due, language()) if due else self.tr("no date"))
        self._strip.show_days(appointment.days, words)
        self._why.setText(words[0].upper() + words[1:] if appointment.days else "")


class SlipBox(QFrame):
    """The desk with the slip on it; beside it what and where will be printed. ``zoomed`` asks for the slip in full size."""

    zoomed = Signal()

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = self._theme = context.theme
        self.setProperty("kind", "desk")
        self.paper = PaperView(theme, context.tasks, self.tr("The slip as it will print"))
        self._saved = label(theme, tone="muted", wrap=True)
        self._saved_icon = IconLabel(theme, "pencil", "text_muted")
        self._saved_icon.hide()
        self.large = SecondaryButton(theme, self.tr("Enlarge"), icon="zoom-in")
        self.large.clicked.connect(self.zoomed)
        self.paper.opened.connect(self.zoomed)
        side = QVBoxLayout()
        side.setSpacing(theme.px(6))
        side.addWidget(label(theme, self.tr("Receipt slip"), bold=True))
        profile = context.counter.desk
        papers = {
            "a5": self.tr("A5, two copies"), "a5x2": self.tr("two A5 on A4"), "a4": self.tr("A4, two copies"),
            "80mm": self.tr("80 mm roll"),
        }
        side.addWidget(label(theme, papers.get(profile.paper, profile.paper), tone="muted"))
        if profile.provisional:
            side.addWidget(label(theme, self.tr("provisional code"), tone="muted"))
        side.addSpacing(theme.px(12))
        printer = label(theme, self.tr("Printer") if profile.printer else self.tr("No printer"))
        side.addLayout(row(IconLabel(theme, "printer"), printer, None))
        side.addWidget(label(theme, profile.printer or self.tr("the slip is kept as PDF"), tone="muted", wrap=True))
        side.addStretch(1)
        side.addLayout(row(self._saved_icon, self._saved))
        side.addWidget(self.large)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(16), theme.px(12), theme.px(14), theme.px(12))
        line.setSpacing(theme.px(14))
        line.addWidget(self.paper, 1)
        self._column = QWidget()
        side.setContentsMargins(0, 0, 0, 0)
        self._column.setLayout(side)
        line.addWidget(self._column)
        self.set_narrow(False)

    def set_narrow(self, narrow: bool) -> None:
        """Let the words beside the slip be as wide as they need."""
        self._column.setFixedWidth(self._theme.px(220 if narrow else 140))

    def show_saved(self, words: str) -> None:
        """Show when the draft was kept."""
        self._saved.setText(words)
        self._saved_icon.setVisible(bool(words))


class IntakeSide(QScrollArea):
    """Appointment, warnings, slip. Scrolls where the window is too low for them."""

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = context.theme
        self.appointment = AppointmentBox(context)
        self.warning = Banner(theme)
        self.slip = SlipBox(context)
        inside = Column(theme.px(10))
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside.body.addWidget(self.appointment)
        inside.body.addWidget(self.warning)
        inside.body.addWidget(self.slip, 1)

    def clear(self) -> None:
        """Another form comes: nothing of the one before stays to be read."""
        self.show_check(None)
        self.slip.paper.clear()
        self.slip.show_saved("")

    def take_focus(self) -> None:
        """Put the focus on the one act of this column."""
        self.slip.large.setFocus(Qt.FocusReason.TabFocusReason)
        self.ensureWidgetVisible(self.slip.large)

    def set_narrow(self, narrow: bool) -> None:
        """As a pane of its own the column scrolls; beside the form the slip gives way instead."""
        self.slip.set_narrow(narrow)

    def show_check(self, check: IntakeCheck | None, extra: tuple[str, ...] = ()) -> int:
        """Show appointment and warnings of a form, those about money first: they stand on the slip. ``extra`` are about the card.

        Return how many warnings there are.
        """
        self.appointment.show_check(check)
        warnings = check.warnings if check else ()
        money = [sentence_of(each) for each in warnings if each.code.startswith("FEE")]
        sentences = [*money, *extra, *(sentence_of(each) for each in warnings if not each.code.startswith("FEE"))]
        if not sentences:
            self.warning.hide()
            return 0
        more = self.tr(" (and {count} more)").format(count=len(sentences) - 2) if len(sentences) > 2 else ""
        self.warning.say("warning", " ".join(sentences[:2]) + more)
        self.warning.setToolTip("\n".join(sentences))
        return len(sentences)
