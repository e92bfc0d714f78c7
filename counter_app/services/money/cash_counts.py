"""Money at the end of a day: what each collector has to hand in, its count, transfers found on the bank's list, the day's totals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from counter_app.domain.dossier import FeeMethod
from counter_app.domain.errors import broken
from counter_app.domain.ids import new_id
from counter_app.domain.moments import day_of, local
from counter_app.domain.money import MONEY_METHODS, CashCount, DayMoney, MethodTotal, Payment, by_method
from counter_app.domain.people import Actor, Permission
from counter_app.domain.text import money
from counter_app.services.acts.texts import CODE, LINE, NAME, Texts
from counter_app.services.changes import Changes
from counter_app.services.desk.settings import SettingsService
from counter_app.services.documents.forms import form_in_force
from counter_app.services.documents.print_queue import queued
from counter_app.services.documents.slips import SlipMaker
from counter_app.services.dossiers.access import require
from counter_app.services.money.cash_sheet import cash_sheet
from counter_app.services.ports import Clock, Database, UnitOfWork
from counter_app.services.recording import write_audit
from counter_app.services.trail.print_notes import keep_print

CASH_SHEET = "cash_count"
MOST_VND = 10_000_000_000
MOST_SHOWN = 200
TOUCHED = Changes.of("payments", "prints")


@dataclass(frozen=True, slots=True)
class Drawer:
    """What one collector has not handed in yet. ``name`` is the person's, ``expected`` has every method that money comes by."""

    collector: str
    name: str
    expected: dict[FeeMethod, int]
    payments: int


@dataclass(frozen=True, slots=True)
class CashStanding:
    """The money at this moment: the drawers, the day's totals, the transfers that nobody found yet, the newest counts.

    ``names`` tells who a user id is.
    """

    drawers: tuple[Drawer, ...]
    today: DayMoney
    unmatched: tuple[Payment, ...]
    counts: tuple[CashCount, ...]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CountCash:
    """Money of one collector that was counted and handed in. A method left out of ``counted`` has 0 đ.

    ``seen`` is what the person who counted was told to expect; None where nobody was told.
    """

    collector: str
    counted: Mapping[FeeMethod, int]
    handed_to: str
    note: str = ""
    seen: Mapping[FeeMethod, int] | None = None
    print: bool = field(default=False, kw_only=True)
    """Also put the sheet in the print queue; it is made and stored in any case."""


@dataclass(frozen=True, slots=True)
class CashCounted:
    """A count that is durable: its payments are handed in, ``print_id`` names its stored sheet."""

    count: CashCount
    payments: int
    print_id: str
    changes: Changes = TOUCHED


