"""Verify holds accounts, complaints, catalogue, calendar and settings against what the trail last noted of them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.bootstrap import open_counter
from counter_app.domain.message import MessageState
from counter_app.domain.people import Role
from counter_app.services.acts.results import ResultReady
from counter_app.services.citizens.complaints import TakeComplaint
from counter_app.services.keeping.settings import KeepingSettings
from counter_app.services.line.people import lock, take_people
from counter_app.services.line.province import Relation, keep_relation
from counter_app.services.people.users import NewUser
from counter_app.services.recording import write_audit
from counter_app.services.trail.row_notes import digest
from counter_app.services.verifying.kinds import kind_of
from counter_app.services.verifying.service import VerifyService
from counter_app.support import messages
from counter_app.support.paths import resource_path
from tests.builders import CLERK, DEVICE, command, fake_desk
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
    counter.settings.save(replace(counter.settings.profile(), second_person_from=200), actor)
    counter.keeping.save(KeepingSettings(("/mnt/hai",)), actor)
    counter.scanner_places.add("escl:192.0.2.7", actor)
    for end in (counter.citizens.messages.called, lambda code, actor: counter.citizens.messages.cancel(code, "đã gặp", actor)):
        code = counter.intake.receive(command(fees=(), wants_message=True), actor).code
        counter.life.results.ready(ResultReady(code), actor)
        end(code, actor)
    typing = counter.citizens.typing
    first, second = typing.open_ones(actor)
    typing.done(first.task.task_id, "KS 1/2026", actor)
    typing.drop(second.task.task_id, actor)
    return counter, actor, taken.complaint_id


def told(counter):
    found = [each for each in counter.verifying.run().differences if each.what in ("held", "begun", "ended")]
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
    checked = counter.verifying.run().checked
    assert checked["held"] >= 7
    assert checked["ended"] == 4


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
    ("UPDATE setting SET value = json_set(value, '$.second_person_from', 0) WHERE key LIKE 'desk/%'", "profile/"),
    ("UPDATE setting SET value = json_set(value, '$.bank_account', '0000') WHERE key LIKE 'desk/%'", "profile/"),
    ("UPDATE setting SET value = json_set(value, '$.practice', json('true')) WHERE key LIKE 'desk/%'", "profile/"),
    ("UPDATE setting SET value = replace(value, '/mnt/hai', '/mnt/ba') WHERE key LIKE 'keeping/%'", "setting/keeping/"),
    ("UPDATE setting SET value = replace(value, '192.0.2.7', '192.0.2.9') WHERE key LIKE 'scanners/%'", "setting/scanners/"),
    ("UPDATE user_account SET must_change_password = 0 WHERE login = 'lan'", "access/u-0002"),
    ("UPDATE user_account SET disabled = 1 WHERE login = 'lan'", "access/u-0002"),
    ("UPDATE message SET recipient = '0900 000 099' WHERE state = 'called'", "message/"),
    ("UPDATE message SET state = 'waiting', changed_by = '' WHERE state = 'cancelled'", "message/"),
    ("UPDATE typing_task SET code = 'KS 2/2026' WHERE state = 'done'", "typed/"),
    ("UPDATE typing_task SET state = 'open' WHERE state = 'dropped'", "not_typed/"),
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
    found = [(place, was) for place, was in told(counter) if not place.startswith("access/")]
    assert found == [(where + complaint_id if where == "complaint/" else where, kind)]


@pytest.mark.parametrize(("table", "ended", "kind"), [
    ("message", "state = 'called'", "message"), ("message", "state = 'cancelled'", "message"), ("typing_task", "state = 'done'", "typed"),
    ("typing_task", "state = 'dropped'", "not_typed")])
def test_what_a_person_ended_is_not_gone(lived, table, ended, kind):
    counter, _, _ = lived
    by_hand(counter, f"DELETE FROM {table} WHERE {ended}")
    assert [(where.partition("/")[0], was) for where, was in told(counter)] == [(kind, "truncated")]


@pytest.mark.parametrize(("statement", "kind"), [
    ("UPDATE message SET state = 'called', changed_by = 'u-0001' WHERE state = 'waiting'", "message"),
    ("UPDATE message SET state = 'handed_over', changed_by = 'u-0001' WHERE state = 'waiting'", "message"),
    ("UPDATE typing_task SET state = 'done', code = 'KS 9/2026' WHERE state = 'open'", "typed")])
def test_nothing_is_ended_by_a_hand_in_the_database(lived, statement, kind):
    """Who waits to be told is told by a person, and what is to be typed is typed."""
    counter, actor, _ = lived
    code = counter.intake.receive(command(fees=(), wants_message=True), actor).code
    counter.life.results.ready(ResultReady(code), actor)
    assert told(counter) == []
    by_hand(counter, statement)
    assert [(where.partition("/")[0], was) for where, was in told(counter)] == [(kind, "inserted")]


def test_whom_the_province_locks_and_lets_in_again_is_no_difference(lived):
    counter, actor, _ = lived
    for act in (lock, lambda uow, user: take_people(uow, [{"state": "active", "user_id": user}])):
        with counter.database.write() as uow:
            act(uow, "u-0002")
            uow.commit()
        assert told(counter) == []
    counter.users.disable("lan", actor)
    by_hand(counter, "UPDATE user_account SET disabled = 0 WHERE login = 'lan'")
    assert told(counter) == [("access/u-0002", "altered")]


class Enrolling:
    """A line that keeps what an enrolment keeps, and asks nobody."""

    def __init__(self, counter):
        self.counter = counter

    def enrol(self, ticket):
        device, relation = self.counter.desk.device, Relation("https://tinh.example", "d", "H36.50.05", "Xã", {"k1": "QUJD"}, "file")
        with self.counter.database.write() as uow:
            keep_relation(uow, device, relation)
            uow.settings.put(f"national/{device}", {"base_url": "https://tinh.example/api", "password": "bí mật"})
            uow.commit()
        return relation


@pytest.mark.parametrize(("statement", "where"), [
    ("UPDATE setting SET value = json_set(value, '$.base_url', 'https://khac.example') WHERE key LIKE 'province/0%'", "line/"),
    ("UPDATE setting SET value = replace(value, 'QUJD', 'QUJE') WHERE key LIKE 'province/0%'", "line/"),
    ("UPDATE setting SET value = json_set(value, '$.base_url', 'https://khac.example') WHERE key LIKE 'national/%'", "line_account/")])
def test_the_line_leads_nowhere_else_by_a_hand_in_the_database(lived, statement, where):
    """Every dossier goes there; the rest of what is kept of a line moves with each pass."""
    counter, actor, _ = lived
    counter.line._province = Enrolling(counter)
    counter.line.enrol(None, actor)
    by_hand(counter, "UPDATE setting SET value = json_set(value, '$.cursor', 'c-9') WHERE key LIKE 'province/0%'")
    assert told(counter) == []
    by_hand(counter, statement)
    ((place, kind),) = told(counter)
    assert place.startswith(where)
    assert kind == "altered"


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


@pytest.mark.parametrize(("held", "known"), [
    ({}, True), ({"account/u-0001": "x"}, True), ({"profile/d1/desk": digest("2")}, True), ({"profile/d1/serial_first": digest(1)}, False)])
def test_what_an_earlier_version_ended_unnoted_is_believed(held, known):
    """A desk notes what begins and ends from the day on which it notes its serials: the one on which it was made."""
    desk = fake_desk()
    code = desk.intake.receive(command(fees=(), wants_message=True), CLERK).code
    desk.life.results.ready(ResultReady(code), CLERK)
    (message,) = desk.state.messages.values()
    with desk.database.write() as uow:
        write_audit(uow, desk.clock.now(), CLERK.user_id, "desk.created", DEVICE, {"holds": held})
        uow.messages.update(replace(message, state=MessageState.CALLED, changed_by=CLERK.user_id))
        uow.commit()
    found = [each.where for each in VerifyService(desk.database).run().differences if each.what == "ended"]
    assert found == ([] if known else [f"message/{message.message_id}"])


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
