"""The verb ``demo``: a whole day at a fresh desk, with its slips, books and summary."""

from __future__ import annotations

import argparse
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.cli.frame import CommandContext, CommandResult, Subparsers, dump_json
from counter_app.domain.errors import broken
from counter_app.domain.moments import local, write_local
from counter_app.domain.people import Actor
from counter_app.domain.registers import DOSSIER_BOOK
from counter_app.services.demo import DemoDay, DemoDone
from counter_app.services.demo_clock import DayClock
from counter_app.services.ports import JsonValue, ListFilter
from counter_app.services.surroundings import disk_fault
from counter_app.support.files import write_atomically

if TYPE_CHECKING:
    from counter_app.bootstrap import Counter

OPENING = local(2026, 11, 20, 7, 20)
"""A Friday; the next working day but one is Ngày Văn hóa Việt Nam."""
AGENCY, COMMUNE, PROVINCE, DESK = "H36.50.05", "Xã Đắk Mil", "Lâm Đồng", "2"
CLERK = "Lý Thị Mẫu Đơn"
DESK_FOLDER, SUMMARY = "desk", "summary.json"
MOST = 2000


def register(subparsers: Subparsers) -> None:
    """Add the parser of this verb."""
    parser = subparsers.add_parser("demo", help="a believable day at a fresh desk")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--dossiers", type=_count, default=40, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    parser.set_defaults(run=demo)


def demo(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Make the desk, live the day, leave everything under ``DIR``. An earlier demonstration there is replaced."""
    from counter_app.bootstrap import CreateDesk, create_desk, open_counter  # noqa: PLC0415  only this verb of the module needs them

    started, out, clock = time.perf_counter(), arguments.out, DayClock(OPENING)
    desk_dir = out / DESK_FOLDER
    _clear(out)
    create_desk(CreateDesk(AGENCY, COMMUNE, PROVINCE, DESK, full_name=CLERK, password=context.password or None, unattended=True),
                desk_dir, clock=clock)
    counter = open_counter(desk_dir, clock=clock)
    try:
        actor = counter.login.acting("", "")
        done = DemoDay(counter, clock, arguments.seed).run(actor, arguments.dossiers)
        summary = _left_behind(counter, actor, done, out)
    finally:
        counter.close()
    summary["seconds"] = round(time.perf_counter() - started, 2)
    _write(out / SUMMARY, dump_json(summary).encode() + b"\n")
    said = context.say("DEMO_DONE", count=len(done.received), imported=done.imported, path=str(out))
    return CommandResult(summary, (said,))


def _left_behind(counter: Counter, actor: Actor, done: DemoDone, out: Path) -> dict[str, JsonValue]:
    """Write slips and books, and return what the day came to."""
    dossiers = []
    for received, procedure_code in done.received:
        slip = out / "slips" / f"{received.code}.pdf"
        _write(slip, counter.slips.document(received.print_id))
        view = counter.dossiers.show(received.code, actor)
        dossiers.append({
            "code": received.code, "procedure_code": procedure_code, "received_at": write_local(received.received_at),
            "due_at": received.due_at and write_local(received.due_at), "status": view.dossier.status.value, "slip": str(slip),
        })
    books = {}
    for suffix in ("pdf", "xlsx", "json"):
        path = out / "books" / f"{DOSSIER_BOOK}.{suffix}"
        counter.logbooks.export(DOSSIER_BOOK, OPENING.year, path, actor=actor)
        books[path.name] = str(path)
    counts = {which.value: counter.dossiers.list(which, actor, limit=0).total for which in ListFilter}
    counts |= {"received": len(done.received), "imported": done.imported, "reprints": done.reprints,
               "fees_vnd": sum(received.fee_total_vnd for received, _ in done.received),
               "certified_visits": len(done.certified), "certified": sum(len(each.dossiers) for each in done.certified),
               "certification_numbers": sum(len(each.numbers) for each in done.certified)}
    return {"dossiers": dossiers, "books": books, "reports": {}, "counts": counts}


def _write(path: Path, data: bytes) -> None:
    try:
        write_atomically(path, data)
    except OSError as error:
        raise disk_fault(error, path) from error


def _clear(out: Path) -> None:
    """Take an earlier demonstration away; a folder with a desk but without a summary is none, and is left alone.

    Raises:
        RuleBrokenError: DEMO_FOLDER_TAKEN.
        SurroundingsError: something of it can't be removed.
    """
    desk_dir = out / DESK_FOLDER
    if not desk_dir.exists():
        return
    if not (out / SUMMARY).is_file():
        raise broken("DEMO_FOLDER_TAKEN", "out", path=str(desk_dir))
    try:
        _forget_device(desk_dir)
        for folder in (desk_dir, out / "slips", out / "books"):
            if folder.exists():
                shutil.rmtree(folder)
    except OSError as error:
        raise disk_fault(error, out) from error


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
