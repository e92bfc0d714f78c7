"""A small world for the numbering: computers with guards, databases with backups, clerks, crashes and clocks, all in memory.

The service and the decision are the real ones. The world remembers every code that was ever bound to a dossier and raises
:class:`TwiceError` when one comes again. Nobody in it may look at that memory but two, and these are all it takes for granted: the head,
who finds the newest slip of the counter on paper, and the province, which grants a recovery range of a day once. Clocks go as they like.
"""

import itertools
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from counter_app.domain.errors import RuleBrokenError, SurroundingsError
from counter_app.domain.events import ZERO_HASH
from counter_app.domain.moments import day_of, local
from counter_app.domain.numbering import NORMAL_SERIES
from counter_app.domain.people import Actor, Role
from counter_app.services.desk.settings import DeskProfile, EpochReason
from counter_app.services.numbering.service import NumberingService

HEAD = Actor("u-0001", Role.ADMINISTRATOR)
AGENCY = "H99.10.05"
STEPS = ("taken", "written", "committed", "settled")
KILLS = (None, None, None, 0, 1, 2)


class TwiceError(Exception):
    """A code was bound to a second dossier."""


class Crash(BaseException):
    """The process was killed; nothing may catch this."""


class MemoryDisk:
    """One computer's guard, as it would be read back. ``pending`` undoes what no fsync has followed yet.

    ``kill_in``: the process is killed before that many more writes (0: the next one) are on the disk.
    """

    def __init__(self):
        self.wipe()

    def wipe(self):
        self.is_new, self.epoch, self.suspect_through, self.last_settled = True, "", None, None
        self.taken, self.settled_marks, self.pending, self.forgot = {}, {}, [], False
        self.open_ended, self.kill_in = False, None

    def power_cut(self):
        while self.pending:
            marks, key, before, self.last_settled = self.pending.pop()
            self.forgot = True
            if before is None:
                del marks[key]
            else:
                marks[key] = before

    @contextmanager
    def hold(self):
        yield self

    def _sync(self):
        """Bring everything to the disk, or die before."""
        if self.kill_in == 0:
            raise Crash
        self.kill_in = self.kill_in and self.kill_in - 1
        self.pending = []

    def _later(self, marks, key):
        """Write without an fsync."""
        self.pending.append((marks, key, marks.get(key), self.last_settled))

    def begin(self, epoch, suspect_through, *, open_ended=False):
        self._sync()
        self.is_new, self.epoch, self.last_settled = False, epoch, None
        self.open_ended = self.open_ended or open_ended
        self.suspect_through = max(filter(None, (suspect_through, self.suspect_through)), default=None)

    def vouch(self, day):
        if self.open_ended:
            self._sync()
            self.open_ended, self.suspect_through = False, max(day, self.suspect_through or day)

    def high_water(self, day, series):
        return self.taken.get((day, series))

    def settled(self, day, series):
        return self.settled_marks.get((day, series))

    def loose_ends(self):
        return [key for key in self.taken if self.last_settled is None or self.taken[key] > (self.settled_marks.get(key) or 0)]

    def advance(self, day, series, serial):
        assert serial >= self.taken.get((day, series), 0), "a guard never goes back"
        self._sync()
        self.taken[day, series] = serial

    def settle(self, day, series, serial):
        self._later(self.settled_marks, (day, series))
        self.settled_marks[day, series], self.last_settled = serial, (day, series, serial)


class MemoryDatabase:
    """Numbers, codes and profile; a write is staged and put in place by its commit."""

    def __init__(self, profile):
        self.profile, self.numbers, self.codes, self.latest = profile, {}, set(), None

    def copy(self):
        twin = MemoryDatabase(self.profile)
        twin.numbers = {key: dict(known) for key, known in self.numbers.items()}
        twin.codes, twin.latest = set(self.codes), self.latest
        return twin

    def read(self):
        return MemoryUnit(self)

    write = read


class MemoryUnit:
    """One transaction; plays the repositories that numbering needs itself."""

    def __init__(self, database):
        self.database, self.staged = database, []
        self.numbers = self.dossiers = self.audit = self.users = self.settings = self

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def highest(self, device, day, series):
        return max(self.database.numbers.get((device, day, series), ()), default=None) if (device, day, series) in self.database.numbers else None

    def last_day(self, device):
        return self.database.latest

    def code_exists(self, code):
        return code in self.database.codes

    def add(self, number):
        self.staged.append(number)

    def is_closed(self, user_id):
        return user_id != HEAD.user_id

    def get(self, key):
        return None

    def head(self):
        return 0, ZERO_HASH

    def append(self, entry):
        assert entry.hash

    def commit(self):
        store = self.database
        for number in self.staged:
            known = store.numbers.setdefault((number.device, number.day, number.series), {})
            if number.serial in known:
                raise TwiceError(number.code)
            known[number.serial] = number
            store.latest = max(number.day, store.latest or number.day)
            if number.dossier_id:
                store.codes.add(number.code)


