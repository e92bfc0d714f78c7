"""Every kind of change that the contract knows, and what it leads to here. A kind that is in neither table has no effect that anybody chose."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
import yaml

from counter_app.domain.canonical import envelope, read_envelope
from counter_app.domain.dossier import FeeMethod, Status
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.events import READ_BACK, UNREADABLE
from counter_app.domain.lifecycle import Verb, why_not
from counter_app.domain.record import national_record
from counter_app.services.acts.accepting import AcceptOnline
from counter_app.services.acts.fee_acts import CollectFee
from counter_app.services.acts.notes_ratings import AddNote
from counter_app.services.changes import Changes
from counter_app.services.line.messages import messages
from counter_app.services.line.reading_back import set_aside, take_back
from counter_app.services.ports import ListFilter
from counter_app.services.repositories.uploads import ATTENTION, VERIFIED, Upload
from counter_app.services.verifying.service import VerifyService
from counter_app.support.paths import resource_path
from counter_app.sync.telling import message_troubles, people_troubles
from tests.builders import CLERK, INSPECTOR, NOW, fake_desk
from tests.services.line.test_incoming import LEASE, applied, assigned, entry, taken_in, updated

CODE = "H36.50.05-261120-10000"
SHA = "a" * 64


@pytest.fixture
def desk():
    return fake_desk()


def here(desk, dossier):
    return desk.state.dossiers[dossier.dossier_id]


def state(desk):
    mine = taken_in(desk)
    record = {**national_record(mine), "TrangThaiHoSo": "4"}
    applied(desk, entry("dossier.state", mine.dossier_id, 3, ho_so=record, codes=[mine.code], intake=None))
    assert here(desk, mine).status is Status.PROCESSING


def was_assigned(desk):
    applied(desk, assigned())
    assert [row.code for row in desk.dossiers.list(ListFilter.ALL, CLERK).rows] == [CODE]


def was_updated(desk):
    mine = taken_in(desk)
    applied(desk, updated(mine, 3, {"NgayHenTra": "20270101170000"}))
    changed = here(desk, mine)
    assert (changed.due_at.isoformat(), changed.printed_due_at) == ("2027-01-01T17:00:00+07:00", mine.printed_due_at)


def progress(desk):
    mine = taken_in(desk)
    applied(desk, entry("dossier.progress", mine.dossier_id, None, tien_do={"NoiDungXuLy": "Thẩm định"}))
    assert (here(desk, mine), desk.state.events[-1].facts["tien_do"]) == (mine, {"NoiDungXuLy": "Thẩm định"})


def official_code(desk):
    mine = taken_in(desk)
    record = {**national_record(mine), "MaHoSo": CODE}
    applied(desk, entry("dossier.official_code", mine.dossier_id, 3, old_code=mine.code, new_code=CODE, ho_so=record))
    assert {desk.dossiers.of_code(code, CLERK).code for code in (mine.code, CODE)} == {mine.code}


def reassigned(desk):
    mine = taken_in(desk)
    applied(desk, entry("dossier.reassigned", mine.dossier_id, None, to_agency="H36.50.06", reason="Sai nơi nộp"))
    gone = here(desk, mine)
    assert {why_not(gone, verb).code for verb in Verb} == {"GIVEN_AWAY"}
    assert desk.dossiers.show(mine.code, CLERK).dossier == gone
    events = list(desk.state.events)
    with pytest.raises(RuleBrokenError) as error:
        desk.life.notes.note(AddNote(mine.code, "Đã gọi"), CLERK)
    assert (error.value.code, desk.state.events) == ("GIVEN_AWAY", events)
    assert here(desk, mine).attention == ("dossier.reassigned",)
    desk.life.settling.look_at(mine.code, CLERK)
    assert (here(desk, mine).attention, desk.state.events) == ((), events), "nothing more is said of it to the province"
    applied(desk, {**assigned(), "dossier_id": mine.dossier_id, "rev": 9})
    assert here(desk, mine).given_to == "", "it came back"


def print_requested(desk):
    mine = taken_in(desk)
    applied(desk, entry("print.requested", mine.dossier_id, None, form="04", reason="Chờ xác minh"))
    assert here(desk, mine).attention == ("print.requested",)


def outcome(desk):
    mine = taken_in(desk)
    op_id = desk.state.events[0].op_id
    applied(desk, entry("op.outcome", mine.dossier_id, 3, result={"op_id": op_id, "outcome": "applied", "rev": 3}))
    assert desk.state.outbox[op_id][0] == "province_has"


def verified(desk):
    assert blob(desk, "blob.verified", bytes=9) == VERIFIED


def rejected(desk):
    assert blob(desk, "blob.rejected", reason="malware") == ATTENTION


def blob(desk, kind, **more):
    with desk.database.write() as uow:
        uow.uploads.put(Upload(SHA))
        uow.commit()
    applied(desk, entry(kind, None, None, sha256=SHA, **more))
    with desk.database.read() as uow:
        return uow.uploads.get(SHA).state


def catalogue(desk):
    _, relation = applied(desk, entry("catalogue.available", version="2027.1", effective_from="2027-01-01", manifest_sha256=SHA))
    assert (relation.catalogue, relation.catalogue_wanted) == ("", "2027.1")


def users(desk):
    def listed(version, told):
        return entry("users.updated", version=version, valid_until="2026-12-23", users=[{"user_id": "u-0001", "state": told}])

    _, relation = applied(desk, listed(7, "left"))
    assert (desk.state.users["u-0001"].disabled, relation.users_until) == (True, "2026-12-23")
    applied(desk, listed(8, "active"))
    assert not desk.state.users["u-0001"].disabled


def revoked(desk):
    applied(desk, entry("access.revoked", subject="user", id="u-0001", action="lock", **{"from": "2026-11-20T10:00:00+07:00"}))
    assert desk.state.users["u-0001"].disabled


def leases(desk):
    applied(desk, entry("lease.updated", leases=[LEASE]))
    assert desk.settings.profile().serial_first == 2000


def message(desk):
    applied(desk, entry("message", level="urgent", text_vi="Ngày 24/11 nghỉ.", from_unit="Sở Tư pháp", valid_until="2026-11-25"))
    with desk.database.read() as uow:
        (told,) = messages(uow, NOW.date())
    assert (told.level, told.text, told.unit, told.until) == ("urgent", "Ngày 24/11 nghỉ.", "Sở Tư pháp", "2026-11-25")


EFFECTS = {
    "dossier.state": state, "dossier.assigned": was_assigned, "dossier.updated": was_updated, "dossier.progress": progress,
    "dossier.official_code": official_code, "dossier.reassigned": reassigned, "print.requested": print_requested, "op.outcome": outcome,
    "blob.verified": verified, "blob.rejected": rejected, "catalogue.available": catalogue, "users.updated": users,
    "access.revoked": revoked, "lease.updated": leases, "message": message,
}


def kinds_of_the_contract():
    spec = yaml.safe_load(resource_path("contract/openapi.yaml").read_text("utf-8"))
    return {rule["if"]["properties"]["kind"]["const"] for rule in spec["components"]["schemas"]["Change"]["allOf"]}


def test_the_table_has_every_kind_of_the_contract():
    assert EFFECTS.keys() == kinds_of_the_contract()


@pytest.mark.parametrize("kind", EFFECTS)
def test_what_a_kind_leads_to(desk, kind):
    EFFECTS[kind](desk)
    assert VerifyService(desk.database).run().differences == ()


@pytest.mark.parametrize("kind", ["dossier.rescanned", "x.y", "message.later"])
def test_a_kind_that_nobody_knows_is_kept_whole_and_changes_nothing(desk, kind):
    mine = taken_in(desk)
    told = {"anything": [1, {"else": "ở đây"}]}
    applied(desk, entry(kind, mine.dossier_id, None, **told))
    assert here(desk, mine) == mine
    assert desk.state.events[-1].facts == {"kind": kind, "rev": None, **told}


def test_whom_the_commune_has_locked_out_the_province_does_not_let_in(desk):
    with desk.database.write() as uow:
        uow.users.update(replace(uow.users.get("u-0001"), disabled=True))
        uow.commit()
    for version, told in enumerate(("locked", "active"), start=1):
        applied(desk, entry("users.updated", version=version, valid_until="2026-12-23", users=[{"user_id": "u-0001", "state": told}]))
    assert desk.state.users["u-0001"].disabled


@pytest.mark.parametrize(("day", "shown"), [("2026-12-22", 0), ("2026-12-23", 0), ("2026-12-24", 1), ("", 0)])
def test_a_list_runs_out_by_the_province_s_day_whatever_the_desk_s_clock_says(desk, day, shown):
    _, relation = applied(desk, entry("users.updated", version=1, valid_until="2026-12-23", users=[]))
    assert len(people_troubles(replace(relation, server_day=day))) == shown


def test_messages_go_with_their_day_and_the_urgent_stand_first(desk):
    def told(level, text, **more):
        return entry("message", level=level, text_vi=text, from_unit="Sở", **more)

    applied(desk, told("info", "a"), told("warning", "b", valid_until="2026-11-01"), told("urgent", "c"), told("strange", "d"))
    with desk.database.read() as uow:
        shown = [each.problem.params["text"] for each in message_troubles(messages(uow, NOW.date()))]
        assert messages(uow, NOW.date().replace(year=2027)) == []
    assert shown == ["c", "a", "d"]


def test_many_messages_stay_few(desk):
    applied(desk, *(entry("message", level="info", text_vi=f"tin {number}", from_unit="Sở") for number in range(50)))
    with desk.database.read() as uow:
        kept = [each.text for each in messages(uow, NOW.date())]
    assert kept == [f"tin {number}" for number in range(30, 50)]


FEE = {"TenPhiLePhi": "Lệ phí", "MaPhiLePhi": "LP1", "HinhThucThu": "1", "Gia": "8000", "LoaiPhiLePhi": "1"}


@pytest.mark.parametrize("how", ["1", "2"])
def test_what_was_paid_on_the_portal_is_no_money_of_this_desk(desk, how):
    applied(desk, assigned(DanhSachLePhi=[FEE], DuocThanhToanTrucTuyen=how))
    (line,) = desk.dossiers.of_code(CODE, CLERK).fees
    assert (line.method, line.amount_vnd, line.is_paid, line.is_owed) == (FeeMethod.PORTAL, 8000, False, False)
    done = desk.life.acceptance.accept(AcceptOnline(CODE), CLERK)
    assert national_record(done.dossier)["DuocThanhToanTrucTuyen"] == how
    assert (why_not(done.dossier, Verb.REVERSE_FEE).code, why_not(done.dossier, Verb.COLLECT_FEE).code) == ("NO_FEE_PAID", "NO_FEE_OWED")
    assert VerifyService(desk.database).run().differences == ()


def test_what_is_owed_and_paid_on_the_portal_later_is_owed_no_more(desk):
    one = assigned(DanhSachLePhi=[FEE])
    applied(desk, one)
    owed = desk.dossiers.of_code(CODE, CLERK)
    assert owed.fees[0].is_owed
    applied(desk, updated(owed, 2, {"DuocThanhToanTrucTuyen": "1"}))
    assert not desk.dossiers.of_code(CODE, CLERK).fees[0].is_owed
    with pytest.raises(RuleBrokenError):
        desk.life.fees.collect(CollectFee(code=CODE, method=FeeMethod.CASH), CLERK)


def test_an_accepted_dossier_is_told_of_like_one_that_was_brought(desk):
    """Whoever writes with a receipt (messages, tasks of typing into other systems) hears of it once."""
    applied(desk, assigned(SoDienThoai="0900000001"))
    heard = []

    class Watcher:
        def received(self, uow, dossier, profile, now):
            heard.append((dossier.code, dossier.status, now))
            return Changes()

    desk.intake._watchers = (Watcher(),)
    desk.life.acceptance.accept(AcceptOnline(CODE), CLERK)
    assert heard == [(CODE, Status.RECEIVED, desk.clock.now())]


def lost(desk):
    """Return an op of another desk, as the province has it."""
    other = fake_desk()
    mine = taken_in(other)
    return mine, [envelope(event) for event in other.state.events if event.lane]


def test_an_op_that_was_lost_comes_back_once_and_its_dossier_waits_for_a_person(desk):
    mine, (op, *_) = lost(desk)
    applied(desk, {**assigned(), "dossier_id": mine.dossier_id})
    result = {"op_id": op["op_id"], "outcome": "applied", "rev": 1}
    with desk.database.write() as uow:
        assert (take_back(uow, op, result, NOW), take_back(uow, op, result, NOW)) == (True, False)
        uow.commit()
    kept = desk.state.events[-1]
    assert (kept.type, kept.facts["op"], kept.lane) == (READ_BACK, op, None)
    assert here(desk, mine).attention == (READ_BACK,)
    assert desk.dossiers.show(CODE, CLERK).events[-1].who == desk.state.users[op["actor"]["user_id"]].full_name, "whoever did it then"
    with desk.database.read() as uow:
        assert [envelope(each) for each in uow.events.of_lane(op["device"], op["epoch"], 1, 1)][-1] == op
        assert uow.outbox.due(op["device"], op["epoch"], 9) == []
    assert VerifyService(desk.database).run().differences == ()
    with pytest.raises(RuleBrokenError):
        desk.life.settling.look_at(CODE, INSPECTOR)
    desk.life.settling.look_at(CODE, CLERK)
    assert here(desk, mine).attention == ()


@pytest.mark.parametrize("wrong", [{"hash": "f" * 64}, {"facts": None}, {"seq": "x"}])
def test_an_op_that_came_back_damaged_is_kept_once_and_only_its_dossier_waits(desk, wrong):
    mine, other = taken_in(desk), taken_in(desk)
    _, (op, *_) = lost(desk)
    damaged = {**op, "dossier_id": mine.dossier_id, **wrong}
    for _ in range(2):
        with desk.database.write() as uow:
            set_aside(uow, damaged, NOW)
            uow.commit()
    (kept,) = [event for event in desk.state.events if event.type == UNREADABLE]
    assert (json.loads(kept.facts["entry"]), kept.lane) == (damaged, None)
    assert (here(desk, mine).attention, here(desk, other).attention) == ((UNREADABLE,), ())
    desk.life.settling.look_at(mine.code, CLERK)
    with desk.database.write() as uow:
        set_aside(uow, damaged, NOW)
        uow.commit()
    assert here(desk, mine).attention == (), "a daily comparison that finds the same again is no reason to look again"
    assert VerifyService(desk.database).run().differences == ()


@pytest.mark.parametrize("about", [None, 7, [], "no dossier of this desk"])
def test_a_damaged_op_about_no_dossier_of_ours_is_kept_too(desk, about):
    _, (op, *_) = lost(desk)
    with desk.database.write() as uow:
        set_aside(uow, {**op, "dossier_id": about, "facts": {"x": "\ud800"}}, NOW)
        uow.commit()
    assert [event.type for event in desk.state.events] == [UNREADABLE]


@pytest.mark.parametrize("wrong", [{"hash": "f" * 64}, {"facts": {}}, {"seq": 7}, {"dossier_id": "other"}])
def test_an_op_that_is_not_what_its_hash_says_is_not_taken_back(desk, wrong):
    _, (op, *_) = lost(desk)
    with desk.database.write() as uow, pytest.raises(ValueError, match=op["op_id"]):
        take_back(uow, {**op, **wrong}, {"outcome": "applied"}, NOW)
    assert read_envelope(op).op_id == op["op_id"]
