"""What a person says of a set of pages: which paper is which page, and what stands on a paper or result."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from counter_app.domain.digitised import WHOLE, FileTarget, PaperDetails
from counter_app.domain.scan_batch_acts import Describe, Several
from counter_app.services.scanning.habits import PartPages
from ui.dialogs.scanning.describe_set import DescribeSetDialog
from ui.dialogs.scanning.describing import SetQuestions
from ui.dialogs.scanning.set_papers import SetPapersDialog
from ui.models.scan_stack import SetLook, StackLook, papers_of
from ui.models.set_papers import PaperChoice, PaperOption, SetPage, acts_of
from ui.pages.scanning.editing import StackEditing

OF_A_SET = frozenset({"papers_of_set", "describe_set"})
"""Acts on a set that knows its dossier."""


class SetActs(StackEditing):
    """Kept at once like every other act, and can be undone."""

    @property
    def has_free_set(self) -> bool:
        """The current page is in a set that knows its dossier and is not filed."""
        return self._free_set() is not None

    def do_papers_of_set(self) -> None:
        """P: say which paper each page of the set is."""
        if (found := self._free_set()) is not None:
            self.context.tasks.run(self._desk.habit, found, done=partial(self._ask_papers, found), failed=self._refuse)

    def do_describe_set(self) -> None:
        """D: say what stands on the paper."""
        if (found := self._free_set()) is not None:
            page = found.group.sheets[0].page_id
            self.context.tasks.run(self._desk.describing, found, done=partial(self._ask_details, page), failed=self._refuse)

    def _free_set(self) -> SetLook | None:
        found = self._look.set_of(self.strip.current) if self._look and self.strip.current else None
        return found if found is not None and found.dossier is not None and not found.group.filed and not found.group.doubt else None

    def _ask_papers(self, found: SetLook, habit: Sequence[PartPages]) -> None:
        if found.dossier is None or self._look is None:
            return
        options = tuple(PaperOption(*each) for each in papers_of(found.dossier))
        now = next((each for each in options if (each.target, each.part) == (found.group.target, found.part)), options[0])
        shown = map(self.strip.page, (sheet.page_id for sheet in self._look.batch.visible(found.group)))
        pages = tuple(SetPage(each.page_id, each.number, now) for each in shown if each)
        begin_as_before = found.group.part is None and now.part == WHOLE
        choice = PaperChoice(found.dossier.code, pages, options, tuple(habit), begin_as_before)
        dialog = SetPapersDialog(self.context.theme, choice, self)
        dialog.agreed.connect(partial(self._divide_set, found.dossier.code))
        dialog.open()

    def _divide_set(self, code: str, pages: Sequence[SetPage]) -> None:
        self._change(self._desk.act, Several(acts_of(pages, code)))

    def _ask_details(self, page: str, asked: SetQuestions) -> None:
        dialog = DescribeSetDialog(self.context, asked, self)
        dialog.entered.connect(partial(self._describe, page))
        dialog.open()

    def _describe(self, page: str, details: PaperDetails, replaces: str) -> None:
        self._change(self._desk.act, Describe(page, details, replaces))

    def _assign(self, code: str, target: FileTarget, part: str | None) -> None:
        """A result is digitised with its number, day and signer: they are asked for at once (domain guide 11)."""
        if target is not FileTarget.RESULT:
            super()._assign(code, target, part)
        elif self.strip.current:
            self.context.tasks.run_slow(
                self._desk.assign, self.strip.current, code, target, part, done=self._describe_result, failed=self._refuse_code)

    def _describe_result(self, look: StackLook) -> None:
        self._take_look(look)
        self.trigger("describe_set")
