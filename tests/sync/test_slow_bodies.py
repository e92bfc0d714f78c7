"""A request that is taken slowly is waited for as long as any of it moves; one that nobody takes is given up."""

from __future__ import annotations

import re
import socket
import threading
from contextlib import suppress

import pytest

from counter_app.sync import wire as wire_module
from counter_app.sync.faults import NoContactError
from counter_app.sync.patience import PatientAdapter
from counter_app.sync.wire import Wire, deadline

BODY = b'{"service": "desk-sync"}'
REPLY = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Desk-Sync: 1\r\nContent-Length: %d\r\n\r\n%b" % (len(BODY), BODY)


class Reading:
    """Takes one request, slowly: a rest in the middle of its body, then an answer. ``got`` are the bytes that came."""

    SMALL = 4096

    def __init__(self, rest):
        self.rest, self.got = rest, 0
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, self.SMALL)  # what it has not read yet waits on the other side
        self.socket.bind(("127.0.0.1", 0))
        self.socket.listen()
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self):
        with suppress(OSError):
            connection, _ = self.socket.accept()
            with connection:
                self._take(connection)

    def _take(self, connection):
        head = b""
        while b"\r\n\r\n" not in head:
            head += connection.recv(1024)
        length = int(re.search(rb"Content-Length: (\d+)", head)[1])
        self.got = len(head.partition(b"\r\n\r\n")[2])
        rests = [length // 2, length // 4]
        while self.got < length and (part := connection.recv(65_536)):
            self.got += len(part)
            if rests and self.got >= rests[-1]:
                rests.pop()
                self.over.wait(self.rest)
        connection.sendall(REPLY)

    def close(self):
        self.over.set()
        self.socket.close()


LARGE = b" " * 8_000_000
"""More than any computer keeps of what was not read on the other side."""


@pytest.fixture
def reader(request):
    made = Reading(request.param)
    yield made
    made.close()


@pytest.mark.parametrize("reader", [0.4], indirect=True)
def test_a_body_may_take_as_long_as_it_moves_however_short_the_time_for_a_connection(reader, monkeypatch):
    monkeypatch.setattr(wire_module, "CONNECT_S", 0.5)
    assert Wire(reader.url, deadline(86_400.0)).post("/push", LARGE).value == {"service": "desk-sync"}
    assert reader.got == len(LARGE)


@pytest.mark.parametrize("reader", [60.0], indirect=True)
def test_a_body_that_nobody_takes_is_given_up_as_a_reply_that_does_not_come(reader):
    wire = Wire(reader.url, deadline(86_400.0))
    wire._session.mount("http://", PatientAdapter(deadline(86_400.0), 0.3))
    with pytest.raises(NoContactError):
        wire.post("/push", LARGE)
    assert reader.got < len(LARGE)


@pytest.mark.parametrize("reader", [60.0], indirect=True)
def test_a_body_ends_with_the_time_of_the_pass_too(reader):
    with pytest.raises(NoContactError):
        Wire(reader.url, deadline(0.5)).post("/push", LARGE)
    assert reader.got < len(LARGE)
