"""What forms 02 to 06 and the further slips say, line by line as the law and the templates in use have them."""

import json
from dataclasses import replace
from datetime import date

import pytest

from counter_app.domain import events
from counter_app.domain.dossier import ApplicantKind, BookPlace, FeeLine, FeeMethod, Status
from counter_app.domain.events import Event
from counter_app.domain.life import FeesHandling, ReceiverKind
from counter_app.domain.moments import local
from counter_app.domain.people import Actor, Role
from counter_app.services.desk.settings import PAPERS
from counter_app.services.documents.forms import COMMON, form_in_force, series_of
from counter_app.services.documents.list_content import process_sheet
from counter_app.support.paths import resource_path
from tests.printing.form_samples import (
    BROUGHT,
    EXTENSION,
    GIVEN,
    HALTED,
    NAMES,
    REFUSED,
    RESULT,
    RETURNED,
    SUPPLEMENT,
    WHOLE,
    made,
)
from tests.printing.samples import CLERK, CODE, DAY, DESK

OLD = date(2024, 6, 3)


def lines(content):
    """Every line of a form's body as it reads, a missing value as dots."""
    return [line for part in content["body"] for line in _lines(part)]


def _lines(part):
    if "text" in part:
        return part["text"]
    if "frame" in part:
        return [f"[{part['frame']['label']}: {part['frame']['value']}]"]
    if "table" in part:
        return [" | ".join(column["title"] for column in part["table"]["columns"]), *(" | ".join(row) for row in part["table"]["rows"])]
    if "signatures" in part:
        return [" / ".join(signer["role"] for signer in part["signatures"])]
    if "hand_overs" in part:
        return [" | ".join(column["title"] for column in part["hand_overs"]["columns"])]
    return ["   ".join(_cell(cell) for cell in cells) for cells in part["rows"]]


def _cell(cell):
    value = " ".join(word for word in (cell["value"] or "…", cell["after"]) if word)
    return f"{cell['label']}: {value}" if cell["label"] else value


def roles(content):
    return [(signer["role"], signer["title"], signer["name"]) for signer in content["signatures"]]


def test_02_asks_for_everything_at_once():
    content = made("02")
    assert content["title"] == "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ"
    assert content["head"]["number"] == {"label": "Số:", "value": "07", "after": "/TTPVHCC"}
    assert lines(content) == [
        "Trung tâm Phục vụ hành chính công xã Đắk Mil", "Hồ sơ của: TRẦN THỊ VÍ DỤ (người nộp: Trần Văn Minh Họa)",
        "Địa chỉ: Thôn Mẫu 3, xã Đắk Mil, tỉnh Lâm Đồng", "Số điện thoại: 0900 000 012   Email: …",
        "Nội dung yêu cầu giải quyết: Cấp Giấy xác nhận tình trạng hôn nhân (1.004873)",
        "Yêu cầu Ông/Bà hoàn thiện hồ sơ gồm những nội dung sau:", f"1. {SUPPLEMENT.items[0]}", f"2. {SUPPLEMENT.items[1]}",
        f"Lý do: {SUPPLEMENT.reason}", "Thời hạn bổ sung, hoàn thiện hồ sơ: trước 17 giờ 00 phút, thứ Sáu, 27/11/2026",
        f"Trong quá trình hoàn thiện hồ sơ, nếu có vướng mắc, Ông/Bà liên hệ với {CLERK}, số điện thoại 0261 000 0000 để được hướng dẫn./."]
    assert roles(content) == [("NGƯỜI HƯỚNG DẪN", "", CLERK)]
    assert content["copies"] == ["Liên 1: Lưu", "Liên 2: Giao khách hàng"]


def test_02_without_a_deadline_or_a_telephone_leaves_room_for_the_pen():
    content = made("02", desk=replace(DESK, phone=""), supplement=replace(SUPPLEMENT, deadline=None, reason=""))
    assert "Thời hạn bổ sung, hoàn thiện hồ sơ: …" in lines(content)
    assert "Lý do: …" in lines(content)
    assert "số điện thoại ……………………… để được hướng dẫn" in lines(content)[-1]


