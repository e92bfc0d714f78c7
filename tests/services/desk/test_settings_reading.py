"""Settings as they are typed: what is read is what was written, and what is wrong is refused, whatever it is."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.errors import RuleBrokenError
from counter_app.services.deadlines.settings import DeadlineSettings, checked
from counter_app.services.desk.settings import DeskProfile
from counter_app.services.desk.settings_reading import (
    DEADLINE,
    SOON,
    changed_deadlines,
    changed_profile,
    deadline_values,
    profile_values,
    split_wishes,
)

PROFILE = DeskProfile("Xã Ví Dụ", "Tỉnh Ví Dụ", "H99.10.05", "2", "d1", "e1", serial_first=2000, serial_last=2599)
HOURS = ("standard", "early")
KEPT = {"commune", "commune_code", "province", "province_code", "agency", "desk", "device", "epoch", "guarded", "practice",
        "unattended", "second_device", "further_ranges", "epoch_reason", "epoch_begun_at",
        "serial_first", "serial_last", "provisional", "provisional_fallback"}
"""What makes the desk the one it is, what the verb ``numbers`` sets, and what the province says of it."""
KEYS = [*profile_values(PROFILE), *deadline_values(DeadlineSettings())]


def test_every_member_is_set_here_or_on_purpose_not():
    assert set(profile_values(PROFILE)) | KEPT == {field.name for field in fields(DeskProfile)}
    assert not set(profile_values(PROFILE)) & KEPT


@given(st.dictionaries(st.sampled_from(KEYS), st.text(max_size=30) | st.sampled_from(["true", "15:00", "4", "a4", "2600-2699", "0", "pause"])))
def test_any_text_is_read_or_refused_at_its_key(told):
    wishes = split_wishes([f"{key}={value}" for key, value in told.items()])
    assert wishes.keys() == told.keys()
    try:
        profile, deadlines = changed_profile(PROFILE, wishes, HOURS), changed_deadlines(DeadlineSettings(), wishes)
        checked(deadlines)
    except RuleBrokenError as error:
        refused_at = {problem.field for problem in error.problems}
    else:
        refused_at = set()
    assert refused_at <= {*told, *({"bank_bin", "bank_account"} if {"bank_bin", "bank_account"} & set(told) else ())}
    if refused_at:
        return
    assert {name: getattr(profile, name) for name in KEPT} == {name: getattr(PROFILE, name) for name in KEPT}
    untouched = profile_values(PROFILE).keys() - told.keys()
    assert all(getattr(profile, name) == getattr(PROFILE, name) for name in untouched)


@given(st.lists(st.text(max_size=30), max_size=6))
def test_any_words_are_split_or_refused(words):
    try:
        wishes, codes = split_wishes(words), set()
    except RuleBrokenError as error:
        wishes, codes = {}, {problem.code for problem in error.problems}
    assert codes <= {"SETTING_UNREADABLE", "SETTING_UNKNOWN"}
    assert codes or wishes.keys() == {word.partition("=")[0] for word in words}


def test_a_value_may_hold_an_equals_sign_and_the_last_word_of_a_key_holds():
    assert split_wishes(["lookup_address=https://vidu.vn/?a=b", "paper=a4", "paper= a5 "]) == {
        "lookup_address": "https://vidu.vn/?a=b", "paper": "a5"}


def test_what_was_wrong_before_blocks_no_other_change():
    """A desk whose hours the calendar no longer knows can still change its telephone."""
    old = replace(PROFILE, hours_profile="gone", bank_bin="1", recovery_ranges=((2500, 2700),))
    assert changed_profile(old, {"phone": "0263"}, HOURS) == replace(old, phone="0263")
    with pytest.raises(RuleBrokenError, match="BANK_BIN_INVALID@bank_bin"):
        changed_profile(old, {"bank_account": "12"}, HOURS)


def test_options_of_a_procedure_leave_the_others_alone():
    before = DeadlineSettings({"roll_end": False}, {"1.000001": {"cutoff": "10:00"}}, 2)
    after = changed_deadlines(before, {"deadline.extension_limit": "2"}, "1.000002")
    assert after == DeadlineSettings({"roll_end": False}, {"1.000001": {"cutoff": "10:00"}, "1.000002": {"extension_limit": 2}}, 2)
    assert changed_deadlines(after, {"deadline.extension_limit": ""}, "1.000002") == before
    assert deadline_values(before)[DEADLINE + "roll_end"] is False
    assert deadline_values(before)[SOON] == 2
