"""``numbers`` through the command line, at a real desk: after a lost guard, after a used-up range, and its register of burned ones."""

import json
import shutil
from dataclasses import replace
from datetime import date

import pytest

from counter_app.cli import main as cli
from counter_app.domain.moments import local
from counter_app.services.intake.service import IntakeService
from counter_app.support import clock as clocks
from counter_app.support.paths import state_dir
from tests.builders import command

NOW = local(2026, 11, 20, 9, 42)
CODE = "H36.50.05-261120-{:04}"


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    """The program's own clock stands on the day of the test desk."""
    monkeypatch.setattr(clocks.SystemClock, "now", lambda self: NOW)


@pytest.fixture
def run(capsys, desk_dir):
    """Run a call at the desk; returns exit code and JSON value."""

    def call(*words):
        code = cli.main(["--data-dir", str(desk_dir), "--json", *map(str, words)])
        return code, json.loads(capsys.readouterr().out)

    return call


@pytest.fixture
def say(capsys, desk_dir):
    """The same for people; returns the lines."""

    def call(*words, lang="vi"):
        cli.main(["--data-dir", str(desk_dir), "--lang", lang, *map(str, words)])
        shown = capsys.readouterr()
        return shown.out.splitlines() + shown.err.splitlines()

    return call


def at_the_desk(desk_dir, act):
    from counter_app.bootstrap import open_counter

    counter = open_counter(desk_dir)
    try:
        return act(counter, counter.login.acting("", ""))
    finally:
        counter.close()


def receive(counter, actor):
    procedure = counter.catalogue.in_force(NOW.date())[0]
    return counter.intake.receive(command(procedure_code=procedure.code, documents=None, fees=None), actor).code


def received(desk_dir):
    return at_the_desk(desk_dir, receive)


def lose_guard():
    shutil.rmtree(state_dir() / "devices")


def test_a_fresh_desk_tells_range_and_next_code(run, say):
    code, told = run("numbers", "show")
    assert code == 0
    assert told["next"] == CODE.format(1)
    assert (told["problem"], told["suspect"], told["taken"], told["known"]) == (None, False, None, None)
    assert (told["day"], told["serials"], told["recovery"]) == ("2026-11-20", {"first": 1, "last": 9999}, [])
    assert say("numbers", "show")[-1] == f"Mã tiếp theo: {CODE.format(1)}."
    assert "20/11/2026: no number is known to have been issued." in say("numbers", "show", lang="en")


def test_after_an_intake_the_last_number_is_known(run, say, desk_dir):
    assert received(desk_dir) == CODE.format(1)
    code, told = run("numbers", "show")
    assert (code, told["taken"], told["known"], told["next"]) == (0, 1, 1, CODE.format(2))
    assert "Số cuối cùng đã biết trong ngày 20/11/2026: 1." in say("numbers", "show")


def test_a_lost_guard_needs_a_person_who_vouches(run, say, desk_dir):
    received(desk_dir)
    lose_guard()
    code, told = run("numbers", "show")
    assert (code, told["next"], told["suspect"], told["problem"]["code"]) == (5, None, True, "NUMBER_UNSAFE")
    assert any("Số hồ sơ" in line for line in say("numbers", "show"))
    assert any("numbers confirm --day" in line for line in say("numbers", "show", lang="en"))
    code, told = run("numbers", "confirm", "--day", "20/11/2026", "--last", 37)
    assert (code, told["next"], told["taken"], told["suspect"]) == (0, CODE.format(38), 37, False)
    assert not any("numbers confirm" in line for line in say("numbers", "show"))
    assert received(desk_dir) == CODE.format(38)


def test_vouching_below_a_known_number_or_beyond_the_range_is_refused(run, desk_dir):
    received(desk_dir)
    lose_guard()
    for last, refusal in ((0, "SERIAL_KNOWN_HIGHER"), (10000, "SERIAL_NOT_POSSIBLE")):
        code, told = run("numbers", "confirm", "--day", "2026-11-20", "--last", last)
        assert (code, told["error"]["code"], told["error"]["field"]) == (3, refusal, "serial")
    assert run("numbers", "confirm", "--day", "31/02/2026", "--last", 1)[1]["error"]["field"] == "day"
    assert run("numbers", "show")[0] == 5


@pytest.mark.parametrize(("day", "code"), [("21/11/2026", "DAY_NOT_COME"), ("19/11/2026", "NOT_THE_NEWEST")])
def test_a_date_that_can_not_be_the_newest_is_refused(run, desk_dir, day, code):
    received(desk_dir)
    lose_guard()
    for words in (("confirm", "--last", "37"), ("allow-recovery", "--generation", "1")):
        if words[0] == "allow-recovery":
            at_the_desk(desk_dir, give_ranges)
        exit_code, told = run("numbers", *words, "--day", day)
        assert (exit_code, told["error"]["code"], told["error"]["field"]) == (3, code, "day")
    assert run("numbers", "show")[0] == 5


def give_ranges(counter, actor):
    ranges = ((2600, 2699), (2700, 2799))
    counter.settings.save(replace(counter.settings.profile(), serial_last=2599, recovery_ranges=ranges), actor)


