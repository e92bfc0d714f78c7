"""Papers on their way out of the window: the private folder, the system's viewer, and what happens without one."""

import stat
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from counter_app.domain.errors import SurroundingsError
from counter_app.support.paths import state_dir
from tests.builders import command, fake_desk
from tests.services.documents.test_print_queue import CLERK
from tests.ui.conftest import settle, wait_for
from ui import paper_folder
from ui.dialogs.paper import PaperDialog
from ui.dialogs.save_file import SaveFileDialog
from ui.papers import Papers
from ui.widgets.buttons import SecondaryButton


class Viewer(QObject):
    """Stands in for the system's PDF viewer."""

    def __init__(self):
        super().__init__()
        self.shown = []

    @Slot("QUrl")
    def show(self, url):
        self.shown.append(url.toLocalFile())


@pytest.fixture
def viewer():
    made = Viewer()
    QDesktopServices.setUrlHandler("file", made, "show")
    yield made
    QDesktopServices.unsetUrlHandler("file")


def slip(desk):
    done = desk.intake.receive(command(), CLERK)
    return desk.slips.look_at(done.print_id, CLERK)


def test_a_paper_lies_where_only_this_user_reads_it(home):
    form = slip(fake_desk())
    path = paper_folder.put(form)
    assert path.read_bytes() == form.pdf
    assert path.parent == state_dir() / paper_folder.FOLDER
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_name_of_a_file_tells_nothing_but_the_code(home):
    form = slip(fake_desk())
    code = form.content["code"]["text"]
    assert paper_folder.put(form).name == f"{code}_01_1_a5.pdf"
    strange = type(form)(**{name: getattr(form, name) for name in form.__slots__} | {
        "content": {"code": {"text": "../ƯƠ/x"}}})
    assert paper_folder.put(strange).name == "..____x_01_1_a5.pdf"
    assert paper_folder.put(strange).parent == state_dir() / paper_folder.FOLDER


def test_the_same_paper_again_replaces_its_file_and_a_folder_left_open_is_closed(home):
    form = slip(fake_desk())
    path = paper_folder.put(form)
    path.parent.chmod(0o755)
    path.write_bytes(b"x" * 100_000)
    assert paper_folder.put(form) == path
    assert path.read_bytes() == form.pdf
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_the_folder_is_emptied_whether_it_is_there_or_not(home):
    paper_folder.empty()
    path = paper_folder.put(slip(fake_desk()))
    paper_folder.empty()
    assert not path.parent.exists()


def test_a_folder_that_can_not_be_made_is_a_sentence(home):
    state_dir().mkdir(parents=True, exist_ok=True)
    (state_dir() / paper_folder.FOLDER).write_text("in the way")
    with pytest.raises(SurroundingsError):
        paper_folder.put(slip(fake_desk()))


def test_a_stored_slip_opens_in_the_systems_viewer(seat, host, viewer):
    counter = seat.desk.counter
    procedure = counter.catalogue.in_force(seat.desk.clock.now().date())[0]
    done = counter.intake.receive(command(procedure_code=procedure.code, documents=None, fees=None), seat.desk.actor)
    Papers(seat.context, host).open(done.print_id)
    wait_for(lambda: viewer.shown)
    (path,) = viewer.shown
    assert path.endswith(f"{done.code}_01_1_a5.pdf")
    assert Path(path).read_bytes() == counter.slips.document(done.print_id)
    assert host.findChildren(PaperDialog) == []


def test_without_a_viewer_the_window_shows_the_paper_itself(seat, host):
    counter = seat.desk.counter
    procedure = counter.catalogue.in_force(seat.desk.clock.now().date())[0]
    done = counter.intake.receive(command(procedure_code=procedure.code, documents=None, fees=None), seat.desk.actor)
    Papers(seat.context, host).open(done.print_id)
    wait_for(lambda: host.findChildren(PaperDialog))
    assert host.findChildren(PaperDialog)[0].windowTitle() == done.code
    settle()


def real_slip(seat):
    counter = seat.desk.counter
    procedure = counter.catalogue.in_force(seat.desk.clock.now().date())[0]
    done = counter.intake.receive(command(procedure_code=procedure.code, documents=None, fees=None), seat.desk.actor)
    return counter.slips.document(done.print_id)


@pytest.fixture
def shown_paper(seat, host):
    """A paper on a PC without a viewer, and the button that saves it."""
    dialog = PaperDialog.show_over(host, seat.context, real_slip(seat), "Giấy tiếp nhận", save_as="H36_01")
    return dialog, next(button for button in dialog.findChildren(SecondaryButton) if button.text() == "Save the PDF…")


def test_without_a_viewer_the_paper_can_be_saved(seat, shown_paper, tmp_path):
    dialog, save = shown_paper
    save.click()
    asked = dialog.findChild(SaveFileDialog)
    assert asked.name.text() == "H36_01"
    asked.folder.setText(str(tmp_path))
    asked.save.click()
    wait_for(lambda: seat.context.notices.kept)
    saved = tmp_path / "H36_01.pdf"
    assert saved.read_bytes() == dialog._pdf
    assert str(saved) in seat.context.notices.kept[0].text


def test_a_paper_that_can_not_be_saved_is_told(seat, shown_paper, tmp_path):
    dialog, _ = shown_paper
    refused = []
    seat.context.tasks.refused.connect(refused.append)
    (tmp_path / "taken.pdf").mkdir()
    dialog._save(tmp_path / "taken.pdf")
    wait_for(lambda: refused)
    assert refused[0].code == "FILE_IS_FOLDER"


def test_a_paper_that_is_no_print_yet_is_only_looked_at(seat, host):
    dialog = PaperDialog.show_over(host, seat.context, real_slip(seat), "Giấy tiếp nhận")
    settle()
    assert [button.text() for button in dialog.findChildren(SecondaryButton)] == ["Close"]


def test_a_paper_that_is_gone_is_told_as_a_notice(seat, host, viewer):
    refused = []
    seat.context.tasks.refused.connect(refused.append)
    Papers(seat.context, QWidget(host)).open("p-0")
    wait_for(lambda: refused)
    assert refused[0].code == "PRINT_UNKNOWN"
    assert viewer.shown == []


def test_the_separator_sheet_is_made_and_shown(seat, host, viewer):
    Papers(seat.context, host).show_separator()
    wait_for(lambda: viewer.shown)
    (path,) = viewer.shown
    assert Path(path).name == "to-phan-cach.pdf"
    assert Path(path).read_bytes().startswith(b"%PDF")


def test_without_a_viewer_a_paper_that_was_made_has_a_title_for_people(seat, host):
    Papers(seat.context, host).show_separator()
    wait_for(lambda: host.findChildren(PaperDialog))
    (dialog,) = host.findChildren(PaperDialog)
    assert (dialog.windowTitle(), dialog._save_as) == ("Separator sheet for stacks", "to-phan-cach")
    settle()
