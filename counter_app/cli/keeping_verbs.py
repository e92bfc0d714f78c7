"""The verbs ``backup`` and ``restore``: copies of the desk on other disks, and a desk made of one."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.cli.frame import DONE, NEEDS_PERSON, SURROUNDINGS, CommandContext, CommandResult, Subparsers
from counter_app.domain.errors import Problem
from counter_app.domain.moments import write_local
from counter_app.services.keeping.policy import Why
from counter_app.services.keeping.records import CopiesMade, CopyMade, KeepingStanding, PlaceStanding, Rehearsal
from counter_app.services.ports import JsonValue
from counter_app.support.files import private_folder
from counter_app.support.messages import sentence

if TYPE_CHECKING:
    from counter_app.bootstrap import Restored


def register(subparsers: Subparsers) -> None:
    """Add the parsers of these verbs."""
    parser = subparsers.add_parser("backup", help="encrypted copies of the desk: made now, when they are due, or how they stand")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--to", type=Path, metavar="DIR", help="make a copy in this folder now")
    what.add_argument("--due", action="store_true", help="make the copies and the rehearsal that are due now; for timers")
    what.add_argument("--close", action="store_true", help="make the copies of the end of the day")
    what.add_argument("--rehearse", action="store_true", help="restore the newest copy on trial, look through it, delete it again")
    what.add_argument("--status", action="store_true", help="how safe keeping stands; makes nothing")
    parser.set_defaults(run=backup)
    restoring = subparsers.add_parser("restore", help="make a desk of a copy, in an empty folder")
    restoring.add_argument("file", type=Path, metavar="FILE")
    restoring.add_argument("--into", type=Path, metavar="DIR", required=True, help="an empty folder, or one that is not there yet")
    restoring.add_argument("--sheet", action="store_true", help="open it with the recovery sheet, typed on standard input")
    restoring.set_defaults(run=restore)


def backup(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Make copies: in one folder, or everywhere that the settings name; whoever has the desk's key may, for a copy shows nothing."""
    keeping = context.counter.keeping
    if arguments.to is not None:
        place = context.output(arguments.to).absolute()
        private_folder(place)
        made = keeping.make_in(str(place))
        return CommandResult(_told_copy(made), _copy_lines(context, str(place), made))
    if arguments.status:
        return _status(context)
    if arguments.rehearse:
        return _rehearsed(context, keeping.rehearse())
    if arguments.due:
        return _reported(context, keeping.work(keeping.due()))
    return _reported(context, keeping.at_close() if arguments.close else keeping.make(Why.ASKED))


