"""Replies of the right kind with wrong things in them: no crash, nothing marked that did not arrive, nothing kept that hurts for ever."""

from __future__ import annotations

import secrets
from dataclasses import replace
from types import SimpleNamespace

import pytest
from requests.structures import CaseInsensitiveDict

from counter_app.services.line.province import Terms
from counter_app.services.repositories.uploads import Upload
from counter_app.sync import hello as verb
from counter_app.sync import one_pass
from counter_app.sync.faults import NoContactError, NotTheProvinceError, RefusedError
from counter_app.sync.hello import hello
from counter_app.sync.pull import page_of
from counter_app.sync.push import Batch, batch, push, wanted_from
from counter_app.sync.signing import is_signed
from counter_app.sync.token import pair_of
from counter_app.sync.wire import Reply, Wire
from tests.builders import DEVICE
from tests.sync.lines import nothing_is_pretended

DEEP: list = []
for _ in range(900):
    DEEP = [DEEP]
WRONG = [None, True, 0, -1, 1.5, "", [], {}, DEEP]
SAID = {
    "service": "desk-sync", "server_epoch": "e", "challenge": "c", "encodings": ["gzip"], "limits": {}, "server_time": "2026-11-20T09:00:00+07:00"}


def heard(monkeypatch, **changes):
    """Return what a desk takes from a hello with some members changed, as if the province itself had signed it."""
    monkeypatch.setattr(verb, "is_signed", lambda *_words: True)
    wire = SimpleNamespace(get=lambda _path, params: Reply(200, {}, b"", {**SAID, "nonce": params["nonce"], **changes}))
    return hello(wire, {})


@pytest.mark.parametrize("wrong", WRONG)
def test_a_limit_that_is_none_is_the_usual_one(monkeypatch, wrong):
    assert heard(monkeypatch, limits={"max_ops": wrong, "max_body_bytes": 7}).limits == {"max_body_bytes": 7}


def test_a_province_that_takes_less_than_one_op_gets_one(monkeypatch, line):
    line.take_in()
    with line.database.read() as uow:
        [epoch] = uow.events.lanes(DEVICE)
        ops = uow.outbox.due(DEVICE, epoch, 5)
    for limits, most in (({}, len(ops)), ({"max_ops": 0}, len(ops)), ({"max_ops": "x"}, len(ops)), ({"max_body_bytes": 1}, 1)):
        assert batch(ops, heard(monkeypatch, limits=limits), plain=False).ops == tuple(ops[:most])


@pytest.mark.parametrize("limits", [None, 7, "x", []])
def test_a_hello_without_limits_is_none(monkeypatch, limits):
    with pytest.raises(NotTheProvinceError):
        heard(monkeypatch, limits=limits)


@pytest.mark.parametrize("key", [*WRONG, {"key_id": "k"}, {"key_id": "k", "public_key": 5}, {"key_id": [], "public_key": "x"}])
def test_a_next_key_that_is_none_is_not_pinned(monkeypatch, key):
    assert heard(monkeypatch, next_key=key).next_key is None
    assert heard(monkeypatch, next_key={"key_id": "k", "public_key": "p"}).next_key == ("k", "p")


def test_a_pinned_key_that_is_none_signs_nothing_and_breaks_nothing():
    assert not is_signed("hello", {"signature": "AAAA"}, [*WRONG, "AAAA"])


@pytest.mark.parametrize("token", [*WRONG, "a\r\nX: y", "vé", "a b", "\ud800", "x" * 5000])
@pytest.mark.parametrize("name", ["access_token", "refresh_token"])
def test_a_token_that_no_header_carries_is_not_kept(name, token):
    good = {"access_token": "a-_.~+/=1", "refresh_token": "b"}
    assert pair_of(good) == ("a-_.~+/=1", "b")
    with pytest.raises(NotTheProvinceError):
        pair_of({**good, name: token})


