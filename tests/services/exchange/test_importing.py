"""Older dossiers from files: good lines kept, bad ones listed, any bytes survived, and out again without loss."""

import json
import random
import resource
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.domain.dossier import Status
from counter_app.domain.errors import RuleBrokenError, SurroundingsError, failed
from counter_app.domain.moments import local
from counter_app.services.exchange.older_dossiers import ClosedAs
from counter_app.services.ports import ListFilter
from counter_app.storage import open_database
from counter_app.support.messages import sentence
from counter_app.support.sheets import read_rows
from tests.builders import CLERK, HEAD, INSPECTOR, command, fake_desk, prepare
from tests.examples import examples
from tests.quick import new_database

ROOT = Path(__file__).resolve().parents[3]
FULL = {
    "code": "H36.50.05-261102-0001", "field": "Hộ tịch", "procedure_code": "1.004873", "channel": "postal",
    "received_at": "2026-11-02T08:00:00",
    "due_history": [{"set_at": "2026-11-02T08:00:00", "due_at": "2026-11-05T08:00:00"},
                    {"set_at": "2026-11-06T08:00:00", "due_at": "2026-11-12T08:00:00"}],
    "closed_at": "2026-11-11T16:00:00", "closed_as": "returned", "supplement_open_from": "2026-11-03T09:00:00",
    "supplement_open_to": "2026-11-06T08:00:00",
    "applicant": {"full_name": "Trần Thị Ví Dụ", "id_number": "067190000123", "phone": "0900 000 012", "address": "Thôn Mẫu 3"},
}
BARE = {"code": "H36.50.05-261102-0002", "received_at": "2026-11-02T08:00:00"}


def write(folder, *lines, name="older.jsonl"):
    path = folder / name
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    return path


def run(folder, *lines, desk=None):
    desk = desk or fake_desk()
    return desk, desk.importing.run(write(folder, *lines), HEAD)


def bad_of(done):
    return [(bad.line, [(problem.code, problem.field) for problem in bad.problems]) for bad in done.bad]


def test_a_whole_line_becomes_a_dossier(tmp_path):
    desk, done = run(tmp_path, FULL)
    kept = next(iter(desk.state.dossiers.values()))
    assert (done.kept, done.bad, done.changes.names) == (1, (), {"dossiers"})
    assert (kept.status, kept.procedure_name, kept.field_name, kept.place) == (Status.RETURNED, "Xác nhận tình trạng hôn nhân", "Hộ tịch", None)
    assert (kept.due_at, kept.finished_at, kept.returned_at) == (local(2026, 11, 12, 8), local(2026, 11, 11, 16), local(2026, 11, 11, 16))
    assert (kept.applicant.full_name, kept.supplement_count, kept.entered_later) == ("Trần Thị Ví Dụ", 1, "Nhập từ hồ sơ cũ")
    assert [(code.code, code.kind) for code in kept.codes] == [(FULL["code"], "imported")]


def test_a_bare_line_is_enough(tmp_path):
    desk, done = run(tmp_path, BARE)
    kept = next(iter(desk.state.dossiers.values()))
    assert (done.kept, kept.status, kept.due_at, kept.applicant.full_name) == (1, Status.PROCESSING, None, "")
    assert desk.dossiers.show(BARE["code"].lower(), CLERK).dossier == kept


def test_an_import_is_local_and_takes_no_place_in_the_book(tmp_path):
    desk, _ = run(tmp_path, FULL, BARE)
    assert [(event.type, event.lane, event.ho_so) for event in desk.state.events] == [("dossier.imported", None, None)] * 2
    assert (desk.state.outbox, desk.state.lines, desk.state.numbers) == ({}, {}, [])
    assert desk.state.events[0].facts == FULL
    assert [(entry.action, entry.details) for entry in desk.state.audit] == [("dossiers.imported", {"kept": 2, "bad": 0, "last_line": 2})]


