"""The in-memory double of the repository of money."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from counter_app.domain.dossier import FeeMethod
from counter_app.domain.money import MethodTotal


def _totals(payments):
    def key(payment):
        return payment.collector, payment.method.value

    return [
        MethodTotal(collector, FeeMethod(method), len(found := list(group)), sum(each.amount_vnd for each in found))
        for (collector, method), group in groupby(sorted(payments, key=key), key)]


class FakePayments:
    def __init__(self, state):
        self.state = state

    def _found(self, wanted):
        return sorted(filter(wanted, self.state.payments.values()), key=lambda each: (each.at, each.payment_id))

    def add(self, payment):
        assert payment.payment_id not in self.state.payments
        self.state.payments[payment.payment_id] = payment

    def get(self, payment_id):
        return self.state.payments.get(payment_id)

    def of_dossier(self, dossier_id):
        return self._found(lambda each: each.dossier_id == dossier_id)

    def with_receipt(self, series, number):
        return self._found(lambda each: (each.receipt_series, each.receipt_number) == (series, number))

    def between(self, start, end):
        yield from self._found(lambda each: start <= each.at < end)

    def totals(self, start, end):
        return _totals(self.between(start, end))

    def _settled(self, payment):
        given_back = {each.reverses for each in self.state.payments.values()}
        return (payment.method is not FeeMethod.TRANSFER or payment.matched_at is not None or payment.reverses is not None
                or payment.payment_id in given_back)

    def _open(self, *, settled):
        return self._found(
            lambda each: each.count_id is None and each.method is not FeeMethod.EXEMPT and self._settled(each) is settled)

    def uncounted(self):
        return _totals(self._open(settled=True))

    def unmatched(self, *, limit):
        return self._open(settled=False)[:limit]

    def match(self, payment_id, at, by, reference):
        found = self.state.payments[payment_id]
        self.state.payments[payment_id] = replace(found, matched_at=at, matched_by=by, bank_reference=reference)

    def add_count(self, count):
        mine = [each for each in self._open(settled=True) if each.collector == count.collector]
        self.state.counts[count.count_id] = count
        self.state.payments.update({each.payment_id: replace(each, count_id=count.count_id) for each in mine})
        return len(mine)

    def counts(self, *, limit):
        return sorted(self.state.counts.values(), key=lambda each: (each.at, each.count_id), reverse=True)[:limit]

    def of_count(self, count_id):
        return self._found(lambda each: each.count_id == count_id)

    def handed_in(self, payment_ids):
        found = filter(None, map(self.get, payment_ids))
        return {each.payment_id: self.state.counts[each.count_id].at for each in found if each.count_id}
