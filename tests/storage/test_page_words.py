"""The words of scans: what waits to be read, how far it is, and dossiers found by a page; in both databases and in the double."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.domain.scan_words import MOST_TRIES, FileReading, SeenInScan, asks_scans, words_of_page
from counter_app.domain.text import matches, words
from counter_app.storage.dossier_rows import search_text
from counter_app.storage.search import CAPPED_AT
from tests.examples import examples
from tests.fakes import FakeDatabase
from tests.storage.conftest import BOTH
from tests.storage.samples import dossier, lists_of_dossiers, names, opened
from tests.storage.test_scans import NOW, kept, paper, stored


@pytest.fixture(params=[*BOTH, "double"])
def either(request, new_url):
    made = FakeDatabase() if request.param == "double" else opened(new_url(request.param))
    yield made
    made.close()


def filled(database, *, dossiers=(), pages=(), readings=()):
    """Store dossiers, words by file and page, and how far files were read."""
    with database.write() as uow:
        uow.dossiers.add_many(dossiers)
        for stored_id, page, text in pages:
            uow.page_words.add_page(stored_id, page, words_of_page(text))
        for reading in readings:
            uow.page_words.note(reading)
        uow.commit()
    return database


def ids(database):
    with database.read() as uow:
        return [file.stored_id for file in uow.page_words.waiting()]


def found(database, query, *, in_scans=True, limit=50):
    with database.read() as uow:
        return uow.dossiers.search(words(query), query, limit=limit, in_scans=in_scans)


def numbers(result):
    return [int(row.dossier_id[2:]) for row in result.rows]


def test_what_waits_is_used_whole_and_not_read_to_its_end(either):
    files = [
        stored(1, stored_at=NOW + timedelta(hours=2)), stored(2), stored(3, key="", destroyed_at=NOW), stored(4), stored(5), stored(6), stored(7),
        stored(8, stored_at=NOW - timedelta(hours=1))]
    papers = [paper(n, stored_id=f"s-{n}") for n in (1, 2, 3, 5, 6, 7, 8)] + [paper(4, stored_id="s-4", unlinked_at=NOW)]
    kept(either, files=files, papers=papers)
    filled(either, readings=[
        FileReading("s-5", 2, 0, finished=True), FileReading("s-6", 1, MOST_TRIES), FileReading("s-7", 1, MOST_TRIES - 1)])
    assert ids(either) == ["s-8", "s-2", "s-7", "s-1"], "the oldest first; destroyed, taken out, read and given up are left out"
    with either.read() as uow:
        assert uow.page_words.given_up() == [FileReading("s-6", 1, MOST_TRIES)]


def test_a_file_that_several_dossiers_use_waits_once(either):
    kept(either, files=[stored(1)], papers=[paper(1), paper(2, dossier_id="d-000002"), paper(3, unlinked_at=NOW)])
    assert ids(either) == ["s-1"]


def test_how_far_a_file_is_comes_back_and_is_replaced(either):
    with either.write() as uow:
        assert uow.page_words.reading("s-1") == FileReading("s-1")
        for reading in (FileReading("s-1", 0, 1), FileReading("s-1", 1, 0), FileReading("s-1", 2, 0, finished=True)):
            uow.page_words.note(reading)
            assert uow.page_words.reading("s-1") == reading
        uow.page_words.note(FileReading("s-2", 0, 2))
        uow.page_words.forget("s-1")
        assert uow.page_words.reading("s-1") == FileReading("s-1")
        assert uow.page_words.reading("s-2") == FileReading("s-2", 0, 2)


def test_a_dossier_is_found_by_a_page_and_told_where(either):
    kept(either, papers=[paper(1, dossier_id="d-000001", paper="Trích lục"), paper(2, dossier_id="d-000002", stored_id="s-2", paper="Giấy khám")])
    filled(either, dossiers=[dossier(1), dossier(2)], pages=[
        ("s-1", 1, "Mặt trước"), ("s-1", 2, "Hoàng Văn Thụ, số 117/HT"), ("s-1", 3, "Hoàng Văn Thụ lần nữa"), ("s-2", 1, "bệnh viện Hoàng Hoa")])
    assert found(either, "hoàng thụ 117").seen == {"d-000001": SeenInScan("Trích lục", 2)}
    assert found(either, "HOANG THU").seen == {"d-000001": SeenInScan("Trích lục", 2)}, "the first page that has all the words"
    both = found(either, "hoàng")
    assert (numbers(both), both.total) == ([2, 1], 2), "the newest first"
    assert both.seen["d-000002"] == SeenInScan("Giấy khám", 1)
    assert found(either, "hoàng thụ bệnh viện").rows == (), "all words on one page"
    assert found(either, "ho th 11").rows == (), "too short to ask for pages"
    assert found(either, "hoàng", in_scans=False).rows == ()


def test_what_is_on_record_comes_first_and_is_not_told_twice(either):
    kept(either, papers=[paper(1, dossier_id="d-000001"), paper(2, dossier_id="d-000002", stored_id="s-2")])
    filled(either, dossiers=[dossier(1), dossier(2)], pages=[("s-1", 1, "số 261120-0001"), ("s-2", 1, "kèm hồ sơ 261120-0001")])
    result = found(either, "261120-0001")
    assert (numbers(result), result.total) == ([1, 2], 2), "though the second is newer"
    assert result.seen == {"d-000002": SeenInScan("Tờ khai", 1)}
    first = found(either, "261120-0001", limit=1)
    assert (numbers(first), first.total) == ([1], 2)


def test_what_was_taken_out_or_destroyed_is_found_no_more(either):
    kept(either, papers=[paper(1, dossier_id="d-000001"), paper(2, dossier_id="d-000002", unlinked_at=NOW)])
    filled(either, dossiers=[dossier(1), dossier(2)], pages=[("s-1", 1, "quả sầu riêng"), ("s-2", 1, "quả bơ")])
    assert numbers(found(either, "sầu riêng")) == [1]
    assert numbers(found(either, "quả bơ")) == [], "no paper uses the file"
    with either.write() as uow:
        uow.page_words.forget("s-1")
        uow.commit()
    assert numbers(found(either, "sầu riêng")) == []


def test_words_that_are_forgotten_leave_the_encrypted_file_too(sqlite_database):
    filled(sqlite_database, pages=[("s-1", 1, "sầu riêng"), ("s-2", 1, "cà phê")])
    with sqlite_database.write() as uow:
        uow.page_words.forget("s-1")
        uow.commit()
        blocks = [bytes(row[0]) for row in uow._connection.exec_driver_sql("SELECT block FROM page_words_fts_data")]
        assert any(b"phe" in block for block in blocks)
        assert not any(b"sau" in block or b"rieng" in block for block in blocks)
        uow._connection.exec_driver_sql("INSERT INTO page_words_fts(page_words_fts) VALUES ('integrity-check')")


def test_many_pages_are_counted_up_to_the_cap(database):
    many = CAPPED_AT + 5
    kept(database, papers=[paper(n, dossier_id=f"d-{n:06}", stored_id=f"s-{n}") for n in range(1, many + 1)])
    filled(database, dossiers=[dossier(n) for n in range(1, many + 1)], pages=[(f"s-{n}", 1, "sầu riêng") for n in range(1, many + 1)])
    result = found(database, "sầu riêng", limit=3)
    assert (numbers(result), result.total, result.capped) == ([many, many - 1, many - 2], CAPPED_AT, True)
    assert set(result.seen) == {row.dossier_id for row in result.rows}


def test_the_words_of_the_same_pages_serve_a_file_that_was_signed(either):
    papers = [paper(1, dossier_id="d-000001", unlinked_at=NOW), paper(2, dossier_id="d-000001", stored_id="s-2", paper="Quyết định"),
              paper(3, dossier_id="d-000002", stored_id="s-3", content_sha256="ef" * 32), paper(4, stored_id="s-4", content_sha256="")]
    kept(either, files=[stored(n) for n in (1, 2, 3, 4)], papers=papers)
    filled(either, dossiers=[dossier(1), dossier(2)], pages=[("s-1", 1, "vườn sầu riêng"), ("s-1", 2, "thửa 117")],
           readings=[FileReading("s-1", 2, 0, finished=True)])
    with either.write() as uow:
        assert uow.page_words.take_over("s-2") == FileReading("s-2", 2, 0, finished=True)
        assert uow.page_words.take_over("s-3") is None, "other pages"
        assert uow.page_words.take_over("s-4") is None, "pages that nobody knows the digest of"
        uow.commit()
    assert ids(either) == ["s-3", "s-4"]
    assert found(either, "thửa 117").seen == {"d-000001": SeenInScan("Quyết định", 2)}
    with either.write() as uow:
        uow.page_words.forget("s-1")
        uow.commit()
    assert found(either, "thửa 117").seen == {"d-000001": SeenInScan("Quyết định", 2)}, "each file has words of its own"


def test_a_file_that_is_not_read_to_its_end_lends_nothing(either):
    kept(either, files=[stored(1), stored(2)], papers=[paper(1), paper(2, stored_id="s-2")])
    filled(either, pages=[("s-1", 1, "vườn sầu riêng")], readings=[FileReading("s-1", 1)])
    with either.write() as uow:
        assert uow.page_words.take_over("s-2") is None


texts = st.lists(st.one_of(names, st.sampled_from(["khai sinh", "Thôn Mẫu 3", "0912 345 678", "H36.50.05-261120-0003", "đ’ê_%\"*"])),
                 min_size=0, max_size=4).map(" ".join)


@pytest.mark.postgres
@settings(max_examples=examples(10), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(records=lists_of_dossiers(), pages=st.lists(texts, max_size=6), queries=st.lists(texts, min_size=1, max_size=6))
def test_both_databases_find_alike_and_as_the_rule_says(new_url, records, pages, queries):
    file, server = opened(new_url("sqlite")), opened(new_url("postgres"))
    mine = [(f"s-{at}", at, text) for at, text in enumerate(pages, 1)]
    try:
        for database in (file, server):
            kept(database, papers=[paper(at, dossier_id=f"d-{1 + at % max(1, len(records)):06}", stored_id=f"s-{at}") for at in range(1, len(pages) + 1)])
            filled(database, dossiers=records, pages=mine)
        for query in queries:
            asked = words(query)
            own = {n for n, each in enumerate(records, 1) if matches(asked, search_text(each).strip())}
            seen = {1 + at % len(records) for _, at, text in mine if records and matches(asked, " ".join(words_of_page(text)))}
            expected = own | (seen if asks_scans(asked) else set())
            left, right = found(file, query), found(server, query)
            assert set(numbers(left)) == expected, query
            assert (left.seen, numbers(left), left.total) == (right.seen, numbers(right), right.total), query
            assert {int(each[2:]) for each in left.seen} == expected - own
    finally:
        file.close()
        server.close()
