"""A new catalogue or calendar from a file: seen before it is used, used by an administrator only, refused in words."""

import json
from dataclasses import replace
from datetime import date

import pytest

from counter_app.domain.people import Actor, Role
from counter_app.support.resources import shipped_json
from tests.ui.conftest import nameless, settle
from tests.ui.pages.helpers import MARITAL, idle, take_in, words
from ui.dialogs.update_rules import CalendarUpdateDialog, CatalogueUpdateDialog


@pytest.fixture
def catalogue_file(tmp_path):
    """The shipped catalogue under another version: one procedure renamed, one gone."""
    document = copied("catalogue/procedures.json")
    document["meta"]["version"] = "2027-01"
    known = document["procedures"]
    next(each for each in known if each["code"] == MARITAL)["name"] = "Tên mới của thủ tục"
    document["procedures"] = [each for each in known if each["code"] != "2.000815"]
    document["meta"]["count"] = len(document["procedures"])
    return written(tmp_path / "procedures.json", document)


@pytest.fixture
def calendar_file(tmp_path):
    """The shipped calendar with one more day off: Wednesday 25/11/2026."""
    document = copied("calendar/calendar.json")
    document["meta"]["version"] = "2026-12-01"
    off = next(each for each in document["days"] if each["date"] == "2026-11-24")
    document["days"].append(off | {"date": "2026-11-25", "weekday": "Wed", "name": "Nghỉ thêm"})
    return written(tmp_path / "calendar.json", document)


def copied(name):
    """Return a shipped document of its own: the one that is kept in memory is everybody's."""
    return json.loads(json.dumps(shipped_json(name)))


def written(path, document):
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return path


def opened(kind, seat, host, role=Role.ADMINISTRATOR):
    session = replace(seat.context.session, actor=Actor(seat.desk.actor.user_id, role))
    dialog = kind(replace(seat.context, session=session), host)
    dialog.open()
    return dialog


def look_at(dialog, seat, path):
    dialog.show_file(str(path))
    idle(seat.context)


def cells(dialog, column=0):
    return [dialog.model.index(row, column).data() for row in range(dialog.model.rowCount())]


def test_nothing_is_used_before_a_file_was_seen(seat, host):
    for kind in (CatalogueUpdateDialog, CalendarUpdateDialog):
        dialog = opened(kind, seat, host)
        assert not dialog.use.isEnabled()
        assert dialog.use.toolTip()
        dialog._apply()
        idle(seat.context)
        assert dialog.isVisible()
        assert nameless(dialog) == []


def test_a_catalogue_is_compared_first(seat, host, catalogue_file):
    dialog = opened(CatalogueUpdateDialog, seat, host)
    look_at(dialog, seat, catalogue_file)
    assert "0 procedures are new, 1 go, 1 change" in words(dialog)
    changed = next(each for each in dialog.model.rows if each.kind == "changed")
    assert changed.after == "Tên mới của thủ tục"
    assert len(seat.desk.counter.catalogue.versions()) == 1, "looking changes nothing"


def test_a_catalogue_is_used_from_the_day_that_was_given(seat, host, catalogue_file):
    dialog = opened(CatalogueUpdateDialog, seat, host)
    heard = []
    seat.context.tasks.changed.connect(heard.append)
    look_at(dialog, seat, catalogue_file)
    dialog._first.setText("01/12/2026")
    dialog.use.click()
    idle(seat.context)
    catalogue = seat.desk.counter.catalogue
    assert catalogue.get(MARITAL, date(2026, 11, 30)).name != "Tên mới của thủ tục"
    assert catalogue.get(MARITAL, date(2026, 12, 1)).name == "Tên mới của thủ tục"
    assert [changes.touch("catalogue") for changes in heard] == [True]
    assert "2027-01" in seat.context.notices.kept[0].text


@pytest.mark.parametrize("day", ["", "31/02/2027", "ngày mai", "01/01/1970"])
def test_an_impossible_day_is_refused_at_its_field_and_nothing_is_used(seat, host, catalogue_file, day):
    dialog = opened(CatalogueUpdateDialog, seat, host)
    look_at(dialog, seat, catalogue_file)
    dialog._first.setText(day)
    dialog.use.click()
    idle(seat.context)
    assert dialog.form.row("from").problem
    assert dialog.isVisible()
    assert seat.desk.counter.catalogue.get(MARITAL, date(2026, 12, 31)).name != "Tên mới của thủ tục"


def test_the_same_catalogue_is_said_to_be_the_same(seat, host, tmp_path):
    dialog = opened(CatalogueUpdateDialog, seat, host)
    look_at(dialog, seat, written(tmp_path / "same.json", copied("catalogue/procedures.json")))
    assert dialog.model.rowCount() == 0
    assert dialog.said.text()


def test_a_calendar_shows_the_dossiers_it_would_move_and_moves_none(seat, host, calendar_file):
    made = take_in(seat.desk)
    before = seat.desk.counter.dossiers.show(made.code, seat.desk.actor).dossier.due_at
    dialog = opened(CalendarUpdateDialog, seat, host)
    look_at(dialog, seat, calendar_file)
    assert cells(dialog) == [made.code]
    assert cells(dialog, 1) == [f"{before:%d/%m/%Y %H:%M}"]
    assert cells(dialog, 2) != cells(dialog, 1)
    dialog.use.click()
    idle(seat.context)
    assert not seat.desk.counter.calendar.calendar().is_counting_day(date(2026, 11, 25))
    assert seat.desk.counter.dossiers.show(made.code, seat.desk.actor).dossier.due_at == before
    assert "2026-12-01" in seat.context.notices.kept[0].text


@pytest.mark.parametrize("kind", [CatalogueUpdateDialog, CalendarUpdateDialog])
@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe\x00", b'{"meta": {}}', b"[" * 5000])
def test_a_damaged_file_is_refused_in_words_and_the_rules_stay(seat, host, tmp_path, kind, content):
    damaged = tmp_path / "damaged.json"
    damaged.write_bytes(content)
    dialog = opened(kind, seat, host)
    look_at(dialog, seat, damaged)
    assert dialog.form.row("file").problem
    assert not dialog.use.isEnabled()


@pytest.mark.parametrize("kind", [CatalogueUpdateDialog, CalendarUpdateDialog])
def test_a_file_that_is_gone_is_told(seat, host, tmp_path, kind):
    dialog = opened(kind, seat, host)
    look_at(dialog, seat, tmp_path / "none.json")
    assert dialog.form.row("file").problem


@pytest.mark.parametrize("role", [Role.CLERK, Role.HEAD, Role.INSPECTOR])
def test_others_may_look_and_are_told_why_they_may_not_more(seat, host, role, catalogue_file):
    dialog = opened(CatalogueUpdateDialog, seat, host, role)
    assert "Only an administrator" in dialog.banner.sentence
    look_at(dialog, seat, catalogue_file)
    assert dialog.model.rowCount() == 2
    assert not dialog.use.isEnabled()
    assert "administrator" in dialog.use.toolTip()


def test_another_file_takes_what_was_seen_of_the_first_away(seat, host, catalogue_file, tmp_path):
    dialog = opened(CatalogueUpdateDialog, seat, host)
    look_at(dialog, seat, catalogue_file)
    assert dialog.use.isEnabled()
    look_at(dialog, seat, tmp_path / "none.json")
    assert dialog.model.rowCount() == 0
    assert not dialog.use.isEnabled()
    settle(0)
