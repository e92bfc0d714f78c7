"""The table of events and national states says what the rules say, and names every event that the desk records."""

import json

from counter_app.domain.national_check import LISTS, TEXTS
from docs import make_record_table


def test_the_page_holds_the_table_of_the_rules():
    page = make_record_table.PAGE.read_text(encoding="utf-8")
    assert page == make_record_table.with_table(page)


def test_every_event_has_its_words():
    rules = json.loads(make_record_table.RULES.read_text(encoding="utf-8"))
    assert set(make_record_table.ACTS) == set(rules["events"])


def test_the_checked_members_are_those_of_the_rules():
    rules = json.loads(make_record_table.RULES.read_text(encoding="utf-8"))
    assert set(rules["record_members"]) == {*TEXTS, *LISTS}
    assert set(rules["array_members"]) == set(LISTS)
