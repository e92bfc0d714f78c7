"""Scanning without a window: the real test device, a network scanner on loopback, a folder; pages on the disk and one JSON value."""

import json
import shutil

import pytest

from counter_app.cli.main import main
from tests.scanning.devices.conftest import TEST_DRIVER
from tests.scanning.devices.escl_server import Behaviour, Scanner, sheet

PAGE = {"path", "dpi", "side", "ordinal", "width_px", "height_px"}


@pytest.fixture(autouse=True)
def quick(monkeypatch, tmp_path):
    """A network where nobody announces himself, no drivers but those of the test, a folder that is looked at quickly."""
    monkeypatch.setattr("counter_app.scanning.devices.discovery.discover", tuple)
    folder = tmp_path / "sane.d"
    folder.mkdir()
    (folder / "dll.conf").write_text("test\n" if shutil.which("scanimage") else "")
    text = TEST_DRIVER.format(status="Default", picture="Color pattern", delay="false", delay_us=1000)
    (folder / "test.conf").write_text(text)
    monkeypatch.setenv("SANE_CONFIG_DIR", str(folder))
    return folder


@pytest.fixture
def office():
    with Scanner(Behaviour(resolutions=(200,))) as scanner:
        yield scanner


@pytest.fixture
def call(tmp_path, capsys):
    """Calls a verb where no desk is, or at a desk; returns exit code, value and what was said to people."""

    def run(*words, data_dir=None, lang="vi"):
        code = main(["--data-dir", str(data_dir or tmp_path / "no-desk"), "--lang", lang, "--json", *map(str, words)])
        said = capsys.readouterr()
        return code, json.loads(said.out), said.err

    return run


needs_sane = pytest.mark.skipif(shutil.which("scanimage") is None, reason="scanimage is not installed (sane-utils)")


@needs_sane
def test_scanners_are_listed_with_what_they_can_do_and_the_profiles(call):
    code, value, err = call("devices")
    assert (code, err) == (0, "")
    assert value["devices"] == [{
        "id": "sane:test:0", "name": "Noname frontend-tester", "way": "sane", "sources": ["flatbed", "adf"], "colours": ["colour", "grey"],
        "resolutions": [75, 100, 150, 200, 240, 300, 400, 600]}]
    assert value["profiles"][0] == {
        "name": "dossier", "title": "Hồ sơ, hai mặt", "key": "1", "source": "adf_duplex", "dpi": 200, "colour": "colour", "paper": "a4", "file": "mixed"}
    assert value["problems"] == []


@needs_sane
def test_a_sheet_on_the_glass_becomes_a_file(call, tmp_path):
    code, value, err = call("scan", "--device", "sane:test:0", "--profile", "glass", "--out", tmp_path / "out")
    assert code == 0
    (page,) = value["pages"]
    assert page.keys() == PAGE
    assert page == {**page, "path": str(tmp_path / "out" / "page-0001.png"), "dpi": 200, "side": "front", "ordinal": 1}
    assert (value["total"], value["confirmed"], value["notes"]) == (1, True, [])
    assert "Đã nhận trang 1" in err


def test_a_stack_from_the_network_goes_on_where_a_folder_ends(call, office, tmp_path):
    out = tmp_path / "out"
    words = ("scan", "--device", f"escl:127.0.0.1:{office.port}", "--profile", "one_side", "--out", out)
    assert call(*words)[0] == 0
    office.given = 0
    code, value, _ = call(*words)
    assert code == 0
    assert [page["ordinal"] for page in value["pages"]] == [4, 5, 6]
    assert len(list(out.iterdir())) == 6


def test_a_jam_is_the_surroundings_and_what_arrived_is_told_and_kept(call, office, tmp_path):
    office.behaviour.fault, office.behaviour.fault_at = "jam", 3
    code, value, err = call("scan", "--device", f"escl:{office.address}", "--profile", "one_side", "--out", tmp_path / "out")
    assert code == 4
    assert value["error"]["code"] == "SCAN_JAM"
    assert "2 trang" in value["error"]["message"]
    assert value["error"]["message"] in err
    assert (value["total"], value["confirmed"], len(value["pages"])) == (2, False, 2)
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_a_wish_that_the_scanner_can_not_fulfil_needs_a_person(call, office, tmp_path):
    office.behaviour.sources = ("AdfSimplex",)
    code, value, err = call("scan", "--device", f"escl:{office.address}", "--profile", "dossier", "--out", tmp_path / "out", lang="en")
    assert code == 5
    assert [note["code"] for note in value["notes"]] == ["SCAN_LACKS_DUPLEX"]
    assert "turn the whole stack over" in err
    assert "error" not in value


