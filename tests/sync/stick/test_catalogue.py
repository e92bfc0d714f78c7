"""The catalogue by a stick: for a commune with no line at all it comes the way everything else does, whole and checked, or not at all."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from counter_app.sync import catalogue
from tests.province.server.seed import VERSION, calendar
from tests.sync.stick.sticks import carried
from tests.sync.stick.test_replays import kept, put_back
from tests.sync.test_catalogue import installed, limit_of, published


def newest(enrolled):
    enrolled.clock.forward(seconds=90)
    return {each.version for each in enrolled.desk.catalogue.versions()}


def test_the_first_answer_brings_the_catalogue_that_is_in_force(desk, province):
    desk.take_in()
    desk.there_and_back(province, province.ticket())
    assert installed(desk) == (VERSION, "", "")
    assert VERSION in newest(desk)
    desk.verify()


def test_a_new_version_comes_with_the_next_answer_and_takes_effect_on_its_day(enrolled, province):
    today = enrolled.clock.now().date()
    own, soon = limit_of(enrolled, today), today + timedelta(days=10)
    published(province, "2027.1", soon.isoformat(), limit=9)
    enrolled.there_and_back(province)
    assert installed(enrolled) == ("2027.1", "", "")
    enrolled.clock.forward(seconds=90)
    assert (limit_of(enrolled, today), limit_of(enrolled, soon)) == (own, 9)
    enrolled.verify()


def test_what_is_there_is_not_carried_again(enrolled, province):
    published(province, "2027.1", enrolled.clock.now().date().isoformat(), forms={"note": "x" * 300_000})
    enrolled.write()
    carried(province, enrolled.stick)
    with_it = sum(path.stat().st_size for path in enrolled.stick.glob("*.qmc-ve"))
    enrolled.read()
    enrolled.write()
    carried(province, enrolled.stick)
    assert sum(path.stat().st_size for path in enrolled.stick.glob("*.qmc-ve")) < with_it - 300_000
    enrolled.read()


def test_hours_of_a_later_day_are_asked_for_again_on_that_day(enrolled, province):
    soon = enrolled.clock.now().date() + timedelta(days=3)
    published(province, "2027.1", soon.isoformat(), calendar={**calendar(), "working_hours": {"mon": ["08:00-12:00"]}})
    enrolled.there_and_back(province)
    before = enrolled.desk.calendar.document().profiles
    enrolled.clock.forward(days=3, seconds=90)
    enrolled.there_and_back(province)
    enrolled.clock.forward(seconds=90)
    assert enrolled.desk.calendar.document().profiles != before
    assert enrolled.relation()["catalogue_due"] == ""


def test_a_line_that_was_quicker_is_not_undone_by_an_older_answer(enrolled, province, tmp_path):
    soon = (enrolled.clock.now().date() + timedelta(days=10)).isoformat()
    published(province, "2027.1", soon, limit=9)
    enrolled.write()
    carried(province, enrolled.stick)
    late = kept(enrolled.stick, tmp_path / "copy", ".qmc-ve")
    published(province, "2027.2", soon, limit=5)
    enrolled.run()
    assert installed(enrolled)[0] == "2027.2"
    put_back(late, enrolled.stick)
    enrolled.read()
    enrolled.clock.forward(seconds=90)
    assert installed(enrolled) == ("2027.2", "", "")
    assert limit_of(enrolled, enrolled.clock.now().date() + timedelta(days=10)) == 5


@pytest.mark.parametrize(("change", "fault"), [
    ({"issued_at": "2020-01-01T00:00:00+07:00"}, "CATALOGUE_NOT_SIGNED"), ({"files": []}, "CATALOGUE_NOT_SIGNED"), ({"version": "2099.9"}, "")])
def test_a_manifest_that_is_not_the_province_s_changes_nothing_and_is_said(enrolled, province, monkeypatch, change, fault):
    published(province, "2027.1", enrolled.clock.now().date().isoformat(), limit=9)
    taken = catalogue.take_carried

    def altered(link, database, clock, document, contents):
        taken(link, database, clock, {**document, **change}, contents)

    monkeypatch.setattr("counter_app.sync.stick.taking.take_carried", altered)
    assert enrolled.there_and_back(province).trouble is None
    assert installed(enrolled) == (VERSION, "2027.1", fault)
    assert [each.problem.code for each in enrolled.client.standing().troubles] == [fault] * bool(fault)
    monkeypatch.setattr("counter_app.sync.stick.taking.take_carried", taken)
    enrolled.there_and_back(province)
    assert installed(enrolled) == ("2027.1", "", "")


def test_one_file_too_few_is_no_catalogue(enrolled, province, monkeypatch):
    published(province, "2027.1", enrolled.clock.now().date().isoformat(), limit=9)
    taken = catalogue.take_carried

    def fewer(link, database, clock, document, contents):
        assert len(contents) > 1, json.dumps(document)
        taken(link, database, clock, document, dict(list(contents.items())[1:]))

    monkeypatch.setattr("counter_app.sync.stick.taking.take_carried", fewer)
    enrolled.there_and_back(province)
    assert installed(enrolled) == (VERSION, "2027.1", "CATALOGUE_NOT_WHOLE")
