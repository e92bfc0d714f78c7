"""Setting a desk up: what is asked, what is refused, and what a new desk holds from its first minute."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date

from counter_app.domain.calendar_document import read_document
from counter_app.domain.errors import Problem, RuleBrokenError
from counter_app.domain.people import Role, User
from counter_app.domain.text import tidy
from counter_app.services.deadlines.calendar import SHIPPED, CalendarService
from counter_app.services.desk.catalogue import CatalogueService
from counter_app.services.desk.places import AgencyCodes, Place, Places
from counter_app.services.desk.settings import SERIAL_LIMIT, DeskProfile, check, profile_key, read_serials, refuse_shared_serials
from counter_app.services.people.login import FIRST_CLERK
from counter_app.services.people.passwords import generated_password, password_problems
from counter_app.services.people.users import NewUser, checked, insert_user, plain_login
from counter_app.services.ports import Clock, Database, PasswordHasher
from counter_app.services.recording import write_audit
from counter_app.services.trail.row_notes import HOLDS, held_account, held_profile
from counter_app.support.paths import resource_path
from counter_app.support.resources import shipped_json

LONGEST_DESK = 12
_DERIVED = ("unit_name", "superior")
"""Made from the commune's name, so what is wrong in them is told there."""
FIRST_PERSON = "Cán bộ Một cửa"
"""The name of the person whom the one-line set-up makes, until somebody writes their own."""
FIRST_DAY = date(2025, 7, 1)
"""The first day of the two levels of government: from it on the shipped catalogue is used, for late entries too."""


@dataclass(frozen=True, slots=True)
class CreateDesk:
    """A desk to set up.

    ``serials`` is ``2000-2999``, None for the whole range; ``database`` the address of a PostgreSQL database, None for an encrypted file;
    ``password`` None: one is made and shown once. ``unattended`` is the one-line set-up: a place that is not on the list and a weak
    password are passed with a warning, because nobody is there to choose again.
    """

    agency: str
    commune: str
    province: str
    desk: str
    serials: str | None = None
    provisional: bool = False
    database: str | None = None
    full_name: str = FIRST_PERSON
    login: str = FIRST_CLERK
    title: str = ""
    password: str | None = field(default=None, repr=False)
    hours_profile: str = "standard"
    printer: str = ""
    paper: str = "a5"
    phone: str = ""
    address: str = ""
    practice: bool = False
    unattended: bool = False


@dataclass(frozen=True, slots=True)
class DeskCreated:
    """A new desk. ``password`` is empty where it was given; ``recovery_text`` is empty where there is no encrypted file."""

    device: str
    user_id: str
    login: str
    password: str = field(repr=False)
    recovery_text: str = field(repr=False)
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Planned:
    """A checked wish: the profile to store, the first person, and what is doubtful."""

    profile: DeskProfile
    person: NewUser
    warnings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Furnished:
    """What a database was given. ``password`` is empty where it was chosen by a person."""

    user: User
    password: str = field(repr=False)
    warnings: tuple[Problem, ...]


def plan(wish: CreateDesk, places: Places, agencies: AgencyCodes, *, device: str, epoch: str) -> Planned:
    """Check everything that was typed, without writing anything.

    Raises:
        RuleBrokenError: every problem at once, each at its field: AGENCY_UNREADABLE, PROVINCE_UNKNOWN, COMMUNE_UNKNOWN, DESK_MISSING,
            SERIALS_UNREADABLE, SERIALS_IMPOSSIBLE, PAPER_UNKNOWN, HOURS_PROFILE_UNKNOWN, TEXT_UNPRINTABLE, the
            PASSWORD_ codes and those of :func:`~counter_app.services.people.users.checked`.
    """
    warnings: list[Problem] = []
    problems: list[Problem] = []
    province = places.province(wish.province)
    commune = places.commune(wish.commune, province.code) if province else None
    doubts = warnings if wish.unattended and tidy(wish.province) else problems
    doubts += _place_problems(province, commune)
    problems += _agency_problems(wish.agency, agencies)
    problems += _name_problems(wish)
    problems += _hours_problems(wish.hours_profile)
    person = NewUser(wish.login, wish.full_name, Role.ADMINISTRATOR, wish.title, wish.password)
    problems += _person_problems(person)
    (doubts if wish.password else problems).extend(_password_problems(wish))
    profile = _profile(wish, province, commune, problems, device=device, epoch=epoch)
    if problems or profile is None:
        raise RuleBrokenError(*problems)
    if doubt := agencies.doubt(profile.agency, profile.province_code):
        warnings.append(Problem(doubt, "agency", {"agency": profile.agency}))
    return Planned(profile, person, tuple(warnings))


