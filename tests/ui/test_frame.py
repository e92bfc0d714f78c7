"""The frame: pages, keys, palette, search, changes, narrow windows."""

import itertools
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from counter_app.domain.codes import slip_qr
from counter_app.domain.errors import DeskError, Problem
from counter_app.services.changes import Changes
from counter_app.services.line.keeper import Doing, LineNews
from counter_app.services.line.province import Trouble
from tests.ui.conftest import nameless, settle, wait_for
from tests.ui.pages.helpers import idle
from ui.actions import ACTIONS
from ui.dialogs.keys import KeysDialog
from ui.dialogs.notices import NoticesDialog
from ui.dialogs.palette import Palette
from ui.pages.base import Page
from ui.widgets.rows import DeskTable
from ui.windows.frame import Frame
from ui.windows.page_stack import PageEntry
from ui.windows.side_bar import SideBar


class Paper(Page):
    """A page that writes down what happens to it."""

    acts = ("receive", "park")
    reason = None

    def __init__(self, context):
        super().__init__(context)
        self.log = []
        self.hindrances = None
        self.field = QLineEdit()
        self.field.setAccessibleName("field")
        self.body.addWidget(self.field)

    def page_actions(self):
        return self.acts

    def why_not(self, action_id):
        return self.reason if action_id == "park" else None

    def do_receive(self):
        self.log.append("receive")

    def do_park(self):
        self.log.append("park")

    def activate(self, **arguments):
        self.log.append(("activate", arguments))
        self.field.setFocus()

    def leave(self):
        self.log.append("leave")

    def take_scan(self, meaning):
        self.log.append(("scan", meaning.kind.value))
        return self.page_id == "intake" and meaning.kind == "card"

    def refresh(self, changes):
        self.log.append(("refresh", changes.names))

    def show_hindrances(self, found):
        self.hindrances = found


def page(page_id, **members):
    return type(page_id.title(), (Paper,), {"page_id": page_id, **members})


class BooksPaper(Paper):
    page_id = "books"
    acts = ("print_next",)

    def do_print_next(self):
        self.log.append("print")

    def do_back(self):
        self.log.append("own back")


ENTRIES = (
    PageEntry("home", "go_home", page("home", acts=("go_intake", "help"))),
    PageEntry("intake", "go_intake", page("intake")),
    PageEntry("dossiers", "go_dossiers", page("dossiers", acts=())),
    PageEntry("dossier", "", page("dossier", acts=())),
    PageEntry("books", "go_books", BooksPaper, below_divider=True),
)
CARD = "067190000123|240012345|Trần Thị Ví Dụ|15031990|Nữ|Thôn Mẫu 3, xã Đắk Mil, tỉnh Lâm Đồng|01072021"


@pytest.fixture
def frame(seat, tools):
    made = Frame(tools, seat.context.counter, seat.context.session, ENTRIES)
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    made.open("home")
    return made


def test_what_stands_in_the_way_is_asked_for_on_the_first_page_alone_and_again_after_every_change(frame, monkeypatch):
    asked = []
    monkeypatch.setattr(type(frame.context.counter.doctor), "hindrances", lambda self: asked.append(self) or ["found"])
    frame.context.tasks.changed.emit(Changes.of("numbers"))
    wait_for(lambda: shown(frame).hindrances == ["found"])
    frame.open("intake")
    idle(frame.context)
    asked.clear()
    frame.context.tasks.changed.emit(Changes.of("numbers"))
    idle(frame.context)
    assert asked == []


def shown(frame):
    return frame.stack.page


def press(frame, key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget() or frame, key, modifiers)


