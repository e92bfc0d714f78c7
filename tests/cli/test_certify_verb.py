"""``certify``: JSON in, code, numbers with their volumes and fee out."""

import json
from pathlib import Path

import pytest

from tests.cli.test_dossier_verbs import call

__all__ = ["call"]
PERSON = {"full_name": "Trần Thị Ví Dụ", "id_number": "067190000123", "address": "Thôn Mẫu 3, xã Đắk Mil"}
LINES = [
    {"register": "SCT/BS", "document_name": "Bằng tốt nghiệp", "pages": 1, "copies": 3, "signer": "Hoàng Thị Giả Định"},
    {"register": "SCT/BS", "document_name": "Học bạ", "pages": 12, "copies": 2},
    {"register": "SCT/CK, ĐC", "document_name": "Sơ yếu lý lịch"},
    {"register": "SCT/GD", "kind": "amend", "document_name": "Phụ lục hợp đồng"}]


def test_certify_answers_as_promised(call):
    code, value = call("certify", "-", stdin={"applicant": PERSON, "lines": LINES})
    assert code == 0
    told = [(each["register"], each["number"], each["volume"], each["fee_vnd"]) for each in value["certification_numbers"]]
    assert told == [("SCT/BS", 1, "01/2026", 6_000), ("SCT/BS", 2, "01/2026", 28_000), ("SCT/CK,ĐC", 1, "01/2026", 10_000),
                    ("SCT/GD", 1, "01/2026", 30_000)]
    assert value["fee_total_vnd"] == 74_000
    assert [each["procedure_code"] for each in value["dossiers"]] == ["2.000815", "2.000884", "2.000913"]
    assert value["code"] == value["dossiers"][0]["code"]
    code, shown = call("show", value["code"])
    assert (code, shown["status"], shown["status_code"]) == (0, "returned", 10)
    assert [event["type"] for event in shown["events"]] == [
        "dossier.received", "fee.collected", "fee.collected", "result.ready", "result.returned"]


def test_it_goes_on_with_the_next_numbers(call):
    call("certify", "-", stdin={"applicant": PERSON, "lines": LINES[:1]})
    code, value = call("certify", "-", stdin={"applicant": PERSON, "lines": LINES[:1]})
    assert (code, value["certification_numbers"][0]["number"]) == (0, 2)


def test_slips_and_stamps_are_files(call, tmp_path):
    asked = {"applicant": PERSON, "lines": LINES[:1], "slip": True, "stamps": True, "wait_for_signature": True}
    (tmp_path / "visit.json").write_text(json.dumps(asked), "utf-8")
    code, value = call("certify", tmp_path / "visit.json")
    assert code == 0
    assert all(Path(path).read_bytes().startswith(b"%PDF-") for path in [*value["slips"], value["stamps"]])
    assert value["dossiers"][0]["status"] == "received"
    assert not value["certification_numbers"][0]["signed"]


def test_exempt_with_its_reason(call):
    payment = {"exempt_reason": "Vay vốn nông nghiệp", "exempt_proof": "Giấy xác nhận số 01 (mẫu)"}
    code, value = call("certify", "-", stdin={"applicant": PERSON, "lines": LINES[:1], "payment": payment})
    assert (code, value["fee_total_vnd"]) == (0, 0)


@pytest.mark.parametrize(("asked", "code", "field"), [
    ({"applicant": PERSON, "lines": [{"register": "SCT/XX", "document_name": "x"}]}, "REGISTER_UNKNOWN", "lines.0.register"),
    ({"applicant": PERSON, "lines": [{"register": "SCT/BS", "kind": "amend", "document_name": "x"}]}, "REGISTER_UNKNOWN", "lines.0.kind"),
    ({"applicant": PERSON, "lines": [{"register": "SCT/BS", "document_name": "x", "pages": 0}]}, "PAGES_INVALID", "lines.0.pages"),
    ({"applicant": PERSON, "lines": [{"document_name": "x", "pages": "hai"}]}, "JSON_NOT_INTEGER", "lines.0.pages"),
    ({"applicant": PERSON, "lines": []}, "CERTIFY_NO_LINES", "lines"),
    ({"applicant": {}, "lines": LINES[:1]}, "PERSON_NAME_EMPTY", "applicant.full_name"),
    ({"applicant": PERSON, "lines": LINES[:1], "sign": 1}, "JSON_UNKNOWN_MEMBER", "sign")])
def test_what_is_wrong_is_said_at_its_field(call, asked, code, field):
    exit_code, value = call("certify", "-", stdin=asked)
    assert (exit_code, value["error"]["code"], value["error"]["field"]) == (3, code, field)
    assert value["error"]["message"] != code


def test_without_json_a_person_reads_it(desk_dir, capsys, tmp_path):
    from counter_app.cli.main import main

    (tmp_path / "visit.json").write_text(json.dumps({"applicant": PERSON, "lines": LINES[:2]}), "utf-8")
    assert main(["--data-dir", str(desk_dir), "certify", str(tmp_path / "visit.json")]) == 0
    told = capsys.readouterr().out
    assert "34.000 đ" in told
    assert "1, quyển số 01/2026-SCT/BS  Bằng tốt nghiệp" in told
