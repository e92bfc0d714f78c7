"""Killed at each write of every act after the receipt: it was done whole or not at all, and can be done again where it was not.

Real processes on a real encrypted file. Each repository's write, the commit and the closing of the transaction is a moment to die at.
"""

from __future__ import annotations

import hashlib
import shutil
import sys

import pytest

from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.life import ReceiverKind
from counter_app.services.acts.fee_acts import ReverseFee
from counter_app.services.acts.hand_overs import HandOverDossiers
from counter_app.services.acts.refusals import RefuseAtCounter
from counter_app.services.acts.returning import ReturnResults
from counter_app.services.acts.steps import CompleteStep
from counter_app.storage import open_database
from counter_app.storage.guard import FileNumberGuard
from tests.builders import CLERK, DEVICE, applicant, command, fake_desk, prepare
from tests.fakes import FakeClock
from tests.quick import new_database
from tests.services.agreement import all_agrees, verified
from tests.services.certifying import ALL, copy, visit
from tests.services.killing import STRIDE, Wrapped, WrappedGuard, killed
from tests.services.lives import ACTS
from tests.services.verbs import LAST_DAY

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
KEY = bytes(range(32))
WRITES = {
    "add", "add_many", "update", "append", "append_many", "put", "add_line", "open_volume", "add_job", "update_job", "void", "commit",
    "advance", "settle", "delete", "save", "sign", "strike",
}


class Writes(Wrapped):
    """Only what writes is a step; the end of the transaction is one too."""

    def __getattr__(self, name):
        found = getattr(self._inner, name)
        if name in WRITES or not callable(found):
            return super().__getattr__(name) if name in WRITES else Writes(found, self._bomb)
        if name in ("write", "read"):
            return lambda: Writes(found(), self._bomb)
        return found


class Place:
    """Two dossiers at a desk that certifies, on the last morning of the year."""

    def __init__(self, folder, codes):
        self.folder, self.url, self.codes = folder, f"sqlite:///{folder / 'desk.db'}", codes

    def opened(self, bomb=None):
        database = open_database(self.url, KEY, backup_dir=self.folder / "backups")
        guard = FileNumberGuard(self.folder / "guard", DEVICE, "H36.50.05")
        if bomb:
            database, guard = Writes(database, bomb), WrappedGuard(guard, bomb)
        return fake_desk(FakeClock(LAST_DAY), database, guard)

    def looked_at(self):
        """Open the desk as the next start does, hold everything against everything, and return what stands."""
        desk = self.opened()
        with desk.database.read() as uow:
            found = all_agrees(uow)
            verified(desk.database)
            state = repr(found), uow.audit.head(), [job.print_id for job in uow.prints.open_jobs()], uow.outbox.counts()
        desk.database.close()
        return hashlib.sha256(repr(state).encode()).hexdigest()

    def done(self, *acts):
        desk = self.opened()
        for act in acts:
            act(self, desk)
        desk.database.close()

    def killed(self, act, step):
        """Act in a child that dies at a step; tell whether it died before it was through."""
        return killed(self.opened, lambda desk: act(self, desk), step)


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """A desk with its dossiers, copied for every test."""
    made = Place(tmp_path_factory.mktemp("template"), [])
    prepare(new_database(made.url, KEY), procedures=ALL).close()
    desk = made.opened()
    made.codes += [desk.intake.receive(command(), CLERK).code for _ in range(2)]
    desk.database.close()
    return made


@pytest.fixture
def place(template, tmp_path):
    shutil.copytree(template.folder, tmp_path, dirs_exist_ok=True)
    return Place(tmp_path, template.codes)


def word(name):
    return lambda place, desk: desk.life.perform(ACTS[name](place.codes[0], desk), CLERK)


def pay_back(place, desk):
    with desk.database.read() as uow:
        (line,) = uow.dossiers.by_code(place.codes[0])[0].fees
    desk.life.fees.reverse(ReverseFee(place.codes[0], line.fee_line_id, "thu nhầm"), CLERK)


