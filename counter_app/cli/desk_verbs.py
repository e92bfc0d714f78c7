"""The verbs about the desk itself: ``init``, ``users``, ``recover``."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from counter_app.cli.frame import DONE, NEEDS_PERSON, CommandContext, CommandResult, Subparsers, text_table, write_document
from counter_app.domain.errors import Problem, SurroundingsError, broken
from counter_app.domain.people import Role
from counter_app.domain.text import tidy
from counter_app.services.desk.settings import PAPERS
from counter_app.services.desk.setup import FIRST_PERSON, CreateDesk, DeskCreated
from counter_app.services.people.login import FIRST_CLERK
from counter_app.services.people.users import NewUser, Password, plain_login
from counter_app.services.ports import JsonValue
from counter_app.support import messages


def register(subparsers: Subparsers) -> None:
    """Add the parsers of these verbs."""
    _register_init(subparsers.add_parser("init", help="set up a new desk in one line"))
    _register_users(subparsers.add_parser("users", help="clerks and roles"))
    recover_parser = subparsers.add_parser("recover", help="open the desk with the recovery sheet, typed on standard input")
    recover_parser.add_argument("--reset", metavar="LOGIN", default="", help="also give this person a new password")
    recover_parser.set_defaults(run=recover)


def init(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Set up a desk; the first person's password is ``COUNTER_PASSWORD``, else a new one that is shown here once."""
    from counter_app.bootstrap import create_desk  # noqa: PLC0415  the other verbs here do without it

    wish = _wish(arguments, context.password)
    sheet = arguments.sheet and context.output(arguments.sheet)
    created = create_desk(wish, context.data_dir)
    unwritten = _write_sheet(context.data_dir, created, sheet) if sheet is not None and created.recovery_text else ()
    created = replace(created, warnings=(*created.warnings, *unwritten))
    value = {
        "agency": wish.agency, "commune": wish.commune, "province": wish.province, "desk": wish.desk, "data_dir": context.data_dir,
        "device": created.device, "login": created.login, "password": created.password or None,
        "recovery": created.recovery_text or None, "warnings": [_told(problem, context.lang) for problem in created.warnings],
    }
    written = sheet if created.recovery_text and not unwritten else None
    return CommandResult(value, tuple(_lines_of_init(context, created, written)), NEEDS_PERSON if unwritten else DONE)


def _wish(arguments: argparse.Namespace, password: str | None) -> CreateDesk:
    return CreateDesk(
        agency=arguments.agency, commune=arguments.commune, province=arguments.province, desk=arguments.desk, serials=arguments.serials,
        provisional=arguments.provisional, database=arguments.database, full_name=arguments.name, login=arguments.login,
        title=arguments.title, password=password or None, hours_profile=arguments.hours, printer=arguments.printer,
        paper=arguments.paper, phone=arguments.phone, address=arguments.address, unattended=True,
    )


