"""Slips: the first print stays for ever; a reprint is the same content and says so."""

import json

import pytest

from counter_app.domain.errors import RuleBrokenError
from tests.builders import CLERK, command, dossier, fake_desk, profile


@pytest.fixture
def desk():
    return fake_desk()


@pytest.fixture
def received(desk):
    return desk.intake.receive(command(), CLERK)


def said(pdf):
    return json.loads(pdf.decode().removeprefix("%PDF-fake "))


def test_the_first_print_is_the_one_of_the_intake(desk, received):
    first = desk.slips.first(received.dossier_id)
    assert (first.print_id, first.issue, first.pdf) == (received.print_id, 1, desk.slips.document(received.print_id))


def test_a_reprint_has_the_same_content_and_a_mark(desk, received):
    first = said(desk.slips.document(received.print_id))
    desk.clock.forward(hours=1)
    again = desk.slips.reprint(received.code, "a5", CLERK)
    marked = said(again.pdf)
    assert marked.pop("marks") == ["In lại lần 1, 10:42 20/11/2026"]
    assert first.pop("marks") == []
    assert marked == first


def test_reprints_are_counted(desk, received):
    issues = [desk.slips.reprint(received.code, paper, CLERK) for paper in ("a5", "a4", "80mm")]
    assert [(form.issue, form.paper) for form in issues] == [(2, "a5"), (3, "a4"), (4, "80mm")]
    assert said(issues[2].pdf)["marks"][0].startswith("In lại lần 3")
    assert [event.facts["issue"] for event in desk.state.events if event.type == "slip.printed"] == [1, 2, 3, 4]
    assert desk.state.audit[-1].action == "slip.printed"


def test_only_the_first_print_is_stored_as_a_document(desk, received):
    again = desk.slips.reprint(received.code, "a4", CLERK)
    assert [bool(form.pdf) for form in desk.state.prints] == [True, False]
    assert desk.slips.document(again.print_id) == again.pdf, "made again from its content, byte for byte"
    assert desk.state.events[-1].facts["document_sha256"] == again.sha256


def test_nothing_that_changes_later_changes_a_slip(desk, received):
    before = desk.slips.document(received.print_id)
    with desk.database.write() as uow:
        from dataclasses import asdict, replace
        uow.settings.put(f"desk/{profile().device}", asdict(profile(phone="0261 000 0000", commune="Xã Khác")))
        kept = uow.dossiers.get(received.dossier_id)
        uow.dossiers.update(replace(kept, note="đã sửa", procedure_name="Tên khác"))
        uow.commit()
    assert desk.slips.document(received.print_id) == before
    again = said(desk.slips.reprint(received.code, "a5", CLERK).pdf)
    assert {**again, "marks": []} == said(before)


def test_what_was_never_printed_cannot_be_reprinted(desk):
    desk.add(dossier(1))
    with pytest.raises(RuleBrokenError, match="SLIP_UNKNOWN"):
        desk.slips.reprint("H36.50.05-261101-0001", "a5", CLERK)
    with pytest.raises(RuleBrokenError, match="SLIP_UNKNOWN"):
        desk.slips.first("nobody")
    with pytest.raises(RuleBrokenError, match="PRINT_UNKNOWN"):
        desk.slips.document("nothing")


def test_an_unknown_paper_is_named(desk, received):
    with pytest.raises(RuleBrokenError, match="PAPER_UNKNOWN@paper"):
        desk.slips.reprint(received.code, "letter", CLERK)


def test_the_practice_mark_comes_back_with_the_number_of_the_reprint():
    desk = fake_desk(practice=True)
    received = desk.intake.receive(command(), CLERK)
    marks = said(desk.slips.reprint(received.code, "a5", CLERK).pdf)["marks"]
    assert len(marks) == 2
