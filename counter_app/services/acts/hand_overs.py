"""The paper goes from hand to hand (form 06): one dossier or many, by scanning their codes, as one batch with one list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from counter_app.domain import life_facts, projection
from counter_app.domain.deadline_terms import Limit
from counter_app.domain.dossier import Dossier
from counter_app.domain.ids import new_id
from counter_app.domain.life import Direction, HandOver, Step
from counter_app.domain.lifecycle import Verb
from counter_app.domain.people import Actor
from counter_app.services.acts.acting import Act, Acting, Done, Printing, Transaction
from counter_app.services.acts.step_clock import begun, complete, steps_left
from counter_app.services.acts.texts import NAME, Texts
from counter_app.services.deadlines.calendar import CalendarService
from counter_app.services.documents import form_content
from counter_app.services.dossiers.access import named_code
from counter_app.services.people.offices import ProcessStep
from counter_app.support.messages import text

COPIES_OF_LIST = 2
MOST_PAPERS = 9999
CONSULT, SIGN = "consult", "sign"
"""Steps that can be begun by hand, whatever the process says: the opinion of another unit, and waiting for a signature."""


@dataclass(frozen=True, slots=True)
class HandOverDossiers(Printing):
    """Who gets the papers. ``paper_counts`` gives the sheets of a dossier by its code; otherwise its papers are counted.

    ``from_unit`` empty: this desk, or for the way back the unit that has the paper; ``given_by`` and ``received_by`` are names, the clerk's
    where the desk is meant. ``step`` (:data:`CONSULT`, :data:`SIGN`) begins that
    step instead of the next one of the process, with ``limit`` as its time; ``owner`` is who works on it.
    """

    codes: tuple[str, ...]
    to_unit: str
    received_by: str
    direction: Direction = Direction.TO_SPECIALIST
    paper_counts: Mapping[str, int] = field(default_factory=dict)
    from_unit: str = ""
    given_by: str = ""
    owner: str = ""
    step: str = ""
    limit: Limit | None = None


class HandOverService:
    """The verb *hand over*."""

    def __init__(self, acting: Acting, calendar: CalendarService) -> None:
        self._acting = acting
        self._calendar = calendar

    def hand_over(self, command: HandOverDossiers, actor: Actor) -> Done:
        """Hand over every dossier of the batch, or none; start the clock of the next step; print forms 06 and the list.

        Warnings: STEP_LATE.

        Raises:
            RuleBrokenError: NO_CODES; TEXT_NEEDED at ``to_unit`` or ``received_by`` and what else is wrong with texts; COUNT_IMPOSSIBLE at
                ``paper_counts``; STEP_UNKNOWN at ``step``; as :meth:`Transaction.take_all`, each problem at ``codes.<index>``.
        """
        clean = _checked(command)
        with self._acting.transaction(actor) as tx:
            acts = tx.take_all(clean.codes, Verb.HAND_OVER)
            batch = new_id(tx.now)
            for act in acts:
                self._hand_over(act, clean, batch)
            form = "hand_over" if clean.direction is Direction.TO_SPECIALIST else "result_list"
            make = form_content.hand_over_list if clean.direction is Direction.TO_SPECIALIST else form_content.result_list
            dossiers = [act.dossier for act in acts]
            content = make(dossiers, acts[0].dossier.hand_overs[-1], tx.profile, tx.form(form))
            tx.print_form(batch, acts, content, clean, copies=COPIES_OF_LIST)
        return tx.done()

    def _hand_over(self, act: Act, command: HandOverDossiers, batch: str) -> None:
        tx, before = act.transaction, act.dossier
        hand_over = _line(tx, before, command, batch)
        act.record(projection.handed_over(before, hand_over), life_facts.handed_over(hand_over))
        if command.direction is Direction.TO_DESK:
            if act.dossier.step:
                complete(act, act.dossier.step, None, content=text("STEP_HANDED_OVER", "vi", unit=hand_over.to_unit))
            return
        self._move_step(act, command)
        if not before.hand_overs:
            act.print_form(form_content.control_sheet(act.dossier, tx.profile, tx.form("06")), command)

    def _move_step(self, act: Act, command: HandOverDossiers) -> None:
        """Start the clock of the step of who got the paper; the step of who gave it away is done."""
        tx, running = act.transaction, act.dossier.step
        wanted = _wanted(command, steps_left(tx.uow, act.dossier), running)
        owner = command.owner or command.received_by
        calendar, following = self._calendar.calendar(), None
        if wanted:
            following = begun(act.dossier, wanted, tx.now, calendar, owner=owner, unit=command.to_unit)
        if running and (following is None or following.code != running.code):
            complete(act, running, following, content=text("STEP_HANDED_OVER", "vi", unit=command.to_unit))
        elif following:
            act.dossier = projection.step_begun(act.dossier, following)
            tx.uow.dossiers.update(act.dossier)


def _line(tx: Transaction, dossier: Dossier, command: HandOverDossiers, batch: str) -> HandOver:
    desk, clerk = tx.profile.unit_name or text("THE_DESK", "vi", desk=tx.profile.desk), tx.clerk()
    back = command.direction is Direction.TO_DESK
    return HandOver(
        batch, tx.now, command.direction,
        from_unit=command.from_unit or (dossier.holder if back else desk), to_unit=command.to_unit or desk,
        given_by=command.given_by or ("" if back else clerk), received_by=command.received_by or clerk,
        paper_count=_counted(dossier, command.paper_counts),
    )


def _counted(dossier: Dossier, paper_counts: Mapping[str, int]) -> int:
    """Return how many sheets were counted under whichever of its codes was scanned; where nobody counted, its papers."""
    told = {named_code(code): count for code, count in paper_counts.items()}
    return next((told[each.code] for each in dossier.codes if each.code in told), sheets(dossier))


def _wanted(command: HandOverDossiers, left: tuple[ProcessStep, ...], running: Step | None) -> ProcessStep | None:
    """Return the step that begins with a hand-over: the one asked for, the running one of the same unit, else the next one."""
    if command.step:
        name = next((each.name for each in left if each.code == command.step), text(f"STEP_{command.step.upper()}", "vi"))
        return ProcessStep(command.step, name, command.to_unit, command.limit)
    if running and running.unit == command.to_unit:
        return next((each for each in left if each.code == running.code), None)
    coming = left[1:] if running and left and left[0].code == running.code else left
    return coming[0] if coming else None


def sheets(dossier: Dossier) -> int:
    """Return how many papers were handed in, those only shown left out."""
    return sum(line.original + line.copy + line.photocopy for line in dossier.documents if not line.shown_only)


def _checked(command: HandOverDossiers) -> HandOverDossiers:
    texts = Texts()
    back = command.direction is Direction.TO_DESK
    clean = replace(
        command, to_unit=texts.may(command.to_unit, "to_unit", NAME) if back else texts.need(command.to_unit, "to_unit", NAME),
        received_by=texts.may(command.received_by, "received_by", NAME) if back else texts.need(command.received_by, "received_by", NAME),
        from_unit=texts.may(command.from_unit, "from_unit", NAME), given_by=texts.may(command.given_by, "given_by", NAME),
        owner=texts.may(command.owner, "owner", NAME),
    )
    if any(not 0 <= count <= MOST_PAPERS for count in command.paper_counts.values()):
        texts.forbid("COUNT_IMPOSSIBLE", "paper_counts", limit=MOST_PAPERS)
    if command.step not in ("", CONSULT, SIGN):
        texts.forbid("STEP_UNKNOWN", "step")
    texts.close()
    return clean
