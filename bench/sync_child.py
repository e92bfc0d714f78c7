"""One pass of a desk to its province in a process of its own; tells what it took.

``python -m bench.sync_child ROOT SECONDS [TICKET]``: with a ticket it enrols first. Memory before is that of the open desk with its line
made, so that what grows is the pass alone.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from bench.desk import KeptDesk
from bench.weight import memory, most_memory
from counter_app.bootstrap import Counter, open_counter
from counter_app.services.line.province import read_ticket


def main(arguments: list[str]) -> None:
    """Run."""
    root, seconds = Path(arguments[0]), float(arguments[1])
    counter = open_counter(KeptDesk(root, 0).data_dir)
    try:
        if len(arguments) > 2:
            counter.province.enrol(read_ticket(json.loads(Path(arguments[2]).read_bytes())))
        print(json.dumps(_pass(counter, seconds)))
    finally:
        counter.close()


def _pass(counter: Counter, seconds: float) -> dict[str, object]:
    counter.province.standing()
    before, began, cpu = memory(), time.perf_counter(), time.process_time()
    told = counter.province.run(seconds)
    return {
        "seconds": time.perf_counter() - began, "cpu": time.process_time() - cpu, "sent": told.sent, "uploaded": told.uploaded,
        "pending": told.pending, "files": told.files, "idle_mib": before, "most_mib": most_memory(),
        "troubles": [each.problem.code for each in told.troubles]}


if __name__ == "__main__":
    main(sys.argv[1:])
