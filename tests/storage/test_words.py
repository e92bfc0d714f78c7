"""Every fault of this room has a sentence in both languages, with values it is really given."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOM = ROOT / "counter_app" / "storage"
GIVEN = {"path", "what", "value", "found", "known", "book", "year", "volume", "ordinal"}


def sentences(lang, room="*"):
    return {k: v for path in (ROOT / "resources/messages" / lang).glob(f"{room}.json") for k, v in json.loads(path.read_text("utf-8")).items()}


def raised():
    """The codes that stand in this room's source."""
    text = "\n".join(path.read_text("utf-8") for path in ROOM.rglob("*.py") if path.name != "guard.py")
    return set(re.findall(r'"([A-Z]+_[A-Z_]+)"', text)) - set(re.findall(r'"((?:SQLITE|O|CREATE)_[A-Z_]+)"', text))


def test_every_code_has_words_in_both_languages():
    assert len(raised()) >= 17
    for lang in ("vi", "en"):
        assert raised() - sentences(lang).keys() == set()


def test_no_sentence_is_left_over():
    for lang in ("vi", "en"):
        assert sentences(lang, "storage").keys() - raised() == set()
    assert sentences("vi", "storage").keys() == sentences("en", "storage").keys()


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_sentences_use_only_what_they_are_given(lang):
    for sentence in sentences(lang, "storage").values():
        assert set(re.findall(r"{(\w+)}", sentence)) <= GIVEN
        assert sentence.endswith(".")
