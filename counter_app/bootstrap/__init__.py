"""Where everything comes together: making a desk, opening it, examining it."""

from counter_app.bootstrap.creation import create_desk, recover_desk, recovery_sheet
from counter_app.bootstrap.examination import examine
from counter_app.bootstrap.folder import desk_exists
from counter_app.bootstrap.practice import open_practice, practice_session
from counter_app.bootstrap.restoring import Restored, restore_desk
from counter_app.bootstrap.support import diagnose
from counter_app.bootstrap.wiring import Counter, open_counter
from counter_app.services.desk.setup import CreateDesk, DeskCreated
from counter_app.storage.keeping.finding import find_copies

__all__ = [
    "Counter", "CreateDesk", "DeskCreated", "Restored", "create_desk", "desk_exists", "diagnose", "examine", "find_copies", "open_counter",
    "open_practice", "practice_session", "recover_desk", "recovery_sheet", "restore_desk",
]
