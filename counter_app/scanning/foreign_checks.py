"""What is refused of a file from outside before anything in it is decoded."""

from __future__ import annotations

from pathlib import Path

from counter_app.domain.errors import RuleBrokenError, broken, failed
from counter_app.services.scanning.paper import ForeignLimits

_HEAD = 1024
"""Within so many bytes of a file stands what it is."""


def read_head(path: Path, limits: ForeignLimits) -> bytes:
    """Return the first bytes of a file that has some, and not too many.

    Raises:
        RuleBrokenError: FOREIGN_EMPTY, FOREIGN_TOO_LARGE.
        SurroundingsError: FOREIGN_UNREADABLE.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise failed("FOREIGN_UNREADABLE", name=path.name) from error
    if not size:
        raise broken("FOREIGN_EMPTY", name=path.name)
    if size > limits.most_bytes:
        raise broken("FOREIGN_TOO_LARGE", name=path.name, size=size // 2**20, most=limits.most_bytes // 2**20)
    return head


def check_page_count(pages: int, path: Path, limits: ForeignLimits) -> None:
    """Refuse a file with no pages or too many.

    Raises:
        RuleBrokenError: FOREIGN_NO_PAGES, FOREIGN_TOO_MANY_PAGES.
    """
    if not pages:
        raise broken("FOREIGN_NO_PAGES", name=path.name)
    if pages > limits.most_pages:
        raise broken("FOREIGN_TOO_MANY_PAGES", name=path.name, pages=pages, most=limits.most_pages)


def check_page_size(size_px: tuple[int, int], path: Path, limits: ForeignLimits) -> None:
    """Refuse a page, or a picture on one, with too many pixels.

    Raises:
        RuleBrokenError: FOREIGN_PAGE_TOO_LARGE.
    """
    if size_px[0] * size_px[1] > limits.most_pixels:
        raise page_too_large(path, limits)


def page_too_large(path: Path, limits: ForeignLimits) -> RuleBrokenError:
    """Return the refusal of a page with too many pixels."""
    return broken("FOREIGN_PAGE_TOO_LARGE", name=path.name, most=limits.most_pixels // 1_000_000)
