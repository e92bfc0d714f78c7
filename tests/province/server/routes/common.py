"""What every route needs: the province, the caller, the protocol of the desk and a checked body."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Request

from tests.province.server.contract import Json
from tests.province.server.problems import ProblemError
from tests.province.server.province import Province
from tests.province.server.tokens import Caller, caller_of
from tests.province.server.wire import json_body

_PROTOCOL = re.compile(r"1\.([0-9]+)")


def the_province(request: Request) -> Province:
    """Return the province that the program serves."""
    province: Province = request.app.state.province
    return province


ProvinceHere = Annotated[Province, Depends(the_province)]


def desk_protocol(request: Request) -> str:
    """Return the minor version that the desk speaks; raises ProblemError bad_request when it says none."""
    said = request.headers.get("desk-protocol", "")
    if not _PROTOCOL.fullmatch(said):
        raise ProblemError("bad_request")
    return said


def signed_in(request: Request, province: ProvinceHere) -> Caller:
    """Return whose token the request carries; raises ProblemError as :func:`caller_of`, then as :func:`desk_protocol`."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    caller = caller_of(province, token.strip() if scheme.lower() == "bearer" else None)
    desk_protocol(request)
    return caller


def needs(feature: str) -> Callable[[Request], None]:
    """Return the check that the province has a feature; raises ProblemError not_found, as if the addresses weren't there."""

    def check(request: Request) -> None:
        if feature not in the_province(request).switches["features"]:
            raise ProblemError("not_found")

    return check


def new_enough(province: Province, request: Request) -> None:
    """Refuse a desk that is too old; raises ProblemError upgrade_required. Only what a desk sends is refused, never what it reads."""
    lowest, highest = province.switches["protocol_min"], province.switches["protocol_max"]
    if int(desk_protocol(request).partition(".")[2]) < int(lowest.partition(".")[2]):
        raise ProblemError("upgrade_required", protocol={"min": lowest, "max": highest})


def sender(request: Request, province: ProvinceHere) -> Caller:
    """Return the caller of a request that brings something; raises ProblemError as :func:`signed_in` and :func:`new_enough`."""
    caller = signed_in(request, province)
    new_enough(province, request)
    return caller


CallerHere = Annotated[Caller, Depends(signed_in)]
SenderHere = Annotated[Caller, Depends(sender)]
Protocol = Annotated[str, Depends(desk_protocol)]


def body_of(schema: str) -> Json:
    """Return the dependency that reads a body of one of the contract's shapes."""
    return Depends(json_body(schema))


def whole_number(text: str | None, default: int, least: int, most: int) -> int:
    """Return a number out of a query; raises ProblemError bad_request."""
    if text is None:
        return default
    if not re.fullmatch(r"[0-9]{1,18}", text) or not least <= int(text) <= most:
        raise ProblemError("bad_request")
    return int(text)
