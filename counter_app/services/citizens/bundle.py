"""What the desk does for citizens besides their dossiers, as one bundle, so that a desk is put together in one place."""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.services.acts.life import LifeServices
from counter_app.services.citizens.complaints import ComplaintService
from counter_app.services.citizens.message_queue import MessageQueue
from counter_app.services.citizens.messages import MessageService
from counter_app.services.deadlines.calendar import CalendarService
from counter_app.services.desk.catalogue import CatalogueService
from counter_app.services.desk.settings import SettingsService
from counter_app.services.documents.posters import PosterService
from counter_app.services.documents.rating_sheet import RatingSheets
from counter_app.services.documents.slips import SlipMaker
from counter_app.services.exchange.typing_tasks import TypingOpener, TypingService
from counter_app.services.people.second_person import SecondPersonService
from counter_app.services.ports import Clock, Database
from counter_app.services.registers.day_page import DayPageService
from counter_app.services.trail.marks import TrailWitness


@dataclass(frozen=True, slots=True)
class CitizenServices:
    """Messages, complaints, ratings on paper, the second typing, what hangs on the wall, and the page that ends a day."""

    messages: MessageService
    complaints: ComplaintService
    rating_sheets: RatingSheets
    typing: TypingService
    posters: PosterService
    day_pages: DayPageService


def watchers(calendar: CalendarService) -> tuple[MessageQueue, TypingOpener]:
    """Return what listens to the intake and to every act after it, for :class:`IntakeService` and :func:`life_services` alike."""
    return MessageQueue(calendar), TypingOpener()


def citizen_services(
    database: Database, clock: Clock, *, settings: SettingsService, maker: SlipMaker, calendar: CalendarService,
    catalogue: CatalogueService, life: LifeServices, second_person: SecondPersonService, witness: TrailWitness | None = None,
) -> CitizenServices:
    """Return the services of a desk; ``witness`` marks the audit trail outside the database with each page of a day."""
    return CitizenServices(
        messages=MessageService(
            database, clock, settings=settings, calendar=calendar, maker=maker, queue=MessageQueue(calendar), second_person=second_person),
        complaints=ComplaintService(database, clock), rating_sheets=RatingSheets(life.acting, maker),
        typing=TypingService(database, clock, life.bundles, second_person),
        posters=PosterService(clock, catalogue=catalogue, calendar=calendar, settings=settings, maker=maker),
        day_pages=DayPageService(database, life.acting, calendar, witness))
