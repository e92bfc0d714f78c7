"""``commune`` through the command line: every part is set and shown, what was shown can be set again, only an administrator may."""

import json

import pytest

from counter_app.bootstrap import open_counter
from counter_app.cli.main import main
from counter_app.domain.people import Role
from counter_app.services.people.users import NewUser
from tests.cli.test_dossier_verbs import DOSSIER, call
from tests.conftest import PASSWORD

__all__ = ["call"]
PARTS = {
    "units": [{"code": "TP", "name": "Tư pháp - hộ tịch", "head": "Lê Văn Mẫu"}, {"code": "DC", "name": "Địa chính", "head": ""}],
    "signers": [
        {"name": "Hoàng Văn Giả Định", "title": "Chủ tịch", "scope": [], "valid_from": None, "valid_to": None},
        {"name": "Vũ Thị Thực Hành", "title": "Phó Chủ tịch", "scope": ["Hộ tịch", "SCT/BS"], "valid_from": "2026-01-01",
         "valid_to": "2026-12-31"}],
    "process": [
        {"code": "assess", "name": "Thẩm định", "unit": "Tư pháp - hộ tịch", "limit": {"value": 2, "unit": "working_day"}},
        {"code": "sign", "name": "Trình ký", "unit": "Lãnh đạo", "limit": None}],
    "messages": {"channel": "zalo", "without_accents": False, "remind_after_days": 3, "occasions": ["result_ready"], "own": [
        {"occasion": "result_ready", "text": "{place}: hồ sơ {code} đã xong, mời đến nhận.", "text_postal": "", "expires_after_days": 9}]},
    "reports": {"week_ends_on": 4, "on_the_spot_target": 200, "on_time_target": 900, "publish_on_time": 990, "update_on_time": 980,
                "full_content": 970, "receiver": "UBND tỉnh Lâm Đồng"},
}


@pytest.mark.parametrize("part", PARTS)
def test_a_part_is_set_kept_and_shown_and_nothing_else_changes(call, part):
    before = call("commune", "show")[1]
    code, value = call("commune", "set", part, stdin=PARTS[part])
    assert (code, value[part]) == (0, PARTS[part])
    assert call("commune", "show") == (0, value)
    assert {name: each for name, each in value.items() if name != part} == {name: each for name, each in before.items() if name != part}
    assert before[part] != PARTS[part]


def test_a_part_comes_from_a_file_too(call, tmp_path):
    path = tmp_path / "units.json"
    path.write_text(json.dumps(PARTS["units"]), "utf-8")
    assert call("commune", "set", "units", path)[1]["units"] == PARTS["units"]


def test_what_is_shown_of_a_fresh_desk_can_be_set(call):
    _, fresh = call("commune", "show")
    for part in PARTS:
        code, value = call("commune", "set", part, stdin=fresh[part])
        assert (code, value) == (0, fresh), part


def test_the_steps_of_one_procedure_are_its_own_until_they_are_taken_away(call):
    _, shipped = call("commune", "show")
    assert call("commune", "set", "process", "--procedure", "1.004873", stdin=PARTS["process"])[1]["process"] == PARTS["process"]
    assert call("commune", "show")[1]["process"] == shipped["process"]
    assert call("commune", "show", "--procedure", "1.004873")[1]["process"] == PARTS["process"]
    assert call("commune", "set", "process", "--procedure", "1.004873", stdin=[])[1]["process"] == shipped["process"]


def test_a_dossier_goes_through_the_steps_that_were_set(call):
    call("commune", "set", "process", stdin=PARTS["process"])
    _, taken = call("intake", "-", stdin=DOSSIER)
    facts = {"direction": "to_specialist", "to_unit": "Tư pháp - hộ tịch", "received_by": "Trần Văn Mẫu"}
    _, after = call("event", taken["code"], "hand-over", "-", stdin=facts)
    assert (after["step"]["code"], after["step"]["unit"]) == ("assess", "Tư pháp - hộ tịch")


