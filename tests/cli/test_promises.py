"""The promises of the headless commands: for every verb the shape of its one JSON value, its exit codes, and who must say who they are."""

from __future__ import annotations

import io
import json
import re
import shutil
import sys
from datetime import date, datetime
from pathlib import Path

import pytest

from counter_app.bootstrap import CreateDesk, create_desk
from counter_app.cli.main import MODULES, main
from counter_app.security.passwords import Argon2Passwords
from tests.cli.test_dossier_verbs import DOSSIER
from tests.conftest import AGENCY, CHEAP, COMMUNE, PASSWORD, PROVINCE
from tests.fakes import FakeClock

CARD = "067190000456||Trần Thị Ví Dụ|15031990|Nữ|Thôn Mẫu 3, xã Đắk Mil|01072025"
OLDER = {"code": "H36.50.05-251102-0001", "received_at": "2025-11-02T08:00:00", "applicant": {"full_name": "Nguyễn Văn Mẫu"}}
APPOINTMENT = {"received_at": "2026-11-20T09:42", "limit": {"value": 3, "unit": "working_day"}, "options": {}, "calendar": {"profile": "standard"}}


class Maybe:
    """A value that may be null."""

    def __init__(self, shape):
        self.shape = shape


class Word(str):
    """A text of this pattern."""

    __slots__ = ()


TIME, DAY = Word(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?"), Word(r"\d{4}-\d\d-\d\d")
ID, HASH, CODE = Word(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}"), Word(r"[0-9a-f]{64}"), Word(r"H36\.50\.05-\d{6}-\d{4}")
NAME = Word(r"[a-z0-9_]+")
PROBLEM = {"code": Word("[A-Z0-9_]+"), "field": Maybe(str), "message": Word(r"(?s).*\s.*")}
ROW = {"code": CODE, "dossier_id": ID, "procedure_code": str, "applicant": str, "received_at": TIME, "due_at": Maybe(TIME), "status": NAME}
ROWS = {"dossiers": [ROW], "total": int}
FEE = {"error": Maybe(str), "amounts": [int], "total": int}
DUE = {"effective_received_at": TIME, "due_at": Maybe(TIME), "history": [TIME], "classification": Maybe(NAME), "explanation": str}
EVENT = {"op_id": ID, "seq": Maybe(int), "type": Word(r"[a-z_]+\.[a-z_]+"), "occurred_at": TIME, "actor": object, "facts": dict,
         "state": Word("saved|sending|province_has|attention")}
SHOWN = {
    "dossier_id": ID, "code": CODE, "codes": [object], "status": NAME, "status_code": int, "procedure_code": str, "received_at": TIME,
    "due_at": Maybe(TIME), "printed_due_at": Maybe(TIME), "applicant": dict, "documents": [dict], "fees": [dict], "events": [EVENT],
    "files": [object], "ho_so": dict, "attention": [object]}
RELEASE = {"version": str, "kind": Word("program|data"), "sequence": int, "schema": Word(r"\d{4}"), "released": Maybe(str), "brings": {"vi": str, "en": str}}
USER = {"user_id": Word(r"u-\d{4}"), "login": NAME, "full_name": str, "role": NAME, "disabled": bool}


def unlike(value, shape, path="$"):
    """Return where a value does not have the shape it was promised; keys beside the promised ones are allowed."""
    if isinstance(shape, Maybe):
        return [] if value is None else unlike(value, shape.shape, path)
    if isinstance(shape, Word):
        return [] if isinstance(value, str) and re.fullmatch(shape, value) else [f"{path}: {value!r}"]
    if isinstance(shape, dict):
        if not isinstance(value, dict):
            return [f"{path}: {value!r} is no object"]
        missing = [f"{path}.{name} is missing" for name in shape if name not in value]
        return missing + [line for name in shape if name in value for line in unlike(value[name], shape[name], f"{path}.{name}")]
    if isinstance(shape, list):
        if not isinstance(value, list):
            return [f"{path}: {value!r} is no list"]
        return [line for place, item in enumerate(value) for line in unlike(item, shape[0], f"{path}[{place}]")]
    right = isinstance(value, shape) and not (shape is int and isinstance(value, bool))
    return [] if right else [f"{path}: {value!r} is no {shape.__name__}"]


def test_the_measure_of_shapes_measures():
    assert unlike({"a": 1, "more": 2}, {"a": int}) == []
    assert unlike({"a": True}, {"a": int}) == ["$.a: True is no int"]
    assert unlike({}, {"a": Maybe(int)}) == ["$.a is missing"]
    assert unlike({"a": None}, {"a": Maybe(int)}) == []
    assert unlike([{"a": "x"}, {"a": "y1"}], [{"a": Word("[a-z]")}]) == ["$[1].a: 'y1'"]
    assert unlike("x", [str]) == ["$: 'x' is no list"]
    assert unlike([], {"a": int}) == ["$: [] is no object"]


class Caller:
    """One desk, called as a script calls it."""

    def __init__(self, home):
        self.home = home
        self.folder = home / "desk"

    def __call__(self, *words, stdin=None, as_json=True, lang="vi"):
        """Return exit code, standard output and standard error."""
        text = stdin if isinstance(stdin, bytes) else json.dumps(stdin, ensure_ascii=False).encode()
        out, err = io.StringIO(), io.StringIO()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text), "utf-8"))
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            code = main(["--data-dir", str(self.folder), "--lang", lang, *(["--json"] if as_json else []), *map(str, words)])
        return code, out.getvalue(), err.getvalue()

    def value(self, *words, stdin=None, code=0):
        exit_code, out, err = self(*words, stdin=stdin)
        assert exit_code == code, (words, out, err)
        return json.loads(out)


