"""PySide6 6.12.0 gave back references to None, True and False that it had not taken (Python 3.11): after a while the program died.

A binding with that fault must not come back with a newer lock.
"""

import sys

import pytest
from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton, QStyle, QWidget

TIMES = 200
NOWHERE = QModelIndex()


class Bell(QObject):
    rung = Signal(object)

    def hear(self, value):
        del value


class Empty(QAbstractTableModel):
    def rowCount(self, parent=NOWHERE):
        return 2

    def columnCount(self, parent=NOWHERE):
        return 2

    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        return None


class Ear(QWidget):
    def keyPressEvent(self, event):
        super().keyPressEvent(event)


@pytest.fixture
def calls(qapp, theme):
    bell, model, ear, button = Bell(), Empty(), Ear(), QPushButton()
    bell.rung.connect(bell.hear)
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier)
    return {
        "index data": lambda: model.index(0, 0).data(),
        "key event": lambda: QCoreApplication.sendEvent(ear, key),
        "signal": lambda: bell.rung.emit(5),
        "click": button.click,
        "style": lambda: QApplication.style().pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth),
        "nobody": QApplication.activeModalWidget,
    }


@pytest.mark.parametrize("name", ["index data", "key event", "signal", "click", "style", "nobody"])
@pytest.mark.parametrize("constant", [None, True, False])
def test_no_reference_is_lost(calls, name, constant):
    call = calls[name]
    call()
    before = sys.getrefcount(constant)
    for _ in range(TIMES):
        call()
    assert sys.getrefcount(constant) - before > -TIMES / 4