def test_a_recovery_range_is_used_only_after_it_was_allowed(run, say, desk_dir):
    received(desk_dir)
    at_the_desk(desk_dir, give_ranges)
    lose_guard()
    code, told = run("numbers", "show")
    assert (code, [each["opened"] for each in told["recovery"]]) == (5, [False, False])
    assert run("numbers", "allow-recovery", "--day", "20/11/2026", "--generation", 3)[1]["error"]["code"] == "RECOVERY_UNKNOWN"
    code, told = run("numbers", "allow-recovery", "--day", "20/11/2026", "--generation", 2)
    assert (code, told["next"], [each["opened"] for each in told["recovery"]]) == (0, CODE.format(2700), [False, True])
    assert "Dải khôi phục lần 2: 2700–2799, đã mở hôm nay." in say("numbers", "show")
    assert received(desk_dir) == CODE.format(2700)


def test_a_used_up_range_is_widened_or_provisional_codes_step_in(run, desk_dir):
    code, told = run("numbers", "set", "--serials", "7-7")
    assert (code, told["next"]) == (0, CODE.format(7))
    received(desk_dir)
    code, told = run("numbers", "show")
    assert (code, told["problem"]["code"]) == (5, "RANGE_USED_UP")
    code, told = run("numbers", "set", "--fallback")
    assert (code, told["fallback"]) == (0, True)
    assert told["next"].startswith("TAM-")
    code, told = run("numbers", "set", "--no-fallback", "--serials", "7-9")
    assert (code, told["fallback"], told["next"]) == (0, False, CODE.format(8))
    assert run("numbers", "set", "--serials", "9-7")[1]["error"]["code"] == "SERIALS_IMPOSSIBLE"


def test_what_happens_without_a_safe_number_is_told_after_it_was_set(say):
    assert "Where no official number is safe: provisional codes (TAM-…) are printed." in say("numbers", "set", "--fallback", lang="en")
    assert "Khi không có số chính thức an toàn: cấp mã tạm (TAM-…)." in say("numbers", "show")
    assert "Khi không có số chính thức an toàn: dừng lại và báo rõ." in say("numbers", "set", "--no-fallback")


def test_burned_numbers_are_listed_by_day(run, say, desk_dir, monkeypatch):
    assert run("numbers", "burned", "--from", "20/11/2026", "--to", "20/11/2026") == (0, {"burned": []})
    assert say("numbers", "burned", "--from", "20/11/2026", "--to", "20/11/2026") == ["Không có số bỏ nào trong thời gian này."]

    def crash(self, uow, entry):
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(IntakeService, "_record", crash)
        with pytest.raises(RuntimeError):
            received(desk_dir)
    assert received(desk_dir) == CODE.format(2)
    code, told = run("numbers", "burned", "--from", "2026-11-01", "--to", "2026-11-30")
    assert code == 0
    assert [(each["code"], each["reason"], each["dossier_id"], each["day"]) for each in told["burned"]] == [
        (CODE.format(1), "crash", None, date(2026, 11, 20).isoformat())]
    assert say("numbers", "burned", "--from", "2026-11-20", "--to", "2026-11-20") == [
        f"{CODE.format(1)}  bỏ vì lần tiếp nhận không ghi xong  09:42 20/11/2026"]
    assert run("numbers", "burned", "--from", "2026-11-21", "--to", "2026-11-30") == (0, {"burned": []})


def test_a_lost_number_is_listed_until_its_dossier_is_entered_again(run, say, desk_dir, tmp_path):
    received(desk_dir)
    lose_guard()
    run("numbers", "confirm", "--day", "20/11/2026", "--last", 3)
    assert received(desk_dir) == CODE.format(4)
    days = ("--from", "2026-11-20", "--to", "2026-11-20")
    assert [(each["code"], each["reason"]) for each in run("numbers", "burned", *days)[1]["burned"]] == [
        (CODE.format(2), "lost"), (CODE.format(3), "lost")]
    assert all("nhập lại hồ sơ" in line for line in say("numbers", "burned", *days))
    old = tmp_path / "old.jsonl"
    old.write_text(json.dumps({"code": CODE.format(2), "received_at": "2026-11-20T08:00:00+07:00"}) + "\n", encoding="utf-8")
    assert run("import-dossiers", old)[0] == 0
    assert [each["code"] for each in run("numbers", "burned", *days)[1]["burned"]] == [CODE.format(3)]
    assert run("verify")[0] == 0, "nothing contradicts the register, which forgets nothing"


def test_a_clerk_vouches_for_nothing(run, desk_dir, monkeypatch):
    from counter_app.domain.people import Role
    from counter_app.services.people.users import NewUser

    at_the_desk(desk_dir, lambda counter, actor: counter.users.add(NewUser("mai", "Đỗ Thị Thí Điểm", Role.CLERK, "", "mat-khau-thu-2"), actor))
    monkeypatch.setenv("COUNTER_PASSWORD", "mat-khau-thu-2")
    for words in (("confirm", "--day", "20/11/2026", "--last", "5"), ("allow-recovery", "--day", "20/11/2026", "--generation", "1"), ("set", "--fallback")):
        code, told = run("--user", "mai", "numbers", *words)
        assert (code, told["error"]["code"]) == (3, "NOT_ALLOWED")
