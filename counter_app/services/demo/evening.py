"""Who calls, who complains, and how a day of the demonstration ends: transfers found, money counted, the page with its mark."""

from __future__ import annotations

from typing import Protocol

from counter_app.domain.people import Actor
from counter_app.services.acts.acting import Printing
from counter_app.services.citizens.bundle import CitizenServices
from counter_app.services.citizens.complaints import TakeComplaint
from counter_app.services.dossiers.service import DossierService
from counter_app.services.money.cash_counts import CashService, CountCash
from counter_app.services.ports import ListFilter

COMPLAINT = "Hồ sơ đã quá ngày hẹn trả mà chưa được báo lý do và ngày hẹn mới."
PERSON, PHONE, OWNER = "Trần Thị Ví Dụ", "0900 000 911", "Hoàng Thị Giả Định"
ANSWER = "Trung tâm xin lỗi ông/bà vì sự chậm trễ; cán bộ chuyên môn đã gọi điện giải thích và sẽ trả kết quả trong tuần."
CALLED, CALLS = "Đã nghe máy, hẹn đến trong giờ làm việc", 2
CASHIER = "Ngô Thị Thử (thủ quỹ)"
FOUND = 2
"""Of two transfers one is on the bank's list already when the day ends."""


class EveningDesk(Protocol):
    """What the evening needs of an open desk."""

    @property
    def citizens(self) -> CitizenServices:
        """For messages, complaints and the page of the day."""

    @property
    def cash(self) -> CashService:
        """For the money."""

    @property
    def dossiers(self) -> DossierService:
        """For what is complained about."""


def talk(counter: EveningDesk, actor: Actor) -> None:
    """Let a citizen complain and be answered, remind those whose day has come, and call the first of them."""
    late = counter.dossiers.list(ListFilter.OVERDUE, actor, limit=1).rows
    code = late[0].code if late else ""
    noted = counter.citizens.complaints.take(TakeComplaint(COMPLAINT, code=code, person=PERSON, phone=PHONE, owner=OWNER), actor)
    counter.citizens.complaints.answer(noted.complaint.complaint_id, ANSWER, actor)
    counter.citizens.complaints.judge(noted.complaint.complaint_id, actor, satisfied=True)
    counter.citizens.messages.remind(actor)
    for code in list(dict.fromkeys(line.code for line in counter.citizens.messages.waiting(actor)))[:CALLS]:
        counter.citizens.messages.called(code, actor, CALLED)


def end_day(counter: EveningDesk, actor: Actor) -> list[tuple[str, str]]:
    """Find transfers, hand the money in and make the page of the day; return name and print of what was made."""
    found: set[str] = set()
    for at, payment in enumerate(counter.cash.standing(actor).unmatched[::FOUND], start=1):
        if payment.payment_id not in found:  # a receipt of a visit is one transfer at the bank, whatever it is for
            found |= {each.payment_id for each in counter.cash.match(payment.payment_id, f"FT0000{at:04d} (mẫu)", actor)}
    prints = []
    for at, drawer in enumerate(counter.cash.standing(actor).drawers, start=1):
        counted = counter.cash.count(CountCash(drawer.collector, drawer.expected, CASHIER, seen=drawer.expected), actor)
        prints.append((f"cash-count-{at}", counted.print_id))
    page = counter.citizens.day_pages.make(actor, Printing(paper="a4", queue=False))
    return [*prints, ("day-page", page.print_id)]