def test_alt_and_a_number_open_a_page_and_mark_it(frame):
    press(frame, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert shown(frame).page_id == "intake"
    assert frame.side_bar.items["go_intake"].isChecked()
    assert not frame.side_bar.items["go_home"].isChecked()


def test_a_page_is_made_once_left_and_activated_again(frame):
    home = shown(frame)
    frame.open("intake")
    frame.open("home", query="x")
    assert shown(frame) is home
    assert home.log == [("activate", {}), "leave", ("activate", {"query": "x"})]


def test_a_page_that_is_not_built_is_not_opened(frame):
    frame.open("reports")
    assert shown(frame).page_id == "home"


def test_back_goes_the_way_back_and_home_at_the_end(frame):
    frame.open("dossiers", query="mau")
    frame.open("dossier", code="X")
    frame.back()
    assert shown(frame).page_id == "dossiers"
    assert shown(frame).log[-1] == ("activate", {"query": "mau"})
    frame.back()
    frame.back()
    assert shown(frame).page_id == "home"


def test_opening_the_same_page_again_is_no_step_of_the_way_back(frame):
    for query in ("n", "ng", "ngu"):
        frame.open("dossiers", query=query)
    frame.back()
    assert shown(frame).page_id == "home"


def test_keys_of_a_page_work_there_and_nowhere_else(frame):
    press(frame, Qt.Key.Key_F9)
    assert "receive" not in shown(frame).log
    frame.open("intake")
    press(frame, Qt.Key.Key_F9)
    press(frame, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert shown(frame).log.count("receive") == 2
    frame.open("books")
    press(frame, Qt.Key.Key_F9)
    assert "print" in shown(frame).log


def test_an_act_that_is_not_possible_says_why_instead(frame):
    frame.open("intake")
    shown(frame).reason = "The form is empty."
    press(frame, Qt.Key.Key_F4)
    assert "park" not in shown(frame).log
    assert frame.context.notices.kept[0].text == "The form is empty."
    assert frame.toasts.toasts[-1].notice.kind == "warning"


def test_the_key_line_follows_the_page(frame):
    assert frame.key_line.shown() == ["go_intake", "help"]
    frame.open("intake")
    assert frame.key_line.shown() == ["receive", "park"]
    shown(frame).acts = ("park",)
    shown(frame).actions_changed.emit()
    assert frame.key_line.shown() == ["park"]


def test_a_page_tells_once_even_when_it_was_opened_often(frame, monkeypatch):
    for _ in range(3):
        frame.open("intake")
        frame.open("home")
    calls = []
    monkeypatch.setattr(frame.key_line, "show_items", lambda items: calls.append(len(items)))
    frame.stack._pages["home"].actions_changed.emit()
    assert len(calls) == 1


def test_f2_goes_to_the_scan_field_from_anywhere(frame):
    frame.open("intake")
    press(frame, Qt.Key.Key_F2)
    assert frame.top_bar.scan_field.hasFocus()


def test_esc_is_the_pages_own_before_it_is_back(frame):
    frame.open("intake")
    frame.open("books")
    frame.setFocus()
    QApplication.sendEvent(frame, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier))
    assert "own back" in frame.stack._pages["books"].log
    assert shown(frame).page_id == "books"
    frame.open("intake")
    QApplication.sendEvent(frame, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier))
    assert shown(frame).page_id == "books"


@pytest.mark.parametrize(("text", "page_id", "arguments"), [
    ("H36.50.05-261120-0038", "dossier", {"code": "H36.50.05-261120-0038"}),
    ("nguyễn mẫu", "dossiers", {"query": "nguyễn mẫu"}),
])
def test_what_is_scanned_or_searched_opens_its_page(frame, text, page_id, arguments):
    frame.top_bar.scan_field.setText(text)
    frame.top_bar.scan_field.setFocus()
    press(frame, Qt.Key.Key_Return)
    assert shown(frame).page_id == page_id
    assert shown(frame).log[-1] == ("activate", arguments)


def test_a_card_starts_an_intake_with_it(frame):
    frame.search(CARD)
    assert shown(frame).page_id == "intake"
    assert shown(frame).log == [("activate", {}), ("scan", "card")]
    frame.open("home")
    frame.back()
    assert shown(frame).log.count(("scan", "card")) == 1


def test_a_page_may_take_a_scan_for_itself(frame):
    frame.open("intake")
    frame.search(CARD)
    assert shown(frame).log[-1] == ("scan", "card")


def test_a_misread_slip_asks_for_another_scan_and_leaves_the_page_as_it_is(frame):
    frame.open("intake")
    frame.search(slip_qr("H36.50.05-261120-0038").replace("0038", "0083"))
    assert shown(frame).page_id == "intake"
    assert shown(frame).log == [("activate", {}), ("scan", "query")]  # offered to the page, and not opened anew
    assert "scan it again" in frame.context.notices.kept[0].text


def test_an_empty_search_does_nothing(frame):
    frame.search("   ")
    assert shown(frame).page_id == "home"


def test_results_follow_the_typing_on_the_page_of_dossiers_only(frame):
    field = frame.top_bar.scan_field
    field.setFocus()
    field.typed.emit("mau")
    assert shown(frame).page_id == "home"
    frame.open("dossiers")
    field.typed.emit("mau")
    assert shown(frame).log[-1] == ("activate", {"query": "mau"})
    assert field.hasFocus()
    field.typed.emit("m")
    assert shown(frame).log[-1] == ("activate", {"query": "mau"})


