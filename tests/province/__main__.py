"""Start the trial province: ``python -m tests.province --port 0 --database sqlite:///province.db --ticket ticket.json``."""

from __future__ import annotations

import argparse
import json
import logging
import sys
from pathlib import Path

import uvicorn

from tests.province.server.app import started
from tests.province.server.office import Office
from tests.province.server.running import configured, listening


def options_of(arguments: list[str] | None = None) -> argparse.Namespace:
    """Return what the command line says."""
    parser = argparse.ArgumentParser(prog="python -m tests.province", description="The trial province, on loopback alone.")
    parser.add_argument("--port", type=int, default=8765, help="0: any free one")
    parser.add_argument("--database", default="sqlite:///province.db", help="sqlite:///FILE or postgresql://…")
    parser.add_argument("--files", type=Path, help="folder of uploads and blobs; beside the SQLite file when not said")
    parser.add_argument("--ticket", type=Path, action="append", default=[], metavar="FILE", help="write a new ticket; may be repeated")
    parser.add_argument("--agency", default="H36.50.05", help="the commune of the tickets")
    parser.add_argument("--restored", action="store_true", help="the database is an old backup: begin a new server epoch")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> None:
    """Serve until it is interrupted."""
    options = options_of(arguments)
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    place = Path(options.database.removeprefix("sqlite:///")) if options.database.startswith("sqlite:///") else Path("province")
    province, app = started(options.database, options.files or place.with_suffix(".files"), restored=options.restored)
    with listening(options.port) as socket:
        address = f"http://127.0.0.1:{socket.getsockname()[1]}"
        for file in options.ticket:
            file.write_text(json.dumps(Office(province).ticket(options.agency, address), indent=1) + "\n", "utf-8")
        sys.stdout.write(f"{address}\n")
        sys.stdout.flush()
        uvicorn.Server(configured(app)).run(sockets=[socket])


if __name__ == "__main__":
    main()
