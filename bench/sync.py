"""The line to the province: bytes, thin and broken lines beside PouchDB, a month's backlog, an idle client, 300 desks at once."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from bench.desk import KeptDesk
from bench.lived import A_DAY, EVENTS_OF_A_LIFE, live, lived_desk
from bench.measure import spread
from bench.report import Line, Table
from bench.sync_line import CUT_EVERY, SLOW, Passed, at_once, pair, quick_or
from bench.sync_outage import outage
from bench.sync_peer import DEFAULT_BATCH, Replicated, pouchdb, replicated, write_lives
from bench.work import Work
from counter_app.sync.hello import Hello
from counter_app.sync.push import batch
from tests.sync.thin_line import Nature

DOSSIERS, SCANS, SCAN = 1000, 40, 60_000
FEW, FEW_SCANS = 200, 8
"""The part of the same set that goes over a line of 64 kbit/s at its own speed."""
SCALE = 32
"""How much quicker than 64 kbit/s the line beside PouchDB is; at its own speed one run of the peer takes more than an hour."""
SMALL_BATCH, PATIENCE_S, GIVEN_UP_S = 25, 240.0, 40.0
BIG_FILE, MOMENTS = 50_000_000, (30.0, 50.0, 75.0)
BACKLOG, BACKLOG_SCANS, BACKLOG_SCAN, MONTH_OF_SCANS = 2400, 100, 500_000, 500_000_000
DESKS, LIVES_OF_AN_OUTAGE = 300, 5
MB = 1e6


def run(work: Work) -> Table:
    """Measure everything about the line."""
    dossiers = quick_or(work, DOSSIERS, 40)
    kept = lived_desk(work.cache, dossiers)
    with work.folder("sync") as place:
        lives = place / "lives.jsonl"
        write_lives(kept, dossiers, lives)
        peer = pouchdb(work.cache)
        lines, raw = _bytes(work, kept, place, lives, peer.path)
        lines += _slow(work, place, raw)
        if peer.path is not None:
            lines += _broken(kept, place, lives, peer.path, raw)
        lines += _backlog(work, kept, place, raw)
        lines += _outage(work, place, lives, raw)
    notes = [f"Not measured: {peer.missing}."] if peer.path is None else []
    return Table(
        "sync", "The line to the province",
        f"Dossiers of {EVENTS_OF_A_LIFE} events each, made with the program's own services, sent by it to the trial province, each "
        "a process of its own, over a relay that counts every byte (HTTP included, TLS not). PouchDB keeps a document for each dossier and "
        "sends its revision after each event to express-pouchdb; scans hang on their documents from the third event on. Both sides of "
        "PouchDB's line run in memory; ours write an encrypted file and a SQLite file. Re-sent is what crossed a broken line beyond what "
        "the same set takes on a sound one. A line's own time is what the bytes of the sound run take on it, up and down one after the "
        "other, as a reply is waited for.",
        tuple(lines), (*notes, *NOTES), raw)


NOTES = (
    f"Beside PouchDB the line has {SCALE} × 64 kbit/s and is cut just as often, every 200 KB: the bytes are those of the slow line, the "
    "seconds are not. Records alone have no limit of what is re-sent: batches of 100 ops instead of 200 would halve it, and make all bytes "
    "18 % more.",
    "Seconds on the quicker lines are those of two processes on this machine more than of the line.",
    f"500 MB of scans are extrapolated from {BACKLOG_SCANS * BACKLOG_SCAN / MB:.0f} MB.",
    f"The {DESKS} desks start at the same instant, which the jitter of real ones avoids, and the trial province is one process in Python "
    "that has the machine's cores in common with them.",
)


def _bytes(
    work: Work, kept: KeptDesk, place: Path, lives: Path, peer: Path | None,
) -> tuple[list[Line], dict[str, Any]]:
    """Measure what a sound line carries."""
    scans = quick_or(work, SCANS, 4)
    bare, whole = _sound(kept, place / "bare", 0), _sound(kept, place / "whole", scans)
    beside: dict[str, Replicated | None] = {"records": None, "with scans": None}
    if peer is not None:
        for name, count in (("records", 0), ("with scans", scans)):
            beside[name] = replicated(peer, lives, Nature(), scans=count, size=SCAN, batch=DEFAULT_BATCH, seconds=PATIENCE_S)
    gzip, zstd = (_packed(kept, kept.count, encoding) for encoding in ("gzip", "zstd"))
    told = f"records of {kept.count:,} dossiers"
    share, day = kept.count / DOSSIERS, _packed(kept, A_DAY, "zstd") / min(A_DAY, kept.count)
    lines = [
        Line(f"{told}, gzip, bodies alone", gzip / MB, unit="MB", at_most=2.5 * share),
        Line(f"{told}, zstd, bodies alone", zstd / MB, unit="MB", at_most=1.8 * share),
        _beside(f"{told}, over the line", bare, beside["records"], 1.8 * share),
        _beside(f"the same with {scans} scans of 60 KB", whole, beside["with scans"], 1.8 * share + 0.08 * scans),
        Line("what comes back for the records, the feed included", bare.down / MB, unit="MB"),
        Line("a dossier's life in a day's batch, zstd", day / 1000, unit="kB", at_most=1.8),
        Line(f"ops that the province lacks or has twice, of {kept.count * EVENTS_OF_A_LIFE:,}",
             float(abs(bare.ops - kept.count * EVENTS_OF_A_LIFE)), unit="", at_most=0)]
    peers = {name: asdict(each) for name, each in beside.items() if each is not None}
    return lines, {"bytes": {"bare": asdict(bare), "whole": asdict(whole), **peers}}


def _beside(what: str, ours: Passed, peer: Replicated | None, limit: float) -> Line:
    return Line(what, ours.up / MB, unit="MB", peer="PouchDB", beside=peer.up / MB if peer else None, at_most=limit)


def _sound(kept: KeptDesk, place: Path, scans: int) -> Passed:
    with pair(kept, place, scans=scans, size=SCAN) as both:
        return both.run()


def _packed(kept: KeptDesk, dossiers: int, encoding: str) -> int:
    """Return the bytes of the bodies in which the client sends the first dossiers' ops."""
    said, total, counter = Hello("", "", (encoding,), {}, frozenset(), None, ""), 0, kept.open()
    try:
        with counter.database.read() as uow:
            ops = [event for event in uow.events.everything() if event.lane][:dossiers * EVENTS_OF_A_LIFE]
    finally:
        counter.close()
    while ops:
        sent = batch(ops, said, plain=False)
        ops, total = ops[len(sent.ops):], total + len(sent.body)
    return total


