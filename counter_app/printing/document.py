"""A PDF/A-2b document: fonts, colour and metadata around pages that a :class:`~counter_app.printing.canvas.Canvas` has drawn.

The fonts and the colour profile come first and are the same in every document: they are made once, and all documents of one program
version begin with the same bytes.
"""

from __future__ import annotations

from functools import cached_property
from io import BytesIO
from typing import BinaryIO
from xml.sax.saxutils import escape

from counter_app.printing.canvas import Canvas, font_key
from counter_app.printing.pdf_file import PdfFile, text_string
from counter_app.printing.typefaces import MM, Face, Subset, Typeface, Typefaces
from counter_app.support.srgb import srgb_profile

OPENING_FACES = (Face.REGULAR, Face.BOLD, Face.ITALIC)
"""The faces whose common characters every document carries."""

_UNICODE, _INTENT = 1, 3
"""Numbers of objects in the opening; a font is the last of its five."""
_FONTS = tuple(8 + 5 * place for place in range(len(OPENING_FACES)))

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" pdfaid:part="2" pdfaid:conformance="B"/>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li>
</rdf:Alt></dc:title></rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


class Press:
    """What all documents of a process share: the typefaces, and the first bytes with fonts and colour. Make one and keep it."""

    def __init__(self) -> None:
        self.typefaces = Typefaces()

    @cached_property
    def opening(self) -> tuple[bytes, tuple[int, ...]]:
        """The first bytes of every document and the offsets of the objects in them; costs some ten milliseconds the first time."""
        out = BytesIO()
        file = PdfFile(out)
        file.add_stream(_to_unicode())
        profile = file.add_stream(srgb_profile(), b"/N 3 ", deflate=9)
        file.add(b"<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB IEC61966-2.1) /Info (sRGB IEC61966-2.1) "
                 b"/DestOutputProfile %d 0 R >>" % profile)
        for face in OPENING_FACES:
            _add_font(file, self.typefaces[face], self.typefaces[face].common, "COMMON")
        return out.getvalue(), tuple(file.offsets)

    def document(self, out: BinaryIO, title: str) -> Document:
        """Begin a document."""
        return Document(out, self, title)


class Document:
    """Writes pages to a stream as they are drawn, in constant memory."""

    def __init__(self, out: BinaryIO, press: Press, title: str) -> None:
        self._file = PdfFile(out, *press.opening)
        self._typefaces = press.typefaces
        self._title = title
        self._extra: dict[Face, set[str]] = {}
        self._pages: list[int] = []
        self._tree, self._resources = self._file.reserve(), self._file.reserve()

    def canvas(self) -> Canvas:
        """Return an empty page to draw on."""
        return Canvas(self._typefaces, OPENING_FACES, self._extra)

    def add_ground(self, canvas: Canvas, height: float) -> int:
        """Write a drawing that many pages of this height share; return what :meth:`add_page` knows it by."""
        return self._file.add_stream(canvas.content(0, height))

    def add_page(self, width: float, height: float, *drawn: tuple[Canvas, float], ground: int | None = None) -> None:
        """Write a page of this size, in mm, of one or more drawings with their left edges, on a shared ground."""
        own = self._file.add_stream(b"".join(canvas.content(x, height) for canvas, x in drawn))
        content = b"%d 0 R" % own if ground is None else b"[%d 0 R %d 0 R]" % (ground, own)
        box = f"[0 0 {width * MM:.3f} {height * MM:.3f}]".encode("ascii")
        page = b"<< /Type /Page /Parent %d 0 R /MediaBox %b /Resources %d 0 R /Contents %b >>"
        self._pages.append(self._file.add(page % (self._tree, box, self._resources, content)))

    def close(self) -> None:
        """Write what belongs to the whole document and end the file."""
        file = self._file
        fonts = {font_key(face): number for face, number in zip(OPENING_FACES, _FONTS, strict=True)}
        for face in sorted(self._extra):
            typeface = self._typefaces[face]
            fonts[font_key(face, extra=True)] = _add_font(file, typeface, typeface.subset(self._extra[face]), "EXTRAX")
        named = b" ".join(b"/%b %d 0 R" % (key.encode("ascii"), number) for key, number in fonts.items())
        file.put(self._resources, b"<< /Font << %b >> >>" % named)
        kids = b" ".join(b"%d 0 R" % page for page in self._pages)
        file.put(self._tree, b"<< /Type /Pages /Count %d /Kids [%b] >>" % (len(self._pages), kids))
        metadata = file.add_stream(_XMP.format(title=escape(self._title)).encode(), b"/Type /Metadata /Subtype /XML ", deflate=None)
        file.finish(file.add(
            b"<< /Type /Catalog /Pages %d 0 R /Metadata %d 0 R /Lang %b /OutputIntents [%d 0 R] "
            b"/ViewerPreferences << /PrintScaling /None /DisplayDocTitle true >> >>"
            % (self._tree, metadata, text_string("vi-VN"), _INTENT)))


def _add_font(file: PdfFile, typeface: Typeface, subset: Subset, tag: str) -> int:
    """Write the five objects of a composite font whose codes are Unicode; return the number of the last, the font itself."""
    name = f"{tag}+{typeface.name}".encode("ascii")
    program = file.add_stream(subset.program, b"/Length1 %d " % subset.length, deflated=True)
    box = b" ".join(b"%d" % edge for edge in typeface.box)
    descriptor = file.add(
        b"<< /Type /FontDescriptor /FontName /%b /Flags 4 /FontBBox [%b] /ItalicAngle %g /Ascent %d /Descent %d /CapHeight %d /StemV %d "
        b"/FontFile2 %d 0 R >>"
        % (name, box, typeface.slant, typeface.ascent, typeface.descent, typeface.cap_height, typeface.stem, program))
    glyphs = bytearray(2 * (max(subset.glyphs) + 1))
    for code, glyph in subset.glyphs.items():
        glyphs[2 * code:2 * code + 2] = glyph.to_bytes(2, "big")
    glyph_map = file.add_stream(bytes(glyphs), deflate=9)
    widths = b" ".join(b"%d [%d]" % pair for pair in subset.widths.items())
    descendant = file.add(
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /%b /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
        b"/FontDescriptor %d 0 R /CIDToGIDMap %d 0 R /DW 0 /W [%b] >>" % (name, descriptor, glyph_map, widths))
    return file.add(
        b"<< /Type /Font /Subtype /Type0 /BaseFont /%b /Encoding /Identity-H /DescendantFonts [%d 0 R] /ToUnicode %d 0 R >>"
        % (name, descendant, _UNICODE))


def _to_unicode() -> bytes:
    """Return the map from codes to Unicode: each to itself. A range may not cross a high byte, a block holds at most 100 ranges."""
    ranges = [f"<{high:02X}00> <{high:02X}FF> <{high:02X}00>" for high in range(256) if not 0xD8 <= high <= 0xDF]
    parts = [ranges[at:at + 100] for at in range(0, len(ranges), 100)]
    blocks = "\n".join("\n".join([f"{len(part)} beginbfrange", *part, "endbfrange"]) for part in parts)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n{blocks}\nendcmap\n"
        "CMapName currentdict /CMap defineresource pop\nend\nend").encode("ascii")
