"""What comes down from the province: each entry of the feed once, in the transaction of its page (province contract 7, 12).

An entry becomes an event that stays on this desk, under its own ``change_id``; what has an event already is passed over. So a page that is
applied twice, or late, changes nothing. What this version does not know is kept and passed over.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from counter_app.domain.canonical import MOST_OP_BYTES, envelope
from counter_app.domain.catalogue import Procedure
from counter_app.domain.dossier import PRINT_REQUESTED, Dossier, Status
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.event_fold import RecordState, Rules
from counter_app.domain.events import PROVINCE_PREFIX, READ_BACK, UNREADABLE, WENT_BACK, Event, JsonObject
from counter_app.domain.moments import day_of, read_local
from counter_app.domain.province_adoption import MEMBERS, adopted, from_province
from counter_app.domain.province_merge import Rebased, rebased, set_since
from counter_app.domain.record import national_record
from counter_app.domain.registers import DOSSIER_BOOK
from counter_app.domain.text import tidy
from counter_app.services.desk.settings import from_stored, profile_key
from counter_app.services.line.answers import ATTENTION, PROVINCE_HAS, mark_dossier, mark_for_person, take_answer
from counter_app.services.line.leases import Lease, checked, leased
from counter_app.services.line.messages import keep_message
from counter_app.services.line.people import let_only_read, lock, take_people
from counter_app.services.line.province import Relation
from counter_app.services.line.reading_back import PROVINCE
from counter_app.services.ports import UnitOfWork
from counter_app.services.recording import write_audit
from counter_app.services.repositories.core import Delivery
from counter_app.services.repositories.uploads import ATTENTION as ATTENTION_FILE
from counter_app.services.repositories.uploads import VERIFIED
from counter_app.services.trail.row_notes import NUMBERS, held_people, held_profile

REASSIGNED = "dossier.reassigned"
MOST_REVISIONS = 2**53
"""Larger numbers stand in no op (contract 4.1): after such a revision the desk could record nothing more of the dossier."""
MOST_RECORD_BYTES = MOST_OP_BYTES * 3 // 4
"""What the province tells of a dossier at most: the desk's own ops repeat it, with what they add."""
FOR_A_PERSON = (REASSIGNED, PRINT_REQUESTED, UNREADABLE, WENT_BACK, READ_BACK)
"""Entries that mark a dossier until somebody has looked."""
ERA, BEFORE = "era", "before"
"""Members of an entry that is kept: in which of the province's histories its revision counts, and the record that it took the place of."""
Entry = Mapping[str, Any]
Procedures = Callable[[str, date], Procedure | None]


@dataclass(slots=True)
class Incoming:
    """Applies entries in one transaction. ``relation`` is the newest; the caller stores it with the cursor of the page. ``local`` is this
    computer, by the id that its profile and its relation are kept under.

    ``procedures`` gives the procedure with a code in force on a day, ``signed`` tells whether a user list is the province's.
    """

    uow: UnitOfWork
    local: str
    relation: Relation
    now: datetime
    rules: Rules
    procedures: Procedures
    signed: Callable[[Mapping[str, Any]], bool]

    def apply(self, entry: Entry) -> bool:
        """Apply one entry, whole or not at all; tell whether it was new.

        One that can't be read is kept, its dossier waits for a person, and nothing else is stopped.
        """
        kind = str(entry["kind"])
        take, before = _KINDS.get(kind, _kept), self.relation
        if take is _with_record and self.relation.era:  # the same record, told again after others had been told, is another entry
            entry = {**entry, "change_id": str(uuid5(NAMESPACE_OID, f"{self.relation.era}/{entry['change_id']}"))}
        change_id = str(entry["change_id"])
        if self.uow.events.get(change_id) is not None:
            return False
        try:
            with self.uow.part():
                _require_shape(entry)
                return take(self, entry)
        except (LookupError, TypeError, ValueError, AttributeError, OverflowError):
            self.relation = before
            as_it_came = {"kind": kind, "data": {"entry": json.dumps(entry)}}  # in ASCII: whatever is in it can be kept
            dossier = mark_for_person(self.uow, entry.get("dossier_id"), UNREADABLE)
            self.record({"change_id": change_id, **as_it_came}, dossier, kind=UNREADABLE)
            return True

    def is_anew(self, dossier: Dossier) -> bool:
        """Tell whether what is known of a dossier is of another history of the province than the one that is read now."""
        return dossier.known_rev > 0 and dossier.rev_era != self.relation.era

    def record(
        self, entry: Entry, dossier: Dossier | None, *, kind: str = "", before: JsonObject | None = None, noted: JsonObject | None = None,
    ) -> None:
        """Keep an entry as an event; ``dossier`` is the one it is about, as it stands after it, ``before`` its record before that.

        ``noted`` is what the audit trail tells beyond the event.
        """
        ho_so = None if dossier is None else national_record(dossier, self.uow.catalogue.version(dossier.procedure_version))
        facts: JsonObject = {"kind": entry["kind"], "rev": entry.get("rev"), **dict(entry.get("data") or {})}
        facts |= {ERA: self.relation.era} if self.relation.era else {}
        facts |= {} if before is None else {BEFORE: before}
        about = dossier.dossier_id if dossier else None
        event = Event(str(entry["change_id"]), about, kind or PROVINCE_PREFIX + str(entry["kind"]), self.now, PROVINCE, facts, ho_so)
        self.uow.events.append(event)
        write_audit(self.uow, self.now, PROVINCE.user_id, event.type, about or "", {"op_id": event.op_id, **(noted or {})})


