"""The house's own dialogs for one number and for a file: what they take, what they refuse, and in which words."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.examples import examples
from tests.ui.conftest import Journeys, nameless, settle
from ui.context import DeskContext
from ui.dialogs.number import NumberDialog
from ui.dialogs.save_file import FORBIDDEN, SaveFileDialog, documents

KINDS = (("Excel", ".xlsx"), ("PDF", ".pdf"))


@pytest.fixture
def numbers(theme, host):
    dialog = NumberDialog(theme, "Go to number", 5, 60, host)
    dialog.taken = []
    dialog.chosen.connect(dialog.taken.append)
    dialog.open()
    return dialog


@pytest.fixture
def context(tools, preferences, tmp_path):
    preferences.save_folder = str(tmp_path)
    return DeskContext(None, None, tools.tasks, tools.theme, tools.notices, Journeys(), preferences)


@pytest.fixture
def saving(context, host):
    dialog = SaveFileDialog(context, "Export", "so-2026", KINDS, host)
    dialog.taken = []
    dialog.chosen.connect(dialog.taken.append)
    dialog.open()
    return dialog


# --- a number ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["5", "60", " 12 ", "007"])
def test_a_number_between_the_two_is_taken_with_enter(numbers, text):
    QTest.keyClicks(numbers.field, text)
    QTest.keyClick(numbers.field, Qt.Key.Key_Return)
    assert numbers.taken == [int(text)]


@pytest.mark.parametrize("text", ["", "4", "61", "-7", "6.0", "mười", "99999999999999999999", "²"])
def test_anything_else_is_refused_in_words_at_the_field(numbers, text):
    numbers.field.setText(text)
    QTest.keyClick(numbers.field, Qt.Key.Key_Return)
    assert numbers.taken == []
    assert numbers.form.row("number").problem == "Type a number from 5 to 60."
    assert numbers.isVisible()


def test_the_field_of_the_number_has_the_focus_and_a_name(numbers):
    settle(0)
    assert numbers.focusWidget() is numbers.field
    assert numbers.field.accessibleName() == "Number 5 to 60"
    assert nameless(numbers) == []


# --- a file -----------------------------------------------------------------------------------------------------------


def test_the_file_is_named_by_kind_name_and_folder_and_the_folder_is_remembered(saving, preferences, tmp_path):
    other = tmp_path / "sổ sách"
    other.mkdir()
    saving.folder.setText(str(other))
    saving.kind.setCurrentIndex(1)
    QTest.keyClick(saving.folder, Qt.Key.Key_Return)
    assert saving.taken == [other / "so-2026.pdf"]
    assert preferences.save_folder == str(other)


def test_a_name_with_its_suffix_does_not_get_it_twice(saving, tmp_path):
    saving.name.setText("so-2026.xlsx")
    assert saving.path == tmp_path / "so-2026.xlsx"


def test_a_file_that_is_there_is_replaced_only_when_asked_twice(saving, tmp_path):
    there = tmp_path / "so-2026.xlsx"
    there.write_bytes(b"old")
    saving.save.click()
    assert saving.taken == []
    assert saving.save.text() == "Replace it"
    assert "there already" in saving.form.row("name").sentence
    saving.save.click()
    assert saving.taken == [there]


def test_another_name_that_is_there_too_is_asked_about_anew(saving, tmp_path):
    for name in ("so-2026", "so-2027"):
        (tmp_path / f"{name}.xlsx").write_bytes(b"old")
    saving.save.click()
    saving.name.setText("so-2027")
    saving.save.click()
    assert saving.taken == []


@pytest.mark.parametrize("sign", sorted(FORBIDDEN))
def test_a_name_that_windows_refuses_is_refused_here(saving, sign):
    saving.name.setText(f"so{sign}2026")
    saving.save.click()
    assert saving.taken == []
    assert saving.form.row("name").problem


def test_a_missing_folder_and_a_missing_name_are_told_together(saving, tmp_path):
    saving.name.setText("  ")
    saving.folder.setText(str(tmp_path / "none"))
    saving.save.click()
    assert saving.form.row("name").problem
    assert "no such folder" in saving.form.row("folder").problem
    assert saving.taken == []


def test_one_kind_is_no_question(context, host):
    dialog = SaveFileDialog(context, "Print", "so", KINDS[1:], host)
    dialog.open()
    assert not dialog.kind.isVisible()
    assert dialog.path.suffix == ".pdf"
    assert nameless(dialog) == []


def test_the_first_folder_is_one_that_exists(context, host):
    context.preferences.save_folder = ""
    dialog = SaveFileDialog(replace(context), "Print", "so", KINDS, host)
    assert dialog.folder.text() == documents()
    assert dialog.path.parent.is_dir()


@settings(max_examples=examples(10), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=30))
def test_whatever_is_typed_as_a_name_the_file_lies_in_the_folder(saving, tmp_path, name):
    saving.name.setText(name)
    if not saving._problems():
        assert saving.path.parent == tmp_path
