"""Out, answered, in: what a pass over a line does, by two files."""

import json

import pytest

from counter_app.domain.errors import RuleBrokenError, SurroundingsError, failed
from counter_app.domain.events import WENT_BACK
from counter_app.services.acts.hand_overs import HandOverDossiers
from counter_app.sync.device_keys import DeviceKeys
from counter_app.sync.signing import proven, public_key
from counter_app.sync.stick import exchange
from tests.builders import CLERK, DEVICE
from tests.sync.lines import AGENCY, SEED, both_hold_the_same, journal, nothing_is_pretended
from tests.sync.stick.sticks import StickDesk, carried

SECOND = "01a205b3-d000-7d57-bbaa-667cf005fbdd"
PERSONAL = ("Trần", "067190000123", "0900000012", "H36.50.05")


def test_a_commune_without_a_line_is_enrolled_and_heard_by_its_first_file(desk, province):
    desk.take_in()
    written = desk.write(province.ticket())
    assert written.ops > 0
    assert set(desk.states()) == {"sending"}
    assert len(carried(province, desk.stick)) == 1
    assert set(desk.states()) == {"sending"}, "nothing counts before the answer was imported"
    done = desk.read()
    assert done.enrolled
    assert (done.sent, done.trouble) == (written.ops, None)
    assert set(desk.states()) == {"province_has"}
    assert desk.relation()["agency"] == AGENCY
    assert list(desk.stick.iterdir()) == [], "what was answered does not lie around"
    both_hold_the_same(desk, province)


def test_days_go_there_and_what_the_province_did_comes_back(enrolled, province):
    for _ in range(3):
        enrolled.note(enrolled.first.code)
    province.do("move", agency=AGENCY, dossier_id=enrolled.first.dossier_id, to="4", reason="Đã phân công")
    province.do("assign", agency=AGENCY, record={"ChuHoSo": "Lê Văn Mẫu"})
    done = enrolled.there_and_back(province)
    assert (done.sent, done.enrolled) == (3, False)
    assert done.received >= 2
    assert enrolled.dossier(enrolled.first.dossier_id).status == "processing"
    assert enrolled.relation()["proven_at"]
    both_hold_the_same(enrolled, province)
    again = enrolled.there_and_back(province)
    assert (again.sent, again.received) == (0, 0)


def test_neither_names_nor_bytes_on_the_stick_say_anything_about_anybody(desk, province):
    desk.take_in()
    desk.write(province.ticket())
    carried(province, desk.stick)
    names = sorted(path.name for path in desk.stick.iterdir())
    assert [name.partition("-1.")[2] for name in names] == ["qmc-di", "qmc-ve"]
    for path in desk.stick.iterdir():
        content = path.name.encode() + path.read_bytes()
        assert not any(word.encode() in content for word in PERSONAL)


def test_before_an_enrolment_a_ticket_is_needed_and_is_remembered(desk, province):
    with pytest.raises(RuleBrokenError, match="NOT_ENROLLED"):
        desk.write()
    with pytest.raises(RuleBrokenError, match="NOT_ENROLLED"):
        desk.read()
    desk.take_in()
    desk.write(province.ticket())
    desk.write()
    carried(province, desk.stick)
    assert desk.read().enrolled
    with pytest.raises(RuleBrokenError, match="ENROLLED_ALREADY"):
        desk.write(province.ticket())


def test_a_ticket_that_the_province_does_not_know_says_so_and_another_one_helps(desk, province):
    desk.take_in()
    desk.write({**province.ticket(), "code": "AAAA-BBBB-CCCC"})
    carried(province, desk.stick)
    with pytest.raises(RuleBrokenError, match="ENROL_CODE_UNKNOWN"):
        desk.read()
    assert desk.relation() is None
    assert desk.there_and_back(province, province.ticket()).enrolled
    both_hold_the_same(desk, province)


def test_a_computer_whose_id_somebody_else_has_takes_another_and_is_enrolled_by_its_next_file(desk, province, tmp_path):
    somebody = StickDesk(tmp_path / "somebody", tmp_path, seed=bytes(range(50, 82)))
    somebody.enrol(province.ticket())
    desk.take_in()
    code = desk.ops()[0][0]["facts"]["code"]
    desk.write(province.ticket())
    carried(province, desk.stick)
    with pytest.raises(RuleBrokenError, match="STICK_DEVICE_TAKEN"):
        desk.read()
    with pytest.raises(RuleBrokenError, match=r"STICK_OLD|STICK_NOTHING"):
        desk.read()
    old = next(desk.stick.glob("*.qmc-di")).read_bytes()
    assert desk.there_and_back(province).enrolled
    assert list(desk.stick.iterdir()) == []
    (desk.stick / "old.qmc-di").write_bytes(old)
    carried(province, desk.stick)
    assert desk.relation()["device"] not in (desk.device, somebody.device)
    assert desk.ops()[0][0]["facts"]["code"] == code
    assert {op["op_id"] for op, _ in desk.ops()} <= journal(province).keys()
    somebody.close()