def test_a_folder_is_scanned_and_its_files_are_put_aside(call, tmp_path, monkeypatch):
    monkeypatch.setattr("counter_app.scanning.devices.folder.FolderLimits.__init__.__defaults__", (0.05, 0.3), raising=False)
    copier = tmp_path / "copier"
    copier.mkdir()
    (copier / "a.jpg").write_bytes(sheet(1))
    (copier / "b.docx").write_bytes(b"PK\x03\x04 no scan at all")
    code, value, _ = call("scan", "--device", f"folder:{copier}", "--profile", "one_side", "--out", tmp_path / "out")
    assert (code, value["total"]) == (5, 1)
    assert [note["code"] for note in value["notes"]] == ["FOREIGN_NO_PAGES"]
    assert sorted(path.name for path in copier.iterdir()) == ["b.docx", "da-nhan"]


@pytest.mark.parametrize(("words", "code", "field"), [
    (("--device", "sane:test:0", "--profile", "fast"), "SCAN_PROFILE_UNKNOWN", "profile"),
    (("--device", "twain:x", "--profile", "glass"), "SCAN_DEVICE_UNKNOWN", "device"),
    (("--device", "escl:h h", "--profile", "glass"), "SCAN_ADDRESS_WRONG", "device"),
    (("--device", "sane:test:0", "--profile", "glass", "--dossier", "H36.50.05-261120-0001"), "NO_DESK", None),
])
def test_what_is_off_is_a_broken_rule_at_its_word(call, tmp_path, words, code, field):
    exit_code, value, _ = call("scan", *words, "--out", tmp_path / "out")
    assert (exit_code, value["error"]["code"], value["error"]["field"]) == (3, code, field)


def test_a_scanner_that_is_not_there_is_the_surroundings(call, tmp_path):
    with Scanner() as gone:
        pass
    code, value, _ = call("scan", "--device", f"escl:{gone.address}", "--profile", "glass", "--out", tmp_path / "out")
    assert (code, value["error"]["code"], value["pages"]) == (4, "SCAN_UNREACHABLE", [])


def test_pages_can_not_go_where_a_file_is(call, tmp_path):
    (tmp_path / "out").write_text("a file")
    code, value, _ = call("scan", "--device", "sane:test:0", "--profile", "glass", "--out", tmp_path / "out")
    assert (code, value["error"]["code"]) == (4, "FOLDER_IS_FILE")


def test_an_entered_scanner_is_listed_at_this_desk_until_it_is_removed(call, desk_dir, office, tmp_path):
    code, value, _ = call("devices", "--add", f"escl:127.0.0.1:{office.port}", data_dir=desk_dir)
    entered = next(device for device in value["devices"] if device["way"] == "escl")
    assert (code, entered["id"], entered["sources"]) == (0, f"escl:{office.address}", ["flatbed", "adf", "adf_duplex"])
    (tmp_path / "copier").mkdir()
    code, value, _ = call("devices", "--add", f"folder:{tmp_path / 'copier'}", data_dir=desk_dir)
    assert [device["way"] for device in value["devices"] if device["way"] != "sane"] == ["escl", "folder"]
    for device in ("escl:" + office.address, f"folder:{tmp_path / 'copier'}"):
        assert call("devices", "--remove", device, data_dir=desk_dir)[0] == 0
    assert [device for device in call("devices", data_dir=desk_dir)[1]["devices"] if device["way"] != "sane"] == []


@pytest.mark.parametrize(("device", "code"), [
    ("sane:test:0", "SCAN_PLACE_UNKNOWN"), ("folder:scans", "SCAN_PLACE_UNKNOWN"), ("folder:/no/such/folder", "SCAN_FOLDER_NONE"),
    ("escl:", "SCAN_ADDRESS_WRONG"), ("x", "SCAN_PLACE_UNKNOWN"),
])
def test_what_can_not_be_entered_is_refused(call, desk_dir, device, code):
    exit_code, value, _ = call("devices", "--add", device, data_dir=desk_dir)
    assert (exit_code, value["error"]["code"]) == (3, code)


def test_an_entered_scanner_that_does_not_answer_is_listed_and_told(call, desk_dir):
    with Scanner() as gone:
        pass
    code, value, err = call("devices", "--add", f"escl:{gone.address}", data_dir=desk_dir)
    device = next(device for device in value["devices"] if device["way"] == "escl")
    assert (code, device["sources"]) == (5, None)
    assert [problem["code"] for problem in value["problems"]] == ["SCAN_UNREACHABLE"]
    assert value["problems"][0]["message"] in err


def test_what_was_never_entered_can_not_be_removed(call, desk_dir):
    code, value, _ = call("devices", "--remove", "escl:192.168.1.20", data_dir=desk_dir)
    assert (code, value["error"]["code"]) == (3, "SCAN_DEVICE_UNKNOWN")


def test_entering_needs_a_desk(call):
    code, value, _ = call("devices", "--add", "escl:192.168.1.20")
    assert (code, value["error"]["code"]) == (3, "NO_DESK")


def test_people_get_lines(tmp_path, capsys, office):
    code = main(["--data-dir", str(tmp_path / "none"), "scan", "--device", f"escl:{office.address}", "--profile", "one_side", "--out", str(tmp_path / "out")])
    said = capsys.readouterr()
    assert code == 0
    assert said.out.splitlines() == [str(tmp_path / "out" / f"page-000{n}.jpg") for n in (1, 2, 3)]
