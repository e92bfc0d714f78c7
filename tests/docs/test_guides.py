"""The guide of whoever looks after the PCs, in two languages: the same matters, the same verbs, nothing that one knows and the other doesn't."""

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"
ENGLISH, VIETNAMESE = (DOCS / name for name in ("operations.md", "van-hanh.md"))
MATTERS = {
    "Where things are": "Dữ liệu ở đâu", "A desk in one line": "Mười phút đầu", "Who acts": "Ai làm", "People": "Tài khoản",
    "Settings": "Thiết lập", "The commune's house": "Thiết lập", "Several counters": "Nhiều quầy", "Numbers": "Số hồ sơ",
    "The province": "Đăng ký với tỉnh", "Doctor": "Kiểm tra máy", "Verify": "Kiểm tra máy", "Exit codes": "Mã thoát",
    "Catalogue, fees, calendar": "Danh mục, phí, lịch", "Older dossiers": "Hồ sơ cũ",
    "Data that leaves in a file": "Trả lời người dân về dữ liệu của họ", "Books": "Sổ sách, báo cáo",
    "Reports": "Sổ sách, báo cáo", "Scanners": "Máy quét, ký số", "Signing": "Máy quét, ký số", "Backups": "Sao lưu + Khôi phục",
    "Moving to a new PC": "Chuyển sang máy mới", "Practice desk": "Chế độ tập, chạy thử", "Uninstall": "Gỡ cài đặt",
    "Recovery sheet": "Chuyển sang máy mới", "Updates": "Cập nhật",
}
"""Each matter of the English guide that a commune's officer meets, and where the Vietnamese one tells of it."""
OF_THE_OFFICER = {"Bảo mật, vài điều bắt buộc"}
"""What the English documents tell in a paper of its own: ``docs/security.md``."""
OF_THE_DESK = {"What happens to a dossier", "Money", "What citizens say and are told", "Printing again, striking"}
"""What clerks do in the window, with verbs for programs: the manual tells of it."""


def headings(path):
    return re.findall(r"^## (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)


def verbs(path):
    text = path.read_text(encoding="utf-8")
    calls = "\n".join(re.findall(r"```\n(.*?)```", text, re.DOTALL)) + "\n" + "\n".join(re.findall(r"`(counter [^`]+)`", text))
    found = re.findall(r"\bcounter (?:--(?:user|data-dir|lang) \S+ |--json )*([a-z][\w-]+)", calls)
    return set(found)


@pytest.mark.parametrize("heading", headings(ENGLISH))
def test_every_matter_of_the_english_guide_has_its_place_in_the_vietnamese_one(heading):
    assert heading in OF_THE_DESK or set(MATTERS[heading].split(" + ")) <= set(headings(VIETNAMESE))


@pytest.mark.parametrize("heading", headings(VIETNAMESE))
def test_every_matter_of_the_vietnamese_guide_is_one_of_the_english(heading):
    if heading in OF_THE_OFFICER:
        return
    assert {english for english, vietnamese in MATTERS.items() if heading in vietnamese.split(" + ")} & set(headings(ENGLISH))


def test_every_verb_of_the_vietnamese_guide_stands_in_the_english_one():
    assert verbs(VIETNAMESE) - verbs(ENGLISH) == set()


@pytest.mark.parametrize("verb", ["init", "users", "settings", "commune", "catalogue", "calendar", "numbers", "enrol", "sync", "reconcile",
                                  "usb", "doctor", "verify", "recover", "import-dossiers", "export-dossiers", "logbook", "report", "devices", "backup", "restore", "update", "diagnostics", "person"])
def test_what_an_officer_needs_stands_in_both(verb):
    assert verb in verbs(ENGLISH)
    assert verb in verbs(VIETNAMESE)


def test_what_is_said_about_numbers_and_about_the_recovery_sheet_stands_in_both():
    for path in (ENGLISH, VIETNAMESE):
        text = path.read_text(encoding="utf-8")
        assert "NUMBER_UNSAFE" in text
        assert "numbers confirm" in text
