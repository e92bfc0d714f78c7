"""Random days at the certification counter, held against a plain model; two windows; a kill at every step."""

from __future__ import annotations

import sys
import threading
from collections import Counter, defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, multiple, rule

from counter_app.domain.certification import CertificationKind, CertifiedLine, numbered
from counter_app.domain.dossier import FeeMethod, Status
from counter_app.services.certification.terms import SignVisit, StrikeNumber
from counter_app.storage import open_database
from counter_app.storage.guard import FileNumberGuard
from tests.builders import CLERK, DEVICE, fake_desk, prepare, profile
from tests.fakes import FakeClock
from tests.quick import new_database
from tests.services.certifying import ALL, certifying_desk, copy, line, visit
from tests.services.killing import Wrapped, WrappedGuard, killed

KEY = bytes(range(32))
STRIDE = 9
"""Every so manieth step of a visit is killed: they are some ninety."""
NAMES = st.sampled_from(["Thẻ căn cước", "thẻ  CĂN CƯỚC", "Học bạ", "Bằng lái", "Sơ yếu lý lịch"])
LINES = st.lists(
    st.builds(CertifiedLine, st.sampled_from(CertificationKind), NAMES, st.integers(1, 300), st.integers(1, 12)), min_size=1, max_size=5)


def by_hand(kind, pages, copies):
    """The fee of a line as the guide says it, worked out a second time."""
    if kind is CertificationKind.COPY:
        return copies * min(200_000, 2_000 * min(pages, 2) + 1_000 * max(pages - 2, 0))
    if kind in (CertificationKind.SIGNATURE, CertificationKind.TRANSLATOR):
        return 10_000 * copies
    return {CertificationKind.TRANSACTION: 50_000, CertificationKind.CORRECT: 25_000}.get(kind, 30_000)


class CounterDays(RuleBasedStateMachine):
    """Certify, sign, strike, in any order."""

    visits, numbers = Bundle("visits"), Bundle("numbers")

    def __init__(self):
        super().__init__()
        self.desk = certifying_desk()
        self.taken = Counter()
        self.money = 0
        self.struck = set()

    @rule(target=numbers, lines=LINES, signed=st.booleans(), exempt=st.booleans())
    def certify(self, lines, signed, exempt):
        method = FeeMethod.EXEMPT if exempt else FeeMethod.CASH
        done = self.desk.certification.certify(visit(*lines, signed=signed, method=method, exempt_reason="Hộ nghèo"), CLERK)
        assert done.fee_total_vnd == (0 if exempt else sum(by_hand(each.kind, each.pages, each.copies) for each in lines))
        for number in done.numbers:
            self.taken[number.place.book] += 1
            assert number.place.ordinal == self.taken[number.place.book], "the next one, in the order of the lines"
        self.money += done.fee_total_vnd
        return multiple(*done.numbers)

    @rule(number=consumes(numbers))
    def strike(self, number):
        self.desk.certified.strike(StrikeNumber(number.certification_id, "Nhầm"), CLERK)
        self.money -= number.amount_vnd
        self.struck.add(number.certification_id)

    @rule()
    def sign(self):
        for waiting in self.desk.certification.waiting(CLERK)[:1]:
            self.desk.certified.sign(SignVisit(waiting.visit_id), CLERK)

    @invariant()
    def books_money_and_dossiers_agree(self):
        state = self.desk.state
        ordinals = defaultdict(list)
        for book, year, ordinal in state.lines:
            ordinals[book, year].append(ordinal)
        assert all(sorted(found) == list(range(1, len(found) + 1)) for found in ordinals.values()), "no gap, no twin"
        assert {number.certification_id for number in state.certifications.values() if number.struck_on} == self.struck
        assert sum(number.amount_vnd for number in state.certifications.values() if not number.struck_on) == self.money
        assert sum(payment.amount_vnd for payment in state.payments.values()) == self.money
        assert sum(kept.fee_total_vnd for kept in state.dossiers.values()) == self.money

    @invariant()
    def what_waits_is_open_and_nothing_else(self):
        state = self.desk.state
        waiting = {number.dossier_id for number in state.certifications.values() if number.signed_at is None and not number.struck_on}
        assert waiting == {kept.dossier_id for kept in state.dossiers.values() if kept.status is Status.RECEIVED}


