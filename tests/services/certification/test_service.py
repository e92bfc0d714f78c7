"""A visit at the certification counter: dossiers, numbers, money and papers in one act."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from counter_app.domain.dossier import FeeMethod, Status
from counter_app.domain.errors import RuleBrokenError, SurroundingsError, failed
from counter_app.domain.moments import local
from counter_app.domain.people import Actor, Role
from counter_app.domain.registers import BookVolume
from counter_app.services.people.offices import Signer
from tests.builders import CLERK, HEAD, INSPECTOR, applicant
from tests.services.certifying import certifying_desk, copy, line, visit

ADMINISTRATOR = Actor("u-0002", Role.ADMINISTRATOR)


@pytest.fixture
def desk():
    return certifying_desk()


def places(certified):
    return [(number.place.book, number.place.ordinal) for number in certified.numbers]


def kinds_of(desk, dossier):
    return [event.type for event in desk.state.events if event.dossier_id == dossier.dossier_id]


def broken_by(desk, command):
    with pytest.raises(RuleBrokenError) as caught:
        desk.certification.certify(command, CLERK)
    return [(problem.code, problem.field) for problem in caught.value.problems]


def test_copies_while_they_wait(desk):
    done = desk.certification.certify(visit(copy("Thẻ căn cước", 2, 5), copy("Học bạ", 12, 2)), CLERK)
    assert places(done) == [("SCT/BS", 1), ("SCT/BS", 2)]
    assert [number.label for number in done.numbers] == ["1, quyển số 01/2026-SCT/BS", "2, quyển số 01/2026-SCT/BS"]
    assert done.fee_total_vnd == 20_000 + 28_000
    (dossier,) = done.dossiers
    assert (dossier.procedure_code, dossier.status, dossier.on_the_spot) == ("2.000815", Status.RETURNED, True)
    assert dossier.due_at == local(2026, 11, 20, 17, 30)
    assert kinds_of(desk, dossier) == ["dossier.received", "fee.collected", "fee.collected", "result.ready", "result.returned"]
    assert [(result.name, result.number, result.code) for result in dossier.results] == [
        ("Thẻ căn cước", "1, quyển số 01/2026-SCT/BS", "KQ.G15.000021"), ("Học bạ", "2, quyển số 01/2026-SCT/BS", "KQ.G15.000021")]
    assert (dossier.handed_back.receiver_name, dossier.handed_back.originals_returned) == ("Trần Thị Ví Dụ", 2)
    assert desk.state.dossiers[dossier.dossier_id] == dossier
    assert (done.print_ids, done.stamp_print_id) == ((), ""), "no slip unless it is asked for"


def test_one_number_per_kind_of_paper(desk):
    """Not per copy, not per visitor: the same kind of paper typed twice shares its number; two originals are two fees."""
    done = desk.certification.certify(visit(copy("Giấy khai sinh", 1, 10), copy("GIẤY KHAI SINH ", 3, 1), copy("Bằng lái", 1, 1)), CLERK)
    assert places(done) == [("SCT/BS", 1), ("SCT/BS", 2)]
    assert [(number.copies, number.amount_vnd) for number in done.numbers] == [(11, 25_000), (1, 2_000)]
    assert len(done.dossiers[0].fees) == 3


def test_signatures_have_a_number_each(desk):
    done = desk.certification.certify(visit(line("signature", "Giấy ủy quyền"), line("signature", "Giấy ủy quyền", 3)), CLERK)
    assert places(done) == [("SCT/CK,ĐC", 1), ("SCT/CK,ĐC", 2)]
    assert [number.amount_vnd for number in done.numbers] == [10_000, 30_000]


@pytest.mark.parametrize(("kind", "register", "code", "fee"), [
    ("translator", "SCT/CKND", "2.000992", 20_000), ("transaction", "SCT/GD", "2.001035", 50_000), ("amend", "SCT/GD", "2.000913", 30_000),
    ("cancel", "SCT/GD", "2.000913", 30_000), ("correct", "SCT/GD", "2.000927", 25_000)])
def test_every_kind_has_its_register_procedure_and_fee(desk, kind, register, code, fee):
    """A contract in two counterparts is one act; two translated papers are two cases."""
    done = desk.certification.certify(visit(line(kind, copies=2)), CLERK)
    assert places(done) == [(register, 1)]
    assert done.dossiers[0].procedure_code == code
    assert done.fee_total_vnd == fee


def test_a_visit_of_several_procedures_is_several_dossiers_and_one_act(desk):
    writes = desk.database.writes
    done = desk.certification.certify(visit(copy("Bằng tốt nghiệp"), line("signature"), copy("Học bạ")), CLERK)
    assert desk.database.writes == writes + 1
    assert [dossier.procedure_code for dossier in done.dossiers] == ["2.000815", "2.000884"]
    assert [dossier.code[-4:] for dossier in done.dossiers] == ["0001", "0002"]
    assert places(done) == [("SCT/BS", 1), ("SCT/CK,ĐC", 1), ("SCT/BS", 2)], "numbers in the order of the lines"
    assert {number.visit_id for number in done.numbers} == {done.visit_id}
    assert [number.dossier_id for number in done.numbers] == [done.dossiers[at].dossier_id for at in (0, 1, 0)]
    assert [used.code for used in desk.state.numbers] == [dossier.code for dossier in done.dossiers]
    assert desk.numbering.peek(desk.clock.now())[-4:] == "0003"


def test_another_procedure_of_the_register(desk):
    done = desk.certification.certify(visit(line("transaction", "Di chúc", procedure_code="2.001019"), line("transaction")), CLERK)
    assert [dossier.procedure_code for dossier in done.dossiers] == ["2.001019", "2.001035"]
    assert places(done) == [("SCT/GD", 1), ("SCT/GD", 2)], "both stand in one book"


def test_the_electronic_book_counts_by_itself(desk):
    done = desk.certification.certify(visit(copy("Thẻ căn cước"), copy("Thẻ căn cước", electronic=True)), CLERK)
    assert places(done) == [("SCT/BS", 1), ("SCTĐT/BS", 1)]


def test_columns_of_the_registers_are_frozen(desk):
    person = applicant(full_name="Nguyễn Văn Mẫu", id_number="067090000456")
    lines = (copy("Thẻ căn cước", 2, 5, signer="Hoàng Thị Giả Định", signer_title="Phó Chủ tịch"), line("signature"),
             line("transaction", "Hợp đồng", parties="Bên A; Bên B"))
    done = desk.certification.certify(visit(*lines, person=person), CLERK)
    content = {number.place.book: desk.state.lines[number.place.book, 2026, 1][-1] for number in done.numbers}
    content = {book: value if isinstance(value, dict) else json.loads(value) for book, value in content.items()}
    assert content["SCT/BS"] == {
        "date": "2026-11-20", "applicant": "Nguyễn Văn Mẫu", "document": "Thẻ căn cước", "signer": "Hoàng Thị Giả Định, Phó Chủ tịch",
        "copies": 5, "fee_vnd": 20_000, "note": ""}
    assert content["SCT/CK,ĐC"]["applicant"] == "Nguyễn Văn Mẫu, 067090000456"
    assert content["SCT/GD"]["applicant"] == "Bên A; Bên B"


def test_fees_are_taken_at_once(desk):
    done = desk.certification.certify(
        visit(copy("Học bạ", 12, 2), line("signature"), method=FeeMethod.TRANSFER, receipt_series="AA/26E", receipt_number="0000402"), CLERK)
    payments = list(desk.state.payments.values())
    assert sorted(payment.amount_vnd for payment in payments) == [10_000, 28_000]
    assert {payment.method for payment in payments} == {FeeMethod.TRANSFER}
    assert {payment.receipt_number for payment in payments} == {"0000402"}
    assert sum(payment.amount_vnd for payment in payments) == done.fee_total_vnd


def test_exempt_has_a_reason_and_takes_no_money(desk):
    command = visit(copy("Hợp đồng thế chấp", 10, 2), method=FeeMethod.EXEMPT)
    assert broken_by(desk, command) == [("FEE_EXEMPT_NO_REASON", "payment.exempt_reason")]
    done = desk.certification.certify(replace(command, exempt_reason="Vay vốn nông nghiệp"), CLERK)
    assert "FEE_EXEMPT_NO_PROOF" in {warning.code for warning in done.warnings}
    assert done.fee_total_vnd == 0
    assert "fee.collected" not in kinds_of(desk, done.dossiers[0])
    (payment,) = desk.state.payments.values()
    assert (payment.amount_vnd, payment.exempt_reason) == (0, "Vay vốn nông nghiệp")
    assert desk.state.lines["SCT/BS", 2026, 1][-1]["note"] == "Miễn phí: Vay vốn nông nghiệp"


def test_a_slip_only_when_it_is_asked_for(desk):
    done = desk.certification.certify(visit(copy(), line("signature"), slip=True, stamps=True, queue=True), CLERK)
    assert len(done.print_ids) == 2
    assert done.stamp_print_id
    assert len(desk.state.jobs) == 3
    assert kinds_of(desk, done.dossiers[0])[2] == "slip.printed"


def test_after_three_it_is_due_on_the_next_working_day():
    desk = certifying_desk(local(2026, 11, 20, 15, 30))
    done = desk.certification.certify(visit(signed=False), CLERK)
    assert done.dossiers[0].due_at == local(2026, 11, 23, 17, 30)


def test_everything_wrong_is_said_at_its_field(desk):
    lines = (copy("", 0, 1), copy("Học bạ", 1, 0), line("signature", copies=1000), line("transaction", electronic=True))
    problems = broken_by(desk, visit(*lines, person=applicant(full_name="", id_number=""), method=FeeMethod.UNPAID))
    assert set(problems) == {
        ("TEXT_NEEDED", "lines.0.document_name"), ("PAGES_INVALID", "lines.0.pages"), ("COPIES_INVALID", "lines.1.copies"),
        ("COUNT_IMPOSSIBLE", "lines.2.copies"), ("CERTIFY_NOT_ELECTRONIC", "lines.3.electronic"), ("CERTIFY_ID_NEEDED", "applicant.id_number"),
        ("PERSON_NAME_EMPTY", "applicant.full_name"), ("FEE_METHOD", "payment.method")}
    assert not desk.state.dossiers
    assert not desk.state.numbers


def test_nothing_to_certify(desk):
    assert broken_by(desk, replace(visit(), lines=())) == [("CERTIFY_NO_LINES", "lines")]
    assert broken_by(desk, visit(*(copy(f"Giấy {at}") for at in range(31)))) == [("LINES_TOO_MANY", "lines")]


def test_a_procedure_of_another_register(desk):
    assert broken_by(desk, visit(copy(procedure_code="2.001019"))) == [("CERTIFY_OTHER_REGISTER", "lines.0.procedure_code")]
    assert broken_by(desk, visit(copy(procedure_code="9.999999")))[0][1] == "lines.0.procedure_code"


def test_only_copies_go_without_an_identity_number(desk):
    desk.certification.certify(visit(copy(), person=applicant(id_number="")), CLERK)
    assert broken_by(desk, visit(line("signature"), person=applicant(id_number=""))) == [("CERTIFY_ID_NEEDED", "applicant.id_number")]


def test_signers(desk):
    assert [signer.name for signer in desk.certification.signers()] == ["Hoàng Văn Giả Định"], "the head who has an account"
    desk.offices.save_signers(
        [Signer("Hoàng Thị Giả Định", "Phó Chủ tịch", ("SCT/BS",)), Signer("Lê Văn Thử", "Chủ tịch", valid_to=date(2026, 11, 19))],
        ADMINISTRATOR)
    assert [signer.name for signer in desk.certification.signers("SCT/BS")] == ["Hoàng Thị Giả Định"]
    done = desk.certification.certify(visit(copy(signer="hoàng thị giả định")), CLERK)
    assert (done.numbers[0].signer, done.numbers[0].signer_title) == ("Hoàng Thị Giả Định", "Phó Chủ tịch")
    assert broken_by(desk, visit(copy(signer="Lê Văn Thử"))) == [("SIGNER_UNKNOWN", "lines.0.signer")]
    assert broken_by(desk, visit(line("signature", signer="Hoàng Thị Giả Định"))) == [("SIGNER_SCOPE", "lines.0.signer")]


def test_who_may(desk):
    with pytest.raises(RuleBrokenError) as caught:
        desk.certification.certify(visit(), INSPECTOR)
    assert caught.value.code == "NOT_ALLOWED"


@pytest.mark.parametrize("book", ["SCT/BS", "dossiers"])
def test_a_closed_book_takes_nothing_and_uses_no_number_up(desk, book):
    with desk.database.write() as uow:
        uow.logbooks.open_volume(BookVolume(book, 2026, 1, "", date(2026, 1, 2), 1, closed_on=date(2026, 11, 1)))
        uow.commit()
    with pytest.raises(RuleBrokenError) as caught:
        desk.certification.certify(visit(), CLERK)
    assert caught.value.code == "BOOK_CLOSED"
    assert not desk.guard.taken


def test_a_full_disk_leaves_nothing_but_burned_codes(desk):
    desk.database.fault = failed("DISK_FULL")
    with pytest.raises(SurroundingsError):
        desk.certification.certify(visit(copy(), line("signature")), CLERK)
    assert not desk.state.certifications
    assert not desk.state.payments
    done = desk.certification.certify(visit(copy(), line("signature")), CLERK)
    assert places(done) == [("SCT/BS", 1), ("SCT/CK,ĐC", 1)], "numbers of registers are never burned"
    assert [dossier.code[-4:] for dossier in done.dossiers] == ["0003", "0004"]
    assert [used.code[-4:] for used in desk.state.numbers if used.dossier_id is None] == ["0001", "0002"]


def test_a_look_shows_fees_and_the_numbers_to_come(desk):
    desk.certification.certify(visit(copy(), line("signature")), CLERK)
    lines = (copy("Bằng lái", 2, 3), line("signature"), copy("Học bạ", 0), copy("bằng  lái"))
    check = desk.certification.check(visit(*lines))
    assert check.amounts == (12_000, 10_000, None, 2_000)
    assert [(place.book, place.ordinal) for place in check.places] == [("SCT/BS", 2), ("SCT/CK,ĐC", 2), ("SCT/BS", 3), ("SCT/BS", 2)]
    assert check.total_vnd == 24_000
    assert check.parts == ()
    assert [problem.field for problem in check.problems] == ["lines.2.pages"]
    assert len(desk.state.certifications) == 2


def test_the_draft_goes_with_the_visit(desk):
    draft = desk.drafts.save(CLERK.user_id, "certification", {"lines": []}, "Chứng thực")
    desk.certification.certify(visit(draft_id=draft.draft_id), CLERK)
    assert not desk.state.drafts


def test_habits_come_before_what_people_bring_anywhere(desk):
    desk.certification.certify(visit(copy("Giấy của xã mình", 4), copy("Học bạ trung học phổ thông", 9)), CLERK)
    desk.certification.certify(visit(copy("Giấy của xã mình", 4)), CLERK)
    first, second, *rest = desk.certification.usual()
    assert (first.document_name, first.today, first.pages) == ("Giấy của xã mình", 2, 4)
    assert (second.document_name, second.today) == ("Học bạ trung học phổ thông", 1)
    assert rest
    assert all(paper.today == 0 for paper in rest)
    assert "Học bạ trung học phổ thông" not in {paper.document_name for paper in rest}


def test_the_day_so_far(desk):
    desk.certification.certify(visit(copy("Thẻ căn cước", 1, 2)), CLERK)
    desk.clock.forward(minutes=5)
    desk.certification.certify(visit(copy(), line("signature"), person=applicant(full_name="Đỗ Văn Thử")), HEAD)
    day = desk.certification.today(CLERK)
    assert [visit.applicant for visit in day.visits] == ["Đỗ Văn Thử", "Trần Thị Ví Dụ"]
    assert (day.count, day.total_vnd) == (2, 16_000)
    assert len(day.visits[0].codes) == 2
    assert day.visits[0].amount_vnd == 12_000
    desk.clock.forward(days=1)
    assert desk.certification.today(CLERK).count == 0


def clock_told(answer):
    return [(each.field, each.params) for each in answer.warnings if each.code == "CLOCK_BEHIND_DESK"]


def test_a_clock_that_was_set_back_is_told_before_anything_is_written(desk):
    desk.certification.certify(visit(copy()), CLERK)
    then = desk.clock.moment
    desk.clock.moment = then - timedelta(minutes=5)
    assert clock_told(desk.certification.check(visit(copy()))) == [], "two counters' clocks may differ by so much"
    desk.clock.moment = then - timedelta(days=1)
    told = [(None, {"now": "09:42 19/11/2026", "time": "09:42 20/11/2026"})]
    assert clock_told(desk.certification.check(visit(copy()))) == told
    assert clock_told(desk.certification.check(visit())) == told, "also while nothing is typed"
    assert clock_told(desk.certification.certify(visit(copy(), line("signature")), CLERK)) == told, "once, however many dossiers"


@pytest.mark.parametrize("year", [1970, 2009, 2019, 2091])
def test_an_impossible_clock_is_refused_by_its_year_and_not_by_the_tariff(desk, year):
    desk.clock.moment = local(year, 1, 1, 8)
    for act in (desk.certification.check, lambda command: desk.certification.certify(command, CLERK)):
        with pytest.raises(SurroundingsError) as caught:
            act(visit(copy()))
        assert [(problem.code, problem.params) for problem in caught.value.problems] == [("CLOCK_WRONG", {"year": year})]
    assert desk.state.dossiers == {}
