"""The thin line itself, and a desk over it: cut at any byte, thin, silent, losing connections; everything arrives, once."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from counter_app.sync import wire
from tests.province.trial import TrialProvince
from tests.sync.lines import AGENCY, Line, both_hold_the_same, nothing_is_pretended
from tests.sync.test_bad_line import over
from tests.sync.thin_line import Nature, ThinLine

pytestmark = pytest.mark.usefixtures("whole_catalogue")


@pytest.fixture
def echo():
    """The address of somebody who sends everything back."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        def serve():
            while True:
                try:
                    caller, _ = listening.accept()
                except OSError:
                    return
                threading.Thread(target=_back, args=(caller,), daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        listening.shutdown(socket.SHUT_RDWR)


def _back(caller):
    with caller, suppress(OSError):  # a line that is cut is reset
        while data := caller.recv(4096):
            caller.sendall(data)


def heard(line, data, patience=30.0):
    """Send bytes over a line and return those that come back."""
    with socket.create_connection(("127.0.0.1", line.port), timeout=patience) as there:
        got = b""
        try:
            there.sendall(data)
            while len(got) < len(data) and (part := there.recv(65_536)):
                got += part
        except OSError:
            pass
        return got


def test_a_sound_line_passes_every_byte_both_ways(echo):
    data = bytes(range(256)) * 400
    with ThinLine(echo) as line:
        assert heard(line, data) == data
        assert (line.up, line.down, line.cuts) == (len(data), len(data), 0)


def test_a_thin_line_takes_its_time_however_many_share_it(echo):
    with ThinLine(echo, Nature(bytes_per_s=40_000)) as line:
        began = time.monotonic()
        both = [threading.Thread(target=heard, args=(line, bytes(10_000))) for _ in range(2)]
        for each in both:
            each.start()
        for each in both:
            each.join()
        assert time.monotonic() - began >= 0.45


@pytest.mark.parametrize("at", [1, 700, 5000])
def test_it_cuts_flips_and_falls_silent_where_it_is_told(echo, at):
    data = bytes(10_000)
    with ThinLine(echo, Nature(flip_at=at)) as line:
        assert heard(line, data) == data[:at - 1] + b"\x01" + data[at:]
    with ThinLine(echo, Nature(bytes_per_s=1_000_000, cut_every=at)) as line:
        assert len(heard(line, data)) <= at
        assert line.cuts
    with ThinLine(echo, Nature(silent_every=at)) as line:
        assert len(heard(line, data, 0.2)) < at
        assert line.cuts == 0


def test_it_loses_connections_by_its_seed(echo):
    def lost(seed):
        with ThinLine(echo, Nature(lost=0.5), seed=seed) as line:
            return [heard(line, b"x") == b"" for _ in range(12)]

    assert lost(1) == lost(1)
    assert True in lost(1)
    assert False in lost(1)


def test_a_thin_line_that_is_cut_again_and_again_carries_facts_and_scans(enrolled, province):
    content = bytes(range(256)) * 1200
    sha256 = enrolled.file(enrolled.first, content)
    with ThinLine(province.url, Nature(bytes_per_s=400_000, cut_every=90_000)) as thin:
        over(enrolled, thin.url)
        told = enrolled.run()
        assert (told.files, told.pending, told.uploaded) == (0, 0, 1)
        assert thin.cuts >= 3
        assert thin.up < 2 * len(content), "it goes on where the province stopped; what lay in the line at a cut, at most a chunk, is sent again"
    over(enrolled, province.url)
    nothing_is_pretended(enrolled, province)
    with enrolled.database.read() as uow:
        assert uow.uploads.get(sha256).state == "verified"


def test_a_line_that_falls_silent_is_given_up_and_tried_again(enrolled, province, monkeypatch):
    monkeypatch.setattr(wire, "STALL_S", 0.4)
    with ThinLine(province.url, Nature(silent_every=3000)) as silent:
        over(enrolled, silent.url)
        waits = enrolled.waits

        def mended(_seconds):
            silent.change(Nature())

        enrolled.client._sleep = mended
        assert enrolled.run().pending == 0
        assert waits == [], "only our own wait was asked for"
        both_hold_the_same(enrolled, province)


@settings(max_examples=6, deadline=None, phases=[Phase.explicit, Phase.generate, Phase.shrink], suppress_health_check=list(HealthCheck))
@given(cuts=st.integers(300, 9000), lost=st.sampled_from([0.0, 0.3]), seed=st.integers(0, 99))
def test_i2_a_line_cut_each_so_many_bytes_ends_with_everything_there_once(tmp_path_factory, cuts, lost, seed):
    folder = tmp_path_factory.mktemp("cut")
    (folder / "province").mkdir()
    with TrialProvince(folder / "province") as province:
        line = Line(folder / "desk")
        line.note(line.take_in().code)
        line.enrol(province.ticket())
        province.do("assign", agency=AGENCY, record={"ChuHoSo": "Lê Văn Mẫu"})
        with ThinLine(province.url, Nature(cut_every=cuts, lost=lost), seed=seed) as thin:
            over(line, thin.url)
            tries = []
            line.client._sleep = tries.append
            line.client._share = lambda: 0.0 if len(tries) < 12 else 1e9
            line.run()
            nothing_is_pretended(line, province)
        over(line, province.url)
        line.client._share = lambda: 0.0
        line.run()
        both_hold_the_same(line, province)
        line.close()
