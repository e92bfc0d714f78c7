import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from counter_app.cli import main as cli
from counter_app.cli.frame import CommandResult
from counter_app.domain.errors import Problem, RuleBrokenError, broken, failed
from tests.conftest import PASSWORD

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def run(capsys, tmp_path):
    """Run a call in this process; returns exit code, output and messages."""

    def call(*words):
        code = cli.main(["--data-dir", str(tmp_path / "desk"), *map(str, words)])
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return call


@pytest.fixture
def verb(monkeypatch):
    """A verb ``probe`` that does what the test says."""

    def install(act):
        class Module:
            @staticmethod
            def register(subparsers):
                subparsers.add_parser("probe").set_defaults(run=lambda context, arguments: act(context))

        monkeypatch.setattr(cli, "MODULES", {"probe_verb": ("probe",)})
        monkeypatch.setitem(sys.modules, "counter_app.cli.probe_verb", Module)

    return install


def test_a_result_is_lines_for_people_and_json_for_programs(run, verb):
    verb(lambda context: CommandResult({"tên": "Đắk"}, ("Xin chào", "Đắk")))
    assert run("probe") == (0, "Xin chào\nĐắk\n", "")
    code, out, err = run("probe", "--json")
    assert (code, json.loads(out), err) == (0, {"tên": "Đắk"}, "")


def test_a_member_that_is_wrong_is_named_beside_a_sentence_that_does_not_name_it(run, verb):
    def act(_context):
        raise RuleBrokenError(Problem("JSON_UNKNOWN_MEMBER", "applicant.colour"), Problem("JSON_MISSING"), Problem("PHONE_BAD", "applicant.phone"))

    verb(act)
    code, out, err = run("--lang", "en", "probe")
    member, missing, phone = err.splitlines()
    assert (code, out) == (3, "")
    assert member.startswith("applicant.colour: ")
    assert not any(each.startswith(("applicant", "None")) for each in (missing, phone))
    told = json.loads(run("probe", "--json")[1])["errors"][0]
    assert (told["field"], "applicant" in told["message"]) == ("applicant.colour", False)


def test_what_a_terminal_would_obey_in_a_name_is_shown_and_a_line_stays_one(run, verb):
    def act(context):
        context.note("đọc máy\x1b[31m.pdf")
        return CommandResult(["máy\x9b.pdf"], ("máy\x1b]52;c;eA==\x07.pdf: hỏng", "a.pdf\nb.pdf: đã lưu"))

    verb(act)
    code, out, err = run("probe")
    assert (code, err) == (0, "đọc máy\\x1b[31m.pdf\n")
    assert out.splitlines() == [r"máy\x1b]52;c;eA==\x07.pdf: hỏng", r"a.pdf\nb.pdf: đã lưu"]
    out = run("probe", "--json")[1]
    assert (json.loads(out), "\x9b" in out) == (["máy\x9b.pdf"], False)


def test_messages_never_mix_with_the_result(run, verb):
    def act(context):
        context.note("đang làm")
        return CommandResult(1)

    verb(act)
    assert run("--json", "probe") == (0, "1\n", "đang làm\n")


def test_a_verb_may_ask_for_a_person(run, verb):
    verb(lambda context: CommandResult({}, exit_code=5))
    assert run("probe")[0] == 5


@pytest.mark.parametrize(("error", "expected"), [(broken("SERIALS_UNREADABLE", "serials"), 3), (failed("KEYRING_CLOSED"), 4)])
def test_refusals_have_one_shape(run, verb, error, expected):
    def act(context):
        raise error

    verb(act)
    code, out, err = run("--json", "probe")
    told = json.loads(out)["error"]
    assert (code, told["code"], told["field"], err) == (expected, error.code, error.problems[0].field, "")
    english = json.loads(run("probe", "--json", "--lang", "en")[1])["error"]["message"]
    assert english.isascii()
    assert not told["message"].isascii()
    code, out, err = run("probe")
    assert (code, out, err) == (expected, "", told["message"] + "\n")


def test_every_problem_is_told(run, verb):
    def act(context):
        raise RuleBrokenError(Problem("NAME_MISSING", "full_name"), Problem("LOGIN_UNUSABLE", "login"))

    verb(act)
    told = json.loads(run("--json", "probe")[1])
    assert told["error"]["code"] == "NAME_MISSING"
    assert [problem["field"] for problem in told["errors"]] == ["full_name", "login"]
    assert len(run("probe")[2].splitlines()) == 2


def test_a_fault_of_the_disk_is_the_surroundings(run, verb):
    def act(context):
        raise OSError(28, "No space left on device", "/data/x")

    verb(act)
    code, out, _ = run("--json", "probe")
    assert (code, json.loads(out)["error"]["code"]) == (4, "DISK_FULL")


def test_a_bug_is_a_saved_report_without_what_was_typed(run, verb, monkeypatch, tmp_path, expected_errors):
    monkeypatch.setenv("COUNTER_STATE_DIR", str(tmp_path / "state"))

    def act(context):
        raise KeyError("Trần Thị Ví Dụ 068190001234")

    verb(act)
    code, out, err = run("--json", "probe")
    told = json.loads(out)
    report = Path(told["report"])
    assert (code, told["error"]["code"]) == (1, "BUG")
    assert str(report) in err
    assert report.parent == tmp_path / "state" / "reports"
    text = report.read_text(encoding="utf-8")
    assert "KeyError" in text
    assert "doing: probe" in text
    for shown in (text, out, err):
        assert "Ví" not in shown
        assert "068190001234" not in shown


