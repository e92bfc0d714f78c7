"""One page being drawn: text, rules and filled shapes in millimetres from the top left corner, black on white."""

from __future__ import annotations

from collections.abc import Container, Iterable
from itertools import groupby

from counter_app.printing.typefaces import COMMON, MM, Face, Typefaces


def font_key(face: Face, *, extra: bool = False) -> str:
    """Return the name of a font on the page; ``extra`` is the one of the characters beyond the common ones."""
    return f"{face}{'Extra' if extra else ''}"


class Canvas:
    """Collects drawing operators. ``extra`` gathers, for the document, the characters that its common fonts lack."""

    def __init__(self, typefaces: Typefaces, common_faces: Container[Face], extra: dict[Face, set[str]]) -> None:
        self.typefaces = typefaces
        self._common_faces = common_faces
        self._extra = extra
        self._operators: list[str] = []

    def text(self, x: float, baseline: float, text: str, face: Face, size: float) -> None:
        """Write a printable text from ``x`` on."""
        if face in self._common_faces and COMMON.issuperset(text):
            shown = f"/{face} {size:g} Tf {x * MM:.2f} {-baseline * MM:.2f} Td <{text.encode('utf-16-be').hex()}> Tj"
        else:
            shown = f"{x * MM:.2f} {-baseline * MM:.2f} Td {self._mixed(text, face, size)}"
        self._operators.append(f"BT {shown} ET")

    def show(self, text: str, face: Face, size: float) -> str:
        """Return the operators that write a printable text where the pen stands, for :meth:`shown`."""
        if COMMON.issuperset(text):
            return f"<{text.encode('utf-16-be').hex()}> Tj"
        return f"{self._mixed(text, face, size)} /{face} {size:g} Tf"

    def shown(self, placed: Iterable[tuple[float, float, str]], face: Face, size: float) -> None:
        """Write what :meth:`show` made for the same face, a common one, and size: each at its place (x, baseline)."""
        drawn = [f"1 0 0 1 {x * MM:.2f} {-baseline * MM:.2f} Tm {operators}" for x, baseline, operators in placed]
        self._operators += [f"BT /{face} {size:g} Tf", *drawn, "ET"]

    def text_right(self, x: float, baseline: float, text: str, face: Face, size: float) -> None:
        """Write a text that ends at ``x``."""
        self.text(x - self.typefaces.width(text, face, size), baseline, text, face, size)

    def text_centred(self, x: float, baseline: float, text: str, face: Face, size: float) -> None:
        """Write a text whose middle is at ``x``."""
        self.text(x - self.typefaces.width(text, face, size) / 2, baseline, text, face, size)

    def rule(self, x1: float, y1: float, x2: float, y2: float, weight: float = 0.5) -> None:
        """Draw a straight line, ``weight`` in points."""
        self._operators.append(f"{weight:g} w {x1 * MM:.2f} {-y1 * MM:.2f} m {x2 * MM:.2f} {-y2 * MM:.2f} l S")

    def frame(self, x: float, y: float, width: float, height: float, weight: float) -> None:
        """Draw a rectangle's outline."""
        self._operators.append(f"{weight:g} w {x * MM:.2f} {-(y + height) * MM:.2f} {width * MM:.2f} {height * MM:.2f} re S")

    def dots(self, x1: float, x2: float, y: float) -> None:
        """Draw a dotted line to write on."""
        self._operators.append(f"q 1 J 0.7 w [0 1.7] 0 d {x1 * MM:.2f} {-y * MM:.2f} m {x2 * MM:.2f} {-y * MM:.2f} l S Q")

    def dashes(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """Draw a dashed line to cut along."""
        self._operators.append(
            f"q 0.4 w [4 3] 0 d {x1 * MM:.2f} {-y1 * MM:.2f} m {x2 * MM:.2f} {-y2 * MM:.2f} l S Q")

    def fill(self, rectangles: Iterable[tuple[float, float, float, float]]) -> None:
        """Fill rectangles (x, y, width, height) as one path, so that neighbours show no seam."""
        shape = " ".join(
            f"{x * MM:.3f} {-(y + height) * MM:.3f} {width * MM:.3f} {height * MM:.3f} re" for x, y, width, height in rectangles)
        self._operators.append(f"{shape} f")

    def blank(self) -> Canvas:
        """Return another empty page of the same document."""
        return Canvas(self.typefaces, self._common_faces, self._extra)

    def add(self, other: Canvas) -> None:
        """Draw all that is on another page."""
        self._operators += other._operators

    def content(self, x: float, height: float) -> bytes:
        """Return the operators for a sheet of this height, the left edge of the page at ``x``, in mm."""
        body = "\n".join(self._operators)
        return f"q 1 0 0 1 {x * MM:.3f} {height * MM:.3f} cm\n{body}\nQ\n".encode("ascii")

    def _mixed(self, text: str, face: Face, size: float) -> str:
        """Return the operators of a text whose characters come from both fonts of the face."""
        parts = []
        for common, run in groupby(text, COMMON.__contains__):
            shown = "".join(run)
            extra = not (common and face in self._common_faces)
            if extra:
                self._extra.setdefault(face, set()).update(shown)
            parts.append(f"/{font_key(face, extra=extra)} {size:g} Tf <{shown.encode('utf-16-be').hex()}> Tj")
        return " ".join(parts)
