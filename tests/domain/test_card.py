"""Citizen cards: every check of the domain guide, and nothing that makes the reader stumble."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.card import Card, read_card
from counter_app.domain.card_checks import id_warnings, is_id_number, known_prefixes
from counter_app.domain.dossier import Sex

TODAY = date(2026, 11, 21)
FIELDS = ("001190000456", "123456789", "Trần Thị Ví Dụ", "15031990", "Nữ", "Số 1, Tổ 2, Xã Đắk Mil, Lâm Đồng", "01092025")
ERRORS = {"NOT_CARD_QR", "TOO_FEW_FIELDS", "BAD_ID_NUMBER", "ENCODING_BROKEN", "NAME_EMPTY"}
WARNINGS = (
    "SIX_FIELDS", "TYPING_SUSPECT", "OLD_ID_FORMAT", "BIRTH_DATE_PARTIAL", "BIRTH_DATE_INVALID", "SEX_UNKNOWN", "ADDRESS_EMPTY",
    "ISSUE_DATE_INVALID", "ISSUE_BEFORE_BIRTH", "ADDRESS_PRE_2025", "EXTRA_FIELDS", "ID_PREFIX_UNKNOWN", "ID_SEX_MISMATCH", "ID_YEAR_MISMATCH",
)
ID, OLD, NAME, BIRTH, SEX, ADDRESS, ISSUED = range(7)


def card(**changed: str) -> str:
    """The text of a card with some fields changed, by name."""
    places = {"id": ID, "old": OLD, "name": NAME, "birth": BIRTH, "sex": SEX, "address": ADDRESS, "issued": ISSUED}
    fields = list(FIELDS)
    for name, value in changed.items():
        fields[places[name]] = value
    return "|".join(fields)


def test_a_good_card_is_read_whole():
    reading = read_card(card(), TODAY)
    assert reading.ok
    assert reading.warnings == ()
    assert reading.value == Card(
        "001190000456", "Trần Thị Ví Dụ", "123456789", date(1990, 3, 15), 1990, Sex.FEMALE, "Số 1, Tổ 2, Xã Đắk Mil, Lâm Đồng", date(2025, 9, 1), ())


@pytest.mark.parametrize(("text", "error"), [
    ("", "NOT_CARD_QR"),
    ("Trần Thị Ví Dụ", "NOT_CARD_QR"),
    ("H36.50.05-261121-0007", "NOT_CARD_QR"),
    ("|", "TOO_FEW_FIELDS"),
    ("|".join(FIELDS[:5]), "TOO_FEW_FIELDS"),
    ("12345|||||", "BAD_ID_NUMBER"),
    (card(id="00119000045"), "BAD_ID_NUMBER"),
    (card(id="0011900004567"), "BAD_ID_NUMBER"),
    (card(id="00119000045A"), "BAD_ID_NUMBER"),
    (card(id="٠٠١١٩٠٠٠٠٤٥٦"), "BAD_ID_NUMBER"),
    (card(id="001190 000456"), "BAD_ID_NUMBER"),
    (card(id=""), "BAD_ID_NUMBER"),
    (card(name="Tr\ufffdn Thị"), "ENCODING_BROKEN"),
    (card(name="Tráº§n Thá»‹ VÃ­ Dá»¥"), "ENCODING_BROKEN"),
    (card(address="ThÃ¢n"), "ENCODING_BROKEN"),
    (card(address="Ä‘Æ°á»ng"), "ENCODING_BROKEN"),
    (card(address="Æ°"), "ENCODING_BROKEN"),
    (card(name="Tr\udcba\udca7n"), "ENCODING_BROKEN"),
    (card(name=""), "NAME_EMPTY"),
    (card(name="  \x07 "), "NAME_EMPTY"),
    (card(id="x", name="", address="\ufffd"), "BAD_ID_NUMBER"),
    (card(name="", address="\ufffd"), "ENCODING_BROKEN"),
])
def test_errors_in_their_order(text, error):
    reading = read_card(text, TODAY)
    assert (reading.ok, reading.error, reading.value) == (False, error, None)


@pytest.mark.parametrize("letters", ["Trần Thị Ví Dụ", "Đặng Ngọc Ước", "Lê Hữu Nghĩa", "ỲỴỶỸ Ẫm"])
def test_a_name_read_as_windows_1252_is_found(letters):
    spoilt = letters.encode().decode("cp1252", errors="replace")
    assert read_card(card(name=spoilt), TODAY).error == "ENCODING_BROKEN"


@pytest.mark.parametrize(("changed", "warnings"), [
    ({"name": "Traanf Thij Vis Duj"}, ("TYPING_SUSPECT",)),
    ({"name": "Nguyen Van 2"}, ("TYPING_SUSPECT",)),
    ({"name": "DDặng Thị Ví Dụ"}, ("TYPING_SUSPECT",)),
    ({"name": "Lê Eế"}, ()),
    ({"name": "Leê EEm"}, ("TYPING_SUSPECT",)),
    ({"old": ""}, ()),
    ({"old": "12345678"}, ("OLD_ID_FORMAT",)),
    ({"old": "012345678910"}, ("OLD_ID_FORMAT",)),
    ({"birth": "1990"}, ("BIRTH_DATE_PARTIAL",)),
    ({"birth": "00001990"}, ("BIRTH_DATE_PARTIAL",)),
    ({"birth": "30021990"}, ("BIRTH_DATE_INVALID",)),
    ({"birth": "22112026"}, ("BIRTH_DATE_INVALID",)),
    ({"birth": "00002030"}, ("BIRTH_DATE_INVALID",)),
    ({"birth": "00000000"}, ("BIRTH_DATE_INVALID",)),
    ({"birth": "0000"}, ("BIRTH_DATE_INVALID",)),
    ({"birth": ""}, ("BIRTH_DATE_INVALID",)),
    ({"birth": "15/03/1990"}, ("BIRTH_DATE_INVALID",)),
    ({"sex": "NỮ"}, ()),
    ({"sex": "nữ"}, ()),
    ({"sex": "F"}, ("SEX_UNKNOWN",)),
    ({"sex": ""}, ("SEX_UNKNOWN",)),
    ({"sex": "Nam"}, ("ID_SEX_MISMATCH",)),
    ({"sex": "NAM", "id": "001090000456"}, ()),
    ({"address": ""}, ("ADDRESS_EMPTY",)),
    ({"issued": "31022025"}, ("ISSUE_DATE_INVALID",)),
    ({"issued": "22112026"}, ("ISSUE_DATE_INVALID",)),
    ({"issued": ""}, ("ISSUE_DATE_INVALID",)),
    ({"issued": "21112026"}, ()),
    ({"issued": "14031990"}, ("ISSUE_BEFORE_BIRTH", "ADDRESS_PRE_2025")),
    ({"issued": "15031990"}, ("ADDRESS_PRE_2025",)),
    ({"issued": "30062025"}, ("ADDRESS_PRE_2025",)),
    ({"issued": "30062025", "address": ""}, ("ADDRESS_EMPTY",)),
    ({"issued": "01072025"}, ()),
    ({"issued": "31121989", "birth": "1990"}, ("BIRTH_DATE_PARTIAL", "ISSUE_BEFORE_BIRTH", "ADDRESS_PRE_2025")),
    ({"id": "003190000456"}, ("ID_PREFIX_UNKNOWN",)),
    ({"id": "100190000456"}, ("ID_PREFIX_UNKNOWN",)),
    ({"id": "101190000456"}, ()),
    ({"id": "001191000456"}, ("ID_YEAR_MISMATCH",)),
    ({"id": "001390000456"}, ("ID_YEAR_MISMATCH",)),
    ({"id": "001390000456", "birth": "15032090"}, ("BIRTH_DATE_INVALID",)),
    ({"id": "001305000456", "birth": "15032005"}, ()),
    ({"id": "001290000456", "sex": "?", "birth": "?"}, ("BIRTH_DATE_INVALID", "SEX_UNKNOWN")),
    ({"id": "001091000456"}, ("ID_SEX_MISMATCH", "ID_YEAR_MISMATCH")),
])
def test_warnings_in_their_order(changed, warnings):
    reading = read_card(card(**changed), TODAY)
    assert (reading.error, reading.warnings) == (None, warnings)


def test_what_is_kept_of_doubtful_fields():
    assert read_card(card(old="AB12"), TODAY).value.old_id_number == "AB12"
    partial = read_card(card(birth="00001990"), TODAY).value
    assert (partial.birth_date, partial.birth_year) == (None, 1990)
    impossible = read_card(card(birth="31021990", issued="99999999", sex="?"), TODAY).value
    assert (impossible.birth_date, impossible.birth_year, impossible.issue_date, impossible.sex) == (None, None, None, None)
    assert read_card(card(issued="01011980"), TODAY).value.issue_date == date(1980, 1, 1)


@pytest.mark.parametrize(("tail", "extra", "warned"), [
    ("||||", (), False),
    ("|", (), False),
    ("|  |\x07", (), False),
    ("||x||", ("", "x", "", ""), True),
    ("|Trần Văn Cha|", ("Trần Văn Cha", ""), True),
])
def test_more_than_seven_fields(tail, extra, warned):
    reading = read_card(card() + tail, TODAY)
    assert reading.value.extra == extra
    assert ("EXTRA_FIELDS" in reading.warnings) is warned


def test_six_fields_without_the_issue_date():
    for old in ("", "123456789"):
        reading = read_card("|".join([FIELDS[ID], old, *FIELDS[NAME:ISSUED]]), TODAY)
        assert reading.warnings == ("SIX_FIELDS",)
        assert (reading.value.full_name, reading.value.old_id_number, reading.value.issue_date) == ("Trần Thị Ví Dụ", old, None)


def test_six_fields_without_the_old_number():
    reading = read_card("|".join([FIELDS[ID], *FIELDS[NAME:]]), TODAY)
    assert reading.warnings == ("SIX_FIELDS",)
    assert (reading.value.full_name, reading.value.old_id_number, reading.value.issue_date) == ("Trần Thị Ví Dụ", "", date(2025, 9, 1))


@pytest.mark.parametrize("spelling", [
    unicodedata.normalize("NFD", card()),
    "\ufeff" + card(),
    card() + "\r\n",
    "\t " + card() + " \x1d",
    card().replace("|", " | "),
    card(name="Trần   Thị Ví  Dụ"),
    card(name="Trần\x00 Thị Ví\x1f Dụ"),
    card(name="Trần\u200b Thị Ví Dụ\u202e"),
])
def test_spellings_of_the_same_card(spelling):
    assert read_card(spelling, TODAY) == read_card(card(), TODAY)


def test_the_case_of_the_name_stays():
    assert read_card(card(name="TRẦN thị Ví dụ"), TODAY).value.full_name == "TRẦN thị Ví dụ"


def test_all_63_prefixes_are_known_without_a_warning():
    assert len(known_prefixes()) == 63
    assert all(id_warnings(prefix + "190000456", Sex.FEMALE, 1990) == () for prefix in known_prefixes())


FIELD = st.one_of(
    st.sampled_from([*FIELDS, "", "00001990", "31022000", "Nam", "áº", "\ufffd", "1990", "01072025", "٣"]),
    st.text(st.characters(exclude_categories=()), max_size=12),
    st.text("0123456789", min_size=8, max_size=12),
)


@given(st.lists(FIELD, max_size=13), st.dates(date(1970, 1, 1), date(2099, 12, 31)))
def test_any_text_is_an_error_or_a_card_with_known_warnings(fields, today):
    reading = read_card("|".join(fields), today)
    assert reading.ok == (reading.value is not None) == (reading.error is None)
    assert reading.ok or reading.error in ERRORS
    assert [code for code in WARNINGS if code in reading.warnings] == list(reading.warnings)
    if reading.value:
        assert is_id_number(reading.value.id_number)
        assert reading.value.full_name
        assert (reading.value.birth_date or today) <= today
        assert (reading.value.issue_date or today) <= today
        assert reading.value.birth_date is None or reading.value.birth_date.year == reading.value.birth_year


@given(st.dates(date(1900, 1, 1), date(2026, 11, 21)), st.sampled_from(list(Sex)), st.sampled_from(sorted(known_prefixes())))
def test_a_number_made_by_the_rule_never_warns(born, sex, prefix):
    digit = (born.year - 1900) // 100 * 2 + (sex == Sex.FEMALE)
    number = f"{prefix}{digit}{born.year % 100:02d}000456"
    assert id_warnings(number, sex, born.year) == ()
    assert "ID_SEX_MISMATCH" in id_warnings(number, Sex.MALE if sex == Sex.FEMALE else Sex.FEMALE, born.year)
    assert "ID_YEAR_MISMATCH" in id_warnings(number, sex, born.year + 1)


@given(st.integers(1, 20000))
def test_a_date_ahead_is_never_kept(days):
    ahead = f"{TODAY + timedelta(days=days):%d%m%Y}"
    reading = read_card(card(birth=ahead, issued=ahead), TODAY)
    assert (reading.value.birth_date, reading.value.issue_date) == (None, None)
    assert {"BIRTH_DATE_INVALID", "ISSUE_DATE_INVALID"} <= set(reading.warnings)
