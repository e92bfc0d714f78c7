"""The practice desk: a folder, a database and a guard of its own, sample data, and not a byte shared with the real desk.

It bears the real desk's names, so that practising looks like work; its slips are marked and its events are never due to be sent.
"""

from __future__ import annotations

import shutil
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path

from counter_app.bootstrap import folder, wiring
from counter_app.bootstrap.creation import create_desk
from counter_app.bootstrap.wiring import Counter
from counter_app.domain.errors import broken
from counter_app.domain.moments import VIETNAM
from counter_app.services.desk.setup import CreateDesk
from counter_app.services.people.login import Session
from counter_app.services.people.passwords import generated_password
from counter_app.services.ports import Clock
from counter_app.support.clock import SystemClock
from counter_app.support.paths import practice_dir

PERSON = "Lý Thị Mẫu Đơn"
DOSSIERS = 25
"""How many people have been at the practice desk today."""


def open_practice(data_dir: Path, like: Counter | None = None, *, clock: Clock | None = None) -> Counter:
    """Open the practice desk beside a desk, named ``like`` it; the first time it is made, with sample data up to now.

    Raises:
        DeskError: as :func:`~counter_app.bootstrap.create_desk` and :func:`~counter_app.bootstrap.open_counter`.
    """
    clock = clock or SystemClock(VIETNAM)
    place = practice_dir(data_dir)
    if not folder.desk_exists(place):
        _make(place, _wish(like), clock)
    return wiring.open_counter(place, clock=clock)


def practice_session(counter: Counter) -> Session:
    """Return the session of a practice desk's only person, who has no password to know.

    Raises:
        RuleBrokenError: NOT_PRACTICE, this is a real desk.
    """
    if not counter.desk.practice:
        raise broken("NOT_PRACTICE")
    return counter.login.session_of(counter.login.acting("", ""))


def _wish(like: Counter | None) -> CreateDesk:
    if like is None:
        wish = CreateDesk("H36.50.05", "Xã Đắk Mil", "Lâm Đồng", "2")
    else:
        desk = like.settings.profile()
        wish = CreateDesk(
            desk.agency, desk.commune, desk.province, desk.desk, hours_profile=desk.hours_profile, printer=desk.printer, paper=desk.paper,
            phone=desk.phone, address=desk.address,
        )
    return replace(wish, full_name=PERSON, password=generated_password(), practice=True, unattended=True)


def _make(place: Path, wish: CreateDesk, clock: Clock) -> None:
    """Make the desk and live a day there, from midnight until now; a day that breaks off leaves no half-filled desk."""
    from counter_app.services.demo.clock import DayClock  # noqa: PLC0415
    from counter_app.services.demo.day import DemoDay  # noqa: PLC0415  once in the life of a desk

    now = clock.now()
    day = DayClock(datetime.combine(now.date(), time.min, now.tzinfo))
    create_desk(wish, place, clock=day)
    with ExitStack() as undo:
        undo.callback(shutil.rmtree, place, ignore_errors=True)
        with closing(wiring.open_counter(place, clock=day)) as counter:
            DemoDay(counter, day).run(counter.login.acting("", ""), DOSSIERS, until=now)
        undo.pop_all()
