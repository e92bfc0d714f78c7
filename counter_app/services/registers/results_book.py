"""The register of results that were handed back (domain guide 9.3): one line for each dossier, written with the act itself."""

from __future__ import annotations

from typing import Any

from counter_app.domain.books import RESULTS_BOOK
from counter_app.domain.dossier import DeliveryMethod, Dossier
from counter_app.domain.events import RESULT_RETURNED, Event
from counter_app.domain.life import HandedBack, ResultPaper
from counter_app.domain.masking import mask_id
from counter_app.domain.moments import day_of, write_local
from counter_app.services.acts.acting import Act
from counter_app.services.changes import Changes


class ResultsBook:
    """Listens to every act (:class:`~counter_app.services.acts.acting.Listener`) and enters what was handed back."""

    @staticmethod
    def recorded(act: Act, before: Dossier, event: Event) -> None:
        """Write the line of a dossier that was just handed back; its ``ref`` is the event.

        Raises:
            RuleBrokenError: BOOK_CLOSED, the year's register is closed.
        """
        del before
        back = act.dossier.handed_back
        if event.type != RESULT_RETURNED or back is None:
            return
        tx = act.transaction
        place = tx.uow.logbooks.next_place(RESULTS_BOOK, tx.now.year)
        columns = results_columns(act.dossier, back)
        tx.uow.logbooks.add_line(place, act.dossier.dossier_id, day_of(tx.now), ref=event.op_id, content=columns)
        tx.changes |= Changes.of("books")


def results_columns(dossier: Dossier, back: HandedBack) -> dict[str, Any]:
    """Return the columns of a line; of the paper that was shown only its last four characters (domain guide 16)."""
    how = DeliveryMethod.POSTAL if back.by_post else DeliveryMethod.DESK
    return {
        "at": write_local(back.at), "code": dossier.code, "result": "; ".join(map(_paper, dossier.results)) or dossier.procedure_name,
        "receiver": back.receiver_name, "paper": mask_id(back.paper_shown), "how": how.value, "originals": back.originals_returned,
        "signed": back.signed.value, "note": back.note,
    }


def _paper(result: ResultPaper) -> str:
    """Return kind and number of a result."""
    return f"{result.name} ({result.number})" if result.number else result.name
