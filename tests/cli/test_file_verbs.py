"""Filing scans without a window: slips of the desk itself as the stack, real clean-up and PDF/A, one JSON value."""

import io
import json
import sys
from pathlib import Path

import pytest
from PIL import Image

from counter_app.cli.main import main
from tests.conftest import PASSWORD
from tests.scanning.devices.escl_server import Behaviour, Scanner

DOSSIER = {
    "procedure_code": "1.004873",
    "applicant": {"kind": "person", "full_name": "Trần Thị Ví Dụ", "id_number": "067190000123", "address": "Thôn Mẫu 3", "phone": "0900 000 012"},
}
FILE = {"name", "part", "pages", "sha256", "known"}


@pytest.fixture
def call(desk_dir, capsys, monkeypatch):
    monkeypatch.setenv("COUNTER_PASSWORD", PASSWORD)

    def run(*words, stdin=None, as_json=True):
        if stdin is not None:
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(stdin).encode()), "utf-8"))
        code = main(["--data-dir", str(desk_dir), *(["--json"] if as_json else []), *map(str, words)])
        out = capsys.readouterr().out
        return code, json.loads(out) if as_json else out

    return run


@pytest.fixture
def received(call):
    return call("intake", "-", stdin=DOSSIER)[1]


def test_the_slip_itself_is_filed_with_its_dossier_and_shown(call, received):
    code, value = call("file-scans", received["slip"])
    assert (code, value.keys()) == (0, {"dossiers", "unfiled", "blank", "warnings", "batch"})
    (dossier,) = value["dossiers"]
    (file,) = dossier["files"]
    assert (dossier["code"], dossier["pages"], value["unfiled"], value["batch"]) == (received["code"], file["pages"], [], None)
    assert file.keys() == FILE
    shown = call("show", received["code"])[1]
    (known,) = shown["files"]
    assert {"sha256", "part", "pages", "state"} <= known.keys()
    assert (known["sha256"], known["part"], known["pages"], known["state"], known["digitised"]) == (
        file["sha256"], file["part"], file["pages"], "saved", 1)
    assert [event["type"] for event in shown["events"]][-1] == "attachment.linked"
    assert shown["ho_so"]["TaiLieuNop"][0]["TenTepDinhKem"] == file["name"]
    assert call("verify")[0] == 0, "everything agrees afterwards"
    again = call("file-scans", received["slip"])[1]
    assert [each["known"] for each in again["dossiers"][0]["files"]] == [True]
    assert len(call("show", received["code"])[1]["files"]) == 1


def test_a_dry_run_only_tells(call, received):
    code, value = call("file-scans", received["slip"], "--dry-run")
    assert code == 0
    assert [file["sha256"] for file in value["dossiers"][0]["files"]] == [None]
    assert call("show", received["code"])[1]["files"] == []


def test_papers_all_alike_are_divided_by_pages_and_filed_as_a_way_of_scanning_says(call, received, tmp_path):
    other = call("intake", "-", stdin=DOSSIER)[1]
    pages = call("file-scans", received["slip"], "--dry-run")[1]["dossiers"][0]["pages"]
    folder = tmp_path / "in"
    folder.mkdir()
    for at, each in enumerate((received, other)):
        (folder / f"{at}-a.pdf").write_bytes(Path(each["slip"]).read_bytes())
        Image.new("RGB", (1654, 2339), (250, 250, 250)).save(folder / f"{at}-b.png", dpi=(200, 200))
    code, value = call("file-scans", folder, "--pages-each", pages + 1, "--profile", "photo", "--dry-run")
    assert (code, {each["code"]: each["pages"] for each in value["dossiers"]}) == (0, {each["code"]: pages + 1 for each in (received, other)})
    assert value["blank"] == [], "a photo that is all one colour is no blank page"
    assert call("file-scans", folder, "--pages-each", 0)[1]["error"]["code"] == "SPLIT_PAGE_COUNT"
    assert call("file-scans", folder, "--profile", "fast")[1]["error"]["code"] == "SCAN_PROFILE_UNKNOWN"
    assert call("file-scans", "--waiting")[0] == 0, "nothing was begun"


def test_a_dossier_and_a_number_of_pages_are_two_ways_to_divide(desk_dir, capsys):
    assert main(["--data-dir", str(desk_dir), "file-scans", "x.pdf", "--dossier", "A", "--pages-each", "2"]) == 2
    assert "--pages-each" in capsys.readouterr().err


