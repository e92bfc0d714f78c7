"""Any form but 01 on an 80 mm roll: its parts in one column; a table becomes a list, for a table has no room there."""

from __future__ import annotations

from typing import Any

from counter_app.printing.blocks import Area, Block, framed, row_blocks
from counter_app.printing.canvas import Canvas
from counter_app.printing.receipt_roll import strips


def form_strips(canvas: Canvas, content: dict[str, Any]) -> list[tuple[Canvas, float]]:
    """Return one strip for each copy, with its length in mm; ``canvas`` is an empty page of the document."""
    return strips(canvas, content, _body)


def _body(area: Area, content: dict[str, Any]) -> list[Block]:
    return [block for part in content["body"] for block in _part(area, part)]


def _part(area: Area, part: dict[str, Any]) -> list[Block]:
    if "frame" in part:
        return [framed(area, part["frame"]["label"], part["frame"]["value"])]
    return [block for cells in _rows(part) for block in row_blocks(area, cells)]


def _rows(part: dict[str, Any]) -> list[list[dict[str, Any]]]:
    if "table" in part:
        return _listed(part["table"])
    return [[_plain(text)] for text in part["text"]] if "text" in part else part["rows"]


def _listed(table: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """Return each row of a table as a sentence: number and first value, the others behind the titles of their columns."""
    titles = [column["title"].lower() for column in table["columns"][2:]]
    told = [
        "; ".join([f"{number}. {first}", *(f"{title}: {value}" for title, value in zip(titles, others, strict=True) if value)])
        for number, first, *others in table["rows"]]
    return [[_plain(text)] for text in told]


def _plain(text: str) -> dict[str, Any]:
    return {"label": "", "value": text, "after": "", "strong": False, "right": False}
