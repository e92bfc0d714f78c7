"""What the doctor asks other rooms: which versions run, which scanners answer, how the line stands."""

from __future__ import annotations

import platform
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from counter_app.domain.moments import read_local
from counter_app.services.helping.doctor import Check, Finding, State, finding
from counter_app.services.keeping.service import KeepingService
from counter_app.services.line.desk import LineService
from counter_app.services.ports import Database
from counter_app.services.scanning.devices import DevicesFound
from counter_app.support.version import program_version

SILENCE = timedelta(days=3)
"""A desk that the province has not answered for longer is asked to look after its line."""


def of_desk(
    database: Database, look: Callable[[], DevicesFound], line: LineService, keeping: KeepingService,
) -> tuple[Check, ...]:
    """Return the checks of a desk whose scanners ``look`` finds."""
    return (
        ("backups", partial(backups_finding, keeping)), ("scanner", partial(scanner_finding, look)),
        ("line", partial(line_finding, line)), ("versions", partial(version_finding, database)))


def version_finding(database: Database) -> Finding:
    """Tell the versions of the program, the schema, Python, the system and the database engine. Raises as a read of the database."""
    facts = database.facts()
    return finding(
        "versions", State.OK, program=program_version(), schema=facts.schema, python=platform.python_version(),
        system=f"{platform.system()} {platform.release()}", database=f"{facts.kind} {facts.version}")


def backups_finding(keeping: KeepingService) -> Finding:
    """Tell whether there is a second copy to rely on, and what keeps places from taking one. Raises as a read of the database."""
    standing = keeping.standing()
    if standing.only_one:
        if standing.second_at is None:
            return finding("backups", State.WARNING, "NONE")
        return finding("backups", State.WARNING, "OLD", made_at=f"{standing.second_at:%d/%m/%Y %H:%M}")
    if standing.problems:
        return Finding("backups", State.WARNING, standing.problems[0])
    if standing.second_at is None:
        return finding("backups", State.OK, "SERVER")
    return finding("backups", State.OK, made_at=f"{standing.second_at:%d/%m/%Y %H:%M}")


def scanner_finding(look: Callable[[], DevicesFound]) -> Finding:
    """Tell which scanners can be reached now; a desk may have none. ``look`` may take seconds."""
    found = look()
    if found.devices:
        return finding("scanner", State.OK, count=len(found.devices), names=", ".join(device.name for device in found.devices))
    if found.problems:
        return Finding("scanner", State.WARNING, found.problems[0])
    return finding("scanner", State.OK, "NONE")


def line_finding(line: LineService) -> Finding:
    """Tell how the line to the province stands, from what is kept here and without a word on it. Raises as a read of the database."""
    view = line.view()
    if (standing := view.standing) is None:
        return finding("line", State.OK, "NONE")
    if view.troubles:
        return finding("line", State.WARNING, "TROUBLE", count=len(view.troubles))
    proven = read_local(standing.proven_at) if standing.proven_at else None
    if proven is None:
        return finding("line", State.WARNING, "NEVER")
    if line.moment() - proven > SILENCE:
        return finding("line", State.WARNING, "SILENT", day=f"{proven:%d/%m/%Y}", pending=standing.pending)
    return finding("line", State.OK, pending=standing.pending)
