import ast
import json
import string
from pathlib import Path

import pytest

from counter_app.domain.errors import Problem
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


def codes_raised():
    """Return the codes that the source raises, each with a place that does."""
    for path in [*(ROOT / "counter_app").rglob("*.py"), *(ROOT / "ui").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"broken", "failed", "Problem"}:
                code = node.args[0] if node.args else None
                if isinstance(code, ast.Constant):
                    yield code.value, f"{path.name}:{node.lineno}"


def test_every_code_that_is_raised_has_a_sentence():
    missing = {code: where for code, where in codes_raised() if code not in messages.table("vi")}
    assert missing == {}
    assert len(dict(codes_raised())) > 50


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
