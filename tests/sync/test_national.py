"""A province that speaks only the national record: each dossier once, in order, and only what was answered for is shown as arrived."""

import sys
from dataclasses import replace
from itertools import count

import pytest

from counter_app.domain.digitised import FiledFile, FileTarget
from counter_app.domain.errors import RuleBrokenError, SurroundingsError
from counter_app.services.acts.hand_overs import HandOverDossiers
from counter_app.services.acts.notes_ratings import AddNote
from counter_app.services.acts.steps import CompleteStep
from counter_app.services.acts.supplements import RequestSupplement
from counter_app.services.desk.settings import profile_key
from counter_app.services.line.province import NATIONAL, NationalTicket, Terms, read_ticket
from counter_app.services.repositories.uploads import VERIFIED
from counter_app.sync.national import delivery
from counter_app.sync.national.client import NationalClient
from counter_app.sync.national.portal import PortalSystem
from tests.builders import CLERK, HEAD
from tests.services.killing import STRIDE, Wrapped, killed
from tests.sync.lines import Line
from tests.sync.portal_server import PASSWORD, UNIT, USER, PortalServer


@pytest.fixture
def server():
    running = PortalServer()
    yield running
    running.close()


@pytest.fixture
def client(line):
    return NationalClient(
        line.database, line.clock, line.desk.settings, folder=line.folder / "state", store=line.store, sleep=line.waits.append, share=lambda: 1.0)


def ticket(server, **changes):
    return NationalTicket(**{"base_url": server.url, "unit": UNIT, "user": USER, "password": PASSWORD, **changes})


@pytest.fixture
def enrolled(line, client, server):
    """A desk that has one dossier and is enrolled."""
    line.first = line.take_in()
    client.enrol(ticket(server))
    return line


def states(line):
    return [state for _, state in line.ops()]


def codes(error):
    return [problem.code for problem in error.value.problems]


def test_a_ticket_of_this_kind_is_an_account():
    value = {"system": "national", "base_url": "https://tinh.example/api", "unit": UNIT, "user": USER, "password": PASSWORD}
    assert read_ticket(value) == NationalTicket("https://tinh.example/api", UNIT, USER, PASSWORD)
    with pytest.raises(RuleBrokenError) as error:
        read_ticket({**value, "password": ""})
    assert codes(error) == ["TICKET_DAMAGED"]


def test_enrolling_logs_in_and_says_what_kind_it_is(line, client, server):
    relation = client.enrol(ticket(server))
    assert (relation.system, relation.agency) == (NATIONAL, UNIT)
    assert server.sessions == 1


@pytest.mark.parametrize(("changes", "code"), [
    ({"password": "khac"}, "PORTAL_ACCOUNT"), ({"unit": "H99.99.99"}, "ENROL_AGENCY"), ({"base_url": "http://127.0.0.1:9"}, "NO_CONTACT"),
])
def test_an_account_that_does_not_work_is_told_and_not_kept(line, client, server, changes, code):
    with pytest.raises((RuleBrokenError, SurroundingsError)) as error:
        client.enrol(ticket(server, **changes))
    assert codes(error) == [code]
    assert line.relation() is None


def test_a_dossier_is_created_once_and_then_brought_up_to_date(enrolled, client, server):
    enrolled.note(enrolled.first.code)
    standing = client.run(60)
    assert (standing.pending, standing.troubles) == (0, ())
    assert set(states(enrolled)) == {"province_has"}
    assert list(server.records) == [enrolled.first.code]
    assert len(server.history) == len(enrolled.ops())
    assert server.asked.count("TraCuuHoSo") == 1


def test_a_record_arrives_as_the_desk_has_it(enrolled, client, server):
    client.run(60)
    last = enrolled.ops()[-1][0]["ho_so"]
    assert server.records[enrolled.first.code] == last


def test_i23_each_record_goes_on_with_the_status_of_its_op_and_no_other(enrolled, client, server):
    life = enrolled.desk.life
    life.hand_overs.hand_over(HandOverDossiers((enrolled.first.code,), "Tư pháp", "Trần Văn Mẫu"), CLERK)
    life.supplements.request(RequestSupplement(enrolled.first.code, ("Tờ khai",), "thiếu"), CLERK)
    client.run(60)
    told = [op["ho_so"]["TrangThaiHoSo"] for op, _ in enrolled.ops()]
    assert [status for _, status in server.history] == told
    assert ("5" in told, "9" in told) == (True, False), "an open supplement is an open supplement"


