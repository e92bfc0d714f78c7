"""The command line: reads the words of a call, runs its verb, and turns what comes of it into output and an exit code.

Only the module of the verb that is called gets imported, so that a small verb is as fast as its work.
"""

from __future__ import annotations

import argparse
import importlib
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from counter_app.cli import frame
from counter_app.cli.frame import CommandContext, CommandResult, Run
from counter_app.domain.errors import DeskError, RuleBrokenError
from counter_app.domain.moments import VIETNAM
from counter_app.services.surroundings import disk_fault
from counter_app.support import crash, messages, paths
from counter_app.support.clock import SystemClock

_log = logging.getLogger(__name__)

MODULES = {
    "desk_verbs": ("init", "users", "recover"),
    "support_verbs": ("doctor", "diagnostics"),
    "dossier_verbs": ("intake", "show", "search", "list", "slip"),
    "event_verbs": ("event", "refuse"),
    "certify_verb": ("certify",),
    "cash_verbs": ("cash",),
    "book_verbs": ("logbook", "import-dossiers", "export-dossiers"),
    "report_verbs": ("report",),
    "file_verbs": ("file-scans",),
    "paper_verbs": ("papers",),
    "verify_verb": ("verify",),
    "keeping_verbs": ("backup", "restore"),
    "signature_verb": ("signatures",),
    "rule_verbs": ("catalogue", "fee", "card"),
    "time_verbs": ("calendar", "appointment"),
    "number_verbs": ("numbers",),
    "people_verbs": ("poster", "day-page", "call-list"),
    "citizen_verbs": ("complaint", "messages"),
    "person_verb": ("person",),
    "commune_verbs": ("commune",),
    "settings_verbs": ("settings",),
    "scan_verbs": ("devices", "scan"),
    "province_verbs": ("enrol", "sync", "reconcile"),
    "stick_verbs": ("usb",),
    "update_verb": ("update",),
    "demo_verb": ("demo",),
}
"""Which module of this package holds which verbs."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one call and return its exit code. ``arguments`` None: those of the process."""
    _speak_utf8()
    try:
        options, call = _read_words(sys.argv[1:] if arguments is None else arguments)
    except SystemExit as ending:  # argparse: help was shown, or the words are off
        return _flushed(int(ending.code or 0))
    try:
        code = _run(options, call)
        _log.info("%s ended with %s", call.verb, code)
        return code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        _forget_output()
        return frame.DONE


def _read_words(arguments: Sequence[str]) -> tuple[argparse.Namespace, argparse.Namespace]:
    """Return the options of every call, wherever they stand, and those of its verb."""
    general = _general_parser()
    options, rest = general.parse_known_args(arguments)
    verb = next((word for word in rest if not word.startswith("-")), "")
    wanted = [module for module, verbs in MODULES.items() if verb in verbs] or list(MODULES)
    parser = argparse.ArgumentParser(prog="counter", description=_DESCRIPTION, parents=[general], allow_abbrev=False)
    subparsers = parser.add_subparsers(title="verbs", metavar="VERB", required=True)
    for module in wanted:
        importlib.import_module(f"counter_app.cli.{module}").register(subparsers)
    call = parser.parse_args(rest)
    call.verb = verb
    return options, call


_DESCRIPTION = (
    "The desk without a window. Exit codes: 0 done, 1 a bug, 2 the words are off, 3 a rule was broken, "
    "4 the surroundings failed, 5 done and something needs a person."
)


def _general_parser() -> argparse.ArgumentParser:
    general = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    general.add_argument("--data-dir", type=Path, metavar="DIR", help="the desk's folder (default: this user's)")
    general.add_argument("--json", action="store_true", help="the result as one JSON value on standard output")
    general.add_argument("--lang", choices=messages.LANGUAGES, default=messages.DEFAULT_LANGUAGE, help="language of messages")
    general.add_argument("--user", default="", metavar="NAME", help="who acts; the password is taken from COUNTER_PASSWORD")
    return general


def _run(options: argparse.Namespace, call: argparse.Namespace) -> int:
    """Run the verb. What goes wrong becomes an error on the output and one of the exit codes 1, 3 and 4."""
    verb: Run = call.run
    context = CommandContext(
        options.data_dir or paths.default_data_dir(), lang=options.lang, as_json=options.json,
        user=options.user, password=paths.from_environment("COUNTER_PASSWORD"),
        second_password=paths.from_environment("COUNTER_SECOND_PASSWORD"),
    )
    try:
        with context:
            result = verb(context, call)
        return _show(context, result)
    except DeskError as error:
        return _refuse(context, error)
    except BrokenPipeError:
        raise
    except OSError as error:
        return _refuse(context, disk_fault(error))
    except Exception as error:  # edge: a bug ends in a saved report  # noqa: BLE001
        return _report(context, error, call.verb)


def _show(context: CommandContext, result: CommandResult) -> int:
    """Print the result and return its exit code, or say that the output takes nothing: what the verb did is done all the same."""
    lines = (frame.dump_json(result.value),) if context.json else map(frame.visible, result.lines)
    try:
        for line in lines:
            print(line)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError:
        _forget_output()
        context.note(context.say("OUTPUT_UNWRITABLE"))
        return frame.SURROUNDINGS
    return result.exit_code


def _refuse(context: CommandContext, error: DeskError) -> int:
    """Say what is wrong and what to do; every problem for people, the first one for programs, the others beside it."""
    sentences = [messages.sentence(problem, context.lang) for problem in error.problems]
    if context.json:
        told = [
            {"code": problem.code, "field": problem.field, "message": sentence}
            for problem, sentence in zip(error.problems, sentences, strict=True)
        ]
        _show(context, CommandResult({"error": told[0], "errors": told}))
    else:
        for problem, sentence in zip(error.problems, sentences, strict=True):
            is_nameless = problem.field is not None and problem.code.startswith("JSON_")  # “this member” of many
            context.note(f"{problem.field}: {sentence}" if is_nameless else sentence)
    return frame.RULE_BROKEN if isinstance(error, RuleBrokenError) else frame.SURROUNDINGS


def _report(context: CommandContext, error: Exception, verb: str) -> int:
    """Save the report of a bug and name it."""
    folder = paths.state_dir() / "reports"
    try:
        path = str(crash.save_report(error, SystemClock(VIETNAM).now(), verb, folder))
    except OSError:
        path = ""
        for line in crash.report_text(error, SystemClock(VIETNAM).now(), verb).splitlines():
            context.note(line)
    _log.critical("bug in %s", verb, exc_info=error)
    message = context.say("BUG", path=path)
    if context.json:
        _show(context, CommandResult({"error": {"code": "BUG", "field": None, "message": message}, "report": path}))
    context.note(message)
    return frame.BUG


def _speak_utf8() -> None:
    """Make the standard streams UTF-8 whatever the locale says; a sign that can't be shown never stops the work."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="strict" if stream is sys.stdin else "backslashreplace")


def _flushed(code: int) -> int:
    """Return the exit code of a call that has written its own output, where that went out."""
    try:
        sys.stdout.flush()
    except OSError as error:
        _forget_output()
        return code if isinstance(error, BrokenPipeError) else frame.SURROUNDINGS
    return code


def _forget_output() -> None:
    """Nobody reads any more: let Python's last flush go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
