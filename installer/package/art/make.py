"""Draw the icon of the program again: ``python -m installer.package.art.make`` after a change of the sign or the accent colour."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QRectF
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from installer.package.parts import ROOT

HERE = Path(__file__).resolve().parent
SIZES = (16, 24, 32, 48, 64, 128, 256)
ACCENT, PAPER = "#0A5A60", "#ffffff"


def drawn(size: int) -> QImage:
    """Return the sign of the program: a stamp in white on a square of the accent colour, rounded."""
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(ACCENT))
    painter.setPen(QColor(0, 0, 0, 0))
    painter.drawRoundedRect(QRectF(0, 0, size, size), size * 0.2, size * 0.2)
    sign = (ROOT / "resources" / "icons" / "rubber-stamp.svg").read_text(encoding="utf-8").replace("currentColor", PAPER)
    margin = size * (0.12 if size < 32 else 0.18)
    QSvgRenderer(sign.encode()).render(painter, QRectF(margin, margin, size - 2 * margin, size - 2 * margin))
    painter.end()
    return image


def main() -> None:
    """Write ``quay-mot-cua.ico`` and ``quay-mot-cua.png`` beside this file."""
    application = QGuiApplication(["make", "-platform", "offscreen"])
    pictures = []
    for size in SIZES:
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        drawn(size).save(buffer, "PNG")
        pictures.append(Image.open(BytesIO(bytes(buffer.data().data()))))
    pictures[-1].save(HERE / "quay-mot-cua.ico", append_images=pictures[:-1], sizes=[(size, size) for size in SIZES])
    pictures[-1].save(HERE / "quay-mot-cua.png", optimize=True)
    application.quit()


if __name__ == "__main__":
    main()
