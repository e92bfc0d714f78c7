"""In-memory doubles of the ports: a database whose transactions roll back, a clock that is set by hand, a printer that prints words."""

from __future__ import annotations

import copy
import hashlib
import json
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta

from counter_app.domain.archive import later_columns
from counter_app.domain.canonical import read_envelope
from counter_app.domain.digitised import completeness
from counter_app.domain.dossier import CLOSED, BookPlace, Dossier, DossierRow, Status
from counter_app.domain.errors import broken, failed
from counter_app.domain.events import ZERO_HASH
from counter_app.domain.masking import mask_id
from counter_app.domain.moments import day_of, local
from counter_app.domain.registers import BookLine, BookVolume
from counter_app.domain.scan_words import asks_scans
from counter_app.domain.text import fold, matches
from counter_app.services.ports import DayCount, ListFilter, SearchResult, StoreFacts
from counter_app.services.repositories.core import Delivery, PlacedOp
from tests.fakes_certification import FakeCertifications
from tests.fakes_line import FakeLine
from tests.fakes_money import FakePayments
from tests.fakes_people import FakeComplaints, FakeMessages, FakeTypingTasks
from tests.fakes_reports import FakeReports
from tests.fakes_scanning import FakeBatches, FakeDigitalPapers, FakePageWords, FakeStoredFiles

FAR = local(2089, 1, 1)


class FakeClock:
    """A clock set by hand; ``step`` is how far it goes on by itself at each look."""

    def __init__(self, now=None, step=timedelta(0)):
        self.moment = now or local(2026, 11, 20, 9, 42)
        self.step = step
        self.up = 1000.0

    def now(self):
        self.moment += self.step
        return self.moment

    def uptime(self):
        return self.up

    def forward(self, **by):
        self.moment += timedelta(**by)
        self.up += timedelta(**by).total_seconds()


@dataclass
class State:
    """Everything stored. Values are immutable, so a copy of the containers is a snapshot."""

    settings: dict = field(default_factory=dict)
    users: dict = field(default_factory=dict)
    infos: dict = field(default_factory=dict)
    procedures: dict = field(default_factory=dict)
    overrides: list = field(default_factory=list)
    calendars: list = field(default_factory=list)
    dossiers: dict = field(default_factory=dict)
    events: list = field(default_factory=list)
    outbox: dict = field(default_factory=dict)
    places: list = field(default_factory=list)
    results: dict = field(default_factory=dict)
    audit: list = field(default_factory=list)
    volumes: dict = field(default_factory=dict)
    lines: dict = field(default_factory=dict)
    numbers: list = field(default_factory=list)
    prints: list = field(default_factory=list)
    jobs: dict = field(default_factory=dict)
    drafts: dict = field(default_factory=dict)
    certifications: dict = field(default_factory=dict)
    payments: dict = field(default_factory=dict)
    frozen: dict = field(default_factory=dict)
    report_complaints: list = field(default_factory=list)
    counts: dict = field(default_factory=dict)
    messages: dict = field(default_factory=dict)
    complaints: dict = field(default_factory=dict)
    typing_tasks: dict = field(default_factory=dict)
    stored_files: dict = field(default_factory=dict)
    papers: dict = field(default_factory=dict)
    uploads: dict = field(default_factory=dict)
    passes: dict = field(default_factory=dict)
    batches: dict = field(default_factory=dict)
    page_words: dict = field(default_factory=dict)
    readings: dict = field(default_factory=dict)

    def snapshot(self):
        return State(**{name: copy.copy(value) for name, value in vars(self).items()})


class FakeDatabase:
    """``before_commit`` and ``fault`` let a test break in: the first is called with the unit, the second is raised by the next commit."""

    def __init__(self):
        self.state = State()
        self.fault = None
        self.before_commit = None
        self.writes = 0
        self.open_write = None

    def write(self):
        return FakeUnit(self, writing=True)

    def read(self):
        return FakeUnit(self, writing=False)

    def examine(self):
        pass

    def facts(self):
        return StoreFacts("sqlite", "3.50.0", "0012", 4096, {"dossier": len(self.state.dossiers), "audit": len(self.state.audit)})

    def close(self):
        pass


