"""The printed words of the forms: data with effective dates in ``resources/forms``, one file a form, and the words common to all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from counter_app.support.paths import resource_path

COMMON = "common"


@dataclass(frozen=True, slots=True)
class FormWords:
    """One version of a form: its name (``01/2025``), the law it follows, and its words by key."""

    form: str
    version: str
    legal_reference: str
    number_suffix: str
    words: Mapping[str, Any]

    def say(self, key: str, /, **values: object) -> str:
        """Return a word with its values filled in."""
        return str(self.words[key]).format(**values)


def form_in_force(form: str, on: date) -> FormWords:
    """Return the version of a form for papers of that day; the first one for any day before it.

    Raises:
        FileNotFoundError: there is no such form.
    """
    document, common = _read(form), _read(COMMON)
    versions = document["versions"]
    begun = [version for version in versions if date.fromisoformat(version["effective_from"]) <= on]
    chosen = begun[-1] if begun else versions[0]
    return FormWords(
        form, chosen["version"], chosen["legal_reference"], chosen.get("number_suffix", ""),
        common | document["words"] | chosen.get("words", {}))


def series_of(name: str) -> str:
    """Return the form that a print's name is of: ``02/2``, the second request for papers of a dossier, is a form 02."""
    return name.partition("/")[0]


def _read(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(resource_path(f"forms/{name}.json").read_text(encoding="utf-8"))
    return document