def test_03_tells_why_and_gives_the_papers_back():
    content = made("03")
    assert content["title"] == "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ"
    assert lines(content)[1] == "Tiếp nhận hồ sơ của: TRẦN THỊ VÍ DỤ (người nộp: Trần Văn Minh Họa)"
    assert lines(content)[5:] == [
        "Qua xem xét, Trung tâm Phục vụ hành chính công xã Đắk Mil thông báo không tiếp nhận, giải quyết hồ sơ này với lý do cụ thể như sau:",
        f"Lý do: {REFUSED.reason}", "Căn cứ pháp lý: Điều 21 Nghị định số 123/2015/NĐ-CP",
        "Toàn bộ giấy tờ đã nộp được trả lại cho Ông/Bà cùng với phiếu này.", "Xin thông báo cho Ông/Bà được biết và thực hiện./."]
    assert roles(content) == [("NGƯỜI NỘP HỒ SƠ", "", "Trần Văn Minh Họa"), ("NGƯỜI TIẾP NHẬN HỒ SƠ", "", CLERK)]


def test_03_of_a_dossier_that_was_never_received_has_no_code():
    content = made("03", whole=replace(WHOLE, code="", submitter=None), ending=replace(REFUSED, papers_returned=False))
    assert (content["code"]["text"], content["code"]["qr"]) == ("", "")
    assert not any("trả lại" in line for line in lines(content))
    assert roles(content)[0][2] == "Trần Thị Ví Dụ"


def test_04_says_sorry_and_names_the_new_time():
    content = made("04")
    assert lines(content) == [
        "Kính gửi: Ông/Bà Trần Thị Ví Dụ", "Địa chỉ: Thôn Mẫu 3, xã Đắk Mil, tỉnh Lâm Đồng",
        f"Ngày 20 tháng 11 năm 2026, Trung tâm Phục vụ hành chính công xã Đắk Mil đã tiếp nhận hồ sơ của Ông/Bà, mã hồ sơ {CODE}, "
        "nội dung yêu cầu giải quyết: Cấp Giấy xác nhận tình trạng hôn nhân.",
        "Thời gian hẹn trả kết quả: 09 giờ 42 phút, thứ Năm, 26/11/2026",
        "Tuy nhiên, đến nay hồ sơ chưa thể giải quyết xong để trả kết quả đúng thời gian ghi trong Giấy tiếp nhận hồ sơ và hẹn trả kết quả.",
        f"Lý do: {EXTENSION.reason}",
        "Trung tâm Phục vụ hành chính công xã Đắk Mil xin lỗi Ông/Bà về sự chậm trễ này và đề nghị gia hạn thời gian giải quyết hồ sơ, "
        "hẹn trả kết quả như sau:", "[Thời gian trả kết quả mới: 09 giờ 42 phút, thứ Năm, 03/12/2026]",
        "Lần gia hạn: 01 (mỗi hồ sơ chỉ được gia hạn một lần)", "Rất mong nhận được sự thông cảm của Ông/Bà./."]
    assert roles(content) == [("THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ", "GIÁM ĐỐC", "Hoàng Văn Giả Định")]
    assert content["signatures"][0]["hint"] == "(Ký, ghi rõ họ tên, đóng dấu)"


def test_04_addresses_an_organisation_as_one():
    company = replace(WHOLE.applicant, kind=ApplicantKind.ENTERPRISE, full_name="Công ty TNHH Ví Dụ")
    said = lines(made("04", whole=replace(WHOLE, applicant=company)))
    assert said[0] == "Kính gửi: Công ty TNHH Ví Dụ"
    assert "hồ sơ của quý cơ quan, tổ chức" in said[2]


def test_04_of_2018_is_the_apology_slip():
    content = made("04", on=OLD)
    assert content["title"] == "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ"
    assert any("hẹn lại thời gian trả kết quả như sau" in line for line in lines(content))


def test_05_of_a_halted_dossier_names_the_decision_and_the_money():
    content = made("05")
    assert lines(content)[5:] == [
        "Thời gian nhận hồ sơ: 09 giờ 42 phút, ngày 20 tháng 11 năm 2026", "Hồ sơ đã giải quyết đến bước: Thẩm định hồ sơ",
        "Căn cứ dừng giải quyết: theo quyết định của Chủ tịch UBND xã Đắk Mil",
        "Lý do: Hết thời hạn bổ sung hồ sơ mà người nộp hồ sơ không bổ sung",
        "Căn cứ pháp lý: khoản 4 Điều 19 Nghị định số 61/2018/NĐ-CP",
        "Giấy tờ trả lại: đã trả lại Tờ khai cấp Giấy xác nhận tình trạng hôn nhân; Giấy tờ chứng minh hôn nhân đã chấm dứt (bản án, "
        "quyết định ly hôn); Giấy tờ chứng minh nơi cư trú", "Phí, lệ phí: đã hoàn trả 15.000 đồng", "Xin thông báo để Ông/Bà được biết./."]


