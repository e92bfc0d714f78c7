"""The check of the records from the window: asked for, one at a time, and told line by line."""

import pytest

from counter_app.domain.errors import Problem, failed
from counter_app.services.verifying.service import Difference, Verified, VerifyService
from tests.ui.pages.helpers import idle, shown_page, words
from ui.pages.admin.page import AdminPage

GONE = Difference("audit", "17", Problem("VERIFY_AUDIT", None, {"seq": 17}))
LEFT = Difference("files", "ab12", Problem("VERIFY_FILE_LEFT", None, {}))


@pytest.fixture
def page(seat):
    made = shown_page(AdminPage(seat.context))
    made.activate(section="checking")
    idle(seat.context)
    return made


def check(page, seat, monkeypatch, answer):
    def run(self, *, stop):
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(VerifyService, "run", run)
    page.chosen.check.click()
    idle(seat.context)


def test_nothing_is_read_until_somebody_asks(page, seat, monkeypatch):
    def never(self, *, stop):
        raise AssertionError("checked unasked")

    monkeypatch.setattr(VerifyService, "run", never)
    page.activate()
    idle(seat.context)
    assert page.chosen.summary == ""


def test_a_real_desk_agrees(page, seat, guard):
    with guard:
        page.trigger("verify_desk")
        idle(seat.context)
    assert "records agree, checked at 09:42" in words(page)
    assert "Audit trail: agrees" in page.chosen.list.accessibleDescription()


def test_what_does_not_agree_stands_first_with_its_place(page, seat, monkeypatch):
    check(page, seat, monkeypatch, Verified({"audit": 20, "prints": 3}, (GONE,)))
    shown = words(page)
    assert "1 places do not agree" in shown
    assert "17: " in shown
    assert shown.index("17: ") < shown.index("3 looked at")
    assert "20 looked at" not in shown


def test_work_that_was_broken_off_alarms_nobody(page, seat, monkeypatch):
    check(page, seat, monkeypatch, Verified({"files": 2}, (LEFT,)))
    assert "2 records agree" in words(page)
    assert "unfinished" in page.chosen.list.accessibleDescription()


def test_one_check_at_a_time_and_a_failed_one_can_be_repeated(page, seat, monkeypatch):
    refused = []
    seat.context.tasks.refused.connect(refused.append)
    check(page, seat, monkeypatch, failed("DATABASE_LOCKED", path="desk.db"))
    assert [error.code for error in refused] == ["DATABASE_LOCKED"]
    assert page.why_not("verify_desk") is None
    page.chosen.do_verify_desk()
    assert page.why_not("verify_desk") == "The check is under way."
    idle(seat.context)


def test_a_window_that_goes_does_not_wait_for_it(page, seat):
    looked = seat.desk.counter.verifying.run(stop=lambda: True)
    assert sum(looked.checked.values()) == 0
    assert not page.chosen._is_stopping()


def test_the_way_to_the_trail_is_on_the_key_line(page):
    assert page.page_actions()[:2] == ("verify_desk", "trail")
