"""A server that sends the head of its reply in drops is left when the time is over; one that is only slow is waited for."""

from __future__ import annotations

import socket
import threading

import pytest

from counter_app.sync.faults import NoContactError
from counter_app.sync.patience import PatientAdapter
from counter_app.sync.wire import Wire, deadline

BODY = b'{"service": "desk-sync"}'
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Desk-Sync: 1\r\nContent-Length: %d\r\n\r\n" % len(BODY)
LONG_HEAD = HEAD.replace(b"\r\n", b"\r\nX-Word: %b\r\n" % (b"x" * 2000), 1)
"""Takes many seconds, in drops."""
IN_DROPS = [(0.05, LONG_HEAD), (0.004, LONG_HEAD)]
"""Cut within the first line, and behind it: half a head is no reply of somebody else."""


class Dripping:
    """Answers each connection with one byte in a while; ``sent`` counts those of the head."""

    def __init__(self, every, head=HEAD):
        self.every, self.head, self.sent = every, head, 0
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self):
        try:
            while True:
                connection, _ = self.socket.accept()
                with connection:
                    self._drip(connection)
        except OSError:
            return

    def _drip(self, connection):
        connection.recv(65536)
        for number in range(len(self.head)):
            if self.over.wait(self.every):
                return
            connection.sendall(self.head[number:number + 1])
            self.sent += 1
        connection.sendall(BODY)

    def close(self):
        self.over.set()
        self.socket.close()


@pytest.fixture
def server(request):
    made = Dripping(*request.param)
    yield made
    made.close()


@pytest.mark.parametrize("server", IN_DROPS, indirect=True)
def test_a_head_in_drops_ends_with_the_time_of_the_pass(server):
    with pytest.raises(NoContactError):
        Wire(server.url, deadline(0.6)).get("/hello")
    assert server.sent < len(LONG_HEAD)


@pytest.mark.parametrize("server", IN_DROPS, indirect=True)
def test_a_head_in_drops_ends_where_a_pass_has_no_end_of_its_own(server):
    wire = Wire(server.url, deadline(86_400.0))
    wire._session.mount("http://", PatientAdapter(deadline(86_400.0), 0.4))
    with pytest.raises(NoContactError):
        wire.get("/hello")


@pytest.mark.parametrize("server", [(0.002,)], indirect=True)
def test_a_slow_head_within_the_time_is_waited_for(server):
    assert Wire(server.url, deadline(30.0)).get("/hello").value == {"service": "desk-sync"}