@pytest.mark.parametrize(("fees", "said"), [
    (FeesHandling.NOT_CHARGED, "không thu"), (FeesHandling.REFUNDED, "đã hoàn trả 15.000 đồng"),
    (FeesHandling.KEPT, "đã thu 15.000 đồng, không hoàn trả")])
def test_05_of_a_withdrawn_dossier_is_the_applicants_own_wish(fees, said):
    ending = replace(HALTED, fees=fees, papers_returned=False, decided_by="")
    content = made("05", status=Status.WITHDRAWN, ending=ending)
    assert "Căn cứ dừng giải quyết: theo đề nghị rút hồ sơ của người nộp hồ sơ" in lines(content)
    assert f"Phí, lệ phí: {said}" in lines(content)
    assert any(line.startswith("Giấy tờ trả lại: chưa trả lại") for line in lines(content))


def test_05_is_new_in_2025():
    assert [form_in_force("05", on).legal_reference for on in (OLD, DAY)] == ["", "Mẫu số 05 – TT 03/2025/TT-VPCP"]


def test_06_travels_with_the_papers():
    content = made("06")
    assert lines(content) == [
        "Kèm theo hồ sơ của: TRẦN THỊ VÍ DỤ", "Nội dung yêu cầu giải quyết: Cấp Giấy xác nhận tình trạng hôn nhân (1.004873)",
        "Thời gian nhận hồ sơ: 09 giờ 42 phút, ngày 20 tháng 11 năm 2026", "Thời gian hẹn trả kết quả: 09 giờ 42 phút, thứ Năm, 26/11/2026",
        "Cơ quan (bộ phận) giải quyết hồ sơ: UBND xã Đắk Mil", "Cơ quan phối hợp giải quyết hồ sơ: …",
        "TÊN CƠ QUAN | THỜI GIAN GIAO, NHẬN\u00a0HỒ\u00a0SƠ | "
        "KẾT QUẢ GIẢI QUYẾT (trước\u00a0hạn/ đúng\u00a0hạn/ quá\u00a0hạn) | GHI CHÚ"]
    told = content["body"][1]["hand_overs"]["lines"]
    assert [(line["from"], line["to"], line["result"], line["note"]) for line in told[:2]] == [
        (GIVEN.from_unit, GIVEN.to_unit, "", "7 tờ"), (BROUGHT.from_unit, BROUGHT.to_unit, "Trước hạn", "8 tờ")]
    assert len(told) == 2 + 4
    assert not any("".join(line.values()) for line in told[2:])


@pytest.mark.parametrize(("day", "said"), [(25, "Trước hạn"), (26, "Đúng hạn"), (27, "Quá hạn")])
def test_06_classifies_what_comes_back_by_date(day, said):
    back = replace(BROUGHT, at=local(2026, 11, day, 16, 0))
    assert made("06", whole=replace(WHOLE, hand_overs=(back,)))["body"][1]["hand_overs"]["lines"][0]["result"] == said


def test_06_was_05_before_2025():
    assert [form_in_force("06", on).legal_reference for on in (OLD, DAY)] == [
        "Mẫu số 05 – TT 01/2018/TT-VPCP", "Mẫu số 06 – TT 03/2025/TT-VPCP"]


def test_the_receipt_of_a_result_names_both_sides_and_the_result():
    content = made("result", count=1)
    assert lines(content) == [
        "Nội dung yêu cầu giải quyết: Cấp Giấy xác nhận tình trạng hôn nhân (1.004873)", "Chủ hồ sơ: TRẦN THỊ VÍ DỤ",
        f"Người trả kết quả: {CLERK}   Số điện thoại: 0261 000 0000",
        "Người nhận kết quả: Trần Văn Minh Họa (người được ủy quyền)   Số điện thoại: 0900 000 034", "Giấy tờ xuất trình: ••••0789",
        "Thời gian trả kết quả: 08 giờ 30 phút, ngày 26 tháng 11 năm 2026", "Kết quả đã nhận gồm:",
        "TT | Loại kết quả | Số | Ngày | Trích yếu",
        f"1 | {RESULT.name} | 215/UBND-XNTTHN | 25/11/2026 | {RESULT.abstract}", "Số bản chính đã nhận lại: 02 (bản)",
        "Người nhận cam đoan đã mất Giấy tiếp nhận hồ sơ và hẹn trả kết quả."]
    assert [role for role, *_ in roles(content)] == ["NGƯỜI NHẬN KẾT QUẢ", "NGƯỜI TRẢ KẾT QUẢ"]
    assert "067188000789" not in json.dumps(content)


