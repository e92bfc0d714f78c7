"""The end of a day: what each collector hands in, what is missing, which transfers came, and the sheet that both sign."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain.dossier import FeeLine, FeeMethod
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.money import CashCount, MethodTotal, by_method, total
from counter_app.services.acts.fee_acts import ReverseFee
from counter_app.services.money.cash_counts import CASH_SHEET, CountCash, Drawer
from tests.builders import CLERK, HEAD, INSPECTOR, NOW, applicant, command, fake_desk

CASH, TRANSFER, PORTAL, EXEMPT = FeeMethod.CASH, FeeMethod.TRANSFER, FeeMethod.PORTAL, FeeMethod.EXEMPT
NAMES = {"u-0001": "Lý Thị Mẫu Đơn", "u-0002": "Hoàng Văn Giả Định"}
COUNTED = CountCash("u-0001", {CASH: 23_000, PORTAL: 7_000}, "Thủ quỹ Lê Thị Minh Họa")


def sums(cash=0, transfer=0, portal=0):
    return {CASH: cash, TRANSFER: transfer, PORTAL: portal}


def pay(desk, amount, method=CASH, actor=CLERK, **changes):
    line = FeeLine("", "Lệ phí", amount, method, **changes)
    return desk.intake.receive(command(fees=(line,)), actor)


@pytest.fixture
def desk():
    """A clerk with 23.000 đ in the drawer, 7.000 đ from the portal and a transfer that nobody found yet; the head with 9.000 đ."""
    made = fake_desk(printer="PDF")
    pay(made, 15_000, receipt_series="BL", receipt_number="1")
    pay(made, 8_000)
    pay(made, 7_000, PORTAL)
    pay(made, 50_000, TRANSFER)
    pay(made, 0, EXEMPT, exempt_reason="Hộ nghèo", exempt_proof="Sổ hộ nghèo")
    pay(made, 9_000, actor=HEAD)
    return made


def refused(call):
    with pytest.raises(RuleBrokenError) as caught:
        call()
    return [(each.code, each.field) for each in caught.value.problems]


# --- how the money stands ------------------------------------------------------------------------------------------------


def test_each_collector_has_a_drawer(desk):
    standing = desk.cash.standing(CLERK)
    assert standing.drawers == (
        Drawer("u-0002", "Hoàng Văn Giả Định", sums(9_000), 1), Drawer("u-0001", "Lý Thị Mẫu Đơn", sums(23_000, 0, 7_000), 3))
    assert [each.amount_vnd for each in standing.unmatched] == [50_000]
    assert standing.counts == ()
    assert standing.names["u-0001"] == "Lý Thị Mẫu Đơn"


def test_the_day_has_everything_that_was_taken_on_it(desk):
    today = desk.cash.standing(CLERK).today
    assert (today.by_method, today.exempt) == (sums(32_000, 50_000, 7_000), 1)
    desk.clock.forward(days=1)
    assert desk.cash.standing(CLERK).today.by_method == sums()
    assert desk.cash.standing(CLERK, date(2026, 11, 20)).today == today, "an earlier day can be looked at"
    assert len(desk.cash.standing(CLERK).drawers) == 2, "money of yesterday is still in the drawer"


@pytest.mark.parametrize(("hour", "minute", "day"), [(0, 0, 20), (23, 59, 20)])
def test_a_day_begins_and_ends_at_midnight(hour, minute, day):
    made = fake_desk(NOW.replace(hour=hour, minute=minute))
    pay(made, 5_000)
    for offset in (-1, 0, 1):
        expected = sums(5_000 if offset == 0 else 0)
        assert made.cash.standing(CLERK, date(2026, 11, day) + timedelta(days=offset)).today.by_method == expected


# --- a count -------------------------------------------------------------------------------------------------------------


def test_a_count_that_agrees(desk):
    desk.clock.forward(hours=7)
    done = desk.cash.count(replace(COUNTED, seen=sums(23_000, 0, 7_000)), HEAD)
    assert done.payments == 3
    assert done.count == CashCount(
        done.count.count_id, desk.clock.now(), "u-0001", "u-0002", sums(23_000, 0, 7_000), sums(23_000, 0, 7_000),
        "Thủ quỹ Lê Thị Minh Họa")
    assert (done.count.agrees, done.count.difference_vnd) == (True, 0)
    standing = desk.cash.standing(CLERK)
    assert [drawer.collector for drawer in standing.drawers] == ["u-0002"]
    assert standing.counts == (done.count,)
    assert len(standing.unmatched) == 1, "what the bank has not shown is handed in by nobody"
    entry = desk.state.audit[-1]
    assert (entry.action, entry.subject, entry.details) == ("cash.counted", done.count.count_id, {"payments": 3, "difference": 0})
    handed_in = desk.state.payments and [each for each in desk.state.payments.values() if each.count_id]
    assert {each.collector for each in handed_in} == {"u-0001"}
    assert refused(lambda: desk.cash.count(COUNTED, HEAD)) == [("CASH_NOTHING", "collector")], "nothing is handed in twice"


def test_a_difference_needs_its_reason(desk):
    short = replace(COUNTED, counted={CASH: 20_000, PORTAL: 7_000})
    assert refused(lambda: desk.cash.count(short, CLERK)) == [("CASH_REASON_NEEDED", "note")]
    done = desk.cash.count(replace(short, note="  thối nhầm  3.000 đ "), CLERK)
    assert (done.count.difference_vnd, done.count.note, done.count.agrees) == (-3_000, "thối nhầm 3.000 đ", False)


def test_too_much_of_one_does_not_make_up_for_too_little_of_another(desk):
    swapped = replace(COUNTED, counted={CASH: 30_000})
    assert refused(lambda: desk.cash.count(swapped, CLERK)) == [("CASH_REASON_NEEDED", "note")]
    assert desk.cash.count(replace(swapped, note="ghi nhầm hình thức"), CLERK).count.difference_vnd == 0


def test_money_that_comes_while_one_counts_is_not_counted_away(desk):
    seen = replace(COUNTED, seen=desk.cash.standing(CLERK).drawers[1].expected)
    pay(desk, 1_000)
    assert refused(lambda: desk.cash.count(seen, CLERK)) == [("CASH_CHANGED", None)]
    assert desk.state.counts == {}
    unseen = replace(seen, seen=None, note="người sau mới thu thêm")
    assert desk.cash.count(unseen, CLERK).count.difference_vnd == -1_000


@pytest.mark.parametrize(("changes", "problems"), [
    ({"handed_to": "  "}, [("TEXT_NEEDED", "handed_to")]),
    ({"handed_to": "x" * 201, "note": "y" * 301}, [("TEXT_TOO_LONG", "handed_to"), ("TEXT_TOO_LONG", "note")]),
    ({"counted": {EXEMPT: 0}}, [("CASH_METHOD_UNKNOWN", "counted.exempt")]),
    ({"counted": {CASH: 10**10 + 1}}, [("CASH_AMOUNT_IMPOSSIBLE", "counted.cash")]),
    ({"collector": "u-9999"}, [("CASH_NOTHING", "collector")]),
], ids=lambda value: str(value)[:40])
def test_what_is_wrong_with_a_count(desk, changes, problems):
    before = desk.database.writes
    assert refused(lambda: desk.cash.count(replace(COUNTED, **changes), CLERK)) == problems
    assert desk.database.writes == before


def test_an_inspector_looks_and_counts_nothing(desk):
    assert desk.cash.standing(INSPECTOR).drawers
    assert refused(lambda: desk.cash.count(COUNTED, INSPECTOR)) == [("NOT_ALLOWED", None)]
    waiting = desk.cash.standing(INSPECTOR).unmatched[0].payment_id
    assert refused(lambda: desk.cash.match(waiting, "FT1", INSPECTOR)) == [("NOT_ALLOWED", None)]


def test_money_given_back_leaves_the_drawer_of_who_gave_it(desk):
    """The head gives back what the clerk took: the clerk hands in all, the head less than nothing."""
    code = pay(desk, 4_000).code
    line = desk.dossiers.show(code, CLERK).dossier.fees[0]
    desk.life.fees.reverse(ReverseFee(code, line.fee_line_id, "thu nhầm"), HEAD)
    head, clerk = desk.cash.standing(CLERK).drawers
    assert (clerk.expected[CASH], head.expected[CASH]) == (27_000, 5_000)
    assert desk.cash.count(CountCash("u-0002", {CASH: 5_000}, "Thủ quỹ"), HEAD).count.agrees


def test_a_drawer_can_be_below_nothing(desk):
    code = pay(desk, 80_000).code
    line = desk.dossiers.show(code, CLERK).dossier.fees[0]
    desk.life.fees.reverse(ReverseFee(code, line.fee_line_id, "thu nhầm"), HEAD)
    done = desk.cash.count(CountCash("u-0002", {CASH: -71_000}, "Thủ quỹ"), HEAD)
    assert done.count.agrees
    assert "âm bảy mươi mốt nghìn đồng" in str(desk.state.prints[-1].content)


# --- transfers -----------------------------------------------------------------------------------------------------------


def test_a_transfer_that_was_found_is_counted(desk):
    (waiting,) = desk.cash.standing(CLERK).unmatched
    (found,) = desk.cash.match(waiting.payment_id, " FT26325 ", HEAD)
    assert found == desk.state.payments[waiting.payment_id]
    assert (found.matched_at, found.matched_by, found.bank_reference) == (NOW, "u-0002", "FT26325")
    assert desk.cash.standing(CLERK).unmatched == ()
    assert desk.cash.standing(CLERK).drawers[1].expected == sums(23_000, 50_000, 7_000)
    assert desk.state.audit[-1].action == "transfer.matched"
    assert refused(lambda: desk.cash.match(waiting.payment_id, "FT2", HEAD)) == [("TRANSFER_NOT_WAITING", "payment_id")]


def visit(desk, *amounts, receipt="7", actor=CLERK, person=None):
    """Pay several fees of one dossier by transfer, with one receipt; return the payments."""
    lines = tuple(FeeLine("", "Lệ phí", amount, TRANSFER, receipt_series="BL", receipt_number=receipt) for amount in amounts)
    before = len(desk.state.payments)
    desk.intake.receive(command(fees=lines, **({"applicant": person} if person else {})), actor)
    return list(desk.state.payments.values())[before:]


def test_what_one_receipt_is_for_came_with_one_transfer(desk):
    """The bank shows one amount for a visit, and the cashier looks for it once."""
    mine = visit(desk, 8_000, 12_000, 30_000)
    found = desk.cash.match(mine[1].payment_id, "FT9", HEAD)
    assert [each.payment_id for each in found] == [mine[1].payment_id, mine[0].payment_id, mine[2].payment_id]
    assert {(each.matched_at, each.matched_by, each.bank_reference) for each in found} == {(NOW, "u-0002", "FT9")}
    assert [desk.state.payments[each.payment_id] for each in found] == list(found)
    assert [each.amount_vnd for each in desk.cash.standing(CLERK).unmatched] == [50_000], "another transfer still waits"
    noted = [entry.subject for entry in desk.state.audit if entry.action == "transfer.matched"]
    assert noted == [each.payment_id for each in found]
    for each in mine:
        assert refused(lambda each=each: desk.cash.match(each.payment_id, "FT9", HEAD)) == [("TRANSFER_NOT_WAITING", "payment_id")]


def test_a_receipt_of_somebody_else_or_another_collector_is_another_transfer(desk):
    """A receipt that was typed twice by mistake joins nobody's money."""
    mine, others = visit(desk, 8_000), [*visit(desk, 9_000, receipt="8"), *visit(desk, 4_000, actor=HEAD)]
    others += visit(desk, 6_000, person=applicant(full_name="Lò Văn Khác"))
    desk.clock.forward(days=1)
    others += visit(desk, 5_000)
    assert desk.cash.match(mine[0].payment_id, "FT9", HEAD)[1:] == ()
    assert {each.payment_id for each in others} <= {each.payment_id for each in desk.cash.standing(CLERK).unmatched}


