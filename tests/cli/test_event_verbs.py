"""``event``: the facts of a verb in, the dossier after it and the path of its form out."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter_app.cli.event_verbs import VERBS
from counter_app.cli.main import main
from tests.cli.test_dossier_verbs import DOSSIER, SHOWN, call  # noqa: F401  the fixture

UNPAID = {**DOSSIER, "fees": [{"name": "Lệ phí", "amount_vnd": 15000, "method": "unpaid"}]}
PROMISED = (
    "request-supplement", "receive-supplement", "refuse", "hand-over", "complete-step", "extend", "halt", "withdraw", "result-ready", "return",
    "correct", "collect-fee", "reverse-fee", "note", "rate", "accept")


@pytest.fixture
def code(call):  # noqa: F811
    exit_code, value = call("intake", "-", stdin=UNPAID)
    assert exit_code == 0
    return value["code"]


def test_the_verbs_are_those_that_are_promised():
    assert tuple(VERBS) == PROMISED


def test_a_whole_life_as_a_script_lives_it(call, code, desk_dir):  # noqa: F811
    said = []
    for verb, facts in (
        ("request-supplement", {"items": ["Tờ khai có chữ ký"], "reason": "thiếu chữ ký"}),
        ("receive-supplement", {"received_items": ["Tờ khai có chữ ký"], "complete": True}),
        ("hand-over", {"direction": "to_specialist", "to_unit": "Tư pháp - hộ tịch", "received_by": "Trần Văn Mẫu", "paper_count": 3}),
        ("complete-step", {"step_code": "assess", "tien_do": {"NoiDungXuLy": "Đã thẩm định"}}),
        ("note", {"text": "Đã gọi điện"}),
        ("result-ready", {"results": [{"name": "Giấy xác nhận", "number": "12/XN"}]}),
        ("collect-fee", {"method": "tien_mat", "receipt_number": "0000101"}),
        ("return", {"receiver": {"kind": "applicant", "name": "Trần Thị Ví Dụ"}, "method": "0", "originals_withdrawn": 0}),
        ("rate", {"score": 5}),
    ):
        exit_code, value = call("event", code, verb, "-", stdin=facts)
        assert exit_code == 0, value
        assert set(value) >= SHOWN | {"form", "warnings", "hand_overs", "supplements", "results", "step"}
        if value["form"]:
            assert Path(value["form"]).read_bytes().startswith(b"%PDF-")
            assert Path(value["form"]).parent == desk_dir / "slips"
        said.append((verb, value["status_code"], bool(value["form"])))
    assert said == [
        ("request-supplement", 5, True), ("receive-supplement", 2, False), ("hand-over", 4, True), ("complete-step", 4, False),
        ("note", 4, False), ("result-ready", 9, False), ("collect-fee", 9, False), ("return", 10, True), ("rate", 10, False)]
    exit_code, shown = call("show", code)
    assert (shown["status"], shown["rating"]["score"], shown["handed_back"]["receiver_name"]) == ("returned", 5, "Trần Thị Ví Dụ")
    assert shown["hand_overs"][0]["paper_count"] == 3
    assert [event["type"] for event in shown["events"] if event["type"] != "slip.printed"] == [
        "dossier.received", "supplement.requested", "supplement.received", "dossier.handed_over", "step.completed", "note.added",
        "result.ready", "fee.collected", "result.returned", "satisfaction.recorded"]


def test_a_form_goes_where_it_is_wished_on_the_wished_paper(call, code, tmp_path):  # noqa: F811
    facts = {"reason": "quyết định", "decided_by": "Hoàng Văn Giả Định"}
    exit_code, value = call("event", code, "halt", "-", "--form", tmp_path / "05.pdf", "--paper", "a4", stdin=facts)
    assert (exit_code, value["form"], value["status"]) == (0, str(tmp_path / "05.pdf"), "halted")
    assert (tmp_path / "05.pdf").read_bytes().startswith(b"%PDF-")
    assert value["ending"]["reason"] == "quyết định"


def test_facts_may_come_from_a_file_and_a_verb_that_needs_none_from_nowhere(call, code, tmp_path):  # noqa: F811
    (tmp_path / "facts.json").write_text('{"text": "Đã gọi"}', "utf-8")
    assert call("event", code, "note", tmp_path / "facts.json")[0] == 0
    exit_code, value = call("event", code, "result-ready", stdin=b"")
    assert (exit_code, value["results"][0]["number"]) == (0, "")


def test_what_is_not_legal_is_code_3_with_its_sentence(call, code):  # noqa: F811
    exit_code, value = call("event", code, "return", "-", stdin={})
    assert (exit_code, value["error"]["code"]) == (3, "RESULT_NOT_READY")
    assert "có kết quả" in value["error"]["message"]
    exit_code, value = call("event", code, "note", "-", stdin={"txt": "x"}, lang="en")
    assert (exit_code, [each["field"] for each in value["errors"]]) == (3, ["txt"])
    exit_code, value = call("event", "H36.50.05-261120-9999", "note", "-", stdin={"text": "x"})
    assert (exit_code, value["error"]["code"]) == (3, "DOSSIER_UNKNOWN")


def test_a_second_request_warns_once_it_is_confirmed(call, code):  # noqa: F811
    facts = {"items": ["Tờ khai"], "reason": "thiếu"}
    call("event", code, "request-supplement", "-", stdin=facts)
    call("event", code, "receive-supplement", "-", stdin={"received_items": ["Tờ khai"]})
    exit_code, value = call("event", code, "request-supplement", "-", stdin=facts)
    assert (exit_code, value["error"]["field"]) == (3, "confirm_second")
    exit_code, value = call("event", code, "request-supplement", "-", stdin={**facts, "confirm_second": True})
    assert (exit_code, [each["code"] for each in value["warnings"]]) == (0, ["SUPPLEMENT_SECOND"])


def test_a_correction_in_the_contracts_names(call, code):  # noqa: F811
    change = {"field": "ChuHoSo", "new": "Trần Thị Vi"}
    exit_code, value = call("event", code, "correct", "-", stdin={"reason": "gõ nhầm", "changes": [change]})
    assert (exit_code, value["applicant"]["full_name"], value["ho_so"]["ChuHoSo"]) == (0, "Trần Thị Vi", "Trần Thị Vi")
    assert value["events"][-2]["facts"]["changes"][0] == {"field": "ChuHoSo", "old": "Trần Thị Ví Dụ", "new": "Trần Thị Vi"}
    exit_code, value = call("event", code, "correct", "-", stdin={"reason": "r", "changes": [{"field": "MaHoSo", "new": "x"}]})
    assert (exit_code, value["error"]["code"]) == (3, "FIELD_NOT_CORRECTABLE")


def test_a_form_that_cannot_be_written_is_said_and_the_act_stands(call, code, tmp_path):  # noqa: F811
    (tmp_path / "file").write_text("")
    exit_code, value = call("event", code, "withdraw", "-", "--form", tmp_path / "file" / "05.pdf", stdin={"reason": "thôi"})
    assert (exit_code, value["status"], value["form"]) == (5, "withdrawn", None)
    assert value["warnings"][-1]["code"] == "FORM_NOT_WRITTEN"


def test_an_unknown_verb_is_a_matter_of_words(desk_dir, capsys):
    assert main(["--data-dir", str(desk_dir), "event", "x", "forget"]) == 2
    assert "request-supplement" in capsys.readouterr().err


REFUSAL = {
    "procedure_code": "1.004873", "applicant": DOSSIER["applicant"], "reason": "Không thuộc thẩm quyền", "legal_basis": "Điều 5",
    "documents": [{"name": "Tờ khai", "original": 1}], "papers_returned": True}


def test_what_is_refused_at_the_counter_gets_a_code_and_form_03_and_no_line(call, desk_dir, tmp_path):  # noqa: F811
    exit_code, value = call("refuse", "-", stdin=REFUSAL)
    assert (exit_code, value["status"], value["due_at"]) == (0, "not_accepted", None)
    assert Path(value["form"]) == desk_dir / "slips" / f"{value['code']}-03.pdf"
    assert Path(value["form"]).read_bytes().startswith(b"%PDF-")
    _, book = call("logbook", "dossiers", "--out", tmp_path / "so.json")
    assert book["lines"] == 0, "no line was ever written"
    assert call("show", value["code"])[1]["status"] == "not_accepted"


def test_a_refusal_goes_where_it_is_wanted_on_the_paper_that_is_wanted(call, tmp_path):  # noqa: F811
    exit_code, value = call("refuse", "-", "--form", tmp_path / "03.pdf", "--paper", "a4", stdin=REFUSAL)
    assert (exit_code, value["form"]) == (0, str(tmp_path / "03.pdf"))
    assert (tmp_path / "03.pdf").is_file()


def test_papers_that_stay_here_are_pointed_at(call):  # noqa: F811
    _, value = call("refuse", "-", stdin=REFUSAL | {"papers_returned": False})
    assert "PAPERS_TO_GIVE_BACK" in {warning["code"] for warning in value["warnings"]}
    assert call("refuse", "-", stdin={name: each for name, each in REFUSAL.items() if name != "papers_returned"})[1]["warnings"] == []


@pytest.mark.parametrize(("change", "errors"), [
    ({"reason": None}, [("JSON_MISSING", "reason")]), ({"reason": " "}, [("TEXT_NEEDED", "reason")]),
    ({"procedure_code": "9.999999"}, [("PROCEDURE_UNKNOWN", "procedure_code")]),
    ({"applicant": None}, [("JSON_MISSING", "applicant")]), ({"fees": []}, [("JSON_UNKNOWN_MEMBER", "fees")]),
    ({"papers_returned": "yes"}, [("JSON_NOT_BOOLEAN", "papers_returned")]),
])
def test_a_refusal_that_is_wrong_takes_no_number(call, change, errors):  # noqa: F811
    exit_code, value = call("refuse", "-", stdin=REFUSAL | change)
    assert exit_code == 3
    assert [(error["code"], error["field"]) for error in value["errors"]] == errors
    assert call("refuse", "-", stdin=REFUSAL)[1]["code"].endswith("-0001")
