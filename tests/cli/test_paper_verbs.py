"""Digitised papers without a window: seen, used again, taken out, shelved, kept, handed over, destroyed."""

from datetime import date, timedelta

import pypdfium2
import pytest

from tests.cli.test_file_verbs import DOSSIER, call, received

__all__ = ["call", "received"]
PAPER = {"id", "file_id", "stored", "part", "paper", "digitised", "pages", "filename", "sha256", "result_code", "number", "box", "folder",
         "kept_until", "archived_on"}
TODAY = date.today()  # noqa: DTZ011  as the desk's clock says
YESTERDAY = (TODAY - timedelta(days=1)).isoformat()


@pytest.fixture
def paper(call, received):
    assert call("file-scans", received["slip"])[0] == 0
    (file,) = call("papers", "list", received["code"])[1]["files"]
    return file


def test_the_papers_of_a_dossier_and_how_far_it_is(call, received, paper):
    code, value = call("papers", "list", received["code"])
    assert (code, value.keys()) == (
        0, {"code", "components_digitised", "results_digitised", "reused", "papers", "files"})
    assert paper.keys() == PAPER
    assert [each["digitised"] for each in value["papers"] if each["wanted"]] == [1]
    assert (value["components_digitised"], value["results_digitised"], value["reused"]) == (True, False, False)
    assert received["code"] not in call("papers", "list", received["code"], as_json=False)[1], "people see papers, not codes"


def test_a_paper_is_opened(call, paper, tmp_path):
    code, value = call("papers", "open", paper["id"], "--out", tmp_path / "a.pdf")
    assert (code, value["out"]) == (0, str(tmp_path / "a.pdf"))
    with pypdfium2.PdfDocument(tmp_path / "a.pdf") as document:
        assert len(document) == paper["pages"]
    code, value = call("papers", "open", "nothing", "--out", tmp_path / "b.pdf")
    assert (code, value["error"]["code"]) == (3, "FILE_UNKNOWN")


def test_an_earlier_paper_is_offered_and_used_again(call, received, paper):
    second = call("intake", "-", stdin=DOSSIER)[1]["code"]
    assert [each["id"] for each in call("papers", "reuse", second)[1]["files"]] == [paper["id"]]
    part = call("papers", "list", second)[1]["papers"][0]["part"]
    code, value = call("papers", "reuse", second, part, paper["id"])
    assert (code, value["reused"], value["files"][0]["digitised"], value["files"][0]["stored"]) == (0, True, 2, paper["stored"])
    assert call("verify")[0] == 0


def test_a_file_is_taken_out(call, received, paper):
    code, value = call("papers", "take-out", received["code"], paper["file_id"], "Quét nhầm")
    assert (code, value["files"], value["components_digitised"]) == (0, [], False)
    assert call("show", received["code"])[1]["files"][0]["unlinked"] == "Quét nhầm"


def test_the_way_into_the_archive(call, received, paper):
    assert call("papers", "shelve", paper["id"], "--box", "Hộp 1", "--folder", "Cặp 2") == (0, {"changed": [paper["id"]]})
    assert call("papers", "keep", paper["id"], "--until", YESTERDAY)[0] == 0
    assert [each["id"] for each in call("papers", "due")[1]["files"]] == [paper["id"]]
    assert call("papers", "hand-over", paper["id"], "--on", YESTERDAY)[0] == 0
    listed = call("papers", "handed-over", "--from", YESTERDAY, "--to", TODAY.isoformat())[1]
    assert [(each["box"], each["folder"], each["archived_on"]) for each in listed["files"]] == [("Hộp 1", "Cặp 2", YESTERDAY)]
    assert call("papers", "due")[1]["total"] == 0
    assert call("papers", "destroy", paper["stored"], "đã nộp lưu trữ")[0] == 0
    assert call("papers", "open", paper["id"], "--out", "x.pdf")[1]["error"]["code"] == "FILE_DESTROYED"
    assert call("verify")[0] == 0, "a destroyed file is no difference"
    assert call("papers", "keep", paper["id"], "--until", "for-ever")[0] == 0
    assert call("papers", "list", received["code"])[1]["files"][0]["kept_until"] is None


@pytest.mark.parametrize(("words", "code"), [
    (("destroy", "no-file", "x"), "FILE_UNKNOWN"), (("shelve", "nothing"), "FILE_UNKNOWN"),
    (("list", "H36.50.05-261120-9999"), "DOSSIER_UNKNOWN"), (("hand-over", "x", "--on", "2089-01-01"), "HAND_OVER_IN_FUTURE"),
])
def test_what_is_off_is_a_broken_rule(call, words, code):
    exit_code, value = call("papers", *words)
    assert (exit_code, value["error"]["code"]) == (3, code)


def test_a_file_that_must_be_kept_is_not_destroyed(call, paper):
    assert call("papers", "destroy", paper["stored"], "x")[1]["error"]["code"] == "FILE_STILL_KEPT"
