"""Two people at two windows, one desk: every register goes on without a gap or a double number, and everything agrees afterwards."""

from __future__ import annotations

import sys

import pytest

from counter_app.domain.books import known_books
from counter_app.domain.dossier import FeeLine, FeeMethod
from counter_app.domain.life import ReceiverKind
from counter_app.services.acts.results import ResultReady
from counter_app.services.acts.returning import ReturnResults
from counter_app.services.verifying.service import VerifyService
from tests.builders import CLERK, command, prepare
from tests.quick import new_database
from tests.services.certifying import ALL, copy, line, visit
from tests.services.test_many_counters import KEY, Shared

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
ROUNDS = 6
KINDS = ("signature", "translator", "transaction")


class Certifying(Shared):
    """The same, with every procedure of certification."""

    def __init__(self, folder):
        self.folder = folder
        self.url = f"sqlite:///{folder / 'desk.db'}"
        prepare(new_database(self.url, KEY), procedures=ALL).close()
        self.opened().database.close()


@pytest.fixture
def shared(tmp_path):
    return Certifying(tmp_path)


def an_hour_of_work(desk):
    """Take in with a fee, certify one of each kind, hand back; tell the numbers that were given."""
    told = []
    for _ in range(ROUNDS):
        paid = FeeLine("", "Lệ phí", 15_000, FeeMethod.CASH)
        code = desk.intake.receive(command(fees=(paid,)), CLERK).code
        done = desk.certification.certify(visit(copy(), copy("Bằng", electronic=True), *(line(kind) for kind in KINDS), signed=True), CLERK)
        told += [[number.place.book, number.place.ordinal] for number in done.numbers]
        desk.life.perform(ResultReady(code), CLERK)
        desk.life.perform(ReturnResults((code,), ReceiverKind.APPLICANT), CLERK)
    return told


def test_two_windows_never_share_a_number_and_the_desk_agrees(shared):
    told = [tuple(place) for window in shared.at_once(an_hour_of_work, an_hour_of_work) for place in window]
    assert len(set(told)) == len(told) == 2 * ROUNDS * 5
    desk = shared.opened()
    for book in known_books():
        if book == "digitised":
            continue
        with desk.database.read() as uow:
            ordinals = [each.place.ordinal for each in uow.logbooks.all_lines(book, 2026, None, None, None)]
        assert ordinals == list(range(1, len(ordinals) + 1)), book
        assert len(ordinals) >= 2 * ROUNDS, book
    found = VerifyService(desk.database).run()
    desk.database.close()
    assert found.differences == ()