def test_what_was_given_back_of_a_receipt_is_not_found(desk):
    mine = visit(desk, 8_000, 12_000)
    desk.life.fees.reverse(ReverseFee(mine[0].code, mine[0].fee_line_id, "nộp hai lần"), CLERK)
    assert [each.payment_id for each in desk.cash.match(mine[1].payment_id, "FT9", HEAD)] == [mine[1].payment_id]


def test_a_transfer_that_was_given_back_needs_no_finding(desk):
    code = pay(desk, 5_000, TRANSFER).code
    payment = list(desk.state.payments.values())[-1]
    desk.life.fees.reverse(ReverseFee(code, payment.fee_line_id, "nộp hai lần"), CLERK)
    assert payment.payment_id not in {each.payment_id for each in desk.cash.standing(CLERK).unmatched}
    assert refused(lambda: desk.cash.match(payment.payment_id, "FT2", HEAD)) == [("TRANSFER_NOT_WAITING", "payment_id")]
    back = list(desk.state.payments.values())[-1]
    assert refused(lambda: desk.cash.match(back.payment_id, "FT2", HEAD)) == [("TRANSFER_NOT_WAITING", "payment_id")]


def test_only_a_transfer_is_found_and_only_by_a_reference(desk):
    in_cash = next(each for each in desk.state.payments.values() if each.method is CASH)
    assert refused(lambda: desk.cash.match(in_cash.payment_id, "FT1", CLERK)) == [("TRANSFER_UNKNOWN", "payment_id")]
    assert refused(lambda: desk.cash.match("nothing", "FT1", CLERK)) == [("TRANSFER_UNKNOWN", "payment_id")]
    (waiting,) = desk.cash.standing(CLERK).unmatched
    assert refused(lambda: desk.cash.match(waiting.payment_id, " ", CLERK)) == [("TEXT_NEEDED", "reference")]


