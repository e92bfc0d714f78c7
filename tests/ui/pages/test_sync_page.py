"""Đồng bộ: what waits, what became of every exchange, pause and budget; against a province on loopback."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea

from counter_app.domain.errors import Problem
from counter_app.domain.people import Actor, Role
from counter_app.services.line.keeper import Doing
from counter_app.services.line.province import Ticket, Trouble
from counter_app.services.line.terms import LineSettings
from tests.builders import command
from tests.sync.proxy import BadLine, Fault
from tests.ui.conftest import nameless, settle, wait_for
from tests.ui.pages.helpers import idle, words
from tests.ui.pages.sync_desk import as_role, counter, enrolled, line, opened, page, province, quiet, related, ticket

__all__ = ["counter", "enrolled", "line", "page", "province", "related"]


def test_what_waits_stands_by_lane_with_its_age(seat, related, counter):
    seat.desk.clock.forward(minutes=25)
    page = opened(seat)
    queues = [[page.queues.index(at, column).data() for column in range(5)] for at in range(4)]
    assert queues[0][:3] == ["New dossiers", "1", "25 min"]
    assert queues[3] == ["Scanned papers", "0", "–", "–", "nothing waits"]
    assert page.words.cells[0].accessibleName().startswith("Saved on this PC")
    assert "Oldest unsent: 25 min" in words(page.line)
    assert nameless(page) == []


def test_the_four_words_count_what_stands_below_them(seat, related, counter):
    with counter.database.write() as uow:
        dossier = uow.dossiers.by_code(related.code)[0]
        uow.dossiers.update(replace(dossier, attention=("print.requested",)))
        key = f"province/{counter.desk.device}"
        uow.settings.put(key, uow.settings.get(key) | {"stopped": "token_unknown"})
        uow.commit()
    page = opened(seat)
    told = counter.line.troubles()
    assert [each.kind for each in told] == ["access", "look"]
    assert page.words.cells[3].word.text() == f"Needs action {len(told)}"
    assert page.problems.troubles == told


def test_after_an_exchange_the_page_shows_it_by_itself(seat, enrolled, page, counter, line):
    wait_for(quiet(counter))
    wait_for(lambda: page.passes.rows and page.passes.rows[0].sent)
    assert page.words.cells[2].word.text() == "Province has {0}/{0}".format(counter.home.figures().outbox["province_has"])
    assert page.problems.isHidden()
    assert page.why_not("solve_trouble") == "Nothing needs you here now."


def test_send_now_sends_now(seat, enrolled, page, counter, line):
    wait_for(quiet(counter))
    counter.intake.receive(command(), seat.desk.actor)
    page.activate()
    idle(seat.context)
    assert page.trigger("send_now")
    wait_for(quiet(counter))


def test_without_a_line_the_desk_goes_on_and_the_page_says_so_calmly(seat, enrolled, page, counter, province, line):
    wait_for(quiet(counter))
    province.stop()
    try:
        counter.intake.receive(command(), seat.desk.actor)
        line.send_now()
        wait_for(lambda: line.news.end is not None and line.news.end.trouble is not None)
        assert line.news.end.trouble.code == "NO_CONTACT"
        wait_for(lambda: page.passes.rows and page.passes.rows[0].trouble == "NO_CONTACT")
        assert page.problems.isHidden(), "nobody can do anything about it here"
        assert "tries again in" in page.line.now.text()
    finally:
        province.start()
    line.send_now()
    wait_for(quiet(counter))


def test_a_portal_is_told_from_silence(seat, counter, province, line):
    with BadLine(province.url) as network:
        counter.line.enrol(Ticket(**ticket(counter, province) | {"base_url": network.url}), seat.desk.actor)
        page = opened(seat)
        network.plan = [Fault("portal")]
        line.send_now()
        wait_for(lambda: page.passes.rows and page.passes.rows[0].trouble == "NOT_THE_PROVINCE")
        assert "log in to the network" in page.passes.index(0, 1).data()
        assert page.problems.isHidden()
        line.send_now()
        wait_for(lambda: page.passes.rows and page.passes.rows[0].trouble == "")
        line.stop()


# --- pause and budget -----------------------------------------------------------------------------------------------


def test_a_pause_is_a_key_away_and_so_is_its_end(seat, enrolled, page, counter, line):
    wait_for(quiet(counter))
    page.trigger("pause_line")
    wait_for(lambda: counter.line.settings().paused)
    wait_for(lambda: line.news.doing is Doing.PAUSED)
    wait_for(lambda: page.pause.text() == "Go on sending")
    assert page.why_not("send_now") == "Sending pauses. Let it go on first."
    counter.intake.receive(command(), seat.desk.actor)
    settle(300)
    assert counter.line.waiting() > 0
    page.pause.click()
    wait_for(quiet(counter))


def test_whoever_only_looks_does_not_pause(seat, related):
    page = opened(as_role(seat, Role.INSPECTOR))
    assert page.why_not("pause_line") is not None
    assert page.why_not("compare_journals") is None


def test_how_scans_use_the_line_is_set_by_an_administrator(seat, related, page, counter):
    page.use.metered.setChecked(True)
    page.use.daily.setText("20")
    page.use.daily.setFocus()
    QTest.keyClick(page.use.daily, Qt.Key.Key_Return)
    wait_for(lambda: seat.context.notices.kept)
    assert counter.line.settings() == LineSettings(metered=True, daily_mb=20)
    assert "saved" in seat.context.notices.kept[0].text


@pytest.mark.parametrize(("metered", "typed"), [(True, "0"), (False, "7"), (True, "7")])
def test_what_is_ticked_or_typed_outlives_the_looks_of_the_page_until_it_is_saved(seat, related, page, counter, metered, typed):
    if metered:
        page.use.metered.click()
    page.use.daily.setText(typed)
    page.queue_table.setFocus()
    page.show_view(counter.line.view())
    assert (page.use.metered.isChecked(), page.use.daily.text()) == (metered, typed)
    page.use.save.click()
    wait_for(lambda: seat.context.notices.kept)
    idle(page.context)
    assert counter.line.settings() == LineSettings(metered=metered, daily_mb=int(typed))


def test_what_others_set_is_shown_and_what_was_not_saved_is_gone_with_the_page(seat, related, page, counter):
    counter.line.save(seat.desk.actor, metered=True, daily_mb=30)
    page.show_view(counter.line.view())
    assert (page.use.metered.isChecked(), page.use.daily.text()) == (True, "30")
    page.use.metered.click()
    page.leave()
    page.activate()
    idle(page.context)
    assert page.use.metered.isChecked(), "it was never saved"


def test_ages_are_those_of_one_look(seat, related, page, counter):
    seat.desk.clock.forward(minutes=25)
    page.show_view(counter.line.view())
    seat.desk.clock.forward(minutes=3)
    assert page.queues.index(0, 2).data() == "25 min"
    assert "Oldest unsent: 25 min" in words(page.line)


@pytest.mark.parametrize(("typed", "said"), [("", "whole number"), ("-5", "whole number"), ("2,5", "whole number"), ("999999", "100000")])
def test_a_budget_that_is_none_is_said_at_its_field(related, page, counter, seat, typed, said):
    page.use.daily.setText(typed)
    page.use.save.click()
    wait_for(lambda: said in words(page.use))
    assert counter.line.settings() == LineSettings()


def test_others_read_how_scans_use_the_line(seat, related):
    page = opened(as_role(seat, Role.CLERK))
    assert not page.use.save.isEnabled()
    assert not page.use.daily.isEnabled()


# --- the window -----------------------------------------------------------------------------------------------------


def test_the_page_asks_nothing_of_the_database_on_the_window_s_thread(seat, related, guard):
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
        wait_for(quiet(counter))
        wait_for(lambda: "Province has" in frame.state.accessibleName())
        assert f"· {counter.clock.now():%H:%M}" in frame.state.accessibleName()
    finally:
        line.stop()


def test_a_narrow_window_shows_the_first_problem_and_the_pane_that_was_asked_for(seat, related, page, qapp):
    page.problems.show_troubles([Trouble("look", Problem("LOOK_PRINT", None, {"code": f"H{number}"})) for number in range(4)])
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(page)
    area.resize(900, 320)
    area.show()
    page.set_narrow(narrow=True)
    assert [banner.isHidden() for banner in page.problems.banners] == [False, True, True]
    assert page.problems.more.text() == "Show 3 more"
    for pane in (page.side, page.queue):
        page.do_next_pane()
        wait_for(lambda shown=pane: not shown.visibleRegion().isEmpty() and shown.visibleRegion().boundingRect().height() > 100)
    page.set_narrow(narrow=False)
    assert [banner.isHidden() for banner in page.problems.banners] == [False, False, False]
    area.takeWidget()


def test_the_day_s_budget_stands_beside_what_went_today(seat, related, counter):
    counter.line.save(Actor("u-0004", Role.ADMINISTRATOR), metered=False, daily_mb=200)
    assert "Scans sent today: 0 B of 200 MB" in words(opened(seat).line)
    counter.line.save(Actor("u-0004", Role.ADMINISTRATOR), metered=True, daily_mb=200)
    assert "Scans sent today: 0 B\n" in words(opened(seat).line) + "\n"


def test_narrow_and_wide_show_the_same_two_panes(seat, related, page):
    page.set_narrow(narrow=True)
    assert page.side.isHidden()
    page.do_next_pane()
    assert page.queue.isHidden()
    assert not page.side.isHidden()
    page.do_next_pane()
    page.set_narrow(narrow=False)
    assert not page.side.isHidden()
    assert not page.queue.isHidden()
