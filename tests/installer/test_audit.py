"""The audit of what is shipped: what it finds fails it, what can't be asked is said and does not."""

import json
import subprocess

import pytest

from installer import audit

CLEAN = {"pip-audit": (0, {"dependencies": [{"name": "x", "version": "1", "vulns": []}]}), "bandit": (0, {"results": []}),
         "detect-secrets-hook": (0, ""), "git": (0, "a.py\nb.py")}
WEAK = {"dependencies": [{"name": "x", "version": "1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2"]}, {"id": "PYSEC-2", "fix_versions": []}]}]}


class Tools:
    """Answers as the tools would; keeps what was asked."""

    def __init__(self, **answers):
        self.answers = {**CLEAN, **{name.replace("_", "-"): answer for name, answer in answers.items()}}
        self.asked = []

    def __call__(self, command):
        self.asked.append(list(command))
        name = command[0].rpartition("/")[2].rpartition("\\")[2]
        code, out, *err = self.answers[name]
        return subprocess.CompletedProcess(command, code, out if isinstance(out, str) else json.dumps(out), *err or ("",))


def test_sound_things_are_not_talked_about():
    tools = Tools()
    assert [list(check(tools)) for check in (audit.dependencies, audit.code, audit.secrets)] == [[], [], []]
    locks = [command[command.index("-r") + 1] for command in tools.asked if command[0].endswith("pip-audit")]
    assert locks == list(audit.SHIPPED)
    assert all((audit.ROOT / lock).is_file() for lock in locks)
    assert all((audit.ROOT / folder).is_dir() for folder in audit.CODE)


def test_each_known_vulnerability_is_told_with_what_mends_it():
    found = list(audit.dependencies(Tools(pip_audit=(1, WEAK))))
    assert len(found) == 2 * len(audit.SHIPPED)
    assert found[0] == "requirements.lock: x 1 has PYSEC-1; mended in: 2"
    assert found[1].endswith("none yet")


@pytest.mark.parametrize("why", ["requests.exceptions.ConnectionError: …", "ServiceError: Max retries exceeded", "Temporary failure in name resolution"])
def test_a_database_that_can_not_be_reached_is_said_and_fails_nothing(capsys, why):
    assert list(audit.dependencies(Tools(pip_audit=(1, "", why)))) == []
    assert capsys.readouterr().out.count("can't be reached") == len(audit.SHIPPED)


def test_a_tool_that_dies_of_anything_else_fails_it():
    assert next(audit.dependencies(Tools(pip_audit=(2, "", "ValueError: hash")))).endswith("ValueError: hash")


def test_weak_code_and_a_secret_are_told_with_their_place():
    weak = {"results": [{"filename": "ui/x.py", "line_number": 3, "test_id": "B301", "issue_text": "pickle"}]}
    assert list(audit.code(Tools(bandit=(1, weak)))) == ["ui/x.py:3: B301 pickle"]
    tools = Tools(detect_secrets_hook=(1, "Secret Type: AWS Access Key"))
    assert list(audit.secrets(tools)) == ["Secret Type: AWS Access Key"]
    assert tools.asked[-1][-2:] == ["a.py", "b.py"], "every tracked file is looked at"
    assert str(audit.BASELINE) in tools.asked[-1]


def test_the_tools_are_installed_once_for_each_lock(tmp_path, monkeypatch):
    monkeypatch.setattr(audit, "VENV", tmp_path)
    tools = Tools(**{audit.sys.executable.rpartition("/")[2]: (0, "")}, pip=(0, ""))
    tools.answers[audit.sys.executable.rpartition("/")[2]] = (0, "")
    assert audit.prepare(tools)
    assert "--require-hashes" in tools.asked[-1]
    before = len(tools.asked)
    assert audit.prepare(tools)
    assert len(tools.asked) == before
    (tmp_path / "lock.sha256").write_text("another", "ascii")
    tools.answers["pip"] = (1, "")
    assert not audit.prepare(tools)


@pytest.mark.parametrize(("reached", "findings", "code"), [(False, [], 0), (True, [], 0), (True, ["x"], 1)])
def test_findings_alone_fail_it(monkeypatch, capsys, reached, findings, code):
    monkeypatch.setattr(audit, "prepare", lambda: reached)
    for name in ("dependencies", "code", "secrets"):
        monkeypatch.setattr(audit, name, lambda found=findings: iter(found))
    assert audit.main() == code
    assert capsys.readouterr().out.strip()


def test_what_is_known_to_look_like_a_secret_are_passwords_of_tests():
    known = json.loads(audit.BASELINE.read_text("utf-8"))["results"]
    assert {name.split("/")[0] for name in known} <= {"tests", "bench", "ui"}
    assert [name for name in known if not (audit.ROOT / name).is_file()] == []
    assert {each["type"] for found in known.values() for each in found} <= {"Secret Keyword", "Basic Auth Credentials"}
