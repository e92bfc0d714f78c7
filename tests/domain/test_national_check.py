"""A national record is checked before it goes out: each member, each code, and nothing that stands for nobody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.national_check import LISTS, TEXTS, faults
from counter_app.domain.record import national_record
from tests.builders import dossier

RECORD = national_record(dossier())


def test_there_are_36_members():
    assert set(TEXTS) | set(LISTS) == set(RECORD)
    assert len(TEXTS) + len(LISTS) == 36


def test_the_desks_own_record_can_be_sent():
    assert faults(RECORD) == ()


@given(st.sampled_from([*TEXTS, *LISTS]), st.sampled_from([None, 1, {}, True, "gone"]))
def test_a_member_that_is_missing_or_of_another_kind_is_named(name, value):
    record = {key: each for key, each in RECORD.items() if key != name}
    if value != "gone":
        record[name] = value
    assert name in faults(record)


@pytest.mark.parametrize(("name", "value"), [
    ("MaHoSo", "123"), ("MaHoSo", ""), ("MaTTHC", ""), ("ChuHoSo", ""), ("KenhThucHien", "4"), ("LoaiDoiTuong", "0"), ("TrangThaiHoSo", "11"),
    ("TrangThaiHoSo", ""), ("HinhThuc", "2"), ("NgayHenTra", "20260230120000"), ("NgayHenTra", "2026-11-22"), ("NgayTiepNhan", "20261122"),
    ("TrichYeuHoSo", "x" * 1001), ("DuocThanhToanTrucTuyen", "x"), ("NoiNopHoSo", "3"),
    ("DinhDanhCHS", [{"LoaiDinhDanh": "1", "SoDinhDanh": "000000000000"}]), ("DinhDanhCHS", [{"LoaiDinhDanh": "1", "SoDinhDanh": "123"}]),
    ("DinhDanhCHS", ["067190000123"]), ("DinhDanhCHS", [{"LoaiDinhDanh": "2", "SoDinhDanh": "067190000123"}]),
])
def test_a_wrong_value_is_named(name, value):
    assert faults({**RECORD, name: value}) == (name,)


@pytest.mark.parametrize(("status", "day"), [("3", "NgayTuChoi"), ("10", "NgayTra")])
def test_an_end_has_its_day(status, day):
    assert faults({**RECORD, "TrangThaiHoSo": status, day: ""}) == (day,)
    assert faults({**RECORD, "TrangThaiHoSo": status, day: "20261122093000"}) == ()


@pytest.mark.parametrize("code", ["H36.50.05-261122-0001", "H36.50.05-261122-00000001", "TAM-1A2B3C4D-261122-0001", "TAM-1A2B3C4D.9F00-261122-0001"])
def test_every_kind_of_code_is_one(code):
    assert faults({**RECORD, "MaHoSo": code}) == ()


def test_who_has_no_number_has_an_empty_list():
    assert faults({**RECORD, "DinhDanhCHS": []}) == ()
