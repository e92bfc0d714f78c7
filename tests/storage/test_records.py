"""Settings, users, catalogue, calendar, events, outbox, audit, numbers and drafts: what is stored comes back, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from counter_app.domain.catalogue import CatalogueInfo, Fee, Procedure, ProcedureOverride, RequiredDocument, ResultKind, TimeLimit
from counter_app.domain.deadline_terms import Limit, LimitUnit
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.events import ZERO_HASH
from counter_app.domain.people import Role, User
from counter_app.domain.registers import Draft
from counter_app.services.ports import ListFilter
from tests.storage.samples import ACTOR, AT, NOW, TODAY, audit_entry, dossier, event, number, serials_on_record


def committed(database, act):
    """Run ``act`` on a writing unit, commit it, and return a reading unit's context."""
    with database.write() as uow:
        act(uow)
        uow.commit()
    return database.read()


def test_settings(database):
    values = {"desk/1": {"commune": "Xã Đắk Mil", "serials": [1, 9999], "open": True, "none": None}, "a": "đ", "b": 1.5}

    def store(uow):
        uow.settings.put("a", "before")
        for key, value in values.items():
            uow.settings.put(key, value)

    with committed(database, store) as uow:
        assert uow.settings.all() == values
        assert uow.settings.get("desk/1") == values["desk/1"]
        assert uow.settings.get("unknown") is None
        assert list(uow.settings.all()) == ["a", "b", "desk/1"]


def people():
    plain = User("u-0001", "clerk", "Trần Thị Ví Dụ", Role.CLERK, "$argon2id$x")
    full = User("u-0002", "head", "Lê Văn Mẫu", Role.HEAD, "$argon2id$y", "Giám đốc", True, True, NOW, 3, 60, 1234.5678901234)
    return plain, full


def test_users(database):
    plain, full = people()

    def store(uow):
        uow.users.add(full)
        uow.users.add(plain)
        uow.users.update(replace(plain, failed_tries=2))

    with committed(database, store) as uow:
        assert uow.users.all() == [replace(plain, failed_tries=2), full]
        assert uow.users.by_login("head") == uow.users.get("u-0002") == full
        assert uow.users.by_login("nobody") is uow.users.get("u-9") is None


def test_closed_accounts(database):
    plain, full = people()
    with database.write() as uow:
        uow.users.add(plain)
        uow.users.add(full)
        assert [uow.users.is_closed(user_id) for user_id in (plain.user_id, full.user_id, "setup")] == [False, True, False]
        uow.users.update(replace(plain, disabled=True))
        assert uow.users.is_closed(plain.user_id), "what this transaction changed counts at once"
        uow.commit()
    with database.read() as uow:
        assert uow.users.is_closed(plain.user_id)


def test_a_login_is_given_once(database):
    with database.write() as uow:
        uow.users.add(people()[0])
        with pytest.raises(RuleBrokenError) as refused:
            uow.users.add(replace(people()[1], login="clerk"))
    assert (refused.value.code, refused.value.problems[0].field) == ("LOGIN_TAKEN", "login")


def procedure(code, version="2026.1"):
    return Procedure(
        f"{version}/{code}", version, code, "Đăng ký khai sinh", "Khai sinh", "Hộ tịch",
        TimeLimit(Limit(1, LimitUnit.SAME_DAY), "Trong ngày", "15:00"), (TimeLimit(Limit(5, LimitUnit.WORKING_DAY), "5 ngày", case="xác minh"),),
        (Fee("Lệ phí", None, "lần", 200000, 3, 1000, "Miễn", "theo Nghị quyết"),), (RequiredDocument("Tờ khai", 1, 0, "G15", True, True, "nếu có", True),),
        (ResultKind("Giấy khai sinh", "KQ.G15.000001"),), ("direct", "online"), "Công chức", "Tư pháp", True, "SCT/BS", 3, "high", "Luật Hộ tịch",
        date(2026, 1, 1), date(2027, 2, 28), ("12/QĐ",),
    )


