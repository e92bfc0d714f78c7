"""The verbs about rules and their data: ``fee``, ``card``, ``catalogue``. The first two need no desk."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from counter_app.cli.frame import DONE, NEEDS_PERSON, CommandContext, CommandResult, Subparsers, text_table
from counter_app.domain.card import Card, read_card
from counter_app.domain.catalogue import CatalogueDifference, Fee, Procedure, ProcedureOverride
from counter_app.domain.catalogue_words import fee_words
from counter_app.domain.deadline_terms import Limit, LimitUnit
from counter_app.domain.errors import broken
from counter_app.domain.fees import certification_fee, schedule_on
from counter_app.domain.moments import VIETNAM, day_of
from counter_app.domain.text import money, read_day, write_day
from counter_app.services.surroundings import disk_fault
from counter_app.support.clock import SystemClock


def register(subparsers: Subparsers) -> None:
    """Add the parsers of these verbs."""
    fee_parser = subparsers.add_parser("fee", help="what certification costs")
    fee_parser.add_argument("source", nargs="?", default="-", help="JSON file, - for standard input")
    fee_parser.add_argument("--on", metavar="DATE", help="the day whose tariffs count; today unless said")
    fee_parser.set_defaults(run=fee)
    card_parser = subparsers.add_parser("card", help="read the text of a citizen card's QR")
    card_parser.add_argument("source", nargs="?", default="-", help="text file, - for standard input, or the text itself")
    card_parser.add_argument("--today", metavar="DATE", help="no date on a card lies after this day; today unless said")
    card_parser.set_defaults(run=card)
    catalogue_parser = subparsers.add_parser("catalogue", help="procedures with versions by effective date")
    _register_catalogue(catalogue_parser.add_subparsers(title="what", metavar="WHAT", required=True))


def fee(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Work out lines of certification fees. A bad line makes the whole answer its code: half a total would be a wrong total."""
    document = context.read_json(arguments.source)
    lines = document.get("lines") if isinstance(document, dict) else None
    if not isinstance(lines, list):
        raise broken("FEE_LINES_MISSING", "lines")
    answer = certification_fee(lines, schedule_on(_day(arguments.on, "on")))
    if answer.error:
        place = answer.amounts.index(None) + 1
        return CommandResult({"error": answer.error, "amounts": None, "total": None}, (f"{place}. {context.say(answer.error)}",))
    told = [f"{number}. {money(amount or 0)}" for number, amount in enumerate(answer.amounts, start=1)]
    value = {"error": None, "amounts": answer.amounts, "total": answer.total_vnd}
    return CommandResult(value, (*told, context.say("FEE_TOTAL", amount=money(answer.total_vnd))))


