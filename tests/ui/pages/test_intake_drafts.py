"""What was typed is never lost: drafts after every change, parked forms, a killed process, other clerks, other windows."""

import os
import select
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMenu

from counter_app.bootstrap import open_counter
from counter_app.domain.people import Role
from counter_app.services.people.users import NewUser
from tests.ui.conftest import Journeys, settle, wait_for
from tests.ui.pages.helpers import BIRTH, MARITAL, card, choose, count, fill, idle, receive, set_field, shown_page
from ui.background import TaskRunner
from ui.context import DeskContext
from ui.notices import Notices
from ui.pages.intake import IntakePage
from ui.pages.intake.looking import LOOK_MS

CLERK = Path(__file__).with_name("typing_clerk.py")


def another(seat, qapp):
    """Return the page of a second window of the same program, or of one that was started again."""
    page = shown_page(IntakePage(seat.context))
    page.activate()
    wait_for(lambda: not page._drafts.is_taking_up)
    idle(seat.context)
    return page


def kept(page):
    """Wait until the form is kept as it is."""
    wait_for(lambda: not page._keep_later.isActive())
    idle(page.context)


def drafts_of(seat):
    return seat.desk.counter.drafts.current(seat.desk.actor.user_id, "intake", seat.desk.counter.desk.device)


def test_every_change_is_kept_and_the_time_is_shown(intake, seat):
    choose(intake, MARITAL)
    set_field(intake, "applicant.full_name", "Trần Thị Ví Dụ")
    kept(intake)
    assert "Draft kept 09:42" in intake._side.slip._saved.text()
    draft = drafts_of(seat)
    assert draft.label == "Trần Thị Ví Dụ · Xác nhận tình trạng hôn nhân"
    assert draft.content["procedure_code"] == MARITAL


def test_an_empty_form_is_no_draft(intake, seat):
    idle(intake.context, 350)
    assert drafts_of(seat) is None


def test_the_form_is_found_again_as_it_was(intake, seat, qapp):
    fill(intake, "1.004859")
    intake._form.procedure._case.setCurrentIndex(1)
    intake._form.papers.model.set_quantity(0, 3, 2)
    intake._form.papers.model.add("Đơn riêng")
    fee = intake._form.fee
    fee._amounts[0].setText("15.000 đ")
    fee.receipt.setText("AA/26E 0000412")
    fee.delivery._group.button(1).click()
    fee.address.setText("Thôn Mẫu 5")
    fee.wants_message.setChecked(True)
    intake._form.set_more(True)
    set_field(intake, "submitter.full_name", "Lê Văn Thử")
    set_field(intake, "note", "cần gấp")
    set_field(intake, "sets", "2")
    kept(intake)
    before = intake._form.command()
    again = another(seat, qapp)
    wait_for(lambda: again._form.procedure.procedure is not None)
    assert again._form.command() == before
    assert again._form.extra.isVisible()
    assert again._form.applicant._source.accessibleName() == "Read from the card 09:42"


def test_the_card_of_a_draft_is_told_in_the_language_of_the_window(intake, seat, qapp, translation):
    translation.choose("vi")
    fill(intake)
    kept(intake)
    translation.choose("en")
    again = another(seat, qapp)
    wait_for(lambda: again._form.procedure.procedure is not None)
    assert again._form.applicant._source.accessibleName() == "Read from the card 09:42"
    again._form.applicant._forget_card()
    assert (again._form.applicant.content()["card_read_at"], again._form.applicant._source.isVisibleTo(again)) == ("", False)


def test_leaving_the_page_keeps_at_once(intake, seat):
    choose(intake, MARITAL)
    intake.leave()
    idle(intake.context)
    assert drafts_of(seat) is not None


def test_half_typed_words_keep_the_procedure_of_the_papers(intake, seat, qapp):
    fill(intake)
    intake._form.procedure.field.setText("khai")
    intake._form.procedure.field.textEdited.emit("khai")
    intake._form.edited.emit()
    kept(intake)
    again = another(seat, qapp)
    wait_for(lambda: again._form.procedure.procedure is not None)
    assert again._form.procedure.procedure.code == MARITAL
    assert again._form.papers.documents()


