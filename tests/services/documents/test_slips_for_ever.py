"""A citizen's slip is the one that was printed: whatever changes at the desk afterwards, and however often the program starts."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

import pytest

from counter_app.domain.catalogue import ProcedureOverride
from counter_app.domain.deadline_terms import Limit, LimitUnit
from counter_app.domain.people import Role
from counter_app.domain.registers import DOSSIER_BOOK
from counter_app.printing import make_form_printer
from counter_app.services.desk.settings import PAPERS
from counter_app.services.people.users import UserService
from counter_app.storage import open_database
from counter_app.storage.guard import FileNumberGuard
from tests.builders import DEVICE, command, fake_desk, prepare
from tests.fakes import FakeClock
from tests.printing.reading import Pdf
from tests.quick import new_database
from tests.services.desk_people import PlainHasher
from tests.services.desk_people import person as account
from tests.services.verbs import ADMINISTRATOR, CLERK, HEAD, LAST_DAY, World, calendar_document

KEY = bytes(range(32))


class Home:
    """A desk on the disk that is opened anew as often as one likes."""

    def __init__(self, folder):
        self.folder, self.clock = folder, FakeClock(LAST_DAY)
        self.url, self.forms = f"sqlite:///{folder / 'desk.db'}", make_form_printer()
        database = prepare(new_database(self.url, KEY))
        with database.write() as uow:
            uow.users.add(account(ADMINISTRATOR.user_id, "quantri", Role.ADMINISTRATOR))
            uow.commit()
        database.close()

    def __enter__(self):
        database = open_database(self.url, KEY, backup_dir=self.folder / "backups")
        guard = FileNumberGuard(self.folder / "guard", DEVICE, "H36.50.05")
        self.desk = fake_desk(self.clock, database, guard, forms=self.forms)
        return self.desk

    def __exit__(self, *_):
        self.desk.database.close()


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path)


def change_everything(home, desk):
    """Do all that could find its way onto a slip that is made anew."""
    users = UserService(desk.database, desk.clock, PlainHasher())
    users.change("u-0001", ADMINISTRATOR, full_name="Người Khác Hẳn", role=Role.CLERK, title="Phó phòng")
    made = replace(desk.settings.profile(), commune="Xã Khác", unit_name="Đơn vị khác", superior="UBND khác", desk="9", phone="1900",
                   number_suffix="KHAC", lookup_address="vidu.vn", id_last4_only=True)
    desk.settings.save(made, ADMINISTRATOR)
    desk.catalogue.override(ProcedureOverride("1.004873", "12/QĐ", date(2026, 12, 1), Limit(9, LimitUnit.WORKING_DAY)), ADMINISTRATOR)
    desk.calendar.import_file(World(desk, None, home.folder, []).file("k.json", calendar_document()), ADMINISTRATOR)
    desk.logbooks.close_year(DOSSIER_BOOK, 2026, HEAD)


@pytest.mark.parametrize("paper", PAPERS)
def test_the_first_print_is_the_same_bytes_for_ever(home, paper):
    with home as desk:
        received = desk.intake.receive(command(paper=paper), CLERK)
        first = desk.slips.first(received.dossier_id)
        event = next(event for event in desk.dossiers.show(received.code, CLERK).events if event.type == "slip.printed")
        assert first.sha256 == event.facts["document_sha256"] == hashlib.sha256(first.pdf).hexdigest()
    for _ in range(3):
        with home as desk:
            assert desk.slips.first(received.dossier_id) == first
            assert desk.slips.document(received.print_id) == first.pdf
            home.clock.forward(days=100)
    with home as desk:
        home.clock.moment = LAST_DAY
        change_everything(home, desk)
    with home as desk:
        assert desk.slips.document(received.print_id) == first.pdf


def test_a_reprint_years_later_shows_what_the_first_one_showed(home):
    with home as desk:
        received = desk.intake.receive(command(), CLERK)
        with Pdf(desk.slips.document(received.print_id)) as pdf:
            told = sorted(pdf.text().split())
        change_everything(home, desk)
    home.clock.forward(days=800)
    with home as desk:
        again = desk.slips.reprint(received.code, "a5", CLERK)
    with Pdf(again.pdf) as pdf:
        text = pdf.text()
    mark = f"In lại lần 1, {home.clock.now():%H:%M %d/%m/%Y}"
    assert sorted(text.replace(mark, "").split()) == told
    assert text.count(mark) == 2
    assert "Khác" not in text


def test_a_reprint_is_made_again_to_the_byte(home):
    """Its document is not stored; what the province was told of it, the digest, must still be true at any time."""
    with home as desk:
        received = desk.intake.receive(command(), CLERK)
        forms = [desk.slips.reprint(received.code, paper, CLERK) for paper in PAPERS]
        change_everything(home, desk)
    home.clock.forward(days=400)
    with home as desk:
        for form in forms:
            assert hashlib.sha256(desk.slips.document(form.print_id)).hexdigest() == form.sha256
            assert desk.slips.look_at(form.print_id, CLERK).pdf == form.pdf
        events = [event.facts for event in desk.dossiers.show(received.code, CLERK).events if event.type == "slip.printed"]
    assert [facts["document_sha256"] for facts in events[1:]] == [form.sha256 for form in forms]
    assert [facts["issue"] for facts in events] == [1, 2, 3, 4, 5]


class NewerPrinter:
    """The printer of a later version of the program, which sets the form otherwise."""

    def receipt(self, content, paper):
        return b"%PDF-newer"


def test_a_newer_program_hands_out_the_first_print_as_it_was(home):
    with home as desk:
        received = desk.intake.receive(command(print=True), CLERK)
        first = desk.slips.document(received.print_id)
    home.forms = NewerPrinter()
    with home as desk:
        assert desk.slips.document(received.print_id) == first
        assert desk.slips.look_at(received.print_id, CLERK).pdf == first
        _, queued = desk.print_queue.next()
        assert queued == first, "what still waits for paper is what was stored"
        assert desk.slips.reprint(received.code, "a5", CLERK).pdf == b"%PDF-newer"


def test_the_next_slip_bears_the_new_names(home):
    """So that the tests above can fail: what was changed does reach a slip that is made now."""
    with home as desk:
        desk.intake.receive(command(), CLERK)
        change_everything(home, desk)
        desk.logbooks.new_volume(DOSSIER_BOOK, 2026, HEAD)
        received = desk.intake.receive(command(), CLERK)
        with Pdf(desk.slips.document(received.print_id)) as pdf:
            text = pdf.text()
    assert "ĐƠN VỊ KHÁC" in text
    assert "Người Khác Hẳn" in text
    assert "9 ngày làm việc" in text
