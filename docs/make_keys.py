"""The sheets of keys, made from the table of the window: ``docs/keys.md`` in two languages and the manual's chapter.

``python docs/make_keys.py`` after a change of ``ui/actions.py`` or of its translations; a test tells when that was forgotten.
"""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from ui.actions import ACTIONS, EVERYWHERE, Action, actions_of, key_text  # noqa: E402

TYPING = (
    ("Enter", "Next field", "Sang ô tiếp theo"),
    ("Shift+Enter", "Previous field", "Về ô trước"),
    ("Tab", "Next field or button", "Sang ô hoặc nút tiếp theo"),
    ("Space", "Tick the paper, press the button", "Đánh dấu giấy tờ, bấm nút"),
    ("Up, Down", "Choose in a list", "Chọn trong danh sách"),
)
"""Keys of every field and list, which no page gives another meaning."""
SHEET = (
    "Made from `ui/actions.py` by `docs/make_keys.py`; the window's key line, menus, palette (Ctrl+K), help (F1), sheet of keys (Ctrl+/)",
    "and the printed cards come from the same table. What has no key stands in the palette.",
)
CHAPTER = (
    "Không cần nhớ hết: dòng cuối cửa sổ luôn ghi các phím của trang đang mở, **F1** thêm sách hướng dẫn, **Ctrl+/** ghi mọi phím.",
    "Việc không có phím thì gọi bằng **Ctrl+K**, gõ tên việc. Thẻ phím để in nằm ở cửa sổ **F1**.",
)


def words() -> dict[str, str]:
    """Return the Vietnamese titles of actions by their English ones."""
    tree = ElementTree.parse(ROOT / "resources/translations/vi.ts")  # noqa: S314  our own file
    context = next(each for each in tree.iter("context") if each.findtext("name") == "Actions")
    return {each.findtext("source", ""): each.findtext("translation", "") for each in context.iter("message")}


def documents() -> dict[Path, str]:
    """Return what the two files hold, by path."""
    known = words()
    return {ROOT / "docs/keys.md": _sheet(known), ROOT / "docs/huong-dan/13-phim-tat.md": _chapter(known)}


def _sheet(known: dict[str, str]) -> str:
    parts = ["# Keys", "", *SHEET, ""]
    for page in _pages():
        parts += [f"## {_english(page)}", "", "| keys | does | tiếng Việt |", "|---|---|---|"]
        parts += [f"| {_keys(action)} | {action.source} | {known[action.source]} |" for action in actions_of(page)]
        if page == EVERYWHERE:
            parts += [f"| {_caps(keys)} | {english} | {vietnamese} |" for keys, english, vietnamese in TYPING]
        parts.append("")
    return "\n".join(parts)


def _chapter(known: dict[str, str]) -> str:
    parts = ["# 13. Phím tắt", "", *CHAPTER, ""]
    for page in _pages():
        parts += [f"## {_vietnamese(page, known)}", "", "| phím | việc |", "|---|---|"]
        parts += [f"| {_keys(action)} | {known[action.source]} |" for action in actions_of(page)]
        if page == EVERYWHERE:
            parts += [f"| {_caps(keys)} | {vietnamese} |" for keys, _, vietnamese in TYPING]
        parts.append("")
    return "\n".join([*parts, "[Mục lục](README.md)", ""])


def _pages() -> list[str]:
    """Return the pages in the order of the table, everywhere first."""
    return list(dict.fromkeys(action.page for action in ACTIONS))


def _english(page: str) -> str:
    return "Everywhere" if page == EVERYWHERE else _title(page) or "One dossier"


def _vietnamese(page: str, known: dict[str, str]) -> str:
    return "Ở mọi trang" if page == EVERYWHERE else f"Trang {known.get(_title(page), 'một hồ sơ')}"


def _title(page: str) -> str:
    """Return the English name of a page, that of the action which opens it; the page of one dossier has none."""
    return next((action.source for action in ACTIONS if action.id == f"go_{page}"), "")


def _keys(action: Action) -> str:
    return " ".join(_caps(key_text(key)) for key in action.keys) or "–"


def _caps(keys: str) -> str:
    return f"**{keys}**"


if __name__ == "__main__":
    for path, text in documents().items():
        path.write_text(text, encoding="utf-8")