def test_catalogue(database):
    old, new = CatalogueInfo("2026.1", "Danh mục", NOW, 2), CatalogueInfo("2026.2", "Danh mục mới", NOW + timedelta(days=1), 0, None, "ab")
    ranked = [procedure("2.000815"), procedure("1.001193")]
    decision = ProcedureOverride("1.001193", "12/QĐ-UBND", date(2026, 7, 1), Limit(2, LimitUnit.WORKING_DAY), "Lệ phí", 5000, None, "UBND")
    second = ProcedureOverride("2.000815", "13/QĐ-UBND", date(2026, 8, 1))

    def store(uow):
        uow.catalogue.add(new, [])
        uow.catalogue.add(old, ranked)
        uow.catalogue.activate("2026.2", date(2026, 12, 1))
        uow.catalogue.add_override(decision)
        uow.catalogue.add_override(second)

    with committed(database, store) as uow:
        assert uow.catalogue.infos() == [old, replace(new, active_from=date(2026, 12, 1))]
        assert uow.catalogue.procedures("2026.1") == ranked
        assert uow.catalogue.procedures("2026.2") == []
        assert uow.catalogue.version("2026.1/1.001193") == ranked[1]
        assert uow.catalogue.version("2026.1/9") is None
        assert uow.catalogue.overrides() == [decision, second]


def test_the_newest_calendar_is_the_one_imported_last(database):
    with database.read() as uow:
        assert uow.calendar.newest() is None

    def store(uow):
        uow.calendar.add("2027", {"version": "2027", "off": []}, NOW)
        uow.calendar.add("2026", {"version": "2026", "off": ["2026-11-24"]}, NOW - timedelta(days=9))

    with committed(database, store) as uow:
        assert uow.calendar.newest() == {"version": "2026", "off": ["2026-11-24"]}


def test_events_and_their_lane(database):
    made = [event(2), event(1, dossier_id="d-000002"), event(3, lane=False, ho_so=None, base_rev=4, resolves="op-0001"), event(10)]

    def store(uow):
        for each in made:
            uow.events.append(each)

    with committed(database, store) as uow:
        assert uow.events.of_dossier("d-000001") == [made[0], made[2], made[3]]
        assert list(uow.events.of_dossier("d-000001")[0].facts) == ["b", "a"], "the order of members is part of what was hashed"
        assert uow.events.lane_head("device", "epoch") == (10, f"{10:064x}")
        assert uow.events.lane_head("device", "other") == (0, ZERO_HASH)
        assert uow.events.of_dossier("d-9") == []


def test_ops_of_a_dossier_and_its_most_pressing_state(database):
    def store(uow):
        uow.dossiers.add_many(dossier(n) for n in (1, 2))
        for n, owner in ((1, "d-000001"), (2, "d-000001"), (3, None)):
            uow.outbox.add(f"op-{n:04d}", owner)

    with committed(database, store) as uow:
        assert uow.outbox.counts() == {"saved": 3, "sending": 0, "province_has": 0, "attention": 0}
        assert uow.events.states(["op-0001", "op-9999"]) == {"op-0001": "saved", "op-9999": "saved"}
        assert uow.events.states([]) == {}
    for state, shown in (("province_has", "saved"), ("attention", "attention")):
        with database.write() as uow:
            uow._connection.exec_driver_sql(f"UPDATE outbox SET state = '{state}' WHERE op_id = 'op-0001'")
            uow.commit()
        with database.read() as uow:
            states = {row.dossier_id: row.sync_state for row in uow.dossiers.rows(ListFilter.ALL, AT, limit=5)}
        assert states == {"d-000001": shown, "d-000002": "saved"}


