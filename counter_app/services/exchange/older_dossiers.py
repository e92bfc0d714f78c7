"""An older dossier as one line of a file (``commands.md``, *import-dossiers*), and back again without loss.

An imported dossier gets no place in the register: it stands in the book of its time. Its status follows from the line: closed as it
says, waiting where a supplement is open, else in hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from typing import Any

from counter_app.domain.codes import parse_code
from counter_app.domain.dossier import Applicant, ApplicantKind, Channel, CodeOfDossier, Dossier, Status
from counter_app.domain.events import DOSSIER_IMPORTED, Event
from counter_app.domain.ids import new_id
from counter_app.domain.life import Supplement
from counter_app.domain.moments import day_of, write_local
from counter_app.domain.people import Actor
from counter_app.domain.text import tidy, unprintable
from counter_app.services.json_reader import JsonObject, JsonReader
from counter_app.services.ports import JsonValue
from counter_app.support.messages import text

MEMBERS = ("code", "field", "procedure_code", "channel", "received_at", "due_history", "closed_at", "closed_as", "supplement_open_from",
           "supplement_open_to", "applicant")
APPLICANT = ("full_name", "id_number", "phone", "address")
FIGURES = ("id_number", "phone")
"""Members of the applicant that are made of figures and yet are no numbers: they begin with zeros."""
DUE = ("set_at", "due_at")
IMPORTED_KIND, VERSION = "imported", "imported"
OLDEST_YEAR = 2000
MOST_DUE = 100
LONGEST = 300

DueHistory = tuple[tuple[datetime, datetime | None], ...]


class ClosedAs(StrEnum):
    """How a dossier was closed, in the words of the reports (domain guide 12)."""

    UNKNOWN = ""
    RESULT_READY = "result_ready"
    RETURNED = "returned"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    HALTED = "halted"


STATUS_OF = {
    ClosedAs.UNKNOWN: Status.RETURNED, ClosedAs.RESULT_READY: Status.RESULT_READY, ClosedAs.RETURNED: Status.RETURNED,
    ClosedAs.REFUSED: Status.NOT_ACCEPTED, ClosedAs.WITHDRAWN: Status.WITHDRAWN, ClosedAs.HALTED: Status.HALTED,
}


def read_line(value: JsonValue, now: datetime, names: Mapping[str, str], reader: JsonReader) -> Dossier:
    """Return the dossier of a line; what is off is noted in ``reader`` at its path, and the dossier is not to be kept then.

    ``names`` gives the short name of the procedures that the catalogue knows.
    """
    line = reader.object(value, None, frozenset(MEMBERS))
    code, told_at = _code(reader, line), _received_at(reader, line)
    received_at = told_at or now
    closed_at, closed_as = reader.moment(line, "closed_at"), reader.choice(line, "closed_as", None, ClosedAs.UNKNOWN)
    since, until = reader.moment(line, "supplement_open_from"), reader.moment(line, "supplement_open_to")
    history = _due_history(reader, line)
    _check_moments(reader, told_at, now, {"closed_at": closed_at, "supplement_open_from": since, "supplement_open_to": until})
    _check_history(reader, told_at, history)
    if closed_as and closed_at is None:
        reader.flaw("CLOSED_AT_MISSING", "closed_at")
    _check_supplement(reader, since, until)
    status = STATUS_OF[closed_as] if closed_at else _open_status(since, until)
    procedure_code = _short(reader, line, "procedure_code")
    due_at = history[-1][1] if history else None
    return Dossier(
        dossier_id=new_id(now), code=code, codes=(CodeOfDossier(code, IMPORTED_KIND),), procedure_code=procedure_code,
        procedure_name=names.get(procedure_code, ""), procedure_version=VERSION, field_name=_short(reader, line, "field"), status=status,
        channel=reader.choice(line, "channel", None, Channel.DIRECT), applicant=_applicant(reader, line), received_at=received_at,
        due_at=due_at, printed_due_at=None, due_history=history, entered_later=text("IMPORTED_REASON", "vi"),
        finished_at=closed_at, returned_at=closed_at if status is Status.RETURNED else None, closed_as=closed_as.value,
        supplement_open_since=since if status is Status.AWAITING_SUPPLEMENT else None, supplement_count=int(since is not None),
        supplements=_supplements(now, since, until),
    )


def is_imported(dossier: Dossier) -> bool:
    """Tell whether a dossier came from an older program."""
    return any(each.kind == IMPORTED_KIND for each in dossier.codes)


def is_number(value: JsonValue) -> bool:
    """Tell whether a value is a number, and not the text of one."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def imported_event(dossier: Dossier, line: JsonObject, actor: Actor, at: datetime) -> Event:
    """Return the local event of an import: its facts are the line as it was read. The contract has no such event; it is never sent."""
    facts = {name: line.get(name) for name in MEMBERS}
    return Event(new_id(at), dossier.dossier_id, DOSSIER_IMPORTED, at, actor, facts)


