"""Whom the province lets only read: everything can be looked at, nothing can be done, whatever a window or a command line shows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.people import Role
from counter_app.services.line.people import may_only_read
from counter_app.services.people.login import LoginService
from counter_app.services.verifying.service import VerifyService
from tests.builders import CLERK, HEAD, fake_desk
from tests.services.desk_people import PlainHasher
from tests.services.line.test_incoming import applied, entry
from tests.services.test_roles import LEAVES_NO_ENTRY, MAY, WRITTEN, prepare_fake
from tests.services.verbs import ADMINISTRATOR, VERBS, world

LOOKING = {verb for verb, roles in MAY.items() if Role.INSPECTOR in roles} | LEAVES_NO_ENTRY | {
    "slips.look_at", "slips.newest", "citizens.messages.waiting", "citizens.typing.open_ones"}
"""What an inspector may do too, and what a clerk sees."""
TOLD_OF_EACH = {"citizens.typing.take_codes", "paper.filing.file", "paper.stacks.take_up", "signing.sign"}
"""Verbs over many things: of each it is told why it waits."""

OLD = "mật khẩu trước đây"


def revoked(user_id, action):
    return entry("access.revoked", subject="user", id=user_id, action=action, **{"from": "2026-11-20T10:00:00+07:00"})


def listed(version, user_id, state):
    return entry("users.updated", version=version, valid_until="2026-12-23", users=[{"user_id": user_id, "state": state}])


def only_reads(database, user_id):
    with database.read() as uow:
        return may_only_read(uow, user_id)


@pytest.mark.parametrize("verb", VERBS)
def test_every_look_is_left_and_every_act_refused(tmp_path, verb):
    made = world(tmp_path, database=prepare_fake())
    applied(made.desk, revoked(ADMINISTRATOR.user_id, "read_only"))
    refused = None
    try:
        VERBS[verb](made, ADMINISTRATOR)
    except RuleBrokenError as error:
        refused = error.code
    assert refused == (None if verb in LOOKING | TOLD_OF_EACH else "USER_READS_ONLY")
    acts = [event.type for event in made.desk.state.events if event.actor == ADMINISTRATOR]
    assert acts == [], "nothing was recorded by them"


@pytest.mark.parametrize("verb", ["intake.receive", "exporting.run", "settings.save", "logbooks.export"])
def test_what_is_refused_changes_nothing(tmp_path, verb):
    made = world(tmp_path, database=prepare_fake())
    applied(made.desk, revoked(ADMINISTRATOR.user_id, "read_only"))
    before, files = made.desk.state, set(tmp_path.iterdir())
    with pytest.raises(RuleBrokenError):
        VERBS[verb](made, ADMINISTRATOR)
    assert made.desk.state is before
    assert {path for path in tmp_path.iterdir() if path.suffix == ".pdf" or path.name in WRITTEN} <= files


def test_they_log_in_unlock_and_change_their_password():
    desk = fake_desk()
    with desk.database.write() as uow:
        uow.users.update(replace(uow.users.get(CLERK.user_id), password_hash=PlainHasher().hash(OLD)))
        uow.commit()
    applied(desk, revoked(CLERK.user_id, "read_only"))
    login = LoginService(desk.database, desk.clock, PlainHasher())
    name = desk.state.users[CLERK.user_id].login
    session = login.login(name, OLD)
    login.verify(session.actor, OLD)
    with pytest.raises(RuleBrokenError, match="WRONG_PASSWORD"):
        login.login(name, "sai")
    login.change_password(session.actor, OLD, "Một mật khẩu dài 2026")
    assert [each.action for each in desk.state.audit][-5:] == [
        "user.login", "user.unlock", "user.login_failed", "user.password_checked", "user.password_changed"]


def test_only_that_person_and_only_until_the_province_lists_them_as_active():
    desk = fake_desk()
    applied(desk, revoked(CLERK.user_id, "read_only"))
    assert (only_reads(desk.database, CLERK.user_id), only_reads(desk.database, HEAD.user_id)) == (True, False)
    assert not desk.state.users[CLERK.user_id].disabled
    applied(desk, listed(1, HEAD.user_id, "active"))
    assert only_reads(desk.database, CLERK.user_id)
    applied(desk, listed(2, CLERK.user_id, "active"))
    assert not only_reads(desk.database, CLERK.user_id)


def test_whoever_is_locked_after_that_is_locked_and_comes_back_with_everything():
    desk = fake_desk()
    applied(desk, revoked(CLERK.user_id, "read_only"), revoked(CLERK.user_id, "lock"))
    assert desk.state.users[CLERK.user_id].disabled
    applied(desk, listed(1, CLERK.user_id, "active"))
    assert (desk.state.users[CLERK.user_id].disabled, only_reads(desk.database, CLERK.user_id)) == (False, False)


@pytest.mark.parametrize("change", [
    {"province/readers": []}, {"province/readers": ["u-0001"]}, {"province/locked": []}, {"province/readers": None}])
def test_a_hand_in_the_database_that_lets_them_act_again_is_told(change):
    """Else whoever has the key undoes the province's word, and nobody sees it."""
    desk = fake_desk()
    applied(desk, revoked(HEAD.user_id, "read_only"))
    applied(desk, listed(1, CLERK.user_id, "locked"))

    def told():
        return [(each.where, each.problem.code) for each in VerifyService(desk.database).run().differences if each.what == "held"]

    assert told() == []
    (key, value), = change.items()
    with desk.database.write() as uow:
        uow.settings.put(key, value)
        uow.commit()
    assert told() == [(f"setting/{key}", "VERIFY_HELD_GONE" if value is None else "VERIFY_HELD")]
