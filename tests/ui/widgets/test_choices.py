"""One of a few ways, as segments and as tabs: one tab stop, arrows move it, only a hand tells."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QVBoxLayout

from tests.ui.conftest import settle
from ui.widgets.segmented import SegmentedChoice
from ui.widgets.tabs import TabLine

OPTIONS = [("Hồ sơ", "dossiers"), ("Chứng thực", "copies"), ("Thu phí", "fees")]


@pytest.fixture(params=[SegmentedChoice, TabLine], ids=lambda kind: kind.__name__)
def made(request, theme, host):
    """The choice between two buttons, shown, with what it told."""
    room = QVBoxLayout(host)
    before = QPushButton("trước", host)
    choice = request.param(theme, "Sổ", OPTIONS, host)
    after = QPushButton("sau", host)
    for each in (before, choice, after):
        room.addWidget(each)
    host.resize(600, 200)
    host.show()
    host.activateWindow()
    choice.told = []
    choice.chosen.connect(choice.told.append)
    choice.before, choice.after = before, after
    settle(0)
    return choice


def parts(choice):
    return choice._group.buttons()


def focused(choice):
    return [at for at, part in enumerate(parts(choice)) if part.hasFocus()]


def test_the_first_is_chosen_and_nobody_is_told(made):
    assert (made.value, made.told) == ("dossiers", [])
    assert [part.isChecked() for part in parts(made)] == [True, False, False]
    assert made.accessibleName() == "Sổ"
    assert [part.accessibleName() for part in parts(made)] == [text for text, _ in OPTIONS]


@pytest.mark.parametrize("at", [1, 2])
def test_a_press_chooses_and_tells_once(made, at):
    QTest.mouseClick(parts(made)[at], Qt.MouseButton.LeftButton)
    assert (made.value, made.told) == (OPTIONS[at][1], [OPTIONS[at][1]])


@pytest.mark.parametrize(("keys", "value"), [
    ([Qt.Key.Key_Right], "copies"), ([Qt.Key.Key_Down], "copies"), ([Qt.Key.Key_Right] * 2, "fees"), ([Qt.Key.Key_Right] * 5, "fees"),
    ([Qt.Key.Key_Right, Qt.Key.Key_Left], "dossiers"), ([Qt.Key.Key_Right, Qt.Key.Key_Up], "dossiers"), ([Qt.Key.Key_Left], "dossiers")])
def test_arrows_move_the_choice_and_stop_at_the_ends(made, keys, value):
    made.setFocus()
    settle(0)
    for key in keys:
        QTest.keyClick(made.focusWidget() or parts(made)[0], key)
        settle(0)
    assert made.value == value
    assert focused(made) == [[each for _, each in OPTIONS].index(value)]
    moved = min(len([key for key in keys if key in {Qt.Key.Key_Right, Qt.Key.Key_Down}]), 2)
    assert len(made.told) == moved + (len(keys) - moved if len(set(keys)) > 1 else 0)


@pytest.mark.parametrize("chosen", ["dossiers", "copies", "fees"])
def test_the_choice_is_one_tab_stop_and_it_is_the_chosen_part(made, chosen):
    made.choose(chosen)
    made.before.setFocus()
    settle(0)
    QTest.keyClick(made.before, Qt.Key.Key_Tab)
    settle(0)
    assert [OPTIONS[at][1] for at in focused(made)] == [chosen]
    QTest.keyClick(made.focusWidget(), Qt.Key.Key_Tab)
    settle(0)
    assert made.after.hasFocus()


def test_choosing_from_the_program_tells_nobody(made):
    made.choose("fees")
    assert (made.value, made.told) == ("fees", [])
    with pytest.raises(ValueError, match="nothing"):
        made.choose("nothing")
    assert made.value == "fees"


def test_other_keys_are_not_swallowed(made):
    made.setFocus()
    QTest.keyClick(parts(made)[0], Qt.Key.Key_A)
    assert (made.value, made.told) == ("dossiers", [])


def test_nothing_moves_when_another_part_is_chosen(made):
    places = [part.geometry() for part in parts(made)]
    made.choose("fees")
    settle(0)
    assert [part.geometry() for part in parts(made)] == places


def test_the_chosen_part_is_seen(made, theme):
    """Another part is another picture: whoever looks knows which one is taken without reading."""
    first = made.grab().toImage()
    made.choose("copies")
    settle(0)
    second = made.grab().toImage()
    area = parts(made)[1].geometry()
    differs = [
        (x, y) for x in range(area.left() + 2, area.right() - 1) for y in range(area.top() + 2, area.bottom() - 1)
        if QColor(first.pixel(x, y)) != QColor(second.pixel(x, y))]
    assert differs
    ink = theme.colour("accent")
    assert any(second.pixelColor(QPoint(x, y)) == ink or second.pixelColor(x, y) == theme.colour("accent_tint") for x, y in differs)


@pytest.mark.parametrize("kind", [SegmentedChoice, TabLine])
def test_words_have_room_at_any_size_of_text(kind, theme, host):
    for percent in (100, 150):
        theme.resize(percent)
        made = kind(theme, "Sổ", OPTIONS, host)
        for part in parts(made):
            assert part.sizeHint().width() > part.fontMetrics().horizontalAdvance(part.text())
            assert part.sizeHint().height() == theme.px(36)


def test_segments_take_other_words(theme, host):
    made = SegmentedChoice(theme, "Sổ", OPTIONS, host)
    made.rename(["Một", "Hai", "Ba"])
    assert [(part.text(), part.accessibleName()) for part in parts(made)] == [("Một", "Một"), ("Hai", "Hai"), ("Ba", "Ba")]
    with pytest.raises(ValueError, match="argument"):
        made.rename(["Một"])


def test_tabs_that_do_not_fit_go_into_the_next_line(theme, host):
    made = TabLine(theme, "Sổ", [(f"Sổ theo dõi {n}", str(n)) for n in range(12)], host)
    made.resize(300, made.heightForWidth(300) if made.hasHeightForWidth() else 200)
    made.show()
    settle(0)
    assert len({part.y() for part in parts(made)}) > 1
    assert all(part.geometry().right() <= 300 for part in parts(made))
