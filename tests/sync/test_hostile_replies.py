"""Replies made to hurt: a body in drops, a body nobody asked for, numbers as large as one likes."""

from __future__ import annotations

import gzip
import socket
import threading
import tracemalloc
from itertools import count
from types import SimpleNamespace

import pytest
import zstandard

from counter_app.services.line.province import NationalTicket
from counter_app.sync.faults import NoContactError
from counter_app.sync.national.portal import PortalSystem
from counter_app.sync.push import Batch, push
from counter_app.sync.reconcile import reconcile
from counter_app.sync.wire import Reply, Wire

MARKED = b"HTTP/1.1 200 OK\r\nX-Desk-Sync: 1\r\nContent-Type: application/json\r\n"
EPOCH = "0123456789abcdef"


class Sender:
    """Answers one request with a head and then pieces, for as long as somebody takes them; ``sent`` counts those."""

    def __init__(self, head, piece, most):
        self.sent = 0
        self._parts = head, piece, most
        self._server = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._answer, daemon=True)
        self.url = f"http://127.0.0.1:{self._server.getsockname()[1]}"

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_error):
        self._thread.join(20)
        self._server.close()

    def _answer(self):
        head, piece, most = self._parts
        there, _ = self._server.accept()
        with there:
            there.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            there.recv(65536)
            there.sendall(head)
            try:
                for _ in range(most):
                    there.sendall(piece)
                    self.sent += 1
                    threading.Event().wait(0.002)
            except OSError:
                return


def after(calls):
    """Return what tells how much time is left: enough for some questions, then none."""
    asked = count()
    return lambda: 5.0 if next(asked) < calls else 0.0


def test_a_body_in_drops_ends_with_the_time_and_not_with_the_body():
    with Sender(MARKED + b"Content-Length: 3000\r\n\r\n", b" ", 3000) as slow, pytest.raises(NoContactError):
        Wire(slow.url, after(5)).get("/hello")
    assert slow.sent < 3000


def test_the_answer_of_a_portal_in_drops_ends_with_the_time_too():
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 3000\r\n\r\n"
    with Sender(head, b" ", 3000) as slow, pytest.raises(NoContactError):
        PortalSystem(NationalTicket(slow.url, "H36.50.05", "u", "p"), after(5)).log_in()
    assert slow.sent < 3000


@pytest.mark.parametrize("name", ["gzip", "zstd"])
def test_a_small_body_that_unpacks_to_gigabytes_is_given_up_in_little_memory(name):
    plain = b" " * (300 << 20)
    body = gzip.compress(plain, 9) if name == "gzip" else zstandard.compress(plain)
    head = MARKED + b"Content-Encoding: %b\r\nContent-Length: %d\r\n\r\n" % (name.encode(), len(body))
    del plain
    with Sender(head, body, 1) as bomb:
        wire = Wire(bomb.url, lambda: 20.0)
        tracemalloc.start()
        try:
            with pytest.raises(NoContactError):
                wire.get("/hello")
            assert tracemalloc.get_traced_memory()[1] < 150 << 20
        finally:
            tracemalloc.stop()
            wire.close()


def test_the_body_of_a_reply_that_has_none_is_not_read():
    with Sender(MARKED + b"Content-Length: 100000000\r\n\r\n", b"x" * 1_000_000, 100) as large:
        wire = Wire(large.url, lambda: 5.0)
        assert wire.bare("PATCH", "/files/x", token="t", headers={}, data=b"y").status == 200
        wire.close()
    assert large.sent < 100


@pytest.mark.parametrize(("acked", "hashes"), [
    (10**15, []), (2, None), (2, 7), (2, [5]), (2, [{}]), (2, [{"seq": "x", "hash": "y"}])])
def test_a_reconciliation_with_impossible_figures_counts_as_cut(acked, hashes):
    link = SimpleNamespace(
        relation=SimpleNamespace(device="d", cursor=""),
        get=lambda _path, _params: Reply(200, {}, b"", {"acked": {"acked_through": acked}}),
        post=lambda _path, _wish: Reply(200, {}, b"", {"ranges": [{"match": False, "hashes": hashes}]}))
    with pytest.raises(NoContactError):
        reconcile(link, {EPOCH: 2}, lambda _epoch, first, last: dict.fromkeys(range(first, last + 1), "ab" * 32))


@pytest.mark.parametrize("wrong", [{"rev": 10**30}, {"reason": "\ud800"}, {"op_id": 7}])
def test_an_answer_that_can_t_be_kept_is_no_answer(wrong):
    link = SimpleNamespace(post=lambda *_words, **_more: Reply(200, {}, b"", {"results": [{"op_id": "x", "outcome": "applied", **wrong}]}))
    with pytest.raises(NoContactError):
        push(link, Batch((SimpleNamespace(op_id="x"),), b"{}", ""))
