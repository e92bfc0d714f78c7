"""What the printing tests print: the slip of the design picture, and books of any length."""

from dataclasses import replace
from datetime import date, timedelta

from counter_app.domain.books import register_in_force
from counter_app.domain.dossier import (
    Applicant,
    ApplicantKind,
    BookPlace,
    Channel,
    DocumentLine,
    Dossier,
    FeeLine,
    FeeMethod,
    Status,
)
from counter_app.domain.moments import local
from counter_app.domain.registers import BookLine
from counter_app.printing.document import Press
from counter_app.printing.form_printer import PdfFormPrinter
from counter_app.services.desk.settings import DeskProfile
from counter_app.services.documents.forms import form_in_force
from counter_app.services.documents.slip_content import slip_content
from counter_app.services.ports import BookDocument

CODE = "H36.50.05-261120-0038"
DAY = date(2026, 11, 20)
FORM = form_in_force("01", DAY)
DESK = DeskProfile(
    commune="Xã Đắk Mil", province="Lâm Đồng", agency="H36.50.05", desk="2", device="d", epoch="e", phone="0261 000 0000")
HOURS = "07:30–11:30, 13:30–17:30"
CLERK = "Lý Thị Mẫu Đơn"
APPLICANT = Applicant(
    ApplicantKind.PERSON, "Trần Thị Ví Dụ", id_number="067190000456", address="Thôn Mẫu 3, xã Đắk Mil, tỉnh Lâm Đồng", phone="0900 000 012")
DOSSIER = Dossier(
    dossier_id="0", code=CODE, procedure_code="1.004873", procedure_name="Cấp Giấy xác nhận tình trạng hôn nhân", procedure_version="v",
    field_name="Hộ tịch", status=Status.RECEIVED, channel=Channel.DIRECT, applicant=APPLICANT, received_at=local(2026, 11, 20, 9, 42),
    due_at=local(2026, 11, 26, 9, 42), printed_due_at=None, limit_text="03 ngày làm việc", place=BookPlace("dossiers", 2026, 1, 1869),
    documents=(
        DocumentLine("Tờ khai cấp Giấy xác nhận tình trạng hôn nhân", 1),
        DocumentLine("Giấy tờ chứng minh hôn nhân đã chấm dứt (bản án, quyết định ly hôn)", 0, 1),
        DocumentLine("Giấy tờ chứng minh nơi cư trú", 0, 0, 1)),
    fees=(FeeLine("f", "Lệ phí", 15000, FeeMethod.CASH, receipt_series="AA/26E", receipt_number="0000412"),))
PRESS = Press()
PRINTER = PdfFormPrinter(PRESS)


def content(desk=DESK, clerk=CLERK, **changes):
    """The content of the sample slip with some members of its dossier changed."""
    return slip_content(replace(DOSSIER, **changes), desk, FORM, clerk=clerk, hours=HOURS)


def applicant(**changes):
    return replace(APPLICANT, **changes)


def papers(count, name="Giấy tờ số {}"):
    return tuple(DocumentLine(name.format(number), 1, number % 2) for number in range(1, count + 1))


def line(ordinal, **changes):
    received = local(2026, 1, 2, 8, 0) + timedelta(minutes=7 * ordinal)
    made = BookLine(
        BookPlace("dossiers", 2026, 1, ordinal), f"d{ordinal}", f"H36.50.05-{received:%y%m%d}-{ordinal % 10000:04d}",
        ("Đăng ký khai sinh", "Cấp Giấy xác nhận tình trạng hôn nhân")[ordinal % 2], 1, f"Nguyễn Văn Ví Dụ {ordinal}",
        "Thôn Mẫu 3, xã Đắk Mil", f"0900 000 {ordinal % 1000:03d}", "UBND xã", received, received + timedelta(days=5), None, "desk", "", "")
    return replace(made, **changes)


def book(lines, **changes):
    made = BookDocument(
        agency="", commune="Xã Đắk Mil", title="Sổ theo dõi hồ sơ, lĩnh vực Hộ tịch", year=2026, volume_label="01/2026",
        opened_on=date(2026, 1, 2), closed_on=date(2026, 12, 31), lines=lines,
        register=register_in_force("dossiers", changes.get("opened_on", date(2026, 1, 2))))
    return replace(made, **changes)
