"""One such system, over HTTP: a log-in gives a session, every other request names its service and carries an answer of its own.

The shape is that of the exchange with the national portal as published programs speak it: ``{"session", "madonvi", "service", "isUpdating",
"data"}`` to one address, answered by ``{"error_code": "00"}``. Confidence B: confirm it with the province (contract 19). Unlike the
gateway it signs nothing, so only TLS tells who answers, and an answer counts only with its ``error_code``.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from http.cookiejar import DefaultCookiePolicy
from itertools import chain
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies

import requests

from counter_app.domain.events import JsonObject
from counter_app.services.line.province import NationalTicket, is_loopback, require_safe
from counter_app.sync.faults import NoContactError, NotTheProvinceError, RefusedError
from counter_app.sync.national.system import RecordRefusedError
from counter_app.sync.patience import PatientAdapter
from counter_app.sync.wire import CONNECT_S, JSON, STALL_S, asked_wait, spoken, whole_body

LOGIN, SERVICE = "/login", "/service"
PORTAL_ACCOUNT = "portal_account"
"""The code of a refusal of the account itself."""
TAKEN = frozenset({"0", "00"})
NO_SESSION = frozenset({"401", "session_expired"})
_PROGRESS = "DanhSachTienDo"
_MOST_BYTES = 4 * 1024 * 1024
_MOST_CODE, _MOST_TEXT = 40, 1000


class PortalSystem:
    """Speaks for one commune. ``left`` tells how many seconds a call may still take; not for two threads."""

    def __init__(self, account: NationalTicket, left: Callable[[], float]) -> None:
        require_safe(account.base_url)
        self._account = account
        self._url = account.base_url.rstrip("/")
        self._left = left
        self._session_id = ""
        self.up = self.down = 0
        """Bytes of bodies."""
        self._http = requests.Session()
        self._http.trust_env = False
        self._http.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self._http.mount("http://", PatientAdapter(left))
        self._http.mount("https://", PatientAdapter(left))
        if not is_loopback(urlsplit(account.base_url).hostname or ""):
            self._http.proxies.update(getproxies())

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()

    def log_in(self) -> None:
        """Get a session; raises RefusedError ``portal_account`` where the account is not known."""
        told = self._post(LOGIN, {"username": self._account.user, "password": self._account.password})
        if str(told.get("error_code")) not in TAKEN or not _is_word(told.get("session")):
            raise RefusedError(403, PORTAL_ACCOUNT)
        self._session_id = told["session"]

    def knows(self, code: str) -> bool:
        """Tell whether the system holds a dossier of this code."""
        return bool(self._looked_up(code))

    def create(self, record: JsonObject) -> None:
        """Give a record that the system does not hold yet."""
        self._asked({"service": "DongBoHoSoMC", "isUpdating": "False", "data": [record]})

    def update(self, record: JsonObject) -> None:
        """Give the complete record in place of the one it holds."""
        self._asked({"service": "DongBoHoSoMC", "isUpdating": "True", "data": [record]})

    def progress(self, code: str, row: JsonObject) -> None:
        """Add a row to the progress of a dossier."""
        self._asked({"service": "CapNhatTienDoHoSoMC", "data": [{"MaHoSo": code, **row}]})

    def shows(self, code: str, row: JsonObject) -> bool:
        """Tell whether a look-up of the dossier lists a row, be it with members of the system's own."""
        told = [each.get(_PROGRESS) for each in self._looked_up(code) if isinstance(each, dict)]
        rows = chain.from_iterable(each for each in told if isinstance(each, list))
        return any(isinstance(each, dict) and all(each.get(name) == value for name, value in row.items()) for each in rows)

    def _looked_up(self, code: str) -> list[Any]:
        found = self._asked({"service": "TraCuuHoSo", "mahoso": code}).get("result")
        return found if isinstance(found, list) else []

    def upload(self, name: str, content: bytes) -> str:
        """Give a file and return its link."""
        link = self._asked({"service": "TaiTep", "data": [{"TenTep": name, "NoiDung": base64.b64encode(content).decode()}]}).get("link")
        if not isinstance(link, str) or not _is_word(link):
            raise NotTheProvinceError
        return link

    def _asked(self, wish: JsonObject) -> JsonObject:
        """Ask with the session; one that is over is renewed once."""
        for _ in range(2):
            if not self._session_id:
                self.log_in()
            told = self._post(SERVICE, {"session": self._session_id, "madonvi": self._account.unit, **wish})
            code = str(told.get("error_code", ""))
            if code in TAKEN:
                return told
            if code not in NO_SESSION:
                raise RecordRefusedError(_shown(code, _MOST_CODE), _shown(told.get("message", ""), _MOST_TEXT))
            self._session_id = ""
        raise RefusedError(401, PORTAL_ACCOUNT)

    def _post(self, path: str, body: JsonObject) -> JsonObject:
        """Send one request; an answer is a JSON object with an ``error_code``, anything else comes from somebody else."""
        left = self._left()
        if left <= 0:
            raise NoContactError("cut")
        data = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        self.up += len(data)
        with spoken(), self._http.post(
            self._url + path, data=data, headers={"Content-Type": f"{JSON}; charset=utf-8", "Accept": JSON},
            allow_redirects=False, stream=True, timeout=(min(CONNECT_S, left), min(STALL_S, left)),
        ) as reply:
            if reply.status_code >= 500 or reply.status_code == 429:
                raise RefusedError(reply.status_code, "portal_busy", None, asked_wait(reply))
            content = whole_body(reply, self._left, _MOST_BYTES)
            self.down += len(content)
            return _answer(reply, content)


def _answer(reply: requests.Response, content: bytes) -> JsonObject:
    kind = reply.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if reply.status_code != 200 or kind != JSON:
        raise NotTheProvinceError
    try:
        told: Any = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise NoContactError("cut") from error
    if not isinstance(told, dict) or "error_code" not in told:
        raise NotTheProvinceError
    return told


def _is_word(value: object) -> bool:
    """Tell whether a text can be kept and sent back as it is."""
    return isinstance(value, str) and value.isprintable() and 0 < len(value) <= _MOST_TEXT


def _shown(value: object, most: int) -> str:
    """Return what a system says of a refusal so that it can be kept and shown, whatever is in it."""
    return "".join(sign for sign in str(value)[:most] if sign.isprintable())
