"""Received, assessed, signed and returned in one go ("4 tại chỗ"): the second half, from the receipt to the citizen's hand."""

from __future__ import annotations

from dataclasses import dataclass, replace

from counter_app.domain.errors import broken
from counter_app.domain.life import ResultPaper
from counter_app.domain.people import Actor
from counter_app.services.acts.acting import Acting, Done
from counter_app.services.acts.results import ResultReady, make_ready
from counter_app.services.acts.returning import ReturnResults, checked, give_back


@dataclass(frozen=True, slots=True)
class FinishOnTheSpot:
    """The results of one dossier and how they were given back; the code of ``returning`` is not needed."""

    code: str
    returning: ReturnResults
    results: tuple[ResultPaper, ...] = ()


class OnTheSpotService:
    """The verb *decide at once*: what is ready and returned in one transaction."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting

    def finish(self, command: FinishOnTheSpot, actor: Actor) -> Done:
        """Note the result and give it back, both or neither.

        Raises:
            RuleBrokenError: NOT_ON_THE_SPOT, the catalogue doesn't count the procedure among those; as :meth:`ResultService.ready
                <counter_app.services.acts.results.ResultService.ready>` and :meth:`ReturnService.return_
                <counter_app.services.acts.returning.ReturnService.return_>`.
        """
        returning = checked(replace(command.returning, codes=(command.code,)))
        with self._acting.transaction(actor) as tx:
            act = make_ready(tx, ResultReady(command.code, command.results))
            procedure = tx.uow.catalogue.version(act.dossier.procedure_version)
            if procedure is None or not procedure.on_the_spot:
                raise broken("NOT_ON_THE_SPOT", "code")
            act.dossier = replace(act.dossier, on_the_spot=True)
            tx.uow.dossiers.update(act.dossier)
            tx.acts.remove(act)
            tx.warnings = [warning for warning in tx.warnings if warning.code != "RESULT_EARLY"]
            give_back(tx, returning)
        return tx.done()
