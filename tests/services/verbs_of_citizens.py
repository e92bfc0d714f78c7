"""What a desk does for citizens, certifications, reports and offices as calls, for :mod:`tests.services.verbs`."""

from __future__ import annotations

import json
from datetime import date

from counter_app.domain.deadline_terms import Limit, LimitUnit
from counter_app.domain.people import Permission
from counter_app.domain.report_periods import Period
from counter_app.services.acts.acting import Printing
from counter_app.services.certification.terms import SignVisit, StrikeNumber
from counter_app.services.citizens.complaints import TakeComplaint
from counter_app.services.citizens.message_words import MessageSettings
from counter_app.services.people.offices import ProcessStep, Signer, Unit
from counter_app.services.reports.settings import ReportSettings
from counter_app.services.repositories.reports import FrozenReport
from tests.builders import CLERK
from tests.services.certifying import copy, visit
from tests.services.verbs_of_lives import dossier_after

PERIOD = Period(date(2026, 11, 1), date(2026, 11, 30))


def _told(made, actor):
    """Bring a dossier to where its person is to be told, and return its code."""
    return dossier_after(made, actor, "ready", fees=(), wants_message=True)


def _waiting(made, actor):
    _told(made, actor)
    return made.desk.citizens.messages.waiting(actor)


def _call_list(made, actor):
    _told(made, actor)
    return made.desk.citizens.messages.call_list(actor)


def _hand_over(made, actor):
    _told(made, actor)
    return made.desk.citizens.messages.hand_over(made.file("messages.csv"), actor)


def _complaint(made, actor):
    """Take a complaint down and return its id; for who may not, none."""
    if not actor.may(Permission.RECEIVE):
        return ""
    return made.desk.citizens.complaints.take(TakeComplaint("Chờ lâu"), CLERK).complaint.complaint_id


def _judge(made, actor):
    complaint_id = _complaint(made, actor)
    if complaint_id:
        made.desk.citizens.complaints.answer(complaint_id, "Đã xin lỗi", CLERK)
    return made.desk.citizens.complaints.judge(complaint_id, actor, satisfied=True)


def _task(made, actor, wanted=Permission.RECEIVE):
    """Return the id and the code of a dossier that is still to be typed; of none for who may not."""
    if not actor.may(wanted):
        return "", made.code
    dossier_after(made, actor)
    line = made.desk.citizens.typing.open_ones(CLERK)[-1]
    return line.task.task_id, line.code


def _export_tasks(made, actor):
    _task(made, actor)
    return made.desk.citizens.typing.export("civil_status", made.file("typing.json"), actor)


def _take_codes(made, actor):
    path = made.file("codes.json")
    path.write_text(json.dumps([{"code": _task(made, actor, Permission.IMPORT)[1], "second_code": "KS 12/2026"}]), "utf-8")
    return made.desk.citizens.typing.take_codes("civil_status", path, actor)


def _certified(made, actor, **changes):
    """Certify a paper; for who may not, what there is none of."""
    return made.desk.certification.certify(visit(copy(), **changes), CLERK) if actor.may(Permission.RECEIVE) else None


def _sign(made, actor):
    done = _certified(made, actor, signed=False)
    return made.desk.certified.sign(SignVisit(done.visit_id if done else ""), actor)


def _strike(made, actor):
    done = _certified(made, actor)
    return made.desk.certified.strike(StrikeNumber(done.numbers[0].certification_id if done else "", "Nhầm"), actor)


def _undo(made, actor):
    done = _certified(made, actor)
    return made.desk.certified.undo(done.visit_id if done else "", actor)


def _see_the_day(made, actor):
    _certified(made, CLERK)
    return made.desk.certification.today(actor)


def _see_what_waits(made, actor):
    _certified(made, CLERK, signed=False)
    return made.desk.certification.waiting(actor)


def _print_stamps(made, actor):
    done = _certified(made, actor)
    return made.desk.certified.print_stamps(done.visit_id if done else "", actor, queue=False)


def _print_signing_list(made, actor):
    _certified(made, actor, signed=False)
    return made.desk.certified.print_signing_list(actor, Printing(queue=False, paper="a4"))


def _differences(made, actor):
    report = made.desk.reports.make("II.06a", PERIOD, CLERK)
    sent = FrozenReport("r-1", "II.06a", PERIOD, made.desk.clock.now(), "u-0001", "", report.content | {"places": report.tally.plain()}, "")
    return made.desk.reports.differences(sent, actor)


