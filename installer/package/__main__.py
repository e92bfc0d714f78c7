"""``python -m installer.package windows|debian [--out DIR] [--quick] [--runtime DIR]``: build what a commune's PC installs."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from counter_app.updating.publisher import pinned_keys
from installer.package import debian_package, windows_package
from installer.package.parts import ROOT, PackagingError

KINDS = {"windows": windows_package.build, "debian": debian_package.build}
SECONDS = "{kind}.seconds"
"""File among the parts that says how long the last build of a kind took."""
NO_PUBLISHER = (
    "warning: resources/updates/keys.json pins no key, so what was built takes no update, neither of the program nor of forms. "
    "Before a release:  python -m installer.package.updates key FILE  (installer/README.md, Releases)"
)


def main() -> int:
    """Build one kind, print the paths of what was made, and warn where no update will ever fit it; 4 when something is missing."""
    reader = argparse.ArgumentParser(prog="installer.package", description=__doc__)
    reader.add_argument("kind", choices=sorted(KINDS))
    reader.add_argument("--out", type=Path, default=ROOT / "dist")
    reader.add_argument("--work", type=Path, default=ROOT / "build" / "package", help="where parts are kept between builds")
    reader.add_argument("--quick", action="store_true", help="compress less, for checks")
    reader.add_argument("--runtime", type=Path, help="python.org's embeddable package, unpacked (windows)")
    found = reader.parse_args()
    runtime = {"runtime": found.runtime} if found.runtime else {}
    start = time.monotonic()
    try:
        for path in KINDS[found.kind](found.work.resolve(), found.out.resolve(), quick=found.quick, **runtime):
            print(f"{path}\t{path.stat().st_size / 1e6:.1f} MB")
    except PackagingError as error:
        print(error, file=sys.stderr)
        return 4
    (found.work / SECONDS.format(kind=found.kind)).write_text(f"{time.monotonic() - start:.1f}\n", encoding="ascii")
    if not pinned_keys():
        print(NO_PUBLISHER, file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
