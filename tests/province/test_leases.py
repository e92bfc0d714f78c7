"""Serials of one day are one device's (N1, I16): also after a lease has run out, and while a device has provisional codes."""

from contextlib import suppress
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.province.server import leases
from tests.province.server.office import Office
from tests.province.server.problems import ProblemError
from tests.province.server.province import Province
from tests.province.still_clock import StillClock

AGENCY = "H36.50.05"
DAY = 86_400
RENEW = {"reason": "renew", "serials_seen": []}


def opened(folder, name="province"):
    made = Province.opened(f"sqlite:///{folder / name}.db", folder)
    made.clock = StillClock()
    Office(made).add_agency(AGENCY, "Xã Đắk Mil")
    return made


@pytest.fixture
def province(tmp_path):
    made = opened(tmp_path)
    yield made
    made.close()


def lend(province, device):
    with province.store.writing(AGENCY) as connection:
        return leases.lend(province, connection, AGENCY, device)


def renew(province, device, **more):
    with province.store.writing(AGENCY) as connection:
        return leases.renewed(province, connection, AGENCY, device, RENEW | more)


def mode(province, device, wanted):
    with province.store.writing(AGENCY) as connection:
        leases.set_mode(connection, device, wanted)


def shown(province, device):
    with province.store.reading() as connection:
        return leases.leases_of(connection, device, province.clock.day())


def held(province, devices):
    """Return every serial that some device may number from today."""
    official = [item for device in devices for item in shown(province, device) if item["mode"] == "official"]
    spans = [span for item in official for span in (item["normal"], *item["recovery"])]
    return [serial for span in spans for serial in range(span["from"], span["to"] + 1)]


def test_serials_that_went_to_somebody_else_after_their_time_are_not_given_back(province):
    lend(province, "first")
    province.clock.offset_s = 100 * DAY
    lend(province, "second")
    (lease,) = renew(province, "first")
    assert lease["mode"] == "official"
    serials = held(province, ("first", "second"))
    assert len(serials) == len(set(serials)) == 2000
    with province.store.reading() as connection:
        assert leases.main_digit(connection, "first") == lease["counter_digit"]


def test_serials_that_nobody_else_has_go_on_after_their_time(province):
    digit = lend(province, "first")
    before = shown(province, "first")
    province.clock.offset_s = 100 * DAY
    (lease,) = renew(province, "first")
    assert (lease["counter_digit"], lease["lease_id"]) == (digit, before[0]["lease_id"])
    assert lease["valid_to"] == province.clock.day(90)


def test_who_comes_back_when_nothing_is_left_has_provisional_codes_until_something_is(province):
    lend(province, "first")
    province.clock.offset_s = 100 * DAY
    for number in range(10):
        lend(province, f"d{number}")
    assert [item["mode"] for item in renew(province, "first")] == ["provisional"]
    assert [item["mode"] for item in renew(province, "first")] == ["provisional"], "once"
    province.clock.offset_s = 250 * DAY
    assert [item["mode"] for item in renew(province, "first")] == ["official"]


def test_a_device_keeps_its_serials_while_it_has_provisional_codes(province):
    digit = lend(province, "first")
    mode(province, "first", "provisional")
    assert [item["mode"] for item in shown(province, "first")] == ["provisional"]
    assert lend(province, "second") != digit
    mode(province, "first", "official")
    serials = held(province, ("first", "second"))
    assert len(serials) == len(set(serials)) == 2000


def test_a_device_that_was_lent_nothing_can_not_number_officially(province):
    devices = [f"d{number}" for number in range(11)]
    for device in devices:
        lend(province, device)
    mode(province, "d10", "official")
    (lease,) = shown(province, "d10")
    assert (lease["mode"], lease["normal"], lease["counter_digit"]) == ("provisional", None, 0)
    assert sorted(held(province, devices)) == list(range(10_000))


def test_a_device_without_serials_takes_none_from_another(province):
    for number in range(11):
        lend(province, f"d{number}")
    with pytest.raises(ProblemError, match="lease_exhausted"):
        renew(province, "d0", reason="used_up", serials_seen=[{"day": province.clock.day(), "last_serial": 1599}])


names = count(1)
DEVICES = st.sampled_from(["a", "b", "c"])
ACTS = st.one_of(
    st.tuples(st.just("renew"), DEVICES, st.none()), st.tuples(st.just("more"), DEVICES, st.none()),
    st.tuples(st.just("mode"), DEVICES, st.sampled_from(["official", "provisional"])), st.tuples(st.just("wait"), st.none(), st.integers(1, 120)))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ACTS, max_size=12))
def test_i16_no_serial_is_ever_two_devices_whatever_they_ask_for(tmp_path, acts):
    province = opened(tmp_path, str(next(names)))
    known = []
    for act, device, value in acts:
        if device and device not in known:
            known.append(device)
            lend(province, device)
        if act == "wait":
            province.clock.offset_s += value * DAY
        elif act == "mode":
            mode(province, device, value)
        elif act == "renew":
            renew(province, device)
        elif last := [item["normal"]["to"] for item in shown(province, device) if item["normal"]]:
            with suppress(ProblemError):  # some day all are lent
                renew(province, device, reason="used_up", serials_seen=[{"day": province.clock.day(), "last_serial": last[-1]}])
        serials = held(province, known)
        assert len(serials) == len(set(serials))
    province.close()
