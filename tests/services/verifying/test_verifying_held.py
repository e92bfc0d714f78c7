"""Verify holds accounts, complaints, catalogue, calendar and settings against what the trail last noted of them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.bootstrap import open_counter
from counter_app.domain.people import Role
from counter_app.services.citizens.complaints import TakeComplaint
from counter_app.services.people.users import NewUser
from counter_app.services.trail.row_notes import digest
from counter_app.services.verifying.kinds import kind_of
from counter_app.support import messages
from counter_app.support.paths import resource_path
from tests.fakes import FakeClock


@pytest.fixture
def lived(desk):
    """A real desk at which everything was done that no event tells of; its counter, actor and complaint."""
    counter, actor = desk.counter, desk.actor
    counter.users.add(NewUser("lan", "Lý Thị Mẫu Đơn", Role.CLERK, "Công chức"), actor)
    counter.users.change("lan", actor, full_name="Lý Thị Mẫu Đơn", role=Role.HEAD, title="Phụ trách")
    counter.users.reset("lan", actor)
    taken = counter.citizens.complaints.take(TakeComplaint("Chờ lâu"), actor).complaint
    counter.citizens.complaints.answer(taken.complaint_id, "Đã giải thích", actor)
    counter.settings.save_deadlines(counter.settings.deadlines(), actor)
    return counter, actor, taken.complaint_id


def told(counter):
    found = [each for each in counter.verifying.run().differences if each.what == "held"]
    for each in found:
        assert "{" not in messages.sentence(each.problem, "vi") + messages.sentence(each.problem, "en")
    return [(each.where, each.kind.value) for each in found]


def by_hand(counter, statement):
    with counter.database.write() as uow:
        assert uow._connection.exec_driver_sql(statement).rowcount > 0
        uow.commit()


def test_all_agrees_whatever_was_done_at_the_desk(lived):
    counter, _, _ = lived
    assert told(counter) == []
    assert counter.verifying.run().checked["held"] >= 7


def test_a_login_a_new_password_and_a_closed_account_are_no_difference(lived):
    counter, actor, _ = lived
    password = counter.users.reset("lan", actor).password
    lan = counter.login.login("lan", password).actor
    counter.login.change_password(lan, password, "mat-khau-moi-2")
    counter.login.login("lan", "mat-khau-moi-2")
    counter.users.disable("lan", actor)
    counter.users.enable("lan", actor)
    assert told(counter) == []


@pytest.mark.parametrize(("statement", "where"), [
    ("UPDATE user_account SET role = 'administrator' WHERE login = 'lan'", "account/u-0002"),
    ("UPDATE user_account SET password_hash = (SELECT password_hash FROM user_account WHERE user_id = 'u-0001') WHERE login = 'lan'",
     "account/u-0002"),
    ("UPDATE user_account SET full_name = 'Ai Đó' WHERE user_id = 'u-0001'", "account/u-0001"),
    ("UPDATE complaint SET answer = 'Chưa giải thích'", "complaint/"),
    ("UPDATE complaint SET satisfied = 1", "complaint/"),
    ("UPDATE procedure_version SET body = replace(body, 'bản', 'bảng')", "catalogue/"),
    ("INSERT INTO procedure_override (body) SELECT '{\"procedure_code\": \"1.004873\", \"decision_number\": \"1/QĐ\", "
     "\"effective_from\": \"2026-01-01\"}'", "decisions/all"),
    ("UPDATE calendar SET document = replace(document, '2026-09-02', '2026-09-03')", "calendar/all"),
    ("UPDATE setting SET value = '{}' WHERE key = 'deadlines'", "setting/deadlines"),
])
def test_what_was_changed_past_the_program_is_altered(lived, statement, where):
    counter, _, complaint_id = lived
    by_hand(counter, statement)
    place = where + complaint_id if where == "complaint/" else where
    found = told(counter)
    assert {kind for _, kind in found} == {"altered"}
    assert all(each.startswith(place) for each, _ in found)


@pytest.mark.parametrize(("statement", "where", "kind"), [
    ("DELETE FROM complaint", "complaint/", "truncated"),
    ("DELETE FROM user_account WHERE login = 'lan'", "account/u-0002", "truncated"),
    ("DELETE FROM setting WHERE key = 'deadlines'", "setting/deadlines", "truncated"),
    ("INSERT INTO user_account SELECT 'u-0099', 'khach', full_name, 'administrator', password_hash, title, disabled, must_change_password, "
     "created_at, failed_tries, wait_seconds, wait_noted_at FROM user_account WHERE login = 'lan'", "account/u-0099", "inserted"),
    ("INSERT INTO complaint SELECT 'c-new', dossier_id, received_at, channel, person, phone, body, answer_due, owner, answered_at, answer, "
     "answered_by, satisfied FROM complaint", "complaint/c-new", "inserted"),
])
def test_what_is_gone_and_what_nobody_made_are_told_apart(lived, statement, where, kind):
    counter, _, complaint_id = lived
    by_hand(counter, statement)
    assert told(counter) == [(where + complaint_id if where == "complaint/" else where, kind)]


def test_an_imported_catalogue_and_calendar_are_noted_too(lived, tmp_path):
    counter, actor, _ = lived
    catalogue = json.loads(resource_path("catalogue/procedures.json").read_text("utf-8"))
    catalogue["meta"]["version"] = "2027.1"
    (tmp_path / "next.json").write_text(json.dumps(catalogue), encoding="utf-8")
    counter.catalogue.import_file(tmp_path / "next.json", actor)
    assert told(counter) == []
    by_hand(counter, "DELETE FROM procedure_version WHERE catalogue_version = '2027.1'")
    assert told(counter) == [("catalogue/2027.1", "truncated")]


def test_nothing_of_it_names_a_person(lived):
    counter, _, _ = lived
    by_hand(counter, "UPDATE user_account SET full_name = 'Ai Đó' WHERE user_id = 'u-0001'")
    assert "Ai Đó" not in repr([each.problem for each in counter.verifying.run().differences])


def test_a_desk_that_was_closed_and_opened_agrees(lived, desk):
    desk.counter.close()
    counter = open_counter(desk.data_dir, clock=FakeClock())
    assert told(counter) == []
    counter.close()


# --- the hash ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Before:
    name: str
    count: int = 0


@dataclass(frozen=True)
class After:
    name: str
    count: int = 0
    later: str = ""
    also: tuple = ()
    flag: bool = False
    more: dict = field(default_factory=dict)


def test_a_member_that_a_later_version_adds_changes_nothing():
    assert digest(Before("a", 1)) == digest(After("a", 1))
    assert digest(Before("a", 1)) != digest(After("a", 1, later="x"))


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3), max_leaves=12)


@given(value=values)
def test_a_value_that_was_stored_and_read_has_the_same_hash(value):
    assert digest(json.loads(json.dumps(value))) == digest(value)


@given(amount=st.integers(0, 10**9), other=st.integers(0, 10**9))
def test_another_amount_has_another_hash_and_nothing_is_not_zero(amount, other):
    assert (digest({"amount": amount}) == digest({"amount": other})) == (amount == other)
    assert digest({"amount": 0}) != digest({"amount": None})


def test_tuples_and_lists_and_sets_in_any_order_are_alike():
    assert digest((1, "a")) == digest([1, "a"])
    assert digest(frozenset("abc")) == digest({"c", "b", "a"})
    assert digest(replace(After("a"), also=(1,))) == digest({"name": "a", "count": 0, "also": [1]})


def test_findings_of_it_have_their_kind():
    assert [kind_of(f"VERIFY_HELD{end}").value for end in ("", "_ADDED", "_GONE")] == ["altered", "inserted", "truncated"]
