"""One dossier, opened: state, people, history, what can be done now and why not, papers, fees; and what is recorded of a look."""

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from counter_app.domain.dossier import Applicant, ApplicantKind, DeliveryMethod, DocumentLine, FeeLine, FeeMethod, Status, Submitter
from counter_app.domain.people import Actor, Role
from counter_app.services.acts.supplements import RequestSupplement
from counter_app.services.changes import Changes
from counter_app.services.intake.terms import ReceiveDossier
from tests.builders import dossier
from tests.ui.conftest import nameless, settle, wait_for
from tests.ui.pages.helpers import MARITAL, applicant, idle, shown_page, take_in, words
from ui.models.history import moments_of
from ui.pages.dossier import _STAGE, DossierPage
from ui.widgets.buttons import IconButton
from ui.widgets.verb_row import VerbRow


@pytest.fixture
def made(seat):
    return take_in(seat.desk)


@pytest.fixture
def page(seat, made):
    page = shown_page(DossierPage(seat.context))
    open_code(page, made.code)
    return page


def open_code(page, code):
    page.activate(code=code)
    idle(page.context)
    settle(0)


def history(page):
    model = page._timeline.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def audit(seat):
    """Return what the audit trail says, in order."""
    with seat.desk.counter.database.read() as uow:
        return [entry.action for entry in uow.audit.entries()]


def test_it_shows_who_what_when_and_where(page, made):
    shown = words(page)
    assert made.code in shown
    assert "Saved on this PC" in page._sync.accessibleName()
    for part in ("Xác nhận tình trạng hôn nhân · 1.004873", "Trần Thị Ví Dụ", "••••••••0123", "0900 000 012", "09:43 Thursday, 26/11/2026"):
        assert part in shown
    assert "067190000123" not in shown
    assert page._stages.accessibleName() == "Stage: Received"


def test_the_history_is_told_the_oldest_first_with_what_is_expected(page):
    told = history(page)
    assert told[0].startswith("Received, 20/11 09:43")
    assert "no. 1" in told[0]
    assert any(line.startswith("Fee collected") and "15.000 đ, AA/26E 0000412" in line for line in told)
    assert any("Slip made" in line for line in told)
    assert told[-1].startswith("Result, before 26/11 09:43")
    assert len(told) == 3
    assert "2 events" in words(page), "what is expected is none, and the slip is told with what it belongs to"


def test_papers_and_fee_stand_at_the_right(seat):
    papers = (DocumentLine("Tờ khai", 1, 0, 0), DocumentLine("Thẻ căn cước", 0, 0, 0, shown_only=True), DocumentLine("Bản án", 0, 2, 1))
    fees = (FeeLine("", "Lệ phí", 0, FeeMethod.EXEMPT, exempt_reason="hộ nghèo"),)
    command = ReceiveDossier(procedure_code=MARITAL, applicant=applicant(), documents=papers, fees=fees)
    code = seat.desk.counter.intake.receive(command, seat.desk.actor).code
    page = shown_page(DossierPage(seat.context))
    open_code(page, code)
    shown = words(page._side)
    for part in ("1 original", "shown", "2 copy, 1 photocopy", "Exempt: hộ nghèo"):
        assert part in shown
    assert page._side._count.text() == "digitised 0/2", "what was only shown is not digitised"


def test_a_note_is_kept_and_stands_in_the_history(page, seat):
    page.do_note()
    assert page._note.hasFocus()
    QTest.keyClicks(page._note, "da goi dien")
    QTest.keyClick(page._note, Qt.Key.Key_Return)
    wait_for(lambda: any("da goi dien" in line for line in history(page)))
    assert page._note.text() == ""


def test_an_empty_note_is_none(page):
    before = history(page)
    page._note.setText("   ")
    QTest.keyClick(page._note, Qt.Key.Key_Return)
    idle(page.context)
    assert history(page) == before


def test_the_whole_number_is_shown_when_it_is_asked_for_and_that_is_recorded(page, seat, made):
    page._facts.findChild(IconButton).click()
    wait_for(lambda: page._facts.values["id"].accessibleName() == "067190000123")
    assert audit(seat)[-1] == "id_number.shown"
    open_code(page, made.code)
    assert page._facts.values["id"].accessibleName() == "••••••••0123"


def test_a_dossier_without_a_number_has_none_to_show(seat):
    person = Applicant(ApplicantKind.PERSON, "Lê Văn Thử", "", None, None, None, "", "", "")
    code = seat.desk.counter.intake.receive(ReceiveDossier(procedure_code=MARITAL, applicant=person), seat.desk.actor).code
    page = shown_page(DossierPage(seat.context))
    open_code(page, code)
    assert page.why_not("reveal") == "No identity number was recorded."
    assert "No fee" in words(page._side)