@pytest.mark.parametrize(("closed_as", "status", "queue"), [
    ("result_ready", Status.RESULT_READY, ListFilter.RESULT_WAITING), ("returned", Status.RETURNED, ListFilter.RETURNED),
    ("refused", Status.NOT_ACCEPTED, None), ("withdrawn", Status.WITHDRAWN, None), ("halted", Status.HALTED, None),
    (None, Status.RETURNED, ListFilter.RETURNED)])
def test_how_it_was_closed_decides_where_it_stands(tmp_path, closed_as, status, queue):
    desk, _ = run(tmp_path, {**FULL, "closed_as": closed_as})
    assert next(iter(desk.state.dossiers.values())).status is status
    assert queue is None or desk.dossiers.list(queue, HEAD).total == 1
    assert desk.dossiers.list(ListFilter.OVERDUE, HEAD).total == 0


def test_an_open_supplement_waits(tmp_path):
    desk, _ = run(tmp_path, {**FULL, "closed_at": None, "closed_as": None, "supplement_open_to": None})
    assert desk.dossiers.list(ListFilter.SUPPLEMENT_OPEN, HEAD).total == 1
    assert desk.dossiers.list(ListFilter.OVERDUE, HEAD).total == 0


def test_an_open_one_past_its_day_is_overdue(tmp_path):
    desk, _ = run(tmp_path, {**FULL, "closed_at": None, "closed_as": None})
    assert desk.dossiers.list(ListFilter.OVERDUE, HEAD).total == 1


@pytest.mark.parametrize(("change", "code", "field"), [
    ({"code": None}, "JSON_MISSING", "code"),
    ({"code": "số 5"}, "CODE_UNREADABLE", "code"),
    ({"received_at": None}, "JSON_MISSING", "received_at"),
    ({"received_at": "02/11/2026"}, "TIME_UNREADABLE", "received_at"),
    ({"received_at": "2027-01-01T08:00"}, "MOMENT_IN_FUTURE", "received_at"),
    ({"received_at": "1970-01-01T08:00"}, "RECEIVED_TOO_EARLY", "received_at"),
    ({"channel": "fax"}, "JSON_CHOICE", "channel"),
    ({"closed_as": "lost"}, "JSON_CHOICE", "closed_as"),
    ({"closed_at": None}, "CLOSED_AT_MISSING", "closed_at"),
    ({"closed_at": "2026-11-01T08:00:00"}, "BEFORE_RECEIPT", "closed_at"),
    ({"closed_at": "2099-11-01T08:00:00"}, "MOMENT_IN_FUTURE", "closed_at"),
    ({"supplement_open_from": None}, "SUPPLEMENT_END_ALONE", "supplement_open_to"),
    ({"supplement_open_to": "2026-11-02T09:00:00"}, "SUPPLEMENT_END_ALONE", "supplement_open_to"),
    ({"due_history": [{"set_at": "2026-11-02T08:00:00", "due_at": "2026-11-01T08:00:00"}]}, "BEFORE_RECEIPT", "due_history"),
    ({"due_history": [{"due_at": "2026-11-05T08:00:00"}]}, "JSON_MISSING", "due_history.0.set_at"),
    ({"due_history": FULL["due_history"][::-1]}, "DUE_HISTORY_ORDER", "due_history"),
    ({"due_history": FULL["due_history"][:1] * 101}, "LIST_TOO_LONG", "due_history"),
    ({"due_history": 5}, "JSON_NOT_LIST", "due_history"),
    ({"applicant": "Trần"}, "JSON_NOT_OBJECT", "applicant"),
    ({"applicant": {"full_name": "x" * 301}}, "TEXT_TOO_LONG", "applicant.full_name"),
    ({"applicant": {"full_name": "😀"}}, "TEXT_UNPRINTABLE", "applicant.full_name"),
    ({"applicant": {"name": "A"}}, "JSON_UNKNOWN_MEMBER", "applicant.name"),
    ({"status": "x"}, "JSON_UNKNOWN_MEMBER", "status"),
])
def test_a_bad_line_is_named_and_nothing_of_it_is_kept(tmp_path, change, code, field):
    desk, done = run(tmp_path, BARE, {**FULL, **change})
    assert (code, field) in bad_of(done)[0][1]
    assert (done.kept, len(done.bad), done.bad[0].line) == (1, 1, 2)
    assert [kept.code for kept in desk.state.dossiers.values()] == [BARE["code"]]
    assert len(desk.state.events) == 1
    assert all(sentence(problem, "en") != problem.code for problem in done.bad[0].problems)


