"""Report II.06a the slow and obvious way, straight from the sentences of domain guide 12, one dossier and one column after the other."""

from __future__ import annotations

from counter_app.domain.moments import day_of

COLUMNS = [f"c{number}" for number in range(3, 14)]


def due_on(case, moment):
    """The due time in force at a moment: go through all that were set, the newest one set by then holds."""
    if not case.changes:
        return case.due_at
    in_force = case.changes[0][1]
    for set_at, due in case.changes[1:]:
        if set_at <= moment:
            in_force = due
    return in_force


def column_of(case, period):
    """Return the set of columns, or none."""
    first, last = period.start, period.end
    received = day_of(case.received_at)
    closed = day_of(case.finished_at) if case.finished_at else None
    if not case.accepted or received > last or (closed is not None and closed < first):
        return set()
    columns = {"c3"}
    if received < first:
        columns.add("c6")
    elif case.channel == "online":
        columns.add("c4")
    else:
        columns.add("c5")
    if closed is not None and closed <= last:
        due = due_on(case, case.finished_at)
        if due is None:
            judged = "c9"
        elif closed > day_of(due):
            judged = "c10"
        elif closed < day_of(due) and case.status not in ("withdrawn", "halted"):
            judged = "c8"
        else:
            judged = "c9"
        return columns | {"c7", judged}
    late = False
    due = due_on_last_day(case, period)
    if due is not None and day_of(due) < last:
        late = not any(day_of(asked) <= last and (came is None or day_of(came) > last) for asked, came in case.waits)
    return columns | {"c11", "c13" if late else "c12"}


def due_on_last_day(case, period):
    """The due time in force when the last day ended."""
    if not case.changes:
        return case.due_at
    in_force = case.changes[0][1]
    for set_at, due in case.changes[1:]:
        if day_of(set_at) <= period.end:
            in_force = due
    return in_force


def count(cases, period):
    """Return {field: {column: count}}."""
    table = {}
    for case in cases:
        for column in column_of(case, period):
            row = table.setdefault(case.field, dict.fromkeys(COLUMNS, 0))
            row[column] += 1
    return table
