"""What helps a desk and those who look after it: its copies on other disks, the doctor, the diagnostics file."""

from __future__ import annotations

from pathlib import Path

from counter_app.bootstrap.folder import DeskMarker
from counter_app.bootstrap.keeping import keeping_at
from counter_app.bootstrap.rooms import support_places
from counter_app.security import database_key
from counter_app.services.deadlines.calendar import CalendarService
from counter_app.services.desk.settings import DeskProfile
from counter_app.services.helping import checks as doctor_checks
from counter_app.services.helping.diagnostics import DiagnosticsService
from counter_app.services.helping.doctor import DeskFiles, DoctorService
from counter_app.services.keeping.service import KeepingService
from counter_app.services.line.desk import LineService
from counter_app.services.numbering.service import NumberingService
from counter_app.services.ports import Clock, Database
from counter_app.services.scanning.desk import PaperServices
from counter_app.services.scanning.devices import DeviceService
from counter_app.support.paths import key_file_override


def helpers_at(
    data_dir: Path, marker: DeskMarker, database: Database, clock: Clock, *, key: bytes | None, profile: DeskProfile,
    calendar: CalendarService, numbering: NumberingService, paper: PaperServices, scanning: DeviceService, line: LineService,
) -> tuple[KeepingService, DoctorService, DiagnosticsService]:
    """Return the keeper of copies, the doctor who looks at everything given, and the maker of the diagnostics file."""
    keeping = keeping_at(data_dir, marker, database, clock, key)
    doctor = DoctorService(
        database, clock, calendar=calendar, numbering=numbering, profile=profile, files=_files(data_dir, marker),
        reads_words=paper.reading.is_possible, checks=doctor_checks.of_desk(database, scanning.devices, line, keeping))
    places = support_places(data_dir)
    return keeping, doctor, DiagnosticsService(database, clock, doctor=doctor, line=line, profile=profile, places=places)


def _files(data_dir: Path, marker: DeskMarker) -> DeskFiles:
    in_file = not marker.database_url and (marker.key_place == database_key.IN_FILE or key_file_override() is not None)
    key_file = database_key.key_file(marker.device) if in_file else None
    return DeskFiles(
        data_dir=data_dir, key_file=key_file,
        key_readable_by_others=key_file is not None and database_key.others_can_read(key_file),
    )
