"""Make one PDF/A of the pages in a folder, in a process of its own, and tell how long it took.

``python -m bench.scanning_child FOLDER DPI PROFILE OUT``. The time begins when the first page is opened: imports are what a desk
that is open has behind it.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from PIL import Image

from bench.moment import NOW
from counter_app.domain.scan_profile import CleanUp, PdfProfile
from counter_app.scanning.pdf.writing import write_pdf
from counter_app.services.scanning.devices import ScannedPage
from counter_app.services.scanning.paper import FileFacts, PageWork


def works(folder: Path, dpi: int) -> list[PageWork]:
    """Return the pages of a folder."""
    found = []
    for number, path in enumerate(sorted(folder.glob("*.png")), start=1):
        with Image.open(path) as picture:
            found.append(PageWork(ScannedPage(path, dpi, "front", number, picture.size), CleanUp()))
    return found


def main(arguments: list[str]) -> None:
    """Run."""
    folder, dpi, profile, out = Path(arguments[0]), int(arguments[1]), PdfProfile(arguments[2]), Path(arguments[3])
    pages = works(folder, dpi)
    start = time.perf_counter()
    made = write_pdf(pages, FileFacts("Giấy tờ mẫu", NOW), profile, out)
    seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "pages": made.pages, "bytes": made.size}))


if __name__ == "__main__":
    main(sys.argv[1:])