def test_a_ticket_without_an_exchange_key_writes_nothing(desk, province):
    with pytest.raises(RuleBrokenError, match="STICK_NO_KEY"):
        desk.write({**province.ticket(), "exchange_key": ""})
    assert list(desk.stick.iterdir()) == []


def test_a_stick_that_is_not_there_is_not_made_up(enrolled):
    enrolled.stick.rmdir()
    for act in (enrolled.write, enrolled.read):
        with pytest.raises(RuleBrokenError, match="STICK_NO_FOLDER"):
            act()
    assert not enrolled.stick.exists()


def test_scans_go_as_far_as_there_is_room_and_the_rest_another_time(enrolled, province):
    small, large = enrolled.file(enrolled.first, b"%PDF-1.7 nho"), enrolled.file(enrolled.first, b"%PDF-1.7 " + b"to" * 3_000_000)
    written = enrolled.write(most=1_000_000)
    assert (written.files, written.files_left) == (1, 1)
    carried(province, enrolled.stick)
    assert enrolled.read().uploaded == 1
    assert [each["sha256"] for each in province.state()["files"]] == [small]
    assert enrolled.there_and_back(province).uploaded == 1
    assert {each["sha256"] for each in province.state()["files"]} == {small, large}
    with enrolled.database.read() as uow:
        assert uow.uploads.pending() == (0, 0)
    assert not (enrolled.folder / "state" / "stick").exists(), "nothing stays in the clear"


def test_a_scan_that_is_damaged_here_holds_up_nothing(enrolled, province):
    lost, sound = enrolled.file(enrolled.first, b"%PDF-1.7 mat"), enrolled.file(enrolled.first, b"%PDF-1.7 con")
    with enrolled.database.read() as uow:
        stored = next(each for each in uow.uploads.waiting() if each.sha256 == lost)
    enrolled.store.destroy(stored.stored_id)
    assert enrolled.there_and_back(province).uploaded == 1
    assert [each["sha256"] for each in province.state()["files"]] == [sound]
    with enrolled.database.read() as uow:
        assert [each.sha256 for each in uow.uploads.attention()] == [lost]


def test_what_a_line_has_sent_meanwhile_has_one_effect(enrolled, province):
    enrolled.note(enrolled.first.code)
    enrolled.write()
    assert enrolled.run().pending == 0
    enrolled.note(enrolled.first.code)
    carried(province, enrolled.stick)
    assert (done := enrolled.read()).sent == 0
    assert done.trouble is None
    assert enrolled.states().count("saved") == 1
    assert enrolled.run().pending == 0
    both_hold_the_same(enrolled, province)


def test_a_line_finds_what_the_stick_has_brought_already(enrolled, province):
    enrolled.note(enrolled.first.code)
    enrolled.write()
    carried(province, enrolled.stick)
    assert enrolled.run().pending == 0
    assert enrolled.read().sent == 0
    both_hold_the_same(enrolled, province)


def test_the_way_of_the_stick_opens_to_a_desk_that_was_enrolled_over_the_line(desk, province):
    desk.take_in()
    ticket = province.ticket()
    desk.enrol({**ticket, "exchange_key": ""})
    with pytest.raises(RuleBrokenError, match="STICK_NO_KEY"):
        desk.write()
    desk.run()
    desk.note(desk.ops()[0][0]["facts"]["code"])
    assert desk.there_and_back(province).sent == 1
    both_hold_the_same(desk, province)


def test_two_desks_share_one_stick(enrolled, province, tmp_path):
    other = StickDesk(tmp_path / "other", enrolled.stick, seed=bytes(range(50, 82)), device=SECOND)
    other.take_in()
    enrolled.note(enrolled.first.code)
    enrolled.write()
    other.write(province.ticket())
    assert len(carried(province, enrolled.stick)) == 2
    assert enrolled.read().sent == 1
    with pytest.raises(RuleBrokenError, match="STICK_OTHER_DESK"):
        enrolled.read()
    assert other.read().enrolled
    assert len(journal(province)) == len(enrolled.ops()) + len(other.ops())
    nothing_is_pretended(enrolled, province)
    other.close()


def test_an_op_that_the_province_judges_otherwise_needs_a_person(enrolled, province):
    province.do("move", agency=AGENCY, dossier_id=enrolled.first.dossier_id, to="4")
    province.do("move", agency=AGENCY, dossier_id=enrolled.first.dossier_id, to="8", reason="Dừng")



    enrolled.desk.life.hand_overs.hand_over(HandOverDossiers((enrolled.first.code,), "Tư pháp", "Trần Văn Mẫu"), CLERK)
    enrolled.there_and_back(province)
    assert "attention" in enrolled.states()


def test_a_locked_computer_is_told_so_and_keeps_everything(enrolled, province):
    enrolled.note(enrolled.first.code)
    province.do("revoke_device", device=enrolled.device)
    done = enrolled.there_and_back(province)
    assert done.trouble.code == "SYNC_REVOKED"
    assert enrolled.relation()["revoked"]
    assert "sending" in enrolled.states()


