"""Versions of the program in the words of the window."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from counter_app.domain.errors import Problem
from counter_app.services.updating.desk import UpdateStanding
from counter_app.services.updating.release import Release
from ui.notices import language, sentence_of
from ui.widgets.findings import FoundLine

translate = QCoreApplication.translate


def version_lines(standing: UpdateStanding) -> list[FoundLine]:
    """Return what runs, what is new, what is prepared and what one could go back to, as lines."""
    lines = [FoundLine("accent", translate("Versions", "in use"), translate("Versions", "In use"), _named(standing.installed))]
    lines += [
        FoundLine("warning", translate("Versions", "to be known"), translate("Versions", "Updates"), sentence_of(Problem(code)))
        for code in standing.obstacles()
    ]
    if standing.data is not None:
        lines.append(FoundLine(
            "accent", translate("Versions", "in use"), translate("Versions", "Newer forms and books"), _named(standing.data)))
    if standing.prepared is not None:
        words = translate("Versions", "{version}: takes the place of the one in use when this window is closed.").format(
            version=_named(standing.prepared))
        lines.append(FoundLine("neutral", translate("Versions", "prepared"), translate("Versions", "Prepared"), words))
    elif standing.offered is not None:
        lines.append(FoundLine("neutral", translate("Versions", "new"), translate("Versions", "New version"), _brings(standing.offered)))
    if standing.previous is not None:
        words = translate("Versions", "{version} is kept; it is possible to go back to it.").format(version=_named(standing.previous))
        lines.append(FoundLine("accent", translate("Versions", "kept"), translate("Versions", "The one before"), words))
    return lines


def _named(release: Release) -> str:
    """Return a version with its day, where it has one."""
    if not release.released:
        return release.version
    return translate("Versions", "{version} of {day}").format(version=release.version, day=release.released)


def _brings(release: Release) -> str:
    return " · ".join(filter(None, (_named(release), release.brings(language()))))
