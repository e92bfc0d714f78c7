"""Files that are fetched in parts: one range, and ``If-Range`` (RFC 9110)."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import Response

from tests.province.server.problems import ProblemError

_RANGE = re.compile(r"bytes=([0-9]+)-([0-9]*)")
BINARY = "application/octet-stream"


def ranged(request: Request, content: bytes, digest: str, media_type: str) -> Response:
    """Return the whole file, or the part that is asked for; never with a Content-Encoding.

    Raises:
        ProblemError: range_invalid, bad_request for a range of another form than the contract's.
    """
    tag, wanted = f'"{digest}"', request.headers.get("range")
    headers = {"ETag": tag, "Accept-Ranges": "bytes"}
    if wanted is None or request.headers.get("if-range", tag) != tag:
        return Response(content, 200, headers, media_type)
    found = _RANGE.fullmatch(wanted)
    if found is None:
        raise ProblemError("bad_request")
    first, last = int(found[1]), min(int(found[2] or len(content)), len(content) - 1)
    if first >= len(content) or last < first:
        raise ProblemError("range_invalid", headers={"Content-Range": f"bytes */{len(content)}"})
    headers["Content-Range"] = f"bytes {first}-{last}/{len(content)}"
    return Response(content[first : last + 1], 206, headers, BINARY)
