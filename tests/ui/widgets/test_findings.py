"""The list of findings for eyes and for ears: what needs somebody comes first, and a sign is a word too."""

from PySide6.QtWidgets import QLabel, QWidget

from ui.widgets.findings import FindingsList, FoundLine
from ui.widgets.sheet import IconLabel

LINES = (
    FoundLine("accent", "In order", "Printer", "Prints."),
    FoundLine("danger", "Must be mended", "Disk", "2 % free. Make room."),
    FoundLine("neutral", "Not examined", "Scanner", "None here."),
    FoundLine("warning", "Look at it", "Clock", "3 minutes late. Set it."),
)


def shown(theme, host):
    made = FindingsList(theme, "State of this PC", host)
    made.show_lines(LINES)
    return made


def test_it_is_told_in_the_order_in_which_it_is_seen(theme, host):
    assert shown(theme, host).accessibleDescription() == "Disk: Must be mended. Clock: Look at it. Printer: In order. Scanner: Not examined"


def test_every_line_is_read_as_state_name_and_sentence(theme, host):
    parts = [part for part in shown(theme, host).widget().findChildren(QWidget) if isinstance(part, (IconLabel, QLabel))]
    read = [part.accessibleName() or part.text() for part in parts if part.accessibleName() or isinstance(part, QLabel)]
    assert read[:6] == ["Must be mended", "Disk", "2 % free. Make room.", "Look at it", "Clock", "3 minutes late. Set it."]


def test_other_lines_take_the_place_of_the_old_ones(theme, host):
    made = shown(theme, host)
    made.show_lines(LINES[:1])
    assert made.accessibleName() == "State of this PC"
    assert made.accessibleDescription() == "Printer: In order"
