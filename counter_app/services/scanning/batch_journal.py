"""What stands in the journal of a batch, line by line, and the batch that it tells of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from counter_app.domain.archive import OpenBatch
from counter_app.domain.errors import DeskError, failed
from counter_app.domain.events import JsonObject
from counter_app.domain.scan_batch import Batch, BatchPage, arrived, as_one_step, filed, redone, undone
from counter_app.domain.scan_batch_acts import act, read_act
from counter_app.domain.scan_codes import CodeKind, CodeRead
from counter_app.domain.scan_split import PlannedPage

BEGUN: JsonObject = {"begun": True}
UNDO: JsonObject = {"act": "undo"}
REDO: JsonObject = {"act": "redo"}


@dataclass(slots=True)
class HeldBatch:
    """A batch in memory; ``suffixes`` are those of the originals, ``judged`` what was made of each page, both by page."""

    row: OpenBatch
    batch: Batch = field(default_factory=Batch)
    suffixes: dict[str, str] = field(default_factory=dict)
    judged: Mapping[str, PlannedPage] = field(default_factory=dict)

    @property
    def key(self) -> bytes:
        """The key of its journal and its originals."""
        return bytes.fromhex(self.row.key)

    def take(self, record: JsonObject) -> None:
        """Do what a line tells.

        Raises:
            RuleBrokenError: it can't be done with the batch as it is.
            LookupError, TypeError, ValueError: it is no such line.
        """
        self.batch = _after(self.batch, record)
        if "arrived" in record:
            self.suffixes[record["arrived"]["page_id"]] = str(record["suffix"])


def page_came(page: BatchPage, suffix: str) -> JsonObject:
    """Return the line of a page that came in a file with a suffix."""
    return {"arrived": _write_page(page), "suffix": suffix}


def set_filed(page_id: str, file_id: str) -> JsonObject:
    """Return the line of a set that was filed."""
    return {"filed": page_id, "file": file_id}


def steps_joined(since: int) -> JsonObject:
    """Return the line of changes after the first ``since`` ones that became one step."""
    return {"joined": since}


def replayed(row: OpenBatch, records: Iterable[JsonObject]) -> HeldBatch:
    """Return the batch that a journal tells of.

    Raises:
        SurroundingsError: BATCH_DAMAGED.
    """
    held = HeldBatch(row)
    try:
        for record in records:
            held.take(record)
    except (DeskError, LookupError, TypeError, ValueError):
        raise failed("BATCH_DAMAGED") from None
    return held


def salvaged(row: OpenBatch, records: Iterable[JsonObject]) -> tuple[HeldBatch, list[JsonObject]]:
    """Return the batch that is left where lines of its journal are lost, and the lines that still make sense."""
    held, kept = HeldBatch(row), []
    for record in records:
        try:
            held.take(record)
        except (DeskError, LookupError, TypeError, ValueError):
            continue  # it is about something in a line that is lost
        kept.append(record)
    return held, kept


def _after(batch: Batch, record: JsonObject) -> Batch:
    if "arrived" in record:
        return arrived(batch, _read_page(record["arrived"]))
    if "begun" in record:
        return batch
    if "filed" in record:
        return filed(batch, record["filed"], record["file"])
    if "joined" in record:
        return as_one_step(batch, int(record["joined"]))
    simple = {"undo": undone, "redo": redone}.get(record["act"])
    return simple(batch) if simple else act(batch, read_act(record))


def _write_page(page: BatchPage) -> dict[str, Any]:
    codes = [
        {"text": code.text, "kind": code.kind.value, "corners": code.corners, "proven": code.proven, "quarter_turns": code.quarter_turns}
        for code in page.codes]
    return {"page_id": page.page_id, "dpi": page.dpi, "side": page.side, "size_px": page.size_px, "codes": codes, "blank": page.blank}


def _read_page(data: dict[str, Any]) -> BatchPage:
    codes = tuple(_read_code(code) for code in data["codes"])
    page = BatchPage(**{**data, "codes": codes})
    return replace(page, size_px=(data["size_px"][0], data["size_px"][1]))


def _read_code(data: dict[str, Any]) -> CodeRead:
    first, second, third, fourth = ((corner[0], corner[1]) for corner in data["corners"])
    return CodeRead(data["text"], CodeKind(data["kind"]), (first, second, third, fourth), data["proven"], data["quarter_turns"])
