"""After the numbers: what waits to be signed, what is struck and stays, what is printed again."""

import pytest

from counter_app.domain.dossier import FeeMethod, Status
from counter_app.domain.errors import RuleBrokenError
from counter_app.services.acts.acting import Printing
from counter_app.services.certification.terms import SignVisit, StrikeNumber
from tests.builders import CLERK, HEAD, INSPECTOR, applicant
from tests.services.certifying import certifying_desk, copy, line, visit


@pytest.fixture
def desk():
    return certifying_desk()


def refused(act, *words):
    with pytest.raises(RuleBrokenError) as caught:
        act(*words)
    return caught.value.code


def left(desk, done):
    return [desk.state.dossiers[dossier.dossier_id] for dossier in done.dossiers]


def test_what_is_not_signed_waits(desk):
    done = desk.certification.certify(visit(copy(), line("signature"), signed=False), CLERK)
    assert {dossier.status for dossier in done.dossiers} == {Status.RECEIVED}
    (waiting,) = desk.certification.waiting(CLERK)
    assert waiting.is_waiting
    assert waiting.visit_id == done.visit_id
    signed = desk.certified.sign(SignVisit(done.visit_id), CLERK)
    assert {dossier.status for dossier in signed.dossiers} == {Status.RETURNED}
    assert desk.certification.waiting(CLERK) == []
    assert refused(desk.certified.sign, SignVisit(done.visit_id), CLERK) == "VISIT_SIGNED"


def test_signed_papers_may_wait_for_their_owner(desk):
    done = desk.certification.certify(visit(signed=False), CLERK)
    desk.certified.sign(SignVisit(done.visit_id, hand_back=False), CLERK)
    assert [dossier.status for dossier in left(desk, done)] == [Status.RESULT_READY]


def test_unknown_visits(desk):
    assert refused(desk.certified.sign, SignVisit("nothing"), CLERK) == "VISIT_UNKNOWN"
    assert refused(desk.certified.strike, StrikeNumber("nothing", "Nhầm"), CLERK) == "CERTIFIED_NUMBER_UNKNOWN"
    assert refused(lambda: desk.certified.print_stamps("nothing", CLERK, queue=False)) == "VISIT_UNKNOWN"


def test_a_struck_number_stays_used_up_and_its_money_goes_back(desk):
    done = desk.certification.certify(visit(copy("Thẻ căn cước", 2, 5), copy("Học bạ", 1, 1), receipt_number="0000412"), CLERK)
    wrong = done.numbers[0]
    struck = desk.certified.strike(StrikeNumber(wrong.certification_id, "Gõ nhầm giấy tờ", receipt_cancelled=True), CLERK)
    place = (wrong.place.book, 2026, wrong.place.ordinal)
    with desk.database.read() as uow:
        (entry,) = uow.logbooks.lines("SCT/BS", 2026, 1, first=1, count=1)
    assert entry.struck_reason == "Gõ nhầm giấy tờ"
    assert place in desk.state.lines
    (dossier,) = struck.dossiers
    assert dossier.status is Status.RETURNED, "what was given back stays given back"
    assert dossier.fee_total_vnd == 2_000
    assert not any(fee.is_owed for fee in dossier.fees)
    assert sorted(payment.amount_vnd for payment in desk.state.payments.values()) == [-20_000, 2_000, 20_000]
    kinds = [event.type for event in desk.state.events if event.dossier_id == dossier.dossier_id]
    assert kinds[-2:] == ["fee.reversed", "note.added"]
    assert "1, quyển số 01/2026-SCT/BS" in desk.state.events[-1].facts["text"]
    again = desk.certification.certify(visit(copy()), CLERK)
    assert again.numbers[0].place.ordinal == 3
    day = desk.certification.today(CLERK)
    assert (day.count, day.total_vnd) == (2, 4_000)


