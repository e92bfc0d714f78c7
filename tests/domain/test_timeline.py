from counter_app.domain.deadline_terms import DeadlineOptions, Limit, LimitUnit
from counter_app.domain.moments import local
from counter_app.domain.timeline import DeadlineEvent, DeadlineEventKind, follow
from tests.domain.calendars import named

TEN = [Limit(10, LimitUnit.WORKING_DAY)]


def asked(*at):
    return DeadlineEvent(DeadlineEventKind.SUPPLEMENT_REQUESTED, local(*at))


def brought(*at):
    return DeadlineEvent(DeadlineEventKind.SUPPLEMENT_RECEIVED, local(*at))


def extended(*at, by=5, unit=LimitUnit.WORKING_DAY):
    return DeadlineEvent(DeadlineEventKind.EXTENDED, local(*at), Limit(by, unit))


def codes(line):
    return [(refusal.index, refusal.problem.code) for refusal in line.refused]


def test_without_events_the_first_appointment_stands():
    line = follow(local(2026, 11, 2, 9), TEN, [], named("standard"))
    assert (line.history, line.due_at, line.refused) == ((local(2026, 11, 16, 9),), local(2026, 11, 16, 9), ())


def test_a_supplement_and_then_an_extension():
    line = follow(
        local(2026, 11, 2, 9), TEN, [asked(2026, 11, 4, 16), brought(2026, 11, 12, 8, 30), extended(2026, 11, 26, 10)], named("standard"))
    assert line.history == (local(2026, 11, 16, 9), local(2026, 11, 27, 8, 30), local(2026, 12, 4, 8, 30))
    assert (line.supplements, line.extensions, line.open_since) == (1, 1, None)
    assert line.first.due_at == local(2026, 11, 16, 9)


def test_an_open_supplement_is_known():
    line = follow(local(2026, 11, 2, 9), TEN, [asked(2026, 11, 4, 16)], named("standard"))
    assert line.open_since == local(2026, 11, 4, 16)
    assert line.history == (local(2026, 11, 16, 9),)


def test_two_pauses_add_up():
    options = DeadlineOptions(supplement="pause")
    events = [asked(2026, 11, 3, 9), brought(2026, 11, 4, 9), asked(2026, 11, 5, 9), brought(2026, 11, 9, 9)]
    line = follow(local(2026, 11, 2, 9), TEN, events, named("standard"), options)
    assert line.history == (local(2026, 11, 16, 9), local(2026, 11, 17, 9), local(2026, 11, 19, 9))
    assert line.current.days[-1].ordinal == 10


def test_a_second_extension_is_refused_and_the_first_holds():
    line = follow(local(2026, 10, 5, 10), TEN, [extended(2026, 10, 16, 9), extended(2026, 10, 20, 9)], named("standard"))
    assert codes(line) == [(1, "EXTENSION_LIMIT")]
    assert (line.due_at, line.extensions) == (local(2026, 10, 26, 10), 1)


def test_what_is_refused_changes_nothing_and_what_follows_still_counts():
    events = [
        brought(2026, 11, 3, 9),  # nothing was asked for
        asked(2026, 11, 4, 16),
        asked(2026, 11, 5, 9),  # already open
        brought(2026, 11, 3, 9),  # before it was asked for
        extended(2026, 11, 12, 8, unit=LimitUnit.SAME_DAY),
        DeadlineEvent(DeadlineEventKind.EXTENDED, local(2026, 11, 12, 8)),
        brought(2026, 11, 12, 8, 30),
    ]
    line = follow(local(2026, 11, 2, 9), TEN, events, named("standard"))
    assert codes(line) == [
        (0, "SUPPLEMENT_NOT_OPEN"), (2, "SUPPLEMENT_ALREADY_OPEN"), (3, "EVENT_OUT_OF_ORDER"), (4, "EXTENSION_UNIT"), (5, "EXTENSION_UNIT")]
    assert line.due_at == local(2026, 11, 27, 8, 30)


def test_an_event_before_the_receipt_is_out_of_order():
    line = follow(local(2026, 11, 2, 9), TEN, [asked(2026, 11, 2, 8, 59)], named("standard"))
    assert codes(line) == [(0, "EVENT_OUT_OF_ORDER")]


def test_without_a_limit_papers_may_be_awaited_but_nothing_is_extended():
    events = [asked(2026, 11, 3, 9), brought(2026, 11, 4, 9), extended(2026, 11, 5, 9)]
    line = follow(local(2026, 11, 2, 9), [], events, named("standard"))
    assert (line.history, line.due_at) == ((), None)
    assert codes(line) == [(2, "EXTENSION_WITHOUT_DUE")]


def test_several_extensions_where_the_options_allow_them():
    options = DeadlineOptions(extension_limit=2)
    line = follow(local(2026, 10, 5, 10), TEN, [extended(2026, 10, 16, 9), extended(2026, 10, 20, 9, by=1)], named("standard"), options)
    assert (line.refused, line.due_at) == ((), local(2026, 10, 27, 10))
    assert line.current.extended_by == (Limit(5, LimitUnit.WORKING_DAY), Limit(1, LimitUnit.WORKING_DAY))