CITIZENS = {
    "citizens.messages.waiting": _waiting,
    "citizens.messages.of_dossier": lambda made, actor: made.desk.citizens.messages.of_dossier(made.dossier_id, actor),
    "citizens.messages.remind": lambda made, actor: made.desk.citizens.messages.remind(actor),
    "citizens.messages.call_list": _call_list,
    "citizens.messages.called": lambda made, actor: made.desk.citizens.messages.called(_told(made, actor), actor, "đã gọi"),
    "citizens.messages.cancel": lambda made, actor: made.desk.citizens.messages.cancel(_told(made, actor), "đã báo", actor),
    "citizens.messages.hand_over": _hand_over,
    "citizens.messages.save_wishes": lambda made, actor: made.desk.citizens.messages.save_wishes(MessageSettings(), actor),
    "citizens.complaints.take": lambda made, actor: made.desk.citizens.complaints.take(TakeComplaint("Chờ lâu", code=made.code), actor),
    "citizens.complaints.answer": lambda made, actor: made.desk.citizens.complaints.answer(_complaint(made, actor), "Đã xin lỗi", actor),
    "citizens.complaints.judge": _judge,
    "citizens.complaints.listed": lambda made, actor: made.desk.citizens.complaints.listed(actor),
    "citizens.complaints.of_dossier": lambda made, actor: made.desk.citizens.complaints.of_dossier(made.dossier_id, actor),
    "citizens.rating_sheets.sheet": lambda made, actor: made.desk.citizens.rating_sheets.sheet(
        dossier_after(made, actor, "ready", "return"), actor),
    "citizens.typing.open_ones": lambda made, actor: made.desk.citizens.typing.open_ones(actor),
    "citizens.typing.hand_over": lambda made, actor: made.desk.citizens.typing.hand_over(_task(made, actor)[0], actor),
    "citizens.typing.done": lambda made, actor: made.desk.citizens.typing.done(_task(made, actor)[0], "KS 1/2026", actor),
    "citizens.typing.drop": lambda made, actor: made.desk.citizens.typing.drop(_task(made, actor)[0], actor),
    "citizens.typing.export": _export_tasks,
    "citizens.typing.take_codes": _take_codes,
    "citizens.posters.sheet": lambda made, actor: made.desk.citizens.posters.sheet("1.004873", actor),
    "citizens.posters.everything": lambda made, actor: made.desk.citizens.posters.everything(actor),
    "citizens.posters.write": lambda made, actor: made.desk.citizens.posters.write("1.004873", made.file("poster.pdf"), actor),
    "citizens.day_pages.figures": lambda made, actor: made.desk.citizens.day_pages.figures(actor),
    "citizens.day_pages.make": lambda made, actor: made.desk.citizens.day_pages.make(actor),
}

CERTIFICATION = {
    "certification.certify": lambda made, actor: made.desk.certification.certify(visit(copy()), actor),
    "certification.today": _see_the_day,
    "certification.waiting": _see_what_waits,
    "certified.sign": _sign,
    "certified.strike": _strike,
    "certified.undo": _undo,
    "testimonies.save": lambda made, actor: made.desk.testimonies.save({"copy": ["SAO Y BẢN CHÍNH"]}, actor),
    "certified.print_stamps": _print_stamps,
    "certified.print_signing_list": _print_signing_list,
}

REPORTS = {
    "reports.make": lambda made, actor: made.desk.reports.make("II.06a", PERIOD, actor),
    "reports.months": lambda made, actor: made.desk.reports.months(PERIOD, actor),
    "reports.rows": lambda made, actor: made.desk.reports.rows([1, 2], actor),
    "reports.write": lambda made, actor: made.desk.reports.write("II.06a", PERIOD, made.file("report.json"), actor),
    "reports.freeze": lambda made, actor: made.desk.reports.freeze("II.06a", PERIOD, made.file("sent.json"), actor),
    "reports.frozen": lambda made, actor: made.desk.reports.frozen("II.06a", PERIOD, actor),
    "reports.differences": _differences,
    "reports.save_settings": lambda made, actor: made.desk.reports.save_settings(ReportSettings(receiver="Sở Nội vụ"), actor),
}

OFFICES = {
    "offices.save_units": lambda made, actor: made.desk.offices.save_units((Unit("tp", "Tư pháp"),), actor),
    "offices.save_signers": lambda made, actor: made.desk.offices.save_signers((Signer("Hoàng Văn Giả Định", "Chủ tịch"),), actor),
    "offices.save_process": lambda made, actor: made.desk.offices.save_process(
        "1.004873", (ProcessStep("tp", "Thẩm định", "tp", Limit(2, LimitUnit.WORKING_DAY)),), actor),
}
