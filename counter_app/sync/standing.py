"""How desk and province stand, from what is kept here: what waits, and what needs a person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from counter_app.domain.events import PROVINCE_PREFIX
from counter_app.services.line.messages import messages
from counter_app.services.line.province import LaneStanding, PassEnd, Relation, Standing, Trouble, relation_of
from counter_app.services.line.settling import rejected_with_receipt
from counter_app.services.ports import UnitOfWork
from counter_app.sync.faults import LineError
from counter_app.sync.telling import (
    catalogue_troubles,
    clone_troubles,
    file_trouble,
    line_trouble,
    message_troubles,
    op_trouble,
    people_troubles,
    stop_trouble,
)

FILE_REJECTED = f"{PROVINCE_PREFIX}blob.rejected"


def standing_of(uow: UnitOfWork, device: str, today: date) -> Standing:
    """Return how a device stands, without a word on the line.

    Raises:
        RuleBrokenError: NOT_ENROLLED.
    """
    relation, counts, (files, size) = relation_of(uow, device), uow.outbox.counts(), uow.uploads.pending()
    known = uow.events.lanes(relation.device)
    lanes = tuple(LaneStanding(relation.device, epoch, last, relation.stopped_lane == epoch) for epoch, last in known.items())
    return Standing(
        pending=counts["saved"] + counts["sending"], files=files, file_bytes=size, troubles=_troubles(uow, relation, today),
        proven_at=relation.proven_at, oldest_unsent_at=uow.outbox.oldest(), oldest_file_at=uow.uploads.oldest(), lanes=lanes,
        messages=message_troubles(messages(uow, today)))


def standing_after(standing: Standing, end: PassEnd, error: LineError | None) -> Standing:
    """Return a standing with what passes have moved, and with what stopped the last of them."""
    lines = () if error is None else line_trouble(error)
    return replace(
        standing, sent=end.sent, received=end.received, uploaded=end.uploaded, contact=end.contact, troubles=(*lines, *standing.troubles))


def _of_ops(uow: UnitOfWork) -> Iterator[Trouble]:
    """Yield what is to be said of single ops; of a dossier whose receipt was rejected only that: the rest goes with it."""
    for each in uow.outbox.attention():
        dossier = uow.dossiers.get(each.dossier_id or "")
        rejected = rejected_with_receipt(uow, dossier.dossier_id) if dossier else []
        if each.op_id not in rejected[1:]:
            yield op_trouble(each, dossier.code if dossier else "", begins=each.op_id in rejected)


def _of_files(uow: UnitOfWork) -> Iterator[Trouble]:
    """Yield what is to be said of files, with the last reason that the province gave for not using one."""
    for file in uow.uploads.attention():
        dossier, events = uow.dossiers.get(file.dossier_id), uow.events.of_dossier(file.dossier_id)
        reasons = [each.facts["reason"] for each in events if each.type == FILE_REJECTED and each.facts.get("sha256") == file.sha256]
        yield file_trouble(file, dossier.code if dossier else "", str(reasons[-1]) if reasons else "")


def _troubles(uow: UnitOfWork, relation: Relation, today: date) -> tuple[Trouble, ...]:
    """Return what needs a person: what stops the line first, then ops and files, then what the province has published."""
    stopped = (stop_trouble(relation),) if relation.revoked or relation.stopped else ()
    of_line = *catalogue_troubles(relation), *people_troubles(relation)
    return (*stopped, *clone_troubles(relation, today), *_of_ops(uow), *_of_files(uow), *of_line)
