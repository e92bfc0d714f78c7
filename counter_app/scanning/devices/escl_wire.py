"""HTTP to one scanner: always the host that was named, never through a proxy, with limits on time and size whatever it answers.

Each call has a thread of its own that the caller waits for: so a call ends when its time is over or nobody wants it, even while the
scanner says nothing or one byte a minute. A thread left behind ends with its own time-out, and what it brings is dropped.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from counter_app.scanning.devices.escl_words import path_of

if TYPE_CHECKING:
    import requests

Answer = TypeVar("Answer")
_LOOKED_EVERY_S = 0.05
_CHUNK = 64 * 1024


class WireError(Exception):
    """The scanner could not be talked to; ``code`` names the sentence."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class WireLimits:
    """Seconds to connect, between two bytes, for a whole question, for a whole page; bytes of an answer and of a page."""

    connect_s: float = 5.0
    silence_s: float = 60.0
    question_s: float = 20.0
    page_s: float = 180.0
    answer_bytes: int = 1024 * 1024
    page_bytes: int = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: its status, where it points (the path alone, whatever host it names), after how many seconds to ask again, its body."""

    status: int
    location: str
    retry_after_s: float
    body: bytes


class Wire:
    """The way to the scanner at ``base``, an address such as ``http://192.168.1.20:80/eSCL``."""

    def __init__(self, base: str, limits: WireLimits, wanted: Callable[[], bool]) -> None:
        self._base = base
        self._limits = limits
        self._wanted = wanted
        parts = urlsplit(base)
        self._origin = f"{parts.scheme}://{parts.netloc}"

    def ask(self, path: str, *, method: str = "GET", data: bytes | None = None) -> Reply:
        """Ask something below the base address.

        Raises:
            WireError: SCAN_UNREACHABLE, SCAN_CUT, SCAN_TIMED_OUT, SCAN_WRONG_ANSWER (too long); SCAN_CANCELLED.
        """
        call = _Call(method, f"{self._base}/{path}", data, self._limits, self._limits.answer_bytes)
        return self._waited(call.answer, call, self._limits.question_s)

    def fetch(self, path: str, target: Path) -> Reply:
        """Fetch a page at a path of the same host into a file; the file is whole where the status is 200.

        Raises:
            WireError: as :meth:`ask`; SCAN_PAGE_DAMAGED where it is too long.
            OSError: the disk fails.
        """
        call = _Call("GET", self._origin + path, None, self._limits, self._limits.page_bytes)
        return self._waited(lambda: call.page(target), call, self._limits.page_s)

    def end(self, path: str) -> None:
        """Tell the scanner that a job is not wanted any more; whether it listens or not. Works for who wants no more, too."""
        call = _Call("DELETE", self._origin + path, None, self._limits, self._limits.answer_bytes)
        threading.Thread(target=call.quietly, daemon=True).start()

    def pause(self, seconds: float) -> None:
        """Wait.

        Raises:
            WireError: SCAN_CANCELLED.
        """
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if not self._wanted():
                raise WireError("SCAN_CANCELLED")
            time.sleep(min(_LOOKED_EVERY_S, left))

    def _waited(self, work: Callable[[], Answer], call: _Call, seconds: float) -> Answer:
        future: Future[Answer] = Future()
        until = time.monotonic() + seconds
        code = "" if self._wanted() else "SCAN_CANCELLED"
        if not code:
            threading.Thread(target=_carry, args=(work, future), daemon=True).start()
        while not code:
            if wait((future,), _LOOKED_EVERY_S).done:
                return future.result()
            code = "" if self._wanted() else "SCAN_CANCELLED"
            if time.monotonic() > until:
                code = "SCAN_TIMED_OUT"
        call.given_up = True
        raise WireError(code)


class _Call:
    """One request; ``given_up`` ends it at the next piece that comes."""

    def __init__(self, method: str, url: str, data: bytes | None, limits: WireLimits, most_bytes: int) -> None:
        self.given_up = False
        self._method, self._url, self._data, self._limits, self._most_bytes = method, url, data, limits, most_bytes

    def answer(self) -> Reply:
        """Return the answer with its body."""
        pieces: list[bytes] = []
        reply = self._made(pieces.append, "SCAN_WRONG_ANSWER")
        return Reply(reply.status, reply.location, reply.retry_after_s, b"".join(pieces))

    def page(self, target: Path) -> Reply:
        """Write the body of an answer 200 to a file; the body of any other is nobody's."""
        with target.open("wb") as file:
            return self._made(file.write, "SCAN_PAGE_DAMAGED")

    def quietly(self) -> None:
        """Make the request and forget what comes of it."""
        try:
            self.answer()
        except WireError:
            return

    def _made(self, take: Callable[[bytes], object], too_long: str) -> Reply:
        import requests  # noqa: PLC0415  late on purpose

        headers = {"Accept-Encoding": "identity"} | ({"Content-Type": "text/xml"} if self._data is not None else {})
        try:
            with requests.Session() as session:
                session.trust_env = False
                with session.request(
                    self._method, self._url, data=self._data, headers=headers, stream=True, allow_redirects=False,
                    timeout=(self._limits.connect_s, self._limits.silence_s),
                ) as response:
                    self._read(response, take, too_long)
                    return _reply(response)
        except requests.ConnectTimeout:
            raise WireError("SCAN_UNREACHABLE") from None
        except requests.Timeout:
            raise WireError("SCAN_TIMED_OUT") from None
        except requests.exceptions.InvalidURL:
            raise WireError("SCAN_UNREACHABLE") from None
        except requests.RequestException as error:
            raise WireError("SCAN_UNREACHABLE" if _never_connected(error) else "SCAN_CUT") from None

    def _read(self, response: requests.Response, take: Callable[[bytes], object], too_long: str) -> None:
        count = 0
        for piece in response.iter_content(_CHUNK):
            count += len(piece)
            if self.given_up:
                raise WireError("SCAN_CANCELLED")
            if count > self._most_bytes:
                raise WireError(too_long)
            take(piece)


def _reply(response: requests.Response) -> Reply:
    after = response.headers.get("Retry-After", "")
    path = path_of(response.headers.get("Location", ""))
    return Reply(response.status_code, path, float(after) if after.isascii() and after.isdigit() and len(after) < 4 else 0.0, b"")


def _never_connected(error: Exception) -> bool:
    from urllib3.exceptions import NewConnectionError  # noqa: PLC0415  late on purpose

    reason = getattr(error.args[0] if error.args else None, "reason", None)
    return isinstance(reason, NewConnectionError)


def _carry(work: Callable[[], Answer], future: Future[Answer]) -> None:
    try:
        future.set_result(work())
    except Exception as error:  # noqa: BLE001  # edge: whatever happened is carried to the thread that waits
        future.set_exception(error)
