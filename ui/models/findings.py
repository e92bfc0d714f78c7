"""The doctor's findings in the words of the window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from counter_app.services.helping.doctor import Finding, State
from counter_app.services.verifying.kinds import Kind
from counter_app.services.verifying.service import Difference, Verified
from counter_app.support import messages
from ui.notices import language, sentence_of
from ui.widgets.findings import FoundLine

translate = QCoreApplication.translate


def name_of(check: str) -> str:
    """Return what a check of the doctor looks at, in words."""
    words = {
        "resources": translate("Findings", "Shipped files"), "folder": translate("Findings", "Folder of the desk"),
        "disk": translate("Findings", "Room on the disk"), "disk_health": translate("Findings", "Health of the disk"),
        "window": translate("Findings", "Window"), "database": translate("Findings", "Database"),
        "audit": translate("Findings", "Audit trail"), "prints": translate("Findings", "Prints"),
        "guard": translate("Findings", "Numbers"), "clock": translate("Findings", "Clock"),
        "calendar": translate("Findings", "Calendar"), "key": translate("Findings", "Key of the data"),
        "backups": translate("Findings", "Backups"), "printer": translate("Findings", "Printer"),
        "reader": translate("Findings", "Reading of scans"), "barcode": translate("Findings", "Barcode reader"),
        "scanner": translate("Findings", "Scanner"), "line": translate("Findings", "Line to the province"),
        "versions": translate("Findings", "Versions"), "desk": translate("Findings", "Desk"),
    }
    return words.get(check, check)


def found_lines(findings: Sequence[Finding]) -> list[FoundLine]:
    """Return findings as lines."""
    states = {
        State.OK: ("accent", translate("Findings", "in order")), State.WARNING: ("warning", translate("Findings", "should be looked at")),
        State.BAD: ("danger", translate("Findings", "must be mended"))}
    return [FoundLine(*states[each.state], name_of(each.name), sentence_of(each.problem)) for each in findings]


def verified_lines(found: Verified) -> list[FoundLine]:
    """Return what does not agree, then what was looked at and agrees; work that was broken off alarms nobody."""
    lines = [_difference_line(each) for each in found.differences]
    disagreeing = {each.what for each in found.differences}
    agrees = translate("Findings", "agrees")
    return lines + [
        FoundLine("accent", agrees, _record_name(what), translate("Findings", "{count} looked at").format(count=count))
        for what, count in found.checked.items() if what not in disagreeing]


def _difference_line(each: Difference) -> FoundLine:
    words = f"{each.where}: {sentence_of(each.problem)}"
    if each.kind is Kind.UNFINISHED:
        return FoundLine("neutral", translate("Findings", "unfinished"), _record_name(each.what), words)
    return FoundLine("danger", translate("Findings", "does not agree"), _record_name(each.what), words)


def _record_name(what: str) -> str:
    name = messages.text(f"VERIFY_NAME_{what.upper()}", language())
    return name[:1].upper() + name[1:]