def test_down_in_the_scan_field_goes_to_the_page(frame):
    frame.open("dossiers")
    frame.top_bar.scan_field.setFocus()
    press(frame, Qt.Key.Key_Down)
    assert shown(frame).field.hasFocus()


def test_a_write_refreshes_the_open_page_now_and_the_others_when_they_come(frame):
    frame.open("intake")
    frame.open("home")
    frame.context.tasks.changed.emit(Changes.of("dossiers"))
    frame.context.tasks.changed.emit(Changes.of("books"))
    home, intake = frame.stack._pages["home"], frame.stack._pages["intake"]
    assert [entry for entry in home.log if entry[0] == "refresh"] == [("refresh", frozenset({"dossiers"})), ("refresh", frozenset({"books"}))]
    assert not [entry for entry in intake.log if entry[0] == "refresh"]
    frame.open("intake")
    assert ("refresh", frozenset({"dossiers", "books"})) in intake.log


def test_the_figures_reach_side_bar_and_state(frame):
    wait_for(lambda: frame.state.accessibleName() == "Saved on this PC")
    figures = frame.context.counter.home.figures()
    frame._show_figures(replace(figures, overdue=2, outbox={"saved": 3, "province_has": 41}))
    assert frame.side_bar.items["go_dossiers"].accessibleName() == "Dossiers, 2 overdue"
    assert "41/44" in frame.state.accessibleName()
    frame._show_figures(replace(figures, overdue=0))
    assert frame.side_bar.items["go_dossiers"].accessibleName() == "Dossiers"


def test_what_needs_a_person_is_one_count_below_and_at_the_side(frame, monkeypatch):
    shown = {}
    monkeypatch.setattr(frame, "_count", lambda item_id, count, *_words: shown.update({item_id: count}))
    wait_for(lambda: frame.state.accessibleName() == "Saved on this PC")
    frame._show_figures(replace(frame.context.counter.home.figures(), outbox={"attention": 7}))
    frame._show_troubles([Trouble("access", Problem("SYNC_TOKEN")), Trouble("look", Problem("LOOK_PRINT"))])
    assert shown["go_sync"] == 2
    assert frame.state.accessibleName().endswith("Needs action 2")
    frame._show_troubles([])
    assert shown["go_sync"] == 0
    assert "Needs action" not in frame.state.accessibleName()


def test_the_frame_asks_anew_when_the_line_has_news(frame, monkeypatch):
    wait_for(lambda: frame.state.accessibleName() == "Saved on this PC")
    troubles = [Trouble("access", Problem("SYNC_TOKEN"))]
    monkeypatch.setattr(type(frame.context.counter.line), "troubles", lambda _: tuple(troubles))
    frame.context.line.told.emit(LineNews(Doing.WAITING, frame.context.counter.clock.now()))
    wait_for(lambda: frame.state.accessibleName().endswith("Needs action 1"))
    troubles.clear()
    frame.context.line.told.emit(LineNews(Doing.WAITING, frame.context.counter.clock.now()))
    wait_for(lambda: "Needs" not in frame.state.accessibleName())


def test_figures_that_fail_are_told_and_the_desk_goes_on(frame, monkeypatch):
    told = []
    frame.context.tasks.refused.connect(told.append)
    from counter_app.domain.errors import failed

    def refuse(_):
        raise failed("DATABASE_LOCKED")

    monkeypatch.setattr(type(frame.context.counter.home), "figures", refuse)
    frame.open("intake")
    wait_for(lambda: told)
    assert isinstance(told[0], DeskError)


def test_a_narrow_window_gives_up_names_first(frame, theme):
    assert frame.narrow is False
    frame.resize(1000, 768)
    settle(0)
    assert frame.narrow is True
    assert shown(frame).narrow is True
    assert frame.side_bar.width() == 56
    assert frame.side_bar.items["go_home"].toolTip() == "Today (Alt+1)"
    frame.resize(1366, 768)
    settle(0)
    assert shown(frame).narrow is False
    assert frame.side_bar.width() == 184


def test_large_text_makes_a_wide_window_narrow(seat, tools, theme):
    theme.resize(150)
    made = Frame(tools, seat.context.counter, seat.context.session, ENTRIES)
    made.resize(1366, 768)
    made.show()
    assert made.narrow is True
    assert made.minimumSizeHint().width() <= 1366


