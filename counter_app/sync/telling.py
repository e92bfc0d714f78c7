"""How the desk tells what happened on the line: each fault and each answer with a sentence of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from counter_app.domain.errors import DeskError, Problem, broken, failed
from counter_app.domain.text import write_day
from counter_app.services.line.answers import is_rejected
from counter_app.services.line.messages import ProvinceMessage
from counter_app.services.line.province import CLONE_DETECTED, KEY_GONE, Relation, Trouble
from counter_app.services.repositories.core import Delivery
from counter_app.services.repositories.uploads import DueFile
from counter_app.sync.faults import LineError, NoContactError, NotTheProvinceError, RefusedError

_TICKETS = {
    "enrolment_code_unknown": "ENROL_CODE_UNKNOWN", "enrolment_code_expired": "ENROL_CODE_EXPIRED",
    "enrolment_code_used": "ENROL_CODE_USED", "device_taken": "ENROL_DEVICE_TAKEN",
}
_STOPS = {
    "device_cloned": "SYNC_CLONED", "device_revoked": "SYNC_REVOKED", "upgrade_required": "SYNC_UPGRADE",
    "approval_required": "SYNC_APPROVAL", "token_expired": "SYNC_TOKEN", "token_unknown": "SYNC_TOKEN",
    "refresh_superseded": "SYNC_TOKEN", "bad_proof": "SYNC_TOKEN", "device_mismatch": "SYNC_TOKEN",
    "portal_account": "PORTAL_ACCOUNT", KEY_GONE: "SYNC_KEY_GONE",
}
_CONFLICTS = {
    "bad_transition": "CONFLICT_BAD_TRANSITION", "closed": "CONFLICT_CLOSED", "already_returned": "CONFLICT_ALREADY_RETURNED",
    "already_received": "CONFLICT_ALREADY_RECEIVED", "stale_field": "CONFLICT_STALE_FIELD", "code_in_use": "CONFLICT_CODE_IN_USE",
}
_REJECTIONS = {
    "refused_by_province": "REJECTED_REFUSED_BY_PROVINCE", "unknown_procedure": "REJECTED_UNKNOWN_PROCEDURE",
    "agency_mismatch": "REJECTED_AGENCY_MISMATCH", "record_incomplete": "REJECTED_INCOMPLETE",
}
_FILES = {"unreadable": "FILE_UNREADABLE_THERE", "malware": "FILE_MALWARE", "type_not_allowed": "FILE_TYPE_REFUSED"}

_SHOWN_FOR = timedelta(days=30)


def told(error: LineError) -> DeskError:
    """Return a failure of the line as the desk tells it."""
    if isinstance(error, NotTheProvinceError):
        return failed("NOT_THE_PROVINCE")
    if isinstance(error, NoContactError):
        return failed("TLS_FAILED" if error.kind == "tls" else "NO_CONTACT")
    code = error.code if isinstance(error, RefusedError) else ""
    if code in _TICKETS:
        return broken(_TICKETS[code])
    return failed(_STOPS.get(code, "PROVINCE_REFUSED"), code=code)


def line_trouble(error: LineError) -> tuple[Trouble, ...]:
    """Return what to show of a pass that ended so.

    A refusal that stays is told by the relation; one that passes, and silence, by the pass.
    """
    if isinstance(error, RefusedError):
        return (Trouble("line", Problem("PROVINCE_BUSY")),) if error.may_pass else ()
    return (Trouble("line", told(error).problems[0]),)


def pass_trouble(error: LineError | None, relation: Relation) -> Problem | None:
    """Return what stopped a pass, or only one of its lanes; None where nothing did."""
    if error is not None and (lines := line_trouble(error)):
        return lines[0].problem
    return stop_trouble(relation).problem if relation.revoked or relation.stopped else None


def stop_trouble(relation: Relation) -> Trouble:
    """Return what to show of a relation that is stopped."""
    code = "device_revoked" if relation.revoked else relation.stopped
    return Trouble("access", Problem(_STOPS.get(code, "PROVINCE_REFUSED"), None, {"code": code}))


def clone_troubles(relation: Relation, today: date) -> tuple[Trouble, ...]:
    """Return what to show of a lane that was left for a second copy of this desk: for a month, so that somebody looks for the copy."""
    left = sorted(each.day for each in relation.left.values() if each.reason == CLONE_DETECTED)
    if not left or today - date.fromisoformat(left[-1]) > _SHOWN_FOR:
        return ()
    return (Trouble("access", Problem("SYNC_CLONE_FOUND", None, {"day": write_day(date.fromisoformat(left[-1]))})),)


def people_troubles(relation: Relation) -> tuple[Trouble, ...]:
    """Return what to show of a list of people that has run out by the province's own day."""
    if not relation.users_until or relation.server_day <= relation.users_until:
        return ()
    return (Trouble("access", Problem("USERS_OUT_OF_DATE", None, {"day": write_day(date.fromisoformat(relation.users_until))})),)


def message_troubles(told: Sequence[ProvinceMessage]) -> tuple[Trouble, ...]:
    """Return the messages of the province as they are shown; the most urgent stand first."""
    urgent = sorted(told, key=_urgency)
    return tuple(Trouble("message", Problem("PROVINCE_MESSAGE", None, {"unit": each.unit, "text": each.text})) for each in urgent)


def _urgency(message: ProvinceMessage) -> int:
    return ("urgent", "warning", "info").index(message.level)


def catalogue_troubles(relation: Relation) -> tuple[Trouble, ...]:
    """Return what to show of a catalogue that could not be put in place."""
    if not relation.catalogue_fault:
        return ()
    return (Trouble("catalogue", Problem(relation.catalogue_fault, None, {"version": relation.catalogue_wanted})),)


def op_trouble(op: Delivery, code: str, *, begins: bool) -> Trouble:
    """Say of an op that needs a person what the province found; ``begins``: it is the receipt of its dossier.

    A receipt that was rejected is corrected, and so is a record: that sends it anew. Any other op is looked at as a conflict is.
    """
    result = op.result or {}
    params = {"code": code, "field": str(result.get("field", ""))}
    if result.get("outcome") == "rejected":
        reason = str(result.get("code", ""))
        sentence, kind = _REJECTIONS.get(reason, "REJECTED_OTHER"), "conflict" if is_rejected(op) and not begins else "rejected"
    else:
        reason = str(result.get("reason", ""))
        sentence, kind = _CONFLICTS.get(reason, "CONFLICT_OTHER"), "conflict"
    return Trouble(kind, Problem(sentence, None, {**params, "reason": reason}), op.op_id, code)


def file_trouble(file: DueFile, code: str, reason: str) -> Trouble:
    """Say of a file of the dossier ``code`` why the province has it not; ``reason`` is the province's, empty where it did not arrive."""
    sentence = _FILES.get(reason, "FILE_NOT_TAKEN")
    return Trouble("file", Problem(sentence, None, {"code": code, "name": file.paper}), dossier_code=code, sha256=file.sha256)
