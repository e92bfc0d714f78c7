"""A dossier that only a scan was found by says so, and where, in the list."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from counter_app.domain.people import Actor, Role
from counter_app.domain.scan_words import words_of_page
from tests.storage.test_scans import paper
from tests.ui.pages.helpers import idle, shown_page, take_in, words
from ui.pages.dossiers import DossiersPage
from ui.widgets.rows import HIGH_ROW, LOOK_ROLE, ROW


@pytest.fixture
def scanned(seat):
    """A dossier with a page that holds words of its own."""
    received = take_in(seat.desk)
    with seat.desk.counter.database.write() as uow:
        uow.papers.add(paper(dossier_id=received.dossier_id, paper="Trích lục bản đồ"))
        uow.page_words.add_page("s-1", 3, words_of_page("thửa 117, sầu riêng"))
        uow.commit()
    return received


@pytest.fixture
def page(seat):
    return shown_page(DossiersPage(seat.context))


def search(page, seat, query):
    page.activate(query=query)
    idle(seat.context)


def belows(page):
    model = page._model
    return [look.below for row in range(model.rowCount()) for at in range(model.columnCount()) if (look := model.index(row, at).data(LOOK_ROLE))]


def test_it_says_the_paper_and_the_page_below_the_procedure(scanned, page, seat):
    search(page, seat, "sầu riêng")
    assert [row.code for row in page._model.rows] == [scanned.code]
    (seen,) = filter(None, belows(page))
    assert "Trích lục bản đồ" in seen
    assert "3" in seen
    procedure = page._model.index(0, 1)
    assert procedure.data(Qt.ItemDataRole.AccessibleTextRole) == f"{page._model.rows[0].procedure_name} {seen}"
    assert page._table.verticalHeader().defaultSectionSize() == seat.context.theme.px(HIGH_ROW)
    assert "1 dossiers match" in words(page)
    assert "Seen in a scan: Trích lục bản đồ, page 3" in words(page), "whole in the pane, where a column may cut it off"


def test_what_is_on_record_is_found_without_a_word_of_scans(scanned, page, seat):
    search(page, seat, scanned.code)
    assert [row.code for row in page._model.rows] == [scanned.code]
    assert not any(belows(page))
    assert not page._pane._where.isVisible()
    assert page._table.verticalHeader().defaultSectionSize() == seat.context.theme.px(ROW)


def test_it_stands_behind_what_is_on_record_however_urgent_it_is(scanned, page, seat):
    seat.desk.clock.moment += timedelta(days=30)
    named = take_in(seat.desk, "Sầu Thị Riêng")
    search(page, seat, "sầu riêng")
    assert [row.code for row in page._model.rows] == [named.code, scanned.code], "the other one is overdue"
    assert page._table.currentIndex().row() == 0, "Enter opens the one that bears the name"


def test_another_list_forgets_it(scanned, page, seat):
    search(page, seat, "sầu riêng")
    search(page, seat, "")
    assert page._model.rows
    assert not any(belows(page))
    assert page._table.verticalHeader().defaultSectionSize() == seat.context.theme.px(ROW)


def test_in_rows_of_two_lines_it_stands_in_the_place_of_the_procedure(scanned, page, seat):
    search(page, seat, "sầu riêng")
    page.set_folded(folded=True)
    assert any("Trích lục bản đồ" in each for each in belows(page))
    search(page, seat, scanned.code)
    assert not any("Trích lục bản đồ" in each for each in belows(page))
    assert page._model.rows[0].procedure_name in belows(page)


def test_an_inspector_finds_nothing_by_scans(scanned, seat):
    session = replace(seat.context.session, actor=Actor(seat.desk.actor.user_id, Role.INSPECTOR))
    page = shown_page(DossiersPage(replace(seat.context, session=session)))
    search(page, seat, "sầu riêng")
    assert page._model.rows == ()
