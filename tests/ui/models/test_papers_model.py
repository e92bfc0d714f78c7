"""The papers of a form: what a tick fills in, what quantities mean, what a draft keeps."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy

from counter_app.domain.catalogue import RequiredDocument
from tests.builders import procedure
from ui.models.papers import CHECK, COPY, MOST, NAME, ORIGINAL, PAPER_ROLE, PHOTOCOPY, Paper, PapersModel, papers_of

TITLES = ("", "", "Original", "Certified", "Photocopy")


@pytest.fixture
def model(qapp):
    made = PapersModel(TITLES)
    made.clock_text = "09:42"
    made.show_papers(papers_of(procedure()))
    return made


def test_required_papers_come_first_and_online_ones_not_at_all():
    documents = (RequiredDocument("Nếu cần", 1, 0, conditional=True), RequiredDocument("Tờ khai", 1, 0),
                 RequiredDocument("Bản điện tử", 1, 0, online_only=True))
    assert [(paper.name, paper.required) for paper in papers_of(replace(procedure(), documents=documents))] == [
        ("Tờ khai", True), ("Nếu cần", False)]


def test_a_tick_fills_in_what_the_catalogue_asks_for(model):
    spy = QSignalSpy(model.edited)
    model.tick(0)
    model.tick(1)
    assert [(line.original, line.copy) for line in model.lines()] == [(1, 0), (0, 1)]
    assert spy.count() == 2
    model.tick(0)
    assert [line.name for line in model.lines()] == ["Giấy tờ chứng minh"]


def test_a_paper_that_asks_for_nothing_is_one_original():
    assert papers_of(replace(procedure(), documents=(RequiredDocument("Tờ khai", 0, 0),)))[0].usual == (1, 0, 0)


def test_the_same_tick_again_changes_nothing(model):
    model.tick(0, ticked=True)
    spy = QSignalSpy(model.edited)
    model.tick(0, ticked=True)
    assert spy.count() == 0


def test_a_paper_that_is_shown_has_a_time_and_no_quantity(model):
    shown = next(at for at, paper in enumerate(model.papers) if paper.shown_only)
    model.tick(shown)
    paper = model.papers[shown]
    assert (paper.seen_at, paper.original, paper.line().shown_only) == ("09:42", 0, True)
    model.set_quantity(shown, ORIGINAL, 3)
    assert paper.original == 0
    model.tick(shown)
    assert paper.seen_at == ""


def test_all_required_are_ticked_at_once_and_counted(model):
    assert model.required() == (0, 3)
    spy = QSignalSpy(model.edited)
    model.tick_required()
    assert model.required() == (3, 3)
    assert spy.count() == 1
    assert [paper.name for paper in model.papers if not paper.ticked] == ["Văn bản ủy quyền"]


def test_what_was_counted_already_stays_when_all_are_ticked(model):
    model.set_quantity(0, PHOTOCOPY, 4)
    model.tick_required()
    assert (model.papers[0].original, model.papers[0].photocopy) == (0, 4)


@pytest.mark.parametrize(("number", "kept", "ticked"), [(3, 3, True), (0, 0, False), (-1, 0, False), (1000, MOST, True)])
def test_a_quantity_ticks_the_line_and_keeps_its_bounds(model, number, kept, ticked):
    model.set_quantity(1, COPY, number)
    assert (model.quantity(1, COPY), model.papers[1].ticked) == (kept, ticked)


@pytest.mark.parametrize("column", [CHECK, NAME, 7])
def test_only_the_three_columns_hold_a_quantity(model, column):
    model.set_quantity(0, column, 5)
    assert not model.papers[0].ticked


def test_another_paper_is_added_with_one_original(model):
    model.add("Đơn riêng")
    assert model.lines() == (Paper("Đơn riêng", ticked=True, original=1).line(),)
    assert model.rowCount() == 5


def test_a_draft_is_kept_and_restored_with_papers_of_its_own(model, qapp):
    model.tick_required()
    model.set_quantity(3, PHOTOCOPY, 2)
    model.add("Đơn riêng")
    other = PapersModel(TITLES)
    other.show_papers(papers_of(procedure()))
    other.restore(model.content())
    assert other.lines() == model.lines()
    assert other.papers[2].seen_at == "09:42"


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from([ORIGINAL, COPY, PHOTOCOPY]), st.integers(-5, 200)), max_size=12))
def test_a_line_is_ticked_exactly_when_something_is_counted_or_seen(changes):
    model = PapersModel(TITLES)
    model.show_papers(papers_of(procedure()))
    for at, column, number in changes:
        model.set_quantity(at, column, number)
    for paper in model.papers:
        assert paper.ticked == any((paper.original, paper.copy, paper.photocopy))
        assert all(0 <= value <= MOST for value in (paper.original, paper.copy, paper.photocopy))


def test_qt_is_content_with_the_model(model):
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.tick(0)
    model.add("Đơn riêng")
    model.show_papers([])
    assert tester.model() is model


def test_what_qt_asks_is_answered_for_eyes_and_ears(model):
    index = model.index(0, NAME)
    assert index.data() == "Tờ khai"
    assert index.data(PAPER_ROLE) is model.papers[0]
    assert model.index(0, CHECK).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Unchecked
    assert model.index(0, CHECK).data() == ""
    model.tick(0)
    assert model.index(0, CHECK).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    assert model.index(0, ORIGINAL).data(Qt.ItemDataRole.AccessibleTextRole) == "1"
    assert model.headerData(ORIGINAL, Qt.Orientation.Horizontal) == "Original"
    assert model.headerData(ORIGINAL, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    assert model.flags(model.index(0, CHECK)) & Qt.ItemFlag.ItemIsUserCheckable
    assert not model.flags(index) & Qt.ItemFlag.ItemIsUserCheckable
    assert model.index(-1, 0).data() is None


def test_a_condition_is_whole_in_the_tool_tip(qapp):
    model = PapersModel(TITLES)
    model.show_papers([Paper("Giấy tờ", condition="nếu đã ly hôn"), Paper("Tờ khai")])
    tips = [model.index(row, NAME).data(Qt.ItemDataRole.ToolTipRole) for row in range(2)]
    assert tips == ["Giấy tờ · nếu đã ly hôn", "Tờ khai"]
