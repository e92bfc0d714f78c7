"""One pass over the line: contact proven, the feed read, lanes declared and ops pushed, the feed read again, at last files (contract 13).

Whatever was answered is in the database before the next thing is said, so that a pass may be killed at any byte. Only an op's own answer
marks it; what may have arrived and was not answered is sent again.
"""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from counter_app.domain.catalogue import Procedure
from counter_app.domain.event_fold import Rules
from counter_app.domain.moments import day_of
from counter_app.services.line.incoming import take_leases
from counter_app.services.line.leases import runs_out
from counter_app.services.line.province import Terms
from counter_app.services.ports import Clock, Database
from counter_app.services.scanning.ports import SealedFiles
from counter_app.sync import leases, pull
from counter_app.sync.attachments import FilesLane
from counter_app.sync.catalogue import take_catalogue
from counter_app.sync.epochs import Numbers
from counter_app.sync.faults import LineError, NoContactError, RefusedError
from counter_app.sync.lanes import Lanes
from counter_app.sync.link import Link
from counter_app.sync.read_back import held_through, read_back
from counter_app.sync.remedies import Remedy, remedy

MOST_PAGES = 1000
"""Pages of the feed that are read in a pass: more than the first reading of any commune has."""
CATALOGUE_FOLDER = "catalogue"
"""What has come of a catalogue, beside the folder of files on their way."""


class OnePass:
    """One pass of one device. ``files`` are where scans lie, and a folder for what is on its way.

    Raises LineError where the line, or the whole relation, stops it.
    """

    def __init__(
        self, link: Link, database: Database, clock: Clock, *, rules: Rules, procedures: Callable[[str, date], Procedure | None],
        numbers: Numbers, files: tuple[SealedFiles, Path] | None = None, terms: Terms | None = None,
    ) -> None:
        self._link = link
        self._database = database
        self._clock = clock
        self._rules = rules
        self._procedures = procedures
        self._numbers = numbers
        self._files = files
        self._terms = terms or Terms()
        self.sent = self.uploaded = self.file_bytes = 0
        self.received = 0
        self.heard = False
        self._later: LineError | None = None
        self._paused: RefusedError | None = None

    def run(self) -> None:
        """Do it once. A lane that the province refuses stands still and is named in the relation; the others go on.

        So do files where only the feed has no end, or the catalogue is not to be had, and what is only read where nothing may be sent: that
        is raised when all else is done.
        """
        said = self._link.prove()
        self.heard = True
        if self._link.relation.revoked:
            return
        lanes = Lanes(self._link, self._database, self._clock, self._numbers, said)
        self._compare_lanes(lanes)  # before the feed: what such a province lost of this desk's is laid on top of what it tells
        self.pull()
        self._push_if_allowed(lanes)
        self.received += read_back(self._link, self._database, self._clock)
        self.pull()
        self._look_after_leases()
        self._look_after_catalogue(lanes)
        if self._files is not None and "files" in said.features and self._paused is None:
            self._send_files(lanes, *self._files)
        if (stopped := self._paused or self._later) is not None:
            raise stopped

    def _push_if_allowed(self, lanes: Lanes) -> None:
        """Push; a desk that may not, or is too old to, reads on: its serials would run out while it waits for a person (contract 13)."""
        try:
            self._push(lanes)
        except RefusedError as error:
            if error.status == 401 or remedy(error) is not Remedy.PAUSE:
                raise
            self._paused = error

    def _push(self, lanes: Lanes) -> None:
        sent, read = lanes.sent, lanes.read
        try:
            lanes.push()
        finally:
            self.sent += lanes.sent - sent
            self.received += lanes.read - read

    def _send_files(self, lanes: Lanes, store: SealedFiles, folder: Path) -> None:
        """Files last; whatever the desk records meanwhile goes before the next chunk."""

        def _ops_first() -> None:
            self._push(lanes)

        until = math.inf if self._terms.files_s is None else time.monotonic() + self._terms.files_s
        most = sys.maxsize if self._terms.file_bytes is None else self._terms.file_bytes

        def _room(sent: int) -> int:
            return most - sent if time.monotonic() < until else 0

        lane = FilesLane(self._link, self._database, store, folder=folder, said=lanes.said, between=_ops_first, room=_room)
        try:
            lane.run()
        finally:
            self.uploaded += lane.sent
            self.file_bytes += lane.bytes

    def pull(self) -> None:
        """Read the feed to its end, each page with its cursor in one transaction.

        One that goes round, or has no end within :data:`MOST_PAGES`, is read on in another pass, after a wait.
        """
        passed = {self._link.relation.cursor}
        while len(passed) <= MOST_PAGES:
            page = pull.changes(self._link)
            if page.more and page.cursor in passed:
                break
            passed.add(page.cursor)
            self.received += pull.take(self._link, self._database, page, self._clock.now(), rules=self._rules, procedures=self._procedures)
            if not page.more:
                self._later = None
                return
        self._later = NoContactError("cut")

    def _look_after_catalogue(self, lanes: Lanes) -> None:
        """Fetch a new catalogue as soon as files may have the line; where the province has trouble with it alone, files go all the same."""
        if self._files is None or "catalogue" not in lanes.said.features or self._terms.file_bytes == 0:
            return
        try:
            take_catalogue(self._link, self._database, self._clock, self._files[1].with_name(CATALOGUE_FOLDER))
        except RefusedError as error:
            if error.retry_after is not None or not error.may_pass:
                raise
            self._later = error

    def _compare_lanes(self, lanes: Lanes) -> None:
        """Ask a province that was restored up to where it holds each lane, and make good what one side lacks."""
        if self._link.relation.compare:
            for epoch, last in lanes.known().items():
                lanes.compare(epoch, last, held_through(self._link, epoch))
            self._link.keep(compare=False)

    def _look_after_leases(self) -> None:
        """Ask for more serials in time, and where those of a day are used up; what the province answers is used from now on.

        A province that has no more is not asked again for any on that day.
        """
        today, relation = day_of(self._clock.now()), self._link.relation
        used_up = relation.leases and relation.no_more_on != today.isoformat() and self._numbers.used_up(today)
        if not used_up and not runs_out(relation.leases, today):
            return
        try:
            found = leases.renewed(self._link, self._numbers, today)
        except RefusedError as error:
            if error.code != "lease_exhausted":
                raise
            self._link.keep(no_more_on=today.isoformat())
            return
        with self._database.write() as uow:
            take_leases(uow, self._link.local, found, self._clock.now())
            uow.commit()
        self._link.keep(leases=found)
