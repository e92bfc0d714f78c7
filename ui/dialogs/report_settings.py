"""What the commune sets for its reports: where its week ends, its targets, what it declares for the 766 score; each beside its source."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QCoreApplication, QLocale, Qt, Signal
from PySide6.QtWidgets import QWidget

from counter_app.domain.errors import DeskError
from counter_app.domain.people import Permission
from counter_app.domain.report_periods import DAYS_OF_WEEK
from counter_app.services.reports.settings import ALL, DECLARED, ReportSettings, source_of
from ui.context import DeskContext
from ui.dates import day_name
from ui.dialogs.base import ScrollingDialog
from ui.notices import sentence_of, sentences_of
from ui.widgets.banner import Banner
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.form import ChoiceField, Form, TextField
from ui.widgets.sheet import label

translate = QCoreApplication.translate
SHARES = ("on_time_target", "on_the_spot_target", *DECLARED)
IMPOSSIBLE = ALL + 1
"""Stands for a share that is no number: the service says what is wrong with it, at its field."""
A_MONDAY = date(2026, 11, 16)


class ReportSettingsDialog(ScrollingDialog):
    """``saved`` when the settings are stored. Shares are typed in per cent; an empty one is not declared."""

    saved = Signal()

    def __init__(self, context: DeskContext, settings: ReportSettings, parent: QWidget) -> None:
        super().__init__(context.theme, translate("ReportSettingsDialog", "Reports: settings"), parent, width=860)
        self._context, self._settings, theme = context, settings, context.theme
        self.banner = Banner(theme)
        self.week, self.receiver = ChoiceField(theme), TextField(theme)
        self.shares = {name: TextField(theme, placeholder=self.tr("not declared") if name in DECLARED else "") for name in SHARES}
        self.form = Form(theme)
        self._add_rows()
        for weekday in range(DAYS_OF_WEEK):
            self.week.addItem(day_name(A_MONDAY + timedelta(days=weekday), start=True), weekday)
        self.week.setCurrentIndex(self.week.findData(settings.week_ends_on))
        self.receiver.setText(settings.receiver)
        for name, field in self.shares.items():
            field.setText(percent(getattr(settings, name)))
        self.body.addWidget(self.banner)
        self.inside.body.addWidget(self.form)
        self.inside.body.addStretch(1)
        self.body.addWidget(self.area, 1)
        self.save = PrimaryButton(theme, self.tr("Save"))
        cancel = SecondaryButton(theme, self.tr("Cancel"), key="Esc")
        for button, slot in ((self.save, self._save), (cancel, self.reject)):
            button.clicked.connect(slot)
            button.setAutoDefault(False)
            self.add_button(button)
        if not context.session.actor.may(Permission.MANAGE_DESK):
            self.banner.say("neutral", self.tr("Only an administrator changes the settings of reports."))
            self.save.setEnabled(False)

    def _add_rows(self) -> None:
        words = {
            "week_ends_on": self.tr("The week ends on"), "on_time_target": self.tr("Wanted share in time (%)"),
            "on_the_spot_target": self.tr("Wanted share on the spot (%)"),
            "publish_on_time": self.tr("Procedures published in time (%)"), "update_on_time": self.tr("Updated and posted in time (%)"),
            "full_content": self.tr("Posted with full content (%)"), "receiver": self.tr("Who reports go to"),
        }
        fields: dict[str, QWidget] = {"week_ends_on": self.week, **self.shares, "receiver": self.receiver}
        self.form.grid.setColumnMinimumWidth(0, self.theme.px(260))
        self.form.grid.setColumnStretch(1, 1)
        for line, (name, field) in enumerate(fields.items()):
            told = self.tr("Printed in the head of the form.")
            if name != "receiver":
                told = self.tr("{source}. Confidence: {sure}.").format(**dict(zip(("source", "sure"), source_of(name), strict=True)))
            self.form.add_row(words[name], field, name, at=(line, 0), hint=told)
            beside = label(self.theme, told, tone="muted", wrap=True)
            self.form.grid.addWidget(beside, 2 * line, 1, Qt.AlignmentFlag.AlignVCenter)

    def _save(self) -> None:
        self.form.show_problems({})
        self.save.setEnabled(False)
        shares: dict[str, Any] = {name: permille(field.text()) for name, field in self.shares.items()}
        wanted = replace(
            self._settings, week_ends_on=int(self.week.currentData()), receiver=self.receiver.text().strip(), **shares)
        keep, actor = self._context.counter.reports.save_settings, self._context.session.actor
        self._context.tasks.run(keep, wanted, actor, done=self._finish, failed=self._refuse)

    def _finish(self, _: object) -> None:
        self.saved.emit()
        self.accept()

    def _refuse(self, error: DeskError) -> None:
        self.save.setEnabled(True)
        if not self.form.show_problems({problem.field or "": sentence_of(problem) for problem in error.problems}):
            self.banner.say("danger", sentences_of(error))


def percent(share: int | None) -> str:
    """Return a share in thousandths as per cent, empty where none was declared: ``95``, ``99,5``."""
    if share is None:
        return ""
    return QLocale().toString(share / 10, "f", 0 if share % 10 == 0 else 1)


def permille(text: str) -> int | None:
    """Return per cent as thousandths, None for nothing; :data:`IMPOSSIBLE` where it is no number with at most one decimal."""
    whole, _, tenth = text.strip().removesuffix("%").strip().replace(",", ".").partition(".")
    if not (whole or tenth):
        return None
    if not (whole + tenth).isascii() or not (whole + tenth).isdigit() or len(whole) > 3 or len(tenth) > 1:
        return IMPOSSIBLE
    return int(whole or 0) * 10 + int(tenth or 0)