@pytest.mark.parametrize("line", ["{bad", "[", '"text"', "null", "NaN", '{"code": NaN}', "[" * 5000, '"\\ud800"', "{}{}", "\x00", "tru"])
def test_what_is_no_line_is_a_bad_one(tmp_path, line):
    _, done = run(tmp_path, FULL, line, BARE)
    assert (done.kept, [bad.line for bad in done.bad]) == (2, [2])


def test_bytes_that_are_no_text_are_a_bad_line_and_a_mark_at_the_start_is_none(tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(BARE).encode() + b"\r\n\xff\xfe{}\n\n" + json.dumps(FULL).encode("utf-16") + b"\n" + json.dumps(FULL).encode())
    done = fake_desk().importing.run(path, HEAD)
    assert done.kept == 2
    assert done.bad[0].line == 2


def test_a_line_without_end_is_one_bad_line_in_little_memory(tmp_path):
    path = tmp_path / "x.jsonl"
    with path.open("w") as file:
        file.write(json.dumps(BARE) + "\n")
        for _ in range(40):
            file.write('{"a": "' + "x" * 100_000)
        file.write("\n" + json.dumps(FULL) + "\n")
    done = fake_desk().importing.run(path, HEAD)
    assert (done.kept, [bad.line for bad in done.bad]) == (2, [2])


def test_a_code_comes_once(tmp_path):
    desk, done = run(tmp_path, FULL, BARE, {**BARE, "code": FULL["code"].lower()})
    assert bad_of(done) == [(3, [("CODE_KNOWN", "code")])]
    again = desk.importing.run(write(tmp_path, BARE, {**BARE, "code": "H36.50.05-261102-0003"}), HEAD)
    assert (again.kept, bad_of(again)) == (1, [(1, [("CODE_KNOWN", "code")])])


def test_codes_of_received_dossiers_are_known_too(tmp_path):
    desk = fake_desk()
    received = desk.intake.receive(command(), CLERK)
    _, done = run(tmp_path, {**BARE, "code": received.code}, desk=desk)
    assert bad_of(done) == [(1, [("CODE_KNOWN", "code")])]


def test_an_imported_code_is_never_issued_again(tmp_path):
    desk, _ = run(tmp_path, {**BARE, "code": "H36.50.05-261120-0001"})
    assert desk.intake.receive(command(), CLERK).code == "H36.50.05-261120-0002"


def many(folder, count=1200, **changes):
    """A file of bare lines; ``changes`` are lines by their number."""
    lines = {number: {**BARE, "code": f"H36.50.05-261102-{number:04d}"} for number in range(1, count + 1)}
    return write(folder, *(lines | {int(name[1:]): line for name, line in changes.items()}).values())


def trail(desk):
    return [tuple(entry.details[name] for name in ("kept", "bad", "last_line")) for entry in desk.state.audit]


def test_some_hundred_lines_make_a_transaction(tmp_path):
    desk = fake_desk()
    before = desk.database.writes
    done = desk.importing.run(many(tmp_path, _7="{bad", _900={**BARE, "code": "H36.50.05-261102-0001"}), HEAD)
    assert (done.kept, bad_of(done)) == (1198, [(7, [("LINE_DAMAGED", None)]), (900, [("CODE_KNOWN", "code")])])
    assert desk.database.writes - before == 3
    assert trail(desk) == [(499, 1, 500), (499, 1, 1000), (200, 0, 1200)]


def test_others_write_between_two_transactions(tmp_path):
    desk, received = fake_desk(), []
    desk.importing.run(many(tmp_path), HEAD, lambda kept: received.append(desk.intake.receive(command(), CLERK).code) or True)
    assert len(set(received)) == 3


