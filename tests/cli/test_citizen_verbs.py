"""``complaint`` and ``messages`` through the command line: taken down, answered, judged; who is to be told, and what was told."""

from datetime import datetime, timedelta

import pytest

from counter_app.cli.main import main
from counter_app.domain.moments import VIETNAM
from tests.cli.test_dossier_verbs import DOSSIER, call

__all__ = ["call"]
READY = {"results": [{"name": "Giấy xác nhận", "number": "12/XN"}]}


@pytest.fixture
def code(call):
    exit_code, value = call("intake", "-", stdin={**DOSSIER, "wants_message": True})
    assert exit_code == 0
    return value["code"]


def take(call, *words):
    exit_code, value = call("complaint", "take", "Chờ lâu quá", *words)
    assert exit_code == 0, value
    return value


def listed(call, *words):
    exit_code, value = call("complaint", "list", *words)
    assert exit_code == 0
    assert value["total"] == len(value["complaints"])
    return value["complaints"]


def test_a_complaint_lives_from_its_words_to_its_judgement(call, code):
    taken = take(call, "--dossier", code, "--person", "Trần Thị Ví Dụ", "--phone", "0900 000 012", "--owner", "Lê Văn Mẫu")
    today = datetime.now(VIETNAM).date()
    assert (taken["body"], taken["channel"], taken["person"], taken["owner"]) == ("Chờ lâu quá", "desk", "Trần Thị Ví Dụ", "Lê Văn Mẫu")
    assert taken["answer_due"] in {(today + timedelta(days=15)).isoformat(), (today + timedelta(days=14)).isoformat()}
    assert (taken["answer"], taken["answered_at"], taken["satisfied"]) == (None, None, None)
    (line,) = listed(call)
    assert line == taken | {"dossier_code": code, "late": False}
    _, answered = call("complaint", "answer", taken["complaint_id"], "Đã xin lỗi")
    assert (answered["answer"], answered["satisfied"]) == ("Đã xin lỗi", None)
    assert listed(call) == []
    _, judged = call("complaint", "judge", taken["complaint_id"], "dissatisfied")
    assert judged["satisfied"] is False
    assert call("complaint", "judge", taken["complaint_id"], "satisfied")[1]["satisfied"] is True
    assert [each["satisfied"] for each in listed(call, "--all")] == [True]


def test_those_about_one_dossier_are_found_answered_or_not(call, code):
    about = take(call, "--dossier", code)
    take(call)
    call("complaint", "answer", about["complaint_id"], "Đã xin lỗi")
    assert [each["complaint_id"] for each in listed(call, "--dossier", code)] == [about["complaint_id"]]
    assert len(listed(call, "--all")) == 2
    assert [each["dossier_code"] for each in listed(call)] == [None]


def test_the_most_urgent_stands_first(call):
    first = take(call, "--due", "2090-12-01")
    second = take(call, "--due", "2090-11-01", "--channel", "letter")
    assert [each["complaint_id"] for each in listed(call)] == [second["complaint_id"], first["complaint_id"]]
    assert second["channel"] == "letter"


@pytest.mark.parametrize(("words", "error", "field"), [
    (("take", " "), "TEXT_NEEDED", "body"),
    (("take", "X", "--due", "2020-01-01"), "ANSWER_DAY_PAST", "answer_due"),
    (("take", "X", "--due", "31/02/2026"), "DATE_IMPOSSIBLE", "due"),
    (("take", "X", "--dossier", "H36.50.05-200101-0001"), "DOSSIER_UNKNOWN", "code"),
    (("answer", "nobody", "X"), "COMPLAINT_UNKNOWN", None),
    (("judge", "nobody", "satisfied"), "COMPLAINT_UNKNOWN", None),
    (("list", "--dossier", "H36.50.05-200101-0001"), "DOSSIER_UNKNOWN", "code"),
])
def test_what_is_wrong_is_told(call, words, error, field):
    code, value = call("complaint", *words)
    assert (code, value["error"]["code"], value["error"]["field"]) == (3, error, field)
    assert listed(call, "--all") == []


def test_an_answer_is_given_once_and_judged_only_then(call):
    complaint = take(call)["complaint_id"]
    assert call("complaint", "judge", complaint, "satisfied")[1]["error"]["code"] == "COMPLAINT_OPEN"
    assert call("complaint", "answer", complaint, "Đã xin lỗi")[0] == 0
    assert call("complaint", "answer", complaint, "Khác")[1]["error"]["code"] == "COMPLAINT_ANSWERED"
    assert listed(call, "--all")[0]["answer"] == "Đã xin lỗi"


def test_words_that_are_off(call):
    assert call("complaint", "take", "X", "--channel", "pigeon")[0] == 2
    assert call("complaint", "list", "--all", "--dossier", "X")[0] == 2
    assert call("complaint", "judge", "X", "maybe")[0] == 2


def test_who_is_to_be_told_and_what_was_told(call, code):
    assert call("messages")[1] == {"messages": [], "total": 0}
    assert call("messages", code)[1] == {"messages": [], "total": 0}
    call("event", code, "result-ready", "-", stdin=READY)
    (message,) = call("messages")[1]["messages"]
    assert (message["code"], message["occasion"], message["state"], message["recipient"]) == (code, "result_ready", "waiting", "0900 000 012")
    assert code in message["body"]
    assert "Ví Dụ" not in message["body"]
    assert call("messages", code)[1]["messages"] == [message]


def test_nobody_is_to_be_told_after_the_result_was_fetched_but_it_was_told(call, code):
    call("event", code, "result-ready", "-", stdin=READY)
    call("event", code, "return", "-", stdin={"receiver": {"kind": "applicant", "name": "Trần Thị Ví Dụ"}, "method": "0"})
    assert call("messages")[1]["total"] == 0
    assert [each["state"] for each in call("messages", code)[1]["messages"]] == ["cancelled"]


def test_a_message_of_an_unknown_dossier(call):
    exit_code, value = call("messages", "H36.50.05-200101-0001")
    assert (exit_code, value["error"]["code"]) == (3, "DOSSIER_UNKNOWN")


def test_people_read_lines(call, code, desk_dir, capsys):
    call("event", code, "result-ready", "-", stdin=READY)
    base = ["--data-dir", str(desk_dir)]
    assert main([*base, "complaint", "take", "Chờ lâu quá", "--dossier", code, "--due", "2090-12-01"]) == 0
    assert "01/12/2090" in capsys.readouterr().out
    assert main([*base, "complaint", "list"]) == 0
    assert f"01/12/2090  {code}  Chờ lâu quá" in capsys.readouterr().out
    assert main([*base, "messages"]) == 0
    assert "0900 000 012" in capsys.readouterr().out