# --- the sheet -----------------------------------------------------------------------------------------------------------


def test_the_sheet_says_it_all(desk):
    done = desk.cash.count(replace(COUNTED, counted={CASH: 20_000, PORTAL: 7_000}, note="thối nhầm"), HEAD)
    stored = desk.slips.document(done.print_id).decode()
    for words in ("BIÊN BẢN ĐỐI CHIẾU, BÀN GIAO TIỀN PHÍ, LỆ PHÍ", "Lý Thị Mẫu Đơn", "Hoàng Văn Giả Định", "Thủ quỹ Lê Thị Minh Họa",
                  "hai mươi bảy nghìn đồng", "(lý do: thối nhầm)", "−3.000", "BL 1", "NGƯỜI GIAO", "NGƯỜI NHẬN"):
        assert words in stored, words
    content = desk.state.prints[-1].content
    by_method_table, payments = (part["table"]["rows"] for part in content["body"] if "table" in part)
    assert by_method_table == [
        ["Tiền mặt", "23.000", "20.000", "−3.000"], ["Chuyển khoản", "0", "0", "0"], ["Qua cổng dịch vụ công", "7.000", "7.000", "0"],
        ["Cộng", "30.000", "27.000", "−3.000"]]
    assert [row[4] for row in payments] == ["15.000", "8.000", "7.000"]
    assert [row[5] for row in payments] == ["BL 1", "", "Qua cổng dịch vụ công"]


