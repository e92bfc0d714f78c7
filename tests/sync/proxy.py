"""A bad line on purpose: passes requests on to a province, and does to each what the next fault of a plan says. No plan, no fault."""

from __future__ import annotations

import socket
import threading
from dataclasses import dataclass
from http.client import HTTPConnection
from socketserver import StreamRequestHandler, ThreadingTCPServer
from urllib.parse import urlsplit

PORTAL = b"<html><body>Dang nhap mang</body></html>"


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong with one request.

    ``kind``: cut_request, cut_reply (after ``at`` thousandths of the bytes), stall (the same, and then nothing), lost_reply, silent, twice,
    again_later (it comes once more after the next one), old_reply (what was said the last time at this address comes again), short_reply
    (whole by its length, and yet not), flip_request, flip_reply, busy, too_many, too_large, broken, portal, login_asked, redirect,
    unmarked, html_marked.
    """

    kind: str
    at: int = 500


NOT_THE_GATEWAY = ("portal", "login_asked", "redirect", "unmarked", "html_marked")
KINDS = ("cut_request", "cut_reply", "stall", "lost_reply", "silent", "twice", "again_later", "old_reply", "short_reply", "flip_request",
         "flip_reply", "busy", "too_many", "too_large", "broken", *NOT_THE_GATEWAY)
UNSEEN_WITHOUT_TLS = ("flip_reply",)
"""A reply has no digest: only TLS sees that a letter in it is another one."""
STALL_S = 30.0


class BadLine:
    """A proxy on loopback. ``plan`` are the faults of the next requests, None for none; ``seen`` are (method, path, headers, body)."""

    def __init__(self, target):
        self.target = urlsplit(target).netloc
        self.plan, self.seen, self.down = [], [], False
        self.later, self.said, self.over = [], {}, threading.Event()
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.line = self
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_error):
        self.over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def next_fault(self):
        with self._lock:
            return self.plan.pop(0) if self.plan else None

    def paths(self):
        return [path.partition("?")[0].removeprefix("/desk/v1") for _, path, _, _ in self.seen]


class _Server(ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    block_on_close = False


class _Handler(StreamRequestHandler):
    def handle(self):
        try:
            self._answer()
        except OSError:
            return

    def _answer(self):
        line = self.server.line
        words = self.rfile.readline().decode("latin-1").split()
        if len(words) != 3:
            return
        headers = self._headers()
        body = self.rfile.read(int(headers.get("content-length", "0")))
        method, path, _ = words
        line.seen.append((method, path, headers, body))
        fault = line.next_fault()
        reply = self._reply(line, fault, (method, path, headers, body))
        if reply:
            self.wfile.write(reply)
        if fault and fault.kind == "stall":
            line.over.wait(STALL_S)

    def _headers(self):
        headers = {}
        while (text := self.rfile.readline().decode("latin-1").strip()):
            name, _, value = text.partition(":")
            headers[name.lower()] = value.strip()
        return headers

    def _reply(self, line, fault, request):
        kind, at = (fault.kind, fault.at) if fault else ("", 0)
        if made := _made(kind):
            return made
        if line.down or kind == "silent":
            return b""
        if kind == "cut_request":
            return self._half(line, fault, request)
        method, path, headers, body = request
        if kind == "flip_request" and body:
            request = (method, path, headers, _flipped(body, at))
        reply = self._asked(line, kind, request)
        return AFTERWARDS[kind](reply, at) if kind in AFTERWARDS else reply

    @staticmethod
    def _asked(line, kind, request):
        """Pass a request on, as often and as late as the fault says; an old reply takes the place of the new one."""
        before, address = list(line.later), (request[0], request[1].partition("?")[0])
        reply = _passed_on(line.target, *request)
        line.later.clear()
        for older in [*before, *([request] if kind == "twice" else [])]:
            again = _passed_on(line.target, *older)
            reply = again if older is request else reply
        if kind == "again_later":
            line.later.append(request)
        old = line.said.get(address, reply)
        line.said[address] = reply
        return old if kind == "old_reply" else reply

    @staticmethod
    def _half(line, fault, request):
        """Send a part of a request and hang up."""
        method, path, headers, body = request
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        whole = f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode("latin-1") + body
        host, _, port = line.target.partition(":")
        with socket.create_connection((host, int(port)), timeout=10) as there:
            there.sendall(whole[:max(1, len(whole) * fault.at // 1000)])
        return b""


MADE = {
    "busy": (b"503 Busy", b"maintenance"), "broken": (b"500 Oh", b"server_error"), "too_large": (b"413 Too large", b"too_large"),
    "too_many": (b"429 Wait\r\nRetry-After: 7", b"rate_limited")}
FOREIGN = {
    "portal": b"200 OK\r\nContent-Type: text/html", "html_marked": b"200 OK\r\nX-Desk-Sync: 1\r\nContent-Type: text/html",
    "login_asked": b"511 Log in\r\nContent-Type: text/html",
    "redirect": b"302 Found\r\nX-Desk-Sync: 1\r\nLocation: http://127.0.0.2:9/login\r\nContent-Type: application/json"}


def _made(kind):
    """Return a reply that no province thought of: a gateway that is busy, or somebody who is not the province."""
    if kind in MADE:
        status, code = MADE[kind]
        head = b"%b\r\nX-Desk-Sync: 1\r\nDesk-Problem: %b\r\nContent-Type: application/problem+json" % (status, code)
        return _whole(head, b'{"code":"%b","status":%b}' % (code, status[:3]))
    return _whole(FOREIGN[kind], PORTAL) if kind in FOREIGN else b""


def _whole(head, content):
    return b"HTTP/1.1 %b\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%b" % (head, len(content), content)


def _with_content(reply, change):
    head, _, content = reply.partition(b"\r\n\r\n")
    changed = change(content) if content else b""
    fitting = head.replace(b"content-length: %d" % len(content), b"content-length: %d" % len(changed))
    return fitting + b"\r\n\r\n" + changed


AFTERWARDS = {
    "lost_reply": lambda reply, at: b"", "cut_reply": lambda reply, at: reply[:len(reply) * at // 1000],
    "stall": lambda reply, at: reply[:len(reply) * at // 1000], "unmarked": lambda reply, at: reply.replace(b"x-desk-sync: 1\r\n", b""),
    "short_reply": lambda reply, at: _with_content(reply, lambda content: content[:len(content) * at // 1000]),
    "flip_reply": lambda reply, at: _with_content(reply, lambda content: _flipped(content, at))}
"""What becomes of a reply of the province."""


def _flipped(data, at):
    place = min(len(data) - 1, len(data) * at // 1000)
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1:]


def _passed_on(target, method, path, headers, body):
    there = HTTPConnection(target, timeout=30)
    try:
        kept = {name: value for name, value in headers.items() if name not in ("connection", "host", "content-length")}
        there.request(method, path, body or None, kept)
        reply = there.getresponse()
        content = reply.read()
        head = "".join(f"{name}: {value}\r\n" for name, value in reply.getheaders() if name.lower() not in ("connection", "transfer-encoding"))
        return f"HTTP/1.1 {reply.status} x\r\n{head}Connection: close\r\n\r\n".encode("latin-1") + content
    finally:
        there.close()