def _slow(work: Work, place: Path, raw: dict[str, Any]) -> list[Line]:
    """Measure at 64 kbit/s, as long as it takes; the three wait side by side, each for its own line."""
    few, scans = quick_or(work, FEW, 10), quick_or(work, FEW_SCANS, 1)
    small = lived_desk(work.cache, few)
    sound = _sound(small, place / "sound", scans)
    with (
        pair(small, place / "cut", scans=scans, size=SCAN) as broken, pair(small, place / "scans") as full,
        pair(small, place / "waits") as behind,
    ):
        for ready, number, size in ((full, scans + 2, SCAN), (behind, 1, BIG_FILE)):
            ready.run()
            ready.file(number, size)
        cut, used, waits = at_once(
            partial(broken.run, Nature(bytes_per_s=SLOW, cut_every=CUT_EVERY)), partial(full.run, Nature(bytes_per_s=SLOW)),
            partial(behind.waits_behind, Nature(bytes_per_s=SLOW), MOMENTS[:1] if work.quick else MOMENTS))
    own, left = (sound.up + sound.down) / SLOW, cut.told["pending"] + cut.told["files"]
    raw["slow"] = {"sound": asdict(sound), "cut": asdict(cut), "scans": asdict(used), "waits": waits}
    share = 100 * (scans + 2) * SCAN / SLOW / used.told["seconds"]
    return [
        Line(f"{few} dossiers, {scans} scans, 64 kbit/s, cut {cut.cuts} times: left over", float(left), unit="", at_most=0),
        Line("the same, re-sent", 100 * (cut.up - sound.up) / sound.up, unit="%", at_most=5),
        Line(f"the same, its time beside the line's own of {own:.0f} s", cut.told["seconds"] / own, unit="×", at_most=1.3),
        Line("share of a sound line of 64 kbit/s that scans use", share, unit="%", at_least=90),
        Line("how long an op waits behind 50 MB at 64 kbit/s", spread([1000 * each for each in waits]), at_most=60_000)]