def test_the_state_of_a_dossier_whose_ops_are_all_proven(database):
    def store(uow):
        uow.dossiers.add(dossier(1))
        uow.outbox.add("op-0001", "d-000001")
        uow._connection.exec_driver_sql("UPDATE outbox SET state = 'province_has'")

    with committed(database, store) as uow:
        assert uow.dossiers.search(("tran",), "tran", limit=1).rows[0].sync_state == "province_has"
        assert uow.events.states(["op-0001"]) == {"op-0001": "province_has"}


def test_the_audit_trail(database):
    with database.read() as uow:
        assert uow.audit.head() == (0, ZERO_HASH)

    def store(uow):
        for n in range(1, 6):
            uow.audit.append(audit_entry(n))

    with committed(database, store) as uow:
        assert uow.audit.head() == (5, f"{5:064x}")
        assert uow.audit.entries() == [audit_entry(n) for n in range(1, 6)]
        assert uow.audit.entries(2, 2) == [audit_entry(2), audit_entry(3)]


def test_used_and_burned_numbers(database):
    yesterday = TODAY - timedelta(days=1)
    burned = number(8, None, code="H36.50.05-261119-0008", day=yesterday)

    def store(uow):
        for each in (number(1), number(3), number(2, None), number(7, series="recovery-1"), burned, number(9, device="other")):
            uow.numbers.add(each)

    with committed(database, store) as uow:
        assert uow.numbers.highest("device", TODAY, "normal") == 3
        assert uow.numbers.highest("device", TODAY, "recovery-2") is None
        assert serials_on_record(uow, "device", TODAY) == {1, 2, 3}
        assert uow.numbers.burned(yesterday, TODAY) == [burned, number(2, None)]
        assert uow.numbers.burned(TODAY, TODAY) == [number(2, None)]
        assert uow.numbers.last_day("device") == TODAY
        assert uow.numbers.last_day("new") is None


def test_a_number_whose_dossier_came_back_is_burned_no_longer(database):
    def store(uow):
        uow.numbers.add(number(1, None, code=dossier(1).code))
        uow.numbers.add(number(2, None))

    with database.write() as uow:
        uow.dossiers.add(dossier(1))
        uow.commit()
    with committed(database, store) as uow:
        assert uow.numbers.burned(TODAY, TODAY) == [number(2, None)]
        assert serials_on_record(uow, "device", TODAY) == {1, 2}


@pytest.mark.parametrize("again", [number(1, code="H36.50.05-261120-9999"), number(2, code=number(1).code)], ids=["serial", "code"])
def test_a_number_is_registered_once(database, again):
    with database.write() as uow:
        uow.numbers.add(number(1))
        with pytest.raises(RuleBrokenError) as refused:
            uow.numbers.add(again)
    assert refused.value.code == "NUMBER_TAKEN"


def test_drafts(database):
    mine = Draft("f-1", ACTOR.user_id, "intake", NOW, False, "Khai sinh", {"applicant": {"full_name": "Trần Thị Ví Dụ"}})
    parked = replace(mine, draft_id="f-2", saved_at=NOW - timedelta(minutes=5), parked=True)
    other = replace(mine, draft_id="f-3", owner="u-0002")

    def store(uow):
        for each in (parked, other, replace(mine, label="before"), mine):
            uow.drafts.save(each)

    with committed(database, store) as uow:
        assert uow.drafts.of_owner(ACTOR.user_id, "intake") == [mine, parked]
        assert uow.drafts.of_owner(ACTOR.user_id, "certify") == []
        assert uow.drafts.get("u-0002", "f-3") == other
        assert uow.drafts.get(ACTOR.user_id, "f-3") is None

    def drop(uow):
        uow.drafts.delete(ACTOR.user_id, "f-1")
        uow.drafts.delete(ACTOR.user_id, "f-3")

    with committed(database, drop) as uow:
        assert uow.drafts.get(ACTOR.user_id, "f-1") is None
        assert uow.drafts.get("u-0002", "f-3") == other
        assert uow.drafts.of_owner(ACTOR.user_id, "intake") == [parked]
