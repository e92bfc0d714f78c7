"""pdfium keeps global state: whoever draws a page with it holds this lock."""

from __future__ import annotations

from threading import Lock

PDFIUM = Lock()
