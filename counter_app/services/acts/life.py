"""Every verb after the receipt as one bundle, so that a desk is put together in one place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from counter_app.domain.people import Actor
from counter_app.services.acts.accepting import AcceptanceService, AcceptOnline
from counter_app.services.acts.acting import Acting, Done, Listener
from counter_app.services.acts.bundles import BundleService
from counter_app.services.acts.corrections import Correct, CorrectionService
from counter_app.services.acts.endings import EndingService, Halt, Withdraw
from counter_app.services.acts.extensions import Extend, ExtensionService
from counter_app.services.acts.fee_acts import CollectFee, FeeActs, Payments, ReverseFee
from counter_app.services.acts.hand_overs import HandOverDossiers, HandOverService
from counter_app.services.acts.notes_ratings import AddNote, NoteService, Rate, RatingService
from counter_app.services.acts.on_the_spot import OnTheSpotService
from counter_app.services.acts.refusals import RefusalService, Refuse
from counter_app.services.acts.requested_forms import PrintRequested, RequestedFormService
from counter_app.services.acts.results import ResultReady, ResultService
from counter_app.services.acts.returning import ReturnResults, ReturnService
from counter_app.services.acts.steps import CompleteStep, StepService
from counter_app.services.acts.supplements import ReceiveSupplement, RequestSupplement, SupplementService
from counter_app.services.acts.undo import UndoService
from counter_app.services.deadlines.calendar import CalendarService
from counter_app.services.desk.settings import SettingsService
from counter_app.services.documents.slips import SlipMaker
from counter_app.services.intake.service import IntakeService
from counter_app.services.line.settling import SettlingService
from counter_app.services.numbering.service import NumberingService
from counter_app.services.ports import Clock, Database


@dataclass(frozen=True, slots=True)
class LifeServices:
    """The verbs of the life cycle; ``acting`` opens the transactions of all of them."""

    acting: Acting
    supplements: SupplementService
    refusals: RefusalService
    hand_overs: HandOverService
    steps: StepService
    extensions: ExtensionService
    endings: EndingService
    results: ResultService
    returning: ReturnService
    on_the_spot: OnTheSpotService
    corrections: CorrectionService
    fees: FeeActs
    notes: NoteService
    ratings: RatingService
    bundles: BundleService
    undo: UndoService
    acceptance: AcceptanceService
    settling: SettlingService
    requested: RequestedFormService

    def perform(self, command: object, actor: Actor) -> Done:
        """Carry out a command of whichever verb.

        Raises:
            RuleBrokenError: as the verb's own service.
            KeyError: it is no command of a verb.
        """
        verbs: dict[type, Callable[[Any, Actor], Done]] = {
            RequestSupplement: self.supplements.request, ReceiveSupplement: self.supplements.receive, Refuse: self.refusals.refuse,
            HandOverDossiers: self.hand_overs.hand_over, CompleteStep: self.steps.complete, Extend: self.extensions.extend,
            Halt: self.endings.halt, Withdraw: self.endings.withdraw, ResultReady: self.results.ready,
            ReturnResults: self.returning.return_, Correct: self.corrections.correct, CollectFee: self.fees.collect,
            ReverseFee: self.fees.reverse, AddNote: self.notes.note, Rate: self.ratings.rate,
            AcceptOnline: self.acceptance.accept, PrintRequested: self.requested.print_forms,
        }
        return verbs[type(command)](command, actor)


def life_services(
    database: Database, clock: Clock, *, settings: SettingsService, maker: SlipMaker, intake: IntakeService, numbering: NumberingService,
    calendar: CalendarService, listeners: Sequence[Listener] = (), payments: Payments | None = None,
) -> LifeServices:
    """Return the verbs of a desk. ``listeners`` write in the transaction of every act, ``payments`` in that of money."""
    acting = Acting(database, clock, settings, maker, listeners)
    corrections = CorrectionService(acting, intake, calendar)
    return LifeServices(
        acting=acting, supplements=SupplementService(acting, calendar), refusals=RefusalService(acting, intake, numbering),
        hand_overs=HandOverService(acting, calendar), steps=StepService(acting, calendar),
        extensions=ExtensionService(acting, calendar, database), endings=EndingService(acting), results=ResultService(acting),
        returning=ReturnService(acting),
        on_the_spot=OnTheSpotService(acting), corrections=corrections, fees=FeeActs(acting, payments), notes=NoteService(acting),
        ratings=RatingService(acting), bundles=BundleService(acting),
        undo=UndoService(acting, database, corrections, payments), acceptance=AcceptanceService(acting, intake),
        settling=SettlingService(acting), requested=RequestedFormService(acting),
    )
