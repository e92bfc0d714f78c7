"""The national record: all 36 members, strings only, and a key of its own for every fee."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.catalogue import Procedure, TimeLimit
from counter_app.domain.dossier import Applicant, ApplicantKind, Channel, DeliveryMethod, Dossier, FeeLine, FeeMethod, Status
from counter_app.domain.moments import local
from counter_app.domain.record import fee_code, national_record
from counter_app.support.resources import shipped_json

RULES = shipped_json("contract/event_rules.json")
RECEIVED, DUE = local(2026, 11, 23, 7, 31), local(2026, 11, 26, 7, 31)
DOSSIER = Dossier(
    "01a205b3-d000-7b77-9d78-fe9fa0f712ca", "H99.10.05-261123-2000", "2.000815", "Chứng thực bản sao", "2026.11.1/2.000815", "Chứng thực",
    Status.RECEIVED, Channel.DIRECT, Applicant(ApplicantKind.PERSON, "Nguyễn Thị Ví Dụ", "000000000456", date(1990, 1, 2), phone="0900000000"),
    RECEIVED, DUE, DUE, handled_by="Ủy ban nhân dân xã Ví Dụ",
)


def fee(number, amount, method=FeeMethod.CASH, code=""):
    return FeeLine(f"01a205b3-d000-7b77-9d78-00000000000{number}", f"Phí {number}", amount, method, code)


def test_every_member_is_there_in_the_contracts_order():
    assert list(national_record(DOSSIER)) == RULES["record_members"]


def test_a_received_dossier_reads_as_the_contract_spells_it():
    record = national_record(DOSSIER)
    assert {name: record[name] for name in (
        "MaHoSo", "TenTTHC", "KenhThucHien", "LoaiDoiTuong", "DinhDanhCHS", "NgayNopHoSo", "NgayTiepNhan", "NgayHenTra", "TrangThaiHoSo",
        "HinhThuc", "DonViXuLy", "NoiNopHoSo", "NgayTra", "NgayTuChoi", "HoSoCoThanhPhanSoHoa", "DuocThanhToanTrucTuyen",
    )} == {
        "MaHoSo": "H99.10.05-261123-2000", "TenTTHC": "Chứng thực bản sao", "KenhThucHien": "1", "LoaiDoiTuong": "1",
        "DinhDanhCHS": [{"LoaiDinhDanh": "1", "SoDinhDanh": "000000000456"}], "NgayNopHoSo": "20261123073100",
        "NgayTiepNhan": "20261123073100", "NgayHenTra": "20261126073100", "TrangThaiHoSo": "2", "HinhThuc": "0",
        "DonViXuLy": "Ủy ban nhân dân xã Ví Dụ", "NoiNopHoSo": "2", "NgayTra": "", "NgayTuChoi": "", "HoSoCoThanhPhanSoHoa": "0",
        "DuocThanhToanTrucTuyen": "0",
    }


def test_the_full_name_of_the_procedure_is_used_where_it_is_known():
    procedure = Procedure("2026.11.1/2.000815", "2026.11.1", "2.000815", "Chứng thực bản sao từ bản chính", "Chứng thực bản sao", "Chứng thực",
                          TimeLimit(None, ""))
    assert national_record(DOSSIER, procedure)["TenTTHC"] == "Chứng thực bản sao từ bản chính"


@pytest.mark.parametrize(("number", "ids", "other"), [
    ("000000000456", [{"LoaiDinhDanh": "1", "SoDinhDanh": "000000000456"}], ""),
    ("000000456", [{"LoaiDinhDanh": "2", "SoDinhDanh": "000000456"}], ""),
    ("C0000456", [], "C0000456"),
    ("٠٠٠٠٠٠٤٥٦", [], "٠٠٠٠٠٠٤٥٦"),
    ("", [], ""),
])
def test_only_real_identity_numbers_become_identities(number, ids, other):
    record = national_record(replace(DOSSIER, applicant=replace(DOSSIER.applicant, id_number=number)))
    assert (record["DinhDanhCHS"], record["ThongTinKhac"]) == (ids, other)


def test_a_refused_dossier_was_never_received():
    record = national_record(replace(DOSSIER, status=Status.NOT_ACCEPTED, finished_at=DUE))
    assert (record["NgayTiepNhan"], record["NgayTuChoi"], record["TrangThaiHoSo"]) == ("", "20261126073100", "3")


@pytest.mark.parametrize(("channel", "way", "place"), [(Channel.DIRECT, "1", "2"), (Channel.ONLINE, "2", "1"), (Channel.POSTAL, "3", "2")])
def test_channels(channel, way, place):
    record = national_record(replace(DOSSIER, channel=channel))
    assert (record["KenhThucHien"], record["NoiNopHoSo"]) == (way, place)


@pytest.mark.parametrize(("delivery", "method"), [(DeliveryMethod.DESK, "0"), (DeliveryMethod.POSTAL, "1"), (DeliveryMethod.ONLINE, "0")])
def test_ways_of_giving_back(delivery, method):
    assert national_record(replace(DOSSIER, delivery=delivery))["HinhThuc"] == method


def test_each_fee_has_a_key_and_lines_under_one_code_are_one_amount():
    dossier = replace(DOSSIER, fees=(fee(1, 4000, code="PHI-CT"), fee(2, 0, FeeMethod.EXEMPT), fee(3, 6000, code="PHI-CT"), fee(4, 1000)))
    elements = national_record(dossier)["DanhSachLePhi"]
    assert [(each["MaPhiLePhi"], each["Gia"]) for each in elements] == [("PHI-CT", "10000"), ("P02", "0"), ("P04", "1000")]
    assert [fee_code(dossier, line) for line in dossier.fees] == ["PHI-CT", "P02", "PHI-CT", "P04"]


def test_a_fee_of_another_dossier_has_no_key():
    with pytest.raises(ValueError, match="not in"):
        fee_code(DOSSIER, fee(1, 1000))


def test_money_by_the_portal_shows():
    assert national_record(replace(DOSSIER, fees=(fee(1, 1000, FeeMethod.PORTAL),)))["DuocThanhToanTrucTuyen"] == "1"


@given(st.text(max_size=1500), st.sampled_from(Status), st.none() | st.just(DUE), st.sampled_from(ApplicantKind))
def test_every_value_is_a_text_or_a_list_of_texts(summary, status, due, kind):
    dossier = replace(DOSSIER, summary=summary, status=status, due_at=due, applicant=replace(DOSSIER.applicant, kind=kind),
                      fees=(fee(1, 1000),))
    record = national_record(dossier)
    assert len(record["TrichYeuHoSo"]) <= 1000
    for name, value in record.items():
        assert isinstance(value, list if name in RULES["array_members"] else str)
        assert isinstance(value, str) or all(isinstance(text, str) for item in value for text in item.values())
