"""What comes down, over the desk's own database: each entry once, own work kept, clashes for a person, the unknown kept and passed over."""

from __future__ import annotations

import json
from dataclasses import replace
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain.dossier import Status
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.events import WENT_BACK
from counter_app.domain.ids import new_id
from counter_app.domain.record import national_record
from counter_app.services.acts.hand_overs import HandOverDossiers
from counter_app.services.acts.notes_ratings import AddNote
from counter_app.services.line.answers import take_answer
from counter_app.services.line.incoming import Incoming
from counter_app.services.line.lane_numbers import LaneNumbers
from counter_app.services.line.province import Relation
from counter_app.services.ports import ListFilter
from counter_app.services.verifying.service import VerifyService
from counter_app.support.resources import shipped_json
from counter_app.sync.faults import NotTheProvinceError
from counter_app.sync.leases import renewed
from counter_app.sync.wire import Reply
from tests.builders import CLERK, DEVICE, NOW, command, fake_desk
from tests.examples import examples
from tests.sync.lines import Line

RULES = shipped_json("contract/event_rules.json")
AT = "2026-11-20T10:00:00+07:00"


@pytest.fixture
def desk():
    return fake_desk()


def taken_in(desk):
    done = desk.intake.receive(command(), CLERK)
    return desk.state.dossiers[done.dossier_id]


def applied(desk, *entries, signed=True, device=DEVICE, era=0):
    """Apply entries as one page; return which of them were new, and the relation after them."""

    def procedure(code, day):
        try:
            return desk.catalogue.get(code, day)
        except RuleBrokenError:
            return None

    relation = Relation("https://x", device, "H36.50.05", "", {}, "test", era=era)
    with desk.database.write() as uow:
        incoming = Incoming(uow, DEVICE, relation, desk.clock.now(), RULES, procedure, lambda _document: signed)
        new = [incoming.apply(each) for each in entries]
        uow.commit()
    return new, incoming.relation


def entry(kind, dossier_id=None, rev=None, **data):
    return {"change_id": new_id(NOW), "kind": kind, "at": AT, "dossier_id": dossier_id, "rev": rev, "data": data}


def updated(dossier, rev, changed, *, source="province", **more):
    record = {**national_record(dossier), **changed}
    return entry("dossier.updated", dossier.dossier_id, rev, source=source, changed=list(changed), ho_so=record, **more)


def assigned(**changes):
    record = {**national_record(taken_in(fake_desk())), "MaHoSo": "H36.50.05-261120-10000", "TrangThaiHoSo": "1", "NgayTiepNhan": "",
              "NgayHenTra": "", "KenhThucHien": "2", "DanhSachLePhi": [], **changes}
    return entry("dossier.assigned", new_id(NOW), 1, ho_so=record, codes=[record["MaHoSo"]], files=[], applicant_address="Thôn 9")


def test_an_assigned_dossier_enters_the_lists_under_its_code_once(desk):
    one = assigned()
    assert applied(desk, one, one)[0] == [True, False]
    assert applied(desk, one)[0] == [False]
    here = desk.state.dossiers[one["dossier_id"]]
    assert (here.status, here.awaiting_acceptance, here.known_rev) == (Status.SUBMITTED_ONLINE, True, 1)
    assert here.procedure_name == "Xác nhận tình trạng hôn nhân"
    assert here.applicant.address == "Thôn 9"
    assert [row.code for row in desk.dossiers.list(ListFilter.ALL, CLERK).rows] == ["H36.50.05-261120-10000"]
    assert VerifyService(desk.database).run().differences == ()


def test_the_province_moves_a_dossier_and_an_old_page_changes_nothing(desk):
    mine = taken_in(desk)
    newer, older = updated(mine, 4, {"TrangThaiHoSo": "4"}), updated(mine, 3, {"GhiChu": "cũ"})
    assert applied(desk, newer, older, newer)[0] == [True, False, False]
    here = desk.state.dossiers[mine.dossier_id]
    assert (here.status, here.note, here.known_rev) == (Status.PROCESSING, mine.note, 4)
    assert VerifyService(desk.database).run().differences == ()


