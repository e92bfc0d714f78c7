"""The files of a dossier: which papers and results are digitised, and how far a dossier is (domain guide 11).

The states 0 to 3 of a paper are those of the national systems. A file of the whole stack counts for every paper that was handed in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from counter_app.domain.dossier import DocumentLine, Dossier

WHOLE = ""
"""The part of a file that holds all papers of a dossier at once."""


class FileTarget(StrEnum):
    """What a file is an image of: a paper that was handed in, or a result."""

    COMPONENT = "component"
    RESULT = "result"


class PaperState(IntEnum):
    """How a paper came to have its file."""

    NOT_DIGITISED = 0
    DIGITISED = 1
    REUSED_COMPONENT = 2
    """The file of another dossier's paper was used again."""
    REUSED_RESULT = 3
    """The file of an earlier result was used again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperDetails:
    """What a person reads off a paper or a result (domain guide 11); empty where nobody did. ``valid_to`` is the last day it may be used.

    ``result_code`` is a KQ code, as :func:`~counter_app.domain.result_codes.is_result_code` knows them.
    """

    result_code: str = ""
    number: str = ""
    issued_on: date | None = None
    issuer: str = ""
    signer: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    checked_by: str = ""


NO_DETAILS = PaperDetails()
"""Nobody read anything off the paper."""


@dataclass(frozen=True, slots=True)
class FiledFile(PaperDetails):
    """One file of a dossier. ``part`` names the paper as the province knows it, ``paper`` is its name, ``size`` its bytes.

    ``file_id`` of a result is that of the result. ``content_sha256`` is the digest of the pages in it, whatever the file tells about
    itself. ``unlinked`` is why it was taken out again, or another file put in its place; empty while it counts.
    ``signed_by`` is who signed it digitally at the desk, with the certificate of this serial number.
    """

    file_id: str
    target: FileTarget
    part: str
    paper: str
    sha256: str
    size: int
    pages: int
    filename: str
    filed_at: datetime
    filed_by: str
    content_sha256: str = ""
    state: PaperState = PaperState.DIGITISED
    sensitive: bool = False
    unlinked: str = ""
    signed_by: str = ""
    signed_at: datetime | None = None
    certificate: str = ""

    @property
    def standing(self) -> str:
        """The part of its :class:`PaperStanding`: the paper's, or the id of the result."""
        return self.part if self.target is FileTarget.COMPONENT else self.file_id


@dataclass(frozen=True, slots=True)
class PaperStanding:
    """A paper or result of a dossier and its file, if it has one. ``wanted``: it counts for completeness; what is only shown does not."""

    target: FileTarget
    part: str
    name: str
    state: PaperState
    wanted: bool
    file: FiledFile | None = None


@dataclass(frozen=True, slots=True)
class PaperCount:
    """Of the papers or of the results of a dossier that count: how many there are, how many are digitised, and how many of these again."""

    wanted: int
    done: int
    reused: int

    @property
    def waiting(self) -> int:
        """How many have no file yet."""
        return self.wanted - self.done

    @property
    def complete(self) -> bool:
        """Whether all of them have their file; where nothing is there, nothing is done."""
        return self.wanted > 0 and not self.waiting


@dataclass(frozen=True, slots=True)
class Completeness:
    """How far a dossier is: every wanted paper, every result, and whether anything was used again."""

    components: bool
    results: bool
    reused: bool


def details_of(file: PaperDetails) -> dict[str, Any]:
    """Return what a paper says of itself by member, to be handed on to another value that holds it."""
    return {each.name: getattr(file, each.name) for each in fields(PaperDetails)}


def part_of(documents: Sequence[DocumentLine], index: int) -> str:
    """Return the part of the paper at a place in a dossier: its own code, else its place, ``TP01`` for the first."""
    return documents[index].component_code or f"TP{index + 1:02d}"


def standings(dossier: Dossier) -> tuple[PaperStanding, ...]:
    """Return every paper and every result of a dossier with its state, in their order."""
    files = [file for file in dossier.files if not file.unlinked]
    found = []
    for index, line in enumerate(dossier.documents):
        part = part_of(dossier.documents, index)
        mine = [file for file in files if file.target is FileTarget.COMPONENT and file.part in (part, WHOLE)]
        file = max(mine, key=lambda each: each.part != WHOLE, default=None)
        found.append(_standing(FileTarget.COMPONENT, part, line.name, file, wanted=not line.shown_only))
    for result in dossier.results:
        file = next((each for each in files if each.target is FileTarget.RESULT and each.file_id == result.result_id), None)
        found.append(_standing(FileTarget.RESULT, result.result_id, result.name, file, wanted=True))
    return tuple(found)


def count_papers(dossier: Dossier, target: FileTarget) -> PaperCount:
    """Count the papers, or the results, of a dossier: what every list, page and report says of it."""
    wanted = [each for each in standings(dossier) if each.wanted and each.target is target]
    return PaperCount(len(wanted), sum(1 for each in wanted if each.file), sum(1 for each in wanted if each.state in _REUSED))


def completeness(dossier: Dossier) -> Completeness:
    """Return how far a dossier is. Without papers to digitise, or without a result, that half is not done: nothing is there."""
    papers, results = (count_papers(dossier, target) for target in FileTarget)
    return Completeness(papers.complete, results.complete, bool(papers.reused or results.reused))


_REUSED = (PaperState.REUSED_COMPONENT, PaperState.REUSED_RESULT)


def _standing(target: FileTarget, part: str, name: str, file: FiledFile | None, *, wanted: bool) -> PaperStanding:
    return PaperStanding(target, part, name, file.state if file else PaperState.NOT_DIGITISED, wanted, file)
