"""One request and its reply, by the rules of the wire (contract 2). What is not from the gateway changes nothing.

A reply counts only with ``X-Desk-Sync`` and the media type that was promised, whole, and without a redirect on the way.
"""

from __future__ import annotations

import base64
import hashlib
import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookiejar import DefaultCookiePolicy
from io import SEEK_END
from typing import Any, BinaryIO
from urllib.parse import urlsplit
from urllib.request import getproxies

import requests
import urllib3.exceptions

from counter_app.domain.events import JsonObject
from counter_app.services.line.province import is_loopback, require_safe
from counter_app.sync.faults import NoContactError, NotTheProvinceError, RefusedError
from counter_app.sync.patience import PatientAdapter

CONNECT_S, STALL_S = 20.0, 90.0
PROTOCOL = "1.0"
JSON, PROBLEM, BINARY = "application/json", "application/problem+json", "application/octet-stream"
OK, PART = 200, 206
_BASE = "/desk/v1"
_MOST_BYTES = 64 * 1024 * 1024
_PIECE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply of the gateway. ``value`` is its JSON object, empty where only its head was asked for."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    value: JsonObject = field(default_factory=dict)


class Wire:
    """Speaks to one gateway. ``left`` tells how many seconds a call may still take; not for two threads."""

    def __init__(self, base_url: str, left: Callable[[], float]) -> None:
        require_safe(base_url)
        self._url = base_url.rstrip("/") + _BASE
        self._left = left
        self.up = self.down = 0
        """Bytes of bodies, as they went over the line."""
        self._session = requests.Session()
        self._session.trust_env = False  # no netrc: nobody but the device's token speaks for it
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self._session.mount("http://", PatientAdapter(left))
        self._session.mount("https://", PatientAdapter(left))
        if not is_loopback(urlsplit(base_url).hostname or ""):
            self._session.proxies.update(getproxies())

    def close(self) -> None:
        """Let go of the connections."""
        self._session.close()

    def get(self, path: str, *, token: str = "", params: Mapping[str, str | int] | None = None) -> Reply:
        """Ask for something; raises as :meth:`call`."""
        return self.call("GET", path, token=token, params=params)

    def post(self, path: str, body: JsonObject | bytes, *, token: str = "", encoding: str = "", status: int = 200) -> Reply:
        """Send a JSON document, as it is or packed already, with its digest; raises as :meth:`call`."""
        data = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        digest = base64.b64encode(hashlib.sha256(data).digest()).decode()
        headers = {"Content-Type": JSON, "Content-Digest": f"sha-256=:{digest}:"}
        if encoding:
            headers["Content-Encoding"] = encoding
        return self.call("POST", path, token=token, data=data, headers=headers, status=status)

    def call(
        self, method: str, path: str, *, token: str = "", params: Mapping[str, str | int] | None = None, data: bytes | None = None,
        headers: Mapping[str, str] | None = None, status: int = 200,
    ) -> Reply:
        """Send one request and return the whole reply, which has ``status`` and a JSON object in it.

        Raises:
            NoContactError: no network, no time left, a stall, a reply that was cut.
            NotTheProvinceError: the reply is not the gateway's.
            RefusedError: it is, and says no.
        """
        sent = {"Accept": f"{JSON}, {PROBLEM}", **(headers or {})}
        with self._asked(method, path, token, sent, params=params, data=data) as reply:
            self._require_gateway(reply, JSON)
            body = whole_body(reply, self._left, _MOST_BYTES)
            self.down += reply.raw.tell()
            if reply.status_code >= 400:
                raise _refusal(reply, body)
            if reply.status_code != status:
                raise NotTheProvinceError
            return Reply(reply.status_code, reply.headers, body, _object(body))

    def bare(self, method: str, path: str, *, token: str, headers: Mapping[str, str], data: bytes | None = None) -> Reply:
        """Send a request whose reply has no body to read; every status below 400 comes back. Raises as :meth:`call`."""
        with self._asked(method, path, token, headers, data=data) as reply:
            if reply.headers.get("X-Desk-Sync") != "1" or 300 <= reply.status_code < 400:
                raise NotTheProvinceError
            if reply.status_code >= 400:
                raise RefusedError(reply.status_code, reply.headers.get("Desk-Problem", ""), None, asked_wait(reply))
            return Reply(reply.status_code, reply.headers, b"")

    def fetch(self, path: str, target: BinaryIO, *, token: str, tag: str, most: int) -> None:
        """Write a file to the end of ``target``, from where that stands on; what has come before a cut stays in it.

        ``tag`` is the SHA-256 that names the file, ``most`` the bytes that it has at most. Raises as :meth:`call`.
        """
        start = target.seek(0, SEEK_END)
        sent = {"Accept": f"{JSON}, {BINARY}, {PROBLEM}", "Accept-Encoding": "identity"}
        if start:
            sent |= {"Range": f"bytes={start}-", "If-Range": f'"{tag}"'}
        with self._asked("GET", path, token, sent) as reply:
            self._require_file(reply, start)
            if reply.status_code == OK:
                target.truncate(0)
            while part := reply.raw.read1(_PIECE, decode_content=False):
                self.down += len(part)
                if target.tell() + len(part) > most or self._left() <= 0:
                    raise NoContactError("cut")
                target.write(part)

    def _require_file(self, reply: requests.Response, start: int) -> None:
        """Refuse a reply that is no file of the gateway, or another part of it than was asked for."""
        if reply.status_code >= 400:
            self._require_gateway(reply, PROBLEM)
            raise _refusal(reply, whole_body(reply, self._left, _MOST_BYTES))
        part = reply.headers.get("Content-Range", "").startswith(f"bytes {start}-")
        whole = reply.status_code == OK or (reply.status_code == PART and start and part)
        if reply.headers.get("X-Desk-Sync") != "1" or not whole or reply.headers.get("Content-Encoding"):
            raise NotTheProvinceError

    @contextmanager
    def _asked(
        self, method: str, path: str, token: str, headers: Mapping[str, str], *, params: Mapping[str, str | int] | None = None,
        data: bytes | None = None,
    ) -> Iterator[requests.Response]:
        """Send a request; what is not heard in time is said in our own words."""
        left = self._left()
        if left <= 0:
            raise NoContactError("cut")
        self.up += len(data or b"")
        sent = {"Desk-Protocol": PROTOCOL, **headers, **({"Authorization": f"Bearer {token}"} if token else {})}
        with spoken(), self._session.request(
            method, self._url + path, params=dict(params or {}), data=data, headers=sent, allow_redirects=False, stream=True,
            timeout=(min(CONNECT_S, left), min(STALL_S, left)),
        ) as reply:
            yield reply

    def path_of(self, location: str) -> str:
        """Return the path of a Location below our base; raises NotTheProvinceError for one that leads elsewhere."""
        for start in (self._url, _BASE):
            if location.startswith(f"{start}/"):
                return location.removeprefix(start)
        raise NotTheProvinceError

    def _require_gateway(self, reply: requests.Response, media: str) -> None:
        """Refuse a reply that is not the gateway's, or of another media type than promised, before a byte of its body is read."""
        found = reply.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        promised = PROBLEM if reply.status_code >= 400 else media
        if reply.headers.get("X-Desk-Sync") != "1" or 300 <= reply.status_code < 400 or found != promised:
            raise NotTheProvinceError


