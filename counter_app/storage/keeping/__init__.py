"""Copies of a desk on a disk: one encrypted file for the database, and the sealed files beside it by their content."""

from counter_app.storage.keeping.room import CopyRoom

__all__ = ["CopyRoom"]