def test_the_sheet_is_signed_once_below_what_it_comes_to(desk):
    desk.cash.count(COUNTED, HEAD)
    content = desk.state.prints[-1].content
    assert (content["landscape"], content["papers"], content["signatures"]) == (True, ["a4"], [])
    *_, listed, closing = content["body"]
    assert "table" in listed
    assert closing["rows"][0][0]["value"] == "ba mươi nghìn đồng"
    assert [each["role"] for each in closing["signatures"]] == ["NGƯỜI GIAO", "NGƯỜI NHẬN"]


def test_a_sheet_of_a_count_that_agrees_gives_no_reason(desk):
    desk.cash.count(COUNTED, HEAD)
    assert "lý do" not in str(desk.state.prints[-1].content)


@pytest.mark.parametrize("wanted", [False, True])
def test_a_sheet_waits_for_the_printer_when_it_shall(desk, wanted):
    done = desk.cash.count(replace(COUNTED, print=wanted), HEAD)
    form = desk.state.prints[-1]
    assert (form.print_id, form.dossier_id, form.form, form.paper) == (done.print_id, done.count.count_id, CASH_SHEET, "a4")
    assert [job.print_id for job in desk.state.jobs.values()] == [done.print_id] * wanted


def test_a_count_writes_once_or_not_at_all(desk):
    desk.database.fault = RuntimeError("power cut")
    with pytest.raises(RuntimeError, match="power cut"):
        desk.cash.count(COUNTED, HEAD)
    assert desk.state.counts == {}
    assert not any(each.count_id for each in desk.state.payments.values())
    assert desk.cash.count(COUNTED, HEAD).payments == 3


