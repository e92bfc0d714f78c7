"""The verbs of single dossiers, as a script calls them: JSON in, one JSON value out, exit codes as promised."""

import io
import json
import os
import sys
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.bootstrap import open_counter
from counter_app.cli.main import main
from counter_app.support.paths import device_dir, key_file_override
from tests.conftest import PASSWORD
from tests.examples import examples

DOSSIER = {
    "procedure_code": "1.004873", "channel": "direct", "received_at": None,
    "applicant": {"kind": "person", "full_name": "Trần Thị Ví Dụ", "id_number": "067190000123", "birth_date": "1990-03-15", "sex": "female",
                  "address": "Thôn Mẫu 3, xã Đắk Mil", "phone": "0900 000 012", "email": None},
    "submitter": None, "documents": None, "sets": 1, "note": None, "result_delivery": {"method": "desk"},
    "fees": [{"name": "Lệ phí", "amount_vnd": 15000, "method": "cash", "receipt_number": "0000412", "exempt_reason": None}],
    "out_of_area": False, "clerk": "Lý Thị Mẫu Đơn", "print": {"paper": "a5"},
}
SHOWN = {"dossier_id", "code", "codes", "status", "status_code", "procedure_code", "received_at", "due_at", "printed_due_at", "applicant",
         "documents", "fees", "events", "files", "ho_so", "attention"}


@pytest.fixture
def call(desk_dir, capsys, monkeypatch):
    monkeypatch.setenv("COUNTER_PASSWORD", PASSWORD)

    def run(*words, stdin=None, lang="vi"):
        if stdin is not None:
            text = stdin if isinstance(stdin, bytes) else json.dumps(stdin, ensure_ascii=False).encode()
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text), "utf-8"))
        code = main(["--data-dir", str(desk_dir), "--json", "--lang", lang, *map(str, words)])
        out = capsys.readouterr().out
        return code, json.loads(out) if out else None

    return run


@pytest.fixture
def taken(call):
    code, value = call("intake", "-", stdin=DOSSIER)
    assert code == 0
    return value


def test_intake_answers_as_promised(taken, desk_dir):
    assert set(taken) >= {"code", "dossier_id", "received_at", "due_at", "explanation", "logbook", "fee_total_vnd", "warnings", "slip"}
    assert set(taken["logbook"]) >= {"book", "volume", "ordinal"}
    assert (taken["logbook"]["book"], taken["logbook"]["ordinal"], taken["fee_total_vnd"]) == ("dossiers", 1, 15000)
    assert taken["slip"] == str(desk_dir / "slips" / f"{taken['code']}.pdf")
    assert Path(taken["slip"]).read_bytes().startswith(b"%PDF-")


def test_intake_from_a_file_and_with_a_path_for_the_slip(call, tmp_path):
    (tmp_path / "dossier.json").write_text(json.dumps({**DOSSIER, "documents": []}), "utf-8")
    code, value = call("intake", tmp_path / "dossier.json", "--slip", tmp_path / "out" / "slip.pdf")
    assert (code, value["slip"]) == (0, str(tmp_path / "out" / "slip.pdf"))
    assert [(warning["code"], warning["field"]) for warning in value["warnings"]] == [("DOCUMENTS_MISSING", "documents")]
    assert "bắt buộc" in value["warnings"][0]["message"]


def test_a_refused_intake_is_code_3_with_every_problem(call):
    code, value = call("intake", "-", stdin={**DOSSIER, "applicant": {"full_name": "", "id_number": "1234567890123"}})
    assert code == 3
    assert (value["error"]["code"], value["error"]["field"]) == ("PERSON_NAME_EMPTY", "applicant.full_name")
    assert [error["field"] for error in value["errors"]] == ["applicant.full_name", "applicant.id_number"]
    code, value = call("intake", "-", stdin={"procedure_code": 5}, lang="en")
    assert (code, value["error"]["message"]) == (3, "This must be a text. Put it in quotes.")


@pytest.mark.parametrize("stdin", [b"", b"{", b"\xff\xfe", b"null", b"[]", b'{"a": NaN}', b'"\\ud800"', b"[" * 5000])
def test_what_is_no_dossier_is_a_sentence(call, stdin):
    code, value = call("intake", "-", stdin=stdin)
    assert code == 3
    assert value["error"]["code"].startswith("JSON_")


