"""Pages that are scanned or read into a stack: behind a page, in its place, from files; a sheet that came with one side; two passes."""

import cv2
import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from tests.ui.conftest import wait_for
from tests.ui.pages.helpers import idle, take_in
from tests.ui.pages.scanning_desk import do, drawn, full_at_the_second_page, order, page_with, scan, shape, there, titles
from ui.models.scan_stack import Mark
from ui.pages.scanning.collating import CollateDialog

THREE = [drawn(lines=at + 2) for at in range(3)]


@pytest.fixture
def code(seat):
    return take_in(seat.desk, "Trần Thị Mẫu A").code


def press(page, key):
    """Press a key on the strip and wait for the end of what it begins."""
    page.strip.setFocus()
    QTest.keyClick(page.strip, key)
    wait_for(lambda: page.seat.listener is None)
    idle(page.context)


def dropped(page, kind, *paths):
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    at, action = page.rect().center(), Qt.DropAction.CopyAction
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    if kind is QDragEnterEvent:
        return files, QDragEnterEvent(at, action, files, buttons, keys)
    return files, QDropEvent(QPointF(at), action, files, buttons, keys)


def drop(page, *paths):
    """Drop files from the file manager on the page."""
    files, event = dropped(page, QDropEvent, *paths)
    page.dropEvent(event)
    del files
    wait_for(lambda: page.seat.listener is None)
    idle(page.context)


def picture_file(folder, name, pixels):
    path = folder / name
    cv2.imwrite(str(path), pixels)
    return path


def test_pages_are_scanned_in_behind_the_current_one_and_undo_takes_them_back(seat):
    page, _ = page_with(seat, (THREE, None), ([drawn(lines=8), drawn(lines=9)], None))
    scan(page)
    first = order(page)
    page.strip.choose(first[0])
    press(page, Qt.Key.Key_I)
    made = order(page)
    assert (made[0], made[3:]) == (first[0], first[1:])
    do(page, "undo_scan")
    assert order(page)[:3] == first


def test_a_page_is_scanned_again_in_its_place_and_the_bad_one_is_only_deleted(seat):
    page, _ = page_with(seat, (THREE, None), ([drawn(lines=8)], None))
    scan(page)
    first = order(page)
    page.strip.choose(first[1])
    press(page, Qt.Key.Key_T)
    assert len(there(page)) == 3
    assert (there(page)[0], there(page)[2]) == (first[0], first[2])
    assert first[1] in order(page)
    do(page, "undo_scan")
    assert there(page)[:3] == first


