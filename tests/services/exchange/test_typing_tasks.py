"""What is typed twice: opened at the intake, handed over field by field, closed with the second code, by hand or by file."""

from __future__ import annotations

import csv
import json
import logging
from dataclasses import fields, replace

import pytest

from counter_app.domain.dossier import Applicant, ApplicantKind, Sex, Submitter
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.people import Actor, Role
from counter_app.domain.typing_map import FieldKind, FormField, Program, filled
from counter_app.domain.typing_task import TypingState
from counter_app.services.acts.endings import Withdraw
from counter_app.services.exchange.ministry_programs import programs
from counter_app.support.sheets import read_rows, write_rows
from tests.builders import CLERK, INSPECTOR, NOW, applicant, command, dossier, fake_desk
from tests.storage.samples import full_dossier

HEAD = Actor("u-0002", Role.HEAD)


@pytest.fixture
def desk():
    return fake_desk()


@pytest.fixture
def typing(desk):
    return desk.citizens.typing


def receive(desk, **changes):
    return desk.intake.receive(command(**{"fees": (), **changes}), CLERK).code


def states(desk):
    return [each.state for each in sorted(desk.state.typing_tasks.values(), key=lambda each: each.task_id)]


def exists(dossier, path):
    """Tell whether a path leads anywhere; what lies behind a member that is None can't be seen."""
    value = dossier
    for name in path.split("."):
        if value is None:
            return True
        if not hasattr(value, name):
            return False
        value = getattr(value, name)
    return True


def unknown_members(program, dossier):
    """Return the paths of a mapping that no dossier has: mistakes of whoever edited it."""
    paths = [path for each in program.fields for path in (each.member, each.otherwise) if path]
    return [path for path in paths if not exists(dossier, path)]


def test_shipped_mappings_name_members_that_dossiers_have():
    assert len(programs()) >= 2
    assert len({each.system for each in programs()}) == len(programs())
    for program in programs():
        assert unknown_members(program, full_dossier()) == []
        assert len(program.fields) >= 8
        assert any(each.text for each in filled(program, full_dossier()))


@pytest.mark.parametrize("path", ["applicant.fullname", "nobody", "applicant.full_name.x"])
def test_a_mistyped_member_is_found(path):
    assert unknown_members(Program("x", "X", (FormField("Họ tên", FieldKind.TEXT, path),)), full_dossier()) == [path]


@pytest.mark.parametrize(("field", "text"), [
    (FormField("", FieldKind.UPPER, "applicant.full_name"), "TRẦN THỊ VÍ DỤ"),
    (FormField("", FieldKind.DAY, "applicant.birth_date"), "15-03-1990"),
    (FormField("", FieldKind.DAY, "received_at"), "02-11-2026"),
    (FormField("", FieldKind.NUMBER, "applicant.phone"), "0900000012"),
    (FormField("", FieldKind.CHOICE, "applicant.sex", choices={"female": "Nữ"}), "Nữ"),
    (FormField("", FieldKind.CHOICE, "applicant.sex", choices={"male": "Nam"}), "female"),
    (FormField("", FieldKind.FIXED, value="Việt Nam"), "Việt Nam"),
    (FormField("", FieldKind.TEXT, "submitter.full_name", "applicant.full_name"), "Trần Thị Ví Dụ"),
    (FormField("", FieldKind.TEXT, "submitter.full_name"), ""),
    (FormField("", FieldKind.TEXT, "applicant.email"), "")])
def test_values_are_written_as_the_program_wants_them(field, text):
    assert filled(Program("x", "X", (field,), "%d-%m-%Y"), dossier())[0].text == text


def test_a_year_of_birth_stands_in_for_the_day_and_the_submitter_goes_first():
    program = programs()[0]
    known = dossier(
        applicant=Applicant(ApplicantKind.PERSON, "Lò Thị Thử", birth_year=1960, sex=Sex.FEMALE), submitter=Submitter("Lò Văn Mẫu", "012"))
    texts = {each.label: each.text for each in filled(program, known)}
    assert texts["Họ, chữ đệm, tên người yêu cầu"] == "LÒ VĂN MẪU"
    assert texts["Ngày, tháng, năm sinh"] == "1960"


def test_a_dossier_of_the_mapping_opens_a_task_and_others_do_not(desk, typing):
    code = receive(desk)
    receive(desk, procedure_code="2.000815")
    (line,) = typing.open_ones(CLERK)
    assert (line.code, line.task.system, line.task.opened_at) == (code, "civil_status", NOW)


