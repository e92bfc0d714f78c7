"""Replies: JSON, compressed when it pays and the desk allows it; problems; and the mark of the gateway on every one of them."""

from __future__ import annotations

import gzip
import json
import logging

import zstandard
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tests.province.server.contract import Json
from tests.province.server.faults import Faults
from tests.province.server.problems import ProblemError

BASE = "/desk/v1"
COMPRESS_FROM = 1000


class JsonReply(Response):
    """A JSON reply; over a kilobyte it is sent as zstd or gzip, as Accept-Encoding allows."""

    media_type = "application/json"

    def __init__(self, content: Json, status_code: int = 200, headers: dict[str, str] | None = None) -> None:
        super().__init__(content, status_code, headers)

    def render(self, content: Json) -> bytes:
        """Return the bytes before compression; half a character that a desk once sent goes back as it came, escaped."""
        try:
            return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
        except UnicodeEncodeError:
            return json.dumps(content, separators=(",", ":")).encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Compress, then send."""
        encoding = _encoding(Headers(scope=scope).get("accept-encoding", "")) if len(self.body) > COMPRESS_FROM else None
        if encoding:
            plain = bytes(self.body)
            self.body = zstandard.compress(plain) if encoding == "zstd" else gzip.compress(plain, 6)
            self.headers.update({"content-encoding": encoding, "content-length": str(len(self.body)), "vary": "Accept-Encoding"})
        await super().__call__(scope, receive, send)


class ProblemReply(JsonReply):
    """A problem of RFC 9457, its code repeated in the header ``Desk-Problem``."""

    media_type = "application/problem+json"

    def __init__(self, problem: ProblemError, status: int | None = None) -> None:
        headers = {"Desk-Problem": problem.code, **problem.headers}
        if problem.status == 401:
            headers["WWW-Authenticate"] = 'Bearer error="invalid_token"'
        if problem.code == "tus_version":
            headers["Tus-Version"] = "1.0.0"
        if problem.code == "rate_limited":
            headers.setdefault("Retry-After", "1")
        body = problem.body()
        super().__init__(body if status is None else {**body, "status": status}, status or problem.status, headers)


class Gateway:
    """The outermost layer: marks every reply with ``X-Desk-Sync: 1``, plays the faults, and turns a failure into a 500 of the contract."""

    def __init__(self, app: ASGIApp, faults: Faults) -> None:
        self._app, self._faults = app, faults

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def marked(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                MutableHeaders(scope=message)["X-Desk-Sync"] = "1"
            await send(message)

        fault = self._faults.taken(scope["method"], scope["path"].removeprefix(BASE)) if scope["path"].startswith(BASE) else None
        try:
            if fault is None or fault.after:
                await self._app(scope, receive, _nowhere if fault else marked)
            if fault is not None:
                headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
                await ProblemReply(ProblemError(fault.code, headers=headers))(scope, receive, marked)
        except ClientDisconnect:
            return
        except Exception:  # edge: the last one before the wire; a desk gets a 500 that it knows, whatever happened
            if started:
                raise
            logging.getLogger(__name__).exception("a request failed: %s %s", scope["method"], scope["path"])
            await ProblemReply(ProblemError("server_error"))(scope, receive, marked)


async def _nowhere(_message: Message) -> None:
    """Lose a reply on the way."""


def _encoding(accepted: str) -> str | None:
    """Return the best encoding that a desk accepts; None for none."""
    offered = {}
    for part in accepted.lower().split(","):
        name, _, quality = part.partition(";")
        offered[name.strip()] = quality.strip().replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return next((name for name in ("zstd", "gzip") if offered.get(name, False)), None)
