"""The page of the line to the province."""

from ui.pages.sync.page import SyncPage

__all__ = ["SyncPage"]
