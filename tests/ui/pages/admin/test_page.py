"""The page Quản trị as a whole: its tabs, whose keys are shown, and how an act of another section is reached."""

from typing import ClassVar

import pytest
from PySide6.QtWidgets import QPushButton

from counter_app.services.changes import Changes
from tests.ui.pages.helpers import idle, shown_page, words
from ui.actions import ACTION_BY_ID
from ui.pages.admin.page import AdminPage
from ui.pages.admin.people import PeopleSection
from ui.pages.admin.section import Section
from ui.pages.admin.sections import SECTIONS


class Garden(Section):
    """A section of its own for these tests: what is done to it is written down."""

    section_id = "garden"
    happened: ClassVar[list[str]] = []

    def __init__(self, context, parent=None):
        super().__init__(context, parent)
        self.happened.append("made")
        self.button = QPushButton("dig")
        self.body.addWidget(self.button)

    @staticmethod
    def title():
        return "Garden"

    def keys(self):
        return ("send_now",)

    def why_not(self, action_id):
        return "It rains." if action_id == "pause_line" else None

    def activate(self):
        self.happened.append("activate")
        self.say("3 beds")

    def leave(self):
        self.happened.append("leave")

    def refresh(self, changes):
        self.happened.append("refresh")

    def take_focus(self):
        self.button.setFocus()

    def do_send_now(self):
        self.happened.append("send_now")

    def do_pause_line(self):
        self.happened.append("pause_line")


class Grounds(AdminPage):
    sections = (PeopleSection, Garden)


@pytest.fixture
def page(seat):
    Garden.happened.clear()
    made = shown_page(Grounds(seat.context))
    made.activate()
    idle(seat.context)
    return made


def test_the_sections_have_ids_and_words_of_their_own(seat):
    made = AdminPage(seat.context)
    names = [kind.section_id for kind in SECTIONS]
    assert len(set(names)) == len(names)
    titles = [made.section(name).title() for name in names]
    assert all(titles)
    assert len(set(titles)) == len(titles)


def test_no_act_has_two_owners(seat):
    made = AdminPage(seat.context)
    acts = [name for kind in SECTIONS for name in dir(made.section(kind.section_id)) if name.startswith("do_")]
    assert len(set(acts)) == len(acts)


def test_every_act_of_a_section_has_its_word_and_key(seat):
    made = AdminPage(seat.context)
    for section in map(made.section, (kind.section_id for kind in SECTIONS)):
        own = {name.removeprefix("do_") for name in dir(section) if name.startswith("do_")}
        assert own | set(section.keys()) <= ACTION_BY_ID.keys(), section.section_id
        assert {ACTION_BY_ID[name].page for name in own} <= {"admin"}, section.section_id


def test_a_tab_shows_its_section_with_its_keys_and_its_summary(page):
    assert page.chosen.section_id == "people"
    assert "1 people with an account" in words(page)
    page._tabs.step(1)
    assert page.chosen.section_id == "garden"
    assert page.page_actions() == ("send_now", "next_pane", "back")
    assert "3 beds" in words(page)
    assert "people with an account" not in words(page)
    page._tabs.step(-1)
    assert Garden.happened == ["made", "activate", "leave"]


def test_an_act_of_another_section_opens_it_first(page):
    assert page.trigger("send_now")
    assert page.chosen.section_id == "garden"
    assert Garden.happened == ["made", "activate", "send_now"]


def test_an_act_that_is_not_possible_leaves_everything_as_it_is(page):
    assert page.why_not("pause_line") == "It rains."
    assert not page.trigger("pause_line")
    assert page.chosen.section_id == "people"
    assert Garden.happened == ["made"], "it was asked why not, and nothing else"


def test_a_section_is_made_once_when_it_is_wanted_and_laid_out_as_the_page_is(page):
    page.set_narrow(narrow=True)
    assert page.offers("send_now")
    assert Garden.happened == [], "the page knows its tab and its acts without it"
    page.activate(section="garden")
    page.activate(section="people")
    page.activate(section="garden")
    assert Garden.happened.count("made") == 1
    assert page.chosen.narrow
    page.set_narrow(narrow=False)
    assert not page.chosen.narrow


def test_what_no_section_has_is_not_offered(page):
    assert page.offers("send_now")
    assert page.offers("next_pane")
    assert not page.offers("no_such_act")
    assert page.why_not("next_pane") is None
    assert not page.trigger("no_such_act")


def test_it_opens_on_the_section_that_is_wanted(page, seat):
    page.activate(section="garden")
    assert page.chosen.button.hasFocus()
    page.activate()
    assert page.chosen.section_id == "garden", "coming back finds what was open"


def test_only_the_section_that_is_seen_looks_again(page):
    page.refresh(Changes.of("users"))
    assert "refresh" not in Garden.happened
    page.activate(section="garden")
    page.refresh(Changes.of("users"))
    assert Garden.happened[-1] == "refresh"
    page.leave()
    assert Garden.happened[-1] == "leave"


def test_f6_goes_from_the_section_to_the_tabs_and_back(page):
    page.activate(section="garden")
    page.do_next_pane()
    assert page._tabs.isAncestorOf(page.focusWidget())
    page.do_next_pane()
    assert page.chosen.button.hasFocus()
