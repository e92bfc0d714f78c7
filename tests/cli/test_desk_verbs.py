import io
import json

import pytest

from counter_app.bootstrap import open_counter
from counter_app.cli import desk_verbs
from counter_app.cli import main as cli
from counter_app.domain.errors import failed

INIT = ("init", "--agency", "H36.50.05", "--commune", "Xã Đắk Mil", "--province", "Lâm Đồng", "--desk", "2")


@pytest.fixture
def run(capsys, home):
    """Run a call at the desk in ``home``; returns exit code, JSON value and messages."""

    def call(*words):
        code = cli.main(["--data-dir", str(home / "desk"), "--json", *map(str, words)])
        shown = capsys.readouterr()
        return code, json.loads(shown.out), shown.err

    return call


@pytest.fixture
def say(capsys, home):
    """The same for people; returns the lines."""

    def call(*words):
        cli.main(["--data-dir", str(home / "desk"), *map(str, words)])
        return capsys.readouterr().out

    return call


def test_a_desk_in_one_line(run, home):
    code, made, _ = run(*INIT, "--serials", "2000-2999")
    assert code == 0
    assert {"agency", "device", "login", "password", "recovery", "data_dir"} <= set(made)
    assert made["login"] == "clerk"
    assert made["data_dir"] == str(home / "desk")
    counter = open_counter(home / "desk")
    try:
        assert counter.login.login("clerk", made["password"])
        assert (counter.desk.serial_first, counter.desk.provisional) == (2000, False)
    finally:
        counter.close()


def test_the_password_of_the_environment_is_used_even_where_it_is_weak(run, monkeypatch):
    monkeypatch.setenv("COUNTER_PASSWORD", "geheim")
    code, made, _ = run(*INIT)
    assert (code, made["password"]) == (0, None)
    assert "PASSWORD_SHORT" in [warning["code"] for warning in made["warnings"]]
    assert run("--user", "clerk", "users", "reset", "clerk")[0] == 0


def test_everything_may_be_named(run, home):
    assert run(*INIT, "--provisional", "--name", "Lý Thị Mẫu Đơn", "--login", "don", "--title", "Công chức", "--hours", "early", "--paper",
               "80mm", "--printer", "laser", "--phone", "0263", "--address", "Thôn 1")[0] == 0
    counter = open_counter(home / "desk")
    try:
        desk = counter.desk
        assert (desk.provisional, desk.hours_profile, desk.paper, desk.printer) == (True, "early", "80mm", "laser")
        assert [(card.login, card.full_name, card.title) for card in counter.login.people()] == [("don", "Lý Thị Mẫu Đơn", "Công chức")]
    finally:
        counter.close()


def test_a_second_desk_in_the_folder_is_refused(run):
    run(*INIT)
    code, told, _ = run(*INIT)
    assert (code, told["error"]["code"], told["error"]["field"]) == (3, "DESK_EXISTS", None)


def test_what_is_wrong_is_told_at_its_field(run, home):
    code, told, _ = run("init", "--agency", "x", "--commune", "Xã Đắk Mil", "--province", "Lâm Đồng", "--desk", "2", "--serials", "x")
    assert code == 3
    assert [problem["field"] for problem in told["errors"]] == ["agency", "serials"]
    assert not (home / "desk").exists()


def test_the_recovery_sheet_is_written(run, home):
    assert run(*INIT, "--sheet", home / "sheet.pdf")[0] == 0
    assert (home / "sheet.pdf").read_bytes().startswith(b"%PDF")


@pytest.fixture
def full(home, monkeypatch):
    """A stick that holds nothing more."""
    real = desk_verbs.write_document

    def write(path, content):
        if path.parent == home / "full":
            raise failed("DISK_FULL", path=str(path))
        real(path, content)

    monkeypatch.setattr(desk_verbs, "write_document", write)
    return home / "full" / "sheet.pdf"


def test_people_are_told_to_delete_the_sheet_that_was_written(say, home):
    assert f"{home / 'sheet.pdf'}. In xong" in say(*INIT, "--sheet", home / "sheet.pdf")


def test_without_a_sheet_nothing_is_said_of_one(say):
    assert "Phiếu khôi phục để in" not in say(*INIT)


def test_a_sheet_that_can_not_be_written_keeps_no_secret_from_whoever_made_the_desk(run, full):
    code, made, _ = run(*INIT, "--sheet", full)
    assert (code, [each["code"] for each in made["warnings"]][-2:]) == (5, ["DISK_FULL", "SHEET_NOT_WRITTEN"])
    assert len(made["recovery"].split("-")) == 8
    assert made["password"]


def test_people_are_told_to_copy_the_code_where_no_sheet_was_written(say, full):
    said = say(*INIT, "--sheet", full).splitlines()
    assert "chép mã khôi phục ở trên ra giấy" in said[-1]
    assert any("Mã khôi phục" in line for line in said[:-1])
    assert not any("Phiếu khôi phục để in" in line for line in said)


def test_people_read_what_they_need(say):
    said = say(*INIT, "--lang", "en")
    assert "The password of clerk:" in said
    assert "The recovery code" in said


def test_people_come_and_go(run):
    run(*INIT)
    code, mai, _ = run("users", "add", "mai", "--name", "Trần Thị Ví Dụ", "--role", "head")
    assert (code, mai["user_id"]) == (0, "u-0002")
    listed = run("users", "list")[1]["users"]
    assert [(person["login"], person["role"], person["disabled"]) for person in listed] == [("clerk", "administrator", False), ("mai", "head", False)]
    assert "password_hash" not in json.dumps(listed)


