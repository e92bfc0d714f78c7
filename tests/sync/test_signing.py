"""Signatures against the contract's vectors, and everything that must not pass for one."""

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.sync import signing

DATA = Path(__file__).parents[1] / "data/province"
HELLO = json.loads((DATA / "hello.json").read_text("utf-8"))
SIGNATURES = json.loads((DATA / "signatures.json").read_text("utf-8"))
SEED = bytes.fromhex(SIGNATURES["device_private_seed_hex"])
BY_PROVINCE = [HELLO, SIGNATURES["manifest"], SIGNATURES["users"]]
BY_DEVICE = [SIGNATURES["token"], SIGNATURES["epoch"]]


@pytest.mark.parametrize("vector", BY_PROVINCE, ids=lambda vector: vector["purpose"])
def test_what_the_province_signed_is_taken(vector):
    covered = signing.signed_bytes(vector["purpose"], vector["document"], signing.SIGNATURE)
    assert covered == (vector["message_prefix"] + vector["canonical_without_signature"]).encode()
    assert hashlib.sha256(covered).hexdigest() == vector["message_sha256"]
    assert signing.is_signed(vector["purpose"], vector["document"], [vector["public_key"]])


@pytest.mark.parametrize("vector", BY_DEVICE, ids=lambda vector: vector["purpose"])
def test_what_the_device_proves_is_what_the_vectors_say(vector):
    body = {name: value for name, value in vector["document"].items() if name != "proof"}
    covered = signing.signed_bytes(vector["purpose"], body, signing.PROOF)
    assert covered == (vector["message_prefix"] + vector["canonical_without_signature"]).encode()
    assert signing.proven(vector["purpose"], body, SEED) == vector["document"]
    assert signing.public_key(SEED) == vector["public_key"]


@pytest.mark.parametrize("change", [case["change"] for case in HELLO["must_fail"]])
def test_a_changed_hello_is_not_signed(change):
    assert not signing.is_signed("hello", HELLO["document"] | change, [HELLO["public_key"]])


@pytest.mark.parametrize("vector", BY_PROVINCE, ids=lambda vector: vector["purpose"])
def test_a_signature_for_another_purpose_does_not_count(vector):
    others = {"hello", "manifest", "users", "token"} - {vector["purpose"]}
    assert not any(signing.is_signed(other, vector["document"], [vector["public_key"]]) for other in others)


@pytest.mark.parametrize("signature", [None, 7, "", "xyz", "é", "A" * 86, HELLO["document"]["signature"][:-4]])
def test_what_is_no_signature_signs_nothing(signature):
    assert not signing.is_signed("hello", HELLO["document"] | {"signature": signature}, [HELLO["public_key"]])


def test_a_document_without_a_signature_or_a_canonical_text_is_not_signed():
    unsigned = {name: value for name, value in HELLO["document"].items() if name != "signature"}
    assert not signing.is_signed("hello", unsigned, [HELLO["public_key"]])
    assert not signing.is_signed("hello", HELLO["document"] | {"more": 1.5}, [HELLO["public_key"]])


def test_the_next_key_counts_beside_the_pinned_one_and_a_broken_key_for_nothing():
    other = signing.public_key(bytes(32))
    assert signing.is_signed("hello", HELLO["document"], [other, HELLO["public_key"]])
    assert not signing.is_signed("hello", HELLO["document"], [other, "short", ""])
    assert not signing.is_signed("hello", HELLO["document"], [])


@given(st.binary(max_size=70))
def test_base64url_comes_back_and_has_no_padding(data):
    text = signing.base64url(data)
    assert signing.from_base64url(text) == data
    assert "=" not in text
    assert "+" not in text
    assert "/" not in text
