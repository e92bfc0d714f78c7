"""The verb update: JSON, exit codes and sentences, over a small program that a desk takes for its own."""

import pytest

from counter_app.bootstrap import program as wiring
from counter_app.storage.schema import HEAD
from counter_app.updating import laying, publisher
from tests.cli.test_dossier_verbs import call
from tests.updating.releases import KEYS, STRANGER, program, published, published_data, starts
from tests.updating.web import serving

__all__ = ["call"]
RELEASE = {"version", "kind", "sequence", "schema", "released", "brings"}


@pytest.fixture
def root(tmp_path, monkeypatch):
    """The program that the verb updates; its key is the tests' own."""
    root = tmp_path / "program"
    program(root, schema=HEAD)
    monkeypatch.setattr(laying, "ROOM", 1024)
    monkeypatch.setattr(wiring, "program_dir", lambda: root / "versions" / "0.1.0" / "app")
    monkeypatch.setattr(wiring, "newer_data_dir", lambda: tmp_path / "newer" / "0.1.0")
    monkeypatch.setattr(publisher, "shipped_json", lambda name: {"keys": [{"public": key} for key in KEYS]})
    return root


@pytest.fixture
def package(tmp_path):
    return published(tmp_path / "release", schema=HEAD)


def error(answer):
    code, value = answer
    return code, value["error"]["code"]


def test_how_things_stand(call, root):
    code, value = call("update")
    assert code == 0
    assert value.keys() == {"installed", "data", "previous", "prepared", "offered", "found", "address", "automatic", "can_update"}
    assert value["installed"].keys() == RELEASE
    assert (value["installed"]["version"], value["can_update"], value["offered"], value["address"]) == ("0.1.0", True, None, None)


def test_from_a_stick_and_back(call, root, package):
    code, value = call("update", "check", "--from", package)
    assert (code, value["found"]["version"], value["offered"]["version"]) == (0, "0.2.0", "0.2.0")
    assert call("update", "--from", package.parent) == (0, {"version": "0.2.0", "kind": "program", "sequence": 200, "state": "switched"})
    assert starts(root) == "0.2.0"


def test_a_stick_with_something_else_is_exit_3_and_a_damaged_one_exit_4(call, root, package, tmp_path):
    assert error(call("update", "--from", tmp_path / "nothing")) == (3, "UPDATE_NOTHING")
    assert error(call("update", "--from", published(tmp_path / "stranger", seed=STRANGER))) == (4, "UPDATE_NOT_SIGNED")
    assert error(call("update", "--from", published(tmp_path / "old", "0.0.9", sequence=9))) == (3, "UPDATE_OLDER")
    for packed in (package / "objects").iterdir():
        packed.write_bytes(b"")
    assert error(call("update", "install", "--from", package)) == (4, "UPDATE_DAMAGED")
    assert starts(root) == "0.1.0"


def test_a_program_without_a_publisher_says_so_and_takes_nothing(call, root, package, monkeypatch):
    monkeypatch.setattr(publisher, "shipped_json", lambda name: {"keys": []})
    assert call("update")[1]["can_update"] is False
    assert error(call("update", "--from", package)) == error(call("update", "check", "--from", package)) == (4, "UPDATE_NO_PUBLISHER")
    assert starts(root) == "0.1.0"


def test_from_the_address(call, root, package):
    assert error(call("update", "check")) == (3, "UPDATE_NO_ADDRESS")
    assert error(call("update", "set", "--address", "http://updates.example.vn")) == (3, "UPDATE_ADDRESS")
    with serving(package) as served:
        code, value = call("update", "set", "--address", served.address, "--automatic", "no")
        assert (code, value["address"], value["automatic"]) == (0, served.address, False)
        assert call("update", "check")[1]["offered"]["brings"] == {"vi": "Sửa lỗi in", "en": "Mends printing"}
        assert call("update")[1]["offered"]["version"] == "0.2.0"
        assert call("update", "install")[1]["state"] == "switched"
    assert call("update", "set", "--address", "")[1]["address"] is None
    assert starts(root) == "0.2.0"


def test_while_a_window_is_open_the_version_waits_for_its_end(call, root, package, monkeypatch):
    from counter_app.updating.folder import ProgramFolder

    monkeypatch.setattr(ProgramFolder, "switch", lambda self: "")
    code, value = call("update", "--from", package)
    assert (code, value["state"]) == (0, "prepared")
    assert call("update")[1]["prepared"]["version"] == "0.2.0"


def test_forms_are_in_place_at_once(call, root, tmp_path):
    package = published_data(tmp_path / "data", {"forms/01.json": b"{}"})
    assert call("update", "--from", package)[1]["state"] == "in_place"
    assert call("update")[1]["data"]["version"] == "2026.12"
    _, value = call("update", "check", "--from", package)
    assert (value["found"]["version"], value["offered"]) == ("2026.12", None), "it is in use already"


def test_back_needs_a_version_before_that_can_read_the_data(call, root):
    assert error(call("update", "back")) == (3, "UPDATE_NO_WAY_BACK")
    program(root, "0.0.9", sequence=90, schema="0001")
    (root / "previous").write_text("0.0.9")
    (root / "current").write_text("0.1.0")
    code, value = call("update", "back")
    assert (code, value["error"]["code"]) == (3, "UPDATE_BACK_SCHEMA")
    assert "--anyway" in value["error"]["message"]
    assert call("update", "back", "--anyway") == (0, {"version": "0.0.9", "kind": "program", "sequence": 90, "state": "switched"})
    assert starts(root) == "0.0.9"


def test_a_desk_whose_data_is_too_new_finds_the_way_forward(call, root, desk_dir, monkeypatch):
    """Somebody went back anyway: this program can't open the desk, and undoing it must not need the desk."""
    from counter_app.storage import schema

    program(root, "0.2.0", sequence=200, schema="9999")
    (root / "previous").write_text("0.2.0")
    (root / "current").write_text("0.1.0")
    monkeypatch.setattr(schema, "current_version", lambda engine: "9999")
    monkeypatch.setattr(schema, "version", lambda connection: "9999")
    code, value = call("update")
    assert (code, value["error"]["code"]) == (4, "DATABASE_TOO_NEW")
    assert "counter update back" in value["error"]["message"]
    assert "before-schema" in value["error"]["message"]
    assert call("update", "back") == (0, {"version": "0.2.0", "kind": "program", "sequence": 200, "state": "switched"})
    assert starts(root) == "0.2.0"
    (root / "current").write_text("0.1.0")
    (root / "previous").unlink()
    assert error(call("update", "back")) == (3, "UPDATE_NO_WAY_BACK")


def test_from_its_source_the_program_says_why_it_can_not(call, package):
    code, value = call("update")
    assert (code, value["can_update"], value["installed"]["sequence"]) == (0, False, 0)
    assert error(call("update", "--from", package))[0] in (3, 4)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_people_read_lines(call, root, package, capsys, desk_dir, lang):
    from counter_app.cli.main import main

    call("update", "--from", package)
    assert main(["--data-dir", str(desk_dir), "--lang", lang, "update"]) == 0
    out = capsys.readouterr().out
    assert "0.1.0" in out
    assert "{" not in out
