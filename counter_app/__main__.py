"""``counter``, or ``python -m counter_app``: the desk without a window."""

from __future__ import annotations

import os
import sys
from contextlib import suppress


def main() -> int:
    """Run the call of this process and return its exit code.

    Words and file names are UTF-8 also where the locale says otherwise: there Python is started again in its UTF-8 mode.
    """
    if os.name != "nt" and sys.getfilesystemencoding() != "utf-8":
        os.execv(sys.executable, [sys.executable, "-X", "utf8", "-m", "counter_app", *sys.argv[1:]])  # noqa: S606
    from counter_app.cli.main import main as run  # noqa: PLC0415  after the streams and names are right
    from counter_app.support import logs, paths  # noqa: PLC0415
    from counter_app.support.memory import leave_no_core  # noqa: PLC0415

    leave_no_core()
    with suppress(OSError):  # without a log the desk works all the same
        logs.start(paths.state_dir() / "logs")
    return run()


if __name__ == "__main__":
    sys.exit(main())
