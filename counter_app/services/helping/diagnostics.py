"""The diagnostics file: what support needs to know of a desk, made by hand, sent by nobody, and without a word of anybody in it.

Everything in it is chosen, nothing is left out: numbers, codes of sentences, versions, and lines in the program's own words.
"""

from __future__ import annotations

import json
import os
import platform
import re
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from importlib.metadata import distributions
from pathlib import Path

from counter_app.domain.errors import DeskError
from counter_app.services.desk.settings import DeskProfile
from counter_app.services.helping.doctor import DoctorService, Finding
from counter_app.services.line.desk import LineService
from counter_app.services.ports import Clock, Database, JsonValue
from counter_app.services.whole_files import whole_file
from counter_app.support import messages
from counter_app.support.plain_log import plain
from counter_app.support.version import program_version

LOG_LINES, REPORTS, PASSES = 2000, 20, 50
"""Of the newest log lines, crash reports and passes over the line, how many are given."""
TOLD = ("serial_first", "serial_last", "provisional", "provisional_fallback", "guarded", "practice", "unattended", "id_last4_only",
        "overdue_threshold_permille", "second_person_from")
"""Settings of the profile that are numbers or switches."""
_PARAMS = ("program", "schema", "python", "system", "database")
"""Values of sentences that are texts and may be told: those of the finding about versions."""
_AGENCY = re.compile(r"[A-Z]\d{2}(\.\d{2,3}){0,4}", re.ASCII)
_PAPER = re.compile(r"a5|a5x2|a4|80mm")


@dataclass(frozen=True, slots=True)
class SupportPlaces:
    """Where to look: ``rooms`` are folders and files of the desk by what is in them, ``logs`` and ``reports`` lie with the computer."""

    rooms: Mapping[str, Path]
    logs: Path
    reports: Path


@dataclass(frozen=True, slots=True)
class Diagnosed:
    """The file, and the names of its parts."""

    out: Path
    parts: tuple[str, ...]


class DiagnosticsService:
    """Makes the file of an open desk."""

    def __init__(
        self, database: Database, clock: Clock, *, doctor: DoctorService, line: LineService, profile: DeskProfile, places: SupportPlaces,
    ) -> None:
        self._database = database
        self._clock = clock
        self._doctor = doctor
        self._line = line
        self._profile = profile
        self._places = places

    def write(self, out: Path, *, reader_port: str = "") -> Diagnosed:
        """Write the file; takes as long as the doctor's thorough round. A desk whose database fails on the way gives what it can.

        Raises:
            SurroundingsError: the file can't be written.
        """
        examine = partial(self._doctor.examine, reader_port=reader_port)
        return write(out, parts_of(self._places, examine, self._clock.now(), desk=self._desk()))

    def _desk(self) -> dict[str, JsonValue] | None:
        """Tell of the desk: its database in numbers, switches of its profile, and what stopped its newest passes."""
        began = time.perf_counter()
        try:
            facts = asdict(self._database.facts())
            passes = [_code(each.trouble) for each in self._line.history(PASSES)]
        except DeskError:  # the doctor says why
            return None
        return {"database": facts, "count_ms": _ms(began), "settings": _settings(self._profile), "passes": passes}


def write(out: Path, parts: Mapping[str, str]) -> Diagnosed:
    """Write the parts into a zip of plain texts that anybody can look into before giving it away.

    Raises:
        SurroundingsError: the file can't be written.
    """
    with whole_file(out) as part, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in parts.items():
            packed.writestr(name, text)
    return Diagnosed(out, tuple(parts))


def parts_of(
    places: SupportPlaces, examine: Callable[[], Sequence[Finding]], now: datetime, *, desk: Mapping[str, JsonValue] | None = None,
) -> dict[str, str]:
    """Return the texts of a diagnostics file by name. ``desk`` tells of an open desk; None where it does not open."""
    began = time.perf_counter()
    findings = examine()
    timings: dict[str, JsonValue] = {"examine_ms": _ms(began), "sync_ms": _sync_ms(places.rooms.get("folder"))}
    return {
        "README.txt": "\n\n".join(messages.text("DIAGNOSTICS_README", lang) for lang in messages.LANGUAGES) + "\n",
        "doctor.json": _json([_told(each) for each in findings]),
        "versions.json": _json(_versions() | {"made_at": now.isoformat()}),
        "desk.json": _json(dict(desk) if desk is not None else None),
        "sizes.json": _json({name: _size(path) for name, path in places.rooms.items()}),
        "timings.json": _json(timings),
        "log.txt": "\n".join(_log(places.logs)) + "\n",
        **{f"crashes/{number:02}.txt": text for number, text in enumerate(_reports(places), 1)},
    }


def _told(each: Finding) -> dict[str, JsonValue]:
    texts = _PARAMS if each.name == "versions" else ()
    params = {name: value for name, value in each.problem.params.items() if isinstance(value, int) or name in texts}
    return {"name": each.name, "state": each.state, "code": _code(each.problem.code), "params": params}


def _settings(profile: DeskProfile) -> dict[str, JsonValue]:
    given = asdict(profile)
    told: dict[str, JsonValue] = {name: given[name] for name in TOLD}
    told |= {"agency": _only(_AGENCY, profile.agency), "paper": _only(_PAPER, profile.paper)}
    return told | {f"{name}_is_set": bool(value) for name, value in given.items() if isinstance(value, str | tuple)}


def _code(text: str) -> str:
    """Return a code that the program has a sentence for; any other text is not told."""
    return text if not text or text in messages.table(messages.DEFAULT_LANGUAGE) else "?"


def _only(shape: re.Pattern[str], text: str) -> str:
    return text if shape.fullmatch(text) else "?"


def _versions() -> dict[str, JsonValue]:
    libraries = {str(each.metadata["Name"]): each.version for each in distributions() if each.metadata["Name"]}
    return {
        "program": program_version(), "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}", "cpus": os.cpu_count(),
        "libraries": dict(sorted(libraries.items())),
    }


def _size(path: Path) -> dict[str, JsonValue]:
    """Count files and bytes below a path; names of files may be anybody's and are not told."""
    files = [path] if path.is_file() else [each for each in path.rglob("*") if each.is_file()] if path.is_dir() else []
    return {"there": path.exists(), "files": len(files), "bytes": sum(_bytes(each) for each in files)}


def _bytes(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # gone meanwhile, or closed
        return 0


def _sync_ms(folder: Path | None) -> JsonValue:
    """Measure how long the disk takes to make 4 KB durable, which every act at the desk waits for; None where it can't be tried."""
    if folder is None:
        return None
    trial = folder / ".diagnostics-trial"
    try:
        began = time.perf_counter()
        with trial.open("wb") as file:
            file.write(bytes(4096))
            file.flush()
            os.fsync(file.fileno())
        return _ms(began)
    except OSError:
        return None
    finally:
        trial.unlink(missing_ok=True)


def _ms(began: float) -> float:
    return round((time.perf_counter() - began) * 1000, 1)


def _log(folder: Path) -> list[str]:
    files = sorted(folder.glob("counter.log*"), key=_age) if folder.is_dir() else []
    return list(plain([line for file in files for line in _lines(file)][-LOG_LINES:]))


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _reports(places: SupportPlaces) -> Iterator[str]:
    """Yield the newest crash reports, then what a hard crash left."""
    files = sorted(places.reports.glob("report-*.txt"))[-REPORTS:] if places.reports.is_dir() else []
    for file in (*files, places.logs / "hard-crash.txt"):
        if lines := _lines(file):
            yield "\n".join(plain(lines[-LOG_LINES:])) + "\n"


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []


def _json(value: JsonValue) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"

