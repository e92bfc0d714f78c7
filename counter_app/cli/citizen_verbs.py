"""The verbs of what citizens say and are told: ``complaint``, ``messages``."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from counter_app.cli.frame import CommandContext, CommandResult, Subparsers, text_table
from counter_app.domain.complaint import Complaint, ComplaintChannel
from counter_app.domain.message import Message
from counter_app.domain.text import read_day, write_day
from counter_app.services.citizens.complaints import ComplaintLine, TakeComplaint


def register(subparsers: Subparsers) -> None:
    """Add the parsers of these verbs."""
    complaint = subparsers.add_parser("complaint", help="what citizens complain of and suggest, and the answers")
    verbs = complaint.add_subparsers(title="verbs", metavar="list|take|answer|judge", required=True)
    listing = verbs.add_parser("list", help="what is to be answered, the most urgent first")
    which = listing.add_mutually_exclusive_group()
    which.add_argument("--all", action="store_true", help="the answered ones too, the newest first")
    which.add_argument("--dossier", default="", metavar="CODE", help="those about one dossier")
    listing.set_defaults(run=list_complaints)
    taking = verbs.add_parser("take", help="take a complaint down")
    taking.add_argument("body", metavar="TEXT")
    taking.add_argument("--dossier", default="", metavar="CODE", help="what it is about; may be missing")
    taking.add_argument("--channel", choices=[each.value for each in ComplaintChannel], default=ComplaintChannel.DESK.value)
    taking.add_argument("--person", default="", metavar="NAME")
    taking.add_argument("--phone", default="", metavar="NUMBER")
    taking.add_argument("--owner", default="", metavar="NAME", help="who answers")
    taking.add_argument("--due", default="", metavar="DATE", help="the day of the answer (default: in 15 days)")
    taking.set_defaults(run=take)
    answering = verbs.add_parser("answer", help="keep the answer that was given; once")
    answering.add_argument("complaint", metavar="ID")
    answering.add_argument("answer", metavar="TEXT")
    answering.set_defaults(run=answer)
    judging = verbs.add_parser("judge", help="keep whether the answer satisfied who complained")
    judging.add_argument("complaint", metavar="ID")
    judging.add_argument("judgement", metavar="satisfied|dissatisfied", choices=("satisfied", "dissatisfied"))
    judging.set_defaults(run=judge)
    messages = subparsers.add_parser("messages", help="who is still to be told; or everything that was told about one dossier")
    messages.add_argument("code", metavar="CODE", nargs="?", default="")
    messages.set_defaults(run=list_messages)


def list_complaints(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """List complaints; the look is in the audit trail, for they say who complained."""
    complaints, actor = context.counter.citizens.complaints, context.actor
    if arguments.dossier:
        found = complaints.of_dossier(context.counter.dossiers.of_code(arguments.dossier, actor).dossier_id, actor)
    else:
        found = complaints.listed(actor, is_open=not arguments.all)
    rows = [(each.complaint.complaint_id, write_day(each.complaint.answer_due), each.code or "–", each.complaint.body) for each in found]
    return CommandResult({"complaints": [_line(each) for each in found], "total": len(found)}, text_table(rows))


def take(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Take a complaint down."""
    due = read_day(arguments.due, "due") if arguments.due else None
    command = TakeComplaint(
        arguments.body, ComplaintChannel(arguments.channel), arguments.dossier, arguments.person, arguments.phone, arguments.owner, due)
    kept = context.counter.citizens.complaints.take(command, context.actor).complaint
    return _told(kept, context.say("COMPLAINT_TAKEN", due=write_day(kept.answer_due)))


def answer(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Keep an answer."""
    kept = context.counter.citizens.complaints.answer(arguments.complaint, arguments.answer, context.actor).complaint
    return _told(kept, context.say("COMPLAINT_ANSWER_KEPT"))


def judge(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """Keep what who complained thinks of the answer."""
    satisfied = arguments.judgement == "satisfied"
    kept = context.counter.citizens.complaints.judge(arguments.complaint, context.actor, satisfied=satisfied).complaint
    return _told(kept, context.say("COMPLAINT_JUDGEMENT_KEPT"))


def list_messages(context: CommandContext, arguments: argparse.Namespace) -> CommandResult:
    """List messages; the look is in the audit trail, for they say whom they go to."""
    messages, actor = context.counter.citizens.messages, context.actor
    if arguments.code:
        dossier = context.counter.dossiers.of_code(arguments.code, actor)
        found: Sequence[tuple[str, Message]] = [(dossier.code, each) for each in messages.of_dossier(dossier.dossier_id, actor)]
    else:
        found = [(each.code, each.message) for each in messages.waiting(actor)]
    rows = [(code, f"{each.queued_at:%d/%m/%Y %H:%M}", each.state.value, each.recipient, each.body) for code, each in found]
    return CommandResult({"messages": [_message(code, each) for code, each in found], "total": len(found)}, text_table(rows))


def _told(complaint: Complaint, said: str) -> CommandResult:
    return CommandResult(_complaint(complaint), (f"{complaint.complaint_id}  {said}",))


def _line(line: ComplaintLine) -> dict[str, Any]:
    return _complaint(line.complaint) | {"dossier_code": line.code or None, "late": line.late}


def _complaint(kept: Complaint) -> dict[str, Any]:
    return {
        "complaint_id": kept.complaint_id, "dossier_id": kept.dossier_id, "received_at": kept.received_at, "channel": kept.channel,
        "body": kept.body, "person": kept.person or None, "phone": kept.phone or None, "owner": kept.owner or None,
        "answer_due": kept.answer_due, "answered_at": kept.answered_at, "answer": kept.answer or None, "satisfied": kept.satisfied,
    }


def _message(code: str, kept: Message) -> dict[str, Any]:
    return {
        "message_id": kept.message_id, "code": code, "occasion": kept.occasion, "channel": kept.channel, "recipient": kept.recipient,
        "body": kept.body, "queued_at": kept.queued_at, "expires_at": kept.expires_at, "state": kept.state,
    }
