"""The demonstration: believable, the same for the same seed, and made by the services alone."""

import json
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from counter_app.domain.books import RESULTS_BOOK, register_in_force
from counter_app.domain.card_checks import id_warnings
from counter_app.domain.catalogue_reading import parse_catalogue
from counter_app.domain.certification import registers as certification_registers
from counter_app.domain.moments import day_of, local
from counter_app.domain.money import FEES_BOOK
from counter_app.domain.people import Actor, Role
from counter_app.domain.registers import DOSSIER_BOOK, BookLine
from counter_app.services.demo.clock import DayClock, moments_of_day
from counter_app.services.demo.day import LATE_ENTRY, REPRINTED, DemoDay
from counter_app.services.demo.people import DemoPeople
from counter_app.services.ports import ListFilter
from counter_app.support.paths import resource_path
from tests.builders import fake_desk, prepare, profile
from tests.fakes import FakeDatabase
from tests.services.agreement import verified

ADMIN = Actor("u-0001", Role.ADMINISTRATOR)
CATALOGUE = parse_catalogue(resource_path("catalogue/procedures.json").read_bytes()).procedures
OPENING = local(2026, 11, 20, 7, 20)


def lived(opening=OPENING, dossiers=40, seed=1, until=None, **changes):
    clock = DayClock(opening)
    desk = fake_desk(clock, prepare(FakeDatabase(), profile(**changes), CATALOGUE))
    return desk, DemoDay(desk, clock, seed).run(ADMIN, dossiers, until=until)


@pytest.fixture(scope="module")
def day():
    return lived()


def test_every_list_has_something_in_it(day):
    desk, done = day
    counts = {which: desk.dossiers.list(which, ADMIN, limit=0).total for which in ListFilter}
    for which in (ListFilter.OVERDUE, ListFilter.DUE_TODAY, ListFilter.DUE_SOON, ListFilter.RESULT_WAITING, ListFilter.SUPPLEMENT_OPEN, ListFilter.RETURNED):
        assert counts[which], which
    assert (counts[ListFilter.OVERDUE], counts[ListFilter.SUPPLEMENT_OPEN]) == (2, 6)
    certified = sum(len(each.dossiers) for each in done.certified)
    assert len(done.received) == 40
    assert counts[ListFilter.RECEIVED_TODAY] == 40 + certified
    assert counts[ListFilter.ALL] == 40 + certified + done.imported


def test_books_fees_dossiers_and_events_of_the_day_agree(day):
    desk, _ = day
    verified(desk.database)


def test_every_column_of_a_register_has_somebody_who_writes_it(day):
    """One whose name nobody writes would stay empty for years, on paper that is bound."""
    lines = day[0].state.lines
    written = {book: {key for (of, *_), (*_, content) in lines.items() if of == book for key in content} for book in (FEES_BOOK, RESULTS_BOOK)}
    certified = {key for (of, *_), (*_, content) in lines.items() if of in certification_registers() for key in content}
    written |= {FEES_BOOK: written[FEES_BOOK] | {"handed_in"}, DOSSIER_BOOK: set(BookLine.__dataclass_fields__)}
    for book, names in (written | dict.fromkeys(certification_registers(), certified)).items():
        assert {column.key for column in register_in_force(book, date(2026, 11, 20)).columns} <= names | {"ordinal"}, book


def test_a_stream_of_people_has_something_certified(day):
    desk, done = day
    numbers = [number for each in done.certified for number in each.numbers]
    assert len(done.certified) == 20
    for book in {number.place.book for number in numbers}:
        assert [number.place.ordinal for number in numbers if number.place.book == book] == list(
            range(1, sum(number.place.book == book for number in numbers) + 1))
    assert {"SCT/BS", "SCT/CK,ĐC"} <= {number.place.book for number in numbers}
    assert sum(number.struck_on is not None for number in desk.state.certifications.values()) == 1
    assert desk.certification.today(ADMIN).count == 20


def test_the_day_passes_in_its_opening_hours(day):
    desk, _ = day
    times = [event.occurred_at.time() for event in desk.state.events if event.type == "dossier.received"]
    assert times == sorted(times)
    assert all("07:30" <= f"{at:%H:%M}" < "11:30" or "13:30" <= f"{at:%H:%M}" < "17:30" for at in times)


def test_the_mixture_is_that_of_a_commune(day):
    _, done = day
    codes = [code for _, code in done.received]
    assert codes.count("2.000815") == max(codes.count(code) for code in set(codes)), "most come for certified copies"
    assert len(set(codes)) >= 6


