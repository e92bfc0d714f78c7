"""What is written where; the names are those that the window of the manual opens."""

from __future__ import annotations

from pathlib import Path

from installer.manual import cards, paper


def write(folder: Path) -> list[Path]:
    """Write the manual and the cards into a folder, which is made where it is missing, and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    whole, keys = folder / "huong-dan.pdf", folder / "the-phim.pdf"
    paper.write(whole)
    cards.write(keys)
    return [whole, keys]
