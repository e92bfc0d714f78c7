"""The sheet on which a citizen rates the service on paper; the clerk scans its code later and types the figure."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from counter_app.domain.lifecycle import Verb
from counter_app.domain.moments import day_of
from counter_app.domain.people import Actor, Permission
from counter_app.services.acts.acting import Acting
from counter_app.services.desk.settings import DeskProfile
from counter_app.services.documents.form_parts import cell, column, frame
from counter_app.services.documents.forms import FormWords, form_in_force
from counter_app.services.documents.slips import SlipMaker
from counter_app.services.dossiers.access import require

RATING = "rating"


class RatingSheets:
    """Makes sheets; nothing of them is stored, for nothing on them is about a person."""

    def __init__(self, acting: Acting, maker: SlipMaker) -> None:
        self._acting, self._maker = acting, maker

    def sheet(self, code: str, actor: Actor, paper: str = "a5") -> bytes:
        """Return the sheet of a dossier as PDF.

        Raises:
            RuleBrokenError: NOT_ALLOWED, DOSSIER_UNKNOWN, CODE_SHARED; RATE_NOT_NOW, ALREADY_RATED.
        """
        require(actor, Permission.RECEIVE)
        with self._acting.transaction(actor) as tx:
            dossier, profile, now = tx.take(code, Verb.RATE).dossier, tx.profile, tx.now
        return self._maker.document(rating_content(dossier.code, profile, form_in_force(RATING, day_of(now)), now), paper)


def rating_content(code: str, desk: DeskProfile, form: FormWords, on: datetime) -> dict[str, Any]:
    """Return what the sheet says: the code, the scale from 1 to 5, room for words; no name."""
    say = form.say
    rows = [[str(score), word] for score, word in enumerate(form.words["scale"], start=1)]
    return frame(desk, form, on, code=code) | {
        "body": [
            {"text": [say("purpose")]},
            {"table": {"columns": [column(say("column_score"), 20), column(say("column_meaning"))], "rows": rows}},
            {"rows": [[cell(say("comment"), "")]]}],
        "signatures": [], "foot": [say("thanks")]}
