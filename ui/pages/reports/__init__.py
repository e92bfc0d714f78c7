"""How are we doing? Reports of any period, their charts, and the dossiers behind every figure."""

from ui.pages.reports.page import ReportsPage

__all__ = ["ReportsPage"]
