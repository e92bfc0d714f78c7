"""The pages of a set on their way into a file: a long stack of fine pages weighs gigabytes, so only few lie in the clear at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

from counter_app.domain.scan_batch import Sheet
from counter_app.domain.scan_profile import CleanUp
from counter_app.services.scanning.batches import BatchService
from counter_app.services.scanning.devices import ScannedPage
from counter_app.services.scanning.paper import PageWork

_UNTOUCHED = CleanUp(deskew=False, whiten=False, crop=False, hide_blank=False)


class Originals(Sequence[PageWork]):
    """Each page is taken out when it is asked for; :meth:`put_away` deletes one that is in the file, :meth:`close` what is left."""

    def __init__(self, batches: BatchService, batch_id: str, sheets: Sequence[Sheet], clean_up: CleanUp) -> None:
        self._batches, self._batch_id = batches, batch_id
        self._sheets, self._clean_up = sheets, clean_up
        self._out: dict[int, ScannedPage] = {}

    def __len__(self) -> int:
        return len(self._sheets)

    @overload
    def __getitem__(self, at: int) -> PageWork: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[PageWork]: ...

    def __getitem__(self, at: int | slice) -> PageWork | Sequence[PageWork]:
        """Return a page, in the clear from now on. Raises as :meth:`.BatchService.original`."""
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        sheet = self._sheets[at]
        self._out[at] = page = self._batches.original(self._batch_id, sheet.page_id, at + 1)
        return PageWork(page, self._clean_up if sheet.clean else _UNTOUCHED, sheet.turns)

    def put_away(self, number: int) -> None:
        """Delete the page with a number, from 1 on: the file has it."""
        self._batches.put_away([self._out.pop(number - 1)])

    def close(self) -> None:
        """Delete what is still there."""
        self._batches.put_away(list(self._out.values()))
        self._out.clear()
