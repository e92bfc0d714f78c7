"""Tokens as the program sees them: a vendor's library that crashes, hangs or talks takes only its own process along."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

from counter_app.domain.errors import failed
from counter_app.scanning.asked_process import AskedProcess
from counter_app.scanning.signing import words
from counter_app.services.scanning.signing_ports import Mark, SigningCertificate

Answer = TypeVar("Answer")
COMMAND = (sys.executable, "-m", "counter_app.scanning.signing.child")


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds for an answer about tokens, and for one signature: cheap tokens need seconds for a key of 4096 bits."""

    token_s: float = 30
    file_s: float = 120


class TokenProcess:
    """Implements :class:`~counter_app.services.scanning.signing_ports.Signer`, with a process for each batch."""

    def __init__(self, command: Sequence[str] = COMMAND, patience: Patience = Patience()) -> None:
        self._command = tuple(command)
        self._patience = patience

    def certificates(self, library: Path) -> tuple[SigningCertificate, ...]:
        """Return what can be signed with; raises as :meth:`.Signer.certificates`."""
        with self._child() as child:
            return child.ask({"do": words.LIST, "library": str(library)}, self._patience.token_s, words.certificates_of)

    @contextmanager
    def session(self, library: Path, certificate: SigningCertificate, pin: str) -> Iterator[_Session]:
        """Open a token until the block is left; raises as :meth:`.Signer.session`."""
        with self._child() as child:
            asked = {"do": words.OPEN, "library": str(library), "certificate": words.certificate_told(certificate), "pin": pin}
            child.ask(asked, self._patience.token_s, words.nothing)
            yield _Session(child, self._patience.file_s)

    @contextmanager
    def _child(self) -> Iterator[_Child]:
        try:
            process = AskedProcess(self._command)
        except OSError as error:
            raise failed("TOKEN_CRASHED") from error
        try:
            child = _Child(process)
            child.heard(self._patience.token_s)
            yield child
        finally:
            process.end()


class _Session:
    """A :class:`~counter_app.services.scanning.signing_ports.SigningSession` in the other process."""

    def __init__(self, child: _Child, seconds: float) -> None:
        self._child = child
        self._seconds = seconds

    def sign(self, source: Path, mark: Mark, out: Path) -> None:
        """Sign a file; raises as :meth:`.SigningSession.sign`."""
        asked = {"do": words.SIGN, "source": str(source.absolute()), "mark": asdict(mark), "out": str(out.absolute())}
        self._child.ask(asked, self._seconds, words.nothing)
        if not out.is_file():  # the library said what only this program says
            raise failed("TOKEN_CRASHED")


class _Child:
    """The other process, and what its answers mean."""

    def __init__(self, process: AskedProcess) -> None:
        self._process = process

    def ask(self, asked: dict[str, Any], seconds: float, read: Callable[[dict[str, Any]], Answer]) -> Answer:
        """Ask, and return what ``read`` makes of the answer.

        Raises:
            DeskError: what the process said; TOKEN_SILENT, TOKEN_CRASHED.
        """
        return _meant(lambda: self._process.ask(words.line(asked), seconds), read)

    def heard(self, seconds: float) -> None:
        """Wait until the process says that it is there; raises as :meth:`ask`."""
        _meant(lambda: self._process.heard(seconds), words.nothing)


def _meant(listen: Callable[[], bytes], read: Callable[[dict[str, Any]], Answer]) -> Answer:
    """Return what ``read`` makes of a line, which is believed as little as the library; raises as :meth:`_Child.ask`."""
    try:
        answer: dict[str, Any] = json.loads(listen())
        if "code" in answer:
            raise words.refused(answer)
        return read(answer)
    except TimeoutError:
        raise failed("TOKEN_SILENT") from None
    except (LookupError, TypeError, ValueError):  # an ended process says nothing, which is no answer either
        raise failed("TOKEN_CRASHED") from None
