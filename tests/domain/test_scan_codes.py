"""What is believed of the codes on a page: grammar, proof and an existing dossier, all three."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.codes import check_character, parse_code, slip_qr
from counter_app.domain.scan_codes import SEPARATOR, CodeKind, CodeRead, CodeVerdict, judge

CODE = "H36.50.05-261120-0038"
CORNERS = ((0, 0), (9, 0), (9, 9), (0, 9))


def read(text, kind=CodeKind.QR, proven=True):
    return CodeRead(text, kind, CORNERS, proven)


def verdict(text, *known, proven=True):
    judged = judge(read(text, proven=proven), known.__contains__)
    return judged.verdict, judged.code


@pytest.mark.parametrize("code", [CODE, "TAM-7ZQ4M2XA-261120-0003", "TAM-7ZQ4M2XA.0a1b-261120-0003", "G09.20-20260609-0092637"])
def test_a_proven_code_of_a_dossier_is_accepted(code):
    assert verdict(slip_qr(code), code) == (CodeVerdict.ACCEPTED, code)
    assert verdict(f" {slip_qr(code)}\n", code) == (CodeVerdict.ACCEPTED, code)
    assert verdict(code, code) == (CodeVerdict.ACCEPTED, code)


def test_a_code_without_a_dossier_is_not():
    assert verdict(slip_qr(CODE)) == (CodeVerdict.NO_DOSSIER, CODE)
    assert verdict(CODE, "H36.50.05-261120-0039") == (CodeVerdict.NO_DOSSIER, CODE)


def test_a_bar_code_that_was_read_once_is_not_believed_but_a_check_character_proves_it():
    assert verdict(CODE, CODE, proven=False) == (CodeVerdict.UNPROVEN, CODE)
    assert verdict(slip_qr(CODE), CODE, proven=False) == (CodeVerdict.ACCEPTED, CODE)


@pytest.mark.parametrize("text", [
    "", "*", "8934563138165", "https://example.vn/?id=12", "079190000123||Trần Thị Ví Dụ|01011990|Nữ|Thôn Mẫu|01012022",
    "0002010102120216", "*A", "TACH-HO-SO", "H36.50.05-261120", "Á" * 90,
])
def test_what_is_not_ours_says_nothing(text):
    assert verdict(text, text) == (CodeVerdict.FOREIGN, "")


def test_a_wrong_check_character_is_a_misreading_whatever_exists():
    wrong = "A" if check_character(CODE) != "A" else "B"
    assert verdict(f"{CODE}*{wrong}", CODE) == (CodeVerdict.MISREAD, "")
    assert verdict(f"{CODE}*", CODE) == (CodeVerdict.MISREAD, "")
    assert verdict(f"{SEPARATOR[:-1]}{'A' if SEPARATOR[-1] != 'A' else 'B'}") == (CodeVerdict.MISREAD, "")


def test_a_separator_sheet_is_one_and_no_dossier():
    assert parse_code(SEPARATOR.rpartition("*")[0]) is None
    assert verdict(SEPARATOR, SEPARATOR) == (CodeVerdict.SEPARATOR, "")


@given(st.sampled_from([place for place, mark in enumerate(CODE) if mark.isalnum()]), st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
def test_no_single_wrong_letter_or_digit_leads_to_another_dossier(place, mark):
    text = slip_qr(CODE)
    smeared = text[:place] + mark + text[place + 1:]
    judged = judge(read(smeared), lambda _: True)
    assert judged.verdict is not CodeVerdict.ACCEPTED or judged.code == CODE


@given(st.text(max_size=80), st.booleans())
def test_no_text_is_accepted_without_a_dossier_of_exactly_that_code(text, proven):
    asked = []
    judged = judge(read(text, proven=proven), lambda code: asked.append(code) or False)
    assert judged.verdict is not CodeVerdict.ACCEPTED
    assert asked in ([], [judged.code])