def card(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Read the text of a card. What can't be read is an answer too, not a failed call."""
    reading = read_card(_card_text(arguments.source), _day(arguments.today, "today"))
    found = _card_value(reading.value) if reading.value else None
    told = [f"{name}: {shown}" for name, shown in found.items() if shown] if found else [context.say(reading.error or "")]
    value = {"ok": reading.ok, "error": reading.error, "value": found, "warnings": reading.warnings}
    return CommandResult(value, (*told, *(context.say(warning) for warning in reading.warnings)))


def catalogue_import(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Read a catalogue in beside the one in use."""
    service = context.counter.catalogue
    info = service.import_file(Path(arguments.file), context.actor)
    gaps = service.gaps(info.version)
    value = {
        "version": info.version, "title": info.title, "procedures": info.count, "active_from": info.active_from,
        "without_limit": gaps.without_limit, "fees_unknown": gaps.fees_unknown,
    }
    open_points = {"count": info.count, "limits": len(gaps.without_limit), "fees": len(gaps.fees_unknown)}
    return CommandResult(value, (context.say("CATALOGUE_IMPORTED", version=info.version, **open_points),))


def catalogue_list(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """List the procedures in force, the imported versions, and what is open in them."""
    service = context.counter.catalogue
    procedures = service.listed(arguments.field, _day(arguments.on, "on") if arguments.on else None)
    value = {
        "procedures": [_procedure(known) for known in procedures], "total": len(procedures),
        "versions": [{"version": info.version, "procedures": info.count, "active_from": info.active_from} for info in service.versions()],
    }
    rows: list[tuple[str, ...]] = [
        (known.code, known.time_limit.text, "; ".join(map(fee_words, known.fees)), known.label) for known in procedures
    ]
    return CommandResult(value, (*text_table(rows), context.say("CATALOGUE_TOTAL", count=len(procedures))))


def catalogue_diff(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Compare a catalogue file with the catalogue in use; a difference is for a person to look at."""
    differences = context.counter.catalogue.diff(Path(arguments.file))
    counts = {kind: sum(found.kind == kind for found in differences) for kind in ("added", "removed", "changed")}
    told = [_difference_line(context, found) for found in differences] or [context.say("CATALOGUE_SAME")]
    return CommandResult({"differences": differences, **counts}, tuple(told), NEEDS_PERSON if differences else DONE)


def catalogue_activate(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Use an imported catalogue from a day of receipt on."""
    first = read_day(arguments.first, "from")
    context.counter.catalogue.activate(arguments.version, first, context.actor)
    value = {"version": arguments.version, "active_from": first}
    return CommandResult(value, (context.say("CATALOGUE_ACTIVATED", version=arguments.version, day=write_day(first)),))


def catalogue_override(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Put a decision of the commune or the province on top of the catalogue."""
    limit = None if arguments.limit is None else Limit(arguments.limit, LimitUnit(arguments.unit))
    decision = ProcedureOverride(
        arguments.code, arguments.decision, read_day(arguments.first, "effective_from"), limit, arguments.fee, arguments.amount,
        read_day(arguments.last, "effective_to") if arguments.last else None, arguments.by,
    )
    procedure = context.counter.catalogue.override(decision, context.actor)
    first = write_day(decision.effective_from)
    said = context.say("CATALOGUE_OVERRIDDEN", code=procedure.code, decision=decision.decision_number, day=first)
    return CommandResult(_procedure(procedure), (said,))


def _register_catalogue(subparsers: Subparsers) -> None:
    for name, run, help_text in (("import", catalogue_import, "read a catalogue in, not yet in use"),
                                 ("diff", catalogue_diff, "what a file would change in the catalogue in use")):
        parser = subparsers.add_parser(name, help=help_text)
        parser.add_argument("file", metavar="FILE")
        parser.set_defaults(run=run)
    listing = subparsers.add_parser("list", help="the procedures in force")
    listing.add_argument("--field", metavar="NAME", help="only this field of work, with or without accents")
    listing.add_argument("--on", metavar="DATE", help="the day of receipt; today unless said")
    listing.set_defaults(run=catalogue_list)
    activating = subparsers.add_parser("activate", help="use an imported catalogue from a day of receipt on")
    activating.add_argument("version", metavar="VERSION")
    activating.add_argument("--from", dest="first", metavar="DATE", required=True)
    activating.set_defaults(run=catalogue_activate)
    _register_override(subparsers.add_parser("override", help="a decision on top of the catalogue: another limit, or a fee's amount"))


def _register_override(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", metavar="CODE")
    parser.add_argument("--decision", metavar="NUMBER", required=True)
    parser.add_argument("--from", dest="first", metavar="DATE", required=True)
    parser.add_argument("--to", dest="last", metavar="DATE")
    parser.add_argument("--by", default="", help="who decided")
    parser.add_argument("--limit", type=int, metavar="VALUE")
    parser.add_argument("--unit", choices=[unit.value for unit in LimitUnit], default=LimitUnit.WORKING_DAY.value)
    parser.add_argument("--fee", default="", metavar="NAME", help="the fee's name as the catalogue lists it")
    parser.add_argument("--amount", type=int, metavar="VND")
    parser.set_defaults(run=catalogue_override)


def _day(text: str | None, field: str) -> date:
    """Return the day that was given, else today."""
    return read_day(text, field) if text else day_of(SystemClock(VIETNAM).now())


def _card_text(source: str) -> str:
    """Return the text of a card from standard input, a file or the word itself; a JSON text is unwrapped, a lost byte stays visible."""
    if "|" in source:
        return source
    try:
        data = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except OSError as error:
        raise disk_fault(error, source) from error
    text = data.decode("utf-8-sig", errors="replace")
    if text.lstrip().startswith('"'):
        try:
            return str(json.loads(text))
        except ValueError:
            return text
    return text


def _card_value(found: Card) -> dict[str, Any]:
    """Return the promised members; what the card doesn't say is null."""
    return {
        "id_number": found.id_number, "old_id_number": found.old_id_number or None, "full_name": found.full_name,
        "birth_date": found.birth_date, "birth_year": found.birth_year, "sex": found.sex, "address": found.address or None,
        "issue_date": found.issue_date, "extra": found.extra,
    }


def _procedure(known: Procedure) -> dict[str, Any]:
    limit = known.time_limit.limit
    return {
        "code": known.code, "name": known.name, "short_name": known.short_name or None, "field": known.field_name,
        "limit": {"value": limit.value, "unit": limit.unit} if limit else None, "limit_text": known.time_limit.text,
        "cases": [{"case": variant.case, "text": variant.text} for variant in known.variants],
        "fees": [_fee(listed) for listed in known.fees],
        "fees_unknown": any(fee.amount_vnd is None for fee in known.fees), "desk_rank": known.desk_rank, "on_the_spot": known.on_the_spot,
        "channels": known.channels, "handled_by": known.handled_by or None, "vertical_sector": known.vertical_sector or None,
        "certification_register": known.certification_register or None, "version": known.catalogue_version,
        "effective_from": known.effective_from, "effective_to": known.effective_to, "overridden_by": known.overridden_by,
    }


def _fee(listed: Fee) -> dict[str, Any]:
    """Return a fee with what belongs beside it: what it is charged for, and who is exempt."""
    return {
        "name": listed.name, "amount_vnd": listed.amount_vnd, "per": listed.per or None, "cap_vnd": listed.cap_vnd,
        "exemption_note": listed.exemption_note or None,
    }


def _difference_line(context: CommandContext, found: CatalogueDifference) -> str:
    what = context.say(f"CATALOGUE_{found.kind.upper()}")
    if found.what:
        what += f": {context.say(f'CATALOGUE_PART_{found.what.upper()}')}: {found.before or '–'} → {found.after or '–'}"
    return f"{found.procedure_code} {found.procedure_name[:80]}: {what}"
