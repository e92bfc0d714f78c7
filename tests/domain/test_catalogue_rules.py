"""Comparing catalogues, deciding on top of them, and finding a procedure by a few letters."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.catalogue import Fee, Procedure, ProcedureOverride, TimeLimit
from counter_app.domain.catalogue_compare import compare
from counter_app.domain.catalogue_index import CatalogueIndex
from counter_app.domain.catalogue_overrides import national_code, override_problems, with_overrides
from counter_app.domain.catalogue_reading import parse_catalogue
from counter_app.domain.catalogue_words import fee_words, limit_words
from counter_app.domain.deadline_terms import Limit, LimitUnit
from counter_app.domain.text import fold, matches, words
from counter_app.support.paths import resource_path

SHIPPED = parse_catalogue(resource_path("catalogue/procedures.json").read_bytes()).procedures
BY_CODE = {known.code: known for known in SHIPPED}
INDEX = CatalogueIndex(SHIPPED)
BIRTH, COPIES, MARITAL = BY_CODE["1.001193"], BY_CODE["2.000815"], BY_CODE["1.004873"]
DAY = date(2026, 11, 21)


def decision(**changed: object) -> ProcedureOverride:
    base = ProcedureOverride("1.004873", "12/QĐ-UBND", date(2026, 12, 1), Limit(2, LimitUnit.WORKING_DAY))
    return replace(base, **changed)


@pytest.mark.parametrize(("limit", "said"), [
    (None, "Không quy định"), (Limit(1, LimitUnit.SAME_DAY), "Trong ngày"), (Limit(3, LimitUnit.WORKING_DAY), "3 ngày làm việc"),
    (Limit(15, LimitUnit.DAY), "15 ngày"), (Limit(2, LimitUnit.MONTH), "2 tháng"), (Limit(4, LimitUnit.HOUR), "4 giờ làm việc"),
])
def test_limits_in_words(limit, said):
    assert limit_words(limit) == said


@pytest.mark.parametrize(("fee", "said"), [
    (Fee("Phí", None), "Chưa có mức thu"),
    (Fee("Phí", 0), "Không thu"),
    (Fee("Phí", 10000, "case"), "10.000 đ/trường hợp"),
    (Fee("Phí", 10000, "tờ"), "10.000 đ/tờ"),
    (Fee("Phí", 8000, exemption_note="Miễn cho hộ nghèo"), "8.000 đ (Miễn cho hộ nghèo)"),
])
def test_a_fee_is_never_shown_without_its_exemption(fee, said):
    assert fee_words(fee) == said


def test_equal_catalogues_do_not_differ():
    assert compare(SHIPPED, tuple(reversed(SHIPPED))) == ()
    assert compare((), ()) == ()


def test_every_kind_of_difference_in_words():
    changed = replace(
        MARITAL, time_limit=TimeLimit(Limit(5, LimitUnit.WORKING_DAY), "05 ngày làm việc"), documents=MARITAL.documents[1:],
        fees=(replace(MARITAL.fees[0], amount_vnd=15000), *MARITAL.fees[1:]), channels=("direct",),
    )
    found = compare((MARITAL, BIRTH), (changed, COPIES))
    kinds = [(line.procedure_code, line.kind, line.what) for line in found]
    assert kinds == [
        ("1.001193", "removed", ""), ("1.004873", "changed", "time_limit"), ("1.004873", "changed", "fees"), ("1.004873", "changed", "documents"),
        ("1.004873", "changed", "channels"), ("2.000815", "added", ""),
    ]
    limit, fee, papers = found[1:4]
    assert limit.after == "5 ngày làm việc (05 ngày làm việc)"
    assert "15.000 đ" in fee.after
    assert MARITAL.documents[0].name in papers.before
    assert papers.after == ""


@given(st.lists(st.sampled_from(SHIPPED), unique=True, max_size=12), st.lists(st.sampled_from(SHIPPED), unique=True, max_size=12))
def test_comparing_back_mirrors_comparing(before, after):
    forth, back = compare(before, after), compare(after, before)
    mirrored = {"added": "removed", "removed": "added", "changed": "changed"}
    assert [(line.procedure_code, mirrored[line.kind]) for line in forth] == [(line.procedure_code, line.kind) for line in back]


def test_two_versions_of_a_code_are_compared_one_by_one():
    old = replace(BIRTH, effective_to=date(2027, 2, 28))
    new = replace(BIRTH, effective_from=date(2027, 3, 1), effective_to=None)
    assert [(line.kind, line.procedure_code) for line in compare((old,), (new, old))] == [("added", BIRTH.code)]


def test_a_decision_changes_the_limit_from_its_day_on():
    decided = decision(effective_to=date(2026, 12, 31))
    assert with_overrides(MARITAL, [decided], date(2026, 11, 30)) == MARITAL
    assert with_overrides(MARITAL, [decided], date(2027, 1, 1)) == MARITAL
    for day in (date(2026, 12, 1), date(2026, 12, 31)):
        changed = with_overrides(MARITAL, [decided], day)
        assert changed.time_limit.limit == Limit(2, LimitUnit.WORKING_DAY)
        assert changed.time_limit.text == "2 ngày làm việc (12/QĐ-UBND)"
        assert changed.overridden_by == ("12/QĐ-UBND",)
        assert changed.fees == MARITAL.fees
    assert with_overrides(BIRTH, [decided], date(2026, 12, 5)) == BIRTH


def test_the_later_decision_wins_whatever_the_order_of_entry():
    earlier, later = decision(), decision(decision_number="20/QĐ-UBND", effective_from=date(2026, 12, 10), limit=Limit(1, LimitUnit.DAY))
    for decisions in ([earlier, later], [later, earlier]):
        changed = with_overrides(MARITAL, decisions, date(2026, 12, 11))
        assert changed.time_limit.limit == Limit(1, LimitUnit.DAY)
        assert changed.overridden_by == ("12/QĐ-UBND", "20/QĐ-UBND")


def test_a_decision_fills_a_fee_in_and_keeps_its_exemption():
    unknown = next(known for known in SHIPPED if any(fee.amount_vnd is None for fee in known.fees))
    fee = next(fee for fee in unknown.fees if fee.amount_vnd is None)
    decided = decision(procedure_code=unknown.code, limit=None, fee_name=fee.name, amount_vnd=25000)
    assert override_problems(decided, unknown) == []
    changed = with_overrides(unknown, [decided], date(2026, 12, 1))
    assert [(f.amount_vnd, f.exemption_note) for f in changed.fees if f.name == fee.name] == [(25000, fee.exemption_note)]
    assert changed.time_limit == unknown.time_limit


def test_a_decision_about_the_national_code_holds_for_its_variants():
    variant = replace(MARITAL, code="1.004873.H36")
    assert national_code("2.000815.000.00.00.H55") == "2.000815"
    assert with_overrides(variant, [decision()], date(2026, 12, 1)).overridden_by == ("12/QĐ-UBND",)


@pytest.mark.parametrize(("changed", "problems"), [
    ({}, []),
    ({"decision_number": " "}, [("DECISION_MISSING", "decision_number")]),
    ({"decision_number": "1" * 101}, [("DECISION_MISSING", "decision_number")]),
    ({"effective_to": date(2026, 11, 30)}, [("DECISION_DATES", "effective_to")]),
    ({"limit": None}, [("DECISION_EMPTY", "limit")]),
    ({"fee_name": MARITAL.fees[0].name, "amount_vnd": 5}, [("DECISION_EMPTY", "limit")]),
    ({"limit": Limit(0, LimitUnit.DAY)}, [("LIMIT_IMPOSSIBLE", "limit")]),
    ({"limit": None, "fee_name": "Phí lạ", "amount_vnd": 5}, [("FEE_NAME_UNKNOWN", "fee_name")]),
    ({"limit": None, "fee_name": MARITAL.fees[0].name}, [("FEE_IMPOSSIBLE", "amount_vnd")]),
    ({"limit": None, "fee_name": MARITAL.fees[0].name, "amount_vnd": -1}, [("FEE_IMPOSSIBLE", "amount_vnd")]),
])
def test_what_is_wrong_with_a_decision(changed, problems):
    assert [(p.code, p.field) for p in override_problems(decision(**changed), MARITAL)] == problems


def labels(query: str, limit: int = 8) -> list[str]:
    return [known.label for known in INDEX.match(query, limit)]


def test_the_desk_order():
    ranks = [known.desk_rank for known in INDEX.procedures]
    assert ranks[:53] == list(range(1, 54))
    assert set(ranks[53:]) == {None}
    unranked = [(fold(known.field_name), fold(known.name)) for known in INDEX.procedures[53:]]
    assert unranked == sorted(unranked)


def test_three_letters_without_accents_find_what_is_frequent_first():
    assert labels("kha")[0] == "Đăng ký khai sinh"
    assert labels("chu ky")[0] == "Chứng thực chữ ký"
    assert labels("sinh khai")[0] == "Đăng ký khai sinh"
    assert labels("ĐĂNG KÝ KHAI SINH")[0] == "Đăng ký khai sinh"
    assert labels("xyzzy") == []
    assert labels("") == labels(" - ") == []
    assert len(INDEX.match("th", 3)) == 3


def test_accents_change_the_order_only():
    plain, accented = INDEX.match("khai tu", 273), INDEX.match("khai tử", 273)
    assert set(plain) == set(accented)
    assert "khai tử" in accented[0].label.casefold()


@pytest.mark.parametrize("query", ["1.004873", "1.00487", "1004873", "004873", " 1.004873 "])
def test_codes_are_found_by_their_beginning(query):
    assert MARITAL in INDEX.match(query)
    assert len(INDEX.match(query)) < 8


def test_a_dot_alone_is_no_code():
    assert INDEX.match(".") == []


@given(st.sampled_from(SHIPPED), st.data())
def test_every_procedure_is_found_by_beginnings_of_its_words(known: Procedure, data):
    chosen = data.draw(st.lists(st.sampled_from(words(known.label)), min_size=1, max_size=4))
    begun = [word[:data.draw(st.integers(1, len(word)))] for word in chosen]
    query = " ".join(begun)
    found = INDEX.match(query, 273)
    if not query.replace(" ", "").isdigit():
        assert known in found
        assert all(matches(words(query), fold(f"{p.short_name} {p.name} {p.field_name}")) for p in found)


@given(st.text(max_size=30))
def test_any_query_is_answered(query):
    assert len(INDEX.match(query)) <= 8


def test_finding_by_code():
    assert INDEX.find("1.004873") is MARITAL
    assert INDEX.find("1.004873.000.00.00.H36") is MARITAL
    assert INDEX.find("1.004873.01") is MARITAL
    assert INDEX.find("9.999999") is None
    assert INDEX.find("") is None
    case = replace(MARITAL, code="1.004873.01")
    assert CatalogueIndex([MARITAL, case]).find("1.004873.01") is case


def test_listing_a_field_with_and_without_accents():
    assert len(INDEX.listed("Hộ tịch")) == len(INDEX.listed("ho tich")) == 41
    assert INDEX.listed("không có") == ()
    assert len(INDEX.listed()) == 273
