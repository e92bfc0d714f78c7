"""The verbs of paper: ``devices`` and ``scan``. They need no desk; where there is one, its entered scanners are known too."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from pathlib import Path

from counter_app.cli.file_verbs import stack_json
from counter_app.cli.frame import DONE, NEEDS_PERSON, SURROUNDINGS, CommandContext, CommandResult, Subparsers, text_table
from counter_app.domain.errors import DeskError, Problem
from counter_app.domain.scan_profile import Abilities, ScanProfile
from counter_app.services.ports import JsonValue
from counter_app.services.scanning.devices import Device, DeviceService, FeedEnd, ScannedPage
from counter_app.services.scanning.profiles import profile_named, profiles
from counter_app.services.scanning.stacks import StackWish
from counter_app.services.surroundings import disk_fault
from counter_app.support.messages import sentence

_PAGE = re.compile(r"page-(\d+)\.(png|jpg)")


def register(subparsers: Subparsers) -> None:
    """Add the parsers of these verbs."""
    listing = subparsers.add_parser("devices", help="the scanners that can be reached, and the ways of scanning")
    entered = listing.add_mutually_exclusive_group()
    entered.add_argument("--add", default="", metavar="ID", help="enter escl:ADDRESS or folder:PATH at this desk")
    entered.add_argument("--remove", default="", metavar="ID", help="forget an entered one")
    listing.set_defaults(run=devices)
    scanning = subparsers.add_parser("scan", help="scan a stack into files; a folder that has pages already is gone on with")
    scanning.add_argument("--device", required=True, metavar="ID", help="as devices lists it; also escl:ADDRESS or folder:PATH")
    scanning.add_argument("--profile", required=True, metavar="NAME", help=", ".join(profile.name for profile in profiles()))
    scanning.add_argument("--dossier", default="", metavar="CODE", help="file the pages with this dossier")
    scanning.add_argument("--out", type=Path, required=True, metavar="DIR")
    scanning.set_defaults(run=scan)


def devices(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """List scanners with what they can do, and the profiles; exit code 5 where something could not be asked."""
    if arguments.add:
        context.counter.scanner_places.add(arguments.add, context.actor)
    if arguments.remove:
        context.counter.scanner_places.remove(arguments.remove, context.actor)
    service = _service(context)
    found = service.devices()
    problems = list(found.problems)
    listed: list[JsonValue] = []
    rows: list[tuple[str, ...]] = []
    for device in found.devices:
        able = _abilities(service, device, problems)
        listed.append(_device(device, able))
        rows.append((device.id, ", ".join(able.sources) if able else "", device.name))
    value = {
        "devices": listed, "profiles": [_profile(profile, context.lang) for profile in profiles()],
        "problems": [_problem(problem, context.lang) for problem in problems],
    }
    for problem in problems:
        context.note(sentence(problem, context.lang))
    lines = text_table(rows) or (context.say("SCAN_NO_DEVICES"),)
    return CommandResult(value, lines, NEEDS_PERSON if problems else DONE)


def scan(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Scan one feed, and file its pages where a dossier is named.

    Exit code 4 where it stopped before the device confirmed its end, 5 where a wish could not be fulfilled or pages wait for a person. A
    feed that stopped is not filed: scan the rest, then ``file-scans``.
    """
    dossier = context.counter.dossiers.of_code(arguments.dossier, context.actor).code if arguments.dossier else ""
    profile = profile_named(arguments.profile)
    folder, first = _place(context.output(arguments.out))
    service, told = _service(context), _Told(context)
    end = service.scan(arguments.device, profile, folder, told, first=first)
    service.accept(arguments.device, end)
    for problem in (*end.notes, *filter(None, [end.stopped])):
        context.note(sentence(problem, context.lang))
    value = {"device": arguments.device, "profile": profile.name, **_feed(end, told.pages, context.lang)}
    code = _exit_code(end)
    if dossier and end.stopped is None and told.pages:
        stack = context.counter.paper.stacks.run([page.path for page in told.pages], context.actor, StackWish(dossier, way=profile))
        value |= stack_json(stack, context.lang)
        code = NEEDS_PERSON if stack.unfiled else code
    return CommandResult(value, tuple(str(page.path) for page in told.pages), code)


class _Told:
    """Tells of each page as it comes; a headless scan is stopped by ending the program."""

    def __init__(self, context: CommandContext) -> None:
        self.pages: list[ScannedPage] = []
        self._context = context

    def arrived(self, page: ScannedPage) -> None:
        """Say it."""
        self.pages.append(page)
        self._context.note(self._context.say("SCAN_PAGE_ARRIVED", ordinal=page.ordinal, path=str(page.path)))

    def progressed(self, percent: int) -> None:
        """Half a page is no news in a log."""

    def wanted(self) -> bool:
        """Always go on."""
        return True


def _service(context: CommandContext) -> DeviceService:
    from counter_app.bootstrap import desk_exists  # noqa: PLC0415  a verb without a desk starts faster
    from counter_app.bootstrap.scanners import device_service  # noqa: PLC0415

    return context.counter.scanning if desk_exists(context.data_dir) else device_service()


def _abilities(service: DeviceService, device: Device, problems: list[Problem]) -> Abilities | None:
    try:
        return service.abilities(device.id)
    except DeskError as error:
        problems += error.problems
        return None


def _place(folder: Path) -> tuple[Path, int]:
    """Return the folder, made where there was none, and the ordinal of the next page in it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        found = [_PAGE.fullmatch(path.name) for path in folder.iterdir()]
    except OSError as error:
        raise disk_fault(error, folder) from error
    return folder, max((int(page[1]) for page in found if page), default=0) + 1


def _exit_code(end: FeedEnd) -> int:
    if end.stopped is not None:
        return SURROUNDINGS
    return NEEDS_PERSON if end.notes else DONE


def _device(device: Device, able: Abilities | None) -> JsonValue:
    shown = {"id": device.id, "name": device.name, "way": device.way, "sources": None, "colours": None, "resolutions": None}
    return shown | ({"sources": able.sources, "colours": able.colours, "resolutions": able.resolutions} if able else {})


def _profile(profile: ScanProfile, lang: str) -> JsonValue:
    return {
        "name": profile.name, "title": profile.titles[lang], "key": profile.key, "source": profile.source, "dpi": profile.dpi,
        "colour": profile.colour, "paper": profile.paper, "file": profile.file,
    }


def _feed(end: FeedEnd, pages: Sequence[ScannedPage], lang: str) -> dict[str, JsonValue]:
    stopped: dict[str, JsonValue] = {"error": _problem(end.stopped, lang)} if end.stopped else {}
    return {
        "pages": [_page(page) for page in pages], "total": end.pages, "confirmed": not stopped,
        "notes": [_problem(note, lang) for note in end.notes], **stopped,
    }


def _page(page: ScannedPage) -> JsonValue:
    return {
        "path": page.path, "dpi": page.dpi, "side": page.side, "ordinal": page.ordinal,
        "width_px": page.size_px[0], "height_px": page.size_px[1],
    }


def _problem(problem: Problem, lang: str) -> JsonValue:
    return {"code": problem.code, "field": problem.field, "message": sentence(problem, lang)}
