"""What stands below the official form: the share in time by month, and the 766 score with what would raise it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from counter_app.services.reports.makers import Content
from counter_app.services.reports.service import Report
from counter_app.services.reports.values import axis_base, shown
from ui.theme import Theme
from ui.widgets.buttons import LinkButton
from ui.widgets.share_chart import ScoreChart, ScoreLine, Share, ShareChart
from ui.widgets.sheet import Sheet, label, row


class ReportPanels(QWidget):
    """Two sheets side by side, one above the other in a narrow window. ``wanted`` carries the item of the score to look at."""

    wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.setSpacing(theme.px(16))
        self._both.addWidget(self._make_share(), 548)
        self._both.addWidget(self._make_score(), 570)
        self._raising = ""

    def set_narrow(self, narrow: bool) -> None:
        """Stand the sheets one above the other where there is no room beside."""
        self._both.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def show_months(self, months: Sequence[Content], target: int) -> None:
        """Show twelve months, the newest strong, beside the share that is wanted, in thousandths."""
        last = months[-1]
        shares = [Share(str(each["month"]).partition("/")[0], each["in_time_permille"]) for each in months]
        words = "; ".join(f"{each['month']}: {shown(each['in_time_permille'], 'permille')}" for each in months)
        self._chart.show_shares(shares, target, words)
        self._now.setText(self.tr("month {number}: {share}").format(number=shares[-1].word, share=shown(shares[-1].permille, "permille")))
        counted = self.tr("{part} of {whole} dossiers. The axis begins at {base}, the line is {mark}.")
        self._count.setText(counted.format(
            part=shown(last["in_time"]), whole=shown(last["resolved"]), base=shown(axis_base(target), "permille"),
            mark=shown(target, "permille")))

    def show_score(self, report: Report) -> None:
        """Show the points of the groups and the item whose dossiers would raise them most."""
        content = report.content
        self._points.setText(f"{shown(content['score'], 'points')} / {shown(content['measured'])}")
        left = content["most"] - content["measured"]
        self._unmeasured.setText(self.tr("{points} points not measured").format(points=shown(left)) if left else "")
        self._score.show_lines([_line(each) for each in content["groups"]])
        best = max((each for each in content["rows"] if each["losing"]), key=_gain, default=None)
        self._raise.setVisible(best is not None)
        self._gain.setVisible(best is not None)
        if best is not None:
            self._raising = best["item"]
            self._raise.setText(self.tr("{count} dossiers: {item}").format(count=shown(best["losing"]), item=best["title"]))
            self._raise.updateGeometry()
            self._gain.setText(self.tr("at most +{points} points").format(points=shown(best["gain"], "points")))

    def _make_share(self) -> Sheet:
        theme = self._theme
        sheet = Sheet(theme, spacing=4)
        self._now = label(theme, bold=True)
        sheet.body.addLayout(row(label(theme, self.tr("Share in time by month"), bold=True), None, self._now))
        self._chart = ShareChart(theme, self.tr("Share in time by month"))
        sheet.body.addWidget(self._chart, 1)
        self._count = label(theme, tone="muted", wrap=True)
        sheet.body.addWidget(self._count)
        return sheet

    def _make_score(self) -> Sheet:
        theme = self._theme
        sheet = Sheet(theme, spacing=4)
        self._points = label(theme, bold=True)
        title = QCoreApplication.translate("ReportPanels", "766 score, estimated")
        self._unmeasured = label(theme, tone="muted")
        sheet.body.addLayout(row(label(theme, title, bold=True), None, self._unmeasured, self._points))
        self._score = ScoreChart(theme, title)
        sheet.body.addWidget(self._score)
        self._raise = LinkButton(theme, "")
        self._raise.clicked.connect(self._tell)
        self._gain = label(theme, tone="muted")
        sheet.body.addLayout(row(self._raise, self._gain, None))
        sheet.body.addStretch(1)
        return sheet

    def _tell(self) -> None:
        self.wanted.emit(self._raising)


def _line(group: Content) -> ScoreLine:
    """Return a group: its points of what there is; a dash for the points where nothing of it was measured."""
    return ScoreLine(group["title"], group["points"] or 0, group["most"], f"{shown(group['points'], 'points')} / {shown(group['most'])}")


def _gain(line: Content) -> float:
    return float(line["gain"])