class CashService:
    """The verbs *count*, *find a transfer* and *show the money*."""

    def __init__(self, database: Database, clock: Clock, settings: SettingsService, maker: SlipMaker) -> None:
        self._database = database
        self._clock = clock
        self._settings = settings
        self._maker = maker

    def standing(self, actor: Actor, day: date | None = None) -> CashStanding:
        """Return how the money stands; ``day`` None: today's totals.

        Raises:
            RuleBrokenError: NOT_ALLOWED.
        """
        require(actor, Permission.READ)
        with self._database.read() as uow:
            today = day_money(uow, day or day_of(self._clock.now()))
            names = {user.user_id: user.full_name for user in uow.users.all()}
            return CashStanding(
                _drawers(uow.payments.uncounted(), names), today, tuple(uow.payments.unmatched(limit=MOST_SHOWN)),
                tuple(uow.payments.counts(limit=MOST_SHOWN)), names)

    def count(self, command: CountCash, actor: Actor) -> CashCounted:
        """Hand in the money of a collector: everything that is to be counted of it belongs to this count from then on.

        Raises:
            RuleBrokenError: NOT_ALLOWED; TEXT_NEEDED at ``handed_to`` and what else is wrong with texts; CASH_METHOD_UNKNOWN and
                CASH_AMOUNT_IMPOSSIBLE at ``counted.<method>``; CASH_NOTHING at ``collector``; CASH_CHANGED, it is not what was ``seen``;
                CASH_REASON_NEEDED at ``note`` where the count differs.
        """
        require(actor, Permission.RECEIVE)
        texts = Texts()
        handed_to, note = texts.need(command.handed_to, "handed_to", NAME), texts.may(command.note, "note", LINE)
        counted = _counted(command.counted, texts)
        texts.close()
        now = self._clock.now()
        with self._database.write() as uow:
            expected = _expected(uow, command)
            count = CashCount(new_id(now), now, command.collector, actor.user_id, expected, counted, handed_to, note)
            if not count.agrees and not note:
                raise broken("CASH_REASON_NEEDED", "note", amount=money(count.difference_vnd).removesuffix(" đ"))
            payments = uow.payments.add_count(count)
            print_id = self._store_sheet(uow, count, queue=command.print)
            write_audit(uow, now, actor.user_id, "cash.counted", count.count_id, {"payments": payments, "difference": count.difference_vnd})
            uow.commit()
        return CashCounted(count, payments, print_id)

    def match(self, payment_id: str, reference: str, actor: Actor) -> tuple[Payment, ...]:
        """Note that a transfer was found on the bank's list, by which reference; from then on it is counted.

        Return that payment, and after it what waits under the same receipt: the bank shows one transfer for it all.

        Raises:
            RuleBrokenError: NOT_ALLOWED; TEXT_NEEDED at ``reference`` and what else is wrong with it; TRANSFER_UNKNOWN,
                TRANSFER_NOT_WAITING at ``payment_id``.
        """
        require(actor, Permission.RECEIVE)
        texts = Texts()
        clean = texts.need(reference, "reference", CODE)
        texts.close()
        now = self._clock.now()
        with self._database.write() as uow:
            found = uow.payments.get(payment_id)
            if found is None or found.method is not FeeMethod.TRANSFER:
                raise broken("TRANSFER_UNKNOWN", "payment_id")
            if not _waits(uow, found):
                raise broken("TRANSFER_NOT_WAITING", "payment_id")
            together = (found, *_under_the_same_receipt(uow, found))
            for each in together:
                uow.payments.match(each.payment_id, now, actor.user_id, clean)
                write_audit(uow, now, actor.user_id, "transfer.matched", each.payment_id, {})
            uow.commit()
        return tuple(replace(each, matched_at=now, matched_by=actor.user_id, bank_reference=clean) for each in together)

    def _store_sheet(self, uow: UnitOfWork, count: CashCount, *, queue: bool) -> str:
        profile, form = self._settings.profile(), form_in_force(CASH_SHEET, day_of(count.at))
        names = {user.user_id: user.full_name for user in uow.users.all()}
        content = cash_sheet(count, uow.payments.of_count(count.count_id), names, profile, form)
        made = self._maker.made(count.count_id, CASH_SHEET, content, profile.paper, count.at)
        keep_print(uow, made, count.counted_by, count.at)
        if queue:
            uow.prints.add_job(queued(made.print_id, profile.printer, 1, count.at, device=profile.device))
        return made.print_id


def _waits(uow: UnitOfWork, payment: Payment) -> bool:
    """Tell whether nobody found a transfer yet; one that was given back needs no finding."""
    given_back = payment.payment_id in {each.reverses for each in uow.payments.of_dossier(payment.dossier_id)}
    return payment.method is FeeMethod.TRANSFER and not (payment.matched_at or payment.reverses or payment.count_id or given_back)


def _under_the_same_receipt(uow: UnitOfWork, payment: Payment) -> list[Payment]:
    known = uow.payments.with_receipt(payment.receipt_series, payment.receipt_number) if payment.receipt_number else []
    return [
        each for each in known
        if each.transfer == payment.transfer and each.payment_id != payment.payment_id and _waits(uow, each)]


def day_money(uow: UnitOfWork, day: date) -> DayMoney:
    """Return the totals of one day by collector and method."""
    start = midnight(day)
    return DayMoney(day, tuple(uow.payments.totals(start, midnight(day + timedelta(days=1)))))


def midnight(day: date) -> datetime:
    """Return the moment at which a day begins in Vietnam."""
    return local(day.year, day.month, day.day)


def _drawers(totals: list[MethodTotal], names: Mapping[str, str]) -> tuple[Drawer, ...]:
    found = []
    for collector in dict.fromkeys(each.collector for each in totals):
        mine = [each for each in totals if each.collector == collector]
        found.append(Drawer(collector, names.get(collector, collector), by_method(mine), sum(each.payments for each in mine)))
    return tuple(sorted(found, key=lambda drawer: (drawer.name, drawer.collector)))


def _counted(counted: Mapping[FeeMethod, int], texts: Texts) -> dict[FeeMethod, int]:
    for method, amount in counted.items():
        if method not in MONEY_METHODS:
            texts.forbid("CASH_METHOD_UNKNOWN", f"counted.{method}", method=method)
        elif abs(amount) > MOST_VND:
            texts.forbid("CASH_AMOUNT_IMPOSSIBLE", f"counted.{method}")
    return {method: counted.get(method, 0) for method in MONEY_METHODS}


def _expected(uow: UnitOfWork, command: CountCash) -> dict[FeeMethod, int]:
    mine = [each for each in uow.payments.uncounted() if each.collector == command.collector]
    if not mine:
        raise broken("CASH_NOTHING", "collector")
    expected = by_method(mine)
    if command.seen is not None and any(expected[method] != command.seen.get(method, 0) for method in MONEY_METHODS):
        raise broken("CASH_CHANGED", None)
    return expected