def test_what_the_desk_did_next_stands_on_the_new_revision(desk):
    mine = taken_in(desk)
    applied(desk, updated(mine, 4, {"GhiChu": "x"}))
    desk.life.notes.note(AddNote(mine.code, "Đã gọi"), CLERK)
    assert desk.state.events[-1].base_rev == 4


def test_our_own_op_that_comes_back_raises_the_revision_and_changes_nothing(desk):
    mine = taken_in(desk)
    events = len(desk.state.events)
    op = desk.state.events[0].op_id
    back = updated(mine, 1, {"GhiChu": "was never said"}, source="desk", op_id=op)
    assert applied(desk, back)[0] == [False]
    here = desk.state.dossiers[mine.dossier_id]
    assert (here.known_rev, here.note, len(desk.state.events)) == (1, mine.note, events)
    assert desk.state.outbox[op][0] == "saved", "only its own answer marks it"


def test_an_open_act_of_the_desk_stays_over_a_change_of_another_member(desk):
    mine = taken_in(desk)
    for rev, event in enumerate(desk.state.events, start=1):
        answered(desk, {"op_id": event.op_id, "outcome": "applied", "rev": rev})
    desk.life.hand_overs.hand_over(HandOverDossiers((mine.code,), "Tư pháp", "Trần Văn Mẫu"), CLERK)
    applied(desk, updated(mine, 3, {"GhiChu": "bổ sung số điện thoại"}))
    here = desk.state.dossiers[mine.dossier_id]
    assert (here.status, here.note, here.attention) == (Status.PROCESSING, "bổ sung số điện thoại", ())


def test_a_clash_shows_the_province_s_status_keeps_our_op_and_asks_a_person(desk):
    mine = taken_in(desk)
    desk.life.hand_overs.hand_over(HandOverDossiers((mine.code,), "Tư pháp", "Trần Văn Mẫu"), CLERK)
    op = next(event for event in desk.state.events if event.type == "dossier.handed_over")
    applied(desk, updated(mine, 3, {"TrangThaiHoSo": "3", "GhiChu": "sai", "NgayKetThucXuLy": "20261120100000"}))
    here = desk.state.dossiers[mine.dossier_id]
    assert (here.status, here.attention) == (Status.NOT_ACCEPTED, ("province",))
    assert op in desk.state.events
    answered(desk, {"op_id": op.op_id, "outcome": "conflict", "reason": "closed", "fields": ["TrangThaiHoSo"]})
    assert desk.state.dossiers[mine.dossier_id].attention == ("province",)
    assert desk.state.outbox[op.op_id][0] == "attention"


def answered(desk, result):
    with desk.database.write() as uow:
        taken = take_answer(uow, result)
        uow.commit()
    return taken


@pytest.mark.parametrize(("result", "state"), [
    ({"outcome": "applied", "rev": 3}, "province_has"), ({"outcome": "duplicate", "rev": 3}, "province_has"),
    ({"outcome": "held", "reason": "dependency"}, "province_has"), ({"outcome": "held", "reason": "something new"}, "province_has"),
    ({"outcome": "held", "reason": "gap"}, "saved"), ({"outcome": "conflict", "reason": "something new"}, "attention"),
    ({"outcome": "rejected", "code": "something_new"}, "attention"), ({"outcome": "something new"}, "attention"), ({}, "attention"),
])
def test_every_answer_has_its_state_and_what_is_unknown_needs_a_person(desk, result, state):
    mine = taken_in(desk)
    op, *others = [event.op_id for event in desk.state.events]
    answered(desk, {"op_id": op, **result})
    assert desk.state.outbox[op][0] == state
    assert {desk.state.outbox[each][0] for each in others} == {"saved"}
    assert desk.state.dossiers[mine.dossier_id].attention == (("province",) if state == "attention" else ())


