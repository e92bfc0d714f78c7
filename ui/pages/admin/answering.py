"""A person asks what this desk holds about them: the number they show, and the file that is given to them."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from counter_app.domain.errors import DeskError
from counter_app.domain.people import Permission
from counter_app.services.citizens.person_answer import Answered
from ui.context import DeskContext
from ui.dialogs.save_file import SaveFileDialog
from ui.dialogs.second import Seconded
from ui.notices import sentence_of
from ui.pages.admin.section import Section
from ui.widgets.form import Form, TextField
from ui.widgets.sheet import Sheet, label

NUMBER = 320


class AnsweringSection(Section):
    """One field and one act; nobody is listed, and the number is gone from the screen once the file is written."""

    section_id = "answering"

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        theme = context.theme
        self._seconded = Seconded(context, self)
        self.number = TextField(theme)
        self.number.setFixedWidth(theme.px(NUMBER))
        self.form = Form(theme, submits=True)
        self.form.add_row(self.tr("Identity number on the paper that the person shows"), self.number, "id")
        self.form.submitted.connect(self._ask)
        sheet = Sheet(theme, padding=(24, 16), spacing=12)
        right = self.tr(
            "A person has the right to know what is held about them: dossiers, papers and scans with how long they are kept, messages, to "
            "whom it went, and who looked. Answer within two working days.")
        care = self.tr(
            "Look at the person's paper first. Only the whole number finds anything, nobody else is shown, and the answer is on the audit "
            "trail. It takes a while at a large desk.")
        for words in (right, care):
            sheet.body.addWidget(label(theme, words, wrap=True))
        sheet.body.addWidget(self.form)
        sheet.body.addStretch(1)
        self.body.addWidget(sheet, 1)

    @staticmethod
    def title() -> str:
        """Return the word on the tab."""
        return QCoreApplication.translate("AnsweringSection", "A person asks")

    def keys(self) -> tuple[str, ...]:
        """Return the key line."""
        return ("answer_person",)

    def why_not(self, action_id: str) -> str | None:
        """Whoever leads or runs the desk answers."""
        actor = self.context.session.actor
        allowed = actor.may(Permission.INSPECT) and actor.may(Permission.EXPORT)
        return None if action_id != "answer_person" or allowed else self.tr("Only the head or an administrator answers.")

    def take_focus(self) -> None:
        """Put the focus on the number."""
        self.number.setFocus()

    def do_answer_person(self) -> None:
        """Ask where to, and write the answer."""
        if not self.number.text().strip():
            self.form.show_problems({"id": self.tr("Type the number first.")})
            self.number.setFocus()
            return
        self.form.show_problems({})
        name = f"tra-loi-du-lieu-{self.context.counter.clock.now():%Y-%m-%d}"
        dialog = SaveFileDialog(self.context, self.tr("Answer to a person"), name, (("PDF", ".pdf"), ("JSON", ".json")), self)
        dialog.chosen.connect(self._write)
        dialog.open()

    def _ask(self) -> None:
        self.asked.emit("answer_person")

    def _write(self, out: Path) -> None:
        self.say(self.tr("Looking through everything…"))
        write = partial(self.context.counter.person_answers.write, self.number.text(), out, self.context.session.actor)
        self._seconded.run(write, self._note_written, self._note_refused)

    def _note_refused(self, error: DeskError) -> None:
        """A wrong number is said at its field; a second person is asked for by the one who runs this."""
        self.say("")
        at_field = {problem.field or "": sentence_of(problem) for problem in error.problems}
        if not self.form.show_problems(at_field) and error.code != "SECOND_NEEDED":
            self.context.tasks.refused.emit(error)

    def _note_written(self, done: Answered) -> None:
        self.number.clear()
        self.say("")
        words = self.tr("{count} dossiers told of in {name}. Give it to this person only.")
        self.context.notices.say(words.format(count=done.dossiers, name=done.out.name), "accent")
