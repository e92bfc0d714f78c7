"""A batch of scanned pages on its way to the dossiers: an arrangement of pages that grows as they come, and can be undone step by step.

All of it is plain data. Every page stands in the arrangement exactly once, in one group; a group becomes one file. Deleting a page marks
it, and a blank one is only hidden: nothing that was scanned is lost before it is filed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from counter_app.domain.digitised import NO_DETAILS, FileTarget, PaperDetails
from counter_app.domain.errors import broken
from counter_app.domain.scan_codes import CodeRead, turns_told


@dataclass(frozen=True, slots=True)
class BatchPage:
    """A page as it came: ``side`` front or back, ``size_px`` width and height, and what was found on it at the first look."""

    page_id: str
    dpi: int
    side: str
    size_px: tuple[int, int]
    codes: tuple[CodeRead, ...] = ()
    blank: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the clerk wants of a page. ``turns`` are quarter turns clockwise, ``shown``: it is filed although it seems blank.

    ``lacks_back``: it is the front of a sheet whose other side did not come.
    """

    page_id: str
    turns: int = 0
    deleted: bool = False
    clean: bool = True
    shown: bool = False
    lacks_back: bool = False


@dataclass(frozen=True, slots=True)
class PageGroup:
    """Pages that become one file. ``code`` is the dossier, ``part`` the paper in it, None where nobody said yet.

    ``doubt`` says why a person must look, ``filed`` is the id of the file that it became, ``details`` are what a person read off it.
    ``replaces`` is why it takes the place of the file that its paper has already; empty where it doesn't.
    """

    sheets: tuple[Sheet, ...]
    code: str = ""
    target: FileTarget = FileTarget.COMPONENT
    part: str | None = None
    doubt: str = ""
    filed: str = ""
    details: PaperDetails = NO_DETAILS
    replaces: str = ""


Layout = tuple[PageGroup, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """The pages in the order of their coming, how they are arranged, and the arrangements before and after for undo and redo."""

    pages: tuple[BatchPage, ...] = ()
    layout: Layout = ()
    past: tuple[Layout, ...] = ()
    future: tuple[Layout, ...] = ()

    def page(self, page_id: str) -> BatchPage:
        """Return a page.

        Raises:
            RuleBrokenError: BATCH_PAGE_UNKNOWN.
        """
        for page in self.pages:
            if page.page_id == page_id:
                return page
        raise broken("BATCH_PAGE_UNKNOWN")

    def visible(self, group: PageGroup, *, hide_blank: bool = True) -> tuple[Sheet, ...]:
        """Return the sheets of a group that are filed: not deleted, and not hidden as blank."""
        blank = {page.page_id for page in self.pages if page.blank and hide_blank}
        return tuple(sheet for sheet in group.sheets if not sheet.deleted and (sheet.shown or sheet.page_id not in blank))


def sheets_of(layout: Layout) -> Iterator[Sheet]:
    """Yield all sheets of an arrangement in their order."""
    for group in layout:
        yield from group.sheets


def group_of(layout: Layout, page_id: str) -> int:
    """Return the place of the group that a page is in.

    Raises:
        RuleBrokenError: BATCH_PAGE_UNKNOWN.
    """
    for at, group in enumerate(layout):
        if any(sheet.page_id == page_id for sheet in group.sheets):
            return at
    raise broken("BATCH_PAGE_UNKNOWN")


def arrived(batch: Batch, page: BatchPage) -> Batch:
    """A page came: it stands at the end, in what undo would bring back too, upright where a code on it tells how.

    Raises:
        RuleBrokenError: BATCH_PAGE_TWICE, it is there already.
    """
    if any(known.page_id == page.page_id for known in batch.pages):
        raise broken("BATCH_PAGE_TWICE")
    sheet = Sheet(page.page_id, turns_told(page.codes))
    return Batch(
        (*batch.pages, page), _with_sheet(batch.layout, sheet), tuple(_with_sheet(each, sheet) for each in batch.past),
        tuple(_with_sheet(each, sheet) for each in batch.future))


def _with_sheet(layout: Layout, sheet: Sheet) -> Layout:
    """Add a sheet to the last group; a new one is begun after a file that is filed."""
    if not layout or layout[-1].filed:
        return *layout, PageGroup((sheet,))
    return *layout[:-1], replace(layout[-1], sheets=(*layout[-1].sheets, sheet))


def changed(batch: Batch, layout: Layout) -> Batch:
    """Return the batch in another arrangement of the same pages, which can be undone; an equal one changes nothing."""
    if layout == batch.layout:
        return batch
    return replace(batch, layout=layout, past=(*batch.past, batch.layout), future=())


def as_one_step(batch: Batch, since: int) -> Batch:
    """Return the batch with all changes after its first ``since`` ones made into one: undo takes them back together."""
    return replace(batch, past=batch.past[:since + 1]) if len(batch.past) > since + 1 else batch


def undone(batch: Batch) -> Batch:
    """Take the last change back.

    Raises:
        RuleBrokenError: BATCH_NOTHING_TO_UNDO.
    """
    if not batch.past:
        raise broken("BATCH_NOTHING_TO_UNDO")
    return replace(batch, layout=batch.past[-1], past=batch.past[:-1], future=(batch.layout, *batch.future))


def redone(batch: Batch) -> Batch:
    """Make a change again that was taken back.

    Raises:
        RuleBrokenError: BATCH_NOTHING_TO_REDO.
    """
    if not batch.future:
        raise broken("BATCH_NOTHING_TO_REDO")
    return replace(batch, layout=batch.future[0], past=(*batch.past, batch.layout), future=batch.future[1:])


def filed(batch: Batch, page_id: str, file_id: str) -> Batch:
    """The group with a page is filed. From here on it stays as it is, and nothing before can be undone.

    Raises:
        RuleBrokenError: BATCH_PAGE_UNKNOWN.
    """
    at = group_of(batch.layout, page_id)
    layout = (*batch.layout[:at], replace(batch.layout[at], filed=file_id, doubt=""), *batch.layout[at + 1:])
    return replace(batch, layout=layout, past=(), future=())


def waiting(batch: Batch, *, hide_blank: bool = True) -> tuple[PageGroup, ...]:
    """Return the groups that are not filed and have a page that should be."""
    return tuple(group for group in batch.layout if not group.filed and batch.visible(group, hide_blank=hide_blank))


def require_free(layout: Layout, page_ids: Collection[str]) -> None:
    """Refuse pages that are not there or in a file already.

    Raises:
        RuleBrokenError: BATCH_PAGE_UNKNOWN, BATCH_PAGE_FILED, BATCH_NO_PAGES.
    """
    if not page_ids:
        raise broken("BATCH_NO_PAGES")
    if any(layout[group_of(layout, page_id)].filed for page_id in page_ids):
        raise broken("BATCH_PAGE_FILED")
