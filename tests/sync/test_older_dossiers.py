"""Dossiers that were imported from an older program: the contract has no receipt of them, so acts on them are told and wait there.

A receipt can't be made up: what it must say (papers, register, who brought it) an older program has not handed over.
"""

from __future__ import annotations

import json

import pytest

from counter_app.services.acts.refusals import Refuse
from tests.builders import CLERK, HEAD
from tests.services.exchange.test_importing import BARE, FULL
from tests.sync.lines import both_hold_the_same, journal

OPEN = FULL | dict.fromkeys(("closed_at", "closed_as", "supplement_open_from", "supplement_open_to"))
"""One that is still in hand."""


@pytest.fixture
def older(enrolled, tmp_path):
    """A desk that has two dossiers of before: one with all that a record must have, one with hardly more than its code."""
    file = tmp_path / "older.jsonl"
    file.write_text("\n".join(json.dumps(each, ensure_ascii=False) for each in (FULL, BARE)), "utf-8")
    assert enrolled.desk.importing.run(file, HEAD).kept == 2
    enrolled.run()
    return enrolled


def answers(line, code):
    """Return how far each op of a dossier has come, and what the province said of it."""
    dossier = line.desk.dossiers.of_code(code, CLERK)
    with line.database.read() as uow:
        found = uow.outbox.of_dossier(dossier.dossier_id).values()
    return [(each.state, each.result["outcome"], each.result.get("reason") or each.result.get("code")) for each in found]


def test_acts_on_an_older_dossier_are_kept_by_the_province_until_it_knows_the_dossier(older, province):
    act = older.note(FULL["code"])
    told = older.run()
    assert (told.pending, told.troubles, told.contact) == (0, (), True)
    assert answers(older, FULL["code"]) == [("province_has", "held", "dependency")]
    assert older.dossier(act.dossier_id).attention == (), "nobody at the desk can do anything about it"
    (op,) = [op for op in journal(province).values() if op["dossier_id"] == act.dossier_id]
    assert op["type"] == "note.added", "neither an import nor a receipt that nobody wrote"
    both_hold_the_same(older, province)


def test_what_lacks_what_nobody_knows_any_more_is_no_matter_for_a_person(older, province):
    act = older.note(BARE["code"])
    told = older.run()
    assert (told.pending, told.troubles) == (0, ())
    assert answers(older, BARE["code"]) == [("province_has", "rejected", "schema")]
    assert older.dossier(act.dossier_id).attention == ()
    assert older.client.reconcile().match
    older.verify()


def test_an_act_that_is_refused_for_another_reason_is_one(older, province, monkeypatch):
    """What the desk knows of a dossier is whole: then a refusal means what it says."""
    monkeypatch.setattr("counter_app.services.line.answers.faults", lambda _record: [])
    older.note(BARE["code"])
    assert [each.dossier_code for each in older.run().troubles] == [BARE["code"]]
    assert answers(older, BARE["code"])[0][0] == "attention"


def test_they_hold_no_other_dossier_up_and_count_on_neither_side(older, province):
    older.note(BARE["code"])
    mine = older.take_in()
    older.note(mine.code)
    told = older.run()
    assert (told.pending, told.troubles) == (0, ())
    assert {each["dossier_id"] for each in province.state()["dossiers"]} >= {mine.dossier_id, older.first.dossier_id}
    imported = older.desk.dossiers.of_code(BARE["code"], CLERK)
    period = older.client.period(imported.received_at.date(), older.clock.now().date())
    assert (period.match, period.here.total) == (True, 2)


def test_an_older_dossier_that_is_refused_is_known_there_and_counts_on_both_sides(enrolled, tmp_path):
    file = tmp_path / "older.jsonl"
    file.write_text(json.dumps(OPEN, ensure_ascii=False), "utf-8")
    assert enrolled.desk.importing.run(file, HEAD).kept == 1
    enrolled.run()
    first = enrolled.desk.dossiers.of_code(OPEN["code"], CLERK).received_at.date()

    def period():
        return enrolled.client.period(first, enrolled.clock.now().date())

    before = period().here.total
    enrolled.desk.life.refusals.refuse(Refuse(OPEN["code"], "trùng hồ sơ", "Điều 3", queue=False), CLERK)
    assert period().here.total == before, "the province has not heard of it"
    enrolled.run()
    found = period()
    assert answers(enrolled, OPEN["code"])[0][:2] == ("province_has", "applied")
    assert (found.match, found.here.total, found.there.total) == (True, before + 1, before + 1)
    assert found.here.by_status["3"] == 1
    today = enrolled.clock.now().date()
    found = enrolled.client.period(today, today)
    assert found.match, "it counts on the day of its refusal, however long ago it came"
    assert found.here.by_status["3"] == 1
