"""Releases of the program by HTTP: an address with a head at a fixed name and packed files by their digests. Nothing that comes is believed
before its signature and digest were looked at; what was cut goes on where it was.
"""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit
from urllib.request import getproxies

import requests

from counter_app.domain.errors import DeskError, broken, failed
from counter_app.services.line.pace import wait_before
from counter_app.services.line.province import is_loopback, require_safe
from counter_app.services.one_at_a_time import alone
from counter_app.services.surroundings import disk_fault
from counter_app.services.updating.ports import Limits
from counter_app.services.updating.release import MOST_HEAD_BYTES, ReleaseFile, head_name
from counter_app.support.files import private_folder
from counter_app.support.packed import OBJECTS, packed_name
from counter_app.sync.faults import NoContactError
from counter_app.sync.patience import PatientAdapter
from counter_app.sync.wire import CONNECT_S, OK, PART, STALL_S, spoken, whole_body

MOST_TRIES = 5
"""How often a file is asked for in a row without a byte coming."""
_PIECE = 64 * 1024
_NO_END_S = 86_400.0
_MISSING, _AT_END = 404, 416


class ProgramAddress:
    """:class:`~counter_app.services.updating.ports.Source` of an address. ``folder`` keeps what has come between the tries.

    ``sleep`` and ``share`` are time and chance.
    """

    def __init__(
        self, address: str, folder: Path, limits: Limits, *, sleep: Callable[[float], None] = time.sleep,
        share: Callable[[], float] = random.random,
    ) -> None:
        require_address(address)
        self._address = address.rstrip("/")
        self._folder = folder
        self._limits = limits
        self._sleep = sleep
        self._share = share
        self.fetched = 0
        """Bytes that came over the line so far."""
        self._alone, self._is_alone = ExitStack(), False
        self._session = requests.Session()
        self._session.trust_env = False
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, PatientAdapter(self._left))
        if not is_loopback(urlsplit(address).hostname or ""):
            self._session.proxies.update(getproxies())

    def close(self) -> None:
        """Let go of the connections, and of the folder."""
        self._session.close()
        self._alone.close()

    def head(self, system: str) -> bytes:
        """Return the document of the newest release for a system there."""
        try:
            with self._asked(head_name(system), {}) as reply:
                if reply.status_code == _MISSING:
                    raise broken("UPDATE_NOTHING", None, path=self._address, system=system)
                if reply.status_code != OK:
                    raise failed("UPDATE_ADDRESS_REFUSED", number=reply.status_code)
                body = whole_body(reply, self._left, MOST_HEAD_BYTES)
        except NoContactError as error:
            raise _unheard(error, self._address) from error
        self.fetched += len(body)
        return body

    @contextmanager
    def opened(self, file: ReleaseFile) -> Iterator[BinaryIO]:
        """Give the packed bytes of a file, fetched whole first. From the first file on nobody else fetches into the same folder."""
        if not self._is_alone:
            self._alone.enter_context(alone(self._folder.with_name(f".{self._folder.name}.lock"), "UPDATE_RUNNING"))
            self._is_alone = True
        private_folder(self._folder)
        parcel = self._folder / packed_name(file.sha256)
        done = parcel.with_suffix(".whole")
        if not done.exists():
            self._fetch_whole(file, parcel)
            parcel.replace(done)
        with done.open("rb") as content:
            yield content

    def forget(self, file: ReleaseFile) -> None:
        """Throw away what was fetched of a file."""
        (self._folder / packed_name(file.sha256)).with_suffix(".whole").unlink(missing_ok=True)

    def done(self) -> None:
        """Throw away all that was fetched: it is in its place."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _fetch_whole(self, file: ReleaseFile, parcel: Path) -> None:
        """Fetch a file, going on after each cut, until it is whole or nothing comes any more."""
        tries = 0
        with parcel.open("ab", buffering=0) as target:
            while True:
                before = target.tell()
                try:
                    self._fetch(file, target)
                    return
                except NoContactError as error:
                    tries = 0 if target.tell() > before else tries + 1
                    if tries >= MOST_TRIES or self._limits.stopping():
                        raise _unheard(error, self._address) from error
                    self._sleep(wait_before(tries, self._share()))

    def _fetch(self, file: ReleaseFile, target: BinaryIO) -> None:
        """Write the rest of a file to the end of ``target``; raises NoContactError where the reply was cut."""
        start = target.tell()
        sent = {"Range": f"bytes={start}-"} if start else {}
        with self._asked(f"{OBJECTS}/{packed_name(file.sha256)}", sent) as reply:
            if reply.status_code == _AT_END and start:
                return
            begin = self._begun(reply, target, start)
            most = file.size + file.size // 64 + 1024
            while part := reply.raw.read1(_PIECE, decode_content=False):
                self._count(len(part))
                if target.tell() + len(part) > most:
                    raise failed("UPDATE_DAMAGED", path=file.path)
                _append(target, part, self._folder)
                if self._left() <= 0:
                    raise NoContactError("cut")
            promised = reply.headers.get("Content-Length", "")
            if promised.isdigit() and target.tell() - begin < int(promised):
                raise NoContactError("cut")

    def _begun(self, reply: requests.Response, target: BinaryIO, start: int) -> int:
        """Return where in the file the body of a reply begins: at ``start``, as was asked for, or all over again."""
        if reply.status_code == PART and reply.headers.get("Content-Range", "").startswith(f"bytes {start}-"):
            return start
        if reply.status_code != OK:
            raise _refused(reply.status_code, self._address)
        target.truncate(0)
        target.seek(0)
        return 0

    def _count(self, size: int) -> None:
        self.fetched += size
        if self._limits.most_bytes is not None and self.fetched > self._limits.most_bytes:
            raise failed("UPDATE_BUDGET")

    @contextmanager
    def _asked(self, name: str, headers: dict[str, str]) -> Iterator[requests.Response]:
        if self._left() <= 0:
            raise NoContactError("cut")
        sent = {"Accept-Encoding": "identity", **headers}
        with spoken(), self._session.get(
            f"{self._address}/{name}", headers=sent, allow_redirects=False, stream=True, timeout=(CONNECT_S, STALL_S),
        ) as reply:
            yield reply

    def _left(self) -> float:
        return 0.0 if self._limits.stopping() else _NO_END_S


def _append(target: BinaryIO, part: bytes, folder: Path) -> None:
    """Write all of a part; a full disk is told as such, and not as a fault of the line."""
    rest = memoryview(part)
    try:
        while rest:
            rest = rest[target.write(rest):]
    except OSError as error:
        raise disk_fault(error, folder) from error


def require_address(address: str) -> None:
    """Refuse an address that releases can't be asked for at: HTTPS, or plain HTTP to this computer.

    Raises:
        RuleBrokenError: UPDATE_ADDRESS at ``address``.
    """
    try:
        require_safe(address)
    except DeskError as error:
        raise broken("UPDATE_ADDRESS", "address") from error


def _unheard(error: NoContactError, address: str) -> DeskError:
    return failed("UPDATE_NOT_SAFE" if error.kind == "tls" else "UPDATE_NO_CONTACT", path=address)


def _refused(status: int, address: str) -> DeskError:
    return failed("UPDATE_LACKS", path=address) if status == _MISSING else failed("UPDATE_ADDRESS_REFUSED", number=status)
