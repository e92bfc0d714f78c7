"""The right column of the home page: how many were received beside a usual day, and how many were in time."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QBoxLayout, QProgressBar, QSizePolicy, QWidget

from counter_app.services.dossiers.home import HomeFigures
from counter_app.services.reports.values import shown
from ui.theme import Theme
from ui.widgets.bar_chart import Bar, BarChart
from ui.widgets.sheet import Line, Sheet, hold_width, label, row

WIDTH = 296



def share_text(part: int, whole: int) -> str:
    """Return ``99,1 %``: cut, not rounded, so that 100 % means all."""
    permille = part * 1000 // whole
    return f"{permille // 10},{permille % 10} %"


class DayColumn(QWidget):
    """Two sheets: the day's intake, and the share in time of this reporting period."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._both = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.setSpacing(theme.px(16))
        self._both.addWidget(self._make_intake(), 1)
        self._both.addWidget(self._make_on_time())
        self.set_wide(False)

    def set_wide(self, wide: bool) -> None:
        """Stand the two sheets side by side, as a pane of its own; otherwise one above the other in a column."""
        self._both.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        self._both.setStretch(1, 1 if wide else 0)
        hold_width(self, None if wide else self._theme.px(WIDTH))

    def _make_intake(self) -> Sheet:
        theme = self._theme
        sheet = Sheet(theme, spacing=4)
        self._usual = label(theme, tone="muted")
        sheet.body.addLayout(row(label(theme, self.tr("Received"), bold=True), None, self._usual))
        self._received = label(theme, kind="figure")
        self._received.setFixedHeight(theme.px(44))
        sheet.body.addWidget(self._received)
        self._chart = BarChart(theme, self.tr("Received by hour"))
        sheet.body.addWidget(self._chart, 1)
        self._legend = label(theme, tone="muted")
        sheet.body.addWidget(self._legend)
        sheet.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        return sheet

    def _make_on_time(self) -> Sheet:
        theme = self._theme
        sheet = Sheet(theme, spacing=6)
        self._since = label(theme, tone="muted")
        sheet.body.addLayout(row(label(theme, self.tr("In time this period"), bold=True), None, self._since))
        self._share = label(theme, kind="figure")
        self._share.setFixedHeight(theme.px(44))
        sheet.body.addWidget(self._share)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("In time this period"))
        sheet.body.addWidget(self._bar)
        self._words = label(theme, wrap=True)
        sheet.body.addWidget(self._words)
        sheet.body.addWidget(Line(theme))
        self._target = label(theme, tone="muted")
        sheet.body.addWidget(self._target)
        return sheet

    def show_figures(self, figures: HomeFigures, hour: int) -> None:
        """Show other figures; ``hour`` is the present one, written in bold."""
        self._received.setText(str(figures.received_today))
        self._usual.setText(self.tr("usually {count}").format(count=figures.usual_today) if figures.usual_today else "")
        bars = tuple(Bar(f"{at:02d}", today, usual, now=at == hour) for at, today, usual in figures.hours)
        spoken = ", ".join(self.tr("{hour}: {count}").format(hour=bar.word, count=bar.value) for bar in bars)
        self._chart.show_bars(bars, spoken)
        self._legend.setText(self.tr("dark: today, light: usual") if figures.usual_today else self.tr("by hour"))
        self._since.setText(self.tr("since {date}").format(date=f"{figures.period_from:%d/%m}"))
        self._show_share(figures.on_time_count, figures.on_time_total)
        self._target.setText(self.tr("Target: more than {share}").format(share=shown(figures.on_time_target, "permille")))

    def _show_share(self, in_time: int, total: int) -> None:
        self._share.setText(share_text(in_time, total) if total else "–")
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(in_time)
        words = QCoreApplication.translate("DayColumn", "{in_time} of {total} finished in time")
        self._words.setText(words.format(in_time=in_time, total=total) if total else self.tr("nothing finished yet"))
