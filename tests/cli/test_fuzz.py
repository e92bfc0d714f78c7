"""Whatever stands in a call or comes in on standard input: one JSON value, a promised exit code, never a bug report (issue of bad input)."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from counter_app.cli.main import main
from counter_app.security.passwords import Argon2Passwords
from counter_app.support.resources import shipped_json
from tests.cli.test_dossier_verbs import DOSSIER
from tests.conftest import CHEAP, PASSWORD
from tests.examples import examples

PROMISED = {0, 2, 3, 4, 5}
CASUAL = settings(max_examples=examples(12), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
FEW = settings(CASUAL, max_examples=examples(10))
CARD = "067190000456||Trần Thị Ví Dụ|15031990|Nữ|Thôn Mẫu 3, xã Đắk Mil|01072025"


class Caller:
    """Calls the command line in this process, as a script would, on one desk for all calls of a module."""

    def __init__(self, home):
        self.home = home
        self.desk = home / "desk"
        self.reports = home / "state" / "reports"

    def __call__(self, *words, stdin=b""):
        """Return exit code, standard output and standard error; the two promises that every call keeps are looked after here."""
        given_in = stdin if isinstance(stdin, bytes) else json.dumps(stdin).encode()
        out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
        with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given_in), "utf-8"))
            code = main(["--data-dir", str(self.desk), "--json", *map(str, words)])
            out.flush()
            err.flush()
        said, told = out.buffer.getvalue().decode(), err.buffer.getvalue().decode()
        assert code in PROMISED, (words, code, said, told)
        assert "Traceback" not in said + told
        assert not list(self.reports.glob("*")), "a report of a bug was saved"
        return code, said, told

    def value(self, *words, stdin=b""):
        """Return exit code and the one JSON value; a call whose words are off has none."""
        code, said, _ = self(*words, stdin=stdin)
        if code == 2:
            assert said == ""
            return code, None
        value = json.loads(said)
        if code in (3, 4):
            assert set(value["error"]) == {"code", "field", "message"}
            assert value["error"]["message"] not in ("", value["error"]["code"])
        return code, value


@pytest.fixture(scope="module")
def counter(desk_template, tmp_path_factory):
    home = tmp_path_factory.mktemp("fuzzed")
    shutil.copytree(desk_template, home, dirs_exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COUNTER_STATE_DIR", str(home / "state"))
        patch.setenv("COUNTER_KEY_FILE", str(home / "desk.key"))
        patch.setattr(Argon2Passwords.__init__, "__kwdefaults__", CHEAP)
        patch.setenv("COUNTER_PASSWORD", PASSWORD)
        made = Caller(home)
        assert made.value("intake", "-", stdin=DOSSIER)[0] == 0
        yield made


scalars = (
    st.none() | st.booleans() | st.integers() | st.just(10**40) | st.just(-(2**63)) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=12) | st.sampled_from([
        "", " ", "\x00", "\ud83d", "067190000456", "2026-11-20", "20/11/2026", "2026-11-20T09:00", "9999-12-31T23:59:59", "0001-01-01",
        "person", "desk", "postal", "cash", "exempt", "working_day", "phases", "x" * 400, "\u202e", "e\u0301", "1.004873", "a5"]))


def jsons(names):
    return st.recursive(
        scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(names) | st.text(max_size=5), inner, max_size=5),
        max_leaves=12)


def paths_of(value, path=()):
    """Yield the path of every member of a JSON value, inner ones too."""
    if isinstance(value, dict | list):
        for name, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield (*path, name)
            yield from paths_of(inner, (*path, name))


def changed(value, path, new):
    """Return a JSON value with one place changed."""
    if not path:
        return new
    copied = dict(value) if isinstance(value, dict) else list(value)
    copied[path[0]] = changed(copied[path[0]], path[1:], new)
    return copied


WHOLE = {
    **DOSSIER, "received_at": "2026-01-05T09:00:00", "entered_later": "Mất điện", "case": None,
    "submitter": {"full_name": "Nguyễn Văn Mẫu", "id_number": "067190000124", "relation": "con"},
    "documents": [{"name": "Tờ khai", "original": 1, "copy": 0, "photocopy": 2, "shown_only": False}],
    "result_delivery": {"method": "postal", "address": "Thôn 2"},
}
INTAKE_PATHS = list(paths_of(WHOLE))


@CASUAL
@given(st.sampled_from(INTAKE_PATHS), scalars | jsons(["full_name", "name", "method"]))
@example(("sets",), 10**40)
@example(("fees", 0, "amount_vnd"), 10**19)
@example(("documents", 0, "original"), -(2**63))
@example(("received_at",), "0001-01-01T00:00:00")
@example(("received_at",), "9999-12-31T23:59:59")
@example(("applicant", "birth_date"), "29/02/2023")
def test_a_dossier_with_any_place_changed(counter, path, new):
    code, value = counter.value("intake", "-", stdin=changed(WHOLE, path, new))
    assert code in (0, 3)
    assert (code == 0) == ("code" in value)


@FEW
@given(st.binary(max_size=200))
@example(b"[" * 100_000)
@example(b'{"a":' * 3000)
@example(b"\xef\xbb\xbf{}")
@example(b"1" * 5000)
@example(b'"\\ud800"')
def test_any_bytes_for_a_dossier(counter, data):
    assert counter.value("intake", "-", stdin=data)[0] == 3


APPOINTMENT = {
    "received_at": "2026-11-20T14:20", "limit": {"value": 3, "unit": "working_day"}, "options": {"cutoff": "15:00"},
    "calendar": {"profile": "standard"}, "events": [{"type": "extended", "at": "2026-11-23T15:00", "value": 2}], "finished_at": None}


@CASUAL
@given(st.sampled_from(list(paths_of(APPOINTMENT))), jsons(["phases", "value", "unit", "type", "at"]))
@example(("limit", "value"), 10**40)
@example(("received_at",), "9999-12-31T23:59:59")
@example(("limit",), {"value": 600, "unit": "month"})
@example(("received_at",), "0001-01-01T00:00")
def test_an_appointment_with_any_place_changed(counter, path, new):
    code, value = counter.value("appointment", "-", stdin=[changed(APPOINTMENT, path, new)])
    if code == 3:
        assert value["error"]["code"] == "JSON_DAMAGED", "in a list every answer stands at its place; only what is no JSON has none"
        return
    assert code == 0
    assert set(value[0]) >= {"effective_received_at", "due_at", "history", "classification", "explanation"}
    counter.value("appointment", "-", stdin=changed(APPOINTMENT, path, new))


LINES = {"lines": [{"kind": "copy", "pages": 3, "copies": 2}, {"kind": "signature", "quantity": 1}]}


@CASUAL
@given(st.sampled_from(list(paths_of(LINES))), jsons(["kind", "pages", "copies", "quantity"]))
@example(("lines", 0, "pages"), 10**40)
@example(("lines", 0, "copies"), 1.5)
@example(("lines", 1, "quantity"), True)
def test_fees_of_anything(counter, path, new):
    code, value = counter.value("fee", "-", stdin=changed(LINES, path, new))
    assert code in (0, 3)
    if code == 0 and value["error"] is None:
        assert value["total"] == sum(value["amounts"])


@CASUAL
@given(st.text(max_size=80) | st.lists(st.text(max_size=12), min_size=6, max_size=11).map("|".join))
@example(CARD)
@example("|" * 1000)
@example(CARD + "|" * 500)
def test_cards_of_anything(counter, text):
    code, value = counter.value("card", "-", "--today", "2026-11-20", stdin=text.encode("utf-8", "surrogatepass"))
    assert code == 0
    assert set(value) == {"ok", "error", "value", "warnings"}
    assert value["ok"] == (value["error"] is None)


words = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=30) | st.sampled_from(
    ["\udcff\udcfe", "%", "_", "*", '"', "'", "' OR 1=1 --", '"a" OR b', "NEAR(a b)", "a*", "-x", "H36.50.05-261120-0001", "😀", "đ" * 200])


@CASUAL
@given(st.sampled_from([("search", "--"), ("search", "tran"), ("show", "--")]), words)
@example(("search", "--"), "\udce1\udcbb\udc85")
@example(("search", "--"), 'x" OR "y')
@example(("show", "--"), "a AND NOT b")
@example(("show", "--"), "%")
def test_any_word_can_be_searched_and_shown(counter, call, word):
    code, value = counter.value(*call, word)
    if call[0] == "search" and code == 0:
        assert set(value) == {"dossiers", "total"}


numbers = st.integers(-(10**6), 10**6).map(str) | st.sampled_from(
    ["", "x", "-1", "0", "9" * 30, "9" * 5000, "1e3", "٣", " 7 ", "1_0", "0x10", "99999999999999999999"])
days = st.sampled_from(["", "2026-02-30", "30/02/2026", "0000-01-01", "9999-12-31", "1800-01-01", "2026-11-20", "20112026", "heute", "1799-12-31"])


CALLS = (
    "list --limit {one} --offset {other}", "search tran --limit {one}", "calendar show {one}", "logbook dossiers --close-year {one}",
    "logbook dossiers --year {one} --volume {other} --out {out}/book.json", "logbook dossiers --from {start} --to {end} --out {out}/book.xlsx",
    "export-dossiers --from {start} --to {end} --out {out}/lines.jsonl", "catalogue list --on {start}", "card --today {start} -",
    "fee --on {end} -", "numbers confirm --day {start} --last {one}", "numbers allow-recovery --day {start} --generation {one}",
    "numbers burned --from {start} --to {end}", "catalogue activate 9 --from {start}",
    "catalogue override 1.004873 --decision 12 --from {start} --to {end} --limit {one} --unit month",
)
BIG, LAST, FIRST = "9" * 20, "9999-12-31", "1800-01-01"


@settings(CASUAL, max_examples=examples(15))
@given(st.sampled_from(CALLS), numbers, numbers, days, days)
@example(CALLS[4], "2026", BIG, "", "")
@example(CALLS[5], "", "", FIRST, LAST)
@example(CALLS[6], "", "", FIRST, LAST)
@example(CALLS[10], BIG, "", LAST, "")
@example(CALLS[12], "", "", FIRST, LAST)
@example(CALLS[14], BIG, "", LAST, LAST)
def test_any_number_and_any_day_in_the_words(counter, call, one, other, start, end):
    told = {"one": one, "other": other, "start": start, "end": end, "out": counter.home / "out"}
    counter.value(*(word.format(**told) for word in call.split(" ")), stdin=LINES)


@FEW
@given(st.lists(st.sampled_from([
    "init", "demo", "intake", "show", "search", "list", "slip", "logbook", "import-dossiers", "export-dossiers", "users", "doctor", "fee", "card",
    "catalogue", "calendar", "appointment", "numbers", "add", "reset", "--json", "--lang", "xx", "--out", "--user", "--", "-", "--data-dir", "",
    "nobody"]), max_size=6).filter(lambda call: not {"demo", "init"} & set(call)))
def test_any_words_in_any_order(counter, call):
    code, said, _ = counter(*call)
    if code != 2 and "-h" not in call:
        json.loads(said)


CALENDAR = shipped_json("calendar/calendar.json")
CATALOGUE = shipped_json("catalogue/procedures.json")
CATALOGUE = {**CATALOGUE, "meta": {"version": "2027.01", "title": "x"}, "procedures": CATALOGUE["procedures"][:3]}
FILES = {"calendar": CALENDAR, "catalogue": CATALOGUE}


@CASUAL
@given(st.sampled_from(sorted(FILES)), st.randoms(use_true_random=False), jsons(["date", "value"]))
def test_rule_files_with_any_place_changed(counter, kind, chance, new):
    """A good one is taken, a damaged one is refused at its place; nothing in between."""
    document = changed(FILES[kind], chance.choice(PATHS[kind]), new)
    path = counter.home / f"{kind}.json"
    path.write_text(json.dumps(document), "utf-8")
    code, _ = counter.value(kind, "import", path)
    assert code in (0, 3, 5)
    if kind == "catalogue" and code == 3:
        assert counter.value("catalogue", "diff", path)[0] in (3, 0, 5)
    if kind == "calendar" and code in (0, 5):
        counter.value("calendar", "show", "2026")


PATHS = {kind: list(paths_of(document)) for kind, document in FILES.items()}
OLDER = {
    "code": "H36.50.05-251102-0001", "field": "Hộ tịch", "procedure_code": "1.004873", "channel": "postal", "received_at": "2025-11-02T08:00:00",
    "due_history": [{"set_at": "2025-11-02T08:00:00", "due_at": "2025-11-05T08:00:00"}], "closed_at": "2025-11-11T16:00:00",
    "closed_as": "returned", "supplement_open_from": "2025-11-03T09:00:00", "supplement_open_to": "2025-11-06T08:00:00",
    "applicant": {"full_name": "Trần Thị Ví Dụ", "id_number": "067190000123", "phone": "0900 000 012", "address": "Thôn Mẫu 3"}}
OLDER_PATHS = list(paths_of(OLDER))


@CASUAL
@given(st.lists(st.tuples(st.sampled_from(OLDER_PATHS), scalars), min_size=1, max_size=4), st.sampled_from([".jsonl", ".xlsx", ".csv", ""]))
def test_older_dossiers_with_any_place_changed(counter, changes, suffix):
    """Each line is kept or listed as bad; none is lost and none is a bug."""
    path = counter.home / f"older{suffix}"
    path.write_text("\n".join(json.dumps(changed(OLDER, *change)) for change in changes) + "\n", "utf-8")
    code, value = counter.value("import-dossiers", path)
    if suffix == ".jsonl":
        assert code in (0, 5)
        assert value["kept"] + len(value["bad"]) == len(changes)
        assert all(error["message"] for bad in value["bad"] for error in bad["errors"])
    else:
        assert (code, value["error"]["code"]) == (3, "TABLE_DAMAGED" if suffix == ".xlsx" else "FILE_KIND_UNKNOWN")


def test_the_desk_is_well_after_all_of_it(counter):
    """Nothing that was refused left anything behind: the doctor finds the audit chain, the numbers and the database whole."""
    code, value = counter.value("doctor")
    bad = {check["name"]: check["message"] for check in value["checks"] if check["state"] == "bad"}
    assert (code, bad) == (0, {})
    taken = counter.value("list", "--limit", "499")[1]
    codes = [row["code"] for row in taken["dossiers"]]
    assert len(codes) == len(set(codes)) == taken["total"] > 0


@pytest.mark.parametrize("words", [["calendar", "show", "2026"], ["--json", "calendar", "show", "2026"]])
def test_a_reader_that_goes_away_is_no_failure(tmp_path, words):
    """``counter … | head -1``: what nobody reads any more is not a fault of the disk."""
    call = [sys.executable, "-m", "counter_app", "--data-dir", str(tmp_path), *words]
    process = subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=Path(__file__).parents[2])
    process.stdout.close()
    told = process.stderr.read()
    process.stderr.close()
    assert (process.wait(60), told) == (0, b"")
