"""Certification numbers in both databases."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from counter_app.domain.certification import CertificationKind, CertifiedNumber
from counter_app.domain.dossier import BookPlace
from counter_app.domain.moments import local

NOW = local(2026, 11, 20, 9, 42)
DAY = NOW.replace(hour=0, minute=0)


def number(ordinal=1, visit="v-1", name="Thẻ căn cước", **changes):
    made = CertifiedNumber(
        certification_id=f"{visit}-{ordinal:02d}", visit_id=visit, dossier_id=f"d-{visit}", place=BookPlace("SCT/BS", 2026, 1, ordinal),
        at=NOW, kind=CertificationKind.COPY, document_name=name, pages=2, copies=5, amount_vnd=20_000, fee_line_ids=("f-1", "f-2"),
        signer="Hoàng Thị Giả Định", signer_title="Phó Chủ tịch", signed_at=NOW)
    return replace(made, **changes)


@pytest.fixture
def filled(database):
    numbers = (
        number(1), number(2, name="Học bạ"), number(3, "v-2", at=NOW + timedelta(minutes=1), signed_at=None),
        number(4, "v-3", at=NOW - timedelta(days=3), amount_vnd=5_000))
    with database.write() as uow:
        for each in numbers:
            uow.certifications.add(each)
        uow.commit()
    return database


def test_a_number_comes_back_as_it_was(filled):
    with filled.read() as uow:
        assert uow.certifications.get("v-1-01") == number(1)
        assert uow.certifications.get("nothing") is None
        assert [each.certification_id for each in uow.certifications.of_visits(["v-1", "v-2"])] == ["v-1-01", "v-1-02", "v-2-03"]


def test_one_number_of_a_book_is_taken_once(filled):
    with filled.write() as uow, pytest.raises(IntegrityError):
        uow.certifications.add(number(1, "v-9"))
    with filled.read() as uow:
        assert uow.certifications.of_visits(["v-9"]) == []


def test_the_newest_visits_and_their_sum(filled):
    with filled.read() as uow:
        assert uow.certifications.newest_visits(DAY, limit=10) == ["v-2", "v-1"]
        assert uow.certifications.newest_visits(DAY, limit=1) == ["v-2"]
        assert uow.certifications.totals(DAY) == (2, 60_000)
        assert uow.certifications.totals(NOW + timedelta(days=1)) == (0, 0)


def test_what_waits_is_signed_by_the_visit(filled):
    with filled.read() as uow:
        assert [each.visit_id for each in uow.certifications.unsigned()] == ["v-2"]
    with filled.write() as uow:
        uow.certifications.sign("v-2", NOW + timedelta(hours=1))
        uow.certifications.sign("v-1", NOW + timedelta(hours=1))
        uow.commit()
    with filled.read() as uow:
        assert uow.certifications.unsigned() == []
        assert uow.certifications.get("v-2-03").signed_at == NOW + timedelta(hours=1)
        assert uow.certifications.get("v-1-01").signed_at == NOW, "signed before stays signed then"


def test_a_struck_number_stays_and_costs_nothing(filled):
    with filled.write() as uow:
        uow.certifications.strike("v-1-01", "Gõ nhầm", date(2026, 11, 20))
        uow.certifications.strike("v-2-03", "Không lấy", date(2026, 11, 20))
        uow.commit()
    with filled.read() as uow:
        assert uow.certifications.get("v-1-01") == number(1, struck_on=date(2026, 11, 20), struck_reason="Gõ nhầm")
        assert uow.certifications.unsigned() == []
        assert uow.certifications.totals(DAY) == (2, 20_000)


def test_habits_of_today_come_first(filled):
    with filled.read() as uow:
        usual = uow.certifications.usual(DAY - timedelta(days=30), DAY)
    assert [(each.document_name, each.today, each.lately, each.pages) for each in usual] == [("Thẻ căn cước", 2, 3, 2), ("Học bạ", 1, 1, 2)]
