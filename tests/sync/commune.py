"""A commune on a bad line: several desks, each real and on its own encrypted file, one province, and everything that can happen to them.

What happens is named here once; :mod:`tests.sync.test_commune` lets hypothesis choose. In the end the line is good, and
:meth:`Commune.comes_to_rest` checks of the contract's invariants all that can be seen from outside.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from counter_app.domain.canonical import envelope
from counter_app.domain.lifecycle import Verb, why_not
from counter_app.domain.moments import VIETNAM
from counter_app.domain.record import national_record
from counter_app.services.acts.hand_overs import HandOverDossiers
from counter_app.services.verifying.service import VerifyService
from counter_app.storage.guard import FileNumberGuard
from tests.builders import CLERK
from tests.province.conformance.desk import Desk as Asker
from tests.province.trial import TrialProvince
from tests.services.killing import Wrapped, killed
from tests.sync.lines import AGENCY, LONG, Line, outside_bodies
from tests.sync.proxy import BadLine

DEVICES = ("01a205b3-d000-7d57-bbaa-667cf005fbcc", "01a205b3-d000-7d57-bbaa-667cf005fbdd")
ROUNDS = 4
"""Passes of each desk until nothing moves any more: what one sends the other reads."""
PERSONAL = ("Trần", "Ví Dụ", "067190000123", "0900000012")
"""Words of the citizen that every dossier here is of."""
MOVES = {"2": "4", "4": "9"}


@dataclass(frozen=True)
class Slip:
    """What stands on the paper that a citizen took home, and which desk gave it."""

    desk: int
    dossier_id: str
    received_at: datetime
    due_at: datetime


class Seat(Line):
    """One desk of the commune with its own bad line. Its guard lies outside what is restored."""

    def __init__(self, folder, device, line, *, made=True, guard=None):
        self.bad_line, self.guard = line, guard or FileNumberGuard(folder.parent / f"guard-{device[-4:]}", device, AGENCY)
        super().__init__(folder, made=made, guard=self.guard, device=device)

    def reopened(self):
        """Return the same desk after its program was started again."""
        self.close()
        again = Seat(self.folder, self.device, self.bad_line, made=False, guard=self.guard)
        again.clock.moment = self.clock.moment
        again.waits = self.waits
        again.client = again.client_over(again.database)
        return again


class Commune:
    """All of it. ``desks`` are numbered; ``printed`` are codes with what stood on their slips."""

    def __init__(self, folder):
        self.folder = folder
        (folder / "province").mkdir()
        self.province = TrialProvince(folder / "province")
        self.lines = [BadLine(self.province.url) for _ in DEVICES]
        self.desks, self.backups, self.printed = [], {}, {}
        self.unheard = []
        """What was published that no desk knows, as long as each goes on in the feed where it was: a fresh one need not tell of it."""
        for number, (device, line) in enumerate(zip(DEVICES, self.lines, strict=True)):
            line.__enter__()
            desk = Seat(folder / f"desk-{number}", device, line)
            desk.enrol(self.province.ticket(), line.url)
            desk.run()
            self.desks.append(desk)
        self._saved, self._was_restored = None, False

    def close(self):
        for desk, line in zip(self.desks, self.lines, strict=True):
            desk.close()
            line.__exit__()
        self.province.close()

    # -- at the desks

    def takes_in(self, number):
        made = self.desks[number].take_in()
        slip = Slip(number, made.dossier_id, made.received_at, made.printed_due_at)
        assert made.code not in self.printed, "a code was given to two dossiers (invariant 14)"
        self.printed[made.code] = slip

    def notes(self, number, which):
        if code := self._some(number, which):
            self.desks[number].note(code)

    def acts_as_a_later_version(self, number, which):
        """Record an op of a type that the contract does not have, with members that nobody knows."""
        desk, code = self.desks[number], self._some(number, which)
        if code and not desk.desk.dossiers.of_code(code, CLERK).given_to:
            with desk.desk.life.acting.transaction(CLERK) as tx:
                facts = {"pages": which, "more": [{"unknown": "chưa có"}]}
                tx.take(code, Verb.NOTE).record(tx.acts[-1].dossier, facts, "dossier.rescanned")

    def hands_over(self, number, which):
        desk, code = self.desks[number], self._some(number, which)
        if code and why_not(desk.desk.dossiers.of_code(code, CLERK), Verb.HAND_OVER) is None:
            desk.desk.life.hand_overs.hand_over(HandOverDossiers((code,), "Tư pháp", "Trần Văn Mẫu"), CLERK)

    def files(self, number, which):
        desk, code = self.desks[number], self._some(number, which)
        if code:
            desk.file(desk.desk.dossiers.of_code(code, CLERK), bytes(range(256)) * (9 + which % 7))

    def _some(self, number, which):
        return self._known(self.desks[number], which)

    def _known(self, desk, which):
        """Return the code of one of the dossiers that a desk knows, empty for none."""
        with desk.database.read() as uow:
            codes = [code for code, slip in sorted(self.printed.items()) if uow.dossiers.get(slip.dossier_id)]
        return codes[which % len(codes)] if codes else ""

    def clock_moves(self, number, days):
        self.desks[number].clock.moment = datetime.now(VIETNAM).replace(hour=9, microsecond=0) + timedelta(days=days)

    # -- the line

    def trouble(self, number, faults):
        self.lines[number].plan = list(faults)

    def sends(self, number):
        self.desks[number].run()

    # -- accidents

    def starts_again(self, number):
        self.desks[number] = self.desks[number].reopened()

    def is_killed(self, number, step):
        """The power fails during a pass."""
        desk = self.desks[number]
        desk.close()

        def opened(bomb):
            again = Seat(desk.folder, desk.device, desk.bad_line, made=False, guard=desk.guard)
            return again.client_over(Wrapped(again.database, bomb))

        killed(opened, lambda client: client.run(LONG), step)
        self.desks[number] = desk.reopened()

    def is_backed_up(self, number):
        desk = self.desks[number]
        desk.close()
        self.backups[number] = shutil.copy(desk.folder / "desk.db", self.folder / f"backup-{number}.db")
        self.desks[number] = desk.reopened()

    def is_restored(self, number):
        """The disk is lost, and an old backup takes its place; the guard was elsewhere."""
        if number not in self.backups:
            return
        desk = self.desks[number]
        desk.close()
        for rest in desk.folder.glob("desk.db*"):
            rest.unlink()
        shutil.copy(self.backups[number], desk.folder / "desk.db")
        self.desks[number] = desk.reopened()

    def has_a_twin(self, number, which):
        """Somebody copied the computer; the copy writes a note, sends it, and is found and switched off."""
        desk = self.desks[number]
        desk.close()
        place, guard = self.folder / f"twin-{number}", self.folder / f"twin-guard-{number}"
        for folder, copied in ((desk.folder, place), (desk.guard._folder, guard)):
            shutil.rmtree(copied, ignore_errors=True)
            shutil.copytree(folder, copied)
        twin = Seat(place, desk.device, desk.bad_line, made=False, guard=FileNumberGuard(guard, desk.device, AGENCY))
        self.desks[number] = desk.reopened()
        if code := self._known(twin, which):
            twin.note(code)
            twin.run()
        twin.close()

    # -- the province

    def province_acts(self, what, which):
        dossiers = sorted(self.province.state()["dossiers"], key=lambda each: each["dossier_id"])
        if what == "assign":
            self.province.do("assign", agency=AGENCY, record={"ChuHoSo": "Lê Văn Mẫu"})
        elif what == "unheard":
            if not self._was_restored:
                self.unheard.append(which)
            self.province.do("publish_raw", agency=AGENCY, kind="dossier.rescanned", data={"pages": which})
        elif dossiers:
            one = dossiers[which % len(dossiers)]
            if what == "change":
                self.province.do("change", agency=AGENCY, dossier_id=one["dossier_id"], members={"GhiChu": f"Ghi chú {which}"})
            elif one["status"] in MOVES:
                self.province.do("move", agency=AGENCY, dossier_id=one["dossier_id"], to=MOVES[one["status"]])

    def province_starts_again(self):
        self.province.restart()

    def province_is_backed_up(self):
        self._saved = self.province.backup()

    def province_is_restored(self):
        """The province loses its disk; what its people did since the backup is lost, what desks did is not."""
        if self._saved is not None:
            self.unheard, self._was_restored = [], True
            self.province.restore(self._saved)

    # -- what must hold

    def pretends_nothing(self):
        """What a desk shows as held by the province is there (invariant 21), however much else is still under way.

        A province that lost its disk has lost what it held: then only the end tells.
        """
        if self._saved is not None:
            return
        there = self.journal()
        for desk in self.desks:
            for op, state in desk.ops():
                assert state not in ("province_has", "attention") or op["op_id"] in there

    def comes_to_rest(self):
        """With a good line, and each desk at work, both sides hold the same, and every invariant holds that can be seen from here."""
        for number, line in enumerate(self.lines):
            line.plan = []
            self.notes(number, 0)  # only a desk that has something to say learns that it has a twin, or is an old copy
        for _ in range(ROUNDS):
            told = [desk.run() for desk in self.desks]
        assert [(each.contact, each.pending, each.files) for each in told] == [(True, 0, 0)] * len(told), [each.troubles for each in told]
        there = self.journal()
        for desk in self.desks:
            self._holds_the_same(desk, there)
            self._knows_all_dossiers(desk)
            self._keeps_its_slips(desk)
            self._keeps_what_it_does_not_know(desk)
            assert max(desk.waits, default=0) <= 900, "invariant 27"
        self._feed_is_sound()
        self._leases_are_apart()
        for line in self.lines:
            self._nothing_personal_outside_bodies(line)

    def journal(self):
        """Return what the province has recorded, op by op: the places of each, as they were sent."""
        asker, found = self._asker(), {}
        for lane in self.province.state()["lanes"]:
            first = 1
            while first <= lane["acked_through"]:
                ops = asker.get("/ops", device=lane["device"], epoch=lane["epoch"], from_seq=first, limit=500)["ops"]
                assert [op["seq"] for op in ops] == list(range(first, first + len(ops))), "a gap (invariant 4)"
                for op in ops:
                    found.setdefault(op["op_id"], []).append(op)
                first += len(ops)
        return found

    def _asker(self):
        asker = Asker(self.province.ticket())
        asker.enrol()
        return asker

    def _holds_the_same(self, desk, there):
        """Invariants 1, 2, 5, 22: nothing lost, nothing in between, what is told of each op is what was sent."""
        with desk.database.read() as uow:
            lanes = uow.events.lanes(desk.device)
            own = [event for epoch, last in lanes.items() for event in uow.events.of_lane(desk.device, epoch, 1, max(last, 1))]
            states = uow.events.states([event.op_id for event in own])
        assert set(states.values()) <= {"province_has", "attention"}, states
        for event in own:
            assert _text(envelope(event)) in map(_text, there[event.op_id]), "changed on the way"
        theirs = {op_id for op_id, places in there.items() if places[0]["device"] == desk.device}
        assert theirs <= states.keys() | {event.op_id for event in _everything(desk)}, "the province has what this desk never wrote"
        assert desk.client.reconcile().match
        found = VerifyService(desk.database).run().differences
        assert [each for each in found if each.what != "papers"] == [], "scans are put in here without their line in the register"

    def _knows_all_dossiers(self, desk):
        """What the province holds stands on every desk of the commune, at the same revision, with the same status; and its record, which is
        what it sends on, has that status and no other (invariant 23).

        Also after the province lost its disk, and a desk the acts that would have brought it back: another that had read of them shows no more
        than the province holds, and says so.
        """
        asker = self._asker()
        for dossier in self.province.state()["dossiers"]:
            (found,) = asker.get(f"/dossiers/{dossier['dossier_id']}")["dossiers"]
            assert found["ho_so"]["TrangThaiHoSo"] == dossier["status"]
            here = desk.dossier(dossier["dossier_id"])
            assert here is not None, dossier
            if "province" not in here.attention:
                assert (here.known_rev, national_record(here)["TrangThaiHoSo"]) == (dossier["rev"], dossier["status"]), dossier

    def _keeps_its_slips(self, desk):
        """Invariant 15: every code ever printed finds its dossier, here and there, and nothing on its slip has changed."""
        asker = self._asker()
        for code, slip in self.printed.items():
            here = desk.dossier(slip.dossier_id)
            if here is not None:
                assert here.received_at == slip.received_at
                assert here.printed_due_at == slip.due_at or self.desks[slip.desk] is not desk
                assert desk.desk.dossiers.of_code(code, CLERK).dossier_id == slip.dossier_id
                assert slip.dossier_id in [each["dossier_id"] for each in asker.get(f"/dossiers/{code}")["dossiers"]]

    def _keeps_what_it_does_not_know(self, desk):
        """Invariant 25: an entry of a kind that no desk knows is kept whole, once; ops of such types are in both journals like any other."""
        told = [event.facts["pages"] for event in _everything(desk) if event.type == "province.dossier.rescanned"]
        assert not Counter(self.unheard) - Counter(told)

    def _feed_is_sound(self):
        """Invariants 1, 11: every entry once, and no op has had its effect twice."""
        entries, _ = self._asker().follow()
        ids = [each["change_id"] for each in entries]
        assert len(ids) == len(set(ids))

    def _leases_are_apart(self):
        """Invariant 16."""
        spans = []
        for desk in self.desks:
            with desk.database.read() as uow:
                leases = uow.settings.get(f"province/{desk.device}")["leases"]
            for lease in leases:
                ranges = [lease["normal"], *lease["recovery"]] if lease["normal"] else []
                spans += [(each["from"], each["to"], desk.device) for each in ranges]
        for first, last, device in spans:
            assert all(other == device or until < first or since > last for since, until, other in spans)

    @staticmethod
    def _nothing_personal_outside_bodies(line):
        """Invariant 24."""
        for _, path, headers, _ in line.seen:
            assert not any(word in outside_bodies(path, headers) for word in PERSONAL)


def _everything(desk):
    with desk.database.read() as uow:
        return list(uow.events.everything())


def _text(op):
    return json.dumps(op, sort_keys=True)
