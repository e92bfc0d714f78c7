"""The program as something that can be replaced: its folder, and the updates of a desk."""

from __future__ import annotations

from pathlib import Path

from counter_app.domain.errors import failed
from counter_app.services.keeping.service import KeepingService
from counter_app.services.ports import Clock, Database
from counter_app.services.updating.desk import UpdateService
from counter_app.services.updating.ports import Limits, Programs, Source
from counter_app.storage.schema import HEAD
from counter_app.support.paths import newer_data_dir, program_dir, state_dir
from counter_app.updating.folder import ProgramFolder
from counter_app.updating.publisher import PinnedPublisher


def program_folder() -> Programs:
    """Return the folder of the program that runs."""
    return ProgramFolder(program_dir(), newer_data_dir(), HEAD)


def updates_at(database: Database, clock: Clock, device: str, keeping: KeepingService) -> UpdateService:
    """Return the updates of one computer, whose desk is copied before each."""
    programs = program_folder()

    def opened(path: Path) -> Source:
        """Open a package for the system of this program."""
        from counter_app.updating.packages import open_package  # noqa: PLC0415  late on purpose

        return open_package(path, programs.installed().system)

    return UpdateService(
        database, clock, programs, publisher=PinnedPublisher(), open_package=opened, open_web=_at_address, device=device, schema=HEAD,
        check_address=_check_address, copy_desk=keeping.before_update)


def trials() -> None:
    """Do what every desk does and what a version that was laid out wrongly can't: find its words, set and write a page.

    Raises:
        SurroundingsError: UPDATE_TRIAL_FAILED.
    """
    from counter_app.bootstrap.printers import LateFormPrinter  # noqa: PLC0415  late on purpose
    from counter_app.support import messages  # noqa: PLC0415

    names = ("unit_name", "commune", "province", "agency", "desk", "device", "made_at", "recovery")
    try:
        tables = [messages.table(lang) for lang in messages.LANGUAGES]
        page = LateFormPrinter().recovery_sheet(dict.fromkeys(names, "2026-11-22T08:00:00"))
    except (OSError, ValueError, ImportError) as error:
        raise failed("UPDATE_TRIAL_FAILED", what=type(error).__name__) from error
    if not all(tables) or not page.startswith(b"%PDF-"):
        raise failed("UPDATE_TRIAL_FAILED", what="PDF")


def _at_address(address: str, limits: Limits) -> Source:
    from counter_app.sync.program_address import ProgramAddress  # noqa: PLC0415  late on purpose

    return ProgramAddress(address, state_dir() / "incoming", limits)


def _check_address(address: str) -> None:
    from counter_app.sync.program_address import require_address  # noqa: PLC0415  late on purpose

    require_address(address)