TestCounter = CounterDays.TestCase
TestCounter.settings = settings(max_examples=8, stateful_step_count=10, deadline=None)


@given(LINES)
def test_every_line_has_one_number_and_only_copies_share(lines):
    groups = numbered(lines)
    assert sorted(at for group in groups for at in group) == list(range(len(lines)))
    assert [group[0] for group in groups] == sorted(group[0] for group in groups)
    for group in groups:
        assert len(group) == 1 or all(lines[at].kind is CertificationKind.COPY for at in group)


class Place:
    """A real encrypted desk in a folder."""

    def __init__(self, folder):
        self.folder, self.url = folder, f"sqlite:///{folder / 'desk.db'}"
        prepare(new_database(self.url, KEY), profile(), ALL).close()

    def desk(self, bomb=None, guard="guard"):
        database, held = open_database(self.url, KEY, backup_dir=self.folder / "backups"), FileNumberGuard(
            self.folder / guard, DEVICE, "H36.50.05")
        if bomb:
            database, held = Wrapped(database, bomb), WrappedGuard(held, bomb)
        return fake_desk(FakeClock(), database, held)


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_killed_at_any_step_it_is_there_whole_or_not_at_all(tmp_path):
    place = Place(tmp_path)
    command = visit(copy("Thẻ căn cước", 2, 5), line("signature"), stamps=True)
    kills, before = 0, _stands(place)
    while _killed(place, command, 1 + kills * STRIDE):
        kills += 1
        found = _stands(place)
        if found != before:
            break
    assert _stands(place) == (["SCT/BS", "SCT/CK,ĐC"], [10_000, 20_000], ["returned", "returned"], [1, 1])
    assert kills >= 5, "the steps were really met"


def _killed(place, command, step):
    return killed(place.desk, lambda desk: desk.certification.certify(command, CLERK), step)


def _stands(place):
    """Return books, payments and dossiers of the certification counter; they agree or something is left over."""
    desk = place.desk()
    with desk.database.read() as uow:
        visits = uow.certifications.newest_visits(FakeClock().now().replace(hour=0, minute=0), limit=99)
        numbers = uow.certifications.of_visits(visits)
        dossiers = [uow.dossiers.get(number.dossier_id) for number in numbers]
        payments = sorted(payment.amount_vnd for kept in dossiers for payment in uow.payments.of_dossier(kept.dossier_id))
        books = [number.place.book for number in numbers]
        lines = [len(uow.logbooks.lines(book, 2026, 1, first=1, count=9)) for book in books]
        found = books, payments, [kept.status.value for kept in dossiers], lines
    desk.database.close()
    return found


def test_two_windows_never_get_the_same_number(tmp_path):
    """Two counters over one database: each has its own dossier numbers, the registers are shared."""
    place = Place(tmp_path)
    errors = []

    def work(name):
        desk = place.desk(guard=name)
        try:
            for _ in range(6):
                desk.certification.certify(visit(copy("Thẻ căn cước"), line("signature")), CLERK)
        except Exception as error:  # noqa: BLE001  told to the test
            errors.append(error)
        finally:
            desk.database.close()

    threads = [threading.Thread(target=work, args=("guard",)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    desk = place.desk()
    with desk.database.read() as uow:
        numbers = uow.certifications.of_visits(uow.certifications.newest_visits(FakeClock().now().replace(hour=0, minute=0), limit=99))
    for book in ("SCT/BS", "SCT/CK,ĐC"):
        assert sorted(number.place.ordinal for number in numbers if number.place.book == book) == list(range(1, 13))
    desk.database.close()
