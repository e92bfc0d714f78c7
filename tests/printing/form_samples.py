"""Contents of every form but 01: as they come, and with everything as long as it can be."""

from dataclasses import replace

from counter_app.domain.dossier import DeliveryMethod, FeeLine, FeeMethod, Status, Submitter
from counter_app.domain.events import Event
from counter_app.domain.life import (
    Direction,
    Ending,
    Extension,
    FeesHandling,
    HandedBack,
    HandOver,
    ReceiverKind,
    ResultPaper,
    Supplement,
)
from counter_app.domain.moments import local
from counter_app.domain.people import Actor, Role
from counter_app.services.documents import form_content as contents
from counter_app.services.documents.forms import form_in_force
from tests.printing.samples import CLERK, DAY, DESK, DOSSIER, papers

NAMES = ("02", "03", "04", "05", "06", "result", "result_list", "hand_over", "many", "process", "label")
LONG = ("Nguyễn Thị Ví Dụ Rất Dài " * 13)[:300].strip()
SUPPLEMENT = Supplement(
    "s", local(2026, 11, 20, 10, 0), CLERK,
    ("Bản sao có chứng thực Quyết định ly hôn đã có hiệu lực pháp luật của Tòa án (bản nộp chưa có dấu).",
     "Tờ khai cấp Giấy xác nhận tình trạng hôn nhân: ghi rõ mục đích sử dụng, ký và ghi rõ họ tên."),
    "Thành phần hồ sơ chưa đầy đủ theo quy định tại khoản 2 Điều 22 Nghị định số 123/2015/NĐ-CP", "07/TTPVHCC",
    deadline=local(2026, 11, 27, 17, 0))
REFUSED = Ending(
    local(2026, 11, 20, 10, 0), "Yêu cầu giải quyết không thuộc thẩm quyền của Ủy ban nhân dân xã: người yêu cầu thường trú ở xã khác",
    "03/TTPVHCC", legal_basis="Điều 21 Nghị định số 123/2015/NĐ-CP", papers_returned=True)
EXTENSION = Extension(
    local(2026, 11, 24, 15, 0), local(2026, 11, 26, 9, 42), local(2026, 12, 3, 9, 42),
    "Cần xác minh tình trạng hôn nhân tại nơi thường trú trước đây, cơ quan được hỏi chưa có văn bản trả lời", 1, "02/TTPVHCC",
    "Hoàng Văn Giả Định")
HALTED = Ending(
    local(2026, 11, 25, 15, 0), "Hết thời hạn bổ sung hồ sơ mà người nộp hồ sơ không bổ sung", "01/TTPVHCC",
    legal_basis="khoản 4 Điều 19 Nghị định số 61/2018/NĐ-CP", stage="Thẩm định hồ sơ", decided_by="Chủ tịch UBND xã Đắk Mil",
    papers_returned=True, fees=FeesHandling.REFUNDED)
UNIT, SPECIALIST = "Trung tâm Phục vụ hành chính công xã Đắk Mil", "Công chức tư pháp - hộ tịch"
GIVEN = HandOver("b", local(2026, 11, 20, 15, 10), Direction.TO_SPECIALIST, UNIT, SPECIALIST, CLERK, "Vũ Thị Thực Hành", 7)
BROUGHT = replace(
    GIVEN, at=local(2026, 11, 25, 16, 0), direction=Direction.TO_DESK, from_unit=SPECIALIST, to_unit=UNIT, given_by="Vũ Thị Thực Hành",
    received_by=CLERK, paper_count=8)
RESULT = ResultPaper(
    "r", "Giấy xác nhận tình trạng hôn nhân", "KQ.G15.00012", "215/UBND-XNTTHN", local(2026, 11, 25), "UBND xã Đắk Mil",
    "Hoàng Văn Giả Định", "Chủ tịch", "Xác nhận tình trạng hôn nhân của bà Trần Thị Ví Dụ")