def test_exceptions_are_not_typed():
    program = replace(programs()[0], exceptions=frozenset({"1.004873"}))
    assert not program.wants(dossier())
    assert replace(program, exceptions=frozenset()).wants(dossier())
    assert Program("x", "X", (), procedures=frozenset({"1.004873"})).wants(dossier(field_name="Khác"))


def test_a_dossier_that_ends_without_a_result_leaves_the_list(desk, typing):
    code = receive(desk)
    desk.life.endings.withdraw(Withdraw(code, "không cần nữa", papers_returned=True), CLERK)
    assert typing.open_ones(CLERK) == []
    assert states(desk) == [TypingState.DROPPED]


def test_the_hand_over_is_on_the_trail_and_nowhere_else(desk, typing, caplog):
    caplog.set_level(logging.DEBUG)
    receive(desk)
    handed = typing.hand_over(typing.open_ones(CLERK)[0].task.task_id, CLERK)
    assert [each.label for each in handed.fields] == [each.label for each in programs()[0].fields]
    assert "067190000123" in [each.text for each in handed.fields]
    last = desk.state.audit[-1]
    assert (last.action, last.details) == ("typing.handed_over", {"system": "civil_status"})
    for secret in ("067190000123", "TRẦN THỊ VÍ DỤ"):
        assert secret not in repr(handed), "a crash report would hold it"
        assert secret not in caplog.text
        assert secret not in str(last)


def test_the_second_code_belongs_to_the_dossier_and_ends_the_task(desk, typing):
    code = receive(desk)
    (line,) = typing.open_ones(CLERK)
    typing.done(line.task.task_id, "g15-20261120-0123", CLERK)
    assert typing.open_ones(CLERK) == []
    (task,) = desk.state.typing_tasks.values()
    assert (task.state, task.code, task.done_by, task.done_at) == (TypingState.DONE, "g15-20261120-0123", CLERK.user_id, NOW)
    (found,) = [each for each in desk.state.dossiers.values() if each.code == code]
    assert [(each.code, each.kind) for each in found.codes][1:] == [("G15-20261120-0123", "ministry")]
    with pytest.raises(RuleBrokenError, match="TASK_UNKNOWN"):
        typing.done(line.task.task_id, "", CLERK)


def test_a_number_of_another_shape_stays_with_the_task(desk, typing):
    receive(desk)
    typing.done(typing.open_ones(CLERK)[0].task.task_id, "KS 12/2026", CLERK)
    (known,) = desk.state.dossiers.values()
    assert len(known.codes) == 1
    assert [each.code for each in desk.state.typing_tasks.values()] == ["KS 12/2026"]
    receive(desk)
    with pytest.raises(RuleBrokenError, match="TEXT_TOO_LONG"):
        typing.done(typing.open_ones(CLERK)[0].task.task_id, "1" * 61, CLERK)


def test_a_code_that_is_taken_keeps_the_task_open(desk, typing):
    other, _ = receive(desk), receive(desk)
    lines = typing.open_ones(CLERK)
    with pytest.raises(RuleBrokenError, match="CODE_TAKEN"):
        typing.done(lines[1].task.task_id, other, CLERK)
    assert len(typing.open_ones(CLERK)) == 2


def test_it_can_be_done_without_a_code_or_dropped(desk, typing):
    receive(desk)
    receive(desk)
    first, second = typing.open_ones(CLERK)
    typing.done(first.task.task_id, " ", CLERK)
    typing.drop(second.task.task_id, CLERK)
    assert states(desk) == [TypingState.DONE, TypingState.DROPPED]


@pytest.mark.parametrize("kind", [".csv", ".xlsx", ".json"])
def test_a_file_for_the_program_holds_its_fields_and_its_answer_closes_the_tasks(desk, typing, tmp_path, kind):
    codes = [receive(desk), receive(desk, applicant=applicant(full_name="=Lò, \"Thử\""))]
    out = tmp_path / f"a{kind}"
    assert typing.export("civil_status", out, CLERK).count == 2
    read = {
        ".csv": lambda: list(csv.reader(out.read_text("utf-8-sig").splitlines())), ".xlsx": lambda: [row for _, row in read_rows(out)],
        ".json": lambda: [list(json.loads(out.read_text("utf-8"))[0]), *(list(x.values()) for x in json.loads(out.read_text("utf-8")))]}
    rows = read[kind]()
    assert list(rows[0]) == [each.label for each in programs()[0].fields]
    assert rows[2][2] == "=LÒ, \"THỬ\""
    answer = tmp_path / f"b{kind}"
    lines = [("code", "second_code"), *((code, f"G15.{n}") for n, code in enumerate(codes)), ("H36.50.05-261120-9999", "G15.x"), ("", "y")]
    if kind == ".xlsx":
        write_rows(answer, lines[0], lines[1:])
    elif kind == ".csv":
        answer.write_text("\n".join(map(",".join, lines)), "utf-8")
    else:
        answer.write_text(json.dumps([dict(zip(lines[0], line, strict=True)) for line in lines[1:]]), "utf-8")
    taken = typing.take_codes("civil_status", answer, HEAD)
    assert (taken.count, taken.unknown) == (2, ("H36.50.05-261120-9999",))
    assert typing.open_ones(CLERK) == []
    with pytest.raises(RuleBrokenError, match="NOTHING_TO_TYPE"):
        typing.export("civil_status", out, CLERK)