def computer(home, patch):
    """A computer of its own, its clock standing on a Friday."""
    patch.setenv("COUNTER_STATE_DIR", str(home / "state"))
    patch.setenv("COUNTER_KEY_FILE", str(home / "desk.key"))
    patch.delenv("COUNTER_PASSWORD", raising=False)
    patch.setattr(Argon2Passwords.__init__, "__kwdefaults__", CHEAP)
    patch.setattr("counter_app.support.clock.SystemClock.now", lambda self: FakeClock().now())
    return Caller(home)


@pytest.fixture(scope="module")
def scripted(tmp_path_factory):
    """A desk that ``init`` made in one line; nobody ever says who they are. With one dossier."""
    with pytest.MonkeyPatch.context() as patch:
        caller = computer(tmp_path_factory.mktemp("scripted"), patch)
        caller.made = caller.value("init", "--agency", AGENCY, "--commune", COMMUNE, "--province", PROVINCE, "--desk", "2", "--serials", "2000-2999")
        caller.taken = caller.value("intake", "-", stdin=DOSSIER)
        yield caller


@pytest.fixture
def windowed(tmp_path, monkeypatch):
    """A desk as the window sets it up, with one person."""
    caller = computer(tmp_path, monkeypatch)
    create_desk(CreateDesk(AGENCY, COMMUNE, PROVINCE, "2", full_name="Trần Thị Ví Dụ", login="vidu", password=PASSWORD), caller.folder)
    return caller


