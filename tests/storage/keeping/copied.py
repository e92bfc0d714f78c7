"""A desk whose copies are made, as the tests of copies know it."""

from __future__ import annotations

import shutil

from counter_app.services.keeping.records import never
from counter_app.storage.keeping import store
from counter_app.storage.keeping.container import Container
from counter_app.storage.keeping.room import CopyRoom, DeskPlaces
from tests.fakes import FakeClock
from tests.storage.samples import KEY

DEVICE = "01900000-0000-7000-8000-0123456789ab"


class World:
    """A desk's folder with a database and sealed files, a stick, and a room over both."""

    def __init__(self, place, url):
        self.desk, self.stick = place / "desk", place / "stick"
        self.desk.mkdir()
        self.stick.mkdir()
        shutil.move(url.removeprefix("sqlite:///"), self.desk / "desk.db")
        (self.desk / "recovery.json").write_text('{"wrapped_key": "00"}', "utf-8")
        self.places = DeskPlaces(
            self.desk, self.desk / "backups", self.desk / "desk.db", self.desk / "recovery.json", place / "state" / "keeping.lock")
        self.room = CopyRoom(self.places, DEVICE, KEY)
        self.folder = self.room.folder_of(str(self.stick))
        self.clock = FakeClock()
        self.blocks = set()

    def seal(self, name, content=b"sealed"):
        path = self.desk / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    def copy(self, stop=never, meanwhile=None):
        self.clock.forward(minutes=1)
        files = self.room.keep_files(self.folder, stop)
        with self.room.snapshot(stop) as snapshot:
            if meanwhile:
                meanwhile()
            self.blocks |= {each.sha256 for each in snapshot.blocks}
            return self.room.put(snapshot, self.folder, files, "asked", self.clock.now(), stop)

    def kept(self):
        """The sealed files beside the copies."""
        return {path.name for path in (self.folder / "files").glob("*/*")} - self.blocks

    def place_of_block(self, number):
        (newest, *_) = self.room.copies(self.folder)
        return store.place_of(self.folder, Container(newest.path).blocks()[number].sha256)

    def left(self):
        """What lies in the desk's own backup folder and unfinished on the stick."""
        return [*self.places.backups.glob("*"), *self.stick.rglob("*.part")]
