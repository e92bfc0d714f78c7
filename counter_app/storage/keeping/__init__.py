"""Copies of a desk on a disk: a file for each, and beside it, by their content, blocks of the encrypted database and sealed files."""

from counter_app.storage.keeping.room import CopyRoom

__all__ = ["CopyRoom"]
