"""The exchange by a stick in the window: out, answered, in; for a PC without a line its ticket too; and a sentence for all that can go wrong."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt

from counter_app.domain.people import Role
from tests.builders import command
from tests.ui.conftest import nameless, wait_for
from tests.ui.pages.helpers import words
from tests.ui.pages.sync_desk import as_role, counter, dialog, enrolled, opened, page, province, related, ticket
from ui.dialogs.stick import StickDialog

__all__ = ["counter", "enrolled", "page", "province", "related"]


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def asked(page, stick):
    page.trigger("by_stick")
    made = dialog(page, StickDialog)
    made.folder.setText(str(stick))
    return made


def test_a_pc_that_never_had_a_line_is_enrolled_from_here(seat, page, counter, province, stick):
    counter.intake.receive(command(), seat.desk.actor)
    made = asked(page, stick)
    assert nameless(made) == []
    made.take_scan(json.dumps(ticket(counter, province)))
    made.out.click()
    wait_for(lambda: "stand in quay-" in words(made))
    province.do("stick", folder=str(stick))
    made.back.click()
    wait_for(lambda: "The province has recorded" in words(made))
    assert counter.line.is_enrolled()
    made.reject()
    wait_for(lambda: page.place.shown is page.enrolled and page.view.counts["province_has"] > 0)


def test_an_enrolled_pc_asks_for_no_ticket(page, counter, province, stick, enrolled):
    page._load()
    wait_for(lambda: page.place.shown is page.enrolled)
    made = asked(page, stick)
    assert made.form.row("ticket").isHidden()
    made.back.click()
    wait_for(lambda: "no answer of the province on the stick" in words(made))
    assert made.out.isEnabled()


@pytest.mark.parametrize(("stop", "asks"), [({"revoked": True}, True), ({"stopped": "key_gone"}, True), ({"stopped": "token_unknown"}, False)])
def test_a_pc_whose_relation_is_over_asks_for_a_new_ticket(seat, related, counter, stick, stop, asks):
    with counter.database.write() as uow:
        key = f"province/{counter.desk.device}"
        uow.settings.put(key, uow.settings.get(key) | stop)
        uow.commit()
    made = asked(opened(seat), stick)
    assert made.form.row("ticket").isHidden() is not asks


@pytest.mark.parametrize(("folder", "typed", "said"), [
    ("", "", "There is no folder"), ("no/such", "", "There is no folder"), (".", "x", "ticket can't be read"), (".", "", "not enrolled"),
])
def test_what_is_wrong_is_said_where_it_is_typed(page, stick, folder, typed, said):
    made = asked(page, stick)
    made.folder.setText(str(stick / folder) if folder else "")
    made.ticket.setText(typed)
    made.out.click()
    wait_for(lambda: said in words(made))
    assert made.out.isEnabled()
    assert list(stick.iterdir()) == []


def test_who_may_exchange_by_a_stick(seat, related):
    assert opened(as_role(seat, Role.CLERK)).why_not("by_stick") is None
    assert opened(as_role(seat, Role.INSPECTOR)).why_not("by_stick") is not None


def test_before_an_enrolment_only_an_administrator(seat):
    assert opened(as_role(seat, Role.CLERK)).why_not("by_stick") == "Only an administrator enrols this PC."


def test_the_keys_of_the_window_write_and_take(page, stick):
    made = asked(page, stick)
    assert made.out.shortcut().toString() == "F9"
    assert made.back.shortcut()[0].key() == Qt.Key.Key_F11
