"""The verbs of the line to the province: ``enrol``, ``sync``, ``reconcile``."""

from __future__ import annotations

import argparse
from datetime import date, datetime

from counter_app.cli.frame import DONE, NEEDS_PERSON, SURROUNDINGS, CommandContext, CommandResult, Subparsers
from counter_app.cli.line_loop import LineLoop
from counter_app.domain.errors import Problem
from counter_app.domain.moments import day_of, read_local
from counter_app.domain.text import read_day
from counter_app.services.acts.requested_forms import PrintRequested
from counter_app.services.line.day_counts import DayTotals
from counter_app.services.line.province import Reconciliation, Standing, Trouble, read_ticket
from counter_app.services.line.terms import LineSettings
from counter_app.services.ports import JsonValue
from counter_app.services.repositories.line import LinePass
from counter_app.support.messages import sentence

_LONGEST_S = 300.0
_SHOWN = 50
KILOBYTE = 1000


def register(subparsers: Subparsers) -> None:
    """Add the parsers of these verbs."""
    parser = subparsers.add_parser("enrol", help="make this computer a device of the province")
    parser.add_argument("ticket", metavar="TICKET", help="the ticket's JSON file, or - for standard input")
    parser.set_defaults(run=enrol)
    parser = subparsers.add_parser("sync", help="send what happened and fetch what changed")
    parser.add_argument("what", nargs="?", choices=("status", "history", "settle", "pause", "resume"),
                        help="status: how things stand; history: what became of the passes; settle: see --op, --dossier, --print")
    chosen = parser.add_mutually_exclusive_group()
    chosen.add_argument("--op", default="", metavar="OP_ID", help="with settle: take the province's version of what it judged otherwise")
    chosen.add_argument("--dossier", default="", metavar="CODE", help="with settle: what the province wanted somebody to see was seen")
    chosen.add_argument("--print", dest="requested", default="", metavar="CODE", help="with settle: print what the province asks for")
    parser.add_argument("--once", action="store_true", help="only until all is delivered and fetched")
    parser.add_argument("--max-seconds", type=_seconds, default=_LONGEST_S, metavar="N",
                        help="how long at most (default 300); without --once, 0 for as long as nobody ends it")
    parser.add_argument("--limit", type=int, default=_SHOWN, metavar="N", help="with history: how many (default 50)")
    parser.set_defaults(run=sync)
    parser = subparsers.add_parser("reconcile", help="compare what both sides hold")
    parser.add_argument("--from", dest="first", metavar="DAY", help="also compare what both sides count on each day from this one on")
    parser.add_argument("--to", dest="last", metavar="DAY", help="until this day, today unless said")
    parser.set_defaults(run=reconcile)


