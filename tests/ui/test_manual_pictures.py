"""The pictures of the manual are true: what stood in each of them still stands in the window, and the keys in them are those of today.

The words of each picture were written down when it was taken. Whoever changes a window that is in the manual takes its picture again:
``python docs/make_images.py --only NAME``.
"""

import json
import re

import pytest

from bench.photographer import LEAST_PAUSE_MS, Photographer, day_clock, make_desk
from bench.shown import OwnWords
from docs.make_images import ROOT, SHOWN, Manual, note
from ui.actions import ACTIONS, key_text

IMAGES = ROOT / "docs/images"
WRITTEN = json.loads((IMAGES / SHOWN).read_text(encoding="utf-8"))
OWN = OwnWords()
KEYS = {key_text(key) for action in ACTIONS for key in action.keys} | {
    "Enter", "Space", "Esc", "Alt+Left", "Ctrl+F", "Up Down", *(f"F{number}" for number in range(1, 13))}
OF_THIS_PC = {"admin-machine", "admin-keeping", "admin-updating"}
"""What stands there depends on the PC."""
QUICK = 0.05
"""Of the pauses between two steps: words are there before a picture is."""


class Onlooker(Manual):
    """Goes through the scenes and takes no picture; ``slow`` ones too: they clean scans, or make a desk of their own."""

    slow = True

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.translations = []

    def begin(self, look, folder):
        program = super().begin(look, folder)
        self.translations.append(program.translation)
        return program

    def keep(self, look, page):
        pass

    def scenes(self):
        return tuple(scene for scene in super().scenes() if self.slow or scene not in (self.scanning, self.practice))


def test_every_picture_has_its_words_and_all_words_their_picture():
    assert set(WRITTEN) == {path.stem for path in IMAGES.glob("*.png")}
    assert all(WRITTEN.values())


@pytest.mark.parametrize("name", sorted(WRITTEN))
def test_every_word_in_a_picture_is_still_one_of_the_program(name):
    words = [text for text in WRITTEN[name] if not text.startswith("[")]
    assert [text for text in words if text not in OWN] == [], f"run: python docs/make_images.py --only {name}"


@pytest.mark.parametrize("name", sorted(WRITTEN))
def test_every_key_in_a_picture_is_one_of_the_program(name):
    keys = [re.match(r"\[(.+?)\]", text)[1] for text in WRITTEN[name] if text.startswith("[")]
    assert [key for key in keys if key_text(key) not in KEYS] == [], f"run: python docs/make_images.py --only {name}"


def test_noting_some_pictures_leaves_the_words_of_the_others(tmp_path):
    note(tmp_path / SHOWN, {"b": ["Đóng"], "a": ["Lưu"]})
    note(tmp_path / SHOWN, {"b": ["Hủy"]})
    assert json.loads((tmp_path / SHOWN).read_text(encoding="utf-8")) == {"a": ["Lưu"], "b": ["Hủy"]}
    assert (tmp_path / SHOWN).read_text(encoding="utf-8").index('"a"') < (tmp_path / SHOWN).read_text(encoding="utf-8").index('"b"')


@pytest.mark.parametrize("slow", [False, pytest.param(True, marks=pytest.mark.soak)])
def test_what_every_scene_shows_is_what_its_picture_shows(qapp, tmp_path, monkeypatch, theme, slow):
    monkeypatch.setenv("COUNTER_STATE_DIR", str(tmp_path / "state"))
    make_desk(tmp_path / "desk")
    onlooker = Onlooker(qapp, tmp_path / "taken", tmp_path / "desk", day_clock(evening=True))
    onlooker.pace, onlooker.slow = QUICK, slow
    try:
        onlooker.run()
    finally:
        for each in onlooker.translations:
            each.choose("en")
        theme.use()
    assert set(WRITTEN) - set(onlooker.shown) == (set() if slow else {"scanning", "practice"})
    stale = {name: sorted(set(words) ^ set(WRITTEN[name])) for name, words in onlooker.shown.items() if name not in OF_THIS_PC}
    assert {name: differing for name, differing in stale.items() if differing} == {}, "run: python docs/make_images.py --only NAME …"


def test_the_pace_shortens_pauses_only(qapp, tmp_path, monkeypatch):
    waited = []
    photographer = Photographer(qapp, tmp_path, tmp_path, day_clock(evening=True))
    monkeypatch.setattr(photographer, "_go_on", waited.append)
    photographer.wait(900)
    photographer.pace = 0.5
    for pause in (900, LEAST_PAUSE_MS + 20, 50):
        photographer.wait(pause)
    assert waited == [900, 450, LEAST_PAUSE_MS, 50]
