"""What holds for every page of the program: its acts, its names, its panes, and that nothing of it stays behind or overlaps."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QLineEdit
from shiboken6 import isValid

from counter_app.services.changes import Changes
from tests.ui.conftest import nameless, settle, wait_for
from tests.ui.pages.helpers import choose, fill, idle, kept, press, take_in, words
from ui.actions import ACTION_BY_ID, actions_of
from ui.desk_pages import ENTRIES
from ui.windows.frame import Frame
from ui.windows.window import LEAST

PAGES = ("home", "intake", "dossiers", "dossier", "scanning", "books", "admin")
SIZES = [(1366, 768, 100), (1366, 690, 100), (1366, 768, 125), (1366, 768, 150), (1366, 768, 200), (1920, 1080, 100)]


@pytest.fixture
def busy(seat):
    """A desk with some dossiers."""
    return [take_in(seat.desk, f"Trần Văn Mẫu {letter}") for letter in "ABCDEFGHIJKL"]


def frame_of(seat, tools, width=1366, height=768):
    made = kept(Frame(tools, seat.context.counter, seat.context.session, ENTRIES))
    made.resize(width, height)
    made.show()
    made.activateWindow()
    return made


def open_page(frame, page_id, busy, seat):
    """Open a page filled with what the desk has."""
    if page_id == "dossier":
        frame.open("dossier", code=busy[0].code)
    else:
        frame.open(page_id)
    idle(seat.context)
    if page_id == "intake":
        fill(frame.stack.page)
        idle(seat.context, 250)
    return frame.stack.page


@pytest.mark.parametrize("page_id", PAGES)
def test_every_act_of_the_key_line_is_in_the_table_and_can_be_done_or_says_why_not(page_id, seat, tools, busy):
    page = open_page(frame_of(seat, tools), page_id, busy, seat)
    acts = page.page_actions()
    assert len(set(acts)) == len(acts)
    for act in acts:
        assert act in ACTION_BY_ID
        reason = page.why_not(act)
        assert reason is None or reason.endswith(".")
    for action in actions_of(page_id):
        assert page.offers(action.id), action.id


@pytest.mark.parametrize("page_id", PAGES)
@pytest.mark.parametrize("narrow", [False, True])
def test_everything_that_takes_the_focus_has_a_name(page_id, narrow, seat, tools, busy):
    frame = frame_of(seat, tools, 900 if narrow else 1366)
    page = open_page(frame, page_id, busy, seat)
    assert page.narrow is narrow
    assert nameless(frame) == []
    if hasattr(page, "do_next_pane"):
        page.do_next_pane()
        settle(0)
        assert nameless(frame) == []


@pytest.mark.parametrize(("width", "height", "percent"), SIZES)
@pytest.mark.parametrize("page_id", PAGES)
def test_nothing_lies_on_its_neighbour_at_any_size(page_id, width, height, percent, seat, tools, busy):
    tools.theme.resize(percent)
    frame = frame_of(seat, tools, width, height)
    page = open_page(frame, page_id, busy, seat)
    settle()
    assert overlapping(page) == []


def overlapping(page):
    """Return pairs of visible siblings, of those that hold words or are pressed, that lie on each other."""
    found = []
    kinds = (QLabel, QAbstractButton, QLineEdit)
    parts = [part for kind in kinds for part in page.findChildren(kind) if part.isVisible() and part.width() > 2 and part.height() > 2]
    for at, part in enumerate(parts):
        for other in parts[at + 1:]:
            if part.parent() is other.parent() and not isinstance(part.parent(), QLineEdit) and part.geometry().intersects(other.geometry()):
                found.append((describe(part), describe(other)))
    return found


def describe(part):
    return f"{type(part).__name__} {part.accessibleName() or (part.text() if hasattr(part, 'text') else '')!r} {part.geometry().getRect()}"


@pytest.mark.parametrize("page_id", PAGES)
def test_f6_goes_round_in_a_narrow_window_and_comes_back(page_id, seat, tools, busy):
    frame = frame_of(seat, tools, 900)
    page = open_page(frame, page_id, busy, seat)
    if not hasattr(page, "do_next_pane"):
        return
    before = visible_sheets(page)
    for _ in range(3):
        press(frame, Qt.Key.Key_F6)
        settle(0)
        if visible_sheets(page) == before:
            return
    raise AssertionError("F6 never came back to the first pane")


def visible_sheets(page):
    return [id(part) for part in page.findChildren(QLabel) if part.isVisible()]


def test_a_frame_made_anew_shows_the_form_as_it_was_left(seat, tools, translation):
    """Another language or size of text makes the frame anew; what was typed is the draft."""
    frame = frame_of(seat, tools)
    frame.open("intake")
    fill(frame.stack.page)
    before = frame.stack.page._form.command()
    frame.leave()
    translation.choose("vi")
    again = frame_of(seat, tools)
    frame.deleteLater()
    again.open("intake")
    page = again.stack.page
    wait_for(lambda: page._form.procedure.procedure is not None)
    idle(seat.context)
    assert page._form.command() == before


def test_pages_that_are_not_seen_are_refreshed_when_they_come(seat, tools, busy):
    frame = frame_of(seat, tools)
    frame.open("dossiers")
    idle(seat.context)
    listed = len(frame.stack.page._model.rows)
    frame.open("home")
    take_in(seat.desk)
    seat.context.tasks.changed.emit(Changes.of("dossiers"))
    frame.open("dossiers")
    idle(seat.context)
    assert len(frame.stack.page._model.rows) == listed + 1


def test_a_dossier_received_here_is_counted_at_home_at_once(seat, tools):
    frame = frame_of(seat, tools)
    frame.open("home")
    idle(seat.context)
    frame.open("intake")
    fill(frame.stack.page)
    frame.trigger("receive")
    wait_for(frame.stack.page._form.is_empty)
    frame.open("home")
    idle(seat.context)
    assert frame.stack.page._column._received.text() == "1"


def test_the_day_is_counted_once_for_frame_and_home(seat, tools, guard, monkeypatch):
    counted, service = [], type(seat.desk.counter.home)
    original = service.figures
    monkeypatch.setattr(service, "figures", lambda home: counted.append(home) or original(home))
    take_in(seat.desk)
    frame = frame_of(seat, tools)
    with guard:
        frame.open("home")
        idle(seat.context)
        assert len(counted) == 1
        assert frame.stack.page._column._received.text() == "1"
        seat.context.tasks.changed.emit(Changes.of("dossiers"))
        idle(seat.context)
        assert len(counted) == 2


def test_figures_that_come_late_go_to_the_page_that_is_open_then(seat, tools):
    frame = frame_of(seat, tools)
    frame.open("home")
    frame.open("dossiers")
    idle(seat.context)
    assert frame.stack.page.page_id == "dossiers"
    frame.back()
    idle(seat.context)
    assert "Today, Friday 20 November" in words(frame.stack.page)


def test_opening_from_the_list_and_back_keeps_the_search(seat, tools, busy):
    frame = frame_of(seat, tools)
    frame.search("tran van mau c")
    idle(seat.context)
    page = frame.stack.page
    assert page.page_id == "dossiers"
    rows = page._model.rows
    assert [row.applicant for row in rows] == ["Trần Văn Mẫu C"]
    assert frame.window().focusWidget() is page._table
    QTest.keyClick(page._table, Qt.Key.Key_Return)
    wait_for(lambda: frame.stack.page.page_id == "dossier")
    idle(seat.context)
    press(frame, Qt.Key.Key_Escape)
    idle(seat.context)
    assert frame.stack.page is page
    assert page._model.rows == rows


def test_a_scanned_slip_opens_its_dossier_from_a_half_filled_form_that_stays(seat, tools, busy):
    from counter_app.domain.codes import slip_qr

    frame = frame_of(seat, tools)
    frame.open("intake")
    page = frame.stack.page
    wait_for(lambda: not page._drafts.is_taking_up)
    choose(page, "1.001193")
    frame.search(slip_qr(busy[3].code))
    wait_for(lambda: frame.stack.page.page_id == "dossier")
    idle(seat.context)
    assert frame.stack.page._facts_of.dossier.code == busy[3].code
    frame.back()
    assert frame.stack.page is page
    assert page._form.procedure.procedure.code == "1.001193"


def test_dialogs_of_the_pages_are_freed_when_they_are_closed(seat, tools, busy):
    frame = frame_of(seat, tools)
    page = open_page(frame, "intake", busy, seat)
    page.do_zoom()
    dialogs = page.findChildren(QDialog)
    assert len(dialogs) == 1
    assert nameless(dialogs[0]) == []
    dialogs[0].close()
    wait_for(lambda: not isValid(dialogs[0]))
    assert QApplication.activeModalWidget() is None


def test_a_frame_that_goes_takes_everything_with_it(seat, tools, busy):
    frame = frame_of(seat, tools)
    pages = [open_page(frame, page_id, busy, seat) for page_id in PAGES]
    frame.close()
    frame.deleteLater()
    settle()
    assert not any(isValid(page) for page in pages)
    idle(seat.context)


def held(frame):
    """Hold a frame at the size of the screen, as the program's window does: nothing in it may ask for more."""
    frame.setMinimumSize(*LEAST)
    frame.resize(1366, 768)
    settle()
    return frame


