"""The internal steps of a dossier: which one comes next, when it is due, and what is on record when one is done.

A step's clock starts when the paper was really handed over; it counts with the dossier's own options (domain guide 7.4).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from counter_app.domain import life_facts, projection
from counter_app.domain.calendar import WorkCalendar
from counter_app.domain.deadline import appointment, classify
from counter_app.domain.deadline_input import read_options
from counter_app.domain.dossier import Dossier
from counter_app.domain.events import STEP_COMPLETED
from counter_app.domain.life import Step
from counter_app.services.acts.acting import Act
from counter_app.services.people.offices import ProcessStep, process_of
from counter_app.services.ports import UnitOfWork
from counter_app.support.messages import text


def steps_left(uow: UnitOfWork, dossier: Dossier) -> tuple[ProcessStep, ...]:
    """Return the steps of the dossier's process that are not done, the running one first."""
    process = process_of(uow, dossier.procedure_code)
    codes = [step.code for step in process]
    done = [codes.index(step.code) for step in dossier.steps if step.code in codes]
    return process[max(done, default=-1) + 1:]


def begun(dossier: Dossier, step: ProcessStep, at: datetime, calendar: WorkCalendar, *, owner: str = "", unit: str = "") -> Step:
    """Return a step whose clock starts now. Without a limit of its own it has as long as the dossier.

    Raises:
        RuleBrokenError: as :func:`~counter_app.domain.deadline.appointment`.
    """
    due_at = dossier.due_at
    if step.limit:
        due_at = appointment(at, (step.limit,), calendar, read_options(dossier.options)).due_at
    return Step(step.code, step.name, unit or step.unit, owner, at, due_at)


def is_late(step: Step, at: datetime) -> bool:
    """Tell whether a step took, or takes, longer than its limit, by date as everything else."""
    return classify(step.completed_at or at, step.due_at) == "overdue"


def complete(act: Act, step: Step, following: Step | None, *, content: str, title: str = "") -> None:
    """Record that a step is done; ``following`` is the one that runs now, if any. Warning: STEP_LATE.

    Raises:
        RuleBrokenError: OP_TOO_LARGE.
    """
    tx = act.transaction
    done = replace(step, completed_at=tx.now, content=content, owner=step.owner or tx.clerk())
    if is_late(done, tx.now):
        tx.warn("STEP_LATE", None, name=done.name)
    state = text(f"STATUS_{act.dossier.status.upper()}", "vi")
    facts = life_facts.step_completed(done, title=title, state=state)
    act.record(projection.step_completed(act.dossier, done, following), facts, STEP_COMPLETED)