def test_a_later_outcome_takes_the_mark_off_again(desk):
    mine = taken_in(desk)
    op = desk.state.events[0].op_id
    answered(desk, {"op_id": op, "outcome": "conflict", "reason": "code_in_use"})
    applied(desk, entry("op.outcome", mine.dossier_id, None, result={"op_id": op, "outcome": "applied", "rev": 2}))
    assert desk.state.dossiers[mine.dossier_id].attention == ()
    assert desk.state.outbox[op][0] == "province_has"


def test_an_op_that_settles_another_takes_that_one_off_the_list(desk):
    mine = taken_in(desk)
    bad = desk.state.events[0].op_id
    answered(desk, {"op_id": bad, "outcome": "rejected", "code": "schema"})
    desk.life.notes.note(AddNote(mine.code, "theo tỉnh"), CLERK)
    closing = desk.state.events[-1]
    desk.state.events[-1] = replace(closing, resolves=bad)
    answered(desk, {"op_id": closing.op_id, "outcome": "applied", "rev": 2})
    assert desk.state.outbox[bad][0] == "province_has"
    assert desk.state.dossiers[mine.dossier_id].attention == ()


def test_an_official_code_finds_the_dossier_beside_the_printed_one(desk):
    mine = taken_in(desk)
    record = {**national_record(mine), "MaHoSo": "H36.50.05-261120-10007"}
    applied(desk, entry("dossier.official_code", mine.dossier_id, 2, old_code=mine.code, new_code="H36.50.05-261120-10007", ho_so=record))
    for code in (mine.code, "H36.50.05-261120-10007"):
        assert desk.dossiers.show(code, CLERK).dossier.code == mine.code


def test_progress_messages_and_kinds_of_later_versions_are_kept_once(desk):
    mine = taken_in(desk)
    page = [
        entry("dossier.progress", mine.dossier_id, None, tien_do={"NoiDungXuLy": "Thẩm định"}),
        entry("message", level="info", text_vi="Nghỉ lễ", from_unit="Sở"), entry("x.y", unknown=[1, 2]), entry("blob.verified", sha256="0" * 64),
    ]
    assert applied(desk, *page)[0] == [True] * 4
    assert applied(desk, *page)[0] == [False] * 4
    assert [event.type for event in desk.state.events[-4:]] == [
        "province.dossier.progress", "province.message", "province.x.y", "province.blob.verified"]
    assert desk.state.events[-2].facts["unknown"] == [1, 2]
    assert VerifyService(desk.database).run().differences == ()


@pytest.mark.parametrize("data", [
    {}, {"ho_so": {}}, {"ho_so": None}, {"ho_so": []}, {"changed": 7}, None, [1], "abc", 7, {"ho_so": {"ChuHoSo": "\ud800"}}])
def test_an_entry_that_can_t_be_read_is_kept_and_stops_nothing_else(desk, data):
    mine = taken_in(desk)
    broken = {**entry("dossier.updated", mine.dossier_id, 5), "data": data}
    good = updated(mine, 6, {"GhiChu": "tốt"})
    assert applied(desk, broken, good)[0] == [True, True]
    assert desk.state.dossiers[mine.dossier_id].note == "tốt"
    assert "province.unreadable" in [event.type for event in desk.state.events]
    assert VerifyService(desk.database).run().differences == ()


def test_a_dossier_of_which_something_could_not_be_read_waits_for_a_person_who_sees_it_in_its_history(desk):
    mine, other = taken_in(desk), taken_in(desk)
    broken = {**entry("dossier.updated", mine.dossier_id, 5), "data": {"ho_so": {}}}
    assert applied(desk, broken, broken)[0] == [True, False]
    assert [desk.state.dossiers[each.dossier_id].attention for each in (mine, other)] == [("province.unreadable",), ()]
    assert [event.type for event in desk.dossiers.show(mine.code, CLERK).events][-1] == "province.unreadable"
    desk.life.settling.look_at(mine.code, CLERK)
    assert desk.state.dossiers[mine.dossier_id].attention == ()
    assert applied(desk, broken)[0] == [False], "the same again is no reason to look again"
    assert desk.state.dossiers[mine.dossier_id].attention == ()
    assert VerifyService(desk.database).run().differences == ()


