"""The shipped catalogue loads whole; a damaged one is refused with every place named, whatever the damage."""

from __future__ import annotations

import copy
import json
import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.catalogue import Procedure
from counter_app.domain.catalogue_reading import Catalogue, parse_catalogue, read_catalogue
from counter_app.domain.deadline_terms import Limit, LimitUnit
from counter_app.domain.errors import RuleBrokenError
from counter_app.support.paths import resource_path

DATA = resource_path("catalogue/procedures.json").read_bytes()
DOCUMENT = json.loads(DATA)
SHIPPED = parse_catalogue(DATA)
BY_CODE = {procedure.code: procedure for procedure in SHIPPED.procedures}
SMALL = {"meta": {"version": "t1", "title": "T"}, "procedures": [DOCUMENT["procedures"][0], *DOCUMENT["procedures"][5:9]]}


def places(document: object) -> list[str]:
    """The places that a damaged document is refused for."""
    with pytest.raises(RuleBrokenError) as caught:
        read_catalogue(document)
    assert {problem.code for problem in caught.value.problems} == {"CATALOGUE_DAMAGED"}
    assert all(problem.params == {"where": problem.field} for problem in caught.value.problems)
    return [str(problem.field) for problem in caught.value.problems]


def changed(*path: str | int, value: object = None, gone: bool = False) -> dict[str, object]:
    """The small catalogue with one value replaced or removed."""
    document = copy.deepcopy(SMALL)
    target = document
    for step in path[:-1]:
        target = target[step]
    if gone:
        del target[path[-1]]
    else:
        target[path[-1]] = value
    return document


def test_the_shipped_catalogue():
    assert SHIPPED.version == "2026-11-21"
    assert len(SHIPPED.procedures) == len(BY_CODE) == 273
    assert sum(known.time_limit.limit is None for known in SHIPPED.procedures) == 31
    assert sum(known.desk_rank is not None for known in SHIPPED.procedures) == 53
    assert sum(known.vertical_sector != "" for known in SHIPPED.procedures) == 21
    assert all(known.time_limit.text for known in SHIPPED.procedures)


def test_the_procedures_of_civil_status_end_with_the_old_law():
    ending = [known for known in SHIPPED.procedures if known.effective_to]
    assert {known.effective_to for known in ending} == {date(2027, 2, 28)}
    assert {known.field_name for known in ending} == {"Hộ tịch"}
    assert len(ending) == 41
    birth = BY_CODE["1.001193"]
    assert birth.in_force(date(2027, 2, 28))
    assert not birth.in_force(date(2027, 3, 1))


def test_one_procedure_in_every_part():
    copies = BY_CODE["2.000815"]
    assert copies.label == "Chứng thực bản sao từ bản chính"
    assert copies.version_id == "2026-11-21/2.000815"
    assert copies.time_limit.limit == Limit(1, LimitUnit.SAME_DAY)
    assert copies.time_limit.cutoff == "15:00"
    fee = copies.fees[0]
    assert (fee.amount_vnd, fee.per, fee.cap_vnd, fee.tier_from_page, fee.tier_amount_vnd) == (2000, "page_of_original", 200000, 3, 1000)
    assert fee.exemption_note.startswith("Vay vốn")
    shown, handed_in = copies.documents
    assert (shown.shown_only, shown.original, handed_in.shown_only, handed_in.copy, handed_in.conditional) == (True, 1, False, 1, True)
    assert copies.results[0].code == "KQ.G15.000021"
    assert copies.certification_register == "SCT/BS"
    assert copies.channels == ("direct",)
    assert copies.on_the_spot


def test_cases_and_foreseen_extensions_are_limits_of_their_own():
    marriage = BY_CODE["1.000894"]
    assert [(v.case, v.limit) for v in marriage.variants] == [("cần xác minh điều kiện kết hôn", Limit(5, LimitUnit.WORKING_DAY))]
    correction = {v.case: v.limit for v in BY_CODE["1.004859"].variants}
    assert correction["thay đổi, cải chính, xác định lại dân tộc"] == Limit(3, LimitUnit.WORKING_DAY)
    assert correction["thay đổi, cải chính, xác định lại dân tộc; cần xác minh"] == Limit(6, LimitUnit.WORKING_DAY)
    assert correction["bổ sung thông tin hộ tịch"] == Limit(1, LimitUnit.SAME_DAY)


