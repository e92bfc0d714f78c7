"""Making a desk, and finding the way back into one with its recovery sheet.

A new desk is built in a folder of its own inside the data folder, moved into place when it is complete, and counts as a desk only
with the last step. Whatever stops it before that leaves nothing behind, or rubbish that the next try knows as its own.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from counter_app.bootstrap import folder, wiring
from counter_app.bootstrap.folder import DeskMarker
from counter_app.bootstrap.printers import LateFormPrinter
from counter_app.domain.errors import Problem, broken, failed
from counter_app.domain.ids import new_epoch, new_id
from counter_app.domain.moments import VIETNAM, write_local
from counter_app.domain.people import Actor, Role
from counter_app.security import database_key
from counter_app.security.passwords import Argon2Passwords
from counter_app.services.deadlines.calendar import CalendarService
from counter_app.services.desk.catalogue import CatalogueService
from counter_app.services.desk.places import read_agency_codes, read_places
from counter_app.services.desk.setup import CreateDesk, DeskCreated, Furnished, Planned, furnish, plan
from counter_app.services.people.users import Password
from counter_app.services.ports import Clock
from counter_app.services.surroundings import disk_fault
from counter_app.storage import create_database, open_database
from counter_app.support.clock import SystemClock
from counter_app.support.files import private_folder, sync_folder, write_atomically

BUILDING = "desk.new"
SHEET_USER = "recovery-sheet"
"""Who stands in the audit trail when the sheet, and no person, gives a new password."""


def create_desk(wish: CreateDesk, data_dir: Path, *, clock: Clock | None = None) -> DeskCreated:
    """Set up a desk in a folder.

    Raises:
        RuleBrokenError: DESK_EXISTS, DATABASE_WITHOUT_DESK, DATABASE_URL_UNREADABLE; as :func:`~counter_app.services.desk.setup.plan`.
        SurroundingsError: the folder can't be written, KEY_DAMAGED, a DATABASE_ code. Nothing is left behind.
    """
    clock = clock or SystemClock(VIETNAM)
    _refuse_other_desk(data_dir)
    if wish.database and urlsplit(wish.database).scheme != "postgresql":
        raise broken("DATABASE_URL_UNREADABLE", "database")
    planned = plan(wish, read_places(), read_agency_codes(), device=new_id(clock.now()), epoch=new_epoch())
    try:
        with _building_site(data_dir) as site:
            return _in_server(wish.database, planned, data_dir, clock) if wish.database else _in_file(planned, data_dir, site, clock)
    except OSError as error:
        raise disk_fault(error, data_dir) from error


def recover_desk(data_dir: Path, sheet: str, reset_login: str = "", *, clock: Clock | None = None) -> Password | None:
    """Put the key that a recovery sheet opens back in its place, and give ``reset_login`` a new password where one is named.

    Raises:
        RuleBrokenError: NO_DESK, RECOVERY_LENGTH, RECOVERY_GROUP_WRONG, RECOVERY_OTHER_SHEET; USER_UNKNOWN.
        SurroundingsError: RECOVERY_FILE_DAMAGED, DATABASE_WRONG_KEY, and as :func:`~counter_app.bootstrap.open_counter`.
    """
    from counter_app.security import recovery  # noqa: PLC0415  cryptography is slow to load and seldom needed

    marker = folder.read_marker(data_dir)
    try:
        content = (data_dir / folder.RECOVERY).read_bytes()
    except OSError:
        raise failed("RECOVERY_FILE_DAMAGED") from None
    key = recovery.unwrap(content, sheet)
    open_database(folder.address_of(data_dir, marker), key, backup_dir=data_dir / folder.BACKUPS).close()
    folder.write_marker(data_dir, replace(marker, key_place=database_key.keep(marker.device, key)))
    if not reset_login:
        return None
    with closing(wiring.open_counter(data_dir, clock=clock)) as counter:
        return counter.users.reset(reset_login, Actor(SHEET_USER, Role.ADMINISTRATOR))


def recovery_sheet(data_dir: Path, recovery_text: str, *, clock: Clock | None = None) -> bytes:
    """Return the recovery sheet to print, PDF A4. Raises as :func:`~counter_app.bootstrap.open_counter`."""
    with closing(wiring.open_counter(data_dir, clock=clock)) as counter:
        desk, made_at = counter.desk, write_local(counter.clock.now())
    return LateFormPrinter().recovery_sheet({
        "unit_name": desk.unit_name, "commune": desk.commune, "province": desk.province, "agency": desk.agency, "desk": desk.desk,
        "device": desk.device, "made_at": made_at, "recovery": recovery_text,
    })


def _refuse_other_desk(data_dir: Path) -> None:
    if folder.desk_exists(data_dir):
        raise broken("DESK_EXISTS", None, path=str(data_dir))
    if folder.database_file(data_dir).exists() and not (data_dir / BUILDING).exists():
        raise broken("DATABASE_WITHOUT_DESK", None, path=str(data_dir))


@contextmanager
def _building_site(data_dir: Path) -> Iterator[Path]:
    """Give an empty folder to build in; clear what an earlier try, or this one, left without finishing."""
    site = data_dir / BUILDING
    private_folder(data_dir)
    if site.exists():
        _clear(data_dir, site)
    site.mkdir(mode=0o700)
    try:
        yield site
    finally:
        if not folder.desk_exists(data_dir):
            _clear(data_dir, site)
        shutil.rmtree(site, ignore_errors=True)


def _clear(data_dir: Path, site: Path) -> None:
    for name in (folder.DATABASE, folder.RECOVERY):
        (data_dir / name).unlink(missing_ok=True)
    shutil.rmtree(site)


def _in_file(planned: Planned, data_dir: Path, site: Path, clock: Clock) -> DeskCreated:
    """Build an encrypted file with its key and its recovery secret."""
    from counter_app.security import recovery  # noqa: PLC0415  cryptography is slow to load and seldom needed

    device = planned.profile.device
    key = database_key.given_key() or database_key.new_key()
    furnished = _fill(f"sqlite:///{folder.database_file(site).absolute()}", key, planned, clock)
    secret = recovery.new_secret()
    write_atomically(site / folder.RECOVERY, recovery.wrap(key, secret, device))
    place = database_key.keep(device, key)
    marker = DeskMarker(device, key_place=place, practice=planned.profile.practice)
    try:
        for name in (folder.DATABASE, folder.RECOVERY):
            (site / name).replace(data_dir / name)
        _finish(data_dir, marker)
    except OSError:
        database_key.forget(device, place)
        raise
    warnings = furnished.warnings
    if place == database_key.IN_FILE:
        warnings = (*warnings, Problem("KEY_FILE_WARNING", None, {"path": str(database_key.key_file(device))}))
    return DeskCreated(device, furnished.user.user_id, furnished.user.login, furnished.password, secret, warnings)


def _in_server(url: str, planned: Planned, data_dir: Path, clock: Clock) -> DeskCreated:
    """Join, or begin, a PostgreSQL database that several counters share; it has its own protection and backups."""
    furnished = _fill(url, None, planned, clock)
    _finish(data_dir, DeskMarker(planned.profile.device, database_url=url, practice=planned.profile.practice))
    warnings = furnished.warnings
    if urlsplit(url).password:
        warnings = (*warnings, Problem("PASSWORD_IN_URL", "database"))
    return DeskCreated(planned.profile.device, furnished.user.user_id, furnished.user.login, furnished.password, "", warnings)


def _fill(url: str, key: bytes | None, planned: Planned, clock: Clock) -> Furnished:
    with closing(create_database(url, key)) as database:
        furnished = furnish(
            database, clock, Argon2Passwords(), planned,
            catalogue=CatalogueService(database, clock), calendar=CalendarService(database, clock),
        )
        wiring.guarded_numbering(database, clock, planned.profile.device)  # a folder that is copied unused is known for a copy, too
        return furnished


def _finish(data_dir: Path, marker: DeskMarker) -> None:
    """From here on it is a desk."""
    (data_dir / folder.BACKUPS).mkdir(mode=0o700, exist_ok=True)
    sync_folder(data_dir)
    folder.write_marker(data_dir, marker)