def verbs_without_files(code):
    """Calls with what they answer; ``{code}`` is a dossier of the desk."""
    return {
        "show": ((("show", code), None), SHOWN),
        "show a part": ((("show", code[:12]), None), ROWS),
        "search": ((("search", "tran thi", "--limit", "3"), None), ROWS),
        "list": ((("list",), None), ROWS),
        "list due": ((("list", "--filter", "due_soon"), None), ROWS),
        "users list": ((("users", "list"), None), {"users": [USER]}),
        "fee": ((("fee",), {"lines": [{"kind": "copy", "pages": 3, "copies": 2}]}), FEE),
        "bad fee": ((("fee",), {"lines": [{"kind": "gold"}]}), {"error": str, "amounts": Maybe([int]), "total": Maybe(int)}),
        "card": ((("card", "--today", "2026-11-20"), CARD.encode()), {
            "ok": bool, "error": Maybe(str), "warnings": [str],
            "value": {"id_number": Word(r"\d{12}"), "old_id_number": Maybe(str), "full_name": str, "birth_date": Maybe(DAY), "birth_year": int,
                      "sex": NAME, "address": str, "issue_date": Maybe(DAY), "extra": object}}),
        "no card": ((("card", "--today", "2026-11-20"), b"||||||"), {"ok": bool, "error": str, "value": Maybe(dict), "warnings": [str]}),
        "appointment": ((("appointment", "-"), APPOINTMENT), DUE),
        "appointments": ((("appointment", "-"), [APPOINTMENT, {**APPOINTMENT, "received_at": "2026-11-20T16:59"}]), [DUE]),
        "calendar": ((("calendar", "show", "2026"), None), {"year": int, "reception_days": int, "counting_days": int}),
        "catalogue": ((("catalogue", "list", "--field", "ho tich"), None), {"procedures": [{"code": str, "name": str, "field": str}]}),
        "doctor": ((("doctor",), None), {"ok": bool, "checks": [{"name": NAME, "state": Word("ok|warning|bad"), "message": str}]}),
        "verify": ((("verify",), None), {"verified": bool, "checked": {"audit": int, "prints": int}, "differences": list}),
        "settings": ((("settings", "show"), None), dict),
        "numbers": ((("numbers", "show"), None), {"day": DAY, "next": CODE, "problem": Maybe(object)}),
        "update": ((("update",), None), {
            "installed": RELEASE, "data": Maybe(RELEASE), "previous": Maybe(RELEASE), "prepared": Maybe(RELEASE), "offered": Maybe(RELEASE),
            "address": Maybe(str), "automatic": bool, "can_update": bool}),
    }


def verbs_with_files(code, folder):
    """Calls that write a file, with what they answer and the file."""
    older = folder / "older.jsonl"
    older.write_text(json.dumps({**OLDER, "code": f"H36.50.05-251102-{len(list(folder.parent.iterdir())):04d}"}), "utf-8")
    between = ("--from", "2026-01-01", "--to", "2026-12-31")
    return [
        (("slip", code, "--out", folder / "1.pdf"), {"sha256": HASH, "out": str, "form": str}, folder / "1.pdf"),
        (("slip", code, "--form", "01", "--paper", "80mm", "--out", folder / "2.pdf"), {"sha256": HASH}, folder / "2.pdf"),
        *((("logbook", "dossiers", "--year", "2026", "--out", folder / f"3.{kind}"), {"book": str, "year": int, "lines": int}, folder / f"3.{kind}")
          for kind in ("pdf", "xlsx", "json")),
        *((("export-dossiers", *between, "--out", folder / f"4.{kind}"), {"dossiers": int}, folder / f"4.{kind}") for kind in ("jsonl", "xlsx")),
        (("diagnostics", "--out", folder / "5.zip"), {"out": str, "parts": [str]}, folder / "5.zip"),
        (("backup", "--to", folder / "6"), {"file": str, "dossiers": int, "verified": bool}, folder / "6"),
        (("import-dossiers", older), {"kept": int, "bad": [dict]}, older),
    ]