def whole_body(reply: requests.Response, left: Callable[[], float], most: int) -> bytes:
    """Return the body of a reply; raises NoContactError for one of more than ``most`` bytes, or that is not here when the time is over."""
    parts, size = [], 0
    while part := reply.raw.read1(_PIECE, decode_content=True):  # what has come, however little: a drip is no way around the time
        size += len(part)
        if size > most or left() <= 0:
            raise NoContactError("cut")
        parts.append(part)
    return b"".join(parts)


def deadline(seconds: float) -> Callable[[], float]:
    """Return what tells how much of some seconds is left."""
    end = time.monotonic() + seconds
    return lambda: end - time.monotonic()


@contextmanager
def spoken() -> Iterator[None]:
    """Say in our own words why nothing was heard."""
    try:
        yield
    except requests.exceptions.SSLError as error:
        raise NoContactError("tls") from error
    except (requests.exceptions.ConnectionError, requests.exceptions.ConnectTimeout) as error:
        raise NoContactError("network") from error
    except (requests.exceptions.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
        raise NoContactError("cut") from error


def _object(body: bytes) -> JsonObject:
    """Return the JSON object of a body; one that is none was cut or damaged on the way."""
    try:
        value: Any = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NoContactError("cut") from error
    if not isinstance(value, dict):
        raise NoContactError("cut")
    return value


def _refusal(reply: requests.Response, body: bytes) -> RefusedError:
    told = _object(body)
    code, named = told.get("code"), reply.headers.get("Desk-Problem")
    if not isinstance(code, str) or code != named:
        raise NotTheProvinceError
    return RefusedError(reply.status_code, code, told, asked_wait(reply))


def asked_wait(reply: requests.Response) -> float | None:
    """Return how many seconds a reply asks to wait, None where it asks for none in figures."""
    text = reply.headers.get("Retry-After", "")
    return float(text) if text.isascii() and text.isdigit() else None