@pytest.mark.parametrize("code", ["", "../../../x", "/tmp/x", "H36.50.05-261120-1/../../x", "C:x", "x" * 300])
def test_a_dossier_is_known_by_a_code_alone_for_its_papers_are_files_of_that_name(desk, code):
    assert applied(desk, assigned(MaHoSo=code))[0] == [True]
    assert (desk.state.dossiers, desk.state.events[-1].type) == ({}, "province.unreadable")


@pytest.mark.parametrize("wrong", [
    {"kind": "x.y", "data": [1]}, {"kind": "x.y", "data": {"x": "\ud800"}}, {"dossier_id": [5]}, {"kind": "op.outcome", "data": {"result": None}},
    assigned(ChuHoSo="\ud800"), assigned(DuocThanhToanTrucTuyen="0", DanhSachLePhi=[
        {"MaPhiLePhi": "A", "TenPhiLePhi": "x", "Gia": "9" * 23, "HinhThucThu": "1"}])])
def test_no_entry_stops_the_feed_of_a_desk_with_a_database_of_its_own(tmp_path, wrong):
    line = Line(tmp_path / "desk")
    good = assigned(MaHoSo="H36.50.05-261120-20000")
    try:
        assert applied(line.desk, {**assigned(), **wrong}, good)[0] == [True, True]
        assert line.desk.dossiers.of_code("H36.50.05-261120-20000", CLERK).known_rev == 1
        with line.database.read() as uow:
            (kept,) = [event for event in uow.events.everything() if event.type == "province.unreadable"]
        assert "change_id" in json.loads(kept.facts["entry"]), "as it came, for whoever looks into it"
        line.verify()
    finally:
        line.close()


@pytest.mark.parametrize("change", [
    {"rev": 2**53}, {"rev": 10**30}, {"rev": 5.0}, {"rev": -1}, {"kind": "dossier.reassigned", "data": {}},
    {"kind": "dossier.reassigned", "data": {"to_agency": 7}}, {"ho_so": {"TrichYeuHoSo": "a" * 60_000}},
    {"ho_so": {"DanhSachHoSoBoSung": [{"HoSoBoSungId": 1.5}]}}, {"ho_so": {"DanhSachGiayToKetQua": [{"GiayToId": 10**20, "TenGiayTo": "x"}]}}])
def test_after_whatever_entry_the_desk_goes_on_recording(tmp_path, change):
    """What the desk takes over stands in its own ops, with their limits: a counter that can record nothing more is worse than no news."""
    line = Line(tmp_path / "desk")
    try:
        mine = line.take_in()
        wrong = updated(mine, 5, change.get("ho_so", {})) | {name: value for name, value in change.items() if name != "ho_so"}
        good = updated(mine, 6, {"GhiChu": "tốt"})
        assert applied(line.desk, wrong, good)[0] == [True, True]
        assert (line.dossier(mine.dossier_id).note, line.dossier(mine.dossier_id).known_rev) == ("tốt", 6)
        assert "province.unreadable" in [event.type for event in _all_events(line)]
        assert line.note(mine.code).code == mine.code
        line.verify()
    finally:
        line.close()


def _all_events(line):
    with line.database.read() as uow:
        return list(uow.events.everything())


