"""The ministries' programs that dossiers are typed into a second time: data in ``resources/ministry_programs``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from counter_app.domain.errors import broken
from counter_app.domain.typing_map import FieldKind, FormField, Program
from counter_app.support.resources import shipped_json

SHIPPED = "ministry_programs/programs.json"


@cache
def programs() -> tuple[Program, ...]:
    """Return the programs, in the order of the data."""
    return tuple(_program(each) for each in shipped_json(SHIPPED)["programs"])


def program_of(system: str) -> Program:
    """Return a program by its system.

    Raises:
        RuleBrokenError: PROGRAM_UNKNOWN at ``system``.
    """
    found = next((each for each in programs() if each.system == system), None)
    if found is None:
        raise broken("PROGRAM_UNKNOWN", "system", known=", ".join(each.system for each in programs()))
    return found


def _program(data: Mapping[str, Any]) -> Program:
    return Program(
        data["system"], data["name"], tuple(_field(each) for each in data["fields"]), data["day_format"],
        frozenset(data["fields_of_work"]), frozenset(data["procedures"]), frozenset(data["except"]), data["file"])


def _field(data: Mapping[str, Any]) -> FormField:
    return FormField(
        data["label"], FieldKind(data["kind"]), data.get("member", ""), data.get("or", ""), data.get("value", ""), data.get("choices", {}))
