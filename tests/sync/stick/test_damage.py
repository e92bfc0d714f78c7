"""Half-copied and altered files: a sentence, and nothing has changed."""

import hashlib
import json
import os
import struct

import pytest

from counter_app.domain.canonical import canonical
from counter_app.domain.errors import DeskError
from counter_app.sync.signing import base64url
from counter_app.sync.stick import parcel as parcels
from counter_app.sync.stick.parcel import packed, read_parcel, said
from tests.province.server.keys import ServerKey
from tests.sync.lines import both_hold_the_same
from tests.sync.stick.sticks import carried

KEY = ServerKey("k", bytes(range(7, 39)).hex())
KEYS = [KEY.public()["public_key"]]
PLACES = {"magic": 3, "direction": 15, "recipient": 20, "own key": 50, "first piece": 90, "middle": 0.5, "tag": -3}


@pytest.fixture
def answered(enrolled, province):
    enrolled.note(enrolled.first.code)
    enrolled.write()
    carried(province, enrolled.stick)
    enrolled.answer = next(enrolled.stick.glob("*.qmc-ve"))
    enrolled.sound = enrolled.answer.read_bytes()
    return enrolled


def refused(desk, content):
    """Try an answer; returns the code of the sentence. Nothing has changed."""
    desk.answer.write_bytes(content)
    before = desk.ops(), desk.relation(), desk.setting(f"stick/{desk.device}")
    with pytest.raises(DeskError) as found:
        desk.read()
    assert (desk.ops(), desk.relation(), desk.setting(f"stick/{desk.device}")) == before
    return found.value.problems[0].code


