"""The verb ``cash``, as a script calls it: what is open, a count with its sheet, a transfer that came."""

from pathlib import Path

import pytest

from tests.cli.test_dossier_verbs import DOSSIER, call

__all__ = ["call"]
ZERO = {"cash": 0, "transfer": 0, "portal": 0, "total": 0}


def file(call, method="cash", amount=15_000, **fee):
    told = {**DOSSIER, "fees": [{"name": "Lệ phí", "amount_vnd": amount, "method": method, **fee}]}
    code, value = call("intake", "-", stdin=told)
    assert code == 0
    return value["code"]


def show(call, *words):
    code, value = call("cash", "show", *words)
    assert code == 0
    return value


def test_a_day_without_money(call):
    value = show(call)
    assert (value["drawers"], value["unmatched"], value["counts"], value["day"]["totals"]) == ([], [], [], ZERO)


def test_a_day_is_counted_and_handed_in(call):
    file(call)
    file(call, amount=8_000)
    file(call, "exempt", 0, exempt_reason="Hộ nghèo", exempt_proof="Sổ hộ nghèo")
    (drawer,) = show(call)["drawers"]
    assert (drawer["expected"], drawer["payments"]) == ({"cash": 23_000, "transfer": 0, "portal": 0, "total": 23_000}, 2)
    assert show(call)["day"]["exempt"] == 1
    code, value = call("cash", "count", "--cash", "20000", "--to", "Thủ quỹ")
    assert (code, value["error"]["code"], value["error"]["field"]) == (3, "CASH_REASON_NEEDED", "note")
    code, value = call("cash", "count", "--cash", "20000", "--to", "Thủ quỹ", "--reason", "thối nhầm")
    assert code == 0
    assert (value["payments"], value["difference_vnd"], value["handed_to"], value["reason"]) == (2, -3_000, "Thủ quỹ", "thối nhầm")
    assert value["collector"] == value["counted_by"] == drawer["collector"]
    assert Path(value["sheet"]).read_bytes().startswith(b"%PDF-")
    after = show(call)
    assert after["drawers"] == []
    assert after["counts"] == [{name: value[name] for name in value if name not in ("payments", "sheet")}]
    assert after["day"]["totals"]["cash"] == 23_000, "a count takes nothing from the day"
    assert call("cash", "count", "--to", "Thủ quỹ")[1]["error"]["code"] == "CASH_NOTHING"


def test_a_transfer_waits_for_the_bank(call):
    dossier = file(call, "transfer")
    (waiting,) = show(call)["unmatched"]
    assert (waiting["code"], waiting["amount_vnd"], waiting["bank_reference"]) == (dossier, 15_000, None)
    code, value = call("cash", "match", waiting["payment_id"], "--reference", "FT26325")
    assert (code, value) == (0, waiting | {"bank_reference": "FT26325", "together": []})
    assert show(call)["unmatched"] == []
    assert show(call)["drawers"][0]["expected"]["transfer"] == 15_000
    assert call("cash", "match", "x", "--reference", "FT1")[1]["error"]["code"] == "TRANSFER_UNKNOWN"


def test_a_fee_goes_there_and_back_by_the_verbs_of_a_dossier(call):
    """The contract's facts in, money in the drawer, the line told by show."""
    code = file(call, "unpaid")
    done, value = call("event", code, "collect-fee", "-", stdin={"method": "tien_mat", "receipt_series": "BL", "receipt_number": "7"})
    (line,) = value["fees"]
    assert (done, line["method"], line["receipt_number"], line["stage"]) == (0, "cash", "7", "intake")
    assert line["collected_at"][:4].isdecimal()
    assert show(call)["drawers"][0]["expected"]["cash"] == 15_000
    told = {"fee_line_id": line["fee_line_id"], "reason": "thu nhầm", "receipt_cancelled": True}
    done, value = call("event", code, "reverse-fee", "-", stdin=told)
    assert (done, value["fees"][0]["method"], value["fees"][0]["collected_at"]) == (0, "unpaid", None)
    assert show(call)["drawers"][0]["expected"] == ZERO
    assert show(call)["drawers"][0]["payments"] == 2


def test_a_receipt_that_was_used_is_told(call):
    first = file(call, receipt_number="0000412")
    told = {**DOSSIER, "fees": [{"name": "Lệ phí", "amount_vnd": 15_000, "method": "cash", "receipt_number": "0000412"}]}
    code, value = call("intake", "-", stdin=told)
    (warning,) = [each for each in value["warnings"] if each["code"] == "RECEIPT_USED"]
    assert code == 0
    assert first in warning["message"]


@pytest.mark.parametrize("words", [("show", "--day", "2026-13-01"), ("count", "--cash", "x", "--to", "A"), ("count",), ("match", "p"), ()])
def test_words_that_are_off(call, words):
    assert call("cash", *words)[0] == 2