class TestShapes:
    """Each value is what ``commands.md`` promises, on a desk where nobody ever said who they are."""

    def test_a_new_desk_tells_what_is_told_once(self, scripted):
        assert unlike(scripted.made, {"login": Word("clerk"), "password": Word(r"[a-z0-9-]{14}"), "recovery": Maybe(str), "warnings": [PROBLEM]}) == []

    def test_an_intake_answers_with_all_that_stands_on_its_slip(self, scripted):
        assert unlike(scripted.taken, {
            "code": Word(r"H36\.50\.05-261120-2\d\d\d"), "dossier_id": ID, "received_at": TIME, "due_at": TIME, "explanation": str,
            "logbook": {"book": str, "volume": int, "ordinal": int}, "fee_total_vnd": int, "warnings": [PROBLEM], "slip": str}) == []
        assert Path(scripted.taken["slip"]).read_bytes()[:5] == b"%PDF-"

    @pytest.mark.parametrize("name", verbs_without_files("x" * 30))
    def test_the_value_of_a_verb(self, scripted, name):
        (words, stdin), shape = verbs_without_files(scripted.taken["code"])[name]
        exit_code, out, err = scripted(*words, stdin=stdin)
        assert exit_code in ((0, 5) if name == "doctor" else (0,)), (out, err)
        assert unlike(json.loads(out), shape) == []
        assert err == "", "nothing but the value"

    def test_the_files_of_verbs_are_there_and_not_empty(self, scripted, tmp_path):
        for words, shape, path in verbs_with_files(scripted.taken["code"], tmp_path):
            assert unlike(scripted.value(*words), shape) == [], words
            files = [each for each in (path, *path.rglob("*")) if each.is_file()]
            assert sum(each.stat().st_size for each in files) > 60

    @pytest.mark.parametrize("name", ["show", "list", "users list", "fee", "card", "appointment", "calendar", "catalogue", "doctor", "settings", "numbers"])
    def test_people_get_lines_where_programs_get_json(self, scripted, name):
        (words, stdin), _ = verbs_without_files(scripted.taken["code"])[name]
        _, out, err = scripted(*words, stdin=stdin, as_json=False)
        assert out.strip()
        assert err == ""
        with pytest.raises(json.JSONDecodeError):
            json.loads(out)
        assert "None" not in out
        assert "{" not in out, "no value was forgotten in a sentence"

    @pytest.mark.parametrize("name", ["list", "fee", "appointment", "calendar", "doctor"])
    def test_the_value_is_the_same_in_both_languages_but_for_sentences(self, scripted, name):
        (words, stdin), _ = verbs_without_files(scripted.taken["code"])[name]
        vietnamese, english = (json.loads(scripted(*words, stdin=stdin, lang=lang)[1]) for lang in ("vi", "en"))
        assert keys_of(vietnamese) == keys_of(english)

    def test_a_list_in_is_a_list_out_in_the_same_order(self, scripted):
        asked = [{**APPOINTMENT, "limit": {"value": days, "unit": "working_day"}} for days in (9, 1, 5)]
        answers = scripted.value("appointment", "-", stdin=asked)
        assert [answer["due_at"] for answer in answers] == [scripted.value("appointment", "-", stdin=each)["due_at"] for each in asked]
        assert len({answer["due_at"] for answer in answers}) == 3

    def test_money_and_times_are_whole_and_local(self, scripted):
        shown = scripted.value("show", scripted.taken["code"])
        moments = [text for text in [*texts_of(shown["events"][0]), shown["received_at"], shown["due_at"]] if re.match(r"\d{4}-\d\d-\d\dT", text)]
        assert moments
        assert all(datetime.fromisoformat(text).utcoffset() is None or text.endswith("+07:00") for text in moments)
        assert all(isinstance(fee["amount_vnd"], int) for fee in shown["fees"])


def keys_of(value):
    """The keys of a value at every depth."""
    if isinstance(value, dict):
        return {name: keys_of(member) for name, member in value.items()}
    return [keys_of(item) for item in value] if isinstance(value, list) else None


def texts_of(value):
    """Every text in a value."""
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in parts for text in texts_of(part)]


