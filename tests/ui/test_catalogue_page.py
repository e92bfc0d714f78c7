"""Danh mục: procedures with their detail, and the year."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from counter_app.domain.catalogue import ProcedureOverride
from counter_app.domain.deadline_terms import Limit, LimitUnit
from counter_app.domain.people import Actor, Role
from counter_app.services.changes import Changes
from tests.ui.conftest import nameless, picture, settle, wait_for
from tests.ui.pages.helpers import idle
from tests.ui.test_theme import colours_of
from ui.pages.catalogue import CataloguePage
from ui.pages.catalogue_detail import ProcedureDetail


@pytest.fixture
def page(seat):
    made = CataloguePage(seat.context)
    made.resize(1182, 664)
    made.show()
    made.activateWindow()
    made.activate()
    wait_for(lambda: made.model.shown)
    wait_for(made.calendar.months.accessibleName)
    return made


def words(widget):
    return "\n".join(each.text() for each in widget.findChildren(QLabel))


def test_all_procedures_in_force_are_listed_the_usual_ones_first(page, seat):
    in_force = seat.desk.counter.catalogue.in_force(seat.desk.clock.now().date())
    assert [each.code for each in page.model.shown] == [each.code for each in in_force]
    assert f"{len(in_force)} procedures in force" in words(page)
    assert page.filter.hasFocus()


@pytest.mark.parametrize(("typed", "expected"), [("tinh trang hon nhan", "1.004873"), ("1.004873", "1.004873"), ("KHAI SINH", "1.001193")])
def test_a_procedure_is_found_by_words_or_code_without_accents(page, typed, expected):
    QTest.keyClicks(page.filter, typed)
    assert expected in [each.code for each in page.model.shown]
    assert len(page.model.shown) < 20
    assert page.table.currentIndex().row() == 0


def test_nothing_found_is_said_and_the_detail_is_empty(page):
    QTest.keyClicks(page.filter, "zzz")
    assert page.model.shown == []
    assert "Type fewer letters" in page._empty.accessibleName()
    assert "Choose a procedure" in words(page.detail)


def test_a_day_without_any_procedure_is_named(page, seat):
    seat.desk.clock.moment = seat.desk.clock.moment.replace(year=2009)
    page.refresh(Changes.of("catalogue"))
    wait_for(lambda: not page.model.shown)
    assert "20/11/2009" in page._empty.accessibleName()


def test_the_key_of_the_posting_sheet_follows_what_is_chosen(page):
    told = []
    page.actions_changed.connect(lambda: told.append(page.why_not("poster")))
    QTest.keyClicks(page.filter, "zzzz")
    wait_for(lambda: told)
    assert told[-1], "nothing is chosen, and the key line hears of it"
    page.filter.clear()
    QTest.keyClicks(page.filter, "khai sinh")
    wait_for(lambda: told[-1] is None)


def test_the_detail_shows_limit_papers_and_the_fee_with_its_exemption(page):
    QTest.keyClicks(page.filter, "1.001193")
    shown = words(page.detail)
    assert "Trong ngày; nhận sau 15:00" in shown
    assert "Tờ khai đăng ký khai sinh" in shown
    assert "1 original" in shown
    assert "only shown" in shown
    assert "Miễn cho người thuộc gia đình có công" in shown
    assert "Giấy khai sinh" in shown
    assert "28/02/2027" in shown


def test_a_decision_of_ones_own_replaces_the_words_of_the_fee(theme, page):
    procedure = next(each for each in page.model.shown if each.code == "2.000884")
    detail = ProcedureDetail(theme)
    decision = ProcedureOverride("2.000884", "12/2026/NQ-HĐND", date(2026, 7, 1), fee_name=procedure.fees[0].name, amount_vnd=5000)
    changed = replace(procedure, fees=(replace(procedure.fees[0], amount_vnd=5000),), overridden_by=("12/2026/NQ-HĐND",))
    detail.show_procedure(changed, [decision])
    assert "5.000 đ" in words(detail)
    assert "12/2026/NQ-HĐND" in words(detail)
    assert "10.000 đồng" not in words(detail)


def test_a_decision_says_who_decided_what_and_from_when(page, seat):
    decided = ProcedureOverride("1.004873", "45/2026/QĐ-UBND", date(2026, 1, 5), Limit(2, LimitUnit.WORKING_DAY), decided_by="UBND xã Đắk Mil")
    until = ProcedureOverride("1.004873", "46/2026/QĐ-UBND", date(2026, 2, 1), Limit(1, LimitUnit.WORKING_DAY), effective_to=date(2026, 12, 31))
    for each in (decided, until):
        seat.desk.counter.catalogue.override(each, seat.desk.actor)
    page.refresh(Changes.of("catalogue"))
    idle(seat.context)
    QTest.keyClicks(page.filter, "1.004873")
    shown = words(page.detail)
    for part in ("45/2026/QĐ-UBND\nUBND xã Đắk Mil", "Time limit: 2 ngày làm việc\nfrom 05/01/2026", "who decided was not noted",
                 "Time limit: 1 ngày làm việc\nfrom 01/02/2026 to 31/12/2026"):
        assert part in shown
    page.filter.clear()
    QTest.keyClicks(page.filter, "1.001193")
    assert "45/2026/QĐ-UBND" not in words(page.detail), "another procedure's decision"


def test_rules_are_updated_by_an_administrator_only_and_others_are_told(page, seat):
    assert "update_catalogue" in page.page_actions()
    assert page.why_not("update_catalogue") is None
    page.do_other_view()
    assert "update_calendar" in page.page_actions()
    session = replace(seat.context.session, actor=Actor("u-0009", Role.CLERK))
    other = CataloguePage(replace(seat.context, session=session))
    assert "administrator" in other.why_not("update_catalogue")


def test_a_fee_that_the_province_sets_says_so(theme, page):
    procedure = page.model.shown[0]
    detail = ProcedureDetail(theme)
    detail.show_procedure(replace(procedure, fees=(replace(procedure.fees[0], amount_vnd=None, text=""),)))
    assert "set by the provincial council" in words(detail)


def test_the_calendar_names_the_days_off_and_counts(page):
    page.do_other_view()
    assert page.calendar.isVisible()
    assert "Calendar 2026" in words(page.calendar)
    assert "249 reception days, 249 counting days" in words(page.calendar)
    names = [page.calendar._days.index(row, 1).data() for row in range(page.calendar._days.rowCount())]
    assert "Ngày Văn hóa Việt Nam" in names
    assert any("Làm bù" in name for name in names)
    assert page.calendar._days.index(0, 0).data() == "Thursday 01/01"


def test_another_year_by_key_and_a_year_nobody_knows(page):
    page.do_other_view()
    QTest.keyClick(page, Qt.Key.Key_PageDown)
    wait_for(lambda: "Calendar 2027" in words(page.calendar))
    for _ in range(8):
        page.do_turn_year()
    wait_for(lambda: "Calendar 2035" in words(page.calendar))
    assert "no holidays of this year" in words(page.calendar)
    QTest.keyClick(page, Qt.Key.Key_PageUp)
    wait_for(lambda: "Calendar 2034" in words(page.calendar))


def test_the_year_is_turned_only_where_it_is_seen(page):
    assert page.why_not("turn_year")
    QTest.keyClick(page, Qt.Key.Key_PageDown)
    settle(30)
    assert "Calendar 2026" in words(page.calendar)
    page.do_other_view()
    assert page.why_not("turn_year") is None
    page.do_find_procedure()
    assert not page.calendar.isVisible()


@pytest.mark.parametrize("mode", ["light", "dark", "high_contrast"])
def test_make_up_days_and_today_stand_out(theme, page, mode):
    theme.choose(mode)
    page.do_other_view()
    settle(0)
    seen = colours_of(picture(page.calendar.months))
    assert theme.colour("accent").name() in seen
    assert theme.colour("sunken").name() in seen
    assert theme.colour("danger").name() not in seen


def test_a_new_catalogue_is_shown_at_once(page, seat, monkeypatch):
    fewer = page.model.shown[:5]
    monkeypatch.setattr(type(seat.desk.counter.catalogue), "in_force", lambda *_: tuple(fewer))
    page.refresh(Changes.of("dossiers"))
    settle(30)
    assert len(page.model.shown) > 5
    page.refresh(Changes.of("catalogue"))
    wait_for(lambda: len(page.model.shown) == 5)


def test_narrow_shows_the_list_and_f6_the_detail(page):
    page.set_narrow(True)
    assert not page.detail.isVisible()
    page.do_next_pane()
    assert page.detail.isVisible()
    page.do_next_pane()
    assert not page.detail.isVisible()
    page.set_narrow(False)
    assert page.detail.isVisible()
    page.table.setFocus()
    page.do_next_pane()
    assert page.filter.hasFocus()


def test_narrow_shows_the_months_and_f6_the_days_by_name(page):
    page.set_narrow(True)
    page.do_other_view()
    assert page.calendar.months.isVisible()
    page.do_next_pane()
    assert not page.calendar.months.isVisible()
    assert page.calendar.focusProxy().isVisible()
    page.do_next_pane()
    assert page.calendar.months.isVisible()


def test_both_views_fit_at_large_text(theme, seat):
    theme.resize(150)
    made = CataloguePage(seat.context)
    made.set_narrow(True)
    assert made.minimumSizeHint().width() <= 1366 - theme.px(56)
    assert made.minimumSizeHint().height() <= 768 - theme.px(56 + 48)


def test_everything_has_a_name(page):
    assert nameless(page) == []
    page.do_other_view()
    assert nameless(page) == []


def test_the_posting_sheet_of_the_chosen_procedure_is_shown(page, monkeypatch):
    from ui.papers import Papers

    shown = []
    monkeypatch.setattr(Papers, "show_made", lambda self, name, title, pdf: shown.append((name, title, pdf[:5])))
    wait_for(lambda: page.model.shown)
    page.table.selectRow(0)
    assert page.why_not("poster") is None
    page.do_poster()
    wait_for(lambda: shown)
    assert shown == [(f"niem-yet-{page.model.shown[0].code}", "Posting sheet of the procedure", b"%PDF-")]
    page.do_other_view()
    assert page.why_not("poster")
