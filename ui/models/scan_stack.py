"""How a stack of scanned pages reads: its sets, what was read on each page, and why a set waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from counter_app.domain.digitised import WHOLE, FileTarget
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import Problem
from counter_app.domain.scan_batch import Batch, BatchPage, PageGroup, Sheet
from counter_app.domain.scan_split import PageReason, PlannedPage
from counter_app.services.scanning.batches import WaitingBatch
from ui.models.digital_papers import named_apart
from ui.notices import sentence_of

translate = QCoreApplication.translate
DAMAGED = "BATCH_DAMAGED"
"""The one problem of a stack that can be helped from here."""


class Mark(StrEnum):
    """What stands in the corner of a page."""

    PLAIN = "plain"
    CODE = "code"
    WARNING = "warning"
    HIDDEN = "hidden"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class SetLook:
    """One set as a worker found it: its dossier, the paper that it would become, and the problem that makes it wait."""

    group: PageGroup
    dossier: Dossier | None = None
    part: str = WHOLE
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class StackLook:
    """A whole stack as a worker found it; ``judged`` says of a page what was read and what was done with it.

    ``taken`` counts the looks at this desk: answers may arrive in another order than they were made.
    """

    batch_id: str
    batch: Batch
    sets: tuple[SetLook, ...]
    judged: Mapping[str, PlannedPage]
    taken: int = 0

    @property
    def ready(self) -> int:
        """How many sets can be filed now."""
        return sum(1 for each in self.sets if each.dossier and not each.problem and not each.group.filed)

    def set_of(self, page_id: str) -> SetLook | None:
        """Return the set that a page is in."""
        return next((each for each in self.sets if any(sheet.page_id == page_id for sheet in each.group.sheets)), None)

    def sheet(self, page_id: str) -> Sheet | None:
        """Return what is wanted of a page."""
        found = self.set_of(page_id)
        return next((sheet for sheet in found.group.sheets if sheet.page_id == page_id), None) if found else None


@dataclass(frozen=True, slots=True)
class StripPage:
    """A page on the strip; ``number`` counts through the stack, ``told`` says what was read and what is done with it."""

    page_id: str
    number: int
    name: str
    turns: int
    mark: Mark
    told: str


@dataclass(frozen=True, slots=True)
class StripSet:
    """A set on the strip: its dossier and paper, its state as icon, role and word, and why it waits."""

    title: str
    detail: str
    icon: str
    role: str
    word: str
    reason: str
    pages: tuple[StripPage, ...]


def strip_of(look: StackLook, *, hide_blank: bool, coming: bool = False) -> tuple[StripSet, ...]:
    """Return the sets of a stack as they are shown; ``hide_blank``: pages that seem blank are left out of the files.

    ``coming``: more pages are on their way, and the last set waits for nothing but them.
    """
    known = {page.page_id: page for page in look.batch.pages}
    made: list[StripSet] = []
    number = 0
    for each in look.sets:
        name = paper_name(each)
        pages = []
        for sheet in each.group.sheets:
            number += 1
            page, judged = known[sheet.page_id], look.judged.get(sheet.page_id)
            mark = mark_of(page, sheet, judged, hide_blank=hide_blank)
            shown = _page_name(mark, name if each.part != WHOLE else "")
            told = " ".join(filter(None, (lack_of(sheet), told_of(page, judged))))
            pages.append(StripPage(sheet.page_id, number, shown, sheet.turns, mark, told))
        made.append(_set(each, name, tuple(pages)))
    return (*made[:-1], _open(made[-1], look.sets[-1])) if coming and made else tuple(made)


def mark_of(page: BatchPage, sheet: Sheet, judged: PlannedPage | None, *, hide_blank: bool) -> Mark:
    """Return what stands in the corner of a page."""
    if sheet.deleted:
        return Mark.DELETED
    if page.blank and hide_blank and not sheet.shown:
        return Mark.HIDDEN
    if sheet.lacks_back or (judged is not None and judged.reason in _DOUBTS):
        return Mark.WARNING
    return Mark.CODE if page.codes else Mark.PLAIN


def told_of(page: BatchPage, judged: PlannedPage | None) -> str:
    """Return what was read on a page and what was done with it; empty where nothing was."""
    if judged is None:
        texts = ", ".join(code.text for code in page.codes)
        return translate("ScanStack", "Read: {codes}.").format(codes=texts) if texts else ""
    codes = ", ".join(dict.fromkeys(each.code or each.read.text for each in judged.codes))
    template = {
        PageReason.CODE_ACCEPTED: translate("ScanStack", "Read {codes}: a set begins here."),
        PageReason.SAME_CODE: translate("ScanStack", "Read {codes}: the same dossier."),
        PageReason.TWO_DOSSIERS: translate("ScanStack", "Codes of two dossiers: {codes}."),
        PageReason.CODE_IN_DOUBT: translate("ScanStack", "A code that is not sure: {codes}."),
        PageReason.SEPARATOR_SHEET: translate("ScanStack", "A separator sheet: it is not filed."),
    }.get(judged.reason, translate("ScanStack", "Read: {codes}.") if codes else "")
    return template.format(codes=codes)


def lack_of(sheet: Sheet) -> str:
    """Return what is missing of the sheet of paper that a page is the front of; empty where nothing is."""
    if sheet.deleted or not sheet.lacks_back:
        return ""
    return translate("ScanStack", "The back of this sheet did not come: choose the page, lay the back into the scanner, and press I.")


def begun_at(waiting: WaitingBatch) -> str:
    """Return day and time at which a stack was begun."""
    return f"{waiting.opened_at:%d/%m %H:%M}"


def name_of_stack(waiting: WaitingBatch) -> str:
    """Return when a stack was begun and how many pages it has, as it is chosen by."""
    begun = begun_at(waiting)
    if waiting.problem is not None and waiting.problem.code == DAMAGED:
        return translate("ScanStack", "{begun}, damaged").format(begun=begun)
    if waiting.view is None:
        return translate("ScanStack", "{begun}, in use").format(begun=begun)
    return translate("ScanStack", "{begun}, {count} pages").format(begun=begun, count=len(waiting.view.batch.pages))


def paper_name(each: SetLook) -> str:
    """Return the name of the paper that a set is; empty where its dossier is not known."""
    if each.dossier is None:
        return ""
    return next((name for name, target, part in papers_of(each.dossier) if (target, part) == (each.group.target, each.part)), "")


def papers_of(dossier: Dossier) -> Sequence[tuple[str, FileTarget, str]]:
    """Return what a set of a dossier can be: the whole stack, each of its papers, each of its results."""
    named = [(each.name, each.target, each.part) for each in named_apart(dossier)]
    return [(translate("ScanStack", "All papers in one file"), FileTarget.COMPONENT, WHOLE), *named]


_DOUBTS = (PageReason.TWO_DOSSIERS, PageReason.CODE_IN_DOUBT)


def _page_name(mark: Mark, name: str) -> str:
    if mark is Mark.HIDDEN:
        return translate("ScanStack", "Blank?")
    return translate("ScanStack", "Deleted") if mark is Mark.DELETED else name


def _set(each: SetLook, name: str, pages: tuple[StripPage, ...]) -> StripSet:
    dossier = each.dossier
    title = dossier.code if dossier else each.group.code or translate("ScanStack", "Dossier not known yet")
    detail = " · ".join(filter(None, (dossier.procedure_name, name))) if dossier else ""
    reason = sentence_of(each.problem) if each.problem and not (each.group.filed or _is_left_out(pages)) else ""
    return StripSet(title, detail, *_state(each, pages), reason, pages)


def _open(shown: StripSet, each: SetLook) -> StripSet:
    """Return the last set while pages come: codes divide it only when all are there, so nobody is asked for one yet."""
    if each.group.filed:
        return shown
    return replace(shown, icon="scan", role="text_muted", word=translate("ScanStack", "being scanned"), reason="")


def _is_left_out(pages: tuple[StripPage, ...]) -> bool:
    """Tell whether nothing of a set is filed, as of a separator sheet: then there is nothing that anybody must do about it."""
    return all(page.mark in (Mark.DELETED, Mark.HIDDEN) for page in pages)


def _state(each: SetLook, pages: tuple[StripPage, ...]) -> tuple[str, str, str]:
    """Return icon, role and word of what becomes of a set."""
    if each.group.filed:
        return "circle-check", "accent", translate("ScanStack", "filed")
    if _is_left_out(pages):
        return "eye-off", "text_muted", translate("ScanStack", "not filed")
    if each.problem or each.dossier is None:
        return "alert-triangle", "warning", translate("ScanStack", "waits")
    return "check", "accent", translate("ScanStack", "ready")
