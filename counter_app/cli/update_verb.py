"""The verb ``update``: what version runs, what is new, install it, go back."""

from __future__ import annotations

import argparse
from pathlib import Path

from counter_app.cli.frame import CommandContext, CommandResult, Subparsers
from counter_app.domain.errors import SurroundingsError
from counter_app.services.ports import JsonValue
from counter_app.services.updating.desk import UpdateStanding, forward_again
from counter_app.services.updating.release import Release, ReleaseKind


def register(subparsers: Subparsers) -> None:
    """Add the parser of this verb."""
    parser = subparsers.add_parser("update", help="newer versions of the program: look, install, go back")
    parser.add_argument("what", nargs="?", choices=("status", "check", "install", "back", "set"),
                        help="check: ask the address; install: fetch and lay out; back: the version before; set: see --address")
    parser.add_argument("--from", dest="package", type=Path, metavar="DIR|FILE", help="a package on a stick instead of the address")
    parser.add_argument("--on-metered", action="store_true", help="with install: over a line that is paid by what goes over it, too")
    parser.add_argument("--anyway", action="store_true", help="with back: to a version that can't read today's data, too")
    parser.add_argument("--address", metavar="URL", help="with set: where releases are published; empty for by stick only")
    parser.add_argument("--automatic", choices=("yes", "no"), help="with set: prepare new versions without being asked")
    parser.set_defaults(run=update)


def update(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Do what is asked; with a package and no other word, install it."""
    what = arguments.what or ("install" if arguments.package else "status")
    return {"status": _status, "check": _check, "install": _install, "back": _back, "set": _set}[what](context, arguments)


def _status(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:  # noqa: ARG001  the shape of a verb
    return _told(context)


def _check(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    found = context.counter.updates.check(context.actor, arguments.package)
    return _told(context, found)


def _install(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    updates = context.counter.updates
    release = updates.install(context.actor, arguments.package, on_metered=arguments.on_metered)
    if release.kind is ReleaseKind.DATA:
        return CommandResult(_result(release, "in_place"), (context.say("UPDATE_DATA_DONE", version=release.version),))
    switched = updates.finish()
    words = context.say("UPDATE_SWITCHED" if switched else "UPDATE_WAITS", version=release.version)
    return CommandResult(_result(release, "switched" if switched else "prepared"), (words,))


def _back(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    try:
        updates = context.counter.updates
    except SurroundingsError as error:
        if error.code != "DATABASE_TOO_NEW":
            raise
        from counter_app.bootstrap.program import program_folder  # noqa: PLC0415  needed on the worst of days only

        release = forward_again(program_folder())
    else:
        release = updates.back(context.actor, anyway=arguments.anyway)
    return CommandResult(_result(release, "switched"), (context.say("UPDATE_GONE_BACK", version=release.version),))


def _set(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    terms = context.counter.updates.standing().terms
    address = terms.address if arguments.address is None else arguments.address
    automatic = terms.automatic if arguments.automatic is None else arguments.automatic == "yes"
    context.counter.updates.save(context.actor, address=address, automatic=automatic)
    return _told(context)


def _told(context: CommandContext, found: Release | None = None) -> CommandResult:
    """Return how things stand; ``found`` is what was just looked at, newer or not."""
    standing = context.counter.updates.standing()
    offered = found if found is not None and standing.is_new(found) else standing.offered
    value = {
        "installed": _release(standing.installed), "data": _release(standing.data), "previous": _release(standing.previous),
        "prepared": _release(standing.prepared), "offered": _release(offered), "address": standing.terms.address or None,
        "automatic": standing.terms.automatic, "can_update": standing.has_publisher and not standing.why_not, "found": _release(found)}
    return CommandResult(value, tuple(_lines(context, standing, offered)))


def _lines(context: CommandContext, standing: UpdateStanding, offered: Release | None) -> list[str]:
    lines = [context.say("UPDATE_LINE_INSTALLED", version=standing.installed.version)]
    if standing.data is not None:
        lines.append(context.say("UPDATE_LINE_DATA", version=standing.data.version, released=standing.data.released))
    if standing.prepared is not None:
        lines.append(context.say("UPDATE_LINE_PREPARED", version=standing.prepared.version))
    if standing.previous is not None:
        lines.append(context.say("UPDATE_LINE_PREVIOUS", version=standing.previous.version))
    if offered is None:
        lines.append(context.say("UPDATE_LINE_NOTHING_NEW"))
    else:
        lines.append(context.say(
            "UPDATE_LINE_OFFERED", version=offered.version, released=offered.released, brings=offered.brings(context.lang)))
    return [*lines, *(context.say(code) for code in standing.obstacles())]


def _result(release: Release, state: str) -> JsonValue:
    return {"version": release.version, "kind": release.kind.value, "sequence": release.sequence, "state": state}


def _release(release: Release | None) -> JsonValue:
    if release is None:
        return None
    return {
        "version": release.version, "kind": release.kind.value, "sequence": release.sequence, "schema": release.schema,
        "released": release.released or None, "brings": {"vi": release.brings_vi, "en": release.brings_en}}