def test_several_pages_are_scanned_again_and_going_on_after_a_jam_fills_the_places_that_are_left(seat):
    page, _ = page_with(seat, (THREE, None), ([drawn(lines=8)], "SCAN_JAM"), ([drawn(lines=9), drawn(lines=10)], None))
    scan(page)
    first = order(page)
    page.strip.choose(first[0])
    QTest.keyClick(page.strip, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    press(page, Qt.Key.Key_T)
    assert "(F12)" in page.banner._button.text()
    assert page.seat.rest.replaced == (first[1],)
    page.banner.acted.emit()
    wait_for(lambda: page.seat.listener is None and len(order(page)) == 6)
    idle(page.context)
    assert there(page)[3] == first[2]
    assert set(first[:2]).isdisjoint(there(page))
    assert page.seat.rest.is_end


def test_nothing_is_put_behind_a_page_before_there_is_one_or_while_a_feed_runs(seat):
    page, feeder = page_with(seat, (THREE, None))
    for action_id in ("insert_pages", "replace_pages", "insert_files", "collate_passes", "compare_page"):
        assert page.why_not(action_id) == "Nothing is scanned yet."
    assert page.why_not("bring_files") is None
    feeder.gate.clear()
    page.trigger("scan_stack")
    assert page.why_not("insert_pages") == page.why_not("bring_files") == "A stack is being scanned."
    feeder.gate.set()
    wait_for(lambda: page.seat.listener is None)
    idle(page.context)


def test_files_that_are_dropped_are_pages_and_their_codes_divide_them(seat, code, tmp_path):
    page, feeder = page_with(seat)
    paths = [picture_file(tmp_path, "a.png", drawn(code)), picture_file(tmp_path, "b.jpg", drawn(lines=4))]
    _, event = dropped(page, QDragEnterEvent, *paths)
    page.dragEnterEvent(event)
    assert event.isAccepted()
    drop(page, *paths)
    assert titles(page) == [(code, "ready")]
    assert shape(page) == [2]
    assert all(path.exists() for path in paths), "files stay where they are"
    assert feeder.seen == []


def test_a_file_that_is_no_page_is_told_of_and_hinders_no_other_one(seat, tmp_path):
    page, _ = page_with(seat)
    bad = tmp_path / "ghi-chu.pdf"
    bad.write_bytes(b"not a page")
    drop(page, bad, picture_file(tmp_path, "b.png", drawn()))
    assert shape(page) == [1]
    assert "ghi-chu.pdf" in page.banner.sentence
    assert page.banner._button.isHidden(), "there is nothing to scan on"
    drop(page, bad)
    assert shape(page) == [1]


def test_of_many_bad_files_the_first_few_are_told(seat, tmp_path):
    page, _ = page_with(seat)
    bad = [tmp_path / f"bad-{at}.pdf" for at in range(9)]
    for path in bad:
        path.write_bytes(b"no page")
    drop(page, *bad)
    assert [path.name in page.banner.sentence for path in bad] == [True] * 3 + [False] * 6
    assert page.strip.sets == ()


def test_words_that_are_dragged_are_no_files(seat):
    page, _ = page_with(seat)
    words = QMimeData()
    words.setText("file")
    event = QDragEnterEvent(page.rect().center(), Qt.DropAction.CopyAction, words, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    event.ignore()
    page.dragEnterEvent(event)
    assert not event.isAccepted()


def test_files_are_chosen_and_put_behind_the_current_page(seat, tmp_path):
    page, _ = page_with(seat, (THREE, None))
    scan(page)
    first = order(page)
    page.strip.choose(first[0])
    assert page.trigger("insert_files")
    (chooser,) = page.findChildren(QFileDialog)
    chooser.filesSelected.emit([str(picture_file(tmp_path, "b.png", drawn(lines=9)))])
    chooser.close()
    wait_for(lambda: page.seat.listener is None)
    idle(page.context)
    assert (order(page)[0], order(page)[2:]) == (first[0], first[1:])


def test_a_sheet_whose_back_did_not_come_is_marked_until_the_back_is_there(seat):
    page, feeder = page_with(seat, ([drawn(lines=at + 2) for at in range(3)], "SCAN_JAM"), ([drawn(lines=9)], None))
    feeder.duplex = True
    scan(page)
    alone = order(page)[2]
    assert page.banner.sentence.startswith("The back of page 3 did not come. The paper is jammed; 3 pages arrived.")
    marked = page.strip.page(alone)
    assert marked.mark is Mark.WARNING
    assert "back" in marked.told
    page.strip.choose(alone)
    press(page, Qt.Key.Key_I)
    assert page.strip.page(alone).mark is Mark.PLAIN
    assert order(page)[:3] != order(page)[1:]
    assert len(order(page)) == 4
    assert Mark.WARNING not in {each.mark for one in page.strip.sets for each in one.pages}, "a back lacks no back"


@pytest.mark.parametrize("stopped", [None, "SCAN_JAM"])
def test_the_very_first_sheet_of_a_feed_of_both_sides_is_not_taken_for_a_paper_of_one_side(seat, stopped):
    page, feeder = page_with(seat, ([drawn()], stopped))
    feeder.duplex = True
    scan(page)
    assert page.banner.sentence.startswith("The back of page 1 did not come.")
    assert page.strip.page(order(page)[0]).mark is Mark.WARNING


def test_papers_of_one_side_lack_nothing_however_many_they_are(seat):
    page, _ = page_with(seat, ([drawn(), drawn(lines=3), drawn(lines=4)], None))
    scan(page)
    assert Mark.WARNING not in {each.mark for one in page.strip.sets for each in one.pages}
    assert page.banner.isHidden()


def test_a_back_that_came_and_could_not_be_kept_yet_is_not_said_to_be_missing(seat, monkeypatch):
    page, feeder = page_with(seat, ([drawn(), drawn(lines=3)], None), ([], None))
    feeder.duplex = True
    full_at_the_second_page(monkeypatch, seat.context.counter.paper.batches)
    scan(page)
    assert len(order(page)) == 1
    assert "did not come" not in page.banner.sentence
    assert page.strip.page(order(page)[0]).mark is not Mark.WARNING
    scan(page)
    assert [each.side for each in page._look.batch.pages] == ["front", "back"]
    assert page.banner.isHidden()


def collated(page):
    """Open the dialog of two passes."""
    assert page.trigger("collate_passes")
    (dialog,) = [each for each in page.findChildren(CollateDialog) if each.isVisible()]
    return dialog


def test_two_passes_are_seen_as_sheets_before_and_then_put_together(seat, code):
    fronts = [drawn(code), drawn(lines=3)]
    backs = [drawn(blank=True), drawn(lines=7)]
    page, _ = page_with(seat, (fronts, None), (backs, None))
    scan(page)
    scan(page)
    a, b, back_b, back_a = order(page)
    dialog = collated(page)
    assert dialog.wanted.second == back_b, "where the newest feed begins"
    (shown,) = dialog.strip.sets
    assert [each.page_id for each in shown.pages] == [a, back_a, b, back_b]
    assert {each.mark for each in shown.pages} == {Mark.PLAIN}, "no blank page is hidden here"
    assert [(each.number, each.name) for each in shown.pages] == [(1, "front"), (1, "back"), (2, "front"), (2, "back")]
    dialog.reverse.setChecked(False)
    assert [each.page_id for each in dialog.strip.sets[0].pages] == [a, back_b, b, back_a]
    dialog.reverse.setChecked(True)
    dialog.agree.click()
    idle(page.context)
    assert order(page) == [a, back_a, b, back_b]
    assert titles(page) == [(code, "ready")]
    do(page, "undo_scan")
    assert order(page) == [a, b, back_b, back_a], "it is one step"


def test_passes_that_do_not_match_are_pointed_at_and_not_put_together(seat):
    page, _ = page_with(seat, (THREE, None), ([drawn(lines=7), drawn(lines=8)], None))
    scan(page)
    scan(page)
    dialog = collated(page)
    assert not dialog.agree.isEnabled()
    assert dialog.banner.sentence.startswith("The fronts are 3 pages and the backs 2")
    assert [each.mark for each in dialog.strip.sets[0].pages] == [Mark.PLAIN] * 4 + [Mark.WARNING]
    assert dialog.strip.sets[0].word == "does not fit"
    dialog.reject()
    page.strip.choose(order(page)[2])
    do(page, "delete_pages")
    dialog = collated(page)
    assert dialog.agree.isEnabled(), "a page that went through twice is left out"
    dialog.close()


def test_one_page_alone_is_no_two_passes(seat):
    page, _ = page_with(seat, ([drawn()], None))
    scan(page)
    dialog = collated(page)
    assert not dialog.agree.isEnabled()
    assert dialog.strip.sets == ()
    dialog.close()


def test_a_page_is_turned_as_its_code_stands_and_no_other_page(seat, code):
    page, _ = page_with(seat, ([cv2.rotate(drawn(code), cv2.ROTATE_90_CLOCKWISE), drawn(lines=3)], None))
    scan(page)
    assert [each.turns for each in page.strip.sets[0].pages] == [3, 0]
    image = page.side.picture.image
    assert image.height() > image.width(), "it stands upright"
    do(page, "turn_pages")
    assert page.strip.sets[0].pages[0].turns == 0


def test_before_and_after_are_seen_while_v_is_held(seat):
    page, _ = page_with(seat, ([cv2.warpAffine(drawn(), cv2.getRotationMatrix2D((400, 600), 4, 1), (826, 1169), borderValue=(210, 205, 200))],
                               None))
    scan(page)
    after = page.side.picture.image
    page.strip.setFocus()
    QTest.keyPress(page.strip, Qt.Key.Key_V)
    idle(page.context)
    before = page.side.picture.image
    assert before != after
    assert page.side._state.text() == "as it came"
    page.strip.event(QKeyEvent(QEvent.Type.KeyRelease, Qt.Key.Key_V, Qt.KeyboardModifier.NoModifier, "v", autorep=True))
    assert page.side.picture.image == before, "a key that repeats is still held"
    QTest.keyRelease(page.strip, Qt.Key.Key_V)
    assert page.side.picture.image == after, "it was made before"
    QTest.mousePress(page.side.picture, Qt.MouseButton.LeftButton)
    assert page.side.picture.image == before
    QTest.mouseRelease(page.side.picture, Qt.MouseButton.LeftButton)
    assert page.side.picture.image == after
    do(page, "clean_pages")
    idle(page.context)
    assert page.side.picture.image == before, "what is not cleaned is filed as it came"
