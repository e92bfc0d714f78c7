import pytest

from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.people import Actor, Role
from counter_app.services.people.login import LoginService
from counter_app.services.people.passwords import generated_password, password_problems
from counter_app.services.people.users import NewUser, UserService
from tests.fakes import FakeClock
from tests.services.desk_people import ADMINISTRATOR, PlainHasher, audited, stored, two_people


@pytest.fixture
def database():
    return two_people()


@pytest.fixture
def users(database):
    return UserService(database, FakeClock(), PlainHasher())


def test_a_person_is_added_with_a_password_that_is_shown_once(users, database):
    made = users.add(NewUser("Lan.Anh", "  Lê  Thị Thử ", Role.HEAD, "Phó Chủ tịch"), ADMINISTRATOR)
    user = stored(database, "u-0003")
    assert (made.user_id, made.login) == ("u-0003", "lan.anh")
    assert (user.full_name, user.role, user.title) == ("Lê Thị Thử", Role.HEAD, "Phó Chủ tịch")
    assert user.must_change_password
    assert made.password not in repr(users.list())
    assert LoginService(database, FakeClock(), PlainHasher()).login("lan.anh", made.password).actor == Actor("u-0003", Role.HEAD)
    assert audited(database)[0] == ("u-0001", "user.added", "u-0003")


def test_a_chosen_password_need_not_be_changed(users, database):
    users.add(NewUser("lan", "Lê Thị Thử", Role.CLERK, password="mat-khau-moi"), ADMINISTRATOR)
    assert not stored(database, "u-0003").must_change_password


@pytest.mark.parametrize(("new", "codes"), [
    (NewUser("mai", "Lê Thị Thử", Role.CLERK), ["LOGIN_TAKEN"]),
    (NewUser("MAI", "Lê Thị Thử", Role.CLERK), ["LOGIN_TAKEN"]),
    (NewUser("", "", Role.CLERK), ["LOGIN_UNUSABLE", "NAME_MISSING"]),
    (NewUser("x", "Lê", Role.CLERK), ["LOGIN_UNUSABLE"]),
    (NewUser("có dấu", "Lê", Role.CLERK), ["LOGIN_UNUSABLE"]),
    (NewUser("ok", "\u202e\u200b \n", Role.CLERK), ["NAME_MISSING"]),
    (NewUser("ok", "Lê " * 100, Role.CLERK), ["NAME_LONG"]),
    (NewUser("ok", "Lê Thị 😀", Role.CLERK), ["TEXT_UNPRINTABLE"]),
    (NewUser("ok", "你好", Role.CLERK, "★ Trưởng"), ["TEXT_UNPRINTABLE", "TEXT_UNPRINTABLE"]),
    (NewUser("ok", "Lê", Role.CLERK, "Trưởng " * 20), ["TEXT_TOO_LONG"]),
    (NewUser("ok", "Lê", Role.CLERK, password="ngắn"), ["PASSWORD_SHORT"]),
])
def test_what_can_not_be_used_is_refused_and_nobody_is_added(users, new, codes):
    with pytest.raises(RuleBrokenError) as caught:
        users.add(new, ADMINISTRATOR)
    assert [problem.code for problem in caught.value.problems] == codes
    assert len(users.list()) == 2


@pytest.mark.parametrize("role", [Role.CLERK, Role.HEAD, Role.INSPECTOR])
def test_only_an_administrator_manages_people(users, role):
    actor = Actor("u-0002", role)
    acts = (
        lambda: users.add(NewUser("lan", "Lê Thị Thử", Role.CLERK), actor), lambda: users.reset("mai", actor),
        lambda: users.disable("mai", actor), lambda: users.enable("mai", actor),
        lambda: users.change("mai", actor, full_name="X", role=Role.CLERK, title=""),
    )
    for act in acts:
        with pytest.raises(RuleBrokenError, match="NOT_ALLOWED"):
            act()


def test_a_reset_gives_a_new_password_and_ends_a_lock_out(users, database):
    login = LoginService(database, FakeClock(), PlainHasher())
    for _ in range(5):
        with pytest.raises(RuleBrokenError):
            login.login("mai", "wrong")
    made = users.reset("mai", ADMINISTRATOR)
    assert login.login("mai", made.password).user.must_change_password
    with pytest.raises(RuleBrokenError, match="WRONG_PASSWORD"):
        login.login("mai", "mai-password")
    assert ("u-0001", "user.password_reset", "u-0002") in audited(database)


def test_what_can_not_be_seen_is_taken_out_of_a_name(users, database):
    users.add(NewUser("lan", "\u202eLê\u200b\x07  Thị\tThử\u202c", Role.CLERK, "Phó\u2066 Giám đốc"), ADMINISTRATOR)
    assert (stored(database, "u-0003").full_name, stored(database, "u-0003").title) == ("Lê Thị Thử", "Phó Giám đốc")
    for wrong in ({"full_name": "Lê 😀", "title": ""}, {"full_name": "Lê", "title": "😀"}):
        with pytest.raises(RuleBrokenError, match="TEXT_UNPRINTABLE"):
            users.change("lan", ADMINISTRATOR, role=Role.CLERK, **wrong)
    assert stored(database, "u-0003").full_name == "Lê Thị Thử"


def test_an_account_is_closed_and_opened(users, database):
    users.disable("mai", ADMINISTRATOR)
    assert [line.disabled for line in users.list()] == [False, True]
    users.enable("mai", ADMINISTRATOR)
    assert [line.disabled for line in users.list()] == [False, False]
    assert [action for _, action, _ in audited(database)] == ["user.disabled", "user.enabled"]


def test_an_administrator_may_close_their_own_account_and_does_nothing_more(users, database):
    users.add(NewUser("bich", "Bùi Thị Bích", Role.ADMINISTRATOR), ADMINISTRATOR)
    second = users.list()[-1]
    herself = Actor(second.user_id, Role.ADMINISTRATOR)
    users.disable("bich", herself)
    assert database.state.audit[-1].user_id == second.user_id
    with pytest.raises(RuleBrokenError, match="USER_DISABLED"):
        users.enable("bich", herself)


def test_the_last_administrator_stays(users, database):
    with pytest.raises(RuleBrokenError, match="LAST_ADMINISTRATOR"):
        users.disable("admin", ADMINISTRATOR)
    with pytest.raises(RuleBrokenError, match="LAST_ADMINISTRATOR"):
        users.change("admin", ADMINISTRATOR, full_name="X", role=Role.CLERK, title="")
    assert not stored(database, "u-0001").disabled
    assert stored(database, "u-0001").role is Role.ADMINISTRATOR
    users.change("mai", ADMINISTRATOR, full_name="Đỗ Thị Thí Điểm", role=Role.ADMINISTRATOR, title="Quản trị")
    users.disable("admin", ADMINISTRATOR)
    assert stored(database, "u-0001").disabled


@pytest.mark.parametrize("act", ["reset", "disable", "enable"])
def test_an_unknown_person_is_a_sentence(users, act):
    with pytest.raises(RuleBrokenError, match="USER_UNKNOWN@login"):
        getattr(users, act)("nobody", ADMINISTRATOR)


def test_generated_passwords_are_usable_and_not_alike():
    made = {generated_password() for _ in range(200)}
    assert len(made) == 200
    assert all(password_problems(password, "clerk") == [] for password in made)
    assert all(password.isascii() and password == password.lower() for password in made)
    assert not set("".join(made)) & set("il1o0")
