"""The province, as the desk knows it: the port of the line, the relation that enrolment makes, and what a pass over the line tells."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, asdict, dataclass, field, fields
from datetime import date, datetime
from ipaddress import ip_address
from typing import Any, Protocol
from urllib.parse import urlsplit

from counter_app.domain.errors import Problem, broken
from counter_app.services.line.day_counts import PeriodCompared
from counter_app.services.ports import JsonValue, UnitOfWork

_KEY = "province/"
CLONE_DETECTED, CHAIN_REPAIR = "clone_detected", "chain_repair"
"""Why a lane was left, in the contract's words (3.4)."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """What the province gave the commune to enrol one computer (contract 3.1). ``public_key`` becomes the pinned key."""

    base_url: str
    code: str
    key_id: str
    public_key: str
    exchange_key: str = ""
    """What files on a stick are encrypted to; empty where the province takes none."""


NATIONAL = "national"
"""The kind of a province that has no gateway and takes national records only."""


@dataclass(frozen=True, slots=True)
class NationalTicket:
    """The commune's account at such a province; ``unit`` is its identifier there (madonvi)."""

    base_url: str
    unit: str
    user: str
    password: str


@dataclass(frozen=True, slots=True)
class LeftLane:
    """A lane that nothing is sent in any more: why, and since which day (``YYYY-MM-DD``)."""

    reason: str
    day: str


KEY_GONE = "key_gone"
"""What stops a relation whose key stayed on another computer: a copy of the desk was restored on this one."""


