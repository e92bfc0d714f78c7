"""Đồng bộ: what needs a person, each with its one act; both sides compared, op by op and in the figures of a period."""

from __future__ import annotations

import pytest

from counter_app.domain.errors import Problem
from counter_app.domain.people import Role
from counter_app.services.acts.hand_overs import HandOverDossiers
from counter_app.services.line.desk import LineView
from counter_app.services.line.province import Standing, Trouble, read_ticket
from counter_app.services.line.terms import LineSettings
from tests.builders import command
from tests.ui.conftest import nameless, wait_for
from tests.ui.pages.helpers import idle, words
from tests.ui.pages.sync_desk import as_role, counter, dialog, enrolled, line, opened, page, province, related
from ui.dialogs.enrol import EnrolDialog
from ui.dialogs.periods import PeriodDialog
from ui.dialogs.reconcile import ReconcileDialog
from ui.dialogs.settle import SettleDialog

__all__ = ["counter", "enrolled", "line", "page", "province", "related"]


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
    assert [each.kind for each in page.problems.troubles] == ["look"], "the province's own refusal wants a paper for the citizen"


def test_a_clerk_sees_both_versions_and_leaves_the_choice_to_others(seat, conflict):
    page = opened(as_role(seat, Role.CLERK))
    page.problems.banners[0].acted.emit()
    asked = dialog(page, SettleDialog)
    wait_for(lambda: asked.model.rows)
    assert not asked.take.isEnabled()
    assert "The head of the office or an administrator chooses." in asked.take.toolTip()


def test_a_catalogue_that_only_the_province_can_mend_stands_behind_what_somebody_can_do():
    told = (Trouble("access", Problem("SYNC_TOKEN")), Trouble("catalogue", Problem("CATALOGUE_NOT_USABLE")), Trouble("rejected", Problem("X")))
    looks = (Trouble("look", Problem("LOOK_PRINT")),)
    view = LineView(LineSettings(), {}, standing=Standing(troubles=told), looks=looks)
    assert [each.kind for each in view.troubles] == ["access", "rejected", "look", "catalogue"]
    assert LineView(LineSettings(), {}, looks=looks).troubles == ()


def test_every_problem_has_its_one_act(seat, related, page):
    troubles = [
        Trouble("access", Problem("SYNC_TOKEN")), Trouble("file", Problem("FILE_NOT_TAKEN", None, {"code": "H0", "name": "Tờ khai"}), "", "H0", "ab"),
        Trouble("rejected", Problem("REJECTED_OTHER", None, {"code": "H1", "reason": "schema", "field": "x"}), "op", "H1"),
        Trouble("access", Problem("SYNC_REVOKED")), Trouble("conflict", Problem("CONFLICT_CLOSED", None, {"code": "H2"}), "op2", "H2")]
    page.problems.show_troubles(troubles)
    assert [banner._button.text() for banner in page.problems.banners] == ["Try again now", "Send it again", "Open the dossier"]
    assert page.problems.more.text() == "Show 2 more"
    page.problems.banners[2].acted.emit()
    assert seat.navigator.opened[-1] == ("dossier", {"code": "H1"})
    page.problems.more.click()
    assert [banner._button.text() for banner in page.problems.banners][3:] == ["Enrol with a new ticket", "Compare and choose"]
    assert not any(banner.isHidden() for banner in page.problems.banners)
    page.problems.more.click()
    assert [banner.isHidden() for banner in page.problems.banners] == [False, False, False, True, True]
    page.problems.show_troubles([Trouble("message", Problem("PROVINCE_MESSAGE", None, {"unit": "Sở", "text": "Bảo trì"}))])
    assert page.problems.banners[0]._button.isHidden(), "nothing to do here but to tell somebody"
    page.problems.show_troubles([])
    assert page.problems.isHidden()


def test_what_somebody_is_to_look_at_leads_to_its_dossier_and_nothing_else_does(related, page, seat):
    look = Trouble("look", Problem("LOOK_PRINT", None, {"code": "H7"}), "", "H7")
    conflict = Trouble("conflict", Problem("CONFLICT_CLOSED", None, {"code": "H2"}), "op2", "H2")
    page.problems.show_troubles([look, conflict])
    first, second = page.problems.banners
    assert (first._link.text(), first._button.text()) == ("Open the dossier", "It was seen")
    assert second._link.isHidden()
    first._link.click()
    assert seat.navigator.opened[-1] == ("dossier", {"code": "H7"})
    page.problems.show_troubles([conflict])
    assert first._link.isHidden()


def test_a_locked_pc_is_said_and_loses_nothing(seat, enrolled, counter, province):
    counter.province.run(30)
    province.do("revoke_device", device=counter.desk.device)
    counter.intake.receive(command(), seat.desk.actor)
    counter.province.run(5)
    page = opened(seat)
    assert "locked this computer" in page.problems.banners[0].sentence
    assert counter.line.waiting() > 0


