"""What each act's dialog asks, and what its answers do at a desk: no window is needed to know either."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from counter_app.domain.deadline_terms import LimitUnit
from counter_app.domain.dossier import DeliveryMethod, FeeLine, FeeMethod, Status
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.life import Direction, FeesHandling, Parcel, ReceiverKind, ResultPaper, Signed
from counter_app.domain.moments import local
from counter_app.services.acts.notes_ratings import RatingChannel
from counter_app.services.acts.results import ResultReady
from counter_app.services.acts.supplements import RequestSupplement
from counter_app.services.people.offices import Signer, Unit
from tests.builders import CLERK, SAME_DAY, applicant, fake_desk, procedure, profile
from tests.services.lives import ACTS, do, dossier, received
from ui.dialogs.acts.description import ActDesk, ActFacts, FieldKind, first, same
from ui.dialogs.acts.table import FORMS

SIGNERS = (Signer("Hoàng Văn Giả Định", "Chủ tịch"), Signer("Vũ Thị Thực Hành", "Phó Chủ tịch"), Signer("Lý Văn Mẫu", "Phó Chủ tịch"))
UNITS = (Unit("tp", "Tư pháp", "Trần Văn Mẫu"), Unit("dc", "Địa chính"))
CASH = FeeLine("", "Lệ phí", 15_000, FeeMethod.CASH, receipt_number="0000412")
OWED = FeeLine("", "Lệ phí", 15_000, FeeMethod.UNPAID)


class Told:
    """The dialog of an act over a dossier of a desk without a window."""

    def __init__(self, action_id, *acts, **changes):
        self.desk = fake_desk()
        self.desk.clock.moment = local(2026, 11, 20, 9, 42)
        self.code = received(self.desk, **changes)
        for act in acts:
            do(self.desk, self.code, act)
        self.action_id = action_id
        self.changes = {}

    def knowing(self, **changes):
        self.changes |= changes
        return self

    @property
    def form(self):
        view = self.desk.dossiers.show(self.code, CLERK)
        known = {"procedure": procedure(), "signers": SIGNERS, "units": UNITS, "people": ("Lê Văn Mẫu",),
                 "process": self.desk.offices.process(view.dossier.procedure_code)}
        return FORMS[self.action_id](ActFacts(view, self.desk.clock.moment, profile(), **known | self.changes))

    def field(self, name):
        form = self.form
        return next(field for field in (*form.fields, *form.more) if field.name == name)

    def names(self):
        return [field.name for field in self.form.fields]

    def answers(self, **typed):
        """What stands in the fields, and what was typed instead."""
        form = self.form
        blank = {FieldKind.LINE: "", FieldKind.OFFERED: "", FieldKind.PAPERS: (), FieldKind.TICK: False}
        more = {field.name.format(at=0): field for field in form.more}
        fields = {field.name: field for field in form.fields} | more
        values = {name: blank.get(field.kind) if field.value is None else field.value for name, field in fields.items()}
        wrong = typed.keys() - values.keys() if not form.more else set()
        assert not wrong, "the dialog asks no such thing"
        return values | typed

    def act(self, **typed):
        typed = {name.replace("__", "."): value for name, value in typed.items()}
        return self.form.act(ActDesk(self.desk, CLERK, profile()), self.answers(**typed)).dossier


def refused(told, **typed):
    with pytest.raises(RuleBrokenError) as caught:
        told.act(**typed)
    return {(problem.code, problem.field) for problem in caught.value.problems}


@pytest.mark.parametrize("action_id", sorted(FORMS))
def test_every_question_has_its_own_name_and_words_and_its_answer_is_one_that_is_offered(action_id):
    told = Told(action_id, "ask" if action_id == "receive_supplement" else "give", fees=(CASH, OWED))
    form = told.form
    assert all((form.title, form.button, form.told))
    names = [field.name for field in (*form.fields, *form.more)]
    assert len(set(names)) == len(names)
    for field in (*form.fields, *form.more):
        assert field.text
        if field.kind is FieldKind.CHOICE:
            assert field.value in [value for _, value in field.options]
            assert len({word for word, _ in field.options}) == len(field.options)
        if field.kind is FieldKind.PAPERS:
            assert set(field.value or ()) <= {value for _, value in field.options}
    assert form.told.format(code="H36") != form.told


@pytest.mark.parametrize("action_id", sorted(FORMS))
def test_a_commune_that_set_nothing_is_asked_all_the_same(action_id):
    told = Told(action_id, "ask" if action_id == "receive_supplement" else "give")
    form = told.knowing(procedure=None, signers=(), units=(), people=(), process=()).form
    for field in (*form.fields, *form.more):
        assert field.kind is not FieldKind.OFFERED or isinstance(field.value or "", str)


def test_options_read_as_what_they_stand_for():
    assert same(["a", "b"]) == (("a", "a"), ("b", "b"))
    assert (first(same(["a", "b"])), first(())) == ("a", "")


def test_signers_are_offered_by_name_and_each_title_once():
    told = Told("halt")
    assert [value for _, value in told.field("decided_by").options] == [signer.name for signer in SIGNERS]
    assert [value for _, value in told.field("title").options] == ["Chủ tịch", "Phó Chủ tịch"]


def test_papers_that_can_be_asked_for_are_those_of_the_procedure_and_free_words():
    told = Told("request_supplement")
    assert ("Tờ khai", "Tờ khai") in told.field("items").options
    after = told.act(items=("Tờ khai", "Bản án"), reason="thiếu", deadline=local(2026, 11, 27, 17))
    assert (after.status, after.supplements[0].items, after.papers_until) == (
        Status.AWAITING_SUPPLEMENT, ("Tờ khai", "Bản án"), local(2026, 11, 27, 17))


def test_asking_again_warns_and_has_to_be_meant():
    told = Told("request_supplement", "ask", "bring")
    assert told.form.warns
    assert refused(told, items=("Tờ khai",), reason="thiếu") == {("SUPPLEMENT_AGAIN", "confirm_second")}
    assert told.act(items=("Tờ khai",), reason="thiếu", confirm_second=True).supplement_count == 2
    assert "confirm_second" not in Told("request_supplement").names()


def test_only_what_is_still_missing_is_offered_as_brought():
    told = Told("receive_supplement")
    do(told.desk, told.code, "ask")
    assert told.field("items").value == ("Tờ khai",)
    part = told.act(items=("Giấy khác",), complete=False)
    assert part.status is Status.AWAITING_SUPPLEMENT
    assert told.act().status is Status.RECEIVED


@pytest.mark.parametrize(("action_id", "typed", "status"), [
    ("refuse", {"reason": "không đủ điều kiện", "legal_basis": "Điều 3"}, Status.NOT_ACCEPTED),
    ("halt", {"reason": "quyết định", "decided_by": "Hoàng Văn Giả Định", "title": "Chủ tịch"}, Status.HALTED),
    ("withdraw", {"reason": "không làm nữa"}, Status.WITHDRAWN)])
def test_an_end_keeps_its_reason_and_what_became_of_the_papers(action_id, typed, status):
    told = Told(action_id, fees=())
    assert "fees" not in told.names(), "nobody asks what becomes of money that was never taken"
    after = told.act(papers_returned=True, **typed)
    assert (after.status, after.ending.reason, after.ending.papers_returned) == (status, typed["reason"], True)
    assert refused(Told(action_id, fees=()), **{**typed, "reason": ""}) == {("TEXT_NEEDED", "reason")}


@pytest.mark.parametrize("action_id", ["halt", "withdraw"])
@pytest.mark.parametrize("handling", [FeesHandling.REFUNDED, FeesHandling.KEPT])
def test_money_that_was_taken_is_asked_after(action_id, handling):
    told = Told(action_id, fees=(CASH,))
    assert told.field("fees").value is FeesHandling.REFUNDED
    typed = {"decided_by": "Hoàng Văn Giả Định"} if action_id == "halt" else {}
    assert told.act(reason="quyết định", fees=handling, **typed).ending.fees is handling


def test_papers_not_brought_in_time_are_the_reason_that_stands_there():
    told = Told("halt")
    told.desk.life.supplements.request(
        RequestSupplement(told.code, ("Tờ khai",), "thiếu", told.desk.clock.moment + timedelta(days=3)), CLERK)
    assert not told.field("reason").value
    told.desk.clock.forward(days=3)
    assert not told.field("reason").value, "they may still come today"
    told.desk.clock.forward(days=1)
    assert told.field("reason").value == told.field("reason").options[0][0]


def test_a_hand_over_offers_the_unit_of_the_process_and_its_head():
    told = Told("hand_over").knowing(units=(Unit("cm", "Công chức chuyên môn", "Trần Văn Mẫu"), *UNITS))
    assert (told.field("direction").value, told.field("to_unit").value, told.field("received_by").value) == (
        Direction.TO_SPECIALIST, "Công chức chuyên môn", "Trần Văn Mẫu")
    after = told.act(paper_counts=7)
    assert (after.holder, after.hand_overs[-1].received_by, after.hand_overs[-1].paper_count) == ("Công chức chuyên môn", "Trần Văn Mẫu", 7)


def test_what_was_handed_over_is_expected_back():
    told = Told("hand_over", "give")
    assert (told.field("direction").value, told.field("to_unit").value) == (Direction.TO_DESK, "")
    after = told.act(received_by="Lý Thị Mẫu Đơn")
    assert (after.holder, after.hand_overs[-1].direction) == ("", Direction.TO_DESK)


def test_sheets_that_nobody_counted_are_those_of_the_receipt():
    told = Told("hand_over")
    counted = told.field("paper_counts").value
    assert told.act(paper_counts=None, to_unit="Tư pháp", received_by="Trần Văn Mẫu").hand_overs[-1].paper_count == counted


def test_the_running_step_is_offered_and_a_later_one_wants_a_reason():
    told = Told("complete_step", "give")
    steps = [value for _, value in told.field("step").options]
    assert (told.field("step").value, steps) == ("assess", ["assess", "sign"])
    assert refused(told, step="sign") == {("STEP_SKIPPED", "skip_reason")}
    after = told.act(content="đã thẩm định", owner="Lê Văn Mẫu")
    assert (after.steps[-1].code, after.steps[-1].content, after.step.owner) == ("assess", "đã thẩm định", "Lê Văn Mẫu")
    assert told.field("step").value == "sign"


def test_a_result_stands_with_who_signed_it_and_a_block_left_empty_is_none():
    told = Told("result_ready", "give")
    empty = {f"results.1.{name}": value for name, value in {
        "name": "", "number": "", "issued_at": None, "signer": "", "signer_title": "", "abstract": "", "refusal": False}.items()}
    after = told.act(results__0__number="215/XN", **{name.replace(".", "__"): value for name, value in empty.items()})
    (result,) = after.results
    assert (result.number, result.signer, result.signer_title, result.issued_at) == (
        "215/XN", "Hoàng Văn Giả Định", "Chủ tịch", told.desk.clock.moment)


def test_a_parcel_goes_and_arrives():
    told = Told("send_by_post", "ready", delivery=DeliveryMethod.POSTAL, delivery_address="Thôn 4")
    assert "Thôn 4" in told.form.note
    sent = told.act(consignment="VN1")
    assert (sent.parcel.operator, sent.parcel.consignment, sent.status) == ("VNPost", "VN1", Status.RESULT_READY)
    told.action_id = "delivered"
    assert "VN1" in told.form.note
    done = told.act(receiver_name="")
    assert (done.status, done.handed_back.by_post) == (Status.RETURNED, True)


def test_a_parcel_without_an_address_shows_that_there_is_none():
    told = Told("send_by_post", "ready", applicant=applicant(address=""), delivery=DeliveryMethod.DESK)
    assert "–" in told.form.note


def test_an_extension_offers_three_working_days_and_who_decides():
    told = Told("extend")
    assert (told.field("amount").value, told.field("unit").value, told.field("decided_by").value) == (
        3, LimitUnit.WORKING_DAY, "Hoàng Văn Giả Định")
    before = dossier(told.desk, told.code).due_at
    assert told.act(reason="chờ xác minh").due_at > before
    assert refused(Told("extend"), reason="chờ xác minh", amount=None) == {("LIMIT_VALUE_IMPOSSIBLE", "limit.value")}


def test_the_line_that_is_owed_is_offered_first_and_something_else_may_be_paid():
    told = Told("collect_fee", fees=(CASH, OWED))
    owed = next(line for line in dossier(told.desk, told.code).fees if line.is_owed)
    assert told.field("fee_line_id").value == owed.fee_line_id
    assert told.act(receipt_series="BL/26E", receipt_number="7").fees[1].is_paid
    after = told.act(fee_line_id="", name="Bản sao", amount_vnd=8000, method=FeeMethod.TRANSFER)
    assert (after.fees[-1].name, after.fees[-1].amount_vnd, after.fees[-1].method) == ("Bản sao", 8000, FeeMethod.TRANSFER)


def test_something_else_without_an_amount_is_refused():
    codes = {code for code, _ in refused(Told("collect_fee", fees=()), fee_line_id="", name="Bản sao", amount_vnd=None)}
    assert codes


def test_only_what_was_paid_can_go_back():
    told = Told("reverse_fee", fees=(CASH, OWED))
    assert len(told.field("fee_line_id").options) == 1
    after = told.act(reason="thu nhầm", receipt_cancelled=True)
    assert not any(line.is_paid for line in after.fees)


@pytest.mark.parametrize("score", [1, 5])
@pytest.mark.parametrize("channel", RatingChannel)
def test_a_rating_is_kept_as_it_was_given(score, channel):
    told = Told("rate", "ready", "return")
    rating = told.act(score=score, channel=channel, comment=" nhanh ").rating
    assert (rating.score, rating.channel, rating.comment) == (score, channel.value, "nhanh")


@pytest.mark.parametrize("between", [" ", ", ", ";", " ; ,"])
def test_codes_to_link_are_read_however_they_were_separated(between):
    told = Told("link")
    others = [received(told.desk), received(told.desk)]
    assert len(told.act(codes=between.join(others)).linked) == 2
    assert refused(told, codes=" ") == {("BUNDLE_TOO_SMALL", "codes")}


def test_who_is_linked_already_is_named():
    assert "H36.50.05-261120-0009" in Told("link").knowing(linked=("H36.50.05-261120-0009",)).form.note
    assert Told("link").form.note == ""


def test_a_second_code_is_added():
    after = Told("add_code").act(other="G09.20-20261120-0000001", system="Hộ tịch")
    assert after.codes[-1].code == "G09.20-20261120-0000001"


def test_the_last_act_is_taken_back_with_its_reason():
    told = Told("undo_act", "give")
    assert told.act(reason="bàn giao nhầm").hand_overs[-1].direction is Direction.TO_DESK
    assert refused(Told("undo_act", "give"), reason="") == {("TEXT_NEEDED", "reason")}


def test_nothing_changed_is_no_correction():
    assert {code for code, _ in refused(Told("correct"), reason="gõ nhầm")} == {"NOTHING_TO_CORRECT"}


@pytest.mark.parametrize(("typed", "seen"), [
    ({"applicant__full_name": "Trần Thị Vi"}, lambda after: after.applicant.full_name == "Trần Thị Vi"),
    ({"applicant__email": "vi@vidu.vn"}, lambda after: after.applicant.email == "vi@vidu.vn"),
    ({"summary": "Đính chính"}, lambda after: after.summary == "Đính chính"),
    ({"delivery": DeliveryMethod.POSTAL, "delivery_address": "Thôn 4"}, lambda after: after.delivery_address == "Thôn 4"),
    ({"documents": ("Tờ khai",)}, lambda after: [line.name for line in after.documents] == ["Tờ khai"]),
    ({"documents": ("Tờ khai", "Giấy mới")}, lambda after: after.documents[-1].original == 1),
])
def test_what_was_overwritten_is_corrected_and_the_rest_stays(typed, seen):
    told = Told("correct")
    before = dossier(told.desk, told.code)
    after = told.act(reason="gõ nhầm", **typed)
    assert seen(after)
    assert (after.due_at, after.place, after.fees) == (before.due_at, before.place, before.fees)


def test_the_identity_number_stands_masked_and_is_only_overwritten():
    told = Told("correct")
    before = dossier(told.desk, told.code).applicant.id_number
    field = next(each for each in told.form.fields if each.name == "applicant.id_number")
    assert (field.value, before in field.text, before[-3:] in field.text) == ("", False, True)
    assert told.act(reason="gõ nhầm", summary="Đính chính").applicant.id_number == before, "left empty it stays"
    assert Told("correct").act(reason="gõ nhầm", applicant__id_number="067190000999").applicant.id_number == "067190000999"


def test_a_paper_that_stays_keeps_its_numbers():
    told = Told("correct")
    kept = dossier(told.desk, told.code).documents
    after = told.act(documents=(*(line.name for line in kept), "Giấy mới"), reason="thiếu")
    assert after.documents[:len(kept)] == kept


def test_after_the_hand_over_the_clerk_is_told_that_the_province_decides():
    assert Told("correct", "give").form.warns
    assert not Told("correct").form.warns
    assert Told("correct", "give").form.note != Told("correct").form.note


def test_on_the_spot_everything_is_one_dialog():
    told = Told("decide_at_once", procedure_code=SAME_DAY.code, fees=()).knowing(procedure=SAME_DAY)
    after = told.act(results__0__name="Bản sao", results__0__number="12")
    assert (after.status, after.handed_back.receiver_kind, after.handed_back.signed) == (Status.RETURNED, ReceiverKind.APPLICANT, Signed.BOOK)
    assert "unpaid_reason" not in told.names()


def test_on_the_spot_with_a_fee_owed_a_reason_is_asked():
    told = Told("decide_at_once", procedure_code=SAME_DAY.code, fees=(OWED,)).knowing(procedure=SAME_DAY)
    assert "unpaid_reason" in told.names()
    assert refused(told, results__0__name="Bản sao") != set()
    assert told.act(results__0__name="Bản sao", unpaid_reason="hộ nghèo").status is Status.RETURNED


@pytest.mark.parametrize(("printer", "queued"), [("", False), ("laser", True)])
def test_a_form_waits_for_the_printer_where_there_is_one(printer, queued):
    desk = ActDesk(fake_desk(), CLERK, profile(printer=printer, paper="a4"))
    assert desk.how == {"paper": "a4", "queue": queued}


def test_every_act_of_the_window_can_be_done_by_its_word_too():
    """The dialogs name their answers as the services do: what is refused stands at the field of the dialog."""
    for action_id, act in (("refuse", "refuse"), ("halt", "halt"), ("withdraw", "withdraw")):
        told = Told(action_id, fees=())
        command = ACTS[act](told.code, told.desk)
        assert "reason" in told.names()
        with pytest.raises(RuleBrokenError) as caught:
            told.desk.life.perform(replace(command, reason=""), CLERK)
        assert {problem.field for problem in caught.value.problems} <= set(told.names())


def test_results_that_were_ready_before_are_none_of_this_dialog():
    told = Told("send_by_post", "give")
    told.desk.life.results.ready(ResultReady(told.code, (ResultPaper("", "Giấy", number="1"),)), CLERK)
    told.desk.clock.forward(hours=1)
    assert told.act(consignment="VN2").parcel == Parcel("VNPost", "VN2", told.desk.clock.moment)
    again = partial(told.act, consignment="")
    with pytest.raises(RuleBrokenError):
        again()