@pytest.mark.parametrize(("name", "data", "code"), [
    ("x.txt", b"", "FILE_KIND_UNKNOWN"), ("x.json", b"{", "TABLE_DAMAGED"), ("x.json", b"[1]", "TABLE_DAMAGED"),
    ("x.json", b"\xff", "TABLE_DAMAGED"), ("x.xlsx", b"no", "TABLE_DAMAGED"), ("x.csv", b"a,b\n1,2", "CODES_HEADER"),
    ("x.csv", b"", "CODES_HEADER")])
def test_a_file_that_is_none_is_a_sentence(typing, tmp_path, name, data, code):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(RuleBrokenError, match=code):
        typing.take_codes("civil_status", tmp_path / name, HEAD)


def test_who_may_not_is_refused(desk, typing, tmp_path):
    receive(desk)
    task = typing.open_ones(CLERK)[0].task.task_id
    for act in (lambda: typing.open_ones(INSPECTOR), lambda: typing.hand_over(task, INSPECTOR), lambda: typing.drop(task, INSPECTOR),
                lambda: typing.export("civil_status", tmp_path / "x.csv", INSPECTOR), lambda: typing.done(task, "", INSPECTOR),
                lambda: typing.take_codes("civil_status", tmp_path / "x.csv", CLERK)):
        with pytest.raises(RuleBrokenError, match="NOT_ALLOWED"):
            act()
    with pytest.raises(RuleBrokenError, match="PROGRAM_UNKNOWN"):
        typing.export("x", tmp_path / "x.csv", CLERK)
    assert len(fields(Program)) == 8


@pytest.mark.parametrize("second", ["{other}", "1" * 61, "😀"])
def test_a_number_that_can_not_be_taken_leaves_its_task_and_none_of_the_others(desk, typing, tmp_path, second):
    """A file is not broken off at a bad line: nobody could tell which numbers were read."""
    other, *codes = [receive(desk) for _ in range(4)]
    answer = tmp_path / "codes.json"
    numbers = ["G15.1", second.format(other=other), "G15.3"]
    answer.write_text(json.dumps([{"code": code, "second_code": number} for code, number in zip(codes, numbers, strict=True)]), "utf-8")
    taken = typing.take_codes("civil_status", answer, HEAD)
    assert (taken.count, taken.unknown, taken.refused) == (2, (), (codes[1],))
    assert [line.code for line in typing.open_ones(CLERK)] == [other, codes[1]]
    again = typing.take_codes("civil_status", answer, HEAD)
    assert (again.count, again.unknown, again.refused) == (0, (codes[0], codes[2]), (codes[1],))


def test_what_is_wrong_says_so_by_its_own_name(desk, typing, tmp_path):
    def refused(act):
        with pytest.raises(RuleBrokenError) as caught:
            act()
        return [(problem.code, problem.field) for problem in caught.value.problems]

    receive(desk)
    task = typing.open_ones(CLERK)[0].task.task_id
    assert refused(lambda: typing.done(task, "1" * 61, CLERK)) == [("TEXT_TOO_LONG", "second_code")]
    assert refused(lambda: typing.done("nobody", "", CLERK)) == [("TASK_UNKNOWN", None)]
    assert refused(lambda: typing.hand_over("nobody", CLERK)) == [("TASK_UNKNOWN", None)]
    assert refused(lambda: typing.drop("nobody", CLERK)) == [("TASK_UNKNOWN", None)]
    assert refused(lambda: typing.export(programs()[1].system, tmp_path / "x.csv", CLERK)) == [("NOTHING_TO_TYPE", None)]
    assert refused(lambda: typing.export("civil_status", tmp_path / "x.txt", CLERK)) == [("FILE_KIND_UNKNOWN", "out")]
    assert list(tmp_path.iterdir()) == []