def _profile(
    wish: CreateDesk, province: Place | None, commune: Place | None, problems: list[Problem], *, device: str, epoch: str,
) -> DeskProfile | None:
    """Return the profile; where it can't be one, None with the reasons added to ``problems``."""
    name = commune.full_name if commune else tidy(wish.commune)
    lowered = name[:1].lower() + name[1:]
    try:
        first, last = read_serials(wish.serials) if wish.serials else (1, SERIAL_LIMIT)
        profile = DeskProfile(
            commune=name, commune_code=commune.code if commune else "",
            province=province.full_name if province else tidy(wish.province), province_code=province.code if province else "",
            agency=wish.agency.strip().upper(), desk=tidy(wish.desk), device=device, epoch=epoch, serial_first=first, serial_last=last,
            provisional=wish.provisional, practice=wish.practice, unattended=wish.unattended, hours_profile=wish.hours_profile,
            unit_name=f"Trung tâm Phục vụ hành chính công {lowered}", superior=f"UBND {lowered}",
            phone=tidy(wish.phone), address=tidy(wish.address), paper=wish.paper, printer=wish.printer,
        )
        check(profile)
    except RuleBrokenError as error:
        problems += [problem for problem in error.problems if problem.field not in _DERIVED]
        return None
    return profile


def _place_problems(province: Place | None, commune: Place | None) -> list[Problem]:
    if province is None:
        return [Problem("PROVINCE_UNKNOWN", "province")]
    return [] if commune else [Problem("COMMUNE_UNKNOWN", "commune", {"province": province.full_name})]


def _name_problems(wish: CreateDesk) -> list[Problem]:
    problems = [] if tidy(wish.commune) else [Problem("COMMUNE_MISSING", "commune")]
    if not 0 < len(tidy(wish.desk)) <= LONGEST_DESK:
        problems.append(Problem("DESK_MISSING", "desk", {"most": LONGEST_DESK}))
    return problems


def _agency_problems(agency: str, agencies: AgencyCodes) -> list[Problem]:
    return [] if agencies.well_formed(agency.strip().upper()) else [Problem("AGENCY_UNREADABLE", "agency")]


def _password_problems(wish: CreateDesk) -> list[Problem]:
    return [] if wish.password is None else password_problems(wish.password, wish.login)


def _hours_problems(profile: str) -> list[Problem]:
    known = read_document(shipped_json(SHIPPED)).profiles
    return [] if profile in known else [Problem("HOURS_PROFILE_UNKNOWN", "hours_profile", {"profile": profile, "known": ", ".join(known)})]


def _person_problems(person: NewUser) -> list[Problem]:
    try:
        checked(person)
    except RuleBrokenError as error:
        return list(error.problems)
    return []


def furnish(
    database: Database, clock: Clock, hasher: PasswordHasher, planned: Planned, *, catalogue: CatalogueService, calendar: CalendarService,
) -> Furnished:
    """Give an empty database its first person, the shipped catalogue and calendar, and last of all the desk's profile.

    In a database that other counters use already, people, catalogue and calendar stay as they are.

    Raises:
        RuleBrokenError: SERIALS_OF_OTHER_DESK.
        SurroundingsError: as :class:`~counter_app.services.ports.UnitOfWork`.
    """
    with database.read() as uow:
        refuse_shared_serials(uow, planned.profile)
    password = planned.person.password if planned.person.password is not None else generated_password()
    user, is_new = _first_person(database, clock, planned.person, hasher.hash(password))
    actor = user.as_actor()
    if not catalogue.versions():
        info = catalogue.import_file(resource_path("catalogue/procedures.json"), actor)
        catalogue.activate(info.version, FIRST_DAY, actor)
    with database.read() as uow:
        has_calendar = uow.calendar.newest() is not None
    if not has_calendar:
        calendar.import_file(resource_path(SHIPPED), actor)
    with database.write() as uow:
        device, stored = planned.profile.device, asdict(planned.profile)
        uow.settings.put(profile_key(device), stored)
        held = held_account(uow, user)[HOLDS] | held_profile(device, stored, stored)[HOLDS]
        write_audit(uow, clock.now(), user.user_id, "desk.created", device, {HOLDS: held})
        uow.commit()
    warnings = planned.warnings if is_new else (*planned.warnings, Problem("LOGIN_KEPT", "login", {"login": user.login}))
    return Furnished(user, password if is_new and planned.person.password is None else "", warnings)


def _first_person(database: Database, clock: Clock, person: NewUser, password_hash: str) -> tuple[User, bool]:
    """Return the person with this login and whether they were added just now. A password shown at set-up may be kept."""
    with database.write() as uow:
        there = uow.users.by_login(plain_login(person.login))
        if there is not None:
            return there, False
        user = insert_user(uow, person, password_hash, clock.now())
        uow.commit()
    return user, True
