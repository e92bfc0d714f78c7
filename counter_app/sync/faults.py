"""What can go wrong on the line, in three kinds: nothing was heard, somebody else answered, the province refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class LineError(Exception):
    """Base of the three; nothing of the desk's state was changed by the call."""


class NoContactError(LineError):
    """Nothing whole was heard: no network, a stall, a cut reply. Whether the request arrived nobody knows; it may be repeated.

    ``kind`` is network, tls or cut.
    """

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class NotTheProvinceError(LineError):
    """Somebody else answered: a login page, a redirect, a false signature. Only hello may be said until contact is proven again."""


class RefusedError(LineError):
    """The province refused: ``code`` and ``status`` drive what happens, ``told`` is the problem document (contract 13.1)."""

    def __init__(self, status: int, code: str, told: Mapping[str, Any] | None = None, retry_after: float | None = None) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code
        self.told = told or {}
        self.retry_after = retry_after

    @property
    def may_pass(self) -> bool:
        """The same request may go through later, with nothing done by anybody here."""
        return self.status >= 500 or self.status in (423, 429)