@pytest.fixture
def few(monkeypatch):
    """So few ops are looked at in one go that any backlog needs several."""
    monkeypatch.setattr(delivery, "AT_ONCE", 2)


def test_a_backlog_of_any_length_is_sent_in_one_pass(enrolled, client, server, few):
    others = [enrolled.take_in() for _ in range(3)]
    enrolled.note(enrolled.first.code)
    end = client.once(Terms())
    assert set(states(enrolled)) == {"province_has"}
    assert (end.trouble, end.sent) == (None, len(enrolled.ops()))
    assert set(server.records) == {enrolled.first.code, *(each.code for each in others)}


def test_dossiers_that_wait_for_an_official_code_hold_no_other_up(enrolled, client, server, few):
    client.run(60)
    with enrolled.database.write() as uow:
        key = profile_key(enrolled.device)
        uow.settings.put(key, {**uow.settings.get(key), "provisional": True})
        uow.commit()
    waiting = [enrolled.take_in() for _ in range(3)]
    assert all(each.code.startswith("TAM-") for each in waiting)
    enrolled.note(enrolled.first.code)
    client.run(60)
    told = {op["dossier_id"] for op, state in enrolled.ops() if state == "province_has"}
    left = {op["dossier_id"] for op, state in enrolled.ops() if state == "saved"}
    assert (told, left) == ({enrolled.first.dossier_id}, {each.dossier_id for each in waiting})
    assert set(server.records) == {enrolled.first.code}


def test_a_step_is_a_row_of_progress(enrolled, client, server):
    enrolled.desk.life.steps.complete(CompleteStep(enrolled.first.code, "Đã kiểm tra hồ sơ"), CLERK)
    client.run(60)
    [row] = server.rows
    assert row["MaHoSo"] == enrolled.first.code
    assert row["NoiDungXuLy"] == "Đã kiểm tra hồ sơ"


def done(line, text):
    return line.desk.life.steps.complete(CompleteStep(line.first.code, text), CLERK)


@pytest.mark.parametrize("fault", ["before", "after", "half", "busy", "over"])
@pytest.mark.parametrize("at", range(3))
def test_a_row_of_progress_arrives_once_whatever_the_line_does(enrolled, client, server, fault, at):
    client.run(60)
    done(enrolled, "Đã kiểm tra hồ sơ")
    server.wrong = [""] * at + [fault]
    client.run(600)
    assert [row["NoiDungXuLy"] for row in server.rows] == ["Đã kiểm tra hồ sơ"]


def test_a_busy_system_is_left_alone_for_as_long_as_it_asks(enrolled, client, server):
    server.wrong = ["later"]
    end = client.once(Terms())
    assert (end.trouble.code, end.lasting, end.retry_after) == ("PROVINCE_BUSY", False, 77.0)
    server.wrong = ["later", "busy"]
    enrolled.waits.clear()
    assert client.run(600).pending == 0
    assert enrolled.waits[0] >= 77.0 > enrolled.waits[1]


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_a_program_that_is_killed_before_it_hears_the_answer_sends_no_row_twice(enrolled, client, server):
    client.run(60)
    for text in ("Đã kiểm tra hồ sơ", "Đã trình ký"):
        done(enrolled, text)
    enrolled.close()

    def opened(bomb):
        again = Line(enrolled.folder, made=False, guard=enrolled.desk.guard)
        return NationalClient(Wrapped(again.database, bomb), again.clock, again.desk.settings, folder=again.folder / "state")

    steps = count(1, STRIDE)
    while killed(opened, lambda each: each.run(60), next(steps)):
        pass
    assert sorted(row["NoiDungXuLy"] for row in server.rows) == ["Đã kiểm tra hồ sơ", "Đã trình ký"]
    assert set(states(Line(enrolled.folder, made=False, guard=enrolled.desk.guard))) == {"province_has"}


def test_a_system_that_tells_no_progress_gets_every_row_at_least_once(enrolled, client, server):
    client.run(60)
    server.tells_rows = False
    done(enrolled, "Đã kiểm tra hồ sơ")
    server.wrong = ["", "after"]
    client.run(600)
    assert {row["NoiDungXuLy"] for row in server.rows} == {"Đã kiểm tra hồ sơ"}
    assert set(states(enrolled)) == {"province_has"}


