"""The verbs of those who help a desk: ``doctor``, ``diagnostics``."""

from __future__ import annotations

import argparse
from pathlib import Path

from counter_app.cli.frame import DONE, NEEDS_PERSON, CommandContext, CommandResult, Subparsers, text_table
from counter_app.services.helping.doctor import State
from counter_app.support.messages import sentence

_MARKS = {State.OK: "✓", State.WARNING: "!", State.BAD: "✗"}


def register(subparsers: Subparsers) -> None:
    """Add the parsers of these verbs."""
    subparsers.add_parser("doctor", help="what works on this PC and what to do about the rest").set_defaults(run=doctor)
    giving = subparsers.add_parser("diagnostics", help="write a file for support, without personal data; nothing is sent")
    giving.add_argument("--out", type=Path, required=True, metavar="FILE.zip")
    giving.set_defaults(run=diagnostics)


def doctor(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:  # noqa: ARG001  the shape of a verb
    """Examine computer and desk; exit code 5 when something is bad."""
    from counter_app.bootstrap import examine  # noqa: PLC0415  other verbs start faster

    findings = examine(context.data_dir)
    checks = [
        {"name": finding.name, "state": finding.state, "code": finding.problem.code, "message": sentence(finding.problem, context.lang)}
        for finding in findings
    ]
    lines = text_table([(_MARKS[finding.state], finding.name, check["message"]) for finding, check in zip(findings, checks, strict=True)])
    bad = any(finding.state is State.BAD for finding in findings)
    return CommandResult({"ok": not bad, "checks": checks}, lines, NEEDS_PERSON if bad else DONE)


def diagnostics(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Write the diagnostics file; the desk need not open, and nobody has to log in for what holds nobody's data."""
    from counter_app.bootstrap import diagnose  # noqa: PLC0415  other verbs start faster

    made = diagnose(context.data_dir, context.output(arguments.out))
    return CommandResult({"out": made.out, "parts": made.parts}, (context.say("DIAGNOSTICS_WRITTEN", path=str(made.out)),))
