"""The national record taken into the desk's dossier: what it says is what the desk's own record says afterwards."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.dossier import Channel, DeliveryMethod, FeeLine, FeeMethod, Status
from counter_app.domain.moments import local, national
from counter_app.domain.province_adoption import MEMBERS, STATUSES, adopted, from_province, read_national
from counter_app.domain.record import national_record
from tests.builders import dossier

DATA = Path(__file__).parents[1] / "data/province"
EXPECTED = [one for name in ("day_log", "edge_cases") for one in json.loads((DATA / f"{name}.json").read_text("utf-8"))["expected"]]
AT = local(2026, 11, 23, 18)
NOT_KEPT = {"MaLinhVuc", "MaDoiTuong", "Fax", "NoiNopHoSo", "HoSoCoThanhPhanSoHoa", "TaiKhoanDuocXacThucVoiVNeID",
            "DSKetNoiCSDL", "TaiLieuNop", "DanhSachTepDinhKemKhac", "DanhSachLePhi", "KenhThucHien", "NgayNopHoSo", "TrichYeuHoSo"}
"""What the desk has no place for, or says its own way."""


@pytest.mark.parametrize("told", EXPECTED, ids=lambda one: one["ho_so"]["MaHoSo"])
def test_a_dossier_of_the_vectors_says_the_same_once_it_is_here(told):
    record = told["ho_so"]
    here = from_province(told["dossier_id"], record, told["codes"], "Thôn mẫu 1", "", AT)
    ours = national_record(here)
    for name in sorted(MEMBERS - NOT_KEPT - {"DanhSachHoSoBoSung", "DanhSachGiayToKetQua"}):
        assert ours[name] == record[name], name
    assert [each["HoSoBoSungId"] for each in ours["DanhSachHoSoBoSung"]] == [each["HoSoBoSungId"] for each in record["DanhSachHoSoBoSung"]]
    assert [each["GiayToId"] for each in ours["DanhSachGiayToKetQua"]] == [each["GiayToId"] for each in record["DanhSachGiayToKetQua"]]
    assert {each.code for each in here.codes} == {record["MaHoSo"], *told["codes"]}
    assert adopted(here, record, MEMBERS, AT) == here, "a second time changes nothing"


def record(**changes):
    return {**national_record(dossier()), **changes}


def test_only_the_named_members_are_taken():
    here = dossier()
    after = adopted(here, record(TrangThaiHoSo="9", GhiChu="đã sửa", NgayHenTra="20270101170000"), {"GhiChu"}, AT)
    assert after == replace(here, note="đã sửa")


def test_a_new_appointment_leaves_the_printed_one():
    here = replace(dossier(), printed_due_at=local(2026, 11, 25, 8))
    after = adopted(here, record(NgayHenTra="20261201170000"), {"NgayHenTra"}, AT)
    assert (after.due_at, after.printed_due_at) == (local(2026, 12, 1, 17), local(2026, 11, 25, 8))
    assert after.due_history[-1] == (AT, local(2026, 12, 1, 17))


@pytest.mark.parametrize("number", list(STATUSES))
def test_every_status_arrives_with_what_it_rests_on(number):
    ended = {"NgayKetThucXuLy": "20261123100000", "NgayTra": "20261123110000"} if number in ("3", "7", "8", "9", "10") else {}
    after = adopted(dossier(), record(TrangThaiHoSo=number, GhiChu="lý do", **ended), MEMBERS, AT)
    assert after.status is STATUSES[number]
    assert (after.supplement_open_since is not None) == (after.status is Status.AWAITING_SUPPLEMENT)
    assert (after.ending is not None) == (number in ("3", "7", "8"))
    assert national_record(after)["GhiChu"] == "lý do"
    assert national_record(after)["TrangThaiHoSo"] == number


def test_a_reopened_dossier_runs_again():
    done = adopted(dossier(), record(TrangThaiHoSo="9", NgayKetThucXuLy="20261123100000"), {"TrangThaiHoSo", "NgayKetThucXuLy"}, AT)
    again = adopted(done, record(TrangThaiHoSo="4", NgayKetThucXuLy=""), {"TrangThaiHoSo", "NgayKetThucXuLy"}, AT)
    assert (done.status, done.finished_at) == (Status.RESULT_READY, local(2026, 11, 23, 10))
    assert (again.status, again.finished_at, again.closed_as) == (Status.PROCESSING, None, "")


def test_a_status_that_nobody_knows_changes_nothing():
    here = dossier()
    assert adopted(here, record(TrangThaiHoSo="77"), {"TrangThaiHoSo"}, AT) == here


def test_a_second_code_finds_the_dossier_and_the_printed_one_stays():
    after = adopted(dossier(), record(MaHoSo="H36.50.05-261123-10000"), {"MaHoSo"}, AT)
    assert after.code == dossier().code
    assert [each.code for each in after.codes] == [dossier().code, "H36.50.05-261123-10000"]


def test_a_person_corrected_at_the_province_is_corrected_here():
    said = record(ChuHoSo="Lê Thị Mới", DinhDanhCHS=[{"LoaiDinhDanh": "1", "SoDinhDanh": "000000000099"}], SoDienThoai="0900", Email="a@b.vn")
    after = adopted(dossier(), said, {"ChuHoSo", "DinhDanhCHS"}, AT).applicant
    assert (after.full_name, after.id_number, after.phone, after.address) == ("Lê Thị Mới", "000000000099", "0900", dossier().applicant.address)


def test_text_that_is_no_nfc_comes_in_tidy():
    after = adopted(dossier(), record(GhiChu="  Đa\u0303   sửa\u200b "), {"GhiChu"}, AT)
    assert after.note == "Đã sửa"


def test_a_result_and_a_supplement_are_added_once_and_ours_stay():
    element = {"GiayToId": "r-1", "TenGiayTo": "Giấy khai sinh", "MaThanhPhanHoSo": "", "DuongDanTepTinKetQua": "", "MaGiayToKetQua": "KQ.1"}
    one = adopted(dossier(), record(DanhSachGiayToKetQua=[element]), {"DanhSachGiayToKetQua"}, AT)
    two = adopted(one, record(DanhSachGiayToKetQua=[element, {**element, "GiayToId": "r-2"}]), {"DanhSachGiayToKetQua"}, AT)
    assert ([each.result_id for each in one.results], [each.result_id for each in two.results]) == (["r-1"], ["r-1", "r-2"])


ONLINE_FEE = {"TenPhiLePhi": "Lệ phí", "MaPhiLePhi": "LP1", "HinhThucThu": "1", "Gia": "15000", "LoaiPhiLePhi": "1"}


def test_what_is_owed_online_is_owed_here_and_what_was_paid_there_is_not_asked_for_again():
    base = record(DanhSachLePhi=[ONLINE_FEE], TrangThaiHoSo="1", NgayTiepNhan="", KenhThucHien="2")
    owed = from_province("d", base, [], "", "", AT)
    paid = from_province("d", {**base, "DuocThanhToanTrucTuyen": "1"}, [], "", "", AT)
    assert [(each.amount_vnd, each.is_owed) for each in owed.fees] == [(15000, True)]
    assert [(each.method, each.is_owed, each.is_paid) for each in paid.fees] == [(FeeMethod.PORTAL, False, False)]


@pytest.mark.parametrize("how", ["0", "1", "2", "3"])
@pytest.mark.parametrize("fees", [[], [ONLINE_FEE]])
def test_how_it_was_paid_online_comes_back_as_the_province_says_it(how, fees):
    here = from_province("d", record(DanhSachLePhi=fees, DuocThanhToanTrucTuyen=how, TrangThaiHoSo="1", NgayTiepNhan=""), [], "", "", AT)
    assert national_record(here)["DuocThanhToanTrucTuyen"] == how
    assert national_record(adopted(here, record(DuocThanhToanTrucTuyen="?"), {"DuocThanhToanTrucTuyen"}, AT))["DuocThanhToanTrucTuyen"] == how


@pytest.mark.parametrize(("told", "methods", "says"), [
    ("3", ["cash"], "0"), ("3", ["unpaid"], "3"), ("3", ["portal"], "1"), ("2", ["exempt"], "2"), ("2", ["portal"], "1"),
    ("1", ["unpaid"], "0"), ("1", ["cash"], "0"), ("2", ["cash", "portal"], "1"), ("", ["portal"], "1"), ("", ["cash"], "0"), ("", [], "0"),
])
def test_money_that_is_taken_or_given_back_here_counts_before_what_the_province_said(told, methods, says):
    fees = tuple(FeeLine(f"f{number}", "Lệ phí", 1000, FeeMethod(method), collector="u-0001") for number, method in enumerate(methods))
    assert national_record(replace(dossier(), paid_online=told, fees=fees))["DuocThanhToanTrucTuyen"] == says


def test_an_online_dossier_waits_for_its_acceptance():
    said = record(TrangThaiHoSo="1", NgayTiepNhan="", KenhThucHien="2", HinhThuc="1", NgayNopHoSo="20261122090000")
    here = from_province("d", said, ["M-1"], "Thôn 5", "2026/1.004873", AT)
    assert (here.status, here.awaiting_acceptance, here.channel, here.online_level) == (Status.SUBMITTED_ONLINE, True, Channel.ONLINE, "full")
    assert (here.received_at, here.delivery, here.applicant.address) == (local(2026, 11, 22, 9), DeliveryMethod.POSTAL, "Thôn 5")
    assert here.procedure_version == "2026/1.004873"
    accepted = adopted(here, {**said, "TrangThaiHoSo": "2", "NgayTiepNhan": "20261123080000"}, {"TrangThaiHoSo", "NgayTiepNhan"}, AT)
    assert (accepted.awaiting_acceptance, accepted.received_at) == (False, local(2026, 11, 23, 8))


@given(st.datetimes(min_value=local(2020, 1, 1).replace(tzinfo=None), max_value=local(2089, 1, 1).replace(tzinfo=None)))
def test_national_times_come_back(moment):
    moment = moment.replace(microsecond=0, tzinfo=local(2026, 1, 1).tzinfo)
    assert read_national(national(moment)) == moment


@pytest.mark.parametrize("text", ["", "x", "2026", "20261399000000", None, 7])
def test_what_is_no_time_is_none(text):
    assert read_national(text) is None
