"""Descriptions of the commune's own lists: its units, who signs for it, the steps of its procedures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from counter_app.domain.deadline_terms import Limit, LimitUnit
from counter_app.domain.moments import VIETNAM
from counter_app.domain.people import Actor
from counter_app.services.people.offices import EVERY, ProcessStep, Signer, Unit
from ui.dialogs.acts.description import Field, FieldKind, Options, same
from ui.dialogs.listed_settings import ListForm, Values
from ui.models.rows import Column

if TYPE_CHECKING:
    from counter_app.bootstrap import Counter

translate = QCoreApplication.translate
SEPARATOR = ";"


def units_form(_: Counter) -> ListForm:
    """The units that dossiers are handed over to."""
    fields = (
        Field("name", translate("OfficeLists", "Name of the unit"), value=""),
        Field("code", translate("OfficeLists", "Code (empty: the name)"), value=""),
        Field("head", translate("OfficeLists", "Who answers for it"), value=""))
    return ListForm(
        translate("OfficeLists", "Units of the commune"),
        translate("OfficeLists", "Dossiers are handed over to these units, and reports count by them."),
        translate("OfficeLists", "No unit is set."), "units", fields, _columns(fields, ("name", "code", "head")), (240, 180, 240),
        _load_units, _save_units)


def _load_units(counter: Counter, _: str) -> Sequence[Values]:
    return [{"code": each.code, "name": each.name, "head": each.head} for each in counter.offices.units()]


def _save_units(counter: Counter, _: str, lines: Sequence[Values], actor: Actor) -> None:
    counter.offices.save_units([Unit(each["code"] or each["name"], each["name"], each["head"]) for each in lines], actor)


def signers_form(_: Counter) -> ListForm:
    """Who may sign, for what and how long."""
    fields = (
        Field("name", translate("OfficeLists", "Name of the signer"), value=""),
        Field("title", translate("OfficeLists", "Title"), value=""),
        Field("valid_from", translate("OfficeLists", "Signs from (may stay empty)"), FieldKind.DAY),
        Field("valid_to", translate("OfficeLists", "Signs until (may stay empty)"), FieldKind.DAY),
        Field("scope", translate("OfficeLists", "Signs only (empty: everything)"), value="",
              hint=translate("OfficeLists", "Fields or registers, separated by a semicolon, for example SCT/BS; SCT/CKND")))
    return ListForm(
        translate("OfficeLists", "Who signs"),
        translate("OfficeLists", "Offered wherever a signer is asked for, on the days and for the fields and registers named here."),
        translate("OfficeLists", "No signer is set. Names are typed each time until then."), "signers", fields,
        _columns(fields, ("name", "title", "valid_from", "valid_to")), (240, 200, 130, 130), _load_signers, _save_signers)


def _load_signers(counter: Counter, _: str) -> Sequence[Values]:
    return [
        {"name": each.name, "title": each.title, "valid_from": _moment(each.valid_from), "valid_to": _moment(each.valid_to),
         "scope": f"{SEPARATOR} ".join(each.scope)} for each in counter.offices.signers()]


def _save_signers(counter: Counter, _: str, lines: Sequence[Values], actor: Actor) -> None:
    counter.offices.save_signers([
        Signer(each["name"], each["title"], tuple(part.strip() for part in each["scope"].split(SEPARATOR) if part.strip()),
               _day(each["valid_from"]), _day(each["valid_to"])) for each in lines], actor)


def process_form(counter: Counter) -> ListForm:
    """The internal steps of a procedure, or of all that have none of their own. Run on the data thread: it asks for both."""
    times: Options = (
        (translate("OfficeLists", "until the dossier is due"), None), (translate("OfficeLists", "hours"), LimitUnit.HOUR),
        (translate("OfficeLists", "working days"), LimitUnit.WORKING_DAY), (translate("OfficeLists", "days"), LimitUnit.DAY))
    units = same(each.name for each in counter.offices.units())
    fields = (
        Field("name", translate("OfficeLists", "Name of the step"), value=""),
        Field("unit", translate("OfficeLists", "Unit that does it"), FieldKind.OFFERED, "", units),
        Field("limit", translate("OfficeLists", "How long it may take"), FieldKind.NUMBER),
        Field("limit_unit", translate("OfficeLists", "Counted in"), FieldKind.CHOICE, None, times),
        Field("code", translate("OfficeLists", "Code (empty: the name)"), value=""))
    everybody = (translate("OfficeLists", "all procedures without steps of their own"), EVERY)
    procedures = counter.catalogue.in_force(counter.clock.now().date())
    return ListForm(
        translate("OfficeLists", "Steps of procedures"),
        translate("OfficeLists", "What a dossier goes through behind the desk. Without any line: back to what held before."),
        translate("OfficeLists", "No step: what held before holds again."), "steps", fields,
        _columns(fields, ("name", "unit", "limit", "limit_unit")), (260, 200, 130, 200), _load_steps, _save_steps,
        translate("OfficeLists", "Procedure"), (everybody, *((f"{each.label} ({each.code})", each.code) for each in procedures)))


def _load_steps(counter: Counter, key: str) -> Sequence[Values]:
    return [
        {"name": each.name, "unit": each.unit, "limit": each.limit.value if each.limit else None,
         "limit_unit": each.limit.unit if each.limit else None, "code": each.code} for each in counter.offices.process(key)]


def _save_steps(counter: Counter, key: str, lines: Sequence[Values], actor: Actor) -> None:
    counter.offices.save_process(key, [
        ProcessStep(each["code"] or each["name"], each["name"], each["unit"], _limit(each)) for each in lines], actor)


def _limit(line: Values) -> Limit | None:
    """Return the limit of a step; a unit without a number is no limit, which the service says at its field."""
    return Limit(line["limit"] or 0, line["limit_unit"]) if line["limit_unit"] else None


def _columns(fields: Sequence[Field], shown: Sequence[str]) -> tuple[Column[Values], ...]:
    by_name = {field.name: field for field in fields}
    return tuple(Column(by_name[name].text.partition(" (")[0], _cell(by_name[name])) for name in shown)


def _cell(field: Field) -> Callable[[Values], str]:
    """Return how a line's value reads in the table."""

    def read(line: Values) -> str:
        """Return its words, its day, or its text."""
        value = line.get(field.name)
        if field.kind is FieldKind.CHOICE:
            return next((words for words, each in field.options if each == value), "")
        return f"{value:%d/%m/%Y}" if isinstance(value, datetime) else "" if value is None else str(value)

    return read


def _moment(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), VIETNAM) if day else None


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
