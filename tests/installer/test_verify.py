"""Verifying what was installed: a program that does its day passes, and each thing that is wrong is seen."""

import json
import os
import sys

import pytest

from installer import verify

PROGRAM = '''#!{python}
import json, os, sys
from pathlib import Path
fault = {fault!r}
words = sys.argv[1:]
if fault == "dead": sys.exit(1)
if words == ["--help"]: print("usage: counter")
elif "init" in words:
    if fault == "init": sys.exit(4)
    Path(words[1]).mkdir()
elif "intake" in words:
    taken = json.loads(Path(words[words.index("intake") + 1]).read_text())
    assert taken["applicant"]["full_name"] == "Trần Thị Ví Dụ" and Path(words[1]).is_dir()
    if fault == "intake": sys.exit(3)
    Path(words[-1]).write_bytes(b"%PDX-" if fault == "slip" else b"%PDF-1.4")
elif words[0] == "demo":
    if fault == "demo": sys.exit(3)
    out = Path(words[2])
    (out / "slips").mkdir(parents=True)
    for at in range(39 if fault == "few" else 40):
        (out / "slips" / f"c{{at}}.pdf").write_bytes(b"%PDX-" if fault == "broken" and at == 7 else b"%PDF-1.4")
    named = [{{"code": f"c{{at}}"}} for at in range(3 if fault == "strangers" else 45)]
    (out / "summary.json").write_text(json.dumps({{"dossiers": named, "books": {{}} if fault == "books" else {{"a": "b"}}, "reports": {{"a": "b"}}}}))
elif "verify" in words: sys.exit(1 if fault == "verify" else 0)
'''


def installed(tmp_path, fault=""):
    path = tmp_path / "counter"
    path.write_text(PROGRAM.format(python=sys.executable, fault=fault))
    path.chmod(0o755)
    return path


def test_a_program_that_does_its_day_passes(tmp_path, capsys):
    assert verify.main([str(installed(tmp_path))]) == 0
    assert "40 slips" in capsys.readouterr().out


@pytest.mark.parametrize("fault", ["dead", "demo", "few", "broken", "strangers", "books", "verify", "init", "intake", "slip"])
def test_each_fault_is_seen(tmp_path, fault, capsys):
    assert verify.main([str(installed(tmp_path, fault))]) == 1
    assert "✗" in capsys.readouterr().out


@pytest.mark.parametrize("fault", ["init", "intake", "slip"])
def test_a_program_without_a_first_slip_is_not_asked_for_a_day(tmp_path, fault, capsys):
    verify.main(["--folder", str(tmp_path / "kept"), str(installed(tmp_path, fault))])
    assert "✗ from nothing to the first slip" in capsys.readouterr().out
    assert not (tmp_path / "kept" / "demo").exists()


def test_what_was_made_can_be_kept(tmp_path):
    folder = tmp_path / "kept"
    assert verify.main(["--folder", str(folder), str(installed(tmp_path))]) == 0
    assert json.loads((folder / "demo" / "summary.json").read_text())["books"] == {"a": "b"}


def test_it_runs_elsewhere_by_other_words(tmp_path):
    program = installed(tmp_path)
    assert verify.main(["--with", f"{sys.executable}", str(program)]) == 0


def test_a_real_desk_is_not_touched(tmp_path, monkeypatch):
    seen = tmp_path / "seen"
    path = tmp_path / "counter"
    path.write_text(f'#!/bin/sh\necho "$COUNTER_STATE_DIR" > {seen}\nexit 1\n')
    path.chmod(0o755)
    monkeypatch.setenv("COUNTER_STATE_DIR", "/real")
    verify.main(["--folder", str(tmp_path / "own"), str(path)])
    assert seen.read_text().strip() == os.fspath(tmp_path / "own" / "state")
