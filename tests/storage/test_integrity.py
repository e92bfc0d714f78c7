"""What is read is what was stored, or the answer is DATABASE_CORRUPT: never something else, never a bug."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import insert, text

from counter_app.domain.errors import SurroundingsError, broken
from counter_app.services.ports import ListFilter
from counter_app.storage import tables as t
from counter_app.storage.engine import keyed_connection
from tests.storage.samples import AT, KEY, NOW, audit_entry, dossier, event, fill, number, opened, printed

PAGE = 4096
LONG = "đ" * 20_000
"""Fills several overflow pages: the last ones hold nothing else."""


def corrupt(act):
    with pytest.raises(SurroundingsError) as refused:
        act()
    assert refused.value.problems[0].params["path"]
    return refused.value.code == "DATABASE_CORRUPT"


def file_of(url):
    return Path(url.removeprefix("sqlite:///"))


def last_page_of(url, store):
    """Store something long, and return the number of the page that was written last for it."""
    desk = opened(url)
    before = file_of(url).stat().st_size // PAGE
    with desk.write() as uow:
        store(uow)
        uow.commit()
    desk.close()
    after = file_of(url).stat().st_size // PAGE
    assert after > before + 3, "long enough for overflow pages"
    return after


def flip(url, page, at=2000):
    with file_of(url).open("rb+") as file:
        file.seek((page - 1) * PAGE + at)
        old = file.read(1)
        file.seek(-1, 1)
        file.write(bytes([old[0] ^ 1]))


@pytest.fixture
def damaged(sqlite_url):
    """A desk whose setting ``long`` has a damaged middle; ``short`` and everything else is sound."""

    def store(uow):
        uow.settings.put("short", 1)
        uow.settings.put("long", LONG)

    flip(sqlite_url, last_page_of(sqlite_url, store))
    desk = opened(sqlite_url)
    yield desk
    desk.close()


def test_zeros_in_a_long_value_never_get_out(damaged):
    def look():
        with damaged.read() as uow:
            return uow._connection.execute(text("SELECT value FROM setting WHERE key = 'long'")).scalar()

    assert corrupt(look)
    with damaged.read() as uow:
        assert uow.settings.get("short") == 1, "what is sound is answered still"


def test_what_was_made_of_them_is_not_committed(damaged):
    def copy():
        with damaged.write() as uow:
            uow._connection.execute(text("SELECT value FROM setting WHERE key = 'long'")).scalar()
            uow.settings.put("copy", "made of zeros")
            uow.commit()

    assert corrupt(copy)
    with damaged.read() as uow:
        assert uow.settings.get("copy") is None


@pytest.mark.parametrize("error", [broken("CODE_KNOWN", "code"), KeyError("x"), ValueError("x")])
def test_an_error_that_comes_of_them_is_not_believed(damaged, error):
    def fall():
        with damaged.read() as uow:
            uow._connection.execute(text("SELECT value FROM setting WHERE key = 'long'")).scalar()
            raise error

    assert corrupt(fall)


def test_an_error_without_damage_stays_what_it_is(damaged):
    def fall():
        with damaged.read() as uow:
            return 1 // (uow.settings.get("short") - 1)

    with pytest.raises(ZeroDivisionError):
        fall()


def test_a_damaged_list_that_is_read_in_pieces_is_noticed_at_its_end(sqlite_url):
    page = last_page_of(sqlite_url, lambda uow: uow.dossiers.add_many(
        [*(dossier(n) for n in range(1, 4)), dossier(4, note=LONG)]))
    flip(sqlite_url, page)
    desk = opened(sqlite_url)

    def read():
        with desk.read() as uow:
            list(uow.dossiers.received_between(NOW.replace(year=2020), NOW.replace(year=2080)))

    assert corrupt(read)
    desk.close()


def test_every_damaged_page_is_found_by_looking_at_all(sqlite_url):
    desk = opened(sqlite_url)
    fill(desk, dossier(1, note=LONG), dossier(2))
    desk.examine()
    desk.close()
    pages, sound = file_of(sqlite_url).stat().st_size // PAGE, file_of(sqlite_url).read_bytes()
    assert pages > 90
    for page in range(2, pages + 1):
        flip(sqlite_url, page, at=page)

        def look():
            desk = opened(sqlite_url)
            try:
                desk.examine()
            finally:
                desk.close()

        assert corrupt(look), page
        file_of(sqlite_url).write_bytes(sound)


def test_a_damaged_index_is_found_too(sqlite_url):
    """Every page is as it was encrypted, and still the tables don't hold together."""
    connection = keyed_connection(file_of(sqlite_url), KEY)
    connection.execute("INSERT INTO setting VALUES ('a', '1')")
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute("UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'calendar') "
                       "WHERE name = 'sqlite_autoindex_setting_1'")
    connection.close()
    desk = opened(sqlite_url)
    assert corrupt(desk.examine)
    desk.close()


