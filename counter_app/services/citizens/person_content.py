"""The words of the answer to a person who asks what is held about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from counter_app.domain.moments import read_local
from counter_app.domain.text import write_day
from counter_app.services.citizens.person_data import PersonData, Row
from counter_app.services.desk.settings import DeskProfile
from counter_app.services.documents.form_parts import cell, column, figures, frame, signer
from counter_app.services.documents.forms import FormWords
from counter_app.services.line.reading_back import PROVINCE

FORM = "person"
_TABLES: dict[str, tuple[tuple[str, float], ...]] = {
    "dossiers": (("code", 42), ("procedure", 0), ("as", 26), ("held", 62)),
    "papers": (("code", 42), ("paper", 0), ("what", 34), ("kept", 34)),
    "contacts": (("code", 42), ("when", 28), ("what", 34), ("words", 0)),
    "given_to": (("code", 42), ("when", 28), ("whom", 0)),
    "looks": (("code", 42), ("when", 28), ("who", 44), ("act", 0)),
}
"""The tables of the answer: their columns with widths in mm, 0 for the one that takes the rest."""


def person_content(data: PersonData, number: str, desk: DeskProfile, form: FormWords, on: datetime) -> dict[str, Any]:
    """Return the answer as a form, A4: a table for each kind of what is held, whom it went to and who looked; then how long it is kept."""
    rows = {
        "dossiers": [_dossier(each, form) for each in data.dossiers], "papers": [_paper(each, form) for each in data.papers],
        "contacts": [_contact(each, form) for each in data.contacts], "given_to": [_given(each, form) for each in data.given_to],
        "looks": [_look(each, form) for each in data.looks]}
    body: list[dict[str, Any]] = [{"rows": [[cell(form.say("number_label"), number, strong=True)]]}, {"text": [form.say("law")]}]
    for name, columns in _TABLES.items():
        body += _table(name, columns, rows[name], form)
    return frame(desk, form, on) | {
        "body": [*body, {"text": [form.say("retention"), form.say("rights")]}],
        "signatures": [signer(form, "signature_person", ""), signer(form, "signature_head", "")]}


def _table(name: str, columns: Sequence[tuple[str, float]], rows: list[list[str]], form: FormWords) -> Iterable[dict[str, Any]]:
    yield {"text": [form.say(f"title_{name}") if rows else form.say(f"none_{name}")]}
    if rows:
        yield {"table": {"columns": [column(form.say(f"column_{key}"), width, left=True) for key, width in columns], "rows": rows}}


def _dossier(row: Row, form: FormWords) -> list[str]:
    held = ", ".join(_shown(name, str(value)) for name, value in row["held"].items() if value and name not in ("id_number", "sex"))
    return [row["code"], f"{row['procedure']} ({_when(row)})", form.say(f"as_{row['as']}"), held]


def _shown(name: str, value: str) -> str:
    return write_day(date.fromisoformat(value)) if name == "birth" and "-" in value else value


def _paper(row: Row, form: FormWords) -> list[str]:
    what = form.say(f"paper_{row['kind']}")
    name = form.say("form_name", form=row["paper"]) if row["kind"] == "printed" else row["paper"]
    return [row["code"], name, f"{what}{', ' + _when(row) if 'at' in row else ''}", _kept(row, form)]


def _kept(row: Row, form: FormWords) -> str:
    if row["kind"] != "scan":
        return form.say("kept_with_register")
    if row["destroyed_at"]:
        return form.say("destroyed", day=write_day(read_local(row["destroyed_at"]).date()))
    if row["kept_until"] is None:
        return form.say("kept_for_ever")
    return form.say("kept_until", day=write_day(date.fromisoformat(row["kept_until"])))


def _contact(row: Row, form: FormWords) -> list[str]:
    words = figures(row["amount_vnd"]) + " đ" if row["kind"] == "payment" else ": ".join(filter(None, (row["to"], row["text"])))
    return [row["code"], _when(row), form.say(f"contact_{row['kind']}"), words]


def _given(row: Row, form: FormWords) -> list[str]:
    return [row["code"], _when(row), form.say(f"given_{row['kind']}", to=row["to"], count=row.get("records", 0))]


def _look(row: Row, form: FormWords) -> list[str]:
    who = form.say("who_province") if row["who"] == PROVINCE.user_id else row["who"]
    return [row["code"], _when(row), who, form.say(f"act_{row['kind']}")]


def _when(row: Row) -> str:
    moment = row.get("at") or row.get("received_at")
    return f"{read_local(moment):%H:%M %d/%m/%Y}" if moment else ""