@pytest.mark.parametrize("change", [
    {"next_cursor": "a\ud800"}, {"next_cursor": "a\x00"}, {"next_cursor": "x" * 300}, {"next_cursor": "é"}, {"has_more": 1},
    {"changes": [{"change_id": "a\x00b", "kind": "x", "at": "y"}]}, {"changes": [{"change_id": "a" * 200, "kind": "x", "at": "y"}]}])
def test_a_page_that_can_t_be_kept_counts_as_cut(change):
    good = {"changes": [{"change_id": "a", "kind": "x.y", "at": "2026-11-20T09:00:00+07:00"}], "next_cursor": "c2Vx-_=", "has_more": False}
    assert page_of(good, "").cursor == "c2Vx-_="
    with pytest.raises(NoContactError):
        page_of({**good, **change}, "")


@pytest.mark.parametrize("wrong", [{"rev": -1}, {"rev": 2**53}])
def test_an_answer_that_no_database_keeps_is_none(wrong):
    link = SimpleNamespace(post=lambda *_words, **_more: Reply(200, {}, b"", {"results": [{"op_id": "x", "outcome": "applied", **wrong}]}))
    with pytest.raises(NoContactError):
        push(link, Batch((SimpleNamespace(op_id="x"),), b"{}", ""))


@pytest.mark.parametrize("wrong", [*WRONG, 10**30])
def test_ops_are_sent_again_from_a_place_only_that_there_can_be(wrong):
    marks = [{"epoch": "one", "want_from": 7}, {"epoch": "two", "want_from": wrong}, wrong]
    assert wanted_from({"acked": marks}) == {"one": 7}


def around(monkeypatch, path, changed, *, allow=()):
    """Change what every reply from a place says, and refusals with the codes of ``allow`` too; what goes on for ever is ended."""
    really, asked = Wire.call, []

    def call(wire, method, where, **more):
        try:
            reply = really(wire, method, where, **more)
        except RefusedError as error:
            if where != path or error.code not in allow:
                raise
            reply = Reply(200, {}, b"")
        if where != path:
            return reply
        asked.append(where)
        assert len(asked) < 40, "goes on for ever"
        return replace(reply, value={**reply.value, **changed(len(asked), reply.value)})

    monkeypatch.setattr(Wire, "call", call)
    return asked


def test_a_feed_that_goes_round_is_left_and_read_on_another_time(enrolled, monkeypatch):
    with monkeypatch.context() as meanwhile:
        around(meanwhile, "/changes", lambda number, _told: {"changes": [], "next_cursor": f"c{number % 3}", "has_more": True})
        assert enrolled.client.once(Terms()).trouble.code == "NO_CONTACT"
    enrolled.run()  # the cursor that was made up is refused, and the feed is read from its beginning
    assert enrolled.run().troubles == ()


@pytest.mark.parametrize("empty", [True, False])
def test_a_feed_without_an_end_is_left_after_so_many_pages_and_holds_nothing_else_up(enrolled, province, monkeypatch, empty):
    """Every page has a cursor that nobody has seen before, and says that more is to come."""
    enrolled.run()
    enrolled.note(enrolled.first.code)
    sha = enrolled.file(enrolled.first, secrets.token_bytes(5000))
    monkeypatch.setattr(one_pass, "MOST_PAGES", 7)

    def endless(number, _told):
        news = [{"change_id": f"made-up-{number}", "kind": "x.y", "at": "2026-11-20T09:00:00+07:00"}]
        return {"changes": [] if empty else news, "next_cursor": f"c{number}", "has_more": True}

    with monkeypatch.context() as meanwhile:
        asked = around(meanwhile, "/changes", endless, allow={"cursor_expired"})
        end = enrolled.client.once(Terms())
    assert (len(asked), end.trouble.code, end.lasting) == (14, "NO_CONTACT", False), "before and after the ops"
    assert (end.sent > 0, end.uploaded) == (True, 1)
    assert enrolled.relation()["cursor"] == "c14", "what was read is read"
    assert (enrolled.run().troubles, nothing_is_pretended(enrolled, province).keys() != set()) == ((), True)
    with enrolled.database.read() as uow:
        assert uow.uploads.get(sha).state == "verified"


