"""Ctrl+R on the page of intake: what can't be taken in is refused in writing, with a code and form 03, and nothing is left of the form."""

from dataclasses import replace

from PySide6.QtCore import Qt

from counter_app.domain.errors import failed
from counter_app.domain.people import Actor, Role
from tests.ui.conftest import settle, wait_for
from tests.ui.pages.helpers import choose, fill, idle, press, problem, set_field
from ui.dialogs.acts.dialog import ActDialog
from ui.pages.intake import IntakePage

REASON = "Không đủ điều kiện giải quyết theo quy định"


def opened(page):
    """Return the dialog that is asked for, once it is there."""
    assert page.trigger("refuse_intake")
    wait_for(lambda: page.findChildren(ActDialog))
    (dialog,) = page.findChildren(ActDialog)
    settle()
    return dialog


def refused(seat):
    """Return what is on record of refusals: their dossiers, the names of their events, the drafts that are left."""
    with seat.desk.counter.database.read() as uow:
        found = [uow.dossiers.get(number.dossier_id) for number in uow.numbers.everything() if number.dossier_id]
        return found, [[event.type for event in uow.events.of_dossier(each.dossier_id)] for each in found], \
            uow.drafts.of_owner(seat.desk.actor.user_id, "intake")


def test_a_form_is_refused_with_a_reason_from_the_list(intake, seat):
    fill(intake)
    dialog = opened(intake)
    offered = dialog.field("reason")
    assert [offered.itemText(at) for at in range(offered.count())][1] == REASON
    offered.setCurrentText(REASON)
    dialog.field("legal_basis").setText("Điều 4")
    press(dialog, Qt.Key.Key_F9)
    wait_for(lambda: seat.context.notices.kept)
    idle(seat.context)
    (dossier,), events, drafts = refused(seat)
    assert (dossier.status, dossier.place, dossier.ending.reason, dossier.ending.legal_basis) == ("not_accepted", None, REASON, "Điều 4")
    assert (events, drafts, intake._form.is_empty()) == ([["dossier.refused", "slip.printed"]], [], True)
    notice = seat.context.notices.kept[0]
    assert (dossier.code in notice.text, notice.undo_text) == (True, "Open the PDF")


def test_papers_and_fees_that_are_missing_do_not_hinder_it(intake, seat):
    choose(intake, "1.004873")
    set_field(intake, "applicant.full_name", "Trần Thị Ví Dụ")
    dialog = opened(intake)
    dialog.field("reason").setCurrentText(REASON)
    dialog.carry_out()
    wait_for(lambda: seat.context.notices.kept)
    assert len(refused(seat)[0]) == 1


def test_without_a_name_the_form_says_so_at_its_field_and_nobody_is_asked_why(intake, seat):
    choose(intake, "1.004873")
    assert intake.trigger("refuse_intake")
    wait_for(lambda: problem(intake, "applicant.full_name"))
    assert (intake.findChildren(ActDialog), refused(seat)[0]) == ([], [])


def test_a_day_that_does_not_exist_is_not_left_out_silently(intake, seat):
    fill(intake)
    set_field(intake, "applicant.birth_date", "31/02/1990")
    assert intake.trigger("refuse_intake")
    wait_for(lambda: problem(intake, "applicant.birth_date"))
    idle(seat.context)
    assert (intake.findChildren(ActDialog), refused(seat)[0]) == ([], [])


def test_a_reason_is_needed_and_leaving_the_question_leaves_the_form(intake, seat):
    fill(intake)
    dialog = opened(intake)
    dialog.field("reason").setCurrentText("")
    dialog.carry_out()
    wait_for(lambda: dialog.form.row("reason").problem)
    dialog.reject()
    idle(seat.context)
    found, _, drafts = refused(seat)
    assert (found, len(drafts), intake._form.applicant.text("applicant.full_name")) == ([], 1, "Trần Thị Ví Dụ")


def test_a_full_disk_keeps_the_question_the_form_and_its_draft(intake, seat, monkeypatch):
    fill(intake)
    dialog = opened(intake)

    def full(*_):
        raise failed("DISK_FULL")

    monkeypatch.setattr(seat.desk.counter.life.refusals, "_acting", type("Full", (), {"transaction": full})())
    dialog.carry_out()
    wait_for(dialog.banner.isVisible)
    found, _, drafts = refused(seat)
    assert (found, len(drafts), dialog.isVisible(), intake._form.is_empty()) == ([], 1, True, False)


def test_who_takes_nothing_in_refuses_nothing(seat):
    session = replace(seat.context.session, actor=Actor(seat.desk.actor.user_id, Role.INSPECTOR))
    page = IntakePage(replace(seat.context, session=session))
    assert page.why_not("refuse_intake") == page.why_not("receive") == "Your role takes no dossiers in."
