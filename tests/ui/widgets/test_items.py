"""The one model of lists: what a row reads, what is heard, what a delegate is handed."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QObject, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QStyleOptionViewItem

from ui.widgets.items import ITEM_ROLE, ItemDelegate, ItemsModel


@dataclass(frozen=True, slots=True)
class Thing:
    name: str
    more: str


def model_of(parent):
    return ItemsModel[Thing](lambda thing: thing.name, lambda thing: f"{thing.name}, {thing.more}", parent)


def test_it_keeps_to_what_qt_expects_of_a_model(qapp):
    owner = QObject()
    model = model_of(owner)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_items([Thing("a", "1"), Thing("b", "2")])
    model.show_items([])
    assert model.rowCount() == 0
    del tester


@given(st.lists(st.builds(Thing, st.text(max_size=8), st.text(max_size=8)), max_size=8))
def test_every_item_is_read_heard_and_handed_on(things):
    owner = QObject()
    model = model_of(owner)
    model.show_items(things)
    assert model.rowCount() == len(things)
    for at, thing in enumerate(things):
        index = model.index(at)
        assert index.data() == thing.name
        assert index.data(Qt.ItemDataRole.AccessibleTextRole) == index.data(Qt.ItemDataRole.ToolTipRole) == f"{thing.name}, {thing.more}"
        assert index.data(ITEM_ROLE) == thing
        assert index.data(Qt.ItemDataRole.DecorationRole) is None


def test_an_item_has_none_below_it_and_nothing_is_nothing(qapp):
    owner = QObject()
    model = model_of(owner)
    model.show_items([Thing("a", "1")])
    assert model.rowCount(model.index(0)) == 0
    assert model.data(QModelIndex()) is None


def test_later_changes_of_the_list_that_was_given_are_not_shown(qapp):
    owner = QObject()
    model, given_list = model_of(owner), [Thing("a", "1")]
    model.show_items(given_list)
    given_list.append(Thing("b", "2"))
    assert model.rowCount() == 1


def test_rows_have_the_height_of_the_design_at_every_size(theme):
    owner = QObject()
    delegate = ItemDelegate(theme, 60, owner)
    assert delegate.sizeHint(QStyleOptionViewItem(), QModelIndex()).height() == 60
    theme.resize(150)
    assert delegate.sizeHint(QStyleOptionViewItem(), QModelIndex()).height() == 90
