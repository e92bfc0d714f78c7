"""Who works behind the desk: units, signers with the scope and time of their power, and the internal process of each procedure.

All of it is the commune's own data, JSON documents among its settings; where none are set, the shipped process is used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from counter_app.domain.deadline_input import check_limit
from counter_app.domain.deadline_terms import Limit, LimitUnit
from counter_app.domain.people import Actor, Permission
from counter_app.services.acts.texts import CODE, NAME, Texts
from counter_app.services.dossiers.access import require
from counter_app.services.ports import Clock, Database, JsonValue, UnitOfWork
from counter_app.services.recording import write_audit
from counter_app.services.trail.row_notes import held_setting
from counter_app.support.resources import shipped_json

UNITS, SIGNERS, PROCESSES = "units", "signers", "processes"
"""The keys of the settings documents; ``processes`` maps a procedure's code to its steps, ``""`` is that of all others."""
EVERY = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the commune; ``head`` is who answers for it."""

    code: str
    name: str
    head: str = ""


@dataclass(frozen=True, slots=True)
class Signer:
    """Who may sign: for the fields and registers of ``scope`` (none: for all), from one day to another (None: no end)."""

    name: str
    title: str
    scope: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None

    def may_sign(self, on: date, what: str = "") -> bool:
        """Tell whether this person may sign on a day, for a field or register (empty: for anything at all)."""
        in_time = (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)
        return in_time and (not what or not self.scope or what in self.scope)


@dataclass(frozen=True, slots=True)
class ProcessStep:
    """One internal step: who does it, and how long it may take; ``limit`` None: until the dossier is due."""

    code: str
    name: str
    unit: str
    limit: Limit | None = None


class OfficesService:
    """Reads and writes units, signers and processes."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def units(self) -> tuple[Unit, ...]:
        """Return the units, in the commune's order; those of the shipped process where none were set."""
        with self._database.read() as uow:
            stored = uow.settings.get(UNITS)
        if stored is not None:
            return tuple(Unit(**each) for each in stored)
        names = dict.fromkeys(step.unit for step in _shipped_process())
        return tuple(Unit(name, name) for name in names)

    def signers(self, on: date | None = None, what: str = "") -> tuple[Signer, ...]:
        """Return who may sign on a day for a field or register; everybody ever named where ``on`` is None."""
        with self._database.read() as uow:
            stored = uow.settings.get(SIGNERS) or []
        everybody = tuple(_signer(each) for each in stored)
        return everybody if on is None else tuple(each for each in everybody if each.may_sign(on, what))

    def process(self, procedure_code: str) -> tuple[ProcessStep, ...]:
        """Return the steps of a procedure: its own, else the commune's for all, else the shipped ones."""
        with self._database.read() as uow:
            return process_of(uow, procedure_code)

    def save_units(self, units: Sequence[Unit], actor: Actor) -> None:
        """Replace the list of units.

        Raises:
            RuleBrokenError: NOT_ALLOWED; TEXT_NEEDED, TEXT_TOO_LONG, TEXT_UNPRINTABLE, NAMED_TWICE at ``units.<index>.<member>``.
        """
        texts = Texts()
        clean = [
            {"code": texts.need(each.code, f"units.{at}.code", CODE), "name": texts.need(each.name, f"units.{at}.name", NAME),
             "head": texts.may(each.head, f"units.{at}.head", NAME)}
            for at, each in enumerate(units)
        ]
        _refuse_twins(texts, "units", "code", clean)
        self._save(UNITS, clean, texts, actor)

    def save_signers(self, signers: Sequence[Signer], actor: Actor) -> None:
        """Replace the list of signers.

        Raises:
            RuleBrokenError: NOT_ALLOWED; TEXT_NEEDED, TEXT_TOO_LONG, TEXT_UNPRINTABLE, PERIOD_BACKWARDS at ``signers.<index>.<member>``.
        """
        texts = Texts()
        clean = []
        for at, each in enumerate(signers):
            if each.valid_from and each.valid_to and each.valid_to < each.valid_from:
                texts.forbid("PERIOD_BACKWARDS", f"signers.{at}.valid_to")
            clean.append({
                "name": texts.need(each.name, f"signers.{at}.name", NAME), "title": texts.need(each.title, f"signers.{at}.title", NAME),
                "scope": list(texts.lines(each.scope, f"signers.{at}.scope", needed=False)),
                "valid_from": _day(each.valid_from), "valid_to": _day(each.valid_to),
            })
        self._save(SIGNERS, clean, texts, actor)

    def save_process(self, procedure_code: str, steps: Sequence[ProcessStep], actor: Actor) -> None:
        """Set the steps of a procedure, of all that have none of their own for the empty code; no steps: back to what held before.

        Raises:
            RuleBrokenError: NOT_ALLOWED; TEXT_NEEDED, TEXT_TOO_LONG, TEXT_UNPRINTABLE, NAMED_TWICE, LIMIT_VALUE_IMPOSSIBLE at
                ``steps.<index>.<member>``.
        """
        texts = Texts()
        clean = [_plain_step(each, at, texts) for at, each in enumerate(steps)]
        _refuse_twins(texts, "steps", "code", clean)
        self._save(PROCESSES, {procedure_code: clean}, texts, actor, over=True)

    def _save(self, key: str, value: JsonValue, texts: Texts, actor: Actor, *, over: bool = False) -> None:
        """Replace a document; ``over``: lay the members over those that are kept, in one transaction, an empty one is gone."""
        require(actor, Permission.MANAGE_DESK)
        texts.close()
        with self._database.write() as uow:
            if over:
                value = {code: steps for code, steps in {**(uow.settings.get(key) or {}), **value}.items() if steps}
            uow.settings.put(key, value)
            write_audit(uow, self._clock.now(), actor.user_id, "offices.changed", key, held_setting(uow, key))
            uow.commit()


