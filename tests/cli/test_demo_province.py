"""The demonstration with a province: a line that breaks during the day, and both sides reconciled in the evening."""

import json
import sqlite3
from pathlib import Path

import pytest

from counter_app.cli import demo_province
from counter_app.cli.main import main
from counter_app.domain.errors import SurroundingsError

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def server(tmp_path):
    made = demo_province.TrialServer(tmp_path / "province")
    yield made
    made.stop()


def demo(out, capsys, *words):
    code = main(["demo", "--out", str(out), "--dossiers", "8", *words, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_a_day_with_a_line_that_breaks_ends_with_both_sides_equal(tmp_path, capsys):
    out = tmp_path / "demo"
    code, summary = demo(out, capsys, "--province")
    told = summary["province"]
    assert code == 0
    assert [each["contact"] for each in told["passes"]] == [True, False, True, True]
    assert [each["at"] for each in told["passes"]] == sorted(each["at"] for each in told["passes"])
    assert told["passes"][1]["pending"] > 0, "the desk went on while nobody answered"
    assert told["passes"][2]["received"] >= 1, "what a citizen handed in online"
    assert (told["passes"][-1]["pending"], told["match"], told["here_only"], told["there_only"]) == (0, True, [], [])
    assert len(summary["dossiers"]) == 8
    with sqlite3.connect(out / "province" / "province.db") as there:
        ops, = there.execute("select count(*) from ops").fetchone()
    there.close()
    assert ops == sum(each["sent"] for each in told["passes"])
    assert {each["code"] for each in summary["dossiers"]} == {each["code"] for each in summary["dossiers"] if not each["code"].startswith("TAM")}
    _, again = demo(out, capsys)
    assert "province" not in again
    assert not (out / "province").exists(), "another demonstration takes the earlier one away"


def test_the_trial_province_comes_back_at_the_same_address_with_all_it_had(server):
    ticket = server.do("ticket", agency="H36.50.05")
    url = server.url
    server.stop()
    with pytest.raises(OSError, match="refused"):
        server.do("ticket", agency="H36.50.05")
    server.start()
    assert server.url == url
    assert server.do("ticket", agency="H36.50.05")["public_key"] == ticket["public_key"]


def test_what_it_does_not_do_is_told(server):
    with pytest.raises(SurroundingsError, match="DEMO_NO_PROVINCE"):
        server.do("dance")


@pytest.mark.parametrize("missing", ["TRIAL", "ROOT"])
def test_without_the_trial_province_it_says_what_to_do(tmp_path, capsys, monkeypatch, missing):
    monkeypatch.setattr(demo_province, missing, tmp_path / "nowhere")
    if missing == "ROOT":
        (tmp_path / "nowhere").mkdir()
    code, told = demo(tmp_path / "demo", capsys, "--province")
    assert (code, told["error"]["code"]) == (4, "DEMO_NO_PROVINCE")
    assert "make setup-dev" in told["error"]["message"]
    assert Path(tmp_path / "demo" / "desk").exists()
