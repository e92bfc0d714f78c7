"""Đồng bộ before an enrolment: what the page is for, the ticket by reader and file, and a sentence for all that can be wrong with it."""

from __future__ import annotations

import json

import pytest

from counter_app.domain.people import Role
from tests.builders import command
from tests.ui.conftest import nameless, wait_for
from tests.ui.pages.helpers import words
from tests.ui.pages.sync_desk import as_role, counter, dialog, enrolled, line, opened, page, province, quiet, ticket
from ui.dialogs.enrol import EnrolDialog

__all__ = ["counter", "enrolled", "line", "page", "province"]


def test_before_an_enrolment_the_page_says_what_it_is_for(page, counter):
    assert page.place.shown is page.unenrolled
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
    wait_for(quiet(counter))
    wait_for(lambda: page.place.shown is page.enrolled and page.view.counts["province_has"] > 0)
    assert "enrolled with" in seat.context.notices.kept[-1].text
    assert page.words.cells[2].word.text().startswith("Province has")


def test_a_ticket_s_file_enrols_too(page, counter, province, tmp_path):
    file = tmp_path / "ticket.json"
    file.write_text("\ufeff" + json.dumps(ticket(counter, province)), "utf-8")
    page.trigger("solve_trouble")
    dialog(page, EnrolDialog).show_file(str(file))
    wait_for(counter.line.is_enrolled)
    wait_for(lambda: page.place.shown is page.enrolled)


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
    wait_for(lambda: words_of_it in words(asked))
    assert asked.go.isEnabled()
    assert not counter.line.is_enrolled()
    asked.take_scan(json.dumps(good))
    wait_for(counter.line.is_enrolled)


@pytest.mark.parametrize("text", ["", "{", "[]", "H36.50.05-261120-0001", "[" * 10_000])
def test_what_is_no_ticket_is_said_without_a_word_on_the_line(page, counter, text):
    page.trigger("solve_trouble")
    asked = dialog(page, EnrolDialog)
    asked.take_scan(text)
    wait_for(lambda: "The enrolment ticket can't be read" in words(asked))
    assert not counter.line.is_enrolled()


def test_without_a_line_the_same_ticket_is_to_be_tried_again(page, counter, province):
    good = ticket(counter, province)
    province.stop()
    page.trigger("solve_trouble")
    asked = dialog(page, EnrolDialog)
    asked.take_scan(json.dumps(good))
    wait_for(lambda: "try the same ticket again" in words(asked))
    province.start()
    asked.go.click()
    wait_for(counter.line.is_enrolled)


def test_the_dialog_grows_with_the_sentence_at_the_ticket(page, counter):
    page.trigger("solve_trouble")
    asked = dialog(page, EnrolDialog)
    before = asked.height()
    row = asked.form.row("ticket")
    row.show_problem("a sentence of several lines " * 12)
    wait_for(lambda: asked.height() > before)
    assert row.field.geometry().bottom() < row.height()
    assert row.error.height() >= row.error.heightForWidth(row.error.width())


def test_a_file_that_is_gone_is_said(page, tmp_path):
    page.trigger("solve_trouble")
    asked = dialog(page, EnrolDialog)
    asked.show_file(str(tmp_path / "gone.json"))
    wait_for(lambda: asked.form.row("ticket").problem)
