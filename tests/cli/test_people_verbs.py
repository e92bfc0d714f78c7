"""``poster``, ``day-page`` and ``call-list``, as a script calls them."""

from __future__ import annotations

import pytest

from tests.cli.test_dossier_verbs import DOSSIER, call  # noqa: F401
from tests.printing.reading import Pdf


@pytest.fixture
def ready(call):  # noqa: F811
    """A dossier whose result waits and whose person wants to be told."""
    code, taken = call("intake", "-", stdin={**DOSSIER, "wants_message": True})
    assert code == 0
    assert call("event", taken["code"], "result-ready", "-", stdin={})[0] == 0
    return taken["code"]


def test_the_sheet_of_a_procedure_and_the_list_of_all(call, tmp_path):  # noqa: F811
    assert call("poster", "1.004873", "--out", tmp_path / "a.pdf") == (0, {"file": str(tmp_path / "a.pdf")})
    assert call("poster", "--all", "--out", tmp_path / "b.pdf")[0] == 0
    with Pdf((tmp_path / "a.pdf").read_bytes()) as one, Pdf((tmp_path / "b.pdf").read_bytes()) as every:
        assert one.says("1.004873")
        assert len(every) > len(one)


def test_an_unknown_procedure_is_a_sentence_and_leaves_no_file(call, tmp_path):  # noqa: F811
    code, value = call("poster", "9.999999", "--out", tmp_path / "a.pdf")
    assert code == 3
    assert value["error"]["message"]
    assert list(tmp_path.glob("*.pdf")) == []


def test_neither_or_both_are_words_that_are_off(call, tmp_path):  # noqa: F811
    assert call("poster", "--out", tmp_path / "a.pdf")[0] == 2


def test_a_day_ends_with_its_page_and_mark(call, tmp_path):  # noqa: F811
    call("intake", "-", stdin=DOSSIER)
    code, first = call("day-page", "--out", tmp_path / "day.pdf")
    assert (code, first["issue"], first["received"], first["returned"]) == (0, 1, 1, 0)
    assert first["audit_count"] > 0
    with Pdf((tmp_path / "day.pdf").read_bytes()) as page:
        assert page.says(first["paper_code"])
        assert page.size() == (148, 210)
    assert call("day-page", "--out", tmp_path / "day.pdf", "--paper", "a4")[1]["issue"] == 2
    with Pdf((tmp_path / "day.pdf").read_bytes()) as page:
        assert page.says("Lập lần 2 trong ngày")
        assert page.size() == (210, 297)


def test_whom_to_call(call, ready, tmp_path):  # noqa: F811
    code, value = call("call-list", "--out", tmp_path / "calls.pdf")
    assert (code, value["waiting"]) == (0, 1)
    with Pdf((tmp_path / "calls.pdf").read_bytes()) as page:
        assert page.says(ready)
        assert not page.says("067190000123")


def test_nobody_to_call_is_a_sentence(call, tmp_path):  # noqa: F811
    code, value = call("call-list", "--out", tmp_path / "calls.pdf")
    assert (code, value["error"]["code"]) == (3, "NO_MESSAGES")
    assert not (tmp_path / "calls.pdf").exists()
