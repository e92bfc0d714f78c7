"""Whether registers, money, results and certification numbers tell the same as the dossiers and their events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from counter_app.domain import certification
from counter_app.domain.books import RESULTS_BOOK, root_of
from counter_app.domain.certification import CertifiedNumber
from counter_app.domain.dossier import BookPlace, Dossier
from counter_app.domain.errors import Problem
from counter_app.domain.events import FEE_COLLECTED, FEE_REVERSED, RESULT_RETURNED
from counter_app.domain.moments import day_of, local
from counter_app.domain.money import FEES_BOOK, MONEY_METHODS, Payment
from counter_app.domain.registers import DOSSIER_BOOK, BookLine, BookVolume
from counter_app.services.money.payments import book_columns
from counter_app.services.ports import UnitOfWork
from counter_app.services.registers.results_book import results_columns

Step = tuple[str, Problem] | None
"""What a check yields for each thing it has looked at: None where that is sound, else where and what."""
EVER = local(1900, 1, 1), local(2200, 1, 1)
"""From before the first record to after the last."""
EVERY_COUNT = 1_000_000
"""More counts than a desk ever makes."""
_SIGNS = {FEE_COLLECTED: 1, FEE_REVERSED: -1}
_LATER = frozenset({"handed_in"})
"""Columns that are known only after a line was written."""
_NAMES = frozenset({"collector"})
"""Columns that say how a person was called then."""


def ordinals(uow: UnitOfWork) -> Iterator[Step]:
    """The ordinals of each book run without a gap through the year and its volumes, closed volumes end where they were closed."""
    for book in uow.logbooks.books():
        for year in uow.logbooks.years(book):
            volumes = uow.logbooks.volumes(book, year)
            yield from _volumes(volumes)
            expected = volumes[0].first_ordinal
            for line in _lines(uow, book, year):
                if line.place.ordinal != expected:
                    yield _ordinal("VERIFY_ORDINAL", book, year, expected)
                else:
                    yield None if _holds(volumes, line.place) else _ordinal("VERIFY_ORDINAL_ELSEWHERE", book, year, expected)
                expected = line.place.ordinal + 1
            if expected < volumes[-1].first_ordinal + volumes[-1].lines:
                yield _ordinal("VERIFY_ORDINAL", book, year, expected)


def _ordinal(what: str, book: str, year: int, ordinal: int) -> Step:
    return f"{book}/{year}/{ordinal}", Problem(what, None, {"book": book, "year": year, "ordinal": ordinal})


def _volumes(volumes: list[BookVolume]) -> Iterator[Step]:
    for at, volume in enumerate(volumes):
        ends = volume.first_ordinal + volume.lines - 1
        sound = volume.volume == at + 1 and (volume.closed_on is None or volume.last_ordinal == ends)
        sound = sound and (at + 1 == len(volumes) or volumes[at + 1].first_ordinal == ends + 1)
        where = f"{volume.book}/{volume.year}/{volume.volume:02d}"
        problem = Problem("VERIFY_VOLUME", None, {"book": volume.book, "year": volume.year, "volume": volume.volume})
        yield None if sound else (where, problem)


def _holds(volumes: list[BookVolume], place: BookPlace) -> bool:
    return any(
        each.volume == place.volume and each.first_ordinal <= place.ordinal < each.first_ordinal + each.lines for each in volumes)


def dossier_lines(uow: UnitOfWork) -> Iterator[Step]:
    """Each dossier stands at its place in the register of dossiers, and nothing else does."""
    for line in _of_books(uow, DOSSIER_BOOK):
        yield _register_line(uow, line, uow.dossiers.get(line.dossier_id))
    for dossier in uow.dossiers.received_between(*EVER):
        if dossier.place is not None:
            yield None if _stands_at(uow, dossier.dossier_id, dossier.place) else _no_line(dossier.code, dossier.place)


def _register_line(uow: UnitOfWork, line: BookLine, dossier: Dossier | None) -> Step:
    if dossier is None:
        return _line(line, "VERIFY_LINE_ALONE" if uow.events.of_dossier(line.dossier_id) else "VERIFY_LINE_ADDED")
    if dossier.place == line.place:
        return None
    has_its_own = dossier.place is not None and _stands_at(uow, dossier.dossier_id, dossier.place)
    return _line(line, "VERIFY_LINE_ADDED" if has_its_own else "VERIFY_LINE")


def _stands_at(uow: UnitOfWork, dossier_id: str, place: BookPlace) -> bool:
    found = uow.logbooks.lines(place.book, place.year, place.volume, first=place.ordinal, count=1)
    return bool(found) and (found[0].place, found[0].dossier_id) == (place, dossier_id)


def _no_line(code: str, place: BookPlace) -> tuple[str, Problem]:
    return code, Problem("VERIFY_NO_LINE", None, {"code": code, "book": place.book})


def fee_lines(uow: UnitOfWork) -> Iterator[Step]:
    """Each line of the fees book is a payment, each payment a line; payments, events and fee lines of a dossier come to the same."""
    seen: set[str | None] = set()
    for line in _of_books(uow, FEES_BOOK):
        payment = uow.payments.get(line.ref or "")
        seen.add(line.ref)
        if payment is None:
            yield _line(line, "VERIFY_LINE_ALONE" if _was_paid(uow, line) else "VERIFY_LINE_ADDED")
        else:
            yield None if _same(line, book_columns(uow, payment), _LATER | _NAMES) else _line(line)
    sums: Counter[str] = Counter()
    for payment in uow.payments.between(*EVER):
        sums[payment.dossier_id] += payment.amount_vnd
        yield None if payment.payment_id in seen else _not_booked(payment)
    for dossier in uow.dossiers.received_between(*EVER):
        yield _money(uow, dossier, sums.pop(dossier.dossier_id, 0))
    for dossier_id, paid in sums.items():
        yield dossier_id, Problem("VERIFY_MONEY", None, {"code": dossier_id, "paid": paid, "told": 0, "due": 0})


def _not_booked(payment: Payment) -> tuple[str, Problem]:
    return payment.code, Problem("VERIFY_PAYMENT", None, {"code": payment.code, "amount": payment.amount_vnd})


def _money(uow: UnitOfWork, dossier: Dossier, paid: int) -> Step:
    events = uow.events.of_dossier(dossier.dossier_id)
    told = sum(_SIGNS[event.type] * int(event.facts["amount_vnd"]) for event in events if event.type in _SIGNS)
    due = sum(line.amount_vnd for line in dossier.fees if line.is_paid)
    if paid == told == due:
        return None
    return dossier.code, Problem("VERIFY_MONEY", None, {"code": dossier.code, "paid": paid, "told": told, "due": due})


def result_lines(uow: UnitOfWork) -> Iterator[Step]:
    """Each result that was handed back has its line, and each line tells of one."""
    seen: set[str | None] = set()
    for line in _of_books(uow, RESULTS_BOOK):
        seen.add(line.ref)
        told = _tells_the_result(line, uow.dossiers.get(line.dossier_id))
        yield None if told else _line(line, "VERIFY_LINE" if uow.events.get(line.ref or "") else "VERIFY_LINE_ADDED")
    for event in uow.events.everything():
        if event.type == RESULT_RETURNED:
            yield None if event.op_id in seen else _not_entered(RESULTS_BOOK, event.dossier_id or "")


def _tells_the_result(line: BookLine, dossier: Dossier | None) -> bool:
    if dossier is None or dossier.handed_back is None:
        return False
    return _same(line, results_columns(dossier, dossier.handed_back), frozenset({"result"}))


def certified_lines(uow: UnitOfWork) -> Iterator[Step]:
    """Each certification number is a line of its register, struck where the line is struck."""
    seen: set[str | None] = set()
    for line in _of_books(uow, *certification.registers()):
        seen.add(line.ref)
        number = uow.certifications.get(line.ref or "")
        yield None if number and _tells_the_number(line, number) else _line(line, "VERIFY_LINE" if number else "VERIFY_LINE_ALONE")
    for number in uow.certifications.everything():
        yield None if number.certification_id in seen else _not_entered(number.place.book, number.label)


def _tells_the_number(line: BookLine, number: CertifiedNumber) -> bool:
    if line.content is None:
        return False
    columns = {
        "date": day_of(number.at).isoformat(), "document": number.document_name, "copies": number.copies, "fee_vnd": number.amount_vnd,
        "signer": ", ".join(filter(None, (number.signer, number.signer_title)))}
    written = {name: line.content.get(name) for name in columns}
    visit_id, _, _ = number.certification_id.rpartition("-")
    return (line.place, line.dossier_id, line.struck_on, line.struck_reason, visit_id, written) == (
        number.place, number.dossier_id, number.struck_on, number.struck_reason, number.visit_id, columns)


def cash_counts(uow: UnitOfWork) -> Iterator[Step]:
    """Each count expects what its payments come to, all of the one who handed them in; no payment is of a count that is not there."""
    known: set[str | None] = {None}
    for count in uow.payments.counts(limit=EVERY_COUNT):
        known.add(count.count_id)
        payments = uow.payments.of_count(count.count_id)
        sums = {method: sum(each.amount_vnd for each in payments if each.method is method) for method in MONEY_METHODS}
        sound = sums == {method: count.expected.get(method, 0) for method in MONEY_METHODS}
        sound = sound and all(each.collector == count.collector for each in payments)
        yield None if sound else _miscounted(f"{count.at:%Y-%m-%d %H:%M}")
    for payment in uow.payments.between(*EVER):
        if payment.count_id not in known:
            yield _miscounted(payment.code)


def _miscounted(where: str) -> tuple[str, Problem]:
    return where, Problem("VERIFY_COUNTED", None, {"where": where})


def _not_entered(book: str, what: str) -> tuple[str, Problem]:
    return what, Problem("VERIFY_NOT_ENTERED", None, {"book": book, "id": what})


def _lines(uow: UnitOfWork, book: str, year: int) -> Iterator[BookLine]:
    return uow.logbooks.all_lines(book, year, None, None, None)


def _of_books(uow: UnitOfWork, *registers: str) -> Iterator[BookLine]:
    """Yield every line of registers, of all their books and years."""
    for book in (each for each in uow.logbooks.books() if root_of(each) in registers):
        for year in uow.logbooks.years(book):
            yield from _lines(uow, book, year)


def _same(line: BookLine, columns: dict[str, object], aside: frozenset[str]) -> bool:
    written = {key: value for key, value in (line.content or {}).items() if key not in aside}
    return written == {key: value for key, value in columns.items() if key not in aside}


def _line(line: BookLine, what: str = "VERIFY_LINE") -> tuple[str, Problem]:
    place = line.place
    where = f"{place.book}/{place.year}/{place.ordinal}"
    return where, Problem(what, None, {"book": place.book, "year": place.year, "ordinal": place.ordinal})


def _was_paid(uow: UnitOfWork, line: BookLine) -> bool:
    """Tell whether an event of the dossier tells of the money of a line; what was waived has none."""
    amount = (line.content or {}).get("amount_vnd")
    events = uow.events.of_dossier(line.dossier_id)
    return amount == 0 or any(each.type in _SIGNS and _SIGNS[each.type] * int(each.facts["amount_vnd"]) == amount for each in events)
