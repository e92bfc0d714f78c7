"""``make run``: open the window; where there is no screen, say so and leave the demonstration and pictures of the window instead."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

NO_SCREEN = (
    "Máy này không có màn hình: chạy bản trình diễn thay cho cửa sổ.\n"
    "There is no screen here: running the demonstration instead of the window.\n"
)


def has_screen() -> bool:
    """Tell whether a window can be shown here."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def demonstration(out: Path) -> list[list[str]]:
    """Return the commands that leave slips, books and, where a virtual screen can be had, pictures under ``out``."""
    commands = [[sys.executable, "-m", "counter_app", "demo", "--out", str(out / "demo")]]
    if find_spec("bench") is not None and shutil.which("Xvfb"):
        commands.append([sys.executable, "-m", "bench.shots", "--out", str(out / "shots"), "--few"])
    return commands


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window or run the demonstration; the exit code of whatever ran."""
    reader = argparse.ArgumentParser(prog="ui.start", description="Quầy Một Cửa")
    reader.add_argument("--out", type=Path, default=Path("out"), metavar="DIR", help="where the demonstration goes")
    found, rest = reader.parse_known_args(arguments)
    if has_screen():
        from ui.__main__ import main as open_window  # noqa: PLC0415  without a screen Qt is not needed

        return open_window(rest)
    sys.stderr.write(NO_SCREEN)
    for command in demonstration(found.out):
        code = subprocess.run(command, check=False).returncode  # noqa: S603  (our own words)
        if code != 0:
            return code
    sys.stderr.write(f"{found.out.resolve()}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