def test_stopping_keeps_what_was_kept(tmp_path):
    desk, path, told = fake_desk(), many(tmp_path), []
    with pytest.raises(RuleBrokenError) as stopped:
        desk.importing.run(path, HEAD, lambda kept: told.append(kept) or kept < 1000)
    assert [(problem.code, dict(problem.params)) for problem in stopped.value.problems] == [
        ("IMPORT_CANCELLED", {}), ("IMPORT_BROKEN_OFF", {"count": 1000})]
    assert (told, len(desk.state.dossiers), len(desk.state.events)) == ([500, 1000], 1000, 1000)
    assert all(sentence(problem, lang) != problem.code for problem in stopped.value.problems for lang in ("vi", "en"))


def test_an_import_that_broke_off_goes_on_with_the_same_file(tmp_path):
    desk, path = fake_desk(), many(tmp_path)

    def fail_at_the_third(uow):
        if len(uow.state.dossiers) > 1000:
            raise failed("DISK_FULL", path="desk.db")

    desk.database.before_commit = fail_at_the_third
    with pytest.raises(SurroundingsError) as refused:
        desk.importing.run(path, HEAD)
    assert [problem.code for problem in refused.value.problems] == ["DISK_FULL", "IMPORT_BROKEN_OFF"]
    assert len(desk.state.dossiers) == len(desk.state.events) == 1000, "nothing is half kept"
    desk.database.before_commit = None
    again = desk.importing.run(path, HEAD)
    assert (again.kept, [bad.line for bad in again.bad]) == (200, list(range(1, 1001)))
    assert {bad.problems[0].code for bad in again.bad} == {"CODE_KNOWN"}


def test_an_import_that_kept_nothing_says_only_what_is_wrong(tmp_path):
    desk = fake_desk()
    desk.database.fault = failed("DISK_FULL", path="desk.db")
    with pytest.raises(SurroundingsError) as refused:
        desk.importing.run(many(tmp_path, 10), HEAD)
    assert [problem.code for problem in refused.value.problems] == ["DISK_FULL"]


def test_a_killed_import_keeps_whole_lines_and_can_be_run_again(tmp_path):
    desk, path = real_desk(tmp_path), many(tmp_path, 2000)
    desk.database.close()
    probe = ("import os, sys; from pathlib import Path; from tests.services.exchange.test_importing import HEAD, reopened\n"
             "reopened(Path(sys.argv[1])).importing.run(Path(sys.argv[2]), HEAD, lambda kept: kept < 1000 or os.kill(os.getpid(), 9))")
    killed = subprocess.run([sys.executable, "-c", probe, tmp_path, path], cwd=ROOT, capture_output=True, timeout=60, check=False)
    assert killed.returncode == -9, killed.stderr
    desk = reopened(tmp_path)
    with desk.database.read() as uow:
        kept = [dossier.dossier_id for dossier in uow.dossiers.received_between(local(2026, 1, 1), local(2027, 1, 1))]
        assert all(len(uow.events.of_dossier(dossier_id)) == 1 for dossier_id in kept)
    assert len(kept) == 1000
    again = desk.importing.run(path, HEAD)
    assert (again.kept, [bad.line for bad in again.bad]) == (1000, list(range(1, 1001)))
    desk.database.close()


def test_files_that_cannot_be(tmp_path):
    desk = fake_desk()
    with pytest.raises(RuleBrokenError, match="FILE_KIND_UNKNOWN@file"):
        desk.importing.run(tmp_path / "x.csv", HEAD)
    with pytest.raises(SurroundingsError, match="FILE_NOT_FOUND"):
        desk.importing.run(tmp_path / "x.jsonl", HEAD)
    (tmp_path / "x.xlsx").write_bytes(b"no workbook")
    with pytest.raises(RuleBrokenError, match="TABLE_DAMAGED@file"):
        desk.importing.run(tmp_path / "x.xlsx", HEAD)
    with pytest.raises(SurroundingsError, match="CLOCK_WRONG"):
        fake_desk(local(1970, 1, 2)).importing.run(write(tmp_path, BARE), HEAD)


