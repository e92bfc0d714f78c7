"""The real program, laid out as a set-up program does, updates itself by one line and is started by its starter, in processes of their own."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from counter_app.storage.schema import HEAD
from counter_app.updating.laying import HEAD as RELEASE
from tests.updating.releases import KEYS, lay, published, starts

ROOT = Path(__file__).parents[2]
NOT_NEEDED = ("fonts", "icons", "translations", "themes", "ministry_programs")
STARTS = f"""#!/bin/sh
PYTHONPATH=$(dirname "$0")/../app exec {sys.executable} "$@"
"""
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")


def content():
    """The files of the program as they are shipped, but for what a desk without a window can do without."""
    files = {"bin/python3.11": STARTS.encode()}
    for place in ("counter_app", "resources"):
        for path in (ROOT / place).rglob("*"):
            parts = path.relative_to(ROOT).parts
            if path.is_file() and path.suffix in (".py", ".json", ".csv", ".txt", ".mako") and parts[1] not in NOT_NEEDED:
                files[f"app/{path.relative_to(ROOT).as_posix()}"] = path.read_bytes()
    return {**files, "app/resources/updates/keys.json": json.dumps({"keys": [{"public": key} for key in KEYS]}).encode()}


def test_one_line_is_changed_and_the_desk_goes_on(tmp_path):
    root, first = tmp_path / "program", content()
    lay(root, "0.1.0", first, sequence=100, schema=HEAD)
    (root / "current").write_text("0.1.0")
    starter = shutil.copy(ROOT / "installer" / "package" / "debian" / "starter.sh", root / "counter")
    starter.chmod(0o755)
    second = {**first, "app/counter_app/cli/rule_verbs.py": first["app/counter_app/cli/rule_verbs.py"] + b"\n# one line more\n"}
    delta = published(tmp_path, "0.2.0", second, sequence=200, schema=HEAD, earlier=root / "versions" / "0.1.0")
    surroundings = {**os.environ, "COUNTER_STATE_DIR": str(tmp_path / "state"), "COUNTER_KEY_FILE": str(tmp_path / "key")}

    def counter(*words, code=0):
        done = subprocess.run(
            [starter, "--data-dir", tmp_path / "desk", "--json", *words], cwd=tmp_path, env=surroundings, capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stdout + done.stderr
        return json.loads(done.stdout)

    counter("init", "--agency", "H36.50.05", "--commune", "Xã Đắk Mil", "--province", "Lâm Đồng", "--desk", "2")
    assert counter("update", "--from", str(delta))["state"] == "switched"
    assert starts(root) == "0.2.0"
    standing = counter("update")
    assert (standing["installed"]["version"], standing["previous"]["version"], standing["offered"]) == ("0.2.0", "0.1.0", None)
    assert counter("verify")["verified"]
    assert counter("update", "--from", str(delta), code=3)["error"]["code"] == "UPDATE_OLDER"
    assert counter("update", "back")["version"] == "0.1.0"
    assert counter("update")["installed"]["version"] == "0.1.0"
    same = "app/counter_app/cli/main.py"
    assert (root / "versions" / "0.1.0" / same).samefile(root / "versions" / "0.2.0" / same)
    assert delta.stat().st_size < 60_000, f"one line, and the list of {len(second)} files"
    assert (root / "versions" / "0.2.0" / RELEASE).exists()