@pytest.mark.parametrize("members", [{"seq": 1}, {"epoch": "f" * 16}])
def test_a_lane_that_is_read_back_wrongly_is_not_read_for_ever(enrolled, monkeypatch, members):
    enrolled.run()
    enrolled.note(enrolled.first.code)
    enrolled.run()
    wanted(enrolled, next(iter(enrolled.relation()["epochs"])), 2)
    with monkeypatch.context() as meanwhile:
        around(meanwhile, "/ops", lambda _number, told: {"ops": [{**op, **members} for op in told["ops"]]})
        assert enrolled.client.once(Terms()).trouble.code == "NO_CONTACT"
    assert enrolled.run().troubles == ()
    assert enrolled.relation()["read_back"] == {}


def test_a_lane_that_the_province_does_not_know_has_nothing_to_read_back(enrolled):
    enrolled.run()
    wanted(enrolled, "f" * 16, 1)
    assert enrolled.run().troubles == ()
    assert enrolled.relation()["read_back"] == {}


def wanted(desk, epoch, seq):
    with desk.database.write() as uow:
        key = f"province/{DEVICE}"
        uow.settings.put(key, {**uow.settings.get(key), "read_back": {epoch: seq}})
        uow.commit()


class Twisted:
    """Changes the heads of replies to one method; counts what was asked, and ends what would go on for ever."""

    def __init__(self, monkeypatch, method, status=None, **changes):
        self.asked, self.on = 0, True
        really = Wire.bare

        def bare(wire, asked, path, **more):
            self.asked += 1
            assert self.asked < 40, "goes on for ever"
            reply = really(wire, asked, path, **more)
            if asked != method or not self.on:
                return reply
            headers = CaseInsensitiveDict(reply.headers)
            headers.update({name.replace("_", "-"): value for name, value in changes.items()})
            told = CaseInsensitiveDict({name: value for name, value in headers.items() if value is not None})
            return Reply(status or reply.status, told, b"")

        monkeypatch.setattr(Wire, "bare", bare)


@pytest.mark.parametrize(("method", "status", "changes"), [
    ("PATCH", None, {"Upload_Offset": "0"}), ("PATCH", None, {"Upload_Offset": "9" * 5000}), ("PATCH", None, {"Upload_Offset": "9000000"}),
    ("PATCH", None, {"Upload_Offset": None}), ("PATCH", 200, {"Desk_Blob": None}), ("POST", 200, {"Location": None}),
])
def test_a_file_whose_arrival_is_not_said_is_not_taken_for_arrived(enrolled, province, monkeypatch, method, status, changes):
    enrolled.run()
    sha = enrolled.file(enrolled.first, secrets.token_bytes(150_000))
    twisted = Twisted(monkeypatch, method, status, **changes)
    end = enrolled.client.once(Terms())
    assert (end.uploaded, end.trouble.code) == (0, "NOT_THE_PROVINCE")
    assert end.file_bytes <= 150_000
    with enrolled.database.read() as uow:
        assert uow.uploads.pending() == (1, 150_000)
    twisted.on, twisted.asked = False, 0
    assert enrolled.run().files == 0
    with enrolled.database.read() as uow:
        assert uow.uploads.get(sha).state == "verified"
    assert [each["state"] for each in province.state()["files"] if each["sha256"] == sha] == ["verified"]


@pytest.mark.parametrize(("status", "state"), [(200, "verified"), (202, "announced"), (204, None)])
def test_a_file_that_the_province_already_has_is_believed_by_its_status(enrolled, province, monkeypatch, status, state):
    enrolled.run()
    sha = enrolled.file(enrolled.first, b"x" * 1000)
    for _ in range(2):  # the second one reads what the feed says of the file
        enrolled.run()
    with enrolled.database.write() as uow:
        uow.uploads.put(Upload(sha))
        uow.commit()
    Twisted(monkeypatch, "HEAD", status, Desk_Blob=None)
    end = enrolled.client.once(Terms())
    with enrolled.database.read() as uow:
        assert uow.uploads.get(sha).state == (state or "sending")
    assert (end.trouble is None) == (state is not None)
