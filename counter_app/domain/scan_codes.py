"""What was read from the codes on a page, and which of it may be believed (domain guide 8).

A smeared bar code can be read as another one. So a code counts only where it fits the grammar, proves itself, and names a dossier that
exists.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum

from counter_app.domain.codes import parse_code, read_slip_qr, slip_qr

SEPARATOR = slip_qr("TACH-HO-SO")
"""What the code of a separator sheet holds; no dossier code looks like it."""

Point = tuple[int, int]


class CodeKind(StrEnum):
    """The codes that slips bear."""

    QR = "qr"
    CODE128 = "code128"


class CodeVerdict(StrEnum):
    """What is thought of a reading."""

    ACCEPTED = "accepted"
    SEPARATOR = "separator"
    FOREIGN = "foreign"
    """Not one of ours, such as the code of an identity card: it says nothing about the page."""
    MISREAD = "misread"
    """It looks like ours, and its check character doesn't fit."""
    UNPROVEN = "unproven"
    """A bar code, which bears no check character of ours, that a second look didn't read in the same way."""
    NO_DOSSIER = "no_dossier"


@dataclass(frozen=True, slots=True)
class CodeRead:
    """One code on a page. ``corners`` in pixels of the page as it was scanned, clockwise from what is the code's own top left.

    ``proven``: a second, different look at the same place read the same; a QR code mends itself and needs none. ``quarter_turns`` is how
    often the page must be turned clockwise by 90° for the code to stand upright.
    """

    text: str
    kind: CodeKind
    corners: tuple[Point, Point, Point, Point]
    proven: bool
    quarter_turns: int = 0


@dataclass(frozen=True, slots=True)
class JudgedCode:
    """A reading, what is thought of it, and the dossier code in it where there is one."""

    read: CodeRead
    verdict: CodeVerdict
    code: str = ""


def judge(read: CodeRead, exists: Callable[[str], bool]) -> JudgedCode:
    """Return what is thought of a reading; ``exists`` tells whether a dossier with this code does."""
    text = read.text.strip()
    if text == SEPARATOR:
        return JudgedCode(read, CodeVerdict.SEPARATOR)
    checked, plain = read_slip_qr(text), parse_code(text)
    if checked:
        return JudgedCode(read, CodeVerdict.ACCEPTED if exists(checked) else CodeVerdict.NO_DOSSIER, checked)
    if plain is None:
        return JudgedCode(read, CodeVerdict.MISREAD if _looks_like_ours(text) else CodeVerdict.FOREIGN)
    if not read.proven:
        return JudgedCode(read, CodeVerdict.UNPROVEN, plain.text)
    return JudgedCode(read, CodeVerdict.ACCEPTED if exists(plain.text) else CodeVerdict.NO_DOSSIER, plain.text)


def turns_told(codes: Collection[CodeRead]) -> int:
    """Return how often a page must be turned clockwise by 90°, as most of our codes on it tell; 0 where it bears none.

    A code that isn't ours says nothing: the copy of an identity card may lie on its page in any direction.
    """
    ours = (read for read in codes if judge(read, _anything).verdict in (CodeVerdict.ACCEPTED, CodeVerdict.SEPARATOR))
    told = Counter(read.quarter_turns for read in ours).most_common(1)
    return told[0][0] if told else 0


def _anything(_: str) -> bool:
    return True


def _looks_like_ours(text: str) -> bool:
    """Tell whether a code of ours stands before a check character that doesn't fit."""
    body, star, _ = text.rpartition("*")
    return bool(star) and (body == SEPARATOR.rpartition("*")[0] or parse_code(body) is not None)
