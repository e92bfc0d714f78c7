"""The province as one object: database, clock, keys, switches and the folder of files."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import delete, insert, select

from tests.province.server import tables
from tests.province.server.contract import EVENTS, Json
from tests.province.server.faults import Faults
from tests.province.server.keys import ServerKey
from tests.province.server.naming import VIETNAM, wire_time
from tests.province.server.store import Store

SWITCHES: dict[str, Json] = {
    "protocol_min": "1.0", "protocol_max": "1.0", "features": ["blob.download", "catalogue", "files", "reconcile"], "hidden_types": [],
    "poll_after_s": 60, "approval_required": False, "slow_check": False, "access_s": 86_400, "refresh_s": 15_552_000, "lease_days": 90,
    "feed_floor": 0, "next_key": None,
}
"""What a person of the province can set at any time, and how it is at first."""


@dataclass(slots=True)
class Clock:
    """The wall clock, some seconds beside the computer's own."""

    offset_s: int = 0

    def now(self) -> datetime:
        """Return the time in Vietnam."""
        return datetime.now(VIETNAM) + timedelta(seconds=self.offset_s)

    def seconds(self) -> int:
        """Return the seconds since 1970."""
        return int(self.now().timestamp())

    def text(self) -> str:
        """Return the time as an envelope has it."""
        return wire_time(self.now())

    def day(self, ahead: int = 0) -> str:
        """Return a day as YYYY-MM-DD, counted from today."""
        return (self.now() + timedelta(days=ahead)).strftime("%Y-%m-%d")


@dataclass(slots=True)
class Province:
    """A running province. ``files`` holds uploads and blobs; ``faults`` is what goes wrong on purpose."""

    store: Store
    files: Path
    clock: Clock = field(default_factory=Clock)
    faults: Faults = field(default_factory=Faults)
    switches: dict[str, Json] = field(default_factory=dict)

    @classmethod
    def opened(cls, url: str, files: Path, *, restored: bool = False) -> Province:
        """Open the database, make key and server epoch at the first start.

        ``restored``: the database is an old backup, so a new server epoch begins.
        """
        for name in ("uploads", "blobs"):
            (files / name).mkdir(parents=True, exist_ok=True)
        province = cls(Store(url), files)
        with province.store.reading() as connection:
            province.switches = dict(SWITCHES) | {item.name: item.value for item in connection.execute(select(tables.settings))}
        if "server_key" not in province.switches:
            province.switch(server_key={"key_id": "trial-1", "seed": secrets.token_hex(32)}, challenge_secret=secrets.token_hex(32))
        if "exchange_seed" not in province.switches:
            province.switch(exchange_seed=secrets.token_hex(32))
        if restored or "server_epoch" not in province.switches:
            province.switch(server_epoch=secrets.token_hex(4))
        return province

    @property
    def key(self) -> ServerKey:
        """The key that signs."""
        return ServerKey(**self.switches["server_key"])

    def announce_key(self) -> dict[str, str]:
        """Make the key that will sign one day, and announce it in ``hello``; returns its public half."""
        coming = ServerKey(f"trial-{secrets.token_hex(2)}", secrets.token_hex(32))
        self.switch(next_key=coming.public(), next_server_key={"key_id": coming.key_id, "seed": coming.seed})
        return coming.public()

    def use_next_key(self) -> None:
        """Sign with the announced key from now on. A real province waits 30 days; raises ValueError when none was announced."""
        if self.switches["next_key"] is None:
            raise ValueError("no key was announced")
        self.switch(server_key=self.switches["next_server_key"], next_key=None)

    @property
    def op_types(self) -> list[str]:
        """The event types that this province knows."""
        return sorted(set(EVENTS) - set(self.switches["hidden_types"]))

    def switch(self, **values: Json) -> None:
        """Set switches, and keep them."""
        with self.store.writing() as connection:
            connection.execute(delete(tables.settings).where(tables.settings.c.name.in_(values)))
            connection.execute(insert(tables.settings), [{"name": name, "value": value} for name, value in values.items()])
        self.switches.update(values)

    def close(self) -> None:
        """Let go of the database."""
        self.store.close()
