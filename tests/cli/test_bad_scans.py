"""Bad paper without a window, with real parts: whatever lies in the folder, nothing is lost, nothing is filed twice, and there is a sentence."""

import io
import json
import shutil
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from counter_app.scanning.foreign import pages_of
from counter_app.services.scanning.paper import ForeignLimits
from tests.cli.test_file_verbs import DOSSIER, call, received  # noqa: F401  fixtures
from tests.scanning.test_foreign import bomb, paper, pdf_of, saved
from tests.storage.test_faults import mounted


def many_pages():
    pdf = pikepdf.new()
    for _ in range(10_000):
        pdf.add_blank_page(page_size=(595, 842))
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def bomb_in_a_pdf():
    with pikepdf.open(io.BytesIO(pdf_of(paper()))) as pdf:
        (picture,) = pdf.pages[0].get_images().values()
        picture.Width, picture.Height = 60_000, 60_000
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


BAD = {
    "bomb.png": (lambda: bomb(60_000, 60_000), "FOREIGN_PAGE_TOO_LARGE"),
    "bomb.pdf": (bomb_in_a_pdf, "FOREIGN_PAGE_TOO_LARGE"),
    "corrupt.pdf": (lambda: pdf_of(paper())[:900] + b"%%EOF", "FOREIGN_DAMAGED"),
    "corrupt.jpg": (lambda: saved(paper(), "JPEG")[:1500], "FOREIGN_DAMAGED"),
    "empty.pdf": (lambda: b"", "FOREIGN_EMPTY"),
    "encrypted.pdf": (lambda: pdf_of(paper(), encryption=pikepdf.Encryption(owner="a", user="b", R=6)), "FOREIGN_PROTECTED"),
    "pages.pdf": (many_pages, "FOREIGN_TOO_MANY_PAGES"),
    "password.pdf": (lambda: pdf_of(paper(), encryption=pikepdf.Encryption(owner="a", user="b", R=4, aes=False, metadata=False)), "FOREIGN_PROTECTED"),
    "word.pdf": (lambda: b"PK\x03\x04" + b"word/document.xml" * 99, "FOREIGN_NO_PAGES"),
}
HUGE = "huge.pdf"


@pytest.fixture
def bad_folder(tmp_path, received):  # noqa: F811
    """A folder with a file of every bad kind around a good one, whose name says JPEG though it is a PDF."""
    folder = tmp_path / "máy quét"
    folder.mkdir()
    for name, (make, _) in BAD.items():
        (folder / name).write_bytes(make())
    with (folder / HUGE).open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(2 * 2**30)
    shutil.copy(received["slip"], folder / "good.jpg")
    return folder


def told(problems, name):
    return sorted((each[name], each["code" if "code" in each else "reason"]) for each in problems)


EXPECTED = sorted([*((name, code) for name, (_, code) in BAD.items()), (HUGE, "FOREIGN_TOO_LARGE")])


def test_every_bad_file_has_its_sentence_and_the_good_one_is_filed(call, received, bad_folder):  # noqa: F811
    code, value = call("file-scans", bad_folder)
    assert (code, [each["code"] for each in value["dossiers"]]) == (5, [received["code"]])
    assert told(value["unfiled"], "page") == EXPECTED
    assert all(each["page"] in each["message"] and each["message"].endswith(".") for each in value["unfiled"])
    assert value["batch"] is None, "no page waits: those files gave none"
    assert sorted(path.name for path in bad_folder.iterdir()) == sorted([*BAD, HUGE, "good.jpg"]), "all of them stay where they are"


def test_a_folder_that_is_scanned_tells_the_same(call, received, bad_folder, tmp_path, monkeypatch):  # noqa: F811
    monkeypatch.setattr("counter_app.scanning.devices.folder.FolderLimits.__init__.__defaults__", (0.05, 0.3), raising=False)
    words = ("scan", "--device", f"folder:{bad_folder}", "--profile", "dossier", "--dossier", received["code"], "--out", tmp_path / "out")
    code, value = call(*words)
    assert (code, [each["code"] for each in value["dossiers"]]) == (5, [received["code"]])
    assert sorted((next(name for name in (*BAD, HUGE) if name in each["message"]), each["code"]) for each in value["notes"]) == EXPECTED
    assert sorted(path.name for path in bad_folder.iterdir()) == sorted([*BAD, HUGE, "da-nhan"]), "what was taken lies aside"


def slip_pictures(slip, folder):
    """The first page of a slip as a picture."""
    folder.mkdir()
    return Image.open(next(iter(pages_of(Path(slip), ForeignLimits(), folder))).path)


