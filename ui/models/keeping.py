"""Copies of the desk in the words of the window."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from counter_app.services.keeping.records import KeepingStanding, PlaceStanding, Rehearsal
from ui.models.line_words import size_words
from ui.notices import sentence_of
from ui.widgets.findings import FoundLine

translate = QCoreApplication.translate


def keeping_lines(standing: KeepingStanding) -> list[FoundLine]:
    """Return how safe keeping stands, place after place, and how the last rehearsal ended."""
    lines = [_second_line(standing)]
    if standing.on_server:
        lines.append(FoundLine("neutral", translate("Keeping", "to be known"), translate("Keeping", "Database"), translate(
            "Keeping", "It lies on a PostgreSQL server, which has to make its own copies. Only scans are kept here.")))
    return [*lines, *(_place_line(each) for each in standing.places), _rehearsal_line(standing.rehearsal)]


def strip_words(standing: KeepingStanding) -> str:
    """Return what the line at the bottom says of copies; nothing where all is well."""
    if standing.only_one:
        return translate("Keeping", "Only one copy")
    return translate("Keeping", "Look after the copies") if standing.problems else ""


def only_one_words(standing: KeepingStanding) -> str:
    """Return since when there is only one copy, and what to do."""
    if standing.second_at is None:
        return translate("Keeping", "No copy was ever made on another disk. Enter a folder on a USB disk or a share below.")
    words = translate("Keeping", "Since {moment} none was made on another disk. Plug in the USB disk or connect the share.")
    return words.format(moment=_moment(standing.second_at))


def _second_line(standing: KeepingStanding) -> FoundLine:
    name = translate("Keeping", "Second copy")
    if standing.safe and standing.second_at is not None:
        words = translate("Keeping", "On another disk, the newest of {moment}.").format(moment=_moment(standing.second_at))
        return FoundLine("accent", translate("Keeping", "in order"), name, words)
    if not standing.only_one:
        return FoundLine("neutral", translate("Keeping", "to be known"), name, translate("Keeping", "Not set up on this PC."))
    return FoundLine("danger", translate("Keeping", "missing"), translate("Keeping", "Only one copy"), only_one_words(standing))


def _place_line(place: PlaceStanding) -> FoundLine:
    record, name, told = place.record, place.folder or translate("Keeping", "Disk of this PC"), _last(place)
    if record.problem is not None:
        return FoundLine("warning", translate("Keeping", "should be looked at"), name, f"{sentence_of(record.problem)} {told}")
    if not place.there:
        words = translate("Keeping", "Not connected now.")
        return FoundLine("neutral", translate("Keeping", "not connected"), name, f"{words} {told}")
    if record.made_at is None:
        return FoundLine("neutral", translate("Keeping", "not yet"), name, told)
    return FoundLine("accent", translate("Keeping", "in order"), name, told)


def _last(place: PlaceStanding) -> str:
    record = place.record
    if record.made_at is None:
        return translate("Keeping", "No copy yet.")
    words = translate("Keeping", "Last copy {moment}: {dossiers} dossiers, {size}.")
    if record.files:
        words = translate("Keeping", "Last copy {moment}: {dossiers} dossiers, {size}; {files} scans, {files_size}.")
    told = words.format(moment=_moment(record.made_at), dossiers=record.dossiers, size=size_words(record.bytes), files=record.files,
                        files_size=size_words(record.files_bytes))
    if record.second or not place.folder:
        return told
    return f"{told} {translate('Keeping', 'It is the disk of the desk itself and counts for no second copy.')}"


def _rehearsal_line(found: Rehearsal | None) -> FoundLine:
    name = translate("Keeping", "Rehearsal of a restore")
    if found is None:
        return FoundLine("neutral", translate("Keeping", "not yet"), name, translate(
            "Keeping", "None yet; it is made by itself once a month, as soon as there is a copy."))
    if found.problem is not None:
        return FoundLine("danger", translate("Keeping", "failed"), name, f"{_moment(found.at)}: {sentence_of(found.problem)}")
    words = translate("Keeping", "{moment}: all {dossiers} dossiers and {files} scans could be read from {file}.")
    return FoundLine("accent", translate("Keeping", "in order"), name, words.format(
        moment=_moment(found.at), dossiers=found.dossiers, files=found.files, file=found.file))


def _moment(moment: datetime) -> str:
    return f"{moment:%d/%m/%Y %H:%M}"
