"""Random lives of several dossiers, legal and illegal acts, against a plain model that knows the rules by heart.

After every act: what was illegal changed nothing at all; what was legal stands in projection, timeline, events, outbox and prints as the
model says; every op fits the contract's schema, and the province's fold of the ops is the desk's own record.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from counter_app.domain.canonical import envelope
from counter_app.domain.deadline_terms import Limit, LimitUnit
from counter_app.domain.dossier import FeeMethod
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.event_fold import fold_op
from counter_app.domain.life import Direction, FeesHandling, ReceiverKind, ResultPaper
from counter_app.domain.record import national_record
from counter_app.domain.timeline import DeadlineEvent, DeadlineEventKind, follow
from counter_app.services.acts.corrections import Correct
from counter_app.services.acts.endings import Halt, Withdraw
from counter_app.services.acts.extensions import Extend
from counter_app.services.acts.fee_acts import CollectFee, ReverseFee
from counter_app.services.acts.hand_overs import HandOverDossiers
from counter_app.services.acts.notes_ratings import AddNote, Rate
from counter_app.services.acts.refusals import Refuse, RefuseAtCounter
from counter_app.services.acts.results import ParcelDelivered, ResultReady, SendByPost
from counter_app.services.acts.returning import ReturnResults
from counter_app.services.acts.steps import CompleteStep
from counter_app.services.acts.supplements import ReceiveSupplement, RequestSupplement
from tests.builders import CLERK, applicant, command, fake_desk
from tests.domain.test_facts import RULES, SCHEMA
from tests.examples import examples

OPEN = {"received", "processing"}
RUNNING = OPEN | {"awaiting_supplement"}
THREE = Limit(3, LimitUnit.WORKING_DAY)
ASKED, CAME, LONGER = DeadlineEventKind.SUPPLEMENT_REQUESTED, DeadlineEventKind.SUPPLEMENT_RECEIVED, DeadlineEventKind.EXTENDED


@dataclass
class Model:
    """What somebody with a pencil would note about a dossier."""

    code: str
    received_at: object
    status: str = "received"
    was_handed_over: bool = False
    asked: int = 0
    timeline: list = field(default_factory=list)
    paid: list = field(default_factory=list)
    owed: int = 1
    steps: int = 2
    rated: bool = False
    posted: bool = False
    forms: list = field(default_factory=lambda: ["01"])
    types: list = field(default_factory=lambda: ["dossier.received"])


class LifeMachine(RuleBasedStateMachine):
    """Several dossiers at one desk."""

    dossiers = Bundle("dossiers")

    @initialize()
    def open_desk(self):
        self.desk = fake_desk()
        self.life = self.desk.life
        self.models = {}
        self.folded, self.seen, self.held = {}, 0, 0

    # what the desk is asked for

    @rule(target=dossiers)
    def receive(self):
        received = self.desk.intake.receive(command(), CLERK)
        self.models[received.code] = Model(received.code, received.received_at)
        return received.code

    @rule(hours=st.integers(1, 40))
    def time_goes_by(self, hours):
        self.desk.clock.forward(hours=hours)

    @rule(reason=st.sampled_from(["", "Không thuộc thẩm quyền"]))
    def refuse_at_the_counter(self, reason):
        wish = RefuseAtCounter("1.004873", applicant(), reason)
        lines = len(self.desk.state.lines)
        if self.attempt(bool(reason), lambda: self.life.refusals.refuse_at_counter(wish, CLERK)):
            dossier = self.done.dossier
            self.models[dossier.code] = Model(
                dossier.code, dossier.received_at, "not_accepted", owed=0, forms=["03"], types=["dossier.refused"])
            registers = [place for place, *_ in list(self.desk.state.lines.values())[lines:]]
            assert {place.book for place in registers} == {"forms/03"}

    @rule(code=dossiers, confirmed=st.booleans())
    def request_supplement(self, code, confirmed):
        m = self.models[code]
        wish = RequestSupplement(code, ("Tờ khai",), "thiếu chữ ký", confirm_second=confirmed)
        if self.attempt(m.status in OPEN and (confirmed or not m.asked), lambda: self.life.supplements.request(wish, CLERK)):
            assert ("SUPPLEMENT_SECOND" in self.warned()) == bool(m.asked)
            m.status, m.asked = "awaiting_supplement", m.asked + 1
            m.timeline.append(DeadlineEvent(ASKED, self.now()))
            self.note(m, "supplement.requested", "02")

    @rule(code=dossiers, complete=st.booleans())
    def receive_supplement(self, code, complete):
        m = self.models[code]
        before = self.dossier(code).due_at
        wish = ReceiveSupplement(code, ("Tờ khai",), complete)
        if self.attempt(m.status == "awaiting_supplement", lambda: self.life.supplements.receive(wish, CLERK)):
            if not complete:
                self.note(m, "note.added")
                return
            m.status = "processing" if m.was_handed_over else "received"
            m.timeline.append(DeadlineEvent(CAME, self.now()))
            self.note(m, "supplement.received", *(["01"] if self.dossier(code).due_at != before else []))

    @rule(code=dossiers, days=st.integers(1, 5))
    def extend(self, code, days):
        m = self.models[code]
        timeline = self.follow(m, DeadlineEvent(LONGER, self.now(), Limit(days, LimitUnit.WORKING_DAY)))
        wish = Extend(code, Limit(days, LimitUnit.WORKING_DAY), "chờ xác minh", "Hoàng Văn Giả Định")
        if self.attempt(m.status in RUNNING and not timeline.refused, lambda: self.life.extensions.extend(wish, CLERK)):
            m.timeline.append(DeadlineEvent(LONGER, self.now(), Limit(days, LimitUnit.WORKING_DAY)))
            self.note(m, "deadline.extended", "04")

    @rule(codes=st.lists(dossiers, min_size=1, max_size=3), back=st.booleans())
    def hand_over(self, codes, back):
        models = {code: self.models[code] for code in codes}
        way = Direction.TO_DESK if back else Direction.TO_SPECIALIST
        running = {code: self.dossier(code).step is not None for code in models}
        wish = HandOverDossiers(tuple(codes), "Tư pháp", "Trần Văn Mẫu", way)
        legal = all(m.status in OPEN | {"result_ready"} for m in models.values())
        if self.attempt(legal, lambda: self.life.hand_overs.hand_over(wish, CLERK)):
            batches = {self.dossier(code).hand_overs[-1].batch_id for code in models}
            assert len(batches) == 1
            for code, m in models.items():
                first = not m.was_handed_over
                m.was_handed_over = True
                m.status = "processing" if m.status in OPEN else m.status
                m.steps -= running[code] and back
                types = ["dossier.handed_over", *(["step.completed"] if running[code] and back else [])]
                self.note(m, *types, *(["06"] if first and not back else []), "list")

    @rule(code=dossiers, excused=st.booleans())
    def complete_step(self, code, excused):
        m = self.models[code]
        wish = CompleteStep(code, "đã làm", step="sign", skip_reason="ký ngay" if excused else "")
        running = self.dossier(code).step
        legal = m.status in RUNNING | {"result_ready"} and m.steps > 0 and (excused or m.steps == 1)
        if self.attempt(legal, lambda: self.life.steps.complete(wish, CLERK)):
            assert running is None or self.dossier(code).steps[-1].code == "sign"
            m.steps = 0
            self.note(m, "step.completed")

    @rule(code=dossiers, verb=st.sampled_from(["refuse", "halt", "withdraw"]), mind=st.sampled_from(["sleep on it", "wait", "end it"]))
    def end(self, code, verb, mind):
        m = self.models[code]
        if mind != "end it":  # else few dossiers would ever come to a result
            return
        handling = FeesHandling.KEPT if m.paid else None
        act = {
            "refuse": lambda: self.life.refusals.refuse(Refuse(code, "không đủ điều kiện"), CLERK),
            "halt": lambda: self.life.endings.halt(Halt(code, "quyết định", "Hoàng Văn Giả Định", handling), CLERK),
            "withdraw": lambda: self.life.endings.withdraw(Withdraw(code, "không làm nữa", fees=handling), CLERK),
        }[verb]
        if self.attempt(m.status in RUNNING, act):
            m.status = {"refuse": "not_accepted", "halt": "halted", "withdraw": "withdrawn"}[verb]
            event, form = {"refuse": ("dossier.refused", "03"), "halt": ("dossier.halted", "05")}.get(verb, ("dossier.withdrawn", "05"))
            self.note(m, event, form)

    @rule(code=dossiers, refusal=st.booleans())
    def result_ready(self, code, refusal):
        m = self.models[code]
        paper = ResultPaper("", "Văn bản trả lời", refusal=refusal, abstract="không đủ điều kiện" if refusal else "")
        if self.attempt(m.status in OPEN, lambda: self.life.results.ready(ResultReady(code, (paper,)), CLERK)):
            m.status = "result_ready"
            self.note(m, "result.ready")

    @rule(code=dossiers)
    def send_by_post(self, code):
        m = self.models[code]
        wish = SendByPost(code, "Bưu điện", "VN0001")
        if self.attempt(m.status == "result_ready" and not m.posted, lambda: self.life.results.send_by_post(wish, CLERK)):
            m.posted = True
            self.note(m, "result.posted")

    @rule(code=dossiers)
    def delivered(self, code):
        m = self.models[code]
        if self.attempt(m.status == "result_ready" and m.posted, lambda: self.life.results.delivered(ParcelDelivered(code), CLERK)):
            m.status = "returned"
            self.note(m, "result.returned")

    @rule(codes=st.lists(dossiers, min_size=1, max_size=2, unique=True), excuse=st.sampled_from(["", "hộ nghèo"]))
    def give_back(self, codes, excuse):
        models = [self.models[code] for code in codes]
        wish = ReturnResults(tuple(codes), ReceiverKind.AUTHORISED, "Lê Văn Mẫu", "giấy ủy quyền 0789", unpaid_reason=excuse)
        legal = all(m.status == "result_ready" and (excuse or not m.owed) for m in models)
        if self.attempt(legal, lambda: self.life.returning.return_(wish, CLERK)):
            for m in models:
                m.status = "returned"
                self.note(m, "result.returned", "result" if m is models[0] else "list")

    @rule(code=dossiers)
    def collect(self, code):
        m = self.models[code]
        if self.attempt(m.owed == 1, lambda: self.life.fees.collect(CollectFee(code, receipt_number="0000101"), CLERK)):
            m.owed, m.paid = 0, [line.fee_line_id for line in self.dossier(code).fees if line.method is FeeMethod.CASH]
            self.note(m, "fee.collected")

    @rule(code=dossiers)
    def reverse(self, code):
        m = self.models[code]
        wish = ReverseFee(code, m.paid[0] if m.paid else "", "thu nhầm")
        if self.attempt(bool(m.paid), lambda: self.life.fees.reverse(wish, CLERK)):
            m.owed, m.paid = 1, []
            self.note(m, "fee.reversed")

    @rule(code=dossiers, name=st.sampled_from(["Trần Thị Vi", "Trần Thị Ví Dụ", ""]))
    def correct(self, code, name):
        m = self.models[code]
        before = self.dossier(code)
        asks = m.was_handed_over or m.status not in ("received", "awaiting_supplement")
        wish = Correct(code, {"applicant.full_name": name}, "gõ nhầm")
        if self.attempt(bool(name) and name != before.applicant.full_name, lambda: self.life.corrections.correct(wish, CLERK)):
            assert ("CORRECTION_ASKED" in self.warned()) == asks
            assert self.dossier(code).applicant.full_name == (before.applicant.full_name if asks else name)
            self.held += asks
            self.note(m, "dossier.corrected", *([] if asks else ["01"]))

    @rule(code=dossiers)
    def change_the_procedure(self, code):
        m = self.models[code]
        if m.was_handed_over or m.status != "received" or m.timeline or self.dossier(code).procedure_code != "1.004873":
            return
        self.attempt(True, lambda: self.life.corrections.correct(Correct(code, {"procedure_code": "1.004859"}, "nhầm thủ tục"), CLERK))
        assert self.dossier(code).due_at == self.follow(m).due_at
        self.note(m, "dossier.corrected", "01")

    @rule(code=dossiers)
    def note_something(self, code):
        if self.attempt(True, lambda: self.life.notes.note(AddNote(code, "đã gọi điện"), CLERK)):
            self.note(self.models[code], "note.added")

    @rule(code=dossiers, score=st.sampled_from([0, 3, 5]))
    def rate(self, code, score):
        m = self.models[code]
        if self.attempt(m.status == "returned" and not m.rated and score > 0, lambda: self.life.ratings.rate(Rate(code, score), CLERK)):
            m.rated = True
            self.note(m, "satisfaction.recorded")

    @rule(code=dossiers)
    def undo(self, code):
        m = self.models[code]
        offer = self.life.undo.last(code, CLERK)
        kind = next((each for each in reversed(m.types) if each not in ("note.added", "step.completed")), None)
        back = {
            "fee.collected": "fee.reversed", "dossier.handed_over": "dossier.handed_over", "supplement.requested": "supplement.received",
            "dossier.corrected": "dossier.corrected",
        }.get(kind)
        assert (offer is None) == (kind == "dossier.received")
        before = self.dossier(code)
        legal = offer is not None and offer.problem is None
        assert not legal or back
        if back and self.attempt(legal and (back != "dossier.handed_over" or m.status in OPEN | {"result_ready"}),
                                 lambda: self.life.undo.undo(code, "nhầm", CLERK)):
            self.undone(m, back, before)

    def undone(self, m, back, before):
        after = self.dossier(m.code)
        assert after.due_at == before.due_at or back == "dossier.corrected"
        if back == "fee.reversed":
            m.owed, m.paid = 1, []
        if back == "supplement.received":
            m.status = "processing" if m.was_handed_over else "received"
            m.timeline.pop()
        self.note(m, back, *(["01"] if back == "dossier.corrected" else []))

    # what must be true

    @invariant()
    def everything_agrees(self):
        state = self.desk.state
        for event in state.events[self.seen:]:
            self.fold(event)
        self.seen = len(state.events)
        for code, m in self.models.items():
            dossier = self.dossier(code)
            assert dossier.status.value == m.status
            assert (dossier.supplement_open_since is not None) == (m.status == "awaiting_supplement")
            assert (dossier.finished_at is not None) == (m.status not in RUNNING)
            types = [event.type for event in state.events if event.dossier_id == dossier.dossier_id and event.type != "slip.printed"]
            assert types == m.types
            if m.status != "not_accepted" or m.types[0] == "dossier.received":
                assert dossier.due_at == self.follow(m).due_at
            assert [name.partition("/")[0] for name in self.prints_of(dossier)] == [each for each in m.forms if each != "list"]
            assert self.folded[dossier.dossier_id].ho_so == national_record(dossier, self.procedure(dossier))

    @invariant()
    def ops_are_chained_and_due_to_be_sent(self):
        lanes = [event for event in self.desk.state.events if event.lane]
        assert [event.lane.seq for event in lanes] == list(range(1, len(lanes) + 1))
        assert set(self.desk.state.outbox) == {event.op_id for event in lanes}
        assert len(self.desk.state.audit) >= len(self.desk.state.events)

    # how it is done

    def attempt(self, legal, act):
        """Try an act: a legal one is done, an illegal one is refused with a sentence and leaves no trace."""
        before = self.desk.state.snapshot()
        if legal:
            self.done = act()
            return True
        with pytest.raises(RuleBrokenError):
            act()
        left = {name: value for name, value in vars(self.desk.state).items() if name != "numbers"}
        assert left == {name: value for name, value in vars(before).items() if name != "numbers"}
        return False

    def fold(self, event):
        if event.lane is None:
            return
        op = envelope(event)
        assert [error.message for error in SCHEMA.iter_errors(op)] == []
        folded = fold_op(RULES, self.folded.get(event.dossier_id), op)
        asked = event.facts.get("asked") is True
        assert (folded.outcome, folded.warnings) == ("held" if asked else "applied", ())
        self.folded[event.dossier_id] = folded.state

    def follow(self, m, *more):
        limit = THREE
        calendar = self.desk.calendar.calendar()
        return follow(m.received_at, (limit,), [*m.timeline, *more], calendar)

    def note(self, m, *what):
        m.types += [each for each in what if "." in each]
        m.forms += [each for each in what if "." not in each]

    def warned(self):
        return {warning.code for warning in self.done.warnings}

    def now(self):
        return self.desk.clock.moment

    def dossier(self, code):
        return next(each for each in self.desk.state.dossiers.values() if each.code == code)

    def procedure(self, dossier):
        return self.desk.catalogue.version(dossier.procedure_version)

    def prints_of(self, dossier):
        return [form.form for form in self.desk.state.prints if form.dossier_id == dossier.dossier_id]


LifeMachine.TestCase.settings = settings(
    max_examples=examples(12), stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck))
TestLife = LifeMachine.TestCase
