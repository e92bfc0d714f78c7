"""What an event makes of a dossier: pure functions from the dossier before to the dossier after, one for each kind of act.

They trust that the act is legal (:mod:`counter_app.domain.lifecycle`) and keep what happened in the order in which it happened.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from counter_app.domain.digitised import FiledFile, FileTarget
from counter_app.domain.dossier import Dossier, FeeLine, Status
from counter_app.domain.life import (
    Direction,
    Ending,
    Extension,
    HandedBack,
    HandOver,
    Parcel,
    Rating,
    ResultPaper,
    Step,
    Supplement,
)
from counter_app.domain.lifecycle import Verb, status_after


def supplement_requested(dossier: Dossier, supplement: Supplement) -> Dossier:
    """Papers are asked for; time stands still until they come."""
    return replace(
        dossier, status=status_after(dossier, Verb.REQUEST_SUPPLEMENT), supplements=(*dossier.supplements, supplement),
        supplement_open_since=supplement.requested_at, supplement_count=dossier.supplement_count + 1,
    )


def supplement_received(dossier: Dossier, supplement: Supplement, nominal: date | None) -> Dossier:
    """All papers came in. ``supplement`` replaces the open one of its id; its ``new_due`` is the appointment from now on.

    Raises:
        ValueError: it was not received.
    """
    if supplement.received_at is None:
        raise ValueError("a supplement that came in has a time")
    return replace(
        appointed(dossier, supplement.received_at, supplement.new_due, nominal),
        status=status_after(dossier, Verb.RECEIVE_SUPPLEMENT), supplements=_replaced(dossier.supplements, supplement),
        supplement_open_since=None,
    )


def supplement_brought(dossier: Dossier, supplement: Supplement) -> Dossier:
    """Some of the papers came in; the dossier waits for the rest, for the contract knows no half of a supplement."""
    return replace(dossier, supplements=_replaced(dossier.supplements, supplement))


def extended(dossier: Dossier, extension: Extension, nominal: date | None) -> Dossier:
    """An apology gave a new appointment."""
    longer = appointed(dossier, extension.at, extension.new_due, nominal)
    return replace(longer, extensions=(*dossier.extensions, extension), extension_count=dossier.extension_count + 1)


def handed_over(dossier: Dossier, hand_over: HandOver) -> Dossier:
    """The paper went from hand to hand."""
    return replace(
        dossier, status=status_after(dossier, Verb.HAND_OVER), hand_overs=(*dossier.hand_overs, hand_over),
        holder=hand_over.to_unit if hand_over.direction is Direction.TO_SPECIALIST else "",
    )


def step_begun(dossier: Dossier, step: Step) -> Dossier:
    """A step's clock runs; the one that ran before it is done."""
    return replace(dossier, step=step)


def step_completed(dossier: Dossier, done: Step, following: Step | None) -> Dossier:
    """A step is done, and the following one begins, if there is one."""
    return replace(dossier, steps=(*dossier.steps, done), step=following)


def ended(dossier: Dossier, verb: Verb, ending: Ending) -> Dossier:
    """Refused, halted or withdrawn: nothing runs any more. Who held the paper last stays on record, as it does at the province."""
    status = status_after(dossier, verb)
    return replace(
        dossier, status=status, ending=ending, finished_at=ending.at, closed_as=status.value, supplement_open_since=None, step=None,
    )


def result_ready(dossier: Dossier, results: tuple[ResultPaper, ...], at: datetime) -> Dossier:
    """The signed result lies at the desk."""
    return replace(
        dossier, status=status_after(dossier, Verb.RESULT_READY), results=(*dossier.results, *results), finished_at=at, step=None,
    )


def posted(dossier: Dossier, parcel: Parcel) -> Dossier:
    """The result is with the post."""
    return replace(dossier, parcel=parcel)


def returned(dossier: Dossier, handed_back: HandedBack) -> Dossier:
    """The citizen has the result."""
    status = status_after(dossier, Verb.RETURN)
    return replace(
        dossier, status=status, handed_back=handed_back, returned_at=handed_back.at, closed_as=status.value,
        finished_at=dossier.finished_at or handed_back.at,
    )


def fee_changed(dossier: Dossier, line: FeeLine) -> Dossier:
    """One fee line was paid, given back or added; a dossier that waited for payment goes on when nothing is owed any more."""
    known = {each.fee_line_id for each in dossier.fees}
    fees = tuple(line if each.fee_line_id == line.fee_line_id else each for each in dossier.fees)
    changed = replace(dossier, fees=fees if line.fee_line_id in known else (*fees, line))
    settles = line.is_paid and not any(each.is_owed for each in changed.fees)
    return replace(changed, status=status_after(dossier, Verb.COLLECT_FEE, settles_obligation=settles))


def rated(dossier: Dossier, rating: Rating) -> Dossier:
    """The citizen said what they thought."""
    return replace(dossier, rating=rating)


def filed(dossier: Dossier, file: FiledFile, reason: str = "") -> Dossier:
    """A paper or a result has its file; what it says of a result holds for the result too.

    A file is named by its result: one that was there before counts no longer, for a ``reason``.
    """
    results = dossier.results
    if file.target is FileTarget.RESULT:
        results = tuple(_digitised(each, file) if each.result_id == file.file_id else each for each in results)
    return replace(dossier, files=(*taken_out(dossier, file.file_id, reason).files, file), results=results)


def taken_out(dossier: Dossier, file_id: str, reason: str) -> Dossier:
    """A file counts no longer."""
    files = tuple(
        replace(each, unlinked=reason) if each.file_id == file_id and not each.unlinked else each for each in dossier.files)
    return replace(dossier, files=files)


def _digitised(paper: ResultPaper, file: FiledFile) -> ResultPaper:
    return replace(
        paper, sha256=file.sha256, code=file.result_code or paper.code, number=file.number or paper.number,
        issuer=file.issuer or paper.issuer, signer=file.signer or paper.signer)


def open_supplement(dossier: Dossier) -> Supplement | None:
    """Return the request that papers are awaited for."""
    waiting = dossier.status is Status.AWAITING_SUPPLEMENT
    return next((each for each in reversed(dossier.supplements) if waiting and each.received_at is None), None)


def _replaced(supplements: tuple[Supplement, ...], new: Supplement) -> tuple[Supplement, ...]:
    return tuple(new if each.supplement_id == new.supplement_id else each for each in supplements)


def appointed(dossier: Dossier, at: datetime, due_at: datetime | None, nominal: date | None) -> Dossier:
    """Set another due time; the printed one stays what it is."""
    if due_at == dossier.due_at:
        return dossier
    return replace(dossier, due_at=due_at, due_nominal=nominal, due_history=(*dossier.due_history, (at, due_at)))
