"""What a slip says: composed once, in plain JSON, with nothing more of a person than the form asks for."""

import json
from dataclasses import replace

import pytest

from counter_app.domain.dossier import BookPlace, Channel, DeliveryMethod, DocumentLine, FeeLine, FeeMethod, Submitter
from counter_app.domain.moments import local
from counter_app.services.documents.form_parts import place_name
from counter_app.services.documents.slip_content import as_reprint, one_copy
from tests.printing.samples import APPLICANT, DESK, FORM, applicant, content


def cells(made):
    return [cell for part in ("rows", "more_rows", "last_rows") for row in made[part] for cell in row]


def value(made, label):
    return next(cell["value"] for cell in cells(made) if cell["label"].startswith(label))


def test_the_content_is_json_and_survives_it():
    made = content()
    assert json.loads(json.dumps(made, ensure_ascii=False)) == made
    assert made["form"] == "01"
    assert made["version"] == "01/2025"
    assert made["code"]["qr"] == "H36.50.05-261120-0038*J"


def test_no_identity_number_stands_in_it():
    assert APPLICANT.id_number not in json.dumps(content())
    assert "0456" not in json.dumps(content())


def test_the_last_four_digits_where_the_commune_so_sets():
    made = json.dumps(content(desk=replace(DESK, id_last4_only=True)), ensure_ascii=False)
    assert "(số định danh: ••••••••0456; nộp trực tiếp)" in made
    assert APPLICANT.id_number not in made


@pytest.mark.parametrize(("channel", "words"), [
    (Channel.DIRECT, "(nộp trực tiếp)"), (Channel.ONLINE, "(nộp trực tuyến)"), (Channel.POSTAL, "(nộp qua bưu chính)")])
def test_the_channel_stands_behind_the_name(channel, words):
    made = content(channel=channel)
    assert next(cell["after"] for cell in cells(made) if cell["label"].startswith("Tiếp nhận")) == words


def test_who_submits_for_another_is_named_and_signs():
    made = content(submitter=Submitter("Lê Văn Thử"))
    assert "người nộp: Lê Văn Thử" in json.dumps(made, ensure_ascii=False)
    assert [signer["name"] for signer in made["signatures"]] == ["Lê Văn Thử", "Lý Thị Mẫu Đơn"]


def test_an_online_dossier_has_one_signature():
    assert [signer["role"] for signer in content(channel=Channel.ONLINE)["signatures"]] == ["NGƯỜI TIẾP NHẬN HỒ SƠ"]


def fee(**changes):
    return replace(FeeLine("f", "Lệ phí", 15000, FeeMethod.CASH), **changes)


@pytest.mark.parametrize(("fees", "words"), [
    ((), "không"),
    ((fee(),), "15.000 đồng, đã thu tiền mặt"),
    ((fee(receipt_number="12"),), "15.000 đồng, đã thu tiền mặt; biên lai số 12"),
    ((fee(receipt_series="AA/26E", receipt_number="12"),), "15.000 đồng, đã thu tiền mặt; biên lai AA/26E số 12"),
    ((fee(method=FeeMethod.TRANSFER),), "15.000 đồng, đã chuyển khoản"),
    ((fee(method=FeeMethod.PORTAL),), "15.000 đồng, đã nộp trên Cổng Dịch vụ công"),
    ((fee(method=FeeMethod.UNPAID, amount_vnd=1234567),), "1.234.567 đồng, chưa thu"),
    ((fee(method=FeeMethod.EXEMPT, amount_vnd=0, exempt_reason="hộ nghèo"),), "miễn (hộ nghèo)"),
    ((fee(method=FeeMethod.EXEMPT, amount_vnd=0),), "miễn"),
    ((fee(), fee(name="Phí bản sao", amount_vnd=8000, method=FeeMethod.UNPAID)),
     "Lệ phí 15.000 đồng, đã thu tiền mặt; Phí bản sao 8.000 đồng, chưa thu; cộng 23.000 đồng"),
])
def test_fees_in_words(fees, words):
    assert value(content(fees=fees), "Phí, lệ phí") == words


@pytest.mark.parametrize(("changes", "words"), [
    ({}, "Quầy 2, Trung tâm Phục vụ hành chính công xã Đắk Mil"),
    ({"delivery": DeliveryMethod.POSTAL, "delivery_address": "Thôn 5, xã Đắk Mil"}, "qua bưu chính công ích, gửi đến: Thôn 5, xã Đắk Mil"),
    ({"delivery": DeliveryMethod.ONLINE}, "trực tuyến, trên Cổng Dịch vụ công quốc gia")])
