"""How the commune tells its citizens: over which way, on what occasion, with which words, for how long. The words are shown as sent."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QWidget

from counter_app.domain.errors import DeskError, RuleBrokenError
from counter_app.domain.message import SMS_LENGTH, MessageChannel, Occasion
from counter_app.domain.people import Permission
from counter_app.domain.text import tidy
from counter_app.services.citizens.message_words import MessageSettings, OwnWords, example, source
from counter_app.services.citizens.messages import Writing
from ui.context import DeskContext
from ui.dialogs.base import ScrollingDialog
from ui.notices import sentence_of, sentences_of
from ui.widgets.banner import Banner
from ui.widgets.buttons import LinkButton, PrimaryButton, SecondaryButton
from ui.widgets.form import ChoiceField, Form, TextField
from ui.widgets.sheet import Line, label, row

translate = QCoreApplication.translate
EXAMPLE = "Xác nhận tình trạng hôn nhân"
TEXT_HEIGHT = 62


class MessageSettingsDialog(ScrollingDialog):
    """One occasion at a time; what was written for the others is kept until all is saved. ``saved`` when it is stored."""

    saved = Signal()

    def __init__(self, context: DeskContext, writing: Writing, parent: QWidget) -> None:
        super().__init__(context.theme, translate("MessageSettingsDialog", "Messages to citizens: settings"), parent, width=820)
        self._context, self._writing, theme = context, writing, context.theme
        self._occasions = set(writing.wishes.occasions)
        self._own = {each.occasion: each for each in writing.wishes.own}
        self._shown = Occasion.RESULT_READY
        self.banner = Banner(theme)
        self.channel, self.occasion = ChoiceField(theme), ChoiceField(theme)
        self.remind, self.days = TextField(theme), TextField(theme)
        self.plain = QCheckBox(self.tr("Write without accents: an SMS holds more"))
        self.told = QCheckBox(self.tr("Tell citizens on this occasion"))
        self.text, self.postal = _text_box(theme.px(TEXT_HEIGHT)), _text_box(theme.px(TEXT_HEIGHT))
        self.preview = label(theme, wrap=True)
        self.form = Form(theme)
        self._add_rows()
        told, sure = source()
        self.body.addWidget(self.banner)
        self.inside.body.addWidget(self.form)
        self.body.addWidget(self.area, 1)
        usual = LinkButton(theme, self.tr("Take the program's words"))
        usual.clicked.connect(self._take_usual)
        self.inside.body.addLayout(row(label(theme, self.tr("As it is sent"), tone="muted"), None, usual))
        self.inside.body.addWidget(self.preview)
        words = self.tr("Program's words {version}: {source} Confidence: {sure}.")
        words = words.format(version=writing.words.version, source=told, sure=sure)
        self.inside.body.addWidget(label(theme, words, tone="muted", wrap=True))
        self.inside.body.addStretch(1)
        self._fill()
        self._add_buttons()

    def _add_rows(self) -> None:
        form = self.form
        form.add_row(self.tr("Way"), self.channel, "channel", at=(0, 0), span=2)
        form.add_row(
            self.tr("Remind of a result after so many days (0: never)"), self.remind, "remind_after_days", at=(0, 2), span=2)
        form.add_wide(self.plain, 1)
        form.add_wide(Line(self.theme), 2)
        form.add_row(self.tr("Occasion"), self.occasion, "occasion", at=(3, 0), span=2)
        form.add_row(self.tr("Expires after so many days"), self.days, "expires_after_days", at=(3, 2), span=2)
        form.add_wide(self.told, 4)
        hint = self.tr("Empty: the program's words. {code}, {procedure}, {place} and {hours} are filled in.")
        words = self.tr("Text. {code}, {procedure}, {place} and {hours} are filled in")
        form.add_row(words, self.text, "text", at=(5, 0), span=4, hint=hint)
        form.add_row(self.tr("Text where the result goes by post"), self.postal, "text_postal", at=(6, 0), span=4, hint=hint)

    def _add_buttons(self) -> None:
        self.save = PrimaryButton(self.theme, self.tr("Save"))
        cancel = SecondaryButton(self.theme, self.tr("Cancel"), key="Esc")
        for button, slot in ((self.save, self._save), (cancel, self.reject)):
            button.clicked.connect(slot)
            button.setAutoDefault(False)
            self.add_button(button)
        if not self._context.session.actor.may(Permission.MANAGE_DESK):
            self.banner.say("neutral", self.tr("Only an administrator changes how citizens are told."))
            self.save.setEnabled(False)

    def _fill(self) -> None:
        wishes = self._writing.wishes
        for channel in MessageChannel:
            self.channel.addItem(_channel_word(channel), channel)
        self.channel.setCurrentIndex(self.channel.findData(wishes.channel))
        self.remind.setText(str(wishes.remind_after_days))
        self.plain.setChecked(wishes.without_accents)
        for occasion in Occasion:
            self.occasion.addItem(self._writing.words.title(occasion), occasion)
        self.occasion.setCurrentIndex(self.occasion.findData(self._shown))
        self._show_occasion()
        self.occasion.currentIndexChanged.connect(self._turn)
        self.plain.toggled.connect(self._show_preview)
        for box in (self.text, self.postal):
            box.textChanged.connect(self._show_preview)

    # --- one occasion after the other ---------------------------------------------------------------------------------

    def _turn(self, _: int) -> None:
        self._keep()
        self._shown = Occasion(self.occasion.currentData())
        self._show_occasion()

    def _keep(self) -> None:
        """Note what stands in the fields of the occasion that is shown."""
        days = self.days.text().strip()
        number = (int(days) if days.isascii() and days.isdigit() and len(days) <= 4 else 0) if days else None
        own = OwnWords(self._shown, tidy(self.text.toPlainText()), tidy(self.postal.toPlainText()), number)
        self._own[self._shown] = own
        (self._occasions.add if self.told.isChecked() else self._occasions.discard)(self._shown)

    def _show_occasion(self) -> None:
        words, own = self._writing.words, self._own.get(self._shown, OwnWords(self._shown))
        self.form.show_problems({})
        self.told.setChecked(self._shown in self._occasions)
        self.days.setText("" if own.expires_after_days is None else str(own.expires_after_days))
        self.days.setPlaceholderText(str(words.usual_days(self._shown)))
        self.text.setPlainText(own.text)
        self.text.setPlaceholderText(words.text(self._shown))
        self.postal.setPlainText(own.text_postal)
        self.postal.setPlaceholderText(words.text(self._shown, postal=True))
        self.form.row("text_postal").setVisible(words.has_postal(self._shown))
        self._show_preview()

    def _show_preview(self, _: object = None) -> None:
        """Show the text of the occasion as a citizen would read it, or what is wrong with it."""
        self.preview.setText("\n".join(self._as_sent(text) for text in self._texts()))

    def _texts(self) -> list[str]:
        words = self._writing.words
        texts = [tidy(self.text.toPlainText()) or words.text(self._shown)]
        if words.has_postal(self._shown):
            texts.append(tidy(self.postal.toPlainText()) or words.text(self._shown, postal=True))
        return texts

    def _as_sent(self, text: str) -> str:
        try:
            made = example(text, self._writing.place, self._writing.hours, EXAMPLE, without_accents=self.plain.isChecked())
        except RuleBrokenError as error:
            return sentences_of(error)
        return f"{made} ({len(made)}/{SMS_LENGTH})"

    def _take_usual(self) -> None:
        self.text.clear()
        self.postal.clear()
        self.days.clear()

    # --- saving -------------------------------------------------------------------------------------------------------

    def _save(self) -> None:
        self._keep()
        self.form.show_problems({})
        self.save.setEnabled(False)
        save, actor = self._context.counter.citizens.messages.save_wishes, self._context.session.actor
        self._context.tasks.run(save, self._wanted(), actor, done=self._finish, failed=self._refuse)

    def _wanted(self) -> MessageSettings:
        days = self.remind.text().strip()
        return replace(
            self._writing.wishes, channel=MessageChannel(self.channel.currentData()), without_accents=self.plain.isChecked(),
            remind_after_days=int(days) if days.isascii() and days.isdigit() and len(days) <= 4 else -1,
            occasions=tuple(each for each in Occasion if each in self._occasions),
            own=tuple(own for own in self._own.values() if own != OwnWords(own.occasion)))

    def _finish(self, _: object) -> None:
        self.saved.emit()
        self.accept()

    def _refuse(self, error: DeskError) -> None:
        """Show the occasion that something is wrong with, each sentence at its field."""
        self.save.setEnabled(True)
        at = [problem.field.split(".") for problem in error.problems if problem.field]
        about = next((parts[1] for parts in at if parts[0] == "own"), "")
        if about:
            self.occasion.setCurrentIndex(self.occasion.findData(Occasion(about)))
        here = {(problem.field or "").removeprefix(f"own.{about}."): sentence_of(problem) for problem in error.problems}
        if not self.form.show_problems(here):
            self.banner.say("danger", sentences_of(error))


def _text_box(height: int) -> QPlainTextEdit:
    made = QPlainTextEdit()
    made.setTabChangesFocus(True)
    made.setFixedHeight(height)
    return made


def _channel_word(channel: MessageChannel) -> str:
    return {
        MessageChannel.SMS: translate("MessageSettingsDialog", "SMS"), MessageChannel.EMAIL: translate("MessageSettingsDialog", "E-mail"),
        MessageChannel.ZALO: translate("MessageSettingsDialog", "Zalo"),
        MessageChannel.CALL: translate("MessageSettingsDialog", "a call, from the printed list")}[channel]
