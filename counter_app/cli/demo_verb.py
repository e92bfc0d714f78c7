"""The verb ``demo``: a whole day at a fresh desk, with its slips, forms, books, reports and summary."""

from __future__ import annotations

import argparse
import json
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.cli.demo_province import ProvinceDay, TrialServer
from counter_app.cli.demo_scans import scan_day
from counter_app.cli.file_verbs import stack_json
from counter_app.cli.frame import CommandContext, CommandResult, Subparsers, dump_json, write_document
from counter_app.domain.books import known_books
from counter_app.domain.errors import broken
from counter_app.domain.moments import day_of, local, write_local
from counter_app.domain.people import Actor
from counter_app.domain.report_periods import DAYS_OF_WEEK, Period, PeriodKind, containing
from counter_app.services.demo.clock import DayClock
from counter_app.services.demo.day import DemoDay, DemoDone
from counter_app.services.documents.slip_content import FORM
from counter_app.services.ports import JsonValue, ListFilter
from counter_app.services.surroundings import disk_fault
from counter_app.support.messages import DEFAULT_LANGUAGE

if TYPE_CHECKING:
    from counter_app.bootstrap import Counter

OPENING = local(2026, 11, 20, 7, 20)
"""A Friday; the next working day but one is Ngày Văn hóa Việt Nam."""
AGENCY, COMMUNE, PROVINCE, DESK = "H36.50.05", "Xã Đắk Mil", "Lâm Đồng", "2"
CLERK = "Lý Thị Mẫu Đơn"
PHONE, ADDRESS = "0261 000 0000", "Thôn Mẫu 1, xã Đắk Mil, tỉnh Lâm Đồng"
DESK_FOLDER, PROVINCE_FOLDER, SUMMARY = "desk", "province", "summary.json"
SLIPS, FORMS, BOOKS, REPORTS = "slips", "forms", "books", "reports"
SUFFIXES = ("pdf", "xlsx", "json")
WEEKLY, REPORTED = "weekly", ("II.06a", "07a", "766", "on-the-spot")
MOST = 2000
_SUMMARY_MEMBERS = frozenset({"dossiers", "forms", "books", "reports", "counts", "seconds"})


def register(subparsers: Subparsers) -> None:
    """Add the parser of this verb."""
    parser = subparsers.add_parser("demo", help="a believable day at a fresh desk")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--dossiers", type=_count, default=40, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    parser.add_argument("--province", action="store_true", help="with a trial province, whose line breaks during the day")
    parser.set_defaults(run=demo)


