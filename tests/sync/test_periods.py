"""The sums of days on both sides, code by code where they differ (contract 10)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from counter_app.domain.dossier import Status
from counter_app.services.acts.accepting import AcceptOnline
from counter_app.services.acts.refusals import Refuse
from counter_app.services.line.day_counts import DayTotals
from counter_app.sync import days as days_of_line
from counter_app.sync.days import compare_days
from counter_app.sync.faults import NoContactError
from tests.builders import CLERK
from tests.sync.lines import AGENCY


def period(line, days=3):
    today = line.clock.now().date()
    return line.client.period(today - timedelta(days=days - 1), today)


def today_of(found):
    return found.days[-1]


def test_after_a_pass_both_count_the_same(enrolled, province):
    enrolled.take_in()
    enrolled.run()
    found = period(enrolled)
    assert (found.match, found.pending, len(found.days)) == (True, False, 3)
    assert found.here == found.there == DayTotals(2, {"2": 2})


def test_what_was_not_sent_yet_is_here_only(enrolled, province):
    enrolled.run()
    new = enrolled.take_in()
    found = today_of(period(enrolled))
    assert (found.match, found.here_only, found.there_only, found.different) == (False, (new.code,), (), ())
    assert (found.here.total, found.there.total) == (2, 1)


def test_what_was_not_read_yet_is_there_only_or_different_and_said_to_be_pending(enrolled, province):
    enrolled.run()
    dossier_id = province.do("assign", agency=AGENCY, record={"ChuHoSo": "Lê Văn Mẫu"})
    province.do("move", agency=AGENCY, dossier_id=dossier_id, to="2")
    province.do("move", agency=AGENCY, dossier_id=enrolled.first.dossier_id, to="4")
    found = period(enrolled)
    day = today_of(found)
    assert (found.pending, len(day.there_only), day.different) == (True, 1, ((enrolled.first.code, "2", "4"),))
    enrolled.run()
    assert period(enrolled).match


def test_every_way_to_begin_and_end_counts_alike(enrolled, province):
    """Refused at the counter, accepted from the portal, waiting there still, given to another commune, under a second code."""
    refused, gone, renamed = enrolled.take_in(), enrolled.take_in(), enrolled.take_in()
    enrolled.desk.life.refusals.refuse(Refuse(code=refused.code, reason="Không thuộc thẩm quyền"), CLERK)
    online = province.do("assign", agency=AGENCY, record={"ChuHoSo": "Lê Văn Mẫu", "MaTTHC": "1.004873"})
    province.do("assign", agency=AGENCY, record={"ChuHoSo": "Lê Thị Mẫu", "MaTTHC": "1.004873"})
    enrolled.run()
    province.ticket("H99.10.05")
    province.do("reassign", agency=AGENCY, dossier_id=gone.dossier_id, to_agency="H99.10.05", reason="sai nơi")
    province.do("give_code", agency=AGENCY, dossier_id=renamed.dossier_id)
    enrolled.run()
    enrolled.desk.life.acceptance.accept(AcceptOnline(enrolled.dossier(online).code), CLERK)
    enrolled.run()
    found = period(enrolled)
    assert found.match, today_of(found)
    assert found.here.by_status == {"2": 3, "3": 1}
    assert enrolled.dossier(refused.dossier_id).status is Status.NOT_ACCEPTED


def test_what_was_filed_online_long_ago_counts_on_the_day_on_which_it_is_refused(enrolled, province):
    filed = {"ChuHoSo": "Lê Văn Mẫu", "MaTTHC": "1.004873", "NgayNopHoSo": f"{enrolled.clock.now() - timedelta(days=20):%Y%m%d%H%M%S}"}
    online = province.do("assign", agency=AGENCY, record=filed)
    enrolled.run()
    enrolled.desk.life.refusals.refuse(Refuse(enrolled.dossier(online).code, "Không thuộc thẩm quyền", queue=False), CLERK)
    enrolled.run()
    for days in (1, 30):
        found = period(enrolled, days)
        assert found.match, [each for each in found.days if not each.match]
        assert (today_of(found).here.by_status.get("3"), found.here.by_status["3"]) == (1, 1), "once"


def test_a_year_goes_in_few_requests(enrolled, province, monkeypatch):
    monkeypatch.setattr(days_of_line, "MOST_SUMS", 40)
    monkeypatch.setattr(days_of_line, "MOST_CODES", 1)
    enrolled.run()
    enrolled.take_in()
    found = period(enrolled, 365)
    assert len(found.days) == 365
    assert sum(not each.match for each in found.days) == 1


class Liar:
    """A line that answers another thing than was asked."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.relation = type("Relation", (), {"cursor": ""})

    def post(self, _path, _wish):
        return type("Reply", (), {"value": self.answers.pop(0)})


TODAY = date(2026, 11, 22)
SUM = {"day": "2026-11-22", "match": False, "total": 1, "by_status": {"2": 1}, "codes_digest": "0" * 64}


@pytest.mark.parametrize("answers", [
    [{}], [{"changes_pending": False}], [{"changes_pending": False, "status_counts": []}], [{"changes_pending": False, "status_counts": 7}],
    [{"changes_pending": False, "status_counts": [{**SUM, "by_status": []}]}], [{"changes_pending": False, "status_counts": [{**SUM, "day": "x"}]}],
    [{"changes_pending": False, "status_counts": [SUM]}, {"codes": []}], [{"changes_pending": False, "status_counts": [SUM]}, {"codes": [{}]}],
])
def test_a_reply_of_another_shape_counts_for_nothing(answers):
    with pytest.raises(NoContactError):
        compare_days(Liar(*answers), {TODAY: []})