# --- arithmetic ----------------------------------------------------------------------------------------------------------

AMOUNTS = st.integers(-10**9, 10**9)
TOTALS = st.lists(st.builds(
    MethodTotal, st.sampled_from(("a", "b")), st.sampled_from((CASH, TRANSFER, PORTAL)), st.integers(1, 9), AMOUNTS), max_size=9)


@given(TOTALS)
def test_methods_add_up_to_everything(totals):
    added = by_method(totals)
    assert list(added) == [CASH, TRANSFER, PORTAL]
    assert total(added) == sum(each.amount_vnd for each in totals)


@given(expected=st.dictionaries(st.sampled_from((CASH, TRANSFER, PORTAL)), AMOUNTS),
       counted=st.dictionaries(st.sampled_from((CASH, TRANSFER, PORTAL)), AMOUNTS))
def test_a_count_agrees_when_no_method_differs(expected, counted):
    made = CashCount("c", NOW, "u", "u", expected, counted)
    assert made.difference_vnd == sum(counted.values()) - sum(expected.values())
    assert made.agrees is all(expected.get(method, 0) == counted.get(method, 0) for method in (CASH, TRANSFER, PORTAL))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 300_000), st.sampled_from((CASH, TRANSFER, PORTAL)), st.booleans(), st.booleans()), max_size=8))
def test_every_dong_is_handed_in_once_or_waits(days):
    """Whatever is paid, found and counted in whatever order: handed in, in a drawer or not found yet, and nowhere twice."""
    desk = fake_desk()
    for amount, method, found, counted in days:
        pay(desk, amount, method)
        for waiting in desk.cash.standing(CLERK).unmatched if found else ():
            desk.cash.match(waiting.payment_id, "FT", CLERK)
        for drawer in desk.cash.standing(CLERK).drawers if counted else ():
            desk.cash.count(CountCash(drawer.collector, drawer.expected, "Thủ quỹ", seen=drawer.expected), CLERK)
    standing = desk.cash.standing(CLERK)
    handed_in = sum(total(each.counted) for each in standing.counts)
    in_drawers = sum(total(each.expected) for each in standing.drawers)
    assert handed_in + in_drawers + sum(each.amount_vnd for each in standing.unmatched) == sum(amount for amount, *_ in days)
    assert total(standing.today.by_method) == sum(amount for amount, *_ in days)
