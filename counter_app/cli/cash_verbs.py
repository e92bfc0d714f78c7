"""The verb ``cash``: how the money stands, its count at the end of a day, a transfer found on the bank's list."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from counter_app.cli.dossier_verbs import SLIPS
from counter_app.cli.frame import CommandContext, CommandResult, Subparsers, write_document
from counter_app.domain.dossier import FeeMethod
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.moments import write_local
from counter_app.domain.money import MONEY_METHODS, CashCount, Payment, total
from counter_app.domain.text import money, read_day, write_day
from counter_app.services.money.cash_counts import CashStanding, CountCash

Sums = Mapping[FeeMethod, int]


def register(subparsers: Subparsers) -> None:
    """Add the parser of this verb."""
    cash = subparsers.add_parser("cash", help="money that is not handed in, its count, transfers found on the bank's list")
    acts = cash.add_subparsers(title="acts", metavar="ACT", required=True)
    showing = acts.add_parser("show", help="what each collector has to hand in, the totals of a day, what the bank has not shown yet")
    showing.add_argument("--day", type=_day, metavar="D", help="totals of this day (default: today)")
    showing.set_defaults(run=show)
    counting = acts.add_parser("count", help="hand in all the money of a collector")
    counting.add_argument("--collector", default="", metavar="USER_ID", help="default: who acts")
    for method in MONEY_METHODS:
        counting.add_argument(f"--{method}", type=int, default=0, metavar="VND", help="what was counted")
    counting.add_argument("--to", required=True, metavar="NAME", help="who takes the money")
    counting.add_argument("--reason", default="", metavar="TEXT", help="of a difference")
    counting.set_defaults(run=count)
    finding = acts.add_parser("match", help="note that a transfer stands on the bank's list")
    finding.add_argument("payment", metavar="PAYMENT_ID")
    finding.add_argument("--reference", required=True, metavar="TEXT", help="by which it is found there again")
    finding.set_defaults(run=match)


def show(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Tell how the money stands."""
    standing = context.counter.cash.standing(context.actor, arguments.day)
    value = {
        "drawers": [
            {"collector": each.collector, "name": each.name, "expected": _sums(each.expected), "payments": each.payments}
            for each in standing.drawers],
        "day": {"date": standing.today.day.isoformat(), "totals": _sums(standing.today.by_method), "exempt": standing.today.exempt},
        "unmatched": [_payment(each) for each in standing.unmatched],
        "counts": [_count(each) for each in standing.counts],
    }
    return CommandResult(value, tuple(_told(context, standing)))


def count(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Count, and write the sheet that both sign into the desk's folder."""
    collector = arguments.collector or context.actor.user_id
    counted = {method: getattr(arguments, method.value) for method in MONEY_METHODS}
    done = context.counter.cash.count(CountCash(collector, counted, arguments.to, arguments.reason), context.actor)
    sheet = context.data_dir / SLIPS / f"cash-{done.count.count_id}.pdf"
    write_document(sheet, context.counter.slips.document(done.print_id))
    value = _count(done.count) | {"payments": done.payments, "sheet": sheet}
    name = context.counter.cash.standing(context.actor).names.get(collector, collector)
    amount = money(total(done.count.counted))
    said = context.say("CASH_COUNTED", amount=amount, collector=name, to=done.count.handed_to, payments=done.payments)
    return CommandResult(value, (said, str(sheet)))


def match(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Note that a transfer was found."""
    found = context.counter.cash.match(arguments.payment, arguments.reference, context.actor)
    first, amount = found[0], sum(each.amount_vnd for each in found)
    value = _payment(first) | {"together": [_payment(each) for each in found[1:]]}
    return CommandResult(value, (context.say("CASH_MATCHED", amount=money(amount), code=first.code),))


def _told(context: CommandContext, standing: CashStanding) -> Iterable[str]:
    for drawer in standing.drawers:
        for method, amount in _amounts(context, drawer.expected):
            yield context.say("CASH_TO_COUNT", collector=drawer.name, method=method, amount=amount, payments=drawer.payments)
    if not standing.drawers:
        yield context.say("CASH_NOTHING_OPEN")
    for waiting in standing.unmatched:
        yield context.say("CASH_UNMATCHED", payment=waiting.payment_id, code=waiting.code, amount=money(waiting.amount_vnd))
    for method, amount in _amounts(context, standing.today.by_method):
        yield context.say("CASH_DAY", day=write_day(standing.today.day), method=method, amount=amount)


def _amounts(context: CommandContext, sums: Sums) -> list[tuple[str, str]]:
    return [(context.say(f"METHOD_{method.upper()}"), money(amount)) for method, amount in sums.items() if amount]


def _sums(sums: Sums) -> dict[str, int]:
    return {method.value: sums.get(method, 0) for method in MONEY_METHODS} | {"total": total(sums)}


def _payment(payment: Payment) -> dict[str, Any]:
    return {
        "payment_id": payment.payment_id, "code": payment.code, "payer": payment.payer, "amount_vnd": payment.amount_vnd,
        "at": write_local(payment.at), "bank_reference": payment.bank_reference or None,
    }


def _count(counted: CashCount) -> dict[str, Any]:
    return {
        "count_id": counted.count_id, "at": write_local(counted.at), "collector": counted.collector, "counted_by": counted.counted_by,
        "expected": _sums(counted.expected), "counted": _sums(counted.counted), "difference_vnd": counted.difference_vnd,
        "handed_to": counted.handed_to, "reason": counted.note or None,
    }


def _day(written: str) -> date:
    try:
        return read_day(written)
    except RuleBrokenError as error:
        raise argparse.ArgumentTypeError("YYYY-MM-DD") from error
