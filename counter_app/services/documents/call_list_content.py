"""What the list of people to call says; :mod:`counter_app.printing.call_list` draws it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from counter_app.domain.text import tidy
from counter_app.services.desk.settings import DeskProfile
from counter_app.services.documents.form_parts import head, parts
from counter_app.services.documents.forms import FormWords

CALL_LIST = "call_list"


def call_list(entries: Sequence[Mapping[str, Any]], desk: DeskProfile, form: FormWords, on: datetime) -> dict[str, Any]:
    """Return the list. An entry is ``{"code", "person", "recipient", "procedure", "title", "until"}``."""
    say = form.say
    return {
        "form": form.form, "version": form.version, "title": say("title"), "papers": list(form.words["papers"]),
        "code": {"text": "", "qr": ""}, "marks": [say("practice")] if desk.practice else [],
        "head": head(desk, form, {"label": "", "value": "", "after": ""}, on), "rule": say("rule"),
        "columns": [say(f"column_{name}") for name in ("code", "person", "about", "called")],
        "entries": [
            {"code": each["code"], "person": tidy(each["person"]), "recipient": tidy(each["recipient"]), "title": each["title"],
             "procedure": tidy(each["procedure"]), "until": say("until", **parts(each["until"]))} for each in entries],
        "total": say("total", count=len(entries)), "page": str(form.words["page"])}
