"""The verb usb: JSON, exit codes and sentences, between a desk without a line and a trial province."""

from __future__ import annotations

import json

import pytest

from tests.cli.test_dossier_verbs import call, taken
from tests.province.trial import AGENCY

__all__ = ["call", "taken"]


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def test_a_commune_without_a_line_from_its_ticket_to_a_quiet_desk(call, taken, ticket, province, stick):
    code, out = call("usb", "export", str(stick), "--ticket", str(ticket))
    assert code == 0
    assert out.keys() == {"file", "number", "ops", "files", "bytes", "files_left"}
    assert (out["number"], out["ops"] > 0, out["files"]) == (1, True, 0)
    assert call("show", taken["code"])[1]["events"][0]["state"] == "sending"
    assert province.do("stick", folder=str(stick)) != []
    code, back = call("usb", "import", str(stick))
    assert code == 0
    assert back.keys() == {"number", "sent", "received", "uploaded", "enrolled", "pending", "problems"}
    assert (back["sent"], back["enrolled"], back["pending"]["ops"], back["problems"]) == (out["ops"], True, 0, [])
    assert call("show", taken["code"])[1]["events"][0]["state"] == "province_has"
    code, history = call("sync", "history")
    assert (code, history["passes"][0]["sent"]) == (0, out["ops"])
    assert call("verify")[0] == 0


def test_a_way_without_an_answer_says_what_to_do(call, taken, stick):
    for words, expected in ((("export", str(stick)), "NOT_ENROLLED"), (("import", str(stick)), "NOT_ENROLLED"),
                            (("export", str(stick / "no")), "STICK_NO_FOLDER"), (("import", str(stick / "no")), "STICK_NO_FOLDER")):
        code, value = call("usb", *words)
        assert (code, value["error"]["code"]) == (3, expected)


def test_a_damaged_answer_is_exit_4_and_a_missing_one_exit_3(call, taken, ticket, province, stick):
    call("usb", "export", str(stick), "--ticket", str(ticket))
    assert call("usb", "import", str(stick))[1]["error"]["code"] == "STICK_NOTHING"
    province.do("stick", folder=str(stick))
    answer = next(stick.glob("*.qmc-ve"))
    sound = answer.read_bytes()
    answer.write_bytes(sound[:-1])
    code, value = call("usb", "import", str(stick))
    assert (code, value["error"]["code"]) == (4, "STICK_DAMAGED")
    assert answer.name in value["error"]["message"]
    answer.write_bytes(sound)
    assert call("usb", "import", str(stick))[0] == 0


def test_what_the_province_judges_otherwise_is_exit_5(call, taken, ticket, province, stick):
    call("enrol", str(ticket))
    call("sync", "--once")
    province.do("revoke_device", device=province.state(AGENCY)["devices"][0]["device"])
    call("usb", "export", str(stick))
    province.do("stick", folder=str(stick))
    code, value = call("usb", "import", str(stick))
    assert (code, len(value["problems"])) == (5, 1)


def test_an_account_of_a_national_system_has_no_key_for_sticks(call, taken, tmp_path, stick):
    file = tmp_path / "account.json"
    account = {"system": "national", "base_url": "https://tinh.example", "unit": "H36", "user": "u", "password": "p"}
    file.write_text(json.dumps(account), "utf-8")
    code, value = call("usb", "export", str(stick), "--ticket", str(file))
    assert (code, value["error"]["code"]) == (3, "STICK_NO_KEY")
