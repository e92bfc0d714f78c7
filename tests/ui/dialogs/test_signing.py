"""Signing in the window: what waits, certificate and PIN, progress, stop, and what became of each."""

from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit

from counter_app.domain.errors import failed
from counter_app.domain.people import Actor, Role
from counter_app.scanning.signing.pdf import sign_pdf
from counter_app.services.scanning.signing_ports import Trust
from tests.fakes_signing import PIN, FakeSigner
from tests.scanning.signing import samples
from tests.ui.conftest import settle, wait_for
from tests.ui.dialogs.filed import filed, files_of, received
from tests.ui.pages.helpers import idle, words
from ui.actions import ACTION_BY_ID
from ui.dialogs.scanning.papers import DigitalPapersDialog
from ui.dialogs.scanning.signatures import SignaturesDialog
from ui.dialogs.scanning.signing import SignDialog
from ui.models.signing import certificate_details
from ui.pages.scanning.page import ScanningPage
from ui.windows.sign_desk import SignDesk


class PdfToken(FakeSigner):
    """A token in memory that signs real PDF files; a closed ``gate`` keeps it at a file."""

    def __init__(self, now):
        super().__init__(now)
        self.gate = Event()
        self.gate.set()

    def session(self, library, certificate, pin):
        return super().session(Path("/opt/vendor/token.so"), certificate, pin)

    def sign(self, source, mark, out):
        self.marks.append(mark)
        self.gate.wait(30)
        if fault := self.faults.get(len(self.marks)):
            raise fault
        sign_pdf(source, mark, out, samples.signer())


@pytest.fixture
def token(seat):
    """A token in the place of the process with the vendor's library."""
    service, made = seat.desk.counter.signing, PdfToken(seat.desk.counter.clock.now())
    service._signer = made
    service.choose_library(Path("/opt/vendor/token.so"), seat.desk.actor)
    return made


def signer_open(seat, host, code="", context=None):
    dialog = SignDialog(context or seat.context, host, code)
    dialog.open()
    dialog.activateWindow()
    idle(seat.context)
    settle(0)
    return dialog


def press(seat, dialog, key):
    """Press a key; that of a button clicks it a moment later."""
    QTest.keyClick(dialog, key)
    settle(150)
    idle(seat.context)
    settle(0)


def sign(seat, dialog, pin=PIN):
    dialog.pin.setText(pin)
    press(seat, dialog, Qt.Key.Key_F9)


def states(dialog):
    return [(line.paper.paper, line.ticked, line.signed, line.problem.code if line.problem else "") for line in dialog.model.rows]


def test_everything_that_waits_is_signed_with_two_keys(seat, host, token):
    code = received(seat)
    for lines, part in ((4, "TP01"), (6, "TP02")):
        filed(seat, code, part, lines=lines)
    dialog = signer_open(seat, host)
    assert dialog.pin.hasFocus()
    assert dialog.pin.echoMode() == QLineEdit.EchoMode.Password
    assert states(dialog) == [("Tờ khai", True, False, ""), ("Trích lục", True, False, "")]
    assert "1234AB" in words(dialog)
    done = []
    dialog.signed.connect(lambda: done.append(True))
    sign(seat, dialog)
    assert states(dialog) == [("Tờ khai", False, True, ""), ("Trích lục", False, True, "")]
    assert "2 files are signed." in words(dialog)
    assert done == [True]
    assert dialog.pin.text() == ""
    assert all(file.signed_by == seat.desk.actor.user_id for file in files_of(seat, code))
    assert not dialog.sign.isEnabled(), "nothing is ticked any more"
    assert seat.desk.counter.signing.waiting(seat.desk.actor) == ()


def test_a_file_can_be_left_out_by_keys_and_mouse(seat, host, token):
    code = received(seat)
    for lines, part in ((4, "TP01"), (6, "TP02")):
        filed(seat, code, part, lines=lines)
    dialog = signer_open(seat, host)
    dialog.table.setFocus()
    dialog.table.selectRow(0)
    QTest.keyClick(dialog.table, Qt.Key.Key_Space)
    assert [line.ticked for line in dialog.model.rows] == [False, True]
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    assert [line.ticked for line in dialog.model.rows] == [True, True]
    dialog.table.opened.emit(1)
    sign(seat, dialog)
    assert states(dialog) == [("Tờ khai", False, True, ""), ("Trích lục", False, False, "")]


def test_what_could_not_be_signed_says_why_and_can_be_signed_again(seat, host, token):
    code = received(seat)
    for lines, part in ((4, "TP01"), (6, "TP02")):
        filed(seat, code, part, lines=lines)
    token.faults[2] = failed("TOKEN_GONE")
    dialog = signer_open(seat, host)
    sign(seat, dialog)
    assert states(dialog) == [("Tờ khai", False, True, ""), ("Trích lục", True, False, "TOKEN_GONE")]
    assert "pulled out" in dialog.banner.sentence
    assert "1 files are signed. 1 still wait." in words(dialog)
    sign(seat, dialog)
    assert states(dialog)[1] == ("Trích lục", False, True, "")
    assert not dialog.banner.isVisible()


@pytest.mark.parametrize(("code", "told"), [
    ("TOKEN_PIN_WRONG", "Wrong PIN"), ("TOKEN_PIN_LAST", "Only ONE try"), ("TOKEN_PIN_LOCKED", "locked itself"), ("TOKEN_MISSING", "No token")])