def test_a_refusal_is_a_result_that_says_so():
    refused = replace(WHOLE, results=(replace(RESULT, refusal=True),))
    assert "1 | Văn bản trả lời không giải quyết: Giấy xác nhận tình trạng hôn nhân" in lines(made("result", whole=refused, count=1))[8]


def test_several_results_are_listed_by_code_and_owner():
    content = made("result", count=2)
    assert content["code"]["text"] == ""
    assert [line for line in lines(content) if line.startswith("2 |")] == [
        "2 | H36.50.05-261120-0002 | Trần Thị Ví Dụ 2 | Cấp Giấy xác nhận tình trạng hôn nhân: Giấy xác nhận tình trạng hôn nhân, "
        f"số 215/UBND-XNTTHN, ngày 25/11/2026, {RESULT.abstract}"]


def test_the_owner_gives_the_telephone_of_the_dossier_and_the_post_none():
    own = replace(RETURNED, receiver_kind=ReceiverKind.APPLICANT, receiver_name="Trần Thị Ví Dụ", by_post=True, originals_returned=0)
    said = lines(made("result", count=1, handed_back=own))
    assert any(line.endswith("(chủ hồ sơ)   Số điện thoại: 0900 000 012") for line in said)
    assert "Số bản chính đã nhận lại: không có" in said
    assert "Ghi chú: trả qua dịch vụ bưu chính công ích" in said
    other = replace(RETURNED, receiver_kind=ReceiverKind.POST, receiver_name="Bưu tá")
    assert "Người nhận kết quả: Bưu tá (nhân viên bưu chính)   Số điện thoại: …" in lines(made("result", count=1, handed_back=other))


def test_the_hand_over_has_two_parts():
    content = made("hand_over", count=2)
    assert lines(content) == [
        "I. GIAO, NHẬN HỒ SƠ", f"Bên giao: {GIVEN.from_unit} ({CLERK})", f"Bên nhận: {GIVEN.to_unit} (Vũ Thị Thực Hành)",
        "Thời gian giao, nhận: 15 giờ 10 phút, ngày 20 tháng 11 năm 2026",
        "TT | Mã hồ sơ | Nội dung | Chủ hồ sơ | Số tờ | Hẹn trả",
        "1 | H36.50.05-261120-0001 | Cấp Giấy xác nhận tình trạng hôn nhân | Trần Thị Ví Dụ 1 | 7 | 26/11/2026",
        "2 | H36.50.05-261120-0002 | Cấp Giấy xác nhận tình trạng hôn nhân | Trần Thị Ví Dụ 2 | 7 | 26/11/2026",
        "Tổng số hồ sơ bàn giao: 02 (hồ sơ)", "NGƯỜI GIAO HỒ SƠ / NGƯỜI NHẬN HỒ SƠ", "II. GIAO, NHẬN KẾT QUẢ GIẢI QUYẾT HỒ SƠ",
        "Thời gian giao, nhận kết quả: …", "Số kết quả đã giao: …", "Hồ sơ chưa có kết quả, ghi chú: …"]
    assert [role for role, *_ in roles(content)] == ["NGƯỜI GIAO KẾT QUẢ", "NGƯỜI NHẬN KẾT QUẢ"]


def test_the_list_of_results_marks_money_and_post():
    content = made("result_list", count=3)
    assert content["landscape"]
    assert lines(content)[3] == "TT | Mã hồ sơ | Nội dung | Kết quả | Chủ hồ sơ | Địa chỉ | Phí, lệ phí (X) | Trả qua bưu điện (X)"
    assert [line.rsplit(" | ", 2)[1:] for line in lines(content)[4:7]] == [["X", ""], ["", ""], ["X", "X"]]


def test_one_slip_lists_many_dossiers():
    whole = replace(WHOLE, place=BookPlace("dossiers", 2026, 1, 7))
    content = made("many", whole=whole, count=2)
    assert content["title"] == "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ"
    said = lines(content)
    assert "STT | Nội dung | Đơn vị | Ngày nhận | Ngày hẹn trả | Thời hạn | Số bộ | Họ tên" in said
    assert ("2 | Cấp Giấy xác nhận tình trạng hôn nhân (mã H36.50.05-261120-0002) | UBND xã Đắk Mil | 09:42 20/11/2026 | 09:42 26/11/2026 | "
            "03 ngày làm việc | 01 | Trần Thị Ví Dụ 2") in said
    assert said[-4:] == [
        "Số lượng hồ sơ: 02 (hồ sơ)   Phí, lệ phí: 30.000 đồng",
        "Thời gian trả kết quả của hồ sơ sau cùng: 09 giờ 42 phút, thứ Năm, 26/11/2026",
        "Đăng ký nhận kết quả tại: Quầy 2, Trung tâm Phục vụ hành chính công xã Đắk Mil",
        "Vào Sổ theo dõi hồ sơ, Quyển số: 01/2026, Số thứ tự: 07, 07"]


