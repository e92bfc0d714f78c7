"""What can be done to the pages of a batch: every act is a value that is kept in the journal, and makes one arrangement of another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from itertools import chain
from typing import Any

from counter_app.domain.digitised import NO_DETAILS, FileTarget, PaperDetails
from counter_app.domain.errors import broken
from counter_app.domain.scan_batch import Batch, Layout, PageGroup, Sheet, changed, group_of, require_free, sheets_of

PageIds = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """Turn pages clockwise by quarters; a negative number turns them back."""

    pages: PageIds
    quarter_turns: int


@dataclass(frozen=True, slots=True)
class Delete:
    """Leave pages out of the files; they stay in their place and can be restored."""

    pages: PageIds


@dataclass(frozen=True, slots=True)
class Restore:
    """Take deleted pages in again."""

    pages: PageIds


@dataclass(frozen=True, slots=True)
class CleanPages:
    """Switch clean-up on or off for pages."""

    pages: PageIds
    on: bool


@dataclass(frozen=True, slots=True)
class ShowBlank:
    """File pages although they seem blank, or hide them again."""

    pages: PageIds
    on: bool


@dataclass(frozen=True, slots=True)
class LackBack:
    """Note of fronts that their backs did not come, or that they are there."""

    pages: PageIds
    on: bool


@dataclass(frozen=True, slots=True)
class Move:
    """Put pages before another one or behind it, in its group and in the order they stand in; without either: at the very end."""

    pages: PageIds
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class ReplacePage:
    """Put a page that was scanned again in the place of another, which is deleted."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Split:
    """Begin a group of its own with a page."""

    page: str


@dataclass(frozen=True, slots=True)
class Merge:
    """Join the group of a page with the one before it."""

    page: str


@dataclass(frozen=True, slots=True)
class Assign:
    """Say where the group of a page goes; ``part`` None: the desk decides by what it remembers."""

    page: str
    code: str
    target: FileTarget = FileTarget.COMPONENT
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Describe:
    """Say what stands on the paper that the group of a page is, and why it takes the place of a file that is there already."""

    page: str
    details: PaperDetails
    replaces: str = ""


@dataclass(frozen=True, slots=True)
class Collate:
    """Two one-sided passes become sheets: ``second`` is the first page of the pass of the backs, ``reverse``: they came last one first.

    Blank backs count, and deleted pages don't: so each back meets its front.
    """

    second: str
    reverse: bool = True


@dataclass(frozen=True, slots=True)
class PlannedGroup:
    """One group of :class:`Divide`."""

    pages: PageIds
    code: str = ""
    doubt: str = ""
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Divide:
    """Divide everything that is not filed as a plan says; ``aside`` are separator sheets, which are deleted.

    ``partly``: what the plan doesn't name stays as it is, and what it names stands behind.
    """

    groups: tuple[PlannedGroup, ...]
    aside: PageIds = ()
    partly: bool = False


SingleAct = (
    Turn | Delete | Restore | CleanPages | ShowBlank | LackBack | Move | ReplacePage | Split | Merge | Assign | Describe | Collate | Divide)


@dataclass(frozen=True, slots=True)
class Several:
    """Do acts one after the other, as one step of undo: all of them or none."""

    acts: tuple[SingleAct, ...]


BatchAct = SingleAct | Several


def act(batch: Batch, wanted: BatchAct) -> Batch:
    """Return the batch after an act; what is refused changes nothing.

    Raises:
        RuleBrokenError: BATCH_NO_PAGES, BATCH_PAGE_UNKNOWN, BATCH_PAGE_FILED; BATCH_MOVE_ONTO_ITSELF; BATCH_NOTHING_BEFORE, the first group
            has none before it to join; BATCH_PASSES_UNEQUAL at ``second``; BATCH_PLAN_INCOMPLETE, a plan names other pages than there are.
    """
    return changed(batch, _done(batch.layout, wanted))


def _marked(layout: Layout, pages: PageIds, change: Callable[[Sheet], Sheet]) -> Layout:
    require_free(layout, pages)
    chosen = set(pages)
    return tuple(
        replace(group, sheets=tuple(change(sheet) if sheet.page_id in chosen else sheet for sheet in group.sheets)) for group in layout)


def _turn(layout: Layout, wanted: Turn) -> Layout:
    return _marked(layout, wanted.pages, lambda sheet: replace(sheet, turns=(sheet.turns + wanted.quarter_turns) % 4))


def _delete(layout: Layout, wanted: Delete) -> Layout:
    return _marked(layout, wanted.pages, lambda sheet: replace(sheet, deleted=True))


