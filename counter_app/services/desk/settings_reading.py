"""Settings by name, as a person types them: ``paper=80mm``, ``recovery_ranges=2600-2699,2700-2799``, ``deadline.cutoff=14:30``."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import fields, replace
from itertools import combinations
from typing import Any

from counter_app.domain.deadline_input import read_options, write_options
from counter_app.domain.deadline_terms import DeadlineOptions
from counter_app.domain.errors import Problem, RuleBrokenError, broken
from counter_app.domain.text import tidy
from counter_app.domain.vietqr import check_account
from counter_app.services.deadlines.settings import MOST_SOON_DAYS, DeadlineSettings
from counter_app.services.desk.settings import DeskProfile, check, read_serials
from counter_app.services.keeping import settings as keeping_settings
from counter_app.services.ports import JsonValue

DEADLINE = "deadline."
SOON = "deadline.soon_working_days"
LONGEST_TEXT = 200
MOST_RANGES = 4
"""The province grants a recovery range for four restores a day at most (province contract 3.4)."""
_OPTIONS = tuple(field.name for field in fields(DeadlineOptions))


def profile_values(profile: DeskProfile) -> dict[str, JsonValue]:
    """Return the settings of the profile by name."""
    return {name: getattr(profile, name) for name in _READERS}


def deadline_values(settings: DeadlineSettings) -> dict[str, JsonValue]:
    """Return how the commune counts, by name, each option with the value that holds; :data:`SOON` among them."""
    options = write_options(read_options(dict(settings.commune)))
    return {**{DEADLINE + name: value for name, value in options.items()}, SOON: settings.soon_working_days}


def split_wishes(words: Sequence[str]) -> dict[str, str]:
    """Return the wished values of ``KEY=VALUE`` words by key; the last word of a key holds.

    Raises:
        RuleBrokenError: SETTING_UNREADABLE(number) for a word without ``=``; SETTING_UNKNOWN at each key that there is not.
    """
    wishes: dict[str, str] = {}
    problems = []
    known = (*_READERS, *(DEADLINE + name for name in _OPTIONS), SOON, *keeping_settings.NAMES)
    for number, word in enumerate(words, start=1):
        key, equals, value = word.partition("=")
        if not equals:
            problems.append(Problem("SETTING_UNREADABLE", None, {"number": number}))
        elif key not in known:
            problems.append(Problem("SETTING_UNKNOWN", tidy(key)[:40], {"known": ", ".join(known)}))
        wishes[key] = tidy(value)
    if problems:
        raise RuleBrokenError(*problems)
    return wishes


def changed_profile(profile: DeskProfile, wishes: Mapping[str, str], known_hours: Collection[str]) -> DeskProfile:
    """Return the profile with the wishes that are about it.

    Raises:
        RuleBrokenError: SETTING_NO_FLAG, SETTING_NO_NUMBER, TEXT_TOO_LONG, RECOVERY_RANGES_UNREADABLE, every one at its key; then
            RECOVERY_RANGES_MEET, HOURS_PROFILE_UNKNOWN, BANK_BIN_INVALID, BANK_ACCOUNT_INVALID, and as :meth:`.SettingsService.save`.
    """
    members: dict[str, Any] = {}
    problems: list[Problem] = []
    for key, text in wishes.items():
        if key in _READERS:
            try:
                members[key] = _READERS[key](text, key)
            except RuleBrokenError as error:
                problems += error.problems
    if problems:
        raise RuleBrokenError(*problems)
    after = replace(profile, **members)
    if after != profile:
        _check_together(after, members, known_hours)
    return after


def changed_deadlines(settings: DeadlineSettings, wishes: Mapping[str, str], procedure_code: str = "") -> DeadlineSettings:
    """Return the deadline settings with the wishes that are about them: the commune's, or those of one procedure.

    An empty value takes an option away, so that what stands behind it holds again.

    Raises:
        RuleBrokenError: SETTING_OF_COMMUNE at a key that no procedure has of its own; OPTION_IMPOSSIBLE, SETTING_NO_NUMBER,
            SOON_DAYS_IMPOSSIBLE at theirs.
    """
    named = {key: text for key, text in wishes.items() if key.startswith(DEADLINE) and key != SOON}
    if not procedure_code:
        soon = _soon(wishes[SOON]) if SOON in wishes else settings.soon_working_days
        return replace(settings, commune=_with(settings.commune, named), soon_working_days=soon)
    if others := wishes.keys() - named.keys():
        raise RuleBrokenError(*(Problem("SETTING_OF_COMMUNE", key) for key in sorted(others)))
    procedures = {**settings.procedures, procedure_code: _with(settings.procedures.get(procedure_code, {}), named)}
    return replace(settings, procedures={code: options for code, options in procedures.items() if options})


def _with(options: Mapping[str, Any], named: Mapping[str, str]) -> dict[str, Any]:
    """Return options with those that were named; an empty one is gone."""
    told = {key.removeprefix(DEADLINE): _value(text) for key, text in named.items()}
    after = {name: value for name, value in {**options, **told}.items() if value != ""}
    read_options(after, field=DEADLINE[:-1])
    return after


def _check_together(profile: DeskProfile, members: Collection[str], known_hours: Collection[str]) -> None:
    """Refuse what is wrong only beside other members; what was not touched is left alone, so that it never blocks another change."""
    check(profile)
    if "recovery_ranges" in members:
        ranges = [(profile.serial_first, profile.serial_last), *profile.recovery_ranges]
        if any(one[0] <= other[1] and other[0] <= one[1] for one, other in combinations(ranges, 2)):
            raise broken("RECOVERY_RANGES_MEET", "recovery_ranges", first=profile.serial_first, last=profile.serial_last)
    if "hours_profile" in members and profile.hours_profile not in known_hours:
        raise broken("HOURS_PROFILE_UNKNOWN", "hours_profile", profile=profile.hours_profile[:40], known=", ".join(known_hours))
    if {"bank_bin", "bank_account"} & set(members) and (profile.bank_bin or profile.bank_account):
        check_account(profile.bank_bin, profile.bank_account)


def _soon(text: str) -> int:
    if not 0 <= (days := _number(text, SOON)) <= MOST_SOON_DAYS:
        raise broken("SOON_DAYS_IMPOSSIBLE", SOON)
    return days


def _text(text: str, key: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise broken("TEXT_TOO_LONG", key, length=len(text), limit=LONGEST_TEXT)
    return text


def _flag(text: str, key: str) -> bool:
    if text not in ("true", "false"):
        raise broken("SETTING_NO_FLAG", key)
    return text == "true"


def _number(text: str, key: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise broken("SETTING_NO_NUMBER", key)
    return int(text)


def _ranges(text: str, key: str) -> tuple[tuple[int, int], ...]:
    parts = text.split(",") if text else []
    try:
        if len(parts) <= MOST_RANGES:
            return tuple(read_serials(part) for part in parts)
    except RuleBrokenError:
        pass
    raise broken("RECOVERY_RANGES_UNREADABLE", key, most=MOST_RANGES)


def _value(text: str) -> JsonValue:
    """Return the value of a deadline option as :func:`read_options` wants it."""
    if text in ("true", "false"):
        return text == "true"
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else text


_READERS: Mapping[str, Callable[[str, str], object]] = {
    "unit_name": _text, "superior": _text, "phone": _text, "address": _text, "hours_profile": _text, "paper": _text, "printer": _text,
    "number_suffix": _text, "lookup_address": _text, "id_last4_only": _flag, "bank_bin": _text, "bank_account": _text,
    "overdue_threshold_permille": _number, "second_person_from": _number, "recovery_ranges": _ranges,
}
"""The members of the profile that may be set by name. Serials are the verb ``numbers set``; what makes the desk the one it is stays."""