@pytest.mark.parametrize("actor", [CLERK, INSPECTOR])
def test_only_heads_and_administrators_import(tmp_path, actor):
    with pytest.raises(RuleBrokenError, match="NOT_ALLOWED"):
        fake_desk().importing.run(write(tmp_path, BARE), actor)


def exported(desk, folder, name):
    desk.exporting.run(date(2026, 1, 1), date(2026, 12, 31), folder / name, CLERK)
    return folder / name


def lines_of(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_what_was_imported_comes_out_as_it_went_in(tmp_path):
    desk, _ = run(tmp_path, FULL)
    assert lines_of(exported(desk, tmp_path, "out.jsonl")) == [FULL]


moments = st.integers(0, 20 * 24 * 60).map(lambda minutes: local(2026, 11, 1 + minutes // 1440 % 19, minutes // 60 % 24, minutes % 60))
texts = st.none() | st.text(st.characters(codec="latin-1", exclude_categories=("C", "Z")), min_size=1, max_size=20).map(lambda text: text.strip() or None)


@st.composite
def lines(draw):
    """A line that the import must take, with every combination of what may be missing."""
    at = sorted(draw(st.lists(moments, min_size=6, max_size=6)))
    spelled = [moment.replace(tzinfo=None).isoformat() for moment in at]
    closed_as = draw(st.none() | st.sampled_from([each.value for each in ClosedAs if each]))
    asked = draw(st.booleans())
    return {
        "code": f"H36.50.05-261101-{draw(st.integers(0, 9999)):04d}", "field": draw(texts), "procedure_code": draw(texts),
        "channel": draw(st.sampled_from(["direct", "online", "postal"])), "received_at": spelled[0],
        "due_history": draw(st.just([]) | st.just([{"set_at": spelled[0], "due_at": None}, {"set_at": spelled[1], "due_at": spelled[5]}])),
        "closed_at": spelled[4] if closed_as else None, "closed_as": closed_as,
        "supplement_open_from": spelled[2] if asked else None, "supplement_open_to": spelled[3] if asked and draw(st.booleans()) else None,
        "applicant": {"full_name": draw(texts), "id_number": draw(texts), "phone": draw(texts), "address": draw(texts)},
    }


@settings(max_examples=examples(15), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(lines(), max_size=6, unique_by=lambda line: line["code"]))
def test_round_trips_lose_nothing(tmp_path, given_lines):
    desk = fake_desk()
    done = desk.importing.run(write(tmp_path, *given_lines), HEAD)
    assert bad_of(done) == []
    came_out = lines_of(exported(desk, tmp_path, "out.jsonl"))
    assert sorted(came_out, key=lambda line: line["code"]) == sorted(given_lines, key=lambda line: line["code"])
    other = fake_desk()
    assert other.importing.run(exported(desk, tmp_path, "out.xlsx"), HEAD).kept == len(given_lines)
    assert lines_of(exported(other, tmp_path, "again.jsonl")) == came_out


@settings(max_examples=examples(12), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=300), st.integers(0, 10**6))
def test_any_bytes_are_survived(tmp_path, noise, seed):
    whole = "\n".join(json.dumps(line, ensure_ascii=False) for line in (FULL, BARE)).encode()
    at = random.Random(seed).randrange(len(whole))
    path = tmp_path / "x.jsonl"
    path.write_bytes(whole[:at] + noise + whole[at:])
    done = fake_desk().importing.run(path, HEAD)
    assert done.kept + len(done.bad) >= 1


@settings(max_examples=examples(15), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.integers(0, 10**6), st.binary(min_size=1, max_size=40))
def test_any_damage_to_a_sheet_is_survived(tmp_path, seed, noise):
    source = tmp_path / "good.xlsx"
    if not source.exists():
        exported(run(tmp_path, FULL, BARE)[0], tmp_path, "good.xlsx")
    whole = source.read_bytes()
    at = random.Random(seed).randrange(len(whole))
    path = tmp_path / "damaged.xlsx"
    path.write_bytes(whole[:at] + noise + whole[at + len(noise):])
    try:
        done = fake_desk().importing.run(path, HEAD)
    except RuleBrokenError as error:
        done = error
    assert getattr(done, "code", "kept") in ("kept", "TABLE_DAMAGED", "TABLE_HEADER")


def test_sheets_have_a_header_and_plain_texts(tmp_path):
    desk, _ = run(tmp_path, {**BARE, "applicant": {"full_name": "=1+1"}})
    rows = list(read_rows(exported(desk, tmp_path, "out.xlsx")))
    assert rows[0][1][0] == "code"
    assert "=1+1" in rows[1][1], "a text that looks like a formula stays a text"


def test_sheets_typed_by_hand(tmp_path):
    from datetime import datetime

    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["received_at", "code", "applicant.id_number", "applicant.phone", None])
    book.active.append([datetime(2026, 11, 2, 7, 59, 59, 999000), "H36.50.05-261102-0001", "067190000123", "0900000012", None])
    book.active.append([None, None, None, None, None])
    book.active.append(["2026-11-02T08:00", "H36.50.05-261102-0002", None, None, None])
    book.active.append(["hôm qua", True, None, None, None])
    book.save(tmp_path / "x.xlsx")
    desk = fake_desk()
    done = desk.importing.run(tmp_path / "x.xlsx", HEAD)
    first = desk.dossiers.show("H36.50.05-261102-0001", CLERK).dossier
    assert (first.received_at, first.applicant.id_number, first.applicant.phone) == (local(2026, 11, 2, 8), "067190000123", "0900000012")
    assert (done.kept, [bad.line for bad in done.bad]) == (2, [5])


@pytest.mark.parametrize("cell", [67190000123, 67190000123.0, 900000012, 0, 6.7e10])
@pytest.mark.parametrize("name", ["id_number", "phone"])
def test_figures_that_lost_their_zeros_are_refused_in_a_sheet_and_in_json(tmp_path, name, cell):
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["received_at", "code", f"applicant.{name}"])
    book.active.append(["2026-11-02T08:00", "H36.50.05-261102-0001", cell])
    book.active.append(["2026-11-02T08:00", "H36.50.05-261102-0002", "067190000123"])
    book.save(tmp_path / "x.xlsx")
    sheet = fake_desk().importing.run(tmp_path / "x.xlsx", HEAD)
    lines = run(tmp_path, {**BARE, "applicant": {name: cell}}, {**BARE, "code": "H36.50.05-261102-0002", "applicant": {name: "067190000123"}})[1]
    for done in (sheet, lines):
        assert (done.kept, [(problem.code, problem.field) for bad in done.bad for problem in bad.problems]) == (
            1, [("FIGURES_AS_NUMBER", f"applicant.{name}")])


