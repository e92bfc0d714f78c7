from counter_app.domain.moments import local
from counter_app.support import crash

AT = local(2026, 11, 20, 9, 42)


def fall(secret):
    local_name = secret  # noqa: F841  what a report must not show
    raise RuntimeError(f"could not store {secret}")


def caught(secret="Trần Thị Ví Dụ 068190001234"):
    try:
        fall(secret)
    except RuntimeError as error:
        return error


def test_a_report_says_where_and_nothing_of_what():
    text = crash.report_text(caught(), AT, "intake")
    assert "doing: intake" in text
    assert "2026-11-20T09:42:00+07:00" in text
    assert "RuntimeError" in text
    assert "test_crash.py" in text
    assert "fall" in text
    assert "Ví" not in text
    assert "068190001234" not in text


def test_a_report_is_saved_under_its_time(tmp_path):
    path = crash.save_report(caught(), AT, "intake", tmp_path / "reports")
    assert path.parent == tmp_path / "reports"
    assert path.name.startswith("report-20261120-094200-")
    assert "RuntimeError" in path.read_text(encoding="utf-8")


def test_only_the_newest_reports_stay(tmp_path):
    for day in range(1, 26):
        newest = crash.save_report(caught(), AT.replace(day=day), "intake", tmp_path)
    kept = sorted(path.name for path in tmp_path.iterdir())
    assert len(kept) == crash.KEPT
    assert kept[-1] == newest.name
    assert kept[0].startswith("report-20261106")
