"""The second person: many dossiers leave in one file only when another officer agrees; who it was stands on the trail."""

import json
from dataclasses import asdict, replace
from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.message import Occasion
from counter_app.domain.people import Actor, Role
from counter_app.services.citizens.message_words import KEY, MessageSettings, to_stored
from counter_app.services.desk.settings import SettingsService, profile_key
from counter_app.services.people.login import LoginService
from counter_app.services.people.second_person import Second, SecondPersonService
from counter_app.support.messages import sentence
from tests.builders import CLERK, DEVICE, HEAD, command, fake_desk, profile
from tests.fakes import FakeClock, FakeDatabase, FakeDossiers, FakeLogbooks
from tests.services.desk_people import PlainHasher, database_with, person

DAYS = date(2026, 1, 1), date(2026, 12, 31)
MAI, TRA, SELF = Second("mai", "mai-password"), Second("tra", "tra-password"), Second("self", "self-password")


@pytest.fixture
def desk():
    """A desk of three dossiers that asks for a second person from three on; people with passwords."""
    made = fake_desk()
    with made.database.write() as uow:
        uow.settings.put(profile_key(DEVICE), asdict(profile(second_person_from=3)))
        for user in (person("u-0011", "mai", Role.CLERK), person("u-0012", "tra", Role.INSPECTOR), person("u-0013", "het", Role.HEAD, disabled=True)):
            uow.users.add(user)
        uow.settings.put(KEY, to_stored(MessageSettings(occasions=(Occasion.RECEIVED,))))
        uow.users.update(replace(uow.users.get(CLERK.user_id), login="self", password_hash="plain:self-password"))
        uow.commit()
    for _ in range(3):
        made.intake.receive(command(wants_message=True), CLERK)
    return made


def export(desk, out, second=None):
    return desk.exporting.run(*DAYS, out, CLERK, second=second)


def book(desk, out, second=None):
    return desk.logbooks.export("dossiers", 2026, out, actor=CLERK, second=second)


def typing(desk, out, second=None):
    return desk.citizens.typing.export("civil_status", out, CLERK, second=second)


def messages(desk, out, second=None):
    return desk.citizens.messages.hand_over(out, CLERK, second=second)


GROWING = [(export, "dossiers.exported", ".jsonl"), (book, "book.exported", ".json")]
"""What is written while it is read: more may come meanwhile."""
WAYS = pytest.mark.parametrize(("write", "action", "suffix"), [
    *GROWING, (typing, "typing.exported", ".csv"), (messages, "messages.handed_over", ".csv")])


def entries(desk, action):
    return [entry for entry in desk.state.audit if entry.action == action]


def refused(write, *arguments):
    with pytest.raises(RuleBrokenError) as error:
        write(*arguments)
    return error.value.code


@WAYS
def test_alone_nobody_takes_many_away(desk, tmp_path, write, action, suffix):
    out = tmp_path / f"out{suffix}"
    assert refused(write, desk, out) == "SECOND_NEEDED"
    assert list(tmp_path.iterdir()) == [], "not even a part of it is left"
    assert entries(desk, action) == []


@pytest.mark.parametrize(("write", "suffix", "way"), [
    (export, ".jsonl", "khoảng ngày ngắn hơn"), (book, ".json", "in các trang tiếp theo"), (typing, ".csv", "từng hồ sơ"),
    (messages, ".csv", "danh sách gọi điện")])
def test_who_has_nobody_to_ask_is_told_what_this_act_can_do_without_them(desk, tmp_path, write, suffix, way):
    """Only an export of dossiers has days that could be fewer."""
    with pytest.raises(RuleBrokenError) as error:
        write(desk, tmp_path / f"out{suffix}")
    assert [each.field for each in error.value.problems] == ["second", "second"]
    needed, otherwise = (sentence(each, "vi") for each in error.value.problems)
    assert "3 hồ sơ" in needed
    assert way in otherwise
    assert "ngày" not in needed
    assert sentence(error.value.problems[1], "en") != error.value.problems[1].code