def give_both(place, desk):
    desk.life.hand_overs.hand_over(HandOverDossiers(tuple(place.codes), "Tư pháp", "Trần Văn Mẫu"), CLERK)


def return_both(place, desk):
    told = ReturnResults(tuple(place.codes), ReceiverKind.AUTHORISED, "Lê Văn Mẫu", "UQ 12", unpaid_reason="hộ nghèo")
    desk.life.returning.return_(told, CLERK)


def make_ready(place, desk):
    for code in place.codes:
        desk.life.perform(ACTS["ready"](code, desk), CLERK)


def refuse_at_counter(place, desk):
    desk.life.refusals.refuse_at_counter(RefuseAtCounter("1.004873", applicant(), "Không thuộc thẩm quyền"), CLERK)


def certify(place, desk):
    desk.certification.certify(visit(copy(pages=3, copies=2)), CLERK)


def last_step(place, desk):
    desk.life.steps.complete(CompleteStep(place.codes[0], step="sign", skip_reason="ký ngay"), CLERK)


def undo(place, desk):
    desk.life.undo.undo(place.codes[0], "nhầm", CLERK)


ONCE = {
    "ask": ((), word("ask")), "bring": ((word("ask"),), word("bring")), "refuse": ((), word("refuse")), "step": ((), last_step),
    "extend": ((), word("extend")),
    "halt": ((word("pay"),), word("halt")), "withdraw": ((), word("withdraw")), "ready": ((), word("ready")),
    "return": ((make_ready,), return_both), "pay": ((), word("pay")), "pay back": ((word("pay"),), pay_back),
    "rate": ((make_ready, word("return")), word("rate")), "undo": ((word("pay"),), undo), "correct": ((), word("correct")),
}
"""Of each act that can be done once: what goes before it, and the act."""
OFTEN = {
    "note": ((), word("note")), "refuse at the counter": ((), refuse_at_counter), "certify": ((), certify), "give": ((), give_both),
    "take back": ((word("give"),), word("take back")),
}


def kill_at_each_write(place, act):
    """Kill an act at one write after the other until it gets through; return how often it died, and what stands then."""
    before, kills = place.looked_at(), 0
    while place.killed(act, 1 + kills * STRIDE):
        kills += 1
        now = place.looked_at()
        if now != before:
            return kills, now
    now = place.looked_at()
    assert now != before, "in the end it was done"
    return kills, now


@pytest.mark.parametrize("name", ONCE)
def test_an_act_is_done_whole_or_not_at_all_and_once(place, name):
    before, act = ONCE[name]
    place.done(*before)
    kills, after = kill_at_each_write(place, act)
    assert kills * STRIDE >= 5, "the writes were really met"
    with pytest.raises(RuleBrokenError):
        place.done(act)
    assert place.looked_at() == after


@pytest.mark.parametrize("name", OFTEN)
def test_what_may_be_done_again_can_be_done_after_every_kill(place, name):
    """Numbers that a kill burned are on record with the next act that takes one."""
    before, act = OFTEN[name]
    place.done(*before)
    stood, kills = place.looked_at(), 0
    while place.killed(act, 1 + kills * STRIDE):
        kills += 1
        place.looked_at()
        if kills % 5 == 0:
            place.done(act)
    assert kills * STRIDE >= 4
    assert place.looked_at() != stood


def test_the_comparison_would_notice(place):
    """A write that got out of its transaction is seen by what every look holds against each other."""
    desk = place.opened()
    with desk.database.write() as uow:
        one = uow.dossiers.by_code(place.codes[0])[0]
        uow.logbooks.add_line(uow.logbooks.next_place("forms/02", 2026), one.dossier_id, LAST_DAY.date())
        uow.commit()
    desk.database.close()
    with pytest.raises(AssertionError):
        place.looked_at()