class MemorySettings:
    """The profile, kept in the database it belongs to."""

    def __init__(self, desk):
        self.desk = desk

    def profile(self):
        return self.desk.database.profile

    def begin_epoch(self, epoch, why):
        assert why in EpochReason
        self.desk.database.profile = replace(self.desk.database.profile, epoch=epoch, guarded=True)

    def note_guard(self):
        self.desk.database.profile = replace(self.desk.database.profile, guarded=True)


@dataclass
class Desk:
    """One counter. ``database`` and ``disk`` change when it is restored or moved; the device stays."""

    world: "World"
    database: MemoryDatabase
    disk: MemoryDisk
    backups: list = field(default_factory=list)
    other_copy: MemoryDatabase | None = None
    granted: dict = field(default_factory=dict)
    """The computers that the province granted a recovery range of a day to, first to last."""

    @property
    def device(self):
        return self.database.profile.device

    @property
    def service(self):
        """A process that was just started: it remembers nothing."""
        return self.world.service_class(self.disk, self.database, MemorySettings(self), self.world, self.world.new_epoch)


class World:
    """Counters of one agency, one wall clock, and the truth."""

    def __init__(self, service_class=NumberingService, *, fresh_epochs=True, disk_class=MemoryDisk):
        self.service_class, self.disk_class = service_class, disk_class
        self.moment = local(2026, 11, 23, 8)
        self.bound, self.used_days = {}, {}
        self.issued = self.refused = self.explained = self.vouched = self.lagging = 0
        self.by_key = {}
        self.unsettled = set()
        """Codes whose process was killed after the commit and before the guard was told: printed by nobody, and no run can know more."""
        self._epochs = itertools.count(0x1000)
        self._fresh = fresh_epochs
        self._dossiers = itertools.count(1)
        self.desks = []

    def now(self):
        return self.moment

    def new_epoch(self):
        return f"{next(self._epochs) if self._fresh else 0:04x}" + "0" * 12

    def open_desk(self, number, **wishes):
        device = f"0000000{number}"
        desk = Desk(self, MemoryDatabase(DeskProfile("Xã Ví Dụ", "Tỉnh Ví Dụ", AGENCY, str(number), device, self.new_epoch(), **wishes)), self.disk_class())
        desk.service.begin(self.moment)
        self.desks.append(desk)
        return desk

    def issue(self, desk, count=1, *, kill_at=None, power=False):
        """Receive ``count`` dossiers; the process is killed at a step of the last one, the power with it if so wished."""
        service = desk.service
        for index in range(count):
            try:
                self._receive(desk, service, kill_at if index == count - 1 else None)
            except SurroundingsError:
                self.refused += 1
                return
            except Crash:
                if power:
                    desk.disk.power_cut()
                return

    def _receive(self, desk, service, kill_at):
        at = iter(STEPS)

        def step():
            if next(at) == kill_at:
                raise Crash

        with service.take(self.moment) as issued:
            self.issued += 1
            step()
            uow = desk.database.write()
            service.record(uow, issued, f"d{next(self._dossiers)}")
            step()
            uow.commit()
            self._bind(desk, issued)
            self.unsettled.add(issued.code)
            step()
        self.unsettled.discard(issued.code)
        step()

    def _bind(self, desk, issued):
        if issued.code in self.bound:
            raise TwiceError(issued.code)
        self.bound[issued.code] = desk.device
        key = desk.device, issued.day, issued.series
        self.by_key[key] = max(issued.serial, self.by_key.get(key, 0))
        self.used_days[desk.device] = max(issued.day, self.used_days.get(desk.device, date.min))
        self._check_gaps(desk, key, issued)

    def _check_gaps(self, desk, key, issued):
        """Every serial up to this one stands in the register, and one called a crash was never bound."""
        known = desk.database.numbers[key]
        assert len(known) == issued.serial - self._first(desk, issued.series) + 1
        for (day, series), taken in desk.disk.taken.items():
            register = desk.database.numbers.get((desk.device, day, series), {})
            assert len(register) > taken - self._first(desk, series), "a gap of an earlier day is explained with the next number"
        for burned in issued.burned:
            self.explained += 1
            assert burned.reason in ("crash", "lost")
            assert burned.reason == "lost" or burned.code not in self.bound or burned.code in self.unsettled or desk.disk.forgot

    @staticmethod
    def _first(desk, series):
        if series == NORMAL_SERIES:
            return desk.database.profile.serial_first
        return desk.database.profile.recovery_ranges[int(series[-1]) - 1][0] if series.startswith("recovery") else 1

    def back_up(self, desk):
        desk.backups = [*desk.backups[-4:], desk.database.copy()]

    def restore(self, desk, which, *, kill_in=None):
        if desk.backups:
            desk.database = desk.backups[which % len(desk.backups)].copy()
            self._killed(desk, kill_in, desk.service.begin, self.moment)

    def use_other_copy(self, desk, *, kill_in=None):
        """Go on with the other copy of the database on the same computer; the first time it is made."""
        desk.database, desk.other_copy = desk.other_copy or desk.database.copy(), desk.database
        self._killed(desk, kill_in, desk.service.begin, self.moment)

    def lose_guard(self, desk, *, kill_in=None):
        """The computer dies and another one takes its place, its clock right or wrong."""
        desk.disk = self.disk_class()
        desk.disk.forgot = True
        self._killed(desk, kill_in, desk.service.begin, self.moment)

    @staticmethod
    def _killed(desk, kill_in, act, *arguments):
        """Let a process do something and perhaps be killed meanwhile; tell whether it came to its end."""
        desk.disk.kill_in = kill_in
        try:
            act(*arguments)
        except Crash:
            return False
        finally:
            desk.disk.kill_in = None
        return True

    def vouch(self, desk, *, kill_in=None):
        """The head enters date and highest serial on the newest slips of the counter; today and 0 where none was ever printed."""
        if not desk.service.standing().suspect:
            return
        day = self._newest(desk)
        key = desk.device, day, NORMAL_SERIES
        shown = desk.disk.high_water(day, NORMAL_SERIES) or 0, *desk.database.numbers.get(key, ())
        self._say(desk, kill_in, desk.service.confirm_last, day, max(self.by_key.get(key, 0), *shown))

    def grant_recovery(self, desk, *, kill_in=None):
        """The province grants this computer the recovery range of the day that comes next, up to the fourth."""
        if not desk.service.standing().suspect:
            return
        today = day_of(self.moment)
        disks = desk.granted.setdefault(today, [])
        if desk.disk not in disks and len(disks) < len(desk.database.profile.recovery_ranges):
            disks.append(desk.disk)
        if desk.disk in disks:
            self._say(desk, kill_in, desk.service.allow_recovery, disks.index(desk.disk) + 1, self._newest(desk))

    def _newest(self, desk):
        """Return the date on the newest slip, or a later day that the screen names: some number of it was burned."""
        today = day_of(self.moment)
        shown = desk.database.latest
        return max(self.used_days.get(desk.device, today), shown if shown and shown <= today else date.min)

    def _say(self, desk, kill_in, word, *told):
        """Give somebody's word to the desk; a clock that lags behind the slips is left to whoever sets clocks."""
        try:
            self.vouched += self._killed(desk, kill_in, word, *told, HEAD)
        except RuleBrokenError as error:
            if error.code != "DAY_NOT_COME":
                raise
            self.lagging += 1

    def set_clock(self, days):
        self.moment += timedelta(days=days)

    def set_clock_right(self):
        """Somebody sets the clock to the latest day that stands on any slip."""
        self.set_clock((max(self.used_days.values(), default=day_of(self.moment)) - day_of(self.moment)).days)


