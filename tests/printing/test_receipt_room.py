"""How the slip uses its A5 page: a usual one stays on one page, one that can't is shared out so that nothing stands alone."""

import re

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from counter_app.domain.dossier import DeliveryMethod, Submitter
from counter_app.printing.receipt import _parts
from counter_app.services.documents.slip_content import one_copy
from tests.examples import examples
from tests.printing.reading import Pdf, problems
from tests.printing.samples import PRINTER, applicant, content, papers

LONG_LIMIT = "Trong ngày; nhận sau 15:00 thì trả trong ngày làm việc tiếp theo"
TWO_LINES = "Giấy chứng sinh (hoặc văn bản người làm chứng/giấy cam đoan về việc sinh) {}"
SUBMITTER = Submitter("Nguyễn Văn Người Nộp")
POSTAL = {"delivery": DeliveryMethod.POSTAL, "delivery_address": "Thôn Mẫu 3, xã Đắk Mil, tỉnh Lâm Đồng"}


def slip(**changes):
    return Pdf(PRINTER.receipt(one_copy(content(**changes), 2), "a5"))


def sound(pdf):
    return [problem for page in range(len(pdf)) for problem in problems(pdf, page)]


def papers_on(pdf, page):
    return [int(number) for number in re.findall(r"Giấy tờ số (\d+)", pdf.text(page))]


def pen_room(pdf):
    """White space in mm between the hint to sign and the printed names: the widest between two lines of the page's lower half."""
    boxes = sorted((box[1], box[3]) for kind, box in pdf.objects() if kind == "text" and box[1] > 105)
    return max(lower[0] - max(box[1] for box in boxes[:number]) for number, lower in enumerate(boxes) if number)


@settings(max_examples=examples(15), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    count=st.integers(0, 5), name=st.sampled_from(["Giấy tờ số {}", "Tờ khai đăng ký khai sinh, bản số {}"]),
    submitter=st.sampled_from([None, SUBMITTER]), limit=st.sampled_from(["03 ngày làm việc", LONG_LIMIT]),
    delivery=st.sampled_from([{}, POSTAL]))
@example(count=5, name="Giấy tờ số {}", submitter=SUBMITTER, limit=LONG_LIMIT, delivery=POSTAL)
def test_a_slip_with_up_to_five_short_papers_is_one_page(count, name, submitter, limit, delivery):
    with slip(documents=papers(count, name), submitter=submitter, limit_text=limit, **delivery) as pdf:
        assert len(pdf) == 1
        assert sound(pdf) == []
        assert "xem tiếp" not in pdf.text()


@pytest.mark.parametrize("changes", [
    {"documents": papers(5, TWO_LINES)},
    {"documents": papers(3, TWO_LINES), "submitter": SUBMITTER, "limit_text": LONG_LIMIT, **POSTAL},
])
def test_papers_with_two_lines_stay_on_the_page_as_well(changes):
    with slip(**changes) as pdf:
        assert len(pdf) == 1
        assert sound(pdf) == []


def test_the_pen_keeps_its_room_on_the_fullest_page():
    with slip(documents=papers(5, TWO_LINES)) as full, slip(documents=papers(1)) as easy:
        assert 9 < pen_room(full) < pen_room(easy)


def test_a_long_limit_begins_behind_the_sets_only_where_room_is_short():
    def limit_starts_a_line(pdf):
        return "\nThời gian giải quyết" in pdf.lines()

    with slip(documents=papers(1), limit_text=LONG_LIMIT) as easy, slip(documents=papers(5), limit_text=LONG_LIMIT) as full:
        assert limit_starts_a_line(easy)
        assert not limit_starts_a_line(full)
        assert full.says(f"Số lượng hồ sơ: 01 (bộ) Thời gian giải quyết theo quy định là: {LONG_LIMIT}")