def test_a_locked_pc_is_enrolled_anew_and_sends_what_waited(seat, enrolled, counter, province):
    counter.province.run(30)
    province.do("revoke_device", device=counter.desk.device)
    counter.intake.receive(command(), seat.desk.actor)
    counter.province.run(5)
    page = opened(seat)
    page.trigger("solve_trouble")
    assert dialog(page, EnrolDialog).isVisible()
    dialog(page, EnrolDialog).close()
    counter.province.enrol(read_ticket(province.ticket()))
    standing = counter.province.run(60)
    assert (standing.pending, standing.troubles) == (0, ())


# --- comparing ------------------------------------------------------------------------------------------------------


def test_both_sides_are_compared_on_the_page(seat, enrolled, page, counter):
    counter.province.run(30)
    page.trigger("compare_journals")
    asked = dialog(page, ReconcileDialog)
    wait_for(lambda: "Both sides hold the same." in words(asked))
    assert counter.comparing.last().match
    assert nameless(asked) == []
    asked.again.click()
    wait_for(asked.again.isEnabled)


def test_what_only_this_pc_holds_is_named_by_its_dossier_and_opens(seat, enrolled, page, counter):
    page.trigger("compare_journals")
    asked = dialog(page, ReconcileDialog)
    wait_for(lambda: asked.model.rows)
    assert asked.model.index(0, 0).data() == "only on this PC"
    assert asked.model.index(0, 1).data() == enrolled.code
    asked.table.opened.emit(0)
    assert seat.navigator.opened[-1] == ("dossier", {"code": enrolled.code})


def test_no_line_is_no_comparison(seat, enrolled, page, province):
    province.stop()
    try:
        page.trigger("compare_journals")
        asked = dialog(page, ReconcileDialog)
        wait_for(lambda: "could not be reached" in words(asked))
        assert asked.again.isEnabled()
    finally:
        province.start()


def test_a_period_is_counted_on_both_sides(seat, enrolled, page, counter):
    counter.province.run(30)
    assert page.trigger("compare_period")
    asked = dialog(page, PeriodDialog)
    wait_for(lambda: "Both sides count the same." in words(asked))
    assert [(line.word, line.here, line.there) for line in asked.sums.rows] == [("Received", 1, 1), ("All dossiers", 1, 1)]
    assert asked.codes.rows == ()
    assert nameless(asked) == []


def test_what_only_one_side_counts_is_named_and_opens(seat, enrolled, page, counter):
    page.trigger("compare_period")
    asked = dialog(page, PeriodDialog)
    wait_for(lambda: asked.codes.rows)
    assert "1 dossiers are not the same on both sides." in words(asked)
    assert [asked.sums.index(0, column).data() for column in range(4)] == ["Received", "1", "0", "+1"]
    assert [asked.codes.index(0, column).data() for column in range(3)] == ["20/11/2026", enrolled.code, "only on this PC"]
    asked.code_table.opened.emit(0)
    assert seat.navigator.opened[-1] == ("dossier", {"code": enrolled.code})


def test_another_period_is_another_question(enrolled, page, counter):
    page.trigger("compare_period")
    asked = dialog(page, PeriodDialog)
    wait_for(asked.again.isEnabled)
    asked.choice.setCurrentIndex(1)
    asked.choice.activated.emit(1)
    wait_for(lambda: asked.again.isEnabled() and "Both sides count the same." in words(asked))
    assert [(line.here, line.there) for line in asked.sums.rows] == [(0, 0)]


def test_without_a_line_there_are_no_figures_of_the_province(enrolled, page, province):
    province.stop()
    try:
        page.trigger("compare_period")
        asked = dialog(page, PeriodDialog)
        wait_for(lambda: "could not be reached" in words(asked))
        assert asked.sums.rows == ()
    finally:
        province.start()


def test_what_the_province_has_to_say_follows_what_needs_a_person(page, related):
    told = Trouble("message", Problem("PROVINCE_MESSAGE", None, {"unit": "Sở", "text": "Bảo trì tối nay"}))
    page.problems.show_troubles([Trouble("access", Problem("SYNC_TOKEN")), told])
    assert "Bảo trì tối nay" in page.problems.banners[1].sentence
    assert page.problems.banners[1]._button.isHidden()


def test_what_the_province_wants_somebody_to_see_is_marked_as_seen(seat, enrolled, counter, province):
    counter.province.run(30)
    province.do("move", agency=counter.desk.agency, dossier_id=enrolled.dossier_id, to="3", reason="sai nơi nộp")
    counter.province.run(30)
    page = opened(seat)
    assert enrolled.code in page.problems.banners[0].sentence
    assert "asks for a paper to be printed" in page.problems.banners[0].sentence
    assert page.words.cells[3].word.text() == "Needs action 1"
    page.trigger("solve_trouble")
    wait_for(page.problems.isHidden)
    assert counter.dossiers.show(enrolled.code, seat.desk.actor).dossier.attention == ()
