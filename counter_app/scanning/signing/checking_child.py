"""The process in which the signatures of any PDF are read: who sent the file may be nobody's friend. Asked and answered once, in a line."""

from __future__ import annotations

import json
import sys
from base64 import b64decode
from pathlib import Path
from typing import Any

from counter_app.domain.errors import DeskError
from counter_app.scanning.confining import compute_at_most, confine
from counter_app.scanning.signing import words
from counter_app.scanning.signing.checking import signatures

MOST_CPU_S = 60
"""Seconds of computing for a file; a signature takes a tenth of one."""


def main() -> None:
    """Answer."""
    confine()
    compute_at_most(MOST_CPU_S)
    sys.stdout.buffer.write(words.line(_answer(json.loads(sys.stdin.buffer.readline()))))


def _answer(asked: dict[str, Any]) -> dict[str, Any]:
    try:
        return words.checks_told(signatures(Path(asked["path"]), [b64decode(each) for each in asked["roots"]]))
    except DeskError as error:
        return words.refusal(error)


if __name__ == "__main__":
    main()
