"""``fee``, ``card`` and ``catalogue`` answer as promised, whatever they are given."""

from __future__ import annotations

import argparse
import io
import json
import re
import sys
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.cli import rule_verbs
from counter_app.cli.frame import CommandContext, dump_json
from counter_app.domain.errors import RuleBrokenError, SurroundingsError
from counter_app.domain.people import Actor, Role
from counter_app.services.desk.catalogue import CatalogueService
from counter_app.support import messages
from counter_app.support.paths import resource_path
from tests.examples import examples
from tests.fakes import FakeClock, FakeDatabase

CARD = "001190000456|123456789|Trần Thị Ví Dụ|15031990|Nữ|Số 1, Tổ 2, Xã Đắk Mil, Lâm Đồng|01092025||||"
FILE = str(resource_path("catalogue/procedures.json"))


class Call:
    """Runs verbs, with standard input and a desk in memory; ``value`` is the last result as another program reads it."""

    def __init__(self, monkeypatch, tmp_path):
        self.monkeypatch = monkeypatch
        self.context = CommandContext(tmp_path, lang="vi")
        self.database = FakeDatabase()
        service = CatalogueService(self.database, FakeClock())
        self.context._counter = SimpleNamespace(catalogue=service, close=bool)
        self.context._actor = Actor("u-0001", Role.ADMINISTRATOR)
        self.parser = argparse.ArgumentParser()
        rule_verbs.register(self.parser.add_subparsers(required=True))

    def __call__(self, *words, given=b""):
        self.monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(given)))
        arguments = self.parser.parse_args(words)
        self.result = arguments.run(self.context, arguments)
        self.value = json.loads(dump_json(self.result.value))
        return self.value


@pytest.fixture
def call(monkeypatch, tmp_path):
    return Call(monkeypatch, tmp_path)


@pytest.fixture
def desk(call):
    call("catalogue", "import", FILE)
    call("catalogue", "activate", "2026-11-21", "--from", "01/01/2020")
    return call


def fee(call, lines):
    return call("fee", "-", given=json.dumps({"lines": lines}).encode())


def test_fee(call):
    lines = [{"kind": "copy", "pages": 3, "copies": 4}, {"kind": "signature", "quantity": 2}, {"kind": "extract", "quantity": 1}]
    assert fee(call, lines) == {"error": None, "amounts": [20000, 20000, 8000], "total": 48000}
    assert call.result.lines == ("1. 20.000 đ", "2. 20.000 đ", "3. 8.000 đ", "Tổng cộng: 48.000 đ")
    assert call.result.exit_code == 0


def test_fee_from_a_file_and_of_nothing(call, tmp_path):
    (tmp_path / "lines.json").write_text('{"lines": []}', encoding="utf-8")
    assert call("fee", str(tmp_path / "lines.json")) == {"error": None, "amounts": [], "total": 0}


def test_a_bad_line_gives_its_code_and_no_half_total(call):
    assert fee(call, [{"kind": "extract", "quantity": 1}, {"kind": "copy", "pages": 0, "copies": 1}]) == {
        "error": "PAGES_INVALID", "amounts": None, "total": None,
    }
    assert call.result.lines[0].startswith("2. Số trang")


@pytest.mark.parametrize("given", [b"[]", b"{}", b'{"lines": {}}', b"null", b'{"lines": null}'])
def test_fee_without_lines_is_refused(call, given):
    with pytest.raises(RuleBrokenError, match="FEE_LINES_MISSING@lines"):
        call("fee", given=given)


def test_fee_before_any_tariff(call):
    with pytest.raises(RuleBrokenError, match="FEES_UNKNOWN_THEN@on"):
        call("fee", "--on", "2016-12-31", given=b'{"lines": []}')