class FakeUnit:
    """One transaction over a copy of the state; only a commit puts the copy in place."""

    def __init__(self, database, *, writing):
        self._database = database
        self._writing = writing

    def __enter__(self):
        if self._writing:
            if self._database.open_write is not None:
                raise failed("DATABASE_LOCKED")
            self._database.open_write = self
        self.state = state = self._database.state.snapshot() if self._writing else self._database.state
        self.settings, self.users = FakeSettings(state), FakeUsers(state)
        self.catalogue, self.calendar = FakeCatalogue(state), FakeCalendar(state)
        self.dossiers, self.events, self.outbox = FakeDossiers(state), FakeEvents(state), FakeOutbox(state)
        self.audit, self.logbooks, self.numbers = FakeAudit(state), FakeLogbooks(state), FakeNumbers(state)
        self.prints, self.drafts = FakePrints(state), FakeDrafts(state)
        self.certifications = FakeCertifications(state)
        self.payments = FakePayments(state)
        self.messages, self.complaints = FakeMessages(state.messages), FakeComplaints(state.complaints)
        self.typing_tasks = FakeTypingTasks(state.typing_tasks)
        self.reports = FakeReports(state, fake_row)
        self.uploads = FakeUploads(state)
        self.line = FakeLine(state)
        self.files, self.papers, self.batches = FakeStoredFiles(state.stored_files), FakeDigitalPapers(state.papers), FakeBatches(state.batches)
        self.page_words = FakePageWords(state)
        return self

    def __exit__(self, kind, error, trace):
        if self._writing:
            self._database.open_write = None

    @contextmanager
    def part(self):
        before = self.state.snapshot()
        try:
            yield
        except BaseException:
            for name, kept in vars(before).items():
                there = getattr(self.state, name)
                there.clear()
                (there.extend if isinstance(there, list) else there.update)(kept)
            raise

    def commit(self):
        assert self._writing, "a unit for reading was committed"
        if self._database.before_commit:
            self._database.before_commit(self)
        if self._database.fault:
            fault, self._database.fault = self._database.fault, None
            raise fault
        self._database.state = self.state
        self._database.writes += 1


class _Store:
    def __init__(self, state):
        self.state = state


class FakeSettings(_Store):
    def get(self, key):
        stored = self.state.settings.get(key)
        return None if stored is None else json.loads(stored)

    def put(self, key, value):
        self.state.settings[key] = json.dumps(value)

    def all(self):
        return {key: json.loads(value) for key, value in self.state.settings.items()}


class FakeUsers(_Store):
    def add(self, user):
        self.state.users[user.user_id] = user

    update = add

    def get(self, user_id):
        return self.state.users.get(user_id)

    def is_closed(self, user_id):
        user = self.get(user_id)
        return user is not None and user.disabled

    def by_login(self, login):
        return next((user for user in self.state.users.values() if user.login == login), None)

    def all(self):
        return list(self.state.users.values())


class FakeCatalogue(_Store):
    def add(self, info, procedures):
        self.state.infos[info.version] = info
        self.state.procedures[info.version] = list(procedures)

    def activate(self, version, active_from):
        self.state.infos[version] = replace(self.state.infos[version], active_from=active_from)

    def infos(self):
        return list(self.state.infos.values())

    def procedures(self, catalogue_version):
        return list(self.state.procedures.get(catalogue_version, ()))

    def version(self, version_id):
        return next((p for versions in self.state.procedures.values() for p in versions if p.version_id == version_id), None)

    def add_override(self, override):
        self.state.overrides.append(override)

    def overrides(self):
        return list(self.state.overrides)


class FakeCalendar(_Store):
    def add(self, version, document, imported_at):
        self.state.calendars.append(document)

    def newest(self):
        return self.state.calendars[-1] if self.state.calendars else None


def searchable(dossier):
    person = dossier.applicant
    parts = [code.code for code in dossier.codes] + [dossier.procedure_name, dossier.procedure_code, person.full_name, person.id_number]
    return fold(" ".join([*parts, person.phone, person.phone.replace(" ", ""), person.address]))


