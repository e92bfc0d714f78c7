"""The one place that knows every adapter: it opens a desk and hands out its services as one frozen bundle."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from counter_app.bootstrap import folder
from counter_app.bootstrap.folder import DeskMarker
from counter_app.bootstrap.helping import helpers_at
from counter_app.bootstrap.papers import batch_keeper, paper_store, papers_at
from counter_app.bootstrap.printers import LateBookPrinter, LateFormPrinter, LateReportPrinter
from counter_app.bootstrap.program import updates_at
from counter_app.bootstrap.province import line_at
from counter_app.bootstrap.scanners import scanners_at
from counter_app.bootstrap.signing import signatures_at, signing_at
from counter_app.domain.moments import VIETNAM
from counter_app.security import database_key
from counter_app.security.passwords import Argon2Passwords
from counter_app.services.acts.life import LifeServices, life_services
from counter_app.services.certification.acts import CertificationActs
from counter_app.services.certification.service import CertificationService
from counter_app.services.certification.testimonies import OwnTestimonies
from counter_app.services.citizens.bundle import CitizenServices, citizen_services, watchers
from counter_app.services.citizens.person_answer import PersonAnswers
from counter_app.services.deadlines.appointments import AppointmentService
from counter_app.services.deadlines.calendar import CalendarService
from counter_app.services.desk.catalogue import CatalogueService
from counter_app.services.desk.settings import DeskProfile, SettingsService
from counter_app.services.documents.print_queue import PrintQueue
from counter_app.services.documents.slips import SlipMaker, SlipService
from counter_app.services.dossiers.home import HomeService
from counter_app.services.dossiers.service import DossierService
from counter_app.services.exchange.exporting import ExportService
from counter_app.services.exchange.importing import ImportService
from counter_app.services.helping.diagnostics import DiagnosticsService
from counter_app.services.helping.doctor import DoctorService
from counter_app.services.intake.drafts import DraftService
from counter_app.services.intake.service import IntakeService
from counter_app.services.keeping.service import KeepingService
from counter_app.services.line.comparing import ComparingService
from counter_app.services.line.desk import LineService
from counter_app.services.line.province import Province
from counter_app.services.line.stick import StickService
from counter_app.services.money.cash_counts import CashService
from counter_app.services.money.payments import PaymentRecorder
from counter_app.services.numbering.service import NumberingService
from counter_app.services.people.login import LoginService
from counter_app.services.people.offices import OfficesService
from counter_app.services.people.second_person import SecondPersonService
from counter_app.services.people.users import UserService
from counter_app.services.ports import Clock, Database
from counter_app.services.registers.logbooks import LogbookService
from counter_app.services.registers.results_book import ResultsBook
from counter_app.services.reports.service import ReportService
from counter_app.services.scanning.desk import PaperServices
from counter_app.services.scanning.devices import DeviceService
from counter_app.services.scanning.places import ScannerPlaces
from counter_app.services.scanning.signatures import SignatureService
from counter_app.services.scanning.signing import SigningService
from counter_app.services.trail.looking import TrailService
from counter_app.services.trail.marks import TrailWitness
from counter_app.services.updating.desk import UpdateService
from counter_app.services.verifying.service import VerifyService
from counter_app.storage import open_database
from counter_app.storage.guard import FileNumberGuard
from counter_app.storage.trail_marks import FileTrailMarks
from counter_app.support.clock import SystemClock
from counter_app.support.paths import device_dir


@dataclass(frozen=True, slots=True)
class Counter:
    """An open desk. ``desk`` is its profile as it was when it was opened."""

    data_dir: Path
    desk: DeskProfile
    clock: Clock
    login: LoginService
    users: UserService
    settings: SettingsService
    catalogue: CatalogueService
    calendar: CalendarService
    appointments: AppointmentService
    numbering: NumberingService
    intake: IntakeService
    life: LifeServices
    citizens: CitizenServices
    offices: OfficesService
    certification: CertificationService
    certified: CertificationActs
    testimonies: OwnTestimonies
    cash: CashService
    dossiers: DossierService
    home: HomeService
    slips: SlipService
    print_queue: PrintQueue
    person_answers: PersonAnswers
    logbooks: LogbookService
    reports: ReportService
    drafts: DraftService
    importing: ImportService
    exporting: ExportService
    verifying: VerifyService
    trail: TrailService
    province: Province
    line: LineService
    comparing: ComparingService
    stick: StickService
    doctor: DoctorService
    diagnostics: DiagnosticsService
    scanner_places: ScannerPlaces
    scanning: DeviceService
    paper: PaperServices
    signing: SigningService
    signatures: SignatureService
    keeping: KeepingService
    updates: UpdateService
    witness: TrailWitness
    database: Database = field(repr=False)

    def close(self) -> None:
        """Let go of the database and of stacks of scans; what was committed is durable already. How far the trail has come is marked."""
        self.paper.batches.let_go()
        self.witness.mark()
        self.database.close()


def open_counter(data_dir: Path, *, clock: Clock | None = None) -> Counter:
    """Open the desk in a folder.

    Raises:
        RuleBrokenError: NO_DESK, DESK_UNKNOWN.
        SurroundingsError: DESK_FILE_DAMAGED, DESK_FILE_NEWER; KEY_MISSING, KEY_DAMAGED, KEYRING_CLOSED; a DATABASE_ code, DISK_FULL; a
            GUARD_ code.
    """
    clock = clock or SystemClock(VIETNAM)
    marker = folder.read_marker(data_dir)
    key = key_of(marker)
    marks = FileTrailMarks(device_dir(marker.device), clock)
    database = open_database(folder.address_of(data_dir, marker), key, backup_dir=data_dir / folder.BACKUPS, passed=marks.passed)
    with ExitStack() as undo:
        undo.callback(database.close)
        counter = assemble(database, clock, data_dir, marker, key, marks)
        undo.pop_all()
    return counter


def key_of(marker: DeskMarker) -> bytes | None:
    """Return the database key of a desk; None where its database is a server's. Raises as :func:`open_counter`."""
    return None if marker.database_url else database_key.find(marker.device, marker.key_place)


