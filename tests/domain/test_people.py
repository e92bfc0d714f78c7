"""Who may do what, and the login that is suggested for a name."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.people import PERMISSIONS, Actor, Permission, Role, suggested_login
from counter_app.services.people.users import NewUser, checked

LOGIN = re.compile(r"[a-z0-9][a-z0-9.]{0,31}")


@pytest.mark.parametrize(("name", "login"), [
    ("Nguyễn Thị Hoa", "hoa.nt"), ("Y Thử Byă", "bya.yt"), ("H’Mẫu Niê", "nie.h"), ("Đỗ Đức Đạt", "dat.dd"), ("Hoa", "hoa"),
    ("  nguyễn   thị  hoa ", "hoa.nt"), ("", ""), ("…", ""), ("😀 !", "")])
def test_given_name_and_initials_in_plain_letters(name, login):
    assert suggested_login(name) == login


def test_one_that_is_taken_gets_the_next_number():
    assert suggested_login("Nguyễn Thị Hoa", {"hoa.nt"}) == "hoa.nt2"
    assert suggested_login("Nguyễn Thị Hoa", {"hoa.nt", "hoa.nt2", "hoa.nt3"}) == "hoa.nt4"
    assert suggested_login("Nguyễn Thị Hoa", {"hoa"}) == "hoa.nt"


@given(st.text(max_size=300), st.sets(st.sampled_from(["hoa.nt", "hoa", "a", "a2"])))
def test_whatever_the_name_the_login_is_plain_short_and_free(name, taken):
    login = suggested_login(name, taken)
    assert login == "" or LOGIN.fullmatch(login)
    assert login not in taken or not login


@given(st.lists(st.sampled_from(["Nguyễn", "Thị", "Đỗ", "Y", "Hoa", "Mẫu", "Ví", "Dụ"]), min_size=2, max_size=6))
def test_a_usual_name_gives_a_login_that_can_be_used(parts):
    checked(NewUser(suggested_login(" ".join(parts)), " ".join(parts), Role.CLERK))


def test_only_administrators_manage_and_inspectors_only_read():
    for permission in (Permission.MANAGE_USERS, Permission.MANAGE_CATALOGUE, Permission.MANAGE_DESK):
        assert [role for role in Role if Actor("u", role).may(permission)] == [Role.ADMINISTRATOR]
    assert Permission.READ in PERMISSIONS[Role.INSPECTOR]
    assert Permission.RECEIVE not in PERMISSIONS[Role.INSPECTOR]