def test_ids_from_the_province_come_in_the_spelling_that_ops_have(desk):
    mine = taken_in(desk)
    wanted = {"HoSoBoSungId": "bổ-1".replace("ổ", "o\u0302\u0309"), "NguoiYeuCauBoSung": "Trần", "NoiDungBoSung": "Bản sao",
              "NgayBoSung": "20261120100000", "NguoiTiepNhanBoSung": "", "ThongTinTiepNhan": "", "NgayTiepNhanBoSung": "",
              "TrangThaiBoSung": "0", "DanhSachGiayToBoSung": [], "NgayHenTraTruoc": "", "NgayHenTraMoi": ""}
    applied(desk, updated(mine, 5, {"DanhSachHoSoBoSung": [wanted]}))
    applied(desk, updated(mine, 6, {"DanhSachHoSoBoSung": [wanted]}))
    assert [each.supplement_id for each in desk.state.dossiers[mine.dossier_id].supplements] == ["bổ-1"]
    desk.life.notes.note(AddNote(mine.code, "Đã gọi"), CLERK)


@pytest.mark.parametrize("dossier_id", ["../../x", "7", "", "A" * 36])
def test_a_new_dossier_has_an_id_that_ops_can_carry(desk, dossier_id):
    applied(desk, {**assigned(), "dossier_id": dossier_id})
    assert desk.state.dossiers.keys() == set()


@pytest.mark.parametrize("until", ["2026-13-45", "mai", "2026-12-01T00:00:00+07:00", 7, None])
def test_a_user_list_without_a_last_day_changes_nothing(desk, until):
    _, relation = applied(desk, entry("users.updated", version=3, valid_until=until, users=[]))
    assert (relation.users_version, relation.users_until) == (0, "")


def test_a_form_to_print_waits_for_a_person(desk):
    mine = taken_in(desk)
    applied(desk, entry("print.requested", mine.dossier_id, None, form="04", reason="Chờ xác minh"))
    assert desk.state.dossiers[mine.dossier_id].attention == ("print.requested",)


def test_whoever_is_locked_at_the_province_is_locked_here(desk):
    applied(desk, entry("access.revoked", subject="user", id="u-0001", action="lock", **{"from": AT}))
    assert desk.state.users["u-0001"].disabled
    assert not desk.state.users["u-0002"].disabled


def test_a_user_list_counts_when_signed_and_newer(desk):
    listed = {"version": 7, "valid_until": "2026-12-23", "users": [{"user_id": "u-0001", "state": "left"}, {"user_id": "u-0002", "state": "active"}]}
    assert applied(desk, entry("users.updated", **listed), signed=False)[0] == [False]
    assert not desk.state.users["u-0001"].disabled
    new, relation = applied(desk, entry("users.updated", **listed), entry("users.updated", **listed))
    assert (new, relation.users_version) == ([True, False], 7)
    assert (desk.state.users["u-0001"].disabled, desk.state.users["u-0002"].disabled) == (True, False)


@pytest.mark.parametrize("second", [{}, {"user_id": "u-0002"}, None, {"state": "left"}])
@pytest.mark.parametrize("made", ["in_memory", "on_disk"])
def test_an_entry_that_breaks_half_way_has_done_nothing(tmp_path, second, made):
    """Whoever stands before the fault in a list is not locked out by a list that does not count."""
    line = Line(tmp_path / "desk") if made == "on_disk" else None
    desk = line.desk if line else fake_desk()
    good = entry("users.updated", version=8, valid_until="2026-12-24", users=[{"user_id": "u-0002", "state": "left"}])
    half = entry("users.updated", version=7, valid_until="2026-12-23", users=[{"user_id": "u-0001", "state": "left"}, second])
    new, relation = applied(desk, half, good)
    with desk.database.read() as uow:
        locked = {user.user_id for user in uow.users.all() if user.disabled}
        kinds = [event.type for event in uow.events.everything()]
    assert (new, locked) == ([True, True], {"u-0002"})
    assert kinds[-2:] == ["province.unreadable", "province.users.updated"]
    assert (relation.users_version, relation.users_until) == (8, "2026-12-24")
    if line:
        line.verify()
        line.close()