def test_a_number_is_struck_once_and_with_a_reason(desk):
    done = desk.certification.certify(visit(), CLERK)
    strike = StrikeNumber(done.numbers[0].certification_id, "Nhầm")
    assert refused(desk.certified.strike, StrikeNumber(done.numbers[0].certification_id, "  "), CLERK) == "TEXT_NEEDED"
    desk.certified.strike(strike, CLERK)
    events = len(desk.state.events)
    assert refused(desk.certified.strike, strike, CLERK) == "LINE_STRUCK"
    assert len(desk.state.events) == events
    assert refused(lambda: desk.certified.print_stamps(done.visit_id, CLERK, queue=False)) == "VISIT_STRUCK"


def test_a_closed_volume_is_not_written_into(desk):
    done = desk.certification.certify(visit(), CLERK)
    desk.logbooks.new_volume("SCT/BS", 2026, HEAD)
    assert refused(desk.certified.strike, StrikeNumber(done.numbers[0].certification_id, "Nhầm"), CLERK) == "STRIKE_IN_CLOSED"
    assert desk.certification.certify(visit(), CLERK).numbers[0].label == "2, quyển số 02/2026-SCT/BS"


def test_nothing_of_an_exempt_number_is_given_back(desk):
    done = desk.certification.certify(visit(method=FeeMethod.EXEMPT, exempt_reason="Hộ nghèo"), CLERK)
    desk.certified.strike(StrikeNumber(done.numbers[0].certification_id, "Nhầm"), CLERK)
    assert [payment.amount_vnd for payment in desk.state.payments.values()] == [0]


def test_an_open_dossier_without_a_number_ends(desk):
    done = desk.certification.certify(visit(copy("Thẻ căn cước"), copy("Học bạ"), signed=False), CLERK)
    first, second = (StrikeNumber(number.certification_id, "Người dân không lấy nữa") for number in done.numbers)
    desk.certified.strike(first, CLERK)
    assert left(desk, done)[0].status is Status.RECEIVED
    desk.certified.strike(second, CLERK)
    (dossier,) = left(desk, done)
    assert (dossier.status, dossier.ending.reason) == (Status.WITHDRAWN, "Người dân không lấy nữa")
    assert desk.certification.waiting(CLERK) == []


def test_a_struck_number_is_not_signed_with_the_others(desk):
    done = desk.certification.certify(visit(copy("Thẻ căn cước"), copy("Học bạ"), signed=False), CLERK)
    desk.certified.strike(StrikeNumber(done.numbers[0].certification_id, "Nhầm"), CLERK)
    desk.certified.sign(SignVisit(done.visit_id), CLERK)
    (dossier,) = left(desk, done)
    assert [result.name for result in dossier.results] == ["Học bạ"]


def test_the_signing_list_holds_what_waits(desk):
    assert refused(lambda: desk.certified.print_signing_list(CLERK, Printing(paper="a4"))) == "NOTHING_TO_SIGN"
    desk.certification.certify(visit(copy("Thẻ căn cước", 1, 2), line("signature"), signed=False), CLERK)
    desk.certification.certify(visit(copy("Học bạ"), person=applicant(full_name="Đỗ Văn Thử"), signed=False), CLERK)
    desk.certification.certify(visit(copy("Đã ký")), CLERK)
    print_id = desk.certified.print_signing_list(CLERK, Printing(paper="a4"))
    (form,) = [form for form in desk.state.prints if form.print_id == print_id]
    table = next(part["table"] for part in form.content["body"] if "table" in part)
    assert [row[1:5] for row in table["rows"]] == [
        ["1, quyển số 01/2026-SCT/BS", "Trần Thị Ví Dụ", "Thẻ căn cước", "2"],
        ["2, quyển số 01/2026-SCT/BS", "Đỗ Văn Thử", "Học bạ", "1"],
        ["1, quyển số 01/2026-SCT/CK, ĐC", "Trần Thị Ví Dụ", "Sơ yếu lý lịch", "1"]]
    assert (len(form.content["body"][-1]["signatures"]), form.content["signatures"]) == (2, []), "signed once, at its end"


