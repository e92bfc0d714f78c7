"""Dossier codes: the contract's vectors, spelling, check character, and a reader that nothing upsets."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.codes import (
    MINISTRY,
    OFFICIAL,
    PROVISIONAL,
    check_character,
    official_code,
    parse_code,
    provisional_code,
    read_slip_qr,
    slip_qr,
)
from counter_app.domain.ids import CROCKFORD

VECTORS = json.loads((Path(__file__).parents[1] / "data/province/numbers.json").read_text("utf-8"))
CONTRACT = {kind: re.compile(pattern) for kind, pattern in VECTORS["patterns"].items()}
DAY = date(2026, 11, 23)
agencies = st.lists(st.text("ABCH0123456789", min_size=1, max_size=4), min_size=2, max_size=5).map(".".join)
serials = st.integers(0, 9999)
days = st.dates(date(2020, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize("vector", VECTORS["read"], ids=lambda vector: vector["code"])
def test_codes_of_the_contract_are_read(vector):
    code = parse_code(vector["code"])
    assert (code.text, code.kind, code.serial, code.day) == (vector["code"], vector["kind"], vector["serial"], DAY)


@pytest.mark.parametrize("text", VECTORS["refuse"])
def test_what_the_contract_refuses_is_never_official_or_provisional(text):
    code = parse_code(text)
    assert code is None or code.kind == MINISTRY


@pytest.mark.parametrize(("text", "day", "serial"), [
    ("G09.20-20260609-0092637", date(2026, 6, 9), 92637),
    ("BXD-260609-00123", date(2026, 6, 9), 123),
])
def test_ministry_codes_are_read(text, day, serial):
    code = parse_code(text)
    assert (code.kind, code.day, code.serial) == (MINISTRY, day, serial)


def test_digits_that_are_no_date_leave_the_day_open():
    assert parse_code("H99.10.05-269923-2000").day is None


def test_blanks_and_case_of_a_typed_code_do_not_matter():
    assert parse_code("  h99.10.05-261123-2000\r\n").text == "H99.10.05-261123-2000"
    assert parse_code("tam-d7k2m9q4.C0FF-261123-0001").text == "TAM-D7K2M9Q4.c0ff-261123-0001"
    assert parse_code("TAM-D7K2M9Q4.c0ff-261123-0001").agency == "D7K2M9Q4"


@pytest.mark.parametrize("text", [
    "", "-", "H99.10.05-261123-", "H99.10.05-٢٦١١٢٣-2000", "H99.10.05-261123-2000\n2", "Ｈ99.10.05-261123-2000", "H99..05-261123-2000",
    "H99.10.05-261123-2000 H99.10.05-261123-2001", "TAM-D7K2M9Q4-20261123-0001", "TAM-D7K2M9QI-261123-0001", "A" * 70 + ".1-261123-2000",
    "000000000456|000000000|Tên|01011990|Nam|Xã|01012022",
])
def test_other_text_is_no_code(text):
    assert parse_code(text) is None


@given(agencies, days, serials)
def test_an_official_code_is_read_back(agency, day, serial):
    text = official_code(agency, day, serial)
    code = parse_code(text)
    assert (code.text, code.kind, code.agency, code.day, code.serial) == (text, OFFICIAL, agency, day, serial)
    assert CONTRACT["official"].fullmatch(text)


@given(st.text(CROCKFORD, min_size=8, max_size=8), days, serials, st.sampled_from(["", "c0ff", "0a1b"]))
def test_a_provisional_code_is_read_back(device, day, serial, tail):
    text = provisional_code(device, day, serial, tail)
    code = parse_code(text)
    assert (code.text, code.kind, code.agency, code.day, code.serial) == (text, PROVISIONAL, device, day, serial)
    assert CONTRACT["provisional"].fullmatch(text)


@pytest.mark.parametrize(("agency", "serial"), [("H99", 1), ("h99.1", 1), ("", 1), ("H99.10.05", 10_000), ("H99.10.05", -1)])
def test_no_code_is_made_that_would_not_be_read(agency, serial):
    with pytest.raises(ValueError, match=r"agency|serial"):
        official_code(agency, DAY, serial)


@given(st.one_of(st.text(), st.text("TAMH0159.-*cf ", max_size=40), st.from_regex(r"\A[A-Z0-9.]{1,12}-[0-9]{6,8}-[0-9]{2,9}\Z")))
def test_no_text_upsets_the_reader_and_what_it_reads_it_reads_again(text):
    code = parse_code(text)
    if code:
        assert parse_code(code.text) == code
        assert (code.kind == MINISTRY) == (not any(pattern.fullmatch(code.text) for pattern in CONTRACT.values()))
    read = read_slip_qr(text)
    assert read is None or parse_code(read)


@pytest.mark.parametrize(("body", "check"), [
    ("A12425GABC1234002", "M"), ("0000000189470000", "8"), ("000000018947000000000000", "D"),
])
def test_the_check_character_is_that_of_published_identifiers(body, check):
    assert check_character(body) == check


@given(agencies, days, serials, st.data())
def test_one_wrong_figure_is_noticed(agency, day, serial, data):
    code = official_code(agency, day, serial)
    assert read_slip_qr(slip_qr(code)) == code
    places = [index for index, mark in enumerate(code) if mark.isdigit()]
    place = data.draw(st.sampled_from(places))
    other = data.draw(st.sampled_from([figure for figure in "0123456789" if figure != code[place]]))
    assert read_slip_qr(f"{code[:place]}{other}{code[place + 1:]}*{check_character(code)}") is None


@pytest.mark.parametrize("text", ["H99.10.05-261123-2000", "*", "H99.10.05-261123-2000*", "H99.10.05-261123-2000**"])
def test_a_qr_without_its_check_character_is_none(text):
    assert read_slip_qr(text) is None
