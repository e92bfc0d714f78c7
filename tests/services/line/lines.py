"""A province that answers as a test tells it, and a desk that is enrolled with it."""

from __future__ import annotations

from pathlib import Path

from counter_app.services.line.day_counts import CountedDossier, DayTotals, PeriodCompared, compared
from counter_app.services.line.province import PassEnd, Reconciliation, Relation, Standing, keep_relation
from counter_app.services.line.stick import StickRead, StickWritten
from tests.builders import DEVICE

FOLDER = Path("/stick")


class FakeProvince:
    """Answers passes with ``ends``, then with quiet ones; an exception among them is raised. ``terms`` are those of each pass."""

    def __init__(self, *ends):
        self.ends = list(ends)
        self.terms = []
        self.during = None
        self.tidied = self.compared = 0
        self.reconciliations = []
        self.told = Standing()

    def once(self, terms):
        self.terms.append(terms)
        if self.during is not None:
            self.during()
        end = self.ends.pop(0) if self.ends else PassEnd(contact=True)
        if isinstance(end, Exception):
            raise end
        return end

    def enrol(self, ticket):
        return Relation(ticket.base_url, DEVICE, "H36.50.05", "Xã Đắk Mil", {}, "")

    def reconcile(self):
        self.compared += 1
        found = self.reconciliations.pop(0) if self.reconciliations else Reconciliation()
        if isinstance(found, Exception):
            raise found
        return found

    def period(self, first, last):
        return PeriodCompared((compared(first, [], [CountedDossier("d-1", "H36.50.05-261120-1000", "2")], DayTotals(1, {"2": 1})),))

    def standing(self):
        return self.told

    def tidy(self):
        self.tidied += 1


def enrolled(database):
    """Give a desk a relation without a word on any line."""
    with database.write() as uow:
        keep_relation(uow, DEVICE, Relation("https://tinh.example", DEVICE, "H36.50.05", "Xã Đắk Mil", {}, ""))
        uow.commit()


class FakeStick:
    """Writes and reads nothing; ``calls`` are what it was asked for."""

    def __init__(self, trouble=None):
        self.calls, self.trouble = [], trouble

    def write(self, folder, most_bytes, ticket):
        self.calls.append((folder, most_bytes, ticket))
        return StickWritten(folder / "f", 3, 7, 2, 100, 0)

    def read(self, folder):
        self.calls.append(folder)
        return StickRead(3, 7, 5, 2, size=900, trouble=self.trouble)
