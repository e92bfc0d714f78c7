"""What can be wrong with an intake: each thing at its field, all of them at once, and nothing written."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.catalogue import Fee
from counter_app.domain.dossier import ApplicantKind, Channel, DeliveryMethod, DocumentLine, FeeLine, FeeMethod, Sex, Submitter
from counter_app.domain.errors import SurroundingsError
from counter_app.domain.moments import local
from counter_app.services.intake.checks import MOST_DOCUMENTS
from counter_app.support.messages import sentence
from tests.builders import CLERK, NOW, applicant, command, fake_desk

DESK = fake_desk()
CASH = FeeLine("", "Lệ phí", 15000, FeeMethod.CASH)


def problems(given_command, desk=DESK):
    return [(problem.code, problem.field) for problem in desk.intake.check(given_command).problems]


def warnings(given_command, desk=DESK):
    return [(problem.code, problem.field) for problem in desk.intake.check(given_command).warnings]


def test_a_right_command_has_neither_problem_nor_warning():
    check = DESK.intake.check(command())
    assert (check.problems, check.warnings, check.ok) == ((), (), True)
    assert check.procedure.code == "1.004873"
    assert check.appointment.due_at == local(2026, 11, 26, 9, 42)


BAD = {
    "no procedure": (command(procedure_code=" "), "PROCEDURE_MISSING", "procedure_code"),
    "procedure nobody knows": (command(procedure_code="9.999999"), "PROCEDURE_UNKNOWN", "procedure_code"),
    "procedure out of force": (command(procedure_code="1.000001"), "PROCEDURE_OUT_OF_FORCE", "procedure_code"),
    "case nobody knows": (command(case="không có"), "CASE_UNKNOWN", "case"),
    "empty name": (command(applicant=applicant(full_name="  ")), "PERSON_NAME_EMPTY", "applicant.full_name"),
    "name of direction marks": (command(applicant=applicant(full_name="\u202e\u200f")), "PERSON_NAME_EMPTY", "applicant.full_name"),
    "name of figures": (command(applicant=applicant(full_name="12 34")), "NAME_WITHOUT_LETTERS", "applicant.full_name"),
    "300-character name": (command(applicant=applicant(full_name="Nguyễn " * 43)), "TEXT_TOO_LONG", "applicant.full_name"),
    "emoji in the name": (command(applicant=applicant(full_name="Trần Thị Ví Dụ 😀")), "TEXT_UNPRINTABLE", "applicant.full_name"),
    "other script": (command(note="你好"), "TEXT_UNPRINTABLE", "note"),
    "13-digit number": (command(applicant=applicant(id_number="0671900001234")), "ID_NUMBER_BAD", "applicant.id_number"),
    "letters for a number": (command(applicant=applicant(id_number="abc")), "ID_NUMBER_BAD", "applicant.id_number"),
    "tax number": (command(applicant=applicant(kind=ApplicantKind.ENTERPRISE, id_number="12345")), "TAX_NUMBER_BAD", "applicant.id_number"),
    "phone": (command(applicant=applicant(phone="gọi sau")), "PHONE_BAD", "applicant.phone"),
    "short phone": (command(applicant=applicant(phone="0900")), "PHONE_BAD", "applicant.phone"),
    "e-mail": (command(applicant=applicant(email="không có")), "EMAIL_BAD", "applicant.email"),
    "born tomorrow": (command(applicant=applicant(birth_date=date(2026, 11, 21))), "BIRTH_IN_FUTURE", "applicant.birth_date"),
    "born in 1850": (command(applicant=applicant(birth_date=date(1850, 1, 1))), "BIRTH_TOO_EARLY", "applicant.birth_date"),
    "born in year 0": (command(applicant=applicant(birth_date=None, birth_year=0)), "BIRTH_TOO_EARLY", "applicant.birth_date"),
    "submitter": (command(submitter=Submitter("")), "PERSON_NAME_EMPTY", "submitter.full_name"),
    "submitter's number": (command(submitter=Submitter("A", "1")), "ID_NUMBER_BAD", "submitter.id_number"),
    "paper without name": (command(documents=(DocumentLine(" ", 1),)), "DOCUMENT_NAME_EMPTY", "documents.0.name"),
    "paper not counted": (command(documents=(DocumentLine("Tờ khai"),)), "DOCUMENT_NOT_COUNTED", "documents.0.original"),
    "minus one paper": (command(documents=(DocumentLine("Tờ khai", 1, -1),)), "COUNT_IMPOSSIBLE", "documents.0.copy"),
    "paper too often": (command(documents=(DocumentLine("Tờ khai", 1000),)), "COUNT_IMPOSSIBLE", "documents.0.original"),
    "papers without end": (command(documents=(DocumentLine("Tờ khai", 1),) * 51), "DOCUMENTS_TOO_MANY", "documents"),
    "no sets": (command(sets=0), "COUNT_IMPOSSIBLE", "sets"),
    "fee below nothing": (command(fees=(replace(CASH, amount_vnd=-1),)), "FEE_AMOUNT_IMPOSSIBLE", "fees.0.amount_vnd"),
    "fee beyond reason": (command(fees=(replace(CASH, amount_vnd=10**10),)), "FEE_AMOUNT_IMPOSSIBLE", "fees.0.amount_vnd"),
    "fee without name": (command(fees=(replace(CASH, name=""),)), "FEE_NAME_EMPTY", "fees.0.name"),
    "exempt, yet paid": (command(fees=(replace(CASH, method=FeeMethod.EXEMPT, exempt_reason="Hộ nghèo"),)), "FEE_EXEMPT_NOT_ZERO", "fees.0.amount_vnd"),
    "exempt for nothing": (command(fees=(replace(CASH, amount_vnd=0, method=FeeMethod.EXEMPT),)), "FEE_EXEMPT_NO_REASON", "fees.0.exempt_reason"),
    "fees without end": (command(fees=(CASH,) * 21), "FEES_TOO_MANY", "fees"),
    "post to nowhere": (
        command(applicant=applicant(address=""), delivery=DeliveryMethod.POSTAL), "DELIVERY_ADDRESS_EMPTY", "result_delivery.address"),
    "address too long": (command(delivery_address="x" * 301), "TEXT_TOO_LONG", "result_delivery.address"),
    "message to nobody": (command(applicant=applicant(phone=""), wants_message=True), "MESSAGE_NEEDS_PHONE", "applicant.phone"),
    "paper size": (command(paper="letter"), "PAPER_UNKNOWN", "print.paper"),
    "received tomorrow": (command(received_at=NOW + timedelta(days=1)), "RECEIVED_IN_FUTURE", "received_at"),
    "received in 2099": (command(received_at=local(2099, 1, 1)), "RECEIVED_IN_FUTURE", "received_at"),
    "received in 1970": (command(received_at=local(1970, 1, 1), entered_later="lỗi"), "RECEIVED_TOO_EARLY", "received_at"),
    "late without a reason": (command(received_at=NOW - timedelta(hours=2)), "LATE_ENTRY_REASON", "entered_later"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_named_at_its_field(name):
    bad, code, field = BAD[name]
    assert (code, field) in problems(bad)
    assert len(problems(bad)) == 1, "one fault, one sentence"


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_problem_has_its_sentence(name, lang):
    bad, code, _ = BAD[name]
    said = next(sentence(problem, lang) for problem in DESK.intake.check(bad).problems if problem.code == code)
    assert said not in ("", code)
    assert "{" not in said


def test_nothing_of_a_refused_intake_is_kept():
    desk = fake_desk()
    for bad, _, _ in BAD.values():
        with pytest.raises(Exception, match="@"):
            desk.intake.receive(bad, CLERK)
    assert (desk.state.dossiers, desk.state.events, desk.state.numbers, desk.guard.taken) == ({}, [], [], {})


def test_everything_wrong_is_said_at_once():
    bad = command(
        procedure_code="9.999999", applicant=applicant(full_name="", id_number="1", phone="x"), sets=0,
        documents=(DocumentLine("", 0),), fees=(replace(CASH, amount_vnd=-5),))
    assert {field for _, field in problems(bad)} == {
        "procedure_code", "applicant.full_name", "applicant.id_number", "applicant.phone", "sets", "documents.0.name",
        "documents.0.original", "fees.0.amount_vnd"}


ODD = {
    "no number": (command(applicant=applicant(id_number="")), "ID_NUMBER_MISSING", "applicant.id_number"),
    "old card": (command(applicant=applicant(id_number="123456789")), "ID_NUMBER_OLD", "applicant.id_number"),
    "other sex": (command(applicant=applicant(sex=Sex.MALE)), "ID_SEX_MISMATCH", "applicant.id_number"),
    "other year": (command(applicant=applicant(birth_date=date(1991, 3, 15))), "ID_YEAR_MISMATCH", "applicant.id_number"),
    "no address": (command(applicant=applicant(address="")), "ADDRESS_MISSING", "applicant.address"),
    "hidden signs": (command(note="ghi\u200bchú\u202e"), "TEXT_CLEANED", "note"),
    "control sign": (command(applicant=applicant(full_name="Trần\x07 Thị Ví Dụ")), "TEXT_CLEANED", "applicant.full_name"),
    "papers missing": (command(documents=(DocumentLine("Tờ khai", 1),)), "DOCUMENTS_MISSING", "documents"),
    "no papers at all": (command(documents=()), "DOCUMENTS_MISSING", "documents"),
    "other amount": (command(fees=(replace(CASH, amount_vnd=20000),)), "FEE_DIFFERS", "fees.0.amount_vnd"),
    "amount left out": (command(fees=()), "FEES_MISSING", "fees"),
    "amount by the page": (command(procedure_code="2.000815", documents=(DocumentLine("Bản chính", 1),), fees=None), "FEES_MISSING", "fees"),
    "no limit": (command(procedure_code="1.014034", documents=()), "LIMIT_UNKNOWN", "procedure_code"),
    "helper without papers": (command(submitter=Submitter("Lê Văn Thử", "067090000001")), "SUBMITTER_WITHOUT_AUTHORITY", "submitter.authorisation"),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_input_is_a_warning_and_passes(name):
    odd, code, field = ODD[name]
    assert (code, field) in warnings(odd)
    assert problems(odd) == []


@pytest.mark.parametrize("year", [-1, 0, 1789, 1895, 2027, 10**400])
def test_an_impossible_year_beside_a_day_of_birth_is_refused(year):
    both = command(applicant=applicant(birth_date=date(1990, 3, 15), birth_year=year))
    code = "BIRTH_IN_FUTURE" if year > 2026 else "BIRTH_TOO_EARLY"
    assert problems(both) == [(code, "applicant.birth_year")]


@given(st.integers())
def test_a_year_of_birth_is_taken_just_where_somebody_can_have_been_born(year):
    alone = command(applicant=applicant(birth_date=None, birth_year=year, id_number=""))
    assert (problems(alone) == []) is (2026 - 130 <= year <= 2026)


def test_warnings_pass_without_a_question_where_nobody_is_to_be_asked():
    check = DESK.intake.check(command(applicant=applicant(address="")))
    assert [problem.code for problem in check.to_accept] == ["ADDRESS_MISSING"]
    assert check.ok


def test_a_clerk_passes_a_warning_with_a_reason_only():
    odd = command(applicant=applicant(address=""), must_accept=True)
    assert problems(odd) == [("WARNINGS_NOT_ACCEPTED", "warnings_accepted")]
    assert problems(replace(odd, warnings_accepted="  ")) == [("WARNINGS_NOT_ACCEPTED", "warnings_accepted")]
    assert problems(replace(odd, warnings_accepted="Ở nhờ, chưa có nơi cư trú")) == []


def test_the_reason_is_asked_when_nothing_else_is_in_the_way():
    odd_and_wrong = command(applicant=applicant(address="", full_name=""), must_accept=True)
    assert problems(odd_and_wrong) == [("PERSON_NAME_EMPTY", "applicant.full_name")]


def test_no_reason_is_asked_where_there_is_nothing_to_pass():
    assert problems(command(must_accept=True)) == []
    cleaned = command(must_accept=True, note="gấp\u200b")
    assert warnings(cleaned) == [("TEXT_CLEANED", "note")]
    assert problems(cleaned) == []


def test_a_reason_is_a_text_like_others():
    assert problems(command(warnings_accepted="x" * 301)) == [("TEXT_TOO_LONG", "warnings_accepted")]
    assert problems(command(warnings_accepted="ok \U0001f600")) == [("TEXT_UNPRINTABLE", "warnings_accepted")]


def test_no_fee_is_missed_where_none_is_due():
    from tests.builders import prepare, procedure, profile
    from tests.fakes import FakeDatabase

    free = procedure(fees=(Fee("Lệ phí", 0, "case"),))
    desk = fake_desk(database=prepare(FakeDatabase(), profile(), (free,)))
    assert ("FEES_MISSING", "fees") not in warnings(command(fees=()), desk)
    assert ("FEES_MISSING", "fees") not in warnings(command(procedure_code="1.014034", documents=(), fees=()))
    assert ("FEES_MISSING", "fees") not in warnings(command())


def test_a_channel_that_the_catalogue_does_not_offer_is_a_warning():
    from tests.builders import prepare, procedure, profile
    from tests.fakes import FakeDatabase

    desk = fake_desk(database=prepare(FakeDatabase(), profile(), (procedure(channels=("online",)),)))
    assert ("CHANNEL_NOT_OFFERED", "channel") in warnings(command(channel=Channel.POSTAL), desk)


def test_passports_tax_numbers_and_agencies_pass():
    assert problems(command(applicant=applicant(id_number="C1234567"))) == []
    for number in ("0123456789", "0123456789-001", "0123456789001"):
        assert problems(command(applicant=applicant(kind=ApplicantKind.ENTERPRISE, id_number=number))) == []
    assert problems(command(applicant=applicant(kind=ApplicantKind.STATE_AGENCY, id_number="H36.50"))) == []


def test_the_running_minute_is_now():
    assert problems(command(received_at=NOW - timedelta(seconds=59))) == []
    assert problems(command(received_at=NOW - timedelta(seconds=60))) == [("LATE_ENTRY_REASON", "entered_later")]


@pytest.mark.parametrize("year", [1970, 2099])
def test_a_clock_that_is_wrong_is_a_failure_of_the_surroundings(year):
    desk = fake_desk(local(year, 1, 5, 9))
    for act in (desk.intake.check, lambda given: desk.intake.receive(given, CLERK), lambda given: desk.intake.preview(given, CLERK)):
        with pytest.raises(SurroundingsError, match="CLOCK_WRONG"):
            act(command())
    assert desk.state.events == []


def test_the_catalogue_fills_in_papers_and_fees():
    filled = DESK.intake.check(command()).command
    assert [(line.name, line.original, line.copy, line.shown_only) for line in filled.documents] == [
        ("Tờ khai", 1, 0, False), ("Giấy tờ chứng minh", 0, 1, False), ("Thẻ căn cước", 0, 0, True)]
    assert [(line.name, line.amount_vnd, line.method) for line in filled.fees] == [("Lệ phí", 15000, FeeMethod.UNPAID)]
    assert DESK.intake.check(command(procedure_code="2.000815")).command.fees == (), "a fee by page waits for the pages"


@given(st.text(max_size=400))
def test_any_text_in_any_field_is_judged_and_never_breaks(text):
    told = command(
        procedure_code=text, applicant=applicant(full_name=text, id_number=text, address=text, phone=text, email=text), note=text,
        submitter=Submitter(text, text, text, text, text), documents=(DocumentLine(text, 1),), case=text, delivery_address=text,
        fees=(replace(CASH, name=text, receipt_number=text),), entered_later=text, clerk=text, paper=text)
    check = DESK.intake.check(told)
    for value in (check.command.note, check.command.applicant.full_name, check.command.documents[0].name):
        assert value == " ".join(value.split())
    assert all(problem.field for problem in check.problems)


def test_thirty_papers_with_long_names_fit_into_one_op():
    desk = fake_desk()
    papers = tuple(DocumentLine(f"Giấy tờ số {number} " + "ế" * 280, 1) for number in range(MOST_DOCUMENTS))
    desk.intake.receive(command(documents=papers, note="ệ" * 1000), CLERK)
    assert len(desk.state.dossiers) == 1
