"""``settings`` through the command line, at a real desk: everything that may be set is set, kept and shown; what is wrong is told at its key."""

import json

import pytest

from counter_app.bootstrap import open_counter
from counter_app.cli import main as cli
from tests.cli.test_dossier_verbs import DOSSIER, call
from tests.conftest import PASSWORD

__all__ = ["call"]
WISHES = {
    "unit_name": "Trung tâm Ví Dụ", "superior": "UBND xã Ví Dụ", "phone": "0263 000 000", "address": "Thôn Mẫu 1", "paper": "80mm",
    "hours_profile": "early", "printer": "laser", "number_suffix": "HS", "lookup_address": "https://vidu.vn/tra-cuu", "id_last4_only": True,
    "bank_bin": "970405", "bank_account": "1234567890", "overdue_threshold_permille": 50, "second_person_from": 200,
    "deadline.cutoff": "14:30", "deadline.cutoff_effect": "next_working_day", "deadline.count_receipt_day": True,
    "deadline.due_time": "closing", "deadline.roll_end": False, "deadline.counts_saturday": True, "deadline.skip_holidays_in_days": True,
    "deadline.supplement": "pause", "deadline.after_hours": "keep", "deadline.extension_limit": 2, "deadline.soon_working_days": 3,
    "backup.places": ["/media/usb", "E:\\SaoLuu"], "backup.times": ["10:30", "15:00"], "backup.at_close": False, "backup.keep_newest": 5,
    "backup.keep_days": 14, "backup.keep_weeks": 8, "backup.keep_months": 24,
}


def typed(wishes):
    words = {key: ",".join(value) if isinstance(value, list) else json.dumps(value) if isinstance(value, bool) else value
             for key, value in wishes.items()}
    return [f"{key}={value}" for key, value in words.items()]


def refused(call, *words, lang="vi"):
    code, value = call("settings", "set", *words, lang=lang)
    assert code == 3, value
    return [(error["code"], error["field"]) for error in value["errors"]]


def test_whatever_may_be_set_is_kept_and_shown(call):
    code, value = call("settings", "set", *typed(WISHES))
    assert (code, value) == (0, {**WISHES, "recovery_ranges": [], "procedures": {}})
    assert call("settings", "show") == (0, value)


def test_a_fresh_desk_shows_the_defaults(call):
    _, value = call("settings", "show")
    assert value.keys() == {*WISHES, "recovery_ranges", "procedures"}
    assert (value["paper"], value["deadline.cutoff"], value["deadline.soon_working_days"]) == ("a5", "15:00", 1)


def test_people_read_a_setting_as_they_type_it(call, desk_dir, capsys):
    call("numbers", "set", "--serials", "2000-2599")
    call("settings", "set", "recovery_ranges=2600-2699,2700-2799", "id_last4_only=true")
    call("settings", "set", "--procedure", "1.004873", "deadline.roll_end=false")
    cli.main(["--data-dir", str(desk_dir), "settings", "show"])
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    for shown in (["recovery_ranges", "2600-2699,2700-2799"], ["id_last4_only", "true"], ["1.004873", "deadline.roll_end", "false"]):
        assert shown in lines


def test_a_place_with_a_comma_in_its_name_is_shown_as_it_is_typed(call, desk_dir, capsys):
    typed_places = 'backup.places="/media/USB, 2",/mnt/x'
    code, value = call("settings", "set", typed_places)
    assert (code, value["backup.places"]) == (0, ["/media/USB, 2", "/mnt/x"])
    cli.main(["--data-dir", str(desk_dir), "settings", "show"])
    assert '"/media/USB, 2",/mnt/x' in capsys.readouterr().out
    assert refused(call, 'backup.places="/media/USB, 2') == [("BACKUP_PLACE_QUOTES", "backup.places")]


def test_one_procedure_counts_its_own_way_until_it_is_taken_away(call):
    own = ("--procedure", "1.004873")
    assert call("settings", "set", "deadline.roll_end=false", "deadline.cutoff=10:00", *own)[1]["procedures"] == {
        "1.004873": {"roll_end": False, "cutoff": "10:00"}}
    assert call("settings", "set", "deadline.cutoff=", *own)[1]["procedures"] == {"1.004873": {"roll_end": False}}
    assert call("settings", "show")[1]["deadline.cutoff"] == "15:00", "the commune's own is another thing"
    assert call("settings", "set", "deadline.roll_end=", *own)[1]["procedures"] == {}


def test_an_option_reaches_the_dossier_that_is_taken_in_next(call, desk_dir):
    call("settings", "set", "deadline.due_time=closing", "deadline.count_receipt_day=true")
    code = call("intake", "-", stdin=DOSSIER)[1]["code"]
    counter = open_counter(desk_dir)
    try:
        actor = counter.login.login("clerk", PASSWORD).actor
        options = counter.dossiers.show(code, actor).dossier.options
    finally:
        counter.close()
    assert (options["due_time"], options["count_receipt_day"], options["cutoff"]) == ("closing", True, "15:00")


