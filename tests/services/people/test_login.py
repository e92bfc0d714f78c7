import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.people import Actor, Role
from counter_app.services.people.login import WAITS, LoginService, seconds_left
from tests.fakes import FakeClock
from tests.services.desk_people import CLERK, PlainHasher, audited, database_with, person, stored, two_people


class Desk:
    """A login service with everything in reach."""

    def __init__(self, database=None, **wishes):
        self.database = database or two_people()
        self.clock = FakeClock()
        self.hasher = PlainHasher()
        self.login = LoginService(self.database, self.clock, self.hasher, **wishes)

    def wrong(self, times=1, login="mai"):
        for _ in range(times):
            with pytest.raises(RuleBrokenError) as caught:
                self.login.login(login, "wrong")
        return caught.value.problems[0]

    def right(self, login="mai"):
        return self.login.login(login, f"{login}-password")

    def pass_seconds(self, seconds):
        self.clock.up += seconds


@pytest.fixture
def at():
    return Desk()


def test_the_login_page_lists_people_without_passwords(at):
    cards = at.login.people()
    assert [(card.login, card.initials, card.role) for card in cards] == [("admin", "VD", Role.ADMINISTRATOR), ("mai", "TĐ", Role.CLERK)]
    assert not hasattr(cards[0], "password_hash")


def test_disabled_people_are_not_listed():
    at = Desk(database_with(person("u-0001", "admin", Role.ADMINISTRATOR), person("u-0002", "mai", Role.CLERK, disabled=True)))
    assert [card.login for card in at.login.people()] == ["admin"]


def test_the_right_password_lets_in(at):
    session = at.right()
    assert session.actor == Actor("u-0002", Role.CLERK)
    assert session.user.login == "mai"
    assert audited(at.database) == [("u-0002", "user.login", "u-0002")]


def test_the_login_may_be_typed_in_capitals_with_spaces(at):
    assert at.login.login(" MAI ", "mai-password").actor.user_id == "u-0002"


def test_wrong_tries_are_counted_down(at):
    assert [at.wrong().params["left"] for _ in range(4)] == [4, 3, 2, 1]
    problem = at.wrong()
    assert (problem.code, problem.params) == ("LOCKED_OUT", {"minutes": 1, "seconds": 60})


def test_a_right_password_forgives_the_wrong_ones(at):
    at.wrong(4)
    at.right()
    assert at.wrong().params["left"] == 4


def test_a_lock_out_is_for_one_person_only(at):
    at.wrong(5)
    assert at.right("admin").actor.user_id == "u-0001"


def test_the_right_password_does_not_help_during_a_lock_out_and_is_not_even_looked_at(at):
    at.wrong(5)
    looks = at.hasher.looks
    with pytest.raises(RuleBrokenError, match="LOCKED_OUT"):
        at.right()
    assert at.hasher.looks == looks


def test_the_wait_grows_with_each_wrong_try(at):
    waits = [at.wrong(5).params["seconds"]]
    for _ in range(5):
        at.pass_seconds(waits[-1])
        waits.append(at.wrong().params["seconds"])
    assert waits == [*WAITS, 3600, 3600]


def test_the_wait_ends_to_the_second(at):
    at.wrong(5)
    at.pass_seconds(59)
    with pytest.raises(RuleBrokenError) as caught:
        at.right()
    assert caught.value.problems[0].params == {"minutes": 1, "seconds": 1}
    at.pass_seconds(1)
    at.right()


@pytest.mark.parametrize("days", [-400, -1, 1, 400])
def test_changing_the_wall_clock_undoes_no_lock_out(at, days):
    at.wrong(5)
    up = at.clock.up
    at.clock.forward(days=days)
    at.clock.up = up
    with pytest.raises(RuleBrokenError, match="LOCKED_OUT"):
        at.right()


