"""The table of keys."""

from collections import Counter

import pytest
from PySide6.QtGui import QKeySequence

from tests.ui.conftest import ROOT
from ui.actions import ACTION_BY_ID, ACTIONS, EVERYWHERE, KEY_ICONS, LOCAL_KEYS, actions_of, key_text
from ui.desk_pages import ENTRIES
from ui.dialogs.acts.table import FORMS
from ui.icons import tinted

PAGES = sorted({action.page for action in ACTIONS} - {EVERYWHERE})


def test_ids_are_unique():
    assert len(ACTION_BY_ID) == len(ACTIONS)


@pytest.mark.parametrize("page", PAGES)
def test_no_key_means_two_things_on_a_page(page):
    bound = Counter(QKeySequence(key).toString() for action in (*actions_of(page), *actions_of(EVERYWHERE)) for key in action.bound_keys)
    assert [key for key, times in bound.items() if times > 1] == []


def test_every_bound_key_is_one_that_qt_knows():
    for action in ACTIONS:
        for key in action.bound_keys:
            assert QKeySequence(key).toString(), key


def test_local_keys_are_shown_but_not_bound():
    assert ACTION_BY_ID["open"].keys[0] == "Enter"
    assert ACTION_BY_ID["open"].bound_keys == ("F9",)
    assert all(key not in LOCAL_KEYS for action in ACTIONS for key in action.bound_keys)


def test_every_icon_is_vendored():
    for name in [action.icon for action in ACTIONS if action.icon] + list(KEY_ICONS.values()):
        assert (ROOT / "resources" / "icons" / f"{name}.svg").exists(), name


def test_only_icons_of_the_design_are_vendored_and_all_can_be_drawn(qapp):
    for path in sorted((ROOT / "resources" / "icons").glob("*.svg")):
        assert "currentColor" in path.read_text(encoding="utf-8")
        image = tinted(path.stem, "red", 20, 1.0).toImage()
        assert any(image.pixelColor(x, y).alpha() for x in range(20) for y in range(20)), path.stem


def test_an_icon_is_sharp_on_a_fine_screen(qapp):
    pixmap = tinted("home", "red", 20, 2.0)
    assert pixmap.width() == 40
    assert pixmap.deviceIndependentSize().width() == 20


def test_an_icon_that_is_not_vendored_is_refused(qapp):
    with pytest.raises(FileNotFoundError):
        tinted("no-such-icon", "red", 20, 1.0)


def test_key_caps_read_alike_in_all_languages():
    assert key_text("Ctrl+Return") == "Ctrl+Enter"
    assert key_text("F9") == "F9"


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.page_id)
def test_every_page_does_what_the_table_promises(entry):
    """No dead keys: each action of a page has its method, Esc and turning pages too."""
    own = [action.id for action in actions_of(entry.page_id) if not (entry.page_id == "dossier" and action.id in FORMS)]
    doers = (entry.make, *getattr(entry.make, "sections", ()))
    missing = [action_id for action_id in own if not any(hasattr(doer, f"do_{action_id}") for doer in doers)]
    assert missing == []


def test_every_page_that_can_be_opened_has_its_action():
    for entry in ENTRIES:
        assert not entry.action_id or entry.action_id == f"go_{entry.page_id}"
        assert not entry.action_id or entry.action_id in ACTION_BY_ID
