"""The in-memory database of the tests and the encrypted file of a real desk give the same answers to the same day.

Everything that is proven over the one then holds for the other. A state machine lives the day; each act happens at both desks.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from counter_app.domain.canonical import first_broken
from counter_app.domain.catalogue import ProcedureOverride
from counter_app.domain.deadline_terms import Limit, LimitUnit
from counter_app.domain.dossier import DeliveryMethod, FeeLine, FeeMethod
from counter_app.domain.errors import DeskError
from counter_app.domain.moments import local
from counter_app.domain.registers import DOSSIER_BOOK
from counter_app.services.ports import ListFilter
from counter_app.storage import open_database
from counter_app.storage.guard import FileNumberGuard
from tests.builders import DEVICE, applicant, command, fake_desk, prepare
from tests.examples import examples
from tests.fakes import FakeClock, FakeDatabase
from tests.quick import new_database
from tests.services.verbs import ADMINISTRATOR, CLERK, HEAD, INSPECTOR

KEY = bytes(range(32))
START = local(2026, 12, 28, 9, 42)
NAMES = ("Trần Thị Ví Dụ", "Đặng Văn Mẫu", "H’Mẫu Niê", "Hoà Ví Dụ", "Ông Ích Ví")
PROCEDURES = ("1.004873", "2.000815", "1.014034", "1.000001", "1.004859", "9.999999")
QUERIES = ("tran", "vi du", "dang mau", "hmau", "hòa", "0900", "067190", "261228", "thon mau", "niê h", "khong ai", "v", "1.004873", "")


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """A prepared encrypted file, copied for each day."""
    path = tmp_path_factory.mktemp("template") / "desk.db"
    prepare(new_database(f"sqlite:///{path}", KEY)).close()
    return path


def plain(value, ids):
    """Return an answer in a form that both desks must share: ids that are made of time and chance become ordinal numbers."""
    if isinstance(value, str):
        return ids.get(value, value)
    if isinstance(value, dict):
        return {plain(name, ids): plain(inner, ids) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner, ids) for inner in value]
    return value


class Both(RuleBasedStateMachine):
    """Two desks, one in memory, one encrypted; whatever is done to one is done to the other, and the answers are compared."""

    template = None

    @initialize()
    def open_desks(self):
        self.folder = Path(tempfile.mkdtemp(prefix="both-"))
        shutil.copy(self.template, self.folder / "desk.db")
        real = open_database(f"sqlite:///{self.folder / 'desk.db'}", KEY, backup_dir=self.folder / "backups")
        databases = {"memory": prepare(FakeDatabase()), "encrypted": real}
        self.desks = {
            name: fake_desk(FakeClock(START), database, FileNumberGuard(self.folder / f"guard-{name}", DEVICE, "H36.50.05"))
            for name, database in databases.items()}
        self.received = {name: [] for name in databases}
        self.imported = 0
        for name in NAMES[:3]:
            self.receive(name, "1.004873", DeliveryMethod.DESK, paid=True)

    def teardown(self):
        if hasattr(self, "desks"):
            self.desks["encrypted"].database.close()
            shutil.rmtree(self.folder)

    def both(self, act):
        """Act at both desks; the answers, or the refusals, must be the same."""
        answers = {}
        for name, desk in self.desks.items():
            try:
                answers[name] = act(desk, self.received[name])
            except DeskError as error:
                answers[name] = [(type(error).__name__, problem.code, problem.field, dict(problem.params)) for problem in error.problems]
        assert answers["memory"] == answers["encrypted"]
        return answers["memory"]

    def names(self, desk):
        """Return what each id of a desk stands for."""
        received = next(self.received[name] for name, each in self.desks.items() if each is desk)
        return {each.dossier_id: f"dossier {number}" for number, each in enumerate(received)}

    @rule(name=st.sampled_from(NAMES), procedure=st.sampled_from(PROCEDURES), delivery=st.sampled_from(DeliveryMethod), paid=st.booleans())
    def receive(self, name, procedure, delivery, paid):
        fees = (FeeLine("", "Lệ phí", 15000, FeeMethod.CASH, receipt_number="1"),) if paid else None
        told = command(procedure_code=procedure, applicant=applicant(full_name=name), delivery=delivery, fees=fees, print=paid)

        def act(desk, received):
            done = desk.intake.receive(told, CLERK)
            received.append(done)
            return (done.code, done.received_at, done.due_at, done.explanation, done.place, done.fee_total_vnd,
                    [problem.code for problem in done.warnings], done.queued, done.changes)

        self.both(act)

    @rule(hours=st.integers(1, 30))
    def time_goes_on(self, hours):
        for desk in self.desks.values():
            desk.clock.forward(hours=hours)

    @rule(query=st.sampled_from(QUERIES), limit=st.sampled_from((1, 3, 50)))
    def search(self, query, limit):
        def act(desk, received):
            found = desk.dossiers.search(query, INSPECTOR, limit)
            rows = sorted(row.code for row in found.rows) if limit >= found.total else len(found.rows)
            return found.total, rows

        self.both(act)

    @rule(which=st.sampled_from(ListFilter), limit=st.sampled_from((2, 200)), offset=st.sampled_from((0, 1)))
    def look_through_a_list(self, which, limit, offset):
        def act(desk, received):
            page = desk.dossiers.list(which, INSPECTOR, limit, offset)
            return page.total, [replace(row, dossier_id="") for row in page.rows]

        self.both(act)

    @precondition(lambda self: self.received["memory"])
    @rule(at=st.integers(0, 3))
    def open_one(self, at):
        def act(desk, received):
            view = desk.dossiers.show(received[at % len(received)].code, CLERK)
            events = [(event.type, event.seq, event.state, event.who, event.occurred_at, sorted(event.facts)) for event in view.events]
            masked = replace(view.dossier, dossier_id="", options={}, fees=())
            return masked, dict(view.dossier.options), [replace(fee, fee_line_id="") for fee in view.dossier.fees], view.sync_state, events

        self.both(act)

    @precondition(lambda self: self.received["memory"])
    @rule(at=st.integers(0, 3), paper=st.sampled_from(("a5", "80mm", "a3")))
    def print_again(self, at, paper):
        def act(desk, received):
            form = desk.slips.reprint(received[at % len(received)].code, paper, CLERK)
            return form.issue, form.paper, form.printed_at, plain(form.content, self.names(desk)), bool(form.pdf)

        self.both(act)

    @precondition(lambda self: self.received["memory"])
    @rule(at=st.integers(0, 3), text=st.sampled_from(("Gọi lại", " ", "x" * 2001, "\u200b")))
    def note(self, at, text):
        self.both(lambda desk, received: desk.dossiers.add_note(received[at % len(received)].dossier_id, text, CLERK))

    @precondition(lambda self: self.received["memory"])
    @rule(at=st.integers(0, 3), reason=st.sampled_from(("Nhập trùng", "Chép nhầm", "", "y" * 301)))
    def strike(self, at, reason):
        self.both(lambda desk, received: desk.logbooks.strike(received[at % len(received)].place, reason, CLERK))

    @rule(actor=st.sampled_from((CLERK, HEAD)))
    def begin_a_volume(self, actor):
        self.both(lambda desk, received: desk.logbooks.new_volume(DOSSIER_BOOK, desk.clock.now().year, actor))

    @rule(year=st.sampled_from((2026, 2027)))
    def close_a_year(self, year):
        self.both(lambda desk, received: desk.logbooks.close_year(DOSSIER_BOOK, year, HEAD))

    @rule(volume=st.integers(0, 3), page=st.integers(-1, 3))
    def leaf_through_the_book(self, volume, page):
        def act(desk, received):
            shown = desk.logbooks.page(DOSSIER_BOOK, 2026, volume, page, CLERK)
            return [replace(line, dossier_id="") for line in shown.lines], shown.page, shown.pages, shown.volume

        self.both(act)

    @rule(volume=st.sampled_from((None, 1, 2)), days=st.sampled_from((None, 0, 1, 3)))
    def export_the_book(self, volume, days):
        def act(desk, received):
            out, start = self.folder / "book.json", None if days is None else START.date()
            end = None if start is None else start + timedelta(days=days)
            desk.logbooks.export(DOSSIER_BOOK, 2026, out, actor=CLERK, volume=volume, start=start, end=end)
            return plain(json.loads(out.read_text("utf-8")), self.names(desk))

        self.both(act)

    @rule()
    def export_dossiers(self):
        def act(desk, received):
            out = self.folder / "out.jsonl"
            done = desk.exporting.run(date(2020, 1, 1), date(9999, 12, 31), out, HEAD)
            lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
            return done.dossiers, sorted(lines, key=lambda line: line["code"])

        self.both(act)

    @rule(count=st.integers(1, 3), again=st.booleans())
    def import_dossiers(self, count, again):
        first = 1 if again else self.imported + 1
        self.imported = max(self.imported, first + count - 1)
        lines = [{"code": f"H36.50.05-251102-{n:04d}", "received_at": "2025-11-02T08:00:00",
                  "applicant": {"full_name": NAMES[n % 5], "id_number": "067190000123"}} for n in range(first, first + count)]
        path = self.folder / "in.jsonl"
        path.write_text("\n".join(map(json.dumps, [*lines, {"code": "x"}])), "utf-8")

        def act(desk, received):
            done = desk.importing.run(path, HEAD)
            return done.kept, [(bad.line, [(problem.code, problem.field) for problem in bad.problems]) for bad in done.bad], done.changes

        self.both(act)

    @rule(value=st.integers(0, 5), day=st.integers(1, 9))
    def decide_on_a_limit(self, value, day):
        decided = ProcedureOverride("1.004873", f"{day}/QĐ", date(2026, 12, 20 + day), Limit(value, LimitUnit.WORKING_DAY))
        self.both(lambda desk, received: desk.catalogue.override(decided, ADMINISTRATOR))

    @rule(number=st.sampled_from(("067190000123", "067190000999", "")))
    def look_back(self, number):
        self.both(lambda desk, received: [(each.row.code, each.applicant) for each in desk.dossiers.earlier_of(number, CLERK)])

    @rule(part=st.sampled_from(("261228", "0001", "001", "H36.50", "h36 50", "")))
    def match_codes(self, part):
        self.both(lambda desk, received: sorted(row.code for row in desk.dossiers.matching_codes(part, INSPECTOR)))

    @rule()
    def work_the_print_queue(self):
        def act(desk, received):
            taken = desk.print_queue.next()
            if taken is None:
                return None
            job, pdf = taken
            after = desk.print_queue.failed(job.job_id, "Hết giấy") if job.tries < 3 else desk.print_queue.cancel(job.job_id)
            return job.state, job.tries, bool(pdf), after and after.state, [(line.code, line.issue) for line in desk.print_queue.lines()]

        self.both(act)

    @rule(content=st.sampled_from(({}, {"a": "Đ"}, {"b": [1, None]})), park=st.booleans())
    def keep_a_draft(self, content, park):
        def act(desk, received):
            made = desk.drafts.save("u-0001", "intake", content, "Hồ sơ")
            if park:
                desk.drafts.park("u-0001", made.draft_id)
            current = desk.drafts.current("u-0001", "intake")
            parked = desk.drafts.parked("u-0001", "intake")
            return current and current.content, sorted(json.dumps(each.content) for each in parked)

        self.both(act)

    @invariant()
    def the_figures_agree(self):
        if hasattr(self, "desks"):
            self.both(lambda desk, received: [replace(row, dossier_id="") for row in desk.home.figures().recent])
            self.both(lambda desk, received: replace(desk.home.figures(), recent=()))

    @invariant()
    def both_trails_agree_and_are_whole(self):
        if not hasattr(self, "desks"):
            return

        def act(desk, received):
            with desk.database.read() as uow:
                entries = uow.audit.entries(1, 10_000)
            assert first_broken(entries) is None
            return [(entry.seq, entry.at, entry.user_id, entry.action, sorted(entry.details)) for entry in entries]

        self.both(act)


def test_both_live_the_same_day(template):
    Both.template = template
    machine = Both.TestCase
    machine.settings = settings(
        max_examples=examples(2), stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))
    machine().runTest()
