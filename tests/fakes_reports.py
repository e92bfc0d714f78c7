"""The in-memory double of the repository of reports: every dossier is looked at, nothing is fast."""

from __future__ import annotations

from counter_app.domain.digitised import FileTarget, completeness
from counter_app.domain.moments import day_of
from counter_app.domain.report_cases import Case
from counter_app.domain.report_work import Work
from counter_app.services.repositories.reports import ComplaintCounts


def case_of(number, dossier, paid=""):
    """Return what reports see of a dossier."""
    waits = tuple((each.requested_at, each.received_at) for each in dossier.supplements)
    if not waits and dossier.supplement_open_since:
        waits = ((dossier.supplement_open_since, None),)
    return Case(
        number, dossier.field_name, dossier.procedure_code, dossier.channel.value, dossier.status.value, dossier.received_at,
        dossier.finished_at, dossier.due_at, not dossier.awaiting_acceptance and dossier.status.value != "submitted_online",
        dossier.online_level, dossier.out_of_area, dossier.on_the_spot, dossier.extensions[-1].at if dossier.extensions else None,
        dossier.fee_total_vnd > 0, dossier.due_history if len(dossier.due_history) > 1 else (), waits, paid)


class FakeReports:
    def __init__(self, state, row_of):
        self.state, self._row_of = state, row_of

    def _numbered(self):
        return list(enumerate(self.state.dossiers.values(), start=1))

    def _paid(self, dossier, period):
        methods = {each.method.value for each in self.state.payments.values()
                   if each.dossier_id == dossier.dossier_id and each.amount_vnd > 0 and period.begins <= each.at < period.ends}
        return "" if not methods else "online" if methods & {"transfer", "portal"} else "direct"

    def cases(self, period):
        for number, dossier in self._numbered():
            if dossier.received_at < period.ends and (dossier.finished_at is None or dossier.finished_at >= period.begins):
                yield case_of(number, dossier, self._paid(dossier, period))

    def work(self, period):
        concerned = {case.number for case in self.cases(period)}
        for number, each in self._numbered():
            if number in concerned:
                yield Work(number, each.handled_by, each.holder, each.finished_at, each.step, each.steps, each.hand_overs, each.supplements)

    def rows(self, numbers, *, limit):
        return [self._row_of(dossier) for number, dossier in self._numbered() if number in set(numbers)][:limit]

    def dossiers(self, numbers):
        yield from ((number, dossier) for number, dossier in self._numbered() if number in set(numbers))

    def unsent(self, period):
        waiting = {dossier_id for state, dossier_id in self.state.outbox.values() if state != "province_has"}
        return [number for number, dossier in self._numbered()
                if dossier.dossier_id in waiting and period.begins <= dossier.received_at < period.ends]

    def digitised(self):
        return {number: completeness(dossier) for number, dossier in self._numbered() if dossier.files}

    def signed_results(self):
        files = {number: [file for file in dossier.files if file.target is FileTarget.RESULT and not file.unlinked]
                 for number, dossier in self._numbered()}
        return {number for number, mine in files.items() if mine and all(file.signed_by for file in mine)}

    def _complaints(self, period):
        return [each for each in self.state.report_complaints if period.begins <= each["received_at"] < period.ends]

    def complained(self, period):
        about = {each["dossier_id"] for each in self._complaints(period)}
        return [number for number, dossier in self._numbered() if dossier.dossier_id in about]

    def complaints(self, period):
        found = self._complaints(period)
        answered = [each for each in found if each["answered_at"]]
        on_time = [each for each in answered if not each["answer_due"] or day_of(each["answered_at"]) <= day_of(each["answer_due"])]
        return ComplaintCounts(len(found), len(on_time), len(answered), sum(bool(each["satisfied"]) for each in answered))

    def freeze(self, report):
        assert report.report_id not in self.state.frozen
        self.state.frozen[report.report_id] = report

    def sent(self):
        yield from self.state.frozen.values()

    def frozen(self, name, period):
        found = [each for each in self.state.frozen.values() if (each.name, each.period) == (name, period)]
        return sorted(found, key=lambda each: (each.frozen_at, each.report_id), reverse=True)
