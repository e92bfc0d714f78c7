"""Icons: one family of outlines, tinted by role, cached by size and pixel ratio."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from counter_app.support.paths import resource_path

ICON_FOLDER = resource_path("icons")
STROKE = "1.75"


@lru_cache(maxsize=128)
def outline(name: str) -> str:
    """Return the SVG text of an icon, its stroke thinned to the design's.

    Raises:
        FileNotFoundError: no such icon is vendored.
    """
    return (ICON_FOLDER / f"{name}.svg").read_text(encoding="utf-8").replace('stroke-width="2"', f'stroke-width="{STROKE}"')


@lru_cache(maxsize=1024)
def tinted(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    """Return an icon of ``size`` logical pixels in one colour (``#RRGGBB``), sharp at this pixel ratio."""
    renderer = QSvgRenderer(QByteArray(outline(name).replace("currentColor", colour).encode()))
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, pixmap.width(), pixmap.height()))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def screen_ratio() -> float:
    """Return the pixel ratio of the main screen, 1 before there is one."""
    application = QGuiApplication.instance()
    return application.devicePixelRatio() if isinstance(application, QGuiApplication) else 1.0


def icon_of(name: str, normal: str, disabled: str, size: int) -> QIcon:
    """Return a ``QIcon`` with its normal and disabled colour (``#RRGGBB``)."""
    icon = QIcon(tinted(name, normal, size, screen_ratio()))
    icon.addPixmap(tinted(name, disabled, size, screen_ratio()), QIcon.Mode.Disabled)
    return icon