def process_of(uow: UnitOfWork, procedure_code: str) -> tuple[ProcessStep, ...]:
    """Return the steps of a procedure, read in a transaction that is open already."""
    stored = uow.settings.get(PROCESSES) or {}
    found = stored.get(procedure_code) or stored.get(EVERY)
    return tuple(_step(each) for each in found) if found else _shipped_process()


def _shipped_process() -> tuple[ProcessStep, ...]:
    return tuple(_step(each) for each in shipped_json("offices/process.json")["steps"])


def _step(stored: Mapping[str, Any]) -> ProcessStep:
    limit = stored.get("limit")
    return ProcessStep(
        stored["code"], stored["name"], stored["unit"], Limit(int(limit["value"]), LimitUnit(limit["unit"])) if limit else None)


def _plain_step(step: ProcessStep, at: int, texts: Texts) -> dict[str, Any]:
    if step.limit:
        check_limit(step.limit, f"steps.{at}.limit")
    return {
        "code": texts.need(step.code, f"steps.{at}.code", CODE), "name": texts.need(step.name, f"steps.{at}.name", NAME),
        "unit": texts.need(step.unit, f"steps.{at}.unit", NAME),
        "limit": {"value": step.limit.value, "unit": step.limit.unit.value} if step.limit else None,
    }


def _signer(stored: Mapping[str, Any]) -> Signer:
    days = {name: date.fromisoformat(stored[name]) if stored.get(name) else None for name in ("valid_from", "valid_to")}
    return Signer(stored["name"], stored["title"], tuple(stored.get("scope", ())), **days)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _refuse_twins(texts: Texts, path: str, member: str, items: Sequence[Mapping[str, Any]]) -> None:
    seen: set[str] = set()
    for at, item in enumerate(items):
        if item[member] in seen:
            texts.forbid("NAMED_TWICE", f"{path}.{at}.{member}")
        seen.add(item[member])
