"""The register of results: one line for each dossier that was handed back, with the act, whole or not at all."""

from __future__ import annotations

import pytest

from counter_app.domain.books import RESULTS_BOOK
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.life import ReceiverKind, ResultPaper, Signed
from counter_app.domain.moments import local
from counter_app.services.acts.results import ResultReady
from counter_app.services.acts.returning import ReturnResults
from tests.builders import CLERK, HEAD, fake_desk
from tests.services.certifying import certifying_desk, copy, visit
from tests.services.lives import do, received

LAST_DAY = local(2026, 12, 31, 9, 0)


def entered(desk):
    with desk.database.read() as uow:
        return list(uow.logbooks.all_lines(RESULTS_BOOK, 2026, None, None, None))


def ready(desk, *papers):
    code = received(desk)
    desk.life.perform(ResultReady(code, papers), CLERK)
    return code


def test_a_line_says_what_went_to_whom_how_and_on_which_paper():
    desk = fake_desk()
    code = ready(desk, ResultPaper("", "Trích lục kết hôn", number="12/TL"), ResultPaper("", "Bản sao"))
    back = ReturnResults((code,), ReceiverKind.AUTHORISED, "Lê Văn Mẫu", "067190000456", Signed.MARK, originals_returned=1, unpaid_reason="hộ nghèo")
    desk.life.perform(back, CLERK)
    (line,) = entered(desk)
    assert line.content == {
        "at": "2026-11-20T09:42:00", "code": code, "result": "Trích lục kết hôn (12/TL); Bản sao", "receiver": "Lê Văn Mẫu",
        "paper": "••••••••0456", "how": "desk", "originals": 1, "signed": "mark", "note": "hộ nghèo"}
    (event,) = [each for each in desk.state.events if each.type == "result.returned"]
    assert line.ref == event.op_id
    assert "067190000456" not in repr(line.content), "the whole number stays in the dossier"


def test_no_result_named_is_the_procedure_and_the_post_is_said():
    desk = fake_desk()
    code = ready(desk)
    desk.life.perform(ReturnResults((code,), ReceiverKind.POST, "Bưu điện Đắk Mil", by_post=True, unpaid_reason="hộ nghèo"), CLERK)
    (line,) = entered(desk)
    assert (line.content["result"], line.content["how"]) == ("Xác nhận tình trạng hôn nhân", "postal")


def test_several_dossiers_collected_together_have_a_line_each():
    desk = fake_desk()
    codes = tuple(ready(desk) for _ in range(3))
    desk.life.perform(ReturnResults(codes, unpaid_reason="hộ nghèo"), CLERK)
    assert [(line.place.ordinal, line.content["code"]) for line in entered(desk)] == [(1, codes[0]), (2, codes[1]), (3, codes[2])]


def test_papers_that_are_certified_and_given_back_at_once_stand_there_too():
    desk = certifying_desk()
    done = desk.certification.certify(visit(copy("Thẻ căn cước"), signed=True), CLERK)
    (line,) = entered(desk)
    assert line.content["result"] == f"Thẻ căn cước ({done.numbers[0].label})"
    assert line.content["signed"] == "book"


def test_no_other_act_writes_a_line():
    desk = fake_desk()
    do(desk, received(desk), "ask", "bring", "give", "take back", "pay", "note", "ready")
    assert entered(desk) == []


def test_a_closed_register_refuses_the_whole_act():
    desk = fake_desk(LAST_DAY)
    first, second = ready(desk), ready(desk)
    desk.life.perform(ReturnResults((first,), unpaid_reason="hộ nghèo"), CLERK)
    desk.logbooks.close_year(RESULTS_BOOK, 2026, HEAD)
    before = len(desk.state.events)
    with pytest.raises(RuleBrokenError, match="BOOK_CLOSED"):
        desk.life.perform(ReturnResults((second,), unpaid_reason="hộ nghèo"), CLERK)
    assert (len(entered(desk)), len(desk.state.events)) == (1, before)
    desk.logbooks.new_volume(RESULTS_BOOK, 2026, HEAD)
    desk.life.perform(ReturnResults((second,), unpaid_reason="hộ nghèo"), CLERK)
    assert [(line.place.volume, line.place.ordinal) for line in entered(desk)] == [(1, 1), (2, 2)]