@pytest.mark.parametrize("header", [["code"], ["code", "received_at", "màu"], [], [1, 2]])
def test_sheets_with_other_columns_are_refused(tmp_path, header):
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(header)
    book.save(tmp_path / "x.xlsx")
    with pytest.raises(RuleBrokenError, match="TABLE_HEADER"):
        fake_desk().importing.run(tmp_path / "x.xlsx", HEAD)


def test_native_dossiers_are_exported_too(tmp_path):
    desk = fake_desk()
    received = desk.intake.receive(command(), CLERK)
    line = lines_of(exported(desk, tmp_path, "out.jsonl"))[0]
    assert (line["code"], line["due_history"]) == (received.code, [{"set_at": "2026-11-20T09:42:00", "due_at": "2026-11-26T09:42:00"}])
    assert fake_desk().importing.run(tmp_path / "out.jsonl", HEAD).kept == 1


def test_an_export_holds_both_days_and_nothing_around(tmp_path):
    desk, _ = run(tmp_path, *({**BARE, "code": f"H36.50.05-2611{day:02d}-0001", "received_at": f"2026-11-{day:02d}T{clock}"}
                              for day, clock in ((4, "23:59:59"), (5, "00:00:00"), (6, "23:59:59"), (7, "00:00:00"))))
    done = desk.exporting.run(date(2026, 11, 5), date(2026, 11, 6), tmp_path / "x.jsonl", CLERK)
    assert [line["code"][12:16] for line in lines_of(tmp_path / "x.jsonl")] == ["1105", "1106"]
    assert done.dossiers == 2
    noted = desk.state.audit[-1]
    assert (noted.action, noted.details) == ("dossiers.exported", {"from": "2026-11-05", "to": "2026-11-06", "dossiers": 2, "kind": "jsonl"})


