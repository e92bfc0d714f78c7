"""A whole life over an encrypted file: what a verb gave back is what is stored, and a verb that fails leaves nothing."""

from __future__ import annotations

import pytest

from counter_app.domain.canonical import first_broken
from counter_app.domain.errors import RuleBrokenError
from counter_app.services.acts.results import SendByPost
from tests.builders import CLERK, command, fake_desk, prepare
from tests.quick import new_database
from tests.services.lives import ACTS

LIVES = (
    ("pay", "ask", "bring", "give", "step", "extend", "take back", "ready", "return", "rate"),
    ("correct", "give", "give", "note", "halt"),
    ("give", "correct", "ready"),
    ("ask", "bring", "ask", "withdraw"),
    ("refuse", "note"),
)


@pytest.fixture
def desk(tmp_path):
    database = prepare(new_database(f"sqlite:///{tmp_path / 'desk.db'}", bytes(range(32))))
    yield fake_desk(database=database)
    database.close()


def stored(desk, code):
    with desk.database.read() as uow:
        found, = uow.dossiers.by_code(code)
        return found, uow.events.of_dossier(found.dossier_id), uow.outbox.counts()


@pytest.mark.parametrize("words", LIVES)
def test_what_a_verb_returns_is_what_is_stored(desk, words):
    code = desk.intake.receive(command(), CLERK).code
    for word in words:
        done = desk.life.perform(ACTS[word](code, desk), CLERK)
        found, events, outbox = stored(desk, code)
        assert found == done.dossier
        assert outbox["saved"] == sum(event.lane is not None for event in events)
        for print_id in done.print_ids:
            assert desk.slips.document(print_id).startswith(b"%PDF")
    with desk.database.read() as uow:
        assert first_broken(uow.audit.entries()) is None


def test_an_act_that_is_not_legal_leaves_nothing_in_the_file(desk):
    code = desk.intake.receive(command(), CLERK).code
    before = stored(desk, code)
    for word in ("bring", "return", "rate"):
        with pytest.raises(RuleBrokenError):
            desk.life.perform(ACTS[word](code, desk), CLERK)
    assert stored(desk, code) == before


def test_second_codes_links_and_parcels_are_stored(desk):
    code, other = (desk.intake.receive(command(), CLERK).code for _ in range(2))
    desk.life.bundles.link((code, other), CLERK)
    desk.life.bundles.add_code(code, "G09.20-20261120-0000001", CLERK)
    desk.life.perform(ACTS["ready"](code, desk), CLERK)
    sent = desk.life.results.send_by_post(SendByPost("G09.20-20261120-0000001", "Bưu điện", "VN1"), CLERK).dossier
    found, events, _ = stored(desk, "G09.20-20261120-0000001")
    assert (found, found.linked) == (sent, (stored(desk, other)[0].dossier_id,))
    assert [event.type for event in events if event.lane is None] == ["dossier.linked", "dossier.code_added", "result.posted"]
    assert desk.dossiers.search("G09.20-20261120-0000001", CLERK).total == 1
