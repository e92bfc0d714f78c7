"""The demonstration from the command line: everything promised is there, and every slip can be scanned."""

import json
import re
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from counter_app.cli.main import main
from counter_app.domain.codes import read_slip_qr
from counter_app.security.passwords import Argon2Passwords
from tests.conftest import CHEAP
from tests.scanning.devices.conftest import sane_folder, test_device  # noqa: F401  fixtures


@pytest.fixture
def demo(home, capsys):
    def run(out, *words):
        code = main(["demo", "--out", str(out), *words, "--json"])
        return code, json.loads(capsys.readouterr().out)

    return run


@pytest.fixture(scope="module")
def day(tmp_path_factory):
    """The demonstration as it is when nobody says more: its folder and its summary, for tests that only look at it."""
    place = tmp_path_factory.mktemp("day")
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(StringIO()) as said:
        patch.setenv("COUNTER_STATE_DIR", str(place / "state"))
        patch.setenv("COUNTER_KEY_FILE", str(place / "desk.key"))
        patch.setattr(Argon2Passwords.__init__, "__kwdefaults__", CHEAP)
        assert main(["demo", "--out", str(place / "demo"), "--json"]) == 0
    return place / "demo", json.loads(said.getvalue())


def scanned(path):
    with pypdfium2.PdfDocument(path) as document:
        page = document[0]
        picture = page.render(scale=200 / 72).to_pil()
        page.close()
    return {code.text for code in zxingcpp.read_barcodes(picture)}


def test_a_whole_day(demo, tmp_path):
    out = tmp_path / "demo"
    code, summary = demo(out, "--dossiers", "12", "--seed", "3")
    assert code == 0
    assert json.loads((out / "summary.json").read_text("utf-8")) == summary
    assert set(summary) >= {"dossiers", "books", "reports", "counts", "seconds"}
    assert (len(summary["dossiers"]), summary["counts"]["received"], summary["counts"]["overdue"]) == (12, 12, 2)
    for each in summary["dossiers"]:
        assert set(each) == {"code", "procedure_code", "received_at", "due_at", "status", "slip"}
        assert Path(each["slip"]) == out / "slips" / f"{each['code']}.pdf"
    for each in summary["dossiers"][:4]:
        texts = scanned(each["slip"])
        assert each["code"] in texts
        assert each["code"] in {read_slip_qr(text) for text in texts}
    assert {"dossiers", "fees", "results", "SCT-BS", "digitised"} <= {Path(name).stem for name in summary["books"]}
    assert {Path(name).stem for name in summary["reports"]} == {"II.06a", "07a", "766", "weekly", "on-the-spot"}
    for files, folder in ((summary["books"], out / "books"), (summary["reports"], out / "reports"), (summary["forms"], out / "forms")):
        assert {Path(path) for path in files.values()} == set(folder.iterdir())
        assert all(Path(path).stat().st_size > 300 for path in files.values())
    (stack, *others) = summary["scans"]
    assert [each["code"] for each in stack["dossiers"]] == [each["code"] for each in summary["dossiers"][:3]]
    assert (stack["unfiled"], len(others) <= 1) == ([], True), "the slips of the first dossiers were a stack"
    lines = json.loads((out / "books" / "digitised.json").read_text("utf-8"))["lines"]
    assert len(lines) == sum(len(each["files"]) for made in summary["scans"] for each in made["dossiers"])
    for files in (summary["books"], summary["reports"]):
        stems = [Path(name).stem for name in files]
        assert all(stems.count(stem) == 3 for stem in stems), "each as PDF, Excel and JSON"
    assert len(json.loads((out / "books" / "dossiers.json").read_text("utf-8"))["lines"]) == 12 + summary["counts"]["certified"]
    assert summary["counts"]["certification_numbers"] >= summary["counts"]["certified_visits"] == 6


def test_where_sane_has_its_test_device_a_sheet_is_scanned_too(demo, tmp_path, sane_folder, test_device):  # noqa: F811
    _, summary = demo(tmp_path / "demo", "--dossiers", "5")
    stack, glass = summary["scans"]
    assert [each["code"] for each in glass["dossiers"]] == [summary["dossiers"][3]["code"]]
    assert (glass["unfiled"], [each["pages"] for each in glass["dossiers"]]) == ([], [1])
    assert len(stack["dossiers"]) == 3


