"""The page that hands results over."""

from ui.pages.returning.page import ReturningPage

__all__ = ["ReturningPage"]
