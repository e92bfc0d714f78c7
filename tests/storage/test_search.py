"""Search: every word begins some stored word, with the same answers from both databases."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.domain.dossier import CodeOfDossier, Submitter
from counter_app.domain.moments import local
from counter_app.domain.text import matches, words
from counter_app.storage.dossier_rows import search_text
from counter_app.storage.search import CANDIDATES, CAPPED_AT
from tests.examples import examples
from tests.storage.samples import dossier, fill, full_dossier, lists_of_dossiers, named, names, odd_texts, opened


def found(database, query, limit=50):
    with database.read() as uow:
        return [int(row.dossier_id[2:]) for row in uow.dossiers.search(words(query), query, limit=limit).rows]


typed = st.one_of(names, odd_texts, st.builds(lambda name, cut: name[:cut], names, st.integers(1, 6)),
                  st.sampled_from(["0912345678", "0912 345", "0987654", "261120-0003", "H36.50.05-261120-0002", "0011900004", "khai sinh"]))


@pytest.mark.postgres
@settings(max_examples=examples(10), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stored=lists_of_dossiers(), queries=st.lists(typed, min_size=1, max_size=12))
def test_both_databases_answer_alike_and_as_the_rule_says(new_url, stored, queries):
    file, server = opened(new_url("sqlite")), opened(new_url("postgres"))
    try:
        for database in (file, server):
            fill(database, *stored)
        for query in queries:
            by_rule = {n for n, each in enumerate(stored, 1) if matches(words(query), search_text(each).strip())}
            assert set(found(file, query)) == by_rule, query
            assert found(file, query) == found(server, query), query
            for word in words(query):
                assert found(file, word) == found(server, word), word
    finally:
        file.close()
        server.close()


def test_what_a_dossier_is_found_by(database):
    fill(database, full_dossier(1), dossier(2, submitter=Submitter("Phạm Thị Người Nộp", "001099000777", "0900 111 222")))
    for query in ("ho kinh", "doanh hộ", "VI DU", "thon 3", "0912345678", "001190000456", "1.001193", "khai sinh cho con", "Lê Mẫu", "001091000123",
                  "0900000001", "G09.20-20261120-0000001", "261120-0001", "0001", "h36"):
        assert 1 in found(database, query), query
    assert found(database, "nguoi nop") == found(database, "0900111222") == found(database, "111 0900") == [2]


@pytest.mark.parametrize("query", ["", "   ", "-", "’", "%", "*", '"', "_", "\\", "zz", "inh", "tran zz"])
def test_what_matches_nothing(database, query):
    fill(database, dossier(1))
    with database.read() as uow:
        result = uow.dossiers.search(words(query), query, limit=5)
    assert (result.rows, result.total, result.capped) == ((), 0, False)


@pytest.mark.parametrize("query", ['tran" OR "x', "tran OR x", "tran NOT vi", "NEAR(tran vi)", "tran*", "search_text:tran", "tr%n", "tr_n"])
def test_signs_of_a_query_language_are_only_signs(database, query):
    fill(database, dossier(1))
    assert found(database, query) == ([1] if matches(words(query), search_text(dossier(1)).strip()) else [])


def test_spellings_of_one_name_find_each_other(database):
    spellings = ["Nguyễn Hòa", "Nguyễn Hoà", "NGUYỄN HÒA", unicodedata.normalize("NFD", "Nguyễn Hòa"), "nguyen hoa"]
    fill(database, *(named(n, name) for n, name in enumerate(spellings, 1)))
    for query in spellings:
        assert set(found(database, query)) == {1, 2, 3, 4, 5}


def test_accents_of_the_query_change_only_the_order(database):
    fill(database, named(1, "Lê Thị Hòa"), named(2, "Lê Thị Hóa"), named(3, "Lê Thị Hoa"), named(4, "Lê Thị Hoà"), named(5, "Lê Thị Hỏa"))
    assert found(database, "hoa") == [5, 4, 3, 2, 1]
    assert found(database, "Hòa") == found(database, "hoà") == [4, 1, 5, 3, 2]
    assert found(database, "lê hóa") == [2, 5, 4, 3, 1]


def test_a_stroke_through_d_counts_as_an_accent(database):
    fill(database, named(1, "Đỗ Đạt"), named(2, "Dỗ Dạt"))
    assert found(database, "dat") == [2, 1]
    assert found(database, "đạt") == found(database, "Đ") == [1, 2]


def test_the_exact_code_stands_first(database):
    ministry = CodeOfDossier("G09-20261120-001", "ministry")
    fill(database, dossier(1, codes=(*dossier(1).codes, ministry)), dossier(2, summary="G09-20261120-001"), dossier(3, summary="G09-20261120-0017"))
    assert found(database, "G09-20261120-001") == [1, 3, 2]


def test_a_changed_dossier_is_found_by_its_new_words_only(database):
    fill(database, named(1, "Trần Thị Cũ"), named(2, "Trần Thị Khác"))
    with database.write() as uow:
        uow.dossiers.update(named(1, "Trần Thị Mới"))
        uow.dossiers.update(named(2, "Trần Thị Khác", address="Thôn 9"))
        uow.commit()
    assert found(database, "moi") == [1]
    assert found(database, "cu") == []
    assert found(database, "thi") == [2, 1]
    assert found(database, "khac thon 9") == [2]


def test_a_change_rolled_back_leaves_the_words_as_they_were(database):
    fill(database, named(1, "Trần Thị Cũ"))
    with database.write() as uow:
        uow.dossiers.update(named(1, "Trần Thị Mới"))
        assert uow.dossiers.search(("moi",), "moi", limit=5).total == 1
    assert (found(database, "cu"), found(database, "moi")) == ([1], [])


def test_many_matches_are_counted_up_to_the_cap_and_the_newest_shown(database):
    fill(database, *(dossier(n, received_at=local(2026, 11, 1)) for n in range(1, CAPPED_AT + 21)))
    with database.read() as uow:
        many = uow.dossiers.search(("t",), "t", limit=5)
        few = uow.dossiers.search(("0001",), "0001", limit=5)
        all_rows = uow.dossiers.search(("t",), "t", limit=CANDIDATES + 50)
    assert (many.total, many.capped) == (CAPPED_AT, True)
    assert [row.dossier_id for row in many.rows] == [f"d-{n:06d}" for n in range(CAPPED_AT + 20, CAPPED_AT + 15, -1)]
    assert (few.total, few.capped) == (1, False)
    assert len(all_rows.rows) == CANDIDATES + 50


def test_a_very_long_query_is_answered(database):
    fill(database, dossier(1))
    assert found(database, "tran thi " * 200) == [1]
    assert found(database, " ".join(f"w{n}" for n in range(200))) == []


def test_a_word_that_begins_another_word_asks_for_nothing_more(database):
    fill(database, named(1, "Nguyễn An"), named(2, "Nguyễn"))
    assert found(database, "n nguyen ng") == [2, 1]
    assert found(database, "nguyen an a") == [1]
