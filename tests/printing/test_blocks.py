"""The pieces that pages are made of: nothing stands over anything, nothing leaves its column, nothing of a text is lost."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.printing.blocks import Area, Gap, TextRow, framed, row_blocks
from counter_app.printing.table import TableRow, edges_of, table
from counter_app.printing.typefaces import Typefaces
from counter_app.services.documents.form_parts import cell, column

TYPEFACES = Typefaces()
WORDS = st.lists(st.text(st.sampled_from("aăâbcdđêghiômnơtuưxyỗữặ"), min_size=1, max_size=12), max_size=25).map(" ".join)
SCALES = st.sampled_from([0.8, 1.0, 11 / 10.5])
AREAS = st.builds(lambda width, scale, leading: Area(TYPEFACES, 12.0, width, scale, leading),
                  st.sampled_from([58.0, 126.0, 180.0]), SCALES, st.sampled_from([0.93, 1.0, 1.14]))
CELLS = st.builds(
    lambda label, value, after, strong, right: cell(label, value, after=after, strong=strong, right=right),
    st.sampled_from(["", "Địa chỉ", "Số điện thoại", "Nội dung yêu cầu giải quyết"]), WORDS, st.sampled_from(["", "(trực tiếp)"]),
    st.booleans(), st.booleans())
EPSILON = 0.05


class Pen:
    """A canvas that remembers what was drawn on it, in mm."""

    def __init__(self):
        self.typefaces, self.texts, self.rules, self.dotted = TYPEFACES, [], [], []

    def text(self, x, baseline, text, face, size):
        self.texts.append((x, x + TYPEFACES.width(text, face, size), baseline, text))

    def rule(self, x1, y1, x2, y2, weight=0.5):
        self.rules.append((x1, y1, x2, y2))

    def dots(self, x1, x2, y):
        self.dotted.append((x1, x2, y))

    def frame(self, x, y, width, height, weight):
        self.rules += [(x, y, x + width, y), (x, y + height, x + width, y + height)]


def drawn(blocks, top=20.0):
    """Draw blocks below one another; return the pen and where they ended."""
    pen, y = Pen(), top
    for block in blocks:
        block.draw(pen, y)
        y += block.height
    return pen, y


def squeezed(text):
    return "".join(text.split()).replace("\u00a0", "")


def said(pen):
    return squeezed("".join(text for *_, text in sorted(pen.texts, key=lambda found: (found[2], found[0]))))


def check_lines(pen, area, top, bottom):
    """Every text inside the column and the height that was said, none over another of its line, no dots through a text."""
    for start, end, baseline, _ in pen.texts:
        assert start >= area.left - EPSILON
        assert end <= area.right + EPSILON
        assert top < baseline < bottom
    spans = [(baseline, start, end) for start, end, baseline, text in pen.texts if text.strip()]
    spans += [(y, start, end) for start, end, y in pen.dotted]
    for one, other in pairwise(sorted(spans)):
        if one[0] == other[0]:
            assert one[2] <= other[1] + EPSILON
    for start, end, _ in pen.dotted:
        assert area.left - EPSILON <= start < end <= area.right + EPSILON


@given(AREAS, st.lists(CELLS, min_size=1, max_size=2))
def test_a_row_says_everything_and_overprints_nothing(area, cells):
    blocks = row_blocks(area, cells)
    pen, bottom = drawn(blocks)
    check_lines(pen, area, 20.0, bottom)
    everything = "".join(
        squeezed(f"{each['label']}:" if each["label"] else "") + squeezed(each["value"]) + squeezed(each["after"]) for each in cells
        if each["value"])
    if all(each["value"] for each in cells):
        assert said(pen) == everything
    for each in cells:
        assert squeezed(each["label"]) in said(pen)
        if each["value"] or (each["label"] and len(cells) == 1):
            assert squeezed(each["after"]) in said(pen)


@given(AREAS, CELLS)
def test_a_missing_value_has_room_for_the_pen(area, each):
    blank = {**each, "value": ""}
    pen, _ = drawn(row_blocks(area, [blank]))
    if each["label"]:
        assert sum(end - start for start, end, _ in pen.dotted) >= min(20 * area.scale, area.width * 0.3)
    else:
        assert (pen.texts, pen.dotted) == ([], []), "nobody knows what would be written there"


@given(AREAS, WORDS, WORDS)
def test_the_framed_appointment_stands_in_its_frame(area, label, value):
    block = framed(area, f"Thời gian {label}", value)
    pen, bottom = drawn([block])
    (_, above, right, _), (_, below, _, _) = pen.rules
    assert 20.0 < above < below < bottom
    assert right <= area.right
    for start, end, baseline, _ in pen.texts:
        assert above < baseline < below
        assert area.left <= start
        assert end <= area.right + EPSILON
    assert squeezed(value) in said(pen)
    assert bool(pen.dotted) == (value == "")


@pytest.mark.parametrize("height", [0.0, 3.5])
def test_a_gap_is_only_room(height):
    pen, bottom = drawn([Gap(height)])
    assert (bottom, pen.texts, pen.rules) == (20.0 + height, [], [])


def test_lines_may_stand_closer_and_text_larger():
    normal, close = (Area(TYPEFACES, 0, 100, 1.0, leading) for leading in (1.0, 0.93))
    assert TextRow(close, ()).height < TextRow(normal, ()).height
    assert Area(TYPEFACES, 0, 100, 2.0).size == 2 * normal.size
    assert close.size == normal.size, "closer lines are no smaller ones"


COLUMNS = st.lists(st.tuples(st.sampled_from([10.0, 18.0, 24.0]), st.booleans()), min_size=0, max_size=3)
ROWS = st.lists(WORDS, min_size=4, max_size=4)


def columns_of(widths):
    made = [column(f"Cột {at}", width, left=left) for at, (width, left) in enumerate(widths)]
    return [*made, column("Nội dung"), *(column(f"Cuối {at}", 10.0) for at in range(3 - len(widths)))]


@given(AREAS.filter(lambda area: area.width > 100), COLUMNS)
def test_the_edges_of_a_table_fill_its_area(area, widths):
    columns = columns_of(widths)
    edges = edges_of(area, columns)
    assert edges[0] == area.left
    assert edges[-1] == pytest.approx(area.right)
    for (left, right), each in zip(pairwise(edges), columns, strict=True):
        assert right > left
        assert each["width"] == 0 or right - left == pytest.approx(each["width"] * area.scale)


@given(AREAS.filter(lambda area: area.width > 100), COLUMNS, st.lists(ROWS, max_size=3))
def test_every_text_of_a_table_stands_in_its_cell(area, widths, texts):
    columns = columns_of(widths)
    head, rows = table(area, {"columns": columns, "rows": texts})
    edges = edges_of(area, columns)
    pen, bottom = drawn([head, *rows])
    uprights = {round(x1, 3) for x1, _, x2, _ in pen.rules if x1 == x2}
    assert {round(edge, 3) for edge in edges} <= uprights
    for start, end, baseline, _ in pen.texts:
        assert 20.0 < baseline < bottom
        assert any(left - EPSILON <= start and end <= right + EPSILON for left, right in pairwise(edges))
    for at, (left, right) in enumerate(pairwise(edges)):
        inside = sorted((baseline, start, text) for start, end, baseline, text in pen.texts
                        if left - EPSILON <= start and end <= right + EPSILON)
        expected = columns[at]["title"] + "".join(row[at] for row in texts)
        assert squeezed("".join(text for *_, text in inside)) == squeezed(expected)


def test_a_row_that_is_longer_than_a_page_can_be_parted():
    area = Area(TYPEFACES, 10, 126, 1.0)
    _, rows = table(area, {"columns": columns_of([]), "rows": [["dài " * 2000, "", "", ""]]})
    assert len(rows) > 5
    assert max(row.height for row in rows) < 60
    assert all(isinstance(row, TableRow) for row in rows)


def test_an_empty_row_has_the_height_of_a_line():
    area = Area(TYPEFACES, 10, 126, 1.0)
    _, (row,) = table(area, {"columns": columns_of([]), "rows": [["", "", "", ""]]})
    _, (full,) = table(area, {"columns": columns_of([]), "rows": [["a", "b", "c", "d"]]})
    assert row.height == full.height > 4


def test_columns_of_one_group_share_its_title():
    area = Area(TYPEFACES, 10, 126, 1.0)
    grouped = [column("TT", 10), {**column("Bản chính", 18), "group": "Số lượng"}, {**column("Bản sao", 18), "group": "Số lượng"}, column("Giấy tờ")]
    head, _ = table(area, {"columns": grouped, "rows": []})
    plain, _ = table(area, {"columns": [{**each, "group": ""} for each in grouped], "rows": []})
    assert head.height > plain.height
    pen, _ = drawn([head])
    assert [text for *_, text in pen.texts].count("Số lượng") == 1
    edges = edges_of(area, grouped)
    start, end = next((start, end) for start, end, _, text in pen.texts if text == "Số lượng")
    assert edges[1] < start < end < edges[3]
    assert (start + end) / 2 == pytest.approx((edges[1] + edges[3]) / 2, abs=0.1)
