"""The verbs enrol, sync, sync status and reconcile: JSON, exit codes and sentences, against a province on loopback."""

from __future__ import annotations

import os
import signal
import threading
from datetime import datetime

import pytest

from counter_app.cli.line_loop import LineLoop
from counter_app.cli.main import main
from counter_app.services.line.keeper import Doing
from tests.cli.test_dossier_verbs import call, taken
from tests.province.trial import AGENCY

__all__ = ["call", "taken"]


def ends_after_a_pass(monkeypatch, end, *, after=0.0):
    """Let ``end`` happen so long after the first pass that has ended, however long this computer took for it; 0: at once."""
    real_take = LineLoop.take

    def take(loop, news):
        real_take(loop, news)
        if news.end is not None and news.doing is Doing.WAITING:
            monkeypatch.setattr(LineLoop, "take", real_take)
            threading.Timer(after, end, [loop]).start() if after else end(loop)

    monkeypatch.setattr(LineLoop, "take", take)


def time_is_over(loop):
    loop.keeper.stop()


def interrupted(_loop):
    os.kill(os.getpid(), signal.SIGINT)


def test_before_an_enrolment_every_verb_says_what_to_do(call, taken):
    for words in (("sync",), ("sync", "status"), ("sync", "--once", "--max-seconds", "1"), ("reconcile",)):
        code, value = call(*words)
        assert (code, value["error"]["code"]) == (3, "NOT_ENROLLED")
        assert "enrol" in value["error"]["message"]


def test_a_day_with_the_province(call, taken, ticket, province):
    code, value = call("enrol", str(ticket))
    assert (code, value["agency"], value["leases"][0]["agency"]) == (0, AGENCY, AGENCY)
    code, value = call("sync", "status")
    assert (code, value["pending"]["ops"] > 0, value["oldest_unsent_at"]) == (0, True, taken["received_at"])
    assert value["lanes"][0]["last_seq"] == value["pending"]["ops"]
    code, value = call("sync", "--once", "--max-seconds", "300")
    assert code == 0
    assert value.keys() == {"sent", "received", "uploaded", "pending", "problems", "proven_at"}
    assert (value["pending"], value["problems"]) == ({"ops": 0, "files": 0, "bytes": 0}, [])
    assert call("reconcile") == (0, {"match": True, "here_only": [], "there_only": [], "different": []})
    assert call("enrol", str(ticket))[1]["error"]["code"] == "ENROLLED_ALREADY"
    province.do("move", agency=AGENCY, dossier_id=taken["dossier_id"], to="4")
    assert call("sync", "--once")[1]["received"] == 1
    assert call("show", taken["code"])[1]["status"] == "processing"
    assert call("verify")[0] == 0


def status_in_words(desk_dir, capsys, lang="vi"):
    code = main(["--data-dir", str(desk_dir), "--lang", lang, "sync", "status"])
    return code, capsys.readouterr().out.splitlines()


def test_the_words_of_the_status_say_what_its_figures_say(call, taken, ticket, province, desk_dir, capsys):
    call("enrol", str(ticket))
    figures = call("sync", "status")[1]
    code, lines = status_in_words(desk_dir, capsys)
    received = f"{datetime.fromisoformat(taken['received_at']):%d/%m/%Y %H:%M}"
    assert (code, lines) == (0, [
        f"Còn chờ gửi {figures['pending']['ops']} việc, 0 tệp quét (0 KB). Việc chưa gửi cũ nhất: {received}. Tỉnh trả lời lần cuối: không có.",
        f"Chuỗi ghi {figures['lanes'][0]['epoch']}: đã ghi đến số {figures['pending']['ops']}."])
    call("sync", "--once")
    call("sync", "pause")
    figures = call("sync", "status")[1]
    proven = datetime.fromisoformat(figures["proven_at"])
    code, lines = status_in_words(desk_dir, capsys, "en")
    assert (code, lines[0]) == (
        0, "Waiting to be sent: 0 items, 0 scans (0 KB). Oldest unsent item: none. "
        f"Last answer of the province: {proven:%d/%m/%Y %H:%M}.")
    assert (len(lines), lines[2].partition(".")[0]) == (3, "This PC's exchange pauses")


