"""Đồng bộ: enrolment, what waits, problems with their one act, pause and budget, history; against a province on loopback."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from counter_app.domain.errors import Problem
from counter_app.domain.people import Actor, Role
from counter_app.services.hand_overs import HandOverDossiers
from counter_app.services.line.keeper import Doing
from counter_app.services.line.terms import LineSettings
from counter_app.services.province import Ticket, Trouble
from tests.builders import command
from tests.province.trial import TrialProvince
from tests.sync.proxy import BadLine, Fault
from tests.ui.conftest import nameless, settle, wait_for
from tests.ui.pages.helpers import idle, shown_page, words
from ui.dialogs.enrol import EnrolDialog
from ui.dialogs.periods import PeriodDialog
from ui.dialogs.reconcile import ReconcileDialog
from ui.dialogs.settle import SettleDialog
from ui.pages.sync import SyncPage


@pytest.fixture
def province(tmp_path):
    folder = tmp_path / "province"
    folder.mkdir()
    with TrialProvince(folder) as running:
        yield running


@pytest.fixture
def counter(seat):
    return seat.context.counter


@pytest.fixture
def page(seat):
    return opened(seat)


@pytest.fixture
def enrolled(seat, counter, province):
    """A desk with one dossier that the province does not have yet."""
    received = counter.intake.receive(command(), seat.desk.actor)
    counter.line.enrol(Ticket(**ticket(counter, province)), seat.desk.actor)
    return received


@pytest.fixture
def line(seat, counter):
    """The line, kept behind the page."""
    seat.context.line.start(counter, after_ms=0)
    yield seat.context.line
    seat.context.line.stop()


def opened(seat):
    made = shown_page(SyncPage(seat.context))
    seat.context.tasks.changed.connect(made.refresh)
    made.activate()
    idle(seat.context)
    return made


def ticket(counter, province, **more):
    return province.ticket(counter.desk.agency, **more)


def as_role(seat, role):
    session = seat.context.session
    return replace(seat, context=replace(seat.context, session=replace(session, actor=Actor(session.actor.user_id, role))))


def dialog(page, kind):
    return page.findChildren(kind)[-1]


def quiet(counter):
    return lambda: counter.line.waiting() == 0 and counter.line.history(1)


# --- before an enrolment --------------------------------------------------------------------------------------------


def test_before_an_enrolment_the_page_says_what_it_is_for(page, counter):
    assert page.stack.currentIndex() == 1
    assert "not enrolled with the province yet" in page.invitation.text()
    assert page.shown_action("solve_trouble").title == "Enrol this PC with the province"
    assert page.page_actions()[0] == "solve_trouble"
    assert page.reconcile.isHidden()
    for action in ("send_now", "compare_journals", "pause_line"):
        assert page.why_not(action) == "This PC is not enrolled with the province."
    assert nameless(page) == []


@pytest.mark.parametrize("role", [Role.CLERK, Role.HEAD, Role.INSPECTOR])
def test_only_an_administrator_enrols(seat, role):
    page = opened(as_role(seat, role))
    assert page.why_not("solve_trouble") == "Only an administrator enrols this PC."


def test_a_ticket_under_the_reader_enrols_and_everything_goes_by_itself(seat, page, counter, province, line):
    counter.intake.receive(command(), seat.desk.actor)
    page.trigger("solve_trouble")
    dialog(page, EnrolDialog).take_scan(json.dumps(ticket(counter, province)))
    wait_for(quiet(counter), 20_000)
    wait_for(lambda: page.stack.currentIndex() == 0 and page.view.counts["province_has"] > 0, 10_000)
    assert "enrolled with" in seat.context.notices.kept[-1].text
    assert page.words.cells[2].word.text().startswith("Province has")


def test_a_ticket_s_file_enrols_too(page, counter, province, tmp_path):
    file = tmp_path / "ticket.json"
    file.write_text("\ufeff" + json.dumps(ticket(counter, province)), "utf-8")
    page.trigger("solve_trouble")
    dialog(page, EnrolDialog).show_file(str(file))
    wait_for(counter.line.is_enrolled, 10_000)
    wait_for(lambda: page.stack.currentIndex() == 0)


def other_code(good):
    return {"code": good["code"][:-1] + ("A" if good["code"][-1] != "A" else "B")}


@pytest.mark.parametrize(("change", "words_of_it"), [
    (None, "The province did not issue this code"), ({"public_key": "A" * 43}, "what answers is not the province"),
    ({"base_url": "http://10.0.0.1"}, "The address on the ticket is not HTTPS"), ({"code": ""}, "The enrolment ticket can't be read"),
])
def test_what_is_wrong_with_a_ticket_stands_at_it_and_another_may_follow(page, counter, province, change, words_of_it):
    good = ticket(counter, province)
    page.trigger("solve_trouble")
    asked = dialog(page, EnrolDialog)
    asked.take_scan(json.dumps(good | (other_code(good) if change is None else change)))
    wait_for(lambda: words_of_it in words(asked), 10_000)
    assert asked.go.isEnabled()
    assert not counter.line.is_enrolled()
    asked.take_scan(json.dumps(good))
    wait_for(counter.line.is_enrolled, 10_000)


@pytest.mark.parametrize("text", ["", "{", "[]", "H36.50.05-261120-0001", "[" * 10_000])
def test_what_is_no_ticket_is_said_without_a_word_on_the_line(page, counter, text):
    page.trigger("solve_trouble")
    asked = dialog(page, EnrolDialog)
    asked.take_scan(text)
    wait_for(lambda: "The enrolment ticket can't be read" in words(asked))
    assert not counter.line.is_enrolled()


def test_a_file_that_is_gone_is_said(page, tmp_path):
    page.trigger("solve_trouble")
    asked = dialog(page, EnrolDialog)
    asked.show_file(str(tmp_path / "gone.json"))
    wait_for(asked.form.row("ticket").error.isVisible)


# --- what waits -----------------------------------------------------------------------------------------------------


def test_what_waits_stands_by_lane_with_its_age(seat, enrolled, counter):
    seat.desk.clock.forward(minutes=25)
    page = opened(seat)
    lanes = [[page.lanes.index(at, column).data() for column in range(5)] for at in range(4)]
    assert lanes[0][:3] == ["New dossiers", "1", "25 min"]
    assert lanes[3] == ["Scanned papers", "0", "–", "–", "nothing waits"]
    assert page.words.cells[0].accessibleName().startswith("Saved on this PC")
    assert "Oldest unsent: 25 min" in words(page.line)
    assert nameless(page) == []


def test_after_an_exchange_the_page_shows_it_by_itself(seat, enrolled, page, counter, line):
    wait_for(quiet(counter), 20_000)
    wait_for(lambda: page.passes.rows and page.passes.rows[0].sent, 10_000)
    assert page.words.cells[2].word.text() == "Province has {0}/{0}".format(counter.home.figures().outbox["province_has"])
    assert page.problems.isHidden()
    assert page.why_not("solve_trouble") == "Nothing needs you here now."


def test_send_now_sends_now(seat, enrolled, page, counter, line):
    wait_for(quiet(counter), 20_000)
    counter.intake.receive(command(), seat.desk.actor)
    page.activate()
    idle(seat.context)
    assert page.trigger("send_now")
    wait_for(quiet(counter), 20_000)


def test_without_a_line_the_desk_goes_on_and_the_page_says_so_calmly(seat, enrolled, page, counter, province, line):
    wait_for(quiet(counter), 20_000)
    province.stop()
    try:
        counter.intake.receive(command(), seat.desk.actor)
        line.send_now()
        wait_for(lambda: line.news.end is not None and line.news.end.trouble is not None, 20_000)
        assert line.news.end.trouble.code == "NO_CONTACT"
        wait_for(lambda: page.passes.rows[0].trouble == "NO_CONTACT", 10_000)
        assert page.problems.isHidden(), "nobody can do anything about it here"
        assert "tries again in" in page.line.now.text()
    finally:
        province.start()
    line.send_now()
    wait_for(quiet(counter), 20_000)


def test_a_portal_is_told_from_silence(seat, counter, province, line):
    with BadLine(province.url) as network:
        counter.line.enrol(Ticket(**ticket(counter, province) | {"base_url": network.url}), seat.desk.actor)
        page = opened(seat)
        network.plan = [Fault("portal")]
        line.send_now()
        wait_for(lambda: page.passes.rows and page.passes.rows[0].trouble == "NOT_THE_PROVINCE", 20_000)
        assert "log in to the network" in page.passes.index(0, 1).data()
        assert page.problems.isHidden()
        line.send_now()
        wait_for(lambda: page.passes.rows[0].trouble == "", 20_000)
        line.stop()


# --- pause and budget -----------------------------------------------------------------------------------------------


def test_a_pause_is_a_key_away_and_so_is_its_end(seat, enrolled, page, counter, line):
    wait_for(quiet(counter), 20_000)
    page.trigger("pause_line")
    wait_for(lambda: counter.line.settings().paused)
    wait_for(lambda: line.news.doing is Doing.PAUSED, 10_000)
    wait_for(lambda: page.pause.text() == "Go on sending")
    assert page.why_not("send_now") == "Sending pauses. Let it go on first."
    counter.intake.receive(command(), seat.desk.actor)
    settle(300)
    assert counter.line.waiting() > 0
    page.pause.click()
    wait_for(quiet(counter), 20_000)


def test_whoever_only_looks_does_not_pause(seat, enrolled):
    page = opened(as_role(seat, Role.INSPECTOR))
    assert page.why_not("pause_line") is not None
    assert page.why_not("compare_journals") is None


def test_how_scans_use_the_line_is_set_by_an_administrator(seat, enrolled, page, counter):
    page.use.metered.setChecked(True)
    page.use.daily.setText("20")
    page.use.daily.setFocus()
    QTest.keyClick(page.use.daily, Qt.Key.Key_Return)
    wait_for(lambda: seat.context.notices.kept)
    assert counter.line.settings() == LineSettings(metered=True, daily_mb=20)
    assert "saved" in seat.context.notices.kept[0].text


@pytest.mark.parametrize(("typed", "said"), [("", "whole number"), ("-5", "whole number"), ("2,5", "whole number"), ("999999", "100000")])
def test_a_budget_that_is_none_is_said_at_its_field(enrolled, page, counter, seat, typed, said):
    page.use.daily.setText(typed)
    page.use.save.click()
    wait_for(lambda: said in words(page.use))
    assert counter.line.settings() == LineSettings()


def test_others_read_how_scans_use_the_line(seat, enrolled):
    page = opened(as_role(seat, Role.CLERK))
    assert not page.use.save.isEnabled()
    assert not page.use.daily.isEnabled()


# --- what needs a person --------------------------------------------------------------------------------------------


@pytest.fixture
def conflict(seat, enrolled, counter, province):
    """The province refused the dossier; the desk, which did not know, handed it over."""
    counter.province.run(30)
    province.do("move", agency=counter.desk.agency, dossier_id=enrolled.dossier_id, to="3", reason="sai")
    counter.life.hand_overs.hand_over(HandOverDossiers((enrolled.code,), "Tư pháp", "Trần Văn Mẫu"), seat.desk.actor)
    counter.province.run(30)
    return enrolled


def test_a_conflict_is_compared_and_settled(seat, conflict, counter):
    page = opened(seat)
    assert conflict.code in page.problems.banners[0].sentence
    assert page.shown_action("solve_trouble").title == "Compare and choose"
    page.trigger("solve_trouble")
    asked = dialog(page, SettleDialog)
    wait_for(lambda: asked.model.rows)
    shown = {asked.model.index(at, 0).data(): (asked.model.index(at, 1).data(), asked.model.index(at, 2).data())
             for at in range(len(asked.model.rows))}
    assert shown["State"] == ("Processing", "Not accepted")
    assert nameless(asked) == []
    asked.take.click()
    wait_for(lambda: counter.dossiers.show(conflict.code, seat.desk.actor).dossier.status == "not_accepted")
    counter.province.run(30)
    page.activate()
    idle(seat.context)
    assert page.problems.isHidden()


def test_a_clerk_sees_both_versions_and_leaves_the_choice_to_others(seat, conflict):
    page = opened(as_role(seat, Role.CLERK))
    page.problems.banners[0].acted.emit()
    asked = dialog(page, SettleDialog)
    wait_for(lambda: asked.model.rows)
    assert not asked.take.isEnabled()
    assert "The head of the office or an administrator chooses." in asked.take.toolTip()


def test_every_problem_has_its_one_act(seat, enrolled, page):
    troubles = [
        Trouble("access", Problem("SYNC_TOKEN")), Trouble("file", Problem("FILE_NOT_TAKEN", None, {"sha256": "ab"}), sha256="ab"),
        Trouble("rejected", Problem("REJECTED_OTHER", None, {"code": "H1", "reason": "schema", "field": "x"}), "op", "H1"),
        Trouble("access", Problem("SYNC_REVOKED")), Trouble("conflict", Problem("CONFLICT_CLOSED", None, {"code": "H2"}), "op2", "H2")]
    page.problems.show_troubles(troubles)
    assert [banner._button.text() for banner in page.problems.banners] == ["Try again now", "Send it again", "Open the dossier"]
    assert "And 2 more" in words(page.problems)
    page.problems.banners[2].acted.emit()
    assert seat.navigator.opened[-1] == ("dossier", {"code": "H1"})
    page.problems.show_troubles(troubles[3:4])
    assert page.problems.banners[0]._button.isHidden(), "nothing to do here but to tell somebody"
    page.problems.show_troubles([])
    assert page.problems.isHidden()


def test_a_locked_pc_is_said_and_loses_nothing(seat, enrolled, counter, province):
    counter.province.run(30)
    province.do("revoke_device", device=counter.desk.device)
    counter.intake.receive(command(), seat.desk.actor)
    counter.province.run(5)
    page = opened(seat)
    assert "locked this computer" in page.problems.banners[0].sentence
    assert counter.line.waiting() > 0


# --- comparing ------------------------------------------------------------------------------------------------------


def test_both_sides_are_compared_on_the_page(seat, enrolled, page, counter):
    counter.province.run(30)
    page.trigger("compare_journals")
    asked = dialog(page, ReconcileDialog)
    wait_for(lambda: "Both sides hold the same." in words(asked), 20_000)
    assert counter.comparing.last().match
    assert nameless(asked) == []
    asked.again.click()
    wait_for(asked.again.isEnabled, 20_000)


def test_what_only_this_pc_holds_is_named_by_its_dossier_and_opens(seat, enrolled, page, counter):
    page.trigger("compare_journals")
    asked = dialog(page, ReconcileDialog)
    wait_for(lambda: asked.model.rows, 20_000)
    assert asked.model.index(0, 0).data() == "only on this PC"
    assert asked.model.index(0, 1).data() == enrolled.code
    asked.table.opened.emit(0)
    assert seat.navigator.opened[-1] == ("dossier", {"code": enrolled.code})


def test_no_line_is_no_comparison(seat, enrolled, page, province):
    province.stop()
    try:
        page.trigger("compare_journals")
        asked = dialog(page, ReconcileDialog)
        wait_for(lambda: "could not be reached" in words(asked), 20_000)
        assert asked.again.isEnabled()
    finally:
        province.start()


def test_a_period_is_counted_on_both_sides(seat, enrolled, page, counter):
    counter.province.run(30)
    assert page.trigger("compare_period")
    asked = dialog(page, PeriodDialog)
    wait_for(lambda: "Both sides count the same." in words(asked), 20_000)
    assert [(line.word, line.here, line.there) for line in asked.sums.rows] == [("Received", 1, 1), ("All dossiers", 1, 1)]
    assert asked.codes.rows == ()
    assert nameless(asked) == []


def test_what_only_one_side_counts_is_named_and_opens(seat, enrolled, page, counter):
    page.trigger("compare_period")
    asked = dialog(page, PeriodDialog)
    wait_for(lambda: asked.codes.rows, 20_000)
    assert "1 dossiers are not the same on both sides." in words(asked)
    assert [asked.sums.index(0, column).data() for column in range(4)] == ["Received", "1", "0", "+1"]
    assert [asked.codes.index(0, column).data() for column in range(3)] == ["20/11/2026", enrolled.code, "only on this PC"]
    asked.code_table.opened.emit(0)
    assert seat.navigator.opened[-1] == ("dossier", {"code": enrolled.code})


def test_another_period_is_another_question(enrolled, page, counter):
    page.trigger("compare_period")
    asked = dialog(page, PeriodDialog)
    wait_for(asked.again.isEnabled, 20_000)
    asked.choice.setCurrentIndex(1)
    asked.choice.activated.emit(1)
    wait_for(lambda: asked.again.isEnabled() and "Both sides count the same." in words(asked), 20_000)
    assert [(line.here, line.there) for line in asked.sums.rows] == [(0, 0)]


def test_without_a_line_there_are_no_figures_of_the_province(enrolled, page, province):
    province.stop()
    try:
        page.trigger("compare_period")
        asked = dialog(page, PeriodDialog)
        wait_for(lambda: "could not be reached" in words(asked), 20_000)
        assert asked.sums.rows == ()
    finally:
        province.start()


def test_what_the_province_has_to_say_follows_what_needs_a_person(page, enrolled):
    told = Trouble("message", Problem("PROVINCE_MESSAGE", None, {"unit": "Sở", "text": "Bảo trì tối nay"}))
    page.problems.show_troubles([Trouble("access", Problem("SYNC_TOKEN")), told])
    assert "Bảo trì tối nay" in page.problems.banners[1].sentence
    assert page.problems.banners[1]._button.isHidden()


# --- the window -----------------------------------------------------------------------------------------------------


def test_the_page_asks_nothing_of_the_database_on_the_window_s_thread(seat, enrolled, guard):
    with guard:
        page = opened(seat)
        page.do_next_pane()
        page.set_narrow(narrow=True)
        page.do_next_pane()
        page.leave()


def test_the_state_of_the_work_opens_the_page(frame):
    QTest.mouseClick(frame.state, Qt.MouseButton.LeftButton)
    assert frame.visit().page_id == "sync"
    assert frame.stack.page.page_id == "sync"


def test_the_four_words_of_the_window_follow_the_line(seat, enrolled, frame, counter):
    line = frame.context.line
    line.start(counter, after_ms=0)
    try:
        wait_for(quiet(counter), 20_000)
        wait_for(lambda: "Province has" in frame.state.accessibleName(), 10_000)
        assert f"· {counter.clock.now():%H:%M}" in frame.state.accessibleName()
    finally:
        line.stop()


def test_narrow_and_wide_show_the_same_two_panes(seat, enrolled, page):
    page.set_narrow(narrow=True)
    assert page.side.isHidden()
    page.do_next_pane()
    assert page.queue.isHidden()
    assert not page.side.isHidden()
    page.do_next_pane()
    page.set_narrow(narrow=False)
    assert not page.side.isHidden()
    assert not page.queue.isHidden()