def fake_row(dossier, sync_state="saved"):
    return DossierRow(
        dossier.dossier_id, dossier.code, dossier.procedure_code, dossier.procedure_name, dossier.applicant.full_name,
        mask_id(dossier.applicant.id_number), dossier.applicant.phone, dossier.received_at, dossier.due_at, dossier.status, dossier.delivery,
        dossier.supplement_open_since is not None, dossier.finished_at, dossier.returned_at, sync_state, len(dossier.documents),
        dossier.place, dossier.fee_total_vnd, lacks_scans=lacks_scans(dossier),
    )


def _running(dossier):
    return dossier.status in (Status.RECEIVED, Status.PROCESSING, Status.AWAITING_PAYMENT)


def in_list(dossier, which, at):
    """Tell whether a dossier stands in a list; what runs can be late, what has a result or waits for papers can't."""
    due, day_start = dossier.due_at, local(*day_of(at.now).timetuple()[:3])
    ready, waiting = dossier.status is Status.RESULT_READY, dossier.supplement_open_since is not None
    return {
        ListFilter.ALL: True,
        ListFilter.DUE_TODAY: bool(due and day_start <= due <= at.today_end and not waiting and (_running(dossier) or ready)),
        ListFilter.DUE_SOON: bool(due and at.today_end < due <= at.soon_end and _running(dossier) and not waiting),
        ListFilter.OVERDUE: bool(due and due < day_start and _running(dossier) and not waiting),
        ListFilter.RESULT_WAITING: ready,
        ListFilter.SUPPLEMENT_OPEN: waiting,
        ListFilter.SUPPLEMENT_LATE: bool(dossier.papers_until and dossier.papers_until < day_start),
        ListFilter.ATTENTION: bool(dossier.attention),
        ListFilter.ASSIGNED: bool(dossier.holder) and dossier.status not in CLOSED,
        ListFilter.RECEIVED_TODAY: day_start <= dossier.received_at <= at.today_end and dossier.status is not Status.SUBMITTED_ONLINE,
        ListFilter.RETURNED: dossier.returned_at is not None,
        ListFilter.NOT_DIGITISED: lacks_scans(dossier),
        ListFilter.ONLINE_NEW: dossier.status is Status.SUBMITTED_ONLINE and not dossier.given_to,
    }[which]


def lacks_scans(dossier):
    """Tell whether a dossier that is here has papers, or a result, without a file."""
    if dossier.status in CLOSED or dossier.status is Status.SUBMITTED_ONLINE or not dossier.documents:
        return False
    far = completeness(dossier)
    return not far.components or (dossier.status is Status.RESULT_READY and not far.results)


