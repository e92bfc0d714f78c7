"""What the page of a day says."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from counter_app.domain.events import JsonObject
from counter_app.domain.moments import VIETNAM
from counter_app.services.desk.settings import DeskProfile
from counter_app.services.documents.form_parts import cell, column, figures, frame, parts, signer
from counter_app.services.documents.forms import FormWords

if TYPE_CHECKING:
    from counter_app.services.registers.day_page import DayFigures

DAY = "day"


def day_content(
    day: DayFigures, facts: JsonObject, issue: int, desk: DeskProfile, form: FormWords, *, clerk: str, on: datetime,
) -> dict[str, Any]:
    """Return the page: counts, money by method, and the mark in its frame."""
    say = form.say
    weekday = form.words["weekdays"][on.astimezone(VIETNAM).weekday()]
    again = say("issue", issue=issue) if issue > 1 else ""
    return frame(desk, form, on) | {
        "marks": [mark for mark in (say("practice") if desk.practice else "", again) if mark],
        "body": [
            {"rows": [
                [cell(say("day"), say("day_words", weekday=weekday, **parts(on)), strong=True),
                 cell(say("desk"), desk.desk, right=True)],
                [cell(say("closed_at"), say("moment", **parts(on)))], [cell(say("places"), _places(day, form))]]},
            {"table": _counts(day, form)}, {"table": _money(day, form)},
            {"frame": {"label": say("mark"), "value": str(facts["paper_code"])}},
            {"text": [say("mark_note", count=facts["audit_count"])]}],
        "signatures": [signer(form, "signature_clerk", clerk), signer(form, "signature_head", "")]}


def _places(day: DayFigures, form: FormWords) -> str:
    if not day.places:
        return form.say("places_none")
    first, last = day.places
    return form.say("places_words", first=first.ordinal, last=last.ordinal, volume=last.volume_label)


def _counts(day: DayFigures, form: FormWords) -> dict[str, Any]:
    counted = [("received", day.received), ("returned", day.returned), *((which.value, count) for which, count in day.open.items()),
               ("burned", day.burned)]
    columns = [column(form.say("column_number"), 10), column(form.say("column_what")), column(form.say("column_count"), 26)]
    return {"columns": columns, "rows": [[str(n), form.say(name), str(count)] for n, (name, count) in enumerate(counted, start=1)]}


def _money(day: DayFigures, form: FormWords) -> dict[str, Any]:
    columns = [
        column(form.say("column_number"), 10), column(form.say("column_method")), column(form.say("column_payments"), 20),
        column(form.say("column_amount"), 34)]
    rows = [
        [str(n), form.say(f"method_{method}"), str(count), figures(amount)]
        for n, (method, (count, amount)) in enumerate(day.money.items(), start=1)]
    sums = [sum(each) for each in zip(*day.money.values(), strict=True)]
    return {"columns": columns, "rows": [*rows, [str(len(rows) + 1), form.say("method_total"), str(sums[0]), figures(sums[1])]]}