def test_the_clock_shows_the_desks_time(frame):
    assert frame.side_bar.clock.accessibleName() == "09:42 Friday, 20/11/2026"


def test_pages_below_the_divider_stand_below(theme, host):
    bar = SideBar(theme, ["go_home"], ["go_books"], host)
    bar.resize(184, 600)
    bar.show()
    settle(0)
    assert bar.items["go_books"].y() - bar.items["go_home"].geometry().bottom() > 15


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_the_items_of_the_side_bar_never_cover_one_another(theme, percent):
    theme.resize(percent)
    bar = SideBar(theme, ["go_home", "go_intake", "go_certification", "go_dossiers", "go_returning", "go_books", "go_reports"],
                  ["go_catalogue", "go_admin"])
    bar.resize(bar.width(), 768 - theme.px(56 + 48))
    bar.show()
    settle(0)
    places = [item.geometry() for item in bar.items.values()]
    assert all(lower.top() > upper.bottom() for upper, lower in itertools.pairwise(places))
    assert bar.clock.geometry().top() > places[-1].bottom()
    assert all(place.height() >= theme.px(20) for place in places)
    assert percent > 100 or {place.height() for place in places} == {40}


# --- windows over the desk ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("typed", "first", "missing"), [
    ("gia han", "extend", "hand_over"), ("extend and", "extend", "hand_over"), ("may quet", "scanners", "hand_over")])
def test_the_palette_puts_words_that_stand_as_typed_first_and_mixes_no_languages(frame, theme, translation, typed, first, missing):
    translation.choose("vi")
    palette = Palette(theme, ACTIONS, frame)
    QTest.keyClicks(palette.field, typed)
    offered = [item.value for item in palette.offered.items]
    assert offered[0] == first
    assert missing not in offered


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_the_palette_stays_inside_the_window(frame, theme, percent):
    theme.resize(percent)
    palette = Palette(theme, ACTIONS, frame)
    window = frame.window()
    assert (palette.width() <= window.width(), theme.px(64) + palette.height() <= window.height()) == (True, True)
    palette.show()
    assert 0 < palette.list.geometry().bottom() < palette.height()
    palette.close()


def test_the_palette_finds_actions_in_both_languages_without_accents(frame, translation, qtbot):
    translation.choose("vi")
    frame.open("intake")
    frame.trigger("palette")
    palette = frame.findChild(Palette)
    QTest.keyClicks(palette.field, "tiep in")
    assert palette.offered.items[0].value == "receive"
    palette.field.clear()
    QTest.keyClicks(palette.field, "receive")
    assert palette.offered.items[0].value == "receive"
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert "receive" in shown(frame).log


def test_the_palette_offers_the_pages_own_acts_first_and_only_what_there_is(frame):
    frame.open("intake")
    ids = frame.commands.available()
    assert ids[:2] == ["receive", "park"]
    assert "go_catalogue" not in ids
    assert "print_next" not in ids
    assert "all_papers" not in ids


def test_the_palette_shows_acts_as_the_page_does_and_none_of_them_twice(seat, tools):
    class OneDossier(Paper):
        page_id = "dossier"

        def do_main_act(self):
            self.log.append("main")

        def do_hand_over(self):
            self.log.append("handed over")

        def shown_action(self, action_id):
            action = super().shown_action(action_id)
            return replace(action, keys=("F9",)) if action_id == "hand_over" else action

    made = Frame(tools, seat.context.counter, seat.context.session, (*ENTRIES[:3], PageEntry("dossier", "", OneDossier)))
    made.show()
    made.activateWindow()
    made.open("dossier")
    made.trigger("palette")
    offered = made.findChild(Palette).offered.items
    assert [each.value for each in offered].count("hand_over") == 1
    assert next(each for each in offered if each.value == "hand_over").detail == "F9"
    assert "main_act" not in [each.value for each in offered]


def test_the_palette_searches_what_is_no_command(frame):
    frame.trigger("palette")
    palette = frame.findChild(Palette)
    palette.field.insert("hồ văn")
    QTest.keyClick(palette.field, Qt.Key.Key_Down)
    while palette.offered.items[palette.list.currentIndex().row()].value is not None:
        QTest.keyClick(palette.field, Qt.Key.Key_Down)
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert shown(frame).log[-1] == ("activate", {"query": "hồ văn"})