class FakeDossiers(_Store):
    def add(self, dossier):
        assert dossier.dossier_id not in self.state.dossiers
        self.state.dossiers[dossier.dossier_id] = dossier

    def add_many(self, dossiers):
        before = len(self.state.dossiers)
        for dossier in dossiers:
            self.add(dossier)
        return len(self.state.dossiers) - before

    def update(self, dossier):
        assert dossier.dossier_id in self.state.dossiers
        self.state.dossiers[dossier.dossier_id] = dossier

    def soundness(self):
        yield from ((dossier.code, True) for dossier in self.state.dossiers.values())

    def get(self, dossier_id):
        return self.state.dossiers.get(dossier_id)

    def by_code(self, code):
        return [d for d in self.state.dossiers.values() if code in {name.code for name in d.codes}]

    def code_exists(self, code):
        return bool(self.by_code(code))

    def known_codes(self, codes):
        return {code for code in codes if self.code_exists(code)}

    def _list(self, which, at):
        found = [d for d in self.state.dossiers.values() if in_list(d, which, at)]
        newest = which in (ListFilter.ALL, ListFilter.RECEIVED_TODAY, ListFilter.RETURNED)
        if newest:
            return sorted(found, key=lambda d: (d.received_at, d.code), reverse=True)
        return sorted(found, key=lambda d: (d.due_at or FAR, d.code))

    def rows(self, which, at, *, limit, offset=0):
        return [fake_row(d, FakeOutbox(self.state).state_of(d.dossier_id)) for d in self._list(which, at)[offset:offset + limit]]

    def count(self, which, at, *, status=None, delivery=None):
        return sum(status in (None, d.status) and delivery in (None, d.delivery) for d in self._list(which, at))

    def of_person(self, id_number, *, limit):
        found = [d for d in reversed(self.state.dossiers.values()) if id_number and d.applicant.id_number == id_number]
        return sorted(found, key=lambda d: d.received_at, reverse=True)[:limit]

    def refused_between(self, start, end):
        found = [d for d in self.state.dossiers.values()
                 if d.place is None and d.status is Status.NOT_ACCEPTED and d.finished_at and start <= d.finished_at < end]
        yield from sorted(found, key=lambda d: d.finished_at)

    def received_between(self, start, end):
        found = [d for d in self.state.dossiers.values() if start <= d.received_at < end]
        yield from sorted(found, key=lambda d: d.received_at)

    def count_received(self, start, end):
        return len(list(self.received_between(start, end)))

    def finished_between(self, start, end):
        for d in self.state.dossiers.values():
            if d.finished_at and start <= d.finished_at < end:
                yield d.finished_at, d.due_at

    def hours_of_day(self, start, end):
        hours: dict[int, int] = {}
        for dossier in self.received_between(start, end):
            if dossier.status is not Status.SUBMITTED_ONLINE:
                hours[dossier.received_at.hour] = hours.get(dossier.received_at.hour, 0) + 1
        return [DayCount(hour, count) for hour, count in sorted(hours.items())]

    def search(self, words, query, *, limit, in_scans=False):
        found = [d for d in self.state.dossiers.values() if matches(tuple(words), searchable(d))]
        found.sort(key=lambda d: d.received_at, reverse=True)
        seen = {}
        if in_scans and asks_scans(words):
            own = {d.dossier_id for d in found}
            seen = {key: at for key, at in FakePageWords(self.state).seen(words).items() if key not in own}
        shown = [*found, *(self.state.dossiers[key] for key in seen)][:limit]
        return SearchResult(tuple(fake_row(d) for d in shown), len(found) + len(seen), seen=seen)


class FakeEvents(_Store):
    def everything(self):
        yield from self.state.events

    def append(self, event):
        assert event.op_id not in {other.op_id for other in self.state.events[-20:]}
        self.state.events.append(event)

    def append_many(self, events):
        for event in events:
            self.append(event)

    def of_dossier(self, dossier_id):
        return [event for event in self.state.events if event.dossier_id == dossier_id]

    def naming(self, value):
        told = ((event.dossier_id, json.dumps([dict(event.facts), dict(event.ho_so or {})], ensure_ascii=False)) for event in self.state.events)
        return sorted({dossier_id for dossier_id, text in told if dossier_id and f'"{value}"' in text})

    def place(self, op_id, lane):
        self.state.places.append((op_id, lane))

    def placed(self):
        events = {event.op_id: event for event in self.state.events}
        return [self._at(events[op_id], lane) for op_id, lane in self.state.places]

    def lane_head(self, device, epoch):
        lanes = [event.lane for event in self.state.events if event.lane] + [lane for _, lane in self.state.places]
        return max(((lane.seq, lane.hash) for lane in lanes if (lane.device, lane.epoch) == (device, epoch)), default=(0, ZERO_HASH))

    def get(self, op_id):
        return next((event for event in self.state.events if event.op_id == op_id), None)

    def of_lane(self, device, epoch, first, last):
        ours = [each for each in self._standing() if (each.lane.device, each.lane.epoch) == (device, epoch)]
        return sorted((each for each in ours if first <= each.lane.seq <= last), key=lambda each: each.lane.seq)

    def places_of_lane(self, device, epoch, first, last):
        return [PlacedOp(each.op_id, each.lane.seq, each.lane.hash) for each in self.of_lane(device, epoch, first, last)]

    def lanes(self, device):
        lasts = {}
        for each in self._standing():
            if each.lane.device == device:
                lasts[each.lane.epoch] = max(each.lane.seq, lasts.get(each.lane.epoch, 0))
        return lasts

    def _standing(self):
        """Return every op with the place that it has now."""
        places = dict(self.state.places)
        found = [(each, places.get(each.op_id, each.lane)) for each in self.state.events]
        return [self._at(each, lane) for each, lane in found if lane]

    def _at(self, event, lane):
        return replace(read_envelope(event.facts["op"]) if event.type == "province.read_back" else event, lane=lane)

    def states(self, op_ids):
        return {op_id: self.state.outbox.get(op_id, ("saved", None))[0] for op_id in op_ids}


