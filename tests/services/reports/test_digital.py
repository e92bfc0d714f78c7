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


SIGNED = file(FileTarget.RESULT, "", signed_by="Trần Thị Ví Dụ")


def digital(*dossiers):
    desk = fake_desk()
    desk.add(*dossiers)
    report = desk.reports.make("digital", NOVEMBER, CLERK)
    return report.content, report.tally


def test_results_count_as_electronic_when_each_of_them_is_signed():
    found, tally = rows(done(1, file(), SIGNED), done(2, *BOTH), done(3))
    row = found["e_results"]
    assert (share(row), row["basis"], row["losing"], row["points"]) == ((1, 3), "quầy đếm", 2, 2.0)
    assert tally.numbers("e_results", "losing") == [2, 3]


def test_where_nobody_signs_electronic_results_are_not_measured():
    found, _ = rows(done(1, *BOTH))
    assert found["e_results"]["basis"] == "chưa đo"
    assert found["e_results"]["points"] is None
    assert {found[key]["basis"] for key in ("citizen_data_dossiers", "citizen_data_procedures", "personal_store", "e_copies")} == {"chưa đo"}


def test_a_signature_that_was_taken_out_is_none():
    found, _ = rows(done(1, SIGNED), done(2, file(FileTarget.RESULT, "", signed_by="x", unlinked="nhầm")))
    assert share(found["e_results"]) == (1, 2)


def test_the_report_of_digitising_counts_what_got_its_result():
    again = file(state=PaperState.REUSED_COMPONENT)
    content, tally = digital(
        done(1, *BOTH), done(2, again), done(3, file(FileTarget.RESULT, "")), done(4), done(5, again, SIGNED),
        done(6, *BOTH, finished=None, status=Status.PROCESSING), done(7, *BOTH, status=Status.WITHDRAWN),
        done(8, *BOTH, finished=local(2026, 12, 1, 8, 0)))
    total = content["total"]
    assert {name: total[name] for name in ("with_result", "components", "results", "both", "reused", "e_results")} == {
        "with_result": 5, "components": 3, "results": 3, "both": 2, "reused": 2, "e_results": 1}
    assert (total["both_permille"], total["e_results_permille"]) == (400, 200)
    assert [row["with_result"] for row in content["rows"]] == [5]
    assert tally.numbers(content["rows"][0]["field"], "both") == [1, 5]


def test_of_nothing_there_is_no_share():
    content, _ = digital(done(1, *BOTH, finished=None, status=Status.PROCESSING))
    assert content["rows"] == []
    assert content["total"]["both_permille"] is None


def test_both_reports_say_the_same():
    dossiers = [done(1, *BOTH), done(2, file()), done(3, file(), SIGNED), done(4)]
    found, _ = rows(*dossiers)
    total = digital(*dossiers)[0]["total"]
    assert share(found["digitised"]) == (total["both"], total["with_result"])
    assert share(found["e_results"]) == (total["e_results"], total["with_result"])