@pytest.mark.parametrize(("document", "where"), [
    (None, "1:1"), ([], "1:1"), ("x", "1:1"), ({}, "meta"), ({"meta": {}}, "meta.version"), ({"meta": {"version": "1"}}, "procedures"),
    ({"meta": {"version": "1"}, "procedures": {}}, "procedures"),
    ({"meta": {"version": "1"}, "procedures": []}, "procedures"),
    ({"meta": {"version": ""}, "procedures": []}, "meta.version"),
    ({"meta": {"version": "1" * 65}, "procedures": []}, "meta.version"),
    (changed("meta", "count", value=6), "meta.count"),
    (changed("procedures", 1, value=None), "procedures[1]"),
    (changed("procedures", 1, "code", value="abc"), "procedures[1].code"),
    (changed("procedures", 1, "code", value="1.00484"), "procedures[1].code"),
    (changed("procedures", 1, "code", value="١.004845"), "procedures[1].code"),
    (changed("procedures", 1, "name", value=" \u200b"), "procedures[1].name"),
    (changed("procedures", 1, "name", gone=True), "procedures[1].name"),
    (changed("procedures", 1, "short_name", value=7), "procedures[1].short_name"),
    (changed("procedures", 1, "field", value="Hộ tịch"), "procedures[1].field"),
    (changed("procedures", 1, "field", "name", value=None), "procedures[1].field.name"),
    (changed("procedures", 1, "time_limit", "value", value=True), "procedures[1].time_limit.value"),
    (changed("procedures", 1, "time_limit", "value", value=3.0), "procedures[1].time_limit.value"),
    (changed("procedures", 1, "time_limit", "value", value=0), "procedures[1].time_limit.value"),
    (changed("procedures", 1, "time_limit", "value", value=10**40), "procedures[1].time_limit.value"),
    (changed("procedures", 1, "time_limit", "value", value=None), "procedures[1].time_limit.value"),
    (changed("procedures", 1, "time_limit", "unit", value="week"), "procedures[1].time_limit.unit"),
    (changed("procedures", 1, "time_limit", "unit", value=None), "procedures[1].time_limit.unit"),
    (changed("procedures", 1, "time_limit", "same_day_cutoff", value="25:00"), "procedures[1].time_limit.same_day_cutoff"),
    (changed("procedures", 1, "time_limit", "variants", value=[{"case": "x"}]), "procedures[1].time_limit.variants[0].unit"),
    (changed("procedures", 1, "time_limit", "extension", value={"value": 3, "unit": "day"}), "procedures[1].time_limit.extension.when"),
    (changed("procedures", 0, "fees", 0, "amount_vnd", value=-1), "procedures[0].fees[0].amount_vnd"),
    (changed("procedures", 0, "fees", 0, "amount_vnd", value="2000"), "procedures[0].fees[0].amount_vnd"),
    (changed("procedures", 0, "fees", 0, "amount_vnd", gone=True), "procedures[0].fees[0].amount_vnd"),
    (changed("procedures", 0, "fees", 0, "tier", value=[]), "procedures[0].fees[0].tier"),
    (changed("procedures", 0, "fees", value=None), "procedures[0].fees"),
    (changed("procedures", 0, "documents", 1, "copy", value=True), "procedures[0].documents[1].copy"),
    (changed("procedures", 0, "documents", 1, "kind", value="eat"), "procedures[0].documents[1].kind"),
    (changed("procedures", 0, "documents", 1, "conditional", value=1), "procedures[0].documents[1].conditional"),
    (changed("procedures", 0, "result", 0, "name", value=None), "procedures[0].result[0].name"),
    (changed("procedures", 0, "channels", 0, value="fax"), "procedures[0].channels[0]"),
    (changed("procedures", 0, "effective_from", value="2026-02-30"), "procedures[0].effective_from"),
    (changed("procedures", 0, "effective_from", value=20260101), "procedures[0].effective_from"),
])
def test_damage_is_named(document, where):
    assert places(document) == [where]


def test_every_bad_line_is_named():
    document = changed("procedures", 3, "name", value=None)
    document["procedures"][1] = 7
    document["meta"]["count"] = 99
    assert places(document) == ["meta.count", "procedures[1]", "procedures[3].name"]


def test_dates_that_end_before_they_begin_are_damage():
    document = changed("procedures", 0, "effective_to", value="2026-01-01")
    document["procedures"][0]["effective_from"] = "2026-01-02"
    assert places(document) == ["procedures[0].effective_to"]


