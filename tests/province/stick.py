"""Answer the files of desks on a stick: ``python -m tests.province.stick --database sqlite:///province.db FOLDER``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.province.server.app import started
from tests.province.server.stick import answer_all


def main(arguments: list[str] | None = None) -> None:
    """Write an answer beside each file of a desk, and say which."""
    parser = argparse.ArgumentParser(prog="python -m tests.province.stick", description="Answers desks without a line.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--database", default="sqlite:///province.db", help="that of the trial province, running or not")
    parser.add_argument("--files", type=Path, help="its folder of files, as the province was started with")
    options = parser.parse_args(arguments)
    place = Path(options.database.removeprefix("sqlite:///")) if options.database.startswith("sqlite:///") else Path("province")
    province, _ = started(options.database, options.files or place.with_suffix(".files"))
    for path in answer_all(province, options.folder):
        sys.stdout.write(f"{path.name}\n")
    province.close()


if __name__ == "__main__":
    main()
