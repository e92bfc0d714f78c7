"""Accounts as a world: people come, forget, guess, are shut out and let in again, the computer restarts; a model knows who may do what."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from hypothesis import Phase, Verbosity, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from counter_app.domain.errors import RuleBrokenError, broken
from counter_app.domain.people import Actor, Permission, Role
from counter_app.services.people.login import FREE_TRIES, WAITS, LoginService, Session
from counter_app.services.people.users import NewUser, UserService
from tests.examples import examples
from tests.fakes import FakeClock, FakeDatabase
from tests.services.desk_people import PlainHasher, audited

LOGINS = ["clerk", "mai", "hoa", "tra"]
PASSWORDS = ["mat-khau-mot", "mat-khau-hai", "mat-khau-ba"]
MAKER = Actor("u-0000", Role.ADMINISTRATOR)


@dataclass
class Known:
    """What the model knows of an account."""

    user_id: str
    login: str
    role: Role
    password: str
    must_change: bool
    closed: bool = False
    tries: int = 0
    wait: float = 0.0
    """Seconds of running time that a lock-out still lasts."""

    @property
    def actor(self):
        return Actor(self.user_id, self.role)


class Accounts(RuleBasedStateMachine):
    """Whatever is done, the services and the model agree on who gets in and who may manage whom."""

    people = Bundle("people")

    def __init__(self):
        super().__init__()
        self.database, self.clock, self.hasher = FakeDatabase(), FakeClock(), PlainHasher()
        self.users = UserService(self.database, self.clock, self.hasher)
        self.login = LoginService(self.database, self.clock, self.hasher)
        self.scripted = LoginService(self.database, self.clock, self.hasher, key_is_enough=True)
        self.model: dict[str, Known] = {}

    def code_of(self, act):
        try:
            act()
        except RuleBrokenError as error:
            return error.code
        return ""

    @property
    def administrators(self):
        return [each for each in self.model.values() if each.role is Role.ADMINISTRATOR and not each.closed]

    def refusal(self, by):
        """Return why somebody may manage nobody: their role, or their own account, closed though their window still stands open."""
        known = self.model[by]
        if known.role is not Role.ADMINISTRATOR:
            return "NOT_ALLOWED"
        return "USER_DISABLED" if known.closed else ""

    @initialize(target=people)
    def first(self):
        made = self.users.add(NewUser("clerk", "Cán bộ Một cửa", Role.ADMINISTRATOR, password=PASSWORDS[0]), MAKER)
        self.model["clerk"] = Known(made.user_id, "clerk", Role.ADMINISTRATOR, PASSWORDS[0], must_change=False)
        return "clerk"

    @rule(target=people, login=st.sampled_from(LOGINS), role=st.sampled_from(Role), by=people, password=st.sampled_from([None, *PASSWORDS]))
    def add(self, login, role, by, password):
        actor = self.model[by].actor
        made = []
        code = self.code_of(lambda: made.append(self.users.add(NewUser(login.upper(), "Lê Thị Thử", role, password=password), actor)))
        if actor.role is not Role.ADMINISTRATOR:
            assert code == "NOT_ALLOWED"
        elif login in self.model:
            assert code == "LOGIN_TAKEN"
        elif self.model[by].closed:
            assert code == "USER_DISABLED"
        else:
            assert code == ""
            self.model[login] = Known(made[0].user_id, login, role, made[0].password, must_change=password is None)
            assert len({each.user_id for each in self.model.values()}) == len(self.model), "an id is never given again"
        return login if login in self.model else by

    @rule(login=people, password=st.sampled_from(PASSWORDS))
    def guess(self, login, password):
        self.enter(login, password, lambda: self.login.login(login, password))

    @rule(login=people)
    def enter_rightly(self, login):
        self.enter(login, self.model[login].password, lambda: self.login.acting(f" {login.upper()} ", self.model[login].password))

    @rule(login=people, password=st.sampled_from(PASSWORDS))
    def unlock_the_screen(self, login, password):
        self.enter(login, password, lambda: self.login.verify(self.model[login].actor, password))

    def enter(self, login, password, act):
        """Whoever looks at a password, by whatever way: counted before, forgiven only by the right one."""
        known, looks, code = self.model[login], self.hasher.looks, self.code_of(act)
        if known.closed:
            assert (code, self.hasher.looks) == ("USER_DISABLED", looks)
            return False
        if known.wait > 0:
            assert (code, self.hasher.looks) == ("LOCKED_OUT", looks), "not even looked at"
            return False
        assert self.hasher.looks == looks + 1
        if password == known.password:
            assert code == ""
            known.tries = 0
            return True
        known.tries += 1
        if known.tries >= FREE_TRIES:
            known.wait = WAITS[min(known.tries - FREE_TRIES, len(WAITS) - 1)]
        assert code == ("LOCKED_OUT" if known.wait else "WRONG_PASSWORD")
        return False

    @rule(login=people, new=st.sampled_from([*PASSWORDS, "kurz"]), old=st.sampled_from([None, *PASSWORDS]))
    def change_password(self, login, new, old):
        known = self.model[login]
        old = known.password if old is None else old
        act = lambda: self.login.change_password(known.actor, old, new)  # noqa: E731
        if len(new) < 8 or new == old:
            looks = self.hasher.looks
            assert self.code_of(act) == ("PASSWORD_SHORT" if len(new) < 8 else "PASSWORD_SAME")
            assert self.hasher.looks == looks, "what can't be taken costs no try"
        elif self.enter(login, old, act):
            known.password, known.must_change = new, False

    @rule(login=people, by=people)
    def reset(self, login, by):
        made = []
        code = self.code_of(lambda: made.append(self.users.reset(login, self.model[by].actor)))
        if refusal := self.refusal(by):
            assert (code, made) == (refusal, [])
            return
        known = self.model[login]
        known.password, known.must_change, known.tries, known.wait = made[0].password, True, 0, 0.0

    @rule(login=people, by=people, closed=st.booleans())
    def close_or_open(self, login, by, closed):
        known, refusal = self.model[login], self.refusal(by)
        last = closed and self.administrators == [known]
        act = self.users.disable if closed else self.users.enable
        code = self.code_of(lambda: act(login, self.model[by].actor))
        if refusal:
            assert code == refusal
        elif last:
            assert code == "LAST_ADMINISTRATOR"
        else:
            assert code == ""
            known.closed = closed

    @rule(login=people, by=people, role=st.sampled_from(Role))
    def change_role(self, login, by, role):
        known, refusal = self.model[login], self.refusal(by)
        last = role is not Role.ADMINISTRATOR and self.administrators == [known]
        code = self.code_of(lambda: self.users.change(login, self.model[by].actor, full_name="Lê Thị Thử", role=role, title=""))
        if refusal:
            assert code == refusal
        elif last:
            assert code == "LAST_ADMINISTRATOR"
        else:
            assert code == ""
            known.role = role

    @rule(seconds=st.sampled_from([1, 59, 60, 299, 900, 3600]))
    def wait(self, seconds):
        self.clock.up += seconds
        for known in self.model.values():
            known.wait = max(0.0, known.wait - seconds)

    @rule(hours=st.integers(-50, 50))
    def set_the_clock(self, hours):
        """The wall clock counts for nothing here."""
        self.clock.moment += timedelta(hours=hours)

    @precondition(lambda self: self.model)
    @invariant()
    def who_is_listed_may_log_in(self):
        assert {card.login for card in self.login.people()} == {known.login for known in self.model.values() if not known.closed}
        lines = {line.login: (line.role, line.disabled, line.must_change_password) for line in self.users.list()}
        assert lines == {known.login: (known.role, known.closed, known.must_change) for known in self.model.values()}

    @precondition(lambda self: self.model)
    @invariant()
    def somebody_can_always_manage(self):
        assert self.administrators

    @precondition(lambda self: self.model)
    @invariant()
    def the_key_alone_is_one_persons(self):
        alone = len(self.model) == 1
        assert self.code_of(lambda: self.scripted.acting("", "")) == ("" if alone else "LOGIN_NEEDED")
        assert self.code_of(lambda: self.login.acting("", "")) == "LOGIN_NEEDED"

    def teardown(self):
        trail = audited(self.database)
        assert len(trail) >= len(self.model)
        assert not any(password in repr(trail) for password in PASSWORDS)
        for known in self.model.values():
            assert ("u-0000" if known.login == "clerk" else None, "user.added", known.user_id) in [
                (who if who == "u-0000" else None, what, whom) for who, what, whom in trail]


TestAccounts = Accounts.TestCase
TestAccounts.settings = settings(max_examples=examples(12), stateful_step_count=40, deadline=None)


class KeyOfTheLastOneLeft(LoginService):
    """Takes the only open account for the only one there is."""

    def acting(self, login, password):
        people = self.people()
        if login or password or len(people) != 1:
            return super().acting(login, password)
        return Actor(people[0].user_id, people[0].role)


class ForgivingLogin(LoginService):
    """Looks at a password before it counts the try."""

    def _check(self, user, password, action):
        if self._hasher.verify(user.password_hash, password):
            return super()._check(user, password, action)
        raise broken("WRONG_PASSWORD", "password", left=1)


class OpenDoor(LoginService):
    """Forgets to ask whether an account is closed."""

    def _check(self, user, password, action):
        if user.disabled and self._hasher.verify(user.password_hash, password):
            return Session(user, user.as_actor())
        return super()._check(user, password, action)


class CarelessUsers(UserService):
    """Lets the last administrator go."""

    def disable(self, login, actor):
        if not actor.may(Permission.MANAGE_USERS):
            raise broken("NOT_ALLOWED")
        with self._database.write() as uow:
            if uow.users.is_closed(actor.user_id):
                raise broken("USER_DISABLED")
            uow.users.update(replace(uow.users.by_login(login), disabled=True))
            uow.commit()


class OpenWindow(UserService):
    """Lets a closed account go on where its window still stands open."""

    def _audit(self, uow, actor, action, user, **details):
        super()._audit(uow, MAKER, action, user, **details)


@pytest.mark.parametrize("fault", [KeyOfTheLastOneLeft, ForgivingLogin, OpenDoor, CarelessUsers, OpenWindow])
def test_the_world_notices(fault):
    class Faulty(Accounts):
        def __init__(self):
            super().__init__()
            if issubclass(fault, UserService):
                self.users = fault(self.database, self.clock, self.hasher)
            else:
                self.login = fault(self.database, self.clock, self.hasher)
                self.scripted = fault(self.database, self.clock, self.hasher, key_is_enough=True)

    with pytest.raises((AssertionError, RuleBrokenError)):
        run_state_machine_as_test(
            Faulty, settings=settings(max_examples=100, stateful_step_count=40, deadline=None, database=None, phases=[Phase.generate],
                                      report_multiple_bugs=False, verbosity=Verbosity.quiet))


def test_a_restart_never_shortens_a_wait():
    database, clock, hasher = FakeDatabase(), FakeClock(), PlainHasher()
    users, login = UserService(database, clock, hasher), LoginService(database, clock, hasher)
    users.add(NewUser("mai", "Lê Thị Thử", Role.ADMINISTRATOR, password=PASSWORDS[0]), MAKER)
    clock.up = 1000.0
    for _ in range(FREE_TRIES):
        with pytest.raises(RuleBrokenError):
            login.login("mai", "falsch-falsch")
    waited = 0.0
    for running in (30.0, 10.0, 0.5, 5.0):
        clock.up = running  # the machine was started again this long ago
        with pytest.raises(RuleBrokenError) as caught:
            login.login("mai", PASSWORDS[0])
        waited += running
        left = caught.value.problems[0].params["seconds"]
        assert math.ceil(WAITS[0] - waited) <= left <= WAITS[0] - waited + 3, "a second at most is lost at each start, none is won"
    clock.up += left
    assert login.login("mai", PASSWORDS[0]).user.login == "mai"
