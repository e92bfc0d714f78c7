"""The other half of folding: what the province sets by itself, for a test in which both sides write."""

import copy
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from counter_app.domain.event_fold import RecordState, _with_derived


def province_set(state: RecordState, changes: Mapping[str, Any]) -> RecordState:
    """Return the state after the province set some members; it is their author then, whether their value is another or not."""
    rev = state.rev + 1
    marks = {**state.set_at, **dict.fromkeys(changes, (rev, None))}
    return replace(state, rev=rev, ho_so=_with_derived({**state.ho_so, **copy.deepcopy(dict(changes))}), set_at=marks)