class TestRefusals:
    """Exit codes 2, 3 and 4, each with one shape."""

    @pytest.mark.parametrize(("words", "stdin", "code", "field"), [
        (("show", "H36.50.05-260101-9999"), None, "DOSSIER_UNKNOWN", "code"),
        (("slip", "H36.50.05-260101-9999", "--out", "x.pdf"), None, "DOSSIER_UNKNOWN", "code"),
        (("intake", "-"), {"procedure_code": "1.004873"}, None, "applicant"),
        (("intake", "-"), {**DOSSIER, "procedure_code": "9.999999"}, None, "procedure_code"),
        (("intake", "-"), {**DOSSIER, "colour": "red"}, "JSON_UNKNOWN_MEMBER", "colour"),
        (("intake", "-"), b"{", "JSON_DAMAGED", None),
        (("fee",), [], "FEE_LINES_MISSING", "lines"),
        (("logbook", "nothing", "--year", "2026", "--out", "x.pdf"), None, "BOOK_UNKNOWN", None),
        (("logbook", "dossiers", "--year", "2026", "--out", "x.doc"), None, None, "out"),
        (("import-dossiers", "x.csv"), None, "FILE_KIND_UNKNOWN", "file"),
        (("users", "disable", "clerk"), None, "LAST_ADMINISTRATOR", "login"),
        (("users", "reset", "nobody"), None, "USER_UNKNOWN", "login"),
        (("users", "add", "moi", "--name", "Lê 😀", "--role", "clerk"), None, "TEXT_UNPRINTABLE", "full_name"),
        (("settings", "set", "colour=red"), None, "SETTING_UNKNOWN", "colour"),
        (("settings", "set", "phone=☎"), None, "TEXT_UNPRINTABLE", "phone"),
    ])
    def test_a_broken_rule(self, scripted, words, stdin, code, field):
        value = scripted.value(*words, stdin=stdin, code=3)
        assert unlike(value, {"error": PROBLEM, "errors": [PROBLEM]}) == []
        assert code in (None, value["error"]["code"])
        assert (value["error"]["field"] or "").split(".")[0] == (field or "")
        assert value["error"] == value["errors"][0]

    @pytest.mark.parametrize("words", [
        ("intake", "/no/such/file.json"), ("appointment", "/no/such/file.json"), ("import-dossiers", "/no/such/file.jsonl"),
        ("catalogue", "import", "/no/such/file.json"), ("calendar", "import", "/no/such/file.json"), ("fee", "/no/such/file.json"),
    ])
    def test_a_file_that_is_not_there_is_the_surroundings(self, scripted, words):
        value = scripted.value(*words, code=4)
        assert unlike(value, {"error": PROBLEM}) == []
        assert "/no/such/file" in value["error"]["message"], "a person must know which file"

    @pytest.mark.parametrize("verb", sorted(verb for verbs in MODULES.values() for verb in verbs))
    def test_words_that_are_off(self, scripted, verb):
        for words in ((verb, "--no-such-option"), (verb, "a", "b", "c", "d", "--x")):
            exit_code, out, err = scripted(*words)
            assert (exit_code, out) == (2, ""), words
            assert "usage:" in err

    @pytest.mark.parametrize("verb", sorted(set(sum(MODULES.values(), ())) - {"init", "demo", "fee", "card", "appointment", "calendar", "doctor", "diagnostics"}))
    def test_where_no_desk_is_every_verb_that_needs_one_says_so(self, scripted, tmp_path, verb):
        words = {
            "users": ("users", "list"), "recover": ("recover",), "intake": ("intake", "-"), "show": ("show", "x"), "search": ("search", "x"),
            "list": ("list",), "slip": ("slip", "x", "--out", tmp_path / "x.pdf"), "logbook": ("logbook", "dossiers", "--out", tmp_path / "x.pdf"),
            "import-dossiers": ("import-dossiers", tmp_path / "x.jsonl"), "catalogue": ("catalogue", "list"), "numbers": ("numbers", "show"),
            "export-dossiers": ("export-dossiers", "--from", "2026-01-01", "--to", "2026-01-02", "--out", tmp_path / "x.jsonl"),
            "settings": ("settings", "show"),
        }.get(verb)
        if words is None:
            pytest.skip("a newer verb, with tests of its own")
        elsewhere = Caller(tmp_path / "nowhere")
        value = elsewhere.value(*words, stdin=DOSSIER, code=3)
        assert value["error"]["code"] == "NO_DESK"
        assert not elsewhere.folder.exists(), "looking makes nothing"


