"""In-memory certification numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from counter_app.services.repositories.certification import UsualPaper


class FakeCertifications:
    def __init__(self, state):
        self.state = state

    def _all(self, wanted):
        found = (number for number in self.state.certifications.values() if wanted(number))
        return sorted(found, key=lambda number: (number.at, number.certification_id))

    def add(self, number):
        taken = {(each.place.book, each.place.year, each.place.ordinal) for each in self.state.certifications.values()}
        assert (number.place.book, number.place.year, number.place.ordinal) not in taken
        self.state.certifications[number.certification_id] = number

    def get(self, certification_id):
        return self.state.certifications.get(certification_id)

    def everything(self):
        yield from self._all(lambda number: True)

    def of_visits(self, visit_ids):
        return self._all(lambda number: number.visit_id in visit_ids)

    def newest_visits(self, start, *, limit):
        newest = {number.visit_id: number.at for number in self._all(lambda number: number.at >= start)}
        return sorted(newest, key=lambda visit: (newest[visit], visit), reverse=True)[:limit]

    def totals(self, start):
        since = self._all(lambda number: number.at >= start)
        return len({number.visit_id for number in since}), sum(number.amount_vnd for number in since if number.struck_on is None)

    def unsigned(self):
        return self._all(lambda number: number.signed_at is None and number.struck_on is None)

    def usual(self, start, today):
        since = self._all(lambda number: number.at >= start and number.struck_on is None)
        lately = Counter((number.document_name, number.kind) for number in since)
        of_today = Counter((number.document_name, number.kind) for number in since if number.at >= today)
        pages = {key: max(each.pages for each in since if (each.document_name, each.kind) == key) for key in lately}
        found = [UsualPaper(*key, pages[key], of_today[key], count) for key, count in lately.items()]
        return sorted(found, key=lambda paper: (-paper.today, -paper.lately, paper.document_name, paper.kind))

    def sign(self, visit_id, at):
        for number in self.of_visits([visit_id]):
            if number.signed_at is None and number.struck_on is None:
                self.state.certifications[number.certification_id] = replace(number, signed_at=at)

    def strike(self, certification_id, reason, on):
        number = self.state.certifications[certification_id]
        self.state.certifications[certification_id] = replace(number, struck_reason=reason, struck_on=on)
