"""``backup`` and ``restore`` as a script calls them: at a real desk, with real scans, with exit codes as promised."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from counter_app.cli.main import main
from counter_app.services.keeping.records import never
from counter_app.storage.keeping.container import Container
from counter_app.storage.keeping.room import CopyRoom, DeskPlaces
from counter_app.storage.keeping.store import place_of
from tests.cli.test_file_verbs import DOSSIER, call, received
from tests.cli.test_promises import PROBLEM, TIME, Maybe, Word, unlike
from tests.fakes import FakeClock

__all__ = ["call", "received"]
COPY = {"file": str, "dossiers": int, "verified": bool, "bytes": int, "made_at": TIME, "files": int, "new_files": int, "other_disk": bool}
TOLD = {"code": Word("[A-Z_]+"), "message": str}


@pytest.fixture
def stick(tmp_path):
    (made := tmp_path / "stick").mkdir()
    return made


def lose_its_scan(copy):
    (scan,) = Container(copy).files().values()
    place_of(copy.parent, scan.sha256).unlink()


def test_a_desk_with_scans_comes_back_whole(call, received, stick, tmp_path, capsys, monkeypatch):
    assert call("file-scans", received["slip"])[0] == 0
    code, made = call("backup", "--to", stick)
    assert (code, unlike(made, COPY), made["dossiers"], made["files"], made["verified"]) == (0, [], 1, 1, True)
    assert call("intake", "-", stdin=DOSSIER)[0] == 0
    back = tmp_path / "back"
    code, restored = call("restore", made["file"], "--into", back)
    assert code == 0
    assert unlike(restored, {"file": str, "dossiers": int, "verified": bool, "into": str, "made_at": TIME, "epoch": Word("[0-9a-f]{16}"),
                             "missing": [str], "next_code": Maybe(str), "numbers": Maybe(str), "enrol_again": bool}) == []
    assert (restored["dossiers"], restored["verified"], restored["missing"]) == (1, True, [])

    def there(*words, stdin=None):
        """Call a verb at the desk that came back."""
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(stdin).encode()), "utf-8"))
        exit_code = main(["--data-dir", str(back), "--json", *map(str, words)])
        return exit_code, json.loads(capsys.readouterr().out)

    code, verified = there("verify")
    assert (code, [(each["what"], each["where"][-7:]) for each in verified["differences"]]) == (5, [("guard", "/normal")]), "one slip is lost"
    assert there("show", received["code"])[1]["files"][0]["pages"] == 2
    assert there("intake", "-", stdin=DOSSIER)[1]["code"] == restored["next_code"]
    assert there("verify")[0] == 0, "the lost number is on record as burned"


def test_the_second_copy_brings_only_what_is_new(call, received, stick):
    call("file-scans", received["slip"])
    assert [call("backup", "--to", stick)[1]["new_files"] for _ in range(2)] == [1, 0]


def test_a_copy_on_the_disk_of_the_desk_is_called_no_second_one(call, stick):
    """As where the stick is not plugged in, and its mount point is an empty folder."""
    call("settings", "set", f"backup.places={stick}")
    assert f"hiện đúng ở {stick} chưa" in call("backup", "--to", stick, as_json=False)[1]
    assert f"{stick}: bản mới nhất" in (said := call("backup", "--status", as_json=False)[1])
    assert said.count("không tính là bản thứ hai") == 1, "of the desk's own place that is no news"


def test_a_copy_on_another_disk_and_the_one_on_the_own_disk_say_nothing_of_disks(call, stick, desk_dir, monkeypatch):
    real = Path.stat
    monkeypatch.setattr(Path, "stat", lambda path, **how: _Elsewhere(real(path, **how)) if path.is_relative_to(stick) else real(path, **how))
    call("settings", "set", f"backup.places={stick}")
    said = call("backup", as_json=False)[1]
    assert (str(stick) in said, str(desk_dir / "backups") in said, "cùng ổ" in said) == (True, True, False)
    assert "cùng ổ" not in call("backup", "--status", as_json=False)[1]


class _Elsewhere:
    """What the system tells of a file, as of one on another disk."""

    def __init__(self, found):
        self._found = found

    st_dev = -1

    def __getattr__(self, name):
        return getattr(self._found, name)


def test_a_folder_that_is_not_there_is_made(call, tmp_path):
    code, made = call("backup", "--to", tmp_path / "new" / "folder")
    assert (code, Path(made["file"]).is_relative_to(tmp_path / "new" / "folder")) == (0, True)


def test_a_copy_never_goes_among_the_files_of_the_desk(call, desk_dir):
    code, value = call("backup", "--to", desk_dir / "files")
    assert (code, value["error"]["code"]) == (3, "OUT_IS_DESK")


@pytest.mark.parametrize("spoil", [lambda path: path.write_bytes(path.read_bytes()[:-1]), lambda path: path.write_bytes(b"x" * 5000)])
def test_what_is_no_whole_copy_is_exit_4_and_makes_nothing(call, stick, tmp_path, spoil):
    made = Path(call("backup", "--to", stick)[1]["file"])
    spoil(made)
    code, value = call("restore", made, "--into", tmp_path / "back")
    assert (code, value["error"]["code"], unlike(value["error"], PROBLEM)) == (4, "COPY_UNREADABLE", [])
    assert list((tmp_path / "back").glob("*")) == []


def test_a_full_folder_is_exit_3(call, stick, desk_dir):
    made = call("backup", "--to", stick)[1]["file"]
    code, value = call("restore", made, "--into", desk_dir)
    assert (code, value["error"]["code"], value["error"]["field"]) == (3, "RESTORE_NOT_EMPTY", "into")


def test_the_scans_of_a_servers_desk_come_back_with_what_is_left_to_do(tmp_path, desk_dir, capsys):
    old, none = tmp_path / "old", tmp_path / "none"
    old.mkdir()
    room = CopyRoom(DeskPlaces(old, none, None, none, tmp_path / "lock"), "01900000-0000-7000-8000-0123456789ab", b"")
    folder = room.folder_of(str(tmp_path))
    with room.snapshot(never) as snapshot:
        copy = room.put(snapshot, folder, room.keep_files(folder, never), "asked", FakeClock().now(), never).path
    capsys.readouterr()
    assert main(["restore", str(copy), "--into", str(tmp_path / "back")]) == 0
    told = capsys.readouterr().out
    assert "chưa thành quầy" in told
    assert "counter init --database" in told


def test_scans_that_are_missing_are_exit_5_and_named(call, received, stick, tmp_path):
    call("file-scans", received["slip"])
    made = Path(call("backup", "--to", stick)[1]["file"])
    lose_its_scan(made)
    code, value = call("restore", made, "--into", tmp_path / "back")
    assert (code, value["verified"], len(value["missing"])) == (5, False, 1)


# --- places of the settings -----------------------------------------------------------------------------------------------


def test_without_a_place_a_desk_says_that_there_is_only_one_copy(call):
    code, value = call("backup", "--status")
    assert (code, value["safe"], value["second_copy_at"], [each["place"] for each in value["places"]]) == (5, False, None, [""])
    assert "Chỉ có một bản" in call("backup", "--status", as_json=False)[1]


def test_copies_go_where_the_settings_say_and_a_place_that_is_gone_is_told(call, stick, tmp_path):
    call("settings", "set", f"backup.places={stick},{tmp_path / 'gone'}")
    code, value = call("backup")
    assert (code, len(value["copies"]), [each["place"] for each in value["failed"]]) == (5, 2, [str(tmp_path / "gone")])
    assert unlike(value, {"copies": [COPY], "failed": [TOLD]}) == []
    code, status = call("backup", "--status")
    assert code == 5
    assert [(each["there"], each["problem"] and each["problem"]["code"]) for each in status["places"]] == [
        (True, None), (True, None), (False, "BACKUP_PLACE_MISSING")]
    assert "BACKUP_PLACE_MISSING" in {each["code"] for each in status["problems"]}


def test_what_is_due_is_done_once(call, stick):
    call("settings", "set", f"backup.places={stick}", "backup.times=")
    assert len(call("backup", "--due")[1]["copies"]) == 2
    assert (call("backup", "--due")[1], call("backup", "--status")[1]["rehearsal"]["verified"]) == ({"copies": [], "failed": []}, True)
    assert call("backup", "--due", as_json=False)[1] == "Chưa đến lúc sao lưu.\n"


def test_the_copy_of_the_end_of_the_day_is_a_setting(call, stick):
    call("settings", "set", f"backup.places={stick}", "backup.at_close=false")
    assert call("backup", "--close")[1] == {"copies": [], "failed": []}
    call("settings", "set", "backup.at_close=true")
    assert len(call("backup", "--close")[1]["copies"]) == 1


def test_a_rehearsal_is_told_with_its_figures(call, received, stick):
    assert call("backup", "--rehearse") == (5, None)
    call("file-scans", received["slip"])
    call("settings", "set", f"backup.places={stick}")
    call("backup")
    code, value = call("backup", "--rehearse")
    assert (code, value["verified"], value["dossiers"], value["files"], value["problem"]) == (0, True, 1, 1, None)
    lose_its_scan(next(stick.glob("*/*.qmc")))
    code, value = call("backup", "--rehearse")
    assert (code, value["verified"], value["problem"]["code"]) == (5, False, "REHEARSAL_FILES_MISSING")


@pytest.mark.parametrize("words", [(), ("--status",), ("--due",), ("--close",), ("--rehearse",)])
def test_people_read_whole_sentences(call, stick, words):
    call("settings", "set", f"backup.places={stick}")
    call("backup")
    _, said = call("backup", *words, as_json=False)
    assert said.strip()
    assert "None" not in said
    assert "{" not in said