def test_where_there_is_no_other_way_none_is_told(desk):
    with pytest.raises(RuleBrokenError) as error:
        desk.citizens.messages._second_person.agree(3, CLERK, None)
    assert [each.code for each in error.value.problems] == ["SECOND_NEEDED"]


@WAYS
@pytest.mark.parametrize(("second", "code"), [(None, "SECOND_NEEDED"), (Second("mai", "falsch"), "WRONG_PASSWORD")])
def test_before_somebody_agreed_not_a_line_of_it_is_on_any_disk(desk, tmp_path, write, action, suffix, second, code):
    """A file that was taken away again can be read from a stick, and one of a program that was ended stays."""
    out = tmp_path / "stick" / f"out{suffix}"
    assert refused(write, desk, out, second) == code
    assert not out.parent.exists()


@pytest.mark.parametrize(("write", "action", "suffix"), GROWING)
def test_dossiers_that_come_while_it_is_written_count_too(desk, tmp_path, monkeypatch, write, action, suffix):
    monkeypatch.setattr(FakeDossiers, "count_received", lambda *period: 2)
    monkeypatch.setattr(FakeLogbooks, "count_lines", lambda *part: 2)
    assert refused(write, desk, tmp_path / f"out{suffix}") == "SECOND_NEEDED"
    assert list(tmp_path.iterdir()) == []
    write(desk, tmp_path / f"out{suffix}", MAI)
    assert [entry.details["second"] for entry in entries(desk, action)] == ["u-0011"]


@WAYS
def test_with_another_officer_it_is_written_and_both_are_on_the_trail(desk, tmp_path, write, action, suffix):
    write(desk, tmp_path / f"out{suffix}", MAI)
    assert (tmp_path / f"out{suffix}").stat().st_size > 100
    (entry,), (agreed,) = entries(desk, action), entries(desk, "user.seconded")
    assert (entry.user_id, entry.details["second"]) == (CLERK.user_id, "u-0011")
    assert agreed.user_id == "u-0011"
    assert agreed.seq < entry.seq
    assert "password" not in json.dumps([entry.details, agreed.details])


@pytest.mark.parametrize(("second", "code"), [
    (SELF, "SECOND_SAME"), (TRA, "SECOND_NOT_ALLOWED"), (Second("nobody", "x"), "USER_UNKNOWN"), (Second("het", "het-password"), "USER_DISABLED"),
    (Second("mai", "falsch"), "WRONG_PASSWORD"), (Second("mai", ""), "WRONG_PASSWORD"),
])
@WAYS
def test_not_everybody_can_be_the_second(desk, tmp_path, write, action, suffix, second, code):
    assert refused(write, desk, tmp_path / f"out{suffix}", second) == code
    assert list(tmp_path.iterdir()) == []
    assert entries(desk, action) == []


@WAYS
def test_whose_password_was_made_by_somebody_else_cannot_agree_before_they_changed_it(desk, tmp_path, write, action, suffix):
    """Else who may make accounts makes the second person up, and agrees with themselves."""
    with desk.database.write() as uow:
        uow.users.update(replace(uow.users.by_login("mai"), must_change_password=True))
        uow.commit()
    assert refused(write, desk, tmp_path / f"out{suffix}", MAI) == "SECOND_PASSWORD_GIVEN"
    assert list(tmp_path.iterdir()) == []
    assert entries(desk, action) == entries(desk, "user.seconded") == []
    own = "một mật khẩu riêng"
    LoginService(desk.database, desk.clock, PlainHasher()).change_password(Actor("u-0011", Role.CLERK), MAI.password, own)
    write(desk, tmp_path / f"out{suffix}", Second("mai", own))
    assert [entry.details["second"] for entry in entries(desk, action)] == ["u-0011"]


