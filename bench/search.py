"""Search and lists over many dossiers in the encrypted file: what a clerk waits for, with a plain ``LIKE`` scan beside it in the same run.

Measured through the program's own repositories, folding and reading of the rows included.
"""

from __future__ import annotations

import random
from datetime import timedelta
from functools import partial

from sqlalchemy import text

from bench.made import PER_DAY, name
from bench.measure import Spread, milliseconds, spread
from bench.moment import AGENCY, NOW
from bench.report import Line, Table
from bench.work import Work
from counter_app.domain.text import words
from counter_app.services.ports import Database, ListFilter, ListMoment

AT = ListMoment(NOW, NOW.replace(hour=23, minute=59, second=59), NOW.replace(hour=23, minute=59, second=59) + timedelta(days=3))
ROUNDS = 3
LIMIT_MS, FIGURES_MS = 20, 50
BESIDE = ("full name", "phone begun", "code, day and serial")
"""Kinds of which some queries are also looked for by ``LIKE``; a scan takes so long that a few are enough."""


def queries(seed: int = 2) -> dict[str, list[str]]:
    """Return what is typed, by kind: as people type it, with the last word still growing, with and without accents."""
    chance = random.Random(seed)
    names = [name(chance) for _ in range(25)]
    days = [NOW - timedelta(days=chance.randrange(30)) for _ in range(20)]
    return {
        "one letter": list("abcdghklmnpqstvxy019"),
        "two letters": ["ng", "tr", "le", "ph", "ho", "vu", "da", "bu", "do", "ha", "th", "kh", "09", "03", "h3", "26"],
        "full name": names,
        "name, last word begun": [f"{' '.join(each.split()[:-1])} {each.split()[-1][0]}" for each in names],
        "two first words": [" ".join(each.split()[:2]) for each in names],
        "code, day and serial": [f"{day:%y%m%d}-{chance.randrange(1, PER_DAY):04d}" for day in days],
        "whole code": [f"{AGENCY}-{day:%y%m%d}-{chance.randrange(1, PER_DAY):04d}" for day in days],
        "serial": [f"{chance.randrange(1, PER_DAY):04d}" for _ in range(20)],
        "phone begun": [f"09{chance.randrange(10**4):04d}" for _ in range(15)],
        "identity number begun": [f"{chance.randrange(1, 97):03d}{chance.randrange(1000):03d}" for _ in range(15)],
        "name and place": [f"{each.split()[-1]} dak mil" for each in names],
        "no match": ["zzz", "nguyen qqq", "khong co gi"],
    }


def run(work: Work) -> Table:
    """Measure every kind of query, the home page, and scans beside them."""
    desk = work.desk()
    counter = desk.open()
    try:
        database = counter.database
        first = milliseconds(partial(_search, database, "nguyen van a"))
        kinds = queries()
        times: dict[str, list[float]] = {kind: [] for kind in kinds}
        for kind, asked in list(kinds.items()) * ROUNDS:
            times[kind] += [milliseconds(partial(_search, database, query)) for query in asked]
        figures = spread([milliseconds(counter.home.figures) for _ in range(work.times(24))])
        lists = {which: spread([milliseconds(partial(_list, database, which)) for _ in range(5)]) for which in ListFilter}
        scans = [milliseconds(partial(_like, database, query)) for kind in BESIDE for query in kinds[kind][:ROUNDS]]
    finally:
        counter.close()
    lines = [
        Line("every kind together", spread([each for kind in times.values() for each in kind]), peer="LIKE '%…%' scan, same file",
             beside=spread(scans), at_most=LIMIT_MS),
        *(Line(kind, spread(each), at_most=LIMIT_MS) for kind, each in times.items()),
        Line("first search after opening", first),
        Line(f"the slowest list of the home page ({_slowest(lists)})", lists[_slowest(lists)]),
        Line("all figures of the home page", figures, at_most=FIGURES_MS),
    ]
    size = desk.file.stat().st_size / 2**20
    return Table(
        "search", f"Search among {desk.count:,} dossiers, encrypted",
        f"SQLCipher file of {size:,.0f} MiB. Fifty newest matches, ranked and read as rows; {ROUNDS} rounds over all queries, the scans "
        "after them, for they push everything else out of memory. Names come from 25 family names and 53 given names, so that a name "
        "matches more rows here than at a real desk.",
        tuple(lines), raw={"milliseconds": times, "like": scans, "lists": {which.value: each.p50 for which, each in lists.items()}},
    )


def _slowest(lists: dict[ListFilter, Spread]) -> ListFilter:
    return max(lists, key=lambda which: lists[which].p50)


def _search(database: Database, query: str) -> None:
    with database.read() as uow:
        uow.dossiers.search(words(query), query, limit=50)


def _like(database: Database, query: str) -> None:
    pattern = "%" + " ".join(words(query)) + "%"
    scan = text("SELECT n, code, applicant_name FROM dossier WHERE search_text LIKE :pattern ORDER BY n DESC LIMIT 50")
    with database.read() as uow:
        uow._connection.execute(scan, {"pattern": pattern}).all()  # type: ignore[attr-defined]


def _list(database: Database, which: ListFilter) -> None:
    with database.read() as uow:
        uow.dossiers.rows(which, AT, limit=200)