def _require_shape(entry: Entry) -> None:
    """Refuse what nothing here could even keep: raises TypeError, or ValueError for text that is none."""
    about, data, rev = entry.get("dossier_id"), entry.get("data"), entry.get("rev")
    if not isinstance(about, str | None) or not isinstance(data, dict | None) or not isinstance(rev, int | None):
        raise TypeError
    if not 0 <= (rev or 0) < MOST_REVISIONS:
        raise ValueError(rev)
    _size(entry)


def _size(value: Any) -> int:  # noqa: ANN401  any JSON value
    """Return the bytes of a value as it is kept; raises ValueError for text that is none."""
    return len(json.dumps(value, ensure_ascii=False).encode())


def _with_record(incoming: Incoming, entry: Entry) -> bool:
    """An entry with a record: a dossier that is new here, one of our own ops come back, or a change by somebody else."""
    uow, data, rev = incoming.uow, entry["data"], int(entry["rev"])
    if missing := [name for name in incoming.rules["record_members"] if name not in data["ho_so"]]:
        raise ValueError(missing[0])
    if _size(data) > MOST_RECORD_BYTES:
        raise ValueError("data")
    dossier = uow.dossiers.get(entry["dossier_id"])
    if dossier is None:
        _add(incoming, entry)
        return True
    if rev <= dossier.known_rev and not incoming.is_anew(dossier):
        return False
    if not (_own_come_back(uow, dossier, data.get("op_id", ""), rev) and _stands_here(incoming, entry, dossier)):
        _take_over(incoming, entry, dossier)
        return True
    uow.dossiers.update(replace(dossier, known_rev=rev, rev_era=incoming.relation.era))
    return False


def _own_come_back(uow: UnitOfWork, dossier: Dossier, op_id: str, rev: int) -> bool:
    """Tell whether an entry is one of our own ops, and note the revision that it made."""
    known = uow.outbox.of_dossier(dossier.dossier_id).get(op_id)
    if known is None or _was_read_back(uow, op_id):
        return False
    uow.outbox.settle(op_id, known.state, rev, known.result or {})
    return True


def _was_read_back(uow: UnitOfWork, op_id: str) -> bool:
    """Tell whether an op was lost here: what it did to the record comes with the feed alone."""
    event = uow.events.get(op_id)
    return event is not None and event.type == READ_BACK


def _stands_here(incoming: Incoming, entry: Entry, dossier: Dossier) -> bool:
    """Tell whether what an own op did is shown already: always, but where a restored province had told a record without it."""
    if not incoming.relation.era:
        return True
    return not incoming.is_anew(dossier) and _record(incoming, _laid_under(incoming, entry, dossier)[0]) == _record(incoming, dossier)


def _take_over(incoming: Incoming, entry: Entry, dossier: Dossier) -> None:
    """Take what an entry tells into a dossier, under the own ops that it does not hold yet."""
    under, found = _laid_under(incoming, entry, dossier)
    after = _entered(incoming, under, waited=dossier.awaiting_acceptance)
    before = _record(incoming, dossier) if incoming.is_anew(dossier) else None
    after = _compared(incoming, after, before)
    incoming.uow.dossiers.update(after)
    incoming.record(entry, after, before=before)
    if found.clashes:
        mark_dossier(incoming.uow, dossier.dossier_id, clash=True)