def act(world, desk, action, rng, most):
    """Let one thing happen, named by ``action``; at ``most`` so many dossiers are received."""
    if action == "issue":
        world.issue(desk, rng.randint(1, most))
    elif action == "crash":
        world.issue(desk, rng.randint(1, 5), kill_at=rng.choice(STEPS), power=rng.random() < 0.3)
    elif action == "clock":
        world.set_clock(rng.choice((1, 1, 1, 1, -1, 2, -2, 0, 30, -30)))
    elif action == "right_clock":
        world.set_clock_right()
    elif action == "back_up":
        world.back_up(desk)
    elif action == "restore":
        world.restore(desk, rng.randint(0, 4), kill_in=rng.choice(KILLS))
    else:
        {"lose_guard": world.lose_guard, "copy": world.use_other_copy, "vouch": world.vouch, "recovery": world.grant_recovery}[action](
            desk, kill_in=rng.choice(KILLS))


ACTIONS = ("issue", "issue", "issue", "issue", "crash", "crash", "back_up", "restore", "clock", "clock", "right_clock", "lose_guard", "vouch",
           "vouch", "recovery", "copy")


def live(world, rng, actions, *, most=300):
    """Let a number of random things happen at four counters with ranges of their own, of all kinds."""
    world.open_desk(1, serial_first=1, serial_last=599, recovery_ranges=((600, 649), (650, 699), (700, 749), (750, 799)))
    world.open_desk(2, serial_first=2000, serial_last=2999, provisional_fallback=True)
    world.open_desk(3, serial_first=3000, serial_last=8999, recovery_ranges=((9000, 9499), (9500, 9999)))
    world.open_desk(4, provisional=True)
    for _ in range(actions):
        act(world, rng.choice(world.desks), rng.choice(ACTIONS), rng, most)
    return world
