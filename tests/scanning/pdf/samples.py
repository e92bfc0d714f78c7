"""Pages for the tests of PDF: little ones, with everything that a big one has."""

import random

import numpy as np
import pypdfium2
from PIL import Image

from bench import sheets
from counter_app.domain.moments import local
from counter_app.domain.scan_profile import CleanUp
from counter_app.services.scanning.devices import ScannedPage
from counter_app.services.scanning.paper import FileFacts, PageWork

AS_IT_IS = CleanUp(deskew=False, whiten=False, crop=False, hide_blank=False)
FACTS = FileFacts("Tờ khai <1> & giấy tờ", local(2026, 11, 20, 9, 42, 5), owner="p-17")


def work(tmp_path, picture, dpi=200, number=1, wishes=AS_IT_IS, turns=0):
    """A scanned page from pixels in RGB."""
    path = sheets.save(np.asarray(picture), tmp_path / f"page-{number:04d}.png", dpi)
    size = np.asarray(picture).shape[1::-1]
    return PageWork(ScannedPage(path, dpi, "front", number, (int(size[0]), int(size[1]))), wishes, turns)


def signed_page(dpi=200):
    """The upper left of a page of text, with a seal and a signature in it."""
    picture = Image.fromarray(sheets.sheet("text", 3, dpi)[:, :round(4.2 * dpi)].copy())
    sheets.stamp(picture, (50, 60), dpi)
    sheets.sign(picture, (60, 95), dpi, random.Random(1))
    return picture.crop((round(0.8 * dpi), round(0.8 * dpi), round(4.1 * dpi), round(4.5 * dpi)))


def rendered(path, page=0, dpi=200):
    """A page of a PDF as pixels in RGB."""
    document = pypdfium2.PdfDocument(path)
    try:
        return np.asarray(document[page].render(scale=dpi / 72 * (1 - 1e-6)).to_pil().convert("RGB")).astype(int)
    finally:
        document.close()
