"""The process that loads the vendor's library and holds the token; the program starts it anew for each batch, and the PIN ends with it.

Its first line says that it is there; then every line that it is asked gets one in answer.
"""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path
from typing import Any

from counter_app.domain.errors import DeskError, failed
from counter_app.scanning.signing import words
from counter_app.scanning.signing.token import OpenToken, Tokens
from counter_app.support.memory import leave_no_core


def main() -> None:
    """Answer until nobody asks."""
    leave_no_core()
    out = _own_output()
    open_token: list[OpenToken] = []
    out.write(words.line({}))
    for asked in sys.stdin.buffer:
        out.write(words.line(_answer(json.loads(asked), open_token)))


def _answer(asked: dict[str, Any], open_token: list[OpenToken]) -> dict[str, Any]:
    try:
        return _done(asked, open_token)
    except DeskError as error:
        return words.refusal(error)
    except Exception as error:  # noqa: BLE001  # edge: what a library of others throws may hold what nobody shall read; its name is enough
        return words.refusal(failed("TOKEN_FAILED", fault=type(error).__name__))


def _done(asked: dict[str, Any], open_token: list[OpenToken]) -> dict[str, Any]:
    if asked["do"] == words.SIGN:
        open_token[0].sign(Path(asked["source"]), words.mark_of(asked["mark"]), Path(asked["out"]))
        return {}
    tokens = Tokens(Path(asked["library"]))
    if asked["do"] == words.LIST:
        return {"certificates": [words.certificate_told(each) for each in tokens.certificates()]}
    open_token.append(tokens.open(words.certificate_of(asked["certificate"]), asked["pin"]))
    return {}


def _own_output() -> io.RawIOBase:
    """Return the output for answers alone: what a vendor's library prints goes nowhere. A line is said when it is written."""
    own = os.dup(sys.stdout.fileno())
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    return io.FileIO(own, "wb")


if __name__ == "__main__":
    main()
