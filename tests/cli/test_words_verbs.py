"""Words on filed scans without a window: read with the real Tesseract, found by the desk's search, given out as a copy with text."""

import pypdfium2
import pytest

from counter_app.domain.text import fold
from counter_app.scanning import text
from tests.cli.test_file_verbs import call, received
from tests.cli.test_paper_verbs import paper

__all__ = ["call", "paper", "received"]
needs_reader = pytest.mark.skipif(text.find_reader() is None, reason="tesseract-ocr-vie is not installed")
ON_THE_SLIP = "giấy tiếp nhận hồ sơ hẹn trả"
"""Words of the form that was scanned, in no column of a dossier."""


@pytest.fixture
def failing(monkeypatch, tmp_path):
    """Tesseract as it is when every page is too much for it."""
    command = tmp_path / "tesseract"
    command.write_text("#!/bin/sh\nexit 1\n")
    command.chmod(0o755)
    monkeypatch.setattr(text, "find_reader", lambda: command)
    return command


@needs_reader
def test_a_filed_scan_is_read_and_its_dossier_found_by_it(call, received, paper):
    assert call("search", ON_THE_SLIP) == (0, {"dossiers": [], "total": 0})
    code, value = call("papers", "read-text")
    assert (code, value) == (0, {"pages_read": paper["pages"], "failures": 0, "waiting": 0, "given_up": []})
    code, value = call("search", ON_THE_SLIP)
    (found,) = value["dossiers"]
    assert (code, found["code"], value["total"]) == (0, received["code"], 1)
    assert found["seen_in_scan"] == {"paper": paper["paper"], "page": 1}
    assert "trang 1" in call("search", ON_THE_SLIP, as_json=False)[1]
    assert call("papers", "read-text")[1]["pages_read"] == 0, "once is enough"
    assert call("verify")[0] == 0


@needs_reader
def test_what_is_on_record_is_not_told_of_a_scan(call, received, paper):
    assert call("papers", "read-text")[0] == 0
    (found,) = call("search", received["code"])[1]["dossiers"]
    assert "seen_in_scan" not in found
    assert found.keys() == {"code", "dossier_id", "procedure_code", "applicant", "received_at", "due_at", "status"}


@needs_reader
def test_an_inspector_does_not_find_what_may_not_be_opened(call, received, paper, monkeypatch):
    assert call("papers", "read-text")[0] == 0
    password = call("users", "add", "thanhtra", "--name", "Lê Thanh Ví Dụ", "--role", "inspector")[1]["password"]
    monkeypatch.setenv("COUNTER_PASSWORD", password)
    assert call("--user", "thanhtra", "search", ON_THE_SLIP)[1].get("total", 0) == 0
    code, value = call("--user", "thanhtra", "papers", "read-text")
    assert code == 3
    assert value["error"]["code"] in ("NOT_ALLOWED", "PASSWORD_MUST_CHANGE")


@needs_reader
def test_a_copy_with_text_says_what_the_scan_shows(call, paper, tmp_path):
    code, value = call("papers", "copy-with-text", paper["id"], "--out", tmp_path / "copy.pdf")
    assert (code, value) == (0, {"id": paper["id"], "pages": paper["pages"], "out": str(tmp_path / "copy.pdf")})
    with pypdfium2.PdfDocument(tmp_path / "copy.pdf") as document:
        assert "tiep nhan" in fold(document[0].get_textpage().get_text_range())
    assert call("papers", "open", paper["id"], "--out", tmp_path / "filed.pdf")[0] == 0
    with pypdfium2.PdfDocument(tmp_path / "filed.pdf") as document:
        assert document[0].get_textpage().get_text_range() == "", "what is filed is as it was"


def test_what_can_not_be_read_waits_for_a_person_and_is_tried_again_when_told_to(call, received, paper, failing):
    code, value = call("papers", "read-text")
    assert (code, value["pages_read"], value["failures"], value["waiting"]) == (5, 0, 3, 0)
    assert value["given_up"] == [{"id": paper["id"], "paper": paper["paper"], "filename": paper["filename"]}]
    assert call("papers", "read-text")[1]["failures"] == 0, "nobody asked for another try"
    failing.write_text("#!/bin/sh\necho 'vườn sầu riêng' > \"$2.txt\"\n")
    code, value = call("papers", "read-text", "--again")
    assert (code, value["pages_read"], value["given_up"]) == (0, paper["pages"], [])
    assert call("search", "sầu riêng")[1]["dossiers"][0]["code"] == received["code"]


def test_time_that_is_over_leaves_the_rest_for_another_call(call, paper, failing):
    assert call("papers", "read-text", "--max-seconds", "0") == (
        0, {"pages_read": 0, "failures": 0, "waiting": 1, "given_up": []})


def test_without_tesseract_it_says_what_to_install(call, paper, monkeypatch, tmp_path):
    monkeypatch.setattr(text, "find_reader", lambda: None)
    for words in (("read-text",), ("copy-with-text", paper["id"], "--out", str(tmp_path / "copy.pdf"))):
        code, value = call("papers", *words)
        assert (code, value["error"]["code"]) == (4, "TEXT_READER_MISSING")
        assert "tesseract-ocr-vie" in value["error"]["message"]
    assert not (tmp_path / "copy.pdf").exists()


def test_the_words_of_a_destroyed_file_are_gone(call, received, paper, failing):
    failing.write_text("#!/bin/sh\necho 'vườn sầu riêng' > \"$2.txt\"\n")
    assert call("papers", "read-text")[0] == 0
    assert call("search", "sầu riêng")[1]["total"] == 1
    assert call("papers", "keep", paper["id"], "--until", "2026-01-01")[0] == 0
    assert call("papers", "destroy", paper["stored"], "Hết thời hạn bảo quản")[0] == 0
    assert call("search", "sầu riêng") == (0, {"dossiers": [], "total": 0})