def test_stamp_lines_are_printed_again_for_what_stands(desk):
    done = desk.certification.certify(visit(copy("Thẻ căn cước", 1, 3), copy("Học bạ")), CLERK)
    desk.certified.strike(StrikeNumber(done.numbers[1].certification_id, "Nhầm"), CLERK)
    print_id = desk.certified.print_stamps(done.visit_id, CLERK, queue=True)
    (form,) = [form for form in desk.state.prints if form.print_id == print_id]
    assert [(stamp["lines"], stamp["count"]) for stamp in form.content["stamps"]] == [
        (["Số 1, quyển số 01/2026-SCT/BS", "Ngày 20 tháng 11 năm 2026"], 3)]
    assert [job.print_id for job in desk.state.jobs.values()] == [print_id]


def test_a_whole_visit_is_taken_back(desk):
    done = desk.certification.certify(visit(copy("Thẻ căn cước", 2, 5), line("signature"), stamps=True, slip=True, queue=True), CLERK)
    desk.certified.undo(done.visit_id, CLERK)
    numbers = desk.state.certifications.values()
    assert {(number.struck_reason, number.struck_on is None) for number in numbers} == {("Hoàn tác tại quầy", False)}
    assert sum(payment.amount_vnd for payment in desk.state.payments.values()) == 0
    assert {job.state for job in desk.state.jobs.values()} == {"cancelled"}
    assert refused(desk.certified.undo, done.visit_id, CLERK) == "VISIT_STRUCK"
    assert desk.certification.certify(visit(copy()), CLERK).numbers[0].place.ordinal == 2, "a number is never used again"
    assert desk.certification.today(CLERK).count == 2


def test_taking_back_spares_what_was_struck_before(desk):
    done = desk.certification.certify(visit(copy("Thẻ căn cước"), copy("Học bạ"), signed=False), CLERK)
    desk.certified.strike(StrikeNumber(done.numbers[0].certification_id, "Gõ nhầm"), CLERK)
    desk.certified.undo(done.visit_id, CLERK)
    assert [number.struck_reason for number in desk.state.certifications.values()] == ["Gõ nhầm", "Hoàn tác tại quầy"]
    assert [dossier.status for dossier in left(desk, done)] == [Status.WITHDRAWN]


@pytest.mark.parametrize("wish", [{"stamps": True}, {"slip": True}])
def test_what_is_printed_is_not_taken_back(desk, wish):
    done = desk.certification.certify(visit(**wish, queue=False), CLERK)
    before = len(desk.state.events)
    assert refused(desk.certified.undo, done.visit_id, CLERK) == "UNDO_PRINTED"
    assert len(desk.state.events) == before
    assert next(iter(desk.state.certifications.values())).struck_on is None


def test_what_was_sent_is_not_taken_back(desk):
    done = desk.certification.certify(visit(), CLERK)
    op_id = desk.state.events[-1].op_id
    desk.state.outbox[op_id] = ("acknowledged", desk.state.outbox[op_id][1])
    assert refused(desk.certified.undo, done.visit_id, CLERK) == "UNDO_SENT"
    assert refused(desk.certified.undo, "nothing", CLERK) == "VISIT_UNKNOWN"


def test_testimonies_are_of_paper_alone(desk):
    done = desk.certification.certify(visit(copy("Học bạ", electronic=True), copy("Thẻ căn cước"), stamps=True), CLERK)
    (form,) = [form for form in desk.state.prints if form.print_id == done.stamp_print_id]
    assert [stamp["lines"][0] for stamp in form.content["stamps"]] == ["Số 1, quyển số 01/2026-SCT/BS"]
    alone = desk.certification.certify(visit(copy("Học bạ", electronic=True), stamps=True), CLERK)
    assert alone.stamp_print_id == ""
    assert refused(lambda: desk.certified.print_stamps(alone.visit_id, CLERK, queue=False)) == "VISIT_ELECTRONIC"


def test_who_may(desk):
    done = desk.certification.certify(visit(signed=False), CLERK)
    for act in (lambda: desk.certified.sign(SignVisit(done.visit_id), INSPECTOR), lambda: desk.certified.undo(done.visit_id, INSPECTOR),
                lambda: desk.certified.strike(StrikeNumber(done.numbers[0].certification_id, "Nhầm"), INSPECTOR)):
        assert refused(act) == "NOT_ALLOWED"