@pytest.mark.parametrize("told", [None, 7, {}, [], [7], [{"DanhSachTienDo": None}], [{"DanhSachTienDo": 7}], [{"DanhSachTienDo": [7, {}]}]])
def test_a_look_up_in_any_other_shape_shows_no_row(enrolled, server, monkeypatch, told):
    monkeypatch.setattr(server, "look_up", lambda _body: {"error_code": "00", "result": told})
    system = PortalSystem(ticket(server), lambda: 5.0)
    try:
        assert system.shows("H36.50.05-261120-0001", {"NoiDungXuLy": "x"}) is False
    finally:
        system.close()


@pytest.mark.parametrize("fault", ["before", "after", "half", "nonsense", "portal", "busy", "over"])
@pytest.mark.parametrize("at", range(4))
def test_whatever_the_line_does_each_dossier_arrives_once(enrolled, client, server, fault, at):
    second = enrolled.take_in()
    enrolled.note(enrolled.first.code)
    server.wrong = [""] * at + [fault]
    client.run(600)
    assert set(states(enrolled)) == {"province_has"}
    assert set(server.records) == {enrolled.first.code, second.code}
    assert server.records[enrolled.first.code] == [op["ho_so"] for op, _ in enrolled.ops() if op["dossier_id"] == enrolled.first.dossier_id][-1]


def test_nothing_is_shown_as_arrived_before_it_was_answered_for(enrolled, client, server):
    server.wrong = ["after"] * 50
    end = client.once(Terms())
    assert not any(state == "province_has" for state in states(enrolled))
    assert end.trouble is not None


def test_a_refused_dossier_waits_for_a_person_and_the_others_go_on(enrolled, client, server):
    second = enrolled.take_in()
    server.refused = {enrolled.first.code}
    standing = client.run(60)
    assert set(server.records) == {second.code}
    assert {each.dossier_code for each in standing.troubles} == {enrolled.first.code}
    assert enrolled.dossier(enrolled.first.dossier_id).attention == ("province",)


def test_a_later_record_that_is_taken_settles_what_was_refused(enrolled, client, server):
    server.refused = {enrolled.first.code}
    client.run(60)
    server.refused = set()
    enrolled.note(enrolled.first.code)
    standing = client.run(60)
    assert standing.troubles == ()
    assert set(states(enrolled)) == {"province_has"}
    assert enrolled.dossier(enrolled.first.dossier_id).attention == ()


def test_a_wrong_record_is_never_sent(enrolled, client, server, monkeypatch):
    monkeypatch.setattr("counter_app.sync.national.delivery.faults", lambda _record: ("ChuHoSo",))
    standing = client.run(60)
    assert server.records == {}
    assert {each.problem.code for each in standing.troubles} == {"REJECTED_INCOMPLETE"}
    assert standing.troubles[0].problem.params["field"] == "ChuHoSo"


def test_a_file_goes_after_the_facts_and_its_link_into_the_record(enrolled, client, server):
    sha256 = enrolled.file(enrolled.first, b"%PDF-1.7 a")
    filed = FiledFile(
        "f1", FileTarget.COMPONENT, "TP01", "Tờ khai", sha256, 10, 1, "1.pdf", enrolled.clock.now(), "u-0001")
    with enrolled.database.write() as uow:
        uow.dossiers.update(replace(uow.dossiers.get(enrolled.first.dossier_id), files=(filed,)))
        uow.commit()
    enrolled.note(enrolled.first.code)
    standing = client.run(60)
    assert (standing.files, standing.uploaded) == (0, 1)
    assert list(server.files.values()) == [b"%PDF-1.7 a"]
    [paper] = server.records[enrolled.first.code]["TaiLieuNop"]
    assert paper["DuongDanTaiTepTin"] == "/tep/1"


def test_a_file_that_is_not_taken_stops_no_other(enrolled, client, server):
    refused = enrolled.file(enrolled.first, b"%PDF-1.7 a")
    enrolled.file(enrolled.first, b"%PDF-1.7 b")
    with enrolled.database.read() as uow:
        server.refused = {uow.uploads.due().filename}
    standing = client.run(60)
    assert len(server.files) == 1
    assert [each.kind for each in standing.troubles] == ["file"]
    assert refused


