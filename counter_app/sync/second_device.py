"""Another id for this computer, where somebody else's already bears its own at the province (contract 3.1, ``device_taken``).

What it recorded so far is recorded again under the new id, each op with the same ``op_id``. Everything else that is named by the first id
(its profile, the guard of its numbers, its keys) keeps that name: only ops and TAM codes tell other people who recorded them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace

from counter_app.domain.canonical import chained
from counter_app.domain.events import Event
from counter_app.services.desk.settings import DeskProfile, from_stored, profile_key
from counter_app.services.ports import Database, UnitOfWork

DEVICE_TAKEN = "device_taken"
"""What the province answers to an enrolment where it knows the id, or its short form, already."""
AT_ONCE = 10_000
"""Ops that are read together to be recorded again."""


def take_second(database: Database, local: str, device: str) -> DeskProfile:
    """Give the computer ``local`` another id and record what waits again under it, in one transaction; return its profile after that."""
    with database.write() as uow:
        before = _profile(uow, local)
        profile = replace(before, second_device=device)
        uow.settings.put(profile_key(local), asdict(profile))
        for older in dict.fromkeys((local, before.recorded_as)):
            _record_again(uow, older, profile)
        uow.commit()
    return profile


def gather(database: Database, local: str) -> None:
    """Record again what somebody still recorded under the first id of a computer while it took its second one."""
    with database.read() as uow:
        profile = _profile(uow, local)
        is_due = profile.second_device and any(uow.outbox.due(local, epoch, 1) for epoch in uow.events.lanes(local))
    if is_due:
        with database.write() as uow:
            _record_again(uow, local, profile)
            uow.commit()


def place_again(uow: UnitOfWork, ops: Iterable[Event], device: str, epoch: str) -> None:
    """Give ops a place at the end of a lane, in their order."""
    head = uow.events.lane_head(device, epoch)
    for op in ops:
        lane = chained(replace(op, lane=None), device, epoch, head).lane
        if lane is not None:
            uow.events.place(op.op_id, lane)
            head = lane.seq, lane.hash


def _record_again(uow: UnitOfWork, older: str, profile: DeskProfile) -> None:
    for epoch in uow.events.lanes(older):
        while waiting := uow.outbox.due(older, epoch, AT_ONCE):
            place_again(uow, waiting, profile.recorded_as, profile.epoch)


def _profile(uow: UnitOfWork, local: str) -> DeskProfile:
    return from_stored(uow.settings.get(profile_key(local)) or {})