def test_one_was_written_by_hand_and_one_printed_again(day):
    desk, done = day
    late = [kept for kept in desk.state.dossiers.values() if kept.entered_later and kept.place]
    assert [kept.dossier_id for kept in late] == [done.received[LATE_ENTRY][0].dossier_id]
    reprinted = [event.dossier_id for event in desk.state.events if event.type == "slip.printed" and event.facts["issue"] > 1]
    asked = [kept.dossier_id for kept in desk.state.dossiers.values() if kept.supplement_count]
    assert set(reprinted) - set(asked) == {done.received[REPRINTED][0].dossier_id}, "and a new slip after papers were brought"
    assert done.reprints == 1
    assert sum(event.type == "note.added" for event in desk.state.events) == 2, "a note, and a struck number"


def test_nothing_is_doubtful_about_the_people(day):
    desk, done = day
    codes = {warning.code for received, _ in done.received for warning in received.warnings}
    assert codes <= {"LIMIT_UNKNOWN", "DOCUMENTS_MISSING"}
    for kept in desk.state.dossiers.values():
        person = kept.applicant
        assert not person.birth_date or id_warnings(person.id_number, person.sex, person.birth_date.year) == ()
        assert person.id_number[6:9] == "000", "plainly a test number"


def test_fees_come_with_a_receipt_or_a_reason(day):
    desk, done = day
    lines = [line for kept in desk.state.dossiers.values() for line in kept.fees]
    assert lines
    for line in lines:
        assert line.receipt_number or line.exempt_reason
    certified = {dossier.dossier_id: each.visit_id for each in done.certified for dossier in each.dossiers}
    receipts = {(line.receipt_number, certified.get(kept.dossier_id, line.fee_line_id))
                for kept in desk.state.dossiers.values() for line in kept.fees if line.receipt_number}
    assert len(receipts) == len({number for number, _ in receipts}), "one receipt a fee, one a visit at the certification counter"


def test_the_home_page_of_that_morning(day):
    desk, _ = day
    figures = desk.home.figures()
    assert figures.on_time_total >= figures.on_time_count > 20
    assert figures.overdue == 2
    assert 3 <= figures.overdue_worst_days <= 7
    assert figures.usual_today > 5


def shape(desk):
    return json.dumps([[kept.code, kept.applicant.full_name, str(kept.due_at), kept.closed_as] for kept in desk.state.dossiers.values()], ensure_ascii=False)


def test_the_same_seed_makes_the_same_day_and_another_another():
    days = [shape(lived(dossiers=8, seed=seed)[0]) for seed in (5, 5, 6)]
    assert days[0] == days[1] != days[2]


@pytest.mark.parametrize("opening", [local(2026, 11, 24, 7, 20), local(2026, 11, 22, 0, 0), local(2027, 2, 5, 7, 20), local(2026, 3, 2, 0, 0)])
def test_sample_data_can_be_made_on_any_day(opening):
    desk, done = lived(opening, 6)
    assert len(done.received) == 6
    assert done.imported > 50
    certified = sum(len(each.dossiers) for each in done.certified)
    assert desk.dossiers.list(ListFilter.RECEIVED_TODAY, ADMIN).total == 6 + certified


def test_sample_data_stops_at_the_present_moment():
    now = local(2026, 11, 20, 9, 42)
    _, done = lived(local(2026, 11, 20), 25, until=now)
    assert len(done.received) == 25
    assert max(received.received_at for received, _ in done.received) <= now
    early = local(2026, 11, 20, 5, 0)
    _, done = lived(local(2026, 11, 20), 4, until=early)
    assert {received.received_at for received, _ in done.received} <= {early, early - timedelta(minutes=25)}


def test_a_practice_desk_lives_its_day_too():
    desk, _ = lived(dossiers=3, practice=True, provisional=True)
    assert desk.state.outbox == {}
    assert all(kept.code.startswith("TAM-") for kept in desk.state.dossiers.values() if kept.place)


def test_a_day_clock_never_goes_back():
    clock = DayClock(OPENING)
    clock.go_to(OPENING + timedelta(hours=1))
    clock.go_to(OPENING)
    assert (clock.now(), clock.uptime()) == (OPENING + timedelta(hours=1), 3600)


def test_moments_lie_within_the_hours():
    calendar = fake_desk().calendar.calendar()
    found = list(moments_of_day(calendar, date(2026, 11, 20), 200, Random(3)))
    assert found == sorted(found)
    assert {day_of(moment) for moment in found} == {date(2026, 11, 20)}
    assert not any("11:30" <= f"{moment:%H:%M}" < "13:30" for moment in found)


def test_people_are_all_different():
    people = DemoPeople(Random(1), "xã Đắk Mil")
    made = [people.person() for _ in range(500)]
    assert len({person.id_number for person in made}) == 500
    assert replace(made[0]) == DemoPeople(Random(1), "xã Đắk Mil").person()
