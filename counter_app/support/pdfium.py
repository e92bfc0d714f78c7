"""pdfium keeps global state: whoever opens, draws or closes a PDF with it holds this lock, in whatever thread and room."""

from __future__ import annotations

from threading import Lock

PDFIUM = Lock()