def test_a_server_examines_itself(database):
    database.examine()
    with database.read() as uow:
        assert uow.dossiers.count(ListFilter.ALL, AT) == 0


# --- values that are none, on both databases --------------------------------------------------------------------------


def spoil(database, table, **changes):
    """Store a row as somebody else might have."""
    with database.write() as uow:
        uow._connection.execute(insert(table), changes)
        uow.commit()


def unreadable(database, look):
    def read():
        with database.read() as uow:
            look(uow)

    assert corrupt(read)


@pytest.mark.parametrize("value", ["", "{", "nul", "\u20ac"])
def test_json_that_is_none(database, value):
    spoil(database, t.setting, key="k", value=value)
    unreadable(database, lambda uow: uow.settings.get("k"))
    unreadable(database, lambda uow: uow.settings.all())


def test_a_document_that_is_not_the_one_given_out(database):
    with database.write() as uow:
        uow.prints.add(printed(1, sha256="0" * 64))
        uow.commit()
    unreadable(database, lambda uow: uow.prints.get("p-1"))
    unreadable(database, lambda uow: uow.prints.first("d-000001", "01"))


DOSSIER_FLAWS = [
    {"rest": "[]"}, {"rest": "{}"}, {"rest": "{"}, {"rest": '{"applicant": 5}'}, {"status": "dreaming"}, {"received_at": "yesterday"},
    {"due_at": "2026-13-01"}, {"channel": ""}, {"attention": "[" * 3},
]


@pytest.mark.parametrize("flaw", DOSSIER_FLAWS)
def test_dossiers_that_are_none(database, flaw):
    fill(database, dossier(1))
    with database.write() as uow:
        uow._connection.execute(t.dossier.update().values(flaw))
        uow.commit()
    unreadable(database, lambda uow: uow.dossiers.get("d-000001"))
    unreadable(database, lambda uow: uow.dossiers.by_code(dossier(1).code))


@pytest.mark.parametrize("flaw", [{"status": "dreaming"}, {"due_at": "soon"}, {"delivery": "by pigeon"}])
def test_lines_of_lists_that_are_none(database, flaw):
    fill(database, dossier(1))
    with database.write() as uow:
        uow._connection.execute(t.dossier.update().values(flaw))
        uow.commit()
    unreadable(database, lambda uow: uow.dossiers.rows(ListFilter.ALL, AT, limit=5))
    unreadable(database, lambda uow: uow.dossiers.search(("tran",), "tran", limit=5))


@pytest.mark.parametrize("flaw", [{"facts": "{"}, {"ho_so": "{"}, {"occurred_at": ""}, {"actor_role": "king"}])
def test_events_that_are_none(database, flaw):
    with database.write() as uow:
        uow.events.append(event(1))
        uow.commit()
    spoil(database, t.event, **{
        "op_id": "o", "dossier_id": "d", "type": "note", "occurred_at": "2026-11-20T09:00:00", "actor_id": "u", "actor_role": "clerk",
        "facts": "{}", "ho_so": None, "base_rev": 0, **flaw})
    unreadable(database, lambda uow: uow.events.of_dossier("d"))
    with database.read() as uow:
        assert uow.events.of_dossier("d-000001") == [event(1)]


@pytest.mark.parametrize("flaw", [{"at": "?"}, {"details": "{"}])
def test_audit_entries_that_are_none(database, flaw):
    with database.write() as uow:
        uow.audit.append(audit_entry(1))
        uow.commit()
    spoil(database, t.audit, **{"seq": 2, "at": "2026-11-20T09:00:00", "user_id": "u", "action": "a", "subject": "", "details": "{}",
                                "prev_hash": "0", "hash": "1", **flaw})
    unreadable(database, lambda uow: uow.audit.entries())


def test_days_and_people_that_are_none(database):
    with database.write() as uow:
        uow.numbers.add(number(1))
        uow.commit()
    spoil(database, t.number, device="d2", day="today", series="normal", serial=1, code="c", dossier_id=None, reason="", noted_at="now")
    unreadable(database, lambda uow: uow.numbers.last_day("d2"))
    spoil(database, t.user, user_id="u", login="u", full_name="", role="king", password_hash="", title="", disabled=False,
          must_change_password=False, created_at=None, failed_tries=0, wait_seconds=0, wait_noted_at=0.0)
    unreadable(database, lambda uow: uow.users.all())
    unreadable(database, lambda uow: uow.users.by_login("u"))
