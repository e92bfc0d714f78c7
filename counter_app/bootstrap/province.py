"""The line to the province, made when it is first used: its wire takes a tenth of a second that opening a desk need not wait for."""

from __future__ import annotations

from datetime import date
from functools import cached_property, partial
from pathlib import Path

from counter_app.domain.catalogue import Procedure
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.moments import day_of
from counter_app.security import device_key
from counter_app.services.desk.catalogue import CatalogueService
from counter_app.services.desk.settings import SettingsService
from counter_app.services.line.comparing import ComparingService
from counter_app.services.line.day_counts import PeriodCompared
from counter_app.services.line.desk import LineService
from counter_app.services.line.lane_numbers import LaneNumbers
from counter_app.services.line.province import (
    NATIONAL,
    NationalTicket,
    PassEnd,
    Province,
    Reconciliation,
    Relation,
    Standing,
    Terms,
    Ticket,
    is_enrolled,
    relation_of,
)
from counter_app.services.line.stick import Stick, StickRead, StickService, StickWritten
from counter_app.services.ports import Clock, Database
from counter_app.services.scanning.ports import SealedFiles
from counter_app.storage.guard import FileNumberGuard
from counter_app.support.paths import device_dir
from counter_app.sync.device_keys import DeviceKeys
from counter_app.sync.standing import standing_of


class LateProvince:
    """The line of a device, :class:`~counter_app.services.line.province.Province` and :class:`~counter_app.services.line.stick.Stick`."""

    def __init__(
        self, database: Database, clock: Clock, settings: SettingsService, catalogue: CatalogueService, *, device: str, store: SealedFiles,
    ) -> None:
        self._database = database
        self._clock = clock
        self._settings = settings
        self._catalogue = catalogue
        self._device = device
        self._store = store

    @property
    def _line(self) -> Province:
        """The line of the kind that this device is enrolled with."""
        with self._database.read() as uow:
            national = is_enrolled(uow, self._device) and relation_of(uow, self._device).system == NATIONAL
        return self._to_records if national else self._to_gateway

    @cached_property
    def _to_records(self) -> Province:
        from counter_app.sync.national.client import NationalClient  # noqa: PLC0415  late on purpose

        return NationalClient(self._database, self._clock, self._settings, folder=device_dir(self._device), store=self._store)

    @cached_property
    def _to_gateway(self) -> Province:
        from counter_app.sync.client import ProvinceClient  # noqa: PLC0415  late on purpose

        return ProvinceClient(
            self._database, self._clock, self._settings, folder=device_dir(self._device), keys=self._keys, procedures=self._procedure,
            numbers=self._numbers, store=self._store)

    @cached_property
    def _by_stick(self) -> Stick:
        from counter_app.sync.stick.exchange import StickExchange  # noqa: PLC0415  late on purpose

        return StickExchange(
            self._database, self._clock, self._settings, folder=device_dir(self._device), keys=self._keys, procedures=self._procedure,
            numbers=self._numbers, store=self._store)

    @cached_property
    def _numbers(self) -> LaneNumbers:
        guard = FileNumberGuard(device_dir(self._device), self._device, self._settings.profile().agency)
        return LaneNumbers(guard, self._settings)

    @cached_property
    def _keys(self) -> DeviceKeys:
        return device_keys(self._device)

    def _procedure(self, code: str, day: date) -> Procedure | None:
        """Return the procedure with a code in force on a day; None where the catalogue has none."""
        try:
            return self._catalogue.get(code, day)
        except RuleBrokenError:
            return None

    def enrol(self, ticket: Ticket | NationalTicket) -> Relation:
        """Make this computer a device of the province, by the ticket of its kind."""
        return (self._to_records if isinstance(ticket, NationalTicket) else self._to_gateway).enrol(ticket)

    def run(self, max_seconds: float) -> Standing:
        """Send and fetch until all is quiet or the time is over."""
        return self._line.run(max_seconds)

    def once(self, terms: Terms) -> PassEnd:
        """Make one pass, without a wait and without a second try."""
        return self._line.once(terms)

    def tidy(self) -> None:
        """Delete what a pass that was given up may have left in the clear."""
        self._line.tidy()

    def standing(self) -> Standing:
        """Return how things stand, without a word on the line, nor the wire for one."""
        with self._database.read() as uow:
            return standing_of(uow, self._device, day_of(self._clock.now()))

    def reconcile(self) -> Reconciliation:
        """Compare both journals."""
        return self._line.reconcile()

    def period(self, first: date, last: date) -> PeriodCompared:
        """Compare how many dossiers of which status both sides count."""
        return self._line.period(first, last)

    def write(self, folder: Path, most_bytes: int, ticket: Ticket | None) -> StickWritten:
        """Write what the desk has to say into a folder of a stick."""
        return self._by_stick.write(folder, most_bytes, ticket)

    def read(self, folder: Path) -> StickRead:
        """Take the province's answer in a folder of a stick."""
        return self._by_stick.read(folder)


def device_keys(device: str) -> DeviceKeys:
    """Return where this computer keeps the key of a device of its own."""
    return DeviceKeys(partial(device_key.kept, device), partial(device_key.find, device))


def line_at(
    database: Database, clock: Clock, settings: SettingsService, catalogue: CatalogueService, *, device: str, store: SealedFiles,
) -> tuple[Province, LineService, ComparingService, StickService]:
    """Return the line of a device, how its desk keeps it, the comparison of both sides, and the exchange by a stick."""
    province = LateProvince(database, clock, settings, catalogue, device=device, store=store)
    line, comparing = LineService(database, clock, province, device), ComparingService(database, clock, province, device)
    return province, line, comparing, StickService(database, clock, province, device)