def test_exports_that_cannot_be(tmp_path):
    desk = fake_desk()
    day = date(2026, 11, 5)
    with pytest.raises(RuleBrokenError, match="NOT_ALLOWED"):
        desk.exporting.run(day, day, tmp_path / "x.jsonl", INSPECTOR)
    with pytest.raises(RuleBrokenError, match="DAYS_REVERSED@to"):
        desk.exporting.run(day, date(2026, 11, 4), tmp_path / "x.jsonl", CLERK)
    with pytest.raises(RuleBrokenError, match="FILE_KIND_UNKNOWN"):
        desk.exporting.run(day, day, tmp_path / "x.pdf", CLERK)
    (tmp_path / "file").write_text("")
    with pytest.raises(SurroundingsError):
        desk.exporting.run(day, day, tmp_path / "file" / "x.jsonl", CLERK)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file"]
    assert desk.state.audit == []


def real_desk(folder):
    return fake_desk(database=prepare(new_database(f"sqlite:///{folder / 'desk.db'}", bytes(32))))


def reopened(folder):
    return fake_desk(database=open_database(f"sqlite:///{folder / 'desk.db'}", bytes(32), backup_dir=None))


def big_file(folder, count, good_every):
    path = folder / "big.jsonl"
    with path.open("w") as file:
        for number in range(count):
            line = {**FULL, "code": f"H36.50.05-26{1 + number // 9000 % 12:02d}{1 + number // 108_000:02d}-{number % 9000:04d}"}
            file.write(json.dumps(line) + "\n" if number % good_every == 0 else "{bad\n")
    return path


def test_a_hundred_thousand_lines_with_bad_ones_among_them(tmp_path):
    desk = real_desk(tmp_path)
    done = desk.importing.run(big_file(tmp_path, 100_000, 40), HEAD)
    assert (done.kept, len(done.bad)) == (2500, 97_500)
    assert {done.bad[0].line, done.bad[-1].line} == {2, 100_000}
    assert desk.dossiers.list(ListFilter.ALL, HEAD, limit=0).total == 2500
    out = exported(desk, tmp_path, "out.jsonl")
    assert len({line["code"] for line in lines_of(out)}) == 2500
    desk.database.close()


@pytest.mark.soak
def test_a_hundred_thousand_good_lines_in_bounded_memory(tmp_path):
    desk, path = real_desk(tmp_path), big_file(tmp_path, 100_000, 1)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert desk.importing.run(path, HEAD).kept == 100_000
    assert exported(desk, tmp_path, "out.jsonl").stat().st_size > 30_000_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 120_000, "in KiB"
    desk.database.close()


def _unnamed(supplements):
    return tuple(replace(each, supplement_id="") for each in supplements)


def test_the_real_database_gives_the_same(tmp_path):
    desk = real_desk(tmp_path)
    told = [FULL, {**BARE, "channel": "direct"}, {**FULL, "code": "H36.50.05-261102-0009", "closed_at": None, "closed_as": None}]
    done = desk.importing.run(write(tmp_path, *told, "{bad", BARE), HEAD)
    assert (done.kept, bad_of(done)) == (3, [(4, [("LINE_DAMAGED", None)]), (5, [("CODE_KNOWN", "code")])])
    fake, _ = run(tmp_path, *told)
    assert lines_of(exported(desk, tmp_path, "real.jsonl")) == lines_of(exported(fake, tmp_path, "fake.jsonl"))
    both = [each.dossiers.show(FULL["code"], CLERK).dossier for each in (desk, fake)]
    real, double = (replace(each, dossier_id="", supplements=_unnamed(each.supplements)) for each in both)
    assert real == double
    assert [(each.requested_at.isoformat()[:16], each.complete) for each in real.supplements] == [("2026-11-03T09:00", True)]
    desk.database.close()
