"""Digitised papers in lists: looked at, shelved, kept, handed over, destroyed, written to a file, by whoever may."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from counter_app.domain.people import Actor, Role
from counter_app.domain.scan_words import MOST_TRIES, FileReading
from counter_app.services.scanning.archive_content import ListKind
from tests.storage.test_scans import paper, stored
from tests.ui.conftest import nameless
from tests.ui.pages.helpers import idle, kept, shown_page, take_in, words
from ui.dialogs.paper_act import PaperActDialog
from ui.dialogs.paper_lists import FILE_NAMES, PaperListsDialog
from ui.dialogs.save_file import SaveFileDialog
from ui.pages.books import BooksPage


@pytest.fixture
def scanned(seat):
    """Two papers of one dossier with their files."""
    received, now = take_in(seat.desk), seat.desk.clock.moment
    with seat.desk.counter.database.write() as uow:
        for n in (1, 2):
            uow.files.add(stored(n, stored_id=f"{n}" * 32))
            uow.papers.add(paper(n, stored_id=f"{n}" * 32, dossier_id=received.dossier_id, paper=f"Giấy tờ {n}", filed_at=now + timedelta(seconds=n)))
        uow.commit()
    return received


def as_role(seat, role):
    return replace(seat.context, session=replace(seat.context.session, actor=Actor(seat.desk.actor.user_id, role)))


def opened(seat, host, role=Role.ADMINISTRATOR):
    dialog = kept(PaperListsDialog(as_role(seat, role), host))
    dialog.open()
    idle(seat.context)
    return dialog


@pytest.fixture
def dialog(seat, scanned, host):
    return opened(seat, host)


def choose_list(dialog, kind):
    widget = dialog.fields[0][1]
    widget.setCurrentIndex(list(ListKind).index(kind))
    dialog.ask()
    idle(dialog.context)


def names(dialog):
    return [each.paper.paper for each in dialog.model.rows]


def answer(dialog, **values):
    """Fill what an act asks and agree."""
    asked = [each for each in dialog.findChildren(PaperActDialog) if each.isVisible()][-1]
    for field, widget in asked.fields:
        if field.name in values:
            widget.setText(values[field.name])
    asked.yes.click()
    idle(dialog.context)
    return asked


def stored_paper(dialog, n):
    with dialog.context.counter.database.read() as uow:
        return uow.papers.get(f"op-{n}")


def test_what_was_digitised_this_month_is_shown_at_once(dialog, scanned):
    assert names(dialog) == ["Giấy tờ 1", "Giấy tờ 2"]
    assert {each.code for each in dialog.model.rows} == {scanned.code}
    assert "2 files, 4 pages" in words(dialog)
    assert nameless(dialog) == []


def test_several_are_shelved_at_once(dialog):
    dialog.table.selectAll()
    dialog.acts["_ask_shelf"].click()
    answer(dialog, box="Hộp 1", folder="Cặp 2")
    assert [(each.box, each.folder) for each in (stored_paper(dialog, 1), stored_paper(dialog, 2))] == [("Hộp 1", "Cặp 2")] * 2
    assert [dialog.model.index(row, 4).data() for row in (0, 1)] == ["Hộp 1"] * 2


def test_what_is_kept_no_longer_goes_to_the_archive(dialog):
    dialog.table.selectRow(0)
    dialog.acts["_ask_until"].click()
    answer(dialog, until="01/01/2026")
    choose_list(dialog, ListKind.DUE)
    assert names(dialog) == ["Giấy tờ 1"]
    dialog.acts["_ask_archive"].click()
    answer(dialog)
    assert names(dialog) == []
    today = dialog.context.counter.clock.now().date()
    assert stored_paper(dialog, 1).archived_on == today
    choose_list(dialog, ListKind.HANDED_OVER)
    assert names(dialog) == ["Giấy tờ 1"]


def test_an_empty_day_keeps_for_ever(dialog):
    dialog.table.selectRow(1)
    dialog.acts["_ask_until"].click()
    answer(dialog, until="31/12/2030")
    assert stored_paper(dialog, 2).kept_until == date(2030, 12, 31)
    dialog.table.selectRow(1)
    dialog.acts["_ask_until"].click()
    answer(dialog, until="")
    assert stored_paper(dialog, 2).kept_until is None


def test_a_day_that_is_none_is_refused_at_its_field(dialog):
    dialog.acts["_ask_until"].click()
    asked = answer(dialog, until="31/31/2030")
    assert asked.form.row("until").problem
    assert stored_paper(dialog, 1).kept_until is None


def test_what_is_still_kept_is_not_destroyed_and_that_is_said(dialog):
    dialog.acts["_ask_destroy"].click()
    answer(dialog, reason="Quyết định 12/QĐ-UBND")
    assert dialog.banner.isVisible()
    with dialog.context.counter.database.read() as uow:
        assert uow.files.get("1" * 32).key


def test_destroying_needs_a_reason_and_takes_the_key(dialog):
    with dialog.context.counter.database.write() as uow:
        uow.papers.update(replace(uow.papers.get("op-1"), kept_until=date(2026, 1, 1)))
        uow.commit()
    choose_list(dialog, ListKind.DUE)
    dialog.acts["_ask_destroy"].click()
    answer(dialog, reason="")
    assert dialog.banner.isVisible()
    choose_list(dialog, ListKind.DUE)
    dialog.acts["_ask_destroy"].click()
    answer(dialog, reason="Quyết định 12/QĐ-UBND")
    with dialog.context.counter.database.read() as uow:
        gone = uow.files.get("1" * 32)
    assert (gone.key, gone.destroyed_reason) == ("", "Quyết định 12/QĐ-UBND")


def test_words_that_could_not_be_read_are_tried_again(dialog):
    assert not dialog.acts["_read_again"].isVisible()
    with dialog.context.counter.database.write() as uow:
        uow.page_words.note(FileReading("1" * 32, 0, MOST_TRIES))
        uow.commit()
    choose_list(dialog, ListKind.UNREAD)
    assert names(dialog) == ["Giấy tờ 1"]
    dialog.acts["_read_again"].click()
    idle(dialog.context)
    assert names(dialog) == []
    with dialog.context.counter.database.read() as uow:
        assert uow.page_words.reading("1" * 32) == FileReading("1" * 32)


def test_a_list_is_written_to_a_file(dialog, preferences, tmp_path):
    preferences.save_folder = str(tmp_path)
    dialog.acts["_ask_file"].click()
    asking = dialog.findChild(SaveFileDialog)
    assert asking.windowTitle() == "Write the list"
    asking.kind.setCurrentIndex(1)
    asking.save.click()
    idle(dialog.context)
    (written,) = tmp_path.glob("*.xlsx")
    assert written.name.startswith("da-so-hoa-")
    assert dialog.banner.isVisible()


def test_every_list_has_a_name_of_its_own_for_its_file():
    assert set(FILE_NAMES) == set(ListKind)
    assert len(set(FILE_NAMES.values())) == len(ListKind)


def test_without_a_line_nothing_is_asked(seat, host):
    dialog = opened(seat, host)
    dialog.acts["_ask_shelf"].click()
    assert dialog.findChild(PaperActDialog) is None
    assert dialog.banner.isVisible()


@pytest.mark.parametrize(("role", "acts"), [
    (Role.INSPECTOR, set()), (Role.CLERK, {"_ask_shelf", "_read_again", "_ask_file"}),
    (Role.HEAD, {"_ask_shelf", "_ask_until", "_ask_archive", "_ask_destroy", "_read_again", "_ask_file"})])
def test_each_role_sees_what_it_may_do(seat, scanned, host, role, acts):
    dialog = opened(seat, host, role)
    assert set(dialog.acts) == acts
    assert names(dialog) == ["Giấy tờ 1", "Giấy tờ 2"]


def test_enter_opens_the_dossier(dialog, seat, scanned):
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    assert seat.navigator.opened[-1] == ("dossier", {"code": scanned.code})


def test_days_that_run_backwards_are_refused_at_their_field(dialog):
    dialog.fields[1][1].setText("02/12/2026")
    dialog.fields[2][1].setText("01/12/2026")
    dialog.ask()
    idle(dialog.context)
    assert dialog.banner.isVisible()
    assert names(dialog) == ["Giấy tờ 1", "Giấy tờ 2"], "what was shown stays"


def test_the_books_page_opens_them_though_its_book_is_empty(seat, scanned):
    page = shown_page(BooksPage(seat.context))
    page.activate()
    idle(seat.context)
    assert page.why_not("paper_lists") is None
    page.trigger("paper_lists")
    assert kept(page.findChild(PaperListsDialog)).isVisible()
