"""Tokens, contrast, colours, sizes."""

import json
import re

import pytest
from PySide6.QtGui import QColor, QFont, QFontInfo, QPalette
from PySide6.QtWidgets import QCheckBox, QLineEdit, QRadioButton

from tests.ui.conftest import ROOT, picture
from ui.tokens import TOKENS_FILE, read_tokens
from ui.widgets.buttons import SecondaryButton

DOCUMENT = json.loads(TOKENS_FILE.read_text(encoding="utf-8"))
TEXT, PARTS = 4.5, 3.0


def luminance(colour):
    def channel(value):
        value /= 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    return 0.2126 * channel(colour.red()) + 0.7152 * channel(colour.green()) + 0.0722 * channel(colour.blue())


def contrast(one, other):
    lighter, darker = sorted((luminance(QColor(one)), luminance(QColor(other))), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_reckoning_of_contrast_is_right():
    assert contrast("black", "white") == pytest.approx(21)
    assert contrast("white", "white") == pytest.approx(1)


@pytest.mark.parametrize("name", DOCUMENT["themes"])
def test_text_can_be_read_on_every_ground(name):
    theme = DOCUMENT["themes"][name]
    for pair, promised in theme["contrast"].items():
        ink, ground = pair.split(" on ")
        found = contrast(theme["colours"][ink], theme["colours"][ground])
        assert found == pytest.approx(promised, abs=0.01), pair
        assert found >= TEXT, pair


@pytest.mark.parametrize("name", DOCUMENT["themes"])
def test_borders_rings_and_marks_can_be_seen(name):
    theme = DOCUMENT["themes"][name]
    for pair, promised in theme["contrast_non_text"].items():
        mark, ground = pair.split(" against ")
        found = contrast(theme["colours"][mark], theme["colours"][ground])
        assert found == pytest.approx(promised, abs=0.01), pair
        assert found >= PARTS, pair


@pytest.mark.parametrize("name", ["light", "dark", "high_contrast"])
def test_the_welcome_panel_can_be_read(name):
    colours = DOCUMENT["themes"][name]["colours"]
    ground, ink = ("accent_tint", "text") if name == "dark" else ("accent", "on_accent")
    assert contrast(colours[ink], colours[ground]) >= TEXT


def test_every_theme_has_every_role():
    for theme in DOCUMENT["themes"].values():
        assert theme["colours"].keys() == DOCUMENT["roles"].keys()


def test_every_state_has_a_known_role_and_a_vendored_icon():
    tokens = read_tokens()
    for state in tokens.states.values():
        assert state.role in DOCUMENT["roles"]
        assert (ROOT / "resources" / "icons" / f"{state.icon}.svg").exists()


def test_no_colour_is_written_outside_the_theme_file():
    literal = re.compile(r"#[0-9A-Fa-f]{6}\b|#[0-9A-Fa-f]{3}\b(?=[\"'])|QColor\(\s*\d|Qt\.GlobalColor\.(?!transparent)")
    sources = [*(ROOT / "ui").rglob("*.py"), ROOT / "resources" / "themes" / "desk.qss"]
    found = [f"{path.name}: {match.group()}" for path in sources for match in literal.finditer(path.read_text(encoding="utf-8"))]
    assert found == []


def test_the_style_sheet_is_short_and_knows_no_font_size():
    sheet = (ROOT / "resources" / "themes" / "desk.qss").read_text(encoding="utf-8")
    assert sheet.count("\n") <= 60
    assert "font" not in sheet


@pytest.mark.parametrize("mode", ["light", "dark", "high_contrast"])
def test_the_style_sheet_is_filled_in_every_theme(theme, mode):
    theme.choose(mode)
    assert "@" not in theme.style_sheet()
    assert theme.name == mode


def test_an_unknown_mode_follows_the_machine(theme):
    theme.choose("purple")
    assert theme.mode == "system"
    assert theme.name in ("light", "dark", "high_contrast")


def test_the_palette_is_the_themes(theme, qapp):
    theme.choose("dark")
    palette = qapp.palette()
    assert palette.color(QPalette.ColorRole.Window) == theme.colour("window")
    assert palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text) == theme.colour("text_disabled")


def test_the_letters_are_the_vendored_ones(theme):
    assert QFontInfo(theme.font()).family() == "Noto Sans"
    bold = QFontInfo(theme.font(bold=True))
    assert bold.weight() == QFont.Weight.DemiBold
    assert theme.font("title").pointSizeF() == 15
    assert theme.font("figure").pointSizeF() == 27


def test_text_grows_in_widgets_that_are_there_already(theme, host):
    field = QLineEdit(host)
    field.show()
    field.ensurePolished()
    before = field.fontMetrics().height(), field.sizeHint().height()
    theme.resize(200)
    field.ensurePolished()
    assert field.fontMetrics().height() == pytest.approx(2 * before[0], rel=0.15)
    assert field.sizeHint().height() == pytest.approx(2 * before[1], rel=0.1)
    assert theme.px(36) == 72


def test_text_size_stays_between_90_and_200(theme, qtbot):
    theme.resize(500)
    assert theme.percent == 200
    theme.step(1)
    assert theme.percent == 200
    theme.resize(10)
    assert theme.percent == 90
    with qtbot.waitSignal(theme.resized):
        theme.step(1)
    assert theme.percent == 100


def test_a_measure_is_whole_pixels_and_never_vanishes(theme):
    theme.resize(90)
    assert theme.px(1) == 1
    assert theme.px(0) == 0
    assert isinstance(theme.px(35.5), int)


def test_a_field_is_36_high(theme, host):
    field = QLineEdit(host)
    field.show()
    field.ensurePolished()
    assert field.sizeHint().height() == 36


@pytest.mark.parametrize("kind", [QCheckBox, QRadioButton])
def test_indicators_show_their_state_in_the_accent(theme, host, kind):
    box = kind("x", host)
    box.setGeometry(300, 300, 80, 40)
    box.show()
    accent = theme.colour("accent")
    before = colours_of(picture(box))
    box.setChecked(True)
    after = colours_of(picture(box))
    assert accent.name() not in before
    assert accent.name() in after


def test_the_focus_ring_is_drawn(theme, host):
    button = SecondaryButton(theme, "x", parent=host)
    button.show()
    button.setFocus()
    assert theme.colour("focus").name() in colours_of(picture(button))


def colours_of(image):
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
