"""The diagnostics file: made by hand, plain to look into, and with nobody in it, wherever names and numbers were planted."""

import json
import os
import shutil
import zipfile
from dataclasses import asdict, replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import Integer

from counter_app.bootstrap import diagnose, open_counter
from counter_app.cli.main import main
from counter_app.domain.text import fold
from counter_app.security import database_key
from counter_app.services.desk.settings import profile_key
from counter_app.services.line.desk import LineService
from counter_app.services.recording import write_audit
from counter_app.storage.engine import keyed_connection
from counter_app.storage.tables import metadata
from counter_app.support import crash
from counter_app.support.paths import state_dir
from tests.builders import command
from tests.conftest import PASSWORD
from tests.fakes import FakeClock

NAME, PLAIN, LOGIN, NUMBER, PHONE, STREET = (
    "Trần Thị Ví Dụ", "Tran Thi Vi Du", "vidu.tt", "068190000123", "0905 123 456", "Thôn Thí Điểm 3")
PLANTED = f"{NAME} {PLAIN} {LOGIN} {NUMBER} {PHONE} {PHONE.replace(' ', '')} {STREET}"
NEEDLES = ("vi du", "vidu", NUMBER, NUMBER[-6:], PHONE, PHONE.replace(" ", ""), "905 123", "thi diem", "thi diem 3", "tran thi")
FULL = {"audit", "alembic_version", "setting", "outbox_total"}
"""Tables that are planted by their own way: rows of rubbish would end the desk, not test the file."""


def plant_rows(folder):
    """Put a row of names and numbers into every table there is, past all services."""
    marker = json.loads((folder / "desk.json").read_text("utf-8"))
    connection = keyed_connection(folder / "desk.db", database_key.find(marker["device"], marker["key_place"]))
    connection.execute("PRAGMA foreign_keys = OFF")
    planted = set()
    for table in metadata.sorted_tables:
        if table.name in FULL:
            continue
        columns = [column for column in table.columns if column.name in {row[1] for row in connection.execute(f'PRAGMA table_info("{table.name}")')}]
        values = [987_654 if isinstance(column.type, Integer) or not hasattr(column.type, "length") else PLANTED for column in columns]
        names, marks = ", ".join(f'"{column.name}"' for column in columns), ", ".join("?" * len(columns))
        connection.execute(f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})', values)
        planted.add(table.name)
    connection.close()
    return planted


def plant_files(folder):
    for room in ("files", "scans", "reading", "signing", "backups"):
        (folder / room).mkdir(exist_ok=True)
        (folder / room / f"{NAME} {NUMBER}.pdf").write_text(PLANTED, "utf-8")
    logs, reports = state_dir() / "logs", state_dir() / "reports"
    for place in (logs, reports):
        place.mkdir(parents=True, exist_ok=True)
    head = "2026-11-20T09:42:00 ERROR ui.background "
    lines = [head + "a task failed: RuntimeError", head + PLANTED, PLANTED, f"RuntimeError: {PLANTED}", *(head + word for word in PLANTED.split())]
    for name in ("counter.log", "counter.log.1", f"counter.log.{PLAIN}"):
        (logs / name).write_text("\n".join(lines), "utf-8")
    (logs / "hard-crash.txt").write_text(f'Fatal Python error: Aborted\n  File "/srv/{LOGIN}/ui/app.py", line 3 in start\n{PLANTED}\n', "utf-8")
    (reports / f"report-{NAME}.txt").write_text(PLANTED, "utf-8")


def fall(person):
    card = {"id_number": NUMBER, "person": person}
    raise ValueError(f"no such card: {card} {PLANTED}")


def plant_crash():
    try:
        fall(NAME)
    except ValueError as error:
        crash.save_report(error, FakeClock().now(), "intake", state_dir() / "reports")


def plant_desk(folder):
    """Plant by way of the services too: profile, account, dossier, audit trail."""
    counter = open_counter(folder, clock=FakeClock())
    actor = counter.login.acting("", "")
    counter.intake.receive(command(note=PLANTED), actor)
    with counter.database.write() as uow:
        mine = replace(counter.desk, phone=PHONE, address=STREET, unit_name=NAME, superior=NAME, printer=f"máy in của {NAME}", agency="H36.50.05",
                       commune=NAME, province=STREET, hours_profile=LOGIN, lookup_address=f"https://{LOGIN}/", bank_account=NUMBER)
        uow.settings.put(profile_key(counter.desk.device), asdict(mine))
        uow.settings.put(PLANTED, {PLANTED: PLANTED})
        write_audit(uow, counter.clock.now(), PLANTED, PLANTED, PLANTED, {PLAIN: PLANTED})
        uow.commit()
    counter.close()


@pytest.fixture
def folder(desk_dir):
    """A desk full of people, in a folder that bears one's name."""
    named = desk_dir.parent / NAME / "desk"
    shutil.copytree(desk_dir, named)
    plant_desk(named)
    plant_crash()
    plant_files(named)
    return named


def read(path):
    with zipfile.ZipFile(path) as packed:
        return {name: packed.read(name).decode("utf-8") for name in packed.namelist()}