def restore(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Restore a copy; exit code 5 where sealed files are missing or no number is safe yet."""
    from counter_app.bootstrap import restore_desk  # noqa: PLC0415  the verb before does without it

    done = restore_desk(arguments.file, arguments.into, context.read_sheet() if arguments.sheet else "")
    facts = done.facts
    value: dict[str, JsonValue] = {
        "file": str(arguments.file), "dossiers": facts.dossiers, "verified": not done.missing, "into": str(arguments.into),
        "made_at": write_local(facts.made_at), "device": facts.device, "epoch": done.epoch, "files": done.files,
        "missing": list(done.missing), "next_code": done.next_code or None,
        "numbers": done.numbers and sentence(done.numbers, context.lang), "enrol_again": done.enrol_again}
    return CommandResult(value, _restored_lines(context, done, str(arguments.into)), _restored_code(done))


def _restored_lines(context: CommandContext, done: Restored, into: str) -> tuple[str, ...]:
    """Tell what came back, and what a person has to do now."""
    facts = done.facts
    lines = [context.say("RESTORED", path=into, dossiers=facts.dossiers, made_at=_when(facts.made_at))]
    if not facts.database_bytes:
        lines = [context.say("RESTORED_FILES", path=into, files=done.files)]
    if done.missing:
        lines.append(context.say("RESTORED_MISSING", count=len(done.missing)))
    if done.numbers is not None:
        lines.append(sentence(done.numbers, context.lang))
    if done.enrol_again:
        lines.append(context.say("RESTORED_ENROL"))
    return tuple(lines)


def _restored_code(done: Restored) -> int:
    return NEEDS_PERSON if done.missing or done.numbers or done.enrol_again else DONE


def _reported(context: CommandContext, report: CopiesMade) -> CommandResult:
    """Tell of copies to several places: exit code 5 where one place took none, 4 where none did."""
    failures = {place: _told(problem, context.lang) for place, problem in report.failed.items()}
    value: dict[str, JsonValue] = {"copies": [_told_copy(each) for each in report.made.values()], "failed": [
        {"place": place, **told} for place, told in failures.items()]}
    lines = [line for place, made in report.made.items() for line in _copy_lines(context, place, made)]
    lines += [str(told["message"]) for told in failures.values()]
    if not lines:
        lines = [context.say("BACKUP_NOTHING_DUE")]
    code = DONE if not failures else NEEDS_PERSON if report.made else SURROUNDINGS
    return CommandResult(value, tuple(lines), code)


def _status(context: CommandContext) -> CommandResult:
    standing = context.counter.keeping.standing()
    second = standing.second_at
    problems = [_told(each, context.lang) for each in standing.problems]
    value: dict[str, JsonValue] = {
        "safe": standing.safe, "second_copy_at": second and write_local(second), "on_server": standing.on_server,
        "places": [_told_place(each, context.lang) for each in standing.places],
        "rehearsal": _told_rehearsal(standing.rehearsal, context.lang), "problems": problems}
    lines = (*_standing_lines(context, standing), *(str(told["message"]) for told in problems))
    return CommandResult(value, lines, NEEDS_PERSON if standing.only_one or problems else DONE)


def _standing_lines(context: CommandContext, standing: KeepingStanding) -> list[str]:
    lines = [_second_line(context, standing)] if standing.only_one or standing.safe else []
    lines += [context.say("BACKUP_ON_SERVER")] if standing.on_server else []
    return [*lines, *(_place_line(context, each) for each in standing.places), _rehearsal_line(context, standing.rehearsal)]


def _second_line(context: CommandContext, standing: KeepingStanding) -> str:
    if standing.second_at is None:
        return context.say("BACKUP_ONE_COPY")
    return context.say("BACKUP_SAFE" if standing.safe else "BACKUP_ONE_COPY_SINCE", made_at=_when(standing.second_at))


def _rehearsed(context: CommandContext, found: Rehearsal | None) -> CommandResult:
    line = _rehearsal_line(context, found)
    lines = (line, sentence(found.problem, context.lang)) if found and found.problem else (line,)
    return CommandResult(_told_rehearsal(found, context.lang), lines, DONE if found and found.problem is None else NEEDS_PERSON)


def _told_copy(made: CopyMade) -> dict[str, JsonValue]:
    facts = made.facts
    return {
        "file": str(made.path), "dossiers": facts.dossiers, "verified": True, "bytes": made.bytes, "made_at": write_local(facts.made_at),
        "files": facts.files, "files_bytes": facts.files_bytes, "new_files": made.new_files, "new_bytes": made.new_bytes,
        "other_disk": made.second}


def _told_place(place: PlaceStanding, lang: str) -> dict[str, JsonValue]:
    record = place.record
    return {
        "place": place.folder, "there": place.there, "made_at": record.made_at and write_local(record.made_at), "file": record.file or None,
        "dossiers": record.dossiers, "bytes": record.bytes, "files_bytes": record.files_bytes, "other_disk": record.second,
        "problem": record.problem and _told(record.problem, lang)}


def _told_rehearsal(found: Rehearsal | None, lang: str) -> dict[str, JsonValue] | None:
    if found is None:
        return None
    problem = found.problem and _told(found.problem, lang)
    return {**asdict(found), "at": write_local(found.at), "verified": problem is None, "problem": problem}


def _told(problem: Problem, lang: str) -> dict[str, JsonValue]:
    return {"code": problem.code, "message": sentence(problem, lang)}


def _copy_lines(context: CommandContext, place: str, made: CopyMade) -> tuple[str, ...]:
    """Tell of a copy; one that was to lie elsewhere and lies on the desk's own disk, as in an empty mount point, is no second one."""
    key = "BACKUP_MADE" if made.facts.database_bytes else "BACKUP_MADE_FILES"
    line = context.say(key, path=str(made.path), dossiers=made.facts.dossiers, files=made.facts.files, new=made.new_files)
    return (line, context.say("BACKUP_SAME_DISK", path=place)) if place and not made.second else (line,)


def _place_line(context: CommandContext, place: PlaceStanding) -> str:
    name = place.folder or context.say("BACKUP_LOCAL")
    if place.record.made_at is None:
        return context.say("BACKUP_PLACE_EMPTY", path=name)
    key = "BACKUP_PLACE_SAME_DISK" if place.folder and not place.record.second else "BACKUP_PLACE_LAST"
    return context.say(key, path=name, made_at=_when(place.record.made_at))


def _rehearsal_line(context: CommandContext, found: Rehearsal | None) -> str:
    if found is None:
        return context.say("REHEARSAL_NONE")
    key = "REHEARSAL_DONE" if found.problem is None else "REHEARSAL_FAILED"
    return context.say(key, at=_when(found.at), dossiers=found.dossiers, files=found.files, path=found.file)


def _when(moment: datetime) -> str:
    """Return a moment as people write it: ``22/11/2026 11:45``."""
    return f"{moment:%d/%m/%Y %H:%M}"
