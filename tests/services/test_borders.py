"""Every limit at its edge: the last value that passes passes, the first beyond it is refused at its field."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date, timedelta

import pytest

from counter_app.domain.catalogue import CatalogueInfo
from counter_app.domain.dossier import DeliveryMethod, DocumentLine, FeeLine, FeeMethod, Submitter
from counter_app.domain.errors import DeskError
from counter_app.domain.moments import local
from counter_app.domain.registers import DOSSIER_BOOK
from counter_app.services.desk.settings import profile_key
from counter_app.services.documents.print_queue import LONGEST_MESSAGE
from counter_app.services.registers.book_files import LINES_PER_PAGE
from tests.builders import CLERK, HEAD, NOW, applicant, command, fake_desk, prepare, procedure, profile
from tests.quick import new_database
from tests.services.verbs import ADMINISTRATOR

DESK = fake_desk()


def person(**changes):
    return command(applicant=applicant(**changes))


def papers(count, **changes):
    return command(documents=tuple(replace(DocumentLine(f"Giấy {number}", 1), **changes) for number in range(count)))


def fees(count, amount=1):
    return command(fees=tuple(FeeLine("", f"Phí {number}", amount, FeeMethod.CASH) for number in range(count)))


def submitter(**changes):
    return command(submitter=replace(Submitter("Nguyễn Văn Mẫu", id_number="067190000124", relation="con"), **changes))


def delivered(address):
    return command(delivery=DeliveryMethod.POSTAL, delivery_address=address)


def late(reason):
    return command(received_at=NOW - timedelta(days=1), entered_later=reason)


# name: (what is made from a size, the last size that passes, the code and field of the first that doesn't)
SIZES = {
    "name": (lambda n: person(full_name="Ư" * n), 200, "TEXT_TOO_LONG", "applicant.full_name"),
    "address": (lambda n: person(address="Ư" * n), 300, "TEXT_TOO_LONG", "applicant.address"),
    "mail": (lambda n: person(email="a" * (n - 8) + "@vidu.vn"), 200, "TEXT_TOO_LONG", "applicant.email"),
    "phone": (lambda n: person(phone="0" * n), 15, "PHONE_BAD", "applicant.phone"),
    "note": (lambda n: command(note="Ư" * n), 1000, "TEXT_TOO_LONG", "note"),
    "delivery address": (lambda n: delivered("Ư" * n), 300, "TEXT_TOO_LONG", "result_delivery.address"),
    "reason": (lambda n: late("Ư" * n), 300, "TEXT_TOO_LONG", "entered_later"),
    "clerk": (lambda n: command(clerk="Ư" * n), 100, "TEXT_TOO_LONG", "clerk"),
    "submitter": (lambda n: submitter(full_name="Ư" * n), 200, "TEXT_TOO_LONG", "submitter.full_name"),
    "relation": (lambda n: submitter(relation="Ư" * n), 100, "TEXT_TOO_LONG", "submitter.relation"),
    "authority": (lambda n: submitter(authorisation="Ư" * n), 300, "TEXT_TOO_LONG", "submitter.authorisation"),
    "sets": (lambda n: command(sets=n), 99, "COUNT_IMPOSSIBLE", "sets"),
    "papers": (papers, 50, "DOCUMENTS_TOO_MANY", "documents"),
    "originals": (lambda n: papers(1, original=n), 999, "COUNT_IMPOSSIBLE", "documents.0.original"),
    "copies": (lambda n: papers(1, copy=n), 999, "COUNT_IMPOSSIBLE", "documents.0.copy"),
    "photocopies": (lambda n: papers(1, photocopy=n), 999, "COUNT_IMPOSSIBLE", "documents.0.photocopy"),
    "name of a paper": (lambda n: papers(1, name="Ư" * n), 300, "TEXT_TOO_LONG", "documents.0.name"),
    "fees": (fees, 20, "FEES_TOO_MANY", "fees"),
    "amount": (lambda n: fees(1, n), 1_000_000_000, "FEE_AMOUNT_IMPOSSIBLE", "fees.0.amount_vnd"),
    "years": (lambda n: person(id_number="", birth_date=None, birth_year=NOW.year - n), 130, "BIRTH_TOO_EARLY", "applicant.birth_date"),
    "days of a birth from now": (
        lambda n: person(id_number="", birth_date=NOW.date() + timedelta(days=n), birth_year=NOW.year), 0, "BIRTH_IN_FUTURE",
        "applicant.birth_date"),
    "seconds of a receipt from now": (
        lambda n: command(received_at=NOW + timedelta(seconds=n)), 0, "RECEIVED_IN_FUTURE", "received_at"),
    "seconds of a receipt back without a reason": (
        lambda n: command(received_at=NOW - timedelta(seconds=n)), 59, "LATE_ENTRY_REASON", "entered_later"),
}


@pytest.mark.parametrize("name", sorted(SIZES))
def test_the_last_that_passes_and_the_first_that_does_not(name):
    make, last, code, field = SIZES[name]
    within, beyond = DESK.intake.check(make(last)), DESK.intake.check(make(last + 1))
    assert within.problems == ()
    assert [(problem.code, problem.field) for problem in beyond.problems] == [(code, field)]


SMALLEST = {
    "sets": (lambda n: command(sets=n), 1, "COUNT_IMPOSSIBLE", "sets"),
    "phone": (lambda n: person(phone="0" * n), 8, "PHONE_BAD", "applicant.phone"),
    "copies": (lambda n: papers(1, copy=n), 0, "COUNT_IMPOSSIBLE", "documents.0.copy"),
    "amount": (lambda n: fees(1, n), 0, "FEE_AMOUNT_IMPOSSIBLE", "fees.0.amount_vnd"),
}


@pytest.mark.parametrize("name", sorted(SMALLEST))
def test_the_least_that_passes_and_the_first_below_it(name):
    make, least, code, field = SMALLEST[name]
    within, below = DESK.intake.check(make(least)), DESK.intake.check(make(least - 1))
    assert within.problems == ()
    assert [(problem.code, problem.field) for problem in below.problems] == [(code, field)]


@pytest.mark.parametrize(("number", "odd"), [
    ("067190000123", None), ("067190123", "ID_NUMBER_OLD"), ("C1234567", None), ("AB123456789", None), ("", "ID_NUMBER_MISSING"),
    ("06719000012", "ID_NUMBER_BAD"), ("0671900001234", "ID_NUMBER_BAD"), ("06719012", "ID_NUMBER_BAD"), ("ABC123456", "ID_NUMBER_BAD"),
    ("C12345", "ID_NUMBER_BAD"), ("c1234567", "ID_NUMBER_BAD"), ("067190 000 123", "ID_NUMBER_BAD")])
def test_numbers_of_people(number, odd):
    check = DESK.intake.check(person(id_number=number))
    found = [problem.code for problem in (*check.problems, *check.warnings) if problem.field == "applicant.id_number"]
    assert found == ([odd] if odd else [])
    assert check.ok == (odd != "ID_NUMBER_BAD"), "what is odd but real is a warning"


def refused(act):
    with pytest.raises(DeskError) as error:
        act()
    return [(problem.code, problem.field) for problem in error.value.problems]


def test_notes_and_reasons():
    desk = fake_desk()
    received = desk.intake.receive(command(), CLERK)
    desk.dossiers.add_note(received.dossier_id, "Ư" * 2000, CLERK)
    assert refused(lambda: desk.dossiers.add_note(received.dossier_id, "Ư" * 2001, CLERK)) == [("NOTE_TOO_LONG", "text")]
    assert refused(lambda: desk.logbooks.strike(received.place, "Ư" * 301, CLERK)) == [("TEXT_TOO_LONG", "reason")]
    desk.logbooks.strike(received.place, "Ư" * 300, CLERK)
    assert refused(lambda: desk.logbooks.strike(received.place, "x", CLERK)) == [("LINE_STRUCK", None)]
    assert refused(lambda: desk.logbooks.strike(replace(received.place, ordinal=2), "x", CLERK)) == [("LINE_UNKNOWN", None)]


def test_what_a_printer_says():
    desk = fake_desk()
    received = desk.intake.receive(command(print=True), CLERK)
    for length, kept in ((LONGEST_MESSAGE, LONGEST_MESSAGE), (LONGEST_MESSAGE + 1, LONGEST_MESSAGE)):
        job, _ = desk.print_queue.next()
        assert len(desk.print_queue.failed(job.job_id, "x" * length).message) == kept
    (line,) = desk.print_queue.lines()
    assert (line.code, line.issue, line.job.tries) == (received.code, 1, 2)


@pytest.mark.parametrize(("first", "last", "passes"), [
    (1, 9999, True), (5, 5, True), (9999, 9999, True), (0, 10, False), (1, 10_000, False), (6, 5, False)])
def test_serial_ranges(first, last, passes):
    desk = fake_desk()
    wanted = replace(desk.settings.profile(), serial_first=first, serial_last=last)
    if passes:
        desk.settings.save(wanted, ADMINISTRATOR)
        assert desk.settings.profile().serial_last == last
    else:
        assert refused(lambda: desk.settings.save(wanted, ADMINISTRATOR)) == [("SERIALS_IMPOSSIBLE", "serials")]


def test_a_range_is_used_to_its_last_number_and_no_further():
    desk = fake_desk(serial_first=3, serial_last=5)
    assert [desk.intake.receive(command(), CLERK).code[-4:] for _ in range(3)] == ["0003", "0004", "0005"]
    before = desk.state
    assert refused(lambda: desk.intake.receive(command(), CLERK)) == [("RANGE_USED_UP", None)]
    assert desk.state is before
    desk.clock.forward(days=1)
    assert desk.intake.receive(command(), CLERK).code.endswith("0003"), "the next day begins anew"


@pytest.mark.parametrize("practice", [False, True])
def test_a_profile_keeps_what_makes_the_desk_the_one_it_is(practice):
    desk = fake_desk(practice=practice)
    before = desk.settings.profile()
    wanted = replace(before, device="x", epoch="y", guarded=not before.guarded, practice=not practice, phone="0261")
    desk.settings.save(wanted, ADMINISTRATOR)
    assert desk.settings.profile() == replace(before, phone="0261")


def test_days_cut_out_of_a_closed_book_have_no_closing_page(tmp_path):
    """Totals of a part would be wrong totals; the register of burned numbers belongs to the whole book too."""
    desk = fake_desk(local(2026, 12, 31, 9, 0))
    desk.intake.receive(command(), CLERK)
    desk.logbooks.close_year(DOSSIER_BOOK, 2026, HEAD)
    desk.logbooks.export(DOSSIER_BOOK, 2026, tmp_path / "part.pdf", actor=CLERK, start=date(2026, 12, 31))
    desk.logbooks.export(DOSSIER_BOOK, 2026, tmp_path / "whole.pdf", actor=CLERK)
    part, whole = desk.books.printed
    assert (part.closed_on, part.with_cover, whole.closed_on, whole.with_cover) == (None, False, date(2026, 12, 31), True)


@pytest.mark.parametrize(("lines", "pages"), [
    (0, 0), (1, 1), (LINES_PER_PAGE, 1), (LINES_PER_PAGE + 1, 2), (2 * LINES_PER_PAGE, 2)])
def test_pages_of_a_volume(lines, pages):
    desk = fake_desk()
    for _ in range(max(lines, 1)):
        desk.intake.receive(command(), CLERK)
    if not lines:
        desk.logbooks.new_volume(DOSSIER_BOOK, 2026, HEAD)
    volume = desk.logbooks.volumes(DOSSIER_BOOK, 2026)[-1].volume
    shown = [desk.logbooks.page(DOSSIER_BOOK, 2026, volume, number, CLERK) for number in (-3, 0, 1, pages, pages + 9)]
    assert {page.pages for page in shown} == {pages}
    assert [page.page for page in shown] == [min(1, pages), min(1, pages), min(1, pages), pages, pages] if pages else True
    assert sum(len(desk.logbooks.page(DOSSIER_BOOK, 2026, volume, number, CLERK).lines) for number in range(1, pages + 1)) == lines


def test_the_year_may_close_on_its_last_day_and_not_before():
    for day, codes in ((30, [("YEAR_NOT_OVER", None)]), (31, None)):
        desk = fake_desk(local(2026, 12, day, 23, 59))
        desk.intake.receive(command(), CLERK)
        if codes:
            assert refused(lambda desk=desk: desk.logbooks.close_year(DOSSIER_BOOK, 2026, HEAD)) == codes
        else:
            assert [volume.last_ordinal for volume in desk.logbooks.close_year(DOSSIER_BOOK, 2026, HEAD)] == [1]


@pytest.mark.parametrize("year", [1970, 2019, 2091, 2099])
def test_a_clock_that_cannot_be_right_issues_nothing(year):
    desk = fake_desk(local(year, 11, 20, 9, 42))
    assert refused(lambda: desk.intake.receive(command(), CLERK)) == [("CLOCK_WRONG", None)]
    assert (desk.state.dossiers, desk.guard.taken) == ({}, {})


@pytest.mark.parametrize("year", [2020, 2090])
def test_the_first_and_the_last_year_there_can_be(year):
    desk = fake_desk(local(year, 11, 20, 9, 42))
    assert desk.intake.receive(command(), CLERK).code == f"H36.50.05-{year % 100}1120-0001"


def test_a_retry_without_a_printer_keeps_the_one_it_had():
    desk = fake_desk()
    received = desk.intake.receive(command(), CLERK)
    job = desk.print_queue.add(received.print_id, "Máy in quầy 2")
    desk.print_queue.retry(job.job_id)
    assert [each.printer for each in desk.print_queue.open()] == ["Máy in quầy 2"]


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_of_two_catalogues_for_one_day_the_later_import_counts(order):
    """A faulty catalogue is put right by importing the right one for the same day."""
    desk, known = fake_desk(), procedure()
    with desk.database.write() as uow:
        for minutes in order:
            version, name = f"v{minutes}", f"Tên {minutes}"
            made = replace(known, version_id=f"{version}/{known.code}", catalogue_version=version, short_name=name)
            uow.catalogue.add(CatalogueInfo(version, name, NOW + timedelta(minutes=minutes), 1, date(2026, 11, 20)), [made])
        uow.commit()
    assert desk.catalogue.get(known.code, date(2026, 11, 20)).short_name == "Tên 2"
    assert desk.catalogue.get(known.code, date(2026, 11, 19)).short_name == known.short_name


@pytest.mark.parametrize(("mine", "other", "passes"), [
    ((1, 10), (11, 20), True), ((1, 11), (11, 20), False), ((20, 30), (11, 20), False), ((21, 30), (11, 20), True), ((12, 13), (11, 20), False),
    ((1, 99), (11, 20), False)])
def test_ranges_of_two_counters_do_not_touch(mine, other, passes):
    """Province contract, rule N1; a counter that prints provisional codes numbers from no range, nor does one of another agency."""
    for change, may in (({}, passes), ({"provisional": True}, True), ({"agency": "H36.50.06"}, True)):
        desk = fake_desk(serial_first=9000, serial_last=9001)
        neighbour = replace(profile(device="other", desk="3", serial_first=other[0], serial_last=other[1]), **change)
        with desk.database.write() as uow:
            uow.settings.put(profile_key("other"), asdict(neighbour))
            uow.commit()
        wanted = replace(desk.settings.profile(), serial_first=mine[0], serial_last=mine[1])
        if may:
            desk.settings.save(wanted, ADMINISTRATOR)
        else:
            assert refused(lambda desk=desk, wanted=wanted: desk.settings.save(wanted, ADMINISTRATOR)) == [("SERIALS_OF_OTHER_DESK", "serials")]


@pytest.mark.parametrize("kind", ["memory", "encrypted"])
def test_a_day_of_the_book_ends_with_its_last_second(tmp_path, kind):
    database = prepare(new_database(f"sqlite:///{tmp_path / 'desk.db'}", bytes(32))) if kind == "encrypted" else None
    desk = fake_desk(database=database)
    for moment in (local(2026, 11, 19, 23, 59, 59), local(2026, 11, 20), local(2026, 11, 20, 23, 59, 59), local(2026, 11, 21)):
        desk.clock.moment = moment
        desk.intake.receive(command(), CLERK)
    with desk.database.read() as uow:
        found = list(uow.logbooks.all_lines(DOSSIER_BOOK, 2026, None, date(2026, 11, 20), date(2026, 11, 20)))
    assert [line.place.ordinal for line in found] == [2, 3]
    desk.database.close()