def test_nothing_is_handed_over_that_nobody_agreed_to(desk, tmp_path):
    """Neither refused nor by a message that came after the second person was asked."""
    assert refused(messages, desk, tmp_path / "x.csv") == "SECOND_NEEDED"
    assert {each.state.value for each in desk.state.messages.values()} == {"waiting"}
    agree = desk.citizens.messages._second_person.agree

    def agree_and_receive(*wish):
        desk.intake.receive(command(wants_message=True), CLERK)
        return agree(*wish)

    desk.citizens.messages._second_person = SimpleNamespace(agree=agree_and_receive)
    assert messages(desk, tmp_path / "x.csv", MAI).count == 3
    assert sorted(each.state.value for each in desk.state.messages.values()) == ["handed_over"] * 3 + ["waiting"]


def test_who_guesses_another_s_password_is_locked_out_and_seen(desk, tmp_path):
    for _ in range(4):
        assert refused(export, desk, tmp_path / "x.jsonl", Second("mai", "falsch")) == "WRONG_PASSWORD"
    assert refused(export, desk, tmp_path / "x.jsonl", Second("mai", "falsch")) == "LOCKED_OUT"
    assert refused(export, desk, tmp_path / "x.jsonl", MAI) == "LOCKED_OUT"
    assert len(entries(desk, "user.seconded_failed")) == 4
    assert len(entries(desk, "user.locked_out")) == 1


def test_fewer_dossiers_and_the_pages_of_the_bound_book_need_nobody(desk, tmp_path):
    desk.logbooks.export("dossiers", 2026, tmp_path / "few.json", actor=CLERK, start=date(2026, 12, 1), end=date(2026, 12, 31))
    with desk.database.write() as uow:
        uow.settings.put(profile_key(DEVICE), asdict(profile(second_person_from=4)))
        uow.commit()
    export(desk, tmp_path / "three.jsonl")
    (entry,) = entries(desk, "dossiers.exported")
    assert "second" not in entry.details
    assert entries(desk, "user.seconded") == []


def test_a_head_asks_another_too(desk, tmp_path):
    with pytest.raises(RuleBrokenError):
        desk.exporting.run(*DAYS, tmp_path / "x.jsonl", HEAD)


class Lonely:
    """A desk whose key may be enough."""

    def __init__(self, people=1, *, key_is_enough=True, least=10):
        database = database_with(*(person(f"u-000{n}", f"p{n}", Role.ADMINISTRATOR) for n in range(1, people + 1)))
        with database.write() as uow:
            uow.settings.put(profile_key(DEVICE), asdict(profile(second_person_from=least)))
            uow.commit()
        login = LoginService(database, FakeClock(), PlainHasher(), key_is_enough=key_is_enough)
        self.service = SecondPersonService(login, SettingsService(database, FakeClock(), DEVICE))

    def needs(self, count):
        try:
            return bool(self.service.agree(count, CLERK, None))
        except RuleBrokenError as error:
            return error.problems[0].params == {"count": count, "least": 10}


def test_a_desk_of_one_script_asks_for_nobody_until_it_has_people():
    assert not Lonely().needs(1000)
    assert Lonely(2).needs(1000)
    assert Lonely(key_is_enough=False).needs(1000), "a desk made in the window has a password to protect"


@given(st.integers(0, 10**6), st.integers(0, 9999))
def test_the_threshold_is_kept_to_the_dossier(count, least):
    made = Lonely(key_is_enough=False, least=least)
    try:
        made.service.agree(count, CLERK, None)
        needed = False
    except RuleBrokenError:
        needed = True
    assert needed == (least > 0 and count >= least)


def test_a_password_is_in_no_text_of_it():
    assert "mai-password" not in repr(MAI)


def test_the_threshold_is_a_setting_and_an_old_desk_has_the_usual_one():
    database = FakeDatabase()
    with database.write() as uow:
        stored = {name: value for name, value in asdict(profile()).items() if name != "second_person_from"}
        uow.settings.put(profile_key(DEVICE), stored)
        uow.commit()
    assert SettingsService(database, FakeClock(), DEVICE).profile().second_person_from == 500
