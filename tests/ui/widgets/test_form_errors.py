"""Sentences below the fields of a form: as wide as the form, with no room where there are none; and the eye of a password."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLineEdit

from tests.examples import examples
from tests.ui.conftest import settle
from ui.widgets.form import Form, TextField
from ui.widgets.password_field import PasswordField

NAMES = ("name", "number", "day", "note")
LONG = "Số định danh có 13 ký tự, phải có 12 chữ số. Hãy quét thẻ hoặc gõ lại."


@pytest.fixture
def form(theme, host):
    """Three fields in a line, one below them, and a box over the whole width."""
    made = Form(theme, parent=host)
    for at, name in enumerate(NAMES[:3]):
        made.add_row(name, TextField(theme), name, at=(0, at))
    made.add_row("note", TextField(theme), "note", at=(1, 0), span=3)
    made.add_wide(QCheckBox("x"), 2)
    made.resize(600, made.sizeHint().height())
    made.show()
    host.activateWindow()
    settle(0)
    return made


def test_a_sentence_has_the_width_of_the_form_and_stands_between_its_line_and_the_next(form):
    form.show_problems({"day": LONG})
    form.resize(600, form.sizeHint().height())
    settle(0)
    error = form.row("day").error
    top = error.mapTo(form, error.rect().topLeft()).y()
    assert error.width() == form.width()
    assert form.row("day").geometry().bottom() < top
    assert top + error.height() <= form.row("note").y()


def is_said(form, name):
    error = form.row(name).error
    return error is not None and error.isVisibleTo(form)


def test_sentences_of_a_line_stand_in_the_order_of_its_fields_however_they_came(form):
    assert all(form.row(name).error is None for name in NAMES), "fields that never were wrong have nothing to carry"
    form.show_problems({"day": LONG})
    form.show_problems({"day": LONG, "name": "Không được để trống."})
    form.show_problems({"day": LONG, "name": "Không được để trống.", "number": LONG})
    form.resize(600, form.sizeHint().height())
    settle(0)
    tops = [form.row(name).error.mapTo(form, form.row(name).error.rect().topLeft()).y() for name in NAMES[:3]]
    assert tops == sorted(set(tops))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(12), deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(NAMES), st.just(LONG)), max_size=4))
def test_only_what_is_wrong_now_is_said_and_without_it_the_form_is_as_high_as_before(form, shown):
    form.show_problems({})
    height = form.sizeHint().height()
    for problems in shown:
        assert set(form.show_problems(problems)) == set(problems)
        assert {name for name in NAMES if is_said(form, name)} == set(problems)
        assert (form.sizeHint().height() > height) is bool(problems)
    form.show_problems({})
    assert form.sizeHint().height() == height


def test_a_row_that_is_hidden_hides_its_sentence_and_brings_it_back(form):
    form.show_problems({"note": LONG})
    form.row("note").setVisible(False)
    assert not form.row("note").error.isVisible()
    form.row("note").setVisible(True)
    assert form.row("note").error.isVisible()
    form.show_problems({})
    assert not form.row("note").error.isVisible()


def test_rows_without_a_place_follow_one_another(theme, host):
    made = Form(theme, parent=host)
    rows = [made.add_row(name, TextField(theme), name) for name in NAMES]
    made.resize(300, made.sizeHint().height())
    made.show()
    settle(0)
    tops = [row.y() for row in rows]
    assert tops == sorted(set(tops))


def test_tab_goes_past_the_eye_of_a_password_and_a_key_does_what_it_does(theme, host):
    made = Form(theme, parent=host)
    password, after = PasswordField(theme), TextField(theme)
    made.add_row("Password", password, "password")
    made.add_row("After", after, "after")
    made.show()
    host.activateWindow()
    password.setFocus()
    QTest.keyClick(password, Qt.Key.Key_Tab)
    assert after.hasFocus()
    QTest.keyClick(after, Qt.Key.Key_Backtab)
    assert password.hasFocus()
    names = []
    for mode in (QLineEdit.EchoMode.Normal, QLineEdit.EchoMode.Password):
        QTest.keyClick(password, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
        assert password.echoMode() == mode
        assert password.hasFocus()
        names.append(password._eye.accessibleName())
        assert password._eye.toolTip() == f"{names[-1]} (Ctrl+I)"
    assert names == ["Hide the password", "Show the password"]
    QTest.keyClicks(password, "i")
    assert password.text() == "i"
