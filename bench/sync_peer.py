"""PouchDB beside ours: the same dossiers as documents, a revision for each event, replicated to a CouchDB-compatible server."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.desk import KeptDesk
from bench.peer_tools import Tool
from counter_app.domain.canonical import envelope
from tests.sync.thin_line import Nature, ThinLine

PACKAGE = Path(__file__).resolve().parent / "peers" / "pouchdb"
FILES = ("package.json", "package-lock.json", "serve.mjs", "replicate.mjs")
DEFAULT_BATCH = 0


@dataclass(frozen=True, slots=True)
class Replicated:
    """What the replication told (``replicate.mjs``), and what crossed the line."""

    told: dict[str, Any]
    up: int
    down: int
    cuts: int


def pouchdb(cache: Path) -> Tool:
    """Return the folder in which PouchDB is installed, as its lock file pins it, installed first where it can be."""
    if not (shutil.which("node") and shutil.which("npm")):
        return Tool(None, "PouchDB needs Node and npm")
    wanted = hashlib.sha256(b"".join((PACKAGE / name).read_bytes() for name in FILES)).hexdigest()
    folder = cache / f"pouchdb-{wanted[:10]}"
    if not (folder / "installed").exists():
        print("installing PouchDB, kept for the next run", file=sys.stderr)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name in FILES:
            shutil.copy(PACKAGE / name, folder)
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        if subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode != 0:
            return Tool(None, "npm can't fetch PouchDB here")
        (folder / "installed").touch()
    return Tool(folder)


def write_lives(desk: KeptDesk, count: int, path: Path) -> None:
    """Write the ops of the first dossiers, as they are sent, one line of JSON for each dossier."""
    counter, lives = desk.open(), defaultdict(list)
    try:
        with counter.database.read() as uow:
            for event in uow.events.everything():
                if event.lane:
                    lives[event.dossier_id].append(envelope(event))
    finally:
        counter.close()
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(life, ensure_ascii=False) + "\n" for life in list(lives.values())[:count])


def replicated(folder: Path, lives: Path, nature: Nature, *, scans: int, size: int, batch: int, seconds: float) -> Replicated:
    """Send everything to a fresh server over a line, for so many seconds at most."""
    log = str(lives.with_suffix(".log"))
    with subprocess.Popen(["node", "serve.mjs", log], cwd=folder, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            with ThinLine(server.stdout.readline().strip(), nature) as line:
                words = ["node", "replicate.mjs", line.url, str(lives), *(str(each) for each in (scans, size, batch, seconds))]
                done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=True)
                return Replicated(json.loads(done.stdout), line.up, line.down, line.cuts)
        finally:
            server.kill()