@pytest.fixture
def opened_pdfs(monkeypatch):
    opened = []
    monkeypatch.setattr("ui.papers.Papers.open", lambda _, print_id: opened.append(print_id))
    return opened


def test_f11_prints_again_and_the_history_says_so(page, seat, opened_pdfs):
    assert page.trigger("reprint")
    wait_for(lambda: any("made again, no. 1" in line for line in history(page)))
    assert len(opened_pdfs) == 1


def test_going_back_to_a_dossier_does_not_print_it_again(page, made, seat, opened_pdfs):
    page.trigger("reprint")
    wait_for(lambda: bool(opened_pdfs))
    open_code(page, made.code)
    open_code(page, made.code)
    assert len(opened_pdfs) == 1


def test_verbs_say_why_they_are_not_possible(seat, page):
    with seat.desk.counter.database.write() as uow:
        uow.dossiers.add_many([dossier(1)])
        uow.commit()
    open_code(page, "H36.50.05-261101-0001")
    verb = page._side._verbs["reprint"]
    assert not verb.isEnabled()
    assert "there is no slip of this desk" in verb.accessibleName()
    assert not page.trigger("reprint")
    assert "no slip" in seat.context.notices.kept[0].text


def test_a_verb_is_pressed_by_mouse_and_key(page, made, opened_pdfs):
    page._side._verbs["note"].click()
    assert page._note.hasFocus()
    page._side._verbs["reprint"].setFocus()
    QTest.keyClick(page._side._verbs["reprint"], Qt.Key.Key_Space)
    wait_for(lambda: bool(opened_pdfs))


def test_an_inspector_reads_and_changes_nothing(seat, made):
    session = replace(seat.context.session, actor=Actor(seat.desk.actor.user_id, Role.INSPECTOR))
    page = shown_page(DossierPage(replace(seat.context, session=session)))
    open_code(page, made.code)
    assert page.why_not("reprint") == page.why_not("note") == "Your role reads dossiers and changes nothing."
    assert page.why_not("reveal") is None
    assert not page._again.isEnabled()
    assert page._again.toolTip() == page.why_not("reprint")


def test_the_button_above_prints_again_only_where_the_key_does(page):
    assert page.why_not("reprint") is None
    assert page._again.isEnabled()
    assert page._again.toolTip() == ""


def test_nothing_can_be_done_before_it_is_there(seat, made):
    page = shown_page(DossierPage(seat.context))
    page.activate(code=made.code)
    assert page.why_not("reprint") == "The dossier is being opened."
    assert page.why_not("to_list") is None
    idle(seat.context)
    assert page.why_not("reprint") is None


def test_a_code_of_nothing_opens_the_list_and_says_so(page, seat):
    open_code(page, "H36.50.05-261120-9999")
    assert seat.context.notices.kept[0].kind == "danger"
    assert seat.navigator.opened[-1] == ("dossiers", {"query": "H36.50.05-261120-9999"})


def test_esc_goes_back(page, seat):
    assert page.trigger("to_list")
    assert seat.navigator.opened[-1] == ("back", {})


def test_a_change_elsewhere_is_shown(page, seat):
    seat.desk.clock.moment += timedelta(minutes=3)
    dossier_id = page._facts_of.dossier.dossier_id
    seat.desk.counter.dossiers.add_note(dossier_id, "từ quầy khác", seat.desk.actor)
    page.refresh(Changes.of("dossiers"))
    wait_for(lambda: any("từ quầy khác" in line for line in history(page)))
    page.refresh(Changes.of("users"))


@pytest.mark.parametrize("status", list(Status))
def test_every_status_has_its_stage(page, status):
    stage, icon = _STAGE[status]
    page._show_stage(replace(page._facts_of.dossier, status=status))
    settle(0)
    assert page._stages._now == stage
    assert page._stages._icon == icon
    assert not page._stages.grab().isNull()


def test_f6_goes_to_the_verbs_and_back(page):
    page._timeline.setFocus()
    page.do_next_pane()
    assert isinstance(page.focusWidget(), VerbRow)
    page.do_next_pane()
    assert page._timeline.hasFocus()


def test_a_narrow_window_has_two_panes(page):
    page.set_narrow(True)
    assert not page._side.isVisible()
    page.do_next_pane()
    assert page._side.isVisible()
    assert not page._left.isVisible()
    page.do_note()
    assert page._left.isVisible()
    assert page._note.hasFocus()
    page.set_narrow(False)
    settle(0)
    assert page._side.isVisible()
    assert page._side.width() == 396


def test_a_low_pane_scrolls_instead_of_overlapping(page):
    page.set_narrow(True)
    page.do_next_pane()
    page.resize(700, 420)
    settle()
    verbs = sorted(page._side._verbs.values(), key=lambda verb: verb.y())
    assert all(first.geometry().bottom() < second.geometry().top() for first, second in itertools.pairwise(verbs))
    assert page._side._area.verticalScrollBar().maximum() > 0


