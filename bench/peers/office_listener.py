"""LibreOffice kept open: ``office_listener.py SOFFICE PROFILE`` turns each Word file named on a line of its input into PDF beside it.

Runs in the system's own Python, which has LibreOffice's bridge. Answers ``ready`` once, then each path of a PDF when it is written.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

PIPE = "slipbench"
PATIENCE = 60.0
"""Seconds to wait for the office to start."""


def desktop() -> Any:
    """Return the office's desktop as soon as it answers."""
    resolver = uno.getComponentContext().ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            context = resolver.resolve(f"uno:pipe,name={PIPE};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstance("com.sun.star.frame.Desktop")
        except NoConnectException:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def convert(office: Any, source: Path) -> Path:
    """Write the PDF of a Word file beside it."""
    document = office.loadComponentFromURL(source.as_uri(), "_blank", 0, (PropertyValue("Hidden", 0, True, 0),))
    out = source.with_suffix(".pdf")
    document.storeToURL(out.as_uri(), (PropertyValue("FilterName", 0, "writer_pdf_Export", 0),))
    document.close(True)
    return out


def main() -> None:
    """Serve until the input ends."""
    soffice, profile = sys.argv[1], Path(sys.argv[2])
    words = [soffice, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", f"--accept=pipe,name={PIPE};urp;"]
    server = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        office = desktop()
        print("ready", flush=True)
        for line in sys.stdin:
            print(convert(office, Path(line.strip())), flush=True)
        office.terminate()
    finally:
        server.wait(PATIENCE)


if __name__ == "__main__":
    main()
