"""What was measured, as tables for people: pure functions from figures to Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from bench.measure import Spread

Figure = Spread | float
MET, MISSED, NO_LIMIT = "yes", "**no**", "–"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was measured. A limit on the ratio judges the medians, a limit on the figure itself its 95th percentile.

    ``peer`` names what stands beside it; ``at_most`` and ``at_least`` are in ``unit``; ``why`` explains a limit that was missed.
    """

    what: str
    ours: Figure
    unit: str = "ms"
    peer: str = ""
    beside: Figure | None = None
    ratio_at_most: float | None = None
    at_most: float | None = None
    at_least: float | None = None
    why: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours divided by the peer's, medians."""
        return None if self.beside is None or not middle(self.beside) else middle(self.ours) / middle(self.beside)

    @property
    def met(self) -> bool | None:
        """Whether every limit is kept; None where there is none."""
        kept = []
        if self.ratio_at_most is not None and self.ratio is not None:
            kept.append(self.ratio <= self.ratio_at_most)
        if self.at_most is not None:
            kept.append(worst(self.ours) <= self.at_most)
        if self.at_least is not None:
            kept.append(middle(self.ours) >= self.at_least)
        return all(kept) if kept else None


@dataclass(frozen=True, slots=True)
class Table:
    """One job: its lines, what was done, and what the figures don't say. ``raw`` goes to the JSON file only."""

    name: str
    title: str
    method: str
    lines: tuple[Line, ...]
    notes: tuple[str, ...] = ()
    raw: dict[str, Any] = field(default_factory=dict)


def middle(figure: Figure) -> float:
    """Return the median of a spread, or the figure itself."""
    return figure.p50 if isinstance(figure, Spread) else float(figure)


def worst(figure: Figure) -> float:
    """Return the 95th percentile of a spread, or the figure itself."""
    return figure.p95 if isinstance(figure, Spread) else float(figure)


def number(value: float) -> str:
    """Return a number with as many digits as mean something."""
    size = abs(value)
    if value == int(value) and size < 1000:
        return str(int(value))
    digits = 0 if size >= 100 else 1 if size >= 10 else 2 if size >= 0.1 else 3
    return f"{value:,.{digits}f}"


def written(figure: Figure | None, unit: str) -> str:
    """Return a figure for a cell: median and 95th percentile where there are several."""
    if figure is None:
        return NO_LIMIT
    told = f"{number(figure.p50)} / {number(figure.p95)}" if isinstance(figure, Spread) else number(figure)
    return f"{told} {unit}".rstrip()


def limit(line: Line) -> str:
    """Return a line's limits in words."""
    p95 = "p95 " if isinstance(line.ours, Spread) else ""
    told = [
        f"ratio ≤ {number(line.ratio_at_most)}" if line.ratio_at_most is not None else "",
        f"{p95}≤ {number(line.at_most)} {line.unit}".rstrip() if line.at_most is not None else "",
        f"≥ {number(line.at_least)} {line.unit}".rstrip() if line.at_least is not None else "",
    ]
    return ", ".join(filter(None, told)) or NO_LIMIT


def verdict(line: Line) -> str:
    """Return whether a line keeps its limits, in a word."""
    return {True: MET, False: MISSED, None: NO_LIMIT}[line.met]


def row(line: Line) -> str:
    """Return one row of a table."""
    peer = f"{line.peer}: {written(line.beside, line.unit)}" if line.beside is not None else line.peer or NO_LIMIT
    ratio = NO_LIMIT if line.ratio is None else number(round(line.ratio, 3))
    return f"| {line.what} | {written(line.ours, line.unit)} | {peer} | {ratio} | {limit(line)} | {verdict(line)} |"


def section(table: Table) -> str:
    """Return one job as Markdown."""
    missed = [f"- **Missed: {line.what}.** {line.why or 'Not explained yet.'}" for line in table.lines if line.met is False]
    notes = [f"- {note}" for note in table.notes]
    return "\n".join([
        f"## {table.title}", "", table.method, "",
        "| what | ours | peer | ratio | limit | met? |", "|---|---|---|---|---|---|", *(row(line) for line in table.lines),
        *(["", *missed, *notes] if missed or notes else []), "",
    ])


def page(tables: Sequence[Table], *, day: str, command: str, machine: Sequence[tuple[str, str]], quick: bool, some: bool) -> str:
    """Return the whole document. ``quick``: the desk was small and repeats were few; ``some``: not all jobs were run."""
    judged = [line.met for table in tables for line in table.lines if line.met is not None]
    head = [
        "# Figures", "",
        "Written by `make bench`; changed only by running it again. Ours and the peers were measured in the same run, taking turns.", "",
        f"- day: {day}", f"- command: `{command}`", *(f"- {name}: {value}" for name, value in machine),
        f"- limits kept: {sum(judged)} of {len(judged)}", "",
        "Two figures in a cell are median / 95th percentile. The ratio is ours divided by the peer's, medians; below 1 ours is quicker or",
        "smaller. A limit on a figure judges the 95th percentile, one on the ratio the medians. Times on a shared machine drift; ratios of",
        "pairs that took turns drift much less.", "",
    ]
    if quick:
        head += ["**A quick run: fewer repeats and smaller numbers than the full one; not for comparing.**", ""]
    if some:
        head += ["Some jobs only, as the command names them; `make bench` runs all.", ""]
    return "\n".join([*head, *(section(table) for table in tables)])


def plain(table: Table) -> dict[str, Any]:
    """Return a table as JSON, ratios and verdicts included."""
    lines = [asdict(line) | {"ratio": line.ratio, "met": line.met} for line in table.lines]
    return {"name": table.name, "title": table.title, "method": table.method, "lines": lines, "notes": list(table.notes), "raw": table.raw}