def test_card(call):
    expected = {
        "ok": True, "error": None, "warnings": [],
        "value": {
            "id_number": "001190000456", "old_id_number": "123456789", "full_name": "Trần Thị Ví Dụ", "birth_date": "1990-03-15", "birth_year": 1990,
            "sex": "female", "address": "Số 1, Tổ 2, Xã Đắk Mil, Lâm Đồng", "issue_date": "2025-09-01", "extra": [],
        },
    }
    assert call("card", "--today", "2026-11-21", "-", given=CARD.encode()) == expected
    assert call("card", "--today", "21/11/2026", given=b"\xef\xbb\xbf" + CARD.encode() + b"\r\n") == expected
    assert call("card", "--today", "2026-11-21", CARD) == expected
    assert call("card", "--today", "2026-11-21", given=json.dumps(CARD).encode()) == expected
    assert call.result.exit_code == 0


def test_card_from_a_file(call, tmp_path):
    (tmp_path / "card.txt").write_text(CARD, encoding="utf-8")
    assert call("card", str(tmp_path / "card.txt"))["ok"]
    with pytest.raises(SurroundingsError, match="FILE_NOT_FOUND"):
        call("card", str(tmp_path / "none.txt"))


def test_today_bounds_the_dates_of_a_card(call):
    assert call("card", "--today", "2025-08-31", CARD)["warnings"] == ["ISSUE_DATE_INVALID"]
    assert call("card", "--today", "1985-01-01", CARD)["value"]["birth_date"] is None
    with pytest.raises(RuleBrokenError, match="DATE_IMPOSSIBLE@today"):
        call("card", "--today", "2026-02-30", CARD)


@pytest.mark.parametrize(("given", "error"), [
    (b"", "NOT_CARD_QR"), (b"|||", "TOO_FEW_FIELDS"), (b"1||||||", "BAD_ID_NUMBER"), (CARD.encode("cp1258", errors="replace"), "ENCODING_BROKEN"),
    (CARD.encode("utf-16"), None), (b'"x', "NOT_CARD_QR"), (b'"\\ud800"', "NOT_CARD_QR"), (b'["a"]', "NOT_CARD_QR"),
])
def test_a_card_that_cannot_be_read_is_an_answer(call, given, error):
    value = call("card", given=given)
    assert (value["ok"], value["value"]) == (False, None)
    assert error in (None, value["error"])
    assert call.result.lines[0] == messages.text(value["error"], "vi") != value["error"]


@settings(max_examples=examples(12))
@given(data=st.one_of(st.binary(max_size=80), st.text(max_size=80).map(lambda text: text.encode(errors="surrogatepass"))))
def test_card_answers_anything(data):
    with pytest.MonkeyPatch.context() as patch:
        value = Call(patch, None)("card", "--today", "2026-11-21", given=data)
    assert set(value) == {"ok", "error", "value", "warnings"}


JSON_VALUES = st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
    st.sampled_from(["lines", "kind", "pages", "copies", "quantity"]) | st.text(max_size=3), inner, max_size=4), max_leaves=12)


@settings(max_examples=examples(12))
@given(document=JSON_VALUES | st.fixed_dictionaries({"lines": st.lists(JSON_VALUES, max_size=4)}), cut=st.integers(0, 3))
def test_fee_answers_or_refuses_anything(document, cut):
    data = json.dumps(document).encode()
    with pytest.MonkeyPatch.context() as patch:
        call, code = Call(patch, None), None
        try:
            value = call("fee", given=data[:len(data) - cut])
        except RuleBrokenError as error:
            code = error.code
    if code is None:
        assert set(value) == {"error", "amounts", "total"}
        assert (value["error"] is None) == (value["total"] is not None)
    else:
        assert code in {"FEE_LINES_MISSING", "JSON_DAMAGED"}


def test_importing_a_catalogue(call):
    value = call("catalogue", "import", FILE)
    assert (value["version"], value["procedures"], value["active_from"]) == ("2026-11-21", 273, None)
    assert (len(value["without_limit"]), len(value["fees_unknown"])) == (31, 111)
    assert "273" in call.result.lines[0]
    assert call("catalogue", "list")["total"] == 0


