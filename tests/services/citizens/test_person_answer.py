"""What a person is told of what the desk holds about them: all of it, nobody else's, and on the trail."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.complaint import Complaint, ComplaintChannel
from counter_app.domain.dossier import Submitter
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.message import Message, MessageChannel, Occasion
from counter_app.domain.people import Actor, Role
from counter_app.services.citizens.person_answer import _number
from counter_app.services.citizens.person_content import FORM, person_content
from counter_app.services.citizens.person_data import collect
from counter_app.services.documents.forms import form_in_force
from counter_app.services.line.reading_back import PROVINCE
from counter_app.services.recording import write_audit
from tests.builders import CLERK, HEAD, INSPECTOR, NOW, applicant, command, fake_desk, profile
from tests.fakes import FakeFormPrinter

ADMINISTRATOR = Actor("u-0004", Role.ADMINISTRATOR)
HERS, HIS, OTHER = "067190000123", "067085000456", "067099000789"
HER, HIM = applicant(id_number=HERS), applicant(full_name="Nguyễn Văn Kín Đáo", id_number=HIS, phone="0911 111 111", address="Thôn Riêng Tư")
PERSONAL = (HIM.full_name, HIS, HIM.phone, HIM.address)


@pytest.fixture
def desk():
    """One dossier of hers, one of his that she brought, one of a third person that names neither."""
    made = fake_desk()
    made.hers = made.intake.receive(command(applicant=HER), CLERK)
    brought = Submitter("Trần Thị Ví Dụ", HERS, "0905 000 001", "vợ")
    made.his = made.intake.receive(command(applicant=HIM, submitter=brought), CLERK)
    made.third = made.intake.receive(command(applicant=applicant(id_number=OTHER)), CLERK)
    return made


def answer(desk, number, out, actor=HEAD, **more):
    desk.person_answers.write(number, out, actor, **more)
    return json.loads(out.read_text("utf-8"))


def data(desk, number):
    with desk.database.read() as uow:
        return collect(uow, number)


def test_everything_of_the_person_is_told(desk, tmp_path):
    with desk.database.write() as uow:
        uow.messages.add(Message("m1", desk.hers.dossier_id, Occasion.RECEIVED, MessageChannel.SMS, "0905 000 001", "Da nhan ho so", NOW, NOW))
        uow.complaints.add(Complaint("c1", desk.hers.dossier_id, NOW, ComplaintChannel.DESK, "Chờ quá lâu", date(2026, 12, 1), phone="0905 000 001"))
        uow.commit()
    told = answer(desk, HERS, tmp_path / "x.json")
    assert told["id_number"] == HERS
    assert [(row["code"], row["as"]) for row in told["dossiers"]] == [(desk.hers.code, "applicant"), (desk.his.code, "submitter")]
    held = told["dossiers"][0]["held"]
    assert (held["full_name"], held["address"], held["phone"]) == (HER.full_name, HER.address, HER.phone)
    assert {row["kind"] for row in told["papers"]} >= {"handed_in", "printed"}
    assert [(row["kind"], row["text"]) for row in told["contacts"]] == [("message_sms", "Da nhan ho so"), ("complaint", "Chờ quá lâu")]


@pytest.mark.parametrize("suffix", [".json", ".pdf"])
def test_nobody_else_is_told_of(desk, tmp_path, suffix):
    out = tmp_path / f"x{suffix}"
    desk.person_answers.write(HERS, out, HEAD)
    text = out.read_bytes().decode("utf-8", "replace")
    assert desk.third.code not in text
    content = person_content(data(desk, HERS), HERS, profile(), form_in_force(FORM, NOW.date()), NOW)
    for words in (text, json.dumps(content, ensure_ascii=False)):
        for secret in PERSONAL:
            assert secret not in words


def test_a_number_that_stands_only_in_what_happened_is_found(desk, tmp_path):
    """A correction changed the number: the old one still stands in the events, and is answered for."""
    with desk.database.write() as uow:
        dossier = uow.dossiers.get(desk.hers.dossier_id)
        uow.dossiers.update(replace(dossier, applicant=replace(dossier.applicant, id_number=OTHER)))
        uow.commit()
    told = answer(desk, HERS, tmp_path / "x.json")
    first = told["dossiers"][0]
    assert (first["code"], first["as"], first["held"]) == (desk.hers.code, "named", {})
    assert told["papers"] == []


def test_who_looked_and_where_it_went_is_told(desk, tmp_path):
    desk.dossiers.show(desk.hers.code, INSPECTOR)
    desk.dossiers.show(desk.third.code, INSPECTOR)
    with desk.database.write() as uow:
        ops = [event.op_id for event in uow.events.of_dossier(desk.hers.dossier_id)]
        uow.outbox.sending(ops)
        uow.outbox.settle(ops[0], "province_has", 1, {})
        uow.commit()
    told = answer(desk, HERS, tmp_path / "x.json")
    looks = [(row["who"], row["act"]) for row in told["looks"] if row["kind"] == "look"]
    assert looks == [("Vũ Thị Thực Hành", "dossier.shown")]
    assert {row["code"] for row in told["looks"]} == {desk.hers.code, desk.his.code}
    assert told["given_to"] == [{"code": desk.hers.code, "kind": "province", "to": "", "records": 1}]


def test_what_the_province_did_is_told_as_its_work_on_the_dossier(desk):
    with desk.database.write() as uow:
        write_audit(uow, NOW, PROVINCE.user_id, "province.dossier.extended", desk.hers.dossier_id, {})
        uow.commit()
    content = person_content(data(desk, HERS), HERS, profile(), form_in_force(FORM, NOW.date()), NOW)
    words = json.dumps(content, ensure_ascii=False, default=str)
    assert "Hệ thống của tỉnh" in words
    assert '"province"' not in words
    assert "thiết lập" not in words


def test_the_answer_is_on_the_trail_of_each_dossier_and_without_the_number(desk, tmp_path):
    answer(desk, HERS, tmp_path / "x.json")
    entries = [entry for entry in desk.state.audit if entry.action == "person.exported"]
    assert [entry.subject for entry in entries] == [desk.hers.dossier_id, desk.his.dossier_id]
    assert {entry.user_id for entry in entries} == {HEAD.user_id}
    assert HERS not in repr(entries)
    assert answer(desk, HERS, tmp_path / "y.json")["looks"][-1]["act"] == "person.exported", "the next answer tells of this one"


@pytest.mark.parametrize(("actor", "may"), [(CLERK, False), (INSPECTOR, False), (HEAD, True), (ADMINISTRATOR, True)])
def test_who_leads_or_runs_the_desk_answers(desk, tmp_path, actor, may):
    if may:
        assert answer(desk, HERS, tmp_path / "x.json", actor)["dossiers"]
        return
    with pytest.raises(RuleBrokenError) as error:
        desk.person_answers.write(HERS, tmp_path / "x.json", actor)
    assert error.value.code == "NOT_ALLOWED"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("number", "name", "code"), [
    ("067190000124", "x.json", "PERSON_UNKNOWN"), ("06719", "x.json", "PERSON_NUMBER"), ("%%%%%%%%", "x.json", "PERSON_NUMBER"),
    ("Trần Thị Ví Dụ", "x.json", "PERSON_NUMBER"), ("", "x.json", "PERSON_NUMBER"), (HERS, "x.xlsx", "FILE_KIND_UNKNOWN"),
])
def test_only_a_whole_number_is_answered(desk, tmp_path, number, name, code):
    with pytest.raises(RuleBrokenError) as error:
        desk.person_answers.write(number, tmp_path / name, HEAD)
    assert error.value.code == code
    assert list(tmp_path.iterdir()) == []
    assert not any(entry.action == "person.exported" for entry in desk.state.audit)


def test_an_agent_of_many_needs_a_second_person(tmp_path):
    desk = fake_desk(second_person_from=2)
    for _ in range(2):
        desk.intake.receive(command(applicant=HER), CLERK)
    with pytest.raises(RuleBrokenError) as error:
        desk.person_answers.write(HERS, tmp_path / "x.json", HEAD)
    assert error.value.code == "SECOND_NEEDED"


@given(st.text(max_size=24))
def test_no_text_becomes_a_pattern(text):
    number, code = "", ""
    try:
        number = _number(text)
    except RuleBrokenError as error:
        code = error.code
    assert (code == "PERSON_NUMBER") != (number.isascii() and number.isalnum())


def test_the_pdf_says_how_long_and_what_may_be_asked(desk, tmp_path):
    printer = FakeFormPrinter()
    made = fake_desk(forms=printer)
    made.intake.receive(command(applicant=HER), CLERK)
    content = person_content(data(made, HERS), HERS, profile(), form_in_force(FORM, NOW.date()), NOW)
    words = json.dumps(content, ensure_ascii=False)
    assert "91/2025/QH15" in content["legal_reference"]
    assert "đính chính" in words
    assert "{" not in "".join(line for part in content["body"] for line in part.get("text", ()))
    assert all(len(row) == len(part["table"]["columns"]) for part in content["body"] if "table" in part for row in part["table"]["rows"])
