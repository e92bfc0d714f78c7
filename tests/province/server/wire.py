"""What comes in: size, media type, encoding, digest, JSON and depth, in the order of the contract (6.1)."""

from __future__ import annotations

import base64
import hashlib
import json
import math
import re
import zlib
from collections.abc import Awaitable, Callable

import zstandard
from starlette.requests import Request

from tests.province.server.contract import LIMITS, Json, fits
from tests.province.server.problems import ProblemError

DEEPEST = 16
ENCODINGS = ("", "identity", "gzip", "zstd")
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
_DIGEST = re.compile(r"(?:^|,)\s*sha-256=:([A-Za-z0-9+/]{43}=):\s*(?:,|$)")
_BRACKET = re.compile(rb"[\[\]{}]")
_DRAINED = 64 * 1024 * 1024


def json_body(schema: str) -> Callable[[Request], Awaitable[Json]]:
    """Return what reads a request's body of one of the contract's shapes; raises ProblemError with the contract's code."""

    async def read(request: Request) -> Json:
        value = await json_of(request, digest_required=False)
        if not fits(schema, value):
            raise ProblemError("bad_request")
        return value

    return read


async def json_of(request: Request, *, digest_required: bool) -> Json:
    """Return the JSON value of a request's body; raises ProblemError with the contract's code."""
    raw, encoding = await _bytes(request), request.headers.get("content-encoding", "").strip().lower()
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json" or encoding not in ENCODINGS:
        raise ProblemError("unsupported_media")
    check_digest(raw, request.headers.get("content-digest"), required=digest_required)
    return parsed(decoded(raw, encoding))


async def _bytes(request: Request) -> bytes:
    """Return the body; one that is too large is read to its end and thrown away, so that the desk gets the reply."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size <= LIMITS["max_body_bytes"]:
            parts.append(part)
        elif size > _DRAINED:
            break
    if size > LIMITS["max_body_bytes"]:
        raise ProblemError("too_large", limit=LIMITS["max_body_bytes"])
    return b"".join(parts)


def decoded(raw: bytes, encoding: str) -> bytes:
    """Return the body without its Content-Encoding, one of ENCODINGS; raises ProblemError bad_json or too_large."""
    limit, data, more = LIMITS["max_decoded_bytes"], raw, False
    try:
        if encoding == "gzip":
            unpacking = zlib.decompressobj(wbits=31)
            data, more = unpacking.decompress(raw, limit), bool(unpacking.unconsumed_tail)
        elif encoding == "zstd":
            with zstandard.ZstdDecompressor().stream_reader(raw) as reader:
                data, more = reader.read(limit), bool(reader.read(1))
    except (zlib.error, zstandard.ZstdError) as error:
        raise ProblemError("bad_json") from error
    if more:
        raise ProblemError("too_large", limit=limit)
    return data


def check_digest(raw: bytes, header: str | None, *, required: bool) -> None:
    """Compare ``Content-Digest`` with the body as it was sent; raises ProblemError digest_missing or digest_mismatch."""
    found = _DIGEST.search(header or "")
    if found is None:
        if required:
            raise ProblemError("digest_missing")
        return
    if base64.b64decode(found.group(1)) != hashlib.sha256(raw).digest():
        raise ProblemError("digest_mismatch")


def parsed(data: bytes) -> Json:
    """Return the JSON value; raises ProblemError bad_json or too_deep."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise ProblemError("bad_json") from error
    if _depth(data) > DEEPEST:
        raise ProblemError("too_deep")
    try:
        return json.loads(text, parse_float=_finite, parse_constant=_finite)
    except (ValueError, RecursionError) as error:
        raise ProblemError("bad_json") from error


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def _depth(data: bytes) -> int:
    """Return how deep objects and arrays lie in each other."""
    deepest = depth = 0
    for mark in _BRACKET.findall(_STRING.sub(b"", data)):
        depth += 1 if mark in (b"[", b"{") else -1
        deepest = max(deepest, depth)
    return deepest
