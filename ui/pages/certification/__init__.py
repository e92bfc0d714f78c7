"""The certification counter: rows typed with the number pad, fees and numbers at once, F9 for all of it."""

from ui.pages.certification.page import CertificationPage

__all__ = ["CertificationPage"]