def _restore(layout: Layout, wanted: Restore) -> Layout:
    return _marked(layout, wanted.pages, lambda sheet: replace(sheet, deleted=False))


def _clean(layout: Layout, wanted: CleanPages) -> Layout:
    return _marked(layout, wanted.pages, lambda sheet: replace(sheet, clean=wanted.on))


def _show(layout: Layout, wanted: ShowBlank) -> Layout:
    return _marked(layout, wanted.pages, lambda sheet: replace(sheet, shown=wanted.on))


def _lack(layout: Layout, wanted: LackBack) -> Layout:
    return _marked(layout, wanted.pages, lambda sheet: replace(sheet, lacks_back=wanted.on))


def _move(layout: Layout, wanted: Move) -> Layout:
    require_free(layout, wanted.pages)
    at = _destination(layout, wanted)
    moved = tuple(sheet for sheet in sheets_of(layout) if sheet.page_id in wanted.pages)
    rest = [_without(group, moved) for group in (*layout, PageGroup(()))]
    rest[at] = replace(rest[at], sheets=_laid(rest[at].sheets, moved, wanted))
    return tuple(group for group in rest if group.sheets)


def _destination(layout: Layout, wanted: Move) -> int:
    """Return the place of the group that pages are moved into; a new one behind the last where that is filed."""
    beside = wanted.before or wanted.after
    if not beside:
        return len(layout) - (0 if layout[-1].filed else 1)
    require_free(layout, (beside,))
    if beside in wanted.pages:
        raise broken("BATCH_MOVE_ONTO_ITSELF")
    return group_of(layout, beside)


def _laid(sheets: tuple[Sheet, ...], moved: tuple[Sheet, ...], wanted: Move) -> tuple[Sheet, ...]:
    """Lay sheets before or behind a page, at the end where there is none."""
    ids = [sheet.page_id for sheet in sheets]
    place = ids.index(wanted.before) if wanted.before else ids.index(wanted.after) + 1 if wanted.after else len(sheets)
    return *sheets[:place], *moved, *sheets[place:]


def _without(group: PageGroup, sheets: tuple[Sheet, ...]) -> PageGroup:
    return replace(group, sheets=tuple(sheet for sheet in group.sheets if sheet not in sheets))


def _replace(layout: Layout, wanted: ReplacePage) -> Layout:
    placed = _move(layout, Move((wanted.new,), wanted.old))
    return _delete(placed, Delete((wanted.old,)))


def _split(layout: Layout, wanted: Split) -> Layout:
    require_free(layout, (wanted.page,))
    at = group_of(layout, wanted.page)
    group = layout[at]
    place = next(n for n, sheet in enumerate(group.sheets) if sheet.page_id == wanted.page)
    if place == 0:
        return layout
    second = replace(group, sheets=group.sheets[place:], part=None, doubt="", details=NO_DETAILS, replaces="")
    halves = replace(group, sheets=group.sheets[:place]), second
    return *layout[:at], *halves, *layout[at + 1:]


def _merge(layout: Layout, wanted: Merge) -> Layout:
    require_free(layout, (wanted.page,))
    at = group_of(layout, wanted.page)
    if at == 0 or layout[at - 1].filed:
        raise broken("BATCH_NOTHING_BEFORE")
    joined = replace(layout[at - 1], sheets=(*layout[at - 1].sheets, *layout[at].sheets))
    return *layout[:at - 1], joined, *layout[at + 1:]


def _assign(layout: Layout, wanted: Assign) -> Layout:
    require_free(layout, (wanted.page,))
    at = group_of(layout, wanted.page)
    before = layout[at]
    same = (before.code, before.target, before.part) == (wanted.code, wanted.target, wanted.part)
    known = before if same else replace(before, details=NO_DETAILS, replaces="")
    group = replace(known, code=wanted.code, target=wanted.target, part=wanted.part, doubt="")
    return *layout[:at], group, *layout[at + 1:]


def _describe(layout: Layout, wanted: Describe) -> Layout:
    require_free(layout, (wanted.page,))
    at = group_of(layout, wanted.page)
    return *layout[:at], replace(layout[at], details=wanted.details, replaces=wanted.replaces), *layout[at + 1:]


def _collate(layout: Layout, wanted: Collate) -> Layout:
    kept = tuple(group for group in layout if group.filed)
    free = tuple(group for group in layout if not group.filed)
    require_free(layout, (wanted.second,))
    fronts, backs = passes(free, wanted)
    if len(fronts) != len(backs):
        raise broken("BATCH_PASSES_UNEQUAL", "second", first=len(fronts), second=len(backs))
    left = (sheet for sheet in sheets_of(free) if sheet.deleted)
    pairs = chain.from_iterable(zip(fronts, backs, strict=True))
    return (*kept, replace(free[0], sheets=(*(replace(sheet, lacks_back=False) for sheet in pairs), *left)))


