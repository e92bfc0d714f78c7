"""The audit trail as it is read: by whom, filtered, newest first, each look on it; and samples that can be drawn again."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.people import Actor, Role
from counter_app.services.recording import write_audit
from counter_app.services.trail import looking as trail
from counter_app.services.trail.looking import ActKind, TrailWish, kind_of
from tests.builders import CLERK, HEAD, INSPECTOR, fake_desk
from tests.services.lives import received

TODAY = date(2026, 11, 20)
THIS_DAY = TrailWish(TODAY, TODAY)
ACTIONS = ("dossier.shown", "book.exported", "user.login", "offices.changed", "fee.collected")


def problems(act):
    with pytest.raises(RuleBrokenError) as caught:
        act()
    return {(problem.code, problem.field) for problem in caught.value.problems}


def write(desk, action, *, by=CLERK, subject="", **details):
    with desk.database.write() as uow:
        write_audit(uow, desk.clock.now(), by.user_id, action, subject, details)
        uow.commit()


@pytest.mark.parametrize(("action", "kind"), [
    ("dossier.shown", ActKind.LOOK), ("id_number.shown", ActKind.LOOK), ("dossiers.searched", ActKind.LOOK), ("slip.opened", ActKind.LOOK),
    ("file.opened", ActKind.LOOK), ("book.page_shown", ActKind.OUT), ("dossiers.exported", ActKind.OUT), ("slip.printed", ActKind.OUT),
    ("messages.handed_over", ActKind.OUT), ("dossier.handed_over", ActKind.DOSSIER), ("dossier.received", ActKind.DOSSIER),
    ("fee.reversed", ActKind.DOSSIER), ("user.locked_out", ActKind.PERSON), ("user.password_reset", ActKind.PERSON),
    ("desk.changed", ActKind.RULE), ("catalogue.activated", ActKind.RULE), ("messages.settings", ActKind.RULE),
    ("backup.made", ActKind.OUT), ("backup.set", ActKind.RULE), ("desk.restored", ActKind.RULE), ("numbers.vouched", ActKind.RULE), ("trail.shown", ActKind.LOOK),
    ("province.dossier.official_code", ActKind.DOSSIER), ("province.blob.verified", ActKind.DOSSIER), ("province.read_back", ActKind.DOSSIER),
    ("province.enrolled", ActKind.RULE), ("province.users.changed", ActKind.RULE),
])
def test_every_act_is_of_one_kind(action, kind):
    assert kind_of(action) is kind


def test_the_newest_act_stands_first_with_names_and_codes():
    desk = fake_desk()
    code = received(desk)
    desk.clock.moment += timedelta(minutes=5)
    desk.dossiers.show(code, CLERK)
    found = desk.trail.look(THIS_DAY, INSPECTOR)
    first = found.lines[0]
    assert (first.action, first.code, first.who, first.at) == ("dossier.shown", code, found.people[CLERK.user_id], desk.clock.now())
    assert [line.seq for line in found.lines] == sorted((line.seq for line in found.lines), reverse=True)


def test_each_look_is_on_the_trail_with_what_was_asked_for():
    desk = fake_desk()
    code = received(desk)
    wish = TrailWish(TODAY, TODAY, CLERK.user_id, ActKind.LOOK, code)
    desk.trail.look(wish, HEAD)
    entry = desk.state.audit[-1]
    assert (entry.user_id, entry.action, entry.subject) == (HEAD.user_id, "trail.shown", desk.state.audit[0].subject)
    assert entry.details == {"first": "2026-11-20", "last": "2026-11-20", "kind": "look", "of": CLERK.user_id, "found": 0}
    assert desk.trail.look(THIS_DAY, HEAD).lines[0].action == "trail.shown"


@pytest.mark.parametrize("role", [Role.CLERK])
def test_a_clerk_reads_no_trail_and_draws_no_sample(role):
    desk = fake_desk()
    clerk = Actor("u-0009", role)
    before = list(desk.state.audit)
    assert problems(lambda: desk.trail.look(THIS_DAY, clerk)) == {("NOT_ALLOWED", None)}
    assert problems(lambda: desk.trail.sample(TODAY, TODAY, 1, clerk)) == {("NOT_ALLOWED", None)}
    assert desk.state.audit == before


@given(st.lists(st.tuples(st.integers(0, 4), st.sampled_from(ACTIONS), st.sampled_from([CLERK, HEAD])), max_size=40),
       st.integers(-1, 22), st.integers(0, 8), st.sampled_from([None, *ActKind]), st.sampled_from(["", CLERK.user_id]))
def test_filters_leave_exactly_what_fits(acts, first, length, kind, user):
    desk = fake_desk()
    written = []
    for days, action, by in acts:
        desk.clock.moment += timedelta(days=days)
        write(desk, action, by=by)
        written.append((desk.clock.now().date(), action, by.user_id))
    wish = TrailWish(TODAY + timedelta(days=first), TODAY + timedelta(days=first + length), user, kind)
    expected = [
        (day, action, by) for day, action, by in reversed(written)
        if wish.first <= day <= wish.last and user in ("", by) and kind in (None, kind_of(action))]
    names = desk.trail.look(wish, HEAD).people
    found = desk.trail.look(wish, HEAD)
    mine = [(line.at.date(), line.action, line.who) for line in found.lines if line.action != "trail.shown"]
    assert mine == [(day, action, names[by]) for day, action, by in expected]
    assert found.found >= len(expected)


def test_a_long_trail_is_read_in_pieces_and_cut_with_its_count(monkeypatch):
    desk = fake_desk()
    monkeypatch.setattr(trail, "CHUNK", 7)
    monkeypatch.setattr(trail, "MOST", 10)
    for _ in range(33):
        write(desk, "dossier.shown")
    found = desk.trail.look(THIS_DAY, HEAD)
    assert (len(found.lines), found.found) == (10, 33)
    assert [line.seq for line in found.lines] == list(range(33, 23, -1))


def test_what_cannot_be_looked_for_is_said_at_its_field():
    desk = fake_desk()
    backwards = TrailWish(TODAY, TODAY - timedelta(days=1))
    assert problems(lambda: desk.trail.look(backwards, HEAD)) == {("PERIOD_BACKWARDS", "last")}
    assert problems(lambda: desk.trail.look(TrailWish(TODAY, TODAY, code="H36.50.05-261120-9999"), HEAD)) == {("DOSSIER_UNKNOWN", "code")}
    assert problems(lambda: desk.trail.sample(TODAY, TODAY - timedelta(days=1), 1, HEAD)) == {("PERIOD_BACKWARDS", "last")}


# --- samples ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [0, -1, 201])
def test_a_sample_has_a_sensible_size(count):
    assert problems(lambda: fake_desk().trail.sample(TODAY, TODAY, count, INSPECTOR)) == {("SAMPLE_SIZE", "count")}


def test_the_same_seed_draws_the_same_and_the_draw_is_on_the_trail():
    desk = fake_desk()
    codes = {received(desk) for _ in range(12)}
    drawn = desk.trail.sample(TODAY, TODAY, 4, INSPECTOR)
    assert (len(drawn.lines), drawn.total) == (4, 12)
    assert {line.code for line in drawn.lines} < codes
    assert desk.trail.sample(TODAY, TODAY, 4, INSPECTOR, seed=drawn.seed) == drawn
    entry = desk.state.audit[-1]
    assert (entry.action, entry.details["seed"], entry.details["drawn"], entry.details["of"]) == ("sample.drawn", drawn.seed, 4, 12)


def test_a_larger_draw_holds_the_smaller_one_of_its_seed():
    desk = fake_desk()
    for _ in range(10):
        received(desk)
    small, large = (desk.trail.sample(TODAY, TODAY, count, HEAD, seed=7) for count in (3, 6))
    assert {line.code for line in small.lines} < {line.code for line in large.lines}


def test_dossiers_of_other_days_are_never_drawn_and_few_are_all_drawn():
    desk = fake_desk()
    inside = received(desk)
    desk.clock.moment += timedelta(days=3)
    received(desk)
    drawn = desk.trail.sample(TODAY, TODAY, 50, HEAD)
    assert ([line.code for line in drawn.lines], drawn.total) == ([inside], 1)


def test_over_many_seeds_every_dossier_is_drawn_about_as_often():
    desk = fake_desk()
    codes = [received(desk) for _ in range(5)]
    times = Counter(desk.trail.sample(TODAY, TODAY, 1, HEAD, seed=seed).lines[0].code for seed in range(500))
    assert set(times) == set(codes)
    assert all(60 <= times[code] <= 140 for code in codes), "one fifth of 500 is 100"


def test_a_sample_names_nobody():
    desk = fake_desk()
    received(desk)
    (line,) = desk.trail.sample(TODAY, TODAY, 1, INSPECTOR).lines
    assert {"applicant", "id_number", "full_name"}.isdisjoint(type(line).__slots__)
