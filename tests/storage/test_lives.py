"""Random lives on the encrypted file and on PostgreSQL: the same acts as in memory, the same answers, and all records of a thing agree."""

from __future__ import annotations

from random import Random

import pytest

from counter_app.domain.errors import DeskError
from counter_app.services.acts.fee_acts import ReverseFee
from tests.builders import CLERK, command, fake_desk, prepare
from tests.services.agreement import all_agrees, verified
from tests.services.lives import ACTS

WORDS = [*sorted(ACTS), "undo", "time", "receive"]
STEPS = 40


def stored(desk, code):
    with desk.database.read() as uow:
        return uow.dossiers.by_code(code)[0]


def act(desk, codes, word, which):
    """Do what a word means at one desk; return what the clerk sees of it."""
    if word == "time":
        return desk.clock.forward(hours=which * 3 + 1)
    if word == "receive":
        codes.append(desk.intake.receive(command(), CLERK).code)
        return len(codes)
    code = codes[which % len(codes)]
    try:
        if word == "undo":
            done = desk.life.undo.undo(code, "nhầm", CLERK)
        elif word == "pay back":
            done = desk.life.fees.reverse(ReverseFee(code, stored(desk, code).fees[0].fee_line_id, "thu nhầm"), CLERK)
        else:
            done = desk.life.perform(ACTS[word](code, desk), CLERK)
    except DeskError as error:
        return [(problem.code, problem.field) for problem in error.problems]
    return [(each.status, each.due_at, each.step and each.step.code, each.holder) for each in done.dossiers], done.forms, [
        warning.code for warning in done.warnings]


def types(desk, code):
    with desk.database.read() as uow:
        return [event.type for event in uow.events.of_dossier(uow.dossiers.by_code(code)[0].dossier_id)]


@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(2, 12))])
def test_a_life_is_the_same_wherever_it_is_stored(database, seed):
    chance, real, memory = Random(seed), fake_desk(database=prepare(database)), fake_desk()
    codes = {"real": [], "memory": []}
    done = set()
    for word, which in [("receive", 0), ("receive", 1), *((chance.choice(WORDS), chance.randrange(8)) for _ in range(STEPS))]:
        seen = act(memory, codes["memory"], word, which)
        assert act(real, codes["real"], word, which) == seen, (word, which)
        with real.database.read() as uow:
            found = all_agrees(uow)
        assert len(found) == len(codes["real"])
        done.add(word if isinstance(seen, tuple) else "refused")
    with memory.database.read() as uow:
        all_agrees(uow)
    for desk in (memory, real):
        verified(desk.database)
    assert codes["real"] == codes["memory"]
    assert [types(real, code) for code in codes["real"]] == [types(memory, code) for code in codes["memory"]]
    assert "refused" in done
    assert len(done) >= 5, "a life in which something happens"


def test_the_fake_and_the_real_are_compared_for_all_acts():
    assert set(ACTS) <= set(WORDS)
