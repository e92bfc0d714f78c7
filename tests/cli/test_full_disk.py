"""The disk says no: every file that a verb writes is whole or not there at all, the answer is a sentence, and the desk goes on afterwards."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_dossier_verbs import DOSSIER
from tests.cli.test_promises import Caller
from tests.conftest import AGENCY, CHEAP, COMMUNE, PASSWORD, PROVINCE
from tests.storage.test_faults import mounted

ROOT = Path(__file__).parents[2]
CALL = """
import resource, sys
sys.dont_write_bytecode = True  # a module of which half was written would be broken for everybody
from counter_app.security.passwords import Argon2Passwords
Argon2Passwords.__init__.__kwdefaults__ = {cheap!r}
limit = {limit}
if limit:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
from counter_app.cli.main import main
sys.exit(main(sys.argv[1:]))
"""
OLDER = {"code": "H36.50.05-251102-0001", "received_at": "2025-11-02T08:00:00", "applicant": {"full_name": "Nguyễn Văn Mẫu"}}
YEAR = ("--from", "2025-01-01", "--to", "2026-12-31")
pytestmark = pytest.mark.skipif(os.name != "posix", reason="limits of a process")


@pytest.fixture
def desk(caller, desk_dir, home):
    """Calls the desk, with a limit in a process of its own that may write files up to a size; returns exit code and value."""
    class Desk:
        def __call__(self, *words, limit=0, stdin=None):
            if not limit:
                code, said, _ = caller(*words, stdin=stdin)
                return code, json.loads(said)
            done = subprocess.run(
                [sys.executable, "-c", CALL.format(cheap=CHEAP, limit=limit), "--data-dir", str(desk_dir), "--json", *map(str, words)],
                input=json.dumps(stdin).encode(), capture_output=True, cwd=ROOT, check=False,
                env={**os.environ, "COUNTER_PASSWORD": PASSWORD, "PYTHONWARNINGS": "error"})
            assert b"Traceback" not in done.stdout + done.stderr, done.stderr.decode()
            assert not list((home / "state").rglob("reports/*")), "a full disk is no bug"
            return done.returncode, json.loads(done.stdout) if done.stdout else None

        def takes(self, **changes):
            code, value = self("intake", "-", stdin={**DOSSIER, **changes})
            assert code == 0, value
            return value

    return Desk()


def calls(folder, code):
    """Every verb that writes a file for somebody, with the file."""
    return {
        "slip": (("slip", code, "--out", folder / "slip.pdf"), folder / "slip.pdf"),
        "slip 80mm": (("slip", code, "--paper", "80mm", "--out", folder / "roll.pdf"), folder / "roll.pdf"),
        **{f"book {kind}": (("logbook", "dossiers", "--year", "2026", "--out", folder / f"book.{kind}"), folder / f"book.{kind}")
           for kind in ("pdf", "xlsx", "json")},
        **{f"export {kind}": (("export-dossiers", *YEAR, "--out", folder / f"out.{kind}"), folder / f"out.{kind}") for kind in ("jsonl", "xlsx")},
    }


NAMES = list(calls(Path(), ""))


@pytest.fixture
def caller(desk_dir, home, monkeypatch):
    """The same desk, called in this process."""
    monkeypatch.setenv("COUNTER_PASSWORD", PASSWORD)
    return Caller(home)


@pytest.mark.parametrize("name", NAMES)
def test_a_file_with_no_room_is_not_there_and_the_old_one_stays(caller, tmp_path, name):
    code = caller.value("intake", "-", stdin=DOSSIER)["code"]
    with mounted(tmp_path / "stick", "-t", "tmpfs", "-o", "size=4k", "tmpfs") as stick:
        words, path = calls(stick, code)[name]
        path.write_bytes(b"what stood here before")
        value = caller.value(*words, code=4)
        assert value["error"]["code"] == "DISK_FULL"
        assert path.read_bytes() == b"what stood here before"
        assert [each.name for each in stick.iterdir()] == [path.name], "nothing is left of the try"
    words, path = calls(tmp_path, code)[name]
    caller.value(*words)
    assert path.stat().st_size > 100


@pytest.mark.parametrize("name", NAMES)
def test_a_folder_that_may_only_be_read(caller, tmp_path, name):
    code = caller.value("intake", "-", stdin=DOSSIER)["code"]
    with mounted(tmp_path / "stick", "-t", "tmpfs", "-o", "size=64k,ro", "tmpfs") as stick:
        words, _ = calls(stick, code)[name]
        value = caller.value(*words, code=4)
        assert value["error"]["code"] == "FOLDER_NOT_ALLOWED"
        assert str(stick) in value["error"]["message"], "a person must know where"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("place", ["folder", "beneath a file", "a name too long"])
def test_a_place_where_nothing_can_stand(caller, tmp_path, name, place):
    code = caller.value("intake", "-", stdin=DOSSIER)["code"]
    folder = tmp_path / "out"
    folder.mkdir()
    words, path = calls(folder, code)[name]
    if place == "folder":
        path.mkdir()
    elif place == "beneath a file":
        (folder / "file").write_text("x")
        words = (*words[:-1], folder / "file" / path.name)
    else:
        words = (*words[:-1], folder / ("x" * 300 + path.suffix))
    before = sorted(each.name for each in folder.iterdir())
    value = caller.value(*words, code=4)
    assert value["error"]["message"] not in ("", value["error"]["code"])
    assert sorted(each.name for each in folder.iterdir()) == before


def test_an_intake_with_no_room_in_the_database_took_nothing_in(desk):
    first = desk.takes()
    exit_code, value = desk("intake", "-", stdin={**DOSSIER, "note": "x" * 900}, limit=4096)
    assert exit_code == 4, value
    exit_code, value = desk("list")
    assert (exit_code, value["total"]) == (0, 1)
    second = desk.takes()
    assert second["logbook"]["ordinal"] == first["logbook"]["ordinal"] + 1, "the book has no hole"
    assert second["code"] > first["code"], "a number that may be on a paper is never given again"
    exit_code, value = desk("doctor")
    assert [each["name"] for each in value["checks"] if each["state"] == "bad"] == []


def test_an_import_with_no_room_kept_nothing(desk, tmp_path):
    path = tmp_path / "older.jsonl"
    path.write_text("\n".join(json.dumps({**OLDER, "code": f"H36.50.05-251102-{n:04d}"}) for n in range(1, 800)), "utf-8")
    exit_code, value = desk("import-dossiers", path, limit=65536)
    assert exit_code == 4, value
    assert desk("list")[1] == {"dossiers": [], "total": 0}
    exit_code, value = desk("import-dossiers", path)
    assert (exit_code, value["kept"]) == (0, 799)


def test_a_desk_with_no_room_is_not_made_by_halves(tmp_path, home):
    def init(limit):
        words = ["init", "--agency", AGENCY, "--commune", COMMUNE, "--province", PROVINCE, "--desk", "2"]
        return subprocess.run(
            [sys.executable, "-c", CALL.format(cheap=CHEAP, limit=limit), "--data-dir", str(tmp_path / "new"), "--json", *words],
            capture_output=True, cwd=ROOT, check=False, env={**os.environ, "COUNTER_PASSWORD": PASSWORD})

    for limit in (50, 5_000, 60_000, 400_000):
        done = init(limit)
        assert done.returncode == 4, (limit, done.stdout, done.stderr)
        assert json.loads(done.stdout)["error"]["message"]
        left = [path.name for path in (tmp_path / "new").rglob("*") if path.is_file()] if (tmp_path / "new").exists() else []
        assert left == [], (limit, left)
    done = init(0)
    assert done.returncode == 0, done.stdout
    assert json.loads(done.stdout)["login"] == "clerk"