def test_a_token_that_refuses_says_so_and_asks_for_the_pin_again(seat, host, token, code, told):
    filed(seat, received(seat), "TP01")
    dialog = signer_open(seat, host)
    token.refusal = failed(code)
    sign(seat, dialog)
    assert told in dialog.banner.sentence
    assert (dialog.pin.text(), dialog.pin.hasFocus()) == ("", True)
    assert dialog.model.rows[0].ticked


def test_an_expired_certificate_stands_at_its_field_and_the_pin_goes_nowhere(seat, host, token):
    filed(seat, received(seat), "TP01")
    (good,) = token.found
    token.found = (replace(good, valid_to=good.valid_from),)
    dialog = signer_open(seat, host)
    sign(seat, dialog)
    assert "ran out" in words(dialog)
    assert token.pins == []
    press(seat, dialog, Qt.Key.Key_F9)
    assert "ran out" in words(dialog)


def test_a_missing_pin_stands_at_its_field(seat, host, token):
    filed(seat, received(seat), "TP01")
    dialog = signer_open(seat, host)
    sign(seat, dialog, pin="")
    assert "The PIN of the token is missing" in words(dialog)


def test_esc_stops_after_the_file_at_hand_and_the_rest_waits(seat, host, token):
    code = received(seat)
    for lines, part in ((4, "TP01"), (6, "TP02")):
        filed(seat, code, part, lines=lines)
    dialog = signer_open(seat, host)
    token.gate.clear()
    dialog.pin.setText(PIN)
    dialog.sign.click()
    wait_for(lambda: token.marks)
    wait_for(lambda: "Signing file 1 of 2" in words(dialog))
    assert not dialog.form.isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible(), "it stays to show what was done"
    token.gate.set()
    idle(seat.context)
    settle(0)
    assert states(dialog) == [("Tờ khai", False, True, ""), ("Trích lục", True, False, "SIGNING_STOPPED")]
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_without_a_library_an_administrator_is_led_to_choose_one(seat, host, monkeypatch):
    opened = []
    monkeypatch.setattr(QFileDialog, "open", lambda self: opened.append(self.windowTitle()))
    dialog = signer_open(seat, host)
    assert "No library" in dialog.banner.sentence
    assert dialog.banner._button.text() == "Choose the library…"
    dialog.banner.acted.emit()
    assert opened == ["Library of the token's vendor (PKCS#11)"]
    dialog._take_library("/none/there.so")
    idle(seat.context)
    settle(0)
    assert "There is no library" in dialog.banner.sentence
    assert not dialog.sign.isEnabled()


def test_a_clerk_chooses_no_library(seat, host):
    context = replace(seat.context, session=replace(seat.context.session, actor=Actor("u-0009", Role.CLERK)))
    dialog = signer_open(seat, host, context=context)
    assert not dialog.library.isVisible()
    assert dialog.banner._button.text() == ""


def test_tokens_are_looked_for_again_and_details_tell_them_apart(seat, host, token):
    dialog = signer_open(seat, host)
    (first,) = token.found
    second = replace(first, token="second", serial="77", owner="UBND xã Mẫu")
    token.found = (first, second)
    press(seat, dialog, Qt.Key.Key_F5)
    assert dialog.certificate.count() == 2
    dialog.certificate.setCurrentIndex(1)
    assert dialog._details.text() == certificate_details(second)
    token.refusal = failed("TOKEN_MISSING")
    press(seat, dialog, Qt.Key.Key_F5)
    assert dialog.certificate.count() == 0
    assert "No token" in dialog.banner.sentence


def test_the_papers_of_a_dossier_are_signed_and_looked_at_from_its_list(seat, host, token):
    code, other = received(seat), received(seat)
    filed(seat, code, "TP02")
    filed(seat, other, "TP01")
    papers = DigitalPapersDialog.show_over(host, seat.context, code)
    papers.activateWindow()
    idle(seat.context)
    settle(0)
    assert papers.sign.isEnabled()
    papers.sign.click()
    idle(seat.context)
    (dialog,) = papers.findChildren(SignDialog)
    settle(0)
    assert [line.paper.paper for line in dialog.model.rows] == ["Trích lục"], "of this dossier alone"
    sign(seat, dialog)
    dialog.reject()
    idle(seat.context)
    settle(0)
    assert not papers.sign.isEnabled()
    papers.table.selectRow(next(at for at, line in enumerate(papers.model.rows) if line.name == "Trích lục"))
    papers.check.click()
    idle(seat.context)
    settle(0)
    (looked,) = papers.findChildren(SignaturesDialog)
    (check,) = looked.model.rows
    assert (check.owner, check.holds, check.trust) == (samples.AGENCY, True, Trust.UNKNOWN)
    assert "could not be checked" in looked.banner.sentence


def test_the_window_and_the_page_of_scanning_open_it(seat, host, token):
    desk = SignDesk(host)
    desk.actions["sign_papers"]()
    assert not host.findChildren(SignDialog), "no frame is shown yet"
    host.context = seat.context
    desk.attach(host)
    for action_id, kind in (("sign_papers", SignDialog), ("check_signatures", SignaturesDialog)):
        desk.actions[action_id]()
        idle(seat.context)
        assert [dialog.isVisible() for dialog in host.findChildren(kind)] == [True]
        host.findChildren(kind)[0].reject()
    page = ScanningPage(seat.context, host)
    assert page.trigger("sign_papers")
    idle(seat.context)
    assert page.findChildren(SignDialog)[0].isVisible()
    page.findChildren(SignDialog)[0].reject()
    assert {"sign_papers", "check_signatures"} <= set(ACTION_BY_ID)
