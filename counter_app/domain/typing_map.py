"""The fields of a ministry's program, in the order of its form, and what of a dossier goes into each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from counter_app.domain.dossier import Dossier
from counter_app.domain.moments import VIETNAM


class FieldKind(StrEnum):
    """How a value is written: as it is, in capitals, as a day, as bare digits, as a word of the program's own, always the same."""

    TEXT = "text"
    UPPER = "upper"
    DAY = "day"
    NUMBER = "number"
    CHOICE = "choice"
    FIXED = "fixed"


@dataclass(frozen=True, slots=True)
class FormField:
    """One field; ``member`` is a path into the dossier (``applicant.full_name``), ``otherwise`` what is taken where that is empty."""

    label: str
    kind: FieldKind
    member: str = ""
    otherwise: str = ""
    value: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Program:
    """A ministry's program: which dossiers are typed there, its fields, and the kind of file it reads (empty: none)."""

    system: str
    name: str
    fields: tuple[FormField, ...]
    day_format: str = "%d/%m/%Y"
    fields_of_work: frozenset[str] = frozenset()
    procedures: frozenset[str] = frozenset()
    exceptions: frozenset[str] = frozenset()
    file: str = ""

    def wants(self, dossier: Dossier) -> bool:
        """Tell whether a dossier must be typed there too."""
        named = dossier.procedure_code in self.procedures or dossier.field_name in self.fields_of_work
        return named and dossier.procedure_code not in self.exceptions


@dataclass(frozen=True, slots=True)
class Filled:
    """One field with what goes into it; an empty ``text`` is to be passed over."""

    label: str
    text: str = field(repr=False)


def filled(program: Program, dossier: Dossier) -> tuple[Filled, ...]:
    """Return the fields of a program for a dossier, in the order of its form."""
    return tuple(Filled(each.label, _text(each, program, dossier)) for each in program.fields)


def _text(form: FormField, program: Program, dossier: Dossier) -> str:
    if form.kind is FieldKind.FIXED:
        return form.value
    value = _member(dossier, form.member) or (_member(dossier, form.otherwise) if form.otherwise else None)
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.astimezone(VIETNAM).date()
    text = value.strftime(program.day_format) if isinstance(value, date) else str(value)
    if form.kind is FieldKind.UPPER:
        return text.upper()
    if form.kind is FieldKind.NUMBER:
        return "".join(filter(str.isdigit, text))
    return form.choices.get(text, text) if form.kind is FieldKind.CHOICE else text


def _member(dossier: Dossier, path: str) -> object:
    value: object = dossier
    for name in path.split("."):
        value = getattr(value, name, None)
    return value
