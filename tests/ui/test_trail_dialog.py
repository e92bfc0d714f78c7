"""The audit trail in its window: who may open it, what it filters by, what it says of itself, and samples drawn from it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from counter_app.domain.people import Actor, Role
from counter_app.services.trail import looking as trail_service
from counter_app.services.trail.looking import ActKind
from tests.ui.conftest import nameless, wait_for
from tests.ui.pages.helpers import idle, take_in
from ui.dialogs.acts.inputs import fill
from ui.dialogs.trail import SampleDialog, TrailDialog
from ui.models.trail_words import act_word, kind_word
from ui.windows.house_desk import HouseDesk


def put(dialog, **values):
    for field, widget in dialog.fields:
        if field.name in values:
            fill(widget, replace(field, value=values[field.name]))


def ask(dialog):
    dialog.ask()
    idle(dialog.context)


def acts(dialog):
    return [line.action for line in dialog.model.rows]


@pytest.fixture
def opened(seat, host):
    """The trail over a desk with two dossiers of today, one of which was opened."""
    first, second = take_in(seat.desk), take_in(seat.desk, "Lê Văn Thử")
    seat.desk.counter.dossiers.show(second.code, seat.desk.actor)
    dialog = TrailDialog(seat.context, seat.desk.counter.users.list(), host)
    dialog.open()
    idle(seat.context)
    return dialog, first.code, second.code


def test_today_stands_there_at_once_newest_first(opened):
    dialog, _, second = opened
    assert (acts(dialog)[0], dialog.model.rows[0].code) == ("dossier.shown", second)
    assert "on the trail too" in dialog.told.text()
    assert nameless(dialog) == []


@pytest.mark.parametrize("percent", [100, 150, 200])
@pytest.mark.parametrize("made", [TrailDialog, SampleDialog])
def test_the_window_fits(seat, host, theme, made, percent):
    theme.resize(percent)
    dialog = TrailDialog(seat.context, (), host) if made is TrailDialog else SampleDialog(seat.context, host)
    dialog.open()
    idle(seat.context)
    assert (dialog.width() <= host.width(), dialog.height() <= host.height(), nameless(dialog)) == (True, True, [])


def test_kind_person_and_code_narrow_it(opened):
    dialog, first, _ = opened
    put(dialog, kind=ActKind.DOSSIER, code=first)
    ask(dialog)
    assert "dossier.received" in acts(dialog)
    assert {line.code for line in dialog.model.rows} == {first}
    assert not {"dossier.shown", "trail.shown"} & set(acts(dialog))


def test_each_look_is_seen_by_the_next_one(opened):
    dialog, *_ = opened
    put(dialog, kind=ActKind.LOOK)
    ask(dialog)
    assert acts(dialog).count("trail.shown") == 1
    ask(dialog)
    assert acts(dialog).count("trail.shown") == 2


def test_an_unknown_code_and_a_day_that_is_none_are_said_at_their_fields(opened):
    dialog, *_ = opened
    put(dialog, code="H36.50.05-261120-9999")
    ask(dialog)
    assert dialog.form.row("code").problem
    put(dialog, code="")
    for wrong in ("31/02/2026", ""):
        dialog.form.row("first").field.setText(wrong)
        ask(dialog)
        assert "Write a day" in dialog.form.row("first").problem
    put(dialog, first=dialog.context.counter.clock.now() + timedelta(days=1))
    ask(dialog)
    assert dialog.form.row("last").problem


def test_a_scanned_slip_asks_for_its_dossier(opened):
    dialog, first, _ = opened
    dialog.take_scan(first)
    idle(dialog.context)
    assert {line.code for line in dialog.model.rows} == {first}


def test_a_long_trail_says_how_much_of_it_is_shown(opened, monkeypatch):
    dialog, *_ = opened
    monkeypatch.setattr(trail_service, "MOST", 2)
    ask(dialog)
    assert dialog.told.text().startswith("The newest 2 of ")


def test_a_line_leads_to_its_dossier_and_one_without_leads_nowhere(opened, seat):
    dialog, _, second = opened
    without = next(at for at, line in enumerate(dialog.model.rows) if not line.code)
    dialog.table.opened.emit(without)
    assert (dialog.isVisible(), seat.navigator.opened) == (True, [])
    dialog.table.opened.emit(0)
    assert (dialog.isVisible(), seat.navigator.opened) == (False, [("dossier", {"code": second})])


def test_no_name_or_number_of_a_citizen_is_shown(opened):
    dialog, *_ = opened
    model = dialog.model
    shown = "\n".join(f"{model.index(at, column).data()} {model.rows[at].details}"
                      for at in range(model.rowCount()) for column in range(model.columnCount()))
    assert not [word for word in ("067190000123", "Ví Dụ", "Lê Văn Thử", "0900") if word in shown]


# --- samples ----------------------------------------------------------------------------------------------------------


def test_a_sample_is_drawn_and_drawn_again_by_its_number(opened, host, seat):
    dialog, first, second = opened
    dialog._ask_sample()
    (sample,) = host.findChildren(SampleDialog)
    assert not dialog.isVisible()
    put(sample, count=1)
    ask(sample)
    wait_for(lambda: sample.model.rows)
    drawn = sample.model.rows
    assert (drawn[0].code in (first, second), "1 of 2 dossiers" in sample.told.text(), sample.go.isEnabled()) == (True, True, True)
    seed = int(sample.told.text().split("draw: ")[1].split(".")[0])
    put(sample, seed=seed)
    ask(sample)
    assert sample.model.rows == drawn
    sample.table.opened.emit(0)
    assert seat.navigator.opened == [("dossier", {"code": drawn[0].code})]


def test_a_size_that_is_none_or_too_large_is_said(seat, host):
    sample = SampleDialog(seat.context, host)
    sample.open()
    put(sample, count=None)
    ask(sample)
    assert "whole number" in sample.form.row("count").problem
    put(sample, count=5000)
    ask(sample)
    wait_for(lambda: "200" in sample.form.row("count").problem)
    assert sample.go.isEnabled()


# --- the way there ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("role", "opens"), [
    (Role.CLERK, False), (Role.HEAD, True), (Role.INSPECTOR, True), (Role.ADMINISTRATOR, True)])
def test_only_who_answers_for_the_desk_gets_in(seat, host, tools, role, opens):
    session = replace(seat.context.session, actor=Actor(seat.context.session.actor.user_id, role))
    host.context = replace(seat.context, session=session)
    house = HouseDesk(tools, seat.context.counter, host)
    house.attach(host)
    house.actions["trail"]()
    idle(seat.context)
    found = host.findChildren(TrailDialog)
    assert bool(found) is opens
    if opens:
        idle(seat.context)
        QTest.keyClick(found[0], Qt.Key.Key_Escape)
        assert not found[0].isVisible()
    else:
        assert "reads the audit trail" in tools.notices.kept[0].text


@pytest.mark.parametrize("kind", ActKind)
def test_every_kind_has_a_word(kind):
    assert kind_word(kind) not in ("", kind)


@pytest.mark.parametrize(("action", "words"), [
    ("dossier.received", "Dossier received"), ("book.year_closed", "Year of a register closed"), ("user.login", "Login"),
    ("something.new", "something.new")])
def test_acts_are_named_and_unknown_ones_not_hidden(action, words):
    assert act_word(action) == words
