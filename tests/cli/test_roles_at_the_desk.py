"""The command line as four people use it: each is who the password says, may what the role allows, and leaves a trace of each look."""

import json
from dataclasses import replace

import pytest

from counter_app.bootstrap import open_counter
from counter_app.cli import book_verbs
from counter_app.cli.main import main
from counter_app.domain.moments import local
from counter_app.domain.people import Role
from counter_app.services.people.users import NewUser
from counter_app.support import clock as clocks
from tests.builders import command
from tests.conftest import PASSWORD
from tests.fakes import FakeClock

LAST_DAY = local(2026, 12, 31, 9, 42)
PEOPLE = {"clerk": Role.ADMINISTRATOR, "mai": Role.CLERK, "hoa": Role.HEAD, "tra": Role.INSPECTOR}
ANYBODY, DESK_WORK, LEADING, RUNNING = set(PEOPLE), {"clerk", "mai", "hoa"}, {"clerk", "hoa"}, {"clerk"}
OLDER = {"code": "H36.50.05-251102-0001", "received_at": "2025-11-02T08:00:00", "applicant": {"full_name": "Nguyễn Văn Mẫu"}}


@pytest.fixture(autouse=True)
def _last_day_of_the_year(monkeypatch):
    monkeypatch.setattr(clocks.SystemClock, "now", lambda self: LAST_DAY)


@pytest.fixture
def code(desk_dir):
    """A desk of four people with one dossier; returns its code."""
    counter = open_counter(desk_dir, clock=FakeClock(LAST_DAY))
    actor = counter.login.acting("", "")
    for login, role in PEOPLE.items():
        if login != "clerk":
            counter.users.add(NewUser(login, f"Người {login.title()} Mẫu", role, password=PASSWORD), actor)
    received = counter.intake.receive(command(), actor)
    counter.close()
    return received.code


@pytest.fixture
def call(desk_dir, capsys, monkeypatch):
    """Call as somebody; returns exit code and JSON value."""

    def run(user, *words, password=PASSWORD):
        monkeypatch.setenv("COUNTER_PASSWORD", password)
        exit_code = main(["--data-dir", str(desk_dir), "--json", *(["--user", user] if user else []), *map(str, words)])
        out = capsys.readouterr().out
        return exit_code, json.loads(out) if out else None

    return run


def trail(desk_dir):
    counter = open_counter(desk_dir, clock=FakeClock(LAST_DAY))
    with counter.database.read() as uow:
        found = [(entry.user_id, entry.action) for entry in uow.audit.entries(1, 1000)]
    counter.close()
    return found


def calls(folder, code):
    """Every verb that asks who acts, with who may call it."""
    older = folder / "older.jsonl"
    older.write_text(json.dumps(OLDER), "utf-8")
    dossier = folder / "dossier.json"
    dossier.write_text(json.dumps({"procedure_code": "1.004873", "applicant": {"full_name": "Trần Thị Ví Dụ"}}), "utf-8")
    return [
        (("show", code), ANYBODY), (("search", "tran"), ANYBODY), (("list",), ANYBODY), (("intake", dossier), DESK_WORK),
        (("slip", code, "--out", folder / "x.pdf"), DESK_WORK), (("logbook", "dossiers", "--out", folder / "b.json"), DESK_WORK),
        (("export-dossiers", "--from", "2026-01-01", "--to", "2026-12-31", "--out", folder / "o.jsonl"), DESK_WORK),
        (("import-dossiers", older), LEADING), (("users", "add", "moi", "--name", "Hồ Thị Mẫu", "--role", "clerk"), RUNNING),
        (("users", "reset", "mai"), RUNNING), (("numbers", "set", "--fallback"), RUNNING),
        (("catalogue", "override", "1.004873", "--decision", "1", "--from", "2026-12-01", "--limit", "2"), RUNNING),
        (("logbook", "dossiers", "--close-year", "2026"), LEADING),
    ]


@pytest.mark.parametrize("user", sorted(PEOPLE))
def test_each_may_what_the_role_allows(call, code, tmp_path, user):
    for words, may in calls(tmp_path, code):
        exit_code, value = call(user, *words)
        if user in may:
            assert exit_code in (0, 5), (words, value)
        else:
            assert (exit_code, value["error"]["code"]) == (3, "NOT_ALLOWED"), words
            assert value["error"]["message"] != "NOT_ALLOWED"


def test_nobody_gets_anything_without_the_password(call, code, tmp_path):
    for words, _ in calls(tmp_path, code):
        for user, password, refusal in (("hoa", "falsch", "WRONG_PASSWORD"), ("nobody", PASSWORD, "USER_UNKNOWN"), ("", "", "LOGIN_NEEDED")):
            exit_code, value = call(user, *words, password=password)
            assert (exit_code, value["error"]["code"]) in ((3, refusal), (3, "LOCKED_OUT")), words
    assert not (tmp_path / "x.pdf").exists()
    assert not (tmp_path / "o.jsonl").exists()


def test_guessing_locks_out_and_the_right_password_does_not_help_then(call, code):
    for left in (4, 3, 2, 1):
        exit_code, value = call("mai", "search", "tran", password="sai-mat-khau")
        assert (exit_code, value["error"]["code"]) == (3, "WRONG_PASSWORD")
        assert str(left) in value["error"]["message"]
    assert call("mai", "search", "tran", password="sai-mat-khau")[1]["error"]["code"] == "LOCKED_OUT"
    assert call("mai", "search", "tran")[1]["error"]["code"] == "LOCKED_OUT"
    assert call("hoa", "search", "tran")[0] == 0, "others go on"