def found_in(parts):
    """Return which of the planted words stand in a file, with its part."""
    return [(needle, name) for name, text in parts.items() for needle in NEEDLES if needle in fold(text) or needle in fold(name) or needle in text]


def test_the_measure_finds_what_is_planted():
    assert {needle for needle, _ in found_in({"x": PLANTED})} == set(NEEDLES)
    assert found_in({NAME: ""})


def test_nobody_is_in_the_file_wherever_he_was_planted(folder, tmp_path):
    planted = plant_rows(folder)
    assert len(planted) > 30, planted
    made = diagnose(folder, tmp_path / "out.zip", clock=FakeClock())
    parts = read(made.out)
    assert tuple(parts) == made.parts
    assert found_in(parts) == []
    rows = json.loads(parts["desk.json"])["database"]["rows"]
    assert all(rows[name] >= 1 for name in planted), "it was looked at, and counted"


def test_what_support_needs_is_there(folder, tmp_path):
    parts = read(diagnose(folder, tmp_path / "out.zip", clock=FakeClock()).out)
    desk, sizes, timings = (json.loads(parts[name]) for name in ("desk.json", "sizes.json", "timings.json"))
    assert desk["database"]["rows"]["dossier"] == 1
    assert desk["database"]["kind"] == "sqlite"
    assert desk["settings"]["paper"] == "a5"
    assert (desk["settings"]["agency"], desk["settings"]["phone_is_set"]) == ("H36.50.05", True)
    assert sizes["files"] == {"there": True, "files": 1, "bytes": len(PLANTED.encode())}
    assert sizes["database"]["bytes"] > 100_000
    assert timings["sync_ms"] >= 0
    assert {each["name"] for each in json.loads(parts["doctor.json"])} >= {"disk", "database", "versions", "line", "scanner", "audit"}
    assert "reportlab" in json.loads(parts["versions.json"])["libraries"]
    assert "a task failed: RuntimeError" in parts["log.txt"]
    assert any("ValueError" in text and "test_diagnostics.py" in text for name, text in parts.items() if name.startswith("crashes/"))
    assert "ui/app.py:3 start" in "".join(parts.values())
    assert "Aborted" in "".join(parts.values())
    assert "tự gửi" in parts["README.txt"]
    assert "nowhere" in parts["README.txt"]


def test_of_each_pass_over_the_line_only_what_stopped_it_is_told(desk_dir, tmp_path, monkeypatch):
    passes = [SimpleNamespace(trouble=each) for each in ("", "LINE_DAMAGED", PLANTED)]
    monkeypatch.setattr(LineService, "history", lambda self, most: passes[:most])
    parts = read(diagnose(desk_dir, tmp_path / "out.zip", clock=FakeClock()).out)
    assert json.loads(parts["desk.json"])["passes"] == ["", "LINE_DAMAGED", "?"]


def test_the_disk_is_timed_by_what_an_act_waits_for(desk_dir, tmp_path, monkeypatch):
    trial, synced, real = desk_dir / ".diagnostics-trial", [], os.fsync

    def fsync(descriptor):
        if trial.exists():
            synced.append(os.fstat(descriptor).st_size)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    diagnose(desk_dir, tmp_path / "out.zip", clock=FakeClock())
    assert synced == [4096]
    assert not trial.exists()


def test_a_desk_that_does_not_open_has_its_file_too(folder, tmp_path):
    (folder / "desk.db").write_bytes(PLANTED.encode() * 1000)
    parts = read(diagnose(folder, tmp_path / "out.zip", clock=FakeClock()).out)
    assert found_in(parts) == []
    assert json.loads(parts["desk.json"]) is None
    desk = next(each for each in json.loads(parts["doctor.json"]) if each["name"] == "desk")
    assert desk["state"] == "bad"
    assert desk["code"].startswith("DATABASE_")


def test_nothing_is_left_in_the_folder_of_the_desk(folder, tmp_path):
    before = sorted(path.name for path in folder.iterdir())
    diagnose(folder, tmp_path / "out.zip", clock=FakeClock())
    assert sorted(path.name for path in folder.iterdir() if not path.name.startswith("desk.db-")) == [
        name for name in before if not name.startswith("desk.db-")]


def test_it_is_a_verb_without_a_login(desk_dir, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("COUNTER_PASSWORD", "falsch")
    out = tmp_path / "chan-doan.zip"
    assert main(["--data-dir", str(desk_dir), "--json", "diagnostics", "--out", str(out)]) == 0
    value = json.loads(capsys.readouterr().out)
    assert value["out"] == str(out)
    assert value["parts"] == list(read(out))
    assert PASSWORD not in "".join(read(out).values())


def test_it_never_takes_the_place_of_a_file_of_the_desk(desk_dir, capsys):
    assert main(["--data-dir", str(desk_dir), "--json", "diagnostics", "--out", str(desk_dir / "desk.db")]) == 3
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "OUT_IS_DESK"
    assert Path(desk_dir / "desk.db").stat().st_size > 100_000
