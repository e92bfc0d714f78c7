"""The 766 score of a desk that scans: dossiers digital in papers and results, and those that used an earlier file again."""

from datetime import date

import pytest

from counter_app.domain.digitised import FiledFile, FileTarget, PaperState
from counter_app.domain.dossier import DocumentLine, Status
from counter_app.domain.life import ResultPaper
from counter_app.domain.moments import local
from counter_app.domain.report_periods import Period
from tests.builders import CLERK, dossier, fake_desk

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
AT = local(2026, 11, 20, 10, 0)
RESULT = ResultPaper("r-1", "Giấy xác nhận")


def file(target=FileTarget.COMPONENT, part="TP01", state=PaperState.DIGITISED, **changes):
    return FiledFile(
        "r-1" if target is FileTarget.RESULT else "f-1", target, part, "Tờ khai", "ab" * 32, 9, 1, "a.pdf", AT, "u-0001", state=state, **changes)


def done(serial, *files, finished=AT, status=Status.RETURNED, **changes):
    return dossier(
        serial, documents=(DocumentLine("Tờ khai", 1),), results=(RESULT,), status=status, finished_at=finished, files=files,
        received_at=changes.pop("received_at", local(2026, 11, 2, 8, 0)), **changes)


BOTH = file(), file(FileTarget.RESULT, "")


def rows(*dossiers):
    desk = fake_desk()
    desk.add(*dossiers)
    report = desk.reports.make("766", NOVEMBER, CLERK)
    return {row["item"]: row for row in report.content["rows"]}, report.tally


def share(row):
    return row["part"], row["whole"]


def test_without_a_single_scan_nobody_measured_it():
    found, _ = rows(done(1), done(2))
    assert [found[key]["basis"] for key in ("digitised", "reused")] == ["chưa đo"] * 2


def test_papers_and_result_both_must_have_their_files():
    found, tally = rows(done(1, *BOTH), done(2, file()), done(3, file(FileTarget.RESULT, "")), done(4))
    row = found["digitised"]
    assert (share(row), row["basis"], row["losing"], row["points"]) == ((1, 4), "quầy đếm", 3, 1.0)
    assert tally.numbers("digitised", "losing") == [2, 3, 4]


@pytest.mark.parametrize("other", [
    done(2, *BOTH, finished=local(2026, 12, 1, 8, 0)), done(2, *BOTH, finished=None, status=Status.PROCESSING),
    done(2, *BOTH, status=Status.WITHDRAWN), done(2, *BOTH, finished=local(2026, 10, 31, 17, 0), received_at=local(2026, 10, 2, 8, 0)),
])
def test_only_dossiers_with_a_result_in_the_period_count(other):
    found, _ = rows(done(1, *BOTH), other)
    assert share(found["digitised"]) == (1, 1)


def test_a_file_that_was_taken_out_counts_no_longer():
    found, _ = rows(done(1, *BOTH), done(2, file(unlinked="nhầm"), file(FileTarget.RESULT, "")))
    assert share(found["digitised"]) == (1, 2)


def test_reuse_is_a_share_of_what_was_received():
    again = file(state=PaperState.REUSED_COMPONENT)
    found, tally = rows(done(1, again), done(2, *BOTH), done(3), done(4, again, received_at=local(2026, 10, 2, 8, 0)))
    row = found["reused"]
    assert (share(row), row["points"]) == ((1, 3), round(2 / 3 / 0.8, 2))
    assert tally.numbers("reused", "losing") == [2, 3]


def test_the_group_of_digitising_has_points_then():
    desk = fake_desk()
    desk.add(done(1, *BOTH))
    groups = desk.reports.make("766", NOVEMBER, CLERK).content["groups"]
    five = next(group for group in groups if group["group"] == "5")
    assert (five["points"], five["measured"], five["most"]) == (4, 6, 22)