RETURNED = HandedBack(
    local(2026, 11, 26, 8, 30), ReceiverKind.AUTHORISED, "Trần Văn Minh Họa", "067188000789", originals_returned=2, slip_lost=True)
WHOLE = replace(
    DOSSIER, handled_by="UBND xã Đắk Mil", hand_overs=(GIVEN, BROUGHT), results=(RESULT,),
    submitter=Submitter("Trần Văn Minh Họa", "067188000789", "0900 000 034", "anh", "Giấy ủy quyền ngày 18/11/2026"))


def many(count, whole=WHOLE):
    """Several dossiers that differ in code, name and delivery."""
    return [replace(
        whole, code=f"H36.50.05-261120-{number:04d}", delivery=DeliveryMethod.POSTAL if number % 3 == 0 else DeliveryMethod.DESK,
        applicant=replace(whole.applicant, full_name=f"{whole.applicant.full_name} {number}"),
        fees=(FeeLine("f", "Lệ phí", 15000, FeeMethod.UNPAID if number % 2 else FeeMethod.CASH),)) for number in range(1, count + 1)]


def events(count):
    """The acts of a dossier, those known to the process sheet in turn."""
    kinds = list(form_in_force("process", DAY).words["acts"])
    facts = {"dossier.handed_over": {"to_unit": SPECIALIST, "received_by": "Vũ Thị Thực Hành"},
             "dossier.received": {"due_at": "2026-11-26T09:42:00+07:00"}, "deadline.extended": {"new_due": "2026-12-03T09:42:00+07:00"},
             "result.returned": {"receiver": {"name": "Trần Văn Minh Họa"}}}
    chosen = [kinds[number % len(kinds)] for number in range(count)]
    return [Event(str(number), "0", kind, local(2026, 11, 20, 9, number % 60), Actor("u", Role.CLERK), facts.get(kind, {}))
            for number, kind in enumerate(chosen)]


def made(name, on=DAY, whole=WHOLE, count=3, desk=DESK, clerk=CLERK, signer="Hoàng Văn Giả Định", **values):
    """The content of a form; ``values`` replace what happened (supplement, ending, extension, handed_back, hand_over)."""
    form = form_in_force(name, on)
    signed = {"signer": signer, "signer_title": "Giám đốc"}
    several = many(count, whole)
    return {
        "02": lambda: contents.supplement_request(whole, values.get("supplement", SUPPLEMENT), desk, form, clerk=clerk),
        "03": lambda: contents.refusal(whole, values.get("ending", REFUSED), desk, form, clerk=clerk),
        "04": lambda: contents.apology(whole, values.get("extension", EXTENSION), desk, form, **signed),
        "05": lambda: contents.halt_notice(replace(whole, status=values.get("status", Status.HALTED)), values.get("ending", HALTED), desk,
                                           form, **signed),
        "06": lambda: contents.control_sheet(whole, desk, form),
        "result": lambda: contents.result_receipt(
            several if count > 1 else [whole], values.get("handed_back", RETURNED), desk, form, clerk=clerk),
        "result_list": lambda: contents.result_list(several, values.get("hand_over", BROUGHT), desk, form),
        "hand_over": lambda: contents.hand_over_list(several, values.get("hand_over", GIVEN), desk, form),
        "many": lambda: contents.many_slip(several, desk, form, clerk=clerk),
        "process": lambda: contents.process_sheet(whole, events(count), {"u": clerk}, desk, form),
        "label": lambda: contents.label(whole, desk, form),
    }[name]()


LONGEST = replace(
    WHOLE, applicant=replace(WHOLE.applicant, full_name=LONG, address=LONG, email="a" * 250 + "@vidu.vn"), procedure_name=LONG,
    documents=papers(30), handled_by=LONG, limit_text=LONG, submitter=Submitter(LONG),
    results=(replace(RESULT, name=LONG, number=LONG, abstract=LONG),) * 4, hand_overs=(replace(GIVEN, from_unit=LONG, received_by=LONG),) * 5)
