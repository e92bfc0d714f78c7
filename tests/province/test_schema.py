"""The server beside ``openapi.yaml``: schemathesis sends what the contract allows, and what it doesn't, and looks at every answer."""

import copy
import json

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.province.conformance.desk import Desk, sealed
from tests.province.server.contract import document
from tests.province.trial import TrialProvince

CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance, response_schema_conformance)
BOUNDED = settings(
    max_examples=10, derandomize=True, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))


def told():
    """Return the contract with ops of one form for all types: their different facts are more than the generator can take in."""
    made = copy.deepcopy(document())
    del made["components"]["schemas"]["Op"]["allOf"]
    return made


@schemathesis.serializer("application/offset+octet-stream")
def as_bytes(_context, value):
    return value if isinstance(value, bytes) else json.dumps(value).encode()


schema = schemathesis.openapi.from_dict(told())


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    with TrialProvince(tmp_path_factory.mktemp("schema")) as province:
        one = Desk(province.ticket("H99.10.05"))
        one.enrol()
        one.push(one.received()[0])
        yield one


@schema.parametrize()
@BOUNDED
def test_every_answer_is_one_of_the_contracts(case, desk):
    headers = {"Authorization": f"Bearer {desk.access}"}
    if case.method == "DELETE":
        headers["Desk-Protocol"] = "1.0"  # the contract has no answer for a wrong one here
    case.headers = {**(case.headers or {}), **headers}
    case.call_and_validate(base_url=desk.url, checks=CHECKS)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=6), inner, max_size=2), max_leaves=4)


def places(value, path=()):
    """Return the path of everything inside a value."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for name, item in inside for place in places(item, (*path, name)))]


def replaced(value, path, new):
    if not path:
        return new
    made = copy.copy(value)
    made[path[0]] = replaced(value[path[0]], path[1:], new)
    return made


@settings(BOUNDED, max_examples=40)
@given(data=st.data(), new=VALUES)
def test_whatever_an_op_holds_it_gets_a_result_and_the_next_one_is_not_delayed(desk, data, new):
    desk.new_lane()
    op, _ = desk.received()
    part = data.draw(st.sampled_from(["facts", "ho_so"]))
    path = data.draw(st.sampled_from(places(op[part])[1:]))
    odd = {**op, part: replaced(op[part], path, new)}
    try:
        odd = sealed(odd)
    except ValueError:
        odd["hash"] = "0" * 64  # it has no canonical text, so the hash is taken as given
    desk.head = odd["hash"]
    good, _ = desk.received()
    results = desk.push(odd, good)["results"]
    assert results[0]["outcome"] in ("applied", "rejected", "conflict")
    assert results[1]["outcome"] == "applied"
    back = desk.session.get(f"{desk.url}/ops", timeout=30, params={"device": desk.device, "epoch": desk.epoch, "from_seq": 1}, headers={
        "Desk-Protocol": "1.0", "Authorization": f"Bearer {desk.access}"}).json()["ops"]
    assert back == [odd, good]