def test_serials_that_the_feed_lends_are_those_of_this_computer_whatever_its_ops_are_recorded_as(desk):
    _, relation = applied(desk, entry("lease.updated", leases=[LEASE]), device="0192f3a4-5b6c-7d8e-9f01-23456789abce")
    assert (desk.settings.profile().serial_first, len(relation.leases)) == (2000, 1)


def test_a_locked_device_is_remembered_and_another_s_is_not_ours(desk):
    ours = entry("access.revoked", subject="device", id=DEVICE, action="lock", **{"from": AT})
    other = entry("access.revoked", subject="device", id="D7K2M9Q4", action="lock", **{"from": AT})
    assert (applied(desk, other)[1].revoked, applied(desk, ours)[1].revoked) == (False, True)


LEASE = {"lease_id": "L", "valid_from": "2026-11-01", "valid_to": "2027-02-01", "mode": "official", "normal": {"from": 2000, "to": 2599},
         "recovery": [{"generation": 2, "from": 2700, "to": 2799}, {"generation": 1, "from": 2600, "to": 2699}]}


@pytest.mark.parametrize(("leases", "expected"), [
    ([LEASE], (2000, 2599, False, ((2600, 2699), (2700, 2799)))),
    ([{**LEASE, "valid_to": "2026-11-10"}, {**LEASE, "normal": {"from": 5000, "to": 5599}, "recovery": []}], (5000, 5599, False, ())),
    ([{**LEASE, "mode": "provisional", "normal": None}], (1, 9999, True, ())),
    ([{**LEASE, "normal": {"from": 0, "to": 599}, "recovery": [{"generation": 1, "from": 600, "to": 699}]}], (1, 599, False, ((600, 699),))),
    ([{**LEASE, "valid_to": "2026-11-10"}], (1, 9999, True, ())),
    ([LEASE, {**LEASE, "normal": {"from": 5000, "to": 5599}, "recovery": []}], (2000, 2599, False, ((2600, 2699), (2700, 2799)))),
    ([], (1, 9999, False, ())),
])
def test_numbers_come_from_the_lease_in_force(desk, leases, expected):
    applied(desk, entry("lease.updated", leases=leases))
    profile = desk.settings.profile()
    assert (profile.serial_first, profile.serial_last, profile.provisional, profile.recovery_ranges) == expected


BAD_LEASES = [
    [{**LEASE, "valid_to": "z"}], [{**LEASE, "valid_from": 7}], [{**LEASE, "normal": {"from": 9, "to": 1}}], [{**LEASE, "normal": {"from": -1, "to": 9}}],
    [{**LEASE, "normal": 5}], [{**LEASE, "recovery": None}], [{**LEASE, "recovery": [{"from": 1, "to": 2}]}], [{**LEASE, "normal": {"from": 9000, "to": 10_000}}],
    [{**LEASE, "normal": {"from": 1, "to": 10**18}}], [{**LEASE, "recovery": [{"generation": 1, "from": 9990, "to": 10_089}]}],
    [{**LEASE, "recovery": [{"generation": number, "from": number, "to": number} for number in range(1, 6)]}],
    [{**LEASE, "recovery": [{"generation": 1, "from": 1, "to": 2}, {"generation": 1, "from": 3, "to": 4}]}],
    [{**LEASE, "recovery": [{"generation": 0, "from": 1, "to": 2}]}], [LEASE] * 101, [LEASE, {}], [7], None, 7]


@pytest.mark.parametrize("leases", BAD_LEASES)
def test_a_lease_of_another_shape_changes_no_number_and_is_never_relied_on(desk, leases):
    before = desk.settings.profile()
    _, relation = applied(desk, entry("lease.updated", leases=leases))
    assert (desk.settings.profile(), relation.leases) == (before, ())
    assert desk.state.events[-1].type == "province.unreadable"
    with pytest.raises(NotTheProvinceError):
        renewed(SimpleNamespace(relation=relation, post=lambda *_: Reply(200, {}, b"", {"leases": leases})), LaneNumbers(desk.guard, desk.settings), NOW.date())