def test_bad_files_wait_with_a_sentence_each(call, received, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "empty.pdf").write_bytes(b"")
    (tmp_path / "in" / "torn.pdf").write_bytes(b"%PDF-1.7 torn")
    (tmp_path / "in" / "words.pdf").write_text("no picture of paper")
    Image.new("RGB", (900, 1200), "white").save(tmp_path / "in" / "blank.png")
    code, value = call("file-scans", tmp_path / "in", received["slip"])
    assert code == 5
    assert [(each["page"], each["reason"]) for each in value["unfiled"]] == [
        ("empty.pdf", "FOREIGN_EMPTY"), ("torn.pdf", "FOREIGN_DAMAGED"), ("words.pdf", "FOREIGN_NO_PAGES")]
    assert all(each["message"].endswith(".") for each in value["unfiled"])
    assert value["blank"] == ["blank.png:1"]
    assert [each["code"] for each in value["dossiers"]] == [received["code"]]


def test_a_picture_without_a_code_waits_until_somebody_names_the_dossier(call, received, tmp_path):
    picture = Image.new("RGB", (900, 1200), "white")
    picture.paste("black", (100, 100, 700, 400))
    picture.save(tmp_path / "a.png")
    code, value = call("file-scans", tmp_path / "a.png")
    assert (code, [each["reason"] for each in value["unfiled"]]) == (5, ["FILE_NO_DOSSIER"])
    assert value["batch"]
    code, value = call("file-scans", tmp_path / "a.png", "--dossier", received["code"])
    assert (code, value["dossiers"][0]["code"]) == (0, received["code"])


def test_what_waits_is_listed_filed_and_thrown_away(call, received, tmp_path):
    picture = Image.new("RGB", (900, 1200), "white")
    picture.paste("black", (100, 100, 700, 400))
    picture.save(tmp_path / "a.png")
    assert call("file-scans", "--waiting") == (0, {"waiting": []})
    batch = call("file-scans", tmp_path / "a.png")[1]["batch"]
    code, value = call("file-scans", "--waiting")
    (row,) = value["waiting"]
    assert (code, row) == (5, {**row, "batch": batch, "pages": 1, "unfiled": 1, "problem": None})
    assert row.keys() == {"batch", "opened_at", "opened_by", "pages", "unfiled", "problem"}
    code, value = call("file-scans", "--batch", batch)
    assert (code, [(each["page"], each["reason"]) for each in value["unfiled"]]) == (5, [("1", "FILE_NO_DOSSIER")])
    code, value = call("file-scans", received["slip"])
    assert (code, [each["code"] for each in value["warnings"]]) == (0, ["SCANS_WAITING"])
    assert batch in call("file-scans", "--waiting", as_json=False)[1]
    assert call("file-scans", "--drop", batch) == (0, {"waiting": []})
    code, value = call("file-scans", "--batch", batch)
    assert (code, value["error"]["code"], value["error"]["field"]) == (3, "BATCH_UNKNOWN", "batch")


@pytest.mark.parametrize("words", [(), ("a.pdf", "--waiting"), ("--waiting", "--batch", "x"), ("--drop", "x", "a.pdf")])
def test_one_thing_at_a_time(call, words):
    assert call("file-scans", *words, as_json=False)[0] == 2


def test_for_people_it_is_a_line_a_dossier(call, received):
    code, out = call("file-scans", received["slip"], as_json=False)
    assert (code, received["code"] in out, "trang" in out) == (0, True, True)


@pytest.mark.parametrize(("words", "code"), [
    (("nowhere.pdf",), "FOREIGN_UNREADABLE"),
])
def test_a_file_that_is_not_there_waits_too(call, words, code):
    assert [each["reason"] for each in call("file-scans", *words)[1]["unfiled"]] == [code]


def test_a_scan_goes_to_its_dossier(call, received, tmp_path):
    with Scanner(Behaviour(resolutions=(200,))) as office:
        words = ("--profile", "dossier", "--dossier", received["code"], "--out", tmp_path / "out")
        code, value = call("scan", "--device", f"escl:{office.address}", *words)
    assert (code, value["confirmed"], value["blank"]) == (0, True, [])
    assert [each["code"] for each in value["dossiers"]] == [received["code"]]
    assert all((tmp_path / "out" / f"page-{page['ordinal']:04d}.jpg").exists() for page in value["pages"]), "the pages stay where they are"
