"""What must always hold of a desk, whatever was done to it and wherever it was killed: every record of a thing tells the same."""

from __future__ import annotations

from collections import Counter

from counter_app.domain.books import RESULTS_BOOK
from counter_app.domain.canonical import first_broken
from counter_app.domain.dossier import Status
from counter_app.domain.events import FEE_COLLECTED, FEE_REVERSED, RESULT_RETURNED, SLIP_PRINTED
from counter_app.domain.moments import local
from counter_app.domain.money import FEES_BOOK
from counter_app.domain.record import national_record
from counter_app.domain.registers import DOSSIER_BOOK
from counter_app.services.verifying.service import VerifyService

START, END = local(2020, 1, 1), local(2090, 1, 1)
YEARS = range(2025, 2029)
FORMS = ("02", "03", "04", "05")
ENDED_BY_FORM = {"03": (Status.NOT_ACCEPTED,), "05": (Status.HALTED, Status.WITHDRAWN)}


def lines_of(uow, book):
    """Return how many lines a book has in all, once no ordinal was seen to be missing."""
    total = 0
    for year in YEARS:
        for volume in uow.logbooks.volumes(book, year):
            assert volume.last_ordinal in (None, volume.lines), f"{book} has a gap"
            total += volume.lines
    return total


def money_agrees(uow, dossiers):
    payments = list(uow.payments.between(START, END))
    assert lines_of(uow, FEES_BOOK) == len(payments), "each payment is a line of the fees book"
    by_dossier = Counter()
    for each in payments:
        by_dossier[each.dossier_id] += each.amount_vnd
    signs = {FEE_COLLECTED: 1, FEE_REVERSED: -1}
    for dossier in dossiers:
        told = sum(signs[event.type] * event.facts["amount_vnd"] for event in uow.events.of_dossier(dossier.dossier_id) if event.type in signs)
        paid = sum(line.amount_vnd for line in dossier.fees if line.is_paid)
        assert paid == told == by_dossier.pop(dossier.dossier_id, 0)
    assert not by_dossier, "no payment without a dossier"


def forms_agree(uow, dossiers):
    wanted = Counter()
    for dossier in dossiers:
        wanted["02"] += len(dossier.supplements)
        wanted["04"] += len(dossier.extensions)
        for form, statuses in ENDED_BY_FORM.items():
            wanted[form] += dossier.ending is not None and dossier.status in statuses
        events = uow.events.of_dossier(dossier.dossier_id)
        noted = {event.facts["document_sha256"] for event in events if event.type == SLIP_PRINTED}
        kept = {form.sha256 for form in uow.prints.of_dossier(dossier.dossier_id)}
        assert kept <= noted, "each stored form is noted with its dossier"
    assert {form: lines_of(uow, f"forms/{form}") for form in FORMS} == {form: wanted[form] for form in FORMS}
    assert all(uow.prints.get(job.print_id) for job in uow.prints.open_jobs()), "what waits for the printer is stored"


def events_agree(uow, dossiers):
    for dossier in dossiers:
        events = [event for event in uow.events.of_dossier(dossier.dossier_id) if event.lane]
        assert uow.events.states([event.op_id for event in events]).keys() == {event.op_id for event in events}
        told = [event.ho_so for event in events if not event.facts.get("asked")]
        assert told[-1] == national_record(dossier, uow.catalogue.version(dossier.procedure_version)), "the last event tells the dossier"


def results_agree(uow, dossiers):
    """Each act of giving back is one line of the register of results, about the dossier that says it was given back."""
    returned = {event.op_id: dossier for dossier in dossiers for event in uow.events.of_dossier(dossier.dossier_id)
                if event.type == RESULT_RETURNED}
    lines = [line for year in YEARS for line in uow.logbooks.all_lines(RESULTS_BOOK, year, None, None, None)]
    assert lines_of(uow, RESULTS_BOOK) == len(lines) == len(returned)
    assert {line.ref for line in lines} == returned.keys()
    for line in lines:
        dossier = returned[line.ref]
        assert (line.dossier_id, line.content["code"]) == (dossier.dossier_id, dossier.code)
        assert dossier.handed_back is not None
        assert line.content["receiver"] == dossier.handed_back.receiver_name
    given = {dossier.dossier_id for dossier in dossiers if dossier.status is Status.RETURNED and dossier.handed_back}
    assert given == {dossier.dossier_id for dossier in returned.values()}


def verified(database):
    """The desk's own look finds no difference either."""
    found = VerifyService(database).run()
    assert found.differences == (), found.differences
    assert found.verified


def all_agrees(uow):
    """Hold dossiers, events, outbox, books, money, forms, print queue and audit trail against one another; return the dossiers."""
    dossiers = list(uow.dossiers.received_between(START, END))
    assert first_broken(uow.audit.entries(1, 100_000)) is None, "the audit chain is whole"
    booked = [dossier for dossier in dossiers if dossier.place]
    assert lines_of(uow, DOSSIER_BOOK) == len(booked)
    assert sorted((each.place.year, each.place.volume, each.place.ordinal) for each in booked) == [
        (year, 1, ordinal) for year, count in sorted(Counter(each.place.year for each in booked).items()) for ordinal in range(1, count + 1)]
    lanes = [event for dossier in dossiers for event in uow.events.of_dossier(dossier.dossier_id) if event.lane]
    assert sorted(event.lane.seq for event in lanes) == list(range(1, len(lanes) + 1)), "the lane has no gap"
    assert sum(uow.outbox.counts().values()) == len(lanes)
    money_agrees(uow, dossiers)
    results_agree(uow, dossiers)
    forms_agree(uow, dossiers)
    events_agree(uow, dossiers)
    return dossiers
