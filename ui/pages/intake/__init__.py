"""Intake: procedure, applicant, papers, fee, result; the appointment counts and the slip stands beside it while the clerk types."""

from ui.pages.intake.page import IntakePage

__all__ = ["IntakePage"]
