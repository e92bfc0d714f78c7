"""What a refusal of the province leads to (contract 13): the table, as data."""

from __future__ import annotations

from enum import StrEnum

from counter_app.sync.faults import RefusedError


class Remedy(StrEnum):
    """What the desk does when a push is refused. Ops are never deleted by any of them."""

    WAIT = "wait"
    """The province is in trouble or busy: the same again later."""
    AGAIN = "again"
    """Damaged on the way: again, at last without compression."""
    SMALLER = "smaller"
    """Fewer ops in a request, which is remembered."""
    PLAIN = "plain"
    """Without compression, which is remembered."""
    DECLARE = "declare"
    """The lane is declared first."""
    NARROW = "narrow"
    """One of the ops is damaged here: those before it go out, and it is recorded again in a new lane."""
    LEAVE = "leave"
    """Two histories in one lane: what was not sent is recorded again in a new lane."""
    REVOKED = "revoked"
    """The province has locked this computer: only hello from now on."""
    PAUSE = "pause"
    """Nothing is pushed until a person has helped."""
    STOP = "stop"
    """This lane stands still; the others go on."""


_BY_CODE = {
    "digest_mismatch": Remedy.AGAIN, "epoch_undeclared": Remedy.DECLARE, "device_cloned": Remedy.LEAVE, "device_revoked": Remedy.REVOKED,
    "op_too_large": Remedy.STOP,
}
_BY_STATUS = {
    401: Remedy.PAUSE, 403: Remedy.PAUSE, 413: Remedy.SMALLER, 415: Remedy.PLAIN, 422: Remedy.NARROW, 426: Remedy.PAUSE,
}


def remedy(error: RefusedError) -> Remedy:
    """Return what a refused push leads to: by its code, else by its status; what nobody knows stops its lane."""
    if error.may_pass:
        return Remedy.WAIT
    return _BY_CODE.get(error.code) or _BY_STATUS.get(error.status, Remedy.STOP)
