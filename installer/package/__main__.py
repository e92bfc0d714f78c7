"""``python -m installer.package windows|debian [--out DIR] [--quick] [--runtime DIR]``: build what a commune's PC installs."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from installer.package import debian_package, windows_package
from installer.package.parts import ROOT, PackagingError

KINDS = {"windows": windows_package.build, "debian": debian_package.build}


def main() -> int:
    """Build one kind and print the paths of what was made; 4 when something is missing."""
    reader = argparse.ArgumentParser(prog="installer.package", description=__doc__)
    reader.add_argument("kind", choices=sorted(KINDS))
    reader.add_argument("--out", type=Path, default=ROOT / "dist")
    reader.add_argument("--work", type=Path, default=ROOT / "build" / "package", help="where parts are kept between builds")
    reader.add_argument("--quick", action="store_true", help="compress less, for checks")
    reader.add_argument("--runtime", type=Path, help="python.org's embeddable package, unpacked (windows)")
    found = reader.parse_args()
    runtime = {"runtime": found.runtime} if found.runtime else {}
    try:
        for path in KINDS[found.kind](found.work, found.out, quick=found.quick, **runtime):
            print(f"{path}\t{path.stat().st_size / 1e6:.1f} MB")
    except PackagingError as error:
        print(error, file=sys.stderr)
        return 4
    return 0


if __name__ == "__main__":
    sys.exit(main())
