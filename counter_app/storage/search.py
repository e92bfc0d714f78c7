"""Search by the beginnings of words, over folded text: FTS5 on SQLite, trigrams on PostgreSQL, with the same answers.

Matches are taken newest first up to a cap, so that a single letter costs no more than a full name. Among the newest
:data:`CANDIDATES` an exact code comes first, then the names that carry the accents of the query. After the dossiers that match by what is
on record come those that match by a page of a scan, the newest first.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from sqlalchemy import Column, Connection, TextClause, and_, literal, select, text

from counter_app.domain.scan_words import SeenInScan, asks_scans
from counter_app.domain.text import fold
from counter_app.services.ports import SearchResult
from counter_app.storage import tables as t
from counter_app.storage.dossier_rows import ROW_COLUMNS, read_row

CAPPED_AT = 1000
"""Matches are counted up to here."""
CANDIDATES = 100
"""How many of the newest matches compete for the first places."""

_FTS = text("SELECT rowid FROM dossier_fts WHERE dossier_fts MATCH :query ORDER BY rowid DESC LIMIT :cap")
_PAGES_FTS = text("SELECT rowid FROM page_words_fts WHERE page_words_fts MATCH :query ORDER BY rowid DESC LIMIT :cap")


def search(connection: Connection, words: Sequence[str], query: str, limit: int, *, in_scans: bool = False) -> SearchResult:
    """Return the dossiers of which every folded word begins some stored word; no word matches nothing."""
    wanted = _needed(words)
    if not wanted:
        return SearchResult((), 0)
    found = _matches(connection, wanted, _FTS, t.dossier.c.n, t.dossier.c.search_text)
    best = _ranked(connection, found[: max(CANDIDATES, limit)], query.strip())
    seen: dict[int, SeenInScan] = {}
    if in_scans and asks_scans(wanted) and len(found) <= CAPPED_AT:
        seen = {n: where for n, where in _seen(connection, wanted).items() if n not in set(found)}
    shown = [*best, *seen][:limit]
    by_number = {row.n: read_row(row) for row in connection.execute(select(*ROW_COLUMNS).where(t.dossier.c.n.in_(shown)))}
    total = len(found) + len(seen)
    return SearchResult(
        tuple(by_number[n] for n in shown), min(total, CAPPED_AT), capped=total > CAPPED_AT,
        seen={by_number[n].dossier_id: seen[n] for n in shown if n in seen})


def _needed(words: Sequence[str]) -> list[str]:
    """Drop a word that begins another one: whatever matches the longer word matches it too."""
    different = sorted(set(words), reverse=True)
    return [word for index, word in enumerate(different) if not any(longer.startswith(word) for longer in different[:index])]


def _matches(
    connection: Connection, words: Sequence[str], by_index: TextClause, number: Column[int], stored: Column[str],
) -> list[int]:
    """Return the numbers of the rows whose folded text has a word for every word, the newest first."""
    if connection.dialect.name == "sqlite":
        query = " AND ".join(f'"{word}" *' for word in words)
        return list(connection.execute(by_index, {"query": query, "cap": CAPPED_AT + 1}).scalars())
    begins = (stored.contains(f" {word}", autoescape=True) for word in words)
    return list(connection.execute(select(number).where(and_(*begins)).order_by(number.desc()).limit(CAPPED_AT + 1)).scalars())


def _seen(connection: Connection, words: Sequence[str]) -> dict[int, SeenInScan]:
    """Return the dossiers with a page that has all the words, the newest first, and the first such page of their oldest paper."""
    pages = _matches(connection, words, _PAGES_FTS, t.page_words.c.n, t.page_words.c.words)
    joined = t.page_words.join(t.digital_paper, t.digital_paper.c.stored_id == t.page_words.c.stored_id)
    joined = joined.join(t.dossier, t.dossier.c.dossier_id == t.digital_paper.c.dossier_id)
    wanted = select(t.dossier.c.n, t.digital_paper.c.paper, t.page_words.c.page).select_from(joined).where(
        t.page_words.c.n.in_(pages), t.digital_paper.c.unlinked_at.is_(None))
    found: dict[int, SeenInScan] = {}
    for row in connection.execute(wanted.order_by(t.dossier.c.n.desc(), t.digital_paper.c.filed_at, t.page_words.c.page)):
        found.setdefault(row.n, SeenInScan(row.paper, row.page))
    return found


def _ranked(connection: Connection, numbers: list[int], query: str) -> list[int]:
    """Put the exact code first, then what carries more of the query's accents; the newest first among equals."""
    exact = set(connection.execute(select(t.dossier_code.c.dossier).where(t.dossier_code.c.code == literal(query))).scalars())
    marked = [parts for word in query.split() if (parts := _marks(word))[1]]
    scores: dict[int, int] = {}
    if marked:
        names = connection.execute(select(t.dossier.c.n, t.dossier.c.applicant_name).where(t.dossier.c.n.in_(numbers)))
        scores = {row.n: _accents(row.applicant_name, marked) for row in names}
    return sorted(numbers, key=lambda n: (n in exact, scores.get(n, 0)), reverse=True)


def _accents(name: str, marked: Sequence[tuple[str, Counter[str]]]) -> int:
    """Count the query's accented words that some word of a name begins with, accents included."""
    stored = [_marks(word) for word in name.split()]
    return sum(any(base.startswith(wanted) and marks <= has for base, has in stored) for wanted, marks in marked)


@lru_cache(maxsize=4096)
def _marks(word: str) -> tuple[str, Counter[str]]:
    """Return a word's folded letters and its marks; where the tone stands makes no difference (``Hòa``, ``Hoà``)."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    return fold(word), Counter("đ" if c == "đ" else c for c in decomposed if c == "đ" or unicodedata.combining(c))
