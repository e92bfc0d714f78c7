"""What is certified: registers, fees, labels, and which lines share a number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.certification import (
    CertificationKind,
    CertifiedLine,
    by_procedure,
    fee_of,
    is_electronic,
    kind_of_register,
    number_label,
    numbered,
    printed_sign,
    procedures_of,
    registers,
    rules,
    usual_papers,
)
from counter_app.domain.dossier import BookPlace
from counter_app.domain.fees import schedule_on
from counter_app.domain.moments import local
from counter_app.support.resources import shipped_json
from tests.builders import procedure

SCHEDULE = schedule_on(local(2026, 11, 20).date())
KINDS = st.sampled_from(CertificationKind)


def line(kind="copy", name="Thẻ căn cước", pages=1, copies=1, **changes):
    return CertifiedLine(CertificationKind(kind), name, pages, copies, **changes)


def test_the_catalogue_names_the_same_registers():
    """Kinds are data of ours, the register of a procedure is the catalogue's; they must not tell two stories."""
    known = {each["code"]: each["certification_register"] for each in shipped_json("catalogue/procedures.json")["procedures"]}
    assert {rule.procedure_code: rule.register for rule in rules()}.items() <= known.items()
    assert all(rule.tariff in SCHEDULE for rule in rules())
    assert {rule.kind for rule in rules()} == set(CertificationKind)


KNOWN = tuple(
    procedure(code, code, certification_register=register) for code, register in (
        ("2.000913", "SCT/GD"), ("2.001019", "SCT/GD"), ("2.001035.H36", "SCT/GD"), ("2.000927", "SCT/GD"), ("2.000815", "SCT/BS"),
        ("2.000942", "SCT/BS"), ("1.001193", "")))


@pytest.mark.parametrize(("kind", "codes"), [
    ("transaction", ["2.001035.H36", "2.001019"]), ("amend", ["2.000913"]), ("cancel", ["2.000913"]), ("correct", ["2.000927"]),
    ("copy", ["2.000815", "2.000942"]), ("translator", [])])
def test_a_kind_may_be_asked_for_under_these_procedures(kind, codes):
    assert [each.code for each in procedures_of(CertificationKind(kind), KNOWN)] == codes


@given(st.permutations(KNOWN))
def test_the_own_procedure_comes_first_and_none_belongs_to_two_registers(known):
    offered = {kind: procedures_of(kind, known) for kind in CertificationKind}
    assert {kind: found[0].code[:8] for kind, found in offered.items() if found} == {
        kind: next(rule.procedure_code for rule in rules() if rule.kind is kind) for kind, found in offered.items() if found}
    assert all(each.certification_register == next(rule.register for rule in rules() if rule.kind is kind)
               for kind, found in offered.items() for each in found)


@pytest.mark.parametrize(("pages", "copies", "fee"), [
    (1, 1, 2_000), (2, 1, 4_000), (3, 1, 5_000), (3, 4, 20_000), (10, 2, 24_000), (150, 1, 152_000), (250, 2, 400_000)])
def test_copies_cost_as_the_guide_says(pages, copies, fee):
    assert fee_of(line(pages=pages, copies=copies), SCHEDULE) == fee


@pytest.mark.parametrize(("kind", "copies", "fee"), [
    ("signature", 3, 30_000), ("translator", 2, 20_000), ("transaction", 4, 50_000), ("amend", 1, 30_000), ("cancel", 1, 30_000),
    ("correct", 2, 25_000)])
def test_papers_are_counted_and_acts_are_not(kind, copies, fee):
    assert fee_of(line(kind, copies=copies), SCHEDULE) == fee


@pytest.mark.parametrize(("wrong", "code"), [
    (line(pages=0), "PAGES_INVALID"), (line(copies=0), "COPIES_INVALID"), (line("signature", copies=0), "QUANTITY_INVALID")])
def test_a_bad_line_tells_its_code(wrong, code):
    assert fee_of(wrong, SCHEDULE) == code


@pytest.mark.parametrize(("sign", "kind"), [
    ("SCT/BS", "copy"), ("SCT/CK,ĐC", "signature"), ("SCT/CK, ĐC", "signature"), ("sct/gd", "transaction"), ("SCTĐT/BS", "copy"),
    ("SCT/CKND", "translator")])
def test_registers_are_read_as_people_write_them(sign, kind):
    assert kind_of_register(sign) is CertificationKind(kind)
    assert is_electronic(sign) == (sign == "SCTĐT/BS")


@pytest.mark.parametrize("sign", ["", "SCT", "SCT/BSX", "dossiers"])
def test_other_books_are_none_of_ours(sign):
    assert kind_of_register(sign) is None


def test_labels_are_those_of_the_law():
    assert number_label(BookPlace("SCT/BS", 2026, 1, 152)) == "152, quyển số 01/2026-SCT/BS"
    assert printed_sign("SCT/CK,ĐC") == "SCT/CK, ĐC"
    assert line(electronic=True).register == "SCTĐT/BS"
    assert line("signature", electronic=True).register == "SCT/CK,ĐC"
    assert len(set(registers())) == len(registers()) == 5


def test_three_kinds_of_paper_are_three_numbers_and_ten_copies_are_one():
    lines = [line(name="Giấy khai sinh", copies=10), line(name="Bằng lái"), line(name="GIẤY KHAI SINH"), line("signature"), line("signature")]
    assert numbered(lines) == ((0, 2), (1,), (3,), (4,))


@given(st.lists(st.builds(line, KINDS, st.sampled_from(["a", "b", "A "]), electronic=st.booleans()), max_size=8))
def test_a_number_never_spans_registers_or_procedures(lines):
    of_procedure = by_procedure(lines)
    assert sorted(at for found in of_procedure.values() for at in found) == list(range(len(lines)))
    for group in numbered(lines):
        assert len({(lines[at].register, lines[at].procedure) for at in group}) == 1


def test_papers_to_suggest_have_no_twins():
    for names in usual_papers().values():
        assert len({name.casefold() for name in names}) == len(names) > 0
