"""How papers that wait for a signature read, and what became of each; how the signatures of a file read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication

from counter_app.domain.archive import DigitalPaper
from counter_app.domain.errors import Problem
from counter_app.services.scanning.signing import Signed
from counter_app.services.scanning.signing_ports import SignatureCheck, SigningCertificate, Trust
from ui.dates import short_date
from ui.models.rows import Column
from ui.notices import sentence_of
from ui.widgets.rows import CellLook

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class SignLine:
    """One paper. ``ticked``: it shall be signed with the next batch; ``problem`` is why it was not signed with the last one."""

    paper: DigitalPaper
    ticked: bool = True
    signed: bool = False
    problem: Problem | None = None


def after(lines: Sequence[SignLine], done: Signed) -> tuple[SignLine, ...]:
    """Return the lines once a batch is over: what was signed needs no tick any more, what waits says why."""
    problems = {each.paper.op_id: each.problem for each in done.unsigned}
    return tuple(_after(line, problems.get(line.paper.op_id)) if line.ticked else line for line in lines)


def _after(line: SignLine, problem: Problem | None) -> SignLine:
    return replace(line, problem=problem) if problem else replace(line, ticked=False, signed=True, problem=None)


def sign_columns() -> tuple[Column[SignLine], ...]:
    """Return the columns of the papers that wait."""
    return (
        Column(translate("Signing", "Sign"), _nothing, _tick, spoken=_tick_word), Column(translate("Signing", "Paper, result"), _paper),
        Column(translate("Signing", "File"), _file), Column(translate("Signing", "Pages"), _pages, right=True),
        Column(translate("Signing", "State"), _state, _state_look))


def certificate_word(certificate: SigningCertificate) -> str:
    """Return how a certificate is called in a choice."""
    return translate("Signing", "{owner}, until {day}").format(owner=certificate.owner, day=short_date(certificate.valid_to.date()))


def certificate_details(certificate: SigningCertificate) -> str:
    """Return what else tells one certificate from another."""
    return translate("Signing", "Issued by {issuer}, number {serial}, holds {first} – {last}; token {token}").format(
        issuer=certificate.issuer, serial=certificate.serial, token=certificate.token,
        first=short_date(certificate.valid_from.date()), last=short_date(certificate.valid_to.date()))


def check_columns() -> tuple[Column[SignatureCheck], ...]:
    """Return the columns of the signatures of a file."""
    return (
        Column(translate("Signing", "Signed by"), _owner, _number), Column(translate("Signing", "Time (signer's clock)"), _moment),
        Column(translate("Signing", "Content"), content_word, _content_look), Column(translate("Signing", "Issuer"), _issuer, _issuer_look))


def content_word(check: SignatureCheck) -> str:
    """Return what is known of the content that a signature stands for."""
    if not check.intact:
        return translate("Signing", "not what was signed")
    if check.altered:
        return translate("Signing", "changed after signing")
    return translate("Signing", "as it was signed") if check.whole else translate("Signing", "as it was signed, another signature follows")


def trust_word(check: SignatureCheck) -> str:
    """Return what is known of who issued the certificate."""
    return {
        Trust.TRUSTED: translate("Signing", "trusted"), Trust.UNKNOWN: translate("Signing", "could not be checked"),
        Trust.INVALID: translate("Signing", "certificate did not hold"),
    }[check.trust]


def _nothing(_: SignLine) -> str:
    return ""


def _tick(line: SignLine) -> CellLook:
    if line.signed:
        return CellLook()
    return CellLook("accent", icon="circle-check") if line.ticked else CellLook("text_muted", icon="x")


def _tick_word(line: SignLine) -> str:
    if line.signed:
        return translate("Signing", "signed")
    return translate("Signing", "will be signed") if line.ticked else translate("Signing", "left out")


def _paper(line: SignLine) -> str:
    return line.paper.paper


def _file(line: SignLine) -> str:
    return line.paper.filename


def _pages(line: SignLine) -> str:
    return str(line.paper.pages)


def _state(line: SignLine) -> str:
    if line.problem is not None:
        return sentence_of(line.problem)
    return translate("Signing", "signed") if line.signed else translate("Signing", "waits")


def _state_look(line: SignLine) -> CellLook:
    if line.problem is not None:
        return CellLook("danger", icon="alert-circle")
    return CellLook("accent", icon="file-certificate") if line.signed else CellLook("text_muted")


def _owner(check: SignatureCheck) -> str:
    return check.owner


def _number(check: SignatureCheck) -> CellLook:
    return CellLook(below=translate("Signing", "certificate {serial}").format(serial=check.serial))


def _moment(check: SignatureCheck) -> str:
    return f"{check.signed_at:%H:%M %d/%m/%Y}" if check.signed_at else "–"


def _content_look(check: SignatureCheck) -> CellLook:
    return CellLook("accent", icon="circle-check") if check.holds else CellLook("danger", icon="alert-circle")


def _issuer(check: SignatureCheck) -> str:
    return check.issuer


def _issuer_look(check: SignatureCheck) -> CellLook:
    role, icon = {
        Trust.TRUSTED: ("accent", "circle-check"), Trust.UNKNOWN: ("warning", "alert-triangle"), Trust.INVALID: ("danger", "alert-circle"),
    }[check.trust]
    return CellLook(role, icon=icon, below=trust_word(check))
