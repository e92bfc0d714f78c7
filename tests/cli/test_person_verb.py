"""The verb that answers a person about their data, as the desk's people call it."""

import json

import pytest

from tests.cli.test_dossier_verbs import DOSSIER, call

__all__ = ["call"]
NUMBER = DOSSIER["applicant"]["id_number"]


@pytest.mark.parametrize("suffix", ["pdf", "json"])
def test_the_answer_is_a_file_for_the_person(call, tmp_path, suffix):
    code = call("intake", "-", stdin=DOSSIER)[1]["code"]
    out = tmp_path / f"tra-loi.{suffix}"
    exit_code, value = call("person", "--id", f"{NUMBER[:6]} {NUMBER[6:]}", "--out", out)
    assert (exit_code, value) == (0, {"out": str(out), "dossiers": 1})
    if suffix == "json":
        told = json.loads(out.read_text("utf-8"))
        assert told["dossiers"][0]["code"] == code
        assert told["dossiers"][0]["held"]["full_name"] == DOSSIER["applicant"]["full_name"]
        assert {row["act"] for row in told["looks"]} >= {"dossier.received"}
    else:
        assert out.read_bytes().startswith(b"%PDF-")


def test_nobody_is_listed(call, tmp_path):
    call("intake", "-", stdin=DOSSIER)
    for number, problem in (("000000000000", "PERSON_UNKNOWN"), (NUMBER[:5], "PERSON_NUMBER"), (DOSSIER["applicant"]["full_name"], "PERSON_NUMBER")):
        exit_code, value = call("person", "--id", number, "--out", tmp_path / "x.json")
        assert (exit_code, value["error"]["code"], value["error"]["field"]) == (3, problem, "id")
        assert value["error"]["message"] != problem
    assert not (tmp_path / "x.json").exists()
