"""What every verb begins with: who may do it, the dossier that a code means, the recorder of what happens to it."""

from __future__ import annotations

from counter_app.domain.codes import parse_code, read_slip_qr
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import broken
from counter_app.domain.people import Actor, Permission
from counter_app.domain.text import tidy
from counter_app.services.desk.settings import DeskProfile
from counter_app.services.ports import Clock, UnitOfWork
from counter_app.services.recording import LaneIdentity, Recorder


def require(actor: Actor, permission: Permission) -> None:
    """Refuse an actor whose role doesn't allow it.

    Raises:
        RuleBrokenError: NOT_ALLOWED.
    """
    if not actor.may(permission):
        raise broken("NOT_ALLOWED")


def dossier_with_code(uow: UnitOfWork, code: str) -> Dossier:
    """Return the dossier that bears a code among all its codes; the text of a slip's QR is read too.

    Raises:
        RuleBrokenError: DOSSIER_UNKNOWN, or CODE_SHARED where two dossiers bear it by accident (contract 1): never one at random.
    """
    found = uow.dossiers.by_code(named_code(code))
    if not found:
        raise broken("DOSSIER_UNKNOWN", "code")
    if len(found) > 1:
        raise broken("CODE_SHARED", "code", count=len(found))
    return found[0]


def named_code(text: str) -> str:
    """Return the code that a typed or scanned text means, as dossiers bear it; a text that is no code comes back tidy."""
    parsed = parse_code(text)
    return read_slip_qr(text) or (parsed.text if parsed else tidy(text))


def dossier_with_id(uow: UnitOfWork, dossier_id: str) -> Dossier:
    """Return a dossier by its id.

    Raises:
        RuleBrokenError: DOSSIER_UNKNOWN.
    """
    dossier = uow.dossiers.get(dossier_id)
    if dossier is None:
        raise broken("DOSSIER_UNKNOWN")
    return dossier


def recorder(uow: UnitOfWork, profile: DeskProfile, clock: Clock) -> Recorder:
    """Return the recorder of this desk's lane for one transaction."""
    return Recorder(uow, LaneIdentity(profile.recorded_as, profile.epoch, profile.practice), clock)