def write_line(dossier: Dossier, events: Sequence[Event]) -> dict[str, Any]:
    """Return a dossier as a line. ``events`` are needed only for one with a supplement: when it was asked for and came in."""
    asked, came = _supplement(dossier, events)
    person = dossier.applicant
    return {
        "code": dossier.code, "field": dossier.field_name or None, "procedure_code": dossier.procedure_code or None,
        "channel": dossier.channel.value, "received_at": write_local(dossier.received_at),
        "due_history": [{"set_at": write_local(at), "due_at": due and write_local(due)} for at, due in dossier.due_history],
        "closed_at": dossier.finished_at and write_local(dossier.finished_at), "closed_as": dossier.closed_as or None,
        "supplement_open_from": asked, "supplement_open_to": came,
        "applicant": {name: getattr(person, name) or None for name in APPLICANT},
    }


def _supplement(dossier: Dossier, events: Sequence[Event]) -> tuple[str | None, str | None]:
    """Return from when to when the last supplement was open, as far as the events say."""
    if dossier.supplement_open_since:
        return write_local(dossier.supplement_open_since), None
    facts = next((event.facts for event in events if event.type == DOSSIER_IMPORTED), {})
    return facts.get("supplement_open_from"), facts.get("supplement_open_to")


def _code(reader: JsonReader, line: JsonObject) -> str:
    written = reader.text(line, "code", required=True)
    parsed = parse_code(written)
    if parsed is None and not any(problem.field == "code" for problem in reader.problems):
        reader.flaw("CODE_UNREADABLE", "code")
    return parsed.text if parsed else ""


def _received_at(reader: JsonReader, line: JsonObject) -> datetime | None:
    if line.get("received_at") in (None, ""):
        reader.flaw("JSON_MISSING", "received_at")
        return None
    return reader.moment(line, "received_at")


def _open_status(since: datetime | None, until: datetime | None) -> Status:
    """Return where a dossier stands that isn't closed."""
    return Status.AWAITING_SUPPLEMENT if since and not until else Status.PROCESSING


def _supplements(now: datetime, since: datetime | None, until: datetime | None) -> tuple[Supplement, ...]:
    """Return the request for papers that a line tells of: when it was made and when they came in, not what was asked for."""
    if since is None:
        return ()
    return (Supplement(new_id(now), since, "", (), "", received_at=until, complete=until is not None),)


def _due_history(reader: JsonReader, line: JsonObject) -> DueHistory:
    items = reader.items(line, "due_history") or []
    if len(items) > MOST_DUE:
        reader.flaw("LIST_TOO_LONG", "due_history", limit=MOST_DUE)
    history = []
    for index, item in enumerate(items[:MOST_DUE]):
        path = f"due_history.{index}"
        entry = reader.object(item, path, frozenset(DUE))
        set_at, due_at = reader.moment(entry, "set_at", path), reader.moment(entry, "due_at", path)
        if set_at is None:
            reader.flaw("JSON_MISSING", f"{path}.set_at")
        else:
            history.append((set_at, due_at))
    return tuple(history)


def _applicant(reader: JsonReader, line: JsonObject) -> Applicant:
    given = dict(reader.optional(line, "applicant", None, frozenset(APPLICANT)) or {})
    for name in FIGURES:
        if is_number(given.get(name)):  # its leading zeros are gone, and nobody knows how many there were
            reader.flaw("FIGURES_AS_NUMBER", f"applicant.{name}")
            del given[name]
    texts = {name: _short(reader, given, name, "applicant") for name in APPLICANT}
    return Applicant(
        ApplicantKind.PERSON, texts["full_name"], id_number=texts["id_number"], phone=texts["phone"], address=texts["address"],
    )


def _short(reader: JsonReader, line: JsonObject, name: str, path: str | None = None) -> str:
    clean = tidy(reader.text(line, name, path))
    where = f"{path}.{name}" if path else name
    if len(clean) > LONGEST:
        reader.flaw("TEXT_TOO_LONG", where, length=len(clean), limit=LONGEST)
    elif strange := unprintable(clean):
        reader.flaw("TEXT_UNPRINTABLE", where, characters=strange[:10])
    return clean


def _check_moments(reader: JsonReader, received_at: datetime | None, now: datetime, later: Mapping[str, datetime | None]) -> None:
    """Nothing happened before the receipt, where that is known; nothing was done in the future."""
    if received_at and day_of(received_at).year < OLDEST_YEAR:
        reader.flaw("RECEIVED_TOO_EARLY", "received_at", year=OLDEST_YEAR)
    for name, moment in {"received_at": received_at, **later}.items():
        if moment and moment > now:
            reader.flaw("MOMENT_IN_FUTURE", name)
        elif moment and received_at and moment < received_at:
            reader.flaw("BEFORE_RECEIPT", name)


def _check_supplement(reader: JsonReader, since: datetime | None, until: datetime | None) -> None:
    """Papers that came in were asked for before."""
    if until and (since is None or until < since):
        reader.flaw("SUPPLEMENT_END_ALONE", "supplement_open_to")


def _check_history(reader: JsonReader, received_at: datetime | None, history: DueHistory) -> None:
    """Nothing was due before the receipt; appointments were set one after the other."""
    if received_at and any(due and day_of(due) < day_of(received_at) for _, due in history):
        reader.flaw("BEFORE_RECEIPT", "due_history")
    if any(after[0] < before[0] for before, after in pairwise(history)):
        reader.flaw("DUE_HISTORY_ORDER", "due_history")
