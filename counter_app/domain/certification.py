"""Certification (chứng thực): what is certified, which number of which register it takes, and what it costs (domain guide 9.2, 10).

How numbers are counted: copies take one number per kind of paper in a request, not per copy and not per visitor; signatures one per
paper; transactions one per act. Kinds, registers, procedures and tariffs are data (``resources/certification/kinds.json``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache

from counter_app.domain.catalogue import Procedure
from counter_app.domain.dossier import BookPlace
from counter_app.domain.fees import COPY, Schedule, certification_fee
from counter_app.domain.text import fold
from counter_app.support.resources import shipped_json

MOST_LINES = 30
"""Lines of one visit: more is a slip of the finger, and no longer fits into one event of the contract."""


class CertificationKind(StrEnum):
    """What the signer attests."""

    COPY = "copy"
    SIGNATURE = "signature"
    TRANSLATOR = "translator"
    TRANSACTION = "transaction"
    AMEND = "amend"
    CANCEL = "cancel"
    CORRECT = "correct"


@dataclass(frozen=True, slots=True)
class KindRule:
    """One kind: its register (the sign of the book), the procedure it is asked for under, the tariff of its fee.

    ``per_copy``: the fee counts papers or copies; else each line is one act.
    """

    kind: CertificationKind
    register: str
    procedure_code: str
    tariff: str
    per_copy: bool
    electronic_register: str = ""


@dataclass(frozen=True, slots=True)
class CertifiedLine:
    """One line of a visit. ``pages`` are those of the original, ``copies`` what was certified: copies, papers, counterparts of a contract.

    ``parties`` names who signs a transaction and their papers; empty: the applicant. ``signer`` may be left for the pen.
    """

    kind: CertificationKind
    document_name: str
    pages: int = 1
    copies: int = 1
    parties: str = ""
    signer: str = ""
    signer_title: str = ""
    electronic: bool = False
    procedure_code: str = ""
    """Another procedure of the same register (a will, the division of an inheritance); empty: the kind's own."""

    @property
    def register(self) -> str:
        """The book that the line is entered in."""
        rule = rule_of(self.kind)
        return rule.electronic_register if self.electronic and rule.electronic_register else rule.register

    @property
    def procedure(self) -> str:
        """The procedure that the line belongs to."""
        return self.procedure_code or rule_of(self.kind).procedure_code


@dataclass(frozen=True, slots=True)
class CertifiedNumber:
    """One certification number: a line of its register, for one or several lines of a visit. ``certification_id`` is the line's ``ref``.

    Lines of one visit share ``visit_id``. ``signed_at`` None: it lies among what waits to be signed. ``struck_on``: it was a mistake; the
    number stays used up.
    """

    certification_id: str
    visit_id: str
    dossier_id: str
    place: BookPlace
    at: datetime
    kind: CertificationKind
    document_name: str
    pages: int
    copies: int
    amount_vnd: int
    fee_line_ids: tuple[str, ...]
    signer: str = ""
    signer_title: str = ""
    signed_at: datetime | None = None
    struck_on: date | None = None
    struck_reason: str = ""

    @property
    def label(self) -> str:
        """As it stands under the testimony: ``152, quyển số 01/2026-SCT/BS``."""
        return number_label(self.place)


def rules() -> tuple[KindRule, ...]:
    """Return every kind with its rule."""
    return tuple(_rules().values())


def rule_of(kind: CertificationKind) -> KindRule:
    """Return the rule of a kind."""
    return _rules()[kind]


def procedures_of(kind: CertificationKind, known: Sequence[Procedure]) -> tuple[Procedure, ...]:
    """Return the procedures that a kind may be asked for under, its own one first: those of its register that are no other kind's own.

    Of several kinds in one register only the first has a choice: a will is a transaction, an amendment is only ever an amendment.
    """
    rule = rule_of(kind)
    others = {other.procedure_code for other in rules() if other.kind is not kind}
    is_first = kind_of_register(rule.register) is kind
    mine = [each for each in known if _national(each.code) == rule.procedure_code]
    rest = [each for each in known if is_first and each.certification_register == rule.register
            and _national(each.code) not in {*others, rule.procedure_code}]
    return (*mine, *rest)


def registers() -> tuple[str, ...]:
    """Return the signs of all certification registers, each once."""
    return tuple(dict.fromkeys(sign for rule in rules() for sign in (rule.register, rule.electronic_register) if sign))


def kind_of_register(sign: str) -> CertificationKind | None:
    """Return the first kind of a register as people write its sign (``SCT/CK, ĐC``), None for no register of certification."""
    wanted = "".join(sign.split()).upper()
    return next((rule.kind for rule in rules() if wanted and wanted in (rule.register, rule.electronic_register)), None)


def is_electronic(sign: str) -> bool:
    """Tell whether a sign is that of an electronic book (``SCTĐT/BS``)."""
    return "".join(sign.split()).upper() in {rule.electronic_register for rule in rules()} - {""}


def number_label(place: BookPlace) -> str:
    """Return a number as it stands under the testimony: ``152, quyển số 01/2026-SCT/BS``."""
    return f"{place.ordinal}, quyển số {place.volume_label}-{printed_sign(place.book)}"


def printed_sign(book: str) -> str:
    """Return a register's sign as it is printed: ``SCT/CK, ĐC``."""
    return book.replace(",", ", ")


def fee_of(line: CertifiedLine, schedule: Schedule) -> int | str:
    """Return what a line costs in đồng, or the code of what is wrong with it (PAGES_INVALID, COPIES_INVALID, QUANTITY_INVALID)."""
    rule = rule_of(line.kind)
    counted: dict[str, object] = {"kind": rule.tariff, "quantity": line.copies if rule.per_copy else 1}
    if rule.tariff == COPY:
        counted = {"kind": COPY, "pages": line.pages, "copies": line.copies}
    answer = certification_fee([counted], schedule)
    return answer.error or answer.total_vnd


def numbered(lines: Sequence[CertifiedLine]) -> tuple[tuple[int, ...], ...]:
    """Return which lines take a number together, by their index, in the order in which the numbers are taken.

    Only copies share one: lines of the same kind of paper in the same register, however often it was typed.
    """
    groups: dict[object, list[int]] = {}
    for at, line in enumerate(lines):
        shared = (line.register, line.procedure, fold(line.document_name)) if line.kind is CertificationKind.COPY else at
        groups.setdefault(shared, []).append(at)
    return tuple(map(tuple, groups.values()))


def by_procedure(lines: Sequence[CertifiedLine]) -> dict[str, tuple[int, ...]]:
    """Return the lines of each procedure, by their index: one dossier each (domain guide 1: one dossier per visit and procedure)."""
    groups: dict[str, list[int]] = {}
    for at, line in enumerate(lines):
        groups.setdefault(line.procedure, []).append(at)
    return {code: tuple(found) for code, found in groups.items()}


def usual_papers() -> Mapping[CertificationKind, tuple[str, ...]]:
    """Return the papers that people often bring, by kind: what is offered before the desk has a habit of its own."""
    return {CertificationKind(kind): tuple(names) for kind, names in shipped_json("certification/kinds.json")["papers"].items()}


def _national(code: str) -> str:
    """Return the two groups of a code that every province shares."""
    return ".".join(code.split(".")[:2])


@cache
def _rules() -> dict[CertificationKind, KindRule]:
    return {
        CertificationKind(each["kind"]): KindRule(
            CertificationKind(each["kind"]), each["register"], each["procedure_code"], each["tariff"], each["counts"] == "copies",
            each.get("electronic_register", ""))
        for each in shipped_json("certification/kinds.json")["kinds"]
    }
