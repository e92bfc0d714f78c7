"""Reads PDFs back with pdfium and zxing, parts that know nothing of how they were made."""

import ctypes

import pypdfium2
import pypdfium2.raw as raw
import zxingcpp

MM = 72 / 25.4
FORMATS = [zxingcpp.BarcodeFormat.Code128, zxingcpp.BarcodeFormat.QRCode]


class Pdf:
    """An open document; use as a context."""

    def __init__(self, data):
        self._document = pypdfium2.PdfDocument(data)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._document.close()

    def __len__(self):
        return len(self._document)

    def size(self, page=0):
        """Width and height in mm."""
        return tuple(round(side / MM, 2) for side in self._document[page].get_size())

    def text(self, page=None):
        """The text of a page, or of all; line ends as spaces."""
        numbers = range(len(self)) if page is None else [page]
        return " ".join(" ".join(self._document[n].get_textpage().get_text_bounded().split()) for n in numbers)

    def lines(self, page=0):
        """The text of a page, each line after a line end."""
        return "\n" + self._document[page].get_textpage().get_text_bounded().replace("\r", "")

    def says(self, words, page=None):
        """Tell whether words stand on a page; white space doesn't count, for a PDF has none, only places."""
        return "".join(words.split()) in "".join(self.text(page).split())

    def objects(self, page=0):
        """Texts, filled shapes and ruled lines of a page: (kind, (left, top, right, bottom) in mm from the top left)."""
        sheet = self._document[page]
        height = sheet.get_height()
        for found in sheet.get_objects():
            left, bottom, right, top = found.get_bounds()
            box = (left / MM, (height - top) / MM, right / MM, (height - bottom) / MM)
            if found.type == raw.FPDF_PAGEOBJ_TEXT:
                yield "text", box
            elif found.type == raw.FPDF_PAGEOBJ_PATH:
                yield ("shape" if box[2] - box[0] > 5 and box[3] - box[1] > 5 and not _stroked(found) else "rule"), box

    def picture(self, page=0, dpi=200):
        return self._document[page].render(scale=dpi / 72, grayscale=True).to_pil()

    def barcodes(self, page=0, dpi=200):
        """What scans: {format name: (text, left, top, width) in mm}."""
        found = {}
        for code in zxingcpp.read_barcodes(self.picture(page, dpi), formats=FORMATS):
            place, dot = code.position, 25.4 / dpi
            name = "qr" if code.format == zxingcpp.BarcodeFormat.QRCode else "bars"
            found[name] = (code.text, place.top_left.x * dot, place.top_left.y * dot, (place.top_right.x - place.top_left.x) * dot)
        return found


def _stroked(found):
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(found.raw, fill, stroke)
    return bool(stroke.value)


def problems(pdf, page=0, margin=3.5, reach=0.0):
    """What is wrong with a page's layout: texts over one another, over bars, through rules or off the paper.

    ``reach`` is how far, in mm, signs of a text may be drawn out of their line.
    """
    width, height = pdf.size(page)
    placed = list(pdf.objects(page))
    texts = [box for kind, box in placed if kind == "text"]
    others = [(kind, box) for kind, box in placed if kind != "text"]
    found = [f"off the paper: {_told(box)}" for _, box in placed if not _inside(box, width, height, margin)]
    for number, box in enumerate(texts):
        found += [f"text over text: {_told(box)} {_told(other)}" for other in texts[number + 1:] if _overlap(box, other, 0.35, reach)]
        found += [f"text over {kind}: {_told(box)} {_told(other)}" for kind, other in others if _crossed(kind, box, other, reach)]
    return found


def _crossed(kind, text, other, reach):
    if kind == "shape":
        return _overlap(text, other, 0.1)
    flat = other[3] - other[1] < 1 or other[2] - other[0] < 1
    return flat and _overlap(text, other, 0.05, reach) and not _touches_edge(text, other)


def _touches_edge(text, rule):
    """A rule under a text may touch its descenders; one through its middle may not."""
    middle = (rule[1] + rule[3]) / 2
    return rule[3] - rule[1] < 1 and middle > text[1] + 0.8 * (text[3] - text[1])


def _overlap(one, other, slack, reach=0.0):
    return (min(one[2], other[2]) - max(one[0], other[0]) > slack) and (min(one[3], other[3]) - max(one[1], other[1]) > slack + reach)


def _inside(box, width, height, margin):
    return box[0] >= margin and box[1] >= margin and box[2] <= width - margin and box[3] <= height - margin


def _told(box):
    return "({:.1f} {:.1f} {:.1f} {:.1f})".format(*box)
