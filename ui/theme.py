"""The theme: semantic colours, fonts and measures for everything that is painted, and the application's palette and style sheet."""

from __future__ import annotations

import re
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from counter_app.support.paths import resource_path
from ui.icons import icon_of, screen_ratio, tinted
from ui.style import DeskStyle
from ui.tokens import StateLook, read_tokens

SYSTEM = "system"
"""The mode that follows the machine: its dark or light scheme, its wish for more contrast."""
FontKind = Literal["body", "title", "figure"]


def load_fonts() -> None:
    """Make the vendored letters known to Qt."""
    for weight in ("Regular", "SemiBold"):
        QFontDatabase.addApplicationFont(str(resource_path(f"fonts/noto-sans/NotoSans-{weight}.ttf")))


class Theme(QObject):
    """Colours by role, fonts and measures at the chosen text size.

    ``changed`` comes after other colours were applied (widgets repaint by themselves), ``resized`` after another text size: whoever
    laid out by :meth:`px` lays out again.
    """

    changed = Signal()
    resized = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self.tokens = read_tokens()
        self._sheet = resource_path("themes/desk.qss").read_text(encoding="utf-8")
        self.mode = SYSTEM
        self.percent = 100
        load_fonts()
        self.use()

    def use(self) -> None:
        """Be the theme of the application, in place of whatever was before."""
        self._style = DeskStyle(self)
        self._application.setStyle(self._style)
        self._apply()

    # --- asking -----------------------------------------------------------------------------------------------------

    @property
    def name(self) -> str:
        """The theme in use: light, dark or high_contrast."""
        return self.mode if self.mode in self.tokens.themes else self._of_system()

    def hex(self, role: str) -> str:
        """Return a role's colour as ``#RRGGBB``."""
        return self.tokens.themes[self.name][role]

    def colour(self, role: str) -> QColor:
        """Return a role's colour."""
        return QColor(self.hex(role))

    def px(self, measure: float) -> int:
        """Return a measure of the design (pixels at 100 %) at the chosen text size, in whole pixels."""
        return max(1, round(measure * self.percent / 100)) if measure > 0 else 0

    def font(self, kind: FontKind = "body", *, bold: bool = False) -> QFont:
        """Return one of the three sizes; titles and figures are always semibold."""
        font = QFont([self.tokens.family, *self.tokens.fallback])
        font.setPointSizeF(self.tokens.points[kind] * self.percent / 100)
        font.setWeight(QFont.Weight.DemiBold if bold or kind != "body" else QFont.Weight.Normal)
        return font

    def pixmap(self, icon: str, role: str, size: int = 20) -> QPixmap:
        """Return an icon tinted by role; ``size`` is the design's, at 100 %."""
        return tinted(icon, self.hex(role), self.px(size), screen_ratio())

    def icon(self, name: str, role: str = "text", size: int = 20) -> QIcon:
        """Return a ``QIcon`` tinted by role, with its disabled colour."""
        return icon_of(name, self.hex(role), self.hex("text_disabled"), self.px(size))

    def state(self, name: str) -> StateLook:
        """Return the colour role and icon of a state (``overdue``, ``saved_here``, …)."""
        return self.tokens.states[name]

    # --- choosing ---------------------------------------------------------------------------------------------------

    def choose(self, mode: str) -> None:
        """Use another theme: light, dark, high_contrast or system."""
        self.mode = mode if mode in self.tokens.themes else SYSTEM
        self._apply()
        self.changed.emit()

    def resize(self, percent: int) -> None:
        """Use another text size, held between 90 and 200 %."""
        percent = min(max(percent, self.tokens.scales[0]), self.tokens.scales[-1])
        if percent != self.percent:
            self.percent = percent
            self._apply()
            self.resized.emit()

    def step(self, direction: int) -> None:
        """Use the next larger (1) or smaller (-1) text size of the design's scale."""
        scales = self.tokens.scales
        nearest = min(range(len(scales)), key=lambda at: abs(scales[at] - self.percent))
        self.resize(scales[min(max(nearest + direction, 0), len(scales) - 1)])

    def _of_system(self) -> str:
        hints = self._application.styleHints()
        accessibility = hints.accessibility()
        if accessibility.contrastPreference() == Qt.ContrastPreference.HighContrast:
            return "high_contrast"
        return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"

    def _apply(self) -> None:
        """Give Qt font, palette and style sheet. A style sheet in force would keep a new font from existing widgets: it goes first."""
        self._application.setStyleSheet("")
        self._application.setFont(self.font())
        self._application.setPalette(self._palette())
        self._application.setStyleSheet(self.style_sheet())

    def _palette(self) -> QPalette:
        palette = QPalette()
        for name, role in self.tokens.palette.items():
            palette.setColor(QPalette.ColorRole[name], self.colour(role))
        for name, role in self.tokens.disabled.items():
            palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole[name], self.colour(role))
        return palette

    def style_sheet(self) -> str:
        """Return the style sheet with this theme's colours and measures."""
        return re.sub(r"@(\w+)", self._fill, self._sheet)

    def _fill(self, match: re.Match[str]) -> str:
        word = match.group(1)
        if word.endswith("px") and word[:-2].isdigit():
            return f"{self.px(int(word[:-2]))}px"
        return self.hex(word)
