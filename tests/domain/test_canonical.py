"""Canonical text, hashes and chains: the contract's vectors, and what is refused."""

import json
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.canonical import MOST_OP_BYTES, audit_hash, canonical, chained, envelope, first_broken, op_hash, sha256_of
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.events import ZERO_HASH, AuditEntry, Event
from counter_app.domain.moments import local
from counter_app.domain.people import Actor, Role

DATA = Path(__file__).parents[1] / "data/province"
VECTORS = json.loads((DATA / "canonical.json").read_text("utf-8"))
NOW = local(2026, 11, 23, 8)
LANE = ("D3X8P1TW", "a1b2c3d4e5f60718")


def event(**changes):
    made = Event("01a205ea-be80-7967-ad5f-71143baf1926", "01a205b3-d000-7b77-9d78-fe9fa0f712ca", "note.added", NOW,
                 Actor("u-0101", Role.CLERK), {"text": "Đã gọi điện"}, {"MaHoSo": "H99.10.05-261123-3000"})
    return replace(made, **changes)


@pytest.mark.parametrize("vector", VECTORS["small"], ids=lambda vector: vector["name"])
def test_small_values_have_the_text_and_hash_of_the_vectors(vector):
    assert canonical(vector["value"]) == vector["canonical"]
    assert sha256_of(vector["value"]) == vector["sha256"]


@pytest.mark.parametrize("vector", VECTORS["refuse"], ids=lambda vector: vector["name"])
def test_what_no_op_may_hold_is_refused(vector):
    value = int(vector["text"]) if "text" in vector else vector["value"]
    if "code_points" in vector:
        value = "".join(chr(int(point[2:], 16)) for point in vector["code_points"])
    with pytest.raises(ValueError, match="only"):
        canonical({"nested": [value]})


@pytest.mark.parametrize("value", [float("nan"), 1.0, -(2**53), "\ud800", {1: "x"}, {"x": object()}, b"x"])
def test_other_values_have_no_text(value):
    with pytest.raises(ValueError, match="only"):
        canonical(value)


@pytest.mark.parametrize("link", VECTORS["chain"], ids=lambda link: str(link["op"]["seq"]))
def test_the_chain_of_the_vectors_holds(link):
    op = link["op"]
    body = {name: value for name, value in op.items() if name != "hash"}
    assert canonical(body) == link["canonical"]
    assert len(link["canonical"].encode()) == link["bytes"]
    assert op_hash(op) == op["hash"] == link["sha256"]


@pytest.mark.parametrize("name", ["day_log.json", "edge_cases.json"])
def test_every_op_of_the_day_carries_its_own_hash_and_the_one_before(name):
    heads = {}
    steps = json.loads((DATA / name).read_text("utf-8"))["steps"]
    wrong = 0
    for step in steps:
        if step["step"] != "push" or step.get("status", 200) != 200:
            continue
        for op in step["request"]["ops"]:
            try:
                assert op_hash(op) == op["hash"]
            except ValueError:
                wrong += 1
            lane = op["device"], op["epoch"]
            assert op["seq"] == 1 or (*lane, op["seq"] - 1) not in heads or heads[*lane, op["seq"] - 1] == op["prev_hash"]
            heads[*lane, op["seq"]] = op["hash"]
    assert wrong == (2 if name == "edge_cases.json" else 0)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(st.characters(codec="utf-8")).map(
        lambda text: unicodedata.normalize("NFC", text)),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(max_codepoint=127), max_size=5), inner, max_size=4),
    max_leaves=12,
)


@given(json_values)
def test_the_text_is_read_back_and_is_the_only_one(value):
    text = canonical(value)
    assert json.loads(text) == value
    assert canonical(json.loads(json.dumps(value, indent=3))) == text


@pytest.mark.parametrize("link", VECTORS["chain"][:3], ids=lambda link: link["op"]["type"])
def test_an_event_becomes_the_op_of_the_vectors(link):
    op = link["op"]
    made = Event(op["op_id"], op["dossier_id"], op["type"], local(*map(int, _clock(op["occurred_at"]))),
                 Actor("u-0101", Role.CLERK), op["facts"], op["ho_so"], op["base_rev"])
    assert envelope(chained(made, op["device"], op["epoch"], (op["seq"] - 1, op["prev_hash"]))) == op


def _clock(text):
    return text[:4], text[5:7], text[8:10], text[11:13], text[14:16], text[17:19]


def test_a_lane_counts_without_gaps_and_each_op_names_the_one_before():
    head, ops = (0, ZERO_HASH), []
    for _ in range(5):
        made = chained(event(), *LANE, head)
        ops.append(envelope(made))
        head = made.lane.seq, made.lane.hash
    assert [op["seq"] for op in ops] == [1, 2, 3, 4, 5]
    assert [op["prev_hash"] for op in ops] == [ZERO_HASH, *(op["hash"] for op in ops[:-1])]
    assert all(op_hash(op) == op["hash"] for op in ops)


def test_resolves_is_there_only_when_it_says_something():
    assert "resolves" not in envelope(chained(event(), *LANE, (0, ZERO_HASH)))
    settled = chained(event(resolves="01a205ea-be80-7967-ad5f-71143baf1926"), *LANE, (0, ZERO_HASH))
    assert envelope(settled)["resolves"] == "01a205ea-be80-7967-ad5f-71143baf1926"


def test_an_event_of_this_desk_alone_is_no_op():
    with pytest.raises(ValueError, match="lane"):
        envelope(event())


def test_an_op_may_be_as_large_as_the_limit_and_no_larger():
    room = MOST_OP_BYTES - len(canonical(envelope(chained(event(facts={"text": ""}), *LANE, (0, ZERO_HASH)))).encode())
    largest = chained(event(facts={"text": "x" * room}), *LANE, (0, ZERO_HASH))
    assert len(canonical(envelope(largest)).encode()) == MOST_OP_BYTES
    with pytest.raises(RuleBrokenError) as refused:
        chained(event(facts={"text": "x" * (room + 1)}), *LANE, (0, ZERO_HASH))
    assert refused.value.code == "OP_TOO_LARGE"


def audit_trail(count):
    entries, head = [], ZERO_HASH
    for seq in range(1, count + 1):
        entry = AuditEntry(seq, NOW, "u-0001", "dossier.viewed", "01a2", {"n": seq}, head, "")
        entries.append(replace(entry, hash=audit_hash(entry)))
        head = entries[-1].hash
    return entries


def test_a_whole_audit_trail_holds():
    assert first_broken(audit_trail(6)) is None
    assert first_broken([]) is None
    assert first_broken(audit_trail(6)[3:], (3, audit_trail(3)[-1].hash)) is None


@given(st.integers(0, 5), st.sampled_from([{"user_id": "u-0002"}, {"action": "x"}, {"details": {"n": 9}}, {"subject": ""}, {"at": local(2026, 1, 1)}]))
def test_a_changed_audit_entry_is_found(place, change):
    entries = audit_trail(6)
    entries[place] = replace(entries[place], **change)
    assert first_broken(entries) == place + 1


@given(st.integers(0, 4))
def test_a_missing_audit_entry_is_found(place):
    entries = audit_trail(6)
    del entries[place]
    assert first_broken(entries) == place + 1