MEMBERS = st.fixed_dictionaries({}, optional={
    "GhiChu": st.text(max_size=5), "TrangThaiHoSo": st.sampled_from([*map(str, range(1, 11)), "99"]),
    "NgayHenTra": st.sampled_from(["", "20261201170000", "x"]), "NgayKetThucXuLy": st.sampled_from(["", "20261123100000"]),
    "NgayTra": st.sampled_from(["", "20261123110000"]), "ChuHoSo": st.sampled_from(["Lê Văn Mẫu", ""])})


NEWS = st.sampled_from(["dossier.progress", "print.requested", "message", "dossier.rescanned"])


def told(dossier, page):
    """Return an entry: a revision with the members that changed, or a kind that has no record and counts once by its id."""
    if isinstance(page, str):
        return entry(page, dossier.dossier_id, None, level="info", text_vi="x", from_unit="Sở", form="04", tien_do={"NoiDungXuLy": "x"})
    return updated(dossier, *page)


@settings(max_examples=examples(12), deadline=None)
@given(st.lists(st.one_of(st.tuples(st.integers(1, 6), MEMBERS), NEWS), max_size=6), st.randoms())
def test_any_pages_in_any_repetition_end_where_each_once_ends(pages, chance):
    desk, twin = fake_desk(), fake_desk()
    mine = taken_in(desk)
    twin.database.state = desk.database.state.snapshot()
    entries = [told(mine, page) for page in pages]
    repeated = [each for one in entries for each in (one, *entries[:chance.randrange(len(entries) + 1)])] if entries else []
    seen = []
    for each in repeated:
        if each not in seen:
            seen.append(each)
    applied(desk, *seen)
    applied(twin, *repeated)
    assert twin.state.dossiers == desk.state.dossiers
    assert [event.op_id for event in twin.state.events] == [event.op_id for event in desk.state.events]
    assert VerifyService(twin.database).run().differences == ()


@settings(max_examples=examples(15), deadline=None)
@given(MEMBERS, st.lists(st.tuples(st.integers(1, 8), MEMBERS), min_size=1, max_size=5))
def test_old_pages_that_come_after_a_newer_state_change_no_dossier(newest, pages):
    """As after a feed that was read from its beginning: what was known by other ids comes late."""
    desk = fake_desk()
    mine = taken_in(desk)
    record = {**national_record(mine), **newest}
    applied(desk, entry("dossier.state", mine.dossier_id, 9, ho_so=record, codes=[mine.code], intake=None))
    before = dict(desk.state.dossiers)
    assert before[mine.dossier_id].known_rev == 9
    assert applied(desk, *(updated(mine, *page) for page in pages))[0] == [False] * len(pages)
    assert desk.state.dossiers == before
    assert VerifyService(desk.database).run().differences == ()


# --- a province that goes on from an old backup -------------------------------------------------------------------------


def known_there(desk):
    """Return a dossier of this desk that the province has taken in."""
    one = taken_in(desk)
    with desk.database.write() as uow:
        for event in uow.events.of_dossier(one.dossier_id):
            take_answer(uow, {"op_id": event.op_id, "outcome": "applied", "rev": 1})
        uow.commit()
    return one


def state(dossier, rev, **changed):
    """Return a dossier as a feed that begins anew tells it; the same content has the same id."""
    made = entry("dossier.state", dossier.dossier_id, rev, ho_so={**national_record(dossier), **changed}, codes=[dossier.code], intake={})
    return {**made, "change_id": f"{dossier.dossier_id[:-4]}{rev:04d}"}