def passes(layout: Layout, wanted: Collate) -> tuple[list[Sheet], list[Sheet]]:
    """Return the fronts and the backs of two passes, each back at the place of its front, equal in number or not.

    What is filed or deleted is in neither.

    Raises:
        RuleBrokenError: BATCH_PAGE_UNKNOWN at ``second``.
    """
    sheets = list(sheets_of(tuple(group for group in layout if not group.filed)))
    start = next((n for n, sheet in enumerate(sheets) if sheet.page_id == wanted.second), None)
    if start is None:
        raise broken("BATCH_PAGE_UNKNOWN", "second")
    fronts, backs = ([sheet for sheet in part if not sheet.deleted] for part in (sheets[:start], sheets[start:]))
    return fronts, backs[::-1] if wanted.reverse else backs


def _divide(layout: Layout, wanted: Divide) -> Layout:
    sheets = _planned(layout, wanted)
    left = (group if group.filed else _without(group, tuple(sheets.values())) for group in layout)
    kept = tuple(group for group in left if group.sheets)
    groups = [_as_planned(group, sheets) for group in wanted.groups if group.pages]
    aside = tuple(replace(sheets[page], deleted=True) for page in wanted.aside)
    return (*kept, *groups, *((PageGroup(aside),) if aside else ()))


def _planned(layout: Layout, wanted: Divide) -> dict[str, Sheet]:
    """Return the sheets that a plan names: each of them once and free, and all there are unless it is a partial one."""
    named = [*chain.from_iterable(group.pages for group in wanted.groups), *wanted.aside]
    free = {sheet.page_id: sheet for sheet in sheets_of(tuple(group for group in layout if not group.filed))}
    sheets = {page: sheet for page, sheet in free.items() if page in named} if wanted.partly else free
    if sorted(named) != sorted(sheets):
        raise broken("BATCH_PLAN_INCOMPLETE")
    return sheets


def _as_planned(group: PlannedGroup, sheets: Mapping[str, Sheet]) -> PageGroup:
    return PageGroup(tuple(sheets[page] for page in group.pages), group.code, part=group.part, doubt=group.doubt)


def _several(layout: Layout, wanted: Several) -> Layout:
    return reduce(_done, wanted.acts, layout)


def _done(layout: Layout, wanted: BatchAct) -> Layout:
    return _DOERS[type(wanted)](layout, wanted)


_DOERS: Mapping[type, Callable[[Layout, Any], Layout]] = {
    Turn: _turn, Delete: _delete, Restore: _restore, CleanPages: _clean, ShowBlank: _show, LackBack: _lack, Move: _move,
    ReplacePage: _replace, Split: _split, Merge: _merge, Assign: _assign, Describe: _describe, Collate: _collate, Divide: _divide,
    Several: _several,
}
_DAYS = frozenset({"issued_on", "valid_from", "valid_to"})
_BY_NAME: Mapping[str, Callable[..., BatchAct]] = {kind.__name__: kind for kind in _DOERS}


def write_act(wanted: BatchAct) -> dict[str, Any]:
    """Return an act as JSON data, to be kept."""
    return {"act": type(wanted).__name__, **{name: _written(getattr(wanted, name)) for name in type(wanted).__slots__}}


def read_act(data: Mapping[str, Any]) -> BatchAct:
    """Return the act of :func:`write_act`'s data.

    Raises:
        LookupError, TypeError, ValueError: it is no such data.
    """
    members: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in data.items() if name != "act"}
    if "groups" in members:
        members["groups"] = tuple(PlannedGroup(**{**group, "pages": tuple(group["pages"])}) for group in members["groups"])
    if "acts" in members:
        members["acts"] = tuple(read_act(each) for each in members["acts"])
    if "target" in members:
        members["target"] = FileTarget(str(members["target"]))
    if "details" in members:
        members["details"] = _read_details(members["details"])
    return _BY_NAME[data["act"]](**members)


def _read_details(data: Mapping[str, Any]) -> PaperDetails:
    days = {name: date.fromisoformat(data[name]) if data[name] else None for name in _DAYS}
    return PaperDetails(**{**data, **days})


def _written(value: object) -> object:
    if isinstance(value, tuple):
        return [_written(each) for each in value]
    if isinstance(value, SingleAct):
        return write_act(value)
    if isinstance(value, (PlannedGroup, PaperDetails)):
        return {name: _written(getattr(value, name)) for name in type(value).__slots__}
    return value.isoformat() if isinstance(value, date) else value
