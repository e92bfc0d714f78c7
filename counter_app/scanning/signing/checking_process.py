"""Signatures of any PDF as the program reads them: a file that makes its reader hang or swallow memory costs an answer and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path

import counter_app
from counter_app.domain.errors import broken
from counter_app.scanning.signing import words
from counter_app.scanning.signing.checking import PdfSignatures
from counter_app.services.scanning.signing_ports import SignatureCheck
from counter_app.services.surroundings import disk_fault

COMMAND = (sys.executable, "-m", "counter_app.scanning.signing.checking_child")
LONGEST_S = 60
"""Seconds for a file."""


class SignaturesApart(PdfSignatures):
    """A :class:`~counter_app.services.scanning.signing_ports.SignatureReader` with a process for each file."""

    def __init__(self, longest_s: float = LONGEST_S) -> None:
        self._longest_s = longest_s

    def signatures(self, path: Path, roots: Sequence[bytes]) -> tuple[SignatureCheck, ...]:
        """Return the signatures of a file; raises as :meth:`.PdfSignatures.signatures`. One that can't be read in time is SIGN_DAMAGED."""
        asked = words.line({"path": str(path.absolute()), "roots": [b64encode(each).decode("ascii") for each in roots]})
        try:
            done = subprocess.run(  # noqa: S603  this program itself
                COMMAND, input=asked, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=self._longest_s, check=False,
                cwd=Path(counter_app.__file__).parents[1], creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0))
            answer = json.loads(done.stdout)
            if "code" in answer:
                raise words.refused(answer)
            return words.checks_of(answer)
        except OSError as error:
            raise disk_fault(error, path) from error
        except (subprocess.TimeoutExpired, LookupError, TypeError, ValueError):  # who was ended says nothing, which is no answer
            raise broken("SIGN_DAMAGED") from None
