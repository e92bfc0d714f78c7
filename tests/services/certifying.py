"""A desk that certifies, and lines to certify."""

from __future__ import annotations

from counter_app.domain.catalogue import Fee, ResultKind, TimeLimit
from counter_app.domain.certification import CertificationKind, CertifiedLine
from counter_app.domain.deadline_terms import Limit, LimitUnit
from counter_app.services.certification.terms import Certify
from tests.builders import PROCEDURES, applicant, fake_desk, prepare, procedure, profile
from tests.fakes import FakeDatabase

SAME_DAY = TimeLimit(Limit(1, LimitUnit.SAME_DAY), "Trong ngày", "15:00")
TWO_DAYS = TimeLimit(Limit(2, LimitUnit.WORKING_DAY), "02 ngày làm việc")


def _certifying(code, name, register, limit=SAME_DAY, result="KQ.G15.000021"):
    return procedure(
        code, name, field_name="Chứng thực", on_the_spot=limit is SAME_DAY, time_limit=limit, fees=(Fee("Phí", None, "case"),), documents=(),
        certification_register=register, results=(ResultKind("Giấy tờ được chứng thực", result),))


CERTIFYING = (
    _certifying("2.000815", "Chứng thực bản sao từ bản chính", "SCT/BS"),
    _certifying("2.000884", "Chứng thực chữ ký", "SCT/CK,ĐC", result="KQ.G15.000022"),
    _certifying("2.000992", "Chứng thực chữ ký người dịch", "SCT/CKND", result="KQ.G15.000026"),
    _certifying("2.001035", "Chứng thực giao dịch", "SCT/GD", TWO_DAYS, "KQ.G15.000023"),
    _certifying("2.001019", "Chứng thực di chúc", "SCT/GD", TWO_DAYS, "KQ.G15.000024"),
    _certifying("2.000913", "Sửa đổi, bổ sung, hủy bỏ giao dịch", "SCT/GD", TWO_DAYS),
    _certifying("2.000927", "Sửa lỗi sai sót trong giao dịch", "SCT/GD", TWO_DAYS))
ALL = (*(each for each in PROCEDURES if each.code != "2.000815"), *CERTIFYING)


def certifying_desk(now=None, database=None, guard=None, **changes):
    """Return a desk over the doubles whose catalogue has every procedure of certification."""
    database = prepare(database or FakeDatabase(), profile(**changes), ALL)
    return fake_desk(now, database, guard, **changes) if now else fake_desk(database=database, guard=guard, **changes)


def copy(name="Thẻ căn cước", pages=1, copies=1, **changes):
    return CertifiedLine(CertificationKind.COPY, name, pages, copies, **changes)


def line(kind, name="Sơ yếu lý lịch", copies=1, **changes):
    return CertifiedLine(CertificationKind(kind), name, copies=copies, **changes)


def visit(*lines, person=None, **changes):
    return Certify(person or applicant(), lines or (copy(),), **changes)
