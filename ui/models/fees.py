"""Fees as panes tell them: never an amount without how it was paid, never an exemption without its reason."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from counter_app.domain.dossier import FeeLine, FeeMethod
from counter_app.domain.text import money

_METHODS = {
    FeeMethod.CASH: QT_TRANSLATE_NOOP("Fees", "cash"),
    FeeMethod.TRANSFER: QT_TRANSLATE_NOOP("Fees", "transfer"),
    FeeMethod.PORTAL: QT_TRANSLATE_NOOP("Fees", "portal"),
    FeeMethod.UNPAID: QT_TRANSLATE_NOOP("Fees", "not paid yet"),
}


def fee_text(line: FeeLine) -> str:
    """Return one fee: ``15.000 đ, tiền mặt``, or ``Miễn: người thuộc hộ nghèo``."""
    if line.method is FeeMethod.EXEMPT:
        exempt = _words(QT_TRANSLATE_NOOP("Fees", "Exempt"))
        return f"{exempt}: {line.exempt_reason}" if line.exempt_reason else exempt
    return f"{money(line.amount_vnd)}, {_words(_METHODS[line.method])}"


def fees_text(lines: Iterable[FeeLine]) -> str:
    """Return all fees of a dossier in one line."""
    return "; ".join(map(fee_text, lines)) or _words(QT_TRANSLATE_NOOP("Fees", "No fee"))


def _words(source: object) -> str:
    return QCoreApplication.translate("Fees", str(source))