def test_a_bug_where_no_report_can_be_saved_is_told_at_once(run, verb, monkeypatch, tmp_path, expected_errors):
    (tmp_path / "state").write_text("in the way")
    monkeypatch.setenv("COUNTER_STATE_DIR", str(tmp_path / "state"))

    def act(context):
        raise KeyError("x")

    verb(act)
    code, _, err = run("probe")
    assert code == 1
    assert "KeyError" in err


def test_an_interrupted_call_is_no_bug(run, verb):
    def act(context):
        raise KeyboardInterrupt

    verb(act)
    assert run("probe")[0] == 130


@pytest.mark.parametrize("words", [[], ["nosuch"], ["--lang", "fr", "doctor"], ["init"], ["users"], ["users", "add", "x"], ["doctor", "--wrong"]])
def test_words_that_are_off_are_told_apart(run, words):
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert "usage" in err


def test_help_is_no_error(run):
    code, out, _ = run("--help")
    assert code == 0
    for verbs in cli.MODULES.values():
        assert all(verb in out for verb in verbs)


def test_options_may_stand_before_or_behind_the_verb(run):
    before, behind = run("--json", "--lang", "en", "users", "list"), run("users", "list", "--lang", "en", "--json")
    assert before == behind
    assert json.loads(before[1])["error"]["code"] == "NO_DESK"


def process(*words, **options):
    environment = {**os.environ, **options.pop("env", {})}
    command = [sys.executable, "-W", "error", "-m", "counter_app", *map(str, words)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, env=environment, timeout=60, check=False, **options)


@pytest.mark.parametrize("env", [
    {"LC_ALL": "C"}, {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"PYTHONIOENCODING": "latin-1"},
    {"PYTHONIOENCODING": "ascii:strict", "LANG": "vi_VN"},
])
def test_any_locale_speaks_utf8(tmp_path, env):
    place = tmp_path / "Xã Đắk Mil"
    ended = process("--data-dir", place, "users", "list", "--json", env=env)
    assert (ended.returncode, ended.stderr) == (3, b"")
    assert str(place) in json.loads(ended.stdout.decode())["error"]["message"]


def test_a_closed_pipe_is_no_traceback(tmp_path):
    command = f"{sys.executable} -m counter_app --data-dir {tmp_path} --help | true; {sys.executable} -m counter_app --json doctor | head -c 1"
    ended = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, timeout=60, check=False)
    assert ended.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device on this system")
@pytest.mark.parametrize(("words", "code"), [("doctor", 4), ("list --json", 4), ("users list", 4), ("--help", 4), ("show nothing", 3)])
def test_an_output_that_takes_nothing_is_said_in_a_sentence(desk_dir, words, code):
    command = f"{sys.executable} -m counter_app --data-dir {desk_dir} --lang en --user clerk {words} > /dev/full"
    env = {**os.environ, "COUNTER_PASSWORD": PASSWORD, "PYTHONUNBUFFERED": ""}
    ended = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, env=env, timeout=60, check=False)
    said = ended.stderr.decode()
    assert (ended.returncode, "Traceback" in said, "Exception ignored" in said) == (code, False, False), said
    assert words == "--help" or said.count(".") >= 2


def test_the_log_of_a_call_names_the_verb_and_no_input(tmp_path):
    env = {"COUNTER_STATE_DIR": str(tmp_path / "state")}
    process("--data-dir", tmp_path / "none", "--user", "tran.thi.vi.du", "users", "reset", "ví-dụ", env=env)
    log = (tmp_path / "state" / "logs" / "counter.log").read_text(encoding="utf-8")
    assert "users ended with 3" in log
    assert "vi.du" not in log
    assert "ví" not in log


def test_a_verb_without_a_desk_loads_no_heavy_library(tmp_path):
    probe = (
        "import sys; from counter_app.cli.main import main; code = main(['fee', '-', '--json']); "
        "print(sorted({'sqlalchemy', 'alembic', 'reportlab', 'xlsxwriter', 'openpyxl', 'cryptography', 'keyring', 'PySide6'} & set(sys.modules)))"
    )
    ended = subprocess.run([sys.executable, "-c", probe], input=b'{"lines": []}', cwd=ROOT, capture_output=True, timeout=60, check=True)
    assert ended.stdout.decode().splitlines()[-1] == "[]"


def test_opening_a_desk_loads_no_printer_and_no_migration(desk_dir):
    probe = (
        f"import sys; from counter_app.cli.main import main; main(['--data-dir', {str(desk_dir)!r}, 'users', 'list']); "
        "print(sorted({'alembic', 'reportlab', 'xlsxwriter', 'openpyxl', 'cryptography', 'keyring', 'PySide6'} & set(sys.modules)))"
    )
    ended = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, timeout=60, check=True)
    assert ended.stdout.decode().splitlines()[-1] == "[]"
