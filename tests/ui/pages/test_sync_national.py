"""Đồng bộ with a province that takes national records only: no journal, no lease, and the page says what is so."""

from __future__ import annotations

import pytest

from counter_app.services.line.province import NationalTicket
from tests.builders import command
from tests.sync.portal_server import PASSWORD, USER, PortalServer
from tests.ui.conftest import nameless, wait_for
from tests.ui.pages.helpers import words
from tests.ui.pages.sync_desk import counter, line, opened, quiet

__all__ = ["counter", "line"]


@pytest.fixture
def server():
    running = PortalServer()
    yield running
    running.close()


@pytest.fixture
def national(seat, counter, server):
    """A desk with one dossier that such a province does not have yet."""
    received = counter.intake.receive(command(), seat.desk.actor)
    counter.line.enrol(NationalTicket(server.url, counter.desk.agency, USER, PASSWORD), seat.desk.actor)
    return received


def test_what_waits_and_who_is_at_the_other_end_is_shown(seat, national, counter):
    page = opened(seat)
    assert page.view.standing.lanes
    assert page.view.agency_name == counter.desk.agency
    assert page.queues.index(0, 1).data() == "1"
    assert "Last proven contact" in words(page.line)
    assert page.problems.isHidden()
    assert nameless(page) == []


def test_nothing_is_offered_that_needs_a_journal(seat, national):
    page = opened(seat)
    assert page.reconcile.isHidden()
    assert not page.pause.isHidden()
    for action in ("compare_journals", "compare_period"):
        assert page.why_not(action).startswith("The province's system only takes records")
    assert (page.why_not("send_now"), page.why_not("pause_line")) == (None, None)


def test_everything_arrives_and_no_daily_comparison_is_tried(seat, national, counter, line, server, caplog):
    page = opened(seat)
    wait_for(quiet(counter))
    wait_for(lambda: page.passes.rows and page.passes.rows[0].trouble == "" and not page.passes.rows[0].idle)
    assert national.code in server.records
    assert page.words.cells[2].word.text().startswith("Province has")
    assert counter.comparing.daily() is None
    assert "comparison" not in caplog.text


def test_a_record_that_is_refused_waits_for_a_person_with_its_code(seat, national, counter, server, request):
    server.refused.add(national.code)
    request.getfixturevalue("line")
    page = opened(seat)
    wait_for(lambda: page.view is not None and page.view.standing.troubles)
    wait_for(lambda: not page.problems.isHidden())
    assert national.code in words(page.problems)
