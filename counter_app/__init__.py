"""Quầy Một Cửa: the desk of a commune one-stop unit, without a window."""

__version__ = "0.1.0"
