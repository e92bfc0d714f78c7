"""Make one PDF/A of the pages in a folder, in a process of its own, and tell how long it took and what it needed.

``python -m bench.scanning_child FOLDER DPI PROFILE OUT [PAGES]``. The time begins when the first page is opened: imports are what a desk
that is open has behind it.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from PIL import Image

from bench.moment import NOW
from bench.weight import most_memory
from counter_app.domain.scan_profile import CleanUp
from counter_app.scanning.pdf.writing import write_pdf
from counter_app.services.scanning.devices import ScannedPage
from counter_app.services.scanning.paper import FileFacts, PageWork, PdfProfile


def works(folder: Path, dpi: int, count: int) -> list[PageWork]:
    """Return ``count`` pages, those of the folder over and over."""
    paths = sorted(folder.glob("*.png"))
    found = []
    for number in range(count or len(paths)):
        path = paths[number % len(paths)]
        with Image.open(path) as picture:
            found.append(PageWork(ScannedPage(path, dpi, "front", number + 1, picture.size), CleanUp()))
    return found


def main(arguments: list[str]) -> None:
    """Run."""
    folder, dpi, profile, out = Path(arguments[0]), int(arguments[1]), PdfProfile(arguments[2]), Path(arguments[3])
    pages = works(folder, dpi, int(arguments[4]) if len(arguments) > 4 else 0)
    start = time.perf_counter()
    made = write_pdf(pages, FileFacts("Giấy tờ mẫu", NOW), profile, out)
    seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "pages": made.pages, "bytes": made.size, "mib": most_memory()}))


if __name__ == "__main__":
    main(sys.argv[1:])
