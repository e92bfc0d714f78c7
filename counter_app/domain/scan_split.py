"""How a stack of pages is divided into dossiers. Every page stands in the plan once, in order, with what was read and why it lies there.

Whatever is in doubt waits for a person: better a page that nobody filed than one in the wrong dossier.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from counter_app.domain.errors import broken
from counter_app.domain.scan_codes import CodeRead, CodeVerdict, JudgedCode, judge


class SplitWay(StrEnum):
    """What begins a new set."""

    CODE = "code"
    SEPARATOR = "separator"
    PAGE_COUNT = "page_count"
    BY_HAND = "by_hand"


class PageStep(StrEnum):
    """What was done with a page."""

    BEGINS = "begins"
    FOLLOWS = "follows"
    SEPARATES = "separates"
    """A separator sheet: in no set, and not filed."""


class PageReason(StrEnum):
    """Why."""

    CODE_ACCEPTED = "code_accepted"
    SAME_CODE = "same_code"
    TWO_DOSSIERS = "two_dossiers"
    CODE_IN_DOUBT = "code_in_doubt"
    SEPARATOR_SHEET = "separator_sheet"
    AFTER_SEPARATOR = "after_separator"
    COUNTED = "counted"
    CHOSEN = "chosen"
    FIRST_PAGE = "first_page"
    NOTHING_NEW = "nothing_new"


@dataclass(frozen=True, slots=True)
class StackPage:
    """One page of a stack: its ordinal, the codes read on it, and whether it seems blank."""

    ordinal: int
    codes: tuple[CodeRead, ...] = ()
    blank: bool = False


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """What was read on a page, what was done with it and why. ``group`` is the place of its set in the plan, None for a separator sheet."""

    ordinal: int
    codes: tuple[JudgedCode, ...]
    blank: bool
    step: PageStep
    reason: PageReason
    group: int | None


@dataclass(frozen=True, slots=True)
class PageSet:
    """Pages that belong together, by ordinal. ``code`` is the dossier they go to; empty: a person says where; ``doubt`` may tell why."""

    code: str
    ordinals: tuple[int, ...]
    doubt: PageReason | None = None


@dataclass(frozen=True, slots=True)
class SplitPlan:
    """The whole stack: ``pages`` in their order, and the sets they make."""

    pages: tuple[PlannedPage, ...]
    sets: tuple[PageSet, ...]


@dataclass(frozen=True, slots=True)
class SplitRule:
    """How to divide: ``page_count`` goes with that way, ``starts`` are the ordinals at which a set begins by hand.

    A separator sheet divides in every way.
    """

    way: SplitWay = SplitWay.CODE
    page_count: int = 0
    starts: frozenset[int] = frozenset()

    def check(self) -> None:
        """Refuse a rule that divides nothing.

        Raises:
            RuleBrokenError: SPLIT_PAGE_COUNT at ``page_count``, it is below 1.
        """
        if self.way is SplitWay.PAGE_COUNT and self.page_count < 1:
            raise broken("SPLIT_PAGE_COUNT", "page_count")


BY_CODES = SplitRule()


def every(page_count: int) -> SplitRule:
    """Return the rule that a set has so many pages."""
    return SplitRule(SplitWay.PAGE_COUNT, page_count)


@dataclass(frozen=True, slots=True)
class _Claim:
    """What the codes of some pages say together: the dossiers they name, and what else they might name, empty text for unreadable."""

    named: frozenset[str] = frozenset()
    maybe: frozenset[str] = frozenset()

    def __or__(self, other: _Claim) -> _Claim:
        return _Claim(self.named | other.named, self.maybe | other.maybe)

    @property
    def doubt(self) -> PageReason | None:
        """Why a person must decide."""
        if len(self.named) > 1:
            return PageReason.TWO_DOSSIERS
        return PageReason.CODE_IN_DOUBT if self.maybe - self.named else None

    @property
    def reason(self) -> PageReason | None:
        """What is to be said of it; None where no code says anything."""
        return self.doubt or (PageReason.CODE_ACCEPTED if self.named else None)

    @property
    def code(self) -> str:
        """The one dossier that is named beyond doubt."""
        return next(iter(self.named)) if self.named and not self.doubt else ""


@dataclass(slots=True)
class _Open:
    """The set that pages are added to."""

    ordinals: list[int]
    claim: _Claim


def split(pages: Sequence[StackPage], rule: SplitRule, exists: Callable[[str], bool]) -> SplitPlan:
    """Return the plan for a stack; ``exists`` tells whether there is a dossier with a code.

    Raises:
        RuleBrokenError: as :meth:`SplitRule.check`.
    """
    rule.check()
    planned: list[PlannedPage] = []
    sets: list[_Open] = []
    for page in pages:
        codes = tuple(judge(read, exists) for read in page.codes)
        separated = bool(planned) and planned[-1].step is PageStep.SEPARATES
        step, reason = _add(page.ordinal, codes, sets, rule, separated=separated)
        planned.append(PlannedPage(page.ordinal, codes, page.blank, step, reason, None if step is PageStep.SEPARATES else len(sets) - 1))
    return SplitPlan(tuple(planned), tuple(PageSet(one.claim.code, tuple(one.ordinals), one.claim.doubt) for one in sets))


def gone_on(plan: SplitPlan, code: str) -> SplitPlan:
    """Return the plan for pages that came behind a set which a person arranged, of the dossier with ``code`` or of none yet.

    Pages at the start that name no other dossier belong to that set, and to none of the plan.
    """
    first = plan.sets[0] if plan.sets else None
    if first is None or first.doubt or first.code not in {"", code} or first.ordinals[0] != plan.pages[0].ordinal:
        return plan
    reason = PageReason.SAME_CODE if first.code else PageReason.NOTHING_NEW
    return SplitPlan((replace(plan.pages[0], step=PageStep.FOLLOWS, reason=reason), *plan.pages[1:]), plan.sets[1:])


def _add(
    ordinal: int, codes: Collection[JudgedCode], sets: list[_Open], rule: SplitRule, *, separated: bool,
) -> tuple[PageStep, PageReason]:
    """Put a page where it belongs and return what was done and why; ``separated``: the page before it was a separator sheet."""
    claim = _claim(codes)
    parts = any(code.verdict is CodeVerdict.SEPARATOR for code in codes)
    if parts and claim.reason is None:  # beside the code of a dossier it is a paper of somebody's, and is not left out
        return PageStep.SEPARATES, PageReason.SEPARATOR_SHEET
    told = claim.reason
    begins = PageReason.AFTER_SEPARATOR if separated or parts else _boundary(ordinal, sets[-1] if sets else None, rule)
    if begins:
        step, reason = PageStep.BEGINS, told or begins
    else:
        step, reason = _go_on(claim, told, sets[-1], rule)
    if step is PageStep.BEGINS:
        sets.append(_Open([], _Claim()))
    sets[-1].ordinals.append(ordinal)
    sets[-1].claim |= claim
    return step, reason


def _claim(codes: Collection[JudgedCode]) -> _Claim:
    """Return what the codes of one page say; beside a code that is accepted, one that isn't says nothing."""
    named = frozenset(code.code for code in codes if code.verdict is CodeVerdict.ACCEPTED)
    return _Claim(named) if named else _Claim(maybe=frozenset(code.code for code in codes if code.verdict in _DOUBTFUL))


_DOUBTFUL = frozenset({CodeVerdict.MISREAD, CodeVerdict.UNPROVEN, CodeVerdict.NO_DOSSIER})


def _boundary(ordinal: int, last: _Open | None, rule: SplitRule) -> PageReason | None:
    """Return why a set begins at a page whatever is read on it, None where nothing says so."""
    if last is None:
        return PageReason.FIRST_PAGE
    if rule.way is SplitWay.PAGE_COUNT and len(last.ordinals) >= rule.page_count:
        return PageReason.COUNTED
    return PageReason.CHOSEN if rule.way is SplitWay.BY_HAND and ordinal in rule.starts else None


def _go_on(claim: _Claim, told: PageReason | None, last: _Open, rule: SplitRule) -> tuple[PageStep, PageReason]:
    """Return what is done with a page for which only its codes can begin a set."""
    if told is None:
        return PageStep.FOLLOWS, PageReason.NOTHING_NEW
    if last.claim.code and claim.named | claim.maybe == last.claim.named:
        return PageStep.FOLLOWS, PageReason.SAME_CODE
    return PageStep.BEGINS if rule.way is SplitWay.CODE else PageStep.FOLLOWS, told
