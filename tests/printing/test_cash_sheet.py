"""The sheet of counted money on A4: every payment once, signed once, at the end, never on a page of its own."""

import pytest

from counter_app.domain.dossier import FeeMethod
from counter_app.domain.moments import local
from counter_app.domain.money import CashCount, Payment
from counter_app.services.documents.forms import form_in_force
from counter_app.services.money.cash_sheet import cash_sheet
from tests.printing.reading import Pdf, problems
from tests.printing.samples import CLERK, DAY, DESK, PRINTER

AT = local(2026, 11, 20, 16, 45)
FEES = ("Chứng thực bản sao từ bản chính: Giấy chứng nhận quyền sử dụng đất", "Lệ phí đăng ký khai sinh",
        "Chứng thực bản sao từ bản chính: Bằng tốt nghiệp trung học phổ thông và các giấy tờ kèm theo của cùng một người")
SIGNERS = ("NGƯỜI GIAO", "NGƯỜI NHẬN")


def payment(number, amount=10_000, **changes):
    what = {"name": FEES[number % len(FEES)], "payer": "Trần Thị Ví Dụ"} | changes
    return Payment(
        f"p-{number}", "d-1", "f-1", AT, amount, FeeMethod.CASH, "u-0001", code=f"H36.50.05-261120-{number:04d}", receipt_series="AA/26E",
        receipt_number=f"{1400 + number:07d}", **what)


def sheet(payments, counted=None, note=""):
    total = sum(each.amount_vnd for each in payments)
    methods = {FeeMethod.CASH: total}
    count = CashCount("c-1", AT, "u-0001", "u-0001", methods, {FeeMethod.CASH: total if counted is None else counted}, "Vũ Thị Kế Toán", note)
    return cash_sheet(count, payments, {"u-0001": CLERK}, DESK, form_in_force("cash_count", DAY))


def pages_of(content):
    """Return the texts of one copy's pages, after a look that nothing overprints."""
    with Pdf(PRINTER.form(content, "a4")) as pdf:
        assert [problem for page in range(len(pdf)) for problem in problems(pdf, page)] == []
        assert pdf.size() == (297, 210)
        assert len(pdf) % len(content["copies"]) == 0
        return [" ".join(pdf.text(page).split()) for page in range(len(pdf) // len(content["copies"]))]


@pytest.mark.parametrize("count", [1, 9, 10, 11, 12, 13, 14, 26, 30, 33, 60])
def test_it_is_signed_once_below_the_sum(count):
    pages = pages_of(sheet([payment(number) for number in range(count)]))
    for role in SIGNERS:
        assert [role in page for page in pages] == [False] * (len(pages) - 1) + [True]
    assert "Số tiền bàn giao, bằng chữ" in pages[-1]
    whole = " ".join(pages)
    assert all(whole.count(f"{1400 + number:07d}") == 1 for number in range(count))


def test_thirty_payments_are_two_pages():
    assert len(pages_of(sheet([payment(number, name=FEES[1]) for number in range(30)]))) == 2


def test_a_quiet_day_is_one_page():
    assert len(pages_of(sheet([payment(number) for number in range(6)]))) == 1


def test_a_difference_stands_beside_the_sum_with_its_reason():
    (page,) = pages_of(sheet([payment(1)], counted=9_000, note="thối nhầm cho người nộp"))
    assert page.index("−1.000") < page.index("thối nhầm cho người nộp") < page.index("NGƯỜI GIAO")
    assert "chín nghìn đồng" in page


def test_long_names_are_whole():
    pages = pages_of(sheet([payment(number, payer="Nguyễn Thị Hoàng Ngọc Phương Khanh Thử Nghiệm") for number in range(5)]))
    assert "".join("".join(pages).split()).count("Khanh") == 5
