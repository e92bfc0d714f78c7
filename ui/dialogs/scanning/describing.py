"""Descriptions: what stands on a paper that is digitised, corrected with a reason; its file taken out of the dossier."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from counter_app.domain.digitised import FileTarget, PaperDetails
from counter_app.domain.dossier import Dossier
from counter_app.domain.moments import VIETNAM
from counter_app.services.acts.acting import Done
from counter_app.services.scanning.library import CorrectPaper, TakeOut
from ui.dialogs.acts.description import ActDesk, ActForm, Field, FieldKind, Options, Values, reasons, same
from ui.models.digital_papers import PaperLine

if TYPE_CHECKING:
    from counter_app.bootstrap import Counter

translate = QCoreApplication.translate
_WORDS = ("result_code", "number", "issuer", "signer", "checked_by")
_DAYS = ("issued_on", "valid_from", "valid_to")


@dataclass(frozen=True, slots=True)
class Offered:
    """What may be chosen: the KQ codes of the procedure, who signs for the commune, who works here."""

    codes: Options = ()
    signers: Options = ()
    people: Options = ()


NOTHING_OFFERED = Offered()


@dataclass(frozen=True, slots=True)
class SetQuestions:
    """What a set of pages is, what is known of it already, what its questions offer, and whether its paper has a file already.

    ``replaces`` is why it takes the place of that file, as far as somebody said so.
    """

    name: str
    known: PaperDetails
    target: FileTarget
    offer: Offered
    taken: bool = False
    replaces: str = ""


def offered(counter: Counter, dossier: Dossier) -> Offered:
    """Return what is offered for the papers of a dossier; runs on the data thread."""
    procedure = counter.catalogue.version(dossier.procedure_version)
    signers = counter.offices.signers(counter.clock.now().date())
    return Offered(
        _options(each.code for each in procedure.results) if procedure else (), _options(each.name for each in signers),
        _options(card.full_name for card in counter.login.people()))


def details_fields(known: PaperDetails, target: FileTarget, offer: Offered = NOTHING_OFFERED) -> tuple[Field, ...]:
    """Return the questions about a paper with what is known of it."""
    of_result = target is FileTarget.RESULT
    number = translate("PaperDetails", "Number of the result") if of_result else translate("PaperDetails", "Number on the paper")
    hint = translate("PaperDetails", "Like KQ.G15.000023 or 000.00.00.G15-KQ003159; empty where none is known")
    return (
        Field("result_code", translate("PaperDetails", "KQ code"), FieldKind.OFFERED, known.result_code, offer.codes, hint=hint, half=True),
        Field("number", number, value=known.number, half=True),
        Field("issued_on", translate("PaperDetails", "Issued on"), FieldKind.DAY, _moment(known, "issued_on"), half=True),
        Field("issuer", translate("PaperDetails", "Issued by"), value=known.issuer, half=True),
        Field("signer", translate("PaperDetails", "Signed by"), FieldKind.OFFERED, known.signer, offer.signers, half=True),
        Field("checked_by", translate("PaperDetails", "Checked by"), FieldKind.OFFERED, known.checked_by, offer.people, half=True),
        Field("valid_from", translate("PaperDetails", "Holds from"), FieldKind.DAY, _moment(known, "valid_from"), half=True),
        Field("valid_to", translate("PaperDetails", "Holds until, empty: for ever"), FieldKind.DAY, _moment(known, "valid_to"), half=True),
    )


def replaces_field(value: str) -> Field:
    """Return the question why a scan takes the place of the file that is there."""
    text = translate("PaperDetails", "It has a file already: why this one takes its place")
    return Field("replaces", text, FieldKind.OFFERED, value, reasons("taken_out"))


def details_in(values: Mapping[str, Any]) -> PaperDetails:
    """Return the details that were answered."""
    read: dict[str, Any] = {name: values[name] or "" for name in _WORDS}
    read |= {name: values[name].date() if values[name] else None for name in _DAYS}
    return PaperDetails(**read)


def correct_form(code: str, line: PaperLine, offer: Offered) -> ActForm:
    """Correct what is on record of a digitised paper. The line has a file."""
    file = line.file
    if file is None:
        raise ValueError("only what is digitised is corrected")

    def act(desk: ActDesk, values: Values) -> Done:
        """Put the right record in the place of the wrong one."""
        return desk.counter.paper.library.correct(CorrectPaper(code, file.file_id, details_in(values), values["reason"]), desk.actor)

    reason = Field("reason", translate("PaperDetails", "Reason"), FieldKind.OFFERED, options=reasons("correct"))
    return ActForm(
        translate("PaperDetails", "Correct: {paper}").format(paper=line.name), translate("PaperDetails", "Correct"),
        (*details_fields(file, line.target, offer), reason), act,
        translate("PaperDetails", "What is on record of a paper of {code} is corrected."),
        translate("PaperDetails", "The scan stays as it is. What stood here before is kept with the reason, and the register gets a line."))


def take_out_form(code: str, line: PaperLine) -> ActForm:
    """Take a file out of its dossier; a paper that used an earlier file is free again. The line has a file."""
    file = line.file
    if file is None:
        raise ValueError("only what is digitised is taken out")

    def act(desk: ActDesk, values: Values) -> Done:
        """Take it out."""
        return desk.counter.paper.library.take_out(TakeOut(code, file.file_id, values["reason"]), desk.actor)

    return ActForm(
        translate("PaperDetails", "Take out: {paper}").format(paper=line.name), translate("PaperDetails", "Take the file out"),
        (Field("reason", translate("PaperDetails", "Reason"), FieldKind.OFFERED, options=reasons("taken_out")),), act,
        translate("PaperDetails", "A file was taken out of {code}; the paper can be scanned again."),
        translate("PaperDetails", "It stays on record that the file was here, and why it was taken out."), warns=True)


def _moment(known: PaperDetails, name: str) -> datetime | None:
    day = getattr(known, name)
    return datetime.combine(day, time(), VIETNAM) if day else None


def _options(words: Iterable[str]) -> Options:
    """Return words to choose from, each once, empty ones left out."""
    return same(dict.fromkeys(word for word in words if word))
