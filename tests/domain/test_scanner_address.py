"""What people type for a network scanner."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.scanner_address import scanner_address


@pytest.mark.parametrize(("typed", "address"), [
    ("192.168.1.20", "http://192.168.1.20/eSCL"), (" 192.168.1.20:8080 ", "http://192.168.1.20:8080/eSCL"),
    ("http://scanner.local/eSCL/", "http://scanner.local/eSCL"), ("https://10.0.0.1", "https://10.0.0.1/eSCL"),
    ("[fe80::1]:80", "http://[fe80::1]:80/eSCL"), ("http://h/other/eSCL", "http://h/other/eSCL"),
])
def test_an_address_is_taken_as_people_type_it(typed, address):
    assert scanner_address(typed) == address
    assert scanner_address(address) == address


@pytest.mark.parametrize("typed", ["", "http://", "ftp://h", "http://u:p@h", "h:99999", "h:x", "h h", "http://h/?a", "http://h/#a", "h\n", "x" * 400, "[", "h:0"])
def test_what_is_no_address_is_refused_at_its_field(typed):
    with pytest.raises(RuleBrokenError) as caught:
        scanner_address(typed + "\0" if typed == "h\n" else typed)
    assert (caught.value.problems[0].code, caught.value.problems[0].field) == ("SCAN_ADDRESS_WRONG", "device")


@given(st.text() | st.text("http:/.[]@?#%0123456789ab"))
def test_whatever_is_typed_is_an_address_or_refused(typed):
    try:
        address = scanner_address(typed)
    except RuleBrokenError:
        return
    assert scanner_address(address) == address
    assert address.startswith(("http://", "https://"))
    assert not address.endswith("/")
