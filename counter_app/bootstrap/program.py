"""The program as something that can be replaced: its folder, and the updates of a desk."""

from __future__ import annotations

from pathlib import Path

from counter_app.domain.events import JsonObject
from counter_app.services.ports import Clock, Database
from counter_app.services.updating.desk import UpdateService
from counter_app.services.updating.ports import Limits, Programs, Source
from counter_app.storage.schema import HEAD
from counter_app.support.paths import newer_data_dir, program_dir, state_dir
from counter_app.updating.folder import ProgramFolder


def program_folder() -> Programs:
    """Return the folder of the program that runs."""
    return ProgramFolder(program_dir(), newer_data_dir(), HEAD)


def updates_at(database: Database, clock: Clock, device: str) -> UpdateService:
    """Return the updates of one computer."""
    programs = program_folder()

    def opened(path: Path) -> Source:
        from counter_app.updating.packages import open_package  # noqa: PLC0415  late on purpose

        return open_package(path, programs.installed().system)

    return UpdateService(
        database, clock, programs, is_signed=_is_signed, open_package=opened, open_web=_at_address, device=device, schema=HEAD,
        check_address=_check_address)


def _is_signed(document: JsonObject) -> bool:
    from counter_app.updating.seal import is_signed, pinned_keys  # noqa: PLC0415  cryptography is slow to load and seldom needed

    return is_signed(document, pinned_keys())


def _at_address(address: str, limits: Limits) -> Source:
    from counter_app.sync.program_address import ProgramAddress  # noqa: PLC0415  late on purpose

    return ProgramAddress(address, state_dir() / "incoming", limits)


def _check_address(address: str) -> None:
    from counter_app.sync.program_address import require_address  # noqa: PLC0415  late on purpose

    require_address(address)
