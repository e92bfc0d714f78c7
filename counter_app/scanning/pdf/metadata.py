"""What a file tells about itself, as XMP, in the words that PDF/A-2 knows beforehand (ISO 19005-2, 6.6.2.3.1): every archive reads them.

The paper is ``dc:type``, its number ``dc:identifier``, its day ``dc:date``, its KQ code ``dc:subject``, the owner ``xmpRights:Owner``; the
number of pages and the digest of their content stand in ``xmp:Identifier``.
"""

from __future__ import annotations

from datetime import datetime
from xml.sax.saxutils import escape

from counter_app.services.scanning.paper import FileFacts

PRODUCER = "Quầy Một Cửa"
_FRAME = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
{words}
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def xmp(facts: FileFacts, pages: int, content_sha256: str) -> bytes:
    """Return the metadata stream; what is not known is left out."""
    issued = facts.issued_on.isoformat() if facts.issued_on else ""
    created = facts.created_at.replace(microsecond=0).isoformat()
    words = [
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(facts.title)}</rdf:li></rdf:Alt></dc:title>',
        _one("xmp:CreateDate", created), _one("xmp:ModifyDate", created), _one("xmp:CreatorTool", PRODUCER), _one("pdf:Producer", PRODUCER),
        _several("dc:type", "Bag", facts.paper), _one("dc:identifier", facts.number),
        _several("dc:date", "Seq", issued), _several("dc:subject", "Bag", facts.result_code),
        _several("xmpRights:Owner", "Bag", facts.owner), _several("xmp:Identifier", "Bag", f"pages:{pages}", f"sha256:{content_sha256}"),
    ]
    return _FRAME.format(words="\n".join(filter(None, words))).encode()


def _one(name: str, value: str) -> str:
    return f"<{name}>{escape(value)}</{name}>" if value else ""


def _several(name: str, kind: str, *values: str) -> str:
    items = "".join(f"<rdf:li>{escape(value)}</rdf:li>" for value in values if value)
    return f"<{name}><rdf:{kind}>{items}</rdf:{kind}></{name}>" if items else ""


def pdf_date(at: datetime) -> str:
    """Return a moment as the information dictionary writes it."""
    zone = f"{at:%z}"
    return f"D:{at:%Y%m%d%H%M%S}{zone[:3]}'{zone[3:5]}'"