def test_show_holds_what_is_promised(call, taken):
    code, value = call("show", taken["code"].lower())
    assert (code, set(value) >= SHOWN) == (0, True)
    assert (value["code"], value["codes"], value["status"], value["status_code"]) == (taken["code"], [taken["code"]], "received", 2)
    assert {name: value["applicant"][name] for name in DOSSIER["applicant"]} == DOSSIER["applicant"]
    assert value["fees"][0]["receipt_number"] == "0000412"
    assert (value["files"], value["attention"], len(value["ho_so"])) == ([], [], 36)
    for event, kind in zip(value["events"], ("dossier.received", "fee.collected", "slip.printed"), strict=True):
        assert set(event) == {"op_id", "seq", "type", "occurred_at", "actor", "facts", "state"}
        assert (event["type"], event["state"]) == (kind, "saved")


def test_a_part_of_a_code_lists_all_matches(call, taken):
    _, second = call("intake", "-", stdin=DOSSIER)
    day = taken["code"].split("-")[1]
    code, value = call("show", day)
    assert (code, value["total"], {row["code"] for row in value["dossiers"]}) == (0, 2, {taken["code"], second["code"]})
    code, value = call("show", "H99.99.99-990101-0001")
    assert (code, value["error"]["code"]) == (3, "DOSSIER_UNKNOWN")


def test_search_and_list(call, taken):
    code, value = call("search", "tran", "vi")
    assert (code, value["total"]) == (0, 1)
    assert set(value["dossiers"][0]) == {"code", "dossier_id", "procedure_code", "applicant", "received_at", "due_at", "status"}
    assert call("search", "không có ai", "--limit", "5") == (0, {"dossiers": [], "total": 0})
    assert call("list")[1]["total"] == 1
    for which in ("due_today", "due_soon", "overdue", "result_waiting", "supplement_open", "attention", "assigned"):
        code, value = call("list", "--filter", which)
        assert (code, set(value)) == (0, {"dossiers", "total"})
    assert "067190000123" not in json.dumps(call("list")[1])


def test_a_list_is_on_the_trail_as_every_answer_that_shows_names(call, taken, desk_dir):
    def searches():
        with closing(open_counter(desk_dir)) as counter, counter.database.read() as uow:
            return [dict(entry.details) for entry in uow.audit.entries(1, 1000) if entry.action == "dossiers.searched"]

    assert searches() == []
    call("list", "--limit", "1", "--offset", "100000")
    assert searches() == [], "nobody was on it"
    call("list", "--limit", "1")
    assert searches() == [{"words": 0, "found": 1, "list": "all"}]


@pytest.mark.parametrize("words", [("list",), ("search", "vi"), ("show", "0001")])
def test_nobody_sees_a_name_with_a_wrong_password(call, taken, monkeypatch, words):
    monkeypatch.setenv("COUNTER_PASSWORD", "wrong-password")
    code, answer = call(*words)
    assert (code, answer["error"]["code"]) == (3, "WRONG_PASSWORD")


def test_a_label_and_a_process_sheet_are_made_when_asked_for(call, taken, tmp_path):
    for form, paper in (("label", "label"), ("process", "a4")):
        code, value = call("slip", taken["code"], "--form", form, "--out", tmp_path / "x.pdf")
        assert (code, value["form"], value["issue"], value["paper"]) == (0, form, 1, paper)
        assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF-")


def test_a_slip_is_struck_with_a_reason(call, taken, tmp_path):
    code, value = call("slip", taken["code"], "--void", "in nhầm")
    assert (code, value["form"], value["void_reason"]) == (0, "01", "in nhầm")
    code, value = call("slip", taken["code"], "--out", tmp_path / "x.pdf")
    assert (code, value["error"]["code"]) == (3, "PRINT_VOID")


def test_a_slip_is_printed_again_and_says_so(call, taken, tmp_path):
    for issue, paper in ((2, "a4"), (3, "80mm")):
        code, value = call("slip", taken["code"], "--form", "01", "--paper", paper, "--out", tmp_path / "x.pdf")
        assert (code, value["issue"], value["paper"], value["out"]) == (0, issue, paper, str(tmp_path / "x.pdf"))
        assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("words", [
    ("intake", "-", "extra"), ("list", "--filter", "lost"), ("list", "--limit", "-1"), ("list", "--limit", "500"), ("list", "--offset", "-1"), ("search", "x", "--limit", "500"), ("search",), ("show",), ("slip", "x"),
    ("slip", "x", "--form", "99", "--out", "x"), ("search", "x", "--limit", "many")])
def test_words_that_are_off_are_code_2(call, words):
    assert call(*words)[0] == 2


def test_a_disk_that_refuses_is_code_4(call, taken, tmp_path):
    (tmp_path / "file").write_text("")
    code, value = call("slip", taken["code"], "--out", tmp_path / "file" / "x.pdf")
    assert (code, set(value["error"])) == (4, {"code", "field", "message"})