def test_restarting_the_program_or_the_machine_undoes_no_lock_out(at):
    at.wrong(5)
    again = Desk(at.database)
    again.clock.up = at.clock.up
    with pytest.raises(RuleBrokenError, match="LOCKED_OUT"):
        again.right()
    again.clock.up = 20.0
    with pytest.raises(RuleBrokenError) as caught:
        again.right()
    assert caught.value.problems[0].params["seconds"] == 40
    again.clock.up = 20.0 + at.clock.up
    again.right()


@given(
    noted=st.floats(0, 10_000), steps=st.lists(st.tuples(st.sampled_from(["run", "restart"]), st.floats(0, 1_000)), max_size=8),
    wait=st.sampled_from(WAITS),
)
def test_a_lock_out_never_ends_early(noted, steps, wait):
    """Whatever the machine does, the time left is at least what is truly left; and once it runs on, the lock-out ends."""
    user = person("u-0002", "mai", Role.CLERK, wait_seconds=wait, wait_noted_at=noted)
    uptime, truly = noted, 0.0
    for what, seconds in steps:
        truly += seconds
        uptime = uptime + seconds if what == "run" else seconds
        assert seconds_left(user, uptime) >= wait - truly - 0.001
    assert seconds_left(user, uptime + noted + wait + 0.001) == 0


def test_a_killed_process_gives_no_free_tries(at):
    class Killed(BaseException):
        pass

    def die(*_):
        raise Killed

    at.hasher.verify = die
    for _ in range(5):
        with pytest.raises(Killed):
            at.right()
    at.hasher.verify = PlainHasher().verify
    with pytest.raises(RuleBrokenError, match="LOCKED_OUT"):
        at.right()


def test_a_closed_account_is_refused_without_a_look(at):
    at = Desk(database_with(person("u-0002", "mai", Role.CLERK, disabled=True)))
    with pytest.raises(RuleBrokenError, match="USER_DISABLED"):
        at.right()
    assert at.hasher.looks == 0


def test_an_unknown_login_is_a_sentence(at):
    with pytest.raises(RuleBrokenError, match="USER_UNKNOWN@login"):
        at.login.login("nobody", "x")


def test_every_try_is_audited(at):
    at.wrong(5)
    at.pass_seconds(60)
    at.right()
    at.login.verify(CLERK, "mai-password")
    actions = [action for _, action, _ in audited(at.database)]
    assert actions == ["user.login_failed"] * 4 + ["user.locked_out", "user.login", "user.unlock"]


def test_unlocking_counts_tries_like_logging_in(at):
    for _ in range(4):
        with pytest.raises(RuleBrokenError, match="WRONG_PASSWORD"):
            at.login.verify(CLERK, "wrong")
    assert at.wrong().code == "LOCKED_OUT"


def test_a_new_password_needs_the_old_one(at):
    with pytest.raises(RuleBrokenError, match="WRONG_PASSWORD"):
        at.login.change_password(CLERK, "wrong", "another-password")
    at.login.change_password(CLERK, "mai-password", "another-password")
    assert at.login.login("mai", "another-password").user.must_change_password is False
    with pytest.raises(RuleBrokenError, match="WRONG_PASSWORD"):
        at.right()


@pytest.mark.parametrize(("new", "code"), [
    ("short", "PASSWORD_SHORT"), ("x" * 201, "PASSWORD_LONG"), ("aaaaaaaaaa", "PASSWORD_EASY"), ("mai-password", "PASSWORD_SAME"),
])
def test_a_bad_new_password_is_refused_at_its_field(at, new, code):
    with pytest.raises(RuleBrokenError, match=f"{code}@new_password"):
        at.login.change_password(CLERK, "mai-password", new)
    assert stored(at.database, "u-0002").failed_tries == 0


def test_the_login_itself_is_no_password():
    at = Desk(database_with(person("u-0002", "thi.diem", Role.CLERK)))
    with pytest.raises(RuleBrokenError, match="PASSWORD_EASY"):
        at.login.change_password(CLERK, "thi.diem-password", "Thi-Diem")


