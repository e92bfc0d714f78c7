"""What is wrong with a visit to the certification counter: each rule by itself, at its field, the visit's texts tidied."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.certification import MOST_LINES, CertificationKind
from counter_app.domain.dossier import ApplicantKind, FeeMethod
from counter_app.services.certification import checks
from counter_app.services.intake.checks import MOST_COPIES
from counter_app.services.intake.texts import Findings
from counter_app.services.people.offices import Signer
from tests.builders import applicant
from tests.services.certifying import copy, line, visit

CHIEF, DEPUTY = Signer("Hoàng Văn Giả Định", "Chủ tịch"), Signer("Vũ Thị Thực Hành", "Phó Chủ tịch", ("SCT/BS", "SCTĐT/BS"))


def told(found):
    return [(problem.code, problem.field) for problem in found.problems], [(warning.code, warning.field) for warning in found.warnings]


def after(check, *arguments):
    found = Findings()
    value = check(*arguments, found)
    return value, *told(found)


@pytest.mark.parametrize(("count", "problems"), [
    (0, [("CERTIFY_NO_LINES", "lines")]), (1, []), (MOST_LINES, []), (MOST_LINES + 1, [("LINES_TOO_MANY", "lines")])])
def test_a_visit_has_some_lines_and_not_too_many(count, problems):
    command = replace(visit(), lines=(copy(),) * count)
    assert after(checks.tidy_visit, command)[1] == problems


@pytest.mark.parametrize(("name", "limit"), [("document_name", 300), ("parties", 1000), ("signer", 200), ("signer_title", 200), ("procedure_code", 60)])
def test_every_text_of_a_line_is_tidied_and_measured(name, limit):
    clean, problems, _ = after(checks.tidy_visit, visit(copy(), copy(**{name: "  Giấy   tờ "}) if name != "document_name" else copy("  Giấy   tờ ")))
    assert getattr(clean.lines[1], name) == "Giấy tờ"
    assert problems == []
    for text, code in (("a" * (limit + 1), "TEXT_TOO_LONG"), ("a" * limit, None), ("😀", "TEXT_UNPRINTABLE")):
        wrong = replace(copy(), **{name: text})
        assert after(checks.tidy_visit, visit(copy(), wrong))[1] == ([(code, f"lines.1.{name}")] if code else [])


@pytest.mark.parametrize(("name", "limit"), [("exempt_reason", 300), ("exempt_proof", 300), ("receipt_series", 30), ("receipt_number", 30)])
def test_every_text_of_the_payment_is_tidied_and_measured(name, limit):
    assert getattr(after(checks.tidy_visit, visit(**{name: "  AA/26E "}))[0], name) == "AA/26E"
    assert after(checks.tidy_visit, visit(**{name: "a" * (limit + 1)}))[1] == [("TEXT_TOO_LONG", f"payment.{name}")]
    assert after(checks.tidy_visit, visit(**{name: "a" * limit}))[1] == []


def test_a_paper_has_a_name():
    assert after(checks.tidy_visit, visit(copy(" ")))[1] == [("TEXT_NEEDED", "lines.0.document_name")]


@pytest.mark.parametrize(("fee", "field"), [("PAGES_INVALID", "pages"), ("COPIES_INVALID", "copies"), ("QUANTITY_INVALID", "copies")])
def test_a_fee_that_can_not_be_told_is_told_at_what_is_wrong(fee, field):
    amounts, problems, _ = after(checks.check_amounts, (copy(), copy()), (2000, fee))
    assert (amounts, problems) == ((2000, None), [(fee, f"lines.1.{field}")])


@pytest.mark.parametrize(("copies", "problems"), [
    (0, [("COUNT_IMPOSSIBLE", "lines.0.copies")]), (1, []), (MOST_COPIES, []), (MOST_COPIES + 1, [("COUNT_IMPOSSIBLE", "lines.0.copies")]),
    (-3, [("COUNT_IMPOSSIBLE", "lines.0.copies")])])
def test_copies_are_at_least_one_and_not_beyond_measure(copies, problems):
    assert after(checks.check_amounts, (copy(copies=copies),), (2000,))[1] == problems


@pytest.mark.parametrize("kind", CertificationKind)
def test_only_copies_go_into_the_electronic_book(kind):
    problems = after(checks.check_amounts, (line(kind, electronic=True),), (2000,))[1]
    assert problems == ([] if kind is CertificationKind.COPY else [("CERTIFY_NOT_ELECTRONIC", "lines.0.electronic")])


@given(st.lists(st.tuples(st.integers(-2, 200), st.sampled_from([2000, 0, "PAGES_INVALID"])), max_size=6))
def test_amounts_stand_beside_their_lines(lines):
    amounts = after(checks.check_amounts, [copy(copies=count) for count, _ in lines], [fee for _, fee in lines])[0]
    assert amounts == tuple(None if isinstance(fee, str) else fee for _, fee in lines)


@pytest.mark.parametrize("kind", CertificationKind)
@pytest.mark.parametrize(("person", "known"), [
    ({"id_number": ""}, False), ({"id_number": "  "}, False), ({}, True), ({"id_number": "", "kind": ApplicantKind.ENTERPRISE}, True)])
def test_who_is_attested_says_who_they_are(kind, person, known):
    """NĐ 23/2015 Đ20 and Đ24: whoever brings a paper to be copied need not; whoever signs must."""
    problems = after(checks.check_people, visit(line(kind), person=applicant(**person)))[1]
    assert problems == ([] if known or kind is CertificationKind.COPY else [("CERTIFY_ID_NEEDED", "applicant.id_number")])


def test_one_line_that_attests_a_person_is_enough():
    command = visit(copy(), line("signature"), person=applicant(id_number=""))
    assert after(checks.check_people, command)[1] == [("CERTIFY_ID_NEEDED", "applicant.id_number")]


@pytest.mark.parametrize("method", FeeMethod)
@pytest.mark.parametrize(("reason", "proof"), [("", ""), ("Hộ nghèo", ""), ("Hộ nghèo", "Sổ hộ nghèo 12"), ("", "Sổ hộ nghèo 12")])
def test_never_an_exemption_without_its_reason(method, reason, proof):
    _, problems, warnings = after(checks.check_payment, visit(method=method, exempt_reason=reason, exempt_proof=proof))
    exempt = method is FeeMethod.EXEMPT
    assert (("FEE_EXEMPT_NO_REASON", "payment.exempt_reason") in problems) == (exempt and not reason)
    assert (("FEE_EXEMPT_NO_PROOF", "payment.exempt_proof") in warnings) == (exempt and bool(reason) and not proof)
    assert (("FEE_METHOD", "payment.method") in problems) == (method is FeeMethod.UNPAID), "the fee is taken at once"


@pytest.mark.parametrize(("typed", "signers", "named", "problems", "warnings"), [
    ("", (), ("", ""), [], [("SIGNER_MISSING", "lines.0.signer")]),
    ("", (CHIEF,), ("", ""), [], [("SIGNER_MISSING", "lines.0.signer")]),
    ("Ai Đó", (), ("Ai Đó", ""), [], []),
    ("Ai Đó", (CHIEF,), ("Ai Đó", ""), [("SIGNER_UNKNOWN", "lines.0.signer")], []),
    ("hoang van gia dinh", (CHIEF,), ("Hoàng Văn Giả Định", "Chủ tịch"), [], []),
    ("Vũ Thị Thực Hành", (CHIEF, DEPUTY), ("Vũ Thị Thực Hành", "Phó Chủ tịch"), [], []),
])
def test_a_signer_is_known_by_any_spelling_and_gets_name_and_title(typed, signers, named, problems, warnings):
    (made,), *found = after(checks.with_signers, (copy(signer=typed),), signers)
    assert (made.signer, made.signer_title) == named
    assert found == [problems, warnings]


@pytest.mark.parametrize("kind", CertificationKind)
def test_a_signer_signs_what_they_may(kind):
    problems = after(checks.with_signers, (line(kind, signer=DEPUTY.name),), (CHIEF, DEPUTY))[1]
    assert problems == ([] if kind is CertificationKind.COPY else [("SIGNER_SCOPE", "lines.0.signer")])
    assert after(checks.with_signers, (line(kind, signer=CHIEF.name),), (CHIEF, DEPUTY))[1] == []


def test_a_title_that_was_typed_stays():
    assert after(checks.with_signers, (copy(signer=CHIEF.name, signer_title="KT. Chủ tịch"),), (CHIEF,))[0][0].signer_title == "KT. Chủ tịch"


@pytest.mark.parametrize("electronic", [True, False])
def test_the_electronic_book_is_a_scope_of_its_own(electronic):
    paper_only = replace(DEPUTY, scope=("SCT/BS",))
    problems = after(checks.with_signers, (copy(signer=DEPUTY.name, electronic=electronic),), (paper_only,))[1]
    assert problems == ([("SIGNER_SCOPE", "lines.0.signer")] if electronic else [])


def test_missing_signers_are_pointed_at_once():
    _, problems, warnings = after(checks.with_signers, (copy(signer=CHIEF.name), copy(), copy()), (CHIEF,))
    assert (problems, warnings) == ([], [("SIGNER_MISSING", "lines.0.signer")])
