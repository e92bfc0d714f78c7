"""Terms of the catalogue in the words of the law, which are Vietnamese in every language of the program."""

from __future__ import annotations

from counter_app.domain.catalogue import Fee
from counter_app.domain.deadline_terms import Limit, LimitUnit
from counter_app.domain.text import money

_UNITS = {
    LimitUnit.WORKING_DAY: "ngày làm việc", LimitUnit.DAY: "ngày", LimitUnit.MONTH: "tháng", LimitUnit.HOUR: "giờ làm việc",
}
_PER = {
    "page_of_original": "trang bản chính", "case": "trường hợp", "transaction": "giao dịch", "document": "văn bản", "copy": "bản",
}


def limit_words(limit: Limit | None) -> str:
    """Return ``3 ngày làm việc``; ``Trong ngày`` for the same day, ``Không quy định`` for none."""
    if limit is None:
        return "Không quy định"
    if limit.unit is LimitUnit.SAME_DAY:
        return "Trong ngày"
    return f"{limit.value} {_UNITS[limit.unit]}"


def fee_words(fee: Fee) -> str:
    """Return ``2.000 đ/trang bản chính``, ``Không thu`` or ``Chưa có mức thu``; the exemption stands beside it, never left out."""
    if fee.amount_vnd is None:
        amount = "Chưa có mức thu"
    elif fee.amount_vnd == 0:
        amount = "Không thu"
    else:
        amount = money(fee.amount_vnd) + (f"/{_PER.get(fee.per, fee.per)}" if fee.per else "")
    return f"{amount} ({fee.exemption_note})" if fee.exemption_note else amount
