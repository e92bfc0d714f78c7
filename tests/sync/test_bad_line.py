"""A line that cuts, stalls, doubles, damages and lies: in the end both sides hold the same, and somebody else gets nothing."""

from __future__ import annotations

import pytest

from tests.builders import DEVICE
from tests.sync.lines import AGENCY, both_hold_the_same, nothing_is_pretended
from tests.sync.proxy import KINDS, NOT_THE_GATEWAY, Fault


def over(line, address):
    """Let a desk reach its province by another address."""
    with line.database.write() as uow:
        uow.settings.put(f"province/{DEVICE}", uow.settings.get(f"province/{DEVICE}") | {"base_url": address})
        uow.commit()


def remembered(line):
    """Return everything that a false reply must not change."""
    relation = line.relation()
    return line.ops(), {name: relation[name] for name in relation if name not in ("stopped", "stopped_lane", "proven_at")}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("at", [2])
def test_any_fault_at_any_request_ends_with_everything_there_once(enrolled, bad_line, province, kind, at):
    over(enrolled, bad_line.url)
    province.do("assign", agency=AGENCY, record={"ChuHoSo": "Lê Văn Mẫu"})
    bad_line.plan = [*[None] * at, Fault(kind)]
    assert enrolled.run().pending == 0
    assert bad_line.plan == []
    both_hold_the_same(enrolled, province)
    assert len(province.state()["dossiers"]) == 2


@pytest.mark.parametrize("at", [1, 500, 990])
@pytest.mark.parametrize("kind", ["cut_request", "cut_reply"])
def test_i1_a_push_cut_anywhere_has_one_effect(enrolled, bad_line, province, kind, at):
    over(enrolled, bad_line.url)
    bad_line.plan = [None, None, Fault(kind, at)]
    enrolled.run()
    assert province.state()["dossiers"][0]["rev"] == len(enrolled.ops())
    both_hold_the_same(enrolled, province)


@pytest.mark.parametrize("kind", NOT_THE_GATEWAY)
def test_i18_somebody_else_gets_no_token_no_body_and_changes_nothing(enrolled, bad_line, province, kind):
    over(enrolled, bad_line.url)
    before = remembered(enrolled)
    bad_line.plan = [Fault(kind)] * 30
    told = enrolled.run(0.5)
    assert (told.contact, told.sent, told.received) == (False, 0, 0)
    assert [each.problem.code for each in told.troubles] == ["NOT_THE_PROVINCE"]
    assert remembered(enrolled) == before
    assert set(bad_line.paths()) == {"/hello"}
    assert not any("authorization" in headers or body for _, _, headers, body in bad_line.seen)
    bad_line.plan = []
    enrolled.run()
    both_hold_the_same(enrolled, province)


def test_a_login_page_in_the_middle_stops_everything_until_contact_is_proven_again(enrolled, bad_line, province):
    over(enrolled, bad_line.url)
    bad_line.plan = [None, None, Fault("portal")]
    enrolled.run()
    assert bad_line.paths()[2:4] == ["/push", "/hello"]
    both_hold_the_same(enrolled, province)


def test_a_200_without_an_answer_for_each_op_is_no_answer(enrolled, bad_line, province, monkeypatch):
    """Whoever trusts a status of 200 marks ops that nobody has."""
    over(enrolled, bad_line.url)
    short = b'HTTP/1.1 200 OK\r\nX-Desk-Sync: 1\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}'
    monkeypatch.setattr("tests.sync.proxy._made", lambda kind: short if kind == "empty" else None)
    bad_line.plan = [None, None, Fault("empty")]
    before = enrolled.waits
    enrolled.run()
    assert before, "it waited, and sent again"
    both_hold_the_same(enrolled, province)


def test_an_old_hello_played_again_proves_nothing(enrolled, bad_line, province, monkeypatch):
    over(enrolled, bad_line.url)
    enrolled.run()
    from tests.sync import proxy

    passed_on, first = proxy._passed_on, {}

    def replayed(target, method, path, headers, body):
        reply = passed_on(target, method, path, headers, body)
        return first.setdefault("hello", reply) if "/hello" in path else reply

    monkeypatch.setattr(proxy, "_passed_on", replayed)
    enrolled.run()
    enrolled.note(enrolled.first.code)
    bad_line.seen.clear()
    told = enrolled.run(0.5)
    assert (told.contact, set(bad_line.paths())) == (False, {"/hello"})
    nothing_is_pretended(enrolled, province)