def test_people_read_sentences(taken, desk_dir, capsys, monkeypatch):
    monkeypatch.setenv("COUNTER_PASSWORD", PASSWORD)
    for words in (("show", taken["code"]), ("list",), ("search", "tran")):
        assert main(["--data-dir", str(desk_dir), *words]) == 0
        out = capsys.readouterr().out
        assert taken["code"] in out
        assert "Đã tiếp nhận" in out


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=10), lambda inner: st.lists(inner, max_size=3), max_leaves=5)


@settings(max_examples=examples(10), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(DOSSIER)), JSON, min_size=1))
def test_no_json_is_a_bug(call, members):
    assert call("intake", "-", stdin={**DOSSIER, **members})[0] in (0, 3)


def test_a_slip_that_can_not_be_written_does_not_hide_that_the_dossier_is_in(call, tmp_path):
    (tmp_path / "file").write_text("")
    code, value = call("intake", "-", "--slip", tmp_path / "file" / "x.pdf", stdin=DOSSIER)
    assert (code, value["slip"]) == (5, None)
    assert [warning["code"] for warning in value["warnings"]][-2:] == ["FOLDER_IS_FILE", "SLIP_NOT_WRITTEN"]
    assert call("list")[1]["dossiers"][0]["code"] == value["code"]
    assert call("slip", value["code"], "--out", tmp_path / "x.pdf")[0] == 0


@pytest.mark.parametrize("name", ["desk.db", "desk.json", "recovery.json", "backups/x.pdf", "linked.pdf", "backups/../desk.db"])
def test_no_output_writes_over_the_desk(call, taken, desk_dir, name):
    (desk_dir / "linked.pdf").symlink_to(desk_dir / "desk.db")
    before = (desk_dir / "desk.json").read_bytes()
    for words in (("slip", taken["code"], "--out"), ("intake", "-", "--slip"), ("logbook", "dossiers", "--out")):
        code, value = call(*words, desk_dir / name, stdin=DOSSIER)
        assert (code, value["error"]["code"], value["error"]["field"]) == (3, "OUT_IS_DESK", "out")
    assert (desk_dir / "desk.json").read_bytes() == before
    assert call("list")[1]["total"] == 1


@pytest.mark.parametrize("place", ["key", "guard", "new beside the guard", "practice/desk.db", "desk.db-journal", "backups/a/b.pdf"])
def test_no_output_takes_the_place_of_key_guard_or_what_the_desk_will_make(call, taken, desk_dir, place):
    device = device_dir(json.loads((desk_dir / "desk.json").read_bytes())["device"])
    named = {"key": key_file_override(), "guard": device / "numbers.guard", "new beside the guard": device / "x.pdf"}
    out = named.get(place, desk_dir / place)
    before = out.read_bytes() if out.exists() else None
    code, value = call("slip", taken["code"], "--out", out)
    assert (code, value["error"]["code"]) == (3, "OUT_IS_DESK")
    assert (out.read_bytes() if out.exists() else None) == before
    assert call("intake", "-", stdin=DOSSIER)[0] == 0, "the desk goes on"


def test_files_beside_the_desk_are_nobody_s(call, taken, desk_dir, tmp_path):
    for out in (desk_dir / "backups.pdf", desk_dir / "slips" / "desk.db.pdf", tmp_path / "desk.db"):
        assert call("slip", taken["code"], "--out", out)[0] == 0


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name here")
def test_no_file_takes_the_place_of_a_device(call, taken, tmp_path):
    pipe = tmp_path / "pipe.pdf"
    os.mkfifo(pipe)
    (tmp_path / "link.pdf").symlink_to(pipe)
    for out in (pipe, tmp_path / "link.pdf"):
        code, value = call("slip", taken["code"], "--out", out)
        assert (code, value["error"]["code"], value["error"]["field"]) == (3, "OUT_IS_DEVICE", "out")
    assert pipe.is_fifo()
    assert (tmp_path / "link.pdf").is_symlink()


@pytest.mark.parametrize("words", [("slip", "CODE"), ("logbook", "dossiers"), ("report", "II.06a", "--from", "2026-01-01", "--to", "2026-02-01")])
def test_a_path_that_no_file_can_have_is_told(call, taken, tmp_path, words):
    out = tmp_path.joinpath(*["b"] * 3000, "x.pdf")
    code, value = call(*(taken["code"] if word == "CODE" else word for word in words), "--out", out)
    assert (code, value["error"]["code"]) == (4, "FILE_FAILED")
    assert not (tmp_path / "b").exists()