def test_where_the_result_is_fetched(changes, words):
    assert value(content(**changes), "Đăng ký nhận") == words


@pytest.mark.parametrize(("due", "words"), [
    (local(2026, 11, 26, 9, 42), "09 giờ 42 phút, thứ Năm, 26/11/2026"), (local(2026, 11, 29, 17, 0), "17 giờ 00 phút, Chủ nhật, 29/11/2026"),
    (None, "Không có ngày hẹn trả")])
def test_the_appointment(due, words):
    assert content(due_at=due)["appointment"] == {"label": "Thời gian trả kết quả", "value": words}


def test_a_form_without_a_procedure_promises_nothing():
    assert content(procedure_code="", due_at=None)["appointment"]["value"] == ""


@pytest.mark.parametrize(("commune", "place", "unit"), [
    ("Xã Đắk Mil", "Đắk Mil", "Trung tâm Phục vụ hành chính công xã Đắk Mil"),
    ("Phường Bến Nghé", "Bến Nghé", "Trung tâm Phục vụ hành chính công phường Bến Nghé"),
    ("Đặc khu Phú Quốc", "Phú Quốc", "Trung tâm Phục vụ hành chính công đặc khu Phú Quốc")])
def test_place_and_unit_come_from_the_commune(commune, place, unit):
    made = content(desk=replace(DESK, commune=commune))
    assert place_name(commune) == place
    assert made["head"]["place_and_date"] == f"{place}, ngày 20 tháng 11 năm 2026"
    assert made["rows"][0][0]["value"] == unit
    assert made["head"]["superior"] == f"UBND {commune.upper()}"
    assert made["head"]["unit"].replace("\u00a0", " ") == unit.upper()


def test_what_the_desk_names_itself_is_taken():
    made = content(desk=replace(
        DESK, unit_name="Bộ phận Một cửa", superior="UBND xã Mẫu", number_suffix="MC", lookup_address="dichvucong.gov.vn"))
    assert made["head"]["unit"] == "BỘ PHẬN MỘT CỬA"
    assert made["head"]["superior"] == "UBND XÃ MẪU"
    assert made["head"]["number"]["after"] == "/MC"
    assert "Tra cứu: dichvucong.gov.vn" in made["foot"][1]


def test_the_number_is_the_place_in_the_book():
    made = content(place=BookPlace("dossiers", 2026, 2, 7))
    assert made["head"]["number"] == {"label": "Số:", "value": "07", "after": "/TTPVHCC"}
    assert value(made, "Vào Sổ") == "02/2026, Số thứ tự: 07"


def test_without_a_place_number_and_volume_stay_empty():
    made = content(place=None)
    assert made["head"]["number"]["value"] == ""
    assert [cell["value"] for cell in made["last_rows"][2]] == ["", ""]


def test_papers_are_numbered_and_what_was_only_shown_says_so():
    made = content(documents=(DocumentLine("Tờ khai", 1), DocumentLine("Thẻ căn cước", 1, shown_only=True), DocumentLine("Ảnh", 0, 2, 3)))
    assert made["table"]["rows"] == [
        ["1", "Tờ khai", "1", "", ""], ["2", "Thẻ căn cước (xuất trình)", "1", "", ""], ["3", "Ảnh", "", "2", "3"]]


def test_a_provisional_code_is_marked():
    assert content(code="TAM-0K3M9XYZ-261120-0001")["code"]["mark"] == "mã tạm"
    assert content()["code"]["mark"] == ""


def test_untidy_values_become_tidy():
    made = content(applicant=applicant(address="Thôn\u200b  Mẫu\t3 \u202e"))
    assert value(made, "Địa chỉ") == "Thôn Mẫu 3"


def test_a_copy_alone():
    assert one_copy(content(), 2)["copies"] == ["Liên 2: Giao khách hàng"]
    assert one_copy(content(), 1)["copies"] == ["Liên 1: Lưu"]


def test_a_reprint_adds_its_mark_and_changes_nothing_else():
    first = content()
    again = as_reprint(first, FORM, 2, local(2026, 11, 20, 10, 5))
    assert again["marks"] == ["In lại lần 2, 10:05 20/11/2026"]
    assert again | {"marks": []} == first
    assert first["marks"] == []


def test_a_practice_slip_is_marked():
    assert content(desk=replace(DESK, practice=True))["marks"] == ["BẢN TẬP, không có giá trị"]


def test_no_hours_and_no_phone_leave_one_line_at_the_foot():
    from counter_app.services.documents.slip_content import slip_content
    from tests.printing.samples import DOSSIER

    assert len(slip_content(DOSSIER, replace(DESK, phone=""), FORM, clerk="")["foot"]) == 1
