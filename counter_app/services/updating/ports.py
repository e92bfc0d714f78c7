"""What updating needs of the world: where releases come from, who signed them, the folder that the versions stand in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from counter_app.domain.events import JsonObject
from counter_app.services.updating.release import Release, ReleaseFile


class Publisher(Protocol):
    """Whoever this program takes newer versions, forms and books from."""

    def is_known(self) -> bool:
        """Tell whether there is one: a program that was made without a key takes nothing from anybody."""

    def signed(self, document: JsonObject) -> bool:
        """Tell whether a head comes from there."""


class Source(Protocol):
    """A place that releases come from: a folder, a file, an address."""

    @property
    def fetched(self) -> int:
        """Bytes that came over a line so far."""

    def head(self, system: str) -> bytes:
        """Return the document of the newest release for a system there.

        Raises:
            RuleBrokenError: UPDATE_NOTHING(path, system), there is none.
            SurroundingsError: it can't be read; the line's codes.
        """

    def opened(self, file: ReleaseFile) -> AbstractContextManager[BinaryIO]:
        """Give the packed bytes of a file, all of them; what came of it before a cut is not fetched again.

        Raises:
            SurroundingsError: UPDATE_LACKS, the place hasn't got it; UPDATE_BUDGET, the day's share of the line is used up;
                the line's codes.
        """

    def forget(self, file: ReleaseFile) -> None:
        """Throw away what was fetched of a file that turned out to be another."""

    def done(self) -> None:
        """Throw away all that was fetched: it is in its place."""

    def close(self) -> None:
        """Let go of connections and files."""


@dataclass(frozen=True, slots=True)
class SignedRelease:
    """A release whose signature is good: its head as it came and as read, the list of files as it came and as read."""

    document: JsonObject
    release: Release
    listing: bytes
    files: Sequence[ReleaseFile]


@dataclass(frozen=True, slots=True)
class Fallen:
    """A version that did not come up, and the one that runs instead."""

    failed: str
    running: str


class Programs(Protocol):
    """The folder that the versions stand in side by side. Everything that writes raises SurroundingsError of the disk."""

    @property
    def why_not(self) -> str:
        """The code of the sentence why this program can't replace itself here; empty where it can."""

    def installed(self) -> Release:
        """Return the head of the version that runs."""

    def data(self) -> Release | None:
        """Return the head of the newer forms and books that this version reads, None where it reads its own."""

    def previous(self) -> Release | None:
        """Return the head of the version before, None where there is none that is whole."""

    def kept(self, file: ReleaseFile) -> bytes | None:
        """Return the content of a file that the version that runs has too; None where it hasn't, or where it is damaged."""

    def prepared(self) -> Release | None:
        """Return the head of the version that takes the place of this one when the window closes."""

    def lay_out(self, signed: SignedRelease, source: Source) -> None:
        """Lay a version out beside the others, each file checked, and note it as prepared; whatever stops this leaves all as it was.

        Raises:
            SurroundingsError: UPDATE_RUNNING, another program does so; UPDATE_DAMAGED, a file is not what the list says; DISK_FULL; as
                :meth:`Source.opened`.
        """

    def lay_data(self, signed: SignedRelease, source: Source) -> None:
        """Put newer forms and books in place for the next start; as :meth:`lay_out`."""

    def switch(self) -> str:
        """Make the prepared version the one that starts next, and return its name; empty for none, or while another program's window is
        open: that one does it at its end.
        """

    def swap(self) -> None:
        """Make the version before the one that starts next."""

    def hold(self) -> bool:
        """Note that a window is open, for as long as this process lives; False where another one is."""

    def is_confirmed(self) -> bool:
        """Tell whether this version came up well once."""

    def damaged(self) -> Sequence[str]:
        """Return the files of this version that are not what its list says."""

    def confirm(self) -> Fallen | None:
        """Note that this version came up, throw away what nobody needs any more, and return what it replaces after a fall."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a fetch may take of a line: bytes (None for as many as it needs), and until when."""

    most_bytes: int | None = None
    stopping: Callable[[], bool] = bool


Opener = Callable[[Path], Source]
"""Opens a folder or a file of releases. Raises RuleBrokenError UPDATE_NOTHING, and of the disk."""
Web = Callable[[str, Limits], Source]
"""Opens an address. Raises RuleBrokenError UPDATE_ADDRESS."""
