"""What the signer attests: the text of each kind, its blanks, and the commune's own words."""

from datetime import date, datetime

import pytest

from counter_app.domain.certification import CertificationKind
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.moments import VIETNAM
from counter_app.domain.people import Actor, Role
from counter_app.services.certification.testimonies import BLANKS, MOST_PARAGRAPHS, STAMP, OwnTestimonies, date_words, on_own_page
from counter_app.services.documents.forms import form_in_force
from tests.builders import CLERK, applicant
from tests.services.certifying import certifying_desk, copy, line, visit

SIGNER = {"signer": "Hoàng Thị Giả Định", "signer_title": "Phó Chủ tịch"}
TODAY = date(2026, 11, 20)
ADMIN = Actor("u-0003", Role.ADMINISTRATOR)


@pytest.fixture
def desk():
    return certifying_desk()


@pytest.fixture
def service(desk):
    return OwnTestimonies(desk.database, desk.clock)


def texts(desk, *lines, person=None):
    """Certify and return the paragraphs of each testimony."""
    done = desk.certification.certify(visit(*lines, person=person, stamps=True), CLERK)
    (form,) = [form for form in desk.state.prints if form.print_id == done.stamp_print_id]
    return [stamp["text"] for stamp in form.content["stamps"]]


def wrong(act, *words):
    with pytest.raises(RuleBrokenError) as caught:
        act(*words)
    return [(problem.code, problem.field) for problem in caught.value.problems]


def test_a_copy_says_that_it_is_true(desk):
    assert texts(desk, copy()) == [["CHỨNG THỰC BẢN SAO", "ĐÚNG VỚI BẢN CHÍNH"]]


def test_a_signature_names_day_place_signer_person_and_clerk(desk):
    ((title, day, place, signer, heading, text),) = texts(desk, line("signature", **SIGNER))
    assert (title, heading) == ("LỜI CHỨNG CHỨNG THỰC CHỮ KÝ", "CHỨNG THỰC")
    assert day == "Ngày 20 tháng 11 năm 2026 (Bằng chữ: ngày hai mươi tháng mười một năm hai nghìn không trăm hai mươi sáu)."
    assert place == "Tại Trung tâm Phục vụ hành chính công xã Đắk Mil."
    assert signer == "Tôi Hoàng Thị Giả Định, là Phó Chủ tịch Ủy ban nhân dân xã Đắk Mil."
    person = applicant()
    assert text.startswith(f"Ông/bà {person.full_name}, giấy tờ tùy thân số {person.id_number} cam đoan đã hiểu")
    assert text.endswith("Lý Thị Mẫu Đơn là người tiếp nhận hồ sơ.")


def test_whoever_signs_stands_there_instead_of_who_asks(desk):
    parties = "Đỗ Văn Thử, 067080001111; Lê Thị Thử, 067080002222"
    ((*_, text),) = texts(desk, line("signature", "Giấy ủy quyền", parties=parties))
    assert text.startswith(f"Ông/bà {parties} cam đoan")


def test_what_is_not_known_is_left_for_the_pen(desk):
    ((_, _, _, signer, *_),) = texts(desk, line("signature"))
    assert signer == "Tôi ……………………, là …………………… Ủy ban nhân dân xã Đắk Mil."


def test_a_procedure_may_have_a_text_of_its_own(desk):
    contract, will = texts(desk, line("transaction", "Hợp đồng ủy quyền", 3), line("transaction", "Di chúc", procedure_code="2.001019"))
    assert contract[0] == "LỜI CHỨNG CHỨNG THỰC GIAO DỊCH"
    assert "Hợp đồng ủy quyền được giao kết giữa" in contract[5]
    assert "lập thành 03 bản chính" in contract[-1]
    assert will[0] == "LỜI CHỨNG CHỨNG THỰC DI CHÚC"


@pytest.mark.parametrize("kind", CertificationKind)
def test_every_kind_has_a_text_with_its_confidence(kind):
    words = form_in_force(STAMP, TODAY).words
    shipped = words["testimonies"][kind.value]
    assert shipped["confidence"][0] in "HML"
    filled = [paragraph.format(**dict.fromkeys(BLANKS, "x")) for paragraph in shipped["text"]]
    assert filled[0].isupper(), "a heading"
    assert on_own_page(kind) is (kind is not CertificationKind.COPY)


def test_every_text_of_a_procedure_is_of_a_register_of_transactions(desk):
    with desk.database.read() as uow:
        procedures = [each for info in uow.catalogue.infos() for each in uow.catalogue.procedures(info.version)]
    registers = {each.code: each.certification_register for each in procedures}
    names = set(form_in_force(STAMP, TODAY).words["testimonies"]) - set(CertificationKind)
    assert {registers[name] for name in names if name in registers} == {"SCT/GD"}


