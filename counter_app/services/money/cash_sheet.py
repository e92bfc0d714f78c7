"""What the sheet says that goes with counted money: sums by method, every payment, who hands in and who takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from counter_app.domain.dossier import FeeMethod
from counter_app.domain.money import MONEY_METHODS, CashCount, Payment, total
from counter_app.domain.number_words import in_words
from counter_app.domain.text import tidy
from counter_app.services.desk.settings import DeskProfile
from counter_app.services.documents.form_parts import cell, column, figures, frame, parts, signer
from counter_app.services.documents.forms import FormWords


def cash_sheet(
    count: CashCount, payments: Sequence[Payment], names: Mapping[str, str], desk: DeskProfile, form: FormWords,
) -> dict[str, Any]:
    """Return the frozen content of the sheet of a count; ``payments`` are all of it, ``names`` tells who a user id is."""
    say, collector = form.say, names.get(count.collector, "")
    counted = total(count.counted)
    because = [[cell(say("difference"), _signed(count.difference_vnd, form), after=say("because", reason=tidy(count.note)))]]
    return frame(desk, form, count.at) | {
        "body": [
            {"rows": [
                [cell(say("collector"), collector, strong=True), cell(say("desk"), desk.desk)],
                [cell(say("handed_to"), count.handed_to, strong=True), cell(say("counted_by"), names.get(count.counted_by, ""))],
                [cell(say("at"), say("moment", **parts(count.at)))]]},
            {"table": _sums(count, form)},
            {"text": [say("listed", count=len(payments))]},
            {"table": _payments(payments, form)},
            {"rows": [
                [cell(say("in_words"), say("words_vnd", words=_words(counted)), strong=True)], *([] if count.agrees else because)],
             "signatures": [signer(form, "signature_giver", collector), signer(form, "signature_taker", count.handed_to)]}],
        "signatures": []}


def _sums(count: CashCount, form: FormWords) -> dict[str, Any]:
    """Return the table by method with its sum."""
    say = form.say
    columns = [column(say("column_method")), column(say("column_expected"), 32), column(say("column_counted"), 32),
               column(say("column_difference"), 28)]
    rows = [_sum_line(_method(method, form), count.expected.get(method, 0), count.counted.get(method, 0), form) for method in MONEY_METHODS]
    return {"columns": columns, "rows": [*rows, _sum_line(say("sum"), total(count.expected), total(count.counted), form)]}


def _sum_line(name: str, expected: int, counted: int, form: FormWords) -> list[str]:
    return [name, _minus(figures(expected)), _minus(figures(counted)), _signed(counted - expected, form)]


def _payments(payments: Sequence[Payment], form: FormWords) -> dict[str, Any]:
    say = form.say
    columns = [column(say("column_number"), 9), column(say("column_code"), 39), column(say("column_payer"), 39, left=True),
               column(say("column_fee"), left=True), column(say("column_amount"), 20), column(say("column_receipt"), 36)]
    return {"columns": columns, "rows": [
        [str(number), each.code, tidy(each.payer), _what(each, form), _minus(figures(each.amount_vnd)), _receipt(each, form)]
        for number, each in enumerate(payments, start=1)]}


def _what(payment: Payment, form: FormWords) -> str:
    name = tidy(payment.name)
    return form.say("given_back", name=name, reason=tidy(payment.reason)) if payment.amount_vnd < 0 else name


def _receipt(payment: Payment, form: FormWords) -> str:
    """Return the receipt in hand; of a transfer the bank's reference, by which it is found again."""
    if payment.method is not FeeMethod.CASH:
        return ", ".join(filter(None, (_method(payment.method, form), payment.bank_reference or payment.receipt)))
    return payment.receipt


def _method(method: FeeMethod, form: FormWords) -> str:
    return form.say(f"method_{method.value}")


def _minus(amount: str) -> str:
    """Write a minus as long as a plus."""
    return amount.replace("-", "−")


def _signed(amount: int, form: FormWords) -> str:
    """Return a difference: too much, too little, or none."""
    return form.say("none") if amount == 0 else f"{'+' if amount > 0 else '−'}{figures(abs(amount))}"


def _words(amount: int) -> str:
    words = in_words(abs(amount))
    return f"âm {words}" if amount < 0 else words
