"""Pictures: no page of the window is left out, and each bears the name of the page that it shows."""

from types import SimpleNamespace

from bench.photographer import STACK, Look, copied_stack
from bench.shots import Shots
from ui.desk_pages import ENTRIES
from ui.pages.admin.sections import SECTIONS

LOOK = Look("light", "vi", 1366, 768, 100)


class Onlooker(Shots):
    """Notes what stands on the screen when a picture is taken, instead of taking it."""

    def __init__(self):
        self.shown, self.kept, self.dialogs_seen = "", [], False

    def __getattribute__(self, name):
        if name.startswith("fill_"):
            return lambda frame: frame.open(name.removeprefix("fill_"))
        return super().__getattribute__(name)

    def open(self, page_id, **_arguments):
        self.shown = page_id

    def trigger(self, action_id):
        self.shown = {"other_view": "calendar"}[action_id]

    def wait(self, _milliseconds):
        """Nothing is worked on here."""

    def keep(self, _look, page):
        self.kept.append((page, self.shown))

    def dialogs(self, _look, _frame):
        self.dialogs_seen = True


def test_every_page_has_its_picture():
    onlooker = Onlooker()
    onlooker.pages(LOOK, SimpleNamespace(frame=onlooker))
    assert {entry.page_id for entry in ENTRIES} <= {page for page, _ in onlooker.kept}
    assert onlooker.dialogs_seen


def test_every_tab_of_the_administration_has_its_picture():
    opened, onlooker = [], Onlooker()
    frame = SimpleNamespace(open=lambda page_id, **arguments: opened.append((page_id, arguments)))
    onlooker.sections(LOOK, frame)
    assert opened == [("admin", {"section": section.section_id}) for section in SECTIONS]
    assert [page for page, _ in onlooker.kept] == [f"admin-{section.section_id}" for section in SECTIONS]


def test_a_picture_shows_the_page_that_it_is_named_after():
    onlooker = Onlooker()
    onlooker.pages(LOOK, SimpleNamespace(frame=onlooker))
    assert [(page, shown) for page, shown in onlooker.kept if page.split("-")[0] != shown] == []


def test_a_copied_stack_is_a_file_for_each_sheet(tmp_path):
    copied_stack(tmp_path / "copier")
    assert [path.name for path in sorted((tmp_path / "copier").iterdir())] == [f"quet-{at:03d}.png" for at in range(1, len(STACK) + 1)]
