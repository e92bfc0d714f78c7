"""What the audit trail notes of each stored print, so that a content changed by hand shows: a reprint is made from it."""

from __future__ import annotations

from datetime import datetime

from counter_app.domain.events import SLIP_PRINTED, JsonObject
from counter_app.domain.moments import write_local
from counter_app.domain.registers import PrintedForm
from counter_app.services.ports import UnitOfWork
from counter_app.services.recording import write_audit
from counter_app.services.repositories.reports import fingerprint


def noted(form: PrintedForm) -> JsonObject:
    """Return the print and the hash of everything about it but its document, which has a hash of its own."""
    return {"print": form.print_id, "print_sha256": fingerprint({
        "subject": form.dossier_id, "form": form.form, "issue": form.issue, "paper": form.paper,
        "printed_at": write_local(form.printed_at), "content": form.content})}


def keep_print(uow: UnitOfWork, form: PrintedForm, user_id: str, at: datetime) -> None:
    """Store a print that no event tells of: what is about no one dossier.

    Raises:
        RuleBrokenError: USER_DISABLED, USER_READS_ONLY.
    """
    uow.prints.add(form)
    write_audit(uow, at, user_id, SLIP_PRINTED, form.dossier_id, noted(form))