def enrol(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Enrol this computer with a ticket."""
    relation = context.counter.line.enrol(read_ticket(context.read_json(arguments.ticket)), context.actor)
    value = {"device": relation.device, "agency": relation.agency, "agency_name": relation.agency_name, "leases": list(relation.leases)}
    return CommandResult(value, (context.say("ENROL_DONE", agency=relation.agency_name or relation.agency),))


def sync(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Exchange with the province, or tell how things stand."""
    if arguments.what:
        others = {"status": _status, "history": _history, "settle": _settled, "pause": _paused, "resume": _paused}
        return others[arguments.what](context, arguments)
    seconds = arguments.max_seconds or _LONGEST_S if arguments.once else arguments.max_seconds
    standing = LineLoop(context, once=arguments.once).run(seconds)
    return CommandResult(_told(context, standing), _lines(context, standing), _exit_code(standing))


def _status(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:  # noqa: ARG001  the shape of a verb
    standing, settings = context.counter.province.standing(), context.counter.line.settings()
    lanes = [{"device": each.device, "epoch": each.epoch, "last_seq": each.last_seq, "stopped": each.stopped} for each in standing.lanes]
    value = {
        **_told(context, standing), "lanes": lanes, "oldest_unsent_at": standing.oldest_unsent_at, "paused": settings.paused,
        "metered": settings.metered, "daily_mb": settings.daily_mb,
        "messages": [sentence(each.problem, context.lang) for each in standing.messages]}
    lines = (*_standing_lines(context, standing, settings), *_sentences(context, standing))
    return CommandResult(value, lines, NEEDS_PERSON if standing.troubles else DONE)


def _standing_lines(context: CommandContext, standing: Standing, settings: LineSettings) -> tuple[str, ...]:
    """Say in words what the value of ``sync status`` has in figures."""
    waits = context.say(
        "LINE_WAITS", ops=standing.pending, files=standing.files, size=-(-standing.file_bytes // KILOBYTE),
        oldest=_moment(context, standing.oldest_unsent_at), proven=_moment(context, _proven(standing)))
    lanes = (
        context.say("LANE_STOPPED" if each.stopped else "LANE_GOES", epoch=each.epoch, last=each.last_seq) for each in standing.lanes)
    use = [name for name, told in (("SYNC_PAUSED", settings.paused), ("LINE_METERED", settings.metered)) if told]
    budget = (context.say("LINE_BUDGET", most=settings.daily_mb),) if settings.daily_mb else ()
    return (waits, *lanes, *(context.say(name) for name in use), *budget)


def _proven(standing: Standing) -> datetime | None:
    return read_local(standing.proven_at) if standing.proven_at else None


def _moment(context: CommandContext, moment: datetime | None) -> str:
    return f"{moment:%d/%m/%Y %H:%M}" if moment else context.say("LINE_NONE")


def _history(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    passes = context.counter.line.history(arguments.limit)
    return CommandResult({"passes": [_passed(context, each) for each in passes]}, tuple(_pass_line(context, each) for each in passes))


def _passed(context: CommandContext, each: LinePass) -> dict[str, JsonValue]:
    return {
        "began_at": each.began_at, "ended_at": each.ended_at, "passes": each.passes, "sent": each.sent, "received": each.received,
        "uploaded": each.uploaded, "bytes_up": each.bytes_up, "bytes_down": each.bytes_down, "trouble": each.trouble or None,
        "message": _outcome(context, each),
    }


def _outcome(context: CommandContext, each: LinePass) -> str:
    return sentence(Problem(each.trouble, None, {"code": each.trouble}), context.lang) if each.trouble else context.say("PASS_WELL")


def _pass_line(context: CommandContext, each: LinePass) -> str:
    moved = context.say("SYNC_PASSED", sent=each.sent, received=each.received, uploaded=each.uploaded)
    began, ended = f"{each.began_at:%d/%m/%Y %H:%M}", f"{each.ended_at:%H:%M}"
    return f"{began if began.endswith(ended) else f'{began} – {ended}'}  {moved} {_outcome(context, each)}"


def _paused(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    paused = arguments.what == "pause"
    context.counter.line.pause(context.actor, paused=paused)
    return CommandResult({"paused": paused}, (context.say("LINE_PAUSED" if paused else "LINE_RESUMED"),))


def _settled(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    settling = context.counter.life.settling
    if arguments.dossier:
        said, done = "LOOKED_AT", settling.look_at(arguments.dossier, context.actor)
    elif arguments.requested:
        wanted = PrintRequested(arguments.requested, paper=context.counter.desk.paper)
        said, done = "REQUESTED_PRINTED", context.counter.life.requested.print_forms(wanted, context.actor)
    else:
        said, done = "SETTLED", settling.take_theirs(arguments.op, context.actor)
    return CommandResult({"code": done.dossier.code, "status": done.dossier.status}, (context.say(said, code=done.dossier.code),))


def reconcile(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Compare both journals, with ``--from`` also what both sides count on each day; exit code 5 where they differ."""
    found = context.counter.province.reconcile()
    if arguments.first:
        return _with_period(context, found, read_day(arguments.first, "from"), arguments.last)
    return _compared(context, found)


def _with_period(context: CommandContext, found: Reconciliation, first: date, last: str | None) -> CommandResult:
    until = read_day(last, "to") if last else day_of(context.counter.clock.now())
    journals, period = _compared(context, found), context.counter.comparing.period(first, until, context.actor)
    days = [
        {"day": each.day.isoformat(), "match": each.match, "here": _sums(each.here), "there": _sums(each.there),
         "here_only": list(each.here_only), "there_only": list(each.there_only), "different": [list(one) for one in each.different]}
        for each in period.days]
    value = {**journals.value, "days": days, "here": _sums(period.here), "there": _sums(period.there), "pending": period.pending}
    lines = (*journals.lines, context.say("PERIOD_COUNTED", here=period.here.total, there=period.there.total))
    return CommandResult(value, lines, journals.exit_code if period.match else NEEDS_PERSON)


def _sums(totals: DayTotals) -> dict[str, JsonValue]:
    return {"total": totals.total, "by_status": dict(totals.by_status)}


def _compared(context: CommandContext, found: Reconciliation) -> CommandResult:
    value = {
        "match": found.match, "here_only": list(found.here_only), "there_only": list(found.there_only), "different": list(found.different)}
    if found.match:
        return CommandResult(value, (context.say("RECONCILE_MATCH"),))
    counts = {"here": len(found.here_only), "there": len(found.there_only), "different": len(found.different)}
    return CommandResult(value, (context.say("RECONCILE_DIFFERS", **counts),), NEEDS_PERSON)


def _exit_code(standing: Standing) -> int:
    if not standing.contact:
        return SURROUNDINGS
    if any(each.kind != "line" for each in standing.troubles):
        return NEEDS_PERSON
    return SURROUNDINGS if standing.pending or standing.files or standing.troubles else DONE


def _told(context: CommandContext, standing: Standing) -> dict[str, JsonValue]:
    return {
        "sent": standing.sent, "received": standing.received, "uploaded": standing.uploaded,
        "pending": {"ops": standing.pending, "files": standing.files, "bytes": standing.file_bytes},
        "problems": [_trouble(context, each) for each in standing.troubles], "proven_at": _proven(standing),
    }


def _trouble(context: CommandContext, trouble: Trouble) -> dict[str, JsonValue]:
    return {
        "op_id": trouble.op_id or None, "dossier_code": trouble.dossier_code or None, "kind": trouble.kind, "code": trouble.problem.code,
        "message": sentence(trouble.problem, context.lang),
    }


def _lines(context: CommandContext, standing: Standing) -> tuple[str, ...]:
    first = context.say("SYNC_TOLD", sent=standing.sent, received=standing.received, pending=standing.pending)
    return (first, *_sentences(context, standing))


def _sentences(context: CommandContext, standing: Standing) -> tuple[str, ...]:
    """Return what needs a person, then what the province has to say."""
    return tuple(sentence(each.problem, context.lang) for each in (*standing.troubles, *standing.messages))


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 86_400:
        raise argparse.ArgumentTypeError("between 0 and 86400 seconds")
    return value
