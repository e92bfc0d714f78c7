"""What the tests of pages share: cards, a filled form, dossiers that were received, words that stand on a page."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from shiboken6 import isValid

from counter_app.domain.card import read_card
from counter_app.domain.dossier import Applicant, ApplicantKind, FeeLine, FeeMethod, Sex
from counter_app.domain.scan import meaning
from counter_app.services.intake.terms import ReceiveDossier
from tests.ui.conftest import settle, wait_for

BIRTH, MARITAL, COPIES, CHANGES, NO_LIMIT = "1.001193", "1.004873", "2.000815", "1.004859", "1.014028"
CARD = "067190000123|240012345|Trần Thị Ví Dụ|15031990|Nữ|Thôn Mẫu 3, xã Đắk Mil, tỉnh Lâm Đồng|01072025"
OTHER_CARD = "067085000456||Nguyễn Văn Mẫu|02011985|Nam|Thôn Mẫu 1, xã Đắk Mil, tỉnh Lâm Đồng|05082025"
NEVER = 10_000_000
_SHOWN = []


class GuiThreadGuard:
    """While ``on``, a unit of work that is begun on the window's thread is written down in ``seen``."""

    def __init__(self, database_type, monkeypatch):
        self.on, self.seen = False, []
        for name in ("read", "write"):
            monkeypatch.setattr(database_type, name, self._watched(getattr(database_type, name), name))

    def _watched(self, original, name):
        def watched(database, *arguments, **named):
            if self.on and threading.current_thread() is threading.main_thread():
                self.seen.append(name)
            return original(database, *arguments, **named)

        return watched

    def __enter__(self):
        self.on = True
        return self

    def __exit__(self, *_):
        self.on = False
        assert self.seen == []


def kept(widget):
    """Hold a widget until Qt has freed it, as the program holds its windows: freed by Python first, its parts speak to what is gone."""
    _SHOWN[:] = [each for each in _SHOWN if isValid(each)]
    _SHOWN.append(widget)
    return widget


def shown_page(page, width=1182, height=664):
    """Show a page in a window of its own, as large as at 1366×768."""
    kept(page)
    page.resize(width, height)
    page.show()
    page.activateWindow()
    return page


def card(text=CARD, day=None):
    """Return what a reader's burst means."""
    from datetime import date

    return meaning(text, day or date(2026, 11, 20))


def reading(text=CARD):
    from datetime import date

    return read_card(text, date(2026, 11, 20))


def words(root):
    """Return all labels that can be seen below a widget, one a line."""
    return "\n".join(label.text() for label in root.findChildren(QLabel) if label.isVisibleTo(root) and label.text())


def press(root, key, modifiers=Qt.KeyboardModifier.NoModifier):
    """Press a key where the focus is."""
    QTest.keyClick(QApplication.focusWidget() or root, key, modifiers)


def type_stamped(text, start, gap, *, enter=True):
    """Send keys with time stamps, as the keyboard does: ``gap`` milliseconds apart, Enter at the end."""
    keys = [(Qt.Key.Key_unknown, sign) for sign in text] + ([(Qt.Key.Key_Return, "\r")] if enter else [])
    for at, (key, sign) in enumerate(keys):
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, sign)
            event.setTimestamp(start + at * gap)
            QApplication.sendEvent(QApplication.focusWidget(), event)


def type_slowly(root, text):
    """Type as a person does: slower than a reader."""
    for sign in text:
        QTest.keyClick(QApplication.focusWidget() or root, sign, delay=1)


def idle(context, milliseconds=0):
    """Wait until nothing runs for the window; work that a timer begins meanwhile is waited for too."""
    settle(milliseconds)
    wait_for(lambda: context.tasks._open == 0)


def choose(page, code):
    """Choose a procedure as if it had been taken from the list."""
    counter = page.context.counter
    page._form.procedure._take(counter.catalogue.get(code, counter.clock.now().date()))


def fill(page, code=MARITAL):
    """Fill a form in that can be received and has nothing to look at: procedure, card, required papers, fee."""
    wait_for(lambda: not page._drafts.is_taking_up)
    choose(page, code)
    page.take_scan(card())
    page._form.applicant.set_text("applicant.phone", "0900 000 012")
    page.do_all_papers()
    for amount in page._form.fee._amounts:
        if amount.value() is None:
            amount.setText("15.000 đ")


def set_field(page, name, text):
    """Type a text into a field of the form and leave it."""
    form = page._form.extra.form if name in page._form.extra.form.names() else page._form.applicant.form
    field = form.row(name).field
    field.setFocus()
    field.setText(text)
    field.textEdited.emit(text)
    form.row(name).left.emit(name)


def problem(page, name):
    """Return the sentence that stands at a field of the form."""
    form = page._form.extra.form if name in page._form.extra.form.names() else page._form.applicant.form
    return form.row(name).problem


def receive(page):
    """Press F9 and wait until it was answered."""
    assert page.trigger("receive")
    wait_for(lambda: not page._receiving.is_busy)
    idle(page.context)


def applicant(name="Trần Thị Ví Dụ", **changes):
    made = Applicant(ApplicantKind.PERSON, name, "067190000123", None, 1990, Sex.FEMALE, "Thôn Mẫu 3, xã Đắk Mil", "0900 000 012", "")
    return replace(made, **changes)


def take_in(desk, name="Trần Thị Ví Dụ", code=MARITAL, *, minutes=1, fee=15000, **changes):
    """Receive a dossier through the services, a minute after the one before."""
    desk.clock.moment += timedelta(minutes=minutes)
    fees = (FeeLine("", "Lệ phí", fee, FeeMethod.CASH, receipt_series="AA/26E", receipt_number="0000412"),) if fee else ()
    person = applicant(name, **changes)
    return desk.counter.intake.receive(ReceiveDossier(procedure_code=code, applicant=person, fees=fees), desk.actor)


def count(desk):
    """Return how many dossiers the desk has."""
    from counter_app.services.ports import ListFilter

    return desk.counter.dossiers.list(ListFilter.ALL, desk.actor, 1).total
