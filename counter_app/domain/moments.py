"""Times of the desk: aware, in Vietnam's +07:00 without summer time, to the second.

Three spellings: ``YYYY-MM-DDTHH:MM:SS`` in and out of the headless commands, with ``+07:00`` in the province contract's envelope,
``yyyyMMddHHmmss`` in the national record (province contract 2.5).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7), "+07:00")
FIRST_YEAR, LAST_YEAR = 2020, 2090
"""A clock outside these years is wrong, whatever it says: no form of today's law existed before, no calendar reaches beyond."""


def local(  # noqa: PLR0917  (the order of every clock and calendar)
    year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0,
) -> datetime:
    """Return a moment of Vietnam's wall clock."""
    return datetime(year, month, day, hour, minute, second, tzinfo=VIETNAM)


def read_local(text: str) -> datetime:
    """Read ``YYYY-MM-DDTHH:MM[:SS]``; another offset than +07:00 is turned into it.

    Raises:
        ValueError: the text is no such time.
    """
    moment = datetime.fromisoformat(text)
    try:
        moment = moment.replace(tzinfo=VIETNAM) if moment.tzinfo is None else moment.astimezone(VIETNAM)
    except OverflowError as error:
        raise ValueError("a time that is none in Vietnam") from error
    return moment.replace(microsecond=0)


def write_local(moment: datetime) -> str:
    """Return ``YYYY-MM-DDTHH:MM:SS`` without an offset."""
    return moment.astimezone(VIETNAM).replace(tzinfo=None, microsecond=0).isoformat()


def wire(moment: datetime) -> str:
    """Return the envelope spelling, ``YYYY-MM-DDTHH:MM:SS+07:00``."""
    return moment.astimezone(VIETNAM).replace(microsecond=0).isoformat()


def national(moment: datetime | None) -> str:
    """Return ``yyyyMMddHHmmss``, or the empty text for no time."""
    return "" if moment is None else moment.astimezone(VIETNAM).strftime("%Y%m%d%H%M%S")


def day_of(moment: datetime) -> date:
    """Return the calendar day in Vietnam."""
    return moment.astimezone(VIETNAM).date()