def test_a_lane_that_stands_still_is_said_in_words(call, taken, ticket, province, desk_dir, capsys, monkeypatch):
    ends_after_a_pass(monkeypatch, time_is_over)
    call("enrol", str(ticket))
    province.do("fault", path="/push", code="bad_request", times=9)
    call("sync", "--once")
    code, lines = status_in_words(desk_dir, capsys)
    assert (code, lines[1].endswith("đang dừng, chờ người xử lý.")) == (5, True)
    assert lines[2].startswith("Tỉnh không nhận yêu cầu của máy (bad_request).")


def test_every_moment_is_told_in_local_time_without_an_offset(call, taken, ticket, province):
    call("enrol", str(ticket))
    call("sync", "--once")
    assert call("event", taken["code"], "note", "-", stdin={"text": "Đã gọi"})[0] == 0
    told = call("sync", "status")[1]
    moments = [told["proven_at"], told["oldest_unsent_at"]]
    assert [datetime.fromisoformat(each).tzinfo for each in moments] == [None, None]


def test_no_line_is_exit_4_and_loses_nothing(call, taken, ticket, province, monkeypatch):
    call("enrol", str(ticket))
    before = call("sync", "status")[1]["pending"]
    province.stop()
    ends_after_a_pass(monkeypatch, time_is_over)
    try:
        code, value = call("sync", "--once")
    finally:
        province.start()
    assert (code, value["pending"], value["problems"][0]["code"]) == (4, before, "NO_CONTACT")
    assert call("sync", "--once")[0] == call("reconcile")[0] == 0


def test_what_needs_a_person_is_exit_5_with_a_sentence(call, taken, ticket, province):
    call("enrol", str(ticket))
    province.do("fault", path="/push", code="upgrade_required", times=9)
    code, value = call("sync", "--once", "--max-seconds", "300")
    assert (code, value["problems"][0]["code"], value["problems"][0]["kind"]) == (5, "SYNC_UPGRADE", "access")
    assert value["problems"][0]["message"].startswith("Phần mềm đã cũ")
    assert call("sync", "status")[0] == 5


@pytest.mark.parametrize(("ticket_text", "code"), [("{}", "TICKET_DAMAGED"), ("[]", "TICKET_DAMAGED"), ("{", "JSON_DAMAGED")])
def test_a_damaged_ticket_is_exit_3(call, taken, tmp_path, ticket_text, code):
    (tmp_path / "t.json").write_text(ticket_text)
    exit_code, value = call("enrol", str(tmp_path / "t.json"))
    assert (exit_code, value["error"]["code"]) == (3, code)


@pytest.mark.parametrize("seconds", ["-1", "nan", "x", "1e9"])
def test_seconds_that_are_none_are_exit_2(seconds, capsys):
    assert main(["sync", f"--max-seconds={seconds}"]) == 2
    assert "--max-seconds" in capsys.readouterr().err


def test_what_the_province_asks_for_is_printed_once_and_told(call, taken, ticket, province, tmp_path):
    call("enrol", str(ticket))
    call("sync", "--once")
    province.do("move", agency=AGENCY, dossier_id=taken["dossier_id"], to="3", reason="Không thuộc thẩm quyền")
    call("sync", "--once")
    assert call("show", taken["code"])[1]["attention"] == ["print.requested"]
    assert call("sync", "settle", "--print", taken["code"]) == (0, {"code": taken["code"], "status": "not_accepted"})
    assert call("sync", "settle", "--print", taken["code"])[1]["error"]["code"] == "NOTHING_REQUESTED"
    code, value = call("sync", "--once")
    assert (code, value["pending"]["ops"], value["problems"]) == (0, 0, [])
    assert call("slip", taken["code"], "--form", "03", "--out", str(tmp_path / "refusal.pdf"))[0] == 0
    assert call("verify")[0] == 0


def test_settling_takes_the_province_s_version(call, taken, ticket, province):
    call("enrol", str(ticket))
    call("sync", "--once")
    province.do("change", agency=AGENCY, dossier_id=taken["dossier_id"], members={"NgayHenTra": "20301231170000"})
    province.do("move", agency=AGENCY, dossier_id=taken["dossier_id"], to="3", reason="sai")
    facts = {"direction": "to_specialist", "to_unit": "Tư pháp", "received_by": "Trần Văn Mẫu"}
    assert call("event", taken["code"], "hand-over", "-", stdin=facts)[0] == 0
    code, value = call("sync", "--once")
    (problem,) = value["problems"]
    assert (code, problem["kind"], problem["dossier_code"]) == (5, "conflict", taken["code"])
    assert call("sync", "settle", "--op", "unknown")[1]["error"]["code"] == "OP_NOT_OPEN"
    assert call("sync", "settle", "--op", problem["op_id"]) == (0, {"code": taken["code"], "status": "not_accepted"})
    assert call("sync", "--once")[1]["problems"] == []
    assert call("sync", "settle", "--dossier", taken["code"])[0] == 0
    assert call("sync", "settle", "--dossier", taken["code"])[1]["error"]["code"] == "NOTHING_TO_LOOK_AT"
    assert call("verify")[0] == 0


