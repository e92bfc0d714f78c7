"""A new receipt slip in place of the old one: after a correction, after a supplement that moved the appointment."""

from __future__ import annotations

from dataclasses import replace

from counter_app.services.acts.acting import Act, Printing
from counter_app.services.documents.slips import COPIES
from counter_app.support.messages import text


def reissue(act: Act, how: Printing) -> None:
    """Print form 01 anew with what the dossier says now, marked as taking the place of the one before it.

    From then on the appointment on the new slip is the printed one.

    Raises:
        RuleBrokenError: PAPER_UNKNOWN at ``paper``; OP_TOO_LARGE.
    """
    tx = act.transaction
    act.dossier = replace(act.dossier, printed_due_at=act.dossier.due_at)
    tx.uow.dossiers.update(act.dossier)
    content = tx.maker.content(act.dossier, tx.profile, tx.clerk(), tx.now)
    mark = text("SLIP_REISSUED", "vi", time=f"{tx.now:%H:%M}", day=f"{tx.now:%d/%m/%Y}")
    act.print_form(content | {"marks": [*content["marks"], mark]}, how, copies=COPIES, again=True)