def test_a_received_form_leaves_no_draft(intake, seat, qapp):
    fill(intake)
    receive(intake)
    idle(intake.context, 350)
    assert drafts_of(seat) is None
    again = another(seat, qapp)
    assert again._form.is_empty()


def test_f9_right_after_the_last_key_leaves_no_draft_either(intake, seat):
    fill(intake)
    set_field(intake, "applicant.phone", "0900 000 077")
    receive(intake)
    idle(intake.context, 350)
    assert drafts_of(seat) is None


def test_f4_right_after_the_last_key_parks_what_was_typed(intake, seat):
    fill(intake)
    set_field(intake, "applicant.phone", "0900 000 077")
    intake.trigger("park")
    idle(intake.context)
    parked = seat.desk.counter.drafts.parked(seat.desk.actor.user_id, "intake")
    assert [draft.content["applicant"]["applicant.phone"] for draft in parked] == ["0900 000 077"]
    assert intake._form.is_empty()


def test_a_recalled_form_parks_the_one_in_hand(intake, seat):
    fill(intake)
    intake.trigger("park")
    idle(intake.context)
    choose(intake, BIRTH)
    set_field(intake, "applicant.full_name", "Lê Văn Thử")
    kept(intake)
    parked = seat.desk.counter.drafts.parked(seat.desk.actor.user_id, "intake")
    intake._drafts._run(intake._drafts._recalled, parked[0].draft_id, done=intake._drafts._tell_recalled)
    wait_for(lambda: intake._form.procedure.procedure is not None and intake._form.procedure.procedure.code == MARITAL)
    labels = [draft.label for draft in seat.desk.counter.drafts.parked(seat.desk.actor.user_id, "intake")]
    assert labels == ["Lê Văn Thử · Đăng ký khai sinh"]


def test_nothing_parked_is_said(intake, seat):
    intake.do_recall()
    idle(intake.context)
    assert seat.context.notices.kept[0].text == "No form is parked."


def test_a_cleared_form_is_gone_from_the_drafts_and_comes_back_with_undo(intake, seat):
    fill(intake)
    kept(intake)
    intake.trigger("clear_form")
    idle(intake.context)
    assert drafts_of(seat) is None
    seat.context.notices.kept[0].undo()
    wait_for(lambda: intake._form.procedure.procedure is not None)
    kept(intake)
    assert drafts_of(seat).content["applicant"]["applicant.full_name"] == "Trần Thị Ví Dụ"


def test_a_draft_of_a_procedure_that_is_gone_keeps_the_rest(seat, qapp):
    content = {"procedure_code": "9.999999", "applicant": {"applicant.full_name": "Lê Văn Thử"}, "papers": [], "fee": {}}
    seat.desk.counter.drafts.save(seat.desk.actor.user_id, "intake", content, "x")
    page = another(seat, qapp)
    assert page._form.applicant.text("applicant.full_name") == "Lê Văn Thử"
    problem = page._form.procedure._problem
    assert (told := problem.text())
    idle(page.context, 2 * LOOK_MS)
    assert (problem.text(), problem.isVisible()) == (told, True), "the check that comes a moment later has nothing to say about it"
    choose(page, MARITAL)
    assert problem.text() == ""


def test_a_draft_of_an_older_program_is_taken_up_as_far_as_it_goes(seat, qapp):
    seat.desk.counter.drafts.save(seat.desk.actor.user_id, "intake", {"applicant": {"applicant.phone": "0900 000 012"}}, "x")
    page = another(seat, qapp)
    assert page._form.applicant.text("applicant.phone") == "0900 000 012"


def test_another_clerk_never_sees_it(intake, seat, qapp):
    fill(intake)
    kept(intake)
    counter = seat.desk.counter
    counter.users.add(NewUser("other", "Lý Thị Mẫu Đơn", Role.CLERK, password="mat-khau-thu-2"), seat.desk.actor)
    session = counter.login.login("other", "mat-khau-thu-2")
    page = shown_page(IntakePage(replace(seat.context, session=session)))
    page.activate()
    wait_for(lambda: not page._drafts.is_taking_up)
    idle(seat.context)
    assert page._form.is_empty()
    page.do_recall()
    idle(seat.context)
    assert seat.context.notices.kept[0].text == "No form is parked."


