"""A real desk on an encrypted file, its line to a trial province, and what must hold of both whatever happened in between."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import secrets
from datetime import datetime
from itertools import count

from counter_app.domain.archive import DigitalPaper, StoredFile
from counter_app.domain.canonical import envelope
from counter_app.domain.digitised import FileTarget, PaperState
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.ids import new_id
from counter_app.domain.moments import VIETNAM
from counter_app.security.sealed_files import SealedFolder
from counter_app.services.acts.notes_ratings import AddNote
from counter_app.services.line.lane_numbers import LaneNumbers
from counter_app.services.line.province import Ticket
from counter_app.services.verifying.service import VerifyService
from counter_app.storage import open_database
from counter_app.sync.client import ProvinceClient
from counter_app.sync.device_keys import DeviceKeys
from tests.builders import CLERK, DEVICE, command, fake_desk, prepare, profile
from tests.fakes import FakeClock
from tests.province.conformance.desk import Desk as Asker
from tests.quick import new_database

KEY = bytes(range(32))
SEED = bytes(range(1, 33))
AGENCY = "H36.50.05"
LONG = 600.0
texts = count(1)


class Line:
    """One desk. ``waits`` are the seconds it would have waited; nobody waits in a test."""

    def __init__(self, folder, *, made=True, database=None, guard=None, device=DEVICE):
        self.folder, self.device = folder, device
        self.url = f"sqlite:///{folder / 'desk.db'}"
        if made:
            folder.mkdir(exist_ok=True)
            prepare(new_database(self.url, KEY), profile(agency=AGENCY, device=device)).close()
        self.database = database or open_database(self.url, KEY, backup_dir=None)
        self.clock = FakeClock(datetime.now(VIETNAM).replace(microsecond=0, hour=9))
        self.desk = fake_desk(self.clock, self.database, guard, device=device)
        self.waits = []
        self.store = SealedFolder(folder / "files")
        self.client = self.client_over(self.database)

    def client_over(self, database, share=1.0):
        keys = DeviceKeys(lambda: (SEED, "test"), lambda _place: SEED)
        return ProvinceClient(
            database, self.clock, self.desk.settings, folder=self.folder / "state", keys=keys, procedures=self.procedure,
            numbers=LaneNumbers(self.desk.guard, self.desk.settings), store=self.store, sleep=self.waits.append, share=lambda: share)

    def procedure(self, code, day):
        try:
            return self.desk.catalogue.get(code, day)
        except RuleBrokenError:
            return None

    def enrol(self, ticket, base_url=None):
        return self.client.enrol(Ticket(**{**ticket, "base_url": base_url or ticket["base_url"]}))

    def take_in(self):
        return self.dossier(self.desk.intake.receive(command(), CLERK).dossier_id)

    def file(self, dossier, content):
        """Put a scan into the store, as filing does, and return its SHA-256."""
        source, number = self.folder / "scan.pdf", next(texts)
        source.write_bytes(content)
        stored = StoredFile(f"{number:032x}", hashlib.sha256(content).hexdigest(), len(content), secrets.token_hex(32), self.clock.now())
        self.store.seal(stored.stored_id, bytes.fromhex(stored.key), source)
        source.unlink()
        paper = DigitalPaper(
            new_id(self.clock.now()), new_id(self.clock.now()), dossier.dossier_id, dossier.applicant.id_number, stored.stored_id,
            FileTarget.COMPONENT, "TP01", "Tờ khai", PaperState.DIGITISED, stored.sha256, "", 1, f"{number}.pdf", self.clock.now(), "u-0001")
        with self.database.write() as uow:
            uow.files.add(stored)
            uow.papers.add(paper)
            uow.commit()
        return stored.sha256

    def note(self, code):
        return self.desk.life.notes.note(AddNote(code, f"Đã gọi lần {next(texts)}"), CLERK).dossier

    def run(self, seconds=LONG):
        return self.client.run(seconds)

    def dossier(self, dossier_id):
        with self.database.read() as uow:
            return uow.dossiers.get(dossier_id)

    def ops(self):
        """Return every op of this desk as it is sent, and its state."""
        with self.database.read() as uow:
            found = [event for event in uow.events.everything() if event.lane]
            states = uow.events.states([event.op_id for event in found])
        return [(envelope(event), states[event.op_id]) for event in found]

    def setting(self, key):
        with self.database.read() as uow:
            return uow.settings.get(key)

    def relation(self):
        return self.setting(f"province/{self.device}")

    def verify(self):
        found = VerifyService(self.database).run()
        assert found.differences == (), found.differences

    def close(self):
        self.database.close()


def journal(province, agency=AGENCY):
    """Return every op that the province holds, by its id; it must hold none twice."""
    asker = Asker(province.ticket(agency))
    asker.enrol()
    found = {}
    for lane in province.state(agency)["lanes"]:
        first = 1
        while first <= lane["acked_through"]:
            ops = asker.get("/ops", device=lane["device"], epoch=lane["epoch"], from_seq=first, limit=500)["ops"]
            for op in ops:
                assert op["op_id"] not in found, "recorded twice"
                found[op["op_id"]] = op
            first = ops[-1]["seq"] + 1
    return found


def nothing_is_pretended(line, province):
    """What the desk shows as held by the province is there, to the byte (invariant 21)."""
    there = journal(province)
    for op, state in line.ops():
        if state in ("province_has", "attention"):
            assert json.dumps(there[op["op_id"]], sort_keys=True) == json.dumps(op, sort_keys=True)
    return there


def both_hold_the_same(line, province):
    """Nothing lost, nothing doubled, nothing in between (invariants 1, 2, 4, 5)."""
    there = nothing_is_pretended(line, province)
    assert {op["op_id"] for op, _ in line.ops()} == there.keys()
    assert all(state in ("province_has", "attention") for _, state in line.ops())
    assert line.client.reconcile().match
    line.verify()


def outside_bodies(path, headers):
    """Return what a request says outside its body, in clear: what stands there packed in base64 too."""
    words = re.split(r"[\s,]+", " ".join(map(str, headers.values())))
    return f"{path}{headers}" + "".join(_unpacked(word) for word in words)


def _unpacked(word):
    try:
        return base64.b64decode(word, validate=True).decode()
    except ValueError:
        return ""