@pytest.mark.parametrize(("day", "version"), [
    (date(2016, 1, 4), "stamp/2015"), (date(2020, 4, 19), "stamp/2015"), (date(2020, 4, 20), "stamp/2020"),
    (date(2025, 10, 26), "stamp/2020"), (date(2025, 10, 27), "stamp/2025")])
def test_the_text_is_that_of_the_day(day, version):
    assert form_in_force(STAMP, day).version == version


@pytest.mark.parametrize(("day", "words"), [
    ((2027, 3, 1), "ngày một tháng ba năm hai nghìn không trăm hai mươi bảy"),
    ((2026, 12, 31), "ngày ba mươi mốt tháng mười hai năm hai nghìn không trăm hai mươi sáu"),
    ((2100, 10, 15), "ngày mười lăm tháng mười năm hai nghìn một trăm")])
def test_a_day_in_words(day, words):
    assert date_words(datetime(*day, 8, 0, tzinfo=VIETNAM)) == words


def test_the_commune_sets_its_own(desk, service):
    service.save({"signature": ["LỜI CHỨNG", "Ông/bà {people} đã ký trước mặt {clerk}."]}, ADMIN)
    assert texts(desk, line("signature")) == [["LỜI CHỨNG", service.own()["signature"][1].format(
        people=f"{applicant().full_name}, giấy tờ tùy thân số {applicant().id_number}", clerk="Lý Thị Mẫu Đơn")]]
    assert texts(desk, copy()) == [["CHỨNG THỰC BẢN SAO", "ĐÚNG VỚI BẢN CHÍNH"]], "others stay as they are"
    service.save({"copy": ["SAO Y"]}, ADMIN)
    assert set(service.own()) == {"signature", "copy"}
    service.save({"signature": []}, ADMIN)
    assert texts(desk, line("signature"))[0][0] == "LỜI CHỨNG CHỨNG THỰC CHỮ KÝ"


def test_what_is_in_force_is_told_by_name(service):
    shipped = service.in_force()
    assert set(CertificationKind) < set(shipped)
    service.save({"copy": ["SAO Y"], "2.000942": ["SAO Y GIAO DỊCH"]}, ADMIN)
    assert service.in_force() == shipped | {"copy": ["SAO Y"], "2.000942": ["SAO Y GIAO DỊCH"]}
    service.save(shipped, ADMIN)
    assert service.in_force() == shipped | {"2.000942": ["SAO Y GIAO DỊCH"]}, "what is shown can be set again"


def test_a_text_of_a_procedure_goes_before_that_of_its_kind(desk, service):
    service.save({"transaction": ["CHUNG"], "2.001019": ["RIÊNG"]}, ADMIN)
    assert texts(desk, line("transaction"), line("transaction", "Di chúc", procedure_code="2.001019")) == [["CHUNG"], ["RIÊNG"]]


@pytest.mark.parametrize(("name", "paragraphs", "problem"), [
    ("seal", ["x"], ("TESTIMONY_UNKNOWN", "seal")), ("copy", ["x"] * (MOST_PARAGRAPHS + 1), ("TESTIMONY_LONG", "copy")),
    ("copy", ["{person}"], ("TESTIMONY_BLANK", "copy.0")), ("copy", ["x", "{"], ("TESTIMONY_BLANK", "copy.1")),
    ("copy", ["{people!r}"], ("TESTIMONY_BLANK", "copy.0")), ("copy", ["{people:>9}"], ("TESTIMONY_BLANK", "copy.0")),
    ("copy", ["{}"], ("TESTIMONY_BLANK", "copy.0")), ("copy", ["  "], ("TEXT_NEEDED", "copy.0"))])
def test_what_cannot_be_printed_is_not_kept(service, name, paragraphs, problem):
    assert wrong(service.save, {"signature": ["LỜI CHỨNG"], name: paragraphs}, ADMIN) == [problem]
    assert service.own() == {}


def test_a_brace_that_is_meant_so_is_kept(desk, service):
    service.save({"copy": ["SAO Y {{MẪU}}"]}, ADMIN)
    assert texts(desk, copy()) == [["SAO Y {MẪU}"]]


def test_who_may_set_them(desk, service):
    assert wrong(service.save, {"copy": ["SAO Y"]}, CLERK)[0][0] == "NOT_ALLOWED"
    service.save({"copy": ["SAO Y"]}, ADMIN)
    assert [entry.action for entry in desk.state.audit][-1] == "testimonies.changed"