def _compared(incoming: Incoming, after: Dossier, before: JsonObject | None) -> Dossier:
    """Mark a dossier that a restored province tells otherwise than it stood here ``before``; it is itself again when its record is.

    What desks still have they send again, and the mark goes with it. What nobody sends again, a person has to look for.
    """
    others, record = tuple(mark for mark in after.attention if mark != WENT_BACK), _record(incoming, after)
    if before is not None:
        return replace(after, attention=others if before == record else (*others, WENT_BACK))
    if WENT_BACK not in after.attention:
        return after
    told = [each.facts[BEFORE] for each in incoming.uow.events.of_dossier(after.dossier_id) if BEFORE in each.facts]
    return replace(after, attention=others) if record in told[-1:] else after


def _record(incoming: Incoming, dossier: Dossier) -> JsonObject:
    """Return the national record of a dossier as it stands here."""
    return national_record(dossier, incoming.uow.catalogue.version(dossier.procedure_version))


def _laid_under(incoming: Incoming, entry: Entry, dossier: Dossier) -> tuple[Dossier, Rebased]:
    """Lay the record of an entry under the ops of this desk that it does not hold yet; return the dossier after it, too."""
    data, rev, era = entry["data"], int(entry["rev"]), incoming.relation.era
    own, history = incoming.uow.outbox.of_dossier(dossier.dossier_id), incoming.uow.events.of_dossier(dossier.dossier_id)
    facts = {**data, "kind": entry["kind"]}
    earlier = [each.facts for each in history if each.type.startswith(PROVINCE_PREFIX) and each.facts.get("rev")]
    told = [(int(each["rev"]), _set(each)) for each in earlier if each.get(ERA, 0) == era]
    ground = RecordState(
        rev, dict(data["ho_so"]), dict(data.get("intake") or {}), bool(dossier.hand_overs), set_since([*told, (rev, _set(facts))]))
    pending = [envelope(each) for each in history if each.lane and _is_open(own.get(each.op_id), rev)]
    found = rebased(incoming.rules, ground, MEMBERS if incoming.is_anew(dossier) else _changed(facts), pending)
    after = adopted(dossier, found.ho_so, found.members, read_local(entry["at"]))
    return replace(after, known_rev=rev, rev_era=era, given_to=""), found


def _is_open(delivery: Delivery | None, rev: int) -> bool:
    """Tell whether a record of this revision does not hold an own op yet, and may still come to."""
    if delivery is None or delivery.state == ATTENTION:
        return False
    return delivery.state != PROVINCE_HAS if delivery.rev is None else delivery.rev > rev


def _changed(data: Mapping[str, Any]) -> frozenset[str]:
    """Return which members an entry tells of."""
    if data["kind"] == "dossier.official_code":
        return frozenset({"MaHoSo"})
    return frozenset(data["changed"]) if "changed" in data else MEMBERS


def _set(data: Mapping[str, Any]) -> frozenset[str]:
    """Return which members an entry says to have been set by it: a whole state does not say when any of them was."""
    return frozenset() if data["kind"] == "dossier.state" else _changed(data)


def _add(incoming: Incoming, entry: Entry) -> None:
    """A dossier that this desk does not have: it enters the lists, and the register once it is received."""
    data, at, dossier_id = entry["data"], read_local(entry["at"]), str(UUID(entry["dossier_id"]))
    record = data["ho_so"]
    procedure = incoming.procedures(record["MaTTHC"], day_of(incoming.now))
    intake = (data.get("intake") or {}).get("applicant") or {}
    address = data.get("applicant_address") or intake.get("address") or ""
    codes = data.get("codes") or [record["MaHoSo"]]
    version = procedure.version_id if procedure else ""
    dossier = from_province(dossier_id, record, codes, address, version, at)
    if procedure:
        dossier = replace(dossier, procedure_name=procedure.label, field_name=procedure.field_name)
    dossier = replace(dossier, known_rev=int(entry["rev"]), rev_era=incoming.relation.era)
    incoming.uow.dossiers.add(dossier)
    incoming.record(entry, dossier)


def _entered(incoming: Incoming, dossier: Dossier, *, waited: bool) -> Dossier:
    """Give a dossier that ``waited`` here, and was received by the province, its place in the register of this computer."""
    if not waited or dossier.awaiting_acceptance or dossier.place is not None or dossier.status is Status.NOT_ACCEPTED:
        return dossier
    try:
        place = incoming.uow.logbooks.next_place(DOSSIER_BOOK, incoming.now.year)
    except RuleBrokenError:  # the year's register is closed: the dossier stands in the lists all the same
        return dossier
    incoming.uow.logbooks.add_line(place, dossier.dossier_id, day_of(incoming.now))
    return replace(dossier, place=place)


