"""Wrong lines on purpose: each of the classical mistakes must be seen by the checks that the other tests rest on."""

from __future__ import annotations

import shutil

import pytest

from counter_app.services.line import pace
from counter_app.services.line.incoming import Incoming
from counter_app.storage.repositories.outbox import SqlOutbox
from counter_app.sync import lanes
from counter_app.sync.one_pass import OnePass
from tests.fakes import FakeGuard
from tests.sync.lines import AGENCY, LONG, Line, both_hold_the_same, nothing_is_pretended
from tests.sync.proxy import Fault
from tests.sync.test_bad_line import over

MANY = 8
"""Dossiers that change within far fewer seconds than there are of them."""


class ForgetfulGuard(FakeGuard):
    """Remembers its epoch and no number: what is left is the largest one in the database, and one more."""

    def __init__(self, line):
        super().__init__()
        self.begin(line.desk.settings.profile().epoch, None)

    def advance(self, day, series, serial):
        return

    def settle(self, day, series, serial):
        return


def known_revs_agree(line, province):
    return all(line.dossier(each["dossier_id"]).known_rev == each["rev"] for each in province.state()["dossiers"])


def test_marking_all_as_sent_at_once_is_seen(enrolled, bad_line, province, monkeypatch):
    over(enrolled, bad_line.url)

    def marks_all(self, op_ids):
        for op_id in op_ids:
            self.settle(op_id, "province_has", None, {})

    monkeypatch.setattr(SqlOutbox, "sending", marks_all)
    bad_line.plan = [None, None, Fault("silent")]
    enrolled.run()
    with pytest.raises((AssertionError, KeyError)):
        nothing_is_pretended(enrolled, province)


def test_trusting_a_status_of_200_is_seen(enrolled, bad_line, province, monkeypatch):
    over(enrolled, bad_line.url)

    def trusting(link, sent):
        link.post("/push", sent.body, encoding=sent.encoding)
        return {"results": [{"op_id": each.op_id, "outcome": "applied", "rev": 1} for each in sent.ops]}

    monkeypatch.setattr(lanes, "push", trusting)
    empty = b"HTTP/1.1 200 OK\r\nX-Desk-Sync: 1\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"
    monkeypatch.setattr("tests.sync.proxy._made", lambda kind: empty if kind == "empty" else None)
    bad_line.plan = [None, None, Fault("empty")]
    enrolled.run()
    with pytest.raises((AssertionError, KeyError)):
        nothing_is_pretended(enrolled, province)


def test_a_cursor_made_of_times_is_seen(enrolled, province, monkeypatch):
    enrolled.run()
    newest, sound = {"at": ""}, Incoming.apply

    def by_time(self, entry):
        if entry["at"] <= newest["at"]:
            return False
        newest["at"] = entry["at"]
        return sound(self, entry)

    monkeypatch.setattr(Incoming, "apply", by_time)
    dossiers = [enrolled.first, *(enrolled.take_in() for _ in range(MANY - 1))]
    enrolled.run()
    for dossier in dossiers:
        province.do("change", agency=AGENCY, dossier_id=dossier.dossier_id, members={"GhiChu": "x"})
    enrolled.run()
    assert not known_revs_agree(enrolled, province)


def test_numbering_from_the_largest_code_on_record_is_seen(enrolled, tmp_path):
    """After a restore it gives a citizen the number of another one; the guard beside the database never does."""
    assert_codes_differ(*_codes_around_a_restore(enrolled, tmp_path, enrolled.desk.guard))
    with pytest.raises(AssertionError):
        assert_codes_differ(*_codes_around_a_restore(enrolled, tmp_path, ForgetfulGuard(enrolled)))


def assert_codes_differ(first, second):
    assert first != second, "a code was given to two dossiers (invariant 14)"


def _codes_around_a_restore(line, folder, guard):
    before = Line(line.folder, made=False, guard=guard)
    before.close()
    backup = shutil.copy(line.folder / "desk.db", folder / "backup.db")
    used = Line(line.folder, made=False, guard=guard)
    lost = used.take_in().code
    used.close()
    for rest in line.folder.glob("desk.db*"):
        rest.unlink()
    shutil.copy(backup, line.folder / "desk.db")
    restored = Line(line.folder, made=False, guard=guard)
    try:
        return lost, restored.take_in().code
    finally:
        restored.close()


def test_waiting_without_a_cap_is_seen(enrolled, province, monkeypatch):
    monkeypatch.setattr(pace, "LONGEST_WAIT_S", float("inf"))
    province.do("fault", path="/hello", code="maintenance", times=12)
    enrolled.run(LONG * 100)
    assert max(enrolled.waits) > 900


def test_forgetting_the_one_transaction_of_page_and_cursor_is_seen(enrolled, province, monkeypatch):
    """A cursor that is stored before its page loses what a crash in between takes."""
    enrolled.run()
    province.do("change", agency=AGENCY, dossier_id=enrolled.first.dossier_id, members={"GhiChu": "x"})

    def dies(_self, _entry):
        raise KeyboardInterrupt

    sound = OnePass.pull

    def cursor_first(self):
        from counter_app.sync import pull

        self._link.keep(cursor=pull.changes(self._link).cursor)
        sound(self)

    with monkeypatch.context() as broken:
        broken.setattr(OnePass, "pull", cursor_first)
        broken.setattr(Incoming, "apply", dies)
        enrolled.run()
    enrolled.run()
    assert not known_revs_agree(enrolled, province)


def test_the_sound_line_passes_the_same_checks(enrolled, bad_line, province):
    over(enrolled, bad_line.url)
    bad_line.plan = [None, None, Fault("silent")]
    for note in ("một", "hai", "ba", "bốn"):
        enrolled.note(enrolled.first.code)
        enrolled.run()
        province.do("change", agency=AGENCY, dossier_id=enrolled.first.dossier_id, members={"GhiChu": note})
    enrolled.run()
    both_hold_the_same(enrolled, province)
    assert known_revs_agree(enrolled, province)
    assert max(enrolled.waits) <= 900
