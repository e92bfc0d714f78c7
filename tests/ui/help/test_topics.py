"""F1 everywhere: each page, screen and dialog has its place in the manual, each place is there, and each chapter can be reached."""

import importlib
import pkgutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

import ui.dialogs
import ui.pages
import ui.windows
from tests.ui.conftest import settle, wait_for
from ui.desk_pages import ENTRIES
from ui.dialogs.base import DeskDialog, ScrollingDialog
from ui.dialogs.cash_count import CashCountDialog
from ui.dialogs.confirm import ConfirmDialog
from ui.help.book import Book
from ui.help.topics import HELP, PAGES, PLACES, Topic, ask, topic_of_page
from ui.pages.admin.sections import SECTIONS
from ui.windows.window import DeskWindow

BOOK = Book()
BEGINNINGS = {"DeskDialog", "ScrollingDialog", "AskedList", "UpdateDialog"}
"""Dialogs that only others are made of."""
OF_WHAT_IS_BELOW = {"ActDialog", "ConfirmDialog", "NoticesDialog", "NumberDialog", "PaperDialog", "SaveFileDialog"}
"""Dialogs of many uses: their place is that of what they stand over."""


def dialogs(kind=DeskDialog):
    """Every dialog that the program has."""
    for package in (ui.dialogs, ui.pages, ui.windows):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    return {kind.__name__} | {name for each in kind.__subclasses__() for name in dialogs(each)}


class Helping(QWidget):
    """A window that writes down what it was asked for."""

    def __init__(self):
        super().__init__()
        self.asked = []

    def show_help(self, topic):
        self.asked.append(topic)


class About(QWidget):
    """A part that knows what it is about."""

    def help_topic(self):
        return Topic("about.md")


def press_f1(window):
    window.activateWindow()
    wait_for(window.isActiveWindow)
    QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_F1)


def test_every_page_has_its_chapter_and_its_sentence():
    pages = {entry.page_id for entry in ENTRIES}
    assert pages == {place for place in PAGES if "/" not in place} == set(HELP)


def test_every_section_of_a_page_has_its_place():
    assert {f"admin/{section.section_id}" for section in SECTIONS} == {place for place in PAGES if "/" in place}


def test_the_section_that_is_in_front_is_opened():
    assert topic_of_page("admin", (), "keeping").place == PAGES["admin/keeping"]
    assert topic_of_page("admin", (), "keeping").sentence == topic_of_page("admin", ()).sentence


def test_every_dialog_has_its_place_or_that_of_what_is_below():
    assert {name.split("[")[0] for name in dialogs()} - BEGINNINGS == {name for name in PLACES if name.endswith("Dialog")} | OF_WHAT_IS_BELOW


@pytest.mark.parametrize("place", sorted({*PAGES.values(), *PLACES.values()}))
def test_every_place_is_there(place):
    name, _, anchor = place.partition("#")
    assert not anchor or anchor in {section.anchor for section in BOOK.chapter(name).passages}


def test_every_chapter_stands_in_the_contents():
    first = BOOK.chapters[0]
    linked = {found[0].name for link in _links(first.markdown) if (found := BOOK.follow(first, link))}
    assert linked == {chapter.name for chapter in BOOK.chapters[1:]}


def _links(markdown):
    return [part.partition(")")[0] for part in markdown.split("](")[1:]]


def test_the_sentence_of_a_page_comes_in_the_language_of_the_window(translation):
    assert topic_of_page("home", ()).sentence.startswith("What must be done now.")
    translation.choose("vi")
    assert topic_of_page("home", ()).sentence.startswith("Việc phải làm")


def test_f1_in_a_dialog_opens_the_place_of_the_dialog(theme, qtbot):
    window = Helping()
    qtbot.addWidget(window)
    window.show()
    dialog = type("StrikeDialog", (DeskDialog,), {})(theme, "x", window)
    dialog.open()
    press_f1(dialog)
    assert window.asked == [Topic(PLACES["StrikeDialog"])]


def test_a_dialog_of_many_uses_opens_that_of_what_it_stands_over(theme, qtbot):
    window = Helping()
    qtbot.addWidget(window)
    page = About(window)
    window.show()
    ask(ConfirmDialog(theme, "x", "y", "z", page))
    below = type("PrintQueueDialog", (ScrollingDialog,), {})(theme, "x", page)
    ask(ConfirmDialog(theme, "x", "y", "z", below))
    assert window.asked == [Topic("about.md"), Topic(PLACES["PrintQueueDialog"])]


def test_what_is_about_nothing_opens_the_contents_and_what_nobody_helps_with_does_nothing(theme, qtbot):
    window, lonely = Helping(), QWidget()
    for each in (window, lonely):
        qtbot.addWidget(each)
    ask(QWidget(window))
    ask(lonely)
    ask(QWidget(lonely))
    assert window.asked == [Topic("README.md")]


def test_the_desk_opens_its_page_and_a_dialog_over_it_does_not_hold_the_manual_back(theme, seat, tools, qtbot):
    from ui.windows.frame import Frame

    window = DeskWindow(theme)
    qtbot.addWidget(window)
    frame = Frame(tools, seat.context.counter, seat.context.session, ENTRIES)
    window.show_screen(frame)
    window.show()
    frame.open("home")
    press_f1(window)
    assert window.help.isVisible()
    assert window.help.topic.place == PAGES["home"]
    assert {action.page for action in window.help.topic.actions} <= {"home"}
    dialog = CashCountDialog(frame.context, frame)
    dialog.open()
    press_f1(dialog)
    assert window.help.topic.place == PLACES["CashCountDialog"]
    QTest.mouseClick(window.help.list.viewport(), Qt.MouseButton.LeftButton, pos=window.help.list.visualRect(window.help.list.model().index(1, 0)).center())
    assert window.help.view.chapter.name.startswith("01-")
    frame.leave()
    window.close()
    settle(0)
    assert window.help is None


@pytest.mark.parametrize(("screen", "place"), [("SetupScreen", PLACES["SetupScreen"]), ("RecoveryScreen", PLACES["RecoveryScreen"]), ("LoginScreen", "README.md")])
def test_f1_before_the_desk_opens_the_chapter_of_the_screen(theme, qtbot, screen, place):
    window = DeskWindow(theme)
    qtbot.addWidget(window)
    shown = type(screen, (QWidget,), {})()
    shown.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    window.show_screen(shown)
    window.show()
    shown.setFocus()
    press_f1(window)
    assert window.help.topic == Topic(place)
    QTest.keyClick(window, Qt.Key.Key_F5)
    window.close()


def test_an_open_manual_is_closed_with_the_window(theme, qtbot):
    window = DeskWindow(theme)
    qtbot.addWidget(window)
    window.show()
    window.show_help(Topic("README.md"))
    opened = window.help
    window.close()
    assert window.help is None
    assert not opened.isVisible()
