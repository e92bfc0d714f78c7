"""What a commune sets for its own house, read from JSON: units, signers, processes, messages to citizens, reports.

Only the shape is looked at here; whether it makes sense is said by the service that keeps it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, fields
from typing import Any, TypeVar

from counter_app.domain.deadline_input import read_limit
from counter_app.domain.deadline_terms import Limit
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.message import Occasion
from counter_app.services.citizens.message_words import MessageSettings, OwnWords, to_stored
from counter_app.services.json_reader import JsonObject, JsonReader
from counter_app.services.people.offices import ProcessStep, Signer, Unit
from counter_app.services.ports import JsonValue
from counter_app.services.reports.settings import ReportSettings

UNIT = frozenset({"code", "name", "head"})
SIGNER = frozenset({"name", "title", "scope", "valid_from", "valid_to"})
STEP = frozenset({"code", "name", "unit", "limit"})
MESSAGES = frozenset(field.name for field in fields(MessageSettings))
OWN = frozenset(field.name for field in fields(OwnWords))
REPORTS = frozenset(field.name for field in fields(ReportSettings))
T = TypeVar("T")


def read_units(value: JsonValue) -> tuple[Unit, ...]:
    """Return the units of a list of ``{"code", "name", "head"}``.

    Raises:
        RuleBrokenError: what :class:`JsonReader` finds, at ``units.<index>.<member>``.
    """
    return _each(value, "units", UNIT, _unit)


def read_signers(value: JsonValue) -> tuple[Signer, ...]:
    """Return the signers of a list of ``{"name", "title", "scope", "valid_from", "valid_to"}``. Raises as :func:`read_units`."""
    return _each(value, "signers", SIGNER, _signer)


def read_process(value: JsonValue) -> tuple[ProcessStep, ...]:
    """Return the steps of a list of ``{"code", "name", "unit", "limit"}``; no limit: until the dossier is due.

    Raises:
        RuleBrokenError: as :func:`read_units`, at ``steps``; what :func:`read_limit` finds.
    """
    return _each(value, "steps", STEP, _step)


def read_messages(value: JsonValue, now: MessageSettings) -> MessageSettings:
    """Return how citizens are told: what is named of ``value``, everything else as it is ``now``. Raises as :func:`read_units`."""
    reader = JsonReader()
    source = {**to_stored(now), **reader.object(value, None, MESSAGES)}
    found = MessageSettings(
        reader.choice(source, "channel", None, now.channel), reader.flag(source, "without_accents"),
        reader.integer(source, "remind_after_days", default=None), _occasions(reader, source), _own_words(reader, source))
    reader.close()
    return found


def read_reports(value: JsonValue, now: ReportSettings) -> ReportSettings:
    """Return what holds for reports: what is named of ``value``, everything else as it is ``now``; a share that the program has no value
    of may be null: nobody declares it. Raises as :func:`read_units`.
    """
    reader = JsonReader()
    source = {**asdict(now), **reader.object(value, None, REPORTS)}
    members: dict[str, Any] = {"receiver": reader.text(source, "receiver")}
    for name, usual in asdict(ReportSettings()).items():
        if name != "receiver":
            members[name] = None if source[name] is usual is None else reader.integer(source, name, default=None)
    reader.close()
    return ReportSettings(**members)


def read_testimonies(value: JsonValue) -> dict[str, tuple[str, ...]]:
    """Return the paragraphs of each text of ``{"signature": [paragraph]}``. Raises as :func:`read_units`."""
    reader = JsonReader()
    source = reader.object(value, None, frozenset(value) if isinstance(value, dict) else frozenset())
    found = {name: _texts(reader, source, name, "testimonies") for name in source}
    reader.close()
    return found


def _each(value: JsonValue, path: str, known: frozenset[str], read: Callable[[JsonReader, JsonObject, str], T]) -> tuple[T, ...]:
    reader = JsonReader()
    items = reader.items({path: value}, path)
    if value is None:
        reader.flaw("JSON_NOT_LIST", path)
    found = tuple(read(reader, reader.object(item, f"{path}.{at}", known), f"{path}.{at}") for at, item in enumerate(items or ()))
    reader.close()
    return found


def _unit(reader: JsonReader, source: JsonObject, path: str) -> Unit:
    return Unit(reader.text(source, "code", path), reader.text(source, "name", path), reader.text(source, "head", path))


def _signer(reader: JsonReader, source: JsonObject, path: str) -> Signer:
    return Signer(
        reader.text(source, "name", path), reader.text(source, "title", path), _texts(reader, source, "scope", path),
        reader.day(source, "valid_from", path), reader.day(source, "valid_to", path))


def _step(reader: JsonReader, source: JsonObject, path: str) -> ProcessStep:
    return ProcessStep(
        reader.text(source, "code", path), reader.text(source, "name", path), reader.text(source, "unit", path),
        _limit(reader, source, f"{path}.limit"))


def _limit(reader: JsonReader, source: JsonObject, path: str) -> Limit | None:
    if source.get("limit") is None:
        return None
    try:
        return read_limit(source["limit"], path)
    except RuleBrokenError as error:
        reader.problems += error.problems
        return None


def _own_words(reader: JsonReader, source: JsonObject) -> tuple[OwnWords, ...]:
    found = []
    for at, each in enumerate(reader.items(source, "own") or ()):
        path = f"own.{at}"
        words = reader.object(each, path, OWN)
        days = words.get("expires_after_days")
        if words.get("occasion") is None:
            reader.flaw("JSON_MISSING", f"{path}.occasion")
        found.append(OwnWords(
            reader.choice(words, "occasion", path, Occasion.RECEIVED), reader.text(words, "text", path),
            reader.text(words, "text_postal", path), None if days is None else reader.integer(words, "expires_after_days", path)))
    return tuple(found)


def _occasions(reader: JsonReader, source: JsonObject) -> tuple[Occasion, ...]:
    words = {occasion.value: occasion for occasion in Occasion}
    named = _texts(reader, source, "occasions", None)
    if unknown := [word for word in named if word not in words]:
        reader.flaw("JSON_CHOICE", f"occasions.{named.index(unknown[0])}", allowed=", ".join(words))
    return tuple(dict.fromkeys(words[word] for word in named if word in words))


def _texts(reader: JsonReader, source: JsonObject, name: str, path: str | None) -> tuple[str, ...]:
    where = f"{path}.{name}" if path else name
    found = reader.items(source, name, path) or []
    for at, each in enumerate(found):
        if not isinstance(each, str):
            reader.flaw("JSON_NOT_TEXT", f"{where}.{at}")
    return tuple(each for each in found if isinstance(each, str))
