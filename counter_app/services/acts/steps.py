"""A step of the internal process is done; the next one begins, and none is passed over without a reason (mission B)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from counter_app.domain.errors import broken
from counter_app.domain.life import Step
from counter_app.domain.lifecycle import Verb
from counter_app.domain.people import Actor
from counter_app.services.acts.acting import Act, Acting, Done
from counter_app.services.acts.step_clock import begun, complete, steps_left
from counter_app.services.acts.texts import LINE, NAME, Texts
from counter_app.services.deadlines.calendar import CalendarService
from counter_app.services.people.offices import ProcessStep
from counter_app.support.messages import text


@dataclass(frozen=True, slots=True)
class CompleteStep:
    """What was done. ``owner`` and ``to_unit`` are who does the next step; ``title``, ``done_by``
    and ``done_in`` are title, name and unit of who did this one, where the desk doesn't know.

    ``step`` names a later step than the one whose turn it is; then ``skip_reason`` says why those before it were passed over.
    """

    code: str
    content: str = ""
    owner: str = ""
    to_unit: str = ""
    step: str = ""
    skip_reason: str = ""
    title: str = ""
    done_by: str = ""
    done_in: str = ""


class StepService:
    """The verb *complete step*."""

    def __init__(self, acting: Acting, calendar: CalendarService) -> None:
        self._acting = acting
        self._calendar = calendar

    def complete(self, command: CompleteStep, actor: Actor) -> Done:
        """Record that the running step (or ``step``) is done and begin the one after it.

        Warnings: STEP_LATE.

        Raises:
            RuleBrokenError: NO_STEP_LEFT; STEP_UNKNOWN at ``step``; STEP_SKIPPED at ``skip_reason``; what is wrong with texts; as
                :meth:`Transaction.take`.
        """
        texts = Texts()
        content, skip_reason = texts.may(command.content, "content", LINE), texts.may(command.skip_reason, "skip_reason", LINE)
        owner, unit = texts.may(command.owner, "owner", NAME), texts.may(command.to_unit, "to_unit", NAME)
        done_by, done_in = texts.may(command.done_by, "done_by", NAME), texts.may(command.done_in, "done_in", NAME)
        title = texts.may(command.title, "title", NAME)
        texts.close()
        with self._acting.transaction(actor) as tx:
            act = tx.take(command.code, Verb.COMPLETE_STEP)
            left = steps_left(tx.uow, act.dossier)
            step, rest = self._chosen(act, left, command.step)
            skipped = ", ".join(each.name for each in left[:len(left) - len(rest)] if each.code != step.code)
            if skipped and not skip_reason:
                raise broken("STEP_SKIPPED", "skip_reason", names=skipped)
            if skipped:
                content = f"{content} ({text('STEP_PASSED_OVER', 'vi', names=skipped, reason=skip_reason)})".strip()
            calendar = self._calendar.calendar()
            following = begun(act.dossier, rest[0], tx.now, calendar, owner=owner, unit=unit) if rest else None
            step = replace(step, owner=done_by or step.owner, unit=done_in or step.unit)
            complete(act, step, following, content=content, title=title)
        return tx.done()

    def _chosen(self, act: Act, left: tuple[ProcessStep, ...], wanted: str) -> tuple[Step, tuple[ProcessStep, ...]]:
        """Return the step that is done, and the steps of the process that are left after it."""
        running, dossier = act.dossier.step, act.dossier
        code = running.code if running and not wanted else wanted
        place = next((index for index, each in enumerate(left) if code in ("", each.code)), None)
        if running and code == running.code:
            return running, left if place is None else left[place + 1:]
        if place is None:
            raise broken("STEP_UNKNOWN", "step") if left else broken("NO_STEP_LEFT")
        since = dossier.hand_overs[-1].at if dossier.hand_overs else dossier.received_at
        return begun(dossier, left[place], since, self._calendar.calendar()), left[place + 1:]
