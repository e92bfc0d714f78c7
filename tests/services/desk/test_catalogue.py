"""The catalogue service: which version holds for a day of receipt, and how a new one comes in."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain.catalogue import ProcedureOverride
from counter_app.domain.catalogue_overrides import with_overrides
from counter_app.domain.deadline_terms import Limit, LimitUnit
from counter_app.domain.errors import RuleBrokenError, SurroundingsError, failed
from counter_app.domain.people import Actor, Role
from counter_app.services.desk.catalogue import FRESH_SECONDS, CatalogueService
from counter_app.support.paths import resource_path
from tests.fakes import FakeClock, FakeDatabase

FILE = resource_path("catalogue/procedures.json")
DOCUMENT = json.loads(FILE.read_bytes())
ADMINISTRATOR = Actor("u-0001", Role.ADMINISTRATOR)
MARITAL, BIRTH = "1.004873", "1.001193"
TODAY = date(2026, 11, 20)


class World:
    """A desk with the shipped catalogue in use from 2020 on."""

    def __init__(self) -> None:
        self.database, self.clock = FakeDatabase(), FakeClock()
        self.service = CatalogueService(self.database, self.clock)
        info = self.service.import_file(FILE, ADMINISTRATOR)
        self.service.activate(info.version, date(2020, 1, 1), ADMINISTRATOR)


@pytest.fixture
def world():
    return World()


@pytest.fixture
def newer(tmp_path):
    """A catalogue of 2027: civil status begins anew, one procedure is gone, one limit is longer."""
    def by_code(code):
        return next(record for record in DOCUMENT["procedures"] if record["code"] == code)

    birth = dict(by_code(BIRTH), effective_from="2027-03-01", effective_to=None)
    marital = dict(by_code(MARITAL), effective_to=None)
    marital["time_limit"] = dict(marital["time_limit"], value=4, text="04 ngày làm việc")
    path = tmp_path / "newer.json"
    path.write_text(json.dumps({"meta": {"version": "2027-03-01", "title": "Mới"}, "procedures": [birth, marital]}), encoding="utf-8")
    return path


def refused(code, act, *arguments):
    with pytest.raises(RuleBrokenError) as caught:
        act(*arguments)
    assert caught.value.code == code
    return caught.value.problems[0]


def test_the_shipped_catalogue_in_force(world):
    assert len(world.service.in_force(TODAY)) == 273
    assert world.service.in_force(TODAY)[0].desk_rank == 1
    assert len(world.service.in_force(date(2027, 3, 1))) == 273 - 41
    assert world.service.in_force(date(2019, 12, 31)) == ()
    assert world.service.in_force(TODAY) is world.service.in_force(TODAY - timedelta(days=300))


def test_what_the_catalogue_leaves_open(world):
    gaps = world.service.gaps("2026-11-21")
    assert (len(gaps.without_limit), len(gaps.fees_unknown)) == (31, 111)


def test_getting_one(world):
    assert world.service.get(f" {MARITAL} ", TODAY).label
    assert world.service.get(f"{MARITAL}.H36", TODAY).code == MARITAL
    problem = refused("PROCEDURE_UNKNOWN", world.service.get, "9.999999", TODAY)
    assert (problem.field, problem.params) == ("procedure_code", {"code": "9.999999"})
    refused("PROCEDURE_UNKNOWN", world.service.get, "", TODAY)
    problem = refused("PROCEDURE_OUT_OF_FORCE", world.service.get, BIRTH, date(2027, 3, 1))
    assert (problem.field, problem.params) == ("procedure_code", {"code": BIRTH, "first": "…", "last": "28/02/2027"})


@pytest.mark.parametrize("day", [date(2009, 1, 1), date(2019, 12, 31)])
def test_where_nothing_at_all_is_in_force_the_day_is_named(world, day):
    for words in ("khai sinh", BIRTH, "zzz"):
        with pytest.raises(RuleBrokenError) as caught:
            world.service.match(words, day)
        assert [(each.code, each.field, each.params) for each in caught.value.problems] == [
            ("CATALOGUE_EMPTY", "procedure_code", {"day": f"{day:%d/%m/%Y}"})]
    assert world.service.match("zzz", TODAY) == []


def test_matching_and_listing_go_by_the_day(world):
    assert world.service.match("khai sinh", TODAY)[0].code == BIRTH
    assert BIRTH not in {known.code for known in world.service.match("khai sinh", date(2027, 3, 1))}
    assert len(world.service.listed("ho tich")) == 41
    assert world.service.listed("Hộ tịch", date(2027, 3, 1)) == ()
    assert len(world.service.listed()) == 273


def test_a_dossier_keeps_its_version(world, newer):
    kept = world.service.get(MARITAL, TODAY).version_id
    world.service.import_file(newer, ADMINISTRATOR)
    world.service.activate("2027-03-01", date(2027, 3, 1), ADMINISTRATOR)
    assert world.service.version(kept).time_limit.limit == Limit(3, LimitUnit.WORKING_DAY)
    assert world.service.version("nothing/1.0") is None


def test_a_new_catalogue_waits_for_its_day(world, newer):
    world.service.import_file(newer, ADMINISTRATOR)
    assert len(world.service.in_force(date(2027, 3, 1))) == 232
    world.service.activate("2027-03-01", date(2027, 3, 1), ADMINISTRATOR)
    assert {known.code for known in world.service.in_force(date(2027, 3, 1))} == {BIRTH, MARITAL}
    assert len(world.service.in_force(date(2027, 2, 28))) == 273
    assert world.service.get(MARITAL, date(2027, 3, 1)).time_limit.limit.value == 4
    assert world.service.get(MARITAL, date(2027, 2, 28)).time_limit.limit.value == 3
    assert world.service.get(BIRTH, date(2027, 3, 1)).catalogue_version == "2027-03-01"
    assert [info.active_from for info in world.service.versions()] == [date(2020, 1, 1), date(2027, 3, 1)]


def test_comparing_before_activating(world, newer):
    found = world.service.diff(newer)
    assert sum(line.kind == "removed" for line in found) == 271
    assert {(line.procedure_code, line.what) for line in found if line.kind == "changed"} == {
        (BIRTH, "effective"), (MARITAL, "effective"), (MARITAL, "time_limit"),
    }
    assert world.service.diff(FILE) == []
    assert len(world.service.versions()) == 1


def test_the_same_file_again_changes_nothing(world):
    before = world.database.writes
    assert world.service.import_file(FILE, ADMINISTRATOR).active_from == date(2020, 1, 1)
    assert world.database.writes == before
    assert len(world.service.versions()) == 1


def test_another_content_under_a_known_version_is_refused(world, tmp_path):
    path = tmp_path / "same.json"
    path.write_text(json.dumps({"meta": DOCUMENT["meta"] | {"count": 1}, "procedures": DOCUMENT["procedures"][:1]}), encoding="utf-8")
    problem = refused("CATALOGUE_VERSION_TAKEN", world.service.import_file, path, ADMINISTRATOR)
    assert problem.params == {"version": "2026-11-21"}
    assert len(world.service.in_force(TODAY)) == 273


def test_nothing_of_a_damaged_file_is_kept(world, tmp_path):
    path = tmp_path / "damaged.json"
    path.write_bytes(FILE.read_bytes()[:100_000])
    before = world.database.state
    refused("CATALOGUE_DAMAGED", world.service.import_file, path, ADMINISTRATOR)
    refused("CATALOGUE_DAMAGED", world.service.diff, path)
    os.truncate(path, 2**40)
    refused("CATALOGUE_DAMAGED", world.service.diff, path)
    assert world.database.state is before


def test_a_file_that_cannot_be_read_is_a_fault_of_the_surroundings(world, tmp_path):
    for path, code in ((tmp_path / "none.json", "FILE_NOT_FOUND"), (tmp_path, "FILE_IS_FOLDER")):
        with pytest.raises(SurroundingsError, match=code):
            world.service.import_file(path, ADMINISTRATOR)


@pytest.mark.parametrize("role", [Role.CLERK, Role.HEAD, Role.INSPECTOR])
def test_only_an_administrator_changes_the_catalogue(world, newer, role):
    other, before = Actor("u-0002", role), world.database.writes
    refused("NOT_ALLOWED", world.service.import_file, newer, other)
    refused("NOT_ALLOWED", world.service.activate, "2026-11-21", TODAY, other)
    refused("NOT_ALLOWED", world.service.override, decision(), other)
    assert world.database.writes == before


def test_activating_needs_a_known_version_and_a_sane_day(world):
    assert refused("CATALOGUE_VERSION_UNKNOWN", world.service.activate, "1999", TODAY, ADMINISTRATOR).field == "version"
    for day in (date(1970, 1, 1), date(2099, 1, 1)):
        assert refused("DAY_OUT_OF_RANGE", world.service.activate, "2026-11-21", day, ADMINISTRATOR).field == "from"


def decision(**changed):
    return replace(ProcedureOverride(MARITAL, "12/QĐ-UBND", date(2026, 12, 1), Limit(2, LimitUnit.WORKING_DAY)), **changed)


def test_a_decision_on_top(world):
    changed = world.service.override(decision(), ADMINISTRATOR)
    assert changed.overridden_by == ("12/QĐ-UBND",)
    assert world.service.get(MARITAL, date(2026, 12, 1)) == changed
    assert world.service.get(MARITAL, date(2026, 11, 30)).overridden_by == ()
    assert world.service.overrides() == [decision()]
    assert refused("DECISION_EMPTY", world.service.override, decision(limit=None), ADMINISTRATOR).field == "limit"
    refused("PROCEDURE_UNKNOWN", world.service.override, decision(procedure_code="9.999999"), ADMINISTRATOR)
    assert world.service.overrides() == [decision()]


def test_every_change_is_on_the_audit_trail(world):
    world.service.override(decision(), ADMINISTRATOR)
    trail = [(entry.user_id, entry.action, entry.subject) for entry in world.database.state.audit]
    assert trail == [
        ("u-0001", "catalogue.imported", "2026-11-21"), ("u-0001", "catalogue.activated", "2026-11-21"), ("u-0001", "catalogue.overridden", MARITAL),
    ]


def test_a_failed_commit_leaves_the_catalogue_as_it_was(world):
    world.database.fault = failed("DISK_FULL")
    with pytest.raises(SurroundingsError):
        world.service.override(decision(), ADMINISTRATOR)
    assert world.service.get(MARITAL, date(2026, 12, 1)).overridden_by == ()


def test_another_counters_change_is_seen_a_little_later(world):
    here, elsewhere = world.service, CatalogueService(world.database, world.clock)
    assert here.get(MARITAL, date(2026, 12, 1)).overridden_by == ()
    elsewhere.override(decision(), ADMINISTRATOR)
    world.clock.forward(seconds=FRESH_SECONDS)
    assert here.get(MARITAL, date(2026, 12, 1)).overridden_by == ("12/QĐ-UBND",)


DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
DECISIONS = st.builds(
    lambda first, length, value, code: ProcedureOverride(
        code, f"{value}/QĐ-UBND", first, Limit(value, LimitUnit.DAY), effective_to=None if length is None else first + timedelta(days=length)),
    DAYS, st.none() | st.integers(0, 90), st.integers(1, 60), st.sampled_from([MARITAL, "2.000815"]),
)


@settings(max_examples=40)
@given(st.lists(DECISIONS, max_size=4, unique_by=lambda made: made.effective_from), st.lists(DAYS, min_size=1, max_size=12))
def test_any_day_sees_exactly_the_decisions_of_that_day(decisions, days):
    world = SHARED
    world.database.state.overrides[:] = decisions
    world.clock.forward(seconds=FRESH_SECONDS)
    for day in days:
        for code in (MARITAL, "2.000815"):
            raw = world.service.version(f"2026-11-21/{code}")
            if raw.in_force(day):
                assert world.service.get(code, day) == with_overrides(raw, decisions, day)
            else:
                refused("PROCEDURE_OUT_OF_FORCE", world.service.get, code, day)


SHARED = World()