class TestWhoActs:
    """The key is enough only where a script made the desk (decision 29)."""

    ACTS = (("show", "x"), ("search", "x"), ("list",), ("intake", "-"), ("slip", "x", "--out", "x.pdf"), ("logbook", "dossiers", "--out", "x.json"),
            ("users", "add", "moi", "--name", "Hồ Thị Mẫu", "--role", "clerk"), ("users", "reset", "vidu"), ("users", "disable", "vidu"),
            ("settings", "show"), ("settings", "set", "phone=1"), ("numbers", "set", "--fallback"), ("import-dossiers", "x.jsonl"),
            ("export-dossiers", "--from", "2026-01-01", "--to", "2026-01-02", "--out", "x.jsonl"))

    def test_a_desk_of_the_window_asks_before_anything_personal_or_written(self, windowed):
        for words in self.ACTS:
            value = windowed.value(*words, stdin=DOSSIER, code=3)
            assert (value["error"]["code"], value["error"]["field"]) == ("LOGIN_NEEDED", "user"), words

    def test_it_answers_what_is_nobodys_secret(self, windowed):
        for words in (("catalogue", "list"), ("calendar", "show", "2026"), ("users", "list"), ("numbers", "show")):
            assert windowed(*words)[0] == 0, words

    def test_it_lets_its_person_in_by_the_password(self, windowed, monkeypatch):
        monkeypatch.setenv("COUNTER_PASSWORD", PASSWORD)
        assert windowed.value("--user", "vidu", "list") == {"dossiers": [], "total": 0}
        assert windowed.value("list") == {"dossiers": [], "total": 0}, "there is only one it can be"
        monkeypatch.setenv("COUNTER_PASSWORD", "falsch-falsch")
        assert windowed.value("--user", "vidu", "list", code=3)["error"]["code"] == "WRONG_PASSWORD"

    def test_a_second_account_ends_the_key_alone_and_closing_it_brings_nothing_back(self, scripted, tmp_path, monkeypatch):
        shutil.copytree(scripted.folder, tmp_path / "desk")
        desk = Caller(tmp_path)
        assert desk("list")[0] == 0
        made = desk.value("users", "add", "mau", "--name", "Lê Văn Mẫu", "--role", "administrator")
        assert desk.value("list", code=3)["error"]["code"] == "LOGIN_NEEDED"
        assert desk.value("users", "disable", "clerk", code=3)["error"]["code"] == "LOGIN_NEEDED", "nobody shuts another out without a password"
        monkeypatch.setenv("COUNTER_PASSWORD", made["password"])
        assert desk.value("--user", "mau", "users", "disable", "clerk") == {"login": "clerk", "disabled": True}
        monkeypatch.setenv("COUNTER_PASSWORD", scripted.made["password"])
        assert desk.value("--user", "clerk", "list", code=3)["error"]["code"] == "USER_DISABLED"
        monkeypatch.delenv("COUNTER_PASSWORD")
        assert desk.value("list", code=3)["error"]["code"] == "LOGIN_NEEDED", "one open account is not one account"

    def test_the_password_that_was_printed_once_opens_the_desk(self, scripted, monkeypatch):
        monkeypatch.setenv("COUNTER_PASSWORD", scripted.made["password"])
        for words in (("--user", "clerk", "list"), ("list",)):
            assert scripted.taken["code"] in {row["code"] for row in scripted.value(*words)["dossiers"]}

    def test_reading_a_name_and_writing_are_on_the_trail_of_the_one_person(self, scripted):
        shown = scripted.value("show", scripted.taken["code"])
        assert {event["actor"]["user_id"] for event in shown["events"]} == {"u-0001"}
        assert date.fromisoformat(shown["received_at"][:10]) == FakeClock().now().date()