def test_a_card_scanned_while_the_draft_is_looked_for_comes_after_it(seat, qapp):
    seat.desk.counter.drafts.save(
        seat.desk.actor.user_id, "intake", {"procedure_code": MARITAL, "applicant": {"applicant.phone": "0900 000 077"}}, "x")
    page = shown_page(IntakePage(seat.context))
    page.activate()
    assert page.take_scan(card())
    wait_for(lambda: page._form.procedure.procedure is not None)
    idle(seat.context)
    assert page._form.applicant.text("applicant.full_name") == "Trần Thị Ví Dụ"
    assert page._form.applicant.text("applicant.phone") == "0900 000 077"


# --- killed -----------------------------------------------------------------------------------------------------------


def kill_while_typing(desk_dir, *arguments):
    """Let a clerk of another process type, and cut the power after the first draft was kept."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    process = subprocess.Popen([sys.executable, str(CLERK), str(desk_dir), *arguments], stdout=subprocess.PIPE, text=True, env=environment)
    ready, _, _ = select.select([process.stdout], [], [], 30)
    line = process.stdout.readline() if ready else ""
    process.send_signal(signal.SIGKILL)
    process.wait(10)
    process.stdout.close()
    assert line.strip() == "kept"


@pytest.fixture
def reopened(desk_dir, clock, tools):
    """Return the page of a program that was started again on the desk."""
    opened = []

    def open_again():
        counter = open_counter(desk_dir, clock=clock)
        opened.append(counter)
        session = counter.login.session_of(counter.login.acting("", ""))
        context = DeskContext(counter, session, tools.tasks, tools.theme, tools.notices, Journeys(), tools.preferences)
        page = shown_page(IntakePage(context))
        page.activate()
        wait_for(lambda: not page._drafts.is_taking_up)
        return page, counter

    yield open_again
    for counter in opened:
        counter.close()


def test_a_killed_program_finds_its_form_again(desk_dir, reopened):
    kill_while_typing(desk_dir)
    page, counter = reopened()
    wait_for(lambda: page._form.procedure.procedure is not None)
    assert page._form.procedure.procedure.code == MARITAL
    assert page._form.applicant.text("applicant.full_name") == "Trần Thị Ví Dụ"
    assert page._form.applicant.text("applicant.phone") == "0900 000 099"
    assert page._form.papers.model.required() == (2, 2)
    assert "Draft kept" in page._side.slip._saved.text()
    receive(page)
    assert counter.dossiers.search("067190000123", counter.login.acting("", "")).total == 1


def test_a_kill_after_f9_brings_the_next_form_not_the_received_one(desk_dir, reopened):
    kill_while_typing(desk_dir, "receive")
    page, counter = reopened()
    wait_for(lambda: page._form.procedure.procedure is not None)
    assert page._form.procedure.procedure.code == BIRTH
    assert page._form.applicant.text("applicant.full_name") == "Lê Văn Thử"
    assert counter.dossiers.search("067190000123", counter.login.acting("", "")).total == 1


# --- two windows ------------------------------------------------------------------------------------------------------


@pytest.fixture
def second(desk, desk_dir, clock, tools):
    """Another window on the same desk, of another clerk, with a connection and a data thread of its own."""
    desk.counter.users.add(NewUser("other", "Lý Thị Mẫu Đơn", Role.CLERK, password="mat-khau-thu-2"), desk.actor)
    counter, tasks = open_counter(desk_dir, clock=clock), TaskRunner()
    session = counter.login.login("other", "mat-khau-thu-2")
    context = DeskContext(counter, session, tasks, tools.theme, Notices(), Journeys(), tools.preferences)
    page = shown_page(IntakePage(context))
    page.activate()
    yield page
    tasks.stop()
    settle(0)
    counter.close()


def test_two_windows_on_one_desk_both_receive_with_numbers_of_their_own(intake, second, seat):
    for page in (intake, second):
        fill(page)
    assert intake.trigger("receive")
    assert second.trigger("receive")
    wait_for(lambda: intake._form.is_empty() and second._form.is_empty())
    codes = [page.context.notices.kept[0].text.split()[1] for page in (intake, second)]
    assert sorted(codes) == ["H36.50.05-261120-0001.", "H36.50.05-261120-0002."]
    for page in (second, intake):
        fill(page, BIRTH)
        receive(page)
    assert count(seat.desk) == 4


@pytest.fixture
def same_clerk(seat, desk_dir, clock, tools):
    """A window of the same clerk at another desk of the commune: another device, the same database."""
    counter, tasks = open_counter(desk_dir, clock=clock), TaskRunner()
    counter = replace(counter, desk=replace(counter.desk, device="another-device"))
    context = DeskContext(counter, seat.context.session, tasks, tools.theme, Notices(), Journeys(), tools.preferences)
    page = shown_page(IntakePage(context))
    page.activate()
    wait_for(lambda: not page._drafts.is_taking_up)
    yield page
    tasks.stop()
    settle(0)
    counter.close()


def name_in(page, name):
    set_field(page, "applicant.full_name", name)
    kept(page)


def test_two_windows_of_one_clerk_keep_a_form_each(intake, same_clerk, seat):
    for name in ("Trần", "Trần Thị", "Trần Thị Ví Dụ"):
        name_in(intake, name)
        name_in(same_clerk, f"{name} khác")
    labels = [draft.label for draft in seat.desk.counter.drafts.offered(seat.desk.actor.user_id, "intake")]
    assert sorted(labels) == ["Trần Thị Ví Dụ khác · …", "Trần Thị Ví Dụ · …"]


def test_a_window_that_starts_again_finds_its_own_form_not_the_newer_one_of_the_other_window(intake, same_clerk, seat, qapp):
    name_in(intake, "Trần Thị Ví Dụ")
    name_in(same_clerk, "Lê Văn Thử")
    again = another(seat, qapp)
    assert again._form.applicant.text("applicant.full_name") == "Trần Thị Ví Dụ"
    assert same_clerk._form.applicant.text("applicant.full_name") == "Lê Văn Thử"


def test_the_form_left_at_the_other_desk_is_offered_with_f5(intake, same_clerk, seat):
    name_in(same_clerk, "Lê Văn Thử")
    intake.do_recall()
    idle(intake.context)
    menu = intake.findChild(QMenu)
    [offered] = menu.actions()
    assert offered.text() == "09:42 · Lê Văn Thử · … · not parked, of another window"
    menu.close()
    intake._drafts._recall(offered)
    wait_for(lambda: intake._form.applicant.text("applicant.full_name") == "Lê Văn Thử")
    name_in(same_clerk, "Lê Văn Thử Hai")
    assert drafts_of(seat).label == "Lê Văn Thử · …", "the window it was fetched from writes into it no more"


def test_a_received_form_takes_no_draft_of_the_other_window_along(intake, same_clerk, seat):
    name_in(same_clerk, "Lê Văn Thử")
    fill(intake)
    receive(intake)
    labels = [draft.label for draft in seat.desk.counter.drafts.offered(seat.desk.actor.user_id, "intake")]
    assert labels == ["Lê Văn Thử · …"]


def test_what_the_card_gave_to_look_at_comes_back_with_the_form(intake, seat, qapp):
    fill(intake)
    intake._form.applicant.card_warnings = ("SIX_FIELDS",)
    intake._form.edited.emit()
    kept(intake)
    again = another(seat, qapp)
    wait_for(lambda: again._form.procedure.procedure is not None)
    idle(seat.context, 250)
    assert again._form.applicant.card_warnings == ("SIX_FIELDS",)
    assert again._side.warning.isVisible()


def test_another_number_forgets_what_the_card_gave_to_look_at(intake):
    fill(intake)
    intake._form.applicant.card_warnings = ("SIX_FIELDS",)
    intake._form.applicant.form.row("applicant.id_number").field.textEdited.emit("1")
    assert intake._form.applicant.card_warnings == ()
