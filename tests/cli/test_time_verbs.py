"""``appointment`` and ``calendar`` through the command line, without a desk and with one."""

import io
import json
import sys
from datetime import date
from types import SimpleNamespace

import pytest

from counter_app.cli.main import main
from tests.domain.calendars import entry, shipped

E03 = {"received_at": "2026-11-20T14:20", "limit": {"value": 3, "unit": "working_day"}}


@pytest.fixture
def counter(home, capsys, monkeypatch):
    """Call the program; returns the exit code, standard output and standard error."""
    def call(*words, given=None, data_dir=None):
        data = json.dumps(given).encode() if not isinstance(given, bytes) else given
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
        code = main(["--data-dir", str(data_dir or home / "none"), *words])
        printed = capsys.readouterr()
        return code, printed.out, printed.err
    return call


def test_an_appointment_from_standard_input_without_a_desk(counter, home):
    code, out, err = counter("--json", "appointment", "-", given=E03)
    assert (code, err, json.loads(out)["due_at"]) == (0, "", "2026-11-26T14:20:00")
    assert not (home / "none").exists()


def test_appointments_from_a_file_are_a_list_again(counter, home):
    path = home / "asked.json"
    path.write_text(json.dumps([E03, {**E03, "limit": {"value": 0, "unit": "day"}}]), encoding="utf-8")
    code, out, _ = counter("--json", "--lang", "en", "appointment", str(path))
    first, second = json.loads(out)
    assert (code, first["explanation"], second["error"]) == (0, "3 working days, without 24/11 Ngày Văn hóa Việt Nam", "LIMIT_VALUE_IMPOSSIBLE")


def test_an_appointment_in_words(counter):
    asked = {
        **E03, "finished_at": "2026-11-27T08:00",
        "events": [{"type": "supplement_received", "at": "2026-11-23T08:00"}]}
    code, out, _ = counter("appointment", given=asked)
    assert code == 0
    assert out.splitlines() == [
        "Hẹn trả 14:20 thứ Năm, 26/11/2026. 3 ngày làm việc, trừ 24/11 Ngày Văn hóa Việt Nam.",
        "Kết quả: quá hạn.",
        "Sự kiện thứ 1 không được nhận: Hồ sơ không chờ bổ sung giấy tờ nào. Hãy kiểm tra lại hồ sơ.",
    ]
    assert counter("appointment", given={**E03, "limit": None})[1] == "Không quy định thời hạn nên không hẹn ngày trả.\n"
    assert counter("appointment", given=[3])[1].startswith("Mỗi yêu cầu tính hẹn phải là một đối tượng")


@pytest.mark.parametrize(("given", "code", "field"), [
    ({**E03, "received_at": "1970-01-01T00:00"}, "MOMENT_IMPOSSIBLE", "received_at"),
    ({**E03, "limit": {"value": True, "unit": "day"}}, "LIMIT_VALUE_IMPOSSIBLE", "limit.value"),
    (b"{", "JSON_DAMAGED", None),
])
def test_a_bad_object_is_a_broken_rule(counter, given, code, field):
    status, out, _ = counter("--json", "appointment", given=given)
    error = json.loads(out)["error"]
    assert (status, error["code"], error["field"]) == (3, code, field)
    assert error["message"] != code


def test_a_year_of_the_shipped_calendar(counter):
    code, out, _ = counter("--json", "calendar", "show", "2026")
    year = json.loads(out)
    assert (code, year["year"], year["profile"], year["known"], year["counting_days"]) == (0, 2026, "standard", True, 249)
    assert year["months"][1] == {"month": 2, "reception_days": 15, "counting_days": 15}
    assert year["days_off"][-1] == {"date": "2026-11-24", "type": "holiday", "name": "Ngày Văn hóa Việt Nam"}
    assert year["make_up_days"][0] == {"date": "2026-01-10", "name": "Làm bù cho ngày 02/01/2026", "for": "2026-01-02"}
    assert year["swaps"] == [{"off": "2026-01-02", "work": "2026-01-10"}, {"off": "2026-08-31", "work": "2026-08-22"}]


def test_a_year_in_words(counter):
    lines = counter("calendar", "show", "2026")[1].splitlines()
    assert lines[0] == "Lịch năm 2026, phiên bản 2026-11-21, khung giờ standard: 249 ngày tiếp nhận, 249 ngày làm việc."
    assert lines[-1] == "24/11/2026 thứ Ba: Ngày Văn hóa Việt Nam"
    assert "Lịch chưa có ngày nghỉ lễ năm 2030" in counter("calendar", "show", "2030")[1]
    assert counter("--json", "calendar", "show", "1999")[0] == 3


def test_a_year_that_is_no_number_is_a_word_that_is_off(counter):
    assert counter("calendar", "show", "năm")[0] == 2


def test_a_desk_takes_a_new_calendar_and_answers_by_it(counter, desk_dir):
    content = shipped()
    content["meta"]["version"] = "2026-12"
    content["days"].append(entry(date(2026, 11, 25)))
    path = desk_dir.parent / "new.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    code, out, _ = counter("--json", "calendar", "import", str(path), data_dir=desk_dir)
    done = json.loads(out)
    assert (code, done["version"], done["days"], done["affected"], done["warnings"]) == (0, "2026-12", 65, [], [])
    assert json.loads(counter("--json", "appointment", given=E03, data_dir=desk_dir)[1])["due_at"] == "2026-11-27T14:20:00"
    assert json.loads(counter("--json", "calendar", "show", "2026", data_dir=desk_dir)[1])["counting_days"] == 248
    assert json.loads(counter("--json", "appointment", given=E03)[1])["due_at"] == "2026-11-26T14:20:00", "no desk: the shipped one"


def test_a_damaged_calendar_names_the_bad_entry(counter, desk_dir):
    path = desk_dir.parent / "bad.json"
    content = shipped()
    content["days"][7]["date"] = "2026-02-30"
    path.write_text(json.dumps(content), encoding="utf-8")
    code, out, _ = counter("--json", "calendar", "import", str(path), data_dir=desk_dir)
    error = json.loads(out)["error"]
    assert (code, error["code"], error["field"]) == (3, "CALENDAR_DAMAGED", "days[7].date")
    assert "2026-02-30" in error["message"]
