"""KQ codes: what the national catalogue writes is one, what is nearly one is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.result_codes import is_result_code
from counter_app.support.resources import shipped_json


@pytest.mark.parametrize("code", [
    "KQ.G15.000023", "KQ.G15.00023", "KQ.H15.000001", "000.00.00.G15-KQ003159", "G15-KQ003159", "000.00.00.H15-KQ0031", "G15.000.000.000-KQ0012",
])
def test_codes_of_results_and_of_components(code):
    assert is_result_code(code)


@pytest.mark.parametrize("code", [
    "", "KQ", "KQ.G15", "KQ.G15.", "KQ.G15.0023", "KQ.G15.0000233", "KQ.G5.000023", "KQ-G15-000023", "kq.g15.000023", "KQ.G15.00002a",
    "KQ.G15.000023 ", " KQ.G15.000023", "KQ.G15.000023\n", "000.00.G15-KQ003159", "000.00.00.G15-003159", "H36.50.05-261120-0001",
    "KQ.G15.٠٠٠٠٢٣",
])
def test_what_is_nearly_a_code_is_none(code):
    assert not is_result_code(code)


def test_every_code_of_the_shipped_catalogue_is_one():
    known = shipped_json("catalogue/procedures.json")["procedures"]
    codes = [each["code"] for one in known for each in (*one["result"], *one["documents"]) if each["code"] and "KQ" in each["code"]]
    assert len(codes) > 300
    assert [code for code in codes if not is_result_code(code)] == []


@given(st.text(alphabet="KQG.015-", max_size=24))
def test_a_code_has_one_kq_and_a_serial(text):
    if is_result_code(text):
        assert text.count("KQ") == 1
        assert text[-4:].isdigit()
