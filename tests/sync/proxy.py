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

    ``kind``: cut_request, cut_reply (after ``at`` thousandths of the bytes), lost_reply, silent, twice, flip_request, flip_reply, busy,
    broken, portal, redirect, unmarked, html_marked.
    """

    kind: str
    at: int = 500


KINDS = ("cut_request", "cut_reply", "lost_reply", "silent", "twice", "flip_request", "flip_reply", "busy", "broken", "portal", "redirect",
         "unmarked", "html_marked")
NOT_THE_GATEWAY = ("portal", "redirect", "unmarked", "html_marked")


class BadLine:
    """A proxy on loopback. ``plan`` are the faults of the next requests, None for none; ``seen`` are (method, path, headers, body)."""

    def __init__(self, target):
        self.target = urlsplit(target).netloc
        self.plan, self.seen, self.down = [], [], False
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.line = self
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_error):
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

    def _headers(self):
        headers = {}
        while (text := self.rfile.readline().decode("latin-1").strip()):
            name, _, value = text.partition(":")
            headers[name.lower()] = value.strip()
        return headers

    def _reply(self, line, fault, request):
        kind = fault.kind if fault else ""
        if made := _made(kind):
            return made
        if line.down or kind in ("silent", "cut_request"):
            return self._half(line, fault, request) if kind == "cut_request" and not line.down else b""
        method, path, headers, body = request
        if kind == "flip_request" and body:
            body = _flipped(body, fault.at)
        reply = _passed_on(line.target, method, path, headers, body)
        if kind == "twice":
            reply = _passed_on(line.target, method, path, headers, body)
        if kind == "lost_reply":
            return b""
        if kind == "unmarked":
            return reply.replace(b"x-desk-sync: 1\r\n", b"")
        if kind == "flip_reply":
            head, _, content = reply.partition(b"\r\n\r\n")
            return head + b"\r\n\r\n" + (_flipped(content, fault.at) if content else b"")
        return reply[:len(reply) * fault.at // 1000] if kind == "cut_reply" else reply

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


def _made(kind):
    """Return a reply of somebody who is not the province."""
    head = {
        "busy": b"HTTP/1.1 503 Busy\r\nX-Desk-Sync: 1\r\nDesk-Problem: maintenance\r\nContent-Type: application/problem+json\r\n",
        "broken": b"HTTP/1.1 500 Oh\r\nX-Desk-Sync: 1\r\nDesk-Problem: server_error\r\nContent-Type: application/problem+json\r\n",
        "portal": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n",
        "html_marked": b"HTTP/1.1 200 OK\r\nX-Desk-Sync: 1\r\nContent-Type: text/html\r\n",
        "redirect": b"HTTP/1.1 302 Found\r\nX-Desk-Sync: 1\r\nLocation: http://127.0.0.2:9/login\r\nContent-Type: application/json\r\n",
    }.get(kind)
    problem = {"busy": b'{"code":"maintenance","status":503}', "broken": b'{"code":"server_error","status":500}'}.get(kind, PORTAL)
    return head and head + b"Content-Length: %d\r\nConnection: close\r\n\r\n" % len(problem) + problem


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
