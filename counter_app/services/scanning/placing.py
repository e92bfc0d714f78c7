"""Where the file of a set of pages goes, and what it is on record as: the paper or result, its name, and everything read off it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from counter_app.domain.digitised import NO_DETAILS, WHOLE, FiledFile, FileTarget, PaperDetails, PaperStanding, details_of, standings
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import broken
from counter_app.domain.ids import new_id
from counter_app.domain.life import ResultPaper
from counter_app.domain.moments import day_of
from counter_app.domain.people import Actor
from counter_app.domain.scan_batch import PageGroup
from counter_app.domain.text import fold
from counter_app.services.scanning.paper import FileFacts, WrittenFile
from counter_app.support.messages import text

_UNSAFE = re.compile(r"[^0-9A-Za-zÀ-ỹ.-]+")
_IDENTITY_PAPERS = ("can cuoc", "cmnd", "chung minh nhan dan", "ho chieu")
"""Folded words in the names of papers whose images are sensitive (domain guide 16)."""


@dataclass(frozen=True, slots=True)
class Content:
    """What is in a file: the digest of its bytes, how many they are, its pages, and the digest of those."""

    sha256: str
    size: int
    pages: int
    content_sha256: str


@dataclass(frozen=True, slots=True)
class Place:
    """A paper or result of a dossier, or its whole stack of papers; ``details`` are what is known of it, its result's own included."""

    dossier: Dossier
    target: FileTarget
    part: str
    details: PaperDetails = NO_DETAILS

    @property
    def name(self) -> str:
        """The name of the paper, as it stands in the register."""
        standing = paper_of(self.dossier, self.target, self.part)
        return standing.name if standing else text("WHOLE_STACK", "vi")

    @property
    def filename(self) -> str:
        """The dossier's code with the paper, or with the number that a result was issued under."""
        last = (self.details.number or "KQ") if self.target is FileTarget.RESULT else self.part or "HO-SO"
        return f"{self.dossier.code}-{_UNSAFE.sub('-', last).strip('-')}.pdf"

    @property
    def file(self) -> FiledFile | None:
        """The file that is there now."""
        return live_file(self.dossier, self.target, self.part)

    def facts(self, created_at: datetime) -> FileFacts:
        """Return what the file tells about itself: always the same for the same pages, so that a second try makes the same bytes."""
        told = self.details
        return FileFacts(
            self.filename, created_at, self.dossier.dossier_id, self.name, told.result_code, told.number, told.issued_on)

    def filed(self, content: Content, now: datetime, actor: Actor) -> FiledFile:
        """Return the file as it is on record. That of a result is named by the result, that of a paper has an id of its own."""
        of_result = self.target is FileTarget.RESULT
        return FiledFile(
            self.part if of_result else new_id(now), self.target, "" if of_result else self.part, self.name, content.sha256, content.size,
            content.pages, self.filename, now, actor.user_id, content.content_sha256,
            sensitive=is_sensitive(self.name) or self.part == WHOLE, **details_of(self.details))


def content_of(written: WrittenFile) -> Content:
    """Return what is in a file that was just written."""
    return Content(written.sha256, written.size, written.pages, written.content_sha256)


def place_of(dossier: Dossier, group: PageGroup) -> Place:
    """Return where a set of pages goes: what was said, else the only paper or a result without a file, else the whole stack.

    Where no paper lacks its file it is the place of one that has: more pages need a person's word.

    Raises:
        RuleBrokenError: PAPER_NOT_IN_DOSSIER, RESULT_NOT_IN_DOSSIER at ``part``.
    """
    return place_for(dossier, group.target, _part_of(dossier, group), group.details)


def place_for(dossier: Dossier, target: FileTarget, part: str, details: PaperDetails) -> Place:
    """Return the place of a named paper; what a person read off a result goes before what is on record of it.

    Raises:
        RuleBrokenError: PAPER_NOT_IN_DOSSIER, RESULT_NOT_IN_DOSSIER at ``part``.
    """
    paper_of(dossier, target, part)
    result = next((each for each in dossier.results if each.result_id == part), None) if target is FileTarget.RESULT else None
    return Place(dossier, target, part, _completed(details, result) if result else details)


def paper_of(dossier: Dossier, target: FileTarget, part: str) -> PaperStanding | None:
    """Return the paper or result of a dossier that a file is for; None for the whole stack.

    Raises:
        RuleBrokenError: PAPER_NOT_IN_DOSSIER, RESULT_NOT_IN_DOSSIER at ``part``.
    """
    if target is FileTarget.COMPONENT and part == WHOLE:
        return None
    for standing in standings(dossier):
        if standing.target is target and standing.part == part:
            return standing
    raise broken("PAPER_NOT_IN_DOSSIER" if target is FileTarget.COMPONENT else "RESULT_NOT_IN_DOSSIER", "part", code=dossier.code)


def live_file(dossier: Dossier, target: FileTarget, part: str) -> FiledFile | None:
    """Return the file that a paper, a result or the whole stack has now."""
    files = (each for each in dossier.files if each.target is target and each.standing == part and not each.unlinked)
    return next(files, None)


def is_sensitive(name: str) -> bool:
    """Tell whether a paper by its name is one of identity."""
    return any(word in fold(name) for word in _IDENTITY_PAPERS)


def details_on_record(result: ResultPaper) -> PaperDetails:
    """Return what is on record of a result."""
    issued = day_of(result.issued_at) if result.issued_at else None
    return PaperDetails(result_code=result.code, number=result.number, issued_on=issued, issuer=result.issuer, signer=result.signer)


def _completed(read: PaperDetails, result: ResultPaper) -> PaperDetails:
    known = details_on_record(result)
    return replace(
        read, result_code=read.result_code or known.result_code, number=read.number or known.number,
        issued_on=read.issued_on or known.issued_on, issuer=read.issuer or known.issuer, signer=read.signer or known.signer)


def _part_of(dossier: Dossier, group: PageGroup) -> str:
    if group.part is not None:
        return group.part
    wanted = [each for each in standings(dossier) if each.target is group.target and each.wanted]
    missing = [each.part for each in wanted if not each.file]
    if group.target is FileTarget.COMPONENT:
        return _component_of(wanted, missing)
    if not missing:
        raise broken("RESULT_NOT_IN_DOSSIER", "part", code=dossier.code)
    return missing[0]


def _component_of(wanted: Sequence[PaperStanding], missing: Sequence[str]) -> str:
    there = wanted[0].file if wanted and not missing else None
    if there:  # the stack once more, as far as anybody can tell: it goes where it was, and finds that place taken
        return there.standing
    return missing[0] if len(wanted) == len(missing) == 1 else WHOLE