class FakeOutbox(_Store):
    def add(self, op_id, dossier_id):
        self.state.outbox[op_id] = ("saved", dossier_id)

    def counts(self):
        states = [state for state, _ in self.state.outbox.values()]
        return {state: states.count(state) for state in ("saved", "sending", "province_has", "attention")}

    def due(self, device, epoch, limit):
        ours = FakeEvents(self.state).of_lane(device, epoch, 1, 1 << 53)
        unsent = {each.op_id for each in self._unsent()}
        return [each for each in ours if each.op_id in unsent][:limit]

    def oldest(self):
        return next((each.occurred_at for each in self._unsent()), None)

    def _unsent(self):
        unsent = {op_id for op_id, (state, _) in self.state.outbox.items() if state in ("saved", "sending")}
        return [each for each in self.state.events if each.op_id in unsent]

    def sending(self, op_ids):
        for op_id in op_ids:
            self._move(op_id, "sending")

    def settle(self, op_id, state, rev, result):
        if op_id in self.state.outbox:
            self._move(op_id, state)
            self.state.results[op_id] = rev, result

    def again(self, op_id):
        self._move(op_id, "saved")
        self.state.results.pop(op_id, None)

    def of_dossier(self, dossier_id):
        return {each.op_id: each for each in map(self._delivery, self.state.outbox) if each.dossier_id == dossier_id}

    def attention(self):
        return [each for each in map(self._delivery, self.state.outbox) if each.state == "attention"]

    def _delivery(self, op_id):
        state, dossier_id = self.state.outbox[op_id]
        return Delivery(op_id, dossier_id, state, *self.state.results.get(op_id, (None, None)))

    def _move(self, op_id, state):
        if op_id in self.state.outbox:
            self.state.outbox[op_id] = state, self.state.outbox[op_id][1]

    def state_of(self, dossier_id):
        states = {state for state, owner in self.state.outbox.values() if owner == dossier_id}
        return next((state for state in ("attention", "saved", "sending", "province_has") if state in states), "saved")


class FakeUploads(_Store):
    def due(self):
        return None  # files on their way are for the real database

    def waiting(self):
        return []

    def get(self, sha256):
        return self.state.uploads.get(sha256)

    def put(self, value):
        self.state.uploads[value.sha256] = value


class FakeAudit(_Store):
    def head(self):
        return (self.state.audit[-1].seq, self.state.audit[-1].hash) if self.state.audit else (0, ZERO_HASH)

    def append(self, entry):
        self.state.audit.append(entry)

    def about(self, subjects):
        return [entry for entry in self.state.audit if entry.subject in subjects]

    def entries(self, first=1, count=1000):
        return self.state.audit[first - 1:first - 1 + count]


