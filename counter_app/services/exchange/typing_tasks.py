"""One typing: what must also go into a ministry's program is handed over from here, its second number comes back, the list gets shorter."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from counter_app.domain.codes import parse_code
from counter_app.domain.dossier import CLOSED, Dossier, Status
from counter_app.domain.errors import RuleBrokenError, broken
from counter_app.domain.events import Event
from counter_app.domain.ids import new_id
from counter_app.domain.people import Actor, Permission
from counter_app.domain.typing_map import Filled, filled
from counter_app.domain.typing_task import TypingState, TypingTask
from counter_app.services.acts.acting import Act
from counter_app.services.acts.bundles import BundleService
from counter_app.services.acts.texts import CODE, Texts
from counter_app.services.changes import Changes
from counter_app.services.desk.settings import DeskProfile
from counter_app.services.dossiers.access import require
from counter_app.services.exchange.ministry_programs import program_of, programs
from counter_app.services.exchange.typing_files import kind_of, read_codes, write_table
from counter_app.services.people.second_person import Second, SecondPersonService
from counter_app.services.ports import Clock, Database, UnitOfWork
from counter_app.services.recording import write_audit
from counter_app.services.trail.row_notes import held_opened, held_task
from counter_app.services.whole_files import whole_file

TOUCHED = Changes.of("tasks")
MOST = 500


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task as the list shows it."""

    task: TypingTask
    code: str
    person: str
    procedure: str
    program: str
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class HandOver:
    """What the panel hands over: the fields in the order of the program's form. Personal data: kept nowhere but in memory."""

    task: TypingTask
    code: str
    program: str
    fields: tuple[Filled, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Typed:
    """What an act on tasks did; of a file the codes of lines that no open task fits, and of those whose number can't be taken."""

    count: int
    unknown: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    changes: Changes = TOUCHED


class TypingOpener:
    """:class:`~counter_app.services.acts.acting.Listener` that opens tasks at the intake and drops those of dossiers without a result."""

    def received(self, uow: UnitOfWork, dossier: Dossier, profile: DeskProfile, now: datetime) -> Changes:
        """Open a task for each program that wants the dossier."""
        del profile
        tasks = [TypingTask(new_id(now), dossier.dossier_id, program.system, now) for program in programs() if program.wants(dossier)]
        if not tasks:
            return Changes()
        for task in tasks:
            uow.typing_tasks.add(task)
        write_audit(uow, now, dossier.received_by, "typing.wanted", dossier.dossier_id, held_opened(tasks))
        return TOUCHED

    def recorded(self, act: Act, before: Dossier, event: Event) -> None:
        """Drop what needs no typing any more."""
        del before, event
        if act.dossier.status not in CLOSED - {Status.RETURNED}:
            return
        tx = act.transaction
        for task in tx.uow.typing_tasks.of_dossiers([act.dossier.dossier_id]):
            if task.state is TypingState.OPEN:
                _end(tx.uow, replace(task, state=TypingState.DROPPED, done_at=tx.now, done_by=tx.actor.user_id))
                tx.changes |= TOUCHED


class TypingService:
    """The list of what is still to be typed, and what helps to type it."""

    def __init__(self, database: Database, clock: Clock, bundles: BundleService, second_person: SecondPersonService) -> None:
        self._database, self._clock = database, clock
        self._bundles, self._second_person = bundles, second_person

    def open_ones(self, actor: Actor, *, shown: Collection[str] = ()) -> list[TaskLine]:
        """Return what is still to be typed, the oldest first (audited: names stand there).

        ``shown``: the tasks that the list on the screen had already; they were noted then, and only what is new on it is a look.

        Raises:
            RuleBrokenError: NOT_ALLOWED.
        """
        require(actor, Permission.RECEIVE)
        with self._database.read() as uow:
            lines = [_line(task, dossier) for task, dossier in _with_dossiers(uow, uow.typing_tasks.open_ones(limit=MOST))]
        if fresh := sum(line.task.task_id not in shown for line in lines):
            with self._database.write() as uow:
                write_audit(uow, self._clock.now(), actor.user_id, "typing.shown", "", {"dossiers": fresh})
                uow.commit()
        return lines

    def hand_over(self, task_id: str, actor: Actor) -> HandOver:
        """Return the fields of a task, to be given to the clipboard one by one; an audit entry says who was handed them.

        Raises:
            RuleBrokenError: NOT_ALLOWED, TASK_UNKNOWN.
        """
        require(actor, Permission.RECEIVE)
        with self._database.write() as uow:
            task, dossier = _task(uow, task_id)
            program = program_of(task.system)
            write_audit(uow, self._clock.now(), actor.user_id, "typing.handed_over", dossier.dossier_id, {"system": task.system})
            uow.commit()
        return HandOver(task, dossier.code, program.name, filled(program, dossier))

    def done(self, task_id: str, second_code: str, actor: Actor) -> Typed:
        """Note that a dossier was typed, with the number that the program gave it; without one where it gives none.

        A dossier code of the ministry's system becomes a second code of the dossier; a number of any other shape stays with the task.

        Raises:
            RuleBrokenError: NOT_ALLOWED, TASK_UNKNOWN; CODE_TAKEN at ``other``; what is wrong with ``second_code``.
        """
        require(actor, Permission.RECEIVE)
        texts = Texts()
        second = texts.may(second_code, "second_code", CODE)
        texts.close()
        with self._database.read() as uow:
            task, dossier = _task(uow, task_id)
        if parse_code(second):
            self._bundles.add_code(dossier.code, second, actor, program_of(task.system).name)
        return self._end(task_id, TypingState.DONE, second, actor)

    def drop(self, task_id: str, actor: Actor) -> Typed:
        """Take a dossier off the list that need not be typed. Raises RuleBrokenError NOT_ALLOWED, TASK_UNKNOWN."""
        require(actor, Permission.RECEIVE)
        return self._end(task_id, TypingState.DROPPED, "", actor)

    def export(self, system: str, out: Path, actor: Actor, *, second: Second | None = None) -> Typed:
        """Write what is open for a program as the file it reads: .csv, .xlsx or .json, a column for each of its fields (audited).

        The tasks stay open until their numbers come back.

        Raises:
            RuleBrokenError: NOT_ALLOWED; PROGRAM_UNKNOWN; NOTHING_TO_TYPE; FILE_KIND_UNKNOWN at ``out``; as
                :meth:`.SecondPersonService.agree`.
            SurroundingsError: the file can't be written.
        """
        require(actor, Permission.EXPORT)
        program, kind = program_of(system), kind_of(out, "out")
        with self._database.read() as uow:
            mine = [task for task in uow.typing_tasks.open_ones(limit=MOST) if task.system == system]
            rows = [[each.text for each in filled(program, dossier)] for _, dossier in _with_dossiers(uow, mine)]
        if not rows:
            raise broken("NOTHING_TO_TYPE")
        agreed = self._second_person.agree(len(rows), actor, second, "SECOND_OR_ONE_BY_ONE")  # before a line of it is on any disk
        with whole_file(out) as part, self._database.write() as uow:
            write_table(part, kind, [each.label for each in program.fields], rows)
            write_audit(uow, self._clock.now(), actor.user_id, "typing.exported", "", {"system": system, "dossiers": len(rows)} | agreed)
            uow.commit()
        return Typed(len(rows))

    def take_codes(self, system: str, path: Path, actor: Actor) -> Typed:
        """Read the numbers that a program gave (.csv, .xlsx or .json with ``code`` and ``second_code``) and close their tasks.

        A number that :meth:`done` refuses leaves its task open and is named; the other lines are taken all the same.

        Raises:
            RuleBrokenError: NOT_ALLOWED; FILE_KIND_UNKNOWN, TABLE_DAMAGED, CODES_HEADER at ``file``.
            SurroundingsError: the file can't be read.
        """
        require(actor, Permission.IMPORT)
        count, unknown, refused = 0, [], []
        for code, second in read_codes(path):
            with self._database.read() as uow:
                found = uow.dossiers.by_code(code)
                tasks = uow.typing_tasks.of_dossiers([each.dossier_id for each in found])
            open_ones = [task for task in tasks if task.system == system and task.state is TypingState.OPEN]
            if not open_ones:
                unknown.append(code)
            try:
                count += sum(self.done(task.task_id, second, actor).count for task in open_ones)
            except RuleBrokenError:
                refused.append(code)
        return Typed(count, tuple(unknown), tuple(refused))

    def _end(self, task_id: str, state: TypingState, code: str, actor: Actor) -> Typed:
        now = self._clock.now()
        with self._database.write() as uow:
            task, _ = _task(uow, task_id)
            _end(uow, replace(task, state=state, code=code, done_at=now, done_by=actor.user_id))
            uow.commit()
        return Typed(1)


def _task(uow: UnitOfWork, task_id: str) -> tuple[TypingTask, Dossier]:
    """Return a task that is open still, with its dossier. Raises RuleBrokenError TASK_UNKNOWN."""
    task = uow.typing_tasks.get(task_id)
    dossier = uow.dossiers.get(task.dossier_id) if task and task.state is TypingState.OPEN else None
    if task is None or dossier is None:
        raise broken("TASK_UNKNOWN")
    return task, dossier


def _end(uow: UnitOfWork, task: TypingTask) -> None:
    """Keep a task that was just ended, and note it on the trail."""
    uow.typing_tasks.update(task)
    told = {"system": task.system} | held_task(task)
    write_audit(uow, task.done_at or task.opened_at, task.done_by, f"typing.{task.state.value}", task.dossier_id, told)


def _with_dossiers(uow: UnitOfWork, tasks: Sequence[TypingTask]) -> Iterator[tuple[TypingTask, Dossier]]:
    for task in tasks:
        if (dossier := uow.dossiers.get(task.dossier_id)) is not None:
            yield task, dossier


def _line(task: TypingTask, dossier: Dossier) -> TaskLine:
    return TaskLine(
        task, dossier.code, dossier.applicant.full_name, dossier.procedure_name, program_of(task.system).name, dossier.due_at)