def assemble(  # noqa: PLR0917  what a desk lies in, from the database outwards
    database: Database, clock: Clock, data_dir: Path, marker: DeskMarker, key: bytes | None, marks: FileTrailMarks,
) -> Counter:
    """Return the services of a desk over its open database; the number guard is looked after first. ``key`` is that of :func:`key_of`.

    Raises DESK_UNKNOWN, a GUARD_ code, and as :class:`~counter_app.services.ports.UnitOfWork`.
    """
    settings, numbering = guarded_numbering(database, clock, marker.device)
    witness, profile = TrailWitness(database, marks), settings.profile()
    catalogue, calendar = CatalogueService(database, clock), CalendarService(database, clock, settings)
    appointments, hasher, maker = AppointmentService(calendar, settings), Argon2Passwords(), SlipMaker(LateFormPrinter(), calendar)
    slips = SlipService(database, clock, settings, maker)
    intake = IntakeService(
        database, clock, catalogue=catalogue, appointments=appointments, numbering=numbering, settings=settings, maker=maker,
        watchers=watchers(calendar))
    places, scanning = scanners_at(database, clock, marker.device)
    offices, payments, store = OfficesService(database, clock), PaymentRecorder(), paper_store(data_dir)
    province, line, comparing, stick = line_at(database, clock, settings, catalogue, device=marker.device, store=store)
    life = life_services(
        database, clock, settings=settings, maker=maker, intake=intake, numbering=numbering, calendar=calendar,
        payments=payments, listeners=(*watchers(calendar), ResultsBook()))
    paper = papers_at(data_dir, store, life.acting, database, clock, device=marker.device, settings=settings, maker=maker)
    login = LoginService(database, clock, hasher, key_is_enough=profile.unattended or profile.practice)
    second_person = SecondPersonService(login, settings)
    keeping, doctor, diagnostics = helpers_at(
        data_dir, marker, database, clock, key=key, profile=profile, calendar=calendar, numbering=numbering, paper=paper,
        scanning=scanning, line=line)
    return Counter(
        data_dir=data_dir, desk=profile, clock=clock, database=database, drafts=DraftService(database, clock),
        login=login, users=UserService(database, clock, hasher), settings=settings, catalogue=catalogue, calendar=calendar,
        appointments=appointments, numbering=numbering, intake=intake, offices=offices, life=life, slips=slips,
        citizens=citizen_services(
            database, clock, settings=settings, maker=maker, calendar=calendar, catalogue=catalogue, life=life,
            second_person=second_person, witness=witness),
        certification=CertificationService(
            life.acting, database, clock, intake=intake, numbering=numbering, offices=offices, payments=payments),
        certified=CertificationActs(life.acting, payments), testimonies=OwnTestimonies(database, clock),
        dossiers=DossierService(database, clock, settings, calendar), home=HomeService(database, calendar, settings),
        print_queue=PrintQueue(database, clock, slips, marker.device), cash=CashService(database, clock, settings, maker),
        person_answers=PersonAnswers(database, clock, settings, maker, second_person),
        reports=ReportService(database, clock, settings, catalogue, LateReportPrinter()),
        logbooks=LogbookService(database, clock, settings, LateBookPrinter(), second_person),
        importing=ImportService(database, clock, catalogue), exporting=ExportService(database, clock, second_person),
        verifying=VerifyService(
            database, store, batch_keeper(data_dir), marker.device, guard=guard_of(marker.device, profile.agency), marks=marks),
        witness=witness, trail=TrailService(database, clock), province=province, line=line, comparing=comparing, stick=stick, paper=paper,
        signing=signing_at(data_dir, life.acting, database, clock, settings, store=store, device=marker.device),
        signatures=signatures_at(data_dir, database, clock, store=store),
        keeping=keeping, doctor=doctor, diagnostics=diagnostics, updates=updates_at(database, clock, marker.device, keeping),
        scanner_places=places, scanning=scanning)


def guard_of(device: str, agency: str) -> FileNumberGuard:
    """Return the number guard of a device on this computer."""
    return FileNumberGuard(device_dir(device), device, agency)


def guarded_numbering(
    database: Database, clock: Clock, device: str, *, restored: bool = False,
) -> tuple[SettingsService, NumberingService]:
    """Return settings and numbering of a desk, also a ``restored`` one, after its number guard was looked after; raises as
    :func:`assemble`.
    """
    settings = SettingsService(database, clock, device)
    numbering = NumberingService(guard_of(device, settings.profile().agency), database, settings, clock)
    numbering.begin(clock.now(), restored=restored)
    return settings, numbering