def _kept(incoming: Incoming, entry: Entry, noted: JsonObject | None = None) -> bool:
    """Progress, files, messages, and whatever a later version may know."""
    about = incoming.uow.dossiers.get(entry["dossier_id"]) if entry.get("dossier_id") else None
    incoming.record(entry, about, noted=noted)
    return True


def _for_a_person(incoming: Incoming, entry: Entry) -> bool:
    """A form to print, a dossier given to another commune: stays marked until somebody has looked."""
    incoming.record(entry, mark_for_person(incoming.uow, entry["dossier_id"], str(entry["kind"])))
    return True


def _reassigned(incoming: Incoming, entry: Entry) -> bool:
    """Another commune has the dossier now: it can be read here, and nothing more is done to it."""
    given_to = tidy(entry["data"]["to_agency"])
    _for_a_person(incoming, entry)
    dossier = incoming.uow.dossiers.get(entry["dossier_id"])
    if dossier is not None:
        incoming.uow.dossiers.update(replace(dossier, given_to=given_to))
    return True


def _message(incoming: Incoming, entry: Entry) -> bool:
    keep_message(incoming.uow, str(entry["change_id"]), entry["data"], day_of(incoming.now))
    return _kept(incoming, entry)


def _outcome(incoming: Incoming, entry: Entry) -> bool:
    take_answer(incoming.uow, entry["data"]["result"])
    return _kept(incoming, entry)


def _blob(incoming: Incoming, entry: Entry) -> bool:
    """The province has looked at a file; one that it can't use needs a person."""
    state = VERIFIED if entry["kind"] == "blob.verified" else ATTENTION_FILE
    known = incoming.uow.uploads.get(entry["data"]["sha256"])
    if known is not None:
        incoming.uow.uploads.put(replace(known, state=state))
    return _kept(incoming, entry)


def _users(incoming: Incoming, entry: Entry) -> bool:
    """A list that is signed and newer than the last; whoever is locked there is locked here."""
    data = entry["data"]
    if not incoming.signed(data) or data["version"] <= incoming.relation.users_version:
        return False
    until = date.fromisoformat(data["valid_until"]).isoformat()
    take_people(incoming.uow, data["users"])
    incoming.relation = replace(incoming.relation, users_version=data["version"], users_until=until)
    return _kept(incoming, entry, held_people(incoming.uow))


def _revoked(incoming: Incoming, entry: Entry) -> bool:
    """A computer is locked by this or by the next answer; a person at once, or may only read from now on."""
    data = entry["data"]
    if data["subject"] == "device" and data["id"] == incoming.relation.device and data["action"] == "lock":
        incoming.relation = replace(incoming.relation, revoked=True)
    elif data["subject"] == "user":
        take = let_only_read if data["action"] == "read_only" else lock
        take(incoming.uow, data["id"])
    return _kept(incoming, entry, held_people(incoming.uow))


def _catalogue(incoming: Incoming, entry: Entry) -> bool:
    """A version that is not in place yet is fetched when files may have the line."""
    version = str(entry["data"]["version"])
    if version != incoming.relation.catalogue:
        incoming.relation = replace(incoming.relation, catalogue_wanted=version, catalogue_fault="")
    return _kept(incoming, entry)


def _leases(incoming: Incoming, entry: Entry) -> bool:
    leases = checked(entry["data"]["leases"])
    take_leases(incoming.uow, incoming.local, leases, incoming.now)
    incoming.relation = replace(incoming.relation, leases=leases)
    return _kept(incoming, entry)


def take_leases(uow: UnitOfWork, device: str, leases: Sequence[Lease], now: datetime) -> None:
    """Number by the leases of this device from now on (audited where that changes); as :func:`~counter_app.services.line.leases.leased`."""
    key = profile_key(device)
    before = from_stored(uow.settings.get(key) or {})
    after = leased(before, leases, day_of(now))
    if after != before:
        uow.settings.put(key, asdict(after))
        write_audit(uow, now, PROVINCE.user_id, "lease.taken", device, held_profile(device, asdict(after), NUMBERS))


_KINDS: dict[str, Callable[[Incoming, Entry], bool]] = {
    **dict.fromkeys(("dossier.state", "dossier.assigned", "dossier.updated", "dossier.official_code"), _with_record),
    PRINT_REQUESTED: _for_a_person, REASSIGNED: _reassigned, "message": _message,
    **dict.fromkeys(("blob.verified", "blob.rejected"), _blob),
    "op.outcome": _outcome, "users.updated": _users, "access.revoked": _revoked, "lease.updated": _leases,
    "catalogue.available": _catalogue,
}
