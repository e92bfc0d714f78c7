"""Two processes do the same to one dossier at the same moment: one does it, the other gets its sentence, and it was done once."""

from __future__ import annotations

import multiprocessing
import sys

import pytest

from counter_app.domain.dossier import Status
from counter_app.domain.errors import RuleBrokenError
from counter_app.storage import open_database
from counter_app.storage.guard import FileNumberGuard
from tests.builders import CLERK, DEVICE, NOW, command, fake_desk, prepare
from tests.fakes import FakeClock
from tests.quick import new_database
from tests.services.agreement import all_agrees, verified
from tests.services.lives import ACTS

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
KEY = bytes(range(32))
FORK = multiprocessing.get_context("fork")


def opened(folder):
    database = open_database(f"sqlite:///{folder / 'desk.db'}", KEY, backup_dir=folder / "backups")
    return fake_desk(FakeClock(NOW), database, FileNumberGuard(folder / "guard", DEVICE, "H36.50.05"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("shared")
    prepare(new_database(f"sqlite:///{made / 'desk.db'}", KEY)).close()
    return made


def work(folder, code, word, start, answers):
    desk = opened(folder)
    start.wait(20)
    try:
        desk.life.perform(ACTS[word](code, desk), CLERK)
        answers.put("done")
    except RuleBrokenError as error:
        answers.put(error.code)
    desk.database.close()


def at_once(folder, code, *words):
    """Do acts in processes of their own that begin together; return their answers, sorted."""
    start, answers = FORK.Barrier(len(words)), FORK.Queue()
    workers = [FORK.Process(target=work, args=(folder, code, word, start, answers)) for word in words]
    for worker in workers:
        worker.start()
    told = sorted(answers.get(timeout=30) for _ in workers)
    for worker in workers:
        worker.join(30)
    assert [worker.exitcode for worker in workers] == [0] * len(words)
    return told


def looked_at(folder, code):
    desk = opened(folder)
    with desk.database.read() as uow:
        all_agrees(uow)
        verified(desk.database)
        dossier = uow.dossiers.by_code(code)[0]
        types = [event.type for event in uow.events.of_dossier(dossier.dossier_id)]
        payments = uow.payments.of_dossier(dossier.dossier_id)
    desk.database.close()
    return dossier, types, payments


@pytest.mark.parametrize(("before", "word", "event", "sentence"), [
    (("ready",), "return", "result.returned", "RETURN_NOT_NOW"), ((), "pay", "fee.collected", "NO_FEE_OWED"),
    ((), "extend", "deadline.extended", "EXTENSION_LIMIT"), ((), "ask", "supplement.requested", "REQUEST_SUPPLEMENT_NOT_NOW"),
    (("ask",), "bring", "supplement.received", "RECEIVE_SUPPLEMENT_NOT_NOW"), ((), "ready", "result.ready", "RESULT_READY_NOT_NOW"),
    (("ready", "return"), "rate", "satisfaction.recorded", "ALREADY_RATED"), ((), "correct", "dossier.corrected", "NOTHING_TO_CORRECT"),
])
def test_of_two_one_does_it(folder, before, word, event, sentence):
    desk = opened(folder)
    code = desk.intake.receive(command(), CLERK).code
    for each in before:
        desk.life.perform(ACTS[each](code, desk), CLERK)
    desk.database.close()
    assert at_once(folder, code, word, word) == sorted(["done", sentence])
    _, types, payments = looked_at(folder, code)
    assert types.count(event) == 1
    assert len(payments) == (word == "pay")


def test_of_four_ends_there_is_one(folder):
    desk = opened(folder)
    code = desk.intake.receive(command(), CLERK).code
    desk.database.close()
    told = at_once(folder, code, "refuse", "halt", "withdraw", "withdraw")
    assert told.count("done") == 1
    assert {each for each in told if each != "done"} <= {"REFUSE_NOT_NOW", "HALT_NOT_NOW", "WITHDRAW_NOT_NOW"}
    dossier, types, _ = looked_at(folder, code)
    assert dossier.status in (Status.NOT_ACCEPTED, Status.HALTED, Status.WITHDRAWN)
    assert len([each for each in types if each in ("dossier.refused", "dossier.halted", "dossier.withdrawn")]) == 1


def test_different_acts_at_once_all_count(folder):
    """Money, a note and a hand-over disturb one another in no way: the projection has all of them."""
    desk = opened(folder)
    code = desk.intake.receive(command(), CLERK).code
    desk.database.close()
    assert at_once(folder, code, "pay", "note", "give") == ["done"] * 3
    dossier, types, payments = looked_at(folder, code)
    assert (dossier.status, len(dossier.hand_overs), dossier.fees[0].is_paid, len(payments)) == (Status.PROCESSING, 1, True, 1)
    assert types.count("note.added") == 1