def test_the_palette_closes_with_esc_and_is_freed(frame):
    frame.trigger("palette")
    palette = frame.findChild(Palette)
    QTest.keyClick(palette.field, Qt.Key.Key_Escape)
    settle(0)
    assert frame.findChild(Palette) is None


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("action", ["keys", "notices"])
def test_dialogs_open_in_every_language_and_are_freed(frame, translation, language, action):
    translation.choose(language)
    frame.context.notices.say("x", "neutral")
    frame.trigger(action)
    kind = NoticesDialog if action == "notices" else KeysDialog
    dialog = frame.findChild(kind)
    assert dialog.isVisible()
    assert dialog.windowTitle()
    assert nameless(dialog) == []
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    settle(0)
    assert frame.findChild(kind) is None


def test_the_topic_of_a_page_has_its_sentence_and_the_keys_that_it_offers(frame):
    assert frame.help_topic().place.startswith("03-")
    frame.open("intake")
    topic = frame.help_topic()
    assert topic.place == "04-tiep-nhan.md"
    assert topic.sentence.startswith("Take a dossier in.")
    assert {action.id for action in topic.actions} == {"receive", "park"}


def test_the_notices_of_before_can_be_read_again(frame):
    frame.context.notices.say("Đã tiếp nhận", "accent")
    frame.trigger("notices")
    table = frame.findChild(NoticesDialog).findChild(DeskTable)
    assert table.model().index(0, 1).data() == "Đã tiếp nhận"
    assert table.model().headerData(1, Qt.Orientation.Horizontal) == "Notice"


def test_f6_goes_between_the_top_bar_and_the_page(frame):
    frame.open("intake")
    press(frame, Qt.Key.Key_F6)
    assert frame.top_bar.scan_field.hasFocus()
    press(frame, Qt.Key.Key_F6)
    assert shown(frame).field.hasFocus()


def test_text_size_and_theme_are_chosen_from_the_keyboard(frame, theme):
    press(frame, Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier)
    assert theme.percent == 110
    press(frame, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert theme.percent == 100
    frame.trigger("theme_dark")
    assert theme.name == "dark"


def test_what_concerns_the_program_is_passed_on(frame, qtbot):
    for action in ("lock", "log_out", "language", "settings", "password"):
        with qtbot.waitSignal(frame.asked) as told:
            frame.trigger(action)
        assert told.args == [action]


def test_the_menu_of_the_person_is_made_from_the_table(frame, theme, qtbot):
    menu = frame.top_bar._menu
    menu.aboutToShow.emit()
    looks = next(entry.menu() for entry in menu.actions() if entry.menu() is not None)
    checked = [entry.data() for entry in looks.actions() if entry.isChecked()]
    assert checked == ["theme_light"]
    assert any(entry.text() == "Lock the screen\tCtrl+L" for entry in menu.actions())
    with qtbot.waitSignal(frame.asked) as told:
        next(entry for entry in menu.actions() if entry.data() == "log_out").trigger()
    assert told.args == ["log_out"]


def test_what_is_one_step_further_in_the_menu_is_told_too(frame, qtbot):
    looks = next(entry.menu() for entry in frame.top_bar._menu.actions() if entry.menu() is not None)
    for action_id in ("theme_dark", "text_larger", "language"):
        with qtbot.waitSignal(frame.top_bar._menu.asked) as told:
            next(entry for entry in looks.actions() if entry.data() == action_id).trigger()
        assert told.args == [action_id]


def test_the_menu_fits_the_smallest_screen_and_offers_nothing_twice(frame, theme):
    menu = frame.top_bar._menu
    looks = next(entry.menu() for entry in menu.actions() if entry.menu() is not None)
    assert menu.sizeHint().height() < 768 - frame.top_bar.height()
    offered = [entry.data() for part in (menu, looks) for entry in part.actions() if entry.data()]
    assert len(set(offered)) == len(offered)
    theme.resize(200)
    menu.ensurePolished()
    columns = {menu.actionGeometry(entry).left() for entry in menu.actions() if not entry.isSeparator()}
    assert len(columns) == 1, "larger than the screen it scrolls"
    theme.resize(100)


def test_practice_is_marked(tools, seat):
    from ui.widgets.badge import Badge
    from ui.windows.top_bar import TopBar

    real = TopBar(tools.theme, seat.context.counter.desk, "Lý Thị Mẫu Đơn")
    practice = TopBar(tools.theme, replace(seat.context.counter.desk, practice=True), "Lý Thị Mẫu Đơn")
    assert real.findChild(Badge) is None
    assert practice.findChild(Badge).accessibleName() == "Practice"


def test_everything_in_the_frame_has_a_name(frame):
    assert nameless(frame) == []