@pytest.mark.parametrize(("percent", "folded"), [(100, False), (150, False), (175, True), (200, True)])
def test_tables_fold_where_their_columns_have_no_room(seat, tools, busy, theme, percent, folded):
    theme.resize(percent)
    frame = held(frame_of(seat, tools))
    page = open_page(frame, "home", busy, seat)
    assert page.folded is folded
    assert page._model.columnCount() == (4 if folded else 6)
    assert {row.data(Qt.ItemDataRole.DisplayRole) for row in (page._model.index(0, 1),)} == {busy[-1].code}


@pytest.mark.parametrize("page_id", [each for each in PAGES if each != "intake"])
def test_at_200_percent_no_page_is_wider_than_the_window(page_id, seat, tools, busy, theme):
    theme.resize(200)
    frame = held(frame_of(seat, tools))
    page = open_page(frame, page_id, busy, seat)
    settle()
    area = page.parentWidget().parentWidget()
    assert area.horizontalScrollBar().maximum() == 0


def test_f6_scrolls_to_the_table_where_the_page_is_too_low(seat, tools, busy, theme):
    theme.resize(200)
    page = open_page(held(frame_of(seat, tools)), "home", busy, seat)
    settle()
    page._cells[next(iter(page._cells))].setFocus()
    area = page.parentWidget().parentWidget()
    area.verticalScrollBar().setValue(0)
    assert area.verticalScrollBar().maximum() > 0
    page.do_next_pane()
    assert page._table.hasFocus()
    assert area.verticalScrollBar().value() > 0