def test_an_administrator_acts_with_a_password(run, monkeypatch):
    monkeypatch.setenv("COUNTER_PASSWORD", "mat-khau-thu-1")
    run(*INIT)
    run("users", "add", "mai", "--name", "Trần Thị Ví Dụ", "--role", "clerk")
    assert run("--user", "clerk", "users", "disable", "mai")[1] == {"login": "mai", "disabled": True}
    assert run("--user", "clerk", "users", "enable", "mai")[1] == {"login": "mai", "disabled": False}
    assert run("--user", "clerk", "users", "disable", "clerk")[1]["error"]["code"] == "LAST_ADMINISTRATOR"
    monkeypatch.setenv("COUNTER_PASSWORD", run("users", "reset", "mai")[1]["password"])
    assert run("--user", "mai", "users", "reset", "clerk")[1]["error"]["code"] == "NOT_ALLOWED"
    monkeypatch.delenv("COUNTER_PASSWORD")
    assert run("users", "reset", "mai")[1]["error"]["code"] == "LOGIN_NEEDED"


def test_guessing_on_the_command_line_is_locked_out_too(run, monkeypatch):
    run(*INIT)
    monkeypatch.setenv("COUNTER_PASSWORD", "wrong-one")
    codes = [run("--user", "clerk", "users", "reset", "clerk")[1]["error"]["code"] for _ in range(6)]
    assert codes == ["WRONG_PASSWORD"] * 4 + ["LOCKED_OUT"] * 2


def test_the_list_for_people(run, say):
    run(*INIT)
    run("users", "add", "mai", "--name", "Trần Thị Ví Dụ", "--role", "clerk", "--title", "Hộ tịch")
    lines = say("users", "list").splitlines()
    assert lines == ["u-0001  clerk  Quản trị        Cán bộ Một cửa", "u-0002  mai    Cán bộ một cửa  Trần Thị Ví Dụ  Hộ tịch"]


def test_the_doctor_is_content_with_a_new_desk(run):
    run(*INIT)
    code, found, _ = run("doctor")
    states = {check["name"]: check["state"] for check in found["checks"]}
    assert (code, found["ok"], states["database"], states["guard"], states["key"]) == (0, True, "ok", "ok", "warning")
    assert all(check["message"] for check in found["checks"])


def test_the_doctor_works_without_a_desk_and_asks_for_a_person(run):
    code, found, _ = run("doctor")
    assert (code, found["ok"]) == (5, False)
    assert found["checks"][-1]["code"] == "NO_DESK"


def test_the_recovery_sheet_is_not_written_over_the_desk_that_is_made(run, home):
    code, value, _ = run(*INIT, "--sheet", home / "desk" / "desk.db")
    assert (code, value["error"]["code"]) == (3, "OUT_IS_DESK")
    assert not (home / "desk" / "desk.db").exists(), "nothing was begun"


def test_the_sheet_opens_the_desk_again(run, home, monkeypatch):
    made = run(*INIT)[1]
    (home / "desk.key").unlink()
    assert run("users", "list")[1]["error"]["code"] == "KEY_MISSING"
    monkeypatch.setattr("sys.stdin", io.StringIO(made["recovery"] + "\n"))
    code, done, _ = run("recover", "--reset", "clerk")
    assert (code, done["login"]) == (0, "clerk")
    assert done["password"] != made["password"]
    assert run("users", "list")[0] == 0


def test_a_mistyped_sheet_names_the_group(run, monkeypatch):
    made = run(*INIT)[1]
    wrong = made["recovery"][:-1] + ("0" if made["recovery"][-1] != "0" else "1")
    monkeypatch.setattr("sys.stdin", io.StringIO(wrong))
    code, told, _ = run("recover")
    assert (code, told["error"]["code"]) == (3, "RECOVERY_GROUP_WRONG")
    assert "8" in told["error"]["message"]


def test_a_person_is_corrected_and_the_rest_stays(run, say, monkeypatch):
    monkeypatch.setenv("COUNTER_PASSWORD", "mat-khau-thu-1")
    run(*INIT)
    run("--user", "clerk", "users", "add", "mau", "--name", "Lê Văn Mẫu", "--role", "clerk", "--title", "Hộ tịch")
    code, told, _ = run("--user", "clerk", "users", "change", " MAU", "--role", "head")
    assert (code, told) == (0, {"login": "mau", "full_name": "Lê Văn Mẫu", "role": "head", "title": "Hộ tịch"})
    assert run("--user", "clerk", "users", "change", "mau", "--title", "", "--name", " Lê  Thị Mẫu ")[1]["full_name"] == "Lê Thị Mẫu"
    (person,) = [each for each in run("users", "list")[1]["users"] if each["login"] == "mau"]
    assert (person["full_name"], person["role"], person["title"]) == ("Lê Thị Mẫu", "head", "")
    assert "mau" in say("--user", "clerk", "users", "change", "mau", "--title", "Phó Giám đốc")


@pytest.mark.parametrize(("words", "refusal", "field"), [
    (("ai", "--role", "head"), "USER_UNKNOWN", "login"), (("clerk",), "NOTHING_TO_CHANGE", None),
    (("clerk", "--name", " "), "NAME_MISSING", "full_name"), (("clerk", "--role", "clerk"), "LAST_ADMINISTRATOR", "login")])
def test_a_correction_that_can_not_be_is_told(run, monkeypatch, words, refusal, field):
    monkeypatch.setenv("COUNTER_PASSWORD", "mat-khau-thu-1")
    run(*INIT)
    code, told, _ = run("--user", "clerk", "users", "change", *words)
    assert (code, told["error"]["code"], told["error"]["field"]) == (3, refusal, field)
