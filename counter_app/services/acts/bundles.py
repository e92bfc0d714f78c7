"""Dossiers that belong together (liên thông), and the second code that a ministry's program gave to one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from counter_app.domain.codes import parse_code
from counter_app.domain.dossier import CodeOfDossier
from counter_app.domain.errors import broken
from counter_app.domain.events import CODE_ADDED, DOSSIERS_LINKED
from counter_app.domain.lifecycle import Verb
from counter_app.domain.people import Actor
from counter_app.services.acts.acting import Acting, Done
from counter_app.services.acts.texts import CODE, NAME, Texts
from counter_app.services.dossiers.access import dossier_with_id

MINISTRY = "ministry"
FEWEST = 2


class BundleService:
    """Links dossiers, and gives them further codes. Both stay at this desk: the contract has no event for them."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting

    def link(self, codes: Sequence[str], actor: Actor) -> Done:
        """Make dossiers one bundle; whoever was linked with one of them before belongs to it too.

        Raises:
            RuleBrokenError: BUNDLE_TOO_SMALL at ``codes``; as :meth:`Transaction.take_all`.
        """
        with self._acting.transaction(actor) as tx:
            acts = tx.take_all(codes, Verb.NOTE)
            known = {act.dossier.dossier_id for act in acts}
            if len(known) < FEWEST:
                raise broken("BUNDLE_TOO_SMALL", "codes")
            further = sorted({other for act in acts for other in act.dossier.linked} - known)
            acts += [tx.take_dossier(dossier_with_id(tx.uow, other), Verb.NOTE) for other in further]
            together = [act.dossier.dossier_id for act in acts]
            for act in acts:
                others = tuple(each for each in together if each != act.dossier.dossier_id)
                if set(others) != set(act.dossier.linked):
                    act.record(replace(act.dossier, linked=others), {"linked": list(others)}, DOSSIERS_LINKED)
        return tx.done()

    def add_code(self, code: str, other: str, actor: Actor, system: str = "") -> Done:
        """Give a dossier a second code, that of a ministry's ``system``; it is found by both from then on.

        Raises:
            RuleBrokenError: CODE_UNREADABLE, CODE_TAKEN at ``other``; what is wrong with texts; as :meth:`Transaction.take`.
        """
        texts = Texts()
        wanted, name = texts.need(other, "other", CODE), texts.may(system, "system", NAME)
        parsed = parse_code(wanted)
        if wanted and parsed is None:
            texts.forbid("CODE_UNREADABLE", "other")
        texts.close()
        second = parsed.text if parsed else wanted
        with self._acting.transaction(actor) as tx:
            act = tx.take(code, Verb.NOTE)
            owners = {each.dossier_id for each in tx.uow.dossiers.by_code(second)}
            if owners - {act.dossier.dossier_id}:
                raise broken("CODE_TAKEN", "other")
            if not owners:
                after = replace(act.dossier, codes=(*act.dossier.codes, CodeOfDossier(second, MINISTRY)))
                act.record(after, {"code": second, "system": name}, CODE_ADDED)
        return tx.done()
