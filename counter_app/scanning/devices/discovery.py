"""Finds network scanners that announce themselves (``_uscan._tcp``) with one question over multicast and the standard library alone."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.scanner_address import scanner_address
from counter_app.domain.text import tidy
from counter_app.scanning.devices.dns_words import PTR, SRV, TXT, A, DamagedMessageError, Record, read_answers, write_question

SERVICE = "_uscan._tcp.local"
GROUP = ("224.0.0.251", 5353)
_LARGEST = 9000
_MOST_FOUND = 100
_LONGEST_NAME = 80


def discover(seconds: float = 2.0, group: tuple[str, int] = GROUP) -> tuple[tuple[str, str], ...]:
    """Return address and name of each scanner that answers within so many seconds, by name; none where there is no network."""
    heard = _Heard()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 255)
        now = time.monotonic()
        for until in (now + seconds / 2, now + seconds):  # asked twice: a message may be lost, or tell only half
            _ask(line, group, [(SERVICE, PTR), *((name, kind) for name in heard.unknown() for kind in (SRV, TXT))])
            for message, sender in _messages(line, until):
                heard.hear(message, sender)
    return tuple(sorted(heard.scanners(), key=lambda found: (found[1], found[0])))


def _ask(line: socket.socket, group: tuple[str, int], questions: list[tuple[str, int]]) -> None:
    """Ask on every network that this PC is in."""
    message = write_question(questions)
    for own in ("", *_own_addresses()):  # the system's choice first: one that was named stays chosen
        try:
            if own:
                line.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(own))
            line.sendto(message, group)
        except OSError:  # this network is down; a scanner may be in another one
            continue


def _own_addresses() -> list[str]:
    try:
        return socket.gethostbyname_ex(socket.gethostname())[2]
    except OSError:
        return []


def _messages(line: socket.socket, until: float) -> Iterator[tuple[bytes, str]]:
    while (left := until - time.monotonic()) > 0:
        line.settimeout(left)
        try:
            message, sender = line.recvfrom(_LARGEST)
        except OSError:  # nothing came in time, or the network went away
            return
        yield message, sender[0]


class _Heard:
    """What was told of scanners so far, by name."""

    def __init__(self) -> None:
        self._senders: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._places: dict[str, Record] = {}
        self._texts: dict[str, Record] = {}
        self._hosts: dict[str, str] = {}

    def hear(self, message: bytes, sender: str) -> None:
        """Take in a message; one that is damaged says nothing."""
        try:
            records = read_answers(message)
        except DamagedMessageError:
            return
        for record in records:
            if record.kind == PTR and record.name == SERVICE and len(self._names) < _MOST_FOUND:
                self._names.setdefault(record.target.lower(), record.target)
                self._senders.setdefault(record.target.lower(), sender)
            elif record.kind == SRV:
                self._places[record.name] = record
            elif record.kind == TXT:
                self._texts[record.name] = record
            elif record.kind == A:
                self._hosts[record.name] = record.target

    def unknown(self) -> list[str]:
        """Return the scanners whose place nobody told yet."""
        return [name for key, name in self._names.items() if key not in self._places]

    def scanners(self) -> Iterator[tuple[str, str]]:
        """Yield address and name of those whose place is known; one that gives no address of its own is where its answer came from."""
        for key, name in self._names.items():
            place = self._places.get(key)
            if place is None:
                continue
            text = self._texts.get(key)
            members = text.members if text and text.members else {}
            host = self._hosts.get(place.target, self._senders[key])
            path = members.get("rs", "eSCL").strip("/") or "eSCL"
            port = "" if place.port == 80 else f":{place.port}"
            try:
                address = scanner_address(f"http://{host}{port}/{path}")
            except RuleBrokenError:
                continue
            yield address, tidy(members.get("ty", "") or name.partition("._uscan")[0].replace("\\.", "."))[:_LONGEST_NAME]
