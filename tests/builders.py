"""Builders: a whole desk over the in-memory doubles, procedures, commands and dossiers that are right until a test changes them."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from counter_app.bootstrap.printers import LateReportPrinter
from counter_app.domain.catalogue import CatalogueInfo, Fee, Procedure, RequiredDocument, TimeLimit
from counter_app.domain.deadline_terms import Limit, LimitUnit
from counter_app.domain.dossier import Applicant, ApplicantKind, Channel, CodeOfDossier, Dossier, Sex, Status
from counter_app.domain.ids import new_id
from counter_app.domain.moments import local
from counter_app.domain.people import Actor, Role, User
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
from counter_app.services.intake.drafts import DraftService
from counter_app.services.intake.service import IntakeService
from counter_app.services.intake.terms import ReceiveDossier
from counter_app.services.money.cash_counts import CashService
from counter_app.services.money.payments import PaymentRecorder
from counter_app.services.numbering.service import NumberingService
from counter_app.services.people.login import LoginService
from counter_app.services.people.offices import OfficesService
from counter_app.services.people.second_person import SecondPersonService
from counter_app.services.registers.logbooks import LogbookService
from counter_app.services.registers.results_book import ResultsBook
from counter_app.services.reports.service import ReportService
from counter_app.services.trail.looking import TrailService
from tests.fakes import FakeBookPrinter, FakeClock, FakeDatabase, FakeFormPrinter, FakeGuard
from tests.services.desk_people import PlainHasher

NOW = local(2026, 11, 20, 9, 42)
DEVICE = "01a205b3-d000-7d57-bbaa-667cf005fbcc"
CLERK = Actor("u-0001", Role.CLERK)
HEAD = Actor("u-0002", Role.HEAD)
INSPECTOR = Actor("u-0003", Role.INSPECTOR)
CATALOGUE_VERSION = "2026.11-test"


def profile(**changes):
    return replace(DeskProfile(
        commune="Xã Đắk Mil", province="Lâm Đồng", agency="H36.50.05", desk="2", device=DEVICE, epoch="5f0c9a7be21d4468",
        unit_name="Trung tâm Phục vụ hành chính công xã Đắk Mil", superior="UBND xã Đắk Mil", second_person_from=0), **changes)


def person(user_id="u-0001", full_name="Lý Thị Mẫu Đơn", role=Role.CLERK):
    return User(user_id, user_id, full_name, role, "hash")


def procedure(code="1.004873", short_name="Xác nhận tình trạng hôn nhân", **changes):
    """A procedure of three working days with two required papers, one that is only shown, and a fee."""
    made = Procedure(
        version_id=f"{CATALOGUE_VERSION}/{code}", catalogue_version=CATALOGUE_VERSION, code=code, name=f"Thủ tục {short_name.lower()}",
        short_name=short_name, field_name="Hộ tịch", time_limit=TimeLimit(Limit(3, LimitUnit.WORKING_DAY), "03 ngày làm việc"),
        fees=(Fee("Lệ phí", 15000, "case", exemption_note="Miễn cho hộ nghèo"),),
        documents=(
            RequiredDocument("Tờ khai", 1, 0, code="G15-1"), RequiredDocument("Giấy tờ chứng minh", 0, 1),
            RequiredDocument("Thẻ căn cước", 1, 0, shown_only=True), RequiredDocument("Văn bản ủy quyền", 1, 0, conditional=True)),
        channels=("direct", "online", "postal"), handled_by="commune_people_committee", desk_rank=5,
    )
    return replace(made, **changes)


SAME_DAY = procedure(
    "2.000815", "Chứng thực bản sao từ bản chính", field_name="Chứng thực", desk_rank=1, on_the_spot=True,
    time_limit=TimeLimit(Limit(1, LimitUnit.SAME_DAY), "Trong ngày", "15:00"), fees=(Fee("Phí chứng thực", 2000, "page_of_original"),),
    documents=(RequiredDocument("Bản chính", 1, 0),))
NO_LIMIT = procedure("1.014034", "Thủ tục không rõ thời hạn", time_limit=TimeLimit(None, "Chưa xác định"), fees=(), documents=())
EXPIRED = procedure("1.000001", "Thủ tục đã bãi bỏ", effective_to=date(2026, 6, 30))
VARIANTS = procedure(
    "1.004859", "Cải chính hộ tịch", variants=(TimeLimit(Limit(6, LimitUnit.WORKING_DAY), "06 ngày làm việc", case="cần xác minh"),))
PROCEDURES = (procedure(), SAME_DAY, NO_LIMIT, EXPIRED, VARIANTS)


def applicant(**changes):
    return replace(Applicant(
        ApplicantKind.PERSON, "Trần Thị Ví Dụ", "067190000123", date(1990, 3, 15), 1990, Sex.FEMALE, "Thôn Mẫu 3, xã Đắk Mil",
        "0900 000 012", ""), **changes)


def command(**changes):
    return replace(ReceiveDossier(procedure_code="1.004873", applicant=applicant()), **changes)


def dossier(serial=1, **changes):
    """A dossier as imported ones are: without a place in a book."""
    code = f"H36.50.05-261101-{serial:04d}"
    received = local(2026, 11, 2, 8, 0)
    made = Dossier(
        dossier_id=new_id(received), code=code, procedure_code="1.004873", procedure_name="Xác nhận tình trạng hôn nhân",
        procedure_version="imported", field_name="Hộ tịch", status=Status.PROCESSING, channel=Channel.DIRECT, applicant=applicant(),
        received_at=received, due_at=local(2026, 11, 25, 8, 0), printed_due_at=None, codes=(CodeOfDossier(code, "imported"),))
    return replace(made, **changes)


@dataclass
class Desk:
    """Every service of a desk over one in-memory database."""

    database: object
    clock: FakeClock
    guard: FakeGuard
    books: FakeBookPrinter
    settings: SettingsService
    catalogue: CatalogueService
    calendar: CalendarService
    appointments: AppointmentService
    numbering: NumberingService
    intake: IntakeService
    dossiers: DossierService
    home: HomeService
    slips: SlipService
    print_queue: PrintQueue
    logbooks: LogbookService
    drafts: DraftService
    importing: ImportService
    exporting: ExportService
    life: LifeServices
    offices: OfficesService
    cash: CashService
    certification: CertificationService
    certified: CertificationActs
    reports: ReportService
    citizens: CitizenServices
    testimonies: OwnTestimonies
    trail: TrailService
    maker: SlipMaker
    person_answers: PersonAnswers

    @property
    def state(self):
        return self.database.state

    def add(self, *dossiers):
        with self.database.write() as uow:
            uow.dossiers.add_many(dossiers)
            uow.commit()


def prepare(database, desk_profile=None, procedures=PROCEDURES):
    """Put a profile, people and a catalogue into an empty database."""
    desk_profile = desk_profile or profile()
    with database.write() as uow:
        uow.settings.put(f"desk/{desk_profile.device}", asdict(desk_profile))
        for user in (person(), person("u-0002", "Hoàng Văn Giả Định", Role.HEAD), person("u-0003", "Vũ Thị Thực Hành", Role.INSPECTOR)):
            uow.users.add(user)
        uow.catalogue.add(CatalogueInfo(CATALOGUE_VERSION, "Danh mục thử", NOW, len(procedures), date(2020, 1, 1)), procedures)
        uow.catalogue.activate(CATALOGUE_VERSION, date(2020, 1, 1))
        uow.commit()
    return database


def fake_desk(now=NOW, database=None, guard=None, forms=None, books=None, **profile_changes):
    """Return a desk that is ready to receive; give ``database`` and ``guard`` for real ones, and ``device`` for another of its counters."""
    clock = FakeClock(now) if isinstance(now, datetime) else now
    database = database or prepare(FakeDatabase(), profile(**profile_changes))
    guard, books = guard or FakeGuard(), books or FakeBookPrinter()
    settings = SettingsService(database, clock, profile_changes.get("device", DEVICE))
    catalogue, calendar = CatalogueService(database, clock), CalendarService(database, clock, settings)
    appointments, numbering = AppointmentService(calendar, settings), NumberingService(guard, database, settings, clock)
    numbering.begin(clock.now())
    maker = SlipMaker(forms or FakeFormPrinter(), calendar)
    slips = SlipService(database, clock, settings, maker)
    intake = IntakeService(
        database, clock, catalogue=catalogue, appointments=appointments, numbering=numbering, settings=settings, maker=maker,
        watchers=watchers(calendar))
    second_person = SecondPersonService(LoginService(database, clock, PlainHasher()), settings)
    offices, payments = OfficesService(database, clock), PaymentRecorder()
    life = life_services(
        database, clock, settings=settings, maker=maker, intake=intake, numbering=numbering, calendar=calendar, payments=payments,
        listeners=(*watchers(calendar), ResultsBook()))
    return Desk(
        database, clock, guard, books, settings, catalogue, calendar, appointments, numbering, intake,
        DossierService(database, clock, settings, calendar), HomeService(database, calendar, settings), slips,
        PrintQueue(database, clock, slips, DEVICE), LogbookService(database, clock, settings, books, second_person), DraftService(database, clock),
        ImportService(database, clock, catalogue), ExportService(database, clock, second_person),
        life, offices, CashService(database, clock, settings, maker),
        CertificationService(life.acting, database, clock, intake=intake, numbering=numbering, offices=offices, payments=payments),
        CertificationActs(life.acting, payments),
        ReportService(database, clock, settings, catalogue, LateReportPrinter()),
        citizen_services(
            database, clock, settings=settings, maker=maker, calendar=calendar, catalogue=catalogue, life=life,
            second_person=second_person),
        OwnTestimonies(database, clock), TrailService(database, clock), maker,
        PersonAnswers(database, clock, settings, maker, second_person))