OF_A_DOSSIER = {kind for name, kind in vars(events).items() if name.isupper() and isinstance(kind, str) and "." in kind} - {
    events.PROVINCE_PREFIX, events.UNREADABLE, events.WENT_BACK}
"""Every type of event that a dossier may have, but for what is no act."""


def process_rows(*happened):
    content = process_sheet(WHOLE, happened, {"u": CLERK}, DESK, form_in_force("process", DAY))
    return content["body"][1]["table"]["rows"]


def event(kind, facts=None):
    return Event("op", "0", kind, local(2026, 11, 20, 9), Actor("u", Role.CLERK), facts or {})


@pytest.mark.parametrize("kind", sorted(OF_A_DOSSIER))
def test_the_process_sheet_has_words_for_every_kind_of_event(kind):
    (row,) = process_rows(event(kind))
    assert row[3] != kind
    assert "." not in row[3]


def test_of_what_the_province_told_the_process_sheet_has_the_acts_alone():
    strange = {"reason": "type_not_allowed", "receiver": "Ai", "due_at": "mai", "received_by": 7}
    told = [event(f"province.{kind}", strange) for kind in ("op.outcome", "dossier.progress", "blob.rejected", "message", "unreadable", "new.one")]
    assert process_rows(event(events.DOSSIER_RECEIVED), *told) == [
        ["1", "09:00 20/11/2026", CLERK, "Tiếp nhận hồ sơ", "", ""], ["2", "09:00 20/11/2026", CLERK, "Tiến độ ở nơi khác", "", ""]]


def test_an_act_of_a_later_version_is_not_left_out_of_the_process_sheet():
    assert [row[3] for row in process_rows(event("dossier.dreamt"))] == ["dossier.dreamt"]


def test_the_process_sheet_tells_each_act_in_its_columns():
    content = made("process", count=18)
    rows = content["body"][1]["table"]["rows"]
    assert [column["title"] for column in content["body"][1]["table"]["columns"]] == [
        "STT", "Ngày", "Người xử lý", "Thao tác", "Người nhận", "Thời hạn"]
    assert not any("." in row[3] for row in rows), "no event is told by its technical name"
    assert rows[0] == ["1", "09:00 20/11/2026", CLERK, "Tiếp nhận hồ sơ", "", "09:42 26/11/2026"]
    assert [row[4] for row in rows if row[4]] == ["Vũ Thị Thực Hành, Công chức tư pháp - hộ tịch", "Trần Văn Minh Họa"]


def test_the_label_tells_whose_and_when():
    assert lines(made("label")) == ["Trần Thị Ví Dụ", "Hẹn: 09:42 26/11/2026"]
    assert lines(made("label", whole=replace(WHOLE, due_at=None)))[1] == "Không có ngày hẹn trả"


@pytest.mark.parametrize("name", NAMES)
def test_a_content_is_plain_json_that_stays(name):
    content = made(name)
    assert json.loads(json.dumps(content)) == content
    assert content["form"] == name
    assert content["version"] == form_in_force(name, DAY).version
    assert set(content["papers"]) <= {*PAPERS, "label"}


@pytest.mark.parametrize("name", [name for name in NAMES if name[0] == "0"])
def test_statutory_forms_have_both_versions_and_name_their_law(name):
    assert form_in_force(name, date(2025, 9, 14)).version.endswith("/2018")
    assert form_in_force(name, date(2025, 9, 15)).version.endswith("/2025")
    assert form_in_force(name, date(2025, 9, 15)).legal_reference == f"Mẫu số {name} – TT 03/2025/TT-VPCP"


def test_common_words_are_kept_once():
    common = json.loads(resource_path(f"forms/{COMMON}.json").read_text(encoding="utf-8"))
    for name in ("01", "book", *NAMES):
        own = json.loads(resource_path(f"forms/{name}.json").read_text(encoding="utf-8"))["words"]
        assert [key for key, word in own.items() if common.get(key) == word] == []


def test_a_later_form_of_a_kind_belongs_to_its_series():
    assert [series_of(name) for name in ("02", "02/2", "label")] == ["02", "02", "label"]


def test_fees_that_nobody_paid_are_no_money_to_give_back():
    owed = (FeeLine("f", "Lệ phí", 15000, FeeMethod.UNPAID),)
    assert "Phí, lệ phí: không thu" in lines(made("05", whole=replace(WHOLE, fees=owed)))