def test_forms_books_and_reports_tell_the_same_day(day):
    out, summary = day
    of_one = [(*re.fullmatch(r"(H36\.50\.05-\d{6}-\d{4})-(.+)", name).groups(), path)
              for name, path in summary["forms"].items() if name.startswith("H36")]
    kinds = {kind: (code, path) for code, kind, path in of_one}
    assert {"02", "03", "04", "05", "06", "result"} <= set(kinds)
    for code, path in kinds.values():
        assert code in scanned(path), path
    counts = summary["counts"]
    assert counts["certification_numbers"] == sum(
        len(json.loads((out / "books" / name).read_text("utf-8"))["lines"])
        for name in summary["books"] if name.startswith("SCT") and name.endswith(".json"))
    report = json.loads((out / "reports" / "II.06a.json").read_text("utf-8"))
    assert report["period"] == {"from": "2026-09-15", "to": "2026-11-20"}
    assert report["total"]["c3"] == counts["all"]
    assert json.loads((out / "reports" / "weekly.json").read_text("utf-8"))["period"]["to"] == "2026-11-19", "Thursday"


def test_no_slip_of_the_day_needs_a_second_page_a_copy(day):
    _, summary = day
    assert len(summary["dossiers"]) == 40
    for each in summary["dossiers"]:
        with pypdfium2.PdfDocument(each["slip"]) as document:
            assert len(document) == 2, each["code"]


def test_again_in_the_same_folder(demo, tmp_path):
    out = tmp_path / "demo"
    first, second = demo(out, "--dossiers", "5")[1], demo(out, "--dossiers", "3")[1]
    assert [each["code"] for each in first["dossiers"]][:3] == [each["code"] for each in second["dossiers"]]
    assert len(list((out / "slips").iterdir())) == 3, "nothing of the first one is left"


def test_the_desk_it_leaves_is_a_desk(day, capsys, monkeypatch):
    out, _ = day
    monkeypatch.setenv("COUNTER_STATE_DIR", str(out.parent / "state"))
    monkeypatch.setenv("COUNTER_KEY_FILE", str(out.parent / "desk.key"))
    assert main(["--data-dir", str(out / "desk"), "--json", "search", "mau"]) == 0
    assert json.loads(capsys.readouterr().out)["total"] > 3


def test_a_desk_of_somebody_is_left_alone(demo, tmp_path):
    (tmp_path / "demo" / "desk").mkdir(parents=True)
    code, value = demo(tmp_path / "demo")
    assert (code, value["error"]["code"]) == (3, "DEMO_FOLDER_TAKEN")


@pytest.mark.parametrize("summary", ["{}", "[]", "no JSON", '{"dossiers": [], "counts": {}}'])
@pytest.mark.usefixtures("home")
def test_a_summary_of_something_else_gives_no_desk_away(tmp_path, summary):
    out = tmp_path / "work"
    assert main(["--data-dir", str(out / "desk"), "init", "--agency", "H36.50.05", "--commune", "Xã Đắk Mil", "--province", "Lâm Đồng",
                 "--desk", "1"]) == 0
    (out / "summary.json").write_text(summary, "utf-8")
    before = (out / "desk" / "desk.db").read_bytes()
    assert main(["demo", "--out", str(out)]) == 3
    assert (out / "desk" / "desk.db").read_bytes() == before


def test_no_demonstration_is_left_in_the_folder_of_a_desk(demo, desk_dir):
    code, value = demo(desk_dir)
    assert (code, value["error"]["code"]) == (3, "DEMO_FOLDER_TAKEN")
    assert not (desk_dir / "books").exists()


@pytest.mark.parametrize("words", [("--dossiers", "0"), ("--dossiers", "many"), ("--seed", "x")])
def test_words_that_are_off_are_code_2(tmp_path, words):
    assert main(["demo", "--out", str(tmp_path / "x"), *words]) == 2