@pytest.mark.parametrize(("word", "refusal"), [
    ("paper=a3", "PAPER_UNKNOWN"), ("hours_profile=never", "HOURS_PROFILE_UNKNOWN"), ("id_last4_only=yes", "SETTING_NO_FLAG"),
    ("overdue_threshold_permille=1001", "THRESHOLD_IMPOSSIBLE"), ("overdue_threshold_permille=3.5", "SETTING_NO_NUMBER"),
    ("overdue_threshold_permille=", "SETTING_NO_NUMBER"), (f"address={'x' * 201}", "TEXT_TOO_LONG"), ("colour=red", "SETTING_UNKNOWN"),
    ("epoch=0", "SETTING_UNKNOWN"), ("device=x", "SETTING_UNKNOWN"), ("practice=true", "SETTING_UNKNOWN"), ("serial_first=1", "SETTING_UNKNOWN"),
    ("recovery_ranges=2600", "RECOVERY_RANGES_UNREADABLE"), ("recovery_ranges=1-2,3-4,5-6,7-8,9-10", "RECOVERY_RANGES_UNREADABLE"),
    ("recovery_ranges=2600-2699", "RECOVERY_RANGES_MEET"), ("bank_bin=97040", "BANK_BIN_INVALID"),
    ("deadline.cutoff=25:00", "OPTION_IMPOSSIBLE"), ("deadline.roll_end=maybe", "OPTION_IMPOSSIBLE"), ("deadline.x=1", "SETTING_UNKNOWN"),
    ("deadline.extension_limit=99", "OPTION_IMPOSSIBLE"), ("deadline.soon_working_days=x", "SETTING_NO_NUMBER"), ("deadline.soon_working_days=31", "SOON_DAYS_IMPOSSIBLE")])
def test_what_is_wrong_is_told_at_its_key(call, word, refusal):
    before = call("settings", "show")
    assert refused(call, "phone=0263", word) == [(refusal, word.partition("=")[0])]
    assert refused(call, "phone=0263", word, lang="en") == [(refusal, word.partition("=")[0])]
    assert call("settings", "show") == before, "all of a call or none"


def test_every_wrong_word_at_once(call):
    assert refused(call, "colour=red", "paper", "sound=on") == [
        ("SETTING_UNKNOWN", "colour"), ("SETTING_UNREADABLE", None), ("SETTING_UNKNOWN", "sound")]
    assert refused(call, "id_last4_only=1", "overdue_threshold_permille=x") == [
        ("SETTING_NO_FLAG", "id_last4_only"), ("SETTING_NO_NUMBER", "overdue_threshold_permille")]


def test_an_account_is_whole_or_not_at_all(call):
    assert refused(call, "bank_bin=970405") == [("BANK_ACCOUNT_INVALID", "bank_account")]
    assert refused(call, "bank_account=12 34", "bank_bin=970405") == [("BANK_ACCOUNT_INVALID", "bank_account")]
    assert call("settings", "set", "bank_account=1234", "bank_bin=970405")[0] == 0
    assert call("settings", "set", "bank_account=", "bank_bin=")[1]["bank_account"] == ""


def test_recovery_ranges_meet_neither_the_counters_nor_one_another(call):
    call("numbers", "set", "--serials", "2000-2599")
    assert call("settings", "set", "recovery_ranges=2600-2699,2700-2799")[1]["recovery_ranges"] == [[2600, 2699], [2700, 2799]]
    for bad in ("2599-2699", "2600-2699,2699-2799"):
        assert refused(call, f"recovery_ranges={bad}") == [("RECOVERY_RANGES_MEET", "recovery_ranges")]
    assert call("settings", "set", "recovery_ranges=")[1]["recovery_ranges"] == []


def test_a_procedure_has_options_and_nothing_else(call):
    assert refused(call, "paper=a4", "deadline.soon_working_days=2", "deadline.roll_end=true", "--procedure", "1.004873") == [
        ("SETTING_OF_COMMUNE", "deadline.soon_working_days"), ("SETTING_OF_COMMUNE", "paper")]
    assert refused(call, "deadline.roll_end=true", "--procedure", "9.999999") == [("PROCEDURE_UNKNOWN", "procedure_code")]


@pytest.mark.parametrize("role", ["clerk", "head", "inspector"])
def test_only_an_administrator_sees_or_sets(call, role, monkeypatch):
    made = call("users", "add", "mau", "--name", "Lê Văn Mẫu", "--role", role)[1]["password"]
    monkeypatch.setenv("COUNTER_PASSWORD", made)
    for words in (("show",), ("set", "paper=a4")):
        code, value = call("--user", "mau", "settings", *words)
        assert (code, value["error"]["code"]) == (3, "NOT_ALLOWED")


@pytest.mark.parametrize("words", [("settings",), ("settings", "set"), ("settings", "get"), ("settings", "set", "paper=a4", "--procedure")])
def test_words_that_are_off_are_code_2(call, words):
    assert call(*words)[0] == 2