def test_a_code_may_stand_twice_with_versions_that_follow_one_another():
    document = changed("procedures", 0, "effective_to", value="2027-02-28")
    following = dict(SMALL["procedures"][0], effective_from="2027-03-01", effective_to=None)
    document["procedures"].append(following)
    versions = [known for known in read_catalogue(document).procedures if known.code == following["code"]]
    assert [known.version_id for known in versions] == ["t1/2.000815", "t1/2.000815@2027-03-01"]
    following["effective_from"] = "2027-02-28"
    assert places(document) == ["procedures: 2.000815"]


@pytest.mark.parametrize(("data", "where"), [
    (b"", "1:1"), (b'{"meta": {},\n "procedures": [}', "2:17"), (DATA[:5000], None), (b"\xff\xfe{}", "1:1"), (b"[" * 200_000, "1:1"),
    (b'{"meta": ' + b"9" * 5000 + b"}", "1:1"), (b"\x00\x00", "1:1"),
])
def test_a_file_that_is_no_json(data, where):
    with pytest.raises(RuleBrokenError) as caught:
        parse_catalogue(data)
    assert caught.value.code == "CATALOGUE_DAMAGED"
    assert where in (None, caught.value.problems[0].field)


def test_a_byte_order_mark_is_passed_over():
    assert parse_catalogue(b"\xef\xbb\xbf" + DATA) == SHIPPED


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 5000), st.integers(), st.floats(), st.text(max_size=8), st.just([]), st.just({}), st.just([None]),
    st.sampled_from(["day", "submit", "direct", "2026-02-30", "2027-01-01", "1.004845", "15:00", "\ud800", "\u202e"]),
)


def spots(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every place in a document."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(spot for key, item in inner for spot in spots(item, (*path, key)))]


SPOTS = spots(SMALL)[1:]


@given(st.lists(st.tuples(st.sampled_from(SPOTS), st.sampled_from(["set", "delete", "repeat"]), VALUES), min_size=1, max_size=4))
def test_any_mutation_is_damage_or_a_valid_catalogue(mutations):
    document = copy.deepcopy(SMALL)
    for spot, act, value in mutations:
        mutate(document, spot, act, value)
    judge(document)


def test_mutations_all_over_the_real_catalogue():
    chance = random.Random(1)
    everywhere = spots(DOCUMENT)[1:]
    wrong = [None, True, -1, 10**30, 1.5, "", "x" * 6000, [], {}, "\ud83d"]
    refused = 0
    for _ in range(60):
        document = json.loads(DATA)
        for spot in chance.sample(everywhere, 3):
            mutate(document, spot, chance.choice(["set", "delete", "repeat"]), chance.choice(wrong))
        refused += judge(document) is None
    assert refused > 30


def mutate(document: object, spot: tuple[str | int, ...], act: str, value: object) -> None:
    """Change one place, as far as it is still there."""
    target = document
    for step in spot[:-1]:
        if not (isinstance(target, dict) and step in target) and not (isinstance(target, list) and isinstance(step, int) and step < len(target)):
            return
        target = target[step]
    last = spot[-1]
    if isinstance(target, dict) and last in target:
        if act == "delete":
            del target[last]
        else:
            target[last] = value
    elif isinstance(target, list) and isinstance(last, int) and last < len(target):
        if act == "delete":
            del target[last]
        elif act == "repeat":
            target.append(target[last])
        else:
            target[last] = value


def judge(document: object) -> Catalogue | None:
    """Read a document that may be damaged; what comes out is sound."""
    catalogue, codes = None, {"CATALOGUE_DAMAGED"}
    try:
        catalogue = read_catalogue(document)
    except RuleBrokenError as error:
        codes = {problem.code for problem in error.problems}
    assert codes == {"CATALOGUE_DAMAGED"}
    if catalogue is None:
        return None
    assert len({known.version_id for known in catalogue.procedures}) == len(catalogue.procedures) > 0
    assert all(sound(known) for known in catalogue.procedures)
    return catalogue


def sound(known: Procedure) -> bool:
    texts = [known.code, known.name, known.field_name, known.time_limit.text, *(fee.name for fee in known.fees), *(p.name for p in known.documents)]
    counts = [known.time_limit.limit.value if known.time_limit.limit else 1, *(p.original + 1 for p in known.documents)]
    return all(isinstance(text, str) and text.strip() and text.encode() for text in texts) and all(
        type(count) is int and count > 0 for count in counts)