def test_listing(desk):
    value = desk("catalogue", "list")
    assert value["total"] == len(value["procedures"]) == 273
    first = value["procedures"][0]
    assert (first["code"], first["limit"], first["desk_rank"], first["version"]) == ("2.000815", {"value": 1, "unit": "same_day"}, 1, "2026-11-21")
    assert first["fees"][0]["amount_vnd"] == 2000
    assert first["fees"][0]["exemption_note"].startswith("Vay vốn")
    assert sum(known["limit"] is None for known in value["procedures"]) == 31
    assert sum(known["fees_unknown"] for known in value["procedures"]) == 111
    assert value["versions"] == [{"version": "2026-11-21", "procedures": 273, "active_from": "2020-01-01"}]
    assert len(desk.result.lines) == 274


def test_listing_a_field_on_a_day(desk):
    assert desk("catalogue", "list", "--field", "ho tich")["total"] == 41
    assert desk("catalogue", "list", "--field", "Hộ tịch", "--on", "2027-03-01")["total"] == 0
    assert desk("catalogue", "list", "--field", "Không có")["total"] == 0


def test_comparing(desk, tmp_path):
    assert desk("catalogue", "diff", FILE) == {"differences": [], "added": 0, "removed": 0, "changed": 0}
    assert (desk.result.exit_code, desk.result.lines) == (0, ("Không có gì khác danh mục đang dùng.",))
    document = json.loads(resource_path("catalogue/procedures.json").read_bytes())
    del document["meta"]["count"], document["procedures"][5:]
    document["procedures"][0]["name"] = "Tên mới"
    (tmp_path / "new.json").write_text(json.dumps(document), encoding="utf-8")
    value = desk("catalogue", "diff", str(tmp_path / "new.json"))
    assert (value["added"], value["removed"], value["changed"]) == (0, 268, 1)
    assert {"procedure_code": "2.000815", "kind": "changed", "what": "name"}.items() <= next(d for d in value["differences"] if d["kind"] == "changed").items()
    assert desk.result.exit_code == 5
    assert any("thay đổi: tên: " in line for line in desk.result.lines)


def test_deciding_on_top(desk):
    value = desk("catalogue", "override", "1.004873", "--decision", "12/QĐ-UBND", "--from", "2026-12-01", "--limit", "2")
    assert (value["limit"], value["overridden_by"]) == ({"value": 2, "unit": "working_day"}, ["12/QĐ-UBND"])
    fee_name = value["fees"][0]["name"]
    words = ["--decision", "13/QĐ-UBND", "--from", "2026-12-01", "--fee", fee_name, "--amount", "15000"]
    assert desk("catalogue", "override", "1.004873", *words)["fees"][0]["amount_vnd"] == 15000
    with pytest.raises(RuleBrokenError, match="DECISION_EMPTY"):
        desk("catalogue", "override", "1.004873", "--decision", "14", "--from", "2026-12-01")


def test_every_code_of_the_rules_has_a_sentence_in_both_languages():
    used = set()
    rooms = ("domain/card", "domain/card_checks", "domain/fees", "domain/vietqr", "domain/catalogue_reading", "domain/catalogue_overrides",
             "services/desk/catalogue", "cli/rule_verbs")
    for room in rooms:
        source = (resource_path("").parent / "counter_app" / f"{room}.py").read_text(encoding="utf-8")
        used |= set(re.findall(r'"([A-Z]+(?:_[A-Z0-9]+)+)"', source))
    used |= {"PAGES_INVALID", "COPIES_INVALID", "QUANTITY_INVALID"}
    assert len(used) > 40
    for lang in messages.LANGUAGES:
        assert {code for code in used if messages.text(code, lang) == code} == set()


def test_both_languages_say_the_same_values():
    vietnamese, english = ({key: set(re.findall(r"(?<!\{)\{(\w+)\}", said)) for key, said in json.loads(
        (resource_path(f"messages/{lang}/rules.json")).read_text(encoding="utf-8")).items()} for lang in messages.LANGUAGES)
    assert vietnamese == english