def test_a_closed_account_is_out_at_once(call, code):
    assert call("mai", "search", "tran")[0] == 0
    assert call("clerk", "users", "disable", "mai")[0] == 0
    assert call("mai", "search", "tran")[1]["error"]["code"] == "USER_DISABLED"
    assert call("clerk", "users", "enable", "mai")[0] == 0
    assert call("mai", "search", "tran")[0] == 0


def test_showing_a_dossier_whole_is_two_looks_on_the_trail(call, code, desk_dir):
    exit_code, value = call("tra", "show", code)
    assert (exit_code, value["applicant"]["id_number"]) == (0, "067190000123")
    inspector = trail(desk_dir)[-1][0]
    assert [action for who, action in trail(desk_dir) if who == inspector] == ["user.login", "dossier.shown", "id_number.shown"]


def test_a_code_that_is_none_shows_no_number_and_says_so(call, code):
    exit_code, value = call("tra", "show", "H36.50.05-260101-9999")
    assert (exit_code, value["error"]["code"], value["error"]["field"]) == (3, "DOSSIER_UNKNOWN", "code")
    exit_code, value = call("tra", "show", code[:12])
    assert (exit_code, value["total"]) == (0, 1)
    assert "067190000123" not in json.dumps(value)


def test_the_close_of_a_year_tells_all_its_volumes(call, code, desk_dir):
    counter = open_counter(desk_dir, clock=FakeClock(LAST_DAY))
    actor = counter.login.acting("clerk", PASSWORD)
    counter.logbooks.new_volume("dossiers", 2026, actor)
    for _ in range(2):
        counter.intake.receive(command(), actor)
    counter.close()
    exit_code, value = call("hoa", "logbook", "dossiers", "--close-year", "2026")
    assert (exit_code, value["total"]) == (0, 3)
    assert [(each["volume"], each["first_ordinal"], each["last_ordinal"], each["lines"]) for each in value["volumes"]] == [(1, 1, 1, 1), (2, 2, 3, 2)]
    assert {each["closed_on"] for each in value["volumes"]} == {"2026-12-31"}
    assert call("hoa", "logbook", "dossiers", "--close-year", "2026")[1]["error"]["code"] == "BOOK_CLOSED"


def test_a_reprint_goes_on_the_paper_of_the_desk(call, code, desk_dir, tmp_path):
    counter = open_counter(desk_dir, clock=FakeClock(LAST_DAY))
    counter.settings.save(replace(counter.settings.profile(), paper="a4"), counter.login.acting("clerk", PASSWORD))
    counter.close()
    assert call("mai", "slip", code, "--out", tmp_path / "x.pdf")[1]["paper"] == "a4"
    assert call("mai", "slip", code, "--paper", "80mm", "--out", tmp_path / "x.pdf")[1]["paper"] == "80mm"


def test_a_second_person_agrees_with_a_password_of_their_own(call, code, desk_dir, monkeypatch, tmp_path):
    counter = open_counter(desk_dir, clock=FakeClock(LAST_DAY))
    counter.settings.save(replace(counter.settings.profile(), second_person_from=1), counter.login.acting("clerk", PASSWORD))
    counter.close()
    for words in (("export-dossiers", "--from", "2026-01-01", "--to", "2026-12-31", "--out", tmp_path / "o.jsonl"),
                  ("logbook", "dossiers", "--out", tmp_path / "b.json")):
        monkeypatch.delenv("COUNTER_SECOND_PASSWORD", raising=False)
        assert call("mai", *words)[1]["error"]["code"] == "SECOND_NEEDED"
        assert call("mai", *words, "--second", "hoa")[1]["error"]["code"] == "WRONG_PASSWORD", "the own password is no other's"
        monkeypatch.setenv("COUNTER_SECOND_PASSWORD", PASSWORD)
        assert call("mai", *words, "--second", "mai")[1]["error"]["code"] == "SECOND_SAME"
        assert call("mai", *words, "--second", "tra")[1]["error"]["code"] == "SECOND_NOT_ALLOWED"
        assert not words[-1].exists()
        assert call("mai", *words, "--second", "hoa")[0] == 0
        assert words[-1].exists()
    whose = [action for _, action in trail(desk_dir) if action in ("user.seconded", "dossiers.exported", "book.exported")]
    assert whose == ["user.seconded", "dossiers.exported", "user.seconded", "book.exported"]


def test_a_long_import_tells_how_far_it_is(desk_dir, code, capsys, monkeypatch, tmp_path):
    monkeypatch.setattr(book_verbs, "NOTED_EVERY", 500)
    monkeypatch.setenv("COUNTER_PASSWORD", PASSWORD)
    path = tmp_path / "older.jsonl"
    path.write_text("\n".join(json.dumps({**OLDER, "code": f"H36.50.05-251102-{n:04d}"}) for n in range(1, 1101)) + "\n{bad" * 25, "utf-8")
    assert main(["--data-dir", str(desk_dir), "--user", "hoa", "import-dossiers", str(path)]) == 5
    told = capsys.readouterr()
    assert [number in told.err for number in ("500", "1000", "1500")] == [True, True, False], "on standard error, beside the result"
    assert told.out.splitlines()[0].count("1100") == 1
    assert len(told.out.splitlines()) == 1 + book_verbs.SHOWN_BAD + 1, "twenty bad lines by name, then how many more"
    assert told.out.splitlines()[-1].count("5") >= 1