@pytest.mark.parametrize("count", range(6, 26))
def test_no_paper_stands_alone_on_a_page(count):
    with slip(documents=papers(count), submitter=SUBMITTER, limit_text=LONG_LIMIT, **POSTAL) as pdf:
        shares = [papers_on(pdf, page) for page in range(len(pdf))]
        assert [number for share in shares for number in share] == list(range(1, count + 1))
        assert all(len(share) != 1 for share in shares)
        assert len(pdf) <= 2
        assert sound(pdf) == []


def test_a_table_with_no_place_on_the_first_page_stands_whole_on_the_second():
    with slip(documents=papers(5, TWO_LINES), submitter=SUBMITTER, limit_text=LONG_LIMIT, **POSTAL) as pdf:
        assert len(pdf) == 2
        assert [pdf.says("Bản chụp", page) for page in range(2)] == [False, True]
        assert all(pdf.says(TWO_LINES.format(number), 1) for number in range(1, 6))
        assert all(pdf.text(page).count("(Ký, ghi rõ họ tên)") == 2 for page in range(2))
        assert "Trang 2/2" in pdf.text(1)


@pytest.mark.parametrize("count", [27, 28, 29, 44, 51, 52, 53, 76, 77, 78, 100])
def test_no_paper_stands_alone_on_a_third_page_or_a_later_one(count):
    with slip(documents=papers(count), submitter=SUBMITTER, limit_text=LONG_LIMIT, **POSTAL) as pdf:
        shares = [papers_on(pdf, page) for page in range(len(pdf))]
        assert [number for share in shares for number in share] == list(range(1, count + 1))
        assert all(len(share) >= 2 for share in shares[1:])
        assert all(pdf.says("Bản chụp", page) for page in range(1, len(pdf))), "each page has the head of the table"
        assert [f"Trang {page}/{len(pdf)}" in pdf.text(page - 1) for page in range(1, len(pdf) + 1)] == [True] * len(pdf)
        assert sound(pdf) == []


class Bar:
    """A block of a height, for the rules of sharing out."""

    def __init__(self, height):
        self.height = height


@given(
    heights=st.lists(st.floats(4, 60), max_size=60), here=st.one_of(st.just(0.0), st.floats(-20, 150)), fresh=st.floats(125, 260))
def test_rows_are_shared_out_whole_in_order_and_none_alone_without_need(heights, here, fresh):
    rows = [Bar(height) for height in heights]
    parts = _parts(rows, here, fresh)
    assert [row for part in parts for row in part] == rows
    assert sum(row.height for row in parts[0]) <= max(here, 0)
    for part in parts[1:]:
        assert sum(row.height for row in part) <= fresh
        assert part
    assert len(parts[0]) != 1 or len(rows) == 1, "what begins here goes on here"
    if len(parts) > 2 and len(parts[-1]) == 1:
        assert len(parts[-2]) <= 2, "only where the page before has none to spare"


@pytest.mark.parametrize("paper", ["a5", "a4", "80mm"])
def test_what_stands_behind_a_value_stays_where_the_value_is_missing(paper):
    empty = content(applicant=applicant(full_name="", address="", phone=""), procedure_name="")
    with Pdf(PRINTER.receipt(one_copy(empty, 2), paper)) as pdf:
        assert sound(pdf) == []
        text = pdf.text()
    assert "(nộp trực tiếp)" in text
    assert "(1.004873)" in text
    assert text.index("Tiếp nhận hồ sơ của:") < text.index("(nộp trực tiếp)") < text.index("Địa chỉ:")


@pytest.mark.parametrize("name", ["Nguyễn Văn Người Nộp", "Nguyễn Văn Người Nộp Hồ Sơ Thay Cho Người Khác " * 3])
def test_long_words_behind_a_missing_value_come_below_its_dots(name):
    with slip(applicant=applicant(full_name=""), submitter=Submitter(name)) as pdf:
        assert sound(pdf) == []
        assert pdf.says(f"(người nộp: {name.strip()}; nộp trực tiếp)")
        dots = [box for kind, box in pdf.objects() if kind == "rule" and box[3] - box[1] < 0.6 and box[2] - box[0] > 10]
        assert any(70 < box[1] < 85 for box in dots), "the name is still dotted"