def test_an_altered_or_shortened_answer_is_refused_and_the_sound_one_still_works(answered, province):
    sound = answered.sound
    for name, place in PLACES.items():
        index = int(place * len(sound)) if isinstance(place, float) else place % len(sound)
        spoilt = bytearray(sound)
        spoilt[index] ^= 1
        expected = {"STICK_OTHER_DESK"} if name in ("direction", "recipient") else {"STICK_DAMAGED"}
        assert {refused(answered, bytes(spoilt))} == expected, name
    for length in (0, 10, 79, 80, 90, len(sound) // 2, len(sound) - 1):
        assert refused(answered, sound[:length]) == "STICK_DAMAGED", length
    assert refused(answered, sound + b"x") == "STICK_DAMAGED"
    answered.answer.write_bytes(sound)
    assert answered.read().sent == 1
    both_hold_the_same(answered, province)


def test_what_is_no_file_keeps_nobody_waiting_and_hides_no_answer(answered, province):
    (answered.stick / "quay-9.qmc-ve").mkdir()
    if hasattr(os, "mkfifo"):
        os.mkfifo(answered.stick / "quay-8.qmc-ve")
    assert answered.read().sent == 1
    both_hold_the_same(answered, province)


def test_the_file_of_the_desk_brought_back_instead_of_an_answer_is_told_apart(answered):
    out = next(answered.stick.glob("*.qmc-di"))
    assert refused(answered, out.read_bytes()) == "STICK_OTHER_DESK"


def test_a_damaged_file_of_the_desk_changes_nothing_at_the_province(enrolled, province):
    enrolled.note(enrolled.first.code)
    out = enrolled.write().file
    sound, before = out.read_bytes(), province.state()["ops"]
    for place in (3, 20, 50, 200, len(sound) - 1):
        spoilt = bytearray(sound)
        spoilt[place] ^= 1
        out.write_bytes(spoilt)
        assert carried(province, enrolled.stick) == []
    out.write_bytes(sound[:-1])
    assert carried(province, enrolled.stick) == []
    assert province.state()["ops"] == before
    out.write_bytes(sound)
    assert len(carried(province, enrolled.stick)) == 1


def a_plain(tmp_path, head=None, parts=(), *, key=KEY, tail=b""):
    """Write the inside of an answer, signed."""
    made = {"exchange": "1.0", "parts": [part.about for part in parts], **(head or {})}
    path = tmp_path / "plain"
    path.write_bytes(b"".join(packed(key.signed("exchange", made), parts)) + tail)
    return path


def code_of(path):
    with pytest.raises(DeskError) as found:
        read_parcel(path, KEYS, name="x")
    return found.value.problems[0].code


def test_a_head_and_its_parts_are_read_as_they_were_written(tmp_path):
    bodies = [{"changes": []}, {"text": "đ" * 5000}, {}]
    parts = [said("changes", body, note={"cursor": str(index)}) for index, body in enumerate(bodies)]
    found = read_parcel(a_plain(tmp_path, parts=parts), KEYS, name="x")
    assert [found.body(index) for index in range(3)] == bodies
    assert [part["note"] for part in found.parts] == [{"cursor": "0"}, {"cursor": "1"}, {"cursor": "2"}]
    assert found.parts[1]["encoding"] == "gzip"


def test_what_nobody_or_somebody_else_signed_is_of_another_province(tmp_path):
    assert code_of(a_plain(tmp_path, key=ServerKey("o", bytes(32).hex()))) == "STICK_OTHER_PROVINCE"
    path = tmp_path / "plain"
    path.write_bytes(b"".join(packed({"exchange": "1.0", "parts": []}, [])))
    assert code_of(path) == "STICK_OTHER_PROVINCE"


def test_another_purpose_is_another_signature(tmp_path):
    path = tmp_path / "plain"
    path.write_bytes(b"".join(packed(KEY.signed("hello", {"exchange": "1.0", "parts": []}), [])))
    assert code_of(path) == "STICK_OTHER_PROVINCE"


def test_a_later_version_asks_for_an_update_and_a_later_minor_one_does_not(tmp_path):
    assert code_of(a_plain(tmp_path, {"exchange": "2.0"})) == "STICK_TOO_NEW"
    assert read_parcel(a_plain(tmp_path, {"exchange": "1.7", "later": True}), KEYS, name="x").parts == []


@pytest.mark.parametrize("parts", [
    [{"verb": "push", "size": -1, "sha256": "00"}], [{"verb": "push", "size": 2**40, "sha256": "00"}], [{"verb": "push"}], "abc", None,
    [{"verb": "push", "size": "4", "sha256": "00"}], [{"verb": "push", "size": 0, "sha256": hashlib.sha256(b"x").hexdigest()}], [7],
])
def test_parts_that_are_not_what_the_head_says_are_damaged(tmp_path, parts):
    assert code_of(a_plain(tmp_path, {"parts": parts})) == "STICK_DAMAGED"


def test_bytes_that_no_part_has_are_damaged(tmp_path):
    assert code_of(a_plain(tmp_path, tail=b"x")) == "STICK_DAMAGED"


@pytest.mark.parametrize("content", [
    b"", b"\0\0", b"\xff\xff\xff\xff{}", b"\0\0\0\x02[]", b"\0\0\0\x02{", struct.pack(">I", 200_000) + b"[" * 200_000,
])
def test_no_head_is_damaged_before_much_is_read(tmp_path, content):
    path = tmp_path / "plain"
    path.write_bytes(content)
    assert code_of(path) == "STICK_DAMAGED"


def test_a_part_that_swells_beyond_everything_is_refused(tmp_path, monkeypatch):
    part = said("changes", {"text": "x" * 100_000})
    found = read_parcel(a_plain(tmp_path, parts=[part]), KEYS, name="x")
    monkeypatch.setattr(parcels, "MOST_BODY", 50_000)
    with pytest.raises(DeskError, match="STICK_DAMAGED"):
        found.body(0)


@pytest.mark.parametrize("body", [b"[]", b"{", b"\xff"])
def test_a_part_that_is_no_object_is_damaged(tmp_path, body):
    found = read_parcel(a_plain(tmp_path, parts=[said("changes", body)]), KEYS, name="x")
    with pytest.raises(DeskError, match="STICK_DAMAGED"):
        found.body(0)


def test_the_signature_covers_the_text_that_the_page_shows(tmp_path):
    head = KEY.signed("exchange", {"exchange": "1.0", "parts": []})
    text = canonical({name: value for name, value in head.items() if name != "signature"})
    assert json.loads(text)["exchange"] == "1.0"
    assert head["signature"] == base64url(KEY._private().sign(b"desk-sync/v1 exchange\n" + text.encode()))
