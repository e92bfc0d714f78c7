"""The pages of the program, in the order of the side bar. What isn't built isn't here, and so isn't shown anywhere."""

from __future__ import annotations

from ui.pages.home import HomePage
from ui.windows.page_stack import PageEntry

ENTRIES: tuple[PageEntry, ...] = (
    PageEntry("home", "go_home", HomePage),
)
