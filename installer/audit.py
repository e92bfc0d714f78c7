"""Ask whether anything that is shipped is known to be unsafe: dependencies, code, secrets left in files.

    python3 installer/audit.py

Runs with any bare Python 3.11 or newer. The tools live in an environment of their own (``.venv-audit``), pinned with hashes as all are.
What is known of dependencies is asked of the database of PyPI: where that can't be reached this is said and is no failure, for nothing
was found; code and secrets are looked at without a network.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv-audit"
LOCK = ROOT / "installer" / "audit-tools.lock"
BASELINE = ROOT / ".secrets.baseline"
"""What looks like a secret and is none: passwords of tests. ``detect-secrets audit .secrets.baseline`` looks at them again."""
SHIPPED = ("requirements.lock", "requirements-dev.lock", "installer/package-tools.lock")
CODE = ("counter_app", "ui", "installer")
UNREACHED = ("ConnectionError", "ServiceError", "Max retries", "NameResolutionError", "timed out", "Temporary failure")
"""Words of pip-audit where it got no answer at all."""

Run = Callable[[Sequence[str]], "subprocess.CompletedProcess[str]"]


def run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run a tool in the checkout and return what it said."""
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def prepare(tool: Run = run) -> bool:
    """Install the tools where they are not the locked ones; False where they can't be had."""
    stamp, wanted = VENV / "lock.sha256", hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text(encoding="ascii") == wanted:
        return True
    made = tool([sys.executable, "-m", "venv", str(VENV)]).returncode == 0
    if not made or tool([_tool("pip"), "install", "--quiet", "--require-hashes", "-r", str(LOCK)]).returncode:
        return False
    stamp.write_text(wanted, encoding="ascii")
    return True


def dependencies(tool: Run = run) -> Iterator[str]:
    """Yield each known vulnerability of what is locked; say so where the database can't be reached."""
    for lock in SHIPPED:
        done = tool([_tool("pip-audit"), "-r", lock, "--require-hashes", "--disable-pip", "--format", "json"])
        if done.returncode and not done.stdout.strip():
            if any(word in done.stderr for word in UNREACHED):
                print(f"{lock}: the database of known vulnerabilities can't be reached; nothing is known of it today.")
            else:
                yield f"{lock}: {done.stderr.strip()}"
            continue
        for found in json.loads(done.stdout)["dependencies"]:
            for weakness in found.get("vulns", ()):
                better = ", ".join(weakness["fix_versions"]) or "none yet"
                yield f"{lock}: {found['name']} {found['version']} has {weakness['id']}; mended in: {better}"


def code(tool: Run = run) -> Iterator[str]:
    """Yield what bandit finds of medium weight or more; ruff's S rules in ``make check`` are its rules too, with our reasons at each."""
    done = tool([_tool("bandit"), "-q", "-r", *CODE, "-ll", "-f", "json"])
    for found in json.loads(done.stdout)["results"]:
        yield f"{found['filename']}:{found['line_number']}: {found['test_id']} {found['issue_text']}"


def secrets(tool: Run = run) -> Iterator[str]:
    """Yield what looks like a secret in a tracked file and is not in the baseline."""
    names = [name for name in tool(["git", "ls-files"]).stdout.splitlines() if name != BASELINE.name]
    done = tool([_tool("detect-secrets-hook"), "--baseline", str(BASELINE), *names])
    if done.returncode:
        yield done.stdout.strip() or done.stderr.strip()


def _tool(name: str) -> str:
    folder = VENV / ("Scripts" if sys.platform == "win32" else "bin")
    return str(folder / name)


def main() -> int:
    """Look at everything; 1 where something was found, 0 else, also where nothing could be asked."""
    if not prepare():
        print("The tools of the audit can't be fetched: nothing was looked at. Try again with a network.")
        return 0
    found = [line for check in (dependencies, code, secrets) for line in check()]
    for line in found:
        print(line)
    print(f"{len(found)} findings." if found else "Nothing is known against what is shipped.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
