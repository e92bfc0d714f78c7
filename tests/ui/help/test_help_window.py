"""The manual's window: contents, search, links, the way back, keys of the page, larger letters, other colours and language."""

import pytest
from PySide6.QtCore import QEvent, QSize, Qt, QUrl
from PySide6.QtGui import QFont, QPalette, QTextTable
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from tests.ui.conftest import nameless, settle, wait_for
from ui.actions import ACTION_BY_ID, actions_of
from ui.help import window as window_module
from ui.help.book import FIRST, Book
from ui.help.topics import PAGES, Topic, topic_of_page
from ui.help.window import HelpWindow
from ui.widgets.key_cap import KeyCap
from ui.windows.window import DeskWindow

BOOK = Book()


@pytest.fixture
def help_window(theme, qtbot):
    made = HelpWindow(theme, BOOK)
    qtbot.addWidget(made)
    made.resize(960, 700)
    made.show()
    return made


def listed(made):
    return [made.list.model().index(at, 0).data() for at in range(made.list.model().rowCount())]


def top(made):
    return made.view.heading_shown()


def press(widget, key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(widget, key, modifiers)


@pytest.mark.parametrize("page", sorted(PAGES))
def test_a_page_opens_its_chapter_at_its_heading(help_window, page):
    help_window.show_topic(topic_of_page(*page.split("/")[:1], (), *page.split("/")[1:]))
    name, _, anchor = PAGES[page].partition("#")
    chapter = BOOK.chapter(name)
    wanted = next((section.heading for section in chapter.passages if section.anchor == anchor), chapter.title)
    assert help_window.view.chapter is chapter
    assert top(help_window) == wanted
    assert help_window.list.currentIndex().data() == chapter.title


def test_all_chapters_are_listed_and_reached_with_the_arrows(help_window):
    assert listed(help_window) == [chapter.title for chapter in BOOK.chapters]
    help_window.show_topic(Topic(FIRST))
    seen = {help_window.view.chapter.name}
    help_window.list.setFocus()
    for _ in BOOK.chapters:
        press(help_window.list, Qt.Key.Key_Down)
        seen.add(help_window.view.chapter.name)
    assert seen == {chapter.name for chapter in BOOK.chapters}


def test_the_sentence_and_the_keys_of_the_page_stand_there(help_window):
    actions = tuple(action for action in actions_of("intake") if action.keys)
    help_window.show_topic(topic_of_page("intake", actions))
    assert help_window.sentence.text().startswith("Take a dossier in.")
    caps = [cap.accessibleName() for cap in help_window.keys_area.findChildren(KeyCap)]
    assert caps == [action.keys[0] for action in actions]
    words = {each.text() for each in help_window.keys_area.findChildren(QLabel)}
    assert words == {action.title for action in actions}


def test_the_keys_of_the_page_before_are_gone(help_window):
    help_window.show_topic(Topic("04-tiep-nhan.md", "x", (ACTION_BY_ID["receive"],)))
    help_window.show_topic(Topic("08-so-theo-doi.md", "y", (ACTION_BY_ID["export_book"],)))
    settle(0)
    assert [cap.accessibleName() for cap in help_window.keys_area.findChildren(KeyCap)] == ["Ctrl+E"]
    help_window.show_topic(Topic("08-so-theo-doi.md"))
    assert help_window.keys_area.isHidden()
    assert help_window.sentence.isHidden()


def test_a_search_without_accents_opens_its_first_hit_and_marks_the_words(help_window):
    press(help_window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert help_window.field.hasFocus()
    QTest.keyClicks(help_window.field, "phieu khoi phuc")
    assert listed(help_window)[0] == "Phiếu khôi phục"
    press(help_window.field, Qt.Key.Key_Return)
    assert top(help_window) == "Phiếu khôi phục"
    marked = {mark.cursor.selectedText() for mark in help_window.view.extraSelections()}
    assert {"Phiếu", "khôi", "phục"} <= marked


def test_esc_takes_the_search_away_and_then_closes(help_window):
    help_window.field.setText("in lai")
    assert listed(help_window) != [chapter.title for chapter in BOOK.chapters]
    press(help_window, Qt.Key.Key_Escape)
    assert listed(help_window) == [chapter.title for chapter in BOOK.chapters]
    assert help_window.isVisible()
    press(help_window, Qt.Key.Key_Escape)
    assert not help_window.isVisible()


def test_a_search_without_a_hit_lists_nothing_and_enter_does_nothing(help_window):
    help_window.show_topic(Topic("05-ngay-hen.md"))
    help_window.field.setText("khongcotunaynhe")
    press(help_window.field, Qt.Key.Key_Return)
    assert listed(help_window) == []
    assert help_window.view.chapter.name == "05-ngay-hen.md"


def test_links_are_followed_and_alt_left_leads_back(help_window):
    help_window.show_topic(Topic("12-hoi-dap.md"))
    help_window.view.followed.emit("01-cai-dat-lan-dau.md#chế-độ-tập")
    assert top(help_window) == "Chế độ tập"
    help_window.view.followed.emit("#phiếu-khôi-phục")
    assert top(help_window) == "Phiếu khôi phục"
    press(help_window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert top(help_window) == "Chế độ tập"
    help_window.back()
    assert help_window.view.chapter.name == "12-hoi-dap.md"
    help_window.back()
    assert help_window.view.chapter.name == "12-hoi-dap.md"


def test_a_link_that_leads_out_leads_nowhere(help_window):
    help_window.show_topic(Topic("12-hoi-dap.md"))
    help_window.view.followed.emit("https://example.vn/")
    assert help_window.view.chapter.name == "12-hoi-dap.md"


def test_a_link_is_given_as_the_chapter_spells_it(help_window, qtbot):
    help_window.show_topic(Topic("12-hoi-dap.md"))
    with qtbot.waitSignal(help_window.view.followed) as said:
        help_window.view.anchorClicked.emit(QUrl("01-cai-dat-lan-dau.md#phiếu-khôi-phục"))
    assert said.args == ["01-cai-dat-lan-dau.md#phiếu-khôi-phục"]


def pictures(made):
    document = made.view.document()
    block, found = document.begin(), []
    while block.isValid():
        part = block.begin()
        while not part.atEnd():
            form = part.fragment().charFormat()
            if form.isImageFormat():
                found.append(document.resource(2, form.toImageFormat().name()))
            part += 1
        block = block.next()
    return found


@pytest.mark.parametrize("width", [700, 960, 1300])
def test_pictures_are_no_wider_than_the_text(help_window, width):
    help_window.resize(QSize(width, 700))
    help_window.show_topic(Topic("03-mot-ngay-o-quay.md"))
    found = pictures(help_window)
    assert len(found) == BOOK.chapter("03-mot-ngay-o-quay.md").markdown.count("![")
    assert all(0 < picture.width() <= help_window.view.viewport().width() for picture in found)


def test_pictures_follow_the_width_and_the_reader_keeps_the_place(help_window):
    help_window.show_topic(Topic("21-quet.md#máy-quét"))
    wide = pictures(help_window)[0].width()
    help_window.resize(640, 700)
    wait_for(lambda: pictures(help_window)[0].width() < wide)
    assert top(help_window) == "Máy quét"


def test_bold_letters_are_those_that_are_shipped_and_tables_have_a_frame(help_window):
    help_window.show_topic(Topic("11-su-co.md"))
    document = help_window.view.document()
    weights, block = set(), document.begin()
    while block.isValid():
        part = block.begin()
        while not part.atEnd():
            weights.add(part.fragment().charFormat().fontWeight())
            part += 1
        block = block.next()
    assert max(weights) <= QFont.Weight.DemiBold
    tables = [frame for frame in document.rootFrame().childFrames() if isinstance(frame, QTextTable)]
    assert tables
    assert all(table.format().borderCollapse() for table in tables)


def test_other_colours_and_larger_letters_reach_the_open_chapter(help_window, theme):
    help_window.show_topic(Topic("21-quet.md#máy-quét"))
    theme.choose("dark")
    assert help_window.view.palette().color(QPalette.ColorRole.Text) == theme.colour("text")
    assert top(help_window) == "Máy quét"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_everything_has_a_name(help_window, translation, language):
    translation.choose(language)
    help_window.show_topic(topic_of_page("home", ()))
    assert nameless(help_window) == []


@pytest.mark.parametrize("change", ["size", "language"])
def test_the_window_is_made_anew_in_another_size_or_language_where_it_was_open(theme, qtbot, change):
    desk = DeskWindow(theme)
    qtbot.addWidget(desk)
    desk.show()
    desk.show_help(Topic("04-tiep-nhan.md"))
    before = desk.help
    if change == "size":
        theme.resize(150)
    else:
        QApplication.sendEvent(desk, QEvent(QEvent.Type.LanguageChange))
    assert desk.help is not before
    assert desk.help.isVisible()
    assert desk.help.view.chapter.name == "04-tiep-nhan.md"
    desk.help.close()
    theme.resize(125)
    assert desk.help is None


def test_the_window_stands_within_the_screen(theme, qtbot):
    desk = DeskWindow(theme)
    qtbot.addWidget(desk)
    desk.show()
    desk.show_help(Topic("04-tiep-nhan.md"))
    assert desk.screen().availableGeometry().contains(desk.help.geometry())


@pytest.mark.parametrize("there", [False, True])
def test_the_pdf_can_be_opened_where_it_is(theme, qtbot, monkeypatch, tmp_path, there):
    opened = []
    monkeypatch.setattr(window_module, "WHOLE", tmp_path / "huong-dan.pdf")
    monkeypatch.setattr(window_module, "CARDS", tmp_path / "the-phim.pdf")
    monkeypatch.setattr(window_module.QDesktopServices, "openUrl", lambda url: opened.append(url.fileName()) or True)
    for name in ("huong-dan.pdf", "the-phim.pdf") if there else ():
        (tmp_path / name).write_bytes(b"%PDF")
    made = HelpWindow(theme, BOOK)
    qtbot.addWidget(made)
    made.show()
    for button in (made.whole, made.cards):
        assert button.isEnabled() == there
        assert bool(button.toolTip()) != there
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert opened == (["huong-dan.pdf", "the-phim.pdf"] if there else [])
