import ast
import json
import re
import string
import unicodedata
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.errors import Problem
from counter_app.domain.text import tidy
from counter_app.support import messages
from counter_app.support.paths import resource_path

ROOT = Path(__file__).resolve().parents[2]


def fields(template):
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def rooms(lang):
    return sorted(path.name for path in resource_path(f"messages/{lang}").glob("*.json"))


def test_both_languages_have_the_same_rooms_codes_and_values():
    assert rooms("vi") == rooms("en")
    vietnamese, english = messages.table("vi"), messages.table("en")
    assert set(vietnamese) == set(english)
    assert {code: fields(text) for code, text in vietnamese.items()} == {code: fields(text) for code, text in english.items()}


def test_no_sentence_is_empty_or_the_same_in_both_languages():
    for code, sentence in messages.table("vi").items():
        assert sentence.strip() == sentence
        assert sentence
        assert any(letter.isalpha() for letter in sentence), code


RAISERS = {"broken", "failed", "Problem", "flaw", "forbid", "warn"}
CODE = re.compile(r"[A-Z][A-Z0-9]*_[A-Z0-9_]*[A-Z0-9]")


@cache
def nodes():
    """Everything in the source, with the file it stands in."""
    paths = [*(ROOT / "counter_app").rglob("*.py"), *(ROOT / "ui").rglob("*.py")]
    return [(path, node) for path in paths for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]


def codes_raised():
    """Return the codes that the source raises, each with a place that does."""
    for path, node in nodes():
        name = getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""
        if name in RAISERS:
            code = node.args[0] if node.args else None
            if isinstance(code, ast.Constant) and isinstance(code.value, str) and CODE.fullmatch(code.value):
                yield code.value, f"{path.name}:{node.lineno}"


def words_of_the_source():
    """Return every text in the source, and of those that are put together a pattern of what they may become."""
    texts, patterns = set(), []
    for _, node in nodes():
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            texts.add(node.value)
        elif isinstance(node, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else None for part in node.values]
            if any(part and re.fullmatch(r"_?[A-Z]{2,}[A-Z_]*", part) for part in parts):
                patterns.append(re.compile("".join(".+" if part is None else re.escape(part) for part in parts)))
    return texts, patterns


def test_every_code_that_is_raised_has_a_sentence():
    missing = {code: where for code, where in codes_raised() if code not in messages.table("vi")}
    assert missing == {}
    assert len(dict(codes_raised())) > 150


def test_every_sentence_has_a_place_that_says_it():
    texts, patterns = words_of_the_source()
    texts |= set(re.findall(r'"([A-Z_]+)"', (ROOT / "resources" / "catalogue" / "procedures.json").read_text("utf-8")))
    unsaid = [code for code in messages.table("vi") if code not in texts and not any(pattern.fullmatch(code) for pattern in patterns)]
    assert unsaid == []


def test_texts_put_together_do_not_hide_a_sentence_that_nobody_says():
    _, patterns = words_of_the_source()
    assert not any(pattern.fullmatch("NO_SUCH_SENTENCE") for pattern in patterns)
    assert any(pattern.fullmatch("DOCTOR_FOLDER_OK") for pattern in patterns)


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_sentences_are_written_with_care(lang):
    for code, sentence in messages.table(lang).items():
        assert unicodedata.is_normalized("NFC", sentence), code
        assert tidy(sentence) == sentence.replace("\n", " "), f"{code}: double spaces or signs that can't be seen"
        assert not re.search(r" [.,;:](\s|$)", sentence), code
        assert sentence.count("“") == sentence.count("”"), code
        assert sentence.count("(") == sentence.count(")"), code
        assert not re.search(r"\b([Ee]xception|None|undefined|[Tt]raceback)\b", sentence), code
        for name in fields(sentence):
            assert re.fullmatch(r"[a-z][a-z0-9_]*", name), f"{code}: a value is named, not computed"


def test_what_is_refused_is_told_in_whole_sentences():
    for code in dict(codes_raised()):
        for lang in messages.LANGUAGES:
            if sentence := messages.table(lang).get(code):
                assert sentence[0].isupper() or sentence[0] in "{“", (lang, code)
                assert sentence.endswith((".", "!", "?")), (lang, code)


TO_DO = re.compile(r"\b([Hh]ãy|[Kk]hông cần|[Đđ]ề nghị|[Bb]ấm|cứ làm tiếp)\b")
OF_OTHERS = {"PROVINCE_MESSAGE"}
"""What is only handed on: its words are another's."""


def test_what_is_refused_is_told_with_what_to_do():
    """In Vietnamese the verb of an advice has a word before it; what to do in English is a second clause at least."""
    vietnamese, english = messages.table("vi"), messages.table("en")
    raised = {*dict(codes_raised()), *(code for code in vietnamese if code.endswith("_NOT_NOW"))} - OF_OTHERS
    assert sorted(code for code in raised if not TO_DO.search(vietnamese[code])) == []
    assert sorted(code for code in raised if not re.search(r"[.;:,] \S", english[code])) == []


@given(st.sampled_from(sorted(messages.table("vi"))), st.dictionaries(st.sampled_from(["path", "count", "limit", "first", "x"]), st.text() | st.integers()))
def test_no_value_breaks_a_sentence(code, params):
    for lang in messages.LANGUAGES:
        said = messages.text(code, lang, **params)
        assert said
        for name, value in params.items():
            assert f"{{{name}}}" not in messages.table(lang)[code] or str(value) in said


def test_the_params_fill_the_sentence():
    problem = Problem("SERIALS_IMPOSSIBLE", "serials", {"first": 0, "last": 5})
    assert "0-5" in messages.sentence(problem, "vi")
    assert "0-5" in messages.sentence(problem, "en")
    assert messages.sentence(problem, "vi") != messages.sentence(problem, "en")


def test_a_missing_value_does_not_break_the_sentence():
    assert "{line}" in messages.text("JSON_DAMAGED", "en", column=3)


def test_an_unknown_code_is_shown_as_it_is():
    assert messages.text("NO_SUCH_CODE", "vi") == "NO_SUCH_CODE"


def test_an_unknown_language_is_vietnamese():
    assert messages.text("NOT_ALLOWED", "fr") == messages.text("NOT_ALLOWED", "vi")


def test_a_code_in_two_rooms_is_refused(tmp_path, monkeypatch):
    folder = tmp_path / "messages" / "vi"
    folder.mkdir(parents=True)
    for room in ("a", "b"):
        (folder / f"{room}.json").write_text(json.dumps({"SAME": room}))
    monkeypatch.setattr(messages, "resource_path", lambda relative: tmp_path / relative)
    with pytest.raises(ValueError, match=r"b\.json: \['SAME'\]"):
        messages.table.__wrapped__("vi")