class FakeLogbooks(_Store):
    def books(self):
        return sorted({name for name, _, _ in self.state.volumes})

    def years(self, book):
        return sorted({year for name, year, _ in self.state.volumes if name == book})

    def volumes(self, book, year):
        found = [v for (b, y, _), v in self.state.volumes.items() if (b, y) == (book, year)]
        return sorted((replace(v, lines=len(self._lines(book, year, v.volume))) for v in found), key=lambda v: v.volume)

    def _lines(self, book, year, volume=None):
        return sorted(
            (line for line in self.state.lines.values()
             if (line[0].book, line[0].year) == (book, year) and volume in (None, line[0].volume)), key=lambda line: line[0].ordinal)

    def next_place(self, book, year):
        volumes = self.volumes(book, year)
        if not volumes:
            return BookPlace(book, year, 1, 1)
        if volumes[-1].closed_on is not None:
            raise broken("BOOK_CLOSED", None, book=book, year=year)
        last = max((line[0].ordinal for line in self._lines(book, year)), default=0)
        return BookPlace(book, year, volumes[-1].volume, last + 1)

    def add_line(self, place, dossier_id, on, *, ref=None, content=None):
        if not self.volumes(place.book, place.year):
            self.open_volume(BookVolume(place.book, place.year, 1, "", on, 1))
        assert (place.book, place.year, place.ordinal) not in self.state.lines
        self.state.lines[place.book, place.year, place.ordinal] = (place, dossier_id, on, "", None, ref, content)

    def open_volume(self, volume):
        self.state.volumes[volume.book, volume.year, volume.volume] = volume

    def close_volume(self, book, year, volume, on):
        found = self._lines(book, year, volume)
        key = (book, year, volume)
        volume = self.state.volumes[key]
        self.state.volumes[key] = replace(volume, closed_on=on, last_ordinal=volume.first_ordinal + len(found) - 1)
        return replace(self.state.volumes[key], lines=len(found))

    def _shown(self, line):
        place, dossier_id, _, reason, struck, ref, content = line
        count_id = getattr(self.state.payments.get(ref), "count_id", None)
        if count_id:
            content = content | {"handed_in": day_of(self.state.counts[count_id].at).isoformat()}
        if ref in self.state.papers:
            paper = self.state.papers[ref]
            content = content | later_columns(paper.box, paper.folder, paper.kept_until, paper.archived_on)
        d: Dossier = self.state.dossiers[dossier_id]
        return BookLine(
            place, dossier_id, d.code, d.procedure_name, d.sets, d.applicant.full_name, d.applicant.address, d.applicant.phone, d.handled_by,
            d.received_at, d.due_at, d.returned_at, d.delivery.value, d.handed_back.signed.value if d.handed_back else "", d.note, reason, struck,
            content, ref)

    def lines(self, book, year, volume, *, first, count):
        return [self._shown(line) for line in self._lines(book, year, volume) if line[0].ordinal >= first][:count]

    def all_lines(self, book, year, volume, start, end):
        for line in self._lines(book, year, volume):
            shown = self._shown(line)
            day = day_of(shown.received_at) if book.startswith("dossiers") else line[2]
            if (start is None or start <= day) and (end is None or day <= end):
                yield shown

    def count_lines(self, book, year, volume, start, end):
        return len(list(self.all_lines(book, year, volume, start, end)))

    def standing_line(self, book, dossier_id, ref):
        for place, owner, _, _, struck, about, _ in self.state.lines.values():
            if (place.book, owner, about, struck) == (book, dossier_id, ref, None):
                volume = self.state.volumes[place.book, place.year, place.volume]
                return place if volume.closed_on is None else None
        return None

    def strike(self, place, reason, on):
        key = (place.book, place.year, place.ordinal)
        line = self.state.lines.get(key)
        line = line if line and line[0].volume == place.volume else None
        if line is None or line[4] is not None:
            raise broken("LINE_STRUCK" if line else "LINE_UNKNOWN", None, ordinal=place.ordinal, year=place.year)
        self.state.lines[key] = (*line[:3], reason, on, *line[5:])

    def note_printed(self, book, year, volume, page):
        key = (book, year, volume)
        self.state.volumes[key] = replace(self.state.volumes[key], printed_through=page)


class FakeNumbers(_Store):
    def everything(self):
        yield from self.state.numbers

    def add(self, number):
        assert number.code not in {known.code for known in self.state.numbers}
        self.state.numbers.append(number)

    def highest(self, device, day, series):
        return max((n.serial for n in self.state.numbers if (n.device, n.day, n.series) == (device, day, series)), default=None)

    def burned(self, start, end):
        borne = {code.code for dossier in self.state.dossiers.values() for code in dossier.codes}
        return [n for n in self.state.numbers if n.dossier_id is None and n.code not in borne and start <= n.day <= end]

    def last_day(self, device):
        return max((n.day for n in self.state.numbers if n.device == device), default=None)


