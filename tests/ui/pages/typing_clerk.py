"""A clerk in a process of its own: opens the desk, fills in half a form, says so, and types on until the power fails.

Run by ``test_intake_drafts.py`` as ``python typing_clerk.py <data folder> [receive]``; with ``receive`` F9 is pressed first.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from PySide6.QtWidgets import QApplication

from counter_app.bootstrap import open_counter
from counter_app.services.people.login import Session
from tests.fakes import FakeClock
from tests.ui.conftest import Journeys, settle, wait_for
from tests.ui.pages.helpers import fill, receive, shown_page
from ui.background import TaskRunner
from ui.context import DeskContext
from ui.notices import Notices
from ui.pages.intake import IntakePage
from ui.preferences import Preferences
from ui.theme import Theme


def main(data_dir, *, first_receive):
    application = QApplication([])
    counter = open_counter(data_dir, clock=FakeClock())
    actor = counter.login.acting("", "")
    with counter.database.read() as uow:
        session = Session(uow.users.get(actor.user_id), actor)
    preferences = Preferences(data_dir.parent / "window.ini")
    context = DeskContext(counter, session, TaskRunner(), Theme(application), Notices(), Journeys(), preferences)
    page = shown_page(IntakePage(context))
    page.activate()
    fill(page)
    if first_receive:
        receive(page)
        fill(page, "1.001193")
        page._form.applicant.set_text("applicant.full_name", "Lê Văn Thử")
    page._form.applicant.set_text("applicant.phone", "0900 000 099")
    page._form.edited.emit()
    kept = []
    page._drafts.kept.connect(kept.append)
    wait_for(lambda: bool(kept))
    sys.stdout.write("kept\n")
    sys.stdout.flush()
    while True:
        page._form.applicant.set_text("applicant.email", f"a{len(kept)}@example.vn")
        page._form.edited.emit()
        settle(20)


if __name__ == "__main__":
    main(Path(sys.argv[1]), first_receive="receive" in sys.argv[2:])
