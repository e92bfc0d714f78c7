"""A dossier that another commune has now is read-only: every verb of the services, walked, whatever a window or a command line shows."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest

from counter_app.domain.digitised import WHOLE, FileTarget
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.people import Actor, Role
from counter_app.domain.scan_batch_acts import Assign, Several, Split
from counter_app.services.scanning.filing import FileBatch
from tests.fakes import FakeDatabase
from tests.fakes_scanning import scans
from tests.services.verbs import ADMINISTRATOR, CLERK, VERBS, prepared, world

ELSEWHERE = "H36.50.06"
REFUSED = {
    "certified.sign", "certified.strike", "certified.undo",
    "dossiers.add_note", "slips.reprint", "life.perform", "life.acceptance.accept", "life.bundles.add_code", "life.bundles.link",
    "life.corrections.correct", "life.endings.halt", "life.endings.withdraw", "life.extensions.extend", "life.fees.collect",
    "life.fees.reverse", "life.hand_overs.hand_over", "life.notes.note", "life.on_the_spot.finish", "life.ratings.rate", "life.requested.print_forms",
    "life.refusals.refuse", "life.results.delivered", "life.results.ready", "life.results.send_by_post", "life.returning.return_",
    "life.settling.take_theirs", "life.steps.complete", "life.supplements.receive", "life.supplements.request", "life.undo.undo",
    "citizens.rating_sheets.sheet", "paper.library.correct", "paper.library.reuse", "paper.library.take_out",
}
"""Written out and not derived: whatever does something to a dossier."""


class Giver(Actor):
    """Somebody who acts: with the first question whether they may, every dossier that is there goes to another commune."""

    made = None
    given = None

    def may(self, permission):
        asked_by = sys._getframe(1).f_globals["__name__"]
        if Giver.given is None and asked_by.startswith("counter_app."):
            state = Giver.made.desk.state
            state.dossiers = {key: replace(each, given_to=ELSEWHERE) for key, each in state.dossiers.items()}
            Giver.given = dict(state.dossiers)
        return super().may(permission)


@pytest.fixture
def made(tmp_path):
    Giver.made, Giver.given = world(tmp_path, database=prepared(FakeDatabase())), None
    yield Giver.made
    Giver.made = Giver.given = None


@pytest.mark.parametrize("verb", VERBS)
def test_no_verb_does_anything_to_a_dossier_that_was_given_away(made, verb):
    code, told = "", []

    def heard(unit):
        new = unit.state.events[len(made.desk.state.events):]
        told.extend(event.type for event in new if event.lane and event.dossier_id in (Giver.given or {}))

    made.desk.database.before_commit = heard
    try:
        VERBS[verb](made, Giver(ADMINISTRATOR.user_id, Role.ADMINISTRATOR))
    except RuleBrokenError as error:
        code = error.code
    assert (code == "GIVEN_AWAY") == (verb in REFUSED)
    assert told == [], "the province hears nothing more of it"
    for key, before in (Giver.given or {}).items():
        assert replace(made.desk.state.dossiers[key], attention=before.attention) == before


def test_the_walk_gives_the_dossiers_away_before_the_verb_looks(made):
    VERBS["dossiers.show"](made, Giver(ADMINISTRATOR.user_id, Role.ADMINISTRATOR))
    assert len(Giver.given) == len(made.received)


def test_a_stack_of_one_that_was_given_away_waits_and_the_others_are_filed(made, tmp_path):
    place = scans(made.desk, tmp_path / "papers")
    batch_id = place.begin("a page", "another page")
    pages = [page.page_id for page in place.batches.view(batch_id).batch.pages]
    codes = [made.received[number].code for number in range(2)]
    for page_id, code in zip(pages, codes, strict=True):
        place.batches.act(batch_id, Several((Split(page_id), Assign(page_id, code, FileTarget.COMPONENT, WHOLE))))
    with made.desk.database.write() as uow:
        uow.dossiers.update(replace(uow.dossiers.get(made.dossier_id), given_to=ELSEWHERE))
        uow.commit()
    done = place.filing.file(FileBatch(batch_id), CLERK)
    assert [(each.page_ids, each.problem.code, each.problem.params) for each in done.unfiled] == [
        ((pages[0],), "GIVEN_AWAY", {"agency": ELSEWHERE})]
    assert [each.code for each in done.files] == [codes[1]]
    assert len([path for path in (place.folder / "files").rglob("*") if path.is_file()]) == 1, "no file was made of the other"
