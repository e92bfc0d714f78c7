"""``python -m installer.manual [--out DIR]``: write the manual and the cards as PDF, into ``docs/pdf`` where nothing else is said."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from counter_app.support.paths import document_path
from installer.manual import make


def main(arguments: Sequence[str] | None = None) -> None:
    """Write both and print where they are."""
    reader = argparse.ArgumentParser(prog="installer.manual", description=__doc__)
    reader.add_argument("--out", type=Path, default=document_path("pdf"))
    for path in make.write(reader.parse_args(arguments).out):
        print(f"{path}\t{path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
