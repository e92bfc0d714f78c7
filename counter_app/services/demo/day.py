"""A believable day at the desk, done with the services that the window uses: for the demonstration, practice and pictures."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Protocol

from counter_app.domain.calendar import WorkCalendar
from counter_app.domain.deadline_clock import at_clock
from counter_app.domain.moments import day_of
from counter_app.domain.people import Actor
from counter_app.services.certification.terms import Certified
from counter_app.services.deadlines.appointments import AppointmentService
from counter_app.services.deadlines.calendar import CalendarService
from counter_app.services.demo.cases import DemoCases
from counter_app.services.demo.certification import CertifyingDesk, DemoCertifications
from counter_app.services.demo.clock import DayClock, moments_of_day
from counter_app.services.demo.evening import EveningDesk, end_day, talk
from counter_app.services.demo.life import DemoLife, LivingDesk
from counter_app.services.demo.past import DemoPast
from counter_app.services.demo.people import DemoPeople
from counter_app.services.desk.catalogue import CatalogueService
from counter_app.services.desk.settings import SettingsService
from counter_app.services.documents.slips import SlipService
from counter_app.services.dossiers.service import DossierService
from counter_app.services.exchange.importing import ImportService
from counter_app.services.intake.service import IntakeService
from counter_app.services.intake.terms import Received, ReceiveDossier

LATE_ENTRY, REPRINTED, NOTED = 3, 6, 9
"""Which dossiers of the day (counted from 0) are typed in late, printed again, and get a note."""
BY_HAND, BEFORE_CLOSING = timedelta(minutes=25), timedelta(minutes=5)


class DemoDesk(CertifyingDesk, LivingDesk, EveningDesk, Protocol):
    """What a day needs of an open desk, by the names that the desk's bundle of services has."""

    @property
    def settings(self) -> SettingsService:
        """For the desk's profile."""

    @property
    def catalogue(self) -> CatalogueService:
        """For what people can come for."""

    @property
    def calendar(self) -> CalendarService:
        """For the opening hours."""

    @property
    def appointments(self) -> AppointmentService:
        """For when older dossiers were due."""

    @property
    def intake(self) -> IntakeService:
        """For taking in."""

    @property
    def dossiers(self) -> DossierService:
        """For notes and lists."""

    @property
    def slips(self) -> SlipService:
        """For reprints."""

    @property
    def importing(self) -> ImportService:
        """For the weeks before."""


@dataclass(frozen=True, slots=True)
class DemoDone:
    """What a day left: the dossiers received, each with its procedure, how many older ones were taken over before, the visits certified.

    ``forms`` are the forms printed after the receipts: a name for each, and its print.
    """

    received: tuple[tuple[Received, str], ...]
    imported: int
    reprints: int
    certified: tuple[Certified, ...] = ()
    forms: tuple[tuple[str, str], ...] = ()


class DemoDay:
    """One day at a desk that was opened with the same ``clock``. The same seed makes the same day.

    ``so_far`` is told after each person which share of the day has gone by, so that more can happen beside it.
    """

    def __init__(self, counter: DemoDesk, clock: DayClock, seed: int = 1, so_far: Callable[[float], None] | None = None) -> None:
        self._counter = counter
        self._clock = clock
        self._seed = seed
        self._so_far = so_far or _nothing_else
        self._rng = Random(seed)  # noqa: S311  sample data, no secret

    def run(self, actor: Actor, dossiers: int = 40, *, until: datetime | None = None) -> DemoDone:
        """Take over the weeks before, then receive ``dossiers`` people through the opening hours and lead their dossiers on.

        A day that breaks off at ``until`` is still open then: its money is not counted and its page not made.

        Raises what the services raise; the actor needs the rights to receive and to import.
        """
        counter, rng, day = self._counter, self._rng, day_of(self._clock.now())
        profile, calendar = counter.settings.profile(), counter.calendar.calendar()
        commune = profile.commune[:1].lower() + profile.commune[1:]
        place = f"{commune}, tỉnh {profile.province.removeprefix('Tỉnh ')}"
        people, certifying = DemoPeople(rng, place), DemoCertifications(counter, self._seed, place)
        procedures = counter.catalogue.in_force(day)
        cases = DemoCases(rng, people, procedures, day)
        past = DemoPast(rng, people, cases, appointments=counter.appointments, calendar=calendar, agency=profile.agency)
        imported = self._import(past, actor)
        received, known = [], {procedure.code: procedure for procedure in procedures}
        life = DemoLife(counter, actor, self._clock, self._seed, cases.receipt)
        for number, moment in enumerate(moments_of_day(calendar, day, dossiers, rng, until)):
            self._clock.go_to(moment)
            command = self._with_time(number, cases.next())
            received.append((counter.intake.receive(command, actor), command.procedure_code))
            certifying.come(number, actor)
            life.come(received[-1][0], command, known[command.procedure_code])
            life.until((number + 1) / dossiers)
            self._so_far((number + 1) / dossiers)
        reprints = self._after(actor, [done for done, _ in received])
        talk(counter, actor)
        forms = [*life.prints, *certifying.sign_batch(actor), *([] if until else self._end(calendar, day, actor))]
        return DemoDone(tuple(received), imported, reprints, tuple(certifying.done), tuple(forms))

    def _end(self, calendar: WorkCalendar, day: date, actor: Actor) -> list[tuple[str, str]]:
        hours = calendar.hours(day) or calendar.usual_hours
        self._clock.go_to(at_clock(day, hours[-1].end) - BEFORE_CLOSING)
        return end_day(self._counter, actor)

    def _import(self, past: DemoPast, actor: Actor) -> int:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "older.jsonl"
            lines = past.lines(self._clock.now())
            path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
            return self._counter.importing.run(path, actor).kept

    def _with_time(self, number: int, command: ReceiveDossier) -> ReceiveDossier:
        """Let one dossier of the morning have been written by hand, while the power was off."""
        if number != LATE_ENTRY:
            return command
        return replace(command, received_at=self._clock.now() - BY_HAND, entered_later="Mất điện, ghi tay rồi nhập sau")

    def _after(self, actor: Actor, received: list[Received]) -> int:
        """Note something on one dossier, print another again for a citizen who lost the slip."""
        if len(received) > NOTED:
            self._counter.dossiers.add_note(received[NOTED].dossier_id, "Đã gọi điện, người dân sẽ mang thêm bản chính.", actor)
        if len(received) <= REPRINTED:
            return 0
        self._counter.slips.reprint(received[REPRINTED].code, "a5", actor)
        return 1


def _nothing_else(_share: float) -> None:
    return