class TestActing:
    """Who acts on the command line."""

    def test_a_named_person_needs_the_password(self, at):
        assert at.login.acting("mai", "mai-password") == CLERK
        with pytest.raises(RuleBrokenError, match="WRONG_PASSWORD"):
            at.login.acting("mai", "")

    def test_nobody_is_guessed_among_several(self, at):
        with pytest.raises(RuleBrokenError, match="LOGIN_NEEDED"):
            at.login.acting("", "")
        with pytest.raises(RuleBrokenError, match="LOGIN_NEEDED"):
            at.login.acting("", "mai-password")

    def test_the_password_of_a_lone_person_says_who_it_is(self):
        at = Desk(database_with(person("u-0002", "mai", Role.CLERK), person("u-0001", "old", Role.ADMINISTRATOR, disabled=True)))
        assert at.login.acting("", "mai-password") == CLERK
        with pytest.raises(RuleBrokenError, match="WRONG_PASSWORD"):
            at.login.acting("", "wrong")

    def test_the_key_alone_is_enough_where_a_script_made_the_desk(self):
        lone = database_with(person("u-0002", "mai", Role.CLERK))
        assert Desk(lone, key_is_enough=True).login.acting("", "") == CLERK
        assert audited(lone) == [], "nobody logged in"
        with pytest.raises(RuleBrokenError, match="LOGIN_NEEDED@user"):
            Desk(lone).login.acting("", "")
        with pytest.raises(RuleBrokenError, match="WRONG_PASSWORD"):
            Desk(lone, key_is_enough=True).login.acting("", "wrong")

    @pytest.mark.parametrize("closed", [True, False])
    def test_a_second_account_ends_that_for_good(self, closed):
        both = database_with(person("u-0001", "clerk", Role.ADMINISTRATOR), person("u-0002", "mai", Role.CLERK, disabled=closed))
        with pytest.raises(RuleBrokenError, match="LOGIN_NEEDED"):
            Desk(both, key_is_enough=True).login.acting("", "")

    def test_a_closed_account_never_acts(self):
        at = Desk(database_with(person("u-0002", "mai", Role.CLERK, disabled=True)), key_is_enough=True)
        for words, refusal in ((("", ""), "USER_DISABLED"), (("mai", "mai-password"), "USER_DISABLED"), (("", "mai-password"), "LOGIN_NEEDED")):
            with pytest.raises(RuleBrokenError, match=refusal):
                at.login.acting(*words)
        with pytest.raises(RuleBrokenError, match="USER_DISABLED"):
            at.login.session_of(CLERK)
        assert at.hasher.looks == 0

    def test_a_password_alone_is_that_of_the_first_clerk(self):
        at = Desk(database_with(person("u-0001", "admin", Role.ADMINISTRATOR), person("u-0002", "clerk", Role.CLERK)))
        assert at.login.acting("", "clerk-password") == CLERK


@settings(max_examples=30)
@given(st.lists(st.sampled_from(["right", "wrong", "wait"]), max_size=25))
def test_tries_between_waits_are_never_more_than_allowed(acts):
    """However it is attacked: after five wrong looks there is one more look a wait, until the right password comes."""
    at = Desk()
    wrong_in_a_row = 0
    for act in acts:
        if act == "wait":
            at.pass_seconds(3600)
            continue
        looks = at.hasher.looks
        locked = seconds_left(stored(at.database, "u-0002"), at.clock.uptime()) > 0
        if act == "right" and not locked:
            at.right()
            wrong_in_a_row = 0
        else:
            with pytest.raises(RuleBrokenError):
                at.login.login("mai", "wrong" if act == "wrong" else "mai-password")
            wrong_in_a_row += not locked
        assert at.hasher.looks == looks + (not locked)
        assert locked or seconds_left(stored(at.database, "u-0002"), at.clock.uptime()) > 0 or wrong_in_a_row < 5