def test_without_once_the_line_is_kept_until_the_time_is_over(call, taken, ticket, monkeypatch):
    over = []
    ends_after_a_pass(monkeypatch, lambda loop: over.append(time_is_over(loop)), after=0.2)
    call("enrol", str(ticket))
    code, value = call("sync", "--max-seconds", "300")
    assert over, "it ended by itself"
    assert (code, value["pending"]["ops"], value["problems"]) == (0, 0, [])
    assert value["sent"] > 0
    (entry,) = call("sync", "history")[1]["passes"]
    assert (entry["sent"], entry["trouble"], entry["passes"]) == (value["sent"], None, 1)
    assert call("sync", "--once")[0] == 0


def test_a_line_that_is_kept_in_vain_is_exit_4_and_says_why(call, taken, ticket, province, monkeypatch):
    call("enrol", str(ticket))
    province.stop()
    ends_after_a_pass(monkeypatch, time_is_over)
    try:
        code, value = call("sync", "--max-seconds", "300")
    finally:
        province.start()
    assert (code, [problem["code"] for problem in value["problems"]]) == (4, ["NO_CONTACT"])
    assert [(each["trouble"], each["passes"] > 0) for each in call("sync", "history")[1]["passes"]] == [("NO_CONTACT", True)]


def test_a_pause_is_seen_and_kept(call, taken, ticket):
    call("enrol", str(ticket))
    assert call("sync", "pause") == (0, {"paused": True})
    code, value = call("sync", "--max-seconds", "1")
    assert (code, value["sent"], value["pending"]["ops"] > 0) == (4, 0, True)
    assert call("sync", "status")[1]["paused"] is True
    assert call("sync", "resume") == (0, {"paused": False})
    assert call("sync", "status")[1]["paused"] is False


def test_a_timer_does_not_send_either_while_the_line_pauses(call, taken, ticket, province):
    call("enrol", str(ticket))
    call("sync", "pause")
    code, value = call("sync", "--once")
    assert (code, value["sent"], value["pending"]["ops"] > 0) == (4, 0, True)
    assert [(each["kind"], each["code"]) for each in value["problems"]] == [("line", "SYNC_PAUSED")]
    assert "sync resume" in value["problems"][0]["message"]
    assert (province.state(AGENCY)["dossiers"], call("sync", "history")[1]["passes"]) == ([], [])
    call("sync", "resume")
    assert call("sync", "--once")[0] == 0


def test_what_a_timer_sent_stands_in_the_history_too(call, taken, ticket):
    call("enrol", str(ticket))
    value = call("sync", "--once")[1]
    (entry,) = call("sync", "history")[1]["passes"]
    assert (entry["sent"], entry["received"], entry["trouble"]) == (value["sent"], value["received"], None)
    assert entry["bytes_up"] > 0 < entry["bytes_down"]


def test_once_does_not_wait_for_a_try_that_lies_beyond_its_time(call, taken, ticket, province):
    call("enrol", str(ticket))
    province.do("fault", path="/push", code="maintenance", retry_after=600, times=9)
    code, value = call("sync", "--once", "--max-seconds", "300")  # a test that hangs here has failed
    assert (code, value["problems"][0]["code"]) == (4, "PROVINCE_BUSY")


@pytest.mark.parametrize("after", [0.0, 0.2])
def test_ctrl_c_ends_the_kept_line_in_order(call, taken, ticket, monkeypatch, after):
    """As soon as everything is sent, and a moment later, when the keeper sleeps."""
    ends_after_a_pass(monkeypatch, interrupted, after=after)
    call("enrol", str(ticket))
    code, value = call("sync", "--max-seconds", "0")
    assert (code, value["pending"]["ops"]) == (0, 0)
