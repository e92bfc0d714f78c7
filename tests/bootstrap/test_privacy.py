"""What a day at the desk leaves on the disk outside the encrypted file: no name, no number, no phone (domain guide 16)."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from counter_app.domain.text import fold

ROOT = Path(__file__).resolve().parents[2]
NAME, NUMBER, PHONE, STREET = "Trần Thị Ví Dụ", "068190000011", "0900000011", "Thôn Thí Điểm"
DOSSIER = {
    "procedure_code": "1.004873",
    "applicant": {"kind": "person", "full_name": NAME, "id_number": NUMBER, "birth_date": "1990-03-15", "sex": "female", "address": STREET, "phone": PHONE},
}
CALLS = (
    (["intake", "-"], DOSSIER, 0), (["search", NAME], None, 0), (["search", NUMBER], None, 0), (["list"], None, 0),
    (["intake", "-"], {**DOSSIER, "procedure_code": "9.999999"}, 3), (["show", NAME], None, 3),
    (["users", "add", "vidu", "--name", NAME, "--role", "clerk"], None, 0), (["intake", "-"], {**DOSSIER, "applicant": NAME}, 3),
)


def live(desk_dir):
    """A few calls that name a person, good and bad ones."""
    for words, given, expected in CALLS:
        done = subprocess.run(
            [sys.executable, "-W", "error", "-m", "counter_app", "--data-dir", str(desk_dir), "--json", *words],
            input=json.dumps(given), cwd=ROOT, env=os.environ, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False,
        )
        assert done.returncode == expected, (words, done.stdout, done.stderr)


def left(home):
    return [path for path in home.rglob("*") if path.is_file() and path.suffix != ".pdf"]


@pytest.fixture(scope="module")
def files(desk_template, tmp_path_factory):
    """Every file that the calls left, by path; slips are made for the citizen and are what they are."""
    home = tmp_path_factory.mktemp("lived-in")
    shutil.copytree(desk_template, home, dirs_exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COUNTER_STATE_DIR", str(home / "state"))
        patch.setenv("COUNTER_KEY_FILE", str(home / "desk.key"))
        live(home / "desk")
    return {path: path.read_bytes() for path in left(home)}


@pytest.mark.parametrize("personal", [NAME, fold(NAME), NUMBER, NUMBER[-6:], PHONE, STREET, "Ví Dụ", "vi du"])
def test_nothing_personal_lies_in_the_open(files, personal):
    for path, content in files.items():
        assert personal.encode() not in content, path


def test_there_was_something_to_look_at(files):
    names = {path.name for path in files}
    assert {"counter.log", "desk.db", "numbers.guard", "desk.json"} <= names


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a user's folders by other means")
def test_no_other_user_of_the_computer_can_look_in(tmp_path):
    """Not even where the shell's umask gives everything away; log, guard, key, database, backups: folders 0700, files 0600."""
    env = {**os.environ, "COUNTER_STATE_DIR": str(tmp_path / "state"), "COUNTER_KEY_FILE": str(tmp_path / "keys" / "desk.key"),
           "COUNTER_PASSWORD": "mat-khau-thu-1"}
    for words in (["init", "--agency", "H36.50.05", "--commune", "Xã Đắk Mil", "--province", "Lâm Đồng", "--desk", "2"],
                  ["intake", "-"], ["list"]):
        command = [sys.executable, "-m", "counter_app", "--data-dir", str(tmp_path / "data" / "desk"), *words]
        done = subprocess.run(command, input=json.dumps(DOSSIER), cwd=ROOT, env=env, umask=0, capture_output=True, text=True,
                              encoding="utf-8", timeout=60, check=False)
        assert done.returncode == 0, done.stderr
    made = list(tmp_path.rglob("*"))
    assert {path.name for path in made} >= {"counter.log", "numbers.guard", "numbers.lock", "desk.key", "desk.db", "desk.json", "backups"}
    open_to_others = {str(path.relative_to(tmp_path)): oct(path.stat().st_mode) for path in made if path.stat().st_mode & 0o077}
    assert open_to_others == {}
