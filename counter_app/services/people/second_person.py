"""The second person: many dossiers leave the desk in one file only when another officer agrees, with their own password."""

from __future__ import annotations

from dataclasses import dataclass, field

from counter_app.domain.errors import Problem, RuleBrokenError
from counter_app.domain.people import Actor, Permission
from counter_app.services.desk.settings import SettingsService
from counter_app.services.people.login import LoginService


@dataclass(frozen=True, slots=True)
class Second:
    """Who agrees, as typed: login name and password."""

    login: str
    password: str = field(repr=False)


class SecondPersonService:
    """Asks for the second person from so many dossiers on as the desk has set (``second_person_from``; 0: never)."""

    def __init__(self, login: LoginService, settings: SettingsService) -> None:
        self._login = login
        self._settings = settings

    def agree(self, count: int, actor: Actor, second: Second | None, otherwise: str = "") -> dict[str, str]:
        """Return what the audit trail shall say of the second person, nothing where none is needed; their agreement is on it by itself too.

        A desk that still has only the account it was made with by a script has nobody who could agree, and whoever holds its key acts
        there without a password anyway: it is asked for nobody.

        ``otherwise`` names the sentence that tells how this act can do without anybody, where it can.

        Raises:
            RuleBrokenError: SECOND_NEEDED(count, least), and ``otherwise``, at ``second``; SECOND_SAME, SECOND_NOT_ALLOWED,
                SECOND_PASSWORD_GIVEN at ``login``; as :meth:`.LoginService.login`, with tries counted and lock-outs as at any login.
        """
        least = self._settings.profile().second_person_from
        if not least or count < least or self._login.key_is_enough():
            return {}
        if second is None:
            needed = Problem("SECOND_NEEDED", "second", {"count": count, "least": least})
            raise RuleBrokenError(needed, *([Problem(otherwise, "second")] if otherwise else ()))
        agreed = self._login.agree(actor, second.login, second.password, Permission.EXPORT)
        return {"second": agreed.user_id}