def demo(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Make the desk, live the day, leave everything under ``DIR``. An earlier demonstration there is replaced."""
    from counter_app.bootstrap import CreateDesk, create_desk, open_counter  # noqa: PLC0415  only this verb of the module needs them

    started, out, clock = time.perf_counter(), arguments.out, DayClock(OPENING)
    desk_dir = out / DESK_FOLDER
    _clear(out)
    wish = CreateDesk(
        AGENCY, COMMUNE, PROVINCE, DESK, full_name=CLERK, password=context.password or None, phone=PHONE, address=ADDRESS, unattended=True)
    create_desk(wish, desk_dir, clock=clock)
    counter = open_counter(desk_dir, clock=clock)
    try:
        actor = counter.login.acting("", "")
        with _province(counter, actor, out, wanted=arguments.province) as province:
            done = DemoDay(counter, clock, arguments.seed, province.so_far if province else None).run(actor, arguments.dossiers)
            summary = _left_behind(counter, actor, done, out)
            told = {"province": province.end()} if province else {}
    finally:
        counter.close()
    summary |= told
    summary["seconds"] = round(time.perf_counter() - started, 2)
    write_document(out / SUMMARY, dump_json(summary).encode() + b"\n")
    said = context.say("DEMO_DONE", count=len(done.received), imported=done.imported, path=str(out))
    return CommandResult(summary, (said,))


@contextmanager
def _province(counter: Counter, actor: Actor, out: Path, *, wanted: bool) -> Iterator[ProvinceDay | None]:
    """Give the day a trial province where one is wanted; it is gone when the day is over, and its database stays."""
    if not wanted:
        yield None
        return
    server = TrialServer(out / PROVINCE_FOLDER)
    try:
        yield ProvinceDay(counter, server, actor, AGENCY)
    finally:
        server.stop()


def _left_behind(counter: Counter, actor: Actor, done: DemoDone, out: Path) -> dict[str, JsonValue]:
    """Write slips, forms, books and reports, and return what the day came to."""
    dossiers = []
    for received, procedure_code in done.received:
        dossier = counter.dossiers.show(received.code, actor).dossier
        slip = out / SLIPS / f"{received.code}.pdf"
        write_document(slip, counter.slips.newest(received.code, FORM, actor).pdf)
        dossiers.append({
            "code": received.code, "procedure_code": procedure_code, "received_at": write_local(received.received_at),
            "due_at": dossier.due_at and write_local(dossier.due_at), "status": dossier.status.value, "slip": str(slip),
        })
    forms = {}
    for name, print_id in done.forms:
        path = out / FORMS / f"{name.replace('/', '-')}.pdf"
        write_document(path, counter.slips.document(print_id))
        forms[name] = str(path)
    slips = [(str(each["code"]), Path(str(each["slip"]))) for each in dossiers]
    scans = [stack_json(stack, DEFAULT_LANGUAGE) for stack in scan_day(counter, actor, slips)]
    return {"dossiers": dossiers, "forms": forms, "scans": scans, "books": _books(counter, actor, out / BOOKS),
            "reports": _reports(counter, actor, out / REPORTS), "counts": _counts(counter, actor, done)}


def _books(counter: Counter, actor: Actor, folder: Path) -> dict[str, JsonValue]:
    """Write every register that has lines, and return the files by name."""
    written: dict[str, JsonValue] = {}
    for book in known_books():
        for year in counter.logbooks.years(book):
            for suffix in SUFFIXES:
                path = folder / f"{book.replace('/', '-')}.{suffix}"
                folder.mkdir(parents=True, exist_ok=True)
                counter.logbooks.export(book, year, path, actor=actor)
                written[path.name] = str(path)
    return written


def _reports(counter: Counter, actor: Actor, folder: Path) -> dict[str, JsonValue]:
    """Write the reports of the quarter until today, and the weekly sheet of the week that ended last; return the files by name."""
    today = day_of(counter.clock.now())
    quarter = Period(containing(PeriodKind.QUARTER, today).start, today)
    week = containing(PeriodKind.WEEK, today - timedelta(days=DAYS_OF_WEEK))
    written: dict[str, JsonValue] = {}
    folder.mkdir(parents=True, exist_ok=True)
    for name, period in (*((each, quarter) for each in REPORTED), (WEEKLY, week)):
        for suffix in SUFFIXES:
            path = folder / f"{name}.{suffix}"
            counter.reports.write(name, period, path, actor)
            written[path.name] = str(path)
    return written


def _counts(counter: Counter, actor: Actor, done: DemoDone) -> dict[str, JsonValue]:
    counts: dict[str, JsonValue] = {which.value: counter.dossiers.list(which, actor, limit=0).total for which in ListFilter}
    return counts | {
        "received": len(done.received), "imported": done.imported, "reprints": done.reprints,
        "fees_vnd": sum(received.fee_total_vnd for received, _ in done.received),
        "certified_visits": len(done.certified), "certified": sum(len(each.dossiers) for each in done.certified),
        "certification_numbers": sum(len(each.numbers) for each in done.certified), "forms": len(done.forms)}


def _clear(out: Path) -> None:
    """Take an earlier demonstration away; a desk, or a folder with one but without the summary of a demonstration, is left alone.

    Raises:
        RuleBrokenError: DEMO_FOLDER_TAKEN.
        SurroundingsError: something of it can't be removed.
    """
    from counter_app.bootstrap import folder as desk_folder  # noqa: PLC0415  only this verb of the module needs it

    desk_dir = out / DESK_FOLDER
    if desk_folder.desk_exists(out):
        raise broken("DEMO_FOLDER_TAKEN", "out", path=str(out))
    if not desk_dir.exists():
        return
    if not _is_summary(out / SUMMARY):
        raise broken("DEMO_FOLDER_TAKEN", "out", path=str(desk_dir))
    try:
        _forget_device(desk_dir)
        for folder in (desk_dir, *(out / name for name in (SLIPS, FORMS, BOOKS, REPORTS, PROVINCE_FOLDER))):
            if folder.exists():
                shutil.rmtree(folder)
    except OSError as error:
        raise disk_fault(error, out) from error


def _is_summary(path: Path) -> bool:
    """Tell whether a file is what a demonstration leaves behind as its last word, and not something else of that name."""
    try:
        told = json.loads(path.read_bytes())
    except (FileNotFoundError, IsADirectoryError, ValueError):
        return False
    return isinstance(told, dict) and told.keys() >= _SUMMARY_MEMBERS


def _forget_device(desk_dir: Path) -> None:
    """Remove the guard and key that the earlier desk left on this computer."""
    from counter_app.bootstrap import folder  # noqa: PLC0415  only this verb of the module needs them
    from counter_app.security import database_key  # noqa: PLC0415
    from counter_app.support.paths import device_dir  # noqa: PLC0415

    if folder.desk_exists(desk_dir):
        marker = folder.read_marker(desk_dir)
        database_key.forget(marker.device, marker.key_place)
        shutil.rmtree(device_dir(marker.device), ignore_errors=True)


def _count(written: str) -> int:
    number = int(written)
    if not 1 <= number <= MOST:
        raise argparse.ArgumentTypeError(f"1…{MOST}")
    return number
