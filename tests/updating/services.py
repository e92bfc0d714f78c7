"""The service of updates over a desk in memory, a small program and a key that only tests have."""

from functools import partial

from counter_app.services.updating.desk import UpdateService
from counter_app.sync.program_address import ProgramAddress, require_address
from counter_app.updating.packages import open_package
from counter_app.updating.publisher import PinnedPublisher
from tests.builders import DEVICE
from tests.updating.releases import KEYS, SYSTEM


def update_service(desk, programs, *, incoming=None, schema="0012", keys=KEYS, copies=None):
    """Return the updates of a desk; ``copies`` gets a line for each copy of the desk that is wanted."""
    folder = incoming or programs._root / "incoming"

    def opened(address, limits):
        return ProgramAddress(address, folder, limits, sleep=lambda seconds: None)

    return UpdateService(
        desk.database, desk.clock, programs, publisher=PinnedPublisher(lambda: keys), open_package=partial(open_package, system=SYSTEM),
        open_web=opened, device=DEVICE, schema=schema, check_address=require_address,
        copy_desk=partial([].append if copies is None else copies.append, "copied"))
