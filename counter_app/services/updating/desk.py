"""The verbs of updating: look what there is, prepare it, switch at the end of the work, go back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

from counter_app.domain.errors import RuleBrokenError, broken, failed
from counter_app.domain.events import JsonObject
from counter_app.domain.people import Actor, Permission
from counter_app.services.dossiers.access import require
from counter_app.services.line.terms import settings_of
from counter_app.services.ports import Clock, Database
from counter_app.services.recording import write_audit
from counter_app.services.surroundings import disk_fault
from counter_app.services.updating.first_start import FirstStart, prove
from counter_app.services.updating.ports import Limits, Opener, Programs, Publisher, SignedRelease, Source, Web
from counter_app.services.updating.release import Release, ReleaseFile, ReleaseKind, all_files, read_head, read_release
from counter_app.services.updating.rules import ANY_SYSTEM, in_use, is_newer, require_fit, require_way_back
from counter_app.services.updating.terms import UpdateTerms, allowance, keep_terms, terms_of, with_use
from counter_app.support.packed import NotItselfError, NotWholeError, unpack
from counter_app.support.paths import REPLACEABLE

AUTOMATIC = "automatic-update"
"""Who stands in the audit trail where the desk prepared an update by itself."""
NO_LIMITS = Limits()
NO_PUBLISHER = "UPDATE_NO_PUBLISHER"


@dataclass(frozen=True, slots=True)
class UpdateStanding:
    """How things stand, without a word on the line.

    ``offered`` is the newest release that was seen and is not here yet, ``data`` the newer forms and books in use, ``why_not`` the code
    of the sentence why this program can't replace itself; unless it ``has_publisher`` not even forms and books are taken.
    """

    installed: Release
    data: Release | None
    previous: Release | None
    prepared: Release | None
    offered: Release | None
    terms: UpdateTerms
    why_not: str
    has_publisher: bool

    def obstacles(self) -> tuple[str, ...]:
        """Return the codes of the sentences why not everything that is newer can be taken."""
        return tuple(filter(None, (self.why_not, "" if self.has_publisher else NO_PUBLISHER)))

    def is_new(self, release: Release) -> bool:
        """Tell whether a release comes after what it would take the place of."""
        return is_newer(release, in_use(release, self.installed, self.data))


class UpdateService:
    """Updates of one computer. ``schema`` is the state of the data that this program keeps.

    ``copy_desk`` makes a copy of the desk, and raises SurroundingsError where there is none to come back to.
    """

    def __init__(
        self, database: Database, clock: Clock, programs: Programs, *, publisher: Publisher, open_package: Opener, open_web: Web,
        device: str, schema: str, check_address: Callable[[str], None], copy_desk: Callable[[], object],
    ) -> None:
        self._database = database
        self._clock = clock
        self._programs = programs
        self._publisher = publisher
        self._open_package = open_package
        self._open_web = open_web
        self._device = device
        self._schema = schema
        self._check_address = check_address
        self._copy_desk = copy_desk

    def standing(self) -> UpdateStanding:
        """Return how things stand."""
        terms, installed, data = self._terms(), self._programs.installed(), self._programs.data()
        offered = None if terms.seen is None else read_release(terms.seen)
        if offered is not None and not is_newer(offered, in_use(offered, installed, data)):
            offered = None
        return UpdateStanding(
            installed, data, self._programs.previous(), self._programs.prepared(), offered, terms, self._programs.why_not,
            self._publisher.is_known())

    def save(self, actor: Actor, *, address: str, automatic: bool) -> None:
        """Set where releases are published, and whether the desk prepares them by itself.

        Raises:
            RuleBrokenError: NOT_ALLOWED; UPDATE_ADDRESS at ``address``.
        """
        require(actor, Permission.MANAGE_DESK)
        if address := address.strip():
            self._check_address(address)
        with self._database.write() as uow:
            terms = terms_of(uow, self._device)
            seen = terms.seen if address == terms.address else None
            keep_terms(uow, self._device, replace(terms, address=address, automatic=automatic, seen=seen))
            write_audit(uow, self._clock.now(), actor.user_id, "update.set", self._device, {"address": address, "automatic": automatic})
            uow.commit()

    def check(self, actor: Actor, package: Path | None = None) -> Release:
        """Return the newest release at the address or in a package; that it fits is not said yet.

        Raises:
            RuleBrokenError: NOT_ALLOWED; UPDATE_NO_ADDRESS, UPDATE_NOTHING.
            SurroundingsError: UPDATE_NO_PUBLISHER, UPDATE_NOT_SIGNED; the line's codes, the disk's.
        """
        require(actor, Permission.MANAGE_DESK)
        with self._source(package, NO_LIMITS) as source:
            return self._newest(source, keep=package is None)[1]

    def install(self, actor: Actor, package: Path | None = None, *, on_metered: bool = False,
                stopping: Callable[[], bool] = bool) -> Release:
        """Fetch or read a release, check every file and lay it out beside the version that runs; data is in place at once.

        What runs goes on: :meth:`finish` makes the new version the one that starts next. ``on_metered`` takes it over a line that is paid
        by what goes over it, and beyond the day's budget.

        Raises:
            RuleBrokenError: NOT_ALLOWED; as :meth:`check` and :func:`.require_fit`; UPDATE_METERED; UPDATE_FROM_SOURCE, UPDATE_BY_SYSTEM.
            SurroundingsError: as :meth:`check`, :meth:`.Programs.lay_out`.
        """
        require(actor, Permission.MANAGE_DESK)
        return self._install(actor.user_id, package, on_metered=on_metered, stopping=stopping)

    def by_itself(self, stopping: Callable[[], bool] = bool) -> Release | None:
        """Look at the address and prepare what is new there, as far as the line's settings allow; None where nothing came.

        A version that did not come up here is not taken again.

        Raises:
            SurroundingsError: as :meth:`install`.
        """
        with self._database.read() as uow:
            terms, paused = terms_of(uow, self._device), settings_of(uow, self._device).paused
        if not (terms.address and terms.automatic and self._publisher.is_known()) or paused:
            return None
        with self._source(None, NO_LIMITS) as source:
            found = self._newest(source, keep=True)
        if not self._is_wanted(found[1]):
            return None
        return self._install(AUTOMATIC, None, on_metered=False, stopping=stopping)

    def finish(self) -> str:
        """Make what was prepared the version that starts next; return its name, empty for none or while another window is open."""
        return self._programs.switch()

    def back(self, actor: Actor, *, anyway: bool = False) -> Release:
        """Make the version before the one that starts next. ``anyway``: also one that can't read the data as it is now.

        Raises:
            RuleBrokenError: NOT_ALLOWED; UPDATE_NO_WAY_BACK, UPDATE_BACK_SCHEMA; as :attr:`.Programs.why_not`.
        """
        require(actor, Permission.MANAGE_DESK)
        self._require_able()
        before = self._programs.previous()
        if before is None:
            raise broken("UPDATE_NO_WAY_BACK")
        if not anyway:
            require_way_back(before, self._schema)
        self._programs.swap()
        self._audit(actor.user_id, "update.back", before)
        return before

    def begin(self, trials: Callable[[], None]) -> FirstStart:
        """A window has opened its desk: note that it is open, and let a new version prove itself (:func:`.prove`)."""
        self._programs.hold()
        return prove(self._programs, trials)

    # --- parts --------------------------------------------------------------------------------------------------------

    def _install(self, user: str, package: Path | None, *, on_metered: bool, stopping: Callable[[], bool]) -> Release:
        with self._database.read() as uow:
            most = None if package else allowance(uow, self._device, self._clock.now(), on_metered=on_metered)
        with self._source(package, Limits(most, stopping)) as source:
            document, release = self._newest(source, keep=package is None)
            if release.kind is ReleaseKind.PROGRAM:
                self._require_able()
            require_fit(release, in_use(release, self._programs.installed(), self._programs.data()), self._schema)
            signed = self._signed_release(document, release, source)
            if release.kind is ReleaseKind.DATA:
                self._programs.lay_data(signed, source)
            else:
                self._copy_desk()
                self._programs.lay_out(signed, source)
            source.done()
        self._audit(user, "update.prepared", release)
        return release

    @contextmanager
    def _source(self, package: Path | None, limits: Limits) -> Iterator[Source]:
        """Open where releases come from, and note what came over the line, whatever became of it."""
        address = self._terms().address
        if package is None and not address:
            raise broken("UPDATE_NO_ADDRESS")
        source = self._open_web(address, limits) if package is None else self._open_package(package)
        with closing(source):
            try:
                yield source
            finally:
                if source.fetched:
                    self._note(fetched=source.fetched)

    def _newest(self, source: Source, *, keep: bool) -> tuple[JsonObject, Release]:
        """Return the head of what is to be taken from a source: the program where it is wanted, else the data, else what there is."""
        found: list[tuple[JsonObject, Release]] = []
        nothing = None
        for system in (self._programs.installed().system, ANY_SYSTEM):
            try:
                found.append(self._head(source, system))
            except RuleBrokenError as error:
                nothing = nothing or error
        if nothing is not None and not found:
            raise nothing
        document, release = next((each for each in found if self._is_wanted(each[1])), found[0])
        if keep:
            self._note(seen=document)
        return document, release

    def _is_wanted(self, offered: Release) -> bool:
        """Tell whether a release comes after all of its kind that are here, those too that wait or fell, and can be taken at all."""
        programs = self._programs
        here = [in_use(offered, programs.installed(), programs.data())]
        if offered.kind is ReleaseKind.PROGRAM:
            here += filter(None, (programs.previous(), programs.prepared()))
        return all(is_newer(offered, each) for each in here) and not (offered.kind is ReleaseKind.PROGRAM and programs.why_not)

    def _head(self, source: Source, system: str) -> tuple[JsonObject, Release]:
        """Return a head as it came and as read, once its signature was found good. Raises as :meth:`check`."""
        if not self._publisher.is_known():
            raise failed(NO_PUBLISHER)
        try:
            document = read_head(source.head(system))
        except ValueError as error:
            raise failed("UPDATE_NO_HEAD") from error
        if not self._publisher.signed(document):
            raise failed("UPDATE_NOT_SIGNED")
        try:
            release = read_release(document)
        except ValueError as error:
            raise failed("UPDATE_TOO_NEW") from error
        return document, release

    def _note(self, *, seen: JsonObject | None = None, fetched: int = 0) -> None:
        with self._database.write() as uow:
            terms = terms_of(uow, self._device)
            after = replace(terms, seen=seen or terms.seen)
            if fetched:
                after = with_use(after, fetched, self._clock.now())
            if after != terms:
                keep_terms(uow, self._device, after)
                uow.commit()

    def _audit(self, user: str, action: str, release: Release) -> None:
        with self._database.write() as uow:
            details = {"kind": release.kind.value, "version": release.version, "sequence": release.sequence}
            write_audit(uow, self._clock.now(), user, action, self._device, details)
            uow.commit()

    def _require_able(self) -> None:
        if why_not := self._programs.why_not:
            raise broken(why_not)

    def _signed_release(self, document: JsonObject, release: Release, source: Source) -> SignedRelease:
        """Fetch the lists of files that are not here yet, and see that they are what the head says.

        Raises:
            SurroundingsError: UPDATE_DAMAGED; as :meth:`.Source.opened`.
        """

        def content(file: ReleaseFile) -> bytes:
            """Return a list: the one of this version where it is the same."""
            kept = self._programs.kept(file)
            return _fetched(source, file) if kept is None else kept

        listing = content(release.files)
        try:
            files = all_files(listing, content)
        except ValueError as error:
            raise failed("UPDATE_DAMAGED", path=release.files.path) from error
        replaceable = all(each.path.startswith(REPLACEABLE) and each.path.endswith(".json") for each in files)
        if release.kind is ReleaseKind.DATA and not replaceable:
            raise failed("UPDATE_DAMAGED", path=release.files.path)
        return SignedRelease(document, release, listing, files)

    def _terms(self) -> UpdateTerms:
        with self._database.read() as uow:
            return terms_of(uow, self._device)


def forward_again(programs: Programs) -> Release:
    """Make the newer version, from which somebody went back, the one that starts next: for a desk whose data this one can't read.

    Such a desk does not open, so nobody can be asked who they are; it only undoes what an administrator did.

    Raises:
        RuleBrokenError: UPDATE_NO_WAY_BACK, the version before is no newer one.
    """
    newer = programs.previous()
    if newer is None or newer.schema <= programs.installed().schema:
        raise broken("UPDATE_NO_WAY_BACK")
    programs.swap()
    return newer


def _fetched(source: Source, file: ReleaseFile) -> bytes:
    """Return the content of a file of a source.

    Raises:
        SurroundingsError: UPDATE_DAMAGED, it is not what its digest says; the disk's codes; as :meth:`.Source.opened`.
    """
    content = BytesIO()
    try:
        with source.opened(file) as packed:
            unpack(packed, content, size=file.size, sha256=file.sha256)
    except (NotWholeError, NotItselfError) as error:
        source.forget(file)
        raise failed("UPDATE_DAMAGED", path=file.path) from error
    except OSError as error:
        raise disk_fault(error) from error
    return content.getvalue()