def test_people_read_names_and_titles(call, desk_dir, capsys):
    call("commune", "set", "units", stdin=PARTS["units"])
    call("commune", "set", "signers", stdin=PARTS["signers"])
    assert main(["--data-dir", str(desk_dir), "commune", "show"]) == 0
    told = capsys.readouterr().out
    for word in ("Tư pháp - hộ tịch", "Lê Văn Mẫu", "Phó Chủ tịch", "Hộ tịch, SCT/BS"):
        assert word in told


@pytest.mark.parametrize(("part", "value", "errors"), [
    ("units", [{"code": "A", "name": "X"}, {"code": "A", "name": ""}], [("NAMED_TWICE", "units.1.code"), ("TEXT_NEEDED", "units.1.name")]),
    ("signers", [{"name": "A", "title": "B", "valid_from": "2026-02-01", "valid_to": "2026-01-01"}],
     [("PERIOD_BACKWARDS", "signers.0.valid_to")]),
    ("process", [{"code": "a", "name": "b", "unit": "c", "limit": {"value": 0, "unit": "hour"}}],
     [("LIMIT_VALUE_IMPOSSIBLE", "steps.0.limit.value")]),
    ("messages", {"remind_after_days": 366}, [("REMINDER_DAYS_IMPOSSIBLE", "remind_after_days")]),
    ("messages", {"remind": 3}, [("JSON_UNKNOWN_MEMBER", "remind")]),
    ("reports", {"week_ends_on": 7}, [("WEEKDAY_IMPOSSIBLE", "week_ends_on")]),
    ("reports", {"full_content": 1001}, [("SHARE_IMPOSSIBLE", "full_content")]),
])
def test_what_is_wrong_is_told_at_its_place_and_changes_nothing(call, part, value, errors):
    before = call("commune", "show")
    code, answer = call("commune", "set", part, stdin=value)
    assert code == 3
    assert sorted((error["code"], error["field"]) for error in answer["errors"]) == sorted(errors)
    assert call("commune", "show") == before


def test_an_unknown_part_or_procedure(call):
    assert call("commune", "set", "bells", stdin=[])[0] == 2
    code, value = call("commune", "show", "--procedure", "9.999999")
    assert (code, value["error"]["code"]) == (3, "PROCEDURE_UNKNOWN")


def test_only_who_runs_the_desk_may_set_anything(call, desk_dir):
    counter = open_counter(desk_dir)
    counter.users.add(NewUser("hoa", "Hoa Mẫu", Role.HEAD, password=PASSWORD), counter.login.acting("", ""))
    counter.close()
    for part, value in PARTS.items():
        code, answer = call("--user", "hoa", "commune", "set", part, stdin=value)
        assert (code, answer["error"]["code"]) == (3, "NOT_ALLOWED"), part


def test_testimonies_are_set_by_name_and_brought_back_by_an_empty_one(call):
    shipped = call("commune", "show")[1]["testimonies"]
    own = {"copy": ["SAO Y BẢN CHÍNH"], "2.001019": ["DI CHÚC", "Ông/bà {people} đã ký."]}
    code, value = call("commune", "set", "testimonies", stdin=own)
    assert (code, value["testimonies"]) == (0, shipped | own)
    assert call("commune", "set", "testimonies", stdin={"copy": [], "2.001019": []})[1]["testimonies"] == shipped


@pytest.mark.parametrize(("wrong", "found"), [
    ({"seal": ["x"]}, ("TESTIMONY_UNKNOWN", "seal")), ({"copy": ["{name}"]}, ("TESTIMONY_BLANK", "copy.0")),
    ({"copy": "SAO Y"}, ("JSON_NOT_LIST", "testimonies.copy")), (["SAO Y"], ("JSON_NOT_OBJECT", None))])
def test_a_testimony_that_cannot_be_printed_is_refused(call, wrong, found):
    before = call("commune", "show")
    code, value = call("commune", "set", "testimonies", stdin=wrong)
    assert code == 3
    assert found in [(error["code"], error["field"]) for error in value["errors"]]
    assert call("commune", "show") == before
