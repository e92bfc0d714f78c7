"""The least a window with a table can be: a tool bar and 30 rows of 8 columns, in plain PySide6."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication, QMainWindow, QTableWidget, QTableWidgetItem

ROWS, COLUMNS = 30, 8


def main() -> int:
    """Show it."""
    application = QApplication(sys.argv)
    window = QMainWindow()
    window.setWindowTitle("Bare")
    bar = window.addToolBar("Tools")
    for name in ("New", "Open", "Print", "Find"):
        bar.addAction(name)
    table = QTableWidget(ROWS, COLUMNS)
    for row in range(ROWS):
        for column in range(COLUMNS):
            table.setItem(row, column, QTableWidgetItem(f"Row {row} column {column}"))
    window.setCentralWidget(table)
    window.resize(1366, 768)
    window.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
