"""Beside the queue: how the line is, and how much of it scans may use."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from counter_app.domain.moments import read_local
from counter_app.services.line.desk import LineView
from counter_app.services.line.keeper import LineNews
from counter_app.services.line.terms import MEGABYTE
from ui.models.line_words import age_words, moment_words, news_words, size_words, trouble_words
from ui.theme import Theme
from ui.widgets.buttons import SecondaryButton
from ui.widgets.form import Form, TextField
from ui.widgets.sheet import Sheet, label, row


class LineSheet(Sheet):
    """What the line does now, its rate, when the province last proved itself, how old the oldest thing is that waits."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.title = label(theme, self.tr("The line"), bold=True)
        self.now, self.trouble, self.facts = label(theme, wrap=True), label(theme, wrap=True), label(theme, tone="muted", wrap=True)
        for part in (self.title, self.now, self.trouble, self.facts):
            self.body.addWidget(part)

    def show_line(self, view: LineView, news: LineNews | None, now: datetime) -> None:
        """Show how it is."""
        self.show_news(news)
        standing = view.standing
        if standing is None:
            self.facts.setText(self.tr("Work at the desk goes on as ever; everything is saved on this PC."))
            return
        proven = read_local(standing.proven_at) if standing.proven_at else None
        facts = [self.tr("Last proven contact: {time}").format(time=moment_words(proven, now)),
                 self.tr("Oldest unsent: {age}").format(age=age_words(standing.oldest_unsent_at, now))]
        if news is not None and news.rate:
            facts.append(self.tr("Rate of the last sending: {size}/s").format(size=size_words(news.rate)))
        facts.append(self._scans(view))
        self.facts.setText("\n".join(facts))

    def show_news(self, news: LineNews | None) -> None:
        """Show what the line does now, and why there is none."""
        for part, words in ((self.now, news_words(news)), (self.trouble, trouble_words(news))):
            part.setText(words)
            part.setVisible(bool(words))

    def _scans(self, view: LineView) -> str:
        """Return how much of scans went today, beside the day's budget where that counts."""
        sent, settings = size_words(view.file_bytes_today), view.settings
        if settings.metered or not settings.daily_mb:
            return self.tr("Scans sent today: {size}").format(size=sent)
        return self.tr("Scans sent today: {size} of {most}").format(size=sent, most=size_words(settings.daily_mb * MEGABYTE))


class UseSheet(Sheet):
    """How much of the line scans may use; ``saved`` carries whether it is metered, and the megabytes a day as typed."""

    saved = Signal(bool, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.body.addWidget(label(theme, self.tr("Scans on the line"), bold=True))
        self.metered = QCheckBox(self.tr("The line is metered: scans wait"))
        self.form, self.daily = Form(theme, submits=True), TextField(theme)
        self.daily.setMaxLength(6)
        self.form.add_row(self.tr("MB a day (0: no limit)"), self.daily, "daily_mb", at=(0, 0))
        self.why = label(theme, self.tr("Facts of dossiers always go first; only an administrator changes this."), tone="muted", wrap=True)
        self.save = SecondaryButton(theme, self.tr("Save"))
        self.body.addWidget(self.metered)
        setting = row(self.form, self.save, spacing=theme.px(8))
        setting.setAlignment(self.save, Qt.AlignmentFlag.AlignBottom)
        setting.setStretch(0, 1)
        self.body.addLayout(setting)
        self.body.addWidget(self.why)
        self._shown: tuple[bool, str] | None = None
        self.save.clicked.connect(self._save)
        self.form.submitted.connect(self._save)

    def allow(self, may: bool) -> None:
        """Let this person change it, or only read it."""
        for part in (self.metered, self.daily, self.save):
            part.setEnabled(may)
        self.why.setVisible(not may)

    def show_settings(self, view: LineView) -> None:
        """Show what is set; what somebody ticked or typed and did not save yet stays."""
        found = view.settings.metered, str(view.settings.daily_mb)
        if found != self._shown and self._shown in {None, self._typed()}:
            self.metered.setChecked(view.settings.metered)
            self.daily.setText(str(view.settings.daily_mb))
            self._shown = found

    def forget_typed(self) -> None:
        """What is set may be shown again: it was saved, or the page was left."""
        self._shown = None

    def _typed(self) -> tuple[bool, str]:
        return self.metered.isChecked(), self.daily.text()

    def _save(self) -> None:
        self.saved.emit(*self._typed())
