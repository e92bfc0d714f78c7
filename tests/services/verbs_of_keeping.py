"""What a desk does about its copies as calls, for :mod:`tests.services.verbs`."""

from __future__ import annotations

from counter_app.services.keeping.service import KeepingService
from counter_app.services.keeping.settings import KeepingSettings
from tests.builders import DEVICE
from tests.fakes_keeping import FakeMemory, FakeRoom

KEEPING = {
    "keeping.save": lambda made, actor: KeepingService(made.desk.database, made.desk.clock, FakeRoom(), FakeMemory(), DEVICE).save(
        KeepingSettings(("/media/usb",)), actor),
}
