"""Papers asked for and brought: the request once and in full, the appointment counted again or moved on, the new slip."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain.deadline import after_supplement
from counter_app.domain.deadline_terms import DeadlineOptions, Limit, LimitUnit
from counter_app.domain.dossier import Status
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.kept_appointment import UNKNOWN, kept_appointment, kept_options
from counter_app.domain.life import Supplement
from counter_app.domain.moments import local
from counter_app.domain.timeline import DeadlineEvent, DeadlineEventKind, follow
from counter_app.services.acts.supplements import ReceiveSupplement, RequestSupplement
from counter_app.services.deadlines.settings import DeadlineSettings
from counter_app.services.ports import ListFilter
from tests.builders import CLERK, INSPECTOR, fake_desk
from tests.builders import dossier as imported
from tests.examples import examples
from tests.services.lives import do, dossier, received
from tests.services.verbs import ADMINISTRATOR

CALENDAR, HOUR = fake_desk().calendar.calendar(), timedelta(hours=1)
NOVEMBER_2 = local(2026, 11, 2, 9, 0)


def ask(desk, code, **changes):
    return desk.life.supplements.request(replace(RequestSupplement(code, ("Tờ khai",), "thiếu chữ ký"), **changes), CLERK)


def bring(desk, code, **changes):
    return desk.life.supplements.receive(replace(ReceiveSupplement(code, ("Tờ khai",)), **changes), CLERK)


def problems(act):
    with pytest.raises(RuleBrokenError) as caught:
        act()
    return {(problem.code, problem.field) for problem in caught.value.problems}


def test_the_request_is_one_event_one_form_and_a_clock_that_stands_still():
    desk = fake_desk()
    code = received(desk)
    done = ask(desk, code, items=("Tờ khai", " Giấy chứng sinh "), deadline=local(2026, 12, 1, 17))
    asked = done.dossier.supplements[0]
    assert (done.dossier.status, done.dossier.supplement_open_since) == ("awaiting_supplement", desk.clock.moment)
    assert (asked.items, asked.requested_by, asked.form_number) == (("Tờ khai", "Giấy chứng sinh"), "Lý Thị Mẫu Đơn", "01/TTPVHCC")
    assert (done.forms, done.warnings) == (("02",), ())
    facts = next(event.facts for event in desk.state.events if event.type == "supplement.requested")
    assert (facts["items"], facts["deadline"], facts["form_number"]) == (["Tờ khai", "Giấy chứng sinh"], "2026-12-01T17:00:00+07:00", "01/TTPVHCC")
    assert [job.print_id for job in desk.state.jobs.values()] == list(done.print_ids)


def test_a_form_that_goes_to_a_file_is_not_queued():
    desk = fake_desk()
    ask(desk, received(desk), queue=False)
    assert desk.state.jobs == {}


@pytest.mark.parametrize(("changes", "expected"), [
    ({"items": ()}, {("TEXT_NEEDED", "items")}),
    ({"items": (" ",), "reason": ""}, {("TEXT_NEEDED", "items"), ("TEXT_NEEDED", "reason")}),
    ({"items": ("😀",)}, {("TEXT_UNPRINTABLE", "items.0")}),
    ({"items": ("x" * 301,)}, {("TEXT_TOO_LONG", "items.0")}),
    ({"items": ("x",) * 51}, {("LINES_TOO_MANY", "items")}),
    ({"deadline": local(2026, 11, 20, 9)}, {("DEADLINE_PAST", "deadline")}),
    ({"code": "H36.50.05-261120-9999"}, {("DOSSIER_UNKNOWN", "code")}),
    ({"paper": "a3"}, {("PAPER_UNKNOWN", "paper")}),
])
def test_what_is_wrong_with_a_request_changes_nothing(changes, expected):
    desk = fake_desk()
    code = received(desk)
    before = vars(desk.state.snapshot())
    assert problems(lambda: ask(desk, **{"code": code} | changes)) == expected
    assert vars(desk.state) == before


def test_an_inspector_asks_for_nothing():
    desk = fake_desk()
    wish = RequestSupplement(received(desk), ("Tờ khai",), "thiếu")
    assert problems(lambda: desk.life.supplements.request(wish, INSPECTOR)) == {("NOT_ALLOWED", None)}


def test_a_second_request_has_to_be_confirmed_and_is_said_to_count_as_late():
    desk = fake_desk()
    code = received(desk)
    ask(desk, code)
    bring(desk, code)
    assert problems(lambda: ask(desk, code)) == {("SUPPLEMENT_AGAIN", "confirm_second")}
    done = ask(desk, code, confirm_second=True)
    assert [warning.code for warning in done.warnings] == ["SUPPLEMENT_SECOND"]
    assert (done.dossier.supplement_count, done.forms, done.dossier.supplements[1].form_number) == (2, ("02/2",), "02/TTPVHCC")


def test_a_request_after_three_working_days_is_said_to_be_late():
    desk = fake_desk()
    code = received(desk)
    desk.clock.forward(days=7)
    assert [warning.code for warning in ask(desk, code).warnings] == ["SUPPLEMENT_ASKED_LATE"]


def test_papers_count_the_appointment_again_from_the_start_and_the_new_slip_says_so():
    desk = fake_desk(NOVEMBER_2)
    code = received(desk)
    ask(desk, code)
    desk.clock.forward(days=2)
    done = bring(desk, code)
    assert (done.dossier.status, done.dossier.due_at) == ("received", local(2026, 11, 9, 9, 0))
    assert (done.dossier.printed_due_at, done.forms, len(done.dossier.due_history)) == (local(2026, 11, 9, 9, 0), ("01/2",), 2)
    slip = next(form for form in desk.state.prints if form.form == "01/2")
    assert slip.content["marks"][-1].startswith("Cấp lại lúc 09:00 ngày 04/11/2026")
    told = [event.facts for event in desk.state.events if event.type == "slip.printed"][-1]
    assert (told["form"], told["issue"], told["printed_due"]) == ("01", 2, "2026-11-09T09:00:00+07:00")
    facts = next(event.facts for event in desk.state.events if event.type == "supplement.received")
    assert (facts["previous_due"], facts["new_due"]) == ("2026-11-05T09:00:00+07:00", "2026-11-09T09:00:00+07:00")
    assert desk.slips.first(done.dossier.dossier_id).form == "01/2"


def test_where_the_commune_pauses_the_days_of_waiting_are_added():
    desk = fake_desk(NOVEMBER_2)
    desk.settings.save_deadlines(DeadlineSettings(commune={"supplement": "pause"}), ADMINISTRATOR)
    code = received(desk)
    desk.clock.forward(days=1)
    ask(desk, code)
    desk.clock.forward(days=2)
    assert bring(desk, code).dossier.due_at == local(2026, 11, 9, 9, 0)


def test_some_of_the_papers_leave_the_dossier_waiting():
    desk = fake_desk(NOVEMBER_2)
    code = received(desk)
    ask(desk, code, items=("Tờ khai", "Giấy chứng sinh"))
    done = bring(desk, code, complete=False)
    assert (done.dossier.status, done.print_ids, done.dossier.supplements[0].received_at) == ("awaiting_supplement", (), None)
    assert desk.state.events[-1].type == "note.added"
    desk.clock.forward(days=1)
    last = bring(desk, code, items=("Giấy chứng sinh",)).dossier.supplements[0]
    assert (last.received_items, last.complete, last.received_at) == (("Tờ khai", "Giấy chứng sinh"), True, desk.clock.moment)


def test_papers_of_a_dossier_that_was_handed_over_bring_it_back_to_work():
    desk = fake_desk()
    code = received(desk)
    do(desk, code, "give", "ask")
    assert bring(desk, code).dossier.status == "processing"


def test_the_limit_of_the_receipt_counts_whatever_the_catalogue_says_later():
    desk = fake_desk(NOVEMBER_2)
    code = received(desk, procedure_code="1.004859", case="cần xác minh")
    ask(desk, code)
    desk.clock.forward(days=1)
    assert bring(desk, code).dossier.due_at == local(2026, 11, 11, 9, 0)


def test_a_dossier_without_an_appointment_gets_none():
    desk = fake_desk()
    code = received(desk, procedure_code="1.014034")
    ask(desk, code)
    done = bring(desk, code)
    assert (done.dossier.due_at, done.forms) == (None, ())


def test_of_an_imported_dossier_only_the_time_of_waiting_is_known():
    desk = fake_desk(local(2026, 11, 20, 9))
    old = imported()
    desk.add(old)
    ask(desk, old.code)
    desk.clock.forward(days=3)
    assert dossier(desk, old.code).due_at == local(2026, 11, 25, 8, 0)
    assert bring(desk, old.code).dossier.due_at == local(2026, 11, 26, 8, 0)


UNITS = {LimitUnit.WORKING_DAY: 10, LimitUnit.DAY: 30, LimitUnit.HOUR: 40, LimitUnit.MONTH: 2}
ASKED, CAME = DeadlineEventKind.SUPPLEMENT_REQUESTED, DeadlineEventKind.SUPPLEMENT_RECEIVED


@settings(max_examples=examples(20), deadline=None)
@given(
    unit=st.sampled_from(sorted(UNITS)), value=st.integers(1, 40), way=st.sampled_from(["restart", "pause"]),
    gaps=st.lists(st.integers(0, 300), min_size=2, max_size=6), start=st.integers(0, 24 * 60),
)
def test_what_the_dossier_keeps_is_as_good_as_its_whole_history(unit, value, way, gaps, start):
    """Moving on from the kept due time gives what following every event from the receipt gives."""
    calendar = CALENDAR
    limits = (Limit(min(value, UNITS[unit]), unit),)
    options = DeadlineOptions(supplement=way)
    at = local(2026, 10, 5, start // 60 % 24, start % 60)
    line = follow(at, limits, [], calendar, options)
    kept = replace(imported(), received_at=at, due_at=line.due_at, due_nominal=line.current.nominal, options={"supplement": way})
    events = []
    for asked_after, came_after in zip(gaps[::2], gaps[1::2], strict=False):
        asked = (events[-1].at if events else at) + HOUR * asked_after
        events += [DeadlineEvent(ASKED, asked), DeadlineEvent(CAME, asked + HOUR * came_after)]
        line = follow(at, limits, events, calendar, options)
        now = after_supplement(kept_appointment(kept, limits, calendar), asked, events[-1].at, calendar, kept_options(kept, limits))
        assert now.due_at == line.due_at
        kept = replace(kept, due_at=now.due_at, due_nominal=now.nominal)


def test_a_limit_that_nobody_knows_only_pauses():
    assert kept_options(imported(), ()).supplement == "pause"
    assert kept_appointment(imported(), (), CALENDAR).limits == (UNKNOWN,)
    assert kept_appointment(replace(imported(), due_at=None), (), CALENDAR).due_at is None


def overdue(desk, *, days):
    """Return the codes in the list of papers that were not brought in time, some days later."""
    desk.clock.moment += timedelta(days=days)
    return [row.code for row in desk.dossiers.list(ListFilter.SUPPLEMENT_LATE, CLERK).rows]


def test_papers_not_brought_in_time_are_listed_and_end_nothing_by_themselves():
    desk = fake_desk()
    code = received(desk)
    ask(desk, code, deadline=local(2026, 11, 23, 17))
    assert overdue(desk, days=3) == [], "the day itself is in time"
    assert overdue(desk, days=1) == [code]
    assert desk.home.figures().supplement_late == 1
    assert (dossier(desk, code).status, desk.state.events[-1].type) == ("awaiting_supplement", "slip.printed"), "halting is a person's act"
    do(desk, code, "halt")
    assert overdue(desk, days=0) == []
    assert dossier(desk, code).status == "halted"


def test_papers_may_come_late_all_the_same():
    desk = fake_desk()
    code = received(desk)
    ask(desk, code, deadline=local(2026, 11, 21, 17))
    assert overdue(desk, days=5) == [code]
    bring(desk, code)
    assert (overdue(desk, days=0), dossier(desk, code).papers_until) == ([], None)


@pytest.mark.parametrize(("deadlines", "last"), [((None,), None), ((local(2026, 11, 24, 17), None), None),
                                                 ((None, local(2026, 11, 26, 17)), local(2026, 11, 26, 17))])
def test_the_last_request_says_until_when(deadlines, last):
    desk = fake_desk()
    code = received(desk)
    for deadline in deadlines:
        if dossier(desk, code).supplements:
            bring(desk, code)
        ask(desk, code, deadline=deadline, confirm_second=True)
    assert dossier(desk, code).papers_until == last


@given(st.lists(st.none() | st.integers(-5, 5), max_size=8))
def test_the_list_is_who_waits_and_whose_day_is_over(days):
    desk = fake_desk()
    today = desk.clock.moment.replace(hour=17, minute=0)
    for number, late in enumerate(days, start=1):
        until = None if late is None else today - timedelta(days=late)
        asked = Supplement(f"s-{number}", today - timedelta(days=9), "u", ("Tờ khai",), "thiếu", deadline=until)
        desk.add(imported(number, status=Status.AWAITING_SUPPLEMENT, supplement_open_since=asked.requested_at, supplements=(asked,)))
    assert desk.home.figures().supplement_late == sum(late is not None and late > 0 for late in days)