def test_two_codes_on_one_page_belong_to_nobody(call, received, tmp_path):  # noqa: F811
    other = call("intake", "-", stdin=DOSSIER)[1]
    pages = [slip_pictures(each["slip"], tmp_path / each["code"]) for each in (received, other)]
    both = Image.new("RGB", (max(page.width for page in pages), sum(page.height for page in pages)), "white")
    both.paste(pages[0], (0, 0))
    both.paste(pages[1], (0, pages[0].height))
    both.save(tmp_path / "both.png", dpi=(200, 200))
    code, value = call("file-scans", tmp_path / "both.png")
    assert (code, value["dossiers"]) == (5, [])
    assert [(each["page"], each["reason"]) for each in value["unfiled"]] == [("both.png:1", "FILE_TWO_DOSSIERS")]
    assert value["batch"], "the page waits for a person"
    assert [call("show", each["code"])[1]["files"] for each in (received, other)] == [[], []]


def test_the_same_stack_once_more_is_known_and_scanned_anew_it_waits(call, received, tmp_path):  # noqa: F811
    page = slip_pictures(received["slip"], tmp_path / "pages")
    page.save(tmp_path / "first.png", dpi=(200, 200))
    page.rotate(0.7, fillcolor="white").save(tmp_path / "anew.png", dpi=(200, 200))
    assert call("file-scans", tmp_path / "first.png")[0] == 0
    code, again = call("file-scans", tmp_path / "first.png")
    assert (code, [file["known"] for file in again["dossiers"][0]["files"]]) == (0, [True])
    code, anew = call("file-scans", tmp_path / "anew.png")
    assert (code, [each["reason"] for each in anew["unfiled"]]) == (5, ["FILE_PAPER_TAKEN"])
    assert anew["batch"]
    assert len(call("show", received["code"])[1]["files"]) == 1
    assert call("verify")[0] == 0


def test_a_dossier_that_was_closed_meanwhile_gets_its_paper_and_a_word(call, received):  # noqa: F811
    assert call("event", received["code"], "withdraw", "-", stdin={"reason": "Người nộp rút hồ sơ"})[1]["status"] == "withdrawn"
    code, value = call("file-scans", received["slip"])
    assert (code, [each["code"] for each in value["warnings"]]) == (0, ["FILED_IN_CLOSED"])
    assert received["code"] in value["warnings"][0]["message"]
    assert len(call("show", received["code"])[1]["files"]) == 1


def fault_of(code, value):
    """It ended; or every page waits in its batch for the same reason."""
    if code == 4:
        return value["error"]["code"]
    (reason,) = {each["reason"] for each in value["unfiled"]}
    assert (code, bool(value["batch"]), value["dossiers"]) == (5, True, [])
    return reason


@pytest.mark.parametrize("place", ["scans", "files"])
@pytest.mark.parametrize("size", ["16k", "400k"])
def test_a_disk_that_is_full_in_the_middle_ends_it_with_a_sentence_and_loses_nothing(call, received, desk_dir, tmp_path, place, size):  # noqa: F811
    page = slip_pictures(received["slip"], tmp_path / "pages")
    noise = Image.effect_noise(page.size, 40).convert("RGB")
    (tmp_path / "in").mkdir()
    page.save(tmp_path / "in" / "1.png", dpi=(200, 200))
    noise.save(tmp_path / "in" / "2.jpg", quality=95, dpi=(200, 200))
    before = {path.name: path.read_bytes() for path in (tmp_path / "in").iterdir()}
    with mounted(desk_dir / place, "-t", "tmpfs", "-o", f"size={size},mode=700", "tmpfs"):
        code, value = call("file-scans", tmp_path / "in")
        assert fault_of(code, value) in {"DISK_FULL", "FOREIGN_NO_ROOM"}
        assert list((desk_dir / place).rglob("*.part")) == []
        assert call("verify")[0] == 0, "what waits is whole"
    assert {path.name: path.read_bytes() for path in (tmp_path / "in").iterdir()} == before
    code, value = call("file-scans", tmp_path / "in")
    assert (code, [(each["code"], each["pages"]) for each in value["dossiers"]]) == (0, [(received["code"], 2)])
    assert len(call("show", received["code"])[1]["files"]) == 1
    assert json.dumps(value["unfiled"]) == "[]"


@pytest.mark.parametrize("size", ["8k", "60k"], ids=["no room for the file", "no room for its page"])
def test_a_feed_onto_a_full_disk_keeps_whole_pages_only(call, received, bad_folder, tmp_path, monkeypatch, size):  # noqa: F811
    monkeypatch.setattr("counter_app.scanning.devices.folder.FolderLimits.__init__.__defaults__", (0.05, 0.3), raising=False)
    for name in (*BAD, HUGE):
        (bad_folder / name).unlink()
    with mounted(tmp_path / "small", "-t", "tmpfs", "-o", f"size={size}", "tmpfs") as small:
        code, value = call("scan", "--device", f"folder:{bad_folder}", "--profile", "dossier", "--out", small)
        assert (code, value["confirmed"], value["error"]["code"]) == (4, False, "SCAN_DISK_FULL")
        assert list(small.iterdir()) == []
    assert (bad_folder / "good.jpg").exists(), "it was not put aside"
