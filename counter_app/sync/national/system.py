"""The seam for a system that knows dossiers only as national records: create, update, progress, upload."""

from __future__ import annotations

from typing import Protocol

from counter_app.domain.events import JsonObject


class RecordRefusedError(Exception):
    """The system will not have a record; ``code`` and ``message`` are its own. Waiting does not mend it."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code)
        self.code = code
        self.message = message


class NationalSystem(Protocol):
    """A system of this kind. A method returns only after the system has said that it took what was given.

    Everything raises LineError where the line or the account stops it, and RecordRefusedError where only this record is refused.
    """

    def knows(self, code: str) -> bool:
        """Tell whether the system holds a dossier of this code."""

    def create(self, record: JsonObject) -> None:
        """Give a record that the system does not hold yet."""

    def update(self, record: JsonObject) -> None:
        """Give the complete record in place of the one it holds."""

    def progress(self, code: str, row: JsonObject) -> None:
        """Add a row to the progress of a dossier."""

    def shows(self, code: str, row: JsonObject) -> bool:
        """Tell whether the system says that it has a row already; one that tells no progress does not."""

    def upload(self, name: str, content: bytes) -> str:
        """Give a file and return the link by which the record names it."""
