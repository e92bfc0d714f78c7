"""The page of a day adds up, fixes the audit trail, and may be made again."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from counter_app.domain.canonical import first_broken
from counter_app.domain.checkpoint import paper_code
from counter_app.domain.dossier import FeeLine, FeeMethod
from counter_app.domain.errors import RuleBrokenError, SurroundingsError, failed
from counter_app.domain.events import CHECKPOINT
from counter_app.domain.life import ReceiverKind, ResultPaper
from counter_app.services.acts.acting import Printing
from counter_app.services.acts.results import ResultReady
from counter_app.services.acts.returning import ReturnResults
from counter_app.services.ports import ListFilter
from tests.builders import CLERK, DEVICE, INSPECTOR, NOW, command, dossier, fake_desk

READY = (ResultPaper("", "Giấy xác nhận tình trạng hôn nhân"),)


@pytest.fixture
def desk():
    return fake_desk()


def receive(desk, *fees):
    return desk.intake.receive(command(fees=fees), CLERK).code


def fee(amount, method):
    return FeeLine("", "Lệ phí", amount, method)


def content(desk):
    return desk.state.prints[-1].content


def test_it_counts_what_came_what_went_and_the_money(desk):
    codes = [receive(desk, fee(15_000, FeeMethod.CASH)), receive(desk, fee(8_000, FeeMethod.TRANSFER)), receive(desk), receive(desk)]
    for code in codes[:2]:
        desk.life.results.ready(ResultReady(code, READY), CLERK)
    desk.life.returning.return_(ReturnResults((codes[0],), ReceiverKind.APPLICANT, "Trần Thị Ví Dụ", "067190000123"), CLERK)
    figures = desk.citizens.day_pages.figures(CLERK)
    assert (figures.received, figures.returned, figures.open[ListFilter.RESULT_WAITING]) == (4, 1, 1)
    assert [each.ordinal for each in figures.places] == [1, 4]
    assert figures.money == {FeeMethod.CASH: (1, 15_000), FeeMethod.TRANSFER: (1, 8_000), FeeMethod.PORTAL: (0, 0)}
    desk.citizens.day_pages.make(CLERK)
    money = content(desk)["body"][2]["table"]["rows"]
    assert [row[-1] for row in money] == ["15.000", "8.000", "0", "23.000"]


def test_yesterday_is_another_day(desk):
    code = receive(desk, fee(15_000, FeeMethod.CASH))
    desk.life.results.ready(ResultReady(code, READY), CLERK)
    desk.life.returning.return_(ReturnResults((code,), ReceiverKind.APPLICANT, "Trần Thị Ví Dụ", "067190000123"), CLERK)
    desk.add(*(replace(dossier(n), returned_at=NOW) for n in range(3)))
    assert desk.citizens.day_pages.figures(CLERK).returned == 4
    desk.clock.forward(days=3)
    figures = desk.citizens.day_pages.figures(CLERK)
    assert (figures.received, figures.returned, figures.places, figures.money[FeeMethod.CASH]) == (0, 0, (), (0, 0))


def test_the_checkpoint_fixes_what_was_on_the_trail_before_it(desk):
    receive(desk)
    before, ops = desk.state.audit[-1], [each for each in desk.state.events if each.lane]
    made = desk.citizens.day_pages.make(CLERK)
    event = next(each for each in desk.state.events if each.type == CHECKPOINT)
    assert event.facts == made.facts == {
        "day": "2026-11-20", "audit_count": before.seq, "audit_head": before.hash, "op_seq": ops[-1].lane.seq, "op_head": ops[-1].lane.hash,
        "paper_code": paper_code(NOW.date(), DEVICE, "5f0c9a7be21d4468", (before.seq, before.hash))}
    assert (event.dossier_id, event.ho_so, event.lane.seq) == (None, None, ops[-1].lane.seq + 1)
    assert desk.state.outbox[event.op_id] is not None
    assert made.facts["paper_code"] in json.dumps(content(desk))
    assert first_broken(desk.state.audit) is None


def test_a_second_page_is_another_issue_with_another_mark(desk):
    first, second = desk.citizens.day_pages.make(CLERK), desk.citizens.day_pages.make(CLERK)
    assert (first.issue, second.issue) == (1, 2)
    assert first.facts["paper_code"] != second.facts["paper_code"]
    assert [print_.form for print_ in desk.state.prints] == ["day", "day/2"]
    assert "Lập lần 2 trong ngày" in content(desk)["marks"]
    assert desk.citizens.day_pages.made_today(DEVICE) == 2
    desk.clock.forward(days=1)
    assert desk.citizens.day_pages.made_today(DEVICE) == 0
    assert desk.citizens.day_pages.make(CLERK).issue == 1


def test_it_waits_for_the_printer_unless_it_should_not(desk):
    desk.citizens.day_pages.make(CLERK, Printing(queue=False, paper="a4"))
    assert desk.state.jobs == {}
    assert desk.state.prints[-1].paper == "a4"
    desk.citizens.day_pages.make(CLERK)
    assert len(desk.state.jobs) == 1


def test_nothing_is_half_done(desk):
    desk.database.fault = failed("DISK_FULL")
    with pytest.raises(SurroundingsError):
        desk.citizens.day_pages.make(CLERK)
    assert (desk.state.prints, [each.type for each in desk.state.events]) == ([], [])


def test_an_inspector_looks_and_makes_none(desk):
    assert desk.citizens.day_pages.figures(INSPECTOR).received == 0
    with pytest.raises(RuleBrokenError, match="NOT_ALLOWED"):
        desk.citizens.day_pages.make(INSPECTOR)


def test_a_practice_desk_says_so_on_paper():
    desk = fake_desk(practice=True)
    desk.citizens.day_pages.make(CLERK)
    assert content(desk)["marks"] == ["BẢN TẬP, không có giá trị"]
    assert desk.state.outbox == {}
