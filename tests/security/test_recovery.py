import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.errors import RuleBrokenError, SurroundingsError
from counter_app.domain.ids import CROCKFORD
from counter_app.security import recovery

DEVICE = "01a20000-0000-7000-8000-000000000001"
KEY = bytes(range(32))
SECRET = "GX99H-XGCJ8-22QE5-W9QAX-0B1XF-ZYKPN-MMSZ8-957TW"


def test_a_secret_is_eight_groups_of_five():
    groups = SECRET.split("-")
    assert [len(group) for group in groups] == [5] * 8
    assert set("".join(groups)) <= set(CROCKFORD)
    assert recovery.new_secret() != SECRET


def test_the_sheet_opens_the_key():
    assert recovery.unwrap(recovery.wrap(KEY, SECRET, DEVICE), SECRET) == KEY


def test_the_file_alone_shows_neither_key_nor_secret():
    content = recovery.wrap(KEY, SECRET, DEVICE)
    assert KEY.hex() not in content.decode()
    assert SECRET.replace("-", "") not in content.decode()


@pytest.mark.parametrize("typed", [
    SECRET.lower(), SECRET.replace("-", ""), SECRET.replace("-", " "), f"  {SECRET}\n", SECRET.replace("0", "O").replace("1", "l"),
    SECRET.replace("1", "I").replace("0", "o"), SECRET.replace("-", "\n"),
])
def test_it_may_be_typed_as_people_do(typed):
    assert recovery.read_secret(typed) == recovery.read_secret(SECRET)


@given(place=st.integers(0, 39), sign=st.sampled_from(CROCKFORD))
def test_every_single_wrong_sign_is_named_by_its_group(place, sign):
    signs = SECRET.replace("-", "")
    wrong = signs[:place] + sign + signs[place + 1:]
    if wrong == signs:
        return
    with pytest.raises(RuleBrokenError) as caught:
        recovery.read_secret(wrong)
    problem = caught.value.problems[0]
    assert (problem.code, problem.params["group"]) == ("RECOVERY_GROUP_WRONG", place // 5 + 1)


@given(first=st.integers(0, 7), second=st.integers(0, 7))
def test_swapped_groups_are_found(first, second):
    groups = SECRET.split("-")
    groups[first], groups[second] = groups[second], groups[first]
    if "-".join(groups) == SECRET:
        return
    with pytest.raises(RuleBrokenError, match="RECOVERY_GROUP_WRONG"):
        recovery.read_secret("-".join(groups))


@pytest.mark.parametrize("typed", ["", "ABC", SECRET[:-1], SECRET + "A"])
def test_a_wrong_length_says_how_many_signs_there_are(typed):
    with pytest.raises(RuleBrokenError) as caught:
        recovery.read_secret(typed)
    assert caught.value.problems[0].params == {"signs": len(typed.replace("-", "")), "wanted": 40}


def test_signs_that_no_sheet_has_are_refused():
    with pytest.raises(RuleBrokenError, match="RECOVERY_GROUP_WRONG"):
        recovery.read_secret("Đ" + SECRET[1:])
    with pytest.raises(RuleBrokenError, match="RECOVERY_GROUP_WRONG"):
        recovery.read_secret(SECRET[:-1] + "U")


def test_another_desks_sheet_does_not_open_it():
    with pytest.raises(RuleBrokenError, match="RECOVERY_OTHER_SHEET"):
        recovery.unwrap(recovery.wrap(KEY, SECRET, DEVICE), recovery.new_secret())


def test_a_file_moved_to_another_device_does_not_open():
    stored = json.loads(recovery.wrap(KEY, SECRET, DEVICE))
    stored["device"] = "01a20000-0000-7000-8000-000000000002"
    with pytest.raises(RuleBrokenError, match="RECOVERY_OTHER_SHEET"):
        recovery.unwrap(json.dumps(stored).encode(), SECRET)


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"\xff", b'{"format": 2}', b'{"format": 1, "salt": "zz"}', b'"x"'])
def test_a_damaged_file_is_a_sentence(content):
    with pytest.raises(SurroundingsError, match="RECOVERY_FILE_DAMAGED"):
        recovery.unwrap(content, SECRET)
