"""``reconcile --from``: what both sides count on each day, and ``sync status`` with what the province has to say."""

from __future__ import annotations

from tests.cli.test_dossier_verbs import call, taken
from tests.province.trial import AGENCY

__all__ = ["call", "taken"]


def test_both_sides_are_counted_day_by_day(call, taken, ticket, province):
    day = taken["received_at"][:10]
    call("enrol", str(ticket))
    code, value = call("reconcile", "--from", day, "--to", day)
    (one,) = value["days"]
    assert (code, one["match"], one["here_only"], one["here"]) == (5, False, [taken["code"]], {"total": 1, "by_status": {"2": 1}})
    call("sync", "--once")
    code, value = call("reconcile", "--from", day)
    assert (code, value["match"], value["here"], value["pending"]) == (0, True, value["there"], False)
    assert call("reconcile", "--from", "never")[0] == 3


def test_what_the_province_has_to_say_is_told_and_is_no_problem(call, taken, ticket, province):
    call("enrol", str(ticket))
    call("sync", "--once")
    province.do("publish_raw", agency=AGENCY, kind="message", data={"level": "info", "text_vi": "Ngày mai nghỉ.", "from_unit": "Sở Tư pháp"})
    code, value = call("sync", "--once")
    assert (code, value["problems"]) == (0, [])
    assert call("sync", "status")[1]["messages"] == ["Sở Tư pháp thông báo: “Ngày mai nghỉ.”."]
