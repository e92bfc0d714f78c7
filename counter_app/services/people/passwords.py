"""What a password must be, and making one for a person who gets a new account."""

from __future__ import annotations

import secrets

from counter_app.domain.errors import Problem, RuleBrokenError
from counter_app.domain.text import fold

SHORTEST, LONGEST = 8, 200
_EASY_TO_TYPE = "abcdefghjkmnpqrstuvwxyz23456789"


def password_problems(password: str, login: str, field: str = "password") -> list[Problem]:
    """Return what is wrong with a password: too short, too long, the login itself, or one sign over and over."""
    if len(password) < SHORTEST:
        return [Problem("PASSWORD_SHORT", field, {"least": SHORTEST})]
    if len(password) > LONGEST:
        return [Problem("PASSWORD_LONG", field, {"most": LONGEST})]
    if len(set(password)) < 3 or fold(password) == fold(login):
        return [Problem("PASSWORD_EASY", field)]
    return []


def check_password(password: str, login: str, field: str = "password") -> None:
    """Refuse a password that :func:`password_problems` finds fault with.

    Raises:
        RuleBrokenError: PASSWORD_SHORT, PASSWORD_LONG or PASSWORD_EASY at ``field``.
    """
    if problems := password_problems(password, login, field):
        raise RuleBrokenError(*problems)


def generated_password() -> str:
    """Return a password of 59 random bits without accents or look-alikes, so that no input method alters it: ``k7mq-x3bd-p9wa``."""
    groups = ("".join(secrets.choice(_EASY_TO_TYPE) for _ in range(4)) for _ in range(3))
    return "-".join(groups)
