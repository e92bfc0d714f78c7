import json
import unicodedata

import pytest

from counter_app.services.desk.places import read_agency_codes, read_places
from counter_app.support.paths import resource_path

PLACES, AGENCIES = read_places(), read_agency_codes()
LAM_DONG = "68"


def test_there_are_34_provinces_and_3321_communes():
    assert len(PLACES.provinces()) == 34
    assert sum(len(PLACES.communes(province.code)) for province in PLACES.provinces()) == 3321


@pytest.mark.parametrize("typed", ["Lâm Đồng", "Tỉnh Lâm Đồng", "lam dong", "tinh lam dong", " LÂM  ĐỒNG ", unicodedata.normalize("NFD", "Lâm Đồng")])
def test_a_province_is_found_as_people_type_it(typed):
    assert PLACES.province(typed).code == LAM_DONG


@pytest.mark.parametrize("typed", ["Xã Đắk Mil", "Đắk Mil", "xa dak mil", "dak mil"])
def test_a_commune_is_found_in_its_province(typed):
    assert PLACES.commune(typed, LAM_DONG).full_name == "Xã Đắk Mil"
    assert PLACES.commune(typed, "01") is None


@pytest.mark.parametrize("typed", ["", "Lâm", "Đắk", "không có"])
def test_what_is_on_no_list_is_not_found(typed):
    assert PLACES.province(typed) is None
    assert PLACES.commune(typed, LAM_DONG) is None


def test_every_commune_is_found_by_its_full_name():
    for province in PLACES.provinces():
        names = [commune.full_name for commune in PLACES.communes(province.code)]
        for commune in PLACES.communes(province.code):
            if names.count(commune.full_name) == 1:
                assert PLACES.commune(commune.full_name, province.code) == commune


@pytest.mark.parametrize("agency", ["H36", "H36.50", "H36.50.05", "G09.20", "H36.50.05.1A"])
def test_identifiers_have_a_shape(agency):
    assert AGENCIES.well_formed(agency)


@pytest.mark.parametrize("agency", ["", "36.50.05", "H3.50", "h36.50.05", "H36-50-05", "H36.50.05.", "000.00.06.H56", "H36.50.05\n", "H36.50.05.1.2.3"])
def test_what_has_another_shape_is_refused(agency):
    assert not AGENCIES.well_formed(agency)


def test_doubts_about_an_agency():
    closed = next(row for row in json.loads(resource_path("codes/agency_codes.json").read_text())["provinces"] if row["status"] == "closed")
    assert AGENCIES.doubt("H36.50.05", LAM_DONG) == ""
    assert AGENCIES.doubt("H36.50.05", "") == ""
    assert AGENCIES.doubt("H36.50.05", "01") == "AGENCY_OF_OTHER_PROVINCE"
    assert AGENCIES.doubt("H99.10.05", LAM_DONG) == "AGENCY_UNKNOWN"
    assert AGENCIES.doubt(f"{closed['code']}.10", LAM_DONG) == "AGENCY_CLOSED"