def test_a_lower_revision_counts_where_the_province_begins_another_history_and_once(desk):
    one = known_there(desk)
    applied(desk, updated(one, 7, {"GhiChu": "Đã biết"}))
    told = state(one, 3, GhiChu="Bản cũ")
    assert applied(desk, told)[0] == [False], "in the same history it is an old page"
    assert applied(desk, told, told, era=1)[0] == [True, False]
    here = desk.state.dossiers[one.dossier_id]
    assert (here.note, here.known_rev, here.rev_era, here.attention) == ("Bản cũ", 3, 1, (WENT_BACK,))
    assert applied(desk, told, era=2)[0] == [True], "the same backup was put back once more"
    assert applied(desk, updated(one, 3, {"GhiChu": "Cũ"}), updated(one, 4, {"GhiChu": "Mới"}), era=2)[0] == [False, True]
    assert desk.state.dossiers[one.dossier_id].note == "Mới"
    assert VerifyService(desk.database).run().differences == ()


def test_nobody_looks_at_a_dossier_that_is_told_as_it_stands_here(desk):
    one = known_there(desk)
    applied(desk, updated(one, 7, {"GhiChu": "Đã biết"}))
    applied(desk, state(one, 3, GhiChu="Đã biết"), era=1)
    assert (desk.state.dossiers[one.dossier_id].attention, desk.state.dossiers[one.dossier_id].known_rev) == ((), 3)


def test_the_mark_goes_when_the_record_is_what_it_was_and_no_sooner(desk):
    one = known_there(desk)
    applied(desk, updated(one, 7, {"GhiChu": "Đã biết"}))
    applied(desk, state(one, 3), updated(one, 4, {"GhiChu": "Khác"}), era=1)
    assert desk.state.dossiers[one.dossier_id].attention == (WENT_BACK,)
    applied(desk, updated(one, 5, {"GhiChu": "Đã biết"}), era=1)
    assert desk.state.dossiers[one.dossier_id].attention == ()


def hands_over(desk, one):
    desk.life.hand_overs.hand_over(HandOverDossiers((one.code,), "Tư pháp", "Trần Văn Mẫu"), CLERK)


def stands(desk, one):
    here = desk.state.dossiers[one.dossier_id]
    return here.status, here.note, "province" in here.attention


def test_an_own_open_act_lies_on_top_of_a_state_that_does_not_say_when_anything_was_set(desk):
    one = known_there(desk)
    hands_over(desk, one)
    applied(desk, updated(one, 5, {"GhiChu": "Đã biết"}))
    applied(desk, state(one, 3, GhiChu="Bản cũ"), era=1)
    assert stands(desk, one) == (Status.PROCESSING, "Bản cũ", False)


def test_what_only_the_lost_history_had_set_makes_no_later_act_stale(desk):
    one = known_there(desk)
    applied(desk, updated(one, 5, {"DonViXuLy": "Kinh tế"}))
    applied(desk, state(one, 3), era=1)
    hands_over(desk, one)
    applied(desk, updated(one, 4, {"GhiChu": "Sau đó"}), era=1)
    assert stands(desk, one) == (Status.PROCESSING, "Sau đó", False)


def test_an_own_act_that_comes_back_is_taken_where_a_record_without_it_was_told(desk):
    """The province had held it for want of its dossier: it lay under nothing when that came back."""
    one = known_there(desk)
    applied(desk, updated(one, 5, {"GhiChu": "Đã biết"}))
    before = national_record(desk.state.dossiers[one.dossier_id])
    hands_over(desk, one)
    op = next(event for event in desk.state.events if event.type == "dossier.handed_over")
    with desk.database.write() as uow:
        take_answer(uow, {"op_id": op.op_id, "outcome": "held", "reason": "dependency"})
        uow.commit()
    applied(desk, state(one, 1), era=1)
    assert desk.state.dossiers[one.dossier_id].status is Status.RECEIVED
    back = entry("dossier.updated", one.dossier_id, 2, source="desk", op_id=op.op_id, changed=["TrangThaiHoSo", "DonViXuLy"],
                 ho_so={**before, "TrangThaiHoSo": "4", "DonViXuLy": "Tư pháp"})
    assert applied(desk, back, back, era=1)[0] == [True, False]
    here = desk.state.dossiers[one.dossier_id]
    assert (here.status, here.known_rev) == (Status.PROCESSING, 2)