def test_a_computer_that_was_locked_is_enrolled_anew_by_a_new_ticket_on_a_stick(enrolled, province):
    province.do("revoke_device", device=DEVICE)
    enrolled.there_and_back(province)
    assert enrolled.relation()["revoked"]
    late = enrolled.note(enrolled.first.code)
    enrolled.write(ticket := province.ticket())
    enrolled.write()  # the first of the two was lost
    other = enrolled.desk.settings.profile().recorded_as
    assert other != DEVICE, "the one that was locked keeps its id for ever"
    assert len(carried(province, enrolled.stick)) == 1
    done = enrolled.read()
    assert (done.enrolled, done.trouble, enrolled.relation()["device"], enrolled.relation()["revoked"]) == (True, None, other, False)
    assert enrolled.states().count("province_has") == len(enrolled.states())
    assert [op["device"] for op in journal(province).values() if op["dossier_id"] == late.dossier_id][-1] == other
    with pytest.raises(RuleBrokenError, match="ENROLLED_ALREADY"):
        enrolled.write(ticket)
    enrolled.verify()


def test_a_desk_whose_key_stayed_on_another_computer_is_enrolled_anew_by_a_stick(enrolled, province):
    """A copy of it was restored here: the province would open nothing that this computer signs, until it knows its key."""

    made = []

    def find(place):
        if not made:
            raise failed("KEY_MISSING", path=place)
        return made[0]

    def keep():
        made[:] = [bytes(range(40, 72))]
        return made[0], "test"

    enrolled.exchange._keys = DeviceKeys(keep, find)
    late = enrolled.note(enrolled.first.code)
    done = enrolled.there_and_back(province, province.ticket())
    other = enrolled.desk.settings.profile().recorded_as
    assert (done.enrolled, done.trouble, enrolled.relation()["device"], enrolled.relation()["key_place"]) == (True, None, other, "test")
    assert enrolled.relation()["public_key"] == public_key(made[0])
    assert other != DEVICE
    assert [op["device"] for op in journal(province).values() if op["dossier_id"] == late.dossier_id][-1] == other


def test_a_file_says_who_it_is_as_the_province_knows_it(enrolled, province, monkeypatch):
    """Another id may have been taken for the next enrolment; until then the province knows the computer by the one before."""
    with enrolled.database.write() as uow:
        key = f"desk/{DEVICE}"
        uow.settings.put(key, uow.settings.get(key) | {"second_device": "0192f3a4-5b6c-7d8e-9f01-23456789abce"})
        uow.commit()
    written = []
    monkeypatch.setattr(exchange, "proven", lambda purpose, wish, seed: written.append(wish) or proven(purpose, wish, seed))
    enrolled.write()
    assert [wish["device"] for wish in written] == [DEVICE]


def test_a_province_restored_from_a_backup_gets_everything_it_lacks(enrolled, province):
    copy = province.backup()
    for _ in range(3):
        enrolled.note(enrolled.first.code)
    enrolled.there_and_back(province)
    province.restore(copy)
    for _ in range(3):
        enrolled.note(enrolled.first.code)
        enrolled.there_and_back(province)
    both_hold_the_same(enrolled, province)


def test_what_such_a_province_has_lost_of_its_own_is_marked_and_hides_no_later_change(enrolled, province):
    enrolled.there_and_back(province)
    copy = province.backup()
    dossier_id = enrolled.first.dossier_id
    for text in ("Lần một", "Lần hai"):
        province.do("change", agency=AGENCY, dossier_id=dossier_id, members={"GhiChu": text})
    enrolled.note(enrolled.first.code)
    enrolled.there_and_back(province)
    assert enrolled.dossier(dossier_id).note == "Lần hai"
    province.restore(copy)
    for text in ("", "Sau đó"):
        if text:
            province.do("change", agency=AGENCY, dossier_id=dossier_id, members={"GhiChu": text})
        for _ in range(2):
            enrolled.note(enrolled.first.code)
            enrolled.there_and_back(province)
        here = enrolled.dossier(dossier_id)
        assert (here.note, here.attention) == (text, (WENT_BACK,))
    both_hold_the_same(enrolled, province)


def test_a_full_stick_says_so_and_loses_nothing(enrolled, province, monkeypatch):
    enrolled.note(enrolled.first.code)


    def _full(*_given, **_named):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(exchange, "sealed", _full)
    with pytest.raises(SurroundingsError, match="DISK_FULL"):
        enrolled.write()
    assert list(enrolled.stick.iterdir()) == []
    monkeypatch.undo()
    assert enrolled.there_and_back(province).sent == 1


def test_the_key_that_opens_answers_stands_in_no_setting(enrolled):
    with enrolled.database.read() as uow:
        told = json.dumps([uow.settings.get(f"stick/{enrolled.device}"), uow.settings.get(f"province/{enrolled.device}")])
    assert SEED.hex() not in told
