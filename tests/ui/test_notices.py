"""Sentences of several problems in one banner."""

from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.errors import Problem
from ui.notices import sentence_of, told_together

CODES = st.lists(st.sampled_from([f"H36.50.05-261120-{number:04d}" for number in range(1, 6)]), min_size=1, max_size=8)


def closed(code):
    return Problem("FILED_IN_CLOSED", None, {"dossier": code})


@given(CODES)
def test_what_is_so_of_several_dossiers_is_one_sentence_with_each_code_once(codes):
    (told,) = told_together(map(closed, codes))
    assert [told.count(code) for code in dict.fromkeys(codes)] == [1] * len(set(codes))
    assert len(told) - len(sentence_of(closed(codes[0]))) == (len(codes[0]) + len(", ")) * (len(set(codes)) - 1)


def test_one_problem_reads_as_ever_and_none_says_nothing():
    assert told_together([closed("A")]) == [sentence_of(closed("A"))]
    assert told_together([]) == []


def test_other_problems_keep_their_own_sentences_in_their_order():
    stopped, full = Problem("FILING_STOPPED"), Problem("SCAN_FOLDER_EMPTY", None, {"pages": 0})
    assert told_together([full, closed("A"), stopped, closed("B"), full]) == [
        sentence_of(full), sentence_of(closed("A, B")), sentence_of(stopped)]
