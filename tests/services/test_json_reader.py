"""Reading untrusted JSON: what stands twice is refused, what stands once is read as it is."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.errors import RuleBrokenError
from counter_app.services.json_reader import LONGEST_NAME, single_members
from counter_app.support.messages import sentence

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3), max_leaves=12)


def read(text):
    return json.loads(text, object_pairs_hook=single_members)


@given(VALUES)
def test_what_json_writes_is_read_as_it_was(value):
    assert read(json.dumps(value)) == value


@pytest.mark.parametrize("text", [
    '{"sets": 1, "sets": 2}', '{"sets": 1, "sets": 1}', '[{"sets": 1, "note": null, "sets": null}]', '{"a": {"sets": 1, "s\\u0065ts": 1}}',
])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_name_that_stands_twice_is_refused_with_a_sentence_that_names_it(text, lang):
    with pytest.raises(RuleBrokenError) as caught:
        read(text)
    assert caught.value.code == "JSON_DUPLICATE_MEMBER"
    assert "“sets”" in sentence(caught.value.problems[0], lang)


def test_the_same_name_in_two_objects_is_no_double():
    assert read('[{"a": 1}, {"a": {"a": 2}}]') == [{"a": 1}, {"a": {"a": 2}}]


def test_a_long_name_is_cut_in_the_sentence():
    name = "x" * 5000
    with pytest.raises(RuleBrokenError) as caught:
        read(f'{{"{name}": 1, "{name}": 1}}')
    assert caught.value.problems[0].params["member"] == "x" * LONGEST_NAME
