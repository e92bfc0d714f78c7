"""How the digitised papers of a dossier read: one line for each paper and result, its state in a word, and everything on record of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from counter_app.domain.archive import DigitalPaper
from counter_app.domain.digitised import WHOLE, FiledFile, FileTarget, PaperStanding, PaperState, count_papers, standings
from counter_app.domain.dossier import Dossier
from counter_app.domain.people import Actor, Permission
from counter_app.services.scanning.placing import live_file
from ui.dates import short_date

translate = QCoreApplication.translate
_Look = tuple[str, str, object]
_STATES: Mapping[PaperState, _Look] = {
    PaperState.NOT_DIGITISED: ("file-text", "text_muted", QT_TRANSLATE_NOOP("DigitalPapers", "not digitised")),
    PaperState.DIGITISED: ("circle-check", "accent", QT_TRANSLATE_NOOP("DigitalPapers", "digitised")),
    PaperState.REUSED_COMPONENT: ("arrows-exchange", "accent", QT_TRANSLATE_NOOP("DigitalPapers", "used again from another dossier")),
    PaperState.REUSED_RESULT: ("arrows-exchange", "accent", QT_TRANSLATE_NOOP("DigitalPapers", "used again from an earlier result")),
}
_SHOWN = ("eye", "text_muted", QT_TRANSLATE_NOOP("DigitalPapers", "only shown"))
_IN_WHOLE = ("circle-check", "accent", QT_TRANSLATE_NOOP("DigitalPapers", "in the file of all papers"))


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One line. ``icon``, ``role`` and ``word`` are its state, ``wanted``: it counts and may get a file.

    ``file`` is its own, None where it has none; ``paper`` is what the desk keeps of it.
    """

    target: FileTarget
    part: str
    name: str
    icon: str
    role: str
    word: str
    wanted: bool
    file: FiledFile | None = None
    paper: DigitalPaper | None = None


class PaperAct(StrEnum):
    """What is done with one paper."""

    LOOK = "look"
    REUSE = "reuse"
    CORRECT = "correct"
    TAKE_OUT = "take_out"


def acts_on(line: PaperLine | None, actor: Actor) -> frozenset[PaperAct]:
    """Return what a person may do with a paper as it stands: only what counts gets a file, and only a paper's file is taken out."""
    if line is None:
        return frozenset()
    is_paper = line.target is FileTarget.COMPONENT
    possible = {
        PaperAct.LOOK: line.paper is not None, PaperAct.REUSE: is_paper and line.wanted and line.file is None,
        PaperAct.CORRECT: line.file is not None, PaperAct.TAKE_OUT: is_paper and line.file is not None}
    return frozenset(act for act, is_possible in possible.items() if is_possible and actor.may(_RIGHTS.get(act, Permission.RECEIVE)))


_RIGHTS = {PaperAct.LOOK: Permission.EXPORT}


def lines_of(dossier: Dossier, papers: Sequence[DigitalPaper] = ()) -> tuple[PaperLine, ...]:
    """Return the papers of a dossier in their order, then its results; the file of all papers at once stands first where there is one."""
    kept = {paper.file_id: paper for paper in papers}
    lines = []
    whole = live_file(dossier, FileTarget.COMPONENT, WHOLE)
    if whole:
        lines.append(_line(PaperStanding(FileTarget.COMPONENT, WHOLE, whole.paper, whole.state, True, whole), kept))
    lines += (_line(each, kept) for each in named_apart(dossier))
    return tuple(lines)


def named_apart(dossier: Dossier) -> tuple[PaperStanding, ...]:
    """Return the papers and results of a dossier; a result that is called as a paper is, as a certified one, is said to be a result."""
    found = standings(dossier)
    papers = {each.name for each in found if each.target is FileTarget.COMPONENT}
    result = translate("DigitalPapers", "Result: {name}")
    return tuple(
        replace(each, name=result.format(name=each.name)) if each.target is FileTarget.RESULT and each.name in papers else each
        for each in found)


def _line(standing: PaperStanding, kept: Mapping[str, DigitalPaper]) -> PaperLine:
    own = standing.file if standing.file and standing.file.standing == standing.part else None
    icon, role, word = _state(standing, own)
    return PaperLine(
        standing.target, standing.part, standing.name, icon, role, translate("DigitalPapers", str(word)), standing.wanted, own,
        kept.get(own.file_id) if own else None)


def _state(standing: PaperStanding, own: FiledFile | None) -> _Look:
    if not standing.wanted:
        return _SHOWN
    return _IN_WHOLE if standing.file and own is None else _STATES[standing.state]


def count_words(dossier: Dossier) -> str:
    """Return how many of the papers, and of the results where there are any, are digitised."""
    papers, results = (count_papers(dossier, target) for target in (FileTarget.COMPONENT, FileTarget.RESULT))
    told = [translate("DigitalPapers", "digitised {done}/{wanted}").format(done=papers.done, wanted=papers.wanted)]
    if results.wanted:
        told.append(translate("DigitalPapers", "results {done}/{wanted}").format(done=results.done, wanted=results.wanted))
    if reused := papers.reused + results.reused:
        told.append(translate("DigitalPapers", "used again: {count}").format(count=reused))
    return ", ".join(told)


def number_words(file: FiledFile | DigitalPaper | None) -> str:
    """Return number and day of a paper."""
    return " · ".join(filter(None, (file.number, day_words(file.issued_on)))) if file else ""


def signature_words(file: FiledFile) -> str:
    """Return when the desk signed a file, and with which certificate; nothing where nobody did."""
    return f"{file.signed_at:%H:%M %d/%m/%Y} · {file.certificate}" if file.signed_at else file.certificate


def day_words(day: date | None) -> str:
    """Return a day, or nothing."""
    return short_date(day) if day else ""


def record_of(line: PaperLine) -> tuple[tuple[str, str], ...]:
    """Return everything on record of a paper: what it is called, and what it says; what nobody knows is a dash."""
    file, paper = line.file, line.paper
    if file is None:
        return ()
    until = translate("DigitalPapers", "for ever") if paper and paper.kept_until is None else day_words(paper.kept_until) if paper else ""
    shelf = ", ".join(filter(None, (paper.box, paper.folder))) if paper else ""
    told = (
        (translate("DigitalPapers", "KQ code"), file.result_code),
        (translate("DigitalPapers", "Number"), file.number),
        (translate("DigitalPapers", "Issued on"), day_words(file.issued_on)),
        (translate("DigitalPapers", "Issued by"), file.issuer),
        (translate("DigitalPapers", "Signed by"), file.signer),
        (translate("DigitalPapers", "Holds from"), day_words(file.valid_from)),
        (translate("DigitalPapers", "Holds until"), day_words(file.valid_to)),
        (translate("DigitalPapers", "Checked by"), file.checked_by),
        (translate("DigitalPapers", "Pages"), str(file.pages)),
        (translate("DigitalPapers", "File"), file.filename),
        (translate("DigitalPapers", "Original lies in"), shelf),
        (translate("DigitalPapers", "Kept until"), until),
        (translate("DigitalPapers", "Digital signature"), signature_words(file)),
        ("SHA-256", file.sha256),
    )
    return tuple((name, value or "–") for name, value in told)