@dataclass(frozen=True, slots=True)
class Relation:
    """What this device and the province have agreed on; kept in the database, never shown.

    ``keys`` are the pinned keys by their id. ``tokens`` are pairs of access and refresh token, the newest first: the older one is kept
    until the newer has worked (contract 3.2). ``epochs`` are those that the province knows. ``stopped`` is the code of the problem that
    stops pushing; it names a lane in ``stopped_lane`` where only that one stands still.
    """

    base_url: str
    device: str
    agency: str
    agency_name: str
    keys: dict[str, str]
    key_place: str
    """Where the device's own key lies."""
    public_key: str = ""
    """The public half of that key: another one may lie there by now."""
    system: str = ""
    """:data:`NATIONAL` where the province has no gateway."""
    server_epoch: str = ""
    era: int = 0
    """How often the province has begun another history: it was restored from a backup. Revisions of before count no more."""
    tokens: tuple[tuple[str, str], ...] = ()
    cursor: str = ""
    epochs: tuple[str, ...] = ()
    leases: tuple[dict[str, JsonValue], ...] = ()
    no_more_on: str = ""
    """The day (``YYYY-MM-DD``) on which the province had no further serials to lend."""
    revoked: bool = False
    stopped: str = ""
    stopped_lane: str = ""
    proven_at: str = ""
    most_ops: int = 200
    """Ops of one request; halved when the province finds it too large."""
    plain: bool = False
    """Nothing is compressed: something on the way damages it."""
    users_version: int = 0
    users_until: str = ""
    """The last day of the signed list of people."""
    server_day: str = ""
    """The latest day that the province itself has named; the desk's own clock decides nothing about the list."""
    left: dict[str, LeftLane] = field(default_factory=dict)
    """Lanes that were left, by their epoch."""
    read_back: dict[str, int] = field(default_factory=dict)
    """From which sequence a lane is to be read back from the province, by its epoch."""
    catalogue: str = ""
    catalogue_wanted: str = ""
    """The version of the catalogue that is in place, and the one that the province has published since."""
    catalogue_due: str = ""
    """The day (``YYYY-MM-DD``) on which the one in place takes effect, where that has not come."""
    catalogue_fault: str = ""
    """Why the published one could not be put in place."""
    compare: bool = False
    """The province was restored: what it lacks of each lane is to be found out."""
    exchange_key: str = ""
    """What files on a stick are encrypted to; empty where the province takes none."""

    def beginning_anew(self, server_epoch: str) -> dict[str, Any]:
        """Return what changes where the province names this epoch: one that was restored is read from the beginning (contract 3.4)."""
        if server_epoch == self.server_epoch:
            return {}
        return {"server_epoch": server_epoch, "cursor": "", "compare": True, "era": self.era + 1}

    @property
    def has_journal(self) -> bool:
        """The province keeps every op, so that both journals can be compared; one that takes national records only keeps none."""
        return self.system != NATIONAL


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that needs a person, or that a person should read; ``problem`` has its sentence.

    ``kind``: of an op conflict, which is compared, or rejected, which is corrected and so sent anew; file, catalogue; of the line as a
    whole line or access; what the province says message or look.
    """

    kind: str
    problem: Problem
    op_id: str = ""
    dossier_code: str = ""
    sha256: str = ""
    """The file that it is about."""


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Terms:
    """How one pass may use the line.

    ``file_bytes`` of files at most, and no more of them after ``files_s`` seconds, so that the feed is read again; None: without a limit.
    ``stopping`` is asked before each request: what is under way is broken off, and sent again some other time.
    """

    file_bytes: int | None = None
    files_s: float | None = None
    stopping: Callable[[], bool] = _never


@dataclass(frozen=True, slots=True)
class PassEnd:
    """How one pass ended. Counts as in :class:`Standing`, bytes are those of bodies, ``file_bytes`` the part of ``bytes_up`` of files.

    ``trouble`` is what stopped it; ``lasting``, waiting does not mend that. ``retry_after`` are the seconds that the province asks to wait.
    """

    sent: int = 0
    received: int = 0
    uploaded: int = 0
    bytes_up: int = 0
    bytes_down: int = 0
    file_bytes: int = 0
    contact: bool = False
    trouble: Problem | None = None
    lasting: bool = False
    retry_after: float | None = None

    @property
    def moved(self) -> bool:
        """Something arrived on either side, be it a part of a file: a line that is cut again and again is no reason to wait longer."""
        return bool(self.sent or self.received or self.uploaded or self.file_bytes)


@dataclass(frozen=True, slots=True)
class LaneStanding:
    """One lane of this device: ``last_seq`` was recorded here; ``stopped``, it waits for a person."""

    device: str
    epoch: str
    last_seq: int
    stopped: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How desk and province stand. Counts are ops; ``pending`` have no answer of their own yet.
    ``uploaded`` and ``files`` are files that arrived and that wait, ``file_bytes`` the bytes of the latter.

    ``contact`` tells whether the province proved itself in this pass.
    """

    sent: int = 0
    received: int = 0
    uploaded: int = 0
    pending: int = 0
    files: int = 0
    file_bytes: int = 0
    contact: bool = False
    troubles: tuple[Trouble, ...] = ()
    proven_at: str = ""
    oldest_unsent_at: datetime | None = None
    oldest_file_at: datetime | None = None
    lanes: tuple[LaneStanding, ...] = field(default=())
    messages: tuple[Trouble, ...] = ()
    """What the province has to say to the people of the desk; nothing that they must mend."""


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Where the journals of both sides differ, op by op, as ``epoch/seq``; ``pending`` when the feed was not read to its end."""

    here_only: tuple[str, ...] = ()
    there_only: tuple[str, ...] = ()
    different: tuple[str, ...] = ()
    pending: bool = False

    @property
    def match(self) -> bool:
        """Both hold the same ops."""
        return not (self.here_only or self.there_only or self.different)


class Province(Protocol):
    """The line to the province. Nothing here is needed to take a dossier in, to print or to give a result back.

    Everything raises RuleBrokenError NOT_ENROLLED before an enrolment, SurroundingsError SYNC_RUNNING while another pass runs on this
    device, and as :class:`~counter_app.services.ports.UnitOfWork`.
    """

    def enrol(self, ticket: Ticket | NationalTicket) -> Relation:
        """Make this computer a device of the province, by the ticket of its kind.

        Raises:
            RuleBrokenError: ENROLLED_ALREADY, PRACTICE_NO_PROVINCE; an ENROL_ code, the province refused the ticket.
            SurroundingsError: NO_CONTACT, NOT_THE_PROVINCE; a wish that was not answered can be repeated with the same ticket.
        """

    def run(self, max_seconds: float) -> Standing:
        """Send and fetch until all is quiet or the time is over; a link that fails is tried again after a wait."""

    def once(self, terms: Terms) -> PassEnd:
        """Make one pass, without a wait and without a second try."""

    def tidy(self) -> None:
        """Delete what a pass that was given up may have left in the clear."""

    def standing(self) -> Standing:
        """Return how things stand, without a word on the line."""

    def reconcile(self) -> Reconciliation:
        """Compare both journals; raises NO_CONTACT and NOT_THE_PROVINCE too. What one side lacks is made good by the next pass."""

    def period(self, first: date, last: date) -> PeriodCompared:
        """Compare how many dossiers of which status both sides count on each day of a period; raises as :meth:`reconcile`."""


def read_ticket(value: JsonValue) -> Ticket | NationalTicket:
    """Read an enrolment ticket; one that says ``"system": "national"`` holds an account instead of a key.

    Raises:
        RuleBrokenError: TICKET_DAMAGED; PLAIN_HTTP, the address is neither HTTPS nor this computer itself (contract 2.1).
    """
    kind = NationalTicket if isinstance(value, Mapping) and value.get("system") == NATIONAL else Ticket
    needed = [each.name for each in fields(kind) if each.default is MISSING]
    if not isinstance(value, Mapping) or not all(isinstance(value.get(name), str) and value[name] for name in needed):
        raise broken("TICKET_DAMAGED")
    require_safe(value["base_url"])
    return kind(**{each.name: value[each.name] for each in fields(kind) if isinstance(value.get(each.name), str)})


def ticket_of(text: str) -> Ticket | NationalTicket:
    """Read a ticket as its file, or the QR code on its paper, has it; raises as :func:`read_ticket`."""
    try:
        return read_ticket(json.loads(text))
    except (ValueError, RecursionError):
        raise broken("TICKET_DAMAGED") from None


def require_safe(base_url: str) -> None:
    """Refuse an address that would carry personal data in clear; raises as :func:`read_ticket`."""
    try:
        parts = urlsplit(base_url)
        host, _port = parts.hostname, parts.port
    except ValueError:
        raise broken("TICKET_DAMAGED") from None
    if not host or parts.scheme not in ("http", "https") or parts.query or parts.fragment or parts.username:
        raise broken("TICKET_DAMAGED")
    if parts.scheme == "http" and not is_loopback(host):
        raise broken("PLAIN_HTTP")


def is_loopback(host: str) -> bool:
    """Tell whether a host name is this computer itself."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def relation_of(uow: UnitOfWork, device: str) -> Relation:
    """Return the relation of a device.

    Raises:
        RuleBrokenError: NOT_ENROLLED.
    """
    stored = uow.settings.get(_KEY + device)
    if stored is None:
        raise broken("NOT_ENROLLED")
    return _from_stored(stored)


def is_enrolled(uow: UnitOfWork, device: str) -> bool:
    """Tell whether a device has a relation."""
    return uow.settings.get(_KEY + device) is not None


def keep_relation(uow: UnitOfWork, device: str, relation: Relation) -> None:
    """Store the relation of a device, in place of the one before."""
    uow.settings.put(_KEY + device, asdict(relation))


def _from_stored(stored: Mapping[str, Any]) -> Relation:
    """Members that this version does not know are left aside."""
    known = {each.name: stored[each.name] for each in fields(Relation) if each.name in stored}
    for name in ("epochs", "leases"):
        known[name] = tuple(known.get(name, ()))
    known["tokens"] = tuple((access, refresh) for access, refresh in known.get("tokens", ()))
    known["left"] = {epoch: LeftLane(**each) for epoch, each in known.get("left", {}).items()}
    return Relation(**known)
