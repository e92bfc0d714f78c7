"""The scan field tells cards, codes and words apart, with an input method between it and the reader."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.codes import check_character, parse_code, slip_qr
from counter_app.domain.scan import ScanKind, meaning

TODAY = date(2026, 11, 21)
CARD = "001190000456||Trần Thị Ví Dụ|15031990|Nữ|Số 1, Tổ 2, Xã Đắk Mil, Lâm Đồng|01092025"
CODE = "H36.50.05-261121-0007"
DEVICE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

TELEX_PAIRS = {"AA": "Â", "EE": "Ê", "OO": "Ô", "AW": "Ă", "DD": "Đ", "W": "Ư", "S": "\u0301", "F": "\u0300", "R": "\u0309", "X": "\u0303", "J": "\u0323"}
VNI_PAIRS = {"A6": "Â", "E6": "Ê", "A8": "Ă", "D9": "Đ", "1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"}


def as_input_method(text: str, pairs: dict[str, str]) -> str:
    """Rewrite typed keys as a simple input method does: pairs become one letter, a tone key right after a vowel its tone."""
    out = ""
    while text:
        pair = next((keys for keys in (text[:2], text[:1]) if keys in pairs and not unicodedata.combining(pairs[keys])), "")
        tone = pairs.get(text[0], "")
        if pair:
            out, text = out + pairs[pair], text[len(pair):]
        elif tone and unicodedata.combining(tone) and out and out[-1] in "AEOYÂÊĂÔƯ":
            out, text = unicodedata.normalize("NFC", out + tone), text[1:]
        else:
            out, text = out + text[0], text[1:]
    return out


@pytest.mark.parametrize(("text", "code"), [
    (CODE, CODE),
    ("h36.50.05-261121-0007\r", CODE),
    (f" {CODE} ", CODE),
    (slip_qr(CODE), CODE),
    (slip_qr(CODE).lower(), CODE),
    ("G09.20-20260609-0092637", "G09.20-20260609-0092637"),
    ("000.00.06.H56-191231-0001", "000.00.06.H56-191231-0001"),
    ("TAM-7ZQK3M9A-261121-0001", "TAM-7ZQK3M9A-261121-0001"),
    (slip_qr("TAM-7ZQK3M9A.0f3c-261121-0001"), "TAM-7ZQK3M9A.0f3c-261121-0001"),
])
def test_codes(text, code):
    found = meaning(text, TODAY)
    assert (found.kind, found.code, found.card, found.query) == ("code", code, None, "")


@pytest.mark.parametrize("text", [CARD, CARD + "||||", "\ufeff" + CARD + "\r", unicodedata.normalize("NFD", CARD)])
def test_cards(text):
    found = meaning(text, TODAY)
    assert found.kind is ScanKind.CARD
    assert found.card.ok
    assert found.card.value.full_name == "Trần Thị Ví Dụ"


@pytest.mark.parametrize(("text", "error"), [
    ("||||||", "BAD_ID_NUMBER"),
    ("00119000045|a|b|c|d|e|f", "BAD_ID_NUMBER"),
    ("001190000456|", "TOO_FEW_FIELDS"),
    ("001190000456||Trần\ufffd|15031990|Nữ|Tổ 2|01092025", "ENCODING_BROKEN"),
])
def test_a_card_that_cannot_be_read_is_still_a_card(text, error):
    found = meaning(text, TODAY)
    assert (found.kind, found.card.error) == ("card", error)


@pytest.mark.parametrize(("text", "query"), [
    ("Trần Thị Ví Dụ", "Trần Thị Ví Dụ"),
    ("  261121-0007 ", "261121-0007"),
    ("0912345678", "0912345678"),
    ("001190000456", "001190000456"),
    ("H36.50", "H36.50"),
    ("a|b", "a|b"),
    ("TAM-7ZQK3M9L-261121-0001", "TAM-7ZQK3M9L-261121-0001"),
])
def test_everything_else_is_searched_for(text, query):
    found = meaning(text, TODAY)
    assert (found.kind, found.query, found.misread) == ("query", query, False)


@pytest.mark.parametrize("text", ["", " ", "\r\n", "—", "***", "\u202e", "😀"])
def test_nothing(text):
    assert meaning(text, TODAY).kind == "nothing"


def test_a_misread_slip_is_not_opened():
    wrong = CODE.replace("0007", "0008") + slip_qr(CODE)[-2:]
    found = meaning(wrong, TODAY)
    assert (found.kind, found.code, found.misread) == ("query", "", True)


def test_the_simple_input_method_of_this_test_does_what_it_says():
    assert as_input_method("TAM-AAS3DDWE", TELEX_PAIRS) == "TAM-Ấ3ĐƯE"
    assert as_input_method("TAM-A61D9E6", VNI_PAIRS) == "TAM-ẤĐÊ"


@pytest.mark.parametrize("pairs", [TELEX_PAIRS, VNI_PAIRS], ids=["telex", "vni"])
@given(device=st.text(DEVICE_LETTERS, min_size=8, max_size=8), serial=st.integers(1, 9999))
def test_a_slip_survives_an_input_method(pairs, device, serial):
    code = f"TAM-{device}-261121-{serial:04d}"
    found = meaning(as_input_method(slip_qr(code), pairs), TODAY)
    assert found.code == code or (found.kind, found.misread) == (ScanKind.QUERY, True), "never another dossier"


def test_a_repair_that_can_be_two_codes_opens_neither():
    vni, telex = "TAM-A1G1FE10-261121-0001", "TAM-ASG1FES0-261121-0001"
    typed = as_input_method(slip_qr(vni), VNI_PAIRS)
    assert as_input_method(slip_qr(telex), TELEX_PAIRS) == typed, "both input methods make this of their code"
    found = meaning(typed, TODAY)
    assert (found.kind, found.code, found.misread) == (ScanKind.QUERY, "", True)


def test_nearly_every_slip_survives_an_input_method():
    codes = [f"TAM-{a}{b}{c}3DDWE-261121-{serial:04d}" for a in "A1" for b in "ESW" for c in "J5" for serial in range(1, 40)]
    for pairs in (TELEX_PAIRS, VNI_PAIRS):
        read = [meaning(as_input_method(slip_qr(code), pairs), TODAY).code for code in codes]
        assert {found for found, code in zip(read, codes, strict=True) if found != code} <= {""}
        assert read.count("") < len(codes) // 20


def test_a_repair_without_proof_is_never_opened():
    damaged = as_input_method("TAM-AAS3DDWE-261121-0007", TELEX_PAIRS)
    assert meaning(damaged, TODAY).kind == "query"
    right = check_character("TAM-AAS3DDWE-261121-0007")
    proven = [check for check in "0123456789" if meaning(f"{damaged}*{check}", TODAY).kind == "code"]
    assert set(proven) <= {right}
    assert meaning(f"{damaged}*{'1' if right == '0' else '0'}", TODAY).misread


@given(st.one_of(st.text(st.characters(exclude_categories=()), max_size=40), st.text("|*-.H3605AĐƯẤ 261121", max_size=40)))
def test_any_text_has_one_meaning(text):
    found = meaning(text, TODAY)
    assert (found.kind == "card") == (found.card is not None)
    assert (found.kind == "code") == (found.code != "") == (parse_code(found.code) is not None)
    assert (found.kind == "query") == (found.query != "")