def users_add(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Add a person with a new password."""
    new = NewUser(arguments.login, arguments.name, Role(arguments.role), arguments.title)
    return _password(context, context.counter.users.add(new, context.actor))


def users_reset(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Give a person a new password."""
    return _password(context, context.counter.users.reset(arguments.login, context.actor))


def users_list(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:  # noqa: ARG001  the shape of a verb
    """List everybody who has or had an account."""
    people = context.counter.users.list()
    rows = [
        (person.user_id, person.login, context.say(f"ROLE_{person.role.upper()}"), person.full_name,
         context.say("USER_DISABLED_MARK") if person.disabled else person.title)
        for person in people
    ]
    return CommandResult({"users": people}, text_table(rows))


def users_change(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Correct a person's name, role or title; what is not named stays."""
    if arguments.name is None and arguments.role is None and arguments.title is None:
        raise broken("NOTHING_TO_CHANGE")
    login = plain_login(arguments.login)
    person = next((each for each in context.counter.users.list() if each.login == login), None)
    if person is None:
        raise broken("USER_UNKNOWN", "login")
    name = person.full_name if arguments.name is None else arguments.name
    role = person.role if arguments.role is None else Role(arguments.role)
    title = person.title if arguments.title is None else arguments.title
    context.counter.users.change(login, context.actor, full_name=name, role=role, title=title)
    now = {"login": login, "full_name": tidy(name), "role": role, "title": tidy(title)}
    return CommandResult(now, (context.say("USER_NOW_CHANGED", login=login),))


def users_disable(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Close an account."""
    context.counter.users.disable(arguments.login, context.actor)
    return CommandResult({"login": arguments.login, "disabled": True}, (context.say("USER_NOW_DISABLED", login=arguments.login),))


def users_enable(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Open a closed account again."""
    context.counter.users.enable(arguments.login, context.actor)
    return CommandResult({"login": arguments.login, "disabled": False}, (context.say("USER_NOW_ENABLED", login=arguments.login),))


def recover(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Take the recovery sheet's text from standard input and put the key it opens back where it belongs."""
    from counter_app.bootstrap import recover_desk  # noqa: PLC0415

    made = recover_desk(context.data_dir, context.read_sheet(), arguments.reset)
    value: dict[str, JsonValue] = {"recovered": True, "login": made.login if made else None, "password": made.password if made else None}
    lines = [context.say("RECOVERED")]
    if made:
        lines.append(context.say("PASSWORD_MADE", login=made.login, password=made.password))
    return CommandResult(value, tuple(lines))


def _register_init(parser: argparse.ArgumentParser) -> None:
    for name, words in (("agency", "H36.50.05"), ("commune", "“Xã Đắk Mil”"), ("province", "“Lâm Đồng”"), ("desk", "2")):
        parser.add_argument(f"--{name}", required=True, help=f"for example {words}")
    parser.add_argument("--serials", metavar="FIRST-LAST", help="the serials of this counter, like 2000-2999 (default: all)")
    parser.add_argument("--provisional", action="store_true", help="print provisional codes (TAM-…)")
    parser.add_argument("--database", metavar="URL", help="a PostgreSQL database shared by several counters")
    parser.add_argument("--name", default=FIRST_PERSON, help="the first person's full name")
    parser.add_argument("--login", default=FIRST_CLERK, help="the first person's login name")
    parser.add_argument("--hours", default="standard", metavar="PROFILE", help="opening hours, by their name in the calendar")
    parser.add_argument("--paper", default="a5", choices=PAPERS, help="of the slips")
    for name in ("title", "printer", "phone", "address"):
        parser.add_argument(f"--{name}", default="")
    parser.add_argument("--sheet", type=Path, metavar="FILE.pdf", help="write the recovery sheet to print")
    parser.set_defaults(run=init)


def _register_users(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(title="verbs", metavar="add|list|reset|change|disable|enable", required=True)
    add = verbs.add_parser("add", help="add a person; the new password is shown once")
    add.add_argument("login")
    add.add_argument("--name", required=True, help="full name")
    add.add_argument("--role", required=True, choices=[role.value for role in Role])
    add.add_argument("--title", default="", help="what stands under the name on the slip")
    add.set_defaults(run=users_add)
    change = verbs.add_parser("change", help="correct a person's name, role or title")
    change.add_argument("login")
    change.add_argument("--name", help="full name")
    change.add_argument("--role", choices=[role.value for role in Role])
    change.add_argument("--title", help="what stands under the name on the slip")
    change.set_defaults(run=users_change)
    verbs.add_parser("list", help="everybody with their roles").set_defaults(run=users_list)
    for name, run, words in (
        ("reset", users_reset, "a new password, shown once"), ("disable", users_disable, "close an account"),
        ("enable", users_enable, "open a closed account"),
    ):
        verb = verbs.add_parser(name, help=words)
        verb.add_argument("login")
        verb.set_defaults(run=run)


def _write_sheet(data_dir: Path, created: DeskCreated, out: Path) -> tuple[Problem, ...]:
    """Write the sheet; return what kept it from being written: the desk is made, and its secret must still be told this once."""
    from counter_app.bootstrap import recovery_sheet  # noqa: PLC0415

    try:
        write_document(out, recovery_sheet(data_dir, created.recovery_text))
    except SurroundingsError as error:
        return (*error.problems, Problem("SHEET_NOT_WRITTEN"))
    return ()


def _lines_of_init(context: CommandContext, created: DeskCreated, sheet: Path | None) -> list[str]:
    lines = [context.say("DESK_MADE", path=str(context.data_dir), login=created.login)]
    if created.password:
        lines.append(context.say("PASSWORD_MADE", login=created.login, password=created.password))
    if created.recovery_text:
        lines.append(context.say("RECOVERY_MADE", recovery=created.recovery_text))
    if sheet is not None:
        lines.append(context.say("SHEET_MADE", path=str(sheet)))
    return lines + [messages.sentence(problem, context.lang) for problem in created.warnings]


def _password(context: CommandContext, made: Password) -> CommandResult:
    line = context.say("PASSWORD_MADE", login=made.login, password=made.password)
    return CommandResult({"user_id": made.user_id, "login": made.login, "password": made.password}, (line,))


def _told(problem: Problem, lang: str) -> dict[str, JsonValue]:
    return {"code": problem.code, "field": problem.field, "message": messages.sentence(problem, lang)}
