"""The lists of the commune's own house: units, signers, steps; typed line by line, saved at once, refused at the line that is wrong."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from counter_app.domain.deadline_terms import Limit, LimitUnit
from counter_app.domain.people import Actor, Role
from counter_app.services.people.offices import ProcessStep, Signer, Unit
from tests.examples import examples
from tests.ui.conftest import nameless, settle, wait_for
from tests.ui.pages.helpers import idle, words
from ui.dialogs.acts.inputs import fill
from ui.dialogs.listed_settings import ListedSettingsDialog
from ui.dialogs.office_lists import process_form, signers_form, units_form
from ui.windows.house_desk import HouseDesk

FORMS = {"units": units_form, "signers": signers_form, "process": process_form}
MARITAL = "1.004873"


class Opened:
    """Opens a list over a real desk, types into the chosen line and saves."""

    def __init__(self, seat, host):
        self.seat, self.context, self.host, self.saved = seat, seat.context, host, []
        self.offices = seat.desk.counter.offices

    def show(self, name):
        dialog = ListedSettingsDialog(self.context, FORMS[name](self.context.counter), self.host)
        dialog.saved.connect(lambda: self.saved.append(name))
        dialog.open()
        idle(self.context)
        return dialog

    def save(self, dialog):
        dialog.save.click()
        idle(self.context)
        settle(0)


@pytest.fixture
def opened(seat, host):
    return Opened(seat, host)


def put(dialog, **values):
    """Type values into the fields of the chosen line and leave them."""
    for field, widget in dialog._fields:
        if field.name in values:
            fill(widget, replace(field, value=values[field.name]))
            dialog.form.left.emit(field.name)


def shown(dialog):
    """Return the cells of the table, a row a list."""
    model = dialog.model
    return [[model.index(at, column).data() for column in range(model.columnCount())] for at in range(model.rowCount())]


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("percent", [100, 150, 200])
def test_every_field_has_a_name_and_the_window_fits(opened, theme, name, percent):
    theme.resize(percent)
    dialog = opened.show(name)
    assert nameless(dialog) == []
    assert (dialog.width() <= opened.host.width(), dialog.height() <= opened.host.height()) == (True, True)


def test_the_units_of_the_shipped_process_stand_there_and_others_are_added(opened):
    dialog = opened.show("units")
    assert [line[0] for line in shown(dialog)] == ["Công chức chuyên môn", "Lãnh đạo Ủy ban nhân dân"]
    dialog.add.click()
    put(dialog, name="Công an xã", head="Vũ Văn Thực Hành")
    opened.save(dialog)
    assert opened.saved == ["units"]
    assert opened.offices.units()[2] == Unit("Công an xã", "Công an xã", "Vũ Văn Thực Hành"), "without a code the name is one"


def test_nothing_is_kept_until_it_is_saved(opened):
    dialog = opened.show("units")
    before = opened.offices.units()
    put(dialog, name="Khác")
    dialog.remove.click()
    dialog.reject()
    assert (opened.offices.units(), opened.saved) == (before, [])


def test_signers_keep_their_days_and_what_they_sign(opened):
    dialog = opened.show("signers")
    assert not dialog.form.isEnabled()
    dialog.add.click()
    put(dialog, name="Hoàng Thị Giả Định", title="Phó Chủ tịch", scope=" SCT/BS ;; SCT/CKND ")
    for name, text in (("valid_from", "1/7/2026"), ("valid_to", "31/12/2026")):
        dialog.form.row(name).field.setText(text)
    opened.save(dialog)
    wanted = Signer("Hoàng Thị Giả Định", "Phó Chủ tịch", ("SCT/BS", "SCT/CKND"), date(2026, 7, 1), date(2026, 12, 31))
    assert opened.offices.signers() == (wanted,)
    again = opened.show("signers")
    assert shown(again) == [["Hoàng Thị Giả Định", "Phó Chủ tịch", "01/07/2026", "31/12/2026"]]
    opened.save(again)
    assert opened.offices.signers() == (wanted,)


def test_what_is_wrong_stands_at_the_line_and_field_it_is_about(opened):
    dialog = opened.show("signers")
    for name, ends in (("Người Một", ""), ("Người Hai", "01/01/2020"), ("Người Ba", "")):
        dialog.add.click()
        put(dialog, name=name, title="Chủ tịch")
        dialog.form.row("valid_from").field.setText("01/01/2026")
        dialog.form.row("valid_to").field.setText(ends)
    opened.save(dialog)
    assert (dialog.isVisible(), dialog.table.currentIndex().row(), opened.offices.signers()) == (True, 1, ())
    assert "before the first" in dialog.form.row("valid_to").problem
    assert dialog.form.row("name").field.text() == "Người Hai"


def test_a_day_that_is_none_holds_its_line(opened):
    dialog = opened.show("signers")
    for name in ("Người Một", "Người Hai"):
        dialog.add.click()
        put(dialog, name=name, title="Chủ tịch")
    dialog.form.row("valid_to").field.setText("31/02/2026")
    dialog.table.selectRow(0)
    assert (dialog.table.currentIndex().row(), bool(dialog.form.row("valid_to").problem)) == (1, True)
    opened.save(dialog)
    assert opened.offices.signers() == ()


def test_steps_of_one_procedure_leave_those_of_all_others(opened):
    everybodys = opened.offices.process("")
    dialog = opened.show("process")
    dialog.key.setCurrentIndex(dialog.key.findData(MARITAL))
    idle(opened.context)
    assert [line[0] for line in shown(dialog)] == [step.name for step in everybodys]
    dialog.remove.click()
    put(dialog, name="Xác minh", unit="Công an xã", limit=2, limit_unit=LimitUnit.WORKING_DAY)
    assert not dialog.key.isEnabled(), "another procedure waits until this one is saved or left"
    opened.save(dialog)
    (step,) = opened.offices.process(MARITAL)
    assert (step.name, step.unit, step.limit) == ("Xác minh", "Công an xã", Limit(2, LimitUnit.WORKING_DAY))
    assert opened.offices.process("") == everybodys


def test_without_a_line_what_held_before_holds_again(opened):
    before = opened.offices.process(MARITAL)
    opened.offices.save_process(MARITAL, (ProcessStep("a", "Riêng", "Công an xã"),), Actor(opened.context.session.actor.user_id, Role.ADMINISTRATOR))
    dialog = opened.show("process")
    dialog.key.setCurrentIndex(dialog.key.findData(MARITAL))
    idle(opened.context)
    dialog.remove.click()
    assert (dialog.remove.isEnabled(), dialog.form.isEnabled()) == (False, False)
    opened.save(dialog)
    assert opened.offices.process(MARITAL) == before


def test_a_time_without_a_number_is_said_and_nothing_is_kept(opened):
    dialog = opened.show("process")
    put(dialog, limit=None, limit_unit=LimitUnit.HOUR)
    opened.save(dialog)
    assert bool(dialog.form.row("limit").problem)
    assert opened.saved == []


def test_lines_change_places_and_the_chosen_one_stays_chosen(opened):
    dialog = opened.show("units")
    assert (dialog.up.isEnabled(), dialog.down.isEnabled()) == (False, True)
    dialog.down.click()
    assert ([line[0] for line in shown(dialog)], dialog.table.currentIndex().row()) == (
        ["Lãnh đạo Ủy ban nhân dân", "Công chức chuyên môn"], 1)
    assert (dialog.up.isEnabled(), dialog.down.isEnabled()) == (True, False)
    dialog.up.click()
    opened.save(dialog)
    assert [unit.name for unit in opened.offices.units()] == ["Công chức chuyên môn", "Lãnh đạo Ủy ban nhân dân"]


@settings(max_examples=examples(8), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["add", "remove", "up", "down"]), max_size=12))
def test_any_clicks_keep_table_fields_and_choice_together(opened, clicks):
    dialog = opened.show("units")
    expected, at = [line[0] for line in shown(dialog)], 0
    for count, name in enumerate(clicks):
        button = getattr(dialog, name)
        if not button.isEnabled():
            continue
        button.click()
        if name == "add":
            put(dialog, name=f"Tổ {count}")
            expected, at = [*expected, f"Tổ {count}"], len(expected)
        elif name == "remove":
            del expected[at]
            at = min(at, len(expected) - 1)
        else:
            to = at + (1 if name == "down" else -1)
            expected[at], expected[to], at = expected[to], expected[at], to
        assert [line[0] for line in shown(dialog)] == expected
        assert dialog.table.currentIndex().row() == at
        assert not expected or dialog.form.row("name").field.text() == expected[at]
    dialog.reject()


def test_who_manages_no_desk_reads_only(seat, host):
    session = replace(seat.context.session, actor=Actor(seat.context.session.actor.user_id, Role.HEAD))
    seat.context = replace(seat.context, session=session)
    dialog = Opened(seat, host).show("units")
    assert "Only an administrator" in words(dialog)
    assert [button.isEnabled() for button in (dialog.add, dialog.remove, dialog.up, dialog.down, dialog.save)] == [False] * 5
    assert (dialog.form.isEnabled(), dialog.table.isEnabled()) == (False, True)


@pytest.mark.parametrize("action", ["units_settings", "signers_settings", "process_settings"])
def test_the_palette_and_the_settings_lead_there(seat, host, tools, action):
    house = HouseDesk(tools, seat.context.counter, host)
    frame = host
    frame.context = seat.context
    house.attach(frame)
    house.actions[action]()
    wait_for(lambda: frame.findChildren(ListedSettingsDialog))
    (dialog,) = frame.findChildren(ListedSettingsDialog)
    idle(seat.context)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
