"""What measures the line: lives that are whole, a line between two processes, a peer that may be missing, desks that come back together."""

import collections
import json
import shutil

import pytest

from bench import sync, sync_peer
from bench.desk import KeptDesk
from bench.lived import EVENTS_OF_A_LIFE, file_scans, live, lived_desk
from bench.report import Line
from bench.sync_line import at_once, pair
from bench.sync_outage import outage
from bench.sync_peer import Replicated, pouchdb, write_lives
from bench.work import Work
from counter_app.security.passwords import Argon2Passwords
from tests.conftest import CHEAP
from tests.storage import postgres
from tests.sync.thin_line import Nature

LIFE = ["dossier.received", "slip.printed", "dossier.handed_over", "slip.printed", "slip.printed", "step.completed", "result.ready",
        "result.returned", "slip.printed"]


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Two dossiers that have lived."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Argon2Passwords.__init__, "__kwdefaults__", CHEAP)
        for name in ("COUNTER_STATE_DIR", "COUNTER_KEY_FILE"):
            patch.setenv(name, "set by the desk itself")
        yield lived_desk(tmp_path_factory.mktemp("cache"), 2)


@pytest.fixture(autouse=True)
def _environment(monkeypatch):
    """A desk of a measurement sets its own environment."""
    for name in ("COUNTER_STATE_DIR", "COUNTER_KEY_FILE"):
        monkeypatch.setenv(name, "set by the desk itself")


def types_by_dossier(desk):
    counter, found = desk.open(), collections.defaultdict(list)
    try:
        with counter.database.read() as uow:
            for event in uow.events.everything():
                found[event.dossier_id].append(event.type)
    finally:
        counter.close()
    return list(found.values())


def test_a_life_has_nine_events_and_a_desk_is_made_once(kept):
    assert types_by_dossier(kept) == [LIFE, LIFE]
    assert len(LIFE) == EVENTS_OF_A_LIFE
    made = (kept.root / "complete").stat().st_mtime_ns
    assert lived_desk(kept.root.parent, 2).root == kept.root
    assert (kept.root / "complete").stat().st_mtime_ns == made


def test_more_lives_come_after_those_that_are_there(kept, tmp_path):
    desk = kept.copy(tmp_path / "desk")
    live(desk, 3, 2)
    assert types_by_dossier(desk) == [LIFE] * 3


def test_facts_and_scans_cross_the_line_and_are_counted(kept, tmp_path):
    with pair(kept, tmp_path / "pair", scans=1, size=20_000) as both:
        first = both.run()
        assert (first.whole, first.told["sent"], first.told["uploaded"], first.ops) == (True, 18, 1, 18)
        assert 20_000 < first.up < 40_000
        assert first.told["most_mib"] > first.told["idle_mib"] > 10
        both.file(1, 30_000)
        waits = both.waits_behind(Nature(bytes_per_s=40_000), (0.0,))
        assert both.ops() == 19
        assert 0 < waits[0] < 60
        assert both.run().whole


def test_the_bodies_are_those_that_the_client_sends(kept):
    packed = [sync._packed(kept, 2, encoding) for encoding in ("gzip", "zstd")]
    assert sync._packed(kept, 1, "zstd") < packed[1] < packed[0] < 10_000


def test_a_peer_that_can_not_be_had_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(sync_peer.shutil, "which", lambda _name: None)
    missing = pouchdb(tmp_path)
    assert (missing.path, "Node" in missing.missing) == (None, True)
    monkeypatch.undo()
    monkeypatch.setattr(sync_peer.subprocess, "run", lambda *_given, **_named: collections.namedtuple("Done", "returncode")(1))
    if shutil.which("npm"):
        assert "npm" in pouchdb(tmp_path).missing


def test_the_peer_gets_the_same_ops(kept, tmp_path):
    write_lives(kept, 1, tmp_path / "lives.jsonl")
    life, = map(json.loads, (tmp_path / "lives.jsonl").read_text("utf-8").splitlines())
    assert [op["type"] for op in life] == LIFE
    assert [op["seq"] for op in life] == list(range(1, EVENTS_OF_A_LIFE + 1))


def test_a_lock_file_pins_every_package_of_the_peer():
    wanted = json.loads((sync_peer.PACKAGE / "package.json").read_bytes())["dependencies"]
    pinned = json.loads((sync_peer.PACKAGE / "package-lock.json").read_bytes())["packages"]
    for name, version in wanted.items():
        assert pinned[f"node_modules/{name}"]["version"] == version
    assert all("integrity" in each for path, each in pinned.items() if path)


@pytest.mark.postgres
@pytest.mark.skipif(postgres.binaries() is None, reason="no PostgreSQL 15 or newer on this machine")
def test_desks_that_come_back_together_lose_nothing(kept, tmp_path):
    write_lives(kept, 2, tmp_path / "lives.jsonl")
    lives = [json.loads(line) for line in (tmp_path / "lives.jsonl").read_text("utf-8").splitlines()]
    found = outage(tmp_path / "outage", lives, 3)
    assert (found.ops, found.dossiers, len(found.pushes)) == ((54, 54), (6, 6), 3)
    assert found.seconds >= max(found.pushes) > 0


def test_at_once_keeps_the_order():
    assert at_once(lambda: 1, lambda: 2, lambda: 3) == [1, 2, 3]


@pytest.mark.parametrize(("up", "met"), [(1_000_000, True), (3_000_000, False)])
def test_a_limit_in_bytes_is_judged(up, met):
    ours = sync.Passed({"pending": 0, "files": 0}, up, 0, 0, 9)
    line = sync._beside("records", ours, Replicated({}, 10 * up, 0, 0), 1.8)
    assert isinstance(line, Line)
    assert (line.met, line.ratio) == (met, 0.1)


def test_a_quick_run_is_a_small_one(tmp_path):
    from bench.sync_line import quick_or

    assert [quick_or(Work(tmp_path, quick=quick), 1000, 40) for quick in (True, False)] == [40, 1000]


def test_scans_are_filed_without_being_compressible(kept, tmp_path):
    desk = kept.copy(tmp_path / "desk")
    file_scans(desk, 3, 5000)
    assert isinstance(desk, KeptDesk)
    counter = desk.open()
    with counter.database.read() as uow:
        count, size = uow.uploads.pending()
    counter.close()
    assert (count, size) == (3, 15_000)
