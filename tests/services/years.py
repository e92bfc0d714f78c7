"""A random year at a desk: people come, dossiers live, copies are certified, money is counted, books get new volumes and struck lines."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from counter_app.domain.dossier import BookPlace, FeeLine, FeeMethod
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.moments import local
from counter_app.domain.registers import DOSSIER_BOOK
from counter_app.services.acts.fee_acts import ReverseFee
from counter_app.services.certification.terms import SignVisit, StrikeNumber
from counter_app.services.money.cash_counts import CountCash
from tests.builders import CLERK, HEAD, applicant, command
from tests.fakes import FakeClock
from tests.services.certifying import certifying_desk, copy, line, visit
from tests.services.lives import ACTS

JANUARY, DECEMBER, DAYS = local(2026, 1, 5, 8, 0), local(2026, 12, 30, 9, 0), 355
METHODS = (FeeMethod.CASH, FeeMethod.TRANSFER, FeeMethod.PORTAL, FeeMethod.UNPAID)
WORDS = (*ACTS, "finish", "finish", "finish", "pay", "pay back")


class Year:
    """The desk and what it did; ``done`` and ``refused`` count the acts by their name."""

    def __init__(self, seed, acts=120, database=None, guard=None):
        self.rng, self.rare = Random(seed), Random(seed + 1)
        self.clock = FakeClock(JANUARY)
        self.desk = certifying_desk(self.clock, database, guard)
        self.codes, self.visits, self.numbers = [], [], []
        self.done, self.refused = [], []
        for _ in range(acts):
            step = timedelta(minutes=self.rng.randrange(1, 2 * DAYS * 24 * 60 // acts))
            self.clock.moment = min(self.clock.moment + step, DECEMBER)
            self.clock.up += step.total_seconds()
            self.act()

    def act(self):
        kind = self.rng.choices(
            ("receive", "live", "certify", "sign", "strike number", "count", "volume", "strike line", "undo"), (6, 14, 3, 2, 1, 2, 1, 1, 1))[0]
        try:
            {"receive": self.receive, "live": self.live, "certify": self.certify, "sign": self.sign, "strike number": self.strike_number,
             "count": self.count, "volume": self.volume, "strike line": self.strike_line, "undo": self.undo}[kind]()
            self.done.append(kind)
        except (RuleBrokenError, IndexError, StopIteration) as error:  # nothing there yet, or the law says no
            self.refused.append((kind, error))

    def receive(self):
        method = self.rng.choice(METHODS)
        receipt = f"{len(self.codes):07d}" if method is not FeeMethod.UNPAID else ""
        fees = (FeeLine("", "Lệ phí", self.rng.choice((5_000, 15_000, 50_000)), method, receipt_number=receipt),
                FeeLine("", "Phí khác", 0, FeeMethod.EXEMPT, exempt_reason="Hộ nghèo", exempt_proof="Sổ hộ nghèo"))
        person = applicant(full_name=self.rng.choice(("Trần Thị Ví Dụ", "Nguyễn Văn Mẫu", "Lê Thị Thử")))
        received = self.desk.intake.receive(command(applicant=person, fees=fees[: self.rng.randrange(3)]), CLERK)
        self.codes.append(received.code)

    def live(self):
        code = self.rng.choice(self.codes[-6:])
        word = self.rng.choice(WORDS)
        if word == "pay back":
            with self.desk.database.read() as uow:
                fee = uow.dossiers.by_code(code)[0].fees[0].fee_line_id
            self.desk.life.perform(ReverseFee(code, fee, "thu nhầm"), CLERK)
        else:
            for each in ("ready", "return") if word == "finish" else (word,):
                self.desk.life.perform(ACTS[each](code, self.desk), CLERK)
        self.done.append(word)

    def certify(self):
        kinds = self.rng.sample(("signature", "translator", "transaction"), self.rng.randrange(3))
        electronic = self.rare.random() < 0.2
        lines = [copy(pages=self.rng.randrange(1, 9), copies=self.rng.randrange(1, 4), electronic=electronic),
                 *(line(kind, parties=self.rare.choice(("", "Đỗ Văn Thử, 067080001111"))) for kind in kinds)]
        done = self.desk.certification.certify(visit(*lines, signed=self.rng.random() < 0.5), CLERK)
        self.visits.append(done.visit_id)
        self.numbers += done.numbers

    def sign(self):
        self.desk.certified.sign(SignVisit(self.rng.choice(self.visits)), CLERK)

    def strike_number(self):
        wrong = self.rng.choice(self.numbers)
        if self.rare.random() < 0.5:
            self.desk.certified.undo(wrong.visit_id, CLERK)
        self.desk.certified.strike(StrikeNumber(wrong.certification_id, "ghi nhầm"), CLERK)

    def count(self):
        with self.desk.database.read() as uow:
            open_sums = {each.method: each.amount_vnd for each in uow.payments.uncounted() if each.collector == CLERK.user_id}
        self.desk.cash.count(CountCash(CLERK.user_id, open_sums, "Quỹ", "làm tròn"), HEAD)

    def volume(self):
        self.desk.logbooks.new_volume(self.rng.choice((DOSSIER_BOOK, "fees", "results", "SCT/BS")), self.clock.now().year, HEAD)

    def strike_line(self):
        year = self.clock.now().year
        volume = self.desk.logbooks.volumes(DOSSIER_BOOK, year)[-1]
        ordinal = volume.first_ordinal + self.rng.randrange(max(volume.lines, 1))
        self.desk.logbooks.strike(BookPlace(DOSSIER_BOOK, year, volume.volume, ordinal), "nhập nhầm", CLERK)

    def undo(self):
        self.desk.life.undo.undo(self.rng.choice(self.codes[-3:]), "nhầm", CLERK)

    def end(self):
        """The last day: every book is closed."""
        self.clock.moment = local(2027, 1, 4, 8, 0)
        self.clock.up += timedelta(days=DAYS).total_seconds()
        closed = {}
        for register in self.desk.logbooks.registers():
            if self.desk.logbooks.years(register.book):
                closed[register.book] = self.desk.logbooks.close_year(register.book, 2026, HEAD)
        return closed