@pytest.mark.parametrize("mode", ["light", "dark", "high_contrast"])
def test_it_paints_in_every_theme_with_names_for_everything(page, theme, mode):
    theme.choose(mode)
    page._side._verbs["reprint"].setFocus()
    settle(0)
    assert not page.grab().isNull()
    assert nameless(page) == []


def test_the_dossier_is_asked_for_on_the_data_thread(page, made, seat, guard, opened_pdfs):
    with guard:
        open_code(page, made.code)
        page.do_reveal()
        page._note.setText("x")
        page._add_note()
        page.trigger("reprint")
        idle(seat.context)


def test_what_is_said_of_few_dossiers_stands_below_the_facts(seat):
    command = ReceiveDossier(
        procedure_code=MARITAL, applicant=applicant(), submitter=Submitter("Lê Văn Mẫu", relation="con", phone="0900 000 044"),
        delivery=DeliveryMethod.POSTAL, delivery_address="Thôn Thử 5, xã Đắk Mil", note="Hẹn người nhà nhận thay")
    code = seat.desk.counter.intake.receive(command, seat.desk.actor).code
    page = shown_page(DossierPage(seat.context))
    open_code(page, code)
    shown = words(page._facts)
    for part in ("Lê Văn Mẫu, con, 0900 000 044", "By post: Thôn Thử 5, xã Đắk Mil", "Hẹn người nhà nhận thay"):
        assert part in shown
    assert "Entered later" not in shown


def test_late_entry_says_why(seat):
    with seat.desk.counter.database.write() as uow:
        uow.dossiers.add_many([dossier(1, entered_later="mất điện cả buổi sáng", delivery=DeliveryMethod.ONLINE)])
        uow.commit()
    page = shown_page(DossierPage(seat.context))
    open_code(page, dossier(1).code)
    assert "Entered later\nmất điện cả buổi sáng" in words(page._facts)
    assert "Result back\nOnline" in words(page._facts)


def test_another_dossier_takes_the_facts_of_the_one_before_away(seat, made):
    with seat.desk.counter.database.write() as uow:
        uow.dossiers.add_many([dossier(9, entered_later="mất mạng")])
        uow.commit()
    page = shown_page(DossierPage(seat.context))
    open_code(page, dossier(9).code)
    open_code(page, made.code)
    assert "mất mạng" not in words(page._facts)


def test_four_facts_stand_in_two_rows_where_one_would_cut_them(seat, made):
    page = shown_page(DossierPage(seat.context))
    open_code(page, made.code)
    tops = {name: value.mapTo(page, value.rect().topLeft()).y() for name, value in page._facts.values.items()}
    assert max(tops.values()) - min(tops.values()) < 10, "all in one row"
    page.set_folded(folded=True)
    settle()
    tops = {name: value.mapTo(page, value.rect().topLeft()).y() for name, value in page._facts.values.items()}
    assert tops["who"] < tops["phone"]
    assert tops["id"] < tops["due"]


@pytest.mark.parametrize(("days", "line"), [(1, "by decision, with form 05"), (2, "the papers were not brought in time: a person decides")])
def test_a_dossier_whose_papers_were_not_brought_asks_whether_to_halt_it(seat, made, days, line):
    until = seat.desk.clock.moment + timedelta(days=1)
    request = RequestSupplement(made.code, ("Tờ khai",), "thiếu", until, queue=False)
    seat.desk.counter.life.supplements.request(request, seat.desk.actor)
    seat.desk.clock.moment += timedelta(days=days)
    page = shown_page(DossierPage(seat.context))
    open_code(page, made.code)
    assert page._side._verbs["halt"]._line == line
    waits = moments_of(page._facts_of.view.events, page._facts_of.dossier, page._facts_of.now)[-1]
    assert (waits.title, waits.look) == ("The missing papers", "late" if days > 1 else "expected")


@pytest.mark.parametrize("papers", [1, 4, 9])
@pytest.mark.parametrize("height", [664, 586])
def test_the_right_column_scrolls_its_acts_and_never_itself_beside_them(seat, papers, height):
    lines = tuple(DocumentLine(f"Giấy tờ số {n}", 1) for n in range(papers))
    command = ReceiveDossier(procedure_code=MARITAL, applicant=applicant(), documents=lines)
    code = seat.desk.counter.intake.receive(command, seat.desk.actor).code
    page = shown_page(DossierPage(seat.context), height=height)
    open_code(page, code)
    side = page._side
    assert not side.verticalScrollBar().isVisible()
    assert side._area.height() >= seat.context.theme.px(150)
    seen = side._papers_area.height() // seat.context.theme.px(30)
    assert seen >= (min(papers, 4) if height > 600 or papers == 1 else 1)