class FakePrints(_Store):
    def everything(self):
        yield from (replace(form, pdf=b"") for form in self.state.prints)

    def soundness(self):
        yield from ((form.print_id, hashlib.sha256(form.pdf).hexdigest() == form.sha256) for form in self.state.prints if form.pdf)

    def add(self, form):
        self.state.prints.append(form)

    def first(self, dossier_id, form):
        return next((p for p in self.state.prints if (p.dossier_id, p.form, p.issue) == (dossier_id, form, 1)), None)

    def get(self, print_id):
        return next((p for p in self.state.prints if p.print_id == print_id), None)

    def issues(self, dossier_id, form):
        return sum((p.dossier_id, p.form) == (dossier_id, form) for p in self.state.prints)

    def of_dossier(self, dossier_id):
        return [replace(form, pdf=b"") for form in self.state.prints if form.dossier_id == dossier_id]

    def void(self, print_id, at, reason):
        self.state.prints[:] = [
            replace(form, void_reason=reason, voided_at=at) if form.print_id == print_id else form for form in self.state.prints]

    def add_job(self, job):
        self.state.jobs[job.job_id] = job

    update_job = add_job

    def open_jobs(self):
        return [job for job in self.state.jobs.values() if job.state in ("waiting", "printing", "failed")]


class FakeDrafts(_Store):
    def save(self, draft):
        self.state.drafts[draft.draft_id] = draft

    def get(self, owner, draft_id):
        draft = self.state.drafts.get(draft_id)
        return draft if draft and draft.owner == owner else None

    def of_owner(self, owner, kind):
        return [draft for draft in self.state.drafts.values() if (draft.owner, draft.kind) == (owner, kind)]

    def delete(self, owner, draft_id):
        if self.get(owner, draft_id):
            del self.state.drafts[draft_id]


class FakeFormPrinter:
    """Prints the content itself, so that a test can read what a form says."""

    def receipt(self, content, paper):
        return b"%PDF-fake " + json.dumps({"paper": paper, **content}, ensure_ascii=False, sort_keys=True, default=str).encode()

    form = receipt

    def recovery_sheet(self, content):
        return self.receipt(content, "a4")


class FakeBookPrinter:
    """Keeps what it was asked to print, the lines read out, and writes a stub."""

    def __init__(self):
        self.printed = []

    def pdf(self, book, out):
        self.printed.append(replace(book, before=tuple(book.before), lines=tuple(book.lines)))
        out.write_bytes(b"%PDF-fake book")

    def xlsx(self, book, out):
        self.printed.append(replace(book, before=tuple(book.before), lines=tuple(book.lines)))
        out.write_bytes(b"PK fake book")


class FakeGuard:
    """A number guard in memory; ``fault`` is raised by the next advance."""

    def __init__(self):
        self.is_new, self.epoch, self.suspect_through, self.open_ended, self.last_settled = True, "", None, False, None
        self.taken, self.settled_marks, self.fault = {}, {}, None

    @contextmanager
    def hold(self):
        yield self

    def begin(self, epoch, suspect_through, *, open_ended=False):
        self.is_new, self.epoch, self.last_settled, self.open_ended = False, epoch, None, self.open_ended or open_ended
        self.suspect_through = max(filter(None, (suspect_through, self.suspect_through)), default=None)

    def vouch(self, day):
        if self.open_ended:
            self.open_ended, self.suspect_through = False, max(day, self.suspect_through or day)

    def high_water(self, day, series):
        return self.taken.get((day, series))

    def settled(self, day, series):
        return self.settled_marks.get((day, series))

    def places(self):
        return list(self.taken)

    def loose_ends(self):
        return [key for key in self.taken if self.last_settled is None or self.taken[key] > (self.settled_marks.get(key) or 0)]

    def advance(self, day, series, serial):
        if self.fault:
            fault, self.fault = self.fault, None
            raise fault
        self.taken[day, series] = serial

    def settle(self, day, series, serial):
        self.settled_marks[day, series], self.last_settled = serial, (day, series, serial)
