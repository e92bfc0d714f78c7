"""How papers to be signed and signatures read."""

from dataclasses import replace

import pytest

from counter_app.domain.errors import Problem
from counter_app.domain.moments import local
from counter_app.services.scanning.signing import Signed, Unsigned
from counter_app.services.scanning.signing_ports import SignatureCheck, Trust
from tests.fakes_signing import MOMENT, FakeSigner
from tests.storage.test_scans import paper
from ui.models.signing import (
    SignLine,
    after,
    certificate_details,
    certificate_word,
    check_columns,
    content_word,
    sign_columns,
    trust_word,
)

CHECK = SignatureCheck(
    "UBND xã Mẫu", "CA Thử", "12AB", local(2026, 11, 22, 9, 5), intact=True, whole=True, altered=False, trust=Trust.TRUSTED)


def told(columns, row):
    return [column.text(row) for column in columns]


def looks(columns, row):
    return [column.look(row).icon if column.look else None for column in columns]


def test_a_line_says_what_will_be_done_and_what_was():
    columns, waits = sign_columns(), SignLine(paper(1))
    left, signed = replace(waits, ticked=False), replace(waits, ticked=False, signed=True)
    refused = replace(waits, problem=Problem("SIGN_DAMAGED"))
    assert told(columns, waits) == ["", "Tờ khai", "TP01.pdf", "2", "waits"]
    assert told(columns, signed)[-1] == "signed"
    assert "can't be read" in told(columns, refused)[-1]
    assert [columns[0].spoken(line) for line in (waits, left, signed)] == ["will be signed", "left out", "signed"]
    assert [looks(columns, line)[0] for line in (waits, left, signed)] == ["circle-check", "x", ""]
    assert [looks(columns, line)[4] for line in (waits, signed, refused)] == ["", "file-certificate", "alert-circle"]


def test_after_a_batch_what_was_left_out_stays_as_it_was():
    lines = (SignLine(paper(1)), SignLine(paper(2), ticked=False), SignLine(paper(3), problem=Problem("TOKEN_GONE")))
    gone = Problem("SIGN_DAMAGED")
    first, second, third = after(lines, Signed((paper(9),), (Unsigned(paper(1), gone),)))
    assert (first.ticked, first.signed, first.problem) == (True, False, gone)
    assert second == lines[1]
    assert (third.ticked, third.signed, third.problem) == (False, True, None)


def test_a_certificate_is_called_by_its_owner_and_told_apart_by_its_issuer():
    (certificate,) = FakeSigner(MOMENT).found
    assert certificate_word(certificate) == "Trung tâm, until 18/09/2027"
    assert certificate_details(certificate) == "Issued by CA Thử, number 1234AB, holds 21/11/2026 – 18/09/2027; token token"


@pytest.mark.parametrize(("changes", "word", "icon"), [
    ({}, "as it was signed", "circle-check"),
    ({"whole": False}, "as it was signed, another signature follows", "circle-check"),
    ({"altered": True, "whole": False}, "changed after signing", "alert-circle"),
    ({"intact": False}, "not what was signed", "alert-circle"),
])
def test_the_content_in_plain_words(changes, word, icon):
    check = replace(CHECK, **changes)
    assert content_word(check) == word
    assert looks(check_columns(), check)[2] == icon


@pytest.mark.parametrize(("trust", "word", "icon"), [
    (Trust.TRUSTED, "trusted", "circle-check"), (Trust.UNKNOWN, "could not be checked", "alert-triangle"),
    (Trust.INVALID, "certificate did not hold", "alert-circle")])
def test_the_issuer_in_plain_words(trust, word, icon):
    check = replace(CHECK, trust=trust)
    columns = check_columns()
    assert trust_word(check) == word == columns[3].look(check).below
    assert looks(columns, check)[3] == icon


def test_a_signature_without_a_time_has_a_dash():
    assert told(check_columns(), CHECK) == ["UBND xã Mẫu", "09:05 22/11/2026", "as it was signed", "CA Thử"]
    assert told(check_columns(), replace(CHECK, signed_at=None))[1] == "–"