def _broken(kept: KeptDesk, place: Path, lives: Path, peer: Path, raw: dict[str, Any]) -> list[Line]:
    """Put both over the same broken line."""
    nature, bytes_ = Nature(bytes_per_s=SCALE * SLOW, cut_every=CUT_EVERY), raw["bytes"]
    with pair(kept, place / "broken") as both:
        ours = both.run(nature)
    default = replicated(peer, lives, nature, scans=0, size=SCAN, batch=DEFAULT_BATCH, seconds=GIVEN_UP_S)
    small = replicated(peer, lives, nature, scans=0, size=SCAN, batch=SMALL_BATCH, seconds=PATIENCE_S)
    raw["broken"] = {"ours": asdict(ours), "default": asdict(default), "small": asdict(small)}
    told, name = f"{kept.count:,} dossiers, {SCALE} × 64 kbit/s, cut each 200 KB", f"PouchDB, batches of {SMALL_BATCH}"
    share = [100 * (each["up"] - whole["up"]) / whole["up"] for each, whole in (
        (raw["broken"]["ours"], bytes_["bare"]), (raw["broken"]["small"], bytes_["records"]))]
    done = f"{default.told['rounds']} of {EVENTS_OF_A_LIFE} rounds in {default.told['seconds']:.0f} s"
    return [
        Line(f"{told}: bytes up", ours.up / MB, unit="MB", peer=name, beside=small.up / MB),
        Line("the same, time until quiet", ours.told["seconds"], unit="s", peer=name, beside=small.told["seconds"]),
        Line("the same, re-sent", share[0], unit="%", peer=name, beside=share[1]),
        Line("the same, ops lacking or twice there", float(abs(ours.ops - kept.count * EVENTS_OF_A_LIFE)), unit="", at_most=0,
             peer=f"PouchDB as it comes: {done}, {default.up / MB:.0f} MB up")]


def _backlog(work: Work, kept: KeptDesk, place: Path, raw: dict[str, Any]) -> list[Line]:
    """Measure what a month without a line leaves to do, and what is to do when nothing is."""
    dossiers, scans = quick_or(work, BACKLOG, 60), quick_or(work, BACKLOG_SCANS, 4)
    with pair(kept, place / "backlog") as both:
        live(both.desk, dossiers, kept.count)
        facts = both.run()
        both.file(scans, BACKLOG_SCAN)
        files = both.run()
        idle = both.run()
    raw["backlog"] = {"facts": asdict(facts), "files": asdict(files), "idle": asdict(idle)}
    rate = scans * BACKLOG_SCAN / files.told["seconds"]
    most = max(each.told["most_mib"] - each.told["idle_mib"] for each in (facts, files))
    return [
        Line(f"{dossiers:,} dossiers of a month: the last fact has arrived after", facts.told["seconds"], unit="s"),
        Line("the same at 64 kbit/s, by its bytes up and down", (facts.up + facts.down) / SLOW / 60, unit="min"),
        Line("500 MB of scans of the same month on a quick line", MONTH_OF_SCANS / rate, unit="s"),
        Line("memory above that of the open desk, most of facts and scans", most, unit="MiB", at_most=143,
             why="150 MB are 143 MiB."),
        Line("a pass with nothing to do: processor", 1000 * idle.told["cpu"]),
        Line("a pass with nothing to do: bytes both ways", (idle.up + idle.down) / 1000, unit="kB"),
        Line("a pass with nothing to do: memory above that of the open desk", idle.told["most_mib"] - idle.told["idle_mib"], unit="MiB")]


def _outage(work: Work, place: Path, lives: Path, raw: dict[str, Any]) -> list[Line]:
    desks = quick_or(work, DESKS, 10)
    with lives.open(encoding="utf-8") as file:
        some = [json.loads(line) for line, _ in zip(file, range(LIVES_OF_AN_OUTAGE), strict=False)]
    found = outage(place / "outage", some, desks)
    if found is None:
        return [Line("many desks at once (no PostgreSQL on this machine)", 0.0, unit="")]
    raw["outage"] = asdict(found)
    return [
        Line(f"{desks} desks at once, {found.ops[1] // desks} ops each: desks", 60 * desks / found.seconds, unit="a minute"),
        Line("the same: requests that a desk had to repeat", float(found.repeated), unit=""),
        Line("the same: a push", spread([1000 * each for each in found.pushes])),
        Line("the same: ops and dossiers lost or doubled", float(sum(abs(there - here) for there, here in (found.ops, found.dossiers))),
             unit="", at_most=0)]
