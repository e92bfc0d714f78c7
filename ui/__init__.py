"""What the clerk sees: windows, pages and widgets over the services of :mod:`counter_app`."""

import builtins
import importlib


def _import_qt() -> None:
    """Import Qt's bindings before everything else, without the hook that they leave in every later import.

    The hook reads the source of each module imported from then on, in search of a spelling (``__feature__``) that is used nowhere here: a
    tenth of a second and 18 MB at every start.
    """
    plain = builtins.__import__
    importlib.import_module("PySide6.QtCore")
    builtins.__import__ = plain


_import_qt()