def test_a_file_of_a_refused_dossier_arrives_and_its_link_waits_for_the_next_record(enrolled, client, server):
    sha256 = enrolled.file(enrolled.first, b"%PDF-1.7 a")
    server.refused = {enrolled.first.code}
    standing = client.run(60)
    assert {each.dossier_code for each in standing.troubles} == {enrolled.first.code}
    assert (standing.uploaded, standing.files, server.records) == (1, 0, {})
    with enrolled.database.read() as uow:
        assert uow.uploads.get(sha256).state == VERIFIED
    server.refused = set()
    enrolled.note(enrolled.first.code)
    assert client.run(60).troubles == ()
    assert set(server.records) == {enrolled.first.code}


def test_a_link_that_is_refused_stops_no_other_file(enrolled, client, server):
    client.run(60)
    enrolled.file(enrolled.first, b"%PDF-1.7 a")
    enrolled.file(enrolled.first, b"%PDF-1.7 b")
    server.refused = {enrolled.first.code}
    standing = client.run(60)
    assert (standing.uploaded, standing.files, standing.troubles) == (2, 0, ())


def test_nothing_of_a_file_stays_in_the_clear(enrolled, client, server):
    enrolled.file(enrolled.first, b"%PDF-1.7 a")
    client.run(60)
    assert not any((enrolled.folder / "state" / "outgoing").iterdir())
    client.tidy()
    assert not (enrolled.folder / "state" / "outgoing").exists()


def test_a_changed_password_stops_the_line_with_a_sentence(enrolled, client, server, monkeypatch):
    monkeypatch.setattr("tests.sync.portal_server.PASSWORD", "moi")
    standing = client.run(60)
    assert [each.problem.code for each in standing.troubles] == ["PORTAL_ACCOUNT"]
    assert enrolled.waits == []
    assert standing.pending > 0


def test_a_new_password_is_given_by_enrolling_again_and_an_account_that_works_stays(enrolled, client, server, monkeypatch):
    with pytest.raises(RuleBrokenError) as error:
        client.enrol(ticket(server))
    assert codes(error) == ["ENROLLED_ALREADY"]
    monkeypatch.setattr("tests.sync.portal_server.PASSWORD", "moi")
    client.run(60)
    client.enrol(ticket(server, password="moi"))
    assert client.run(60).pending == 0


def test_there_is_no_journal_to_compare_with(enrolled, client):
    for call in (client.reconcile, lambda: client.period(enrolled.clock.now().date(), enrolled.clock.now().date())):
        with pytest.raises(RuleBrokenError) as error:
            call()
        assert codes(error) == ["NATIONAL_NO_JOURNAL"]


def test_notes_of_one_dossier_keep_their_order(enrolled, client, server):
    for text in ("một", "hai", "ba"):
        enrolled.desk.life.notes.note(AddNote(enrolled.first.code, text), HEAD)
    client.run(60)
    sent = [code for code, _ in server.history]
    assert sent == [enrolled.first.code] * len(enrolled.ops())


@pytest.mark.parametrize("told", [
    {"error_code": "12\ud800", "message": "\ud800\x00"}, {"error_code": ["x" * 5000], "message": {"a": "b"}}, {"error_code": None, "message": 7}])
def test_a_refusal_in_whatever_words_is_one_dossier_s_and_the_others_go_on(enrolled, client, server, monkeypatch, told):
    other, taken = enrolled.take_in(), server.take
    monkeypatch.setattr(server, "take", lambda body: told if body["data"][0]["MaHoSo"] == enrolled.first.code else taken(body))
    found = client.run(60)
    assert [each.dossier_code for each in found.troubles] == [enrolled.first.code] * len(found.troubles) != []
    assert list(server.records) == [other.code]
    assert enrolled.relation()["stopped"] == ""


@pytest.mark.parametrize("session", ["\ud800", "a\r\nb", "x" * 5000, ["s"], None])
def test_a_session_that_can_t_be_said_again_is_none(enrolled, client, server, monkeypatch, session):
    monkeypatch.setattr(server, "log_in", lambda _body: {"error_code": "00", "session": session})
    assert client.once(Terms()).trouble.code == "PORTAL_ACCOUNT"
    assert "province_has" not in states(enrolled)
