"""The page where stacks of paper are scanned, divided and filed."""

from ui.pages.scanning.page import ScanningPage

__all__ = ["ScanningPage"]
