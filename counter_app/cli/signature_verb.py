"""The verb ``signatures``: who signed a PDF, whether it is as it was signed, and whether the issuers are trusted."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from counter_app.cli.frame import DONE, NEEDS_PERSON, CommandContext, CommandResult, Subparsers
from counter_app.domain.moments import write_local
from counter_app.services.ports import JsonValue
from counter_app.services.scanning.signing_ports import SignatureCheck, Trust

_ISSUERS = {Trust.TRUSTED: "SIGNATURE_TRUSTED", Trust.UNKNOWN: "SIGNATURE_UNKNOWN", Trust.INVALID: "SIGNATURE_INVALID"}


def register(subparsers: Subparsers) -> None:
    """Add the parser of this verb."""
    parser = subparsers.add_parser("signatures", help="the signatures of a PDF; at a desk, its trusted issuers count")
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.set_defaults(run=signatures)


def signatures(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Look at a file; exit code 5 where it bears no signature, where one does not hold, or where an issuer is not trusted."""
    found = _looked_at(context, arguments.file)
    value = {"file": str(arguments.file), "signatures": [_told(context, number, each) for number, each in enumerate(found, start=1)]}
    lines = tuple(_sentence(context, number, each) for number, each in enumerate(found, start=1))
    good = found and all(each.holds and each.trust is Trust.TRUSTED for each in found)
    return CommandResult(value, lines or (context.say("SIGNATURES_NONE", file=arguments.file.name),), DONE if good else NEEDS_PERSON)


def _looked_at(context: CommandContext, path: Path) -> Sequence[SignatureCheck]:
    from counter_app.bootstrap import desk_exists  # noqa: PLC0415  a verb without a desk starts faster
    from counter_app.bootstrap.signing import signature_reader  # noqa: PLC0415

    if desk_exists(context.data_dir):
        return context.counter.signatures.of_file(path, context.actor)
    return signature_reader().signatures(path, ())


def _told(context: CommandContext, number: int, check: SignatureCheck) -> JsonValue:
    at = write_local(check.signed_at) if check.signed_at else None
    return {
        **asdict(check), "signed_at": at, "trust": check.trust.value, "holds": check.holds, "message": _sentence(context, number, check)}


def _sentence(context: CommandContext, number: int, check: SignatureCheck) -> str:
    content = "SIGNATURE_HOLDS" if check.holds else "SIGNATURE_ALTERED" if check.intact else "SIGNATURE_BROKEN"
    at = f"{check.signed_at:%H:%M %d/%m/%Y}" if check.signed_at else context.say("SIGNATURE_NO_TIME")
    return context.say(
        "SIGNATURE_LINE", number=number, owner=check.owner, at=at, content=context.say(content),
        issuer=context.say(_ISSUERS[check.trust], issuer=check.issuer))
