"""How a pass may use the line: no more bytes of scans than allowed, a look at the feed in between, an end when it is asked for."""

from __future__ import annotations

import secrets
import threading

import pytest

from counter_app.domain.people import Actor, Role
from counter_app.services.line.comparing import ComparingService
from counter_app.services.line.desk import LineService
from counter_app.services.line.keeper import LineKeeper
from counter_app.services.line.province import Terms
from counter_app.services.line.rhythm import Why
from counter_app.services.line.terms import MEGABYTE
from counter_app.sync.one_at_a_time import alone
from tests.builders import DEVICE
from tests.sync.lines import nothing_is_pretended
from tests.sync.test_bad_line import over
from tests.sync.test_files import SIZE, held, nothing_in_the_clear, upload

ADMINISTRATOR = Actor("u-0002", Role.ADMINISTRATOR)
CHUNK = 65_536
"""The least chunk, and the first of a pass."""


@pytest.fixture
def ready(enrolled):
    """A desk whose facts are delivered, with two scans that wait."""
    enrolled.run()
    enrolled.contents = [secrets.token_bytes(SIZE), secrets.token_bytes(SIZE)]
    enrolled.shas = [enrolled.file(enrolled.first, content) for content in enrolled.contents]
    return enrolled


def line_of(desk):
    return LineService(desk.database, desk.clock, desk.client, DEVICE)


def never():
    return False


def test_small_facts_go_where_scans_may_not(ready, province):
    ready.note(ready.first.code)
    end = ready.client.once(Terms(file_bytes=0))
    assert (end.sent, end.uploaded, end.file_bytes, end.trouble) == (1, 0, 0, None)
    assert ready.client.standing().files == 2
    assert nothing_in_the_clear(ready)


def test_an_allowance_ends_between_two_chunks_and_the_rest_goes_on_from_there(ready, province, bad_line):
    over(ready, bad_line.url)
    end = ready.client.once(Terms(file_bytes=CHUNK))
    assert (end.uploaded, end.file_bytes) == (0, CHUNK)
    assert end.bytes_up >= end.file_bytes
    begun = next(sha for sha in ready.shas if upload(ready, sha) is not None)
    assert upload(ready, begun).state == "sending"
    assert nothing_in_the_clear(ready)
    rest = ready.client.once(Terms())
    assert (rest.uploaded, rest.file_bytes) == (2, 2 * SIZE - CHUNK), "not a byte twice"
    for sha, content in zip(ready.shas, ready.contents, strict=True):
        assert held(province, sha) == content
    nothing_is_pretended(ready, province)


def test_no_allowance_at_all_costs_no_request_for_a_file(ready, bad_line):
    over(ready, bad_line.url)
    ready.client.once(Terms(file_bytes=0))
    assert not [path for path in bad_line.paths() if path.startswith(("/uploads", "/blobs"))]


def test_scans_make_way_for_the_feed(ready):
    end = ready.client.once(Terms(files_s=0))
    assert (end.file_bytes, end.trouble) == (0, None)
    end = ready.client.once(Terms(files_s=600))
    assert end.uploaded == 2


def test_a_desk_s_budget_is_kept_over_many_passes_and_whole_again_tomorrow(ready, province):
    line = line_of(ready)
    line.save(ADMINISTRATOR, metered=False, daily_mb=1)
    ready.file(ready.first, secrets.token_bytes(MEGABYTE))
    for _ in range(6):
        end, more = line.make_pass(never)
        assert not (more and end.file_bytes == 0), "or it would go round and round"
    assert line.view().allowance == 0
    assert MEGABYTE <= line.view().file_bytes_today < MEGABYTE + CHUNK
    assert ready.client.standing().files > 0
    ready.clock.forward(days=1)
    while line.make_pass(never)[1]:
        pass
    assert ready.client.standing().files == 0
    nothing_is_pretended(ready, province)


def test_more_is_told_while_files_wait_that_may_go(ready, monkeypatch):
    monkeypatch.setattr("counter_app.services.line.terms.FILES_S", 0.0)
    line = line_of(ready)
    assert line.make_pass(never)[1] is False, "nothing went, so nothing more goes at once"
    monkeypatch.undo()
    assert line.make_pass(never)[1] is False
    assert ready.client.standing().files == 0


def test_a_pass_that_is_to_stop_says_no_further_word(ready, bad_line):
    over(ready, bad_line.url)

    def stopping():
        return len(bad_line.seen) >= 3

    end = ready.client.once(Terms(stopping=stopping))
    assert end.trouble is not None
    assert len(bad_line.seen) == 3
    assert ready.client.once(Terms()).trouble is None
    assert ready.client.standing().files == 0


def test_bytes_are_those_that_went_over_the_line(ready, bad_line):
    over(ready, bad_line.url)
    end = ready.client.once(Terms())
    assert end.bytes_up == sum(len(body) for *_, body in bad_line.seen)
    assert end.bytes_down > 0
    assert end.file_bytes == 2 * SIZE


def test_a_line_in_use_is_waited_for_without_an_entry(ready):
    line, seen = line_of(ready), threading.Event()

    def take(news):
        if news.why is Why.ELSEWHERE:
            seen.set()

    keeper = LineKeeper(line, ComparingService(ready.database, ready.clock, ready.client, DEVICE), take)
    with alone(ready.folder / "state"):
        thread = threading.Thread(target=keeper.run, daemon=True)
        thread.start()
        assert seen.wait(30)
    keeper.stop()
    thread.join(30)
    assert line.history(9) == []


def test_two_windows_of_one_desk_share_the_line(ready, province):
    """Both keep it; each op arrives once, whoever is quicker."""
    told = threading.Semaphore(0)
    keepers = [
        LineKeeper(line_of(ready), ComparingService(ready.database, ready.clock, ready.client, DEVICE), lambda _: told.release()) for _ in range(2)]
    threads = [threading.Thread(target=keeper.run, daemon=True) for keeper in keepers]
    for thread in threads:
        thread.start()
    for _ in range(3):
        ready.note(ready.first.code)
        for keeper in keepers:
            keeper.send_now()
    while line_of(ready).waiting() or ready.client.standing().files:
        assert told.acquire(timeout=30)
    for keeper, thread in zip(keepers, threads, strict=True):
        keeper.stop()
        thread.join(30)
    nothing_is_pretended(ready, province)
