"""A desk that exchanges by a stick, and the province that answers what is on it."""

from __future__ import annotations

from counter_app.services.line.lane_numbers import LaneNumbers
from counter_app.services.line.province import Ticket
from counter_app.sync.device_keys import DeviceKeys
from counter_app.sync.stick.exchange import StickExchange
from tests.sync.lines import SEED, Line

PLENTY = 10**9


class StickDesk(Line):
    """A desk with a key of its own and no line. ``stick`` is the folder that is carried."""

    def __init__(self, folder, stick, *, seed=SEED, **more):
        self.seed, self.stick = seed, stick
        super().__init__(folder, **more)
        self.exchange = self.exchange_over(self.database)

    def exchange_over(self, database):
        keys = DeviceKeys(lambda: (self.seed, "test"), lambda _place: self.seed)
        return StickExchange(
            database, self.clock, self.desk.settings, folder=self.folder / "state", keys=keys, procedures=self.procedure,
            numbers=LaneNumbers(self.desk.guard, self.desk.settings), store=self.store)

    def client_over(self, database, share=1.0):
        made = super().client_over(database, share)
        made._keys = DeviceKeys(lambda: (self.seed, "test"), lambda _place: self.seed)
        return made

    def write(self, ticket=None, most=PLENTY):
        return self.exchange.write(self.stick, most, Ticket(**ticket) if ticket else None)

    def read(self):
        return self.exchange.read(self.stick)

    def there_and_back(self, province, ticket=None):
        """Carry the stick once: out, answered, in."""
        self.write(ticket)
        carried(province, self.stick)
        return self.read()

    def states(self):
        return [state for _, state in self.ops()]


def carried(province, stick):
    """Let the province answer what is on a stick; returns the names of the answers."""
    return province.do("stick", folder=str(stick))
