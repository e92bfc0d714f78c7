"""Run a Qt program and write down when its first window stood painted on the screen: ``probe.py OUT BINDING TARGET [ARGUMENTS…]``.

``TARGET`` is a script or ``module:function``. A window counts when it is visible, no splash screen, and at least 500 × 300. The program
ends there. The clock is the monotonic one of the system, so that the parent can count from the moment it started this process.
"""

from __future__ import annotations

import importlib
import os
import runpy
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

WIDTH, HEIGHT = 500, 300


def watch(binding: str, painted: Callable[[], None]) -> None:
    """Have ``painted`` called once, when the first window of a program that starts from now on is on the screen."""
    core, widgets = importlib.import_module(f"{binding}.QtCore"), importlib.import_module(f"{binding}.QtWidgets")

    class Watch(core.QObject):  # type: ignore[name-defined,misc]
        """Sees every event of the program until the first window is painted."""

        def eventFilter(self, watched: Any, event: Any) -> bool:
            """Look for the first paint; what is painted stands on the screen when the event loop comes back."""
            if event.type() == core.QEvent.Type.Paint and watched.isWidgetType() and _counts(core, watched.window()):
                widgets.QApplication.instance().removeEventFilter(self)
                core.QTimer.singleShot(0, painted)
            return False

    class Watched(widgets.QApplication):  # type: ignore[name-defined,misc]
        """An application that is watched from its first event on."""

        def __init__(self, *arguments: Any, **named: Any) -> None:
            super().__init__(*arguments, **named)
            self._watch = Watch()
            self.installEventFilter(self._watch)

    setattr(widgets, "QApplication", Watched)  # noqa: B010  a program finds it where it looks for Qt's own


def _counts(core: Any, window: Any) -> bool:
    splash = window.windowType() == core.Qt.WindowType.SplashScreen
    return bool(window.isVisible() and not splash and window.width() >= WIDTH and window.height() >= HEIGHT)


def main() -> None:
    """Run the program that the command line names."""
    out, binding, target, *arguments = sys.argv[1:]

    def note_and_end() -> None:
        Path(out).write_text(str(time.monotonic_ns()), encoding="ascii")
        os._exit(0)

    watch(binding, note_and_end)
    sys.argv = [target, *arguments]
    module, _, function = target.partition(":")
    if function:
        getattr(importlib.import_module(module), function)()
    else:
        runpy.run_path(target, run_name="__main__")


if __name__ == "__main__":
    main()
